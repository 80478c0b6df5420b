//! Periods as half-open intervals, their keys, how they nest, and working days.
//!
//! A year splits into quarters, a quarter into months, a month into ISO weeks **cut at month ends**,
//! so that every level nests: 29 January to 1 February 2018 is `2018-01/W05` (29 to 31 January) and
//! `2018-02/W05` (1 to 4 February). The number is the ISO 8601 week's, so 31 December 2018, which
//! ISO counts to week 1 of 2019, is `2018-12/W01`. Whole ISO weeks (`2018-W05`) exist for weekly
//! charts and do not nest in months.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, Days, NaiveDate, Weekday};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Error, Result};

/// The kind of a period.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema, TS,
)]
#[serde(rename_all = "snake_case")]
pub enum PeriodKind {
    /// A calendar year.
    Year,
    /// Three calendar months.
    Quarter,
    /// A calendar month.
    Month,
    /// An ISO week cut at the ends of a month.
    CutWeek,
    /// A whole ISO week.
    IsoWeek,
}

/// A named half-open interval of days, `[start, end)`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    start: NaiveDate,
    end: NaiveDate,
    kind: PeriodKind,
}

/// Years that periods are made for; beyond them a date is a typing error.
pub const MIN_YEAR: i32 = 1900;
/// See [`MIN_YEAR`].
pub const MAX_YEAR: i32 = 2200;

fn ymd(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
    (MIN_YEAR..=MAX_YEAR + 1)
        .contains(&year)
        .then(|| NaiveDate::from_ymd_opt(year, month, day))
        .flatten()
}

fn next_month(year: i32, month: u32) -> (i32, u32) {
    if month == 12 {
        (year + 1, 1)
    } else {
        (year, month + 1)
    }
}

impl Period {
    /// A calendar year.
    pub fn year(year: i32) -> Result<Self> {
        let bad = || Error::Period(year.to_string());
        let start = ymd(year, 1, 1)
            .filter(|_| year <= MAX_YEAR)
            .ok_or_else(bad)?;
        Ok(Self {
            start,
            end: ymd(year + 1, 1, 1).ok_or_else(bad)?,
            kind: PeriodKind::Year,
        })
    }

    /// Quarter 1 to 4.
    pub fn quarter(year: i32, quarter: u32) -> Result<Self> {
        let bad = || Error::Period(format!("{year}-Q{quarter}"));
        if !(1..=4).contains(&quarter) || year > MAX_YEAR {
            return Err(bad());
        }
        let (end_year, end_month) = if quarter == 4 {
            (year + 1, 1)
        } else {
            (year, quarter * 3 + 1)
        };
        Ok(Self {
            start: ymd(year, quarter * 3 - 2, 1).ok_or_else(bad)?,
            end: ymd(end_year, end_month, 1).ok_or_else(bad)?,
            kind: PeriodKind::Quarter,
        })
    }

    /// Month 1 to 12.
    pub fn month(year: i32, month: u32) -> Result<Self> {
        let bad = || Error::Period(format!("{year}-{month:02}"));
        let start = ymd(year, month, 1)
            .filter(|_| year <= MAX_YEAR)
            .ok_or_else(bad)?;
        let (end_year, end_month) = next_month(year, month);
        Ok(Self {
            start,
            end: ymd(end_year, end_month, 1).ok_or_else(bad)?,
            kind: PeriodKind::Month,
        })
    }

    /// The whole ISO week that holds a day.
    ///
    /// # Errors
    /// For a day whose year is not from [`MIN_YEAR`] to [`MAX_YEAR`].
    pub fn iso_week_of(day: NaiveDate) -> Result<Self> {
        if !(MIN_YEAR..=MAX_YEAR).contains(&day.year()) {
            return Err(Error::Period(day.to_string()));
        }
        let start = day - Days::new(u64::from(day.weekday().num_days_from_monday()));
        Ok(Self {
            start,
            end: start + Days::new(7),
            kind: PeriodKind::IsoWeek,
        })
    }

    /// The period of a kind that holds a day.
    pub fn containing(kind: PeriodKind, day: NaiveDate) -> Result<Self> {
        match kind {
            PeriodKind::Year => Self::year(day.year()),
            PeriodKind::Quarter => Self::quarter(day.year(), day.month0() / 3 + 1),
            PeriodKind::Month => Self::month(day.year(), day.month()),
            PeriodKind::IsoWeek => Self::iso_week_of(day),
            PeriodKind::CutWeek => {
                let month = Self::month(day.year(), day.month())?;
                let week = Self::iso_week_of(day)?;
                Ok(Self {
                    start: week.start.max(month.start),
                    end: week.end.min(month.end),
                    kind: PeriodKind::CutWeek,
                })
            }
        }
    }

    /// First day.
    pub fn start(self) -> NaiveDate {
        self.start
    }

