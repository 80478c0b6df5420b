//! Forecasts of an organisation made to add up: every unit is the sum of its parts, to the last minor
//! unit.
//!
//! Least squares over the whole tree with a diagonal matrix of variances: Wickramasuriya, Athanasopoulos
//! and Hyndman (2019), "Optimal forecast reconciliation for hierarchical and grouped time series through
//! trace minimization", Journal of the American Statistical Association 114(526), whose matrices fall
//! apart on a tree: upwards each unit's own forecast and the sum of its parts are weighed by their
//! variances, downwards what is left between a unit and its parts is shared in proportion to theirs. Each
//! period ahead is reconciled by itself, so that the next one does not depend on how many are asked for. A
//! series of which nothing is expected ([`super::Forecast::is_over`]) has no variance: it takes no share.

use std::collections::HashMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yeji_core::allocate::allocate;

use super::batch::SeriesForecast;
use super::number::real;
use super::{Forecast, Note, Series};
use crate::{Error, Result};

/// Largest number of minor units that a float holds exactly, with room for a sum's rounding.
const MAX_UNITS: f64 = 4e15;
/// Most digits of a minor unit.
const MAX_DECIMALS: u8 = 6;
/// Into so many parts is a minor unit divided where it is rounded.
const FRACTIONS: f64 = 1_048_576.0;

/// How much is believed of a unit's own forecast, and how much of its parts'.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// Only the series at the bottom count; the others are their sums.
    BottomUp,
    /// Variances as the number of series at the bottom under a unit (the paper's structural scaling).
    #[default]
    Structural,
    /// Variances from the width of each forecast's interval (the paper's variance scaling).
    Variance,
}

/// Forecasts that must add up: each series that names a parent is a part of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Reconcile {
    /// Whose word counts.
    #[serde(default)]
    pub by: By,
    /// Digits after the point to which the sums agree exactly. 0 suits counts and amounts in minor units.
    #[serde(default)]
    pub decimals: u8,
}

/// Who is whose part.
#[derive(Debug)]
pub(super) struct Tree {
    parents: Vec<Option<usize>>,
    parts: Vec<Vec<usize>>,
    /// Parents before their parts.
    order: Vec<usize>,
}

impl Tree {
    /// Refuses two series of one id, a parent that is no series, and a circle.
    pub(super) fn of(series: &[Series], how: Reconcile) -> Result<Self> {
        if how.decimals > MAX_DECIMALS {
            return Err(Error::Decimals {
                decimals: how.decimals,
                limit: MAX_DECIMALS,
            });
        }
        let mut places = HashMap::new();
        for (place, one) in series.iter().enumerate() {
            if places.insert(one.id.as_str(), place).is_some() {
                return Err(Error::TwoOfOneId { id: one.id.clone() });
            }
        }
        let parent = |one: &Series| match &one.parent {
            None => Ok(None),
            Some(parent) => places
                .get(parent.as_str())
                .copied()
                .map(Some)
                .ok_or_else(|| Error::NoParent {
                    id: one.id.clone(),
                    parent: parent.clone(),
                }),
        };
        let parents: Vec<Option<usize>> = series.iter().map(parent).collect::<Result<_>>()?;
        let mut parts = vec![Vec::new(); series.len()];
        for (part, parent) in parents.iter().enumerate() {
            if let Some(parent) = parent {
                parts[*parent].push(part);
            }
        }
        let mut order: Vec<usize> = (0..series.len())
            .filter(|place| parents[*place].is_none())
            .collect();
        let mut next = 0;
        while let Some(place) = order.get(next).copied() {
            order.extend(&parts[place]);
            next += 1;
        }
        if order.len() < series.len() {
            let mut reached = vec![false; series.len()];
            for place in &order {
                reached[*place] = true;
            }
            let inside = series.iter().zip(reached).find(|(_, reached)| !reached);
            return Err(Error::Circle {
                id: inside.map_or_else(String::new, |(one, _)| one.id.clone()),
            });
        }
        Ok(Self {
            parents,
            parts,
            order,
        })
    }

