//! What each person weighs by each factor, and each unit as the sum of its people.

use super::input::ramp_share;
use std::collections::{BTreeMap, HashMap};

use yeji_core::{Ratio, Rounding, allocate};

use super::error::WeighError;
use super::input::{Factor, Facts, WeighInput};
use crate::split::{Level, Note};
use crate::tree::{UnitTree, whole_weights};
use crate::{Error, Result};

/// The weights of all units and people, by position in the list.
pub(super) struct Weights {
    by_factor: BTreeMap<Factor, Vec<Ratio>>,
    /// What people made in a year: of those with a history, in minor units; of units their sum, none
    /// if nobody below has any.
    pub history: Vec<Option<i64>>,
    /// The same for as many days as they will be there.
    pub basis: Vec<Option<i64>>,
    /// What caps hold people to: the basis, of new people the median that they weigh.
    pub held_to: Vec<Option<i64>>,
}

impl Weights {
    /// Weighs the people by the factors that are in the blend, and by history and equally in any case.
    pub fn new(input: &WeighInput, tree: &UnitTree<'_>, notes: &mut Vec<Note>) -> Result<Self> {
        let people = People { input, tree };
        let capacities = people.capacities()?;
        let own_history = people.history()?;
        let mut by_factor = BTreeMap::new();
        let with_median = people.with_median(&own_history, notes)?;
        let scaled = people.scaled(&with_median, &capacities)?;
        let held_to = scaled.iter().zip(&with_median);
        let held_to = held_to.map(|(scaled, known)| known.and(scaled.to_integer()));
        let held_to: Vec<Option<i64>> = held_to.collect();
        by_factor.insert(Factor::History, scaled);
        by_factor.insert(Factor::Equal, people.equal(&capacities)?);
        for blend in &input.blend {
            let weights = match blend.factor {
                Factor::History | Factor::Equal => continue,
                Factor::Pipeline => people.pipeline()?,
                Factor::Market => people.market(&capacities)?,
                Factor::Segment => people.segment(&capacities)?,
                Factor::Own => people.own()?,
            };
            by_factor.insert(blend.factor, weights);
        }
        for weights in by_factor.values_mut() {
            people.sum_upwards(weights)?;
        }
        let basis = people.scaled(&own_history, &capacities)?;
        let basis = basis
            .into_iter()
            .zip(&own_history)
            .map(|(basis, history)| history.and(basis.to_integer()));
        let mut weights = Self {
            by_factor,
            basis: basis.collect(),
            history: own_history,
            held_to,
        };
        people.sum_known(&mut weights.history)?;
        people.sum_known(&mut weights.held_to)?;
        people.sum_known(&mut weights.basis)?;
        Ok(weights)
    }

    /// What a unit weighs by a factor of the blend.
    pub fn of(&self, factor: Factor, at: usize) -> Ratio {
        self.by_factor
            .get(&factor)
            .map_or(Ratio::ZERO, |all| all[at])
    }
}

struct People<'a> {
    input: &'a WeighInput,
    tree: &'a UnitTree<'a>,
}

