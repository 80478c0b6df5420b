//! Changes of a plan's numbers: all of a request, or none.

mod copies;
mod revising;
mod telling;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde_json::json;
use yeji_core::calendar::{PeriodKind, WorkingDays};
use yeji_core::goal::{GoalCell, GoalLock, GoalPlan, GoalPlanState};
use yeji_core::ids::{GoalPlanId, PersonId, UnitId};
use yeji_core::{Error as CoreError, Money};
use yeji_goals::edit::{Edit, EditError, EditInput, EditPeriod, EditRow, Lock};
use yeji_store::{ChangeKind, Entity, Record, goal_lock_id};

use super::book::{Book, leaf_id};
use super::error::{GoalError, Impossible};
use super::grid::above;
use super::notes::said;
use super::split::NewVersion;
use super::tree;
use super::{KeptRule, kept_rule, next_version, superseded};
use crate::api::Message;
use crate::api::goal_grid::{EditGoal, GoalAbove, GoalDifference, GoalEdit, GoalEdited};
use crate::context::App;
use crate::error::{Error, Result};

/// Differences listed in an answer.
const MAX_MOVED: usize = 200;

/// Changes of one request.
const MAX_EDITS: usize = 20_000;

/// A plan while it is changed.
struct Work<'a> {
    book: &'a Book,
    periods: Vec<EditPeriod>,
    rows: BTreeMap<String, Vec<i64>>,
    locks: Vec<GoalLock>,
    frozen_before: Option<NaiveDate>,
    notes: Vec<Message>,
    /// A revision makes a new version.
    revised: bool,
    /// The company's working days, which say when somebody is not there.
    working: WorkingDays,
}

impl App {
    /// Changes numbers of the version in force, locks them or releases them.
    ///
    /// # Errors
    /// The version is not the one in force, or is not split; a unit or period is not in it; an amount is
    /// not possible beside the locks and the past.
    pub async fn edit_goal(&self, args: EditGoal) -> Result<GoalEdited> {
        if args.edits.len() > MAX_EDITS {
            let given = args.edits.len().to_string();
            return Err(Error::input("edits", &given, "at most 20000"));
        }
        let _turn = self.turn().await;
        self.edit_in_turn(args, None).await
    }

    /// As [`App::edit_goal`], for who has the turn and read what the edits rest on in it; of any number.
    /// Called something in the history; none: what the edits are.
    pub(super) async fn edit_in_turn(
        &self,
        args: EditGoal,
        called: Option<&'static str>,
    ) -> Result<GoalEdited> {
        let plan = self.goal_in_force(args.plan).await?;
        let book = self.book(plan).await?;
        if !book.is_split() {
            let (metric, year) = (book.plan.metric, book.plan.year);
            return Err(GoalError::NotSplit { metric, year }.into());
        }
        let versions = self.versions(book.plan.metric, book.plan.year).await?;
        let working = self.company_calendar().await?.working_days();
        let mut work = Work::new(&book, &args, working)?;
        work.apply(&args.edits)?;
        let new = NewVersion {
            id: GoalPlanId(self.clock.new_id()),
            version: next_version(&versions),
            at: self.clock.now(),
        };
        work.tell(&args.edits)?;
        let mut done = work.done(new)?;
        if done.plan.id != book.plan.id {
            let drafts = versions
                .iter()
                .filter(|plan| plan.state == GoalPlanState::Draft);
            done.answer.notes.extend(drafts.map(|draft| {
                let params = [
                    ("version", draft.version.to_string()),
                    ("amount", draft.amount.to_string()),
                ];
                Message::new("goal_draft_replaced", &params)
            }));
        }
        if !args.preview && done.is_change(&book) {
            let called = called.unwrap_or_else(|| what(&args.edits));
            self.keep_edit(&args, &book, versions, &done, called)
                .await?;
        }
        Ok(done.answer)
    }

    /// The version with this id, if it is the one in force.
    pub(super) async fn goal_in_force(&self, id: GoalPlanId) -> Result<GoalPlan> {
        let store = self.store()?;
        let plan = store.goal_plan(id).await?.ok_or_else(|| Error::NotFound {
            what: "goal",
            value: id.to_string(),
        })?;
        let index = self.goal_index(plan.metric).await?;
        match index.plan(plan.year) {
            Some(in_force) if in_force.id == id => Ok(plan),
            in_force => Err(GoalError::OldVersion {
                version: plan.version,
                newest: in_force.map_or(plan.version, |plan| plan.version),
                year: plan.year,
            }
            .into()),
        }
    }

