//! How goals are agreed on, in a personal file and back: what its person may see of rounds, comments and
//! confirmations goes in; own proposals, comments and confirmations come back and are judged like the rest.
//! What managers do (adjust, hand in) is done in the company's store.

use std::collections::BTreeSet;

use yeji_core::Money;
use yeji_core::account::UserAccount;
use yeji_core::goal::{GoalCell, GoalPlan};
use yeji_core::goal_round::{
    GoalComment, GoalConfirmation, GoalProposal, GoalRound, GoalSubmission,
};
use yeji_core::ids::{PersonId, UnitId};
use yeji_core::metric::GoalMetric;

use super::extract::Extract;
use super::judging::{Entry, Here, line};
use crate::access::Sight;
use crate::context::App;
use crate::error::Result;
use crate::follow_up::is_said;
use crate::goals::{MAX_PROPOSED_MINOR, is_document};

/// Whose rows of a goal are seen.
struct SeenRows {
    units: BTreeSet<UnitId>,
    people: BTreeSet<PersonId>,
}

impl SeenRows {
    fn sees(&self, unit: UnitId, person: Option<PersonId>) -> bool {
        match person {
            Some(person) => self.people.contains(&person),
            None => self.units.contains(&unit),
        }
    }
}

impl App {
    /// Rounds, comments, publications and confirmations of the goals in force, as far as their rows are seen.
    pub(super) async fn extract_rounds(&self, extract: &mut Extract) -> Result<()> {
        for metric in GoalMetric::ALL.iter().copied() {
            let index = self.goal_index(metric).await?;
            for year in index.years() {
                let Some(plan) = index.plan(year) else {
                    continue;
                };
                let seen = self.seen_rows(plan).await?;
                if seen.people.is_empty() && seen.units.is_empty() {
                    continue;
                }
                self.extract_round(plan, &seen, extract).await?;
                self.extract_words(plan, &seen, extract).await?;
            }
        }
        Ok(())
    }

    async fn seen_rows(&self, plan: &GoalPlan) -> Result<SeenRows> {
        let cells = self.seen_cells(plan).await?;
        Ok(SeenRows {
            units: match self.sight() {
                Sight::Units(units) => units.iter().copied().collect(),
                Sight::Company | Sight::Person(_) => BTreeSet::new(),
            },
            people: cells.iter().filter_map(|cell| cell.person).collect(),
        })
    }

    async fn extract_round(
        &self,
        plan: &GoalPlan,
        seen: &SeenRows,
        extract: &mut Extract,
    ) -> Result<()> {
        let store = self.store()?;
        for round in store.goal_rounds(plan.metric, plan.year).await? {
            for mut one in store.goal_proposals(round.id).await? {
                if seen.people.contains(&one.person) {
                    one.origin = extract.sources.origin(one.origin);
                    extract.put(one);
                }
            }
            for one in store.goal_adjustments(round.id).await? {
                if seen.people.contains(&one.person) {
                    extract.put(one);
                }
            }
            // Whether a unit above is handed in says what is read-only; its words are for who sees the unit.
            for one in store.goal_submissions(round.id).await? {
                let note = one.note.filter(|_| seen.units.contains(&one.unit));
                extract.put(GoalSubmission { note, ..one });
            }
            extract.put(round);
        }
        Ok(())
    }

    async fn extract_words(
        &self,
        plan: &GoalPlan,
        seen: &SeenRows,
        extract: &mut Extract,
    ) -> Result<()> {
        let store = self.store()?;
        for mut one in store.goal_comments(plan.metric, plan.year).await? {
            if seen.sees(one.unit, one.person) {
                one.origin = extract.sources.origin(one.origin);
                extract.put(one);
            }
        }
        for one in self.publications_for_file(plan).await? {
            extract.put(one);
        }
        for mut one in store.goal_confirmations(plan.metric, plan.year).await? {
            if seen.people.contains(&one.person) {
                one.origin = extract.sources.origin(one.origin);
                // Of whatever version it was: the file has the one in force only.
                one.plan = plan.id;
                extract.put(one);
            }
        }
        Ok(())
    }

    /// A proposal that came back. The round may have gone on without it.
    pub(super) async fn proposal(&self, one: GoalProposal, here: &Here) -> Result<Entry> {
        let round = self.store()?.goal_round(one.round).await?;
        let fault = match &round {
            None => Some("return_round_gone"),
            Some(round) => self.proposal_fault(&one, round).await?,
        };
        let about = round.map(|round| round.year.to_string());
        let note = one.note.clone().unwrap_or_default();
        let words = [one.amount.to_string(), note].join(" ").trim().to_owned();
        let one = GoalProposal {
            author: self.name_of_author(here).await?,
            ..one
        };
        Ok(Entry {
            person: one.person,
            line: line("goal_proposal", about.unwrap_or_default(), None, words),
            record: one.into(),
            merged: None,
            fault,
        })
    }

