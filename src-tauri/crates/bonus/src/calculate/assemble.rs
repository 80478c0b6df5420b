//! From exact results to components: step 8.

use yeji_core::{Money, Ratio};

use super::compiled::Compiled;
use super::credit::Credited;
use super::trace::{self, Trace};
use super::window::Window;
use super::work::{Context, Days, ExactLine, Subject, Worked, work};
use super::{Known, lines};
use crate::plan::{Event, Measure, Over, RateDate, RoundingRule};
use crate::statement::{
    ComponentResult, CountedFact, LeftOut, LeftOutReason, Note, StatementLine, Step,
};

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
        days: if person.partly {
            Days::Partly
        } else {
            Days::Assigned
        },
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
    let full = context.is_full();
    let mut trace = Trace::new(full);
    let over = compiled.component.over().unwrap_or(Over::Period);
    let window = match Window::over(over, context.period) {
        Ok(window) => window,
        Err(note) => return blocked(compiled, note, trace),
    };
    let own = own_days(compiled, subject, credited);
    let credited = own.as_ref().unwrap_or(credited);
    if matches!(compiled.component.measure, Measure::Facts { .. }) {
        trace.add(|| credit_step(context, compiled, credited, &window));
    }
    let worked = work(
        context, compiled, subject, credited, deals, &window, &mut trace,
    );
    let done = worked.and_then(|mut worked| {
        let lines = if matches!(over, Over::QuarterToDate | Over::YearToDate) {
            let earlier = match window.before() {
                Some(before) => exact_before(context, compiled, subject, credited, &before)?,
                None => Ratio::ZERO,
            };
            to_date(context, &worked, earlier, &mut trace)?
        } else {
            rounded(context, std::mem::take(&mut worked.lines), &mut trace)?
        };
        Ok((worked, lines))
    });
    let mut result = match done {
        Ok((worked, lines)) => filled(context, compiled, worked, lines, trace),
        Err(note) => blocked(compiled, note, trace),
    };
    if full {
        list_facts(context, compiled, credited, &window, &mut result);
    }
    result
}

/// Of somebody who is under another plan on other days: what is paid fact by fact counts by its own day.
fn own_days(
    compiled: &Compiled<'_>,
    subject: &Subject<'_>,
    credited: &Credited,
) -> Option<Credited> {
    let person = subject.person.filter(|_| subject.days == Days::Partly)?;
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

/// Counts what [`list_facts`] lists.
fn credit_step(
    context: &Context<'_>,
    compiled: &Compiled<'_>,
    credited: &Credited,
    window: &Window,
) -> Step {
    let event = match compiled.component.credit.event {
        Event::Closing => "closing",
        Event::Invoice => "invoice",
        Event::Receipt => "receipt",
        Event::Delivery => "delivery",
    };
    let counted = credited.within(window.from, window.to).len();
    let inside = |at: u32| window.contains(context.facts.of(at).on);
    let left_out = credited.left_out.iter().filter(|(at, _)| inside(*at));
    let left_out = left_out.count() + credited.entries.len() - counted;
    trace::credit(counted, left_out, event, window.from, window.to)
}

/// Exact lines as they are paid.
fn rounded(
    context: &Context<'_>,
    exact: Vec<ExactLine>,
    trace: &mut Trace,
) -> Known<Vec<StatementLine>> {
    let rule: RoundingRule = context.input.plan.rounding;
    let numbers: Vec<Ratio> = exact.iter().map(|line| line.exact).collect();
    let amounts = lines::amounts(&numbers, rule, context.currency)?;
    let mut done = Vec::with_capacity(exact.len());
    for (line, amount) in exact.into_iter().zip(amounts) {
        let fact = line.fact.filter(|_| context.is_full());
        let fact = fact.map(|place| context.facts.of(place).input.id.clone());
        trace.about(fact.as_deref());
        trace.add(|| trace::rounding(line.exact, amount, rule, context.currency));
        done.push(StatementLine {
            label: line.label,
            tier: line.tier,
            fact,
            exact: line.exact,
            amount: Money::new(amount, context.currency),
        });
    }
    trace.about(None);
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
    let params = || vec![("now", text(now)), ("before", text(before))];
    Ok(vec![StatementLine {
        label: trace.note("line_to_date", params),
        tier: None,
        fact: None,
        exact: Ratio::from_int(more),
        amount: Money::new(more, context.currency),
    }])
}

fn total(lines: &[StatementLine]) -> Known<i64> {
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
    let left = |at: u32, reason: LeftOutReason| {
        let fact = context.facts.of(at);
        LeftOut {
            id: fact.input.id.clone(),
            label: fact.input.label.clone(),
            on: fact.input.on,
            amount: Money::new(fact.amount(), context.currency),
            restated: context.facts.restated(fact),
            reason,
        }
    };
    for entry in &credited.entries {
        if !window.contains(entry.on) {
            let outside = left(entry.fact, LeftOutReason::OutsidePeriod);
            result.left_out.push(outside);
            continue;
        }
        let fact = context.facts.of(entry.fact);
        // A fact whose value is not known blocks the component, which says so.
        let Some(value) = entry.worth.number() else {
            continue;
        };
        result.counted.push(CountedFact {
            id: fact.input.id.clone(),
            kind: fact.input.kind,
            label: fact.input.label.clone(),
            on: fact.input.on,
            amount: Money::new(fact.amount(), context.currency),
            customer: fact.text("customer"),
            product: fact.text("product"),
            credited: super::measure::figure(context, compiled, value),
            refunded: fact.is_refunded(),
            restated: context.facts.restated(fact),
        });
    }
    for (at, reason) in &credited.left_out {
        if window.contains(context.facts.of(*at).on) {
            result.left_out.push(left(*at, *reason));
        }
    }
}
