//! Whether a series has a season, the season's factors, and the seasonal naive forecast.

use super::{Fitted, mean, real};

/// How a season acts on the level.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// A surplus or deficit in units of the series.
    Additive,
    /// A factor.
    Multiplicative,
}

/// Smallest factor of a season; below it a series cannot be divided by its season.
const MIN_FACTOR: f64 = 0.01;
/// The normal distribution's 95 % point, one-sided: the level of the M4 competition's test.
const LEVEL: f64 = 1.645;

/// Values from which a season can be seen: three whole seasons.
pub(super) fn values_needed(season: usize) -> usize {
    3 * season
}

/// The seasonality test of the M4 competition: is the autocorrelation at one season's distance larger
/// than the shorter ones explain (90 %)?
pub(super) fn is_seen(values: &[f64], season: usize) -> bool {
    if season < 2 || values.len() < values_needed(season) {
        return false;
    }
    let correlation = autocorrelation(values, season);
    let shorter: f64 = correlation[..season - 1].iter().map(|r| r * r).sum();
    let limit = LEVEL * ((1.0 + 2.0 * shorter) / real(values.len())).sqrt();
    correlation[season - 1].abs() > limit
}

/// Autocorrelations at the distances 1 to `far`.
fn autocorrelation(values: &[f64], far: usize) -> Vec<f64> {
    let mean = mean(values);
    let total: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    let at = |distance: usize| -> f64 {
        let pairs = values.iter().zip(values.iter().skip(distance));
        pairs.map(|(a, b)| (a - mean) * (b - mean)).sum::<f64>() / total
    };
    (1..=far).map(at).collect()
}

/// The season's places by classical decomposition: mean distance from (or ratio to) the centred moving
/// average, with mean 0 (or 1). None where a place has no such value, or a factor would be near zero.
pub(super) fn indices(values: &[f64], season: usize, form: Form) -> Option<Vec<f64>> {
    let mut sums = vec![(0.0, 0_usize); season];
    for (place, level) in moving_average(values, season) {
        let value = match form {
            Form::Additive => values[place] - level,
            Form::Multiplicative if level > 0.0 => values[place] / level,
            Form::Multiplicative => return None,
        };
        let (sum, count) = &mut sums[place % season];
        *sum += value;
        *count += 1;
    }
    if sums.iter().any(|(_, count)| *count == 0) {
        return None;
    }
    let raw: Vec<f64> = sums.iter().map(|(sum, count)| sum / real(*count)).collect();
    let centre = mean(&raw);
    match form {
        Form::Additive => Some(raw.iter().map(|value| value - centre).collect()),
        Form::Multiplicative => {
            let factors: Vec<f64> = raw.iter().map(|value| value / centre).collect();
            factors
                .iter()
                .all(|factor| *factor >= MIN_FACTOR)
                .then_some(factors)
        }
    }
}

/// The centred moving average over one season, where there is one: place and level.
fn moving_average(values: &[f64], season: usize) -> impl Iterator<Item = (usize, f64)> {
    let half = season / 2;
    let end = values.len().saturating_sub(half);
    (half..end).map(move |place| {
        let inside = &values[place - half..=place + half];
        let sum: f64 = inside.iter().sum();
        // An even season is centred by halving both ends.
        let ends = if season.is_multiple_of(2) {
            (inside[0] + inside[2 * half]) / 2.0
        } else {
            0.0
        };
        (place, (sum - ends) / real(season))
    })
}

/// A series without its season, if it has one.
#[derive(Debug)]
pub(super) struct Adjusted {
    /// The series divided by its factors.
    pub values: Vec<f64>,
    /// Factors by place in the season; one factor of 1 without a season.
    factors: Vec<f64>,
}

impl Adjusted {
    pub(super) fn of(values: &[f64], season: usize) -> Self {
        let seen = is_seen(values, season);
        let factors = seen
            .then(|| indices(values, season, Form::Multiplicative))
            .flatten();
        let factors = factors.unwrap_or_else(|| vec![1.0]);
        let places = values.iter().zip(factors.iter().cycle());
        Self {
            values: places.map(|(value, factor)| value / factor).collect(),
            factors,
        }
    }

    /// The factor of a place.
    pub(super) fn factor(&self, place: usize) -> f64 {
        self.factors[place % self.factors.len()]
    }
}

/// The value of one season ago, or of the last step where no whole season is known.
#[derive(Debug)]
pub(super) struct Naive<'a> {
    pub values: &'a [f64],
    pub season: usize,
}

impl Fitted for Naive<'_> {
    fn after(&self, known: usize, horizon: usize) -> Vec<f64> {
        let back = if known >= self.season { self.season } else { 1 };
        (0..horizon)
            .map(|step| self.values[known - back + step % back])
            .collect()
    }
}
