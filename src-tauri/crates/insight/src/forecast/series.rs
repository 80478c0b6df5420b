//! What is asked, and what of it can be answered.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::intermittent;
use super::number::is_constant;
use crate::{Error, Result};

/// Known values below which there is nothing to learn from.
pub const MIN_VALUES: usize = 4;
/// Values of one series: thirty years of days.
pub const MAX_VALUES: usize = 11_000;
/// Steps of one forecast.
pub const MAX_HORIZON: usize = 366;
/// Values of one season: days of a year.
pub const MAX_SEASON: usize = 366;
/// Largest value: its square and sums of squares stay finite.
pub const MAX_VALUE: f64 = 1e100;
/// Most of a period that a calendar may count: hours of a leap year.
const MAX_CALENDAR: f64 = 8_784.0;

/// A series to forecast.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Series {
    /// Comes back with the forecast.
    pub id: String,
    /// The values, oldest first, one per period. A period without business is 0, one that is not known
    /// is null.
    pub values: Vec<Option<f64>>,
    /// Values until the pattern repeats: 12 for months of a year; 1 where nothing repeats.
    #[serde(default = "no_season")]
    pub season: usize,
    /// Working days of each period, those of the forecast too. Empty: they have no effect.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub calendar: Vec<f64>,
    /// How much of a feast that moves through the calendar falls on each period, those of the forecast
    /// too: for the Spring Festival the days of the period that are in the weeks before and in it.
    /// Empty: it has no effect.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub festival: Vec<f64>,
    /// May the forecast not be below zero? Unless said: where no value is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub non_negative: Option<bool>,
    /// The series of which this is a part, for forecasts that add up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
}

fn no_season() -> usize {
    1
}

impl Series {
    /// A series without gaps, calendar or name.
    pub fn new(values: &[f64], season: usize) -> Self {
        Self {
            values: values.iter().copied().map(Some).collect(),
            season,
            ..Self::default()
        }
    }

    /// May its forecast not be below zero?
    pub(super) fn is_non_negative(&self) -> bool {
        let unless_said = || self.known().all(|value| value >= 0.0);
        self.non_negative.unwrap_or_else(unless_said)
    }

    /// The periods to learn from: from the first to the last known value. Zeros before the first value
    /// above zero are not the way of a series that is hardly ever zero afterwards: it had not begun.
    pub(super) fn inside(&self) -> std::ops::Range<usize> {
        let span = span(&self.values);
        let inside = &self.values[span.clone()];
        let is_begun = |value: &Option<f64>| value.is_some_and(|value| value != 0.0);
        let Some(zeros) = inside.iter().position(is_begun) else {
            return span;
        };
        let after: Vec<f64> = inside[zeros..].iter().flatten().copied().collect();
        let too_little = after.len() < MIN_VALUES || is_constant(&after);
        if zeros == 0 || too_little || intermittent::has_gaps(&after) {
            return span;
        }
        span.start + zeros..span.end
    }

    /// The known values.
    pub(super) fn known(&self) -> impl Iterator<Item = f64> {
        self.values.iter().flatten().copied()
    }
}

pub(super) fn check_horizon(horizon: usize) -> Result<()> {
    if horizon == 0 || horizon > MAX_HORIZON {
        return Err(Error::Horizon {
            horizon,
            limit: MAX_HORIZON,
        });
    }
    Ok(())
}

/// Can it be answered at all?
pub(super) fn check(series: &Series, horizon: usize) -> Result<()> {
    check_horizon(horizon)?;
    let Series { values, season, .. } = series;
    if *season == 0 || *season > MAX_SEASON {
        return Err(Error::Season {
            season: *season,
            limit: MAX_SEASON,
        });
    }
    if values.len() > MAX_VALUES {
        return Err(Error::TooMany {
            count: values.len(),
            limit: MAX_VALUES,
        });
    }
    let unusable =
        |value: &Option<f64>| value.is_some_and(|value| value.is_nan() || value.abs() > MAX_VALUE);
    if let Some(place) = values.iter().position(unusable) {
        return Err(Error::Unusable { place: place + 1 });
    }
    let have = series.known().count();
    if have < MIN_VALUES {
        return Err(Error::NotEnough {
            have,
            need: MIN_VALUES,
        });
    }
    let of = span(values).len();
    if have * 2 < of {
        return Err(Error::Gaps {
            missing: of - have,
            of,
        });
    }
    // What is not known yet is forecast too.
    check_horizon(values.len() - span(values).end + horizon)?;
    for effect in [&series.calendar, &series.festival] {
        check_calendar(effect, values.len() + horizon)?;
    }
    Ok(())
}

fn check_calendar(effect: &[f64], need: usize) -> Result<()> {
    if !effect.is_empty() && effect.len() != need {
        return Err(Error::Calendar {
            have: effect.len(),
            need,
        });
    }
    let outside = |days: &f64| !(0.0..=MAX_CALENDAR).contains(days);
    match effect.iter().position(outside) {
        Some(place) => Err(Error::CalendarDays { place: place + 1 }),
        None => Ok(()),
    }
}

/// From the first to the last known value.
pub(super) fn span(values: &[Option<f64>]) -> std::ops::Range<usize> {
    let first = values.iter().position(Option::is_some).unwrap_or(0);
    let end = values.iter().rposition(Option::is_some);
    first..end.map_or(first, |last| last + 1)
}
