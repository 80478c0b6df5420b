//! Steps 2 and 3: the number that a component looks at, and its attainment.

use yeji_core::{Money, Ratio};

use super::credit::{Credited, Entry, Worth};
use super::trace::{self, Trace};
use super::window::{self, Window};
use super::work::{Context, Subject};
use super::{Known, compiled::Compiled};
use crate::exact::Exact;
use crate::percent;
use crate::plan::{Measure, ScorecardItem, Value};
use crate::statement::{Figure, Note};

/// A sum of more terms is not written out; the statement lists the facts anyway.
const MAX_TERMS: usize = 12;

/// What was measured.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Measured {
    /// In minor units where it is money; none for scorecards and objectives.
    pub measure: Option<Ratio>,
    /// Of scorecards and objectives, which have no goal.
    pub attainment: Option<Ratio>,
}

pub(super) fn measure(
    context: &Context<'_>,
    compiled: &Compiled<'_>,
    subject: &Subject<'_>,
    credited: &Credited,
    window: &Window,
    trace: &mut Trace,
) -> Known<Measured> {
    match &compiled.component.measure {
        Measure::Facts { value, .. } => {
            let sum = of_facts(
                context,
                credited.within(window.from, window.to),
                *value,
                trace,
            )?;
            Ok(of(sum))
        }
        Measure::Kpi { kpi, .. } => {
            let number = kpi_value(subject, kpi, window)?;
            trace.add(|| {
                let params = [("kpi", kpi.clone())];
                let text = percent::exact(number);
                trace::measure("measure_kpi", &params, kpi.clone(), text)
            });
            Ok(of(number))
        }
        Measure::Scorecard { items } => scorecard(subject, items, window, trace),
        Measure::Objectives {} => objectives(subject, trace),
        Measure::Earnings { of: component, .. } => {
            let earned = subject.earned.clone().unwrap_or(Ok(0))?;
            trace.add(|| {
                let text = yeji_core::money::format_minor(earned, context.currency);
                let params = [("of", component.clone())];
                trace::measure("measure_earnings", &params, component.clone(), text)
            });
            Ok(of(Ratio::from_int(earned)))
        }
    }
}

fn of(number: Ratio) -> Measured {
    Measured {
        measure: Some(number),
        attainment: None,
    }
}

/// The person's value of a KPI, or why it is not known.
pub(super) fn kpi_value(subject: &Subject<'_>, code: &str, window: &Window) -> Known<Ratio> {
    subject
        .person
        .and_then(|person| window::kpi(person, code, window))
        .and_then(|kpi| kpi.value)
        .ok_or_else(|| Note::new("kpi_missing", &[("kpi", code.to_owned())]))
}

fn of_facts(
    context: &Context<'_>,
    entries: &[Entry],
    value: Value,
    trace: &mut Trace,
) -> Known<Ratio> {
    let sum = sum(context, entries, value)?;
    trace.add(|| {
        let (code, money) = match value {
            Value::Amount => ("measure_amount", true),
            Value::Margin => ("measure_margin", true),
            Value::Count => ("measure_count", false),
            Value::Quantity => ("measure_quantity", false),
        };
        let text = |number: Ratio| {
            if money {
                trace::major(number, context.currency)
            } else {
                percent::exact(number)
            }
        };
        let terms: Vec<String> = entries
            .iter()
            .take(MAX_TERMS + 1)
            .filter_map(|entry| entry.worth.number())
            .map(|number| {
                let text = text(number);
                if number < Ratio::ZERO {
                    format!("({text})")
                } else {
                    text
                }
            })
            .collect();
        let formula = match terms.len() {
            0 => "0".to_owned(),
            1..=MAX_TERMS => terms.join(" + "),
            _ => format!("sum of {} facts", entries.len()),
        };
        trace::measure(code, &[], formula, text(sum))
    });
    Ok(sum)
}

