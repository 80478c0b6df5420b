//! The input of `goal.split` from organisation, history and rule.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use yeji_core::Ratio;
use yeji_core::calendar::{Period, PeriodKind, WorkingDays};
use yeji_core::goal::GoalPlan;
use yeji_core::ids::{PersonId, UnitId};
use yeji_core::metric::Metric;
use yeji_core::org::{Organisation, UnitKind};
use yeji_goals::{Level, PeriodWeight, SplitInput, SplitUnit, TimeRule};
use yeji_store::RollupSplit;

use crate::api::Message;
use crate::api::goals::SplitRule;
use crate::context::App;
use crate::error::{Error, Result};
use crate::performance::Sums;

/// Names listed in a note.
const MAX_NAMES: usize = 12;

/// A split ready to be calculated.
pub(super) struct Prepared {
    pub input: SplitInput,
    /// Person and unit of each leaf id.
    pub leaves: BTreeMap<String, (PersonId, UnitId)>,
    pub notes: Vec<Message>,
    /// Year of the history used for people, or looked at for time.
    pub base: i32,
    /// `history` or `working_days`.
    pub time: &'static str,
}

/// Results of the base year.
struct History {
    people: BTreeMap<PersonId, i64>,
    units: BTreeMap<UnitId, i64>,
}

impl App {
    pub(super) async fn split_input(&self, plan: &GoalPlan, rule: &SplitRule) -> Result<Prepared> {
        let year = Period::year(plan.year)?;
        let organisation = self.store()?.organisation().await?;
        let base = match rule {
            SplitRule::History { base: Some(base) } => *base,
            _ => plan.year - 1,
        };
        let base_year = Period::year(base)?;
        let mut notes = Vec::new();
        let mut tree = Tree::new(&organisation, year);
        if tree.leaves.is_empty() {
            return Err(Error::Nobody { period: year.to_string() });
        }
        match rule {
            SplitRule::Equal => tree.weigh_equally(),
            SplitRule::Weights { weights } => tree.weigh_by(weights, plan.year)?,
            SplitRule::History { .. } => {
                let history = self.history(base_year, plan.metric).await?;
                if history.people.values().all(|minor| *minor <= 0) {
                    return Err(Error::NoHistory { base });
                }
                tree.weigh_by_history(&history, base, &mut notes);
            }
        }
        let (time, time_name) = self.time_rule(base_year, plan.metric, year).await?;
        let code = if time_name == "history" { "time_by_history" } else { "time_by_working_days" };
        notes.push(Message::new(code, &[("base", base.to_string())]));
        Ok(Prepared {
            input: SplitInput { amount: plan.amount, period: year, units: tree.units, time },
            leaves: tree.leaves,
            notes,
            base,
            time: time_name,
        })
    }

    async fn history(&self, year: Period, metric: Metric) -> Result<History> {
        let people = self.results(year.start(), year.end(), None, RollupSplit::Person).await?;
        let units = self.results(year.start(), year.end(), None, RollupSplit::Unit).await?;
        Ok(History {
            people: people.iter().filter_map(|row| Some((row.person?, Sums::of(row).metric(metric)))).collect(),
            units: units.iter().filter_map(|row| Some((row.unit?, Sums::of(row).metric(metric)))).collect(),
        })
    }

    /// The months' own results where every month of the base year has data (and none is negative),
    /// else working days: a month without data is unknown, not zero.
    async fn time_rule(&self, base: Period, metric: Metric, year: Period) -> Result<(TimeRule, &'static str)> {
        let by_days = (TimeRule::WorkingDays { calendar: WorkingDays::default() }, "working_days");
        let with_data: BTreeSet<NaiveDate> = self.store()?.months_with_data().await?.into_iter().collect();
        let months = yeji_core::calendar::periods(PeriodKind::Month, base.start(), base.end());
        if months.iter().any(|month| !with_data.contains(&month.start())) {
            return Ok(by_days);
        }
        let mut results: BTreeMap<NaiveDate, i64> = BTreeMap::new();
        for row in self.results(base.start(), base.end(), None, RollupSplit::Month).await? {
            if let Some(start) = row.start {
                results.insert(start, Sums::of(&row).metric(metric));
            }
        }
        let values: Vec<i64> = months.iter().map(|m| results.get(&m.start()).copied().unwrap_or(0)).collect();
        if values.iter().any(|value| *value < 0) || values.iter().all(|value| *value == 0) {
            return Ok(by_days);
        }
        let weights = yeji_core::calendar::periods(PeriodKind::Month, year.start(), year.end())
            .into_iter()
            .zip(values)
            .map(|(period, value)| PeriodWeight { period, weight: Ratio::from_int(value) })
            .collect();
        Ok((TimeRule::Weights { weights, calendar: WorkingDays::default() }, "history"))
    }
}

/// Units and people that take part, parents before children.
struct Tree<'a> {
    organisation: &'a Organisation,
    units: Vec<SplitUnit>,
    leaves: BTreeMap<String, (PersonId, UnitId)>,
}