    async fn keep_edit(
        &self,
        args: &EditGoal,
        book: &Book,
        versions: Vec<GoalPlan>,
        done: &Done,
        called: &str,
    ) -> Result<()> {
        let mut summary = json!({
            "metric": book.plan.metric, "year": book.plan.year, "version": done.plan.version,
            "cells": done.answer.changed, "what": called,
        });
        if let Some(reason) = args.reason.as_deref().map(str::trim)
            && !reason.is_empty()
        {
            summary["reason"] = json!(crate::error::shown(reason));
        }
        let mut change = self.change(ChangeKind::EditGoal, summary);
        if done.plan.id != book.plan.id {
            change.put.extend(superseded(versions, |_| true));
        }
        if done.plan != book.plan {
            change.put.push(done.plan.clone().into());
        }
        change
            .put
            .extend(done.cells.iter().cloned().map(Record::from));
        change
            .put
            .extend(done.locked.iter().map(|lock| Record::from(*lock)));
        let released = done.released.iter();
        change
            .delete
            .extend(released.map(|lock| (Entity::GoalLock, goal_lock_id(lock))));
        self.apply(change).await?;
        Ok(())
    }
}

/// What a request does, for the history: the kind of its only edit, or `several`.
fn what(edits: &[GoalEdit]) -> &'static str {
    let kind = |edit: &GoalEdit| match edit {
        GoalEdit::Set { .. } => "set",
        GoalEdit::Shift { .. } => "shift",
        GoalEdit::Revise { .. } => "revise",
        GoalEdit::Copy { .. } => "copy",
        GoalEdit::Lock { .. } => "lock",
        GoalEdit::Unlock { .. } => "unlock",
    };
    match edits {
        [first, rest @ ..] if rest.iter().all(|edit| kind(edit) == kind(first)) => kind(first),
        _ => "several",
    }
}

/// What changes come to.
struct Done {
    plan: GoalPlan,
    cells: Vec<GoalCell>,
    locked: Vec<GoalLock>,
    released: Vec<GoalLock>,
    answer: GoalEdited,
}

impl Done {
    fn is_change(&self, book: &Book) -> bool {
        let locks = self.locked.is_empty() && self.released.is_empty();
        self.plan != book.plan || !self.cells.is_empty() || !locks
    }
}

impl<'a> Work<'a> {
    fn new(book: &'a Book, args: &EditGoal, working: WorkingDays) -> Result<Self> {
        let rows = (0..book.units.len()).filter_map(|at| {
            let row = book.matrix.row(book.own_row(at)?);
            Some((book.units[at].id.clone(), row.to_vec()))
        });
        Ok(Self {
            book,
            periods: edit_periods(book, names_half(book, &args.edits))?,
            rows: rows.collect(),
            locks: book.locks.clone(),
            frozen_before: args.frozen_before,
            notes: Vec::new(),
            revised: false,
            working,
        })
    }

    /// Amounts that follow each other are changed in one go of the engine.
    fn apply(&mut self, edits: &[GoalEdit]) -> Result<()> {
        let mut waiting = Vec::new();
        for edit in edits {
            match edit {
                GoalEdit::Lock { unit, period } => {
                    self.run(std::mem::take(&mut waiting))?;
                    let lock = self.lock(unit, *period)?;
                    if !self.locks.contains(&lock) {
                        self.locks.push(lock);
                    }
                }
                GoalEdit::Unlock { unit, period } => {
                    self.run(std::mem::take(&mut waiting))?;
                    let lock = self.lock(unit, *period)?;
                    self.locks.retain(|own| *own != lock);
                }
                GoalEdit::Copy { from, to, above } => {
                    self.run(std::mem::take(&mut waiting))?;
                    self.copy(from, to, *above)?;
                }
                amount => waiting.push(self.engine_edit(amount)?),
            }
        }
        self.run(waiting)
    }

    fn run(&mut self, edits: Vec<Edit>) -> Result<()> {
        let is_revision = |edit: &Edit| matches!(edit, Edit::Revise { .. });
        if edits.iter().any(is_revision) {
            return self.revise(&edits);
        }
        self.make(edits)
    }

