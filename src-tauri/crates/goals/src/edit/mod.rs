//! Engine `goal.edit`: one change of a plan, and what it moves.
//!
//! Only leaf cells are kept; every other number is a sum of them, so both axes close at every level
//! whatever moves. Cells that are locked, or that begin before the past ends, never move.
//!
//! - **Below** a changed number its cells move in proportion to what they have, equally where all are
//!   zero. Where the sums above grow, also every sum of a person over a period and of a unit in a leaf
//!   period stays in proportion, rounded down or up ([`crate::scale`]).
//! - **Above** it the sums grow, or siblings absorb the change. Units absorb leaf period by leaf
//!   period, so the unit above stays in every period; periods absorb person by person, so the period
//!   above stays for everybody. Each of these lines keeps its sum; the change is shared among the lines
//!   in proportion, as far as the siblings in each can give ([`crate::fill`]).
//! - **A shift** moves an amount leaf period by leaf period, in proportion to what the giver has.
//! - **A revision** sets the whole period and takes what begins before its day for past.
//!
//! Zeros stay zero, unless only zeros could take the amount; a note says so. What is impossible is
//! refused with the amounts that are possible and the locks in the way, and nothing has moved.

mod error;
mod input;
mod moves;
mod periods;
mod table;

use std::collections::BTreeSet;

pub use error::EditError;
pub use input::{Above, ChangedSum, Edit, EditInput, EditOutput, EditPeriod, EditRow, Lock};

use self::moves::Target;
use self::periods::PeriodTree;
use self::table::Table;
use crate::split::Note;
use crate::tree::UnitTree;
use crate::{Error, Result};

/// Name of the engine on the command line.
pub const ENGINE: &str = "goal.edit";

/// Makes one change; see the module's text for the rule.
///
/// The same input gives the same output on every platform.
///
/// # Errors
/// A broken tree of units or periods, rows that do not fit them, negative cells; an amount that locks
/// and the past leave no room for.
pub fn edit(input: &EditInput) -> Result<EditOutput> {
    let units = UnitTree::new(&input.units)?;
    let periods = PeriodTree::new(&input.periods)?;
    let frozen_before = match &input.edit {
        Edit::Revise { from, .. } => input.frozen_before.max(Some(*from)),
        Edit::Set { .. } | Edit::Shift { .. } => input.frozen_before,
    };
    let mut table = Table::new(input, &units, &periods, frozen_before)?;
    let before = table.cells.clone();
    let (edited, period) = apply(input, &mut table)?;
    output(&table, &before, &edited, period)
}

/// The units that were edited, and the period.
fn apply(input: &EditInput, table: &mut Table<'_>) -> Result<(Vec<usize>, usize)> {
    let target = |unit: usize, period: usize, wanted: i64| Target {
        unit,
        period,
        wanted,
        input,
    };
    match &input.edit {
        Edit::Set {
            unit,
            period,
            minor,
            above,
        } => {
            let (unit, period) = (table.unit(unit)?, table.periods.position(period)?);
            table.set(&target(unit, period, *minor), *above)?;
            Ok((vec![unit], period))
        }
        Edit::Revise {
            unit, minor, above, ..
        } => {
            let unit = table.unit(unit)?;
            table.set(&target(unit, 0, *minor), *above)?;
            Ok((vec![unit], 0))
        }
        Edit::Shift {
            from,
            to,
            period,
            minor,
        } => {
            let (giver, taker) = (table.unit(from)?, table.unit(to)?);
            let period = table.periods.position(period)?;
            let (one, other) = (table.block(giver, period), table.block(taker, period));
            if one.rows.start < other.rows.end && other.rows.start < one.rows.end {
                let (from, to) = (from.clone(), to.clone());
                return Err(EditError::ShiftWithin { from, to }.into());
            }
            if *minor <= 0 {
                return Err(EditError::ShiftAmount { minor: *minor }.into());
            }
            table.shift(&target(giver, period, *minor), taker)?;
            Ok((vec![giver, taker], period))
        }
    }
}

fn output(
    table: &Table<'_>,
    before: &[i64],
    edited: &[usize],
    period: usize,
) -> Result<EditOutput> {
    let width = table.periods.width();
    let rows = table.units.leaves().iter().zip(table.cells.chunks(width));
    let rows: Vec<EditRow> = rows
        .zip(before.chunks(width))
        .filter(|((_, after), before)| after != before)
        .map(|((at, after), _)| EditRow {
            unit: table.units.id(*at).to_owned(),
            minor: after.to_vec(),
        })
        .collect();
    let pairs = || before.iter().zip(&table.cells);
    let filled = pairs().filter(|(before, after)| **before == 0 && **after != 0);
    let (filled, changed) = (
        filled.count(),
        pairs().filter(|(before, after)| before != after).count(),
    );
    let params = [("count", filled.to_string())];
    let note = (filled > 0).then(|| Note::new("zeros_filled", &params));
    Ok(EditOutput {
        rows,
        changed,
        sums: sums(table, before, edited, period)?,
        notes: note.into_iter().collect(),
    })
}

/// The sums of the edited units and those above them, in the edited period and those above it.
fn sums(
    table: &Table<'_>,
    before: &[i64],
    edited: &[usize],
    period: usize,
) -> Result<Vec<ChangedSum>> {
    let above = |unit: &usize| std::iter::successors(Some(*unit), |at| table.units.parent(*at));
    let units: BTreeSet<usize> = edited.iter().flat_map(above).collect();
    let mut sums = Vec::new();
    // The root is always among them, so a total that does not fit is found.
    for unit in units {
        for period in table.periods.upwards(period) {
            let block = table.block(unit, period);
            let fits = |sum: i128| {
                i64::try_from(sum).map_err(|_| Error::Overflow {
                    place: format!("{} {}", table.units.id(unit), table.periods.key(period)),
                })
            };
            let was: i128 = table.places(&block).map(|at| i128::from(before[at])).sum();
            let (before, after) = (fits(was)?, fits(table.sum(&block))?);
            if before != after {
                sums.push(ChangedSum {
                    unit: table.units.id(unit).to_owned(),
                    period: table.periods.key(period).to_owned(),
                    before,
                    after,
                });
            }
        }
    }
    Ok(sums)
}
