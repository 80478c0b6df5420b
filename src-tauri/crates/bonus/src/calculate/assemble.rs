//! From exact results to components and statements: step 8 and what comes over all components.

use yeji_core::{Money, Ratio};

use super::compiled::Compiled;
use super::credit::Credited;
use super::trace::{self, Trace};
use super::window::{self, Window};
use super::work::{Context, ExactLine, Subject, Worked, limit_value, work};
use super::{Known, lines};
use crate::input::{Detail, PersonInput, Span};
use crate::plan::{Measure, Over, RateDate, RoundingRule};
use crate::statement::{
    AdjustmentLine, ComponentResult, CountedFact, LeftOut, LeftOutReason, Note, Statement,
    StatementLine,
};
use crate::{Error, Result};

/// A person as a subject.
pub(super) fn subject<'a>(
    context: &Context<'a>,
    person: usize,
    earned: Option<Known<i64>>,
) -> Subject<'a> {
    let person = &context.input.people[person];
    Subject {
        person: Some(person),
        goals: &person.goals,
        employed: person.employed,
        earned,
        team_target: None,
        partly: person.partly,
    }
}

/// A component of one person: worked out and rounded, or blocked with the reason.
pub(super) fn component(
    context: &Context<'_>,
    compiled: &Compiled<'_>,
    subject: &Subject<'_>,
    credited: &Credited,
    deals: Option<&Credited>,
) -> ComponentResult {
    let full = context.input.detail == Detail::Full;
    let mut trace = Trace::new(full);
    let over = compiled.component.over().unwrap_or(Over::Period);
    let window = match Window::over(over, context.input.period) {
        Ok(window) => window,
        Err(note) => return blocked(compiled, note, trace),
    };
    let own = own_days(compiled, subject, credited);
    let credited = own.as_ref().unwrap_or(credited);
    if matches!(compiled.component.measure, Measure::Facts { .. }) {
        trace.add(|| credit_step(compiled, credited, &window));
    }
    let worked = work(
        context, compiled, subject, credited, deals, &window, &mut trace,
    );
    let done = worked.and_then(|worked| {
        let lines = if matches!(over, Over::QuarterToDate | Over::YearToDate) {
            let earlier = match window.before() {
                Some(before) => exact_before(context, compiled, subject, credited, &before)?,
                None => Ratio::ZERO,
            };
            to_date(context, &worked, earlier, &mut trace)?
        } else {
            rounded(context, &worked.lines, &mut trace)?
        };
        Ok((worked, lines))
    });
    match done {
        Ok((worked, lines)) => {
            let mut result = filled(context, compiled, worked, lines, trace);
            if full {
                list_facts(context, compiled, credited, &window, &mut result);
            }
            result
        }
        Err(note) => {
            let mut result = blocked(compiled, note, trace);
            if full {
                list_facts(context, compiled, credited, &window, &mut result);
            }
            result
        }
    }
}

/// Of somebody who is under another plan on other days: what is paid fact by fact counts by its own day.
fn own_days(
    compiled: &Compiled<'_>,
    subject: &Subject<'_>,
    credited: &Credited,
) -> Option<Credited> {
    let person = subject.person.filter(|_| subject.partly)?;
    let by_fact = compiled.component.over() == Some(Over::Transaction)
        || compiled.component.credit.rate_date == RateDate::Deal;
    let under = |day| {
        person
            .assignments
            .iter()
            .any(|one| one.span().contains(day))
    };
    by_fact.then(|| credited.only(under))
}

fn credit_step(
    compiled: &Compiled<'_>,
    credited: &Credited,
    window: &Window,
) -> crate::statement::Step {
    let event = match compiled.component.credit.event {
        crate::plan::Event::Closing => "closing",
        crate::plan::Event::Invoice => "invoice",
        crate::plan::Event::Receipt => "receipt",
        crate::plan::Event::Delivery => "delivery",
    };
    let counted = credited.within(window.from, window.to).len();
    let left_out = credited.left_out.len();
    trace::credit(counted, left_out, event, window.from, window.to)
}

