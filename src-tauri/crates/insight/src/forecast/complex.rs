//! Complex exponential smoothing without season: Svetunkov, Kourentzes, Ord (2022), "Complex
//! exponential smoothing", Naval Research Logistics 69(8), equation 7. It follows level and "potential"
//! by one complex parameter and so neither assumes nor excludes a trend.
//!
//! Written here: no maintained Rust library has it.

use super::number::{mean, square};
use super::simplex::{Limits, minimise};
use super::walk;

const LIMITS: Limits = Limits {
    evaluations: 120,
    tolerance: 1e-7,
};
/// Values whose mean starts the first pass.
const START_VALUES: usize = 10;
/// Passes to the end and back that settle the first state.
const BACKCASTS: usize = 2;

/// The complex smoothing parameter.
#[derive(Debug, Clone, Copy)]
pub(super) struct Complex {
    real: f64,
    imaginary: f64,
}

#[derive(Debug, Clone, Copy)]
struct State {
    level: f64,
    potential: f64,
}

impl Complex {
    /// The parameter with the least squared one-step errors.
    pub(super) fn fit(values: &[f64]) -> Self {
        let found = minimise(&[1.3, 1.0], &[0.1, 0.05], LIMITS, |at| {
            let complex = Self {
                real: at[0],
                imaginary: at[1],
            };
            if complex.is_stable() {
                complex.cost(values)
            } else {
                f64::INFINITY
            }
        });
        Self {
            real: found.at[0],
            imaginary: found.at[1],
        }
    }

    /// The next values from each moment since `first`.
    pub(super) fn since(self, values: &[f64], first: usize, horizon: usize) -> Vec<Vec<f64>> {
        let ahead = |state: &State, steps| {
            let mut state = *state;
            let step = |_| {
                let expected = state.level;
                state = self.next(state, 0.0);
                expected
            };
            (0..steps).map(step).collect()
        };
        let learn = |state: &mut State, value| *state = self.next(*state, value - state.level);
        walk(values, first, horizon, self.settled(values), learn, ahead)
    }

    /// The stability condition of the paper (equation 12): what is long past fades.
    fn is_stable(self) -> bool {
        let Self { real, imaginary } = self;
        square(real - 2.5) + square(imaginary) > 1.25
            && square(real - 0.5) + square(imaginary - 1.0) > 0.25
            && square(real - 1.5) + square(imaginary - 0.5) < 1.5
    }

    /// The first state, settled by passes to the end and back.
    fn settled(self, values: &[f64]) -> State {
        let level = mean(&values[..values.len().min(START_VALUES)]);
        let mut state = State {
            level,
            potential: level / 1.1,
        };
        for _ in 0..BACKCASTS {
            for value in values.iter().chain(values.iter().rev()) {
                state = self.next(state, value - state.level);
            }
        }
        state
    }

    /// The squared one-step errors.
    fn cost(self, values: &[f64]) -> f64 {
        let mut state = self.settled(values);
        let mut squares = 0.0;
        for value in values {
            let error = value - state.level;
            squares += error * error;
            state = self.next(state, error);
        }
        squares
    }

    fn next(self, State { level, potential }: State, error: f64) -> State {
        let Self { real, imaginary } = self;
        State {
            level: level - (1.0 - imaginary) * potential + (real - imaginary) * error,
            potential: level + (1.0 - real) * potential + (real + imaginary) * error,
        }
    }
}
