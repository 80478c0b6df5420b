//! `yeji engine forecast.series`: one series or thousands in one call.

use std::num::NonZero;
use std::thread;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Forecast, forecast};
use crate::{Error, Result};

/// Name of the engine on the command line.
pub const ENGINE: &str = "forecast.series";
/// Series of one call.
pub const MAX_SERIES: usize = 100_000;

/// A series to forecast.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Series {
    /// Comes back with the forecast.
    pub id: String,
    /// The values, oldest first, one per period; a period without any is 0.
    pub values: Vec<f64>,
    /// Values until the pattern repeats: 12 for months of a year; 1 where nothing repeats.
    #[serde(default = "no_season")]
    pub season: usize,
}

fn no_season() -> usize {
    1
}

/// What to forecast.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SeriesInput {
    /// The series.
    pub series: Vec<Series>,
    /// How many periods ahead.
    pub horizon: usize,
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
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refused: Option<Refusal>,
}

/// Why a series has no forecast.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Refusal {
    /// Stable name of the kind.
    pub code: String,
    /// The reason in words.
    pub reason: String,
}

/// The forecasts, in the order of the series.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SeriesOutput {
    /// One for each series.
    pub forecasts: Vec<SeriesForecast>,
}

/// Forecasts all series, on all processors. One series without a forecast does not keep the others
/// from theirs.
pub fn series(input: &SeriesInput) -> Result<SeriesOutput> {
    let count = input.series.len();
    if count > MAX_SERIES {
        return Err(Error::TooManySeries {
            count,
            limit: MAX_SERIES,
        });
    }
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    let share = count.div_ceil(threads).max(1);
    let forecasts = thread::scope(|scope| {
        let parts: Vec<_> = input
            .series
            .chunks(share)
            .map(|part| {
                scope.spawn(|| {
                    part.iter()
                        .map(|one| answer(one, input.horizon))
                        .collect::<Vec<_>>()
                })
            })
            .collect();
        // A panic of a part is a panic of the whole.
        parts
            .into_iter()
            .flat_map(|part| {
                part.join()
                    .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
            })
            .collect()
    });
    Ok(SeriesOutput { forecasts })
}

fn answer(series: &Series, horizon: usize) -> SeriesForecast {
    let id = series.id.clone();
    match forecast(&series.values, series.season, horizon) {
        Ok(forecast) => SeriesForecast {
            id,
            forecast: Some(forecast),
            refused: None,
        },
        Err(error) => {
            let refused = Refusal {
                code: error.code().to_owned(),
                reason: error.to_string(),
            };
            SeriesForecast {
                id,
                forecast: None,
                refused: Some(refused),
            }
        }
    }
}
