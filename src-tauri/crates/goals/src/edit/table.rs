//! The cells of a plan, what may move among them, and the sums that they are part of.

use std::ops::Range;

use chrono::NaiveDate;

use super::error::EditError;
use super::input::EditInput;
use super::periods::PeriodTree;
use crate::groups::Groups;
use crate::tree::UnitTree;
use crate::{Error, Result};

/// Rows of a unit in columns of a period, both by their numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Block {
    pub rows: Range<usize>,
    pub cols: Range<usize>,
}

/// Leaf units by leaf periods.
pub(super) struct Table<'a> {
    pub units: &'a UnitTree<'a>,
    pub periods: &'a PeriodTree<'a>,
    pub cells: Vec<i64>,
    /// What may move.
    pub free: Vec<bool>,
    /// Which columns are past.
    frozen: Vec<bool>,
    /// The leaf units below each unit, by their numbers.
    rows: Vec<Range<usize>>,
}

impl<'a> Table<'a> {
    pub fn new(
        input: &EditInput,
        units: &'a UnitTree<'a>,
        periods: &'a PeriodTree<'a>,
        frozen_before: Option<NaiveDate>,
    ) -> Result<Self> {
        let width = periods.width();
        let is_past = |col: usize| frozen_before.is_some_and(|day| periods.start(col) < day);
        let frozen: Vec<bool> = (0..width).map(is_past).collect();
        let count = units.leaves().len();
        let mut table = Self {
            units,
            periods,
            cells: vec![0; count * width],
            free: frozen
                .iter()
                .map(|past| !past)
                .cycle()
                .take(count * width)
                .collect(),
            frozen,
            rows: rows_of(units, input.units.len()),
        };
        table.fill(input)?;
        for lock in &input.locks {
            let block = table.block(table.unit(&lock.unit)?, periods.position(&lock.period)?);
            for at in table.places(&block).collect::<Vec<_>>() {
                table.free[at] = false;
            }
        }
        Ok(table)
    }

    fn fill(&mut self, input: &EditInput) -> Result<()> {
        let width = self.periods.width();
        let mut seen = vec![false; self.units.leaves().len()];
        for row in &input.rows {
            let unit = row.unit.clone();
            let at = self.unit(&unit)?;
            if !self.units.is_leaf(at) {
                return Err(EditError::RowAboveLeaf { unit }.into());
            }
            if row.minor.len() != width {
                let (given, expected) = (row.minor.len(), width);
                return Err(EditError::RowLength {
                    unit,
                    given,
                    expected,
                }
                .into());
            }
            let number = self.rows[at].start;
            if std::mem::replace(&mut seen[number], true) {
                return Err(Error::DuplicateUnit { unit });
            }
            if let Some(col) = row.minor.iter().position(|minor| *minor < 0) {
                return Err(EditError::NegativeCell {
                    unit,
                    period: self.periods.leaf_key(col).to_owned(),
                    minor: row.minor[col],
                }
                .into());
            }
            self.cells[number * width..(number + 1) * width].copy_from_slice(&row.minor);
        }
        Ok(())
    }

    /// Position of a unit by its id.
    pub fn unit(&self, id: &str) -> Result<usize> {
        self.units.position(id).ok_or_else(|| Error::UnknownUnit {
            unit: id.to_owned(),
        })
    }

    pub fn block(&self, unit: usize, period: usize) -> Block {
        Block {
            rows: self.rows[unit].clone(),
            cols: self.periods.leaves(period),
        }
    }

    /// Places of the cells of a block, row by row.
    pub fn places(&self, block: &Block) -> impl Iterator<Item = usize> + use<> {
        let (width, cols) = (self.periods.width(), block.cols.clone());
        let rows = block.rows.clone();
        rows.flat_map(move |row| cols.clone().map(move |col| row * width + col))
    }

    pub fn frozen_in(&self, block: &Block) -> usize {
        let past = block.cols.clone().filter(|col| self.frozen[*col]);
        past.count() * block.rows.len()
    }

    pub fn sum(&self, block: &Block) -> i128 {
        self.places(block)
            .map(|at| i128::from(self.cells[at]))
            .sum()
    }

    /// The units below one as groups of its leaf units.
    pub fn row_groups(&self, unit: usize) -> Groups {
        let order = self.units.order();
        let first = order.iter().position(|at| *at == unit).unwrap_or(0);
        let size = order[first..]
            .iter()
            .take_while(|at| self.rows[**at].end <= self.rows[unit].end)
            .count();
        let order = &order[first..first + size];
        let number: std::collections::HashMap<usize, usize> =
            order.iter().enumerate().map(|(n, at)| (*at, n)).collect();
        Groups::of_tree(
            0..order.len(),
            |n| number.get(&self.units.parent(order[n])?).copied(),
            |n| self.units.is_leaf(order[n]),
        )
    }
}

/// The leaves below each unit. In the order of the tree they follow each other.
fn rows_of(units: &UnitTree<'_>, count: usize) -> Vec<Range<usize>> {
    let mut rows = vec![0..0; count];
    for (row, at) in units.leaves().iter().enumerate() {
        for above in std::iter::successors(Some(*at), |at| units.parent(*at)) {
            let range: &mut Range<usize> = &mut rows[above];
            let first = if range.start == range.end {
                row
            } else {
                range.start
            };
            *range = first..row + 1;
        }
    }
    rows
}
