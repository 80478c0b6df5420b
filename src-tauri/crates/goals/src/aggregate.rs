//! Every unit in every period as sums of leaf cells.

use std::collections::HashMap;

use yeji_core::calendar::{FiscalCalendar, Period};
use yeji_core::{Currency, Money};

use crate::split::{Cell, GoalNode, SplitUnit};
use crate::time::TimeTree;
use crate::tree::UnitTree;
use crate::{Error, Result};

/// The nodes of a decomposition from its leaf cells: parents are sums, on both axes.
///
/// `units` as for [`crate::split()`]; their weights are not read. `period` is the one that was split.
/// Several cells of one unit and week add up; a missing cell is zero. Nodes come in the order of
/// [`crate::SplitOutput::nodes`], zeros included.
///
/// # Errors
/// A broken tree; a cell of an unknown unit, of a period that is no cut week of `period`, or with
/// an amount on a unit that has units below it; a sum that does not fit.
pub fn aggregate(
    units: &[SplitUnit],
    period: Period,
    currency: Currency,
    cells: &[Cell],
) -> Result<Vec<GoalNode>> {
    aggregate_in(None, units, period, currency, cells)
}

/// As [`aggregate`], for a split in a calendar that was given.
///
/// # Errors
/// Those of [`aggregate`], and a period that is none of the calendar.
pub fn aggregate_in(
    calendar: Option<FiscalCalendar>,
    units: &[SplitUnit],
    period: Period,
    currency: Currency,
    cells: &[Cell],
) -> Result<Vec<GoalNode>> {
    let tree = UnitTree::new(units)?;
    let time = TimeTree::in_calendar(period, calendar)?;
    let table = table(&tree, &time, cells)?;
    nodes(units, &tree, &time, currency, table)
}

/// The nodes from a table of units by periods, both in the order of their lists, in which only the
/// leaves are filled.
pub(crate) fn nodes(
    units: &[SplitUnit],
    tree: &UnitTree<'_>,
    time: &TimeTree,
    currency: Currency,
    mut table: Vec<i64>,
) -> Result<Vec<GoalNode>> {
    sum_upwards(tree, time, &mut table)?;
    let periods = time.periods();
    let mut nodes = Vec::with_capacity(table.len());
    for at in tree.order() {
        let unit = &units[*at];
        for (column, period) in periods.iter().enumerate() {
            nodes.push(GoalNode {
                unit: unit.id.clone(),
                name: unit.name.clone(),
                parent_unit: unit.parent.clone(),
                level: unit.level,
                period: *period,
                parent_period: time.parent(column).map(|parent| periods[parent]),
                amount: Money::new(table[at * periods.len() + column], currency),
            });
        }
    }
    Ok(nodes)
}

/// Where cells stand. Those of one unit mostly follow each other, in the order of time, so the unit
/// and the week after the last one are tried before any search.
struct Places<'a> {
    tree: &'a UnitTree<'a>,
    time: &'a TimeTree,
    columns: HashMap<Period, usize>,
    last_unit: Option<(&'a str, usize)>,
    next_leaf: usize,
}

impl<'a> Places<'a> {
    fn new(tree: &'a UnitTree<'a>, time: &'a TimeTree) -> Self {
        let leaves = time.leaves().iter().copied();
        Self {
            tree,
            time,
            columns: leaves.zip(time.leaf_positions().iter().copied()).collect(),
            last_unit: None,
            next_leaf: 0,
        }
    }

    fn unit(&mut self, id: &'a str) -> Result<usize> {
        if let Some((last, at)) = self.last_unit
            && last == id
        {
            return Ok(at);
        }
        let at = self.tree.position(id).ok_or_else(|| Error::UnknownUnit {
            unit: id.to_owned(),
        })?;
        (self.last_unit, self.next_leaf) = (Some((id, at)), 0);
        Ok(at)
    }

    fn column(&mut self, period: Period) -> Result<usize> {
        let expected = self.next_leaf;
        self.next_leaf += 1;
        if self.time.leaves().get(expected) == Some(&period) {
            return Ok(self.time.leaf_positions()[expected]);
        }
        self.columns.get(&period).copied().ok_or(Error::CellPeriod {
            period: self.time.periods()[0],
            given: period,
        })
    }
}

fn add(
    table: &mut [i64],
    place: (usize, usize),
    minor: i64,
    tree: &UnitTree<'_>,
    time: &TimeTree,
) -> Result<()> {
    let (at, column) = place;
    let value: &mut i64 = &mut table[at * time.periods().len() + column];
    *value = value.checked_add(minor).ok_or_else(|| Error::Overflow {
        place: format!("{} {}", tree.id(at), time.periods()[column]),
    })?;
    Ok(())
}

/// A table of units by periods, both in the order of their lists, with the cells in it.
fn table(tree: &UnitTree<'_>, time: &TimeTree, cells: &[Cell]) -> Result<Vec<i64>> {
    let mut table = vec![0_i64; tree.order().len() * time.periods().len()];
    let mut places = Places::new(tree, time);
    for cell in cells {
        let at = places.unit(&cell.unit)?;
        let column = places.column(cell.period)?;
        if cell.minor != 0 && !tree.is_leaf(at) {
            let (unit, period) = (cell.unit.clone(), cell.period);
            return Err(Error::CellAboveLeaf {
                unit,
                period,
                minor: cell.minor,
            });
        }
        add(&mut table, (at, column), cell.minor, tree, time)?;
    }
    Ok(table)
}

/// Both orders have the whole before its parts, so backwards every part is complete.
fn sum_upwards(tree: &UnitTree<'_>, time: &TimeTree, table: &mut [i64]) -> Result<()> {
    let width = time.periods().len();
    for at in tree.order().iter().copied().rev() {
        for column in (0..width).rev() {
            if let Some(parent) = time.parent(column) {
                let minor = table[at * width + column];
                add(table, (at, parent), minor, tree, time)?;
            }
        }
        if let Some(parent) = tree.parent(at) {
            for column in time.leaf_positions() {
                let minor = table[at * width + column];
                add(table, (parent, *column), minor, tree, time)?;
            }
        }
    }
    Ok(())
}
