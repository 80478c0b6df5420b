//! The input of `goal.split` from organisation, history and rule.

use std::collections::{BTreeMap, BTreeSet};

use yeji_core::Ratio;
use yeji_core::calendar::Period;
use yeji_core::goal::GoalPlan;
use yeji_core::ids::{PersonId, UnitId};
use yeji_core::org::{Organisation, UnitKind};
use yeji_goals::weigh::WeighInput;
use yeji_goals::{Level, SplitInput, SplitUnit};

use super::base::Base;
use super::shares::SharedBy;
use crate::api::Message;
use crate::api::goals::SplitRule;
use crate::context::App;
use crate::error::{Error, Result};

/// A split ready to be calculated.
pub(super) struct Prepared {
    pub input: SplitInput,
    /// Person and unit of each leaf id.
    pub leaves: BTreeMap<String, (PersonId, UnitId)>,
    pub notes: Vec<Message>,
    /// Leaf ids that the notes name already, so that the engine's notes on them say nothing new.
    pub named: BTreeSet<String>,
    /// Year of the history used for people, or looked at for time.
    pub base: i32,
    /// How it runs along time: `history`, `working_days`, ...
    pub time: &'static str,
    /// Of a blend: what the engine said of each unit and person, as JSON.
    pub rules: Vec<(String, String)>,
    /// Of a blend: what went into the engine `goal.weigh`.
    pub weigh: Option<Box<WeighInput>>,
    /// Of another split: by what the parts share.
    pub shared: Option<SharedBy>,
}

impl App {
    /// The input of a split of what is in the store.
    pub(super) async fn split_input(&self, plan: &GoalPlan, rule: &SplitRule) -> Result<Prepared> {
        if let SplitRule::Blend(blend) = rule {
            return self.blend_input(plan, blend).await;
        }
        let organisation = self.store()?.organisation().await?;
        let year = base_period(plan, rule)?;
        let base = self.base(year, plan.metric).await?;
        prepare(plan, rule, &organisation, &base)
    }
}

/// The year whose results a split looks at.
pub(super) fn base_year(plan: &GoalPlan, rule: &SplitRule) -> i32 {
    match rule {
        SplitRule::History { base: Some(base) } => *base,
        _ => plan.year - 1,
    }
}

/// Its days, by the calendar of the plan.
pub(super) fn base_period(plan: &GoalPlan, rule: &SplitRule) -> Result<Period> {
    let calendar = plan.calendar.unwrap_or_default();
    Ok(calendar.year(base_year(plan, rule))?)
}

/// The input of a split of a plan over an organisation; `base` has the results of [`base_year`].
///
/// # Errors
/// Nobody carries a goal in the year, the base year has no results to split by, or a weight is not
/// usable.
pub(super) fn prepare(
    plan: &GoalPlan,
    rule: &SplitRule,
    organisation: &Organisation,
    base: &Base,
) -> Result<Prepared> {
    let year = plan.period()?;
    let before = base_year(plan, rule);
    let mut tree = Tree::new(organisation, year);
    if tree.leaves.is_empty() {
        return Err(Error::Nobody {
            period: year.to_string(),
        });
    }
    match rule {
        SplitRule::Blend(_) => {
            return Err(Error::input("by", "blend", "history, equal or weights"));
        }
        SplitRule::Equal => tree.weigh_equally(),
        SplitRule::Weights { weights } => tree.weigh_by(weights, plan.year)?,
        SplitRule::History { .. } if base.is_empty() => {
            return Err(Error::NoHistory { base: before });
        }
        SplitRule::History { .. } => tree.weigh_by_history(base, base_period(plan, rule)?)?,
    }
    tree.note_part_of(year);
    let (time, time_name) = base.time_rule(base_period(plan, rule)?, year);
    let code = if time_name == "history" {
        "time_by_history"
    } else {
        "time_by_working_days"
    };
    tree.notes
        .push(Message::new(code, &[("base", before.to_string())]));
    Ok(Prepared {
        input: SplitInput {
            amount: plan.amount,
            period: year,
            calendar: Some(year.calendar()),
            units: tree.units,
            time,
            presence: Vec::new(),
            round: Vec::new(),
            cell_unit: 1,
        },
        leaves: tree.leaves,
        notes: tree.notes,
        named: tree.named,
        base: before,
        time: time_name,
        rules: Vec::new(),
        weigh: None,
        shared: Some(SharedBy::new(rule, tree.equally)),
    })
}

/// Units and people that take part, parents before children.
pub(super) struct Tree<'a> {
    pub organisation: &'a Organisation,
    pub units: Vec<SplitUnit>,
    pub leaves: BTreeMap<String, (PersonId, UnitId)>,
    pub notes: Vec<Message>,
    pub named: BTreeSet<String>,
    /// Units whose parts share equally, as none of them has a history.
    pub equally: BTreeSet<String>,
}

impl<'a> Tree<'a> {
    /// Every unit with people who carry a goal in the year, and those people.
    pub fn new(organisation: &'a Organisation, year: Period) -> Self {
        let mut tree = Self {
            organisation,
            units: Vec::new(),
            leaves: BTreeMap::new(),
            notes: Vec::new(),
            named: BTreeSet::new(),
            equally: BTreeSet::new(),
        };
        if let Some(company) = organisation.company() {
            tree.add(company.id, None, year);
        }
        tree.note_without_team(year);
        tree
    }

