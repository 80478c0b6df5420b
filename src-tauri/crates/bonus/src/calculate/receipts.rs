//! Receipts paid at the rate of their deals.

use std::collections::HashMap;

use yeji_core::Ratio;
use yeji_core::calendar::Period;

use super::Known;
use super::compiled::Compiled;
use super::credit::{Credited, Entry};
use super::measure::entry_value;
use super::trace::{self, Trace};
use super::window::Window;
use super::work::{Context, ExactLine, Subject, of_transaction, work};
use crate::percent;
use crate::plan::{Measure, Over, Value};
use crate::statement::{Note, Step, StepKind};

/// A line for each receipt: its credit x the rate of its deal.
pub(super) fn lines(
    context: &Context<'_>,
    compiled: &Compiled<'_>,
    subject: &Subject<'_>,
    receipts: &[Entry],
    deals: &Credited,
    trace: &mut Trace,
) -> Known<Vec<ExactLine>> {
    // The receipts are those of the days under the plan; the rate is the deal's, whatever the plan was then.
    let subject = &Subject {
        partly: false,
        ..subject.clone()
    };
    let mut rates: HashMap<Period, Option<Ratio>> = HashMap::new();
    let mut lines = Vec::with_capacity(receipts.len());
    for receipt in receipts {
        let fact = &context.facts[receipt.fact];
        let missing = || Note::new("deal_missing", &[("fact", fact.input.label.clone())]);
        let deal = fact.input.of.as_deref().ok_or_else(missing)?;
        let deal = *context.by_id.get(deal).ok_or_else(missing)?;
        let closed_on = context.facts[deal].input.on;
        let paid = context.input.period;
        let period = paid.calendar().containing(paid.kind(), closed_on)?;
        let window = Window::of(period);
        let rate = if compiled.component.over() == Some(Over::Transaction) {
            rate_of_deal(context, compiled, subject, deals, deal, &window)?
        } else if let Some(known) = rates.get(&period) {
            *known
        } else {
            let rate = rate_of_period(context, compiled, subject, deals, &window)?;
            rates.insert(period, rate);
            rate
        };
        let received = entry_value(context, receipt, value(compiled))?;
        let exact = rate.unwrap_or(Ratio::ZERO).checked_mul(received)?;
        let label = context.facts[deal].input.label.clone();
        let shown = rate.map_or_else(String::new, percent::shown);
        let params = [
            ("fact", fact.input.label.clone()),
            ("on", fact.input.on.to_string()),
            ("deal", label),
            ("closed_on", closed_on.to_string()),
            ("rate", shown),
        ];
        trace.add(|| Step {
            step: StepKind::Rate,
            explain: Note::new("rate_of_deal", &params),
            formula: format!(
                "{} x {}",
                trace::major(received, context.currency),
                rate.map_or_else(|| "0".to_owned(), percent::exact)
            ),
            value: trace::major(exact, context.currency),
        });
        lines.push(ExactLine {
            label: Note::new("line_receipt", &params),
            tier: None,
            exact,
        });
    }
    Ok(lines)
}

fn value(compiled: &Compiled<'_>) -> Value {
    match &compiled.component.measure {
        Measure::Facts { value, .. } => *value,
        _ => Value::Amount,
    }
}

/// The component's exact result in a period over its measure; none where that is not above zero.
fn rate_of_period(
    context: &Context<'_>,
    compiled: &Compiled<'_>,
    subject: &Subject<'_>,
    deals: &Credited,
    window: &Window,
) -> Known<Option<Ratio>> {
    let worked = work(
        context,
        compiled,
        subject,
        deals,
        None,
        window,
        &mut Trace::default(),
    )?;
    let exact = worked.exact()?;
    match worked.measured {
        Some(measure) if measure > Ratio::ZERO => Ok(Some(exact.checked_div(measure)?)),
        _ => Ok(None),
    }
}

/// The deal's own pay over its own credit.
fn rate_of_deal(
    context: &Context<'_>,
    compiled: &Compiled<'_>,
    subject: &Subject<'_>,
    deals: &Credited,
    deal: usize,
    window: &Window,
) -> Known<Option<Ratio>> {
    if let Some(trouble) = deals.trouble(window.from, window.to) {
        return Err(trouble.clone());
    }
    let mut of_period = Ratio::ZERO;
    for entry in deals.within(window.from, window.to) {
        of_period = of_period.checked_add(entry_value(context, entry, value(compiled))?)?;
    }
    let (mut exact, mut measure) = (Ratio::ZERO, Ratio::ZERO);
    for entry in deals.entries.iter().filter(|entry| entry.fact == deal) {
        if let Some((pay, credit)) =
            of_transaction(context, compiled, subject, entry, of_period, window)?
        {
            exact = exact.checked_add(pay)?;
            measure = measure.checked_add(credit)?;
        }
    }
    if measure <= Ratio::ZERO {
        return Ok(None);
    }
    Ok(Some(exact.checked_div(measure)?))
}
