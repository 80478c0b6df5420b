//! The mean of the three methods.

use super::Fitted;
use super::complex::Complex;
use super::season::Adjusted;
use super::smoothing::Smoothing;
use super::theta::Theta;

/// Longest season that smoothing learns: longer ones have more places than there is to learn them from,
/// and are taken out before (so does R's `forecast`, whose limit this is).
const MAX_SMOOTHED_SEASON: usize = 24;

/// The three methods, fitted to one series.
#[derive(Debug)]
pub(super) struct Combination<'a> {
    values: &'a [f64],
    smoothing: Smoothing,
    /// Does smoothing see the season, or the values without it?
    sees_season: bool,
    adjusted: Adjusted,
    season: usize,
    theta: Theta,
    complex: Complex,
}

pub(super) fn fit(values: &[f64], season: usize) -> Combination<'_> {
    let adjusted = Adjusted::of(values, season);
    let sees_season = season <= MAX_SMOOTHED_SEASON || !adjusted.is_seasonal();
    Combination {
        smoothing: if sees_season {
            Smoothing::fit(values, season)
        } else {
            Smoothing::fit(&adjusted.values, 1)
        },
        sees_season,
        values,
        theta: Theta::fit(&adjusted.values),
        complex: Complex::fit(&adjusted.values),
        adjusted,
        season,
    }
}

impl Fitted for Combination<'_> {
    fn since(&self, first: usize, horizon: usize) -> Vec<Vec<f64>> {
        let adjusted = &self.adjusted;
        let mut all = if self.sees_season {
            self.smoothing.since(self.values, first, horizon)
        } else {
            self.smoothing.since(&adjusted.values, first, horizon)
        };
        let theta = self.theta.since(&adjusted.values, first, horizon);
        let complex = self.complex.since(&adjusted.values, first, horizon);
        for (known, (ahead, (theta, complex))) in
            (first..).zip(all.iter_mut().zip(theta.iter().zip(&complex)))
        {
            for (place, (mean, (theta, complex))) in
                (known..).zip(ahead.iter_mut().zip(theta.iter().zip(complex)))
            {
                let other = adjusted.with(place, (theta + complex) / 2.0);
                let smoothed = if self.sees_season {
                    *mean
                } else {
                    adjusted.with(place, *mean)
                };
                *mean = (smoothed + 2.0 * other) / 3.0;
            }
        }
        all
    }
}

impl Combination<'_> {
    /// The form that exponential smoothing took.
    pub(super) fn form(&self) -> String {
        self.smoothing.name()
    }

    /// Parameters of the methods, of which a combination has no more than the largest: their errors
    /// are averaged. Theta's three, smoothing's, or the season's factors and two.
    pub(super) fn parameters(&self) -> usize {
        let season = if self.adjusted.is_seasonal() {
            self.season + 2
        } else {
            3
        };
        season.max(self.smoothing.parameters())
    }

    /// How much wider than elsewhere values spread at a place: by the season's factor where the form
    /// says that errors grow with the values, else not.
    pub(super) fn spread(&self, place: usize) -> f64 {
        if self.smoothing.is_proportional() {
            self.adjusted.spread(place)
        } else {
            1.0
        }
    }

    /// Is a season in it?
    pub(super) fn is_seasonal(&self) -> bool {
        self.smoothing.is_seasonal() || self.adjusted.is_seasonal()
    }
}
