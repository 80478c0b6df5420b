//! What `goal.smart` is asked.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yeji_core::Ratio;

use crate::light::{Better, Limits};

/// Where the figure comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DataSource {
    /// Facts of the metric in the scope, in the year before `as_of`.
    pub facts: u64,
    /// Day of the last one.
    #[serde(default)]
    pub last_fact: Option<NaiveDate>,
}

/// A point of a distribution.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Quantile {
    /// Probability of `minor` or less, above 0 and below 1.
    pub p: Ratio,
    /// Amount in minor units.
    pub minor: i64,
}

/// What the period is expected to bring.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", tag = "kind", deny_unknown_fields)]
pub enum Forecast {
    /// By quantiles, from the smallest; two at least. Straight lines between them.
    Quantiles {
        /// The points.
        points: Vec<Quantile>,
    },
    /// By the middle and an interval around it: three quantiles, the middle at 1/2.
    Interval {
        /// Median, in minor units.
        mid: i64,
        /// Lower end.
        low: i64,
        /// Upper end.
        high: i64,
        /// Share of the outcomes between both ends, as 0.95.
        level: Ratio,
    },
}

/// What people have reached before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Growth {
    /// What the owner made in the year before, in minor units.
    pub base: i64,
    /// People who ever grew from one year to the next by as much as the goal asks; where less is better, who
    /// ever came down as far.
    pub reached: u64,
    /// People of whom two years in a row are known.
    pub of: u64,
}

/// What the goal is part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ParentGoal {
    /// The goal of the unit above, in minor units.
    pub minor: i64,
}

/// The limits of the lights.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct SmartLimits {
    /// Days since the last fact, at most, for green; 7 if not given.
    pub fresh_green_days: u64,
    /// And for amber; 31 if not given.
    pub fresh_amber_days: u64,
    /// Probability of reaching the goal; 50 % and 20 % if not given.
    pub chance: Limits,
    /// Share of people who ever reached such growth; 20 % and 5 % if not given.
    pub people: Limits,
    /// Milestones for green; 4 if not given. One is amber.
    pub milestones: u64,
}

impl Default for SmartLimits {
    fn default() -> Self {
        Self {
            fresh_green_days: 7,
            fresh_amber_days: 31,
            chance: Limits::percent(50, 20),
            people: Limits::percent(20, 5),
            milestones: 4,
        }
    }
}

/// Input of `goal.smart`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SmartInput {
    /// The goal in minor units.
    pub minor: i64,
    /// Whether more or less is better.
    #[serde(default)]
    pub better: Better,
    /// The day from which it is looked at.
    pub as_of: NaiveDate,
    /// Who answers for it.
    #[serde(default)]
    pub owner: Option<String>,
    /// Code of its metric.
    #[serde(default)]
    pub metric: Option<String>,
    /// Of what: unit, products, customers.
    #[serde(default)]
    pub scope: Option<String>,
    /// Where its figure comes from.
    #[serde(default)]
    pub source: Option<DataSource>,
    /// What is reached of it at the end of `as_of`: what is reached already is certain.
    #[serde(default)]
    pub actual: Option<i64>,
    /// Whether no time is left after `as_of`, or nobody who could use it: what is not reached will not be.
    #[serde(default)]
    pub closed: bool,
    /// What is expected.
    #[serde(default)]
    pub forecast: Option<Forecast>,
    /// The middle of what is expected where there is no forecast around it: read with the limits of a pace.
    #[serde(default)]
    pub middle: Option<i64>,
    /// What people have reached; counts where nothing is expected of the period itself.
    #[serde(default)]
    pub growth: Option<Growth>,
    /// What it is part of; none for the company's.
    #[serde(default)]
    pub parent: Option<ParentGoal>,
    /// The aim of the company that it serves.
    #[serde(default)]
    pub aim: Option<String>,
    /// First day of its period.
    #[serde(default)]
    pub start: Option<NaiveDate>,
    /// Day after the last.
    #[serde(default)]
    pub end: Option<NaiveDate>,
    /// Days on which a part of it is due.
    #[serde(default)]
    pub milestones: Vec<NaiveDate>,
    /// Limits of the lights.
    #[serde(default)]
    pub limits: SmartLimits,
}
