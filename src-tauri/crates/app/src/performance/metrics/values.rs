//! The sums that formulas are made of: from facts, goals and people, by part and period; or why there
//! are none.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use yeji_core::ids::{OpportunityId, PersonId, UnitId};
use yeji_core::metric::GoalMetric;
use yeji_core::org::Organisation;
use yeji_core::{Currency, Error as CoreError, Ratio};
use yeji_insight::kpi::customers::{Counts, Fact, Purchase, count};
use yeji_insight::kpi::{Measure, NoValue, Origin, Unit};
use yeji_store::{MeasureKey, MeasureOnly, MeasureQuery, MeasureSplit};

use crate::access::Actor;
use crate::api::performance::Days;
use crate::context::App;
use crate::error::Result;
use crate::organisation::depth_first;
use crate::performance::goal_cover::Goal;
use crate::performance::records::is_whole_weeks;

/// What is asked of measures.
pub(in crate::performance) struct Scope<'a> {
    pub organisation: &'a Organisation,
    /// Units that are meant and seen.
    pub units: Option<Vec<UnitId>>,
    pub split: MeasureSplit,
    /// Only some of the facts.
    pub only: MeasureOnly,
    /// Only the values of these parts, which were found before.
    pub among: Option<BTreeSet<MeasureKey>>,
    /// Half-open, in order.
    pub periods: Vec<(NaiveDate, NaiveDate)>,
    /// Whose goals the measure `goal_amount` is: those of the won amount in formulas.
    pub goals: GoalMetric,
}

/// Values of measures by part and period.
#[derive(Debug, Default)]
pub(in crate::performance) struct Values {
    known: BTreeMap<MeasureKey, BTreeMap<(usize, Measure), Ratio>>,
    /// Where a measure has no value for any part: it is not zero there.
    none: BTreeMap<(usize, Measure), NoValue>,
    /// Where a measure has no value for one part.
    none_of: BTreeMap<MeasureKey, BTreeMap<(usize, Measure), NoValue>>,
    /// Parts that are listed though nothing happened.
    parts: BTreeSet<MeasureKey>,
    /// Measures that are only known where they are named.
    only_named: BTreeSet<Measure>,
}

/// Won deals of known customers, by customer, then day.
#[derive(Debug, Default)]
pub(super) struct Purchases {
    pub ids: Vec<OpportunityId>,
    pub purchases: Vec<Purchase<MeasureKey>>,
}

impl Scope<'_> {
    /// How goals are split: by the part that is looked at, where there is one; other parts than people and
    /// units have none.
    fn split_of_goals(&self) -> MeasureSplit {
        match (&self.only.part, self.split) {
            (None, split) => split,
            (Some((by, _)), split) if split == MeasureSplit::None || split == *by => *by,
            // Two ways at once: nobody set such goals.
            _ => MeasureSplit::Source,
        }
    }

    /// Whether the part that is looked at is one of people or units.
    fn splits_organisation(&self) -> bool {
        matches!(
            self.only.part,
            None | Some((MeasureSplit::Person | MeasureSplit::Unit, _))
        )
    }
}

impl Values {
    fn add(&mut self, key: MeasureKey, period: usize, measure: Measure, value: Ratio) {
        let of_part = self.known.entry(key).or_default();
        of_part.insert((period, measure), value);
    }

    /// The parts of which anything is known.
    pub fn parts(&self) -> BTreeSet<MeasureKey> {
        let named = self.known.keys().cloned();
        named.chain(self.parts.iter().cloned()).collect()
    }

    /// A measure of a part in a period (its place); what has no facts among facts is zero.
    pub fn of(
        &self,
        key: &MeasureKey,
        period: usize,
        measure: Measure,
    ) -> std::result::Result<Ratio, NoValue> {
        let known = self.known.get(key);
        let known = known.and_then(|of_part| of_part.get(&(period, measure)));
        let of_part = self.none_of.get(key);
        let none = of_part.and_then(|of_part| of_part.get(&(period, measure)));
        match (known, none.or(self.none.get(&(period, measure)))) {
            // A fact of a day on which nothing else is known is a fact all the same.
            (Some(value), _) => Ok(*value),
            (None, Some(why)) => Err(why.clone()),
            (None, None) if self.only_named.contains(&measure) => Err(NoValue::NoData { measure }),
            (None, None) => Ok(Ratio::ZERO),
        }
    }
}

