//! What refunds leave of the facts that they take back.

use std::collections::HashMap;

use yeji_core::Ratio;

use super::ids::Ids;
use crate::exact::Exact;
use crate::input::FactInput;
use crate::statement::Note;
use crate::{Error, Result};

/// What is left of a fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Restated {
    /// Minor units.
    pub amount: i64,
    /// Minor units; none: not known.
    pub margin: Option<i64>,
    pub quantity: Option<Ratio>,
    /// The refunds, by day and id: their places in the input.
    pub by: Vec<u32>,
}

/// What is left of a fact while its refunds are added: wide, so that their order never matters.
#[derive(Debug)]
struct Sum {
    amount: i128,
    margin: Option<i128>,
    quantities: Option<Vec<Ratio>>,
    by: Vec<u32>,
}

/// What refunds do to a fact, or to themselves.
#[derive(Debug, Default)]
pub(super) struct After {
    /// Of a fact that is taken back.
    pub left: Option<Restated>,
    /// What is left cannot be known; or, of a refund, what it takes back.
    pub trouble: Option<Note>,
}

/// What a refund leads to: at most one fact of each kind. A deal, its delivery and its receipt are one
/// thing seen three times; two deals are two, and nobody says how much of the refund is for which.
#[derive(Debug, Clone, Default)]
struct Firsts {
    facts: Vec<u32>,
    /// It also names a fact that is not there.
    astray: bool,
    /// It leads to several facts of one kind.
    several: bool,
}

/// What refunds change, by place in the input. Each refund is followed once, however long the chain.
///
/// # Errors
/// A circle of refunds.
pub(super) fn restate(facts: &[FactInput], ids: &Ids) -> Result<HashMap<u32, After>> {
    let mut known: HashMap<u32, Firsts> = HashMap::new();
    let mut changed: HashMap<u32, After> = HashMap::new();
    let mut sums: HashMap<u32, Sum> = HashMap::new();
    for (fact, at) in facts.iter().zip(0..) {
        if fact.refunds.is_empty() {
            continue;
        }
        follow(facts, ids, at, &mut known)?;
        let Some(firsts) = known.get(&at) else {
            continue;
        };
        let trouble = if firsts.several {
            Some("refund_of_several")
        } else if firsts.astray {
            Some("refund_without_original")
        } else {
            None
        };
        if let Some(code) = trouble {
            let note = Note::new(code, &[("fact", fact.label.clone())]);
            changed.entry(at).or_default().trouble = Some(note);
        }
        if !firsts.several {
            for first in &firsts.facts {
                let first_fact = &facts[*first as usize];
                let sum = sums.entry(*first).or_insert_with(|| Sum::of(first_fact));
                sum.take_back(fact, at);
            }
        }
    }
    let by_day = |at: &u32| {
        let fact = &facts[*at as usize];
        (fact.on, &fact.id)
    };
    for (at, mut sum) in sums {
        sum.by.sort_by_key(by_day);
        let after = changed.entry(at).or_default();
        match sum.left() {
            Some(left) => after.left = Some(left),
            None => after.trouble = Some(super::lines::overflow()),
        }
    }
    Ok(changed)
}

impl Sum {
    fn of(fact: &FactInput) -> Self {
        Self {
            amount: fact.amount.minor.into(),
            margin: fact.margin.map(|margin| margin.minor.into()),
            quantities: fact.quantity.map(|quantity| vec![quantity]),
            by: Vec::new(),
        }
    }

    /// Adds a refund, with its place in the input. What it does not tell is not known afterwards.
    fn take_back(&mut self, refund: &FactInput, at: u32) {
        self.by.push(at);
        self.amount += i128::from(refund.amount.minor);
        let margin = refund.margin.map(|margin| i128::from(margin.minor));
        self.margin = self.margin.zip(margin).map(|(a, b)| a + b);
        match (&mut self.quantities, refund.quantity) {
            (Some(quantities), Some(quantity)) => quantities.push(quantity),
            (quantities, _) => *quantities = None,
        }
    }

    /// None where the amount does not fit; a margin or quantity that does not is not known.
    fn left(self) -> Option<Restated> {
        // Fractions are added by size, which is the same in whatever order they came.
        let quantity = self.quantities.and_then(|mut quantities| {
            quantities.sort();
            let mut quantities = quantities.into_iter();
            quantities.try_fold(Ratio::ZERO, |sum, one| sum.plus(one).ok())
        });
        Some(Restated {
            amount: i64::try_from(self.amount).ok()?,
            margin: self.margin.and_then(|margin| i64::try_from(margin).ok()),
            quantity,
            by: self.by,
        })
    }
}

/// Finds what a refund leads to, and every refund on the way. Without recursion: chains may be long.
fn follow(
    facts: &[FactInput],
    ids: &Ids,
    refund: u32,
    known: &mut HashMap<u32, Firsts>,
) -> Result<()> {
    // Refunds on the way, each with the names that are still to be looked at.
    let mut way: Vec<(u32, usize, Firsts)> = Vec::new();
    let mut next = (!known.contains_key(&refund)).then_some(refund);
    let mut on_way = std::collections::HashSet::new();
    loop {
        if let Some(at) = next.take() {
            if !on_way.insert(at) {
                let fact = facts[at as usize].id.clone();
                return Err(Error::RefundCircle { fact });
            }
            way.push((at, 0, Firsts::default()));
        }
        let Some((at, looked_at, firsts)) = way.last_mut() else {
            return Ok(());
        };
        let Some(id) = facts[*at as usize].refunds.get(*looked_at) else {
            let (at, done) = (*at, std::mem::take(firsts));
            way.pop();
            on_way.remove(&at);
            known.insert(at, done);
            continue;
        };
        match ids.find(facts, id) {
            None => firsts.astray = true,
            Some(found) if facts[found as usize].refunds.is_empty() => {
                firsts.add(found, facts);
            }
            Some(found) => {
                let Some(behind) = known.get(&found) else {
                    // Looked at again when it is known.
                    next = Some(found);
                    continue;
                };
                firsts.join(behind, facts);
            }
        }
        *looked_at += 1;
    }
}

impl Firsts {
    fn add(&mut self, fact: u32, facts: &[FactInput]) {
        if self.facts.contains(&fact) {
            return;
        }
        let kind = facts[fact as usize].kind;
        let taken = self.facts.iter();
        if taken
            .map(|one| facts[*one as usize].kind)
            .any(|one| one == kind)
        {
            self.several = true;
        } else {
            self.facts.push(fact);
        }
    }

    fn join(&mut self, behind: &Self, facts: &[FactInput]) {
        self.astray |= behind.astray;
        self.several |= behind.several;
        for fact in &behind.facts {
            self.add(*fact, facts);
        }
    }
}
