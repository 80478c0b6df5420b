//! What is kept of a split by history, equal parts or own weights: everybody's part, so that a number can say why
//! it is what it is, as that of a blend does.

use std::collections::{BTreeMap, BTreeSet};

use yeji_core::{Error as CoreError, Ratio, Rounding};
use yeji_goals::weigh::{Contribution, Source, Weighed};
use yeji_goals::{GoalNode, SplitUnit};

use crate::api::goals::SplitRule;
use crate::error::Result;

/// By what the parts of a unit share.
#[derive(Debug, Clone)]
pub(super) struct SharedBy {
    source: Source,
    /// Units whose parts share equally all the same, as none of them has anything to go by.
    equally: BTreeSet<String>,
}

impl SharedBy {
    pub fn new(rule: &SplitRule, equally: BTreeSet<String>) -> Self {
        let source = match rule {
            SplitRule::History { .. } => Source::History,
            SplitRule::Weights { .. } => Source::Own,
            SplitRule::Equal | SplitRule::Blend(_) => Source::Equal,
        };
        Self { source, equally }
    }

    /// By history a unit weighs what was made in it, whoever made it.
    fn own_weights<'a>(&self, units: &'a [SplitUnit]) -> BTreeMap<&'a str, Ratio> {
        let own = units.iter().filter(|_| self.source == Source::History);
        own.filter_map(|unit| Some((unit.id.as_str(), unit.weight?)))
            .collect()
    }

    /// A document for each unit and person: what it got of what was divided.
    pub fn documents(
        &self,
        units: &[SplitUnit],
        nodes: &[GoalNode],
    ) -> Result<Vec<(String, String)>> {
        let year = nodes.iter().filter(|node| node.parent_period.is_none());
        let minor: BTreeMap<&str, i64> = year
            .map(|node| (node.unit.as_str(), node.amount.minor))
            .collect();
        let weights = weights(units)?;
        let mut all: BTreeMap<&str, Ratio> = BTreeMap::new();
        for (unit, weight) in units.iter().zip(&weights) {
            if let Some(parent) = &unit.parent {
                let sum = all.entry(parent).or_insert(Ratio::ZERO);
                *sum = sum.checked_add(*weight)?;
            }
        }
        let own_weights = self.own_weights(units);
        let mut documents = Vec::with_capacity(units.len());
        for (unit, weight) in units.iter().zip(weights) {
            let own = minor.get(unit.id.as_str()).copied().unwrap_or(0);
            let parent = unit.parent.as_deref();
            let parts = match parent {
                None => Vec::new(),
                Some(parent) => {
                    let is_equal = self.equally.contains(parent);
                    let share = Share {
                        source: if is_equal { Source::Equal } else { self.source },
                        minor: own,
                        weight,
                        of: all.get(parent).copied(),
                        above: own_weights.get(parent).copied().filter(|_| !is_equal),
                        pot: minor.get(parent).copied(),
                    };
                    share.parts()?
                }
            };
            let weighed = Weighed {
                unit: unit.id.clone(),
                name: unit.name.clone(),
                parent: unit.parent.clone(),
                level: unit.level,
                minor: own,
                over_assigned: 0,
                history: None,
                basis: None,
                growth: None,
                contributions: parts,
            };
            let document = serde_json::to_string(&weighed).map_err(yeji_store::Error::from)?;
            documents.push((unit.id.clone(), document));
        }
        Ok(documents)
    }
}

/// What one part of a unit got of it.
struct Share {
    source: Source,
    minor: i64,
    weight: Ratio,
    /// What all parts weigh.
    of: Option<Ratio>,
    /// What the unit itself weighs, where that is another thing.
    above: Option<Ratio>,
    pot: Option<i64>,
}

impl Share {
    /// The share of the amount above; where the unit weighs more than its parts together, what they get for
    /// their own weight and what they take over besides (less than nothing where it weighs less).
    fn parts(self) -> Result<Vec<Contribution>> {
        let of = self.of.filter(|of| *of > Ratio::ZERO);
        let above = self
            .above
            .filter(|above| *above > Ratio::ZERO && Some(*above) != of);
        let whole = Contribution {
            source: self.source,
            minor: self.minor,
            weight: of.map(|_| self.weight),
            of,
            pot: self.pot,
        };
        let (Some(above), Some(pot), Some(_)) = (above, self.pot, of) else {
            return Ok(vec![whole]);
        };
        let own = Ratio::from_int(pot)
            .checked_mul(self.weight)?
            .checked_div(above)?;
        let own = own.round(Rounding::HalfUp)?;
        let rest = self.minor.checked_sub(own);
        let rest = rest.ok_or(CoreError::Overflow("goal of a unit"))?;
        Ok(vec![
            Contribution {
                minor: own,
                of: Some(above),
                ..whole
            },
            Contribution {
                source: Source::UnitResults,
                minor: rest,
                weight: None,
                of: None,
                pot: None,
            },
        ])
    }
}

/// What each weighs: as given, else the sum of its parts. Parents come before their parts.
fn weights(units: &[SplitUnit]) -> Result<Vec<Ratio>> {
    let places: BTreeMap<&str, usize> = units
        .iter()
        .enumerate()
        .map(|(at, unit)| (unit.id.as_str(), at))
        .collect();
    let mut sums = vec![Ratio::ZERO; units.len()];
    for (at, unit) in units.iter().enumerate().rev() {
        if let Some(weight) = unit.weight {
            sums[at] = weight;
        }
        if let Some(parent) = unit.parent.as_deref().and_then(|id| places.get(id)) {
            sums[*parent] = sums[*parent].checked_add(sums[at])?;
        }
    }
    Ok(sums)
}
