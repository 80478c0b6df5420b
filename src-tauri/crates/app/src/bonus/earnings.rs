//! What a year pays somebody: what is kept, what was calculated so far, and what the landing of their deals
//! lets expect, each marked for what it is.
//!
//! An expectation is the engine's answer to one more closing, of the amount that the landing expects on top
//! of what is won. Of components that go by something else (KPIs, receipts, single deals, teams) nothing is
//! expected: they stand as they are, and that is said.

mod expected;
mod landing;

use yeji_bonus::{CalculateInput, CalculateOutput, Detail, FactInput, Plan, Statement};
use yeji_core::calendar::{Period, PeriodKind};
use yeji_core::ids::PersonId;
use yeji_core::{Currency, Money};

use self::expected::{Asking, Expectable};
use self::landing::Outlook;
use super::cycle::{Cycle, is_restated};
use super::if_error::BonusIfError;
use super::view;
use crate::api::Message;
use crate::api::bonus_if::{EarningsPeriod, ExpectedEarnings, GetExpectedEarnings};
use crate::blocking::blocking;
use crate::context::App;
use crate::error::{Error, Result};
use crate::words;

impl App {
    /// What a year pays somebody, and what is expected.
    pub async fn get_expected_earnings(
        &self,
        args: GetExpectedEarnings,
    ) -> Result<ExpectedEarnings> {
        let asked = args.person.or_else(|| self.actor().person());
        let person = asked.ok_or(BonusIfError::NobodyAsked)?;
        self.require_pay_of(person).await?;
        let organisation = self.store()?.organisation().await?;
        let name = organisation
            .person(person)
            .map(|person| person.name.clone())
            .ok_or_else(|| Error::NotFound {
                what: "person",
                value: person.to_string(),
            })?;
        let currency = self.currency().await?;
        let plan = self.bonus_plan_of(Some(person)).await?;
        let year = self.company_calendar().await?.fiscal()?.year(args.year)?;
        let mut periods = self.kept_in(year, person, &args).await?;
        let running = running_periods(&plan, year, &periods);
        let outlook = self
            .earnings_outlook(person, &plan, year, &running, args.language)
            .await?;
        let mut notes = outlook.notes.clone();
        let expectable = Expectable::of(&plan, args.language);
        if let Some(note) = expectable.note() {
            notes.push(note);
        }
        // What is expected of earlier periods counts in plans to date.
        let mut before: Vec<FactInput> = Vec::new();
        for period in running {
            let row = Row {
                plan: &plan,
                person,
                expectable: &expectable,
                outlook: &outlook,
                label: words::period(period, args.language),
            };
            periods.push(Box::pin(self.not_kept(row, period, &mut before)).await?);
        }
        periods.sort_by_key(|one| one.period.start());
        let is_open = |one: &EarningsPeriod| {
            one.state == "calculated" && outlook.missing(one.period).is_some()
        };
        let open = periods.iter().any(is_open);
        let sums = sums(periods, currency)?;
        Ok(ExpectedEarnings {
            person,
            name,
            year: args.year,
            as_of: outlook.as_of,
            incomplete: sums.incomplete || open,
            notes,
            ..sums
        })
    }

    /// Periods of the year of which a run is kept: what was settled, else the newest run. A recalculation of
    /// what was settled is none of them: its differences stand as adjustments in later statements.
    async fn kept_in(
        &self,
        year: Period,
        person: PersonId,
        args: &GetExpectedEarnings,
    ) -> Result<Vec<EarningsPeriod>> {
        let today = self.actor().day(self.clock.today());
        let mut kept: Vec<EarningsPeriod> = Vec::new();
        let steps = self.store()?.bonus_steps(None).await?;
        for cycle in self.all_cycles(steps).await? {
            let period = cycle.period;
            let inside = year.start() <= period.start() && period.end() <= year.end();
            // A run of a period that is not over is a look in between.
            if !inside || period.end() > today || kept.iter().any(|one| meets(one.period, period)) {
                continue;
            }
            let Some((output, statement)) = self.statement_that_counts(&cycle, person).await?
            else {
                continue;
            };
            let settled = cycle.standing.settled();
            let held = settled.is_some_and(|one| one.held.contains_key(&person));
            let mut notes = Vec::new();
            let mut payout = statement.payout;
            if held {
                payout = Money::new(0, payout.currency);
                notes.push(Message::new("cause_held", &[]));
            }
            if output.as_of < period.end() {
                let day = ("date", output.as_of.to_string());
                notes.push(Message::new("earnings_kept_early", &[day]));
            }
            notes.extend(why_blocked(&statement));
            kept.push(EarningsPeriod {
                period,
                label: words::period(period, args.language),
                state: "kept".to_owned(),
                so_far: Some(payout),
                expected: None,
                total: Some(payout),
                lower: None,
                upper: None,
                sales: None,
                blocked: statement.blocked,
                notes,
            });
        }
        Ok(kept)
    }

