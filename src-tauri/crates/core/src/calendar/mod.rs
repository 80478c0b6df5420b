//! Periods as half-open intervals, their keys, how they nest, and working days.
//!
//! A year splits into quarters, a quarter into months, a month into ISO weeks **cut at month ends**,
//! so that every level nests: 29 January to 1 February 2018 is `2018-01/W05` (29 to 31 January) and
//! `2018-02/W05` (1 to 4 February). The number is the ISO 8601 week's, so 31 December 2018, which
//! ISO counts to week 1 of 2019, is `2018-12/W01`. Whole ISO weeks (`2018-W05`) exist for weekly
//! charts and do not nest in months.
//!
//! Companies whose year is another one have a [`FiscalCalendar`]. Its periods are of the same kinds
//! and know their calendar, so they nest, have a period before them and are written and read like all
//! others: `FY2026-P01@04` is the first month of a year that begins in April. Decision 0021.

mod fiscal;
mod key;
mod rule;
mod working_days;
mod years;

pub use fiscal::FiscalCalendar;
pub use rule::{CalendarRule, Months, NamedBy, WeekDay, YearEnd};
pub use working_days::{DayCounts, DayKind, SpecialDay, WorkingDays, china_days};

use chrono::{Datelike, Days, NaiveDate};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Error, Result};
use years::Label;

/// The kind of a period, from the whole to the part.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema, TS,
)]
#[serde(rename_all = "snake_case")]
pub enum PeriodKind {
    /// A year: the calendar year, or a company's.
    Year,
    /// Two quarters.
    Half,
    /// Three months.
    Quarter,
    /// A calendar month, or four to six weeks of a calendar whose months are made of weeks.
    Month,
    /// A week cut at the ends of a month; whole where months are made of weeks.
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
    /// None for the periods of the calendar year.
    label: Option<Label>,
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
            label: None,
        })
    }

    /// Half 1 or 2 of a calendar year.
    pub fn half(year: i32, half: u32) -> Result<Self> {
        let bad = || Error::Period(format!("{year}-H{half}"));
        let quarter = match half {
            1 | 2 => half * 2 - 1,
            _ => return Err(bad()),
        };
        Ok(Self {
            start: Self::quarter(year, quarter).map_err(|_| bad())?.start,
            end: Self::quarter(year, quarter + 1).map_err(|_| bad())?.end,
            kind: PeriodKind::Half,
            label: None,
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
            label: None,
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
            label: None,
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
            label: None,
        })
    }

    /// The period of the calendar year of a kind that holds a day.
    pub fn containing(kind: PeriodKind, day: NaiveDate) -> Result<Self> {
        match kind {
            PeriodKind::Year => Self::year(day.year()),
            PeriodKind::Half => Self::half(day.year(), day.month0() / 6 + 1),
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
                    label: None,
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

    /// The calendar that it is a period of.
    pub fn calendar(self) -> FiscalCalendar {
        self.label
            .map_or_else(FiscalCalendar::default, |label| label.calendar)
    }

    /// The number of its year: the calendar's, and of a whole ISO week the year that ISO counts it to.
    pub fn year_number(self) -> i32 {
        match (self.label, self.kind) {
            (Some(label), _) => label.year,
            (None, PeriodKind::IsoWeek) => self.start.iso_week().year(),
            (None, _) => self.start.year(),
        }
    }

    /// Which half, quarter, month or week of its year it is, from 1 (1 for a year). Weeks of the
    /// calendar year have their ISO number, others count from the week that holds the first day.
    pub fn number(self) -> u32 {
        if let Some(label) = self.label {
            return u32::from(label.number);
        }
        match self.kind {
            PeriodKind::Year => 1,
            PeriodKind::Half => self.start.month0() / 6 + 1,
            PeriodKind::Quarter => self.start.month0() / 3 + 1,
            PeriodKind::Month => self.start.month(),
            PeriodKind::CutWeek | PeriodKind::IsoWeek => self.start.iso_week().week(),
        }
    }

    /// The parts one level down: year -> quarters -> months -> weeks -> nothing. Halves stand beside:
    /// a half's parts are quarters, and [`Self::parts`] gives the halves of a year.
    pub fn children(self) -> Vec<Self> {
        match self.kind {
            PeriodKind::Year | PeriodKind::Half => self.parts(PeriodKind::Quarter),
            PeriodKind::Quarter => self.parts(PeriodKind::Month),
            PeriodKind::Month => self.parts(PeriodKind::CutWeek),
            PeriodKind::CutWeek | PeriodKind::IsoWeek => Vec::new(),
        }
    }

    /// All its parts of a kind further down, in order. Nothing for whole ISO weeks, which nest in
    /// nothing, and for a kind that is not below its own.
    pub fn parts(self, kind: PeriodKind) -> Vec<Self> {
        if kind <= self.kind || kind == PeriodKind::IsoWeek {
            return Vec::new();
        }
        self.calendar().periods(kind, self.start, self.end)
    }

    /// The period one level up, as [`Self::children`] has it; none for a year and a whole ISO week.
    pub fn parent(self) -> Option<Self> {
        match self.kind {
            PeriodKind::Year | PeriodKind::IsoWeek => None,
            PeriodKind::Half | PeriodKind::Quarter => self.around(PeriodKind::Year),
            PeriodKind::Month => self.around(PeriodKind::Quarter),
            PeriodKind::CutWeek => self.around(PeriodKind::Month),
        }
    }

    /// The period of a kind further up that it lies in; none for whole ISO weeks, and for a kind that
    /// is not above its own.
    pub fn around(self, kind: PeriodKind) -> Option<Self> {
        if kind >= self.kind || self.kind == PeriodKind::IsoWeek {
            return None;
        }
        self.calendar().containing(kind, self.start).ok()
    }

    /// The period of the same kind just before, in its calendar.
    pub fn previous(self) -> Result<Self> {
        let day = self.start.pred_opt().ok_or(Error::Overflow("date"))?;
        self.calendar().containing(self.kind, day)
    }

    /// The same period a year earlier (for weeks: the one of 52 weeks before).
    pub fn a_year_before(self) -> Result<Self> {
        let calendar = self.calendar();
        if matches!(self.kind, PeriodKind::IsoWeek | PeriodKind::CutWeek) {
            return calendar.containing(self.kind, self.start - Days::new(364));
        }
        if let Some(label) = self.label {
            let before = calendar.named(label.year - 1, self.kind, u32::from(label.number));
            return before.ok_or(Error::Overflow("date"));
        }
        let day = ymd(self.start.year() - 1, self.start.month(), 1);
        Self::containing(self.kind, day.ok_or(Error::Overflow("date"))?)
    }
}

/// Days of `[from, to)`.
pub fn days(from: NaiveDate, to: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    from.iter_days().take_while(move |day| *day < to)
}

/// All periods of the calendar year of a kind that overlap `[from, to)`, in order.
pub fn periods(kind: PeriodKind, from: NaiveDate, to: NaiveDate) -> Vec<Period> {
    FiscalCalendar::default().periods(kind, from, to)
}

#[cfg(test)]
mod tests;
