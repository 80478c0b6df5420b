//! From components to statements: what comes over all of them.

use std::collections::HashMap;

use yeji_core::{Money, Ratio};

use super::pays::limit_value;
use super::prepared::Results;
use super::work::Context;
use super::{Known, lines, window};
use crate::exact::Exact;
use crate::input::{AdjustmentInput, PersonInput};
use crate::plan::Limit;
use crate::statement::{AdjustmentLine, ComponentResult, Note, Statement, StatementLine};

/// Statements in the order of the input's people.
pub(super) fn statements(context: &Context<'_>, results: Results) -> Vec<Statement> {
    let mut adjustments: HashMap<&str, Vec<&AdjustmentInput>> = HashMap::new();
    for one in &context.input.adjustments {
        adjustments.entry(&one.person).or_default().push(one);
    }
    let people = context.input.people.iter().zip(results);
    people
        .map(|(person, components)| {
            let own = adjustments.remove(person.person.as_str());
            let components = components.into_iter().flatten().collect();
            statement(context, person, components, own.unwrap_or_default())
        })
        .collect()
}

fn statement(
    context: &Context<'_>,
    person: &PersonInput,
    mut components: Vec<ComponentResult>,
    mut adjustments: Vec<&AdjustmentInput>,
) -> Statement {
    let currency = context.currency;
    if person.adjustments_only {
        components.clear();
    }
    let target = window::target_bonus(&context.input.plan, person, context.period);
    let mut notes = note_on_target(context, person);
    let mut blocked = components.iter().any(|one| one.amount.is_none());
    let amounts = components.iter().filter_map(|one| one.amount);
    let sum: i128 = amounts.map(|amount| i128::from(amount.minor)).sum();
    let limit = if person.adjustments_only {
        Ok(None)
    } else {
        i64::try_from(sum)
            .map_err(|_| lines::overflow())
            .and_then(|sum| {
                let share = window::share_of_days(person, context.period)?;
                plan_limit(context, sum, (target, share), blocked, &mut notes)
            })
    };
    adjustments.sort_by(|a, b| a.id.cmp(&b.id));
    let adjustments: Vec<AdjustmentLine> = adjustments.into_iter().map(adjusted).collect();
    let payout = limit.and_then(|limit| {
        let of_limit = limit.as_ref().map_or(0, |line| line.amount.minor);
        let paid = adjustments.iter().filter(|one| one.paid);
        let adjusted: i128 = paid.map(|one| i128::from(one.amount.minor)).sum();
        let payout = i64::try_from(sum + i128::from(of_limit) + adjusted);
        Ok((payout.map_err(|_| lines::overflow())?, limit))
    });
    let (payout, limit) = payout.unwrap_or_else(|note| {
        // The lines are known, but not what they come to: nothing is paid.
        blocked = true;
        notes.push(note);
        (0, None)
    });
    Statement {
        person: person.person.clone(),
        name: person.name.clone(),
        period: context.period,
        payout: Money::new(payout, currency),
        blocked,
        target_bonus: target.map(|minor| Money::new(minor, currency)),
        components,
        limit,
        adjustments,
        notes,
    }
}

fn adjusted(one: &AdjustmentInput) -> AdjustmentLine {
    AdjustmentLine {
        id: one.id.clone(),
        amount: one.amount,
        paid: one.is_approved(),
        reason: one.reason.clone(),
        cause: one.cause.clone(),
    }
}

/// The line of the plan's own cap or floor, which are for the share of the days under the plan.
fn plan_limit(
    context: &Context<'_>,
    sum: i64,
    (target, share): (Option<i64>, Ratio),
    blocked: bool,
    notes: &mut Vec<Note>,
) -> Known<Option<StatementLine>> {
    let plan = &context.input.plan;
    let target = target.map(Ratio::from_int);
    let limits = [&plan.cap, &plan.floor];
    if limits.iter().all(|limit| limit.is_none()) {
        return Ok(None);
    }
    if target.is_none() && limits.into_iter().flatten().any(Limit::needs_target_bonus) {
        notes.push(Note::new("limit_without_target_bonus", &[]));
    }
    let amount = |limit: Option<&Limit>| -> Known<Option<i64>> {
        limit_value(limit, target)?
            .map(|exact| lines::round(exact.times(share)?, plan.rounding, context.currency))
            .transpose()
    };
    let line = |code: &str, limit: i64| -> Known<Option<StatementLine>> {
        let more = limit.checked_sub(sum).ok_or_else(lines::overflow)?;
        let text = || yeji_core::money::format_minor(limit, context.currency);
        Ok(Some(StatementLine {
            label: context.note(code, || vec![("limit", text())]),
            tier: None,
            fact: None,
            exact: Ratio::from_int(more),
            amount: Money::new(more, context.currency),
        }))
    };
    // Where they cross, the cap holds.
    let cap = amount(plan.cap.as_ref())?;
    let floor = amount(plan.floor.as_ref())?.filter(|floor| sum < *floor);
    if floor.is_some() && blocked {
        notes.push(Note::new("floor_waits", &[]));
    }
    let raised = floor.filter(|_| !blocked).unwrap_or(sum);
    match cap {
        Some(cap) if raised > cap => line("line_plan_cap", cap),
        _ if raised > sum => line("line_plan_floor", raised),
        _ => Ok(None),
    }
}

/// Where the target bonus comes from.
fn note_on_target(context: &Context<'_>, person: &PersonInput) -> Vec<Note> {
    let chosen = window::assignment(person, context.period);
    let own = chosen.and_then(|one| Some((one, one.target_bonus?)));
    let default = context.input.plan.default_target_bonus;
    let note = match (own, default) {
        (Some((one, amount)), _) => context.note("target_bonus_record", || {
            let from = one.from.map(|from| from.to_string()).unwrap_or_default();
            let source = one.source.clone().unwrap_or(from);
            vec![("amount", amount.to_major()), ("source", source)]
        }),
        (None, Some(amount)) => context.note("default_target_bonus", || {
            vec![("amount", amount.to_major())]
        }),
        (None, None) => return Vec::new(),
    };
    vec![note]
}