impl<'a> Tree<'a> {
    /// Every unit with people who carry a goal in the year, and those people.
    fn new(organisation: &'a Organisation, year: Period) -> Self {
        let mut tree = Self { organisation, units: Vec::new(), leaves: BTreeMap::new() };
        if let Some(company) = organisation.company() {
            tree.add(company.id, None, year);
        }
        tree
    }

    /// Adds a unit if anybody below carries a goal.
    fn add(&mut self, id: UnitId, parent: Option<UnitId>, year: Period) -> bool {
        let Some(unit) = self.organisation.unit(id) else { return false };
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
            let name = self.organisation.person(person).map(|p| p.name.clone()).unwrap_or_default();
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
        for unit in self.units.iter_mut().filter(|unit| unit.level == Level::Person) {
            unit.weight = Some(Ratio::ONE);
        }
    }

    /// Own weights by staff number, name or id; everybody else weighs nothing.
    fn weigh_by(&mut self, weights: &BTreeMap<String, String>, year: i32) -> Result<()> {
        let mut given: BTreeMap<String, Ratio> = BTreeMap::new();
        for (key, text) in weights {
            let id = self.person_named(key, year)?;
            given.insert(id.to_string(), Ratio::parse_decimal(text.trim())?);
        }
        for unit in self.units.iter_mut().filter(|unit| unit.level == Level::Person) {
            unit.weight = Some(given.get(&unit.id).copied().unwrap_or(Ratio::ZERO));
        }
        Ok(())
    }

    fn person_named(&self, key: &str, year: i32) -> Result<PersonId> {
        let people = || self.leaves.values().map(|(person, _)| *person);
        let matches = |found: &dyn Fn(&yeji_core::org::Person) -> bool| -> Vec<PersonId> {
            people().filter(|id| self.organisation.person(*id).is_some_and(found)).collect()
        };
        for found in [
            matches(&|person| person.staff_number.as_deref() == Some(key)),
            matches(&|person| person.id.to_string() == key),
            matches(&|person| person.name == key),
        ] {
            match found.as_slice() {
                [] => {}
                [one] => return Ok(*one),
                _ => return Err(Error::AmbiguousPerson { name: key.to_owned() }),
            }
        }
        Err(Error::WeightForNobody { name: crate::error::shown(key), year })
    }

    /// Every unit weighs what was made in it, every person what they made. Results stay with the team
    /// where they were made, so a unit's weight counts people who have left it.
    fn weigh_by_history(&mut self, history: &History, base: i32, notes: &mut Vec<Message>) {
        let clamp = |minor: i64| Ratio::from_int(minor.max(0));
        let mut without = Vec::new();
        let mut negative = Vec::new();
        let mut equal_teams = Vec::new();
        let parents: BTreeSet<String> = self.units.iter().filter_map(|unit| unit.parent.clone()).collect();
        for unit in &mut self.units {
            if unit.level == Level::Person {
                let (person, _) = self.leaves[&unit.id];
                let made = history.people.get(&person).copied().unwrap_or(0);
                match made {
                    0 => without.push(unit.name.clone()),
                    minor if minor < 0 => negative.push(unit.name.clone()),
                    _ => {}
                }
                unit.weight = Some(clamp(made));
            } else if let Ok(id) = unit.id.parse::<UnitId>() {
                let made = self.organisation.subtree(id).iter().filter_map(|u| history.units.get(u)).sum();
                unit.weight = Some(clamp(made));
            }
        }
        // A unit with results whose present people have none: they share equally.
        for parent in parents {
            let children: Vec<usize> = (0..self.units.len())
                .filter(|at| self.units[*at].parent.as_deref() == Some(parent.as_str()))
                .collect();
            if children.iter().all(|at| self.units[*at].weight == Some(Ratio::ZERO)) {
                for at in children {
                    self.units[at].weight = Some(Ratio::ONE);
                }
                if let Some(unit) = self.units.iter().find(|unit| unit.id == parent)
                    && unit.weight != Some(Ratio::ZERO)
                {
                    equal_teams.push(unit.name.clone());
                }
            }
        }
        for (code, names) in
            [("people_without_history", without), ("negative_history", negative), ("people_equal_in_team", equal_teams)]
        {
            if !names.is_empty() {
                let count = names.len().to_string();
                let params = [("count", count), ("names", listed(names)), ("base", base.to_string())];
                notes.push(Message::new(code, &params));
            }
        }
    }
}

fn level_of(kind: UnitKind) -> Level {
    match kind {
        UnitKind::Company => Level::Company,
        UnitKind::Department => Level::Department,
        UnitKind::Team => Level::Team,
    }
}

fn listed(mut names: Vec<String>) -> String {
    names.sort();
    let more = names.len().saturating_sub(MAX_NAMES);
    names.truncate(MAX_NAMES);
    let joined = names.join(", ");
    if more > 0 { format!("{joined} … (+{more})") } else { joined }
}