    fn make(&mut self, edits: Vec<Edit>) -> Result<()> {
        let mut edits = edits.into_iter();
        let Some(edit) = edits.next() else {
            return Ok(());
        };
        let rows = self.rows.iter().map(|(unit, minor)| EditRow {
            unit: unit.clone(),
            minor: minor.clone(),
        });
        let locks = self.locks.iter().map(|lock| Lock {
            unit: Book::locked_id(lock),
            period: lock.period.to_string(),
        });
        let input = EditInput {
            units: self.book.units.clone(),
            periods: self.periods.clone(),
            rows: rows.collect(),
            locks: locks.collect(),
            frozen_before: self.frozen_before,
            edit,
            more: edits.collect(),
        };
        let output = yeji_goals::edit::edit(&input).map_err(|error| self.named(error))?;
        for row in output.rows {
            self.rows.insert(row.unit, row.minor);
        }
        let currency = self.book.plan.amount.currency;
        let notes = output.notes.into_iter();
        self.notes.extend(notes.map(|note| said(note, currency)));
        Ok(())
    }

    fn engine_edit(&mut self, edit: &GoalEdit) -> Result<Edit> {
        Ok(match edit {
            GoalEdit::Set {
                unit,
                period,
                amount,
                above,
            } => Edit::Set {
                unit: self.known(unit)?,
                period: self.period(*period)?,
                minor: self.minor(amount)?,
                above: above_of(*above),
            },
            GoalEdit::Shift {
                from,
                to,
                period,
                amount,
            } => Edit::Shift {
                from: self.known(from)?,
                to: self.known(to)?,
                period: self.period(*period)?,
                minor: self.minor(amount)?,
            },
            GoalEdit::Revise {
                unit,
                from,
                amount,
                above,
            } => {
                self.revised = true;
                let year = self.book.year()?;
                if !year.contains(*from) {
                    let expected = "a day of the goal's year";
                    return Err(Error::input("from", &from.to_string(), expected));
                }
                Edit::Revise {
                    unit: self.known(unit)?,
                    from: *from,
                    minor: self.minor(amount)?,
                    above: above_of(*above),
                }
            }
            GoalEdit::Copy { .. } | GoalEdit::Lock { .. } | GoalEdit::Unlock { .. } => {
                return Err(Error::input(
                    "edits",
                    what(std::slice::from_ref(edit)),
                    "an amount",
                ));
            }
        })
    }

    fn known(&self, unit: &str) -> Result<String> {
        self.book.place(unit)?;
        Ok(unit.to_owned())
    }

    fn period(&self, period: yeji_core::calendar::Period) -> Result<String> {
        let key = period.to_string();
        if self.periods.iter().any(|one| one.key == key) {
            return Ok(key);
        }
        Err(Error::NotFound {
            what: "period",
            value: key,
        })
    }

    fn lock(&self, unit: &str, period: yeji_core::calendar::Period) -> Result<GoalLock> {
        self.period(period)?;
        let (unit, person) = self.book.owner(self.book.place(unit)?)?;
        Ok(GoalLock {
            plan: self.book.plan.id,
            unit,
            person,
            period,
        })
    }

    fn minor(&self, amount: &str) -> Result<i64> {
        let amount = Money::parse_major(amount.trim(), self.book.plan.amount.currency)?;
        if amount.minor < 0 {
            let year = self.book.plan.year;
            return Err(Error::NegativeGoal { amount, year });
        }
        Ok(amount.minor)
    }

    /// The engine's refusal with names and amounts for ids and minor units.
    fn named(&self, error: yeji_goals::Error) -> Error {
        let name = |id: &str| {
            let place = self.book.place(id).ok();
            place.map_or_else(|| id.to_owned(), |at| self.book.units[at].name.clone())
        };
        let currency = self.book.plan.amount.currency;
        let money = |minor: &str| {
            let minor = minor.parse().ok();
            minor.map(|minor| Money::new(minor, currency))
        };
        let yeji_goals::Error::Edit(edit) = error else {
            return error.into();
        };
        match *edit {
            EditError::Impossible {
                unit,
                period,
                wanted,
                smallest,
                largest,
                locks,
                frozen,
                ..
            } => GoalError::Impossible(Box::new(Impossible {
                name: name(&unit),
                period,
                wanted: Money::new(wanted, currency),
                smallest: money(&smallest.to_string()),
                largest: money(&largest),
                locks: named_locks(&locks, name),
                frozen,
            }))
            .into(),
            EditError::NoSiblings { unit, period } => {
                let unit = name(&unit);
                yeji_goals::Error::from(EditError::NoSiblings { unit, period }).into()
            }
            EditError::ShiftWithin { from, to } => {
                let (from, to) = (name(&from), name(&to));
                yeji_goals::Error::from(EditError::ShiftWithin { from, to }).into()
            }
            other => yeji_goals::Error::from(other).into(),
        }
    }

