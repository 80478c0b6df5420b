//! The company's calendar: how its years are cut, and its days off.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use yeji_core::calendar::{CalendarRule, Period, PeriodKind, SpecialDay};

/// Which built-in list of holidays counts, below the company's own days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum BuiltInHolidays {
    /// None: Monday to Friday, and the company's own days.
    #[default]
    None,
    /// China's official holidays with their make-up days.
    China,
}

/// Which year to show.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct GetCalendar {
    /// Its number in the calendar; None: the year of today.
    #[serde(default)]
    pub year: Option<i32>,
}

/// The calendar's settings.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SetCalendar {
    /// How years are cut.
    pub rule: CalendarRule,
    /// Which built-in list counts.
    pub holidays: BuiltInHolidays,
}

/// Days off and make-up days to add to the company's own.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AddHolidays {
    /// The days; what they say of a day replaces what was known of it.
    pub days: Vec<SpecialDay>,
    /// Whether the company's own days before are forgotten.
    #[serde(default)]
    pub replace: bool,
}

/// A period of the year that is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CalendarPeriod {
    /// Its key.
    pub period: Period,
    /// Its kind.
    #[ts(type = "string")]
    pub kind: PeriodKind,
    /// First day.
    pub start: NaiveDate,
    /// Day after the last.
    pub end: NaiveDate,
    /// Working days.
    pub working_days: u32,
}

/// The calendar, with a year of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CalendarView {
    /// How years are cut.
    pub rule: CalendarRule,
    /// Which built-in list counts.
    pub holidays: BuiltInHolidays,
    /// The company's own days, in order.
    pub days: Vec<SpecialDay>,
    /// Calendar years whose holidays are known.
    pub known_years: Vec<i32>,
    /// Those of the year that is shown whose holidays are not known.
    pub unknown_years: Vec<i32>,
    /// The year, its halves, quarters and months, each before its parts.
    pub periods: Vec<CalendarPeriod>,
}
