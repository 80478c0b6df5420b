//! Forecasts that add up: made together, put together, and brought to their whole.

use yeji_core::{Currency, Ratio, Rounding};
use yeji_insight::forecast::batch::{SeriesForecast, SeriesInput, series_with};
use yeji_insight::forecast::reconcile::Reconcile;
use yeji_insight::forecast::{Forecast, Series};
use yeji_insight::kpi::Unit;

use crate::blocking::blocking;
use crate::error::{Error, Result};

/// Forecasts on all processors; `add_up`: made to agree along their parents, to the minor unit.
pub(in crate::performance) async fn forecast_all(
    series: Vec<Series>,
    horizon: usize,
    add_up: bool,
) -> Result<Vec<SeriesForecast>> {
    let input = SeriesInput {
        series,
        horizon,
        details: true,
        reconcile: add_up.then(Reconcile::default),
    };
    let made = blocking(move || {
        series_with(&input, &|_, _| true)
            .map_err(|error| Error::input("forecast", &error.to_string(), "usable values"))
    });
    Ok(made.await?.forecasts)
}

/// Units that are asked for together: means add, widths as those of independent ones.
pub(super) fn sum<'a>(parts: impl Iterator<Item = &'a SeriesForecast>) -> SeriesForecast {
    let mut all: Option<SeriesForecast> = None;
    for part in parts {
        let Some(sum) = &mut all else {
            all = Some(part.clone());
            continue;
        };
        let Some((sum, part)) = sum.forecast.as_mut().zip(part.forecast.as_ref()) else {
            sum.forecast = None;
            continue;
        };
        for at in 0..sum.mean.len().min(part.mean.len()) {
            let below = sum.mean[at] - sum.lower95[at];
            let above = sum.upper95[at] - sum.mean[at];
            let more_below = part.mean[at] - part.lower95[at];
            let more_above = part.upper95[at] - part.mean[at];
            sum.mean[at] += part.mean[at];
            sum.lower95[at] = sum.mean[at] - (below * below + more_below * more_below).sqrt();
            sum.upper95[at] = sum.mean[at] + (above * above + more_above * more_above).sqrt();
        }
        sum.notes.extend(part.notes.iter().copied());
        sum.notes.dedup();
        sum.details = None;
    }
    all.unwrap_or(SeriesForecast {
        id: String::new(),
        forecast: None,
        refused: None,
    })
}

/// People's forecasts in proportion, so that they are their unit's, to the minor unit. Where nothing is
/// expected of anybody, each gets the same part.
pub(super) fn bring_to(whole: &SeriesForecast, parts: &mut [SeriesForecast]) -> Result<()> {
    let Some(whole) = &whole.forecast else {
        return Ok(());
    };
    let mut parts: Vec<&mut Forecast> = parts
        .iter_mut()
        .filter_map(|one| one.forecast.as_mut())
        .collect();
    if parts.is_empty() {
        return Ok(());
    }
    for (at, total) in whole.mean.iter().enumerate() {
        let weights = |parts: &[&mut Forecast]| -> Vec<u64> {
            let means = parts
                .iter()
                .map(|one| rounded(one.mean[at]).max(0).unsigned_abs());
            means.collect()
        };
        let mut of = weights(&parts);
        if of.iter().all(|weight| *weight == 0) {
            of.fill(1);
        }
        for (one, mean) in parts
            .iter_mut()
            .zip(yeji_core::allocate(rounded(*total), &of)?)
        {
            let moved = exact(mean) - one.mean[at];
            let is_not_below_zero = one.lower95[at] >= 0.0;
            one.mean[at] += moved;
            one.upper95[at] += moved;
            one.lower95[at] += moved;
            if is_not_below_zero {
                one.lower95[at] = one.lower95[at].max(0.0);
            }
        }
    }
    Ok(())
}

/// To the nearest whole; what is too large is the largest.
#[allow(clippy::cast_possible_truncation)]
pub(in crate::performance) fn rounded(value: f64) -> i64 {
    value.round() as i64
}

/// An amount of minor units as a float: forecasts are statistics.
#[allow(clippy::cast_precision_loss)]
pub(in crate::performance) fn exact(minor: i64) -> f64 {
    minor as f64
}

/// A metric's value in minor units or things.
pub(super) fn minor(value: Ratio, unit: Unit, currency: Currency) -> Option<f64> {
    let per = match unit {
        Unit::Money => currency.minor_per_major(),
        _ => 1,
    };
    let value = value.checked_mul(Ratio::from_int(per)).ok()?;
    Some(exact(value.round(Rounding::HalfUp).ok()?))
}