    /// Who stands directly under the company, where others stand in teams.
    fn note_without_team(&mut self, year: Period) {
        let is_team = |unit: &&SplitUnit| matches!(unit.level, Level::Department | Level::Team);
        let Some(company) = self.units.first().map(|unit| unit.id.clone()) else {
            return;
        };
        if !self.units.iter().any(|unit| is_team(&unit)) {
            return;
        }
        let is_alone = |unit: &&SplitUnit| {
            unit.level == Level::Person && unit.parent.as_deref() == Some(company.as_str())
        };
        let alone = self.units.iter().filter(is_alone);
        let alone = alone.map(|unit| (unit.id.clone(), unit.name.clone()));
        let alone = alone.collect();
        self.say("goal_people_without_team", alone, year.year_number());
    }

    /// Adds a unit if anybody below carries a goal.
    fn add(&mut self, id: UnitId, parent: Option<UnitId>, year: Period) -> bool {
        let Some(unit) = self.organisation.unit(id) else {
            return false;
        };
        let at = self.units.len();
        self.units.push(SplitUnit {
            id: id.to_string(),
            name: unit.name.clone(),
            parent: parent.map(|parent| parent.to_string()),
            level: level_of(unit.kind),
            weight: None,
        });
        let mut carries = false;
        for child in self.organisation.children(id) {
            carries |= self.add(*child, Some(id), year);
        }
        for person in self.organisation.carriers(id, year.start(), year.end()) {
            let name = self
                .organisation
                .person(person)
                .map(|p| p.name.clone())
                .unwrap_or_default();
            self.leaves.insert(person.to_string(), (person, id));
            self.units.push(SplitUnit {
                id: person.to_string(),
                name,
                parent: Some(id.to_string()),
                level: Level::Person,
                weight: None,
            });
            carries = true;
        }
        if !carries {
            self.units.truncate(at);
        }
        carries
    }

    /// The same for everybody: every unit weighs its people.
    fn weigh_equally(&mut self) {
        for unit in self
            .units
            .iter_mut()
            .filter(|unit| unit.level == Level::Person)
        {
            unit.weight = Some(Ratio::ONE);
        }
    }

    /// Own weights by staff number, name or id; everybody else weighs nothing.
    fn weigh_by(&mut self, weights: &BTreeMap<String, String>, year: i32) -> Result<()> {
        let mut given: BTreeMap<String, Ratio> = BTreeMap::new();
        for (key, text) in weights {
            let id = self.person_named(key, year)?;
            let weight = Ratio::parse_decimal(text.trim())
                .map_err(|_| Error::input("weights", &format!("{key}: {text}"), "a decimal"))?;
            if given.insert(id.to_string(), weight).is_some() {
                return Err(Error::input("weights", key, "each person once"));
            }
        }
        let mut not_listed = Vec::new();
        for unit in self
            .units
            .iter_mut()
            .filter(|unit| unit.level == Level::Person)
        {
            let weight = given.get(&unit.id).copied();
            if weight.is_none() {
                not_listed.push((unit.id.clone(), unit.name.clone()));
            }
            unit.weight = Some(weight.unwrap_or(Ratio::ZERO));
        }
        self.note("people_without_weight", not_listed, year);
        Ok(())
    }

    /// Says something about people or units, with their names.
    pub fn note(&mut self, code: &str, who: Vec<(String, String)>, year: i32) {
        self.named.extend(who.iter().map(|(id, _)| id.clone()));
        self.say(code, who, year);
    }

    /// Names people or units, who are told of by others too.
    pub fn say(&mut self, code: &str, who: Vec<(String, String)>, year: i32) {
        if who.is_empty() {
            return;
        }
        let names: Vec<String> = who.into_iter().map(|(_, name)| name).collect();
        let params = [
            ("count", names.len().to_string()),
            ("names", crate::words::names(names)),
            ("base", year.to_string()),
        ];
        self.notes.push(Message::new(code, &params));
    }

    pub fn person_named(&self, key: &str, year: i32) -> Result<PersonId> {
        let people = || self.leaves.values().map(|(person, _)| *person);
        let matches = |found: &dyn Fn(&yeji_core::org::Person) -> bool| -> Vec<PersonId> {
            people()
                .filter(|id| self.organisation.person(*id).is_some_and(found))
                .collect()
        };
        for found in [
            matches(&|person| person.staff_number.as_deref() == Some(key)),
            matches(&|person| person.id.to_string() == key),
            matches(&|person| person.name == key),
        ] {
            match found.as_slice() {
                [] => {}
                [one] => return Ok(*one),
                _ => {
                    return Err(Error::AmbiguousPerson {
                        name: key.to_owned(),
                    });
                }
            }
        }
        Err(Error::WeightForNobody {
            name: crate::error::shown(key),
            year,
        })
    }
}

fn level_of(kind: UnitKind) -> Level {
    match kind {
        UnitKind::Company => Level::Company,
        UnitKind::Department => Level::Department,
        UnitKind::Team => Level::Team,
    }
}