    /// Somebody's statement of a period as it counts, with the run that it is of.
    async fn statement_that_counts(
        &self,
        cycle: &Cycle,
        person: PersonId,
    ) -> Result<Option<(CalculateOutput, Statement)>> {
        let settled = cycle.standing.settled().map(|one| one.run);
        let runs = cycle.runs.iter().filter(|run| match settled {
            Some(settled) => run.id == settled,
            None => !is_restated(run),
        });
        let id = person.to_string();
        for run in runs {
            let (_, output) = self.kept_output(run).await?;
            let own = output.statements.iter().find(|one| one.person == id);
            if let Some(own) = own.cloned() {
                return Ok(Some((output, own)));
            }
        }
        Ok(None)
    }

    /// A period without a kept run: as it stands, and what is expected on top.
    async fn not_kept(
        &self,
        row: Row<'_>,
        period: Period,
        before: &mut Vec<FactInput>,
    ) -> Result<EarningsPeriod> {
        let told = |state: &str, notes: Vec<Message>| EarningsPeriod {
            period,
            label: row.label.clone(),
            state: state.to_owned(),
            so_far: None,
            expected: None,
            total: None,
            lower: None,
            upper: None,
            sales: None,
            blocked: false,
            notes,
        };
        let input = match self.input_as_it_stands(row.plan, period).await {
            Err(Error::BonusIf(error @ BonusIfError::NotInFile { .. })) => {
                let name = ("period", period.to_string());
                return Ok(told("unknown", vec![Message::new(error.code(), &[name])]));
            }
            input => input?,
        };
        let (input, statement) = stands(input, row.person).await?;
        let Some(statement) = statement else {
            return Ok(told(
                "unknown",
                vec![Message::new("earnings_not_paid", &[])],
            ));
        };
        let so_far = statement.payout;
        let mut answer = EarningsPeriod {
            so_far: Some(so_far),
            total: Some(so_far),
            blocked: statement.blocked,
            ..told("calculated", why_blocked(&statement).collect())
        };
        let Some(ahead) = row.outlook.of(period) else {
            // Over: nothing more comes. Else it is said why nothing can be expected.
            if let Some(note) = row.outlook.missing(period) {
                answer.notes.push(note);
            }
            return Ok(answer);
        };
        "expected".clone_into(&mut answer.state);
        if let Some(note) = row.expectable.refusal(row.plan) {
            answer.notes.push(note);
            return Ok(answer);
        }
        let asking = Asking {
            input,
            plan: row.expectable.plan(row.plan),
            person: row.person.to_string(),
            period,
            before: before.clone(),
            ahead: *ahead,
        };
        let next = asking.closing(ahead.expected);
        let found = blocking(move || asking.answer()).await?;
        before.push(next);
        answer.sales = Some(ahead.expected);
        found.tell(&mut answer, so_far)?;
        Ok(answer)
    }
}

/// What a row of a year is made with.
struct Row<'a> {
    plan: &'a Plan,
    person: PersonId,
    expectable: &'a Expectable,
    outlook: &'a Outlook,
    label: String,
}

/// The statement of a period as it stands, and the input again.
async fn stands(
    input: CalculateInput,
    person: PersonId,
) -> Result<(CalculateInput, Option<Statement>)> {
    let id = person.to_string();
    blocking(move || {
        let lines = CalculateInput {
            detail: Detail::Lines,
            ..input
        };
        let output = yeji_bonus::calculate(&lines)?;
        let own = output.statements.into_iter().find(|one| one.person == id);
        Ok((lines, own))
    })
    .await
}

fn why_blocked(statement: &Statement) -> impl Iterator<Item = Message> {
    let blocked = statement.components.iter();
    let blocked = blocked.filter(|one| one.amount.is_none());
    let notes = blocked.flat_map(|one| &one.notes);
    let mut told: Vec<Message> = Vec::new();
    for note in notes.map(view::message) {
        if !told.contains(&note) {
            told.push(note);
        }
    }
    told.into_iter()
}

fn meets(one: Period, other: Period) -> bool {
    one.start() < other.end() && other.start() < one.end()
}

/// Periods of the plan in the year of which no run is kept.
fn running_periods(plan: &Plan, year: Period, kept: &[EarningsPeriod]) -> Vec<Period> {
    let all = match plan.period {
        PeriodKind::Year => vec![year],
        kind => year.parts(kind),
    };
    let is_open = |period: &Period| !kept.iter().any(|one| meets(one.period, *period));
    all.into_iter().filter(is_open).collect()
}

/// The sums of a year, exactly those of its rows.
fn sums(periods: Vec<EarningsPeriod>, currency: Currency) -> Result<ExpectedEarnings> {
    let nothing = Money::new(0, currency);
    let (mut kept, mut so_far, mut expected) = (nothing, nothing, nothing);
    for one in &periods {
        let sum = if one.state == "kept" {
            &mut kept
        } else {
            &mut so_far
        };
        *sum = sum.checked_add(one.so_far.unwrap_or(nothing))?;
        expected = expected.checked_add(one.expected.unwrap_or(nothing))?;
    }
    let is_missing = |one: &EarningsPeriod| {
        one.total.is_none() || one.blocked || (one.state == "expected" && one.expected.is_none())
    };
    Ok(ExpectedEarnings {
        person: PersonId(uuid::Uuid::nil()),
        name: String::new(),
        year: 0,
        as_of: None,
        kept,
        so_far,
        expected,
        total: kept.checked_add(so_far)?.checked_add(expected)?,
        incomplete: periods.iter().any(is_missing),
        periods,
        notes: Vec::new(),
    })
}