    /// Brings the forecasts into agreement. A unit of which a part has no forecast keeps its own: what
    /// its other parts leave of it is that part's, and it is said.
    pub(super) fn reconcile(
        &self,
        series: &[Series],
        forecasts: &mut [SeriesForecast],
        how: Reconcile,
        horizon: usize,
    ) -> Result<()> {
        let scale = (0..how.decimals).fold(1.0, |scale, _| scale * 10.0);
        let marks = self.marks(series, forecasts);
        for step in 0..horizon {
            let figures = self.figures(&marks, forecasts, how.by, step);
            let whole = self.rounded(&marks, &figures, scale);
            let whole = whole.map_err(|place| Error::TooLarge {
                id: series[place].id.clone(),
            })?;
            for ((made, units), floored) in forecasts.iter_mut().zip(whole).zip(&marks.floored) {
                if let Some(forecast) = &mut made.forecast {
                    // At most 2^52.
                    #[allow(clippy::cast_precision_loss)]
                    let units = units as f64;
                    let half = forecast.half_width(step).unwrap_or(0.0) * scale;
                    // The interval keeps its width, outward to whole units.
                    forecast.mean[step] = units / scale;
                    forecast.upper95[step] = (units + half).ceil() / scale;
                    // Where nothing at all may come it still may. Not below zero before the ends of parts are
                    // summed: a whole would go down with a part that cannot.
                    let is_at_zero = *floored && forecast.lower95[step] <= 0.0;
                    let lower = (units - half).floor() / scale;
                    forecast.lower95[step] = if is_at_zero {
                        0.0
                    } else if *floored {
                        lower.max(0.0)
                    } else {
                        lower
                    };
                }
            }
            self.within_parts(&marks.open, forecasts, scale, step);
        }
        for (place, parts) in self.parts.iter().enumerate() {
            let without = parts
                .iter()
                .filter(|part| forecasts[**part].forecast.is_none());
            let count = without.count();
            if let Some(forecast) = &mut forecasts[place].forecast
                && count > 0
            {
                forecast.notes.push(Note::PartsUnknown { count });
            }
        }
        Ok(())
    }

    /// Takes the interval of a unit back to where those of its parts end together. Once the forecasts add up the
    /// unit's error is the sum of its parts' errors, and the root mean square of a sum is at most the sum of
    /// theirs, however they go together (Minkowski's inequality). The unit's own errors, from which its width comes,
    /// may say more: they are of a forecast that is not given any more.
    fn within_parts(
        &self,
        open: &[bool],
        forecasts: &mut [SeriesForecast],
        scale: f64,
        step: usize,
    ) {
        for place in self.order.iter().rev().copied() {
            let parts = &self.parts[place];
            if parts.is_empty() || open[place] {
                continue;
            }
            let parts = parts.iter().map(|part| forecasts[*part].forecast.as_ref());
            let (mut lower, mut upper) = (0.0, 0.0);
            for part in parts.flatten() {
                lower += (part.lower95[step] * scale).round();
                upper += (part.upper95[step] * scale).round();
            }
            if let Some(forecast) = &mut forecasts[place].forecast {
                let mean = forecast.mean[step];
                let ends = (lower / scale, upper / scale);
                forecast.lower95[step] = forecast.lower95[step].max(ends.0).min(mean);
                forecast.upper95[step] = forecast.upper95[step].min(ends.1).max(mean);
            }
        }
    }

