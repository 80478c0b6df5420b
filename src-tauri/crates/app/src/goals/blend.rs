//! A split by a blend of factors: what is known of people, weighed by the engine `goal.weigh`, and the
//! course of the year by `goal.season`.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use yeji_core::calendar::{Period, WorkingDays};
use yeji_core::goal::GoalPlan;
use yeji_core::ids::PersonId;
use yeji_core::org::Organisation;
use yeji_core::{Currency, Money, Ratio};
use yeji_goals::weigh::{
    Blend, Factor, Facts, Market, PastYear, SegmentWeight, WeighInput, WeighOutput, WeighUnit,
    weigh,
};
use yeji_goals::{Level, LevelUnit, SplitInput, SplitUnit, TimeRule};

use super::base::{months_known, months_sold};
use super::error::GoalError;
use super::input::{Prepared, Tree};
use super::presence;
use crate::api::Message;
use crate::api::goal_blend::{BlendRule, GoalFactor, PersonTerms};
use crate::context::App;
use crate::error::{Error, Result};
use crate::performance::{ResultsBy, ResultsOf};

/// Years of history at most.
const MAX_YEARS: u32 = 5;

/// What is known of everybody.
pub(super) struct World<'a> {
    pub organisation: &'a Organisation,
    pub year: Period,
    pub working: WorkingDays,
    /// The years before, oldest first, with what people made in them.
    past: Vec<(Period, BTreeMap<PersonId, i64>)>,
    /// What potentials of markets are in, whatever the goal is of: they only weigh.
    currency: Currency,
    /// First days of the months in which the company has data.
    with_data: BTreeSet<NaiveDate>,
    pipeline: BTreeMap<PersonId, i64>,
    /// Region and segment in which somebody sold most.
    served: BTreeMap<PersonId, (Option<String>, Option<String>)>,
}

impl App {
    /// The input of a split by a blend, and what the engine said of every unit and person.
    pub(super) async fn blend_input(&self, plan: &GoalPlan, rule: &BlendRule) -> Result<Prepared> {
        let organisation = self.store()?.organisation().await?;
        let year = plan.period()?;
        let mut tree = Tree::new(&organisation, year);
        if tree.leaves.is_empty() {
            return Err(Error::Nobody {
                period: year.to_string(),
            });
        }
        let terms = terms_by_id(&tree, rule, plan.year)?;
        let world = self.world(&organisation, year, plan, rule).await?;
        let mut input = weigh_input(plan, rule, &tree, &world, &terms)?;
        let presence = presence::by_week(&world, &tree, &terms, &input.ramp)?;
        let unlisted = list_the_rest(&mut input);
        let weighed =
            weigh(&input).map_err(|error| super::notes::refused(error, plan.amount.currency))?;
        let season = self.season_of(plan, &rule.time, &world.working).await?;
        note_negative(&mut tree, &world);
        set_weights(&mut tree.units, &weighed);
        let said = |note| super::notes::said(note, plan.amount.currency);
        let mut notes = tree.notes;
        if !unlisted.is_empty() {
            let names = crate::words::names(unlisted);
            notes.push(Message::new("served_not_listed", &[("names", names)]));
        }
        notes.extend(weighed.notes.iter().cloned().map(said));
        notes.extend(season.notes.into_iter().map(said));
        Ok(Prepared {
            input: SplitInput {
                amount: plan.amount,
                period: year,
                calendar: Some(year.calendar()),
                units: tree.units,
                time: TimeRule::Weights {
                    weights: season.weights,
                    calendar: world.working,
                },
                presence,
                round: Vec::new(),
                cell_unit: cell_unit(plan, rule)?,
            },
            leaves: tree.leaves,
            notes,
            named: tree.named,
            base: plan.year - 1,
            time: season.by,
            rules: documents(&weighed)?,
            weigh: Some(Box::new(input)),
            shared: None,
        })
    }

    async fn world<'a>(
        &self,
        organisation: &'a Organisation,
        year: Period,
        plan: &GoalPlan,
        rule: &BlendRule,
    ) -> Result<World<'a>> {
        if rule.years > MAX_YEARS {
            return Err(Error::input("years", &rule.years.to_string(), "1 to 5"));
        }
        let store = self.store()?;
        let uses = |factor| rule.factors.iter().any(|one| one.factor == factor);
        let mut past = Vec::new();
        for back in (1..=rule.years.max(1)).rev() {
            let before = year
                .calendar()
                .year(plan.year - i32::try_from(back).unwrap_or(1))?;
            let days = [(before.start(), before.end())];
            let all = ResultsOf::default();
            let made = self
                .metric_results(plan.metric, &days, ResultsBy::Person, all)
                .await?;
            past.push((
                before,
                made.people().map(|(_, id, minor)| (id, minor)).collect(),
            ));
        }
        let from = past
            .first()
            .map_or(year.start(), |(first, _)| first.start());
        let served = if uses(GoalFactor::Market) || uses(GoalFactor::Segment) {
            most_served(store.served_markets(from, year.start()).await?)
        } else {
            BTreeMap::new()
        };
        Ok(World {
            organisation,
            year,
            working: self.company_calendar().await?.working_days(),
            currency: self.currency().await?,
            past,
            with_data: self.metric_months(plan.metric).await?,
            pipeline: if uses(GoalFactor::Pipeline) {
                store.open_amounts().await?.into_iter().collect()
            } else {
                BTreeMap::new()
            },
            served,
        })
    }
}

