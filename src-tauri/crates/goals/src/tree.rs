//! The organisation of a split as a checked tree, and an amount going down it.

use std::collections::HashMap;

use yeji_core::{Ratio, allocate_in};

use crate::groups::Groups;
use crate::split::{Level, LevelUnit, MAX_UNITS, Note, SplitUnit, unit_of};
use crate::{Error, Result};

/// Units with one root and no circle. Positions are those of the list it was made from.
pub(crate) struct UnitTree<'a> {
    units: &'a [SplitUnit],
    by_id: HashMap<&'a str, usize>,
    parents: Vec<Option<usize>>,
    children: Vec<Vec<usize>>,
    /// Every unit before what is below it, siblings in the order of the list.
    order: Vec<usize>,
    leaves: Vec<usize>,
}

impl<'a> UnitTree<'a> {
    /// Checks the list; weights are not read.
    pub fn new(units: &'a [SplitUnit]) -> Result<Self> {
        if units.is_empty() {
            return Err(Error::NoUnits);
        }
        if units.len() > MAX_UNITS {
            return Err(Error::TooManyUnits {
                count: units.len(),
                limit: MAX_UNITS,
            });
        }
        let mut by_id = HashMap::with_capacity(units.len());
        for (at, unit) in units.iter().enumerate() {
            if by_id.insert(unit.id.as_str(), at).is_some() {
                return Err(Error::DuplicateUnit {
                    unit: unit.id.clone(),
                });
            }
        }
        let mut parents = vec![None; units.len()];
        let mut children = vec![Vec::new(); units.len()];
        let mut root: Option<usize> = None;
        for (at, unit) in units.iter().enumerate() {
            let Some(parent) = &unit.parent else {
                if let Some(first) = root {
                    let first = units[first].id.clone();
                    return Err(Error::TwoRoots {
                        first,
                        second: unit.id.clone(),
                    });
                }
                root = Some(at);
                continue;
            };
            let above = *by_id
                .get(parent.as_str())
                .ok_or_else(|| Error::UnknownParent {
                    unit: unit.id.clone(),
                    parent: parent.clone(),
                })?;
            if !may_stand_under(unit.level, units[above].level) {
                let (unit, parent) = (unit.id.clone(), parent.clone());
                return Err(Error::LevelOrder { unit, parent });
            }
            parents[at] = Some(above);
            children[above].push(at);
        }
        let root = root.ok_or(Error::NoRoot)?;
        let order = preorder(root, &children);
        if order.len() < units.len() {
            let mut reached = vec![false; units.len()];
            for at in &order {
                reached[*at] = true;
            }
            let lost = reached.iter().position(|seen| !seen).unwrap_or(root);
            return Err(Error::Circle {
                unit: units[lost].id.clone(),
            });
        }
        let leaves = order
            .iter()
            .copied()
            .filter(|at| children[*at].is_empty())
            .collect();
        Ok(Self {
            units,
            by_id,
            parents,
            children,
            order,
            leaves,
        })
    }

    /// Every unit before what is below it.
    pub fn order(&self) -> &[usize] {
        &self.order
    }

    /// Units without units below, in that order.
    pub fn leaves(&self) -> &[usize] {
        &self.leaves
    }

    /// The units above the leaves as groups of leaves.
    pub fn groups(&self) -> Groups {
        Groups::of_tree(
            self.order.iter().copied(),
            |at| self.parents[at],
            |at| self.is_leaf(at),
        )
    }

    /// Whether nothing stands below.
    pub fn is_leaf(&self, at: usize) -> bool {
        self.children[at].is_empty()
    }

    /// The units right below, in the order of the list.
    pub fn children(&self, at: usize) -> &[usize] {
        &self.children[at]
    }

    /// The leaves below a unit, in their order; a leaf is below itself.
    pub fn below(&self, at: usize) -> Vec<usize> {
        let mut leaves = Vec::new();
        let mut stack = vec![at];
        while let Some(at) = stack.pop() {
            if self.is_leaf(at) {
                leaves.push(at);
            }
            stack.extend(self.children[at].iter().rev());
        }
        leaves
    }

    /// The unit above.
    pub fn parent(&self, at: usize) -> Option<usize> {
        self.parents[at]
    }

    /// Id of a unit.
    pub fn id(&self, at: usize) -> &str {
        &self.units[at].id
    }

