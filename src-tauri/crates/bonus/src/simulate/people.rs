//! Who gains and who loses.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yeji_core::calendar::Period;
use yeji_core::{Currency, Money};

use super::{Simulated, minus, plus};
use crate::Result;

/// What somebody gets by each plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PersonPay {
    /// Who.
    pub person: String,
    /// Name.
    pub name: String,
    /// Of all periods, by plans; nothing where a plan has no statement for them.
    pub totals: Vec<Money>,
    /// By plans, of the periods in which there is a statement, in order.
    pub periods: Vec<Vec<PeriodPay>>,
}

/// What somebody gets for a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PeriodPay {
    /// The period.
    pub period: Period,
    /// Payout.
    pub payout: Money,
    /// Something of it cannot be known.
    #[serde(default, skip_serializing_if = "crate::plan::is_default")]
    pub blocked: bool,
}

/// A plan held against the baseline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Comparison {
    /// Place of the plan, counted from 0, which is the baseline.
    pub plan: usize,
    /// Sum of everybody's differences, which is the difference of the totals.
    pub difference: Money,
    /// People who get more.
    pub gain: usize,
    /// People who get less.
    pub lose: usize,
    /// People who get the same.
    pub same: usize,
    /// What those who gain get more.
    pub gained: Money,
    /// What those who lose get less, below zero.
    pub lost: Money,
}

pub(super) fn pay(plans: &[Simulated], currency: Currency) -> Result<Vec<PersonPay>> {
    let nothing = Money::new(0, currency);
    let mut people: BTreeMap<&str, PersonPay> = BTreeMap::new();
    for (at, plan) in plans.iter().enumerate() {
        let mut outputs: Vec<_> = plan.outputs().collect();
        outputs.sort_by_key(|output| output.period.start());
        for output in outputs {
            for one in &output.statements {
                let person = people.entry(&one.person).or_insert_with(|| PersonPay {
                    person: one.person.clone(),
                    name: one.name.clone(),
                    totals: vec![nothing; plans.len()],
                    periods: vec![Vec::new(); plans.len()],
                });
                person.totals[at] = plus(person.totals[at], one.payout)?;
                person.periods[at].push(PeriodPay {
                    period: output.period,
                    payout: one.payout,
                    blocked: one.blocked,
                });
            }
        }
    }
    Ok(people.into_values().collect())
}

pub(super) fn comparison(
    people: &[PersonPay],
    plan: usize,
    currency: Currency,
) -> Result<Comparison> {
    let nothing = Money::new(0, currency);
    let mut comparison = Comparison {
        plan,
        difference: nothing,
        gain: 0,
        lose: 0,
        same: 0,
        gained: nothing,
        lost: nothing,
    };
    for person in people {
        let difference = minus(person.totals[plan], person.totals[0])?;
        comparison.difference = plus(comparison.difference, difference)?;
        match difference.minor {
            0 => comparison.same += 1,
            1.. => {
                comparison.gain += 1;
                comparison.gained = plus(comparison.gained, difference)?;
            }
            _ => {
                comparison.lose += 1;
                comparison.lost = plus(comparison.lost, difference)?;
            }
        }
    }
    Ok(comparison)
}
