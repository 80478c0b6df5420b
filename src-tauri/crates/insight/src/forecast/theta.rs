//! The dynamic optimised Theta method: Fiorucci, Pellegrini, Louzada, Petropoulos, Koehler (2016),
//! "Models for optimising the theta method and their relationship to state space models",
//! International Journal of Forecasting 32(4), equations 11 to 16.
//!
//! Written here: `augurs` has no Theta method (house.md).

use super::number::{mean, square};
use super::simplex::{Limits, minimise};
use super::walk;

const LIMITS: Limits = Limits {
    evaluations: 200,
    tolerance: 1e-6,
};
/// Errors of the first two steps say more about the start than about the parameters.
const WARM_UP: usize = 2;

/// The parameters of a series.
#[derive(Debug, Clone, Copy)]
pub(super) struct Theta {
    level: f64,
    alpha: f64,
    /// What the paper calls theta: how far the curvature is exaggerated.
    curve: f64,
}

/// What is known after some values: the smoothed level, and the line of least squares through them.
#[derive(Debug, Clone, Copy)]
struct State {
    level: f64,
    average: f64,
    intercept: f64,
    slope: f64,
    /// (1 - alpha) to the number of values.
    fading: f64,
    count: f64,
}

impl Theta {
    /// The parameters with the least squared one-step errors.
    pub(super) fn fit(values: &[f64]) -> Self {
        let sizes: Vec<f64> = values.iter().map(|value| value.abs()).collect();
        let scale = mean(&sizes).max(f64::MIN_POSITIVE);
        let allowed = |at: &[f64]| Self {
            level: at[0] * scale,
            alpha: at[1].clamp(0.1, 0.99),
            curve: at[2].max(1.0),
        };
        let start = [values[0] / 2.0 / scale, 0.5, 2.0];
        let found = minimise(&start, &[0.2, 0.2, 1.0], LIMITS, |at| {
            let theta = allowed(at);
            // Outside the bounds the cost rises, so that the search turns back.
            let outside = (at[1] - theta.alpha).abs() + (at[2] - theta.curve).abs();
            theta.cost(values) * (1.0 + outside)
        });
        allowed(&found.at)
    }

    /// The next values from each moment since `first`.
    pub(super) fn since(self, values: &[f64], first: usize, horizon: usize) -> Vec<Vec<f64>> {
        // Beyond the series a forecast stands for the value.
        let ahead = |state: &State, steps| {
            let mut state = *state;
            let step = |_| {
                let expected = self.expected(&state);
                self.learn(&mut state, expected);
                expected
            };
            (0..steps).map(step).collect()
        };
        let learn = |state: &mut State, value| self.learn(state, value);
        walk(values, first, horizon, self.start(), learn, ahead)
    }

    /// The squared one-step errors.
    fn cost(self, values: &[f64]) -> f64 {
        let mut state = self.start();
        let mut squares = 0.0;
        for (step, value) in values.iter().enumerate() {
            if step >= WARM_UP {
                squares += square(value - self.expected(&state));
            }
            self.learn(&mut state, *value);
        }
        squares
    }

    fn start(self) -> State {
        State {
            level: self.level,
            average: 0.0,
            intercept: 0.0,
            slope: 0.0,
            fading: 1.0,
            count: 0.0,
        }
    }

    fn expected(self, state: &State) -> f64 {
        let Self { alpha, curve, .. } = self;
        let fading = state.fading;
        let line = fading * state.intercept + (1.0 - fading * (1.0 - alpha)) / alpha * state.slope;
        state.level + (1.0 - 1.0 / curve) * line
    }

    fn learn(self, state: &mut State, value: f64) {
        state.count += 1.0;
        let State { count, average, .. } = *state;
        state.level = self.alpha * value + (1.0 - self.alpha) * state.level;
        state.average += (value - average) / count;
        if count > 1.0 {
            let change = 6.0 / count * (value - average);
            state.slope = ((count - 2.0) * state.slope + change) / (count + 1.0);
        }
        state.intercept = state.average - (count + 1.0) * 0.5 * state.slope;
        state.fading *= 1.0 - self.alpha;
    }
}