    fn marks(&self, series: &[Series], forecasts: &[SeriesForecast]) -> Marks {
        let open =
            |parts: &Vec<usize>| parts.iter().any(|part| forecasts[*part].forecast.is_none());
        let open: Vec<bool> = self.parts.iter().map(open).collect();
        let mut floored: Vec<bool> = series.iter().map(Series::is_non_negative).collect();
        for place in self.order.iter().rev() {
            let parts = &self.parts[*place];
            if !open[*place] && !parts.is_empty() {
                floored[*place] |= parts.iter().all(|part| floored[*part]);
            }
        }
        let free = |place: usize| self.parents[place].is_none_or(|parent| open[parent]);
        let over = |made: &SeriesForecast| made.forecast.as_ref().is_some_and(Forecast::is_over);
        let over: Vec<bool> = forecasts.iter().map(over).collect();
        let mut leaves: Vec<u32> = self
            .parts
            .iter()
            .zip(&over)
            .map(|(parts, over)| u32::from(parts.is_empty() && !over))
            .collect();
        for place in self.order.iter().rev() {
            if let Some(parent) = self.parents[*place] {
                leaves[parent] += leaves[*place];
            }
        }
        Marks {
            over,
            leaves,
            free: (0..series.len()).map(free).collect(),
            open,
            floored,
        }
    }

    /// The reconciled figures of one period ahead, not yet whole units.
    fn figures(
        &self,
        marks: &Marks,
        forecasts: &[SeriesForecast],
        by: By,
        step: usize,
    ) -> Vec<f64> {
        let own = |place: usize| self.own(marks, forecasts, by, place, step);
        let mut nodes: Vec<Node> = (0..self.parts.len()).map(own).collect();
        for place in self.order.iter().rev() {
            let parts = &self.parts[*place];
            if !parts.is_empty() {
                let sum = parts.iter().map(|part| nodes[*part].mean).sum();
                let spread = parts.iter().map(|part| nodes[*part].variance).sum();
                nodes[*place].weigh(sum, spread);
            }
        }
        let mut figures: Vec<f64> = nodes.iter().map(|node| node.mean).collect();
        for place in &self.order {
            if marks.free[*place] && marks.floored[*place] {
                figures[*place] = figures[*place].max(0.0);
            }
            if marks.open[*place] {
                continue;
            }
            let node = &nodes[*place];
            let rest = figures[*place] - node.sum;
            let parts = &self.parts[*place];
            for part in parts {
                // Where nothing varies there is nothing left to share either.
                if node.spread > 0.0 {
                    figures[*part] += rest * (nodes[*part].variance / node.spread);
                }
            }
            lift(parts, &marks.floored, figures[*place], &mut figures);
        }
        figures
    }

    fn own(
        &self,
        marks: &Marks,
        forecasts: &[SeriesForecast],
        by: By,
        place: usize,
        step: usize,
    ) -> Node {
        let mut node = Node {
            is_open: marks.open[place],
            ..Node::default()
        };
        if let Some(forecast) = &forecasts[place].forecast {
            let half = forecast.half_width(step).unwrap_or(0.0);
            node.mean = forecast.mean[step];
            node.counts = by != By::BottomUp || self.parts[place].is_empty() || node.is_open;
            node.variance = match by {
                _ if marks.over[place] => 0.0,
                By::BottomUp | By::Structural => f64::from(marks.leaves[place]),
                By::Variance => half * half,
            };
        }
        node
    }

    /// Whole units that add up; else the place of one that is too large.
    fn rounded(
        &self,
        marks: &Marks,
        figures: &[f64],
        scale: f64,
    ) -> std::result::Result<Vec<i64>, usize> {
        let figures: Vec<f64> = figures.iter().map(|figure| figure * scale).collect();
        let too_large = |figure: &f64| !(-MAX_UNITS..=MAX_UNITS).contains(figure);
        if let Some(place) = figures.iter().position(too_large) {
            return Err(place);
        }
        let mut whole = vec![0_i64; figures.len()];
        for place in self.order.iter().copied() {
            if marks.free[place] {
                whole[place] = units(figures[place].round());
            }
            let parts = &self.parts[place];
            if !marks.open[place] && !parts.is_empty() {
                let shares = share(whole[place], parts, &figures, marks);
                for (part, units) in parts.iter().zip(shares.ok_or(place)?) {
                    whole[*part] = units;
                }
            }
        }
        Ok(whole)
    }
}

