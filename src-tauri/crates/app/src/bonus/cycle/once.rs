//! Nobody is settled with twice for the same days: not by two plans, whatever put them under both.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDate;
use yeji_bonus::{AssignmentInput, CalculateInput, PersonInput};
use yeji_core::calendar::Period;

use super::{Cycle, CycleError};
use crate::blocking::blocking;
use crate::context::App;
use crate::error::Result;

/// Half-open days.
type Days = (NaiveDate, NaiveDate);

impl App {
    /// Refuses to hand in statements of people with whom another plan's cycle was, or is about to be, settled
    /// for some of the same days.
    pub(super) async fn require_settled_once(
        &self,
        cycle: &Cycle,
        input: CalculateInput,
    ) -> Result<()> {
        let input = Arc::new(input);
        for other in self.all_cycles().await? {
            let meets = other.period.start() < cycle.period.end()
                && cycle.period.start() < other.period.end();
            if other.plan == cycle.plan || !meets {
                continue;
            }
            let standing = &other.standing;
            let handed_in = standing.settled().or(standing.handed_in.as_ref());
            let Some(run) = handed_in.and_then(|one| other.run_of(one.run)) else {
                continue;
            };
            let theirs = self.thawed_input(other.period, run).await?;
            let ours = Arc::clone(&input);
            let names = blocking(move || Ok(both(&ours, &theirs))).await?;
            if !names.is_empty() {
                let names = crate::words::names(names);
                let (plan, other) = (other.plan.clone(), other.period);
                return Err(CycleError::SettledByOther { names, plan, other }.into());
            }
        }
        Ok(())
    }
}

/// Names of people who have days in both inputs' periods, some of them the same.
fn both(ours: &CalculateInput, theirs: &CalculateInput) -> Vec<String> {
    let known: HashMap<&str, &PersonInput> = theirs
        .people
        .iter()
        .map(|person| (person.person.as_str(), person))
        .collect();
    let meets = |person: &&PersonInput| {
        known.get(person.person.as_str()).is_some_and(|other| {
            let days = days_of(other, theirs.period);
            days_of(person, ours.period)
                .iter()
                .any(|one| days.iter().any(|two| one.0 < two.1 && two.0 < one.1))
        })
    };
    let met = ours.people.iter().filter(meets);
    met.map(|person| person.name.clone()).collect()
}

/// The days of a period that a statement is about.
fn days_of(person: &PersonInput, period: Period) -> Vec<Days> {
    if person.adjustments_only {
        return Vec::new();
    }
    let whole = (period.start(), period.end());
    if !person.partly {
        return vec![whole];
    }
    let spans = person.assignments.iter().map(AssignmentInput::span);
    spans
        .map(|span| {
            let from = span.from.map_or(whole.0, |from| from.max(whole.0));
            let to = span.to.map_or(whole.1, |to| to.min(whole.1));
            (from, to)
        })
        .filter(|(from, to)| from < to)
        .collect()
}
