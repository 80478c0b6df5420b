//! Single values far from their neighbours, and changes of the level for good.
//!
//! Both would be learned from as if they were the way of the series: a single value moves level and
//! season for long, a shifted level looks like a trend or like wild swings.

use std::ops::Range;

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
/// Most shifts that are told; a series with more has no level.
const MAX_SHIFTS: usize = 3;
/// The median of the absolute values of a normal distribution in standard deviations.
const NORMAL_MEDIAN: f64 = 0.6745;
/// Values that a level needs on either side of a shift.
const LEVEL_VALUES: usize = 6;
/// Size of a shift in standard deviations of the values around their level.
const SHIFT_SIZE: f64 = 4.0;
/// Von Neumann's ratio (1941, "Distribution of the ratio of the mean square successive difference to the
/// variance") above which values around a level count as independent: 2 where they are, near 0 where
/// the level itself wanders or rises.
const INDEPENDENT: f64 = 1.2;

/// Steps that differ by less than this share of the largest value differ by the rounding of numbers.
const SAME: f64 = 1e-9;

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
    pub shifts: Vec<Shift>,
}

impl Cleaned {
    /// Nothing is changed: where the values that stand out are the series.
    pub(super) fn untouched(values: &[f64]) -> Self {
        Self {
            values: values.to_vec(),
            actual: values.to_vec(),
            outliers: Vec::new(),
            shifts: Vec::new(),
        }
    }

    pub(super) fn of(values: &[f64], season: usize) -> Self {
        let mut cleaned = Self::untouched(values);
        cleaned.outliers = outliers(values, season);
        for outlier in &cleaned.outliers {
            cleaned.values[outlier.place] = outlier.expected;
        }
        cleaned.shifts = shifts(&cleaned.values, season);
        let positive = values.iter().all(|value| *value > 0.0);
        for shift in &cleaned.shifts {
            let Shift {
                place,
                before,
                after,
            } = *shift;
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
    let steps_of =
        |values: &[f64]| -> Vec<f64> { values.windows(2).map(|two| two[1] - two[0]).collect() };
    let mut steps: Vec<f64> = steps_of(&free.values);
    // Its own steps too: a season that is none spoils them.
    if repeats(&steps, values) || repeats(&steps_of(values), values) {
        return Vec::new();
    }
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
    // What comes back at its place of the season is a habit, not an accident, also where it came back just now.
    if season > 1 {
        let places: Vec<usize> = (0..count).filter(|place| far(rests[*place])).collect();
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

/// Whether the steps of a series come again and again in the same order, seen twice at least: nothing stands out of
/// a perfectly regular series, however rarely its largest value comes.
fn repeats(steps: &[f64], values: &[f64]) -> bool {
    let size = values
        .iter()
        .fold(0.0_f64, |most, value| most.max(value.abs()));
    let is_same = |a: f64, b: f64| (a - b).abs() <= SAME * size;
    (1..=steps.len() / 2).any(|lag| {
        let mut pairs = steps.iter().zip(&steps[lag..]);
        pairs.all(|(a, b)| is_same(*a, *b))
    })
}

/// The changes of the level: by least squares (Bai 1997, "Estimating multiple breaks one at a time"),
/// if each is large beside the values around their levels, happens in one step, and what is left around
/// all levels is independent.
fn shifts(values: &[f64], season: usize) -> Vec<Shift> {
    let count = values.len();
    let side = LEVEL_VALUES.max(if season < count / 2 { season } else { 0 });
    let free = Adjusted::of(values, season).values;
    let steps = free.windows(2).map(|two| (two[1] - two[0]).abs()).collect();
    // Steps of independent values spread by the square root of two more than the values.
    let noise = median(steps) / (NORMAL_MEDIAN * std::f64::consts::SQRT_2);
    let mut bounds = vec![0, count];
    while bounds.len() < MAX_SHIFTS + 2 {
        let pieces = bounds
            .windows(2)
            .filter_map(|two| split(&free, two[0]..two[1], side, noise));
        // The first of the largest.
        let largest = pieces.fold(None, |best: Option<(f64, usize)>, piece| match best {
            Some(best) if best.0 >= piece.0 => Some(best),
            _ => Some(piece),
        });
        let Some((_, place)) = largest else { break };
        bounds.push(place);
        bounds.sort_unstable();
    }
    let levels: Vec<f64> = bounds
        .windows(2)
        .map(|two| mean(&free[two[0]..two[1]]))
        .collect();
    let pieces = || bounds.windows(2).zip(&levels);
    let around = |(two, level): (&[usize], &f64)| -> Vec<f64> {
        free[two[0]..two[1]]
            .iter()
            .map(|value| value - level)
            .collect()
    };
    let (mut squares, mut successive) = (0.0, 0.0);
    for rest in pieces().map(around) {
        squares += rest.iter().map(|value| square(*value)).sum::<f64>();
        successive += rest
            .windows(2)
            .map(|two| square(two[1] - two[0]))
            .sum::<f64>();
    }
    let spread = (squares / real((count - levels.len()).max(1))).sqrt();
    let found: Vec<Shift> = (1..levels.len())
        .map(|at| Shift {
            place: bounds[at],
            before: levels[at - 1],
            after: levels[at],
        })
        .collect();
    let is_level = successive > INDEPENDENT * squares || squares <= 0.0;
    let is_large = |shift: &Shift| (shift.after - shift.before).abs() > SHIFT_SIZE * spread;
    if is_level && found.iter().all(is_large) {
        found
    } else {
        Vec::new()
    }
}

/// The place where two levels leave the least squares in a piece, and what they take away; None where
/// the change is small beside the `noise`, or does not happen in one step.
fn split(free: &[f64], piece: Range<usize>, side: usize, noise: f64) -> Option<(f64, usize)> {
    if piece.len() < 2 * side {
        return None;
    }
    let values = &free[piece.clone()];
    let total: f64 = values.iter().sum();
    let mut before: f64 = values[..side - 1].iter().sum();
    let mut best: Option<(f64, usize, f64)> = None;
    for place in side..=values.len() - side {
        before += values[place - 1];
        let (left, right) = (real(place), real(values.len() - place));
        let change = (total - before) / right - before / left;
        let between = square(change) * left * right / real(values.len());
        if best.is_none_or(|(most, ..)| between > most) {
            best = Some((between, place, change.abs()));
        }
    }
    let (between, place, change) = best?;
    let is_sudden = (values[place] - values[place - 1]).abs() > change / 2.0;
    (change > SHIFT_SIZE * noise && is_sudden).then_some((between, piece.start + place))
}
