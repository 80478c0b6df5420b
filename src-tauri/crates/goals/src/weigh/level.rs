//! One unit's amount to its parts.

use yeji_core::{Ratio, allocate, allocate_in};

use super::bounds::{AllBounds, Bounds};
use super::error::WeighError;
use super::input::{Factor, WeighInput};
use super::output::{Contribution, Source};
use super::weights::Weights;
use super::whole;
use crate::fill::{Filled, Part, fill};
use crate::split::{Level, Note, unit_of};
use crate::tree::UnitTree;
use crate::{Error, Result};

/// A part with the reasons for its size.
pub(super) struct Divided {
    pub minor: i64,
    pub contributions: Vec<Contribution>,
}

/// What every level needs to know.
pub(super) struct Division<'a> {
    input: &'a WeighInput,
    tree: &'a UnitTree<'a>,
    weights: &'a Weights,
    bounds: AllBounds<'a>,
}

/// A pot of the amount: a factor, and what the parts weigh by it.
struct Pot {
    source: Source,
    share: Ratio,
    weights: Vec<Ratio>,
}

impl<'a> Division<'a> {
    pub fn new(
        input: &'a WeighInput,
        tree: &'a UnitTree<'a>,
        weights: &'a Weights,
    ) -> Result<Self> {
        Ok(Self {
            input,
            tree,
            weights,
            bounds: AllBounds::new(input, tree, weights)?,
        })
    }

    /// The parts of a unit, in the order of its children.
    pub fn divide(&self, at: usize, amount: i64, notes: &mut Vec<Note>) -> Result<Vec<Divided>> {
        let children = self.tree.children(at);
        let mut why: Vec<Vec<Contribution>> = vec![Vec::new(); children.len()];
        let mut wished = vec![0_i64; children.len()];
        for (pot, minor) in self.pots(at, amount, notes)? {
            let shares = whole(&pot.weights, self.tree.id(at))?;
            let of = sum(&pot.weights)?;
            for (child, part) in allocate(minor, &shares)?.into_iter().enumerate() {
                wished[child] += part;
                why[child].push(Contribution {
                    source: pot.source,
                    minor: part,
                    weight: Some(pot.weights[child]),
                    of: Some(of),
                    pot: Some(minor),
                });
            }
        }
        let bounded = self.bounds.fill(at, amount, &wished)?;
        let rounded = self.rounded(at, amount, &bounded, notes)?;
        let divided = children.iter().enumerate().map(|(child, position)| {
            let bounds = self.bounds.of(*position);
            let mut contributions = std::mem::take(&mut why[child]);
            let moved = bounded[child] - wished[child];
            let source = if moved < 0 && bounds.high == Some(bounded[child]) {
                Source::GrowthCap
            } else if moved > 0 && bounds.low == bounded[child] {
                Source::GrowthFloor
            } else {
                Source::FromOthers
            };
            for (source, minor) in [
                (source, moved),
                (Source::Rounding, rounded[child] - bounded[child]),
            ] {
                if minor != 0 {
                    contributions.push(Contribution {
                        source,
                        minor,
                        weight: None,
                        of: None,
                        pot: None,
                    });
                }
            }
            Divided {
                minor: rounded[child],
                contributions,
            }
        });
        Ok(divided.collect())
    }

    /// The pots with their amounts, which sum to the whole.
    fn pots(&self, at: usize, amount: i64, notes: &mut Vec<Note>) -> Result<Vec<(Pot, i64)>> {
        let pots = match self.given(at)? {
            Some(given) => vec![given],
            None => self.of_blend(at, notes)?,
        };
        let unit = &self.input.units[at];
        if pots.is_empty() && amount != 0 {
            let (unit, name) = (unit.id.clone(), unit.name.clone());
            let by_history = |blend: &super::Blend| blend.factor == Factor::History;
            return Err(if self.input.blend.iter().any(by_history) {
                WeighError::HistoryAllZero { unit, name }.into()
            } else {
                Error::ZeroWeights { unit, name }
            });
        }
        if pots.is_empty() {
            return Ok(Vec::new());
        }
        let shares: Vec<Ratio> = pots.iter().map(|pot| pot.share).collect();
        let amounts = allocate(amount, &whole(&shares, &unit.id)?)?;
        Ok(pots.into_iter().zip(amounts).collect())
    }

    /// The one pot of units that have weights of their own.
    fn given(&self, at: usize) -> Result<Option<Pot>> {
        let children = self.tree.children(at);
        let given: Vec<Ratio> = children
            .iter()
            .filter_map(|child| self.input.units[*child].weight)
            .collect();
        if given.is_empty() {
            return Ok(None);
        }
        let unit = &self.input.units[at];
        let (id, name) = (unit.id.clone(), unit.name.clone());
        if given.len() < children.len() {
            return Err(WeighError::GivenWeightsMixed { unit: id, name }.into());
        }
        let of_nobody = children.iter().zip(&given).find(|(child, weight)| {
            let is_person = self.input.units[**child].level == Level::Person;
            **weight > Ratio::ZERO && self.tree.is_leaf(**child) && !is_person
        });
        if let Some((child, _)) = of_nobody {
            let unit = &self.input.units[*child];
            let (unit, name) = (unit.id.clone(), unit.name.clone());
            return Err(Error::SplitOverNobody { unit, name });
        }
        if given.iter().all(|weight| *weight == Ratio::ZERO) {
            return Err(Error::ZeroWeights { unit: id, name });
        }
        Ok(Some(Pot {
            source: Source::Given,
            share: Ratio::ONE,
            weights: given,
        }))
    }

