//! One person's numbers for others, period by period. The sums above change with them, or stay: then whoever
//! neither gives nor gets absorbs the difference, in each period.

use std::collections::BTreeSet;

use yeji_core::goal::GoalLock;
use yeji_core::{Error as CoreError, Money};
use yeji_goals::Level;
use yeji_goals::edit::{Above, Edit, EditPeriod};

use super::Work;
use crate::api::Message;
use crate::api::goal_grid::GoalAbove;
use crate::error::{Error, Result};
use crate::goals::kept_rule;
use crate::goals::presence::{Calendar, There};
use crate::goals::reduced::terms_of;
use crate::goals::round::RoundError;

impl Work<'_> {
    pub(super) fn copy(&mut self, from: &str, to: &[String], above: GoalAbove) -> Result<()> {
        if to.iter().all(|unit| unit == from) {
            return Err(Error::input("to", from, "somebody else"));
        }
        let edits = self.copies(from, to)?;
        let (before, rows) = (self.whole()?, self.rows.clone());
        match above {
            GoalAbove::Grow => self.run(edits)?,
            GoalAbove::Units => self.copy_within(from, to, edits)?,
            GoalAbove::Periods => {
                // Every period gets a number: none is left that could give or take.
                return Err(Error::input("above", "periods", "grow or units"));
            }
        }
        let grown = self.whole()? - before;
        let is_taken = |unit: &String| unit == from || to.contains(unit);
        let others = self.rows.iter().filter(|(unit, _)| !is_taken(unit));
        let absorbed = others
            .into_iter()
            .any(|(unit, row)| rows.get(unit) != Some(row));
        let code = match above {
            GoalAbove::Units if absorbed => "goal_copy_sums_stay",
            _ if grown == 0 => "goal_copy_sums_equal",
            _ => "goal_copy_sums_grow",
        };
        let grown = Money::new(grown, self.book.plan.amount.currency);
        self.notes
            .push(Message::new(code, &[("amount", grown.to_string())]));
        Ok(())
    }

    /// One change a leaf period and receiver; the sums above grow.
    fn copies(&mut self, from: &str, to: &[String]) -> Result<Vec<Edit>> {
        let giver = self.rows.get(from).ok_or_else(|| Error::NotFound {
            what: "person",
            value: crate::error::shown(from),
        })?;
        let giver = &giver.clone();
        let leaves = &self.periods[self.periods.len() - giver.len()..].to_vec();
        let mut edits = Vec::new();
        let mut away = Vec::new();
        for unit in to.iter().filter(|unit| *unit != from) {
            if !self.rows.contains_key(unit) {
                return Err(Error::NotFound {
                    what: "person",
                    value: crate::error::shown(unit),
                });
            }
            let gone = self.weeks_away(unit, leaves)?;
            let skips = |(gone, minor): (&bool, &i64)| *gone && *minor != 0;
            if gone.iter().zip(giver).any(skips) {
                away.push(self.book.units[self.book.place(unit)?].name.clone());
            }
            // What begins before the day stays, as the receiver's other absences do.
            let is_past = |start| self.frozen_before.is_some_and(|day| start < day);
            let there = leaves.iter().zip(giver).zip(gone);
            let there = there.filter(|((period, _), gone)| !gone && !is_past(period.start));
            edits.extend(there.map(|((period, minor), _)| Edit::Set {
                unit: unit.clone(),
                period: period.key.clone(),
                minor: *minor,
                above: Above::Grow,
            }));
        }
        if !away.is_empty() {
            let params = [("names", crate::words::names(away))];
            let note = Message::new("goal_copy_people_away", &params);
            self.notes.push(note);
        }
        Ok(edits)
    }

    /// In which leaf periods somebody has no day at work: leave that the split was told of, before the first
    /// day and after the last one.
    pub(super) fn weeks_away(&self, unit: &str, leaves: &[EditPeriod]) -> Result<Vec<bool>> {
        let at = self.book.place(unit)?;
        let (_, Some(person)) = self.book.owner(at)? else {
            return Ok(vec![false; leaves.len()]);
        };
        let book = self.book;
        let calendar = Calendar::new(&book.organisation, &self.working, book.year()?);
        let blend = kept_rule(&book.plan).and_then(|rule| rule.blend);
        let number = book.organisation.person(person);
        let number = number.and_then(|own| own.staff_number.as_ref());
        let terms = blend
            .as_ref()
            .and_then(|blend| terms_of(blend, unit, number, &book.units[at].name));
        let there = There::new(&calendar, person, terms);
        let weeks = leaves.iter();
        Ok(weeks
            .map(|week| there.is_away(week.start, week.end))
            .collect())
    }

    /// The units of who gets numbers have theirs back afterwards, the deepest first. For that time giver and
    /// receivers are locked, and each unit that is right.
    fn copy_within(&mut self, from: &str, to: &[String], edits: Vec<Edit>) -> Result<()> {
        let book = self.book;
        let mut taken = vec![book.place(from)?];
        for unit in to {
            taken.push(book.place(unit)?);
        }
        let got = taken[1..].iter().filter(|at| **at != taken[0]);
        let teams: BTreeSet<usize> = got.filter_map(|at| book.parent(*at)).collect();
        let mut sums = Vec::new();
        for team in teams.into_iter().rev() {
            sums.push((team, self.sums_of(team)?));
        }
        self.run(edits)?;
        let own = self.locks.clone();
        let mut held = taken.clone();
        for at in taken {
            self.hold(at)?;
        }
        for (team, before) in sums {
            let after = self.sums_of(team)?;
            if after != before {
                self.refuse_full(team, &held, (&before, &after))?;
                let name = book.units[team].id.clone();
                let keys = self.periods[self.periods.len() - before.len()..].iter();
                let keys = keys.map(|period| period.key.clone());
                let pairs = before.iter().zip(&after);
                let back = keys
                    .zip(pairs)
                    .filter(|(_, (before, after))| before != after);
                let back = back.map(|(period, (before, _))| Edit::Set {
                    unit: name.clone(),
                    period,
                    minor: *before,
                    above: Above::Grow,
                });
                let back = back.collect();
                self.run(back)?;
            }
            self.hold(team)?;
            held.extend(std::iter::once(team).chain(book.below(team)));
        }
        self.locks = own;
        Ok(())
    }

    /// A lock for the time of the request.
    fn hold(&mut self, at: usize) -> Result<()> {
        let (unit, person) = self.book.owner(at)?;
        let lock = GoalLock {
            plan: self.book.plan.id,
            unit,
            person,
            period: self.book.year()?,
        };
        if !self.locks.contains(&lock) {
            self.locks.push(lock);
        }
        Ok(())
    }

    /// Refuses a team in which nobody is left who could give or take.
    fn refuse_full(
        &self,
        team: usize,
        held: &[usize],
        (before, after): (&[i64], &[i64]),
    ) -> Result<()> {
        let book = self.book;
        let is_free = |at: usize| book.units[at].level == Level::Person && !held.contains(&at);
        if book.below(team).any(is_free) {
            return Ok(());
        }
        let currency = book.plan.amount.currency;
        let unit = book.units[team].name.clone();
        let (sum, goal) = (
            Money::new(after.iter().sum(), currency),
            Money::new(before.iter().sum(), currency),
        );
        Err(RoundError::DoesNotFit { unit, sum, goal }.into())
    }

    /// What a unit has in each leaf period now.
    fn sums_of(&self, at: usize) -> Result<Vec<i64>> {
        let mut sums: Vec<i64> = Vec::new();
        for below in std::iter::once(at).chain(self.book.below(at)) {
            let Some(row) = self.rows.get(&self.book.units[below].id) else {
                continue;
            };
            sums.resize(row.len(), 0);
            for (sum, minor) in sums.iter_mut().zip(row) {
                let added = sum.checked_add(*minor);
                *sum = added.ok_or(CoreError::Overflow("goal of a unit"))?;
            }
        }
        Ok(sums)
    }

    /// The goal of all that is seen.
    fn whole(&self) -> Result<i64> {
        let all = self.rows.values().flatten().map(|minor| i128::from(*minor));
        i64::try_from(all.sum::<i128>()).map_err(|_| CoreError::Overflow("goal of a year").into())
    }
}
