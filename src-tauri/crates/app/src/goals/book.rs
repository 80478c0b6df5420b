//! A plan opened: its organisation, periods, cells and locks, as the engines take them.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::Arc;

use chrono::NaiveDate;
use yeji_core::Error as CoreError;
use yeji_core::calendar::{Period, PeriodKind};
use yeji_core::goal::{GoalLock, GoalPlan};
use yeji_core::ids::{PersonId, UnitId};
use yeji_core::org::Organisation;
use yeji_goals::{Level, SplitUnit};
use yeji_store::GoalMatrix;

use super::tree::units_of;
use crate::access::Sight;
use crate::context::App;
use crate::error::{Error, Result};

/// A plan with all its numbers. Parents are sums.
pub(super) struct Book {
    pub plan: GoalPlan,
    pub organisation: Arc<Organisation>,
    /// Parents before children, in the order of the tree.
    pub units: Vec<SplitUnit>,
    /// Place of each unit in the list.
    places: HashMap<String, usize>,
    /// The leaves below each unit, by their numbers.
    leaves: Vec<Range<usize>>,
    /// Number of units above each.
    pub depth: Vec<u32>,
    /// Which row of the matrix each leaf is.
    rows: Vec<usize>,
    /// Whether each unit has a row of its own.
    own: Vec<bool>,
    /// Cells as they are kept.
    pub matrix: Arc<GoalMatrix>,
    pub locks: Vec<GoalLock>,
}

impl App {
    /// A plan with all that belongs to it, or to the part of it that this actor sees.
    pub(super) async fn book(&self, plan: GoalPlan) -> Result<Book> {
        let store = self.store()?;
        let organisation = store.organisation().await?;
        let matrix = store.goal_matrix(plan.id).await?;
        let locks = store.goal_locks(plan.id).await?;
        let sees = |unit: UnitId, person: Option<PersonId>| match self.sight() {
            Sight::Company => true,
            Sight::Units(units) => units.contains(&unit),
            Sight::Person(own) => person == Some(*own),
        };
        let is_seen = |unit: &SplitUnit| match self.sight() {
            Sight::Company => true,
            Sight::Person(_) => unit.level == Level::Person,
            Sight::Units(units) => {
                unit.level == Level::Person || units.iter().any(|own| own.to_string() == unit.id)
            }
        };
        Ok(Book::new(
            plan,
            organisation,
            matrix,
            locks,
            &sees,
            &is_seen,
        ))
    }
}

impl Book {
    fn new(
        plan: GoalPlan,
        organisation: Arc<Organisation>,
        matrix: Arc<GoalMatrix>,
        locks: Vec<GoalLock>,
        sees: &dyn Fn(UnitId, Option<PersonId>) -> bool,
        is_seen: &dyn Fn(&SplitUnit) -> bool,
    ) -> Self {
        let rows: Vec<usize> = (0..matrix.leaves.len())
            .filter(|row| sees(matrix.leaves[*row].0, matrix.leaves[*row].1))
            .collect();
        let carriers = rows.iter().map(|row| matrix.leaves[*row]);
        let mut units = units_of(&organisation, carriers);
        units.retain(|unit| is_seen(unit));
        let places: HashMap<String, usize> = units
            .iter()
            .enumerate()
            .map(|(at, unit)| (unit.id.clone(), at))
            .collect();
        for unit in &mut units {
            unit.parent = unit.parent.take().filter(|id| places.contains_key(id));
        }
        let row_of: HashMap<String, usize> = rows
            .iter()
            .map(|row| (leaf_id(matrix.leaves[*row]), *row))
            .collect();
        let mut book = Self {
            depth: vec![0; units.len()],
            leaves: vec![0..0; units.len()],
            own: vec![false; units.len()],
            rows: Vec::with_capacity(rows.len()),
            plan,
            organisation,
            units,
            places,
            matrix,
            locks,
        };
        book.count(&row_of);
        book
    }

    /// Depths and ranges of leaves. Leaves follow each other in the order of the tree.
    fn count(&mut self, row_of: &HashMap<String, usize>) {
        for at in 0..self.units.len() {
            let parent = self.parent(at);
            self.depth[at] = parent.map_or(0, |above| self.depth[above] + 1);
            let Some(row) = row_of.get(&self.units[at].id) else {
                continue;
            };
            let leaf = self.rows.len();
            self.own[at] = true;
            self.rows.push(*row);
            let mut above = Some(at);
            while let Some(unit) = above {
                let leaves: &Range<usize> = &self.leaves[unit];
                let first = if leaves.start == leaves.end {
                    leaf
                } else {
                    leaves.start
                };
                self.leaves[unit] = first..leaf + 1;
                above = self.parent(unit);
            }
        }
    }

    /// The unit above one.
    pub fn parent(&self, at: usize) -> Option<usize> {
        self.places.get(self.units[at].parent.as_deref()?).copied()
    }