impl App {
    /// Measures of a scope, as far as this actor sees them.
    pub(in crate::performance) async fn measure_values(
        &self,
        measures: &BTreeSet<Measure>,
        scope: &Scope<'_>,
    ) -> Result<Values> {
        let mut values = Values::default();
        let of = |wanted: fn(Origin) -> bool| -> Vec<Measure> {
            let all = measures.iter().copied();
            all.filter(|one| wanted(one.origin())).collect()
        };
        if matches!(self.actor(), Actor::Owner(_)) {
            // Nor has it regions and segments of customers, and its sources are numbers.
            let is_not = |split: MeasureSplit| {
                matches!(
                    split,
                    MeasureSplit::Region | MeasureSplit::Segment | MeasureSplit::Source
                )
            };
            let filter = scope.only.part.as_ref().map(|(split, _)| *split);
            let split_is_not = is_not(scope.split) || filter.is_some_and(is_not);
            let is_not = |one: &&Measure| split_is_not || !is_in_personal_file(**one);
            for measure in measures.iter().filter(is_not) {
                for at in 0..scope.periods.len() {
                    let why = NoValue::NotHere { measure: *measure };
                    values.none.insert((at, *measure), why);
                }
            }
            if !values.none.is_empty() {
                return Ok(values);
            }
        }
        let facts = of(is_of_facts);
        self.add_facts(&facts, scope, &mut values).await?;
        let customers = of(|one| matches!(one, Origin::Customers | Origin::CustomersToDate));
        if !customers.is_empty() {
            self.add_customers(&customers, scope, &mut values).await?;
        }
        if measures.contains(&Measure::GoalAmount) {
            self.add_goals(scope, &mut values).await?;
        }
        if measures.contains(&Measure::People) {
            self.add_people(scope, &mut values);
        }
        // Who is asked for by name is not looked for.
        let is_open = scope.among.is_none();
        if is_open && scope.split == MeasureSplit::Person && scope.splits_organisation() {
            let whole = scope.periods.first().zip(scope.periods.last());
            if let Some(((from, _), (_, to))) = whole {
                let sellers = self.sellers(scope, (*from, *to)).into_iter();
                let keys = sellers.map(|(person, _)| MeasureKey::Person(Some(person)));
                values.parts.extend(keys);
            }
        }
        Ok(values)
    }

    async fn add_facts(
        &self,
        measures: &[Measure],
        scope: &Scope<'_>,
        values: &mut Values,
    ) -> Result<()> {
        let store = self.store()?;
        let today = self.actor().day(self.clock.today());
        let currency = self.currency().await?;
        let query = MeasureQuery {
            measures: measures.iter().map(|one| one.code().to_owned()).collect(),
            periods: scope.periods.clone(),
            units: scope.units.clone(),
            person: self.sight().person(),
            split: scope.split,
            only: scope.only.clone(),
            among: scope.among.clone(),
            as_of: today,
        };
        for measure in measures {
            let span = self.span_of(*measure).await?;
            mark_unknown(*measure, span, today, scope, values);
        }
        for ((key, at), sums) in store.measure_sums(&query).await? {
            for (code, sum) in sums {
                let Some(measure) = Measure::of(code) else {
                    continue;
                };
                // There is a sum up to any day to come, but nothing came together on it.
                let is_unknown = values.none.contains_key(&(at, measure));
                if !(is_unknown && is_to_date(measure)) {
                    let value = in_units(measure, sum.into(), currency)?;
                    values.add(key.clone(), at, measure, value);
                }
            }
        }
        Ok(())
    }

    async fn add_customers(
        &self,
        measures: &[Measure],
        scope: &Scope<'_>,
        values: &mut Values,
    ) -> Result<()> {
        let Some((_, end)) = scope.periods.last() else {
            return Ok(());
        };
        let currency = self.currency().await?;
        let (deals, known) = self.purchases_of(scope, *end).await?;
        for measure in measures {
            mark_unknown(
                *measure,
                known,
                known.map_or(*end, |one| one.1),
                scope,
                values,
            );
        }
        let Some((_, known_until)) = known else {
            return Ok(());
        };
        for ((key, at), counts) in count(&deals.purchases, &scope.periods, known_until) {
            for measure in measures {
                if !values.none.contains_key(&(at, *measure)) {
                    let value = in_units(*measure, of_customers(counts, *measure), currency)?;
                    values.add(key.clone(), at, *measure, value);
                }
            }
        }
        Ok(())
    }

