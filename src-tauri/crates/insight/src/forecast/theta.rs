//! The dynamic optimised Theta method: Fiorucci, Pellegrini, Louzada, Petropoulos, Koehler (2016),
//! "Models for optimising the theta method and their relationship to state space models",
//! International Journal of Forecasting 32(4), equations 11 to 16.
//!
//! Written here: `augurs` has no Theta method (house.md).

use super::simplex::{Limits, minimise};
use super::{mean, real};

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
    theta: f64,
}

impl Theta {
    /// The parameters with the least squared one-step errors.
    pub(super) fn fit(values: &[f64]) -> Self {
        let sizes: Vec<f64> = values.iter().map(|value| value.abs()).collect();
        let scale = mean(&sizes).max(f64::MIN_POSITIVE);
        let allowed = |at: &[f64]| Self {
            level: at[0] * scale,
            alpha: at[1].clamp(0.1, 0.99),
            theta: at[2].max(1.0),
        };
        let start = [values[0] / 2.0 / scale, 0.5, 2.0];
        let found = minimise(&start, &[0.2, 0.2, 1.0], LIMITS, |at| {
            let theta = allowed(at);
            // Outside the bounds the cost rises, so that the search turns back.
            let outside = (at[1] - theta.alpha).abs() + (at[2] - theta.theta).abs();
            theta.walk(values, 0).0 * (1.0 + outside)
        });
        allowed(&found.at)
    }

    /// The next values after these.
    pub(super) fn after(self, values: &[f64], horizon: usize) -> Vec<f64> {
        self.walk(values, horizon).1
    }

    /// Squared errors over the values, and the forecasts after them.
    fn walk(self, values: &[f64], horizon: usize) -> (f64, Vec<f64>) {
        let Self {
            mut level,
            alpha,
            theta,
        } = self;
        let (mut average, mut intercept, mut slope) = (0.0, 0.0, 0.0);
        let mut squares = 0.0;
        let mut forecasts = Vec::with_capacity(horizon);
        let weight = 1.0 - 1.0 / theta;
        // (1 - alpha)^t
        let mut fading = 1.0;
        for step in 0..values.len() + horizon {
            let line = fading * intercept + (1.0 - fading * (1.0 - alpha)) / alpha * slope;
            let expected = level + weight * line;
            // Beyond the series a forecast stands for the value.
            let value = values.get(step).copied().unwrap_or_else(|| {
                forecasts.push(expected);
                expected
            });
            if step >= WARM_UP {
                squares += (value - expected).powi(2);
            }
            let count = real(step + 1);
            let before = average;
            level = alpha * value + (1.0 - alpha) * level;
            average += (value - average) / count;
            if step > 0 {
                slope = ((count - 2.0) * slope + 6.0 / count * (value - before)) / (count + 1.0);
            }
            intercept = average - (count + 1.0) / 2.0 * slope;
            fading *= 1.0 - alpha;
        }
        (squares, forecasts)
    }
}
