//! Facts as they are after refunds, divided among whom they are credited to. Made once, for all periods.

use std::ops::Range;

use chrono::NaiveDate;
use yeji_core::{Ratio, Rounding, allocate};

use super::ids::Ids;
use super::people::People;
use super::refunds::{self, Restated};
use crate::exact::Exact;
use crate::input::{Attribute, FactInput, ShareInput};
use crate::plan::Event;
use crate::statement::{CountedRefund, Note, RestatedAmount};
use crate::{Error, Result};

/// All facts, by day and id: the order of the input never matters.
#[derive(Debug)]
pub(super) struct Facts<'a> {
    pub all: Vec<Fact<'a>>,
    parts: Vec<Part>,
    inputs: &'a [FactInput],
    ids: Ids,
    /// Where each fact of the input stands among all.
    places: Vec<u32>,
}

/// A fact after refunds.
#[derive(Debug)]
pub(super) struct Fact<'a> {
    pub input: &'a FactInput,
    pub on: NaiveDate,
    pub kind: Event,
    /// It takes others back and counts for nothing itself.
    pub is_refund: bool,
    /// What others have left of it, where they took something back.
    restated: Option<Box<Restated>>,
    pub trouble: Option<Box<Trouble>>,
    parts: Range<u32>,
}

/// Why what a fact credits cannot be known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Trouble {
    /// What it is worth is not known, and so not whether it counts.
    Worth(Note),
    /// Whose it is, if it counts.
    List(Note),
}

/// What of a fact is somebody's.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part {
    pub person: u32,
    /// Place in the credit list or among the overlays.
    place: u32,
    pub overlay: bool,
    /// Minor units.
    pub amount: i64,
    /// Minor units; none where the fact's is not known.
    pub margin: Option<i64>,
}

impl Fact<'_> {
    /// Minor units.
    pub fn amount(&self) -> i64 {
        let restated = self.restated.as_ref();
        restated.map_or(self.input.amount.minor, |left| left.amount)
    }

    /// Minor units.
    pub fn margin(&self) -> Option<i64> {
        match &self.restated {
            Some(left) => left.margin,
            None => self.input.margin.map(|margin| margin.minor),
        }
    }

    pub fn quantity(&self) -> Option<Ratio> {
        match &self.restated {
            Some(left) => left.quantity,
            None => self.input.quantity,
        }
    }

    /// Whether refunds have taken something of it back.
    pub fn is_refunded(&self) -> bool {
        self.restated.is_some()
    }

    /// Whether refunds have taken it back in full.
    pub fn is_net_zero(&self) -> bool {
        self.is_refunded() && self.amount() == 0
    }

    /// The share that a part is.
    pub fn share(&self, part: &Part) -> Ratio {
        let list = if part.overlay {
            &self.input.overlays
        } else {
            &self.input.credits
        };
        list.get(part.place as usize)
            .map_or(Ratio::ZERO, |credit| credit.share)
    }

    /// An attribute that is a text.
    pub fn text(&self, name: &str) -> Option<String> {
        match self.input.attributes.get(name)? {
            Attribute::Text(text) => Some(text.clone()),
            Attribute::Number { .. } => None,
        }
    }
}

impl<'a> Facts<'a> {
    /// # Errors
    /// A fact that is listed twice, a share below zero, a circle of refunds, more facts than 32 bits count.
    pub fn prepare(inputs: &'a [FactInput], people: &mut People<'a>) -> Result<Self> {
        let count = u32::try_from(inputs.len());
        let count = count.map_err(|_| yeji_core::Error::Overflow("number of facts"))?;
        let ids = Ids::new(inputs)?;
        let mut restated = refunds::restate(inputs, &ids)?;
        let mut parts = Vec::with_capacity(inputs.len() + inputs.len() / 4);
        // In the order of the input, which is that of the memory; sorted after that.
        let mut unordered = Vec::with_capacity(inputs.len());
        for (input, at) in inputs.iter().zip(0..) {
            let mut fact = Fact {
                input,
                on: input.on,
                kind: input.kind,
                is_refund: !input.refunds.is_empty(),
                restated: None,
                trouble: None,
                parts: 0..0,
            };
            if !restated.is_empty()
                && let Some(after) = restated.remove(&at)
            {
                fact.trouble = after.trouble.map(|note| Trouble::Worth(note).into());
                fact.restated = after.left.map(Box::new);
            }
            divide(&mut fact, &mut parts, people)?;
            unordered.push(Some(fact));
        }
        let order = by_day_and_id(inputs, count);
        let mut places = vec![0; inputs.len()];
        for (at, place) in order.iter().zip(0..) {
            places[*at as usize] = place;
        }
        let taken = order.iter().filter_map(|at| unordered[*at as usize].take());
        Ok(Self {
            all: taken.collect(),
            parts,
            inputs,
            ids,
            places,
        })
    }

    pub fn of(&self, place: u32) -> &Fact<'a> {
        &self.all[place as usize]
    }

    /// Facts of `[from, to)`.
    pub fn within(&self, from: NaiveDate, to: NaiveDate) -> &[Fact<'a>] {
        let start = self.all.partition_point(|fact| fact.on < from);
        let end = self.all.partition_point(|fact| fact.on < to);
        self.all.get(start..end).unwrap_or_default()
    }

    /// How the amount of a fact came to be what it is; none where nothing of it was taken back.
    pub fn restated(&self, fact: &Fact<'_>) -> Option<RestatedAmount> {
        let left = fact.restated.as_ref()?;
        let refund = |at: &u32| {
            let refund = &self.inputs[*at as usize];
            CountedRefund {
                id: refund.id.clone(),
                label: refund.label.clone(),
                on: refund.on,
                amount: refund.amount,
            }
        };
        Some(RestatedAmount {
            gross: fact.input.amount,
            refunds: left.by.iter().map(refund).collect(),
        })
    }

    pub fn parts(&self, fact: &Fact<'_>) -> &[Part] {
        let range = fact.parts.start as usize..fact.parts.end as usize;
        self.parts.get(range).unwrap_or_default()
    }

    /// The place of the deal with an id.
    pub fn deal(&self, id: &str) -> Option<u32> {
        let at = self.ids.find(self.inputs, id)?;
        let place = self.places[at as usize];
        let fact = self.of(place);
        (fact.kind == Event::Closing && !fact.is_refund).then_some(place)
    }
}