    /// The won deals of customers before a day, and the days between which they are known.
    pub(super) async fn purchases_of(
        &self,
        scope: &Scope<'_>,
        before: NaiveDate,
    ) -> Result<(Purchases, Option<(NaiveDate, NaiveDate)>)> {
        let person = self.sight().person();
        let deals = self
            .store()?
            .purchases(
                before,
                scope.units.as_deref(),
                person,
                scope.split,
                scope.only.part.as_ref(),
            )
            .await?;
        let span = self.data_span().await?;
        // A company whose deals name no customers has no customers to count.
        let known = span.first_closed.zip(span.last_closed);
        let known = known.filter(|_| !deals.is_empty());
        let mut all = Purchases::default();
        for deal in deals {
            all.ids.push(deal.id);
            all.purchases.push(Purchase {
                customer: deal.customer,
                day: deal.day,
                minor: deal.minor,
                key: deal.key,
            });
        }
        Ok((all, known))
    }

    /// Goals are set for units and people, by weeks cut at the ends of months.
    async fn add_goals(&self, scope: &Scope<'_>, values: &mut Values) -> Result<()> {
        let measure = Measure::GoalAmount;
        let index = self.goal_index(scope.goals).await?;
        let currency = scope.goals.currency(self.currency().await?);
        let units = scope.units.as_deref();
        values.only_named.insert(measure);
        for (at, (from, to)) in scope.periods.iter().copied().enumerate() {
            let days = Days { from, to };
            if !is_whole_weeks(days) {
                values
                    .none
                    .insert((at, measure), NoValue::NoData { measure });
                continue;
            }
            let mut goals: Vec<(MeasureKey, Goal)> = match scope.split_of_goals() {
                MeasureSplit::None => {
                    let goal = self.goal_known(&index, units, days).await?;
                    goal.map(|goal| (MeasureKey::All, goal))
                        .into_iter()
                        .collect()
                }
                MeasureSplit::Person => {
                    let goals = self.goals_of_people(&index, days, units).await?;
                    let keyed = goals.into_iter();
                    keyed
                        .map(|(id, goal)| (MeasureKey::Person(Some(id)), goal))
                        .collect()
                }
                MeasureSplit::Unit => {
                    let goals = self.goals_of_units(&index, days, units).await?;
                    let keyed = goals.into_iter();
                    keyed
                        .map(|(id, goal)| (MeasureKey::Unit(Some(id)), goal))
                        .collect()
                }
                _ => {
                    values
                        .none
                        .insert((at, measure), NoValue::NotSplit { measure });
                    continue;
                }
            };
            if let Some((split, part)) = &scope.only.part {
                goals.retain(|(key, _)| key == part);
                if scope.split != *split {
                    for (key, _) in &mut goals {
                        *key = MeasureKey::All;
                    }
                }
            }
            for (key, goal) in goals {
                match goal {
                    Goal::Whole(minor) => {
                        let value = in_units(measure, minor.into(), currency)?;
                        values.add(key, at, measure, value);
                    }
                    Goal::Part { days, of } => {
                        let why = NoValue::PartOfDays { measure, days, of };
                        let of_part = values.none_of.entry(key).or_default();
                        of_part.insert((at, measure), why);
                    }
                }
            }
        }
        Ok(())
    }

    fn add_people(&self, scope: &Scope<'_>, values: &mut Values) {
        let measure = Measure::People;
        if !scope.splits_organisation() {
            for at in 0..scope.periods.len() {
                values
                    .none
                    .insert((at, measure), NoValue::NotSplit { measure });
            }
            return;
        }
        for (at, period) in scope.periods.iter().enumerate() {
            // Who moves within the period sells in both units, and is one person of the whole.
            let mut people: BTreeMap<MeasureKey, BTreeSet<PersonId>> = BTreeMap::new();
            for (person, unit) in self.sellers(scope, *period) {
                let key = match scope.split {
                    MeasureSplit::None => MeasureKey::All,
                    MeasureSplit::Person => MeasureKey::Person(Some(person)),
                    MeasureSplit::Unit => MeasureKey::Unit(Some(unit)),
                    _ => {
                        values
                            .none
                            .insert((at, measure), NoValue::NotSplit { measure });
                        break;
                    }
                };
                people.entry(key).or_default().insert(person);
            }
            for (key, people) in people {
                let value = Ratio::from_int(i64::try_from(people.len()).unwrap_or(i64::MAX));
                values.add(key, at, measure, value);
            }
        }
    }

    /// People who sell in a period in the scope, as far as this actor sees their results.
    fn sellers(
        &self,
        scope: &Scope<'_>,
        (from, to): (NaiveDate, NaiveDate),
    ) -> Vec<(PersonId, UnitId)> {
        let organisation = scope.organisation;
        let units = match (&scope.units, organisation.company()) {
            (Some(units), _) => units.clone(),
            (None, Some(company)) => depth_first(organisation, company.id),
            (None, None) => Vec::new(),
        };
        let mut all: Vec<(PersonId, UnitId)> = units
            .iter()
            .flat_map(|unit| {
                let here = organisation.sellers_within(*unit, from, to);
                here.map(|person| (person, *unit))
            })
            .collect();
        all.retain(|(person, _)| self.require_results_of(*person).is_ok());
        match &scope.only.part {
            Some((_, MeasureKey::Person(id))) => all.retain(|(person, _)| Some(*person) == *id),
            Some((_, MeasureKey::Unit(id))) => all.retain(|(_, unit)| Some(*unit) == *id),
            _ => {}
        }
        all
    }