/// What holds for each unit.
#[derive(Debug)]
struct Marks {
    /// Has a part no forecast?
    open: Vec<bool>,
    /// Must it agree with no unit above it?
    free: Vec<bool>,
    /// May it not be below zero?
    floored: Vec<bool>,
    /// Is nothing expected of it?
    over: Vec<bool>,
    /// Series at the bottom under it of which something is expected.
    leaves: Vec<u32>,
}

/// A unit's whole units shared among its parts: each rounded down, the rest by the largest remainder.
fn share(total: i64, parts: &[usize], figures: &[f64], marks: &Marks) -> Option<Vec<i64>> {
    let mut whole: Vec<i64> = parts
        .iter()
        .map(|part| units(figures[*part].floor()))
        .collect();
    let rest = whole
        .iter()
        .try_fold(total, |rest, part| rest.checked_sub(*part))?;
    let weight = |(part, whole): (&usize, &i64)| {
        let over = figures[*part] - figures[*part].floor();
        let weight = if rest >= 0 {
            over
        } else if *whole > 0 || !marks.floored[*part] {
            1.0 - over
        } else {
            0.0
        };
        // From 0 to 2^20.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let weight = (weight * FRACTIONS) as u64;
        weight
    };
    let mut weights: Vec<u64> = parts.iter().zip(&whole).map(weight).collect();
    let nobody = |weights: &[u64]| weights.iter().all(|weight| *weight == 0);
    if nobody(&weights) {
        weights = parts
            .iter()
            .map(|part| u64::from(!marks.over[*part]))
            .collect();
    }
    if nobody(&weights) {
        weights.fill(1);
    }
    for (whole, more) in whole.iter_mut().zip(allocate(rest, &weights).ok()?) {
        *whole += more;
    }
    Some(whole)
}

/// A unit at one period ahead.
#[derive(Debug, Default)]
struct Node {
    /// Its own forecast, then the one weighed with its parts.
    mean: f64,
    variance: f64,
    /// Does its own forecast count?
    counts: bool,
    /// Has a part no forecast?
    is_open: bool,
    /// Its parts together.
    sum: f64,
    /// Their variances.
    spread: f64,
}

impl Node {
    /// Weighs its own forecast with the sum of its parts, each by the other's variance.
    fn weigh(&mut self, sum: f64, spread: f64) {
        self.sum = sum;
        self.spread = spread;
        let both = self.variance + spread;
        if !self.counts {
            self.mean = sum;
            self.variance = spread;
        } else if self.is_open {
            // The sum says nothing while a part is missing in it.
        } else if both > 0.0 {
            self.mean = self.mean * (spread / both) + sum * (self.variance / both);
            self.variance *= spread / both;
        } else {
            self.mean = sum;
        }
    }
}

/// Brings parts that may not be below zero to zero, at the cost of those that may, or else of those
/// above it. `total` is not below zero if none of the parts may be.
fn lift(parts: &[usize], floored: &[bool], total: f64, figures: &mut [f64]) {
    let is_low = |part: &&usize| floored[**part] && figures[**part] < 0.0;
    let missing: f64 = parts.iter().filter(is_low).map(|part| figures[*part]).sum();
    if missing >= 0.0 {
        return;
    }
    for part in parts.iter().filter(|part| floored[**part]) {
        figures[*part] = figures[*part].max(0.0);
    }
    let free = parts.iter().filter(|part| !floored[**part]);
    if free.clone().count() > 0 {
        let share = missing / real(free.clone().count());
        free.for_each(|part| figures[*part] += share);
    } else {
        let above: f64 = parts.iter().map(|part| figures[*part]).sum();
        let share = if above > 0.0 { total / above } else { 0.0 };
        for part in parts {
            figures[*part] *= share;
        }
    }
}

/// Whole units from a whole float within [`MAX_UNITS`].
#[allow(clippy::cast_possible_truncation)]
fn units(whole: f64) -> i64 {
    whole as i64
}