/// Reads a blend of factors from a TOML file.
///
/// # Errors
/// No file, no text, or no blend: with the line.
pub fn read_blend(path: &std::path::Path) -> Result<BlendRule> {
    let text = crate::read_text(path)?;
    toml::from_str(&text).map_err(|error| {
        let file = path.file_name().unwrap_or(path.as_os_str());
        let reason = error
            .to_string()
            .lines()
            .map(str::trim)
            .collect::<Vec<_>>()
            .join(" ");
        GoalError::BlendDocument {
            file: file.to_string_lossy().into_owned(),
            reason,
        }
        .into()
    })
}

/// The terms of people by their ids.
fn terms_by_id<'a>(
    tree: &Tree<'_>,
    rule: &'a BlendRule,
    year: i32,
) -> Result<BTreeMap<String, &'a PersonTerms>> {
    let mut terms = BTreeMap::new();
    for (key, own) in &rule.people {
        let id = tree.person_named(key, year)?.to_string();
        if terms.insert(id, own).is_some() {
            return Err(Error::input("weights", key, "each person once"));
        }
    }
    Ok(terms)
}

fn weigh_input(
    plan: &GoalPlan,
    rule: &BlendRule,
    tree: &Tree<'_>,
    world: &World<'_>,
    terms: &BTreeMap<String, &PersonTerms>,
) -> Result<WeighInput> {
    let minor =
        |text: &str| Money::parse_major(text.trim(), world.currency).map(|money| money.minor);
    let uses_own = rule.factors.iter().any(|one| one.factor == GoalFactor::Own);
    let mut units = Vec::with_capacity(tree.units.len());
    for unit in &tree.units {
        let facts = match (unit.level, tree.leaves.get(&unit.id)) {
            (Level::Person, Some((person, _))) => {
                let own = terms.get(&unit.id).copied();
                facts_of(world, *person, own, uses_own)?
            }
            _ => Facts::default(),
        };
        units.push(WeighUnit {
            id: unit.id.clone(),
            name: unit.name.clone(),
            parent: unit.parent.clone(),
            level: unit.level,
            weight: None,
            facts,
        });
    }
    let mut markets = Vec::with_capacity(rule.markets.len());
    for market in &rule.markets {
        markets.push(Market {
            region: market.region.clone(),
            segment: market.segment.clone(),
            minor: minor(&market.amount)?,
        });
    }
    let segments = rule.segments.iter().map(|(segment, weight)| SegmentWeight {
        segment: segment.clone(),
        weight: *weight,
    });
    let blend = rule.factors.iter().map(|one| Blend {
        factor: factor_of(one.factor),
        share: one.share,
    });
    Ok(WeighInput {
        amount: plan.amount,
        units,
        blend: blend.collect(),
        damping: rule.damping.unwrap_or(Ratio::ONE),
        cap: rule.cap,
        floor: rule.floor,
        ramp: presence::steps(rule),
        markets,
        segments: segments.collect(),
        over_assignment: rule.over_assignment.unwrap_or(Ratio::ONE),
        round: rounding(plan, rule)?,
    })
}

/// Markets and segments that are served and not listed have no potential: added with zero, and named.
fn list_the_rest(input: &mut WeighInput) -> Vec<String> {
    let uses = |factor| input.blend.iter().any(|one| one.factor == factor);
    let (uses_market, uses_segment) = (uses(Factor::Market), uses(Factor::Segment));
    let mut unlisted = BTreeSet::new();
    for unit in &input.units {
        let (region, segment) = (&unit.facts.region, &unit.facts.segment);
        if let (true, Some(region), Some(segment)) = (uses_market, region, segment) {
            let is_it = |one: &Market| one.region == *region && one.segment == *segment;
            if !input.markets.iter().any(is_it) {
                unlisted.insert(format!("{region} {segment}"));
                input.markets.push(Market {
                    region: region.clone(),
                    segment: segment.clone(),
                    minor: 0,
                });
            }
        }
        if let (true, Some(segment)) = (uses_segment, segment)
            && !input.segments.iter().any(|one| one.segment == *segment)
        {
            unlisted.insert(segment.clone());
            input.segments.push(SegmentWeight {
                segment: segment.clone(),
                weight: Ratio::ZERO,
            });
        }
    }
    unlisted.into_iter().collect()
}