    /// What all changes come to.
    fn done(mut self, new: NewVersion) -> Result<Done> {
        // Who revises to what it is already has nothing to publish and confirm anew.
        self.revised &= self.differs();
        let (id, version) = if self.revised {
            (new.id, new.version)
        } else {
            (self.book.plan.id, self.book.plan.version)
        };
        let (cells, changed) = self.cells(id);
        let (moved, total, grown) = self.moved()?;
        let amount = self.book.plan.amount;
        let plan = GoalPlan {
            id,
            version,
            state: GoalPlanState::Published,
            amount: Money::new(
                amount
                    .minor
                    .checked_add(grown)
                    .ok_or(CoreError::Overflow("goal of a year"))?,
                amount.currency,
            ),
            created_at: if self.revised {
                new.at
            } else {
                self.book.plan.created_at
            },
            ..self.book.plan.clone()
        };
        let of_plan = |lock: &GoalLock| GoalLock { plan: id, ..*lock };
        let locked = self.locks.iter().map(of_plan);
        let locked = locked.filter(|lock| self.revised || !self.book.locks.contains(lock));
        let gone = self.book.locks.iter().copied();
        let released = gone.filter(|lock| !self.revised && !self.locks.contains(lock));
        let rule: Option<KeptRule> = kept_rule(&plan);
        Ok(Done {
            locked: locked.collect(),
            released: released.collect(),
            answer: GoalEdited {
                plan: tree::plan_info(&plan, rule),
                changed,
                moved,
                moved_total: total,
                notes: self.notes,
            },
            plan,
            cells,
        })
    }

    /// Whether any number or lock is another one than before.
    fn differs(&self) -> bool {
        let matrix = &self.book.matrix;
        let differs = |(row, leaf): (usize, &(UnitId, Option<PersonId>))| {
            let after = self.rows.get(&leaf_id(*leaf));
            after.is_some_and(|after| matrix.row(row) != after.as_slice())
        };
        matrix.leaves.iter().enumerate().any(differs) || self.locks != self.book.locks
    }

    /// The cells to keep (of a new version all), and how many changed.
    fn cells(&self, plan: GoalPlanId) -> (Vec<GoalCell>, u32) {
        let matrix = &self.book.matrix;
        let (mut cells, mut changed) = (Vec::new(), 0);
        for (row, leaf) in matrix.leaves.iter().enumerate() {
            let before = matrix.row(row);
            // Who is not seen by who changes keeps what is there.
            let after = self.rows.get(&leaf_id(*leaf)).map_or(before, |row| row);
            for (at, (start, end)) in matrix.periods.iter().enumerate() {
                let is_other = before[at] != after[at];
                changed += u32::from(is_other);
                if is_other || self.revised {
                    cells.push(GoalCell {
                        plan,
                        unit: leaf.0,
                        person: leaf.1,
                        start: *start,
                        end: *end,
                        minor: after[at],
                    });
                }
            }
        }
        (cells, changed)
    }

    /// The years that changed, the largest change first; how many; by how much the whole grew.
    fn moved(&self) -> Result<(Vec<GoalDifference>, u32, i64)> {
        let book = self.book;
        let year = book.year()?;
        let mut moved = Vec::new();
        let mut grown = 0_i64;
        let numbers = book.staff_numbers();
        let after_of = self.year_sums()?;
        for (at, after) in after_of.into_iter().enumerate() {
            let before = book.sum(at, year)?;
            if before == after {
                continue;
            }
            if book.units[at].parent.is_none() {
                grown += after - before;
            }
            let difference = difference(book, at, year, &numbers, (Some(before), Some(after)));
            moved.push((before.abs_diff(after), difference));
        }
        moved.sort_by_key(|(by, _)| std::cmp::Reverse(*by));
        let total = u32::try_from(moved.len()).unwrap_or(u32::MAX);
        let listed = moved.into_iter().take(MAX_MOVED).map(|(_, one)| one);
        Ok((listed.collect(), total, grown))
    }