    /// Position of an id.
    pub fn position(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// The amount of every unit, by position: each parent's is allocated to its children, in multiples
    /// where the children's level has a unit.
    pub fn allocate(
        &self,
        minor: i64,
        round: &[LevelUnit],
        notes: &mut Vec<Note>,
    ) -> Result<Vec<i64>> {
        let weights = self.weights()?;
        let mut amounts = vec![0; self.units.len()];
        amounts[self.order[0]] = minor;
        for at in &self.order {
            let children = &self.children[*at];
            if children.is_empty() {
                continue;
            }
            let place = &self.units[*at];
            let shares: Vec<Ratio> = children.iter().map(|child| weights[*child]).collect();
            let shares = whole_weights(&shares).ok_or_else(|| Error::WeightsTooFine {
                place: place.id.clone(),
            })?;
            if amounts[*at] != 0 && shares.iter().all(|share| *share == 0) {
                let (unit, name) = (place.id.clone(), place.name.clone());
                return Err(Error::ZeroWeights { unit, name });
            }
            let unit = unit_of(round, children.iter().map(|child| self.units[*child].level));
            for (child, part) in children
                .iter()
                .zip(allocate_in(amounts[*at], &shares, unit)?)
            {
                amounts[*child] = part;
            }
        }
        for at in self.leaves.iter().filter(|at| weights[**at] == Ratio::ZERO) {
            let unit = &self.units[*at];
            let params = [("unit", unit.id.clone()), ("name", unit.name.clone())];
            notes.push(Note::new("unit_gets_nothing", &params));
        }
        Ok(amounts)
    }

    /// The weight of every unit: its own, else the sum of its children's.
    fn weights(&self) -> Result<Vec<Ratio>> {
        let mut weights = vec![Ratio::ZERO; self.units.len()];
        for at in self.order.iter().rev() {
            let unit = &self.units[*at];
            let (id, name) = (unit.id.clone(), unit.name.clone());
            let lone_root = self.parents[*at].is_none() && self.is_leaf(*at);
            weights[*at] = match unit.weight {
                Some(weight) if weight < Ratio::ZERO => {
                    let weight = weight.to_string();
                    return Err(Error::NegativeWeight {
                        unit: id,
                        name,
                        weight,
                    });
                }
                Some(weight) => weight,
                None if lone_root => Ratio::ONE,
                None if self.is_leaf(*at) => return Err(Error::MissingWeight { unit: id, name }),
                None => self.children[*at]
                    .iter()
                    .try_fold(Ratio::ZERO, |sum, child| sum.checked_add(weights[*child]))
                    .map_err(|_| Error::WeightsTooFine { place: id.clone() })?,
            };
            let has_share = lone_root || weights[*at] > Ratio::ZERO;
            if self.is_leaf(*at) && unit.level != Level::Person && has_share {
                return Err(Error::SplitOverNobody { unit: id, name });
            }
        }
        Ok(weights)
    }
}

/// A person has nothing below, a company nothing above; departments and teams may nest.
fn may_stand_under(level: Level, parent: Level) -> bool {
    level != Level::Company && parent != Level::Person && level >= parent
}

fn preorder(root: usize, children: &[Vec<usize>]) -> Vec<usize> {
    let mut order = Vec::with_capacity(children.len());
    let mut stack = vec![root];
    while let Some(at) = stack.pop() {
        order.push(at);
        stack.extend(children[at].iter().rev());
    }
    order
}

/// Whole numbers in exactly the proportion of the ratios (none negative), by their common
/// denominator and without their common factor; none if one does not fit.
pub(crate) fn whole_weights(ratios: &[Ratio]) -> Option<Vec<u64>> {
    let mut common = 1_i128;
    for ratio in ratios {
        common = (common / gcd(common, ratio.denominator())).checked_mul(ratio.denominator())?;
    }
    let mut whole = Vec::with_capacity(ratios.len());
    for ratio in ratios {
        whole.push(
            ratio
                .numerator()
                .checked_mul(common / ratio.denominator())?,
        );
    }
    let factor = whole
        .iter()
        .fold(0, |factor, value| gcd(factor, *value))
        .max(1);
    whole
        .into_iter()
        .map(|value| u64::try_from(value / factor).ok())
        .collect()
}

fn gcd(mut a: i128, mut b: i128) -> i128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_become_whole_in_proportion() {
        let check = |texts: &[&str], expected: Option<&[u64]>| {
            let ratios: Vec<Ratio> = texts.iter().map(|text| text.parse().unwrap()).collect();
            assert_eq!(whole_weights(&ratios).as_deref(), expected, "{texts:?}");
        };
        check(&[], Some(&[]));
        check(&["1/3", "1/2"], Some(&[2, 3]));
        check(&["0.1", "0", "0.25"], Some(&[2, 0, 5]));
        check(&["100", "50"], Some(&[2, 1]));
        check(&["0", "0"], Some(&[0, 0]));
        check(&["18446744073709551615", "1"], Some(&[u64::MAX, 1]));
        check(&["18446744073709551616", "1"], None);
        check(&["1/99999999999999999999999999999", "1/2"], None);
    }
}
