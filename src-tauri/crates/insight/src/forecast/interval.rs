//! The interval of a forecast, from the errors that the same method would have made at earlier moments
//! of the same series.

use statrs::distribution::{ContinuousCDF as _, StudentsT};

use super::{Fitted, MIN_VALUES, real};

/// Latest moments from which forecasts are checked.
const MAX_ORIGINS: usize = 60;
/// Fewer moments than this are said.
pub(super) const FEW_ORIGINS: usize = 8;
/// Errors of one step ahead that give a spread; with fewer it is carried on from the steps before.
const MIN_ERRORS: usize = 4;
/// 2.5 % on either side.
const UPPER: f64 = 0.975;

/// The errors from earlier origins, by steps ahead.
#[derive(Debug)]
pub(super) struct Errors {
    steps: Vec<Step>,
    values: usize,
}

#[derive(Debug, Clone, Copy, Default)]
struct Step {
    count: usize,
    absolute: f64,
    squares: f64,
}

impl Errors {
    /// Forecasts from each of the latest origins (the first third of the series is left to learn from)
    /// and compares them with what came.
    pub(super) fn of(fitted: &dyn Fitted, values: &[f64], horizon: usize) -> Self {
        let count = values.len();
        let first = (count / 3)
            .max(MIN_VALUES - 1)
            .max(count.saturating_sub(MAX_ORIGINS));
        let mut steps = vec![Step::default(); horizon];
        for origin in first..count {
            let ahead = fitted.after(origin, horizon.min(count - origin));
            for ((forecast, value), step) in ahead.iter().zip(&values[origin..]).zip(&mut steps) {
                let error = value - forecast;
                step.count += 1;
                step.absolute += error.abs();
                step.squares += error * error;
            }
        }
        Self {
            steps,
            values: count,
        }
    }

    /// Origins that were tried.
    pub(super) fn origins(&self) -> usize {
        self.steps.first().map_or(0, |step| step.count)
    }

    /// Mean of the absolute errors of each step ahead, averaged over the steps; None without any.
    pub(super) fn mean_absolute(&self) -> Option<f64> {
        let means = self.steps.iter().filter(|step| step.count > 0);
        let means: Vec<f64> = means.map(|step| step.absolute / real(step.count)).collect();
        (!means.is_empty()).then(|| super::mean(&means))
    }

    /// Half of the 95 % interval at each step ahead: never narrower than at the step before, widened for
    /// the `parameters` that were learned from the same values, and by Student's t for their number.
    pub(super) fn half_widths(&self, horizon: usize, parameters: usize) -> Vec<f64> {
        let free = real(self.values.saturating_sub(parameters).max(1));
        let learned = (real(self.values) / free).sqrt();
        // A freedom of at least one is a valid distribution.
        let quantile = StudentsT::new(0.0, 1.0, free).map_or(f64::NAN, |t| t.inverse_cdf(UPPER));
        let (mut widest, mut at) = (0.0_f64, 1);
        let spread = |step: usize| {
            let errors = self
                .steps
                .get(step)
                .filter(|errors| errors.count >= MIN_ERRORS);
            match errors {
                Some(errors) => {
                    widest = widest.max((errors.squares / real(errors.count)).sqrt());
                    at = step + 1;
                    widest
                }
                // As a random walk spreads.
                None => widest * (real(step + 1) / real(at)).sqrt(),
            }
        };
        (0..horizon)
            .map(spread)
            .map(|spread| spread * learned * quantile)
            .collect()
    }
}
