//! What `goal.season` is asked and answers.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yeji_core::Ratio;

use crate::split::Note;

/// A week, or what else a part is made of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SeasonWeek {
    /// Its key.
    pub key: String,
    /// First day.
    pub start: NaiveDate,
    /// Day after the last.
    pub end: NaiveDate,
    /// Its working days.
    pub working_days: u64,
}

/// A month, or what else the whole is made of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SeasonPart {
    /// Its key.
    pub key: String,
    /// First day.
    pub start: NaiveDate,
    /// Day after the last.
    pub end: NaiveDate,
    /// Its working days.
    pub working_days: u64,
    /// What it is made of, in the order of time; may be empty.
    #[serde(default)]
    pub weeks: Vec<SeasonWeek>,
}

/// A past year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SeasonYear {
    /// Its name, for notes.
    pub label: String,
    /// What was made in each part, in minor units; none where nothing is known.
    pub minor: Vec<Option<i64>>,
    /// What was made in each week of each part; empty if weeks are not known.
    #[serde(default)]
    pub weeks: Vec<Vec<i64>>,
}

/// How several years become one profile. Both leave single odd years without weight.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Robust {
    /// The median of a part's shares over the years.
    #[default]
    Median,
    /// The mean without the smallest and the largest fifth of them, at least one each, from three
    /// years on.
    Trimmed,
}

/// Where the weights come from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", tag = "by", deny_unknown_fields)]
pub enum SeasonRule {
    /// Several past years.
    History {
        /// The years.
        years: Vec<SeasonYear>,
        /// How they become one.
        #[serde(default)]
        robust: Robust,
        /// Fewer usable years than this are not enough; 2 if not given.
        #[serde(default = "two")]
        min_years: usize,
    },
    /// The profile of one past year.
    LastYear {
        /// The year.
        year: SeasonYear,
    },
    /// The profile of a forecast of the parts.
    Forecast {
        /// Amounts in minor units, one a part; not negative.
        minor: Vec<i64>,
    },
    /// Working days; where no part has any, calendar days.
    WorkingDays,
    /// All parts the same, and all weeks of a part.
    Equal,
    /// Own weights.
    Own {
        /// One a part; not negative.
        weights: Vec<Ratio>,
    },
}

fn two() -> usize {
    2
}

/// Input of `goal.season`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SeasonInput {
    /// The parts of the period that is planned, in the order of time.
    pub parts: Vec<SeasonPart>,
    /// Where their weights come from.
    pub rule: SeasonRule,
}

/// The weight of a part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PartWeight {
    /// Key of the part.
    pub key: String,
    /// Its share of the whole; all sum to 1.
    pub weight: Ratio,
    /// From history: the smallest share in a year.
    pub low: Option<Ratio>,
    /// And the largest.
    pub high: Option<Ratio>,
    /// Shares of its weeks in it; they sum to 1.
    pub weeks: Vec<WeekWeight>,
}

/// The weight of a week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WeekWeight {
    /// Key of the week.
    pub key: String,
    /// Its share of its part.
    pub weight: Ratio,
}

/// Output of `goal.season`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SeasonOutput {
    /// The rule that the weights come from: the one asked for, or `working_days` where it could not
    /// be followed.
    pub by: String,
    /// Past years that support it.
    pub years: usize,
    /// The weights.
    pub parts: Vec<PartWeight>,
    /// What to know: `year_left_out` (year, reason: `missing`, `negative`, `all_zero`),
    /// `too_few_years` (years, needed: working days in their place), `no_common_profile` (years: no
    /// part has sales in most of them, so the mean of all is taken), `calendar_days_used` (period),
    /// `week_without_working_day` (period: gets nothing).
    pub notes: Vec<Note>,
}
