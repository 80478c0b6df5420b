//! How a company cuts its years: the checked rule, where years begin by it, and its short text.
//!
//! The rule has two families. **Calendar months**: the year begins on the first of any month, and weeks
//! are cut at month ends. **Months made of weeks**: quarters of 13 weeks by a pattern (4-4-5, 4-5-4,
//! 5-4-4), weeks are whole, and the year ends on one day of the week: on its last occurrence in the
//! month before `first_month`, or on the occurrence nearest to that month's last day (the rule of the
//! American retail calendar, which ends on the Saturday nearest to 31 January). So a year has 52 weeks,
//! or 53, of which the last goes to the last month. Which weeks are cut is not a setting: with calendar
//! months whole weeks would lie in two months.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, Days, NaiveDate};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::rule::{CalendarRule, Months, NamedBy, WeekDay, YearEnd};
use crate::{Error, Result};

/// A checked [`CalendarRule`]: equal ones make equal periods.
///
/// The default is the calendar year with ISO weeks cut at month ends.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(try_from = "CalendarRule", into = "CalendarRule")]
pub struct FiscalCalendar {
    first_month: u8,
    months: Months,
    year_end: YearEnd,
    week_start: WeekDay,
    named_by: NamedBy,
}

impl Default for FiscalCalendar {
    fn default() -> Self {
        Self {
            first_month: 1,
            months: Months::Calendar,
            year_end: YearEnd::Last,
            week_start: WeekDay::Monday,
            named_by: NamedBy::Start,
        }
    }
}

impl TryFrom<CalendarRule> for FiscalCalendar {
    type Error = Error;

    fn try_from(rule: CalendarRule) -> Result<Self> {
        if !(1..=12).contains(&rule.first_month) {
            return Err(Error::FirstMonth(rule.first_month));
        }
        // What has no effect is set aside, so that one way of cutting years has one value.
        let of_weeks = rule.months != Months::Calendar;
        Ok(Self {
            first_month: rule.first_month,
            months: rule.months,
            year_end: if of_weeks {
                rule.year_end
            } else {
                YearEnd::Last
            },
            week_start: rule.week_start,
            named_by: if rule.first_month == 1 {
                NamedBy::Start
            } else {
                rule.named_by
            },
        })
    }
}

impl From<FiscalCalendar> for CalendarRule {
    fn from(calendar: FiscalCalendar) -> Self {
        calendar.rule()
    }
}

impl FiscalCalendar {
    /// The rule, to be shown and changed.
    pub fn rule(self) -> CalendarRule {
        CalendarRule {
            first_month: self.first_month,
            months: self.months,
            year_end: self.year_end,
            week_start: self.week_start,
            named_by: self.named_by,
        }
    }

    /// Whether its periods are those of the calendar year, with their keys.
    pub fn is_calendar_year(self) -> bool {
        self == Self::default()
    }

    /// The weeks of each month of a quarter; none for calendar months.
    pub(super) fn weeks_of_months(self) -> Option<[u64; 3]> {
        match self.months {
            Months::Calendar => None,
            Months::W445 => Some([4, 4, 5]),
            Months::W454 => Some([4, 5, 4]),
            Months::W544 => Some([5, 4, 4]),
        }
    }

    /// First of the month in which a year begins by name; months made of weeks begin near it.
    pub(super) fn nominal_start(self, year: i32) -> Option<NaiveDate> {
        let starts_in = match self.named_by {
            NamedBy::Start => year,
            NamedBy::End => year - 1,
        };
        NaiveDate::from_ymd_opt(starts_in, u32::from(self.first_month), 1)
    }

    /// First day of a year. The year's number was checked.
    pub(super) fn year_start(self, year: i32) -> Option<NaiveDate> {
        let nominal = self.nominal_start(year)?;
        if self.months == Months::Calendar {
            return Some(nominal);
        }
        // The year before ends on the last day of a week: the last one before the first of the month
        // is `back` days and one ago, so with more than three the next one is nearer.
        let (week_start, week) = (self.week_floor(nominal)?, Days::new(7));
        let back = (nominal - week_start).num_days();
        match self.year_end {
            YearEnd::Nearest if back > 3 => week_start.checked_add_days(week),
            YearEnd::Last | YearEnd::Nearest => Some(week_start),
        }
    }

