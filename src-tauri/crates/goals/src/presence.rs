//! Who is there in which weeks: leave, a first day and a last day within the year, the ramp of new people.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yeji_core::calendar::Period;
use yeji_core::{Ratio, allocate};

use crate::split::{Note, PeriodWeight, SplitInput};
use crate::time::TimeTree;
use crate::tree::UnitTree;
use crate::{Error, Result};

/// How much of each week somebody is there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UnitPresence {
    /// Id of a unit without units below it, once.
    pub unit: String,
    /// Shares of the smallest periods, beside those of somebody who is there all the time: 0 (not there)
    /// to 1; a period that is not listed: 1.
    pub shares: Vec<PeriodWeight>,
}

/// Shares of leaf units in weeks, row by row.
pub(crate) struct Shares {
    width: usize,
    cells: Vec<Ratio>,
}

/// The shares of all leaf units. Of one that has an amount and is there in no week that has one,
/// nothing is known: it counts as there always, and a note says so.
///
/// # Errors
/// A unit that is not there, has units below it or is listed twice; a period that is no week of the
/// split or is listed twice; a share below 0.
pub(crate) fn table(
    input: &SplitInput,
    units: &UnitTree<'_>,
    time: &TimeTree,
    (rows, cols): (&[i64], &[i64]),
    notes: &mut Vec<Note>,
) -> Result<Shares> {
    let width = time.leaves().len();
    let lines: BTreeMap<usize, usize> = units.leaves().iter().copied().zip(0..).collect();
    let columns: BTreeMap<Period, usize> = time.leaves().iter().copied().zip(0..).collect();
    let mut cells = vec![Ratio::ONE; rows.len() * width];
    let mut seen = vec![false; rows.len()];
    for one in &input.presence {
        let unknown = || Error::UnknownUnit {
            unit: one.unit.clone(),
        };
        let at = units.position(&one.unit).ok_or_else(unknown)?;
        let line = *lines.get(&at).ok_or_else(unknown)?;
        if std::mem::replace(&mut seen[line], true) {
            return Err(Error::DuplicateUnit {
                unit: one.unit.clone(),
            });
        }
        let own = &mut cells[line * width..(line + 1) * width];
        set_shares(own, one, input.period, &columns)?;
        // A week without an amount is no week to have a goal in.
        let mut weeks = own.iter().zip(cols);
        let never = weeks.all(|(share, col)| *share == Ratio::ZERO || *col == 0);
        if rows[line] != 0 && never {
            own.fill(Ratio::ONE);
            let unit = &input.units[at];
            let params = [("unit", unit.id.clone()), ("name", unit.name.clone())];
            notes.push(Note::new("never_present", &params));
        }
    }
    Ok(Shares { width, cells })
}

fn set_shares(
    own: &mut [Ratio],
    one: &UnitPresence,
    whole: Period,
    columns: &BTreeMap<Period, usize>,
) -> Result<()> {
    let mut given = vec![false; own.len()];
    for PeriodWeight { period, weight } in &one.shares {
        let place = || Error::TimeWeightPlace {
            period: whole,
            given: *period,
        };
        let column = *columns.get(period).ok_or_else(place)?;
        if std::mem::replace(&mut given[column], true) {
            return Err(place());
        }
        if *weight < Ratio::ZERO {
            return Err(Error::NegativeTimeWeight {
                period: *period,
                weight: weight.to_string(),
            });
        }
        own[column] = *weight;
    }
    Ok(())
}

impl Shares {
    /// As proportions for the fitting.
    #[expect(
        clippy::cast_precision_loss,
        reason = "proportions; amounts are closed in whole numbers afterwards"
    )]
    pub fn floats(&self) -> Vec<f64> {
        let float = |share: &Ratio| share.numerator() as f64 / share.denominator() as f64;
        self.cells.iter().map(float).collect()
    }

    /// Each row over the weeks by their totals and its shares: rows close, columns are their sums. For
    /// when no matrix has the columns' totals.
    pub fn by_people(&self, rows: &[i64], cols: &[i64], notes: &mut Vec<Note>) -> Result<Vec<i64>> {
        notes.push(Note::new("weeks_follow_people", &[]));
        let mut matrix = Vec::with_capacity(self.cells.len());
        for (line, row) in self.cells.chunks_exact(self.width).zip(rows) {
            let weigh = |size: u64, share: &Ratio| part_of(size, *share);
            let sizes = cols.iter().map(|col| col.unsigned_abs());
            let mut weights: Vec<u64> = sizes.zip(line).map(|(size, it)| weigh(size, it)).collect();
            if weights.iter().all(|weight| *weight == 0) {
                // There only in weeks without an amount: by presence alone.
                weights = line.iter().map(|share| weigh(FINE, share)).collect();
            }
            matrix.extend(allocate(*row, &weights)?);
        }
        Ok(matrix)
    }
}

/// Parts that a share is counted in where nothing else weighs.
const FINE: u64 = 1_000_000;

/// A share of a size, rounded down; the size itself where their product is too large to be exact.
fn part_of(size: u64, share: Ratio) -> u64 {
    let product = i128::from(size).checked_mul(share.numerator());
    let part = product.map(|product| product / share.denominator());
    part.and_then(|part| u64::try_from(part).ok())
        .unwrap_or(size)
}
