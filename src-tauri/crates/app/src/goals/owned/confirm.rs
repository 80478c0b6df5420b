//! Owners confirm exactly the numbers that they looked at; whose goal changes is asked again.

use std::collections::HashMap;

use serde_json::json;
use yeji_core::Money;
use yeji_core::goal_round::GoalConfirmation;
use yeji_core::ids::{GoalConfirmationId, PersonId};
use yeji_core::metric::GoalMetric;
use yeji_goals::Level;
use yeji_store::{AuditDraft, ChangeKind};

use super::figures::{Figures, hash_of};
use crate::api::goal_letter::{
    ConfirmGoal, ConfirmationState, GetGoalConfirmation, GoalConfirmationRow, GoalConfirmationView,
    GoalConfirmations, ListGoalConfirmations,
};
use crate::context::App;
use crate::error::{Error, Result};
use crate::follow_up::entered;
use crate::goals::book::Book;
use crate::goals::grid::{MAX_ROWS, count};
use crate::goals::round::unit_name;
use crate::goals::{RoundError, kept_rule, tree};

/// The newest confirmation of each person.
pub(super) type Confirmed = HashMap<PersonId, GoalConfirmation>;

impl App {
    /// The people of a year's goal who are seen, and whether they confirmed the goal of today.
    pub async fn list_goal_confirmations(
        &self,
        args: ListGoalConfirmations,
    ) -> Result<GoalConfirmations> {
        if args.limit > MAX_ROWS {
            let given = args.limit.to_string();
            return Err(Error::input("limit", &given, "at most 400"));
        }
        let book = self.book_in_force(args.metric, args.year).await?;
        let confirmed = self.confirmed(args.metric, args.year).await?;
        let mut rows = Vec::new();
        let mut counts = [0_u32; 3];
        let numbers = book.staff_numbers();
        for (at, person) in people(&book) {
            let figures = Figures::of(&book, at, person)?;
            let row = row(&book, at, &figures, &confirmed, &numbers)?;
            counts[row.state as usize] += 1;
            if args.state.is_none_or(|state| state == row.state) {
                rows.push(row);
            }
        }
        let total = count(rows.len());
        let from = rows.len().min(args.offset as usize);
        let [open, confirmed, changed] = counts;
        Ok(GoalConfirmations {
            plan: tree::plan_info(&book.plan, kept_rule(&book.plan)),
            publication: self.publication_of(&book).await?,
            currency: book.plan.amount.currency.to_string(),
            open,
            confirmed,
            changed,
            rows: rows
                .into_iter()
                .skip(from)
                .take(args.limit as usize)
                .collect(),
            offset: args.offset,
            total,
        })
    }

    /// Exactly the numbers that an owner is asked to confirm.
    pub async fn get_goal_confirmation(
        &self,
        args: GetGoalConfirmation,
    ) -> Result<GoalConfirmationView> {
        let seen = self.for_own(args.person);
        let book = seen.book_in_force(args.metric, args.year).await?;
        let (at, person) = self.owner_asked(&book, args.person)?;
        let confirmed = self.confirmed(args.metric, args.year).await?;
        let figures = Figures::of(&book, at, person)?;
        let row = row(&book, at, &figures, &confirmed, &book.staff_numbers())?;
        let before = confirmed
            .get(&person)
            .filter(|_| row.state == ConfirmationState::Changed);
        let before = before.and_then(|one| serde_json::from_str::<Figures>(&one.document).ok());
        Ok(GoalConfirmationView {
            plan: tree::plan_info(&book.plan, kept_rule(&book.plan)),
            publication: self.publication_of(&book).await?,
            row,
            months: figures.months,
            confirmed_before: before.map(|one| one.amount),
        })
    }

