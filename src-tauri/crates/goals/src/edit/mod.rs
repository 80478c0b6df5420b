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

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

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
    let edits = || std::iter::once(&input.edit).chain(&input.more);
    let revised = edits().filter_map(|edit| match edit {
        Edit::Revise { from, .. } => Some(*from),
        Edit::Set { .. } | Edit::Shift { .. } => None,
    });
    let frozen_before = input.frozen_before.max(revised.max());
    let mut table = Table::new(input, &units, &periods, frozen_before)?;
    let before = table.cells.clone();
    let edited = edits()
        .map(|edit| apply(edit, input, &mut table))
        .collect::<Result<Vec<_>>>()?;
    output(&table, &before, &edited)
}

/// The units that were edited, and the period.
fn apply(edit: &Edit, input: &EditInput, table: &mut Table<'_>) -> Result<(Vec<usize>, usize)> {
    let target = |unit: usize, period: usize, wanted: i64| Target {
        unit,
        period,
        wanted,
        input,
    };
    match edit {
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

fn output(table: &Table<'_>, before: &[i64], edited: &[(Vec<usize>, usize)]) -> Result<EditOutput> {
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
        sums: sums(table, before, edited)?,
        notes: note.into_iter().collect(),
    })
}

/// The sums of the edited units and those above them, in the edited period and those above it.
fn sums(
    table: &Table<'_>,
    before: &[i64],
    edited: &[(Vec<usize>, usize)],
) -> Result<Vec<ChangedSum>> {
    let above = |unit: &usize| std::iter::successors(Some(*unit), |at| table.units.parent(*at));
    // By unit, then the period and those above it.
    let mut touched: BTreeMap<usize, BTreeSet<(Reverse<usize>, usize)>> = BTreeMap::new();
    for (units, period) in edited {
        for unit in units.iter().flat_map(above) {
            let upwards: Vec<usize> = table.periods.upwards(*period).collect();
            let ranked = upwards.iter().rev().enumerate();
            let periods = touched.entry(unit).or_default();
            periods.extend(ranked.map(|(depth, period)| (Reverse(depth), *period)));
        }
    }
    let mut sums = Vec::new();
    // The root is always among them, so a total that does not fit is found.
    for (unit, periods) in touched {
        for (_, period) in periods {
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