impl People<'_> {
    fn all(&self) -> impl Iterator<Item = (usize, &Facts)> {
        let units = self.input.units.iter().enumerate();
        units
            .filter(|(_, unit)| unit.level == Level::Person)
            .map(|(at, unit)| (at, &unit.facts))
    }

    fn zeros(&self) -> Vec<Ratio> {
        vec![Ratio::ZERO; self.input.units.len()]
    }

    fn place(&self, at: usize) -> (String, String) {
        let unit = &self.input.units[at];
        (unit.id.clone(), unit.name.clone())
    }

    fn negative(&self, at: usize, figure: &'static str, value: &dyn ToString) -> Error {
        let (unit, name) = self.place(at);
        let value = value.to_string();
        WeighError::NegativeFigure {
            unit,
            name,
            figure,
            value,
        }
        .into()
    }

    /// The part of the period for which each person counts: days at work, each by the ramp.
    fn capacities(&self) -> Result<Vec<Ratio>> {
        let mut capacities = vec![Ratio::ONE; self.input.units.len()];
        for (at, facts) in self.all().filter(|(_, facts)| !facts.presence.is_empty()) {
            let (mut there, mut days) = (Ratio::ZERO, 0_u64);
            for stretch in &facts.presence {
                let all = Ratio::new(i128::from(stretch.all), 1)?;
                if stretch.present < Ratio::ZERO || stretch.present > all {
                    return Err(self.presence(at, stretch.present, stretch.all));
                }
                let ramp = stretch
                    .months_since_hire
                    .map_or(Ratio::ONE, |months| ramp_share(&self.input.ramp, months));
                there = there.checked_add(stretch.present.checked_mul(ramp)?)?;
                days = days.saturating_add(stretch.all);
            }
            if days == 0 {
                return Err(self.presence(at, Ratio::ZERO, 0));
            }
            capacities[at] = there.checked_div(Ratio::new(i128::from(days), 1)?)?;
        }
        Ok(capacities)
    }

    fn presence(&self, at: usize, present: Ratio, all: u64) -> Error {
        let (unit, name) = self.place(at);
        let present = present.to_string();
        WeighError::Presence {
            unit,
            name,
            present,
            all,
        }
        .into()
    }

    /// What each person made in a year of twelve known months, half a minor unit up; none for new
    /// people.
    fn history(&self) -> Result<Vec<Option<i64>>> {
        let mut history = vec![None; self.input.units.len()];
        for (at, facts) in self.all() {
            let (mut minor, mut months) = (0_i128, 0_u32);
            for year in facts.history.iter().filter(|year| year.months > 0) {
                if year.minor < 0 {
                    return Err(self.negative(at, "history", &year.minor));
                }
                if year.months > 12 {
                    return Err(WeighError::SettingRange {
                        what: "months",
                        value: year.months.to_string(),
                        low: "0".to_owned(),
                        high: "12".to_owned(),
                    }
                    .into());
                }
                minor += i128::from(year.minor);
                months += year.months;
            }
            if months > 0 {
                let year = Ratio::new(minor * 12, i128::from(months))?;
                history[at] = Some(year.round(Rounding::HalfUp)?);
            }
        }
        Ok(history)
    }

    /// New people with the median of their team, or of the smallest unit above in which anybody has a
    /// history.
    fn with_median(
        &self,
        history: &[Option<i64>],
        notes: &mut Vec<Note>,
    ) -> Result<Vec<Option<i64>>> {
        let is_used = self.uses(Factor::History);
        let mut filled = history.to_vec();
        let mut medians: HashMap<usize, Option<i64>> = HashMap::new();
        for (at, _) in self.all().filter(|(at, _)| history[*at].is_none()) {
            let mut above = self.tree.parent(at);
            while let Some(unit) = above {
                let found = if let Some(found) = medians.get(&unit) {
                    *found
                } else {
                    let found = self.median(unit, history)?;
                    medians.insert(unit, found);
                    found
                };
                if let Some(median) = found {
                    filled[at] = Some(median);
                    let (id, name) = self.place(at);
                    let (team, team_name) = self.place(unit);
                    let params = [
                        ("unit", id),
                        ("name", name),
                        ("team", team),
                        ("team_name", team_name),
                        ("median", median.to_string()),
                    ];
                    if is_used {
                        notes.push(Note::new("new_person_by_median", &params));
                    }
                    break;
                }
                above = self.tree.parent(unit);
            }
        }
        Ok(filled)
    }

    fn uses(&self, factor: Factor) -> bool {
        self.input.blend.iter().any(|blend| blend.factor == factor)
    }

    /// The median of the known histories below a unit; of an even number the mean of the middle two,
    /// half a minor unit up.
    fn median(&self, unit: usize, history: &[Option<i64>]) -> Result<Option<i64>> {
        let mut known: Vec<i64> = self
            .tree
            .below(unit)
            .into_iter()
            .filter_map(|at| history[at])
            .collect();
        known.sort_unstable();
        let middle = known.len() / 2;
        Ok(match known.len() {
            0 => None,
            odd if odd % 2 == 1 => Some(known[middle]),
            _ => {
                let both = i128::from(known[middle - 1]) + i128::from(known[middle]);
                Some(Ratio::new(both, 2)?.round(Rounding::HalfUp)?)
            }
        })
    }

    /// A year's amount for as many days as somebody is there, half a minor unit up.
    fn scaled(&self, history: &[Option<i64>], capacities: &[Ratio]) -> Result<Vec<Ratio>> {
        let mut weights = self.zeros();
        for (at, _) in self.all() {
            let year = Ratio::from_int(history[at].unwrap_or(0));
            let there = year.checked_mul(capacities[at])?.round(Rounding::HalfUp)?;
            weights[at] = Ratio::from_int(there);
        }
        Ok(weights)
    }

    fn equal(&self, capacities: &[Ratio]) -> Result<Vec<Ratio>> {
        let mut weights = self.zeros();
        for (at, facts) in self.all() {
            let heads = facts.headcount.unwrap_or(Ratio::ONE);
            if heads < Ratio::ZERO {
                return Err(self.negative(at, "headcount", &heads));
            }
            weights[at] = heads.checked_mul(capacities[at])?;
        }
        Ok(weights)
    }

    fn pipeline(&self) -> Result<Vec<Ratio>> {
        let mut weights = self.zeros();
        for (at, facts) in self.all() {
            if facts.pipeline < 0 {
                return Err(self.negative(at, "pipeline", &facts.pipeline));
            }
            weights[at] = Ratio::from_int(facts.pipeline);
        }
        Ok(weights)
    }

    /// Each market's potential as parts of a whole, to who serves it.
    fn market(&self, capacities: &[Ratio]) -> Result<Vec<Ratio>> {
        let equal = self.equal(capacities)?;
        let mut potentials: BTreeMap<(&str, &str), i64> = BTreeMap::new();
        for market in &self.input.markets {
            let sum = potentials
                .entry((&market.region, &market.segment))
                .or_default();
            if market.minor < 0 {
                return Err(WeighError::NegativeFigure {
                    unit: format!("{} {}", market.region, market.segment),
                    name: format!("{} {}", market.region, market.segment),
                    figure: "market",
                    value: market.minor.to_string(),
                }
                .into());
            }
            *sum = sum
                .checked_add(market.minor)
                .ok_or_else(|| Error::Overflow {
                    place: format!("{} {}", market.region, market.segment),
                })?;
        }
        let mut served: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
        for (at, facts) in self.all() {
            let (Some(region), Some(segment)) = (&facts.region, &facts.segment) else {
                continue;
            };
            if !potentials.contains_key(&(region.as_str(), segment.as_str())) {
                return Err(self.unknown_tag(at, format!("{region} {segment}")));
            }
            served.entry((region, segment)).or_default().push(at);
        }
        let mut weights = self.zeros();
        for (market, people) in served {
            let heads: Vec<Ratio> = people.iter().map(|at| equal[*at]).collect();
            let heads = whole_weights(&heads).ok_or_else(|| Error::WeightsTooFine {
                place: format!("{} {}", market.0, market.1),
            })?;
            if heads.iter().all(|share| *share == 0) {
                continue;
            }
            for (at, part) in people
                .into_iter()
                .zip(allocate(potentials[&market], &heads)?)
            {
                weights[at] = Ratio::from_int(part);
            }
        }
        Ok(weights)
    }

    fn segment(&self, capacities: &[Ratio]) -> Result<Vec<Ratio>> {
        let known: HashMap<&str, Ratio> = self
            .input
            .segments
            .iter()
            .map(|one| (one.segment.as_str(), one.weight))
            .collect();
        let mut weights = self.zeros();
        for (at, facts) in self.all() {
            let Some(segment) = &facts.segment else {
                continue;
            };
            let weight = *known
                .get(segment.as_str())
                .ok_or_else(|| self.unknown_tag(at, segment.clone()))?;
            if weight < Ratio::ZERO {
                return Err(self.negative(at, "segment", &weight));
            }
            weights[at] = weight.checked_mul(capacities[at])?;
        }
        Ok(weights)
    }

    fn unknown_tag(&self, at: usize, tag: String) -> Error {
        let (unit, name) = self.place(at);
        WeighError::UnknownTag { unit, name, tag }.into()
    }

    fn own(&self) -> Result<Vec<Ratio>> {
        let mut weights = self.zeros();
        for (at, facts) in self.all() {
            let (unit, name) = self.place(at);
            let own = facts.own.ok_or(Error::MissingWeight { unit, name })?;
            if own < Ratio::ZERO {
                return Err(self.negative(at, "own", &own));
            }
            weights[at] = own;
        }
        Ok(weights)
    }

    fn sum_upwards(&self, weights: &mut [Ratio]) -> Result<()> {
        for at in self.tree.order().iter().rev() {
            if let Some(above) = self.tree.parent(*at) {
                let sum = weights[above].checked_add(weights[*at]);
                weights[above] = sum.map_err(|_| Error::WeightsTooFine {
                    place: self.tree.id(above).to_owned(),
                })?;
            }
        }
        Ok(())
    }

    fn sum_known(&self, known: &mut [Option<i64>]) -> Result<()> {
        for at in self.tree.order().iter().rev() {
            if let (Some(above), Some(value)) = (self.tree.parent(*at), known[*at]) {
                let sum = known[above].unwrap_or(0).checked_add(value);
                known[above] = Some(sum.ok_or_else(|| Error::Overflow {
                    place: self.tree.id(above).to_owned(),
                })?);
            }
        }
        Ok(())
    }
}