/// Places of the input in order of day, then id. The first eight bytes of an id decide nearly always, and
/// lie beside the day.
fn by_day_and_id(inputs: &[FactInput], count: u32) -> Vec<u32> {
    let start = |id: &str| {
        let mut bytes = [0; 8];
        for (to, from) in bytes.iter_mut().zip(id.bytes()) {
            *to = from;
        }
        u64::from_be_bytes(bytes)
    };
    let mut keys: Vec<(NaiveDate, u64, u32)> = inputs
        .iter()
        .zip(0..count)
        .map(|(fact, at)| (fact.on, start(&fact.id), at))
        .collect();
    let id = |at: u32| inputs[at as usize].id.as_str();
    keys.sort_unstable_by(|a, b| {
        let sure = (a.0, a.1).cmp(&(b.0, b.1));
        sure.then_with(|| id(a.2).cmp(id(b.2)))
    });
    keys.into_iter().map(|(_, _, at)| at).collect()
}

fn divide<'a>(fact: &mut Fact<'a>, parts: &mut Vec<Part>, people: &mut People<'a>) -> Result<()> {
    let input = fact.input;
    for credit in input.credits.iter().chain(&input.overlays) {
        if credit.share < Ratio::ZERO {
            return Err(Error::NegativeShare {
                fact: input.id.clone(),
                person: credit.person.clone(),
            });
        }
    }
    let start = parts.len();
    let (amount, margin) = (fact.amount(), fact.margin());
    let mut add = |(credit, place): (&'a ShareInput, u32), overlay, amount, margin| {
        parts.push(Part {
            person: people.index(&credit.person),
            place,
            overlay,
            amount,
            margin,
        });
    };
    let mut trouble = None;
    if let [only] = input.credits.as_slice()
        && only.share == Ratio::ONE
    {
        add((only, 0), false, amount, margin);
    } else if !input.credits.is_empty() {
        trouble = wrong_total(input);
        let divided = shares_of(amount, &input.credits).zip(match margin {
            Some(margin) => shares_of(margin, &input.credits).map(Some),
            None => Some(None),
        });
        if divided.is_none() {
            trouble = trouble.or_else(|| Some(super::lines::overflow()));
        }
        let (amounts, margins) = divided.unwrap_or_default();
        for (credit, place) in input.credits.iter().zip(0..) {
            let of = |list: &[i64]| list.get(place as usize).copied();
            let amount = of(&amounts).unwrap_or_default();
            let margin = margins.as_deref().and_then(of);
            add((credit, place), false, amount, margin);
        }
    }
    for (overlay, place) in input.overlays.iter().zip(0..) {
        let of = |minor: i64| {
            let exact = Ratio::from_int(minor).times(overlay.share);
            exact.and_then(|exact| exact.round(Rounding::HalfUp)).ok()
        };
        let (own, of_margin) = (of(amount), margin.map(of));
        if own.is_none() || of_margin == Some(None) {
            trouble = trouble.or_else(|| Some(super::lines::overflow()));
        }
        let margin = of_margin.flatten();
        add((overlay, place), true, own.unwrap_or_default(), margin);
    }
    if fact.trouble.is_none() {
        fact.trouble = trouble.map(|note| Trouble::List(note).into());
    }
    let fits = |length: usize| u32::try_from(length);
    let range = fits(start).ok().zip(fits(parts.len()).ok());
    let (start, end) = range.ok_or(yeji_core::Error::Overflow("number of shares"))?;
    fact.parts = start..end;
    Ok(())
}

/// Why a credit list does not divide the fact: it does not total 100 %, or nobody can say.
fn wrong_total(input: &FactInput) -> Option<Note> {
    let mut credits = input.credits.iter();
    let total = credits.try_fold(Ratio::ZERO, |sum, credit| sum.plus(credit.share));
    let Ok(total) = total else {
        return Some(super::lines::overflow());
    };
    let params = || {
        [
            ("fact", input.label.clone()),
            ("total", crate::percent::format(total)),
        ]
    };
    (total != Ratio::ONE).then(|| Note::new("credit_total", &params()))
}

/// An amount divided by a credit list; none where the shares' common denominator does not fit.
fn shares_of(amount: i64, credits: &[ShareInput]) -> Option<Vec<i64>> {
    let weights = weights(credits.iter().map(|credit| credit.share))?;
    allocate(amount, &weights).ok()
}

/// Whole numbers in the proportions of shares; none where they do not fit.
pub(super) fn weights(shares: impl Iterator<Item = Ratio> + Clone) -> Option<Vec<u64>> {
    let mut common: i128 = 1;
    for share in shares.clone() {
        let denominator = share.denominator();
        if common % denominator != 0 {
            let missing = Ratio::new(common, denominator).ok()?.denominator();
            common = common.checked_mul(missing)?;
        }
    }
    shares
        .map(|share| {
            let factor = common / share.denominator();
            u64::try_from(share.numerator().checked_mul(factor)?).ok()
        })
        .collect()
}
