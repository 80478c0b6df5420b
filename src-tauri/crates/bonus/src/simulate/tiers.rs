//! How many statements fall into each tier, and where each lies on the curve.

use std::collections::HashSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yeji_core::calendar::Period;
use yeji_core::{Currency, Money, Ratio};

use super::{Simulated, plus};
use crate::calculate::compiled::Compiled;
use crate::calculate::tiers::Position;
use crate::plan::{By, Over, Plan, PlanName, RateDate};
use crate::statement::{ComponentResult, Figure, Statement};
use crate::{Error, Result};

/// Where a statement lies.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// Something is not known: the component is blocked.
    Blocked,
    /// There is nothing to choose a tier by: no attainment, or each deal has its own tier.
    None,
    /// Under the first tier.
    Below,
    /// In this tier, counted from 0.
    Tier(usize),
    /// Over the end of the last one.
    Above,
}

/// Statements at a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TierCount {
    /// Where.
    pub place: Place,
    /// How many: one for each person and period.
    pub statements: usize,
    /// How many people were there at least once.
    pub people: usize,
    /// What the component pays them.
    pub amount: Money,
}

/// A component's statements by tiers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ComponentTiers {
    /// Its code.
    pub component: String,
    /// Its name.
    pub name: PlanName,
    /// All statements: the sum of the counts.
    pub statements: usize,
    /// Every tier, and the other places where somebody is.
    pub counts: Vec<TierCount>,
    /// Statements on the curve, where there is something to place them by.
    pub points: Vec<Point>,
}

/// A statement on the curve.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Point {
    /// Whose.
    pub person: String,
    /// Of which period.
    pub period: Period,
    /// Attainment, or the measure in major units where tiers go by it.
    pub x: Ratio,
    /// What the component pays.
    pub payout: Money,
    /// Target bonus of the statement.
    pub target_bonus: Option<Money>,
    /// Goal, where it is money.
    pub goal: Option<Money>,
}

/// Of the periods that were calculated by this version of the plan: tiers are a version's.
pub(super) fn of_version(
    version: &Plan,
    plan: &Simulated,
    currency: Currency,
) -> Result<Vec<ComponentTiers>> {
    let mut all = Vec::with_capacity(version.components.len());
    for (at, component) in version.components.iter().enumerate() {
        let compiled = Compiled::new(component, currency).map_err(|_| Error::NoComponent)?;
        let mut counting = Counting::new(component.rate.tiers.len(), currency);
        for (_, output) in plan.periods.iter().filter(|(by, _)| by == version) {
            for statement in &output.statements {
                if let Some(result) = statement.components.get(at) {
                    counting.add(&compiled, statement, result)?;
                }
            }
        }
        let statements = counting.counts.iter().map(|one| one.statements).sum();
        counting
            .counts
            .retain(|one| one.statements > 0 || matches!(one.place, Place::Tier(_)));
        all.push(ComponentTiers {
            component: component.code.clone(),
            name: component.name.clone(),
            statements,
            counts: counting.counts,
            points: counting.points,
        });
    }
    Ok(all)
}

struct Counting {
    counts: Vec<TierCount>,
    /// Beside `counts`: who was there.
    there: Vec<HashSet<String>>,
    points: Vec<Point>,
}

impl Counting {
    fn new(tiers: usize, currency: Currency) -> Self {
        let mut places = vec![Place::Below];
        places.extend((0..tiers).map(Place::Tier));
        places.extend([Place::Above, Place::None, Place::Blocked]);
        let count = |place: Place| TierCount {
            place,
            statements: 0,
            people: 0,
            amount: Money::new(0, currency),
        };
        Self {
            there: vec![HashSet::new(); places.len()],
            counts: places.into_iter().map(count).collect(),
            points: Vec::new(),
        }
    }

    fn add(
        &mut self,
        compiled: &Compiled<'_>,
        statement: &Statement,
        result: &ComponentResult,
    ) -> Result<()> {
        let x = chosen_by(compiled, result)?;
        let place = match (result.amount, x) {
            (None, _) => Place::Blocked,
            (Some(_), None) => Place::None,
            (Some(_), Some(x)) => match compiled.position(x) {
                Position::Below => Place::Below,
                Position::In(tier) => Place::Tier(tier),
                Position::Above => Place::Above,
            },
        };
        let found = self.counts.iter().position(|one| one.place == place);
        // Every place that the component can answer is in the list.
        let at = found.ok_or(Error::NoComponent)?;
        let count = &mut self.counts[at];
        count.statements += 1;
        if self.there[at].insert(statement.person.clone()) {
            count.people += 1;
        }
        let Some(payout) = result.amount else {
            return Ok(());
        };
        count.amount = plus(count.amount, payout)?;
        if let Some(x) = x {
            let scale = match compiled.component.rate.by {
                By::Attainment => Ratio::ONE,
                By::Amount => compiled.scale,
            };
            self.points.push(Point {
                person: statement.person.clone(),
                period: statement.period,
                x: x.checked_div(scale)?,
                payout,
                target_bonus: statement.target_bonus,
                goal: match result.goal {
                    Some(Figure::Money(goal)) => Some(goal),
                    _ => None,
                },
            });
        }
        Ok(())
    }
}

/// By what the tier was chosen, in the unit of the tiers' bounds.
fn chosen_by(compiled: &Compiled<'_>, result: &ComponentResult) -> Result<Option<Ratio>> {
    let component = compiled.component;
    let is_deals_rate = component.credit.rate_date == RateDate::Deal;
    if is_deals_rate || component.over() == Some(Over::Transaction) {
        return Ok(None);
    }
    Ok(match component.rate.by {
        By::Attainment => result.attainment,
        By::Amount => match result.measure {
            Some(Figure::Money(money)) => Some(Ratio::from_int(money.minor)),
            Some(Figure::Number(number)) => Some(number.checked_mul(compiled.scale)?),
            None => None,
        },
    })
}
