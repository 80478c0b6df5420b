//! The periods that a calendar makes: years, halves, quarters, months and weeks from dates.

use chrono::{Datelike, Days, Months, NaiveDate};

use super::{FiscalCalendar, MAX_YEAR, MIN_YEAR, Period, PeriodKind};
use crate::{Error, Result};

/// What a period is called in a calendar other than the calendar year's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Label {
    pub calendar: FiscalCalendar,
    /// The fiscal year's number.
    pub year: i32,
    /// Which half, quarter, month or week of the year, from 1; 1 for the year.
    pub number: u8,
    /// The month that a week lies in; 0 for what is no week.
    pub month: u8,
}

/// A fiscal year with the bounds of its months.
struct Year {
    calendar: FiscalCalendar,
    number: i32,
    /// First days of the twelve months, and the day after the last.
    bounds: [NaiveDate; 13],
}

impl FiscalCalendar {
    /// A year by its number.
    ///
    /// # Errors
    /// A number that is not from [`MIN_YEAR`] to [`MAX_YEAR`].
    pub fn year(self, year: i32) -> Result<Period> {
        if self.is_calendar_year() {
            return Period::year(year);
        }
        Ok(Year::new(self, year)?.period(PeriodKind::Year, 1))
    }

    /// The period of a kind that holds a day. ISO weeks are the same in every calendar.
    ///
    /// # Errors
    /// A day in a year whose number is not from [`MIN_YEAR`] to [`MAX_YEAR`].
    pub fn containing(self, kind: PeriodKind, day: NaiveDate) -> Result<Period> {
        if self.is_calendar_year() || kind == PeriodKind::IsoWeek {
            return Period::containing(kind, day);
        }
        let year = Year::around(self, day)?;
        let month = year.month_of(day);
        Ok(match kind {
            PeriodKind::Year => year.period(kind, 1),
            PeriodKind::Half => year.period(kind, month / 6 + 1),
            PeriodKind::Quarter => year.period(kind, month / 3 + 1),
            PeriodKind::Month => year.period(kind, month + 1),
            PeriodKind::CutWeek | PeriodKind::IsoWeek => {
                year.week(month, day).ok_or(Error::Overflow("date"))?
            }
        })
    }

    /// All periods of a kind that overlap `[from, to)`, in order.
    pub fn periods(self, kind: PeriodKind, from: NaiveDate, to: NaiveDate) -> Vec<Period> {
        let mut all = Vec::new();
        let mut at = from;
        while at < to {
            let Ok(period) = self.containing(kind, at) else {
                break;
            };
            all.push(period);
            at = period.end();
        }
        all
    }

    /// A period by what stands in its key: which half, quarter or month of which year. None where the
    /// calendar has no such one, and for weeks.
    pub(super) fn named(self, year: i32, kind: PeriodKind, number: u32) -> Option<Period> {
        let number = usize::try_from(number).ok()?;
        let months = months_in(kind)?;
        if !(1..=12 / months).contains(&number) {
            return None;
        }
        Some(Year::new(self, year).ok()?.period(kind, number))
    }
}

fn months_in(kind: PeriodKind) -> Option<usize> {
    match kind {
        PeriodKind::Year => Some(12),
        PeriodKind::Half => Some(6),
        PeriodKind::Quarter => Some(3),
        PeriodKind::Month => Some(1),
        PeriodKind::CutWeek | PeriodKind::IsoWeek => None,
    }
}

impl Year {
    fn new(calendar: FiscalCalendar, number: i32) -> Result<Self> {
        let bounds = (MIN_YEAR..=MAX_YEAR)
            .contains(&number)
            .then(|| bounds(calendar, number))
            .flatten();
        Ok(Self {
            calendar,
            number,
            bounds: bounds.ok_or_else(|| Error::Period(format!("FY{number}@{calendar}")))?,
        })
    }

    fn around(calendar: FiscalCalendar, day: NaiveDate) -> Result<Self> {
        let bad = || Error::Period(day.to_string());
        // The year's number decides, and a year may reach into the calendar years around it.
        if !(MIN_YEAR - 1..=MAX_YEAR + 1).contains(&day.year()) {
            return Err(bad());
        }
        // Months made of weeks begin up to six days away from where they do by name.
        let nominal = calendar.nominal_year_of(day);
        let starts = |year: i32| calendar.year_start(year).ok_or_else(bad);
        let number = if day < starts(nominal)? {
            nominal - 1
        } else {
            nominal + i32::from(day >= starts(nominal + 1)?)
        };
        Self::new(calendar, number)
    }

    /// Position of the month that holds a day of this year.
    fn month_of(&self, day: NaiveDate) -> usize {
        let begun = self.bounds.iter().filter(|start| **start <= day).count();
        begun.saturating_sub(1).min(11)
    }

    /// A year, half, quarter or month, by its number from 1.
    fn period(&self, kind: PeriodKind, number: usize) -> Period {
        let months = months_in(kind).unwrap_or(1);
        Period {
            start: self.bounds[(number - 1) * months],
            end: self.bounds[number * months],
            kind,
            label: Some(self.label(number, 0)),
        }
    }

    /// The week of a day, cut at the ends of its month.
    fn week(&self, month: usize, day: NaiveDate) -> Option<Period> {
        let floor = self.calendar.week_floor(day)?;
        let first = self.calendar.week_floor(self.bounds[0])?;
        let number = (floor - first).num_days() / 7 + 1;
        Some(Period {
            start: floor.max(self.bounds[month]),
            end: floor
                .checked_add_days(Days::new(7))?
                .min(self.bounds[month + 1]),
            kind: PeriodKind::CutWeek,
            label: Some(self.label(usize::try_from(number).ok()?, month + 1)),
        })
    }

    fn label(&self, number: usize, month: usize) -> Label {
        let small = |value: usize| u8::try_from(value).unwrap_or(u8::MAX);
        Label {
            calendar: self.calendar,
            year: self.number,
            number: small(number),
            month: small(month),
        }
    }
}

fn bounds(calendar: FiscalCalendar, year: i32) -> Option<[NaiveDate; 13]> {
    let first = calendar.year_start(year)?;
    let mut bounds = [first; 13];
    match calendar.weeks_of_months() {
        None => {
            for (bound, months) in bounds.iter_mut().zip(0..) {
                *bound = first.checked_add_months(Months::new(months))?;
            }
        }
        Some(pattern) => {
            for at in 1..12 {
                let weeks = pattern[(at - 1) % 3];
                bounds[at] = bounds[at - 1].checked_add_days(Days::new(7 * weeks))?;
            }
            // The 53rd week is the last month's.
            bounds[12] = calendar.year_start(year + 1)?;
        }
    }
    Some(bounds)
}
