//! What a request does that its amounts do not say: whose numbers give or take for a revision, and what is
//! locked or free afterwards.

use std::collections::BTreeSet;

use yeji_core::goal::GoalLock;

use super::Work;
use crate::api::Message;
use crate::api::goal_grid::{GoalAbove, GoalEdit};
use crate::error::Result;
use crate::goals::book::Book;

impl Work<'_> {
    pub(super) fn tell(&mut self, edits: &[GoalEdit]) -> Result<()> {
        let moved = self.moved_by_revision(edits)?;
        self.say("goal_revise_moves", moved);
        let news = |one: &[GoalLock], other: &[GoalLock]| {
            let only = one.iter().filter(|lock| !other.contains(lock));
            only.map(|lock| self.lock_named(lock)).collect()
        };
        let locked: Vec<String> = news(&self.locks, &self.book.locks);
        let released: Vec<String> = news(&self.book.locks, &self.locks);
        self.say("goal_locked_now", locked);
        self.say("goal_released_now", released);
        Ok(())
    }

    fn say(&mut self, code: &str, names: Vec<String>) {
        if !names.is_empty() {
            let params = [("names", crate::words::names(names))];
            self.notes.push(Message::new(code, &params));
        }
    }

    fn lock_named(&self, lock: &GoalLock) -> String {
        let id = Book::locked_id(lock);
        let name = self
            .book
            .place(&id)
            .map_or(id, |at| self.book.units[at].name.clone());
        format!("{name} {}", lock.period)
    }

    /// The topmost units and people whose year another's revision moved, each before and after.
    fn moved_by_revision(&self, edits: &[GoalEdit]) -> Result<Vec<String>> {
        let book = self.book;
        let mut revised = BTreeSet::new();
        for edit in edits {
            if let GoalEdit::Revise { unit, above, .. } = edit
                && *above == GoalAbove::Units
            {
                revised.insert(book.place(unit)?);
            }
        }
        if revised.is_empty() {
            return Ok(Vec::new());
        }
        let year = book.year()?;
        let after = self.year_sums()?;
        let own = |at: &usize| {
            let mut line = std::iter::successors(Some(*at), |one| book.parent(*one));
            let holds = revised.iter().any(|one| book.below(*one).contains(at));
            holds || revised.contains(at) || line.any(|one| revised.contains(&one))
        };
        let holds_one = |at: &usize| revised.iter().any(|one| book.below(*at).contains(one));
        let (mut named, mut places) = (Vec::new(), BTreeSet::new());
        for (at, after) in after.into_iter().enumerate() {
            let before = book.sum(at, year)?;
            let is_below = book.parent(at).is_some_and(|above| places.contains(&above));
            if is_below {
                places.insert(at);
            }
            if before == after || is_below || own(&at) || holds_one(&at) {
                continue;
            }
            places.insert(at);
            let major = |minor| {
                let money = yeji_core::Money::new(minor, book.plan.amount.currency);
                money.to_major()
            };
            let name = &book.units[at].name;
            named.push(format!("{name} ({} → {})", major(before), major(after)));
        }
        Ok(named)
    }
}