/// Exact lines as they are paid.
pub(super) fn rounded(
    context: &Context<'_>,
    exact: &[ExactLine],
    trace: &mut Trace,
) -> Known<Vec<StatementLine>> {
    let rule: RoundingRule = context.input.plan.rounding;
    let numbers: Vec<Ratio> = exact.iter().map(|line| line.exact).collect();
    let amounts = lines::amounts(&numbers, rule, context.currency)?;
    let mut done = Vec::with_capacity(exact.len());
    for (line, amount) in exact.iter().zip(amounts) {
        trace.add(|| trace::rounding(line.exact, amount, rule, context.currency));
        done.push(StatementLine {
            label: line.label.clone(),
            tier: line.tier,
            exact: line.exact,
            amount: Money::new(amount, context.currency),
        });
    }
    Ok(done)
}

fn exact_before(
    context: &Context<'_>,
    compiled: &Compiled<'_>,
    subject: &Subject<'_>,
    credited: &Credited,
    before: &Window,
) -> Known<Ratio> {
    let mut unseen = Trace::default();
    work(
        context,
        compiled,
        subject,
        credited,
        None,
        before,
        &mut unseen,
    )?
    .exact()
}

/// One line: what is more than before, each rounded once, so that the parts of a year sum to it.
fn to_date(
    context: &Context<'_>,
    worked: &Worked,
    before: Ratio,
    trace: &mut Trace,
) -> Known<Vec<StatementLine>> {
    let rule = context.input.plan.rounding;
    let exact = worked.exact()?;
    let now = lines::round(exact, rule, context.currency)?;
    trace.add(|| trace::rounding(exact, now, rule, context.currency));
    let before = lines::round(before, rule, context.currency)?;
    let more = now.checked_sub(before).ok_or_else(lines::overflow)?;
    trace.add(|| trace::to_date(now, before, context.currency));
    let text = |minor| yeji_core::money::format_minor(minor, context.currency);
    let params = [("now", text(now)), ("before", text(before))];
    Ok(vec![StatementLine {
        label: Note::new("line_to_date", &params),
        tier: None,
        exact: Ratio::from_int(more),
        amount: Money::new(more, context.currency),
    }])
}

pub(super) fn total(lines: &[StatementLine]) -> Known<i64> {
    lines
        .iter()
        .try_fold(0_i64, |sum, line| sum.checked_add(line.amount.minor))
        .ok_or_else(lines::overflow)
}

fn filled(
    context: &Context<'_>,
    compiled: &Compiled<'_>,
    worked: Worked,
    lines: Vec<StatementLine>,
    mut trace: Trace,
) -> ComponentResult {
    let amount = match total(&lines) {
        Ok(amount) => amount,
        Err(note) => return blocked(compiled, note, trace),
    };
    trace.add(|| {
        let amounts: Vec<i64> = lines.iter().map(|line| line.amount.minor).collect();
        trace::payout(&amounts, amount, context.currency)
    });
    ComponentResult {
        code: compiled.component.code.clone(),
        name: compiled.component.name.clone(),
        measure: worked.measure,
        goal: worked.goal,
        attainment: worked.attainment,
        amount: Some(Money::new(amount, context.currency)),
        lines,
        trace: trace.into_steps(),
        counted: Vec::new(),
        left_out: Vec::new(),
        notes: worked.notes,
    }
}

pub(super) fn blocked(compiled: &Compiled<'_>, note: Note, trace: Trace) -> ComponentResult {
    ComponentResult {
        code: compiled.component.code.clone(),
        name: compiled.component.name.clone(),
        measure: None,
        goal: None,
        attainment: None,
        amount: None,
        lines: Vec::new(),
        trace: trace.into_steps(),
        counted: Vec::new(),
        left_out: Vec::new(),
        notes: vec![note],
    }
}

/// Facts counted, and those of the person that are not.
fn list_facts(
    context: &Context<'_>,
    compiled: &Compiled<'_>,
    credited: &Credited,
    window: &Window,
    result: &mut ComponentResult,
) {
    let left = |at: usize, reason: LeftOutReason| {
        let fact = &context.facts[at];
        LeftOut {
            id: fact.input.id.clone(),
            label: fact.input.label.clone(),
            on: fact.input.on,
            amount: Money::new(fact.amount, context.currency),
            reason,
        }
    };
    let inside = |on| window.from <= on && on < window.to;
    for entry in &credited.entries {
        if !inside(entry.on) {
            let outside = left(entry.fact, LeftOutReason::OutsidePeriod);
            result.left_out.push(outside);
            continue;
        }
        let fact = &context.facts[entry.fact];
        let value = match &compiled.component.measure {
            Measure::Facts { value, .. } => super::measure::entry_value(context, entry, *value),
            _ => continue,
        };
        // A fact whose value is not known blocks the component, which says so.
        let Ok(value) = value else { continue };
        result.counted.push(CountedFact {
            id: fact.input.id.clone(),
            kind: fact.input.kind,
            label: fact.input.label.clone(),
            on: fact.input.on,
            amount: Money::new(fact.amount, context.currency),
            customer: fact.text("customer"),
            product: fact.text("product"),
            credited: super::measure::figure(context, compiled, value),
            refunded: fact.refunded,
        });
    }
    for (at, reason) in &credited.left_out {
        if inside(context.facts[*at].input.on) {
            result.left_out.push(left(*at, *reason));
        }
    }
}

