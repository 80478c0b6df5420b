//! Step 1: which facts count for whom.

use chrono::NaiveDate;
use yeji_core::Ratio;

use super::Known;
use super::chain::Chains;
use super::compiled::Compiled;
use super::facts::{Fact, Facts, Part, Trouble};
use super::lines::overflow;
use crate::condition::{NoAnswer, Value as Name};
use crate::exact::Exact;
use crate::input::Attribute;
use crate::plan::{Credit, Event, Measure, Overlays, Value, Who};
use crate::statement::{LeftOutReason, Note};

/// What of a fact counts for somebody.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    /// Place of the fact.
    pub fact: u32,
    pub on: NaiveDate,
    pub worth: Worth,
}

/// What an entry adds to the measure: minor units, or a number. There are millions, and nearly all are
/// whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Worth {
    Whole(i64),
    Fraction(Box<Ratio>),
    /// The fact has no margin or quantity.
    Unknown,
}

impl Worth {
    fn of(number: Ratio) -> Self {
        let whole = number.to_integer().map(Self::Whole);
        whole.unwrap_or_else(|| Self::Fraction(number.into()))
    }

    /// None where the fact does not tell.
    pub fn number(&self) -> Option<Ratio> {
        match self {
            Self::Whole(whole) => Some(Ratio::from_int(*whole)),
            Self::Fraction(number) => Some(**number),
            Self::Unknown => None,
        }
    }

    fn plus(&self, other: &Self) -> yeji_core::Result<Self> {
        match self.number().zip(other.number()) {
            Some((a, b)) => a.plus(b).map(Self::of),
            None => Ok(Self::Unknown),
        }
    }
}

/// What counts for one person, by day.
#[derive(Debug, Default)]
pub(super) struct Credited {
    pub entries: Vec<Entry>,
    pub left_out: Vec<(u32, LeftOutReason)>,
    /// Facts that make it impossible to know, by day.
    troubles: Vec<(NaiveDate, Note)>,
}

impl Credited {
    /// Entries of `[from, to)`.
    pub fn within(&self, from: NaiveDate, to: NaiveDate) -> &[Entry] {
        let start = self.entries.partition_point(|entry| entry.on < from);
        let end = self.entries.partition_point(|entry| entry.on < to);
        self.entries.get(start..end).unwrap_or_default()
    }

    /// What of a fact counts.
    pub fn of_fact(&self, fact: u32) -> Option<&Entry> {
        let at = self.entries.binary_search_by_key(&fact, |entry| entry.fact);
        self.entries.get(at.ok()?)
    }

    /// The first thing that makes it impossible to know `[from, to)`.
    pub fn trouble(&self, from: NaiveDate, to: NaiveDate) -> Option<&Note> {
        let inside = |(on, _): &&(NaiveDate, Note)| from <= *on && *on < to;
        self.troubles.iter().find(inside).map(|(_, note)| note)
    }

    fn leave_out(&mut self, fact: u32, reason: LeftOutReason) {
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
                only.entries.push(entry.clone());
            } else {
                only.left_out.push((entry.fact, LeftOutReason::OtherPlan));
            }
        }
        only.left_out.sort_by_key(|(fact, _)| *fact);
        only
    }

    /// Several parts of one fact that count for the same person are one.
    fn add(&mut self, entry: Entry) {
        let Some(last) = self
            .entries
            .last_mut()
            .filter(|last| last.fact == entry.fact)
        else {
            self.entries.push(entry);
            return;
        };
        match last.worth.plus(&entry.worth) {
            Ok(sum) if fits(&sum) => last.worth = sum,
            _ => self.troubles.push((entry.on, overflow())),
        }
    }
}

/// Whole numbers are kept in 64 bits.
fn fits(worth: &Worth) -> bool {
    !matches!(worth, Worth::Fraction(number) if number.denominator() == 1)
}