    /// Confirms a goal: the own one, or by HR that of somebody whose signed paper it has. Like an approval it
    /// is not taken back.
    pub async fn confirm_goal(&self, args: ConfirmGoal) -> Result<GoalConfirmationRow> {
        let _turn = self.turn().await;
        let plan = self.goal_in_force(args.plan).await?;
        let (metric, year, version) = (plan.metric, plan.year, plan.version);
        let person = self.own_or_by_hr(args.person)?;
        let on_paper = self.actor().person() != Some(person);
        let book = self.for_own(Some(person)).book(plan).await?;
        let Some(publication) = self.publication_of(&book).await? else {
            return Err(RoundError::NotPublished { version, year }.into());
        };
        let (at, person) = self.owner_asked(&book, Some(person))?;
        let figures = Figures::of(&book, at, person)?;
        let document = figures.text()?;
        let (hash, name) = (hash_of(&document), book.units[at].name.clone());
        if args.hash != hash {
            let amount = Money::parse_major(&figures.amount, book.plan.amount.currency)?;
            // What the program itself gave as a hash was one; what somebody typed need not be.
            let given = args.hash.trim();
            if given.len() != hash.len() || !given.bytes().all(|one| one.is_ascii_hexdigit()) {
                let hash = crate::error::shown(given);
                return Err(RoundError::WrongHash { hash, name, amount }.into());
            }
            return Err(RoundError::ChangedMeanwhile { name, amount }.into());
        }
        if !publication.unchanged {
            return Err(RoundError::ChangedSincePublished { version, year }.into());
        }
        let mut confirmed = self.confirmed(metric, year).await?;
        if let Some(last) = confirmed.get(&person).filter(|one| one.hash == hash) {
            let day = self.clock.local(last.confirmed_at).date();
            return Err(RoundError::ConfirmedAlready { name, day }.into());
        }
        let id = self.clock.new_id();
        let confirmation = GoalConfirmation {
            id: GoalConfirmationId(id),
            origin: entered(id),
            plan: book.plan.id,
            person,
            document,
            hash,
            on_paper,
            author: self.author(),
            confirmed_at: self.clock.now(),
        };
        let summary = json!({
            "metric": metric, "year": year, "version": version, "name": name,
            "amount": figures.amount, "currency": figures.currency,
        });
        let mut change = self.change(ChangeKind::ConfirmGoal, summary.clone());
        let mut detail = summary;
        detail["document"] = json!(confirmation.hash);
        change.audit = Some(AuditDraft {
            action: if on_paper {
                "goal.confirm_paper"
            } else {
                "goal.confirm"
            }
            .to_owned(),
            subject: name,
            detail,
        });
        change.put.push(confirmation.clone().into());
        self.apply(change).await?;
        confirmed.insert(person, confirmation);
        row(&book, at, &figures, &confirmed, &book.staff_numbers())
    }

    /// Who asks; for the own goal as one who sees all of it: a manager's own may count in a unit that somebody
    /// else leads.
    pub(in crate::goals) fn for_own(&self, person: Option<PersonId>) -> App {
        let own = self.actor().person();
        if own.is_some() && (person.is_none() || person == own) {
            self.seeing_everything()
        } else {
            self.clone()
        }
    }

    /// The newest confirmation of each person, of whatever version.
    pub(super) async fn confirmed(&self, metric: GoalMetric, year: i32) -> Result<Confirmed> {
        let all = self.store()?.goal_confirmations(metric, year).await?;
        Ok(all.into_iter().map(|one| (one.person, one)).collect())
    }

    /// The place of a person who is seen; none named: the own one.
    pub(super) fn owner_asked(
        &self,
        book: &Book,
        person: Option<PersonId>,
    ) -> Result<(usize, PersonId)> {
        let person = match person {
            Some(person) => {
                self.require_results_of(person)?;
                person
            }
            None => self.own_or_by_hr(None)?,
        };
        if let Ok(at) = book.place(&person.to_string()) {
            return Ok((at, person));
        }
        let name = book.organisation.person(person).map(|one| one.name.clone());
        let name = name.ok_or_else(|| Error::NotFound {
            what: "person",
            value: person.to_string(),
        })?;
        let year = book.plan.year;
        Err(RoundError::NoRow { name, year }.into())
    }
}

/// The people of a plan with their places.
pub(super) fn people(book: &Book) -> impl Iterator<Item = (usize, PersonId)> {
    let units = book.units.iter().enumerate();
    let people = units.filter(|(_, unit)| unit.level == Level::Person);
    people.filter_map(|(at, unit)| Some((at, unit.id.parse().ok()?)))
}

pub(super) fn row(
    book: &Book,
    at: usize,
    figures: &Figures,
    confirmed: &Confirmed,
    numbers: &std::collections::BTreeMap<String, String>,
) -> Result<GoalConfirmationRow> {
    let hash = hash_of(&figures.text()?);
    let last = confirmed.get(&figures.person);
    let state = match last {
        None => ConfirmationState::Open,
        Some(last) if last.hash == hash => ConfirmationState::Confirmed,
        Some(_) => ConfirmationState::Changed,
    };
    let (unit, _) = book.owner(at)?;
    let unit = unit_name(&book.organisation, unit);
    Ok(GoalConfirmationRow {
        person: figures.person,
        name: book.units[at].name.clone(),
        staff_number: numbers.get(&book.units[at].id).cloned(),
        unit: Some(unit).filter(|unit| !unit.is_empty()),
        amount: figures.amount.clone(),
        hash,
        state,
        confirmed_at: last.map(|one| one.confirmed_at),
        confirmed_by: last.map(|one| one.author.clone()),
        on_paper: last.is_some_and(|one| one.on_paper),
    })
}
