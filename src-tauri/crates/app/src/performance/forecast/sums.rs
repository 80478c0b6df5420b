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
            let (one, other) = (half(sum, at), half(part, at));
            let width = (one * one + other * other).sqrt();
            let is_not_below_zero = sum.lower95[at] >= 0.0 && part.lower95[at] >= 0.0;
            sum.mean[at] += part.mean[at];
            sum.upper95[at] = sum.mean[at] + width;
            sum.lower95[at] = sum.mean[at] - width;
            if is_not_below_zero {
                sum.lower95[at] = sum.lower95[at].max(0.0);
            }
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

fn half(forecast: &Forecast, at: usize) -> f64 {
    forecast.half_width(at).unwrap_or(0.0)
}

/// People's forecasts brought to their unit's, to the minor unit: what is left over is shared in proportion to
/// what each is forecast (forecast proportions: Athanasopoulos, Ahmed and Hyndman 2009, "Hierarchical forecasts
/// for Australian domestic tourism", International Journal of Forecasting 25(1)), each period by itself. Where
/// nothing is expected of anybody, each of whom something may come gets the same part. `is_here(part, period)`
/// says who has a part in it.
///
/// False where nobody is there for what is expected of the unit.
pub(super) fn bring_to(
    whole: &SeriesForecast,
    parts: &mut [SeriesForecast],
    is_here: impl Fn(usize, usize) -> bool,
) -> Result<bool> {
    let Some(whole) = &whole.forecast else {
        return Ok(true);
    };
    let parts = parts.iter_mut().enumerate();
    let mut parts: Vec<(usize, bool, &mut Forecast)> = parts
        .filter_map(|(place, one)| Some((place, one.forecast.as_mut()?)))
        .map(|(place, one)| (place, one.is_over(), one))
        .collect();
    let mut all_given = true;
    for (at, total) in whole.mean.iter().enumerate() {
        let mut here: Vec<(bool, &mut Forecast)> = Vec::new();
        for (place, is_over, one) in &mut parts {
            if is_here(*place, at) {
                here.push((*is_over, one));
            }
        }
        all_given &= bring(rounded(*total), &mut here, at)?;
    }
    Ok(all_given)
}

/// One period of [`bring_to`].
fn bring(total: i64, here: &mut [(bool, &mut Forecast)], at: usize) -> Result<bool> {
    let means: Vec<i64> = here.iter().map(|(_, one)| rounded(one.mean[at])).collect();
    let mut weights: Vec<u64> = means.iter().map(|mean| mean.unsigned_abs()).collect();
    if weights.iter().all(|weight| *weight == 0) {
        weights = here
            .iter()
            .map(|(is_over, _)| u64::from(!is_over))
            .collect();
    }
    if weights.iter().all(|weight| *weight == 0) {
        return Ok(total == 0);
    }
    let overflow = || yeji_core::Error::Overflow("forecast");
    let rest = means
        .iter()
        .try_fold(total, |rest, mean| rest.checked_sub(*mean));
    let shares = yeji_core::allocate(rest.ok_or_else(overflow)?, &weights)?;
    for ((_, one), (mean, share)) in here.iter_mut().zip(means.into_iter().zip(shares)) {
        let half = half(one, at);
        let (is_not_below_zero, is_at_zero) = (one.lower95[at] >= 0.0, one.lower95[at] == 0.0);
        one.mean[at] = exact(mean.checked_add(share).ok_or_else(overflow)?);
        one.upper95[at] = one.mean[at] + half;
        one.lower95[at] = match (is_at_zero, is_not_below_zero) {
            // Where nothing at all may come it still may.
            (true, _) => 0.0_f64.min(one.mean[at]),
            (_, true) => (one.mean[at] - half).max(0.0_f64.min(one.mean[at])),
            _ => one.mean[at] - half,
        };
    }
    Ok(true)
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