/// Statements in the order of the input's people.
pub(super) fn statements(
    context: &Context<'_>,
    results: Vec<Vec<Option<ComponentResult>>>,
) -> Result<Vec<Statement>> {
    context
        .input
        .people
        .iter()
        .zip(results)
        .map(|(person, components)| {
            let components = components.into_iter().flatten().collect();
            statement(context, person, components)
        })
        .collect()
}

fn statement(
    context: &Context<'_>,
    person: &PersonInput,
    mut components: Vec<ComponentResult>,
) -> Result<Statement> {
    let input = context.input;
    if person.adjustments_only {
        components.clear();
    }
    let overflow = || Error::Overflow {
        person: person.person.clone(),
        what: "payout",
    };
    let blocked = components.iter().any(|one| one.amount.is_none());
    let mut sum = 0_i64;
    for amount in components.iter().filter_map(|one| one.amount) {
        sum = sum.checked_add(amount.minor).ok_or_else(overflow)?;
    }
    let target = window::target_bonus(&input.plan, person, input.period);
    let mut notes = note_on_target(context, person);
    let share = window::share_of_days(person, input.period).map_err(|_| overflow())?;
    let limit = if person.adjustments_only {
        None
    } else {
        plan_limit(context, sum, (target, share), blocked, &mut notes).map_err(|_| overflow())?
    };
    if let Some(line) = &limit {
        sum = sum.checked_add(line.amount.minor).ok_or_else(overflow)?;
    }
    let mut adjustments = Vec::new();
    for one in input
        .adjustments
        .iter()
        .filter(|one| one.person == person.person)
    {
        let paid = one.is_approved();
        if paid {
            sum = sum.checked_add(one.amount.minor).ok_or_else(overflow)?;
        }
        adjustments.push(AdjustmentLine {
            id: one.id.clone(),
            amount: one.amount,
            paid,
            reason: one.reason.clone(),
            cause: one.cause.clone(),
        });
    }
    adjustments.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(Statement {
        person: person.person.clone(),
        name: person.name.clone(),
        period: input.period,
        payout: Money::new(sum, input.currency),
        blocked,
        target_bonus: target.map(|minor| Money::new(minor, input.currency)),
        components,
        limit,
        adjustments,
        notes,
    })
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
    let amount = |limit: Option<&crate::plan::Limit>| -> Known<Option<i64>> {
        limit_value(limit, target)?
            .map(|exact| lines::round(exact.checked_mul(share)?, plan.rounding, context.currency))
            .transpose()
    };
    let line = |code: &str, limit: i64| -> Known<Option<StatementLine>> {
        let more = limit.checked_sub(sum).ok_or_else(lines::overflow)?;
        let text = yeji_core::money::format_minor(limit, context.currency);
        Ok(Some(StatementLine {
            label: Note::new(code, &[("limit", text)]),
            tier: None,
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
    let plan = &context.input.plan;
    let chosen = window::assignment(person, context.input.period);
    if let Some((one, amount)) = chosen.and_then(|one| Some((one, one.target_bonus?))) {
        let from = one.from.map(|from| from.to_string()).unwrap_or_default();
        let source = one.source.clone().unwrap_or(from);
        let params = [("amount", amount.to_major()), ("source", source)];
        return vec![Note::new("target_bonus_record", &params)];
    }
    let default = plan.default_target_bonus;
    default
        .map(|amount| Note::new("default_target_bonus", &[("amount", amount.to_major())]))
        .into_iter()
        .collect()
}

/// Days of employment that are open at both ends.
pub(super) fn always() -> Span {
    Span::default()
}