    /// The year of every unit as it is now.
    fn year_sums(&self) -> Result<Vec<i64>> {
        let book = self.book;
        let mut sums = vec![0_i128; book.units.len()];
        for (at, unit) in book.units.iter().enumerate() {
            let Some(row) = self.rows.get(&unit.id) else {
                continue;
            };
            let own: i128 = row.iter().map(|minor| i128::from(*minor)).sum();
            for above in std::iter::successors(Some(at), |one| book.parent(*one)) {
                sums[above] += own;
            }
        }
        sums.into_iter()
            .map(|sum| i64::try_from(sum).map_err(|_| CoreError::Overflow("goal of a unit").into()))
            .collect()
    }
}

/// A number before and after, for the border.
pub(super) fn difference(
    book: &Book,
    at: usize,
    period: yeji_core::calendar::Period,
    numbers: &BTreeMap<String, String>,
    (before, after): (Option<i64>, Option<i64>),
) -> GoalDifference {
    let unit = &book.units[at];
    let currency = book.plan.amount.currency;
    let major = |minor: Option<i64>| minor.map(|minor| Money::new(minor, currency).to_major());
    GoalDifference {
        unit: unit.id.clone(),
        name: unit.name.clone(),
        staff_number: numbers.get(&unit.id).cloned(),
        level: tree::level_code(unit.level).to_owned(),
        period,
        before: major(before),
        after: major(after),
    }
}

/// Whether a half is changed or locked. Only then do quarters stand under halves: what holds a year while a
/// quarter changes are its other three, not the one of the same half.
fn names_half(book: &Book, edits: &[GoalEdit]) -> bool {
    let of_edits = edits.iter().filter_map(|edit| match edit {
        GoalEdit::Set { period, .. }
        | GoalEdit::Shift { period, .. }
        | GoalEdit::Lock { period, .. }
        | GoalEdit::Unlock { period, .. } => Some(*period),
        GoalEdit::Revise { .. } | GoalEdit::Copy { .. } => None,
    });
    let of_locks = book.locks.iter().map(|lock| lock.period);
    of_edits
        .chain(of_locks)
        .any(|period| period.kind() == PeriodKind::Half)
}

/// The periods of a plan for the engine: the calendar's down to months, below them the leaf periods that are
/// kept, in the order of time at the end.
fn edit_periods(book: &Book, halves: bool) -> Result<Vec<EditPeriod>> {
    let whole = book.periods(PeriodKind::Month, halves)?;
    let mut periods: Vec<EditPeriod> = whole
        .iter()
        .filter(|period| !book.columns(period.start(), period.end()).is_empty())
        .map(|period| EditPeriod {
            key: period.to_string(),
            parent: above(*period, halves).map(|one| one.to_string()),
            start: period.start(),
            end: period.end(),
        })
        .collect();
    let calendar = book.year()?.calendar();
    for (start, end) in &book.matrix.periods {
        let month = whole
            .iter()
            .find(|one| one.kind() == PeriodKind::Month && one.contains(*start));
        let week = calendar.containing(PeriodKind::CutWeek, *start)?;
        let (Some(month), true) = (month, week.start() == *start && week.end() == *end) else {
            return Err(GoalError::OtherCalendar {
                year: book.plan.year,
                start: *start,
            }
            .into());
        };
        periods.push(EditPeriod {
            key: week.to_string(),
            parent: Some(month.to_string()),
            start: *start,
            end: *end,
        });
    }
    Ok(periods)
}

/// `id period` of each as `name period`.
fn named_locks(locks: &str, name: impl Fn(&str) -> String) -> Vec<String> {
    let each = locks.split(", ").filter_map(|lock| lock.split_once(' '));
    each.map(|(id, period)| format!("{} {period}", name(id)))
        .collect()
}

fn above_of(above: GoalAbove) -> yeji_goals::edit::Above {
    match above {
        GoalAbove::Grow => yeji_goals::edit::Above::Grow,
        GoalAbove::Units => yeji_goals::edit::Above::Units,
        GoalAbove::Periods => yeji_goals::edit::Above::Periods,
    }
}
