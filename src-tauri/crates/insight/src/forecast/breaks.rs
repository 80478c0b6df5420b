//! Single values far from their neighbours, and changes of the level for good.
//!
//! Both would be learned from as if they were the way of the series: a single value moves level and
//! season for long, a shifted level looks like a trend or like wild swings.

use super::number::{mean, median, quantiles, real, square};
use super::prepare::interpolate;
use super::season::Adjusted;
use super::series::MIN_VALUES;

/// Neighbours on either side whose median is the level of a value.
const NEIGHBOURS: usize = 3;
/// Distance from the quartiles, in interquartile ranges, from which a value is "far out": Tukey (1977),
/// "Exploratory Data Analysis".
const FAR_OUT: f64 = 3.0;
/// The interquartile range of a normal distribution in standard deviations.
const NORMAL_RANGE: f64 = 1.349;
/// The latest values are never outliers: until all neighbours came they may be a new level.
const LATEST: usize = NEIGHBOURS;
/// More of them than one in so many are the way of the series.
const ONE_IN: usize = 10;
/// Values that a level needs on either side of a shift.
const LEVEL_VALUES: usize = 6;
/// Size of a shift in standard deviations of the values around their level.
const SHIFT_SIZE: f64 = 4.0;
/// Von Neumann's ratio (1941, "Distribution of the ratio of the mean square successive difference to the
/// variance") above which values around a level count as independent: 2 where they are, near 0 where
/// the level itself wanders or rises.
const INDEPENDENT: f64 = 1.2;

/// A value that is not learned from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Outlier {
    pub place: usize,
    pub value: f64,
    pub expected: f64,
}

/// A change of the level for good, from `place` on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shift {
    pub place: usize,
    pub before: f64,
    pub after: f64,
}

/// A series to learn from, and what of it was changed.
#[derive(Debug)]
pub(super) struct Cleaned {
    /// Outliers replaced, and brought to the latest level.
    pub values: Vec<f64>,
    /// Brought to the latest level only: what forecasts are held against.
    pub actual: Vec<f64>,
    pub outliers: Vec<Outlier>,
    pub shift: Option<Shift>,
}

impl Cleaned {
    /// Nothing is changed: where the values that stand out are the series.
    pub(super) fn untouched(values: &[f64]) -> Self {
        Self {
            values: values.to_vec(),
            actual: values.to_vec(),
            outliers: Vec::new(),
            shift: None,
        }
    }

    pub(super) fn of(values: &[f64], season: usize) -> Self {
        let mut cleaned = Self::untouched(values);
        cleaned.outliers = outliers(values, season);
        for outlier in &cleaned.outliers {
            cleaned.values[outlier.place] = outlier.expected;
        }
        cleaned.shift = shift(&cleaned.values, season);
        if let Some(Shift {
            place,
            before,
            after,
        }) = cleaned.shift
        {
            let positive = values.iter().all(|value| *value > 0.0);
            let moved = |value: &mut f64| {
                // Where nothing is below zero a level acts as a factor, and so it stays.
                if positive && before > 0.0 && after > 0.0 {
                    *value *= after / before;
                } else {
                    *value += after - before;
                }
            };
            cleaned.values[..place].iter_mut().for_each(moved);
            cleaned.actual[..place].iter_mut().for_each(moved);
        }
        cleaned
    }
}

/// Values far out from the median of their neighbours, the season taken out.
fn outliers(values: &[f64], season: usize) -> Vec<Outlier> {
    let count = values.len();
    if count < 2 * NEIGHBOURS + MIN_VALUES {
        return Vec::new();
    }
    let mut free = Adjusted::of(values, season);
    let from_level = |place: usize| {
        let around = place.saturating_sub(NEIGHBOURS)..(place + NEIGHBOURS + 1).min(count);
        free.values[place] - median(free.values[around].to_vec())
    };
    let rests: Vec<f64> = (0..count).map(from_level).collect();
    let [low, high] = quantiles(&mut rests.clone(), [0.25, 0.75]);
    // A steady rise has no distance from the medians; its steps say how much is usual.
    let mut steps: Vec<f64> = free.values.windows(2).map(|two| two[1] - two[0]).collect();
    let [down, up] = quantiles(&mut steps, [0.25, 0.75]);
    let usual = (high - low)
        .max((up - down) / std::f64::consts::SQRT_2)
        .max(down.abs().max(up.abs()) / NORMAL_RANGE);
    if usual <= 0.0 {
        return Vec::new();
    }
    let far = |rest: f64| rest > high + FAR_OUT * usual || rest < low - FAR_OUT * usual;
    let mut found: Vec<usize> = (0..count - LATEST)
        .filter(|place| far(rests[*place]))
        .collect();
    // What comes back at its place of the season is a habit, not an accident.
    if season > 1 {
        let places = found.clone();
        let again = |place: usize| {
            let same = |other: &usize| {
                *other != place
                    && other % season == place % season
                    && (rests[*other] > 0.0) == (rests[place] > 0.0)
            };
            places.iter().any(same)
        };
        found.retain(|place| !again(*place));
    }
    if found.len() * ONE_IN > count {
        return Vec::new();
    }
    let counts: Vec<bool> = (0..count).map(|place| !found.contains(&place)).collect();
    interpolate(&mut free.values, &counts);
    let outlier = |place: usize| Outlier {
        place,
        value: values[place],
        expected: free.with(place, free.values[place]),
    };
    found.into_iter().map(outlier).collect()
}

/// The one change of the level that leaves the least squares around two levels (Bai 1994, "Least squares
/// estimation of a shift in linear processes"), if the values around them are independent, the change
/// is large beside them, and happens in one step.
fn shift(values: &[f64], season: usize) -> Option<Shift> {
    let count = values.len();
    let side = LEVEL_VALUES.max(if season < count / 2 { season } else { 0 });
    if count < 2 * side {
        return None;
    }
    let free = Adjusted::of(values, season).values;
    let total: f64 = free.iter().sum();
    let mut before: f64 = free[..side - 1].iter().sum();
    let mut best: Option<(f64, usize)> = None;
    for place in side..=count - side {
        before += free[place - 1];
        let (left, right) = (real(place), real(count - place));
        let between = square(before / left - (total - before) / right) * left * right;
        if best.is_none_or(|(most, _)| between > most) {
            best = Some((between, place));
        }
    }
    let (_, place) = best?;
    let (before, after) = (mean(&free[..place]), mean(&free[place..]));
    let around = |at: usize| free[at] - if at < place { before } else { after };
    let squares: f64 = (0..count).map(|at| square(around(at))).sum();
    let successive = (1..count).filter(|at| *at != place);
    let successive: f64 = successive
        .map(|at| square(around(at) - around(at - 1)))
        .sum();
    let change = (after - before).abs();
    let is_large = change > SHIFT_SIZE * (squares / real(count - 2)).sqrt();
    let is_level = successive > INDEPENDENT * squares || squares <= 0.0;
    let is_sudden = (free[place] - free[place - 1]).abs() > change / 2.0;
    (is_large && is_level && is_sudden).then_some(Shift {
        place,
        before,
        after,
    })
}