    /// Day after the last.
    pub fn end(self) -> NaiveDate {
        self.end
    }

    /// Kind.
    pub fn kind(self) -> PeriodKind {
        self.kind
    }

    /// Whether a day lies in it.
    pub fn contains(self, day: NaiveDate) -> bool {
        self.start <= day && day < self.end
    }

    /// Every day of it.
    pub fn days(self) -> impl Iterator<Item = NaiveDate> {
        days(self.start, self.end)
    }

    /// The parts one level down: year -> quarters -> months -> cut weeks -> nothing.
    pub fn children(self) -> Vec<Self> {
        let kind = match self.kind {
            PeriodKind::Year => PeriodKind::Quarter,
            PeriodKind::Quarter => PeriodKind::Month,
            PeriodKind::Month => PeriodKind::CutWeek,
            PeriodKind::CutWeek | PeriodKind::IsoWeek => return Vec::new(),
        };
        periods(kind, self.start, self.end)
    }

    /// The period one level up; none for a year and for a whole ISO week.
    pub fn parent(self) -> Option<Self> {
        let kind = match self.kind {
            PeriodKind::Year | PeriodKind::IsoWeek => return None,
            PeriodKind::Quarter => PeriodKind::Year,
            PeriodKind::Month => PeriodKind::Quarter,
            PeriodKind::CutWeek => PeriodKind::Month,
        };
        Self::containing(kind, self.start).ok()
    }

    /// The period of the same kind just before.
    pub fn previous(self) -> Result<Self> {
        Self::containing(
            self.kind,
            self.start.pred_opt().ok_or(Error::Overflow("date"))?,
        )
    }

    /// The same period a year earlier (for weeks: the one with the same ISO number, where it exists).
    pub fn a_year_before(self) -> Result<Self> {
        match self.kind {
            PeriodKind::IsoWeek | PeriodKind::CutWeek => {
                Self::containing(self.kind, self.start - Days::new(364))
            }
            kind => {
                let year = self.start.year() - 1;
                let day = ymd(year, self.start.month(), 1).ok_or(Error::Overflow("date"))?;
                Self::containing(kind, day)
            }
        }
    }
}

/// Days of `[from, to)`.
pub fn days(from: NaiveDate, to: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    from.iter_days().take_while(move |day| *day < to)
}

/// All periods of a kind that overlap `[from, to)`, in order.
pub fn periods(kind: PeriodKind, from: NaiveDate, to: NaiveDate) -> Vec<Period> {
    let mut all = Vec::new();
    let mut at = from;
    while at < to {
        let Ok(period) = Period::containing(kind, at) else {
            break;
        };
        all.push(period);
        at = period.end;
    }
    all
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month) = (self.start.year(), self.start.month());
        match self.kind {
            PeriodKind::Year => write!(f, "{year:04}"),
            PeriodKind::Quarter => write!(f, "{year:04}-Q{}", (month - 1) / 3 + 1),
            PeriodKind::Month => write!(f, "{year:04}-{month:02}"),
            PeriodKind::CutWeek => {
                write!(
                    f,
                    "{year:04}-{month:02}/W{:02}",
                    self.start.iso_week().week()
                )
            }
            PeriodKind::IsoWeek => {
                let week = self.start.iso_week();
                write!(f, "{:04}-W{:02}", week.year(), week.week())
            }
        }
    }
}

impl FromStr for Period {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let bad = || Error::Period(text.chars().take(32).collect());
        let number = |part: &str, digits: usize| -> Result<u32> {
            if part.len() != digits || !part.bytes().all(|b| b.is_ascii_digit()) {
                return Err(bad());
            }
            part.parse().map_err(|_| bad())
        };
        let year_text = text.get(..4).ok_or_else(bad)?;
        let year = i32::try_from(number(year_text, 4)?).map_err(|_| bad())?;
        let rest = &text[4..];
        if rest.is_empty() {
            return Self::year(year);
        }
        let rest = rest.strip_prefix('-').ok_or_else(bad)?;
        if let Some(quarter) = rest.strip_prefix('Q') {
            return Self::quarter(year, number(quarter, 1)?);
        }
        if let Some(week) = rest.strip_prefix('W') {
            if !(MIN_YEAR..=MAX_YEAR).contains(&year) {
                return Err(bad());
            }
            let monday = NaiveDate::from_isoywd_opt(year, number(week, 2)?, Weekday::Mon);
            return Self::iso_week_of(monday.ok_or_else(bad)?);
        }
        let Some((month, week)) = rest.split_once("/W") else {
            return Self::month(year, number(rest, 2)?);
        };
        let week = number(week, 2)?;
        Self::month(year, number(month, 2)?)?
            .children()
            .into_iter()
            .find(|cut| cut.start.iso_week().week() == week)
            .ok_or_else(bad)
    }
}

crate::text_in_json!(Period);
crate::text_in_typescript!(Period);

