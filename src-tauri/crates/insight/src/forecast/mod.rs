//! Engine `forecast.series`: what a series will most likely do next, and how far off that may be.
//!
//! The mean of three methods that err in different ways: exponential smoothing ([`smoothing`]), the
//! dynamic optimised Theta method ([`theta`]) and complex exponential smoothing ([`complex`]). Means
//! of a few good methods beat each of them (Petropoulos and Svetunkov 2020, "A simple combination of
//! univariate models"). Series with many zeros go to [`intermittent`]. Whatever is chosen must beat
//! the seasonal naive forecast from earlier origins of the same series, else that one is taken; the
//! errors from those origins also give the interval ([`interval`]).
//!
//! Floats: a forecast is a statistic. No amount that is paid is made from one.

mod combination;
mod complex;
pub mod engine;
mod intermittent;
mod interval;
mod season;
mod simplex;
mod smoothing;
mod theta;

#[cfg(test)]
mod tests;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Error, Result};

/// Values below which there is nothing to learn from.
pub const MIN_VALUES: usize = 4;
/// Values of one series: thirty years of days.
pub const MAX_VALUES: usize = 11_000;
/// Steps of one forecast.
pub const MAX_HORIZON: usize = 366;
/// Values of one season: days of a year.
pub const MAX_SEASON: usize = 366;
/// Largest value, so that squares and sums of squares stay finite.
const MAX_VALUE: f64 = 1e15;

/// How a forecast was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// The mean of exponential smoothing, Theta and complex smoothing.
    Combination,
    /// Chance of any, times size: for series with many zeros.
    Intermittent,
    /// The value of one season ago (of one step ago without a season).
    SeasonalNaive,
}

/// What a reader of a forecast must know about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", tag = "note")]
pub enum Note {
    /// Too short for a season to be seen: what repeats every season is not in the forecast.
    ShortForSeason {
        /// Values given.
        have: usize,
        /// Values from which a season can be seen.
        need: usize,
    },
    /// So short that the interval rests on few earlier forecasts.
    FewOrigins {
        /// Earlier forecasts that the interval rests on.
        origins: usize,
    },
    /// All values are the same; so is the forecast, without any width.
    Constant,
}

/// A forecast of the next steps, first to last.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Forecast {
    /// How it was made.
    pub method: Method,
    /// The most likely values.
    pub mean: Vec<f64>,
    /// Below it 2.5 % of the outcomes are expected.
    pub lower95: Vec<f64>,
    /// Above it 2.5 % of the outcomes are expected.
    pub upper95: Vec<f64>,
    /// What to know about it.
    pub notes: Vec<Note>,
}

/// A fitted method: it can forecast from any earlier moment of its series.
trait Fitted {
    /// The next `horizon` values after the first `known` ones, by the parameters found on all.
    fn after(&self, known: usize, horizon: usize) -> Vec<f64>;
}

/// Forecasts the `horizon` values after `values`, whose pattern repeats every `season` values (1: none).
///
/// A series without negative values gets no negative forecast.
pub fn forecast(values: &[f64], season: usize, horizon: usize) -> Result<Forecast> {
    check(values, season, horizon)?;
    let mut notes = Vec::new();
    if values
        .iter()
        .all(|value| value.to_bits() == values[0].to_bits())
    {
        let mean = vec![values[0]; horizon];
        return Ok(Forecast {
            method: Method::Combination,
            lower95: mean.clone(),
            upper95: mean.clone(),
            mean,
            notes: vec![Note::Constant],
        });
    }
    let need = season::values_needed(season);
    if season > 1 && values.len() < need {
        notes.push(Note::ShortForSeason {
            have: values.len(),
            need,
        });
    }
    let (method, fitted) = choose(values, season, horizon);
    let errors = interval::Errors::of(&*fitted, values, horizon);
    if errors.origins() < interval::FEW_ORIGINS {
        notes.push(Note::FewOrigins {
            origins: errors.origins(),
        });
    }
    let mean = fitted.after(values.len(), horizon);
    let floor = if values.iter().all(|value| *value >= 0.0) {
        0.0
    } else {
        f64::NEG_INFINITY
    };
    let half = errors.half_widths(horizon, parameters(values, season));
    let steps = || mean.iter().zip(&half);
    let lower95 = steps().map(|(mean, half)| (mean - half).max(floor));
    let upper95 = steps().map(|(mean, half)| (mean + half).max(floor));
    Ok(Forecast {
        method,
        lower95: lower95.collect(),
        upper95: upper95.collect(),
        mean: mean.iter().map(|mean| mean.max(floor)).collect(),
        notes,
    })
}

fn check(values: &[f64], season: usize, horizon: usize) -> Result<()> {
    let have = values.len();
    if have < MIN_VALUES {
        return Err(Error::NotEnough {
            have,
            need: MIN_VALUES,
        });
    }
    if have > MAX_VALUES {
        return Err(Error::TooMany {
            count: have,
            limit: MAX_VALUES,
        });
    }
    if season == 0 || season > MAX_SEASON {
        return Err(Error::Season {
            season,
            limit: MAX_SEASON,
        });
    }
    if horizon == 0 || horizon > MAX_HORIZON {
        return Err(Error::Horizon {
            horizon,
            limit: MAX_HORIZON,
        });
    }
    let unusable = |value: &f64| !(value.abs() <= MAX_VALUE);
    match values.iter().position(unusable) {
        Some(place) => Err(Error::Unusable { place: place + 1 }),
        None => Ok(()),
    }
}

/// The method that fits the series, unless the seasonal naive forecast was nearer from earlier origins.
fn choose<'a>(values: &'a [f64], season: usize, horizon: usize) -> (Method, Box<dyn Fitted + 'a>) {
    let (method, fitted): (_, Box<dyn Fitted + 'a>) = if intermittent::suits(values) {
        (Method::Intermittent, Box::new(intermittent::fit(values)))
    } else {
        (
            Method::Combination,
            Box::new(combination::fit(values, season)),
        )
    };
    let naive = season::Naive { values, season };
    let ours = interval::Errors::of(&*fitted, values, horizon).mean_absolute();
    let floor = interval::Errors::of(&naive, values, horizon).mean_absolute();
    match (ours, floor) {
        (Some(ours), Some(floor)) if floor < ours => (Method::SeasonalNaive, Box::new(naive)),
        _ => (method, fitted),
    }
}

/// Parameters learned from the series: three, and the season's factors.
fn parameters(values: &[f64], season: usize) -> usize {
    if season::is_seen(values, season) {
        season + 2
    } else {
        3
    }
}

/// A count as a float; exact below 2^53, which no series reaches.
#[allow(clippy::cast_precision_loss)]
fn real(count: usize) -> f64 {
    count as f64
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / real(values.len())
}
