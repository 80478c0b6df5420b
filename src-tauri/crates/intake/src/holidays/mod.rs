//! Lists of holidays: CSV (`date,kind,name`) or a calendar file (ICS), to the days they name.
//!
//! A list is taken as a whole or not at all: half a year's holidays would be wrong working days that
//! nobody sees.

mod csv_list;
mod ics;
mod line;

use std::collections::BTreeMap;
use std::path::Path;

use chrono::{Datelike, NaiveDate};
use yeji_core::calendar::{DayKind, MAX_YEAR, MIN_YEAR, SpecialDay};

use crate::limits::{MAX_HOLIDAY_FILE_BYTES, MAX_HOLIDAY_NAME_CHARS, MAX_HOLIDAYS};
use crate::{Error, Result, read_text, shown};

/// What is wrong in a line of a list of holidays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HolidayProblem {
    /// No date, or one that may be two days.
    Date,
    /// A year that no period is made for.
    Year,
    /// A word that says neither off nor worked.
    Kind,
    /// A name above the limit.
    Name,
    /// More columns than date, kind and name.
    Columns,
    /// A day that is both off and worked.
    Conflict,
    /// More days than the limit.
    TooMany,
    /// No day at all.
    Nothing,
    /// An event with a time of day.
    Time,
    /// An event that comes again by a rule.
    Repeats,
    /// An event with a length instead of an end, or that ends before it begins, or a very long one.
    Length,
    /// A line that is no property, or a part that ends without having begun.
    Broken,
    /// A part that does not end.
    Unfinished,
}

impl HolidayProblem {
    /// All of them.
    pub const ALL: [Self; 13] = [
        Self::Date,
        Self::Year,
        Self::Kind,
        Self::Name,
        Self::Columns,
        Self::Conflict,
        Self::TooMany,
        Self::Nothing,
        Self::Time,
        Self::Repeats,
        Self::Length,
        Self::Broken,
        Self::Unfinished,
    ];

    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Date => "holiday_date",
            Self::Year => "holiday_year",
            Self::Kind => "holiday_kind",
            Self::Name => "holiday_name",
            Self::Columns => "holiday_columns",
            Self::Conflict => "holiday_conflict",
            Self::TooMany => "holiday_too_many",
            Self::Nothing => "holiday_nothing",
            Self::Time => "holiday_time",
            Self::Repeats => "holiday_repeats",
            Self::Length => "holiday_length",
            Self::Broken => "holiday_broken",
            Self::Unfinished => "holiday_unfinished",
        }
    }
}

/// A problem with its line (from 1) and the text that has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Bad {
    pub problem: HolidayProblem,
    pub line: u32,
    pub value: String,
}

/// Why an event of a calendar file is no day of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoHoliday {
    /// Cancelled.
    Cancelled,
    /// The file marks days off and make-up days, and this is none (Apple's calendars).
    Unmarked,
    /// Marked as an observance on which people work (Google's calendars).
    Observance,
}

impl NoHoliday {
    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Cancelled => "event_cancelled",
            Self::Unmarked => "event_unmarked",
            Self::Observance => "event_observance",
        }
    }

    /// All of them.
    pub const ALL: [Self; 3] = [Self::Cancelled, Self::Unmarked, Self::Observance];
}

/// An event that was read and is no day of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOutEvent {
    /// Line on which it begins.
    pub line: u32,
    /// Its name.
    pub name: String,
    /// Why.
    pub reason: NoHoliday,
}

/// What a list of holidays says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HolidayList {
    /// In order of the dates, each once.
    pub days: Vec<SpecialDay>,
    /// What was left out.
    pub left_out: Vec<LeftOutEvent>,
}

/// Reads a list of holidays from a file: CSV with date, kind and name, or ICS.
///
/// # Errors
/// A file that is no text or too large, and [`Error::Holidays`] for the first line that cannot be taken.
pub fn read_holidays(path: &Path) -> Result<HolidayList> {
    let bytes = std::fs::metadata(path).map_err(|source| Error::Io {
        file: path.to_owned(),
        source,
    })?;
    if bytes.len() > MAX_HOLIDAY_FILE_BYTES {
        return Err(Error::TooLarge {
            file: path.to_owned(),
            what: "file_bytes",
            limit: MAX_HOLIDAY_FILE_BYTES,
        });
    }
    parse(&read_text(path)?).map_err(|bad| Error::Holidays {
        file: path.to_owned(),
        line: bad.line,
        problem: bad.problem,
        value: shown(&bad.value),
    })
}

fn parse(text: &str) -> std::result::Result<HolidayList, Bad> {
    let text = text.trim_start_matches('\u{feff}');
    let first = text.lines().find(|line| !line.trim().is_empty());
    let is_calendar =
        first.is_some_and(|line| line.trim().eq_ignore_ascii_case(ics::BEGIN_CALENDAR));
    let (days, left_out) = if is_calendar {
        ics::read(text)?
    } else {
        (csv_list::read(text)?, Vec::new())
    };
    if days.is_empty() {
        let (problem, value) = (HolidayProblem::Nothing, String::new());
        return Err(Bad {
            problem,
            line: 1,
            value,
        });
    }
    Ok(HolidayList { days, left_out })
}

/// The days so far, each once.
#[derive(Debug, Default)]
struct Days(BTreeMap<NaiveDate, SpecialDay>);

impl Days {
    /// Adds a day that a line names. Two feasts on one day are both named.
    fn add(
        &mut self,
        line: u32,
        date: NaiveDate,
        kind: DayKind,
        name: &str,
    ) -> std::result::Result<(), Bad> {
        let bad = |problem, value: String| Bad {
            problem,
            line,
            value,
        };
        if !(MIN_YEAR..=MAX_YEAR).contains(&date.year()) {
            return Err(bad(HolidayProblem::Year, date.to_string()));
        }
        if name.chars().count() > MAX_HOLIDAY_NAME_CHARS {
            return Err(bad(HolidayProblem::Name, name.to_owned()));
        }
        if let Some(known) = self.0.get_mut(&date) {
            if known.kind != kind {
                return Err(bad(HolidayProblem::Conflict, date.to_string()));
            }
            let both = format!("{}、{name}", known.name);
            if !known.name.split('、').any(|one| one == name)
                && both.chars().count() <= MAX_HOLIDAY_NAME_CHARS
            {
                known.name = both;
            }
            return Ok(());
        }
        if self.0.len() == MAX_HOLIDAYS {
            return Err(bad(HolidayProblem::TooMany, MAX_HOLIDAYS.to_string()));
        }
        let name = name.to_owned();
        self.0.insert(date, SpecialDay { date, kind, name });
        Ok(())
    }

    fn into_list(self) -> Vec<SpecialDay> {
        self.0.into_values().collect()
    }
}

#[cfg(test)]
mod tests;