impl JsonSchema for Period {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Period".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "pattern": "^[0-9]{4}(-Q[1-4]|-W[0-9]{2}|-[0-9]{2}(/W[0-9]{2})?)?$",
            "description": "2018, 2018-Q1, 2018-01, 2018-01/W05 (ISO week cut at month ends), 2018-W05 (whole ISO week)"
        })
    }
}

/// Which days are worked. Monday to Friday, except holidays, plus make-up days (调休).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, Default)]
#[serde(deny_unknown_fields, default)]
pub struct WorkingDays {
    /// Weekdays that are not worked.
    pub holidays: std::collections::BTreeSet<NaiveDate>,
    /// Weekend days that are worked.
    pub make_up_days: std::collections::BTreeSet<NaiveDate>,
}

impl WorkingDays {
    /// Whether a day is worked.
    pub fn is_working(&self, day: NaiveDate) -> bool {
        let weekend = matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
        if weekend {
            self.make_up_days.contains(&day)
        } else {
            !self.holidays.contains(&day)
        }
    }

    /// Worked days of `[from, to)`.
    pub fn count(&self, from: NaiveDate, to: NaiveDate) -> u64 {
        days(from, to).filter(|day| self.is_working(*day)).count() as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn keys() {
        let check = |key: &str, start: &str, end: &str| {
            let period: Period = key.parse().unwrap();
            assert_eq!(
                (period.start(), period.end()),
                (day(start), day(end)),
                "{key}"
            );
            assert_eq!(period.to_string(), key);
        };
        check("2018", "2018-01-01", "2019-01-01");
        check("2018-Q4", "2018-10-01", "2019-01-01");
        check("2018-02", "2018-02-01", "2018-03-01");
        check("2018-01/W05", "2018-01-29", "2018-02-01");
        check("2018-02/W05", "2018-02-01", "2018-02-05");
        check("2018-12/W01", "2018-12-31", "2019-01-01");
        check("2021-01/W53", "2021-01-01", "2021-01-04");
        check("2018-W05", "2018-01-29", "2018-02-05");
        for bad in [
            "",
            "18",
            "2018-Q5",
            "2018-13",
            "2018-01/W09",
            "2018-1",
            "2018-W54",
            "二〇一八",
            "0001",
        ] {
            assert!(bad.parse::<Period>().is_err(), "{bad} must be refused");
        }
    }

    #[test]
    fn a_day_far_off_is_in_no_period() {
        let check = |day: NaiveDate| {
            use PeriodKind::{CutWeek, IsoWeek, Month, Quarter, Year};
            for kind in [Year, Quarter, Month, CutWeek, IsoWeek] {
                assert!(Period::containing(kind, day).is_err(), "{kind:?} of {day}");
            }
        };
        check(NaiveDate::MIN);
        check(NaiveDate::MAX);
        check(day("1899-12-31"));
        check(day("2201-01-01"));
    }

    #[test]
    fn working_days_with_make_up() {
        let mut set = WorkingDays::default();
        assert_eq!(set.count(day("2018-02-12"), day("2018-02-26")), 10);
        set.holidays.extend([day("2018-02-15"), day("2018-02-16")]);
        set.make_up_days.insert(day("2018-02-24"));
        assert_eq!(set.count(day("2018-02-12"), day("2018-02-26")), 9);
    }

    #[test]
    fn every_day_of_ten_years_is_in_exactly_one_period_of_each_level() {
        let (from, to) = (day("2016-01-01"), day("2026-01-01"));
        for kind in [
            PeriodKind::Year,
            PeriodKind::Quarter,
            PeriodKind::Month,
            PeriodKind::CutWeek,
            PeriodKind::IsoWeek,
        ] {
            let all = periods(kind, from, to);
            for pair in all.windows(2) {
                assert_eq!(
                    pair[0].end(),
                    pair[1].start(),
                    "{kind:?}: no gap, no overlap"
                );
            }
            let keys: std::collections::BTreeSet<_> = all.iter().map(ToString::to_string).collect();
            assert_eq!(keys.len(), all.len(), "{kind:?}: a key names one period");
        }
    }

    proptest! {
        #[test]
        fn children_partition_their_parent(offset in 0_u64..36_500) {
            let at = day("1950-01-01") + Days::new(offset);
            for kind in [PeriodKind::Year, PeriodKind::Quarter, PeriodKind::Month] {
                let period = Period::containing(kind, at).unwrap();
                let children = period.children();
                prop_assert_eq!(children[0].start(), period.start());
                prop_assert_eq!(children[children.len() - 1].end(), period.end());
                for child in &children {
                    prop_assert_eq!(child.parent(), Some(period));
                }
            }
            let cut = Period::containing(PeriodKind::CutWeek, at).unwrap();
            prop_assert_eq!(cut.to_string().parse::<Period>(), Ok(cut), "keys read back");
        }
    }
}