    /// The first and last days with a fact of a measure, in the whole company; not those to come.
    pub(in crate::performance) async fn span_of(
        &self,
        measure: Measure,
    ) -> Result<Option<(NaiveDate, NaiveDate)>> {
        // Of deals everybody knows since when and up to when there are any, also in a personal file.
        let span = self.data_span().await?;
        Ok(match measure.origin() {
            Origin::Closed => span.first_closed.zip(span.last_closed),
            Origin::Opened | Origin::Stock => span.first_opened.zip(span.last_opened),
            // Customers are those of won deals; goals and people have no facts.
            origin if !is_of_facts(origin) => span.first_closed.zip(span.last_closed),
            _ => {
                let today = self.actor().day(self.clock.today());
                self.store()?.measure_span(measure.code(), today).await?
            }
        })
    }
}

fn is_of_facts(origin: Origin) -> bool {
    !matches!(
        origin,
        Origin::Customers | Origin::CustomersToDate | Origin::Goals | Origin::People
    )
}

/// A personal file has the deals of its person and the goals, but neither prices nor what others wrote.
fn is_in_personal_file(measure: Measure) -> bool {
    matches!(
        measure,
        Measure::WonAmount
            | Measure::WonCount
            | Measure::LostCount
            | Measure::OpenedCount
            | Measure::CycleDays
            | Measure::CycleDeals
            | Measure::GoalAmount
            | Measure::People
    )
}

/// Marks the periods of which a measure is not known: there are no facts of its kind, or the period lies
/// before the first or after the last of them up to today. Between those a period without facts is zero.
fn mark_unknown(
    measure: Measure,
    span: Option<(NaiveDate, NaiveDate)>,
    today: NaiveDate,
    scope: &Scope<'_>,
    values: &mut Values,
) {
    let to_date = is_to_date(measure);
    for (at, (from, to)) in scope.periods.iter().enumerate() {
        let known = span.is_some_and(|(first, last)| {
            // What has come together up to the end does not stop with the last fact, but with today.
            let last = if to_date { last.max(today) } else { last };
            *to > first && *from <= last
        });
        if !known {
            values
                .none
                .insert((at, measure), NoValue::NoData { measure });
        }
    }
}

/// A measure of what has come together up to the end of a period.
fn is_to_date(measure: Measure) -> bool {
    matches!(measure.origin(), Origin::Stock | Origin::CustomersToDate)
}

/// An integer sum as formulas know it: amounts in major units.
fn in_units(measure: Measure, sum: i128, currency: Currency) -> Result<Ratio> {
    let per = match measure.unit() {
        Unit::Money => currency.minor_per_major(),
        _ => 1,
    };
    Ok(Ratio::new(sum, per.into()).map_err(|_| CoreError::Overflow("measures"))?)
}

fn of_customers(counts: Counts, measure: Measure) -> i128 {
    i128::from(match measure {
        Measure::BuyingCustomers => counts.buying,
        Measure::RepeatCustomers => counts.repeat,
        Measure::NewCustomers => counts.new,
        Measure::LostCustomers => counts.lost,
        Measure::CustomersAtStart => counts.at_start,
        Measure::CustomersKept => counts.kept,
        Measure::CustomersToDate => counts.to_date,
        _ => return counts.value_minor,
    })
}

/// The fact that a measure of customers counts.
pub(super) fn fact_of(measure: Measure) -> Option<Fact> {
    Some(match measure {
        Measure::BuyingCustomers => Fact::Buying,
        Measure::RepeatCustomers => Fact::Repeat,
        Measure::NewCustomers => Fact::New,
        Measure::LostCustomers => Fact::Lost,
        Measure::CustomersAtStart => Fact::AtStart,
        Measure::CustomersKept => Fact::Kept,
        Measure::CustomersToDate => Fact::ToDate,
        Measure::ValueToDate => Fact::Value,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use yeji_store::Store;

    use super::*;

    /// A measure that nobody computes would be zero everywhere.
    #[test]
    fn every_measure_has_one_who_computes_it() {
        for measure in Measure::ALL {
            let of_facts = is_of_facts(measure.origin());
            assert_eq!(Store::has_measure(measure.code()), of_facts, "{measure:?}");
        }
    }
}