/// What entries bring together. Whole numbers are summed wide, so that the order never matters.
pub(super) fn sum(context: &Context<'_>, entries: &[Entry], value: Value) -> Known<Ratio> {
    let mut whole: i128 = 0;
    let mut rest = Ratio::ZERO;
    for entry in entries {
        match &entry.worth {
            Worth::Whole(number) => whole += i128::from(*number),
            Worth::Fraction(number) => rest = rest.plus(**number)?,
            Worth::Unknown => return Err(unknown(context, entry, value)),
        }
    }
    let whole = i64::try_from(whole).map_err(|_| super::lines::overflow())?;
    Ok(Ratio::from_int(whole).plus(rest)?)
}

/// What one fact brings: minor units, or a number.
pub(super) fn worth(context: &Context<'_>, entry: &Entry, value: Value) -> Known<Ratio> {
    let number = entry.worth.number();
    number.ok_or_else(|| unknown(context, entry, value))
}

fn unknown(context: &Context<'_>, entry: &Entry, value: Value) -> Note {
    let code = match value {
        Value::Quantity => "quantity_missing",
        _ => "margin_missing",
    };
    let label = &context.facts.of(entry.fact).input.label;
    Note::new(code, &[("fact", label.clone())])
}

fn scorecard(
    subject: &Subject<'_>,
    items: &[ScorecardItem],
    window: &Window,
    trace: &mut Trace,
) -> Known<Measured> {
    let mut sum = Ratio::ZERO;
    let mut terms = Vec::new();
    for item in items {
        let reached = subject
            .person
            .and_then(|person| window::kpi(person, &item.kpi, window))
            .and_then(|kpi| kpi.attainment)
            .ok_or_else(|| Note::new("kpi_missing", &[("kpi", item.kpi.clone())]))?;
        let mut held = item.cap.map_or(reached, |cap| reached.min(cap));
        held = item.floor.map_or(held, |floor| held.max(floor));
        sum = sum.plus(item.weight.times(held)?)?;
        if trace.is_kept() {
            terms.push(format!(
                "{} x {} ({})",
                percent::format(item.weight),
                percent::exact(held),
                item.kpi
            ));
        }
    }
    trace.add(|| trace::measure("scorecard_sum", &[], terms.join(" + "), percent::exact(sum)));
    Ok(Measured {
        measure: None,
        attainment: Some(sum),
    })
}

fn objectives(subject: &Subject<'_>, trace: &mut Trace) -> Known<Measured> {
    let objectives = subject
        .person
        .map(|person| person.objectives.as_slice())
        .unwrap_or_default();
    if objectives.is_empty() {
        return Ok(Measured::default());
    }
    let (mut sum, mut total) = (Ratio::ZERO, Ratio::ZERO);
    let (mut terms, mut unjudged) = (Vec::new(), Vec::new());
    for objective in objectives {
        total = total.plus(objective.weight)?;
        let Some(result) = objective.result else {
            unjudged.push(objective.name.as_str());
            continue;
        };
        sum = sum.plus(objective.weight.times(result)?)?;
        if trace.is_kept() {
            terms.push(format!(
                "{} x {} ({})",
                percent::format(objective.weight),
                percent::exact(result),
                objective.name
            ));
        }
    }
    if total != Ratio::ONE {
        let params = [("total", percent::format(total))];
        return Err(Note::new("objectives_total", &params));
    }
    if !unjudged.is_empty() {
        let params = [("names", unjudged.join(", "))];
        return Err(Note::new("objectives_not_judged", &params));
    }
    trace.add(|| {
        trace::measure(
            "objectives_sum",
            &[],
            terms.join(" + "),
            percent::exact(sum),
        )
    });
    Ok(Measured {
        measure: None,
        attainment: Some(sum),
    })
}

/// A measure or goal for people: money where the component measures money.
pub(super) fn figure(context: &Context<'_>, compiled: &Compiled<'_>, number: Ratio) -> Figure {
    if !compiled.component.measures_money() {
        return Figure::Number(number);
    }
    number.to_integer().map_or(Figure::Number(number), |minor| {
        Figure::Money(Money::new(minor, context.currency))
    })
}