fn rounding(plan: &GoalPlan, rule: &BlendRule) -> Result<Vec<LevelUnit>> {
    rule.round
        .iter()
        .map(|round| {
            let level = match round.level.as_str() {
                "department" => Level::Department,
                "team" => Level::Team,
                "person" => Level::Person,
                other => {
                    let expected = "department, team or person";
                    return Err(Error::input("level", other, expected));
                }
            };
            let unit = positive(plan, &round.unit)?;
            Ok(LevelUnit { level, minor: unit })
        })
        .collect()
}

fn cell_unit(plan: &GoalPlan, rule: &BlendRule) -> Result<u64> {
    rule.cell_unit
        .as_deref()
        .map_or(Ok(1), |unit| positive(plan, unit))
}

fn positive(plan: &GoalPlan, text: &str) -> Result<u64> {
    let amount = Money::parse_major(text.trim(), plan.amount.currency)?;
    match u64::try_from(amount.minor) {
        Ok(minor) if minor > 0 => Ok(minor),
        _ => Err(Error::input("unit", text, "an amount above zero")),
    }
}

/// What is known of a person.
fn facts_of(
    world: &World<'_>,
    person: PersonId,
    terms: Option<&PersonTerms>,
    uses_own: bool,
) -> Result<Facts> {
    let served = world.served.get(&person).cloned().unwrap_or_default();
    let own = terms.and_then(|terms| terms.weight);
    Ok(Facts {
        history: world
            .past
            .iter()
            .map(|(year, made)| PastYear {
                minor: made.get(&person).copied().unwrap_or(0).max(0),
                months: months_sold(
                    world.organisation,
                    person,
                    &months_known(*year, &world.with_data),
                ),
            })
            .collect(),
        pipeline: world.pipeline.get(&person).copied().unwrap_or(0).max(0),
        region: served.0,
        segment: served.1,
        headcount: terms.and_then(|terms| terms.headcount),
        presence: presence::by_month(world, person, terms)?,
        own: if uses_own {
            own.or(Some(Ratio::ZERO))
        } else {
            own
        },
        cap: terms.and_then(|terms| terms.cap),
        floor: terms.and_then(|terms| terms.floor),
    })
}

/// Region and segment with the largest amount; ties go by name.
fn most_served(
    served: Vec<yeji_store::ServedMarket>,
) -> BTreeMap<PersonId, (Option<String>, Option<String>)> {
    let mut best: BTreeMap<PersonId, yeji_store::ServedMarket> = BTreeMap::new();
    for one in served {
        match best.get(&one.owner) {
            Some(other) if other.minor >= one.minor => {}
            _ => drop(best.insert(one.owner, one)),
        }
    }
    best.into_iter()
        .map(|(owner, one)| (owner, (one.region, one.segment)))
        .collect()
}

/// Who was negative in a year before counts as zero in it; that is said.
fn note_negative(tree: &mut Tree<'_>, world: &World<'_>) {
    for (year, made) in &world.past {
        let negative: Vec<(String, String)> = tree
            .units
            .iter()
            .filter(|unit| {
                let person = tree.leaves.get(&unit.id).map(|(person, _)| person);
                person.is_some_and(|id| made.get(id).is_some_and(|minor| *minor < 0))
            })
            .map(|unit| (unit.id.clone(), unit.name.clone()))
            .collect();
        tree.note("negative_history", negative, year.year_number());
    }
}

/// The engine's amounts as weights, which give the same amounts again. Where all parts of a unit have
/// nothing, so has the unit, and equal weights say nothing of it.
fn set_weights(units: &mut [SplitUnit], weighed: &WeighOutput) {
    let minor: BTreeMap<&str, i64> = weighed
        .units
        .iter()
        .map(|one| (one.unit.as_str(), one.minor))
        .collect();
    let mut given: BTreeMap<Option<String>, i64> = BTreeMap::new();
    for unit in units.iter() {
        let own = minor.get(unit.id.as_str()).copied().unwrap_or(0);
        *given.entry(unit.parent.clone()).or_default() |= own;
    }
    for unit in units.iter_mut() {
        let own = minor.get(unit.id.as_str()).copied().unwrap_or(0);
        let nothing = given.get(&unit.parent).is_none_or(|any| *any == 0);
        unit.weight = Some(if nothing {
            Ratio::ONE
        } else {
            Ratio::from_int(own)
        });
    }
}

/// What the engine said of each, as it is kept.
fn documents(weighed: &WeighOutput) -> Result<Vec<(String, String)>> {
    weighed
        .units
        .iter()
        .map(|one| {
            let document = serde_json::to_string(one).map_err(yeji_store::Error::from)?;
            Ok((one.unit.clone(), document))
        })
        .collect()
}

fn factor_of(factor: GoalFactor) -> Factor {
    match factor {
        GoalFactor::History => Factor::History,
        GoalFactor::Equal => Factor::Equal,
        GoalFactor::Pipeline => Factor::Pipeline,
        GoalFactor::Market => Factor::Market,
        GoalFactor::Segment => Factor::Segment,
        GoalFactor::Own => Factor::Own,
    }
}
