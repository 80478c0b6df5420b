//! What an edit does to the cells of a plan.

use yeji_core::allocate;

use super::error::EditError;
use super::input::{Above, EditInput, Lock};
use super::table::{Block, Table};
use crate::fill::{Filled, Part, fill};
use crate::scale::{Table as Weights, scale};
use crate::{Error, Result};

/// Locks named in an error.
const MAX_NAMED: usize = 20;

/// A line of cells in which one side gives what the other takes: a leaf period, or a person.
struct Line {
    inside: Vec<usize>,
    outside: Vec<usize>,
}

/// The amounts between which an edit is possible.
struct Room {
    smallest: i128,
    largest: Option<i128>,
}

/// The number that is edited, for errors.
pub(super) struct Target<'a> {
    pub unit: usize,
    pub period: usize,
    pub wanted: i64,
    pub input: &'a EditInput,
}

impl Table<'_> {
    /// Brings the sum of a block to an amount.
    pub fn set(&mut self, target: &Target<'_>, above: Above) -> Result<()> {
        let block = self.block(target.unit, target.period);
        let outside = match above {
            Above::Grow => return self.grow(target, &block),
            Above::Units => self
                .units
                .parent(target.unit)
                .map(|parent| self.block(parent, target.period)),
            Above::Periods => self
                .periods
                .parent(target.period)
                .map(|parent| self.block(target.unit, parent)),
        };
        let Some(whole) = outside.filter(|whole| *whole != block) else {
            return Err(EditError::NoSiblings {
                unit: self.units.id(target.unit).to_owned(),
                period: self.periods.key(target.period).to_owned(),
            }
            .into());
        };
        let lines = self.lines(&block, &whole, above == Above::Units);
        let fixed = self.fixed_sum(&block);
        self.exchange(target, fixed, &lines, &whole)
    }

    /// Moves an amount from one block to another, leaf period by leaf period.
    pub fn shift(&mut self, target: &Target<'_>, to: usize) -> Result<()> {
        let from = self.block(target.unit, target.period);
        let to = self.block(to, target.period);
        let lines: Vec<Line> = from
            .cols
            .clone()
            .map(|col| Line {
                inside: self.free_in(&from.rows, col..col + 1),
                outside: self.free_in(&to.rows, col..col + 1),
            })
            .collect();
        let sums: Vec<i64> = lines
            .iter()
            .map(|line| self.sum_of(&line.inside))
            .collect::<Result<_>>()?;
        let parts: Vec<Part> = lines
            .iter()
            .zip(&sums)
            .map(|(line, sum)| Part {
                weight: sum.unsigned_abs(),
                low: 0,
                high: Some(if line.outside.is_empty() { 0 } else { *sum }),
            })
            .collect();
        let most = parts
            .iter()
            .filter_map(|part| part.high)
            .map(i128::from)
            .sum();
        let Filled::Parts(taken) = fill(target.wanted, &parts)? else {
            let room = Room {
                smallest: 0,
                largest: Some(most),
            };
            let both = Block {
                rows: from.rows.start.min(to.rows.start)..from.rows.end.max(to.rows.end),
                cols: from.cols.clone(),
            };
            let is_meant = |block: &Block| meets(block, &from) || meets(block, &to);
            return Err(self.impossible(target, &room, &both, is_meant));
        };
        for ((line, sum), taken) in lines.iter().zip(sums).zip(taken) {
            let other = self.sum_of(&line.outside)?;
            self.share(&line.inside, sum - taken)?;
            self.share(&line.outside, sum_up(other, taken)?)?;
        }
        Ok(())
    }

    /// All free cells in proportion, rounded so that sums of people and periods stay in proportion too.
    fn grow(&mut self, target: &Target<'_>, block: &Block) -> Result<()> {
        let fixed = self.fixed_sum(block);
        let places: Vec<usize> = self.places(block).collect();
        let has_free = places.iter().any(|at| self.free[*at]);
        let left = i128::from(target.wanted) - fixed;
        if left < 0 || (!has_free && left != 0) {
            let room = Room {
                smallest: fixed,
                largest: (!has_free).then_some(fixed),
            };
            return Err(self.impossible(target, &room, block, |lock| meets(lock, block)));
        }
        if !has_free {
            return Ok(());
        }
        let is_empty = places
            .iter()
            .all(|at| !self.free[*at] || self.cells[*at] == 0);
        let weights: Vec<u64> = places
            .iter()
            .map(|at| match (self.free[*at], is_empty) {
                (false, _) => 0,
                (true, true) => 1,
                (true, false) => self.cells[*at].unsigned_abs(),
            })
            .collect();
        let weights = Weights {
            weights: &weights,
            row_groups: &self.row_groups(target.unit),
            col_groups: &self.periods.groups(target.period),
            rows: block.rows.len(),
            cols: block.cols.len(),
        };
        let left = u64::try_from(left).map_err(|_| overflow())?;
        for (at, minor) in places.into_iter().zip(scale(&weights, left)?) {
            if self.free[at] {
                self.cells[at] = minor;
            }
        }
        Ok(())
    }

    /// The lines of a block within a larger one: its leaf periods with those of the other units, or
    /// its people with their other periods.
    fn lines(&self, block: &Block, whole: &Block, by_column: bool) -> Vec<Line> {
        if by_column {
            let other_rows = [
                whole.rows.start..block.rows.start,
                block.rows.end..whole.rows.end,
            ];
            let line = |col: usize| Line {
                inside: self.free_in(&block.rows, col..col + 1),
                outside: other_rows
                    .iter()
                    .flat_map(|rows| self.free_in(rows, col..col + 1))
                    .collect(),
            };
            return block.cols.clone().map(line).collect();
        }
        let other_cols = [
            whole.cols.start..block.cols.start,
            block.cols.end..whole.cols.end,
        ];
        let line = |row: usize| Line {
            inside: self.free_in(&(row..row + 1), block.cols.clone()),
            outside: other_cols
                .iter()
                .flat_map(|cols| self.free_in(&(row..row + 1), cols.clone()))
                .collect(),
        };
        block.rows.clone().map(line).collect()
    }

    /// Each line keeps its sum. What a line can take ends where its other side has nothing left to
    /// give; without an other side it stays.
    fn exchange(
        &mut self,
        target: &Target<'_>,
        fixed: i128,
        lines: &[Line],
        whole: &Block,
    ) -> Result<()> {
        let mut parts = Vec::with_capacity(lines.len());
        for line in lines {
            let (inside, outside) = (self.sum_of(&line.inside)?, self.sum_of(&line.outside)?);
            let moves = !line.inside.is_empty() && !line.outside.is_empty();
            parts.push(Part {
                weight: inside.unsigned_abs(),
                low: if moves { 0 } else { inside },
                high: Some(if moves {
                    sum_up(inside, outside)?
                } else {
                    inside
                }),
            });
        }
        let room = Room {
            smallest: fixed + parts.iter().map(|part| i128::from(part.low)).sum::<i128>(),
            largest: parts.iter().try_fold(fixed, |sum, part| {
                part.high.map(|high| sum + i128::from(high))
            }),
        };
        let left = i64::try_from(i128::from(target.wanted) - fixed)
            .ok()
            .filter(|left| *left >= 0);
        let filled = match left {
            Some(left) => fill(left, &parts)?,
            None => Filled::Above(0),
        };
        let Filled::Parts(filled) = filled else {
            return Err(self.impossible(target, &room, whole, |lock| meets(lock, whole)));
        };
        for (line, after) in lines.iter().zip(filled) {
            let before = self.sum_of(&line.inside)?;
            if after != before {
                let outside = self.sum_of(&line.outside)?;
                self.share(&line.inside, after)?;
                self.share(&line.outside, sum_up(outside, before - after)?)?;
            }
        }
        Ok(())
    }

    /// Shares an amount among cells in proportion to what they have, equally where they have nothing.
    fn share(&mut self, places: &[usize], minor: i64) -> Result<()> {
        if places.is_empty() {
            return Ok(());
        }
        let mut weights: Vec<u64> = places
            .iter()
            .map(|at| self.cells[*at].unsigned_abs())
            .collect();
        if weights.iter().all(|weight| *weight == 0) {
            weights.fill(1);
        }
        for (at, part) in places.iter().zip(allocate(minor, &weights)?) {
            self.cells[*at] = part;
        }
        Ok(())
    }

    fn free_in(&self, rows: &std::ops::Range<usize>, cols: std::ops::Range<usize>) -> Vec<usize> {
        let rows = rows.clone();
        let places = self.places(&Block { rows, cols });
        places.filter(|at| self.free[*at]).collect()
    }

    fn sum_of(&self, places: &[usize]) -> Result<i64> {
        places
            .iter()
            .try_fold(0, |sum, at| sum_up(sum, self.cells[*at]))
    }

    fn fixed_sum(&self, block: &Block) -> i128 {
        self.places(block)
            .filter(|at| !self.free[*at])
            .map(|at| i128::from(self.cells[at]))
            .sum()
    }

    fn impossible(
        &self,
        target: &Target<'_>,
        room: &Room,
        looked_at: &Block,
        is_in_the_way: impl Fn(&Block) -> bool,
    ) -> Error {
        let block = |lock: &Lock| -> Option<Block> {
            let unit = self.units.position(&lock.unit)?;
            Some(self.block(unit, self.periods.position(&lock.period).ok()?))
        };
        let locks: Vec<String> = target
            .input
            .locks
            .iter()
            .filter(|lock| block(lock).is_some_and(|block| is_in_the_way(&block)))
            .take(MAX_NAMED)
            .map(|lock| format!("{} {}", lock.unit, lock.period))
            .collect();
        let none = || "none".to_owned();
        EditError::Impossible {
            unit: self.units.id(target.unit).to_owned(),
            name: target.input.units[target.unit].name.clone(),
            period: self.periods.key(target.period).to_owned(),
            wanted: target.wanted,
            smallest: room.smallest,
            largest: room.largest.map_or_else(none, |most| most.to_string()),
            locks: if locks.is_empty() {
                none()
            } else {
                locks.join(", ")
            },
            frozen: self.frozen_in(looked_at),
        }
        .into()
    }
}

fn meets(one: &Block, other: &Block) -> bool {
    let meet =
        |a: &std::ops::Range<usize>, b: &std::ops::Range<usize>| a.start < b.end && b.start < a.end;
    meet(&one.rows, &other.rows) && meet(&one.cols, &other.cols)
}

fn overflow() -> Error {
    Error::Overflow {
        place: "cells".to_owned(),
    }
}

fn sum_up(one: i64, other: i64) -> Result<i64> {
    one.checked_add(other).ok_or_else(overflow)
}
