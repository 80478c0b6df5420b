//! Engine `forecast.series`: what a series will most likely do next, and how far off that may be.
//!
//! In this order: gaps are filled and calendar effects taken out ([`prepare`]), single outliers and
//! shifts of the level are found ([`breaks`]), the mean of three methods that err in different ways is
//! fitted ([`combination`]): exponential smoothing ([`smoothing`]), the dynamic optimised Theta method
//! ([`theta`]) and complex exponential smoothing ([`complex`]). Means of a few good methods beat each of
//! them (Petropoulos and Svetunkov 2020, "A simple combination of univariate models", International
//! Journal of Forecasting 36(1)). Series with many zeros go to [`intermittent`]; from one in which nothing
//! comes any more nothing is expected ([`silence`]). Whatever is chosen must
//! beat the seasonal naive forecast from earlier origins of the same series, else that one is taken; the
//! errors from those origins also give the interval ([`rolling`]). Forecasts of an organisation are made
//! to add up by [`reconcile`], and thousands are made in one call by [`batch`].
//!
//! Floats: a forecast is a statistic. No amount that is paid is made from one. The same input gives the
//! same bits on every platform and with any number of threads ([`number`]).

pub mod answer;
pub mod batch;
mod breaks;
mod combination;
mod complex;
mod effects;
mod intermittent;
mod made;
mod number;
mod prepare;
pub mod reconcile;
mod rolling;
mod season;
pub mod series;
mod silence;
mod simplex;
mod smoothing;
mod theta;

#[cfg(test)]
mod tests;

pub use answer::{Details, Forecast, Method, Note};
pub use series::Series;

use made::Made;
use prepare::Calendar;

use crate::{Error, Result};

/// Part of the error that taking a calendar effect out must spare at least, to be believed.
const CALENDAR_GAIN: f64 = 0.02;

/// A fitted method: it can forecast from any earlier moment of its series.
trait Fitted {
    /// The next values by the parameters found on all, from each moment since the first `first` values:
    /// `horizon` of them after the whole series, before only as far as the series goes.
    fn since(&self, first: usize, horizon: usize) -> Vec<Vec<f64>>;
}

/// Leads a method's state along a series, and asks it for the next values at each moment since `first`.
fn walk<S>(
    values: &[f64],
    first: usize,
    horizon: usize,
    mut state: S,
    learn: impl Fn(&mut S, f64),
    ahead: impl Fn(&S, usize) -> Vec<f64>,
) -> Vec<Vec<f64>> {
    let mut all = Vec::with_capacity(values.len() + 1 - first);
    for known in 0..=values.len() {
        if known >= first {
            all.push(ahead(&state, steps_ahead(values.len(), known, horizon)));
        }
        if let Some(value) = values.get(known) {
            learn(&mut state, *value);
        }
    }
    all
}

/// Steps of a forecast after the first `known` of `count` values.
fn steps_ahead(count: usize, known: usize, horizon: usize) -> usize {
    match count - known {
        0 => horizon,
        rest => rest.min(horizon),
    }
}

/// Forecasts the `horizon` periods after a series.
///
/// A series without negative values gets no negative forecast, unless it says otherwise.
pub fn forecast(series: &Series, horizon: usize) -> Result<Forecast> {
    series::check(series, horizon)?;
    let mut ways = Calendar::all(series, horizon).into_iter();
    let plain = ways.next().map(|way| Made::of(series, horizon, way));
    // There is always the way without any effect; the others must forecast better than it.
    let best = ways.fold(plain, |best, way| {
        let made = Made::of(series, horizon, way);
        match best {
            Some(best) if made.error() >= best.error() * (1.0 - CALENDAR_GAIN) => Some(best),
            _ => Some(made),
        }
    });
    best.map(Made::answer).ok_or(Error::Horizon {
        horizon,
        limit: series::MAX_HORIZON,
    })
}