/// Divides all facts of an event among people, `people` of them. What is left out is listed if `listed`.
pub(super) fn credit(
    compiled: &Compiled<'_>,
    event: Event,
    facts: &Facts<'_>,
    chains: &mut Chains,
    people: usize,
    listed: bool,
) -> Vec<Credited> {
    let settings = &compiled.component.credit;
    let value = compiled.component.value();
    let mut all: Vec<Credited> = (0..people).map(|_| Credited::default()).collect();
    let mut whose: Vec<(u32, Part)> = Vec::new();
    for (fact, at) in facts.all.iter().zip(0..) {
        if fact.kind != event || (fact.is_refund && fact.trouble.is_none()) {
            continue;
        }
        whose.clear();
        credited_to(settings, facts, fact, chains, &mut whose);
        let verdict = verdict(compiled, fact);
        for (person, part) in &whose {
            let credited = &mut all[*person as usize];
            match &verdict {
                Err(note) => credited.troubles.push((fact.on, note.clone())),
                Ok(Some(reason)) if listed => credited.leave_out(at, *reason),
                Ok(Some(_)) => {}
                Ok(None) => match worth(fact, part, value) {
                    Ok(worth) => credited.add(Entry {
                        fact: at,
                        on: fact.on,
                        worth,
                    }),
                    Err(note) => credited.troubles.push((fact.on, note)),
                },
            }
        }
    }
    all
}

/// What a part adds to the measure.
fn worth(fact: &Fact<'_>, part: &Part, value: Value) -> Known<Worth> {
    Ok(match value {
        Value::Amount => Worth::Whole(part.amount),
        Value::Margin => part.margin.map_or(Worth::Unknown, Worth::Whole),
        Value::Count => Worth::of(fact.share(part)),
        Value::Quantity => match fact.quantity() {
            Some(quantity) => Worth::of(quantity.times(fact.share(part))?),
            None => Worth::Unknown,
        },
    })
}

/// The parts that count, each with whom it counts for.
fn credited_to(
    settings: &Credit,
    facts: &Facts<'_>,
    fact: &Fact<'_>,
    chains: &mut Chains,
    whose: &mut Vec<(u32, Part)>,
) {
    let levels = settings.levels.unwrap_or(u32::MAX);
    for part in facts.parts(fact) {
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
            let above = chains.above(part.person, fact.on);
            let near = above.iter().filter(|(_, level)| *level <= levels);
            whose.extend(near.map(|(manager, _)| (*manager, *part)));
        }
    }
}

/// Why a fact is left out, if it is; or why that cannot be known. What is left out blocks nothing by its
/// credit list.
fn verdict(compiled: &Compiled<'_>, fact: &Fact<'_>) -> Known<Option<LeftOutReason>> {
    if let Some(Trouble::Worth(note)) = fact.trouble.as_deref() {
        return Err(note.clone());
    }
    if fact.is_net_zero() {
        return Ok(Some(LeftOutReason::NetZero));
    }
    if let Some(filter) = &compiled.filter {
        let wanted = filter
            .holds(&|name| value_of(fact, name))
            .map_err(|reason| no_answer("filter_no_answer", &fact.input.label, &reason))?;
        if !wanted {
            return Ok(Some(LeftOutReason::Filter));
        }
    }
    match fact.trouble.as_deref() {
        Some(Trouble::List(note)) => Err(note.clone()),
        _ => Ok(None),
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
fn value_of<'a>(fact: &'a Fact<'_>, name: &str) -> Option<Name<'a>> {
    let currency = fact.input.amount.currency;
    let major = |minor: i64| {
        Ratio::new(minor.into(), currency.minor_per_major().into())
            .ok()
            .map(Name::Number)
    };
    match name {
        "amount" => major(fact.amount()),
        "margin" => fact.margin().and_then(major),
        "quantity" => fact.quantity().map(Name::Number),
        "label" => Some(Name::Text(&fact.input.label)),
        _ => fact.input.attributes.get(name).map(|value| match value {
            Attribute::Text(text) => Name::Text(text),
            Attribute::Number { number } => Name::Number(*number),
        }),
    }
}

impl crate::plan::Component {
    /// What is summed over facts, where they are measured.
    fn value(&self) -> Value {
        match &self.measure {
            Measure::Facts { value, .. } => *value,
            _ => Value::default(),
        }
    }
}
