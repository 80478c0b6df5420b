//! Engine `calendar.periods`: the periods of a span with their parents and working days.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yeji_core::calendar::{
    DayCounts, FiscalCalendar, MAX_YEAR, MIN_YEAR, Period, PeriodKind, WorkingDays,
};

use crate::{Error, Result};

/// Name of the engine on the command line.
pub const ENGINE: &str = "calendar.periods";

/// Input of `calendar.periods`: either `year`, or `from` and `to`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PeriodsInput {
    /// A year by its number in the calendar.
    #[serde(default)]
    pub year: Option<i32>,
    /// First day.
    #[serde(default)]
    pub from: Option<NaiveDate>,
    /// Day after the last.
    #[serde(default)]
    pub to: Option<NaiveDate>,
    /// Which periods.
    pub kind: PeriodKind,
    /// How years are cut, with halves between the year and its quarters; none: the calendar year, and
    /// quarters stand under it.
    #[serde(default)]
    pub calendar: Option<FiscalCalendar>,
    /// Holidays and make-up days.
    #[serde(default)]
    pub working_days: WorkingDays,
}

/// One period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PeriodRow {
    /// Key, as in `2018-01/W05`.
    pub key: Period,
    /// Kind.
    pub kind: PeriodKind,
    /// First day.
    pub start: NaiveDate,
    /// Day after the last.
    pub end: NaiveDate,
    /// The period one level up; none for years and whole ISO weeks.
    pub parent: Option<Period>,
    /// Working days of the whole period, also where the span holds only a part of it.
    pub working_days: u64,
}

/// Output of `calendar.periods`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PeriodsOutput {
    /// All periods of the kind that overlap the span, in order.
    pub periods: Vec<PeriodRow>,
}

/// Lists the periods of a span.
///
/// # Errors
/// Neither or both of `year` and `from`/`to`; an empty span or one outside 1900 to 2200.
pub fn periods(input: &PeriodsInput) -> Result<PeriodsOutput> {
    let (from, to) = span(input)?;
    let periods = input.calendar.unwrap_or_default();
    let periods = periods.periods(input.kind, from, to);
    let (from, to) = match (periods.first(), periods.last()) {
        (Some(first), Some(last)) => (first.start(), last.end()),
        _ => (from, from),
    };
    let counts = DayCounts::new(&input.working_days, from, to);
    let periods = periods
        .into_iter()
        .map(|period| PeriodRow {
            key: period,
            kind: period.kind(),
            start: period.start(),
            end: period.end(),
            parent: parent(period, input.calendar.is_some()),
            working_days: counts.count(period.start(), period.end()),
        })
        .collect();
    Ok(PeriodsOutput { periods })
}

fn parent(period: Period, with_halves: bool) -> Option<Period> {
    if with_halves && period.kind() == PeriodKind::Quarter {
        return period.around(PeriodKind::Half);
    }
    period.parent()
}

fn span(input: &PeriodsInput) -> Result<(NaiveDate, NaiveDate)> {
    let (from, to) = match (input.year, input.from, input.to) {
        (Some(year), None, None) => {
            let year = input.calendar.unwrap_or_default().year(year)?;
            return Ok((year.start(), year.end()));
        }
        (None, Some(from), Some(to)) => (from, to),
        _ => return Err(Error::Span),
    };
    let first = Period::year(MIN_YEAR)?.start();
    let last = Period::year(MAX_YEAR)?.end();
    if from < to && first <= from && to <= last {
        Ok((from, to))
    } else {
        Err(Error::SpanRange {
            from,
            to,
            min: MIN_YEAR,
            max: MAX_YEAR,
        })
    }
}
