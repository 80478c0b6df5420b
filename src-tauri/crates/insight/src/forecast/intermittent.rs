//! Series with many zeros: Teunter, Syntetos, Babai (2011), "Intermittent demand: linking forecasting
//! to inventory obsolescence", European Journal of Operational Research 214(3). The chance of any value
//! and the size of one are smoothed apart; unlike Croston's method the chance also falls while nothing
//! comes, so that a customer who stopped buying fades.

use super::number::{mean, real, square};
use super::season::is_seen;
use super::{Fitted, walk};

/// Mean distance of two values above zero from which a series counts as intermittent: Syntetos, Boylan,
/// Croston (2005), "On the categorization of demand patterns".
const MEAN_DISTANCE: f64 = 1.32;
/// Parameters that are learned.
pub(super) const PARAMETERS: usize = 2;
/// Smoothing parameters that are tried; with few values above zero a finer search finds noise.
const TRIED: [f64; 5] = [0.02, 0.05, 0.1, 0.2, 0.3];

/// The parameters of a series.
#[derive(Debug)]
pub(super) struct Intermittent<'a> {
    values: &'a [f64],
    chance: f64,
    size: f64,
}

/// Are its values above zero far apart?
pub(super) fn has_gaps(values: &[f64]) -> bool {
    let above = values.iter().filter(|value| **value > 0.0).count();
    let none_below = values.iter().all(|value| *value >= 0.0);
    none_below && real(values.len()) > MEAN_DISTANCE * real(above)
}

/// Is it a series of zeros with values above zero between them, that no season explains?
pub(super) fn suits(values: &[f64], season: usize) -> bool {
    has_gaps(values) && !is_seen(values, season)
}

/// The pair of smoothing parameters with the least squared one-step errors.
pub(super) fn fit(values: &[f64]) -> Intermittent<'_> {
    best(values, &TRIED)
}

/// Of a series in which nothing came for longer than chance explains: the chance falls as fast as it may.
pub(super) fn fit_fading(values: &[f64]) -> Intermittent<'_> {
    best(values, &TRIED[TRIED.len() - 1..])
}

fn best<'a>(values: &'a [f64], chances: &[f64]) -> Intermittent<'a> {
    let pairs = chances
        .iter()
        .flat_map(|chance| TRIED.iter().map(move |size| (*chance, *size)));
    let tried = pairs.map(|(chance, size)| {
        let fitted = Intermittent {
            values,
            chance,
            size,
        };
        let cost = fitted.cost();
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
    /// Chance and size before the first value: those of the whole series.
    fn start(&self) -> (f64, f64) {
        let above = self.values.iter().copied().filter(|value| *value > 0.0);
        let above: Vec<f64> = above.collect();
        let chance = real(above.len()) / real(self.values.len());
        (chance, if above.is_empty() { 0.0 } else { mean(&above) })
    }

    fn learn(&self, (chance, size): (f64, f64), value: f64) -> (f64, f64) {
        if value > 0.0 {
            let chance = chance + self.chance * (1.0 - chance);
            (chance, size + self.size * (value - size))
        } else {
            (chance - self.chance * chance, size)
        }
    }

    /// The squared one-step errors.
    fn cost(&self) -> f64 {
        let mut state = self.start();
        let mut squares = 0.0;
        for value in self.values {
            squares += square(value - state.0 * state.1);
            state = self.learn(state, *value);
        }
        squares
    }
}

impl Fitted for Intermittent<'_> {
    fn since(&self, first: usize, horizon: usize) -> Vec<Vec<f64>> {
        let learn = |state: &mut (f64, f64), value| *state = self.learn(*state, value);
        let ahead = |state: &(f64, f64), steps| vec![state.0 * state.1; steps];
        walk(self.values, first, horizon, self.start(), learn, ahead)
    }
}
