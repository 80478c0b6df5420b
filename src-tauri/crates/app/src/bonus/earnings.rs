//! What a year pays somebody: what is kept, what was calculated so far, and what the landing of their deals
//! lets expect, each marked for what it is.
//!
//! An expectation is the engine's answer to one more closing, of the amount that the landing expects on top
//! of what is won. Of components that go by something else (KPIs, receipts, single deals, teams) nothing is
//! expected: they stand as they are, and that is said.

mod expected;
mod landing;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use yeji_bonus::{CalculateInput, Detail, FactInput, Plan, Statement};
use yeji_core::calendar::{Period, PeriodKind};
use yeji_core::ids::PersonId;
use yeji_core::{Currency, Money};
use yeji_report::chart::Lang;

use self::expected::{Asking, Expectable};
use self::landing::Outlook;
use super::cycle::{Cycle, day_of, is_restated};
use super::if_error::BonusIfError;
use super::under::{PlanDays, is_under};
use super::versions::{PlanPeriod, last_day};
use super::{plan, view};
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
        let days = self.plan_days().await?;
        let year = days.fiscal.year(args.year)?;
        let mut periods = self.kept_in(&days, year, person, &args).await?;
        let runs = days.runs_of(person, (year.start(), year.end()))?;
        let is_open = |run: &PlanPeriod| {
            let code = run.plan.code.as_str();
            let same = |one: &EarningsPeriod| {
                meets(one.period, run.period) && stands_for(&days, &one.plan, one.period) == code
            };
            !periods.iter().any(same)
        };
        let running: Vec<PlanPeriod> = runs.into_iter().filter(is_open).collect();
        let mut outlooks: BTreeMap<PeriodKind, Outlook> = BTreeMap::new();
        let mut notes = Vec::new();
        for kind in running.iter().map(|run| run.plan.period) {
            if outlooks.contains_key(&kind) {
                continue;
            }
            let of_kind = running.iter().map(|run| run.period);
            let mut open: Vec<Period> = of_kind.filter(|period| period.kind() == kind).collect();
            // Two plans of a period share what is to come in it.
            open.dedup();
            let outlook = self
                .earnings_outlook(person, kind, year, &open, args.language)
                .await?;
            add_notes(&mut notes, outlook.notes.iter().cloned());
            outlooks.insert(kind, outlook);
        }
        // What is expected of earlier periods counts in plans to date.
        let mut before: Vec<(Period, FactInput)> = Vec::new();
        let mut is_incomplete = false;
        for run in running {
            let Some(outlook) = outlooks.get(&run.plan.period) else {
                continue;
            };
            let expectable = Expectable::of(&run.plan, args.language);
            add_notes(&mut notes, expectable.note());
            let row = Row {
                run: &run,
                person,
                expectable: &expectable,
                outlook,
                language: args.language,
            };
            let answer = Box::pin(self.not_kept(row, &mut before)).await?;
            is_incomplete |= answer.state == "calculated" && outlook.missing(run.period).is_some();
            periods.push(answer);
        }
        periods.sort_by(|a, b| {
            let by_start = a.period.start().cmp(&b.period.start());
            by_start.then_with(|| a.plan.cmp(&b.plan))
        });
        name_plans(&mut periods, args.language);
        let sums = sums(periods, currency)?;
        Ok(ExpectedEarnings {
            person,
            name,
            year: args.year,
            as_of: outlooks.values().find_map(|one| one.as_of),
            incomplete: sums.incomplete || is_incomplete,
            notes,
            ..sums
        })
    }

    /// Periods of the year of which a run is kept: what was settled, else the newest run. A recalculation of
    /// what was settled is none of them: its differences stand as adjustments in later statements. Of two
    /// plans both count: each pays its own part.
    async fn kept_in(
        &self,
        days: &PlanDays,
        year: Period,
        person: PersonId,
        args: &GetExpectedEarnings,
    ) -> Result<Vec<EarningsPeriod>> {
        let today = self.actor().day(self.clock.today());
        let mut kept: Vec<EarningsPeriod> = Vec::new();
        let mut cycles = self.all_cycles().await?;
        // What was settled is paid, whatever else was run.
        cycles.sort_by_key(|cycle| cycle.standing.settled().is_none());
        let assigned = days.assigned();
        for cycle in cycles {
            let period = cycle.period;
            let inside = year.start() <= period.start() && period.end() <= year.end();
            // A run of a period that is not over is a look in between.
            if !inside || period.end() > today {
                continue;
            }
            let code = stands_for(days, &cycle.plan, period);
            let settled = cycle.standing.settled();
            // Of runs that stand for the same plan one counts.
            let is_told = |one: &EarningsPeriod| {
                meets(one.period, period) && stands_for(days, &one.plan, one.period) == code
            };
            if settled.is_none() && kept.iter().any(is_told) {
                continue;
            }
            let Some((plan, as_of, statement)) = self.statement_that_counts(&cycle, person).await?
            else {
                continue;
            };
            let known = days.organisation.person(person);
            let is_left = !known.is_some_and(|one| is_under(&assigned, one, &code, period));
            // A run of before somebody came under another plan pays nothing but what was added by hand.
            if settled.is_none() && is_left && !statement.components.is_empty() {
                continue;
            }
            let held = settled.is_some_and(|one| one.held.contains_key(&person));
            let mut notes = Vec::new();
            let mut payout = statement.payout;
            if held {
                payout = Money::new(0, payout.currency);
                notes.push(Message::new("cause_held", &[]));
            }
            if as_of < period.end() {
                let day = ("date", as_of.to_string());
                notes.push(Message::new("earnings_kept_early", &[day]));
            }
            notes.extend(why_blocked(&statement));
            kept.push(EarningsPeriod {
                so_far: Some(payout),
                total: Some(payout),
                blocked: statement.blocked,
                ..row_of(&plan, period, "kept", notes, args.language)
            });
        }
        Ok(kept)
    }

    /// Somebody's statement of a period as it counts, with the day of its run, and its plan.
    async fn statement_that_counts(
        &self,
        cycle: &Cycle,
        person: PersonId,
    ) -> Result<Option<(Plan, NaiveDate, Statement)>> {
        let settled = cycle.standing.settled().map(|one| one.run);
        let runs = cycle.runs.iter().filter(|run| match settled {
            Some(settled) => run.id == settled,
            None => !is_restated(run),
        });
        for run in runs {
            if let Some(own) = self.kept_statement(run, person).await? {
                let plan = plan::read(&self.plan_version(run.plan).await?.document)?;
                return Ok(Some((plan, day_of(run)?, own)));
            }
        }
        Ok(None)
    }

    /// A period without a kept run: as it stands, and what is expected on top. `before`: what was expected of
    /// other periods.
    async fn not_kept(
        &self,
        row: Row<'_>,
        before: &mut Vec<(Period, FactInput)>,
    ) -> Result<EarningsPeriod> {
        let (plan, period) = (&row.run.plan, row.run.period);
        let told =
            |state: &str, notes: Vec<Message>| row_of(plan, period, state, notes, row.language);
        if !row.run.held {
            let day = last_day(period).to_string();
            let params = [("plan", plan.code.clone()), ("day", day)];
            let note = Message::new("plan_not_in_force", &params);
            return Ok(told("unknown", vec![note]));
        }
        let input = match self.input_as_it_stands(plan, period).await {
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
        if let Some(note) = row.expectable.refusal(plan) {
            answer.notes.push(note);
            return Ok(answer);
        }
        let earlier = before.iter().filter(|one| one.0.end() <= period.start());
        let asking = Asking {
            input,
            plan: row.expectable.plan(plan),
            person: row.person.to_string(),
            period,
            before: earlier.map(|one| one.1.clone()).collect(),
            ahead: *ahead,
        };
        let next = asking.closing(ahead.expected);
        let found = blocking(move || asking.answer()).await?;
        // By another plan of the same days the same sales are expected.
        if !before.iter().any(|one| meets(one.0, period)) {
            before.push((period, next));
        }
        answer.sales = Some(ahead.expected);
        found.tell(&mut answer, so_far)?;
        Ok(answer)
    }
}

