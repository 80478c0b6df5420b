//! Engine `bonus.calculate`: statements of a period, each number with the steps that made it.
//!
//! Order of steps: credit (which deals count) -> measure (their sum) -> attainment (measure / goal)
//! -> tier -> rate (exact) -> rounding (once per line) -> payout (sum of the lines).

use std::collections::HashSet;

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yeji_core::calendar::Period;
use yeji_core::{Currency, Money, Ratio};

use crate::plan::Plan;
use crate::rate::{self, Position};
use crate::statement::{CalculateOutput, CountedDeal, Note, Statement, StatementLine};
use crate::{Error, Result, check, percent, trace};

/// Name of the engine on the command line.
pub const ENGINE: &str = "bonus.calculate";
/// Version of the calculation; it changes whenever the same input may give another result.
pub const ENGINE_VERSION: &str = "bonus.calculate/2";

/// Input of `bonus.calculate`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CalculateInput {
    /// The plan.
    pub plan: Plan,
    /// The period, of the plan's kind.
    pub period: Period,
    /// The day of the calculation. Before the period's end the result is provisional and says so.
    pub as_of: NaiveDate,
    /// The currency of every amount.
    pub currency: Currency,
    /// Who is paid. Statements come in this order.
    pub people: Vec<PersonInput>,
}

/// One person with what counts for them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PersonInput {
    /// Stable id, unique in the input.
    pub person: String,
    /// Shown name.
    pub name: String,
    /// Goal for the period; none: no attainment, nothing is paid.
    #[serde(default)]
    pub goal: Option<Money>,
    /// Target bonus for the period; none: the plan's default.
    #[serde(default)]
    pub target_bonus: Option<TargetBonusInput>,
    /// What counts, each closed within the period.
    #[serde(default)]
    pub deals: Vec<DealInput>,
}

/// The target bonus that was chosen for the period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TargetBonusInput {
    /// Amount for the plan's period, not negative.
    pub amount: Money,
    /// The record it comes from (id, or the day from which it holds); shown in the trace.
    pub source: String,
}

/// A deal that counts for a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DealInput {
    /// Stable id, unique for the person.
    pub id: String,
    /// What people call it.
    pub label: String,
    /// The event date.
    pub closed_on: NaiveDate,
    /// The amount credited to the person; negative amounts are legal.
    pub amount: Money,
}

/// Calculates the statements of a period.
///
/// Every payout equals the exact fraction rounded once per line; the same input gives the same
/// output on every platform.
///
/// # Errors
/// A plan with errors, a period of another kind than the plan's, a deal outside the period, amounts
/// in another currency, a person or deal listed twice, a negative target bonus, a sum that does not
/// fit: each names its place.
pub fn calculate(input: &CalculateInput) -> Result<CalculateOutput> {
    check_input(input)?;
    let statements: Vec<Statement> = input
        .people
        .iter()
        .map(|person| statement(input, person))
        .collect::<Result<_>>()?;
    let mut total = 0_i64;
    for statement in &statements {
        total = total
            .checked_add(statement.payout.minor)
            .ok_or(Error::Overflow {
                person: String::new(),
                what: "total",
            })?;
    }
    Ok(CalculateOutput {
        engine_version: ENGINE_VERSION.to_owned(),
        plan: input.plan.code.clone(),
        period: input.period,
        as_of: input.as_of,
        statements,
        total: Money::new(total, input.currency),
        notes: notes_of_run(input),
    })
}

fn check_input(input: &CalculateInput) -> Result<()> {
    let plan = &input.plan;
    if let Some(error) = Error::of_problems(check(plan)) {
        return Err(error);
    }
    if input.period.kind() != plan.period {
        return Err(Error::WrongPeriod {
            plan: plan.period,
            period: input.period,
        });
    }
    if let Some(amount) = plan.default_target_bonus {
        check_currency(input, &plan.code, "default_target_bonus", amount)?;
    }
    let mut people = HashSet::with_capacity(input.people.len());
    for person in &input.people {
        if !people.insert(person.person.as_str()) {
            return Err(Error::DuplicatePerson {
                person: person.person.clone(),
            });
        }
        check_person(input, person)?;
    }
    Ok(())
}

fn check_person(input: &CalculateInput, person: &PersonInput) -> Result<()> {
    if let Some(goal) = person.goal {
        check_currency(input, &person.person, "goal", goal)?;
    }
    if let Some(TargetBonusInput { amount, .. }) = person.target_bonus {
        check_currency(input, &person.person, "target_bonus", amount)?;
        if amount.minor < 0 {
            return Err(Error::NegativeTargetBonus {
                person: person.person.clone(),
                amount,
            });
        }
    }
    let mut deals = HashSet::with_capacity(person.deals.len());
    for deal in &person.deals {
        check_currency(input, &person.person, &deal.id, deal.amount)?;
        if !input.period.contains(deal.closed_on) {
            return Err(Error::DealOutsidePeriod {
                person: person.person.clone(),
                deal: deal.id.clone(),
                closed_on: deal.closed_on,
                period: input.period,
            });
        }
        if !deals.insert(deal.id.as_str()) {
            return Err(Error::DuplicateDeal {
                person: person.person.clone(),
                deal: deal.id.clone(),
            });
        }
    }
    Ok(())
}

