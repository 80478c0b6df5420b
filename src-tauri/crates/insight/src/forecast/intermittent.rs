//! Series with many zeros: Teunter, Syntetos, Babai (2011), "Intermittent demand: linking forecasting
//! to inventory obsolescence", European Journal of Operational Research 214(3). The chance of any value
//! and the size of one are smoothed apart; unlike Croston's method the chance also falls while nothing
//! comes, so that a customer who stopped buying fades.

use super::{Fitted, mean, real};

/// Mean distance of two values above zero from which a series counts as intermittent: Syntetos, Boylan,
/// Croston (2005), "On the categorization of demand patterns".
const MEAN_DISTANCE: f64 = 1.32;
/// Smoothing parameters that are tried; with few values above zero a finer search finds noise.
const TRIED: [f64; 5] = [0.02, 0.05, 0.1, 0.2, 0.3];

/// The parameters of a series.
#[derive(Debug)]
pub(super) struct Intermittent<'a> {
    values: &'a [f64],
    chance: f64,
    size: f64,
}

/// Is it a series of zeros with values above zero between them?
pub(super) fn suits(values: &[f64]) -> bool {
    let above = values.iter().filter(|value| **value > 0.0).count();
    let none_below = values.iter().all(|value| *value >= 0.0);
    none_below && real(values.len()) > MEAN_DISTANCE * real(above)
}

/// The pair of smoothing parameters with the least squared one-step errors.
pub(super) fn fit(values: &[f64]) -> Intermittent<'_> {
    let pairs = TRIED
        .iter()
        .flat_map(|chance| TRIED.iter().map(move |size| (*chance, *size)));
    let tried = pairs.map(|(chance, size)| {
        let fitted = Intermittent {
            values,
            chance,
            size,
        };
        let cost = fitted.walk(values.len()).1;
        (fitted, cost)
    });
    let best = tried.min_by(|a, b| a.1.total_cmp(&b.1));
    best.map_or(
        Intermittent {
            values,
            chance: TRIED[2],
            size: TRIED[2],
        },
        |(fitted, _)| fitted,
    )
}

impl Intermittent<'_> {
    /// The expected value after the first `known` ones, and the squared errors up to there.
    fn walk(&self, known: usize) -> (f64, f64) {
        let values = &self.values[..known];
        let above: Vec<f64> = values
            .iter()
            .copied()
            .filter(|value| *value > 0.0)
            .collect();
        let mut chance = real(above.len()) / real(known);
        let mut size = if above.is_empty() { 0.0 } else { mean(&above) };
        let mut squares = 0.0;
        for value in values {
            squares += (value - chance * size).powi(2);
            if *value > 0.0 {
                chance += self.chance * (1.0 - chance);
                size += self.size * (value - size);
            } else {
                chance -= self.chance * chance;
            }
        }
        (chance * size, squares)
    }
}

impl Fitted for Intermittent<'_> {
    fn after(&self, known: usize, horizon: usize) -> Vec<f64> {
        vec![self.walk(known).0; horizon]
    }
}
