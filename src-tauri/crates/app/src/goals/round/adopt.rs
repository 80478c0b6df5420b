//! The numbers of a round become goals: ordinary edits of the plan, in one change.

use std::collections::BTreeMap;

use yeji_core::goal::GoalLock;
use yeji_core::{Error as CoreError, Money};
use yeji_goals::Level;

use super::RoundError;
use super::tree::RoundTree;
use crate::api::Message;
use crate::api::goal_grid::{EditGoal, GoalAbove, GoalEdit};
use crate::api::goal_round::{AdoptGoals, GoalsAdopted};
use crate::context::App;
use crate::error::{Error, Result};

/// Somebody whose number becomes the goal.
struct Adopted {
    at: usize,
    minor: i64,
}

impl App {
    /// Takes numbers of a round into the goal in force, as ordinary edits: locks hold, sums close, all or
    /// nothing, taken back as one.
    pub async fn adopt_goals(&self, args: AdoptGoals) -> Result<GoalsAdopted> {
        if args.above == GoalAbove::Periods {
            return Err(Error::input("above", "periods", "grow, units"));
        }
        let _turn = self.turn().await;
        let round = self.known_round(args.round).await?;
        let tree = self.round_tree(round).await?;
        let top = match &args.unit {
            Some(unit) => tree.book.place(unit)?,
            None => 0,
        };
        let adopted = adopted(&tree, top)?;
        let unit = tree.book.units[top].name.clone();
        if adopted.is_empty() {
            return Err(RoundError::NothingToAdopt { unit }.into());
        }
        let mut edits = sets(&tree, &adopted)?;
        if args.above == GoalAbove::Units {
            edits.extend(absorbed(&tree, top, &adopted)?);
        }
        let edit = EditGoal {
            plan: args.plan,
            edits,
            frozen_before: args.frozen_before,
            reason: args.reason,
            preview: args.preview,
        };
        let edited = self.edit_in_turn(edit, Some("adopt")).await?;
        let mut notes = Vec::new();
        let mut note = |code: &str, names: Vec<String>| {
            if !names.is_empty() {
                let params = [("names", crate::words::names(names))];
                notes.push(Message::new(code, &params));
            }
        };
        let missing = match args.above {
            GoalAbove::Units => "goal_adopt_absorb",
            _ => "goal_adopt_missing",
        };
        note(missing, tree.missing(top));
        note("goal_adopt_not_submitted", tree.not_handed_in(top));
        Ok(GoalsAdopted {
            edited,
            people: u32::try_from(adopted.len()).unwrap_or(u32::MAX),
            notes,
        })
    }
}

/// People at and below a row whose number is another one than the goal.
fn adopted(tree: &RoundTree, top: usize) -> Result<Vec<Adopted>> {
    let book = &tree.book;
    let year = book.year()?;
    let mut all = Vec::new();
    for at in std::iter::once(top).chain(book.below(top)) {
        let number = tree.person(at).and_then(|person| tree.state.number(person));
        if let Some(minor) = number
            && book.sum(at, year)? != minor
        {
            all.push(Adopted { at, minor });
        }
    }
    Ok(all)
}

fn sets(tree: &RoundTree, adopted: &[Adopted]) -> Result<Vec<GoalEdit>> {
    let book = &tree.book;
    let (year, currency) = (book.year()?, book.plan.amount.currency);
    let set = |one: &Adopted| GoalEdit::Set {
        unit: book.units[one.at].id.clone(),
        period: year,
        amount: Money::new(one.minor, currency).to_major(),
        above: GoalAbove::Grow,
    };
    Ok(adopted.iter().map(set).collect())
}

/// Gives each team its goal back by changing only those whose number was not taken over. For the time of the
/// request everybody who is taken over is locked, so that one number does not move another.
fn absorbed(tree: &RoundTree, top: usize, adopted: &[Adopted]) -> Result<Vec<GoalEdit>> {
    let book = &tree.book;
    let (year, currency) = (book.year()?, book.plan.amount.currency);
    let mut moved: BTreeMap<usize, i64> = BTreeMap::new();
    for one in adopted {
        if let Some(team) = book.parent(one.at) {
            // Both are goals, so neither is below zero.
            let by = moved.entry(team).or_insert(0_i64);
            let own = one.minor - book.sum(one.at, year)?;
            *by = by.checked_add(own).ok_or_else(overflow)?;
        }
    }
    let taken = |at: &usize| {
        let number = tree
            .person(*at)
            .and_then(|person| tree.state.number(person));
        number.is_some() && (*at == top || book.below(top).contains(at))
    };
    let mut held = Vec::new();
    for at in std::iter::once(top).chain(book.below(top)).filter(taken) {
        let (unit, person) = book.owner(at)?;
        let lock = GoalLock {
            plan: book.plan.id,
            unit,
            person,
            period: year,
        };
        if !book.locks.contains(&lock) {
            held.push(book.units[at].id.clone());
        }
    }
    let lock = |unit: &String| GoalEdit::Lock {
        unit: unit.clone(),
        period: year,
    };
    let mut edits: Vec<GoalEdit> = held.iter().map(lock).collect();
    // The deepest first, each held once it is right: a unit whose people and whose teams both have numbers
    // would else move its teams again.
    let mut done: Vec<usize> = Vec::new();
    for (team, by) in moved.into_iter().rev().filter(|(_, by)| *by != 0) {
        let goal = book.sum(team, year)?;
        let is_held = |at: &usize| done.iter().any(|unit| book.below(*unit).contains(at));
        let others = book
            .below(team)
            .any(|at| book.units[at].level == Level::Person && !taken(&at) && !is_held(&at));
        if !others {
            let sum = goal.checked_add(by).ok_or_else(overflow)?;
            let (sum, goal) = (Money::new(sum, currency), Money::new(goal, currency));
            let unit = book.units[team].name.clone();
            return Err(RoundError::DoesNotFit { unit, sum, goal }.into());
        }
        let unit = book.units[team].id.clone();
        edits.push(GoalEdit::Set {
            unit: unit.clone(),
            period: year,
            amount: Money::new(goal, currency).to_major(),
            above: GoalAbove::Grow,
        });
        let (of, person) = book.owner(team)?;
        let own = GoalLock {
            plan: book.plan.id,
            unit: of,
            person,
            period: year,
        };
        if !book.locks.contains(&own) {
            edits.push(lock(&unit));
            held.push(unit);
        }
        done.push(team);
    }
    edits.extend(
        held.into_iter()
            .map(|unit| GoalEdit::Unlock { unit, period: year }),
    );
    Ok(edits)
}

fn overflow() -> Error {
    CoreError::Overflow("sum of proposals").into()
}