    /// The factors by which anybody weighs anything.
    fn of_blend(&self, at: usize, notes: &mut Vec<Note>) -> Result<Vec<Pot>> {
        let children = self.tree.children(at);
        let is_root = self.tree.parent(at).is_none();
        let unit = &self.input.units[at];
        let mut pots = Vec::new();
        for blend in self
            .input
            .blend
            .iter()
            .filter(|one| one.share > Ratio::ZERO)
        {
            let mut lines = vec![(source(blend.factor), blend.factor, blend.share)];
            if blend.factor == Factor::History {
                let by_history = blend.share.checked_mul(self.input.damping)?;
                lines[0].2 = by_history;
                let equal = blend.share.checked_sub(by_history)?;
                lines.push((Source::Damping, Factor::Equal, equal));
            }
            for (source, factor, share) in lines {
                if share == Ratio::ZERO {
                    continue;
                }
                let weigh = |child: &usize| self.weights.of(factor, *child);
                let weights: Vec<Ratio> = children.iter().map(weigh).collect();
                if weights.iter().any(|weight| *weight > Ratio::ZERO) {
                    pots.push(Pot {
                        source,
                        share,
                        weights,
                    });
                    continue;
                }
                let (unit, name) = (unit.id.clone(), unit.name.clone());
                if source == Source::History && is_root {
                    return Err(WeighError::HistoryAllZero { unit, name }.into());
                }
                let params = [
                    ("factor", factor.code().to_owned()),
                    ("unit", unit),
                    ("name", name),
                ];
                notes.push(Note::new("factor_without_weights", &params));
            }
        }
        Ok(pots)
    }

    /// Goals in multiples, within their bounds; as they were, with a note, where there are none.
    fn rounded(
        &self,
        at: usize,
        amount: i64,
        minors: &[i64],
        notes: &mut Vec<Note>,
    ) -> Result<Vec<i64>> {
        let children = self.tree.children(at);
        let levels = children.iter().map(|child| self.input.units[*child].level);
        let unit = unit_of(&self.input.round, levels);
        if unit <= 1 || amount == 0 {
            return Ok(minors.to_vec());
        }
        let sizes: Vec<u64> = minors.iter().map(|minor| minor.unsigned_abs()).collect();
        let is_within = |parts: &[i64]| {
            parts.iter().zip(children).all(|(part, child)| {
                let Bounds { low, high } = self.bounds.of(*child);
                low <= *part && high.is_none_or(|high| *part <= high)
            })
        };
        let rounded = allocate_in(amount, &sizes, unit)?;
        if is_within(&rounded) {
            return Ok(rounded);
        }
        if let Some(rounded) = self.rounded_within(children, amount, minors, unit)?
            && is_within(&rounded)
        {
            return Ok(rounded);
        }
        let place = &self.input.units[at];
        let params = [
            ("unit", place.id.clone()),
            ("name", place.name.clone()),
            ("minor", unit.to_string()),
        ];
        notes.push(Note::new("rounding_given_up", &params));
        Ok(minors.to_vec())
    }

    /// Whole units between the bounds rounded inwards; the rest to the largest that has room for it.
    fn rounded_within(
        &self,
        children: &[usize],
        amount: i64,
        minors: &[i64],
        unit: u64,
    ) -> Result<Option<Vec<i64>>> {
        let Ok(unit) = i64::try_from(unit) else {
            return Ok(None);
        };
        let parts: Vec<Part> = children
            .iter()
            .zip(minors)
            .map(|(child, minor)| {
                let Bounds { low, high } = self.bounds.of(*child);
                let low = low / unit + i64::from(low % unit > 0);
                Part {
                    weight: minor.unsigned_abs(),
                    low,
                    high: high.map(|high| (high / unit).max(low)),
                }
            })
            .collect();
        let Filled::Parts(mut parts) = fill(amount / unit, &parts)? else {
            return Ok(None);
        };
        let rest = amount % unit;
        for part in &mut parts {
            *part *= unit;
        }
        let has_room = |at: &usize| {
            let high = self.bounds.of(children[*at]).high;
            high.is_none_or(|high| parts[*at] + rest <= high)
        };
        let largest = (0..parts.len())
            .rev()
            .filter(has_room)
            .max_by_key(|at| parts[*at]);
        Ok(largest.map(|at| {
            parts[at] += rest;
            parts
        }))
    }
}

fn sum(weights: &[Ratio]) -> Result<Ratio> {
    let add = |sum: Ratio, weight: &Ratio| sum.checked_add(*weight);
    Ok(weights.iter().try_fold(Ratio::ZERO, add)?)
}

fn source(factor: Factor) -> Source {
    match factor {
        Factor::History => Source::History,
        Factor::Equal => Source::Equal,
        Factor::Pipeline => Source::Pipeline,
        Factor::Market => Source::Market,
        Factor::Segment => Source::Segment,
        Factor::Own => Source::Own,
    }
}
