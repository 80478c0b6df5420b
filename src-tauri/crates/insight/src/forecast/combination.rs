//! The mean of the three methods.

use super::Fitted;
use super::complex::Complex;
use super::season::Adjusted;
use super::smoothing::Smoothing;
use super::theta::Theta;

/// The three methods, fitted to one series.
#[derive(Debug)]
pub(super) struct Combination<'a> {
    smoothing: Smoothing<'a>,
    adjusted: Adjusted,
    theta: Theta,
    complex: Complex,
}

pub(super) fn fit(values: &[f64], season: usize) -> Combination<'_> {
    let adjusted = Adjusted::of(values, season);
    Combination {
        smoothing: Smoothing::fit(values, season),
        theta: Theta::fit(&adjusted.values),
        complex: Complex::fit(&adjusted.values),
        adjusted,
    }
}

impl Fitted for Combination<'_> {
    fn after(&self, known: usize, horizon: usize) -> Vec<f64> {
        let values = &self.adjusted.values[..known];
        let smoothing = self.smoothing.after(known, horizon);
        let theta = self.theta.after(values, horizon);
        let complex = self.complex.after(values, horizon);
        let steps = smoothing.iter().zip(theta.iter().zip(&complex)).enumerate();
        let mean = |(step, (smoothing, (theta, complex)))| {
            (smoothing + (theta + complex) * self.adjusted.factor(known + step)) / 3.0
        };
        steps.map(mean).collect()
    }
}
