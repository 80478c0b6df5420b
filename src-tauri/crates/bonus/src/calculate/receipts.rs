//! Receipts paid at the rate of their deals.

use std::collections::HashMap;

use yeji_core::Ratio;
use yeji_core::calendar::Period;

use super::Known;
use super::compiled::Compiled;
use super::credit::{Credited, Entry};
use super::measure;
use super::pays::of_transaction;
use super::trace::{self, Trace};
use super::window::Window;
use super::work::{Context, Days, ExactLine, Subject, Worked, work};
use crate::exact::Exact;
use crate::input::FactInput;
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
    worked: &mut Worked,
    trace: &mut Trace,
) -> Known<()> {
    // The receipts are those of the days under the plan; the rate is the deal's, whatever the plan was then.
    let subject = &Subject {
        days: Days::Every,
        ..subject.clone()
    };
    let mut rates = Rates {
        context,
        compiled,
        subject,
        deals,
        periods: HashMap::new(),
        totals: HashMap::new(),
    };
    let mut lines = Vec::with_capacity(receipts.len());
    for receipt in receipts {
        let fact = context.facts.of(receipt.fact);
        let missing = || Note::new("deal_missing", &[("fact", fact.input.label.clone())]);
        let deal = fact.input.of.as_deref().ok_or_else(missing)?;
        let deal = context.facts.deal(deal).ok_or_else(missing)?;
        let (rate, notes) = rates.of(deal)?;
        for note in notes {
            worked.note(of_deal(note, context.facts.of(deal).input));
        }
        let received = measure::worth(context, receipt, value(compiled))?;
        let exact = rate.unwrap_or(Ratio::ZERO).times(received)?;
        let params = || {
            let deal = context.facts.of(deal).input;
            vec![
                ("fact", fact.input.label.clone()),
                ("on", fact.on.to_string()),
                ("deal", deal.label.clone()),
                ("closed_on", deal.on.to_string()),
                ("rate", rate.map_or_else(String::new, percent::shown)),
            ]
        };
        let label = trace.note("line_receipt", params);
        trace.about(Some(&fact.input.id));
        trace.add(|| Step {
            step: StepKind::Rate,
            fact: None,
            explain: Note::new("rate_of_deal", &params()),
            formula: format!(
                "{} x {}",
                trace::major(received, context.currency),
                rate.map_or_else(|| "0".to_owned(), percent::exact)
            ),
            value: trace::major(exact, context.currency),
        });
        trace.about(None);
        lines.push(ExactLine {
            label,
            tier: None,
            fact: Some(receipt.fact),
            exact,
        });
    }
    worked.lines = lines;
    Ok(())
}

/// A note on a deal's rate, with the deal that it is on.
fn of_deal(mut note: Note, deal: &FactInput) -> Note {
    for (name, value) in [
        ("deal", deal.label.clone()),
        ("closed_on", deal.on.to_string()),
    ] {
        note.params.insert(name.to_owned(), value);
    }
    note
}

/// A rate, none where what it goes by is not above zero, and what is to be said of it.
type Rate = (Option<Ratio>, Vec<Note>);

fn value(compiled: &Compiled<'_>) -> Value {
    match &compiled.component.measure {
        Measure::Facts { value, .. } => *value,
        _ => Value::Amount,
    }
}

/// Rates of deals, each period worked out once.
struct Rates<'a> {
    context: &'a Context<'a>,
    compiled: &'a Compiled<'a>,
    subject: &'a Subject<'a>,
    deals: &'a Credited,
    periods: HashMap<Period, Rate>,
    totals: HashMap<Period, Ratio>,
}

impl Rates<'_> {
    fn of(&mut self, deal: u32) -> Known<Rate> {
        let paid = self.context.period;
        let closed_on = self.context.facts.of(deal).on;
        let period = paid.calendar().containing(paid.kind(), closed_on)?;
        if self.compiled.component.over() == Some(Over::Transaction) {
            return self.of_deal(deal, period);
        }
        if let Some(known) = self.periods.get(&period) {
            return Ok(known.clone());
        }
        let rate = self.of_period(&Window::of(period))?;
        self.periods.insert(period, rate.clone());
        Ok(rate)
    }

    /// The component's exact result in a period over its measure.
    fn of_period(&self, window: &Window) -> Known<Rate> {
        // Its notes are read, its steps are not.
        let mut unseen = Trace::new(self.context.is_full());
        let (deals, none) = (self.deals, None);
        let worked = work(
            self.context,
            self.compiled,
            self.subject,
            deals,
            none,
            window,
            &mut unseen,
        )?;
        let exact = worked.exact()?;
        let rate = match worked.measured {
            Some(measure) if measure > Ratio::ZERO => Some(exact.over(measure)?),
            _ => None,
        };
        Ok((rate, worked.notes))
    }

    /// The deal's own pay over its own credit.
    fn of_deal(&mut self, deal: u32, period: Period) -> Known<Rate> {
        let window = Window::of(period);
        let of_period = self.total(period)?;
        let Some(entry) = self.deals.of_fact(deal) else {
            return Ok((None, vec![Note::new("no_facts", &[])]));
        };
        let (context, compiled) = (self.context, self.compiled);
        let paid = of_transaction(context, compiled, self.subject, entry, of_period, &window)?;
        let Some((exact, measure, notes)) = paid else {
            return Ok((None, Vec::new()));
        };
        let is_above = measure > Ratio::ZERO;
        let rate = is_above.then(|| exact.over(measure)).transpose()?;
        Ok((rate, notes))
    }

    /// The measure of all deals of a period.
    fn total(&mut self, period: Period) -> Known<Ratio> {
        if let Some(known) = self.totals.get(&period) {
            return Ok(*known);
        }
        let (from, to) = (period.start(), period.end());
        if let Some(trouble) = self.deals.trouble(from, to) {
            return Err(trouble.clone());
        }
        let entries = self.deals.within(from, to);
        let sum = measure::sum(self.context, entries, value(self.compiled))?;
        self.totals.insert(period, sum);
        Ok(sum)
    }
}