/// What a row of a year is made with.
struct Row<'a> {
    run: &'a PlanPeriod,
    person: PersonId,
    expectable: &'a Expectable,
    outlook: &'a Outlook,
    language: Lang,
}

/// A row without amounts.
fn row_of(
    plan: &Plan,
    period: Period,
    state: &str,
    notes: Vec<Message>,
    language: Lang,
) -> EarningsPeriod {
    EarningsPeriod {
        period,
        label: words::period(period, language),
        plan: plan.code.clone(),
        plan_name_zh: plan.name.zh.clone(),
        plan_name_en: plan.name.en.clone(),
        state: state.to_owned(),
        so_far: None,
        expected: None,
        total: None,
        lower: None,
        upper: None,
        sales: None,
        blocked: false,
        notes,
    }
}

/// Rows of the same days are told apart by their plans.
fn name_plans(rows: &mut [EarningsPeriod], language: Lang) {
    let all: Vec<Period> = rows.iter().map(|row| row.period).collect();
    for row in rows {
        let same = all.iter().filter(|one| meets(**one, row.period));
        if same.count() > 1 {
            let name = match language {
                Lang::ZhCn => &row.plan_name_zh,
                Lang::En => &row.plan_name_en,
            };
            row.label = format!("{} · {name}", row.label);
        }
    }
}

/// Whose plan a plan is in a period: that of a file stands for the plan of everybody.
fn stands_for(days: &PlanDays, plan: &str, period: Period) -> String {
    days.book.stands_for(plan, last_day(period))
}

fn add_notes(notes: &mut Vec<Message>, more: impl IntoIterator<Item = Message>) {
    for note in more {
        if !notes.contains(&note) {
            notes.push(note);
        }
    }
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
    add_notes(&mut told, notes.map(view::message));
    told.into_iter()
}

fn meets(one: Period, other: Period) -> bool {
    one.start() < other.end() && other.start() < one.end()
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
