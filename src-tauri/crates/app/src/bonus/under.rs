//! By which plans a period is reckoned for somebody, and the engine's input for it: in the company's store
//! everybody's, in a personal file the own part that it was made with.

use std::sync::Arc;

use chrono::NaiveDate;
use yeji_bonus::{CalculateInput, Plan, Span};
use yeji_core::calendar::{FiscalCalendar, Period};
use yeji_core::ids::PersonId;
use yeji_core::org::{Organisation, Person};

use super::assign::{Assigned, days_under};
use super::if_error::BonusIfError;
use super::versions::{PlanBook, PlanPeriod};
use crate::access::Actor;
use crate::context::App;
use crate::error::Result;

/// The plans of the company, who is under them, and the periods that they pay for.
pub(super) struct PlanDays {
    pub book: PlanBook,
    pub organisation: Arc<Organisation>,
    pub fiscal: FiscalCalendar,
    pub today: NaiveDate,
}

impl PlanDays {
    /// To ask for many people.
    pub fn assigned(&self) -> Assigned<'_> {
        Assigned::new(&self.book, &self.organisation)
    }

    /// The periods from a day to a day that pay somebody, by all plans that they are under, in order: each
    /// with the version that runs it.
    pub fn runs_of(
        &self,
        person: PersonId,
        (from, to): (NaiveDate, NaiveDate),
    ) -> Result<Vec<PlanPeriod>> {
        let Some(person) = self.organisation.person(person) else {
            return Ok(Vec::new());
        };
        let assigned = self.assigned();
        let mut runs = Vec::new();
        for code in self.book.codes() {
            let all = self
                .book
                .runs_between(Some(&code), (from, to), self.today, self.fiscal)?;
            let own = all.into_iter();
            runs.extend(own.filter(|run| is_under(&assigned, person, &code, run.period)));
        }
        runs.sort_by_key(|run| (run.period.start(), run.period.end()));
        Ok(runs)
    }

    /// The plan that somebody is under on a day.
    pub fn code_on(&self, person: PersonId, day: NaiveDate) -> String {
        let next = day.succ_opt().unwrap_or(day);
        let under = self.assigned().under(person, day, next).into_iter().next();
        under.map_or_else(|| self.book.default_on(day).to_owned(), |one| one.plan)
    }
}

/// Whether a run of a plan has somebody in it: whoever is under it on a day of the period.
pub(super) fn is_under(
    assigned: &Assigned<'_>,
    person: &Person,
    code: &str,
    period: Period,
) -> bool {
    let (start, end) = (period.start(), period.end());
    let spans = assigned.under(person.id, start, end);
    let employed = Span {
        from: person.hired_on,
        to: person.left_on,
    };
    days_under(code, &spans, employed, Vec::new(), (start, start, end)).is_some()
}

impl App {
    pub(super) async fn plan_days(&self) -> Result<PlanDays> {
        Ok(PlanDays {
            book: self.plan_book().await?,
            organisation: self.store()?.organisation().await?,
            fiscal: self.company_calendar().await?.fiscal()?,
            today: self.clock.today(),
        })
    }

    /// What a period is calculated from, as it stands.
    pub(super) async fn input_as_it_stands(
        &self,
        plan: &Plan,
        period: Period,
    ) -> Result<CalculateInput> {
        if let Actor::Owner(_) = self.actor() {
            let parts = self.own_parts_in_file().await?;
            let found = parts
                .periods
                .into_iter()
                .find(|part| part.period == period && part.plan == *plan);
            return found.ok_or_else(|| BonusIfError::NotInFile { period }.into());
        }
        Box::pin(self.bonus_input(plan, period)).await
    }
}

#[cfg(test)]
#[path = "under_tests.rs"]
mod tests;
