//! Whether a series has a season, the season's factors, and the seasonal naive forecast.

use super::number::{mean, real, square};
use super::{Fitted, steps_ahead};

/// How a season acts on the level.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// A surplus or deficit in units of the series.
    Additive,
    /// A factor.
    Multiplicative,
}

/// Strength from which a season is one for R's `nsdiffs` too.
const STRONG: f64 = 0.64;
/// Smallest factor of a season; below it a series cannot be divided by its season.
const MIN_FACTOR: f64 = 0.01;
/// The normal distribution's 95 % point, one-sided: the level of the M4 competition's test.
const LEVEL: f64 = 1.645;

/// Values from which a season can be seen: three whole seasons.
pub(super) fn values_needed(season: usize) -> usize {
    3 * season
}

/// Is there a season that chance does not explain? By the test of the M4 competition, or by its
/// strength: a smooth season of many values looks like a wandering level to the test.
pub(super) fn is_seen(values: &[f64], season: usize) -> bool {
    season > 1
        && values.len() >= values_needed(season)
        && (repeats(values, season) || strength(values, season) > STRONG)
}

/// The strength of a season: Wang, Smith and Hyndman (2006), "Characteristic-based clustering for time
/// series data", Data Mining and Knowledge Discovery 13(3). From 0 (none) to 1 (nothing else).
fn strength(values: &[f64], season: usize) -> f64 {
    let Some(surplus) = indices(values, season, Form::Additive) else {
        return 0.0;
    };
    let (mut all, mut rest) = (Vec::new(), Vec::new());
    for (place, level) in moving_average(values, season) {
        all.push(values[place] - level);
        rest.push(values[place] - level - surplus[place % season]);
    }
    let variance = |values: &[f64]| {
        let mean = mean(values);
        values.iter().map(|value| square(value - mean)).sum::<f64>()
    };
    let of_all = variance(&all);
    if of_all > 0.0 {
        1.0 - variance(&rest) / of_all
    } else {
        0.0
    }
}

/// The seasonality test of the M4 competition: is the autocorrelation at one season's distance larger
/// than the shorter ones explain (90 %)?
fn repeats(values: &[f64], season: usize) -> bool {
    let correlation = autocorrelation(values, season);
    let shorter: f64 = correlation[..season - 1].iter().map(|r| r * r).sum();
    let limit = LEVEL * ((1.0 + 2.0 * shorter) / real(values.len())).sqrt();
    correlation[season - 1].abs() > limit
}

/// Autocorrelations at the distances 1 to `far`.
fn autocorrelation(values: &[f64], far: usize) -> Vec<f64> {
    let mean = mean(values);
    let total: f64 = values.iter().map(|value| square(value - mean)).sum();
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
            (inside[0] + inside[2 * half]) * 0.5
        } else {
            0.0
        };
        (place, (sum - ends) / real(season))
    })
}

/// A series without its season, if it has one.
#[derive(Debug)]
pub(super) struct Adjusted {
    /// The series divided by its factors, or less its surpluses.
    pub values: Vec<f64>,
    form: Form,
    /// By place in the season; one that changes nothing without a season.
    places: Vec<f64>,
}

impl Adjusted {
    /// By factors where the series allows them, else by surpluses.
    pub(super) fn of(values: &[f64], season: usize) -> Self {
        let forms = [Form::Multiplicative, Form::Additive];
        let found = is_seen(values, season).then(|| {
            let mut found = forms
                .into_iter()
                .filter_map(|form| Some((form, indices(values, season, form)?)));
            found.next()
        });
        let (form, places) = found
            .flatten()
            .unwrap_or_else(|| (Form::Multiplicative, vec![1.0]));
        let mut adjusted = Self {
            values: Vec::new(),
            form,
            places,
        };
        let free = |(place, value): (usize, &f64)| adjusted.without(place, *value);
        adjusted.values = values.iter().enumerate().map(free).collect();
        adjusted
    }

    /// Was a season found?
    pub(super) fn is_seasonal(&self) -> bool {
        self.places.len() > 1
    }

    /// How much wider than elsewhere values spread at a place.
    pub(super) fn spread(&self, place: usize) -> f64 {
        match self.form {
            Form::Additive => 1.0,
            Form::Multiplicative => self.places[place % self.places.len()],
        }
    }

    /// A value with the season taken out.
    fn without(&self, place: usize, value: f64) -> f64 {
        let at = self.places[place % self.places.len()];
        match self.form {
            Form::Additive => value - at,
            Form::Multiplicative => value / at,
        }
    }

    /// A value with the season of its place put in.
    pub(super) fn with(&self, place: usize, value: f64) -> f64 {
        let at = self.places[place % self.places.len()];
        match self.form {
            Form::Additive => value + at,
            Form::Multiplicative => value * at,
        }
    }
}

/// The value of one season ago, or of the last step where no whole season is known.
#[derive(Debug)]
pub(super) struct Naive<'a> {
    pub values: &'a [f64],
    pub season: usize,
}

impl Fitted for Naive<'_> {
    fn since(&self, first: usize, horizon: usize) -> Vec<Vec<f64>> {
        let from = |known: usize| {
            let back = if known >= self.season { self.season } else { 1 };
            let steps = steps_ahead(self.values.len(), known, horizon);
            let step = |step: usize| self.values[known - back + step % back];
            (0..steps).map(step).collect()
        };
        (first..=self.values.len()).map(from).collect()
    }
}