fn check_currency(input: &CalculateInput, person: &str, place: &str, amount: Money) -> Result<()> {
    if amount.currency == input.currency {
        return Ok(());
    }
    Err(Error::MixedCurrencies {
        person: person.to_owned(),
        place: place.to_owned(),
        expected: input.currency,
        found: amount.currency,
    })
}

fn statement(input: &CalculateInput, person: &PersonInput) -> Result<Statement> {
    let plan = &input.plan;
    let overflow = |what: &'static str| Error::Overflow {
        person: person.person.clone(),
        what,
    };
    let mut notes = Vec::new();

    let actual = measure(input.currency, &person.deals).ok_or_else(|| overflow("actual"))?;
    if person.deals.is_empty() {
        notes.push(Note::new("no_deals", &[]));
    }
    let attainment = match person.goal {
        Some(goal) => yeji_core::goal::attainment(actual, goal)?,
        None => None,
    };
    notes.extend(note_on_goal(person.goal));
    let target_bonus = target_bonus(plan, person, &mut notes);

    let place = attainment.map(|attainment| rate::position(plan, attainment));
    notes.extend(attainment.and_then(|attainment| note_on_tier(plan, attainment)));
    let slices = match (attainment, target_bonus) {
        (Some(attainment), Some(_)) => {
            rate::slices(plan, attainment).map_err(|_| overflow("rate"))?
        }
        _ => Vec::new(),
    };

    let mut trace = vec![
        trace::credit(input.period, &person.deals),
        trace::measure(plan, &person.deals, actual),
        trace::attainment(actual, person.goal, attainment),
        trace::tier(plan, attainment, place),
    ];
    let basis = target_bonus.unwrap_or(Money::new(0, input.currency));
    let mut lines = Vec::with_capacity(slices.len());
    let mut payout = Money::new(0, input.currency);
    for slice in &slices {
        let amount = slice
            .amount(basis, plan.rounding)
            .map_err(|_| overflow("rate"))?;
        payout = payout.checked_add(amount).map_err(|_| overflow("payout"))?;
        trace.push(trace::rate(plan, slice, basis).map_err(|_| overflow("rate"))?);
        trace.push(trace::rounding(plan, slice, basis, amount).map_err(|_| overflow("rate"))?);
        lines.push(StatementLine {
            label: trace::line_label(plan, slice),
            tier: slice.tier,
            basis,
            rate: slice.rate,
            amount,
        });
    }
    trace.push(trace::payout(&lines, payout));

    Ok(Statement {
        person: person.person.clone(),
        name: person.name.clone(),
        period: input.period,
        actual,
        goal: person.goal,
        attainment,
        target_bonus,
        payout,
        lines,
        trace,
        notes,
        deals: person
            .deals
            .iter()
            .map(|deal| CountedDeal {
                id: deal.id.clone(),
                label: deal.label.clone(),
                closed_on: deal.closed_on,
                amount: deal.amount,
            })
            .collect(),
    })
}

/// Sum of the deals; none if it does not fit. Summed wide, so that the order never matters.
fn measure(currency: Currency, deals: &[DealInput]) -> Option<Money> {
    let sum: i128 = deals.iter().map(|deal| i128::from(deal.amount.minor)).sum();
    Some(Money::new(i64::try_from(sum).ok()?, currency))
}

/// The person's record, else the plan's default, else none; says which of the last two.
fn target_bonus(plan: &Plan, person: &PersonInput, notes: &mut Vec<Note>) -> Option<Money> {
    if let Some(record) = &person.target_bonus {
        let params = [
            ("amount", record.amount.to_major()),
            ("source", record.source.clone()),
        ];
        notes.push(Note::new("target_bonus_record", &params));
        return Some(record.amount);
    }
    if let Some(amount) = plan.default_target_bonus {
        notes.push(Note::new(
            "default_target_bonus",
            &[("amount", amount.to_major())],
        ));
        return Some(amount);
    }
    notes.push(Note::new("no_target_bonus", &[]));
    None
}

fn note_on_goal(goal: Option<Money>) -> Option<Note> {
    match goal {
        None => Some(Note::new("no_goal", &[])),
        Some(goal) if goal.minor == 0 => Some(Note::new("goal_zero", &[])),
        Some(goal) if goal.minor < 0 => {
            Some(Note::new("goal_negative", &[("goal", goal.to_major())]))
        }
        Some(_) => None,
    }
}

fn note_on_tier(plan: &Plan, attainment: Ratio) -> Option<Note> {
    let shown = ("attainment", percent::shown(attainment));
    match rate::position(plan, attainment) {
        Position::In(_) => None,
        Position::Below => {
            let from = plan.tiers.first().map(|tier| percent::format(tier.from));
            Some(Note::new(
                "below_first_tier",
                &[shown, ("from", from.unwrap_or_default())],
            ))
        }
        Position::Above => {
            let to = plan
                .tiers
                .last()
                .and_then(|tier| tier.to)
                .map(percent::format);
            Some(Note::new(
                "above_last_tier",
                &[shown, ("to", to.unwrap_or_default())],
            ))
        }
    }
}

fn notes_of_run(input: &CalculateInput) -> Vec<Note> {
    if input.as_of >= input.period.end() {
        return Vec::new();
    }
    let params = [
        ("as_of", input.as_of.to_string()),
        ("end", input.period.end().to_string()),
    ];
    vec![Note::new("period_not_over", &params)]
}