    /// First day of the week that holds a day.
    pub(super) fn week_floor(self, day: NaiveDate) -> Option<NaiveDate> {
        let back = day.weekday().days_since(self.week_start.weekday());
        day.checked_sub_days(Days::new(u64::from(back)))
    }

    /// The number that a year would have which begins by name in the month of a day or before it.
    pub(super) fn nominal_year_of(self, day: NaiveDate) -> i32 {
        let starts_in = day.year() - i32::from(day.month() < u32::from(self.first_month));
        match self.named_by {
            NamedBy::Start => starts_in,
            NamedBy::End => starts_in + 1,
        }
    }
}

/// The short text that keys of periods end with: the first month, then what differs from the default, as
/// in `04`, `04-end`, `02-454-nearest-sun`.
impl fmt::Display for FiscalCalendar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}", self.first_month)?;
        f.write_str(match self.months {
            Months::Calendar => "",
            Months::W445 => "-445",
            Months::W454 => "-454",
            Months::W544 => "-544",
        })?;
        if self.year_end == YearEnd::Nearest {
            f.write_str("-nearest")?;
        }
        if self.week_start != WeekDay::Monday {
            write!(f, "-{}", WeekDay::ALL[self.week_start as usize].1)?;
        }
        if self.named_by == NamedBy::End {
            f.write_str("-end")?;
        }
        Ok(())
    }
}

impl FromStr for FiscalCalendar {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let bad = || Error::Unknown {
            what: "calendar",
            value: text.chars().take(32).collect(),
        };
        let mut parts = text.split('-');
        let month = parts.next().filter(|month| month.len() == 2);
        let mut rule = CalendarRule {
            first_month: month.and_then(|month| month.parse().ok()).ok_or_else(bad)?,
            ..CalendarRule::default()
        };
        for part in parts {
            match part {
                "445" => rule.months = Months::W445,
                "454" => rule.months = Months::W454,
                "544" => rule.months = Months::W544,
                "nearest" => rule.year_end = YearEnd::Nearest,
                "end" => rule.named_by = NamedBy::End,
                _ => {
                    let day = WeekDay::ALL.iter().find(|(_, name, _)| *name == part);
                    rule.week_start = day.ok_or_else(bad)?.0;
                }
            }
        }
        // One calendar has one text: what is out of order, twice or without effect is refused.
        let calendar = Self::try_from(rule).map_err(|_| bad())?;
        (calendar.to_string() == text)
            .then_some(calendar)
            .ok_or_else(bad)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts() {
        let check = |text: &str, json: &str| {
            let calendar: FiscalCalendar = serde_json::from_str(json).unwrap();
            assert_eq!(calendar.to_string(), text, "{json}");
            assert_eq!(text.parse(), Ok(calendar));
            let written = serde_json::to_string(&calendar).unwrap();
            assert_eq!(
                serde_json::from_str::<FiscalCalendar>(&written).unwrap(),
                calendar
            );
        };
        check("01", "{}");
        check("01", r#"{"named_by": "end", "year_end": "nearest"}"#);
        check("04", r#"{"first_month": 4}"#);
        check("04-end", r#"{"first_month": 4, "named_by": "end"}"#);
        check("01-sun", r#"{"week_start": "sunday"}"#);
        let retail = r#"{"first_month": 2, "months": "4-5-4", "year_end": "nearest", "week_start": "sunday"}"#;
        check("02-454-nearest-sun", retail);
        for bad in [
            "",
            "4",
            "13",
            "00",
            "+4",
            "04-mon",
            "04-end-445",
            "01-end",
            "04-nearest",
            "04-end-end",
            "04-x",
            "04-",
        ] {
            assert!(
                bad.parse::<FiscalCalendar>().is_err(),
                "{bad} must be refused"
            );
        }
    }

    #[test]
    fn a_rule_that_makes_no_calendar() {
        let read = serde_json::from_str::<FiscalCalendar>;
        for bad in [
            r#"{"first_month": 0}"#,
            r#"{"first_month": 13}"#,
            r#"{"first_month": -1}"#,
            r#"{"months": "4-4-4"}"#,
            r#"{"week_start": "someday"}"#,
            r#"{"weeks": "whole"}"#,
        ] {
            assert!(read(bad).is_err(), "{bad} must be refused");
        }
        let error = FiscalCalendar::try_from(CalendarRule {
            first_month: 13,
            ..CalendarRule::default()
        });
        assert_eq!(error.unwrap_err().code(), "first_month_invalid");
    }
}
