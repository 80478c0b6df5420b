//! Step 1: which facts count for whom.

use chrono::NaiveDate;
use yeji_core::Ratio;

use super::chain::Chains;
use super::compiled::Compiled;
use super::facts::{Fact, Part};
use crate::condition::{NoAnswer, Value};
use crate::input::Attribute;
use crate::plan::{Credit, Event, Overlays, Who};
use crate::statement::{LeftOutReason, Note};

/// What of a fact counts for somebody.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry {
    /// Place of the fact.
    pub fact: usize,
    pub on: NaiveDate,
    pub amount: i64,
    pub margin: Option<i64>,
    pub share: Ratio,
}

/// What counts for one person, by day.
#[derive(Debug, Default)]
pub(super) struct Credited {
    pub entries: Vec<Entry>,
    pub left_out: Vec<(usize, LeftOutReason)>,
    /// Facts that make it impossible to know, by day.
    pub troubles: Vec<(NaiveDate, Note)>,
}

impl Credited {
    /// Entries of `[from, to)`.
    pub fn within(&self, from: NaiveDate, to: NaiveDate) -> &[Entry] {
        let start = self.entries.partition_point(|entry| entry.on < from);
        let end = self.entries.partition_point(|entry| entry.on < to);
        self.entries.get(start..end).unwrap_or_default()
    }

    /// The first thing that makes it impossible to know `[from, to)`.
    pub fn trouble(&self, from: NaiveDate, to: NaiveDate) -> Option<&Note> {
        let inside = |(on, _): &&(NaiveDate, Note)| from <= *on && *on < to;
        self.troubles.iter().find(inside).map(|(_, note)| note)
    }
}

impl Credited {
    fn leave_out(&mut self, fact: usize, reason: LeftOutReason) {
        if self.left_out.last().is_none_or(|(last, _)| *last != fact) {
            self.left_out.push((fact, reason));
        }
    }

    /// The same with the facts of other days left out.
    pub fn only(&self, counts: impl Fn(NaiveDate) -> bool) -> Self {
        let mut only = Self {
            entries: Vec::with_capacity(self.entries.len()),
            left_out: self.left_out.clone(),
            troubles: self.troubles.clone(),
        };
        only.troubles.retain(|(on, _)| counts(*on));
        for entry in &self.entries {
            if counts(entry.on) {
                only.entries.push(*entry);
            } else {
                only.left_out.push((entry.fact, LeftOutReason::OtherPlan));
            }
        }
        only
    }

    /// Several parts of one fact that count for the same person are one.
    fn add(&mut self, fact: usize, on: NaiveDate, part: &Part) {
        let Some(last) = self.entries.last_mut().filter(|last| last.fact == fact) else {
            self.entries.push(Entry {
                fact,
                on,
                amount: part.amount,
                margin: part.margin,
                share: part.share,
            });
            return;
        };
        let sum = |a: i64, b: i64| a.checked_add(b);
        let margin = last.margin.zip(part.margin).and_then(|(a, b)| sum(a, b));
        match (
            sum(last.amount, part.amount),
            last.share.checked_add(part.share),
        ) {
            (Some(amount), Ok(share)) => {
                last.amount = amount;
                last.share = share;
                last.margin = margin;
            }
            _ => self.troubles.push((on, super::lines::overflow())),
        }
    }
}

/// Divides all facts of an event among people, `people` of them. What is left out is listed if `listed`.
pub(super) fn credit(
    compiled: &Compiled<'_>,
    event: Event,
    facts: &[Fact<'_>],
    chains: &mut Chains,
    people: usize,
    listed: bool,
) -> Vec<Credited> {
    let settings = &compiled.component.credit;
    let mut all: Vec<Credited> = (0..people).map(|_| Credited::default()).collect();
    let mut whose: Vec<(usize, Part)> = Vec::new();
    for (at, fact) in facts.iter().enumerate() {
        if fact.input.kind != event || (fact.is_refund && fact.trouble.is_none()) {
            continue;
        }
        credited_to(settings, fact, chains, &mut whose);
        let reason = match verdict(compiled, fact) {
            Ok(None) => None,
            Ok(Some(reason)) => Some(reason),
            Err(note) => {
                for (person, _) in &whose {
                    all[*person].troubles.push((fact.input.on, note.clone()));
                }
                continue;
            }
        };
        for (person, part) in &whose {
            let credited = &mut all[*person];
            match reason {
                Some(reason) if listed => credited.leave_out(at, reason),
                Some(_) => {}
                None => credited.add(at, fact.input.on, part),
            }
        }
    }
    all
}

/// The parts that count, each with whom it counts for.
fn credited_to(
    settings: &Credit,
    fact: &Fact<'_>,
    chains: &mut Chains,
    whose: &mut Vec<(usize, Part)>,
) {
    whose.clear();
    let levels = settings.levels.unwrap_or(u32::MAX);
    for part in &fact.parts {
        let wanted = match settings.overlays {
            Overlays::Exclude => !part.overlay,
            Overlays::Include => true,
            Overlays::Only => part.overlay,
        };
        if !wanted {
            continue;
        }
        if settings.who != Who::Reports {
            whose.push((part.person, *part));
        }
        if settings.who != Who::Owners {
            let above = chains.above(part.person, fact.input.on);
            let near = above.iter().filter(|(_, level)| *level <= levels);
            whose.extend(near.map(|(manager, _)| (*manager, *part)));
        }
    }
}

/// Why a fact is left out, if it is; or why that cannot be known.
fn verdict(compiled: &Compiled<'_>, fact: &Fact<'_>) -> Result<Option<LeftOutReason>, Note> {
    if let Some(trouble) = &fact.trouble {
        return Err(trouble.clone());
    }
    if fact.is_net_zero() {
        return Ok(Some(LeftOutReason::NetZero));
    }
    let Some(filter) = &compiled.filter else {
        return Ok(None);
    };
    match filter.holds(&|name| value_of(fact, name)) {
        Ok(true) => Ok(None),
        Ok(false) => Ok(Some(LeftOutReason::Filter)),
        Err(reason) => Err(no_answer("filter_no_answer", &fact.input.label, &reason)),
    }
}

pub(super) fn no_answer(code: &str, of: &str, reason: &NoAnswer) -> Note {
    let params = [
        ("of", of.to_owned()),
        ("reason", reason.code().to_owned()),
        ("name", reason.name().to_owned()),
    ];
    Note::new(code, &params)
}

/// What a filter sees of a fact, money in major units.
fn value_of<'a>(fact: &'a Fact<'_>, name: &str) -> Option<Value<'a>> {
    let currency = fact.input.amount.currency;
    let major = |minor: i64| {
        Ratio::new(minor.into(), currency.minor_per_major().into())
            .ok()
            .map(Value::Number)
    };
    match name {
        "amount" => major(fact.amount),
        "margin" => fact.margin.and_then(major),
        "quantity" => fact.quantity.map(Value::Number),
        "label" => Some(Value::Text(&fact.input.label)),
        _ => fact.input.attributes.get(name).map(|value| match value {
            Attribute::Text(text) => Value::Text(text),
            Attribute::Number { number } => Value::Number(*number),
        }),
    }
}
