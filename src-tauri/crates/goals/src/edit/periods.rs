//! The periods of a plan as a checked tree.

use std::collections::HashMap;
use std::ops::Range;

use chrono::NaiveDate;

use super::error::EditError;
use super::input::EditPeriod;
use crate::Result;
use crate::groups::Groups;

/// Periods with one root, each within the one above it. Positions are those of the list.
pub(super) struct PeriodTree<'a> {
    periods: &'a [EditPeriod],
    by_key: HashMap<&'a str, usize>,
    parents: Vec<Option<usize>>,
    /// The leaf periods in each, by their numbers.
    leaves: Vec<Range<usize>>,
    starts: Vec<NaiveDate>,
    keys: Vec<&'a str>,
}

impl<'a> PeriodTree<'a> {
    pub fn new(periods: &'a [EditPeriod]) -> Result<Self> {
        let mut by_key = HashMap::with_capacity(periods.len());
        let mut parents = Vec::with_capacity(periods.len());
        let mut has_parts = vec![false; periods.len()];
        // The end of the last part of each period.
        let mut filled: Vec<Option<NaiveDate>> = vec![None; periods.len()];
        for (at, period) in periods.iter().enumerate() {
            let key = period.key.clone();
            let place = || EditError::PeriodPlace {
                period: period.key.clone(),
            };
            let parent = match &period.parent {
                None if at == 0 => None,
                None => return Err(EditError::PeriodTree { period: key }.into()),
                // Above what is below it, so that there are no circles.
                Some(parent) => Some(*by_key.get(parent.as_str()).ok_or_else(|| {
                    let is_listed = periods.iter().any(|other| other.key == *parent);
                    let tree = EditError::PeriodTree {
                        period: key.clone(),
                    };
                    let unknown = EditError::UnknownPeriod {
                        period: parent.clone(),
                    };
                    if is_listed { tree } else { unknown }
                })?),
            };
            if by_key.insert(period.key.as_str(), at).is_some() {
                return Err(EditError::DuplicatePeriod { period: key }.into());
            }
            let within =
                |above: &EditPeriod| above.start <= period.start && period.end <= above.end;
            let is_placed = parent.is_none_or(|above: usize| {
                within(&periods[above]) && filled[above].is_none_or(|end| end <= period.start)
            });
            if period.start >= period.end || !is_placed {
                return Err(place().into());
            }
            if let Some(above) = parent {
                has_parts[above] = true;
                filled[above] = Some(period.end);
            }
            parents.push(parent);
        }
        if periods.is_empty() {
            let period = String::new();
            return Err(EditError::PeriodTree { period }.into());
        }
        let mut tree = Self {
            periods,
            by_key,
            parents,
            leaves: Vec::new(),
            starts: Vec::new(),
            keys: Vec::new(),
        };
        tree.number_leaves(&has_parts);
        Ok(tree)
    }

    /// Leaves in the order of time. Parts do not overlap, so those of each period follow each other.
    fn number_leaves(&mut self, has_parts: &[bool]) {
        let is_leaf = |at: &usize| !has_parts[*at];
        let mut order: Vec<usize> = (0..self.periods.len()).filter(is_leaf).collect();
        order.sort_by_key(|at| self.periods[*at].start);
        self.leaves = vec![0..0; self.periods.len()];
        for (leaf, at) in order.iter().enumerate() {
            self.starts.push(self.periods[*at].start);
            self.keys.push(&self.periods[*at].key);
            let above = std::iter::successors(Some(*at), |at| self.parents[*at]);
            for at in above {
                let leaves = &mut self.leaves[at];
                let first = if leaves.start == leaves.end {
                    leaf
                } else {
                    leaves.start
                };
                *leaves = first..leaf + 1;
            }
        }
    }

    pub fn position(&self, key: &str) -> Result<usize> {
        let unknown = || EditError::UnknownPeriod {
            period: key.to_owned(),
        };
        Ok(*self.by_key.get(key).ok_or_else(unknown)?)
    }

    pub fn key(&self, at: usize) -> &str {
        &self.periods[at].key
    }

    pub fn parent(&self, at: usize) -> Option<usize> {
        self.parents[at]
    }

    /// A period and those above it.
    pub fn upwards(&self, at: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(Some(at), |at| self.parents[*at])
    }

    /// Numbers of the leaf periods in a period.
    pub fn leaves(&self, at: usize) -> Range<usize> {
        self.leaves[at].clone()
    }

    /// Leaf periods in all.
    pub fn width(&self) -> usize {
        self.starts.len()
    }

    /// First day of a leaf period.
    pub fn start(&self, leaf: usize) -> NaiveDate {
        self.starts[leaf]
    }

    /// Key of a leaf period.
    pub fn leaf_key(&self, leaf: usize) -> &str {
        self.keys[leaf]
    }

    /// The periods within one as groups of its leaf periods.
    pub fn groups(&self, at: usize) -> Groups {
        // Before its parts, and leaves by time: the whole, then what lies in it by start and length.
        let mut order: Vec<usize> = (0..self.periods.len())
            .filter(|one| self.upwards(*one).any(|above| above == at))
            .collect();
        order.sort_by_key(|one| {
            let leaves = &self.leaves[*one];
            let depth = self.upwards(*one).count();
            (leaves.start, std::cmp::Reverse(leaves.end), depth)
        });
        let number: HashMap<usize, usize> = order
            .iter()
            .enumerate()
            .map(|(number, one)| (*one, number))
            .collect();
        let parents: Vec<Option<usize>> = order
            .iter()
            .map(|one| number.get(&self.parents[*one]?).copied())
            .collect();
        let has_parts: Vec<bool> = (0..order.len())
            .map(|number| parents.contains(&Some(number)))
            .collect();
        Groups::of_tree(0..order.len(), |one| parents[one], |one| !has_parts[one])
    }
}
