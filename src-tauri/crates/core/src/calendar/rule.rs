//! How a company cuts its years, as it is written in settings and inputs.

use chrono::Weekday;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::FiscalCalendar;

/// What the months of a year are.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Default,
    Serialize,
    Deserialize,
    JsonSchema,
    TS,
)]
pub enum Months {
    /// Calendar months.
    #[default]
    #[serde(rename = "calendar")]
    Calendar,
    /// Months of 4, 4 and 5 weeks.
    #[serde(rename = "4-4-5")]
    W445,
    /// Months of 4, 5 and 4 weeks.
    #[serde(rename = "4-5-4")]
    W454,
    /// Months of 5, 4 and 4 weeks.
    #[serde(rename = "5-4-4")]
    W544,
}

/// Where a year made of weeks ends; the day of the week is the one before `week_start`.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Default,
    Serialize,
    Deserialize,
    JsonSchema,
    TS,
)]
#[serde(rename_all = "snake_case")]
pub enum YearEnd {
    /// On the last such day in the month before `first_month`.
    #[default]
    Last,
    /// On such a day nearest to the last day of that month: up to three days before or after.
    Nearest,
}

/// Which calendar year gives a fiscal year its number.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Default,
    Serialize,
    Deserialize,
    JsonSchema,
    TS,
)]
#[serde(rename_all = "snake_case")]
pub enum NamedBy {
    /// The year in which its first month begins: April 2026 to March 2027 is 2026.
    #[default]
    Start,
    /// The year in which its last month ends: April 2026 to March 2027 is 2027.
    End,
}

/// A day of the week.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Default,
    Serialize,
    Deserialize,
    JsonSchema,
    TS,
)]
#[serde(rename_all = "snake_case")]
pub enum WeekDay {
    #[default]
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

impl WeekDay {
    pub(super) const ALL: [(Self, &'static str, Weekday); 7] = [
        (Self::Monday, "mon", Weekday::Mon),
        (Self::Tuesday, "tue", Weekday::Tue),
        (Self::Wednesday, "wed", Weekday::Wed),
        (Self::Thursday, "thu", Weekday::Thu),
        (Self::Friday, "fri", Weekday::Fri),
        (Self::Saturday, "sat", Weekday::Sat),
        (Self::Sunday, "sun", Weekday::Sun),
    ];

    /// As chrono has it.
    pub fn weekday(self) -> Weekday {
        Self::ALL[self as usize].2
    }
}

/// How a company cuts its years, as it is written; [`FiscalCalendar`] is what was checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields, default)]
pub struct CalendarRule {
    /// The month the year begins in, 1 to 12; with months made of weeks the one after which it ends.
    #[schemars(range(min = 1, max = 12))]
    pub first_month: u8,
    /// What months are.
    pub months: Months,
    /// Where a year made of weeks ends; without effect on calendar months.
    pub year_end: YearEnd,
    /// First day of the week.
    pub week_start: WeekDay,
    /// Which calendar year gives the number; without effect on a year that begins with January.
    pub named_by: NamedBy,
}

impl Default for CalendarRule {
    fn default() -> Self {
        FiscalCalendar::default().rule()
    }
}