    async fn proposal_fault(
        &self,
        one: &GoalProposal,
        round: &GoalRound,
    ) -> Result<Option<&'static str>> {
        let index = self.goal_index(round.metric).await?;
        let Some(plan) = index.plan(round.year) else {
            return Ok(Some("return_no_goal"));
        };
        let cells = self.store()?.goal_cells(plan.id).await?;
        let own = cells.iter().find(|cell| cell.person == Some(one.person));
        let Some(own) = own else {
            return Ok(Some("return_no_goal"));
        };
        let zero = Money::new(0, plan.amount.currency);
        let plausible = one.amount.currency == zero.currency
            && (0..=MAX_PROPOSED_MINOR).contains(&one.amount.minor)
            && one.note.as_deref().is_none_or(is_said)
            && self.was_before_now(one.written_at);
        if !plausible {
            return Ok(Some("return_not_plausible"));
        }
        if round.closed_at.is_some() {
            return Ok(Some("return_round_closed"));
        }
        let organisation = self.store()?.organisation().await?;
        let held = self
            .unit_is_handed_in(round.clone(), &organisation, own.unit)
            .await?;
        Ok(held.then_some("return_unit_submitted"))
    }

    /// A comment that came back: on a row that its author sees now or saw when the file was made.
    pub(super) async fn comment(&self, one: GoalComment, here: &Here) -> Result<Entry> {
        let organisation = self.store()?.organisation().await?;
        let person = one.person.and_then(|id| organisation.person(id));
        let unit = organisation.unit(one.unit);
        let about = person
            .map(|one| one.name.clone())
            .or(unit.map(|one| one.name.clone()));
        let plausible = is_said(&one.words) && self.was_before_now(one.written_at);
        let fault = if about.is_none() || unit.is_none() {
            Some("return_no_goal")
        } else if !self.sees_row(here, one.unit, one.person).await? {
            Some("return_not_seen")
        } else if !self.has_row(&one).await? {
            Some("return_no_goal")
        } else {
            (!plausible).then_some("return_not_plausible")
        };
        let author = self.name_of_author(here).await?;
        let words = one.words.clone();
        Ok(Entry {
            person: one.by_person.unwrap_or(PersonId(uuid::Uuid::nil())),
            line: line("goal_comment", about.unwrap_or_default(), None, words),
            record: GoalComment { author, ..one }.into(),
            merged: None,
            fault,
        })
    }

    /// Whether the version that a comment is on is there, and has its person in its unit.
    async fn has_row(&self, one: &GoalComment) -> Result<bool> {
        let plans = self.store()?.goal_plans().await?.into_iter();
        let mut plans = plans.filter(|plan| (plan.metric, plan.year) == (one.metric, one.year));
        let Some(plan) = plans.find(|plan| plan.version == one.version) else {
            return Ok(false);
        };
        if one.person.is_none() {
            return Ok(true);
        }
        let cells = self.store()?.goal_cells(plan.id).await?;
        let is_row = |cell: &GoalCell| cell.person == one.person && cell.unit == one.unit;
        Ok(cells.iter().any(is_row))
    }

    /// A confirmation that came back: a fact of then, whatever the goal became since.
    pub(super) async fn confirmation(&self, one: GoalConfirmation, here: &Here) -> Result<Entry> {
        let plan = self.store()?.goal_plan(one.plan).await?;
        let of = plan.as_ref().map(|plan| (plan.metric, plan.year));
        let published = match of {
            None => false,
            Some((metric, year)) => {
                let all = self.store()?.goal_publications(metric, year).await?;
                all.iter().any(|publication| publication.plan == one.plan)
            }
        };
        let plausible = self.was_before_now(one.confirmed_at)
            && !one.on_paper
            && of.is_some_and(|of| is_document(&one.document, &one.hash, one.person, of));
        let fault = match (published, plausible) {
            (false, _) => Some("return_not_published"),
            (true, false) => Some("return_not_plausible"),
            (true, true) => None,
        };
        let about = plan.map(|plan| plan.year.to_string()).unwrap_or_default();
        let author = self.name_of_author(here).await?;
        let one = GoalConfirmation { author, ..one };
        Ok(Entry {
            person: one.person,
            line: line("goal_confirmation", about, None, one.hash.clone()),
            record: one.into(),
            merged: None,
            fault,
        })
    }

    /// Whether the person of a file sees a row of a goal, today or when the file was made.
    async fn sees_row(&self, here: &Here, unit: UnitId, person: Option<PersonId>) -> Result<bool> {
        let now = self.account_of(here.person).await?;
        let then = UserAccount {
            role: here.from.role,
            ..now.clone()
        };
        let made_on = self.clock.local(here.from.exported_at).date();
        let now = self.seeing_as(now).await?;
        let then = self.seeing_as_on(then, made_on).await?;
        let sees = |sight: &Sight| match sight {
            Sight::Company => true,
            Sight::Units(units) => units.contains(&unit),
            Sight::Person(own) => person == Some(*own),
        };
        Ok(sees(now.sight()) || sees(then.sight()))
    }

    /// As the history names the person of a file: what the laptop says of it counts nothing.
    pub(super) async fn name_of_author(&self, here: &Here) -> Result<String> {
        let store = self.store()?;
        let accounts = store.accounts().await?;
        let own = accounts
            .into_iter()
            .find(|one| one.person == Some(here.person));
        let organisation = store.organisation().await?;
        let name = organisation.person(here.person).map(|one| one.name.clone());
        Ok(own.map(|one| one.name).or(name).unwrap_or_default())
    }
}
