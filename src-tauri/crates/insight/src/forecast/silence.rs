//! A series in which nothing comes any more: who left, what is no longer sold.
//!
//! A seasonal forecast would bring back what came a year ago, and a smoothed one would go on for long. How
//! many zeros in a row are no chance any more follows from how often there were any: of a series that has a
//! value in the share `p` of its periods, `k` zeros in a row have the chance `(1 - p)^k`. What is intermittent
//! is told from what has ended by such runs in Teunter, Syntetos and Babai (2011, see [`super::intermittent`]);
//! where the border lies is ours.

use super::number::{mean, real};
use super::series::Series;

/// Zeros at the end below which nothing is said: a quarter of a year of months.
const MIN_ZEROS: usize = 3;
/// Chance of a run of zeros from which the forecast fades.
const FADING: f64 = 0.01;
/// Chance of a run of zeros, of twice the length at least, from which nothing is expected any more.
const ENDED: f64 = 0.001;
/// 97.5 % point of the normal distribution.
const NORMAL: f64 = 1.959_963_984_540_054;

/// How a series ends.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Silence {
    /// As it always was.
    None,
    /// Nothing came for longer than ever.
    Fading {
        /// Zeros at the end.
        zeros: usize,
    },
    /// Nothing came for so long that nothing is expected.
    Ended {
        /// Zeros at the end.
        zeros: usize,
        /// Half of the interval: it may come back.
        half: f64,
    },
}

impl Silence {
    /// Of values of which some are filled gaps, which say nothing.
    pub(super) fn of(values: &[f64], is_known: &[bool], season: usize) -> Self {
        let known = values.iter().zip(is_known).filter(|(_, known)| **known);
        let known: Vec<f64> = known.map(|(value, _)| *value).collect();
        let is_any = |value: &f64| *value != 0.0;
        let bounds = known
            .iter()
            .position(is_any)
            .zip(known.iter().rposition(is_any));
        let Some((first, last)) = bounds else {
            return Self::None;
        };
        let before = &known[first..=last];
        let zeros = known.len() - 1 - last;
        let shortest = MIN_ZEROS.max(season.div_ceil(4));
        let longest = before.split(is_any).map(<[f64]>::len).max().unwrap_or(0);
        if zeros < shortest || zeros <= longest {
            return Self::None;
        }
        let any: Vec<f64> = before.iter().copied().filter(is_any).collect();
        // Jeffreys' prior: who always sold may not sell once.
        let share = (real(any.len()) + 0.5) / (real(before.len()) + 1.0);
        let chance = (0..zeros).fold(1.0, |chance, _| chance * (1.0 - share));
        if chance <= ENDED && zeros >= 2 * shortest.max(longest) {
            let sizes: Vec<f64> = any.iter().map(|value| value.abs()).collect();
            // The same prior of its coming back, times the size that it had: it narrows with each zero.
            let back = 0.5 / (real(zeros) + 1.0);
            let half = NORMAL * mean(&sizes) * (back * (1.0 - back)).sqrt();
            return Self::Ended { zeros, half };
        }
        let none_below = values.iter().all(|value| *value >= 0.0);
        if chance <= FADING && none_below {
            return Self::Fading { zeros };
        }
        Self::None
    }
}

impl Series {
    /// Place of the first zero of the last `zeros` known values, counted from 1.
    pub(super) fn silent_since(&self, zeros: usize) -> usize {
        let known = (1..).zip(&self.values).filter(|(_, value)| value.is_some());
        let places: Vec<usize> = known.map(|(place, _)| place).collect();
        let at = places.len().saturating_sub(zeros);
        places.get(at).copied().unwrap_or(1)
    }
}