    /// Place of a unit or person.
    ///
    /// # Errors
    /// None of the plan has this id.
    pub fn place(&self, id: &str) -> Result<usize> {
        self.places.get(id).copied().ok_or_else(|| Error::NotFound {
            what: "unit",
            value: crate::error::shown(id),
        })
    }

    /// Whether the plan is split: one that is only set has no cells.
    pub fn is_split(&self) -> bool {
        !self.rows.is_empty()
    }

    /// The year of the plan.
    pub fn year(&self) -> Result<Period> {
        Ok(self.plan.period()?)
    }

    /// Columns of the matrix that a period holds.
    pub fn columns(&self, from: NaiveDate, to: NaiveDate) -> Range<usize> {
        let starts = &self.matrix.periods;
        let first = starts.partition_point(|(start, _)| *start < from);
        first..starts.partition_point(|(start, _)| *start < to).max(first)
    }

    /// Cells of a unit, leaf by leaf: row of the matrix and its numbers.
    pub fn rows_of(&self, at: usize) -> impl Iterator<Item = (usize, &[i64])> {
        self.rows[self.leaves[at].clone()]
            .iter()
            .map(|row| (*row, self.matrix.row(*row)))
    }

    /// Row of the matrix of a unit that has one of its own.
    pub fn own_row(&self, at: usize) -> Option<usize> {
        self.own[at].then(|| self.rows[self.leaves[at].start])
    }

    /// Everything below a unit.
    pub fn below(&self, at: usize) -> Range<usize> {
        let deeper = |next: &usize| self.depth[*next] > self.depth[at];
        at + 1..at + 1 + (at + 1..self.units.len()).take_while(deeper).count()
    }

    /// Numbers of parts directly below each unit.
    pub fn parts(&self) -> Vec<u32> {
        let mut parts = vec![0; self.units.len()];
        for at in 0..self.units.len() {
            if let Some(above) = self.parent(at) {
                parts[above] += 1;
            }
        }
        parts
    }

    /// Minor units of a unit in a period.
    ///
    /// # Errors
    /// A sum that does not fit.
    pub fn sum(&self, at: usize, period: Period) -> Result<i64> {
        self.sum_between(at, period.start(), period.end())
    }

    /// The same of the weeks that begin in `[from, to)`.
    ///
    /// # Errors
    /// A sum that does not fit.
    pub fn sum_between(&self, at: usize, from: NaiveDate, to: NaiveDate) -> Result<i64> {
        let columns = self.columns(from, to);
        let sum: i128 = self
            .rows_of(at)
            .flat_map(|(_, minor)| &minor[columns.clone()])
            .map(|minor| i128::from(*minor))
            .sum();
        i64::try_from(sum).map_err(|_| CoreError::Overflow("goal of a unit").into())
    }

    /// Minor units of a row of the matrix in a period.
    ///
    /// # Errors
    /// A sum that does not fit.
    pub fn leaf_sum(&self, row: usize, period: Period) -> Result<i64> {
        let cells = &self.matrix.row(row)[self.columns(period.start(), period.end())];
        let sum: i128 = cells.iter().map(|minor| i128::from(*minor)).sum();
        i64::try_from(sum).map_err(|_| CoreError::Overflow("goal of a unit").into())
    }

    /// Unit and person that a place is of.
    pub fn owner(&self, at: usize) -> Result<(UnitId, Option<PersonId>)> {
        let unit = &self.units[at];
        if unit.level != Level::Person {
            return Ok((unit.id.parse()?, None));
        }
        let row = self.rows[self.leaves[at].start];
        Ok(self.matrix.leaves[row])
    }

    /// The id of what a lock locks.
    pub fn locked_id(lock: &GoalLock) -> String {
        leaf_id((lock.unit, lock.person))
    }

    /// The year and the periods below it down to a kind, each before its parts; with halves between the
    /// year and its quarters, or without.
    pub fn periods(&self, down_to: PeriodKind, halves: bool) -> Result<Vec<Period>> {
        let mut all = Vec::new();
        let mut open = vec![self.year()?];
        while let Some(period) = open.pop() {
            all.push(period);
            if period.kind() != down_to {
                let parts = match period.kind() {
                    PeriodKind::Year if halves => period.parts(PeriodKind::Half),
                    _ => period.children(),
                };
                open.extend(parts.into_iter().rev());
            }
        }
        Ok(all)
    }

    /// People of the plan.
    pub fn people(&self) -> usize {
        let people = self.units.iter().filter(|one| one.level == Level::Person);
        people.count()
    }

    /// Staff numbers by person's id.
    pub fn staff_numbers(&self) -> BTreeMap<String, String> {
        let with_number = |person: &yeji_core::org::Person| {
            Some((person.id.to_string(), person.staff_number.clone()?))
        };
        self.organisation.people().filter_map(with_number).collect()
    }
}

/// The id of a leaf on both axes of the engines.
pub(super) fn leaf_id((unit, person): (UnitId, Option<PersonId>)) -> String {
    person.map_or_else(|| unit.to_string(), |person| person.to_string())
}
