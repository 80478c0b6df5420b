//! `yeji engine forecast.series`: one series or thousands in one call.

use std::collections::HashSet;
use std::num::NonZero;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::reconcile::{Reconcile, Tree};
use super::series::{MAX_VALUES, check_horizon};
use super::{Forecast, Series, forecast};
use crate::{Error, Result};

/// Name of the engine on the command line.
pub const ENGINE: &str = "forecast.series";
/// Series of one call.
pub const MAX_SERIES: usize = 100_000;
/// Values of all series of one call.
pub const MAX_VALUES_AT_ONCE: usize = 1_000 * MAX_VALUES;
/// Series that a thread takes at a time.
const SHARE: usize = 16;

/// What to forecast.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SeriesInput {
    /// The series.
    pub series: Vec<Series>,
    /// How many periods ahead.
    pub horizon: usize,
    /// Tell how each forecast was made?
    #[serde(default)]
    pub details: bool,
    /// Make the forecasts of series and their parents add up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reconcile: Option<Reconcile>,
}

/// The forecast of one series, or why there is none.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SeriesForecast {
    /// Of which series.
    pub id: String,
    /// The forecast.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub forecast: Option<Forecast>,
    /// Why there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused: Option<Refusal>,
}

/// Why a series has no forecast.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Refusal {
    /// Stable name of the kind.
    pub code: String,
    /// The reason in words.
    pub reason: String,
    /// Values that would be enough, where there are too few.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub need: Option<usize>,
}

/// The forecasts, in the order of the series.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SeriesOutput {
    /// One for each series.
    pub forecasts: Vec<SeriesForecast>,
}

/// Forecasts all series. One series without a forecast does not keep the others from theirs.
pub fn series(input: &SeriesInput) -> Result<SeriesOutput> {
    series_with(input, &|_, _| true)
}

/// Forecasts all series on all processors and calls `progress(done, total)` from any of them.
///
/// # Errors
/// [`Error::Cancelled`] once `progress` answers false; what is wrong with all of them: a horizon of none,
/// too many series, parents that lead nowhere.
pub fn series_with(
    input: &SeriesInput,
    progress: &(dyn Fn(usize, usize) -> bool + Sync),
) -> Result<SeriesOutput> {
    check_horizon(input.horizon)?;
    let total = input.series.len();
    if total > MAX_SERIES {
        return Err(Error::TooManySeries {
            count: total,
            limit: MAX_SERIES,
        });
    }
    let mut ids = HashSet::with_capacity(total);
    let named = input.series.iter().map(|one| one.id.as_str());
    for id in named.filter(|id| !id.is_empty()) {
        if !ids.insert(id) {
            return Err(Error::TwoOfOneId { id: id.to_owned() });
        }
    }
    let values: usize = input.series.iter().map(|one| one.values.len()).sum();
    if values > MAX_VALUES_AT_ONCE {
        return Err(Error::TooMany {
            count: values,
            limit: MAX_VALUES_AT_ONCE,
        });
    }
    let tree = input
        .reconcile
        .map(|how| Ok((Tree::of(&input.series, how)?, how)));
    let tree = tree.transpose()?;
    let (next, done, stopped) = (
        AtomicUsize::new(0),
        AtomicUsize::new(0),
        AtomicBool::new(false),
    );
    // Which thread makes a forecast changes nothing in it; their places bring them back in order.
    let work = || {
        let mut made = Vec::new();
        loop {
            let first = next.fetch_add(SHARE, Ordering::Relaxed);
            if first >= total || stopped.load(Ordering::Relaxed) {
                return made;
            }
            let share = &input.series[first..total.min(first + SHARE)];
            let answers: Vec<_> = share.iter().map(|one| answer(one, input)).collect();
            made.push((first, answers));
            let done = done.fetch_add(share.len(), Ordering::Relaxed) + share.len();
            if !progress(done, total) {
                stopped.store(true, Ordering::Relaxed);
            }
        }
    };
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    let threads = threads.min(total.div_ceil(SHARE)).max(1);
    let mut made: Vec<_> = thread::scope(|scope| {
        let threads: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        let parts = threads.into_iter().map(|thread| {
            // A panic of a part is a panic of the whole.
            thread
                .join()
                .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        });
        parts.flatten().collect()
    });
    if stopped.load(Ordering::Relaxed) {
        return Err(Error::Cancelled);
    }
    made.sort_by_key(|(first, _)| *first);
    let mut forecasts: Vec<_> = made.into_iter().flat_map(|(_, answers)| answers).collect();
    if let Some((tree, how)) = tree {
        tree.reconcile(&input.series, &mut forecasts, how, input.horizon)?;
    }
    Ok(SeriesOutput { forecasts })
}

fn answer(series: &Series, input: &SeriesInput) -> SeriesForecast {
    let (forecast, refused) = match forecast(series, input.horizon) {
        Ok(mut forecast) => {
            forecast.details = forecast.details.filter(|_| input.details);
            (Some(forecast), None)
        }
        Err(error) => {
            let refused = Refusal {
                code: error.code().to_owned(),
                reason: error.to_string(),
                need: error.need(),
            };
            (None, Some(refused))
        }
    };
    SeriesForecast {
        id: series.id.clone(),
        forecast,
        refused,
    }
}
