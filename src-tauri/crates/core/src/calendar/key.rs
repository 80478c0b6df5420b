//! The keys of periods: one text names one period, and reads back without anything beside it.
//!
//! Periods of the calendar year are `2018`, `2018-H1`, `2018-Q1`, `2018-01`, `2018-01/W05`, and whole ISO
//! weeks `2018-W05`. Periods of another calendar say which: `FY2026-P01/W05@04` is the fifth week of a
//! year that begins in April 2026, as far as it lies in its first month; after `@` stands
//! [`FiscalCalendar`]'s text.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, NaiveDate, Weekday};
use schemars::JsonSchema;

use super::years::Label;
use super::{FiscalCalendar, MAX_YEAR, MIN_YEAR, Period, PeriodKind};
use crate::{Error, Result};

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(label) = self.label {
            return write_label(f, self.kind, label);
        }
        let (year, number) = (self.year_number(), self.number());
        match self.kind {
            PeriodKind::Year => write!(f, "{year:04}"),
            PeriodKind::Half => write!(f, "{year:04}-H{number}"),
            PeriodKind::Quarter => write!(f, "{year:04}-Q{number}"),
            PeriodKind::Month => write!(f, "{year:04}-{number:02}"),
            PeriodKind::CutWeek => {
                write!(f, "{year:04}-{:02}/W{number:02}", self.start.month())
            }
            PeriodKind::IsoWeek => write!(f, "{year:04}-W{number:02}"),
        }
    }
}

fn write_label(f: &mut fmt::Formatter<'_>, kind: PeriodKind, label: Label) -> fmt::Result {
    let number = label.number;
    write!(f, "FY{:04}", label.year)?;
    match kind {
        PeriodKind::Year => Ok(()),
        PeriodKind::Half => write!(f, "-H{number}"),
        PeriodKind::Quarter => write!(f, "-Q{number}"),
        PeriodKind::Month => write!(f, "-P{number:02}"),
        PeriodKind::CutWeek | PeriodKind::IsoWeek => {
            write!(f, "-P{:02}/W{number:02}", label.month)
        }
    }?;
    write!(f, "@{}", label.calendar)
}

impl FromStr for Period {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let bad = || Error::Period(text.chars().take(32).collect());
        match text.strip_prefix("FY") {
            Some(name) => fiscal(name).ok_or_else(bad),
            None => of_calendar_year(text).ok_or_else(bad),
        }
    }
}

/// Exactly so many digits.
fn number(part: &str, digits: usize) -> Option<u32> {
    let fits = part.len() == digits && part.bytes().all(|b| b.is_ascii_digit());
    fits.then(|| part.parse().ok()).flatten()
}

/// The year that a key begins with, and the rest.
fn year_of(text: &str) -> Option<(i32, &str)> {
    let year = number(text.get(..4)?, 4)?;
    Some((i32::try_from(year).ok()?, text.get(4..)?))
}

fn of_calendar_year(text: &str) -> Option<Period> {
    let (year, rest) = year_of(text)?;
    if rest.is_empty() {
        return Period::year(year).ok();
    }
    let rest = rest.strip_prefix('-')?;
    if let Some(half) = rest.strip_prefix('H') {
        return Period::half(year, number(half, 1)?).ok();
    }
    if let Some(quarter) = rest.strip_prefix('Q') {
        return Period::quarter(year, number(quarter, 1)?).ok();
    }
    if let Some(week) = rest.strip_prefix('W') {
        if !(MIN_YEAR..=MAX_YEAR).contains(&year) {
            return None;
        }
        let monday = NaiveDate::from_isoywd_opt(year, number(week, 2)?, Weekday::Mon);
        return Period::iso_week_of(monday?).ok();
    }
    let Some((month, week)) = rest.split_once("/W") else {
        return Period::month(year, number(rest, 2)?).ok();
    };
    week_in(
        Period::month(year, number(month, 2)?).ok()?,
        number(week, 2)?,
    )
}

/// What stands behind `FY`.
fn fiscal(name: &str) -> Option<Period> {
    let (name, calendar) = name.split_once('@')?;
    let calendar: FiscalCalendar = calendar.parse().ok()?;
    // The calendar year's periods have keys of their own.
    if calendar.is_calendar_year() {
        return None;
    }
    let (year, rest) = year_of(name)?;
    if rest.is_empty() {
        return calendar.year(year).ok();
    }
    let rest = rest.strip_prefix('-')?;
    if let Some(half) = rest.strip_prefix('H') {
        return calendar.named(year, PeriodKind::Half, number(half, 1)?);
    }
    if let Some(quarter) = rest.strip_prefix('Q') {
        return calendar.named(year, PeriodKind::Quarter, number(quarter, 1)?);
    }
    let rest = rest.strip_prefix('P')?;
    let Some((month, week)) = rest.split_once("/W") else {
        return calendar.named(year, PeriodKind::Month, number(rest, 2)?);
    };
    let month = calendar.named(year, PeriodKind::Month, number(month, 2)?)?;
    week_in(month, number(week, 2)?)
}

fn week_in(month: Period, number: u32) -> Option<Period> {
    month
        .children()
        .into_iter()
        .find(|week| week.number() == number)
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
            "pattern": "^([0-9]{4}(-H[12]|-Q[1-4]|-W[0-9]{2}|-[0-9]{2}(/W[0-9]{2})?)?|FY[0-9]{4}(-H[12]|-Q[1-4]|-P[0-9]{2}(/W[0-9]{2})?)?@[0-9]{2}(-[0-9a-z]+)*)$",
            "description": "2018, 2018-H1, 2018-Q1, 2018-01, 2018-01/W05 (ISO week cut at month ends), 2018-W05 (whole ISO week); of another calendar FY2026-P01/W05@04, with its text behind @"
        })
    }
}
