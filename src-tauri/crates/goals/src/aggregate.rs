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
    nodes(units, &tree, &time, currency, cells)
}

pub(crate) fn nodes(
    units: &[SplitUnit],
    tree: &UnitTree<'_>,
    time: &TimeTree,
    currency: Currency,
    cells: &[Cell],
) -> Result<Vec<GoalNode>> {
    let sums = sums(tree, time, cells)?;
    let periods = time.periods();
    let mut nodes = Vec::with_capacity(sums.len());
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
                amount: Money::new(sums[at * periods.len() + column], currency),
            });
        }
    }
    Ok(nodes)
}

/// A table of units by periods, both in the order of their lists.
fn sums(tree: &UnitTree<'_>, time: &TimeTree, cells: &[Cell]) -> Result<Vec<i64>> {
    let width = time.periods().len();
    let columns: HashMap<Period, usize> = time
        .leaves()
        .iter()
        .copied()
        .zip(time.leaf_positions().iter().copied())
        .collect();
    let mut table = vec![0_i64; tree.order().len() * width];
    let add = |table: &mut [i64], at: usize, column: usize, minor: i64| -> Result<()> {
        let value: &mut i64 = &mut table[at * width + column];
        *value = value.checked_add(minor).ok_or_else(|| Error::Overflow {
            place: format!("{} {}", tree.id(at), time.periods()[column]),
        })?;
        Ok(())
    };
    for cell in cells {
        let at = tree
            .position(&cell.unit)
            .ok_or_else(|| Error::UnknownUnit {
                unit: cell.unit.clone(),
            })?;
        let column = *columns.get(&cell.period).ok_or(Error::CellPeriod {
            period: time.periods()[0],
            given: cell.period,
        })?;
        if cell.minor != 0 && !tree.is_leaf(at) {
            let (unit, period) = (cell.unit.clone(), cell.period);
            return Err(Error::CellAboveLeaf {
                unit,
                period,
                minor: cell.minor,
            });
        }
        add(&mut table, at, column, cell.minor)?;
    }
    // Both orders have the whole before its parts, so backwards every part is complete.
    for at in tree.order().iter().copied().rev() {
        for column in (0..width).rev() {
            if let Some(parent) = time.parent(column) {
                let minor = table[at * width + column];
                add(&mut table, at, parent, minor)?;
            }
        }
        if let Some(parent) = tree.parent(at) {
            for column in time.leaf_positions() {
                let minor = table[at * width + column];
                add(&mut table, parent, *column, minor)?;
            }
        }
    }
    Ok(table)
}
