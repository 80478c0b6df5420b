//! Facts as they are after refunds, divided among whom they are credited to.

use std::collections::HashMap;

use yeji_core::{Ratio, Rounding, allocate};

use super::people::People;
use crate::input::{Attribute, CalculateInput, FactInput};
use crate::statement::Note;
use crate::{Error, Result};

/// A fact after refunds.
#[derive(Debug)]
pub(super) struct Fact<'a> {
    pub input: &'a FactInput,
    /// In minor units.
    pub amount: i64,
    pub margin: Option<i64>,
    pub quantity: Option<Ratio>,
    /// It takes others back and counts for nothing itself.
    pub is_refund: bool,
    /// Others have taken something of it back.
    pub refunded: bool,
    /// Why what it credits cannot be known.
    pub trouble: Option<Note>,
    pub parts: Vec<Part>,
}

impl Fact<'_> {
    /// Whether refunds have taken it back in full.
    pub fn is_net_zero(&self) -> bool {
        self.refunded && self.amount == 0
    }

    /// An attribute that is a text.
    pub fn text(&self, name: &str) -> Option<String> {
        match self.input.attributes.get(name)? {
            Attribute::Text(text) => Some(text.clone()),
            Attribute::Number { .. } => None,
        }
    }
}

/// What of a fact is somebody's.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part {
    pub person: usize,
    pub share: Ratio,
    pub amount: i64,
    pub margin: Option<i64>,
    pub overlay: bool,
}

/// All facts, by day and id: the order of the input never matters.
pub(super) fn prepare<'a>(
    input: &'a CalculateInput,
    people: &mut People<'a>,
) -> Result<Vec<Fact<'a>>> {
    let mut ordered: Vec<&FactInput> = input.facts.iter().collect();
    ordered.sort_unstable_by(|a, b| a.on.cmp(&b.on).then_with(|| a.id.cmp(&b.id)));
    let mut by_id = HashMap::with_capacity(ordered.len());
    for (at, fact) in ordered.iter().enumerate() {
        if by_id.insert(fact.id.as_str(), at).is_some() {
            return Err(Error::DuplicateFact {
                fact: fact.id.clone(),
            });
        }
    }
    let mut facts: Vec<Fact<'a>> = ordered
        .into_iter()
        .map(|fact| Fact {
            input: fact,
            amount: fact.amount.minor,
            margin: fact.margin.map(|margin| margin.minor),
            quantity: fact.quantity,
            is_refund: !fact.refunds.is_empty(),
            refunded: false,
            trouble: None,
            parts: Vec::new(),
        })
        .collect();
    restate(&mut facts, &by_id)?;
    for fact in &mut facts {
        divide(fact, people)?;
    }
    Ok(facts)
}

/// Adds every refund to what it takes back.
fn restate(facts: &mut [Fact<'_>], by_id: &HashMap<&str, usize>) -> Result<()> {
    for at in 0..facts.len() {
        if !facts[at].is_refund {
            continue;
        }
        let refund = facts[at].input;
        for root in roots(facts, by_id, at)? {
            let Some(root) = root else {
                let params = [("fact", refund.label.clone())];
                facts[at].trouble = Some(Note::new("refund_without_original", &params));
                continue;
            };
            let quantity = refund.quantity;
            let fact = &mut facts[root];
            fact.refunded = true;
            match fact.amount.checked_add(refund.amount.minor) {
                Some(amount) => fact.amount = amount,
                None => fact.trouble = Some(Note::new("bonus_overflow", &[])),
            }
            // What the refund does not tell is not known afterwards.
            let margin = refund.margin.map(|margin| margin.minor);
            fact.margin = fact.margin.zip(margin).and_then(|(a, b)| a.checked_add(b));
            fact.quantity = fact
                .quantity
                .zip(quantity)
                .and_then(|(a, b)| a.checked_add(b).ok());
        }
    }
    Ok(())
}

/// What a refund takes back in the end, through further refunds; none where it is not there.
fn roots(
    facts: &[Fact<'_>],
    by_id: &HashMap<&str, usize>,
    refund: usize,
) -> Result<Vec<Option<usize>>> {
    let mut found = Vec::new();
    let mut open = vec![refund];
    let mut seen = vec![refund];
    while let Some(at) = open.pop() {
        for id in &facts[at].input.refunds {
            match by_id.get(id.as_str()).copied() {
                // Every member of a circle comes back to itself when it is looked at.
                Some(next) if next == refund => {
                    return Err(Error::RefundCircle {
                        fact: facts[refund].input.id.clone(),
                    });
                }
                Some(next) if facts[next].is_refund => {
                    if !seen.contains(&next) {
                        seen.push(next);
                        open.push(next);
                    }
                }
                other => found.push(other),
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

fn divide<'a>(fact: &mut Fact<'a>, people: &mut People<'a>) -> Result<()> {
    let input = fact.input;
    let mut total = Ratio::ZERO;
    for credit in input.credits.iter().chain(&input.overlays) {
        if credit.share < Ratio::ZERO {
            return Err(Error::NegativeShare {
                fact: input.id.clone(),
                person: credit.person.clone(),
            });
        }
    }
    for credit in &input.credits {
        total = total.checked_add(credit.share)?;
    }
    if total != Ratio::ONE && !input.credits.is_empty() && fact.trouble.is_none() {
        let params = [
            ("fact", input.label.clone()),
            ("total", crate::percent::format(total)),
        ];
        fact.trouble = Some(Note::new("credit_total", &params));
    }
    let shares: Vec<Ratio> = input.credits.iter().map(|credit| credit.share).collect();
    let amounts = parts(fact.amount, &shares);
    let margins = fact.margin.map(|margin| parts(margin, &shares));
    let at =
        |list: &Option<Vec<i64>>, at: usize| list.as_ref().and_then(|list| list.get(at).copied());
    for (place, credit) in input.credits.iter().enumerate() {
        fact.parts.push(Part {
            person: people.index(&credit.person),
            share: credit.share,
            amount: at(&amounts, place).unwrap_or_default(),
            margin: at(&margins.clone().flatten(), place),
            overlay: false,
        });
    }
    if amounts.is_none() && fact.trouble.is_none() && !shares.is_empty() {
        fact.trouble = Some(Note::new("bonus_overflow", &[]));
    }
    for overlay in &input.overlays {
        let of = |minor: i64| {
            Ratio::from_int(minor)
                .checked_mul(overlay.share)
                .and_then(|exact| exact.round(Rounding::HalfUp))
        };
        fact.parts.push(Part {
            person: people.index(&overlay.person),
            share: overlay.share,
            amount: of(fact.amount)?,
            margin: fact.margin.map(of).transpose()?,
            overlay: true,
        });
    }
    Ok(())
}

/// An amount divided by shares; none where their common denominator does not fit.
fn parts(amount: i64, shares: &[Ratio]) -> Option<Vec<i64>> {
    if shares == [Ratio::ONE] {
        return Some(vec![amount]);
    }
    allocate(amount, &weights(shares)?).ok()
}

/// Whole numbers in the proportions of shares; none where they do not fit.
pub(super) fn weights(shares: &[Ratio]) -> Option<Vec<u64>> {
    let mut common: i128 = 1;
    for share in shares {
        let denominator = share.denominator();
        let missing = Ratio::new(common, denominator).ok()?.denominator();
        common = common.checked_mul(missing)?;
    }
    shares
        .iter()
        .map(|share| {
            let weight = share
                .numerator()
                .checked_mul(common / share.denominator())?;
            u64::try_from(weight).ok()
        })
        .collect()
}
