//! Weights by what was made in a year.

use std::collections::{BTreeMap, BTreeSet};

use yeji_core::calendar::Period;
use yeji_core::ids::UnitId;
use yeji_core::{Error as CoreError, Ratio};
use yeji_goals::Level;

use super::base::{Base, months_known, months_sold};
use super::input::Tree;
use super::reduced::is_part_of;
use crate::error::Result;

impl Tree<'_> {
    /// Every unit weighs what was made in it, every person what they made. Results stay with the team
    /// where they were made, so a unit's weight counts people who have left it. Who was there for some of the
    /// known months only weighs what all of them would have brought, as in a blend.
    pub fn weigh_by_history(&mut self, history: &Base, year: Period) -> Result<()> {
        let base = year.year_number();
        let clamp = |minor: i64| Ratio::from_int(minor.max(0));
        let known = months_known(year, &history.with_data);
        let all = u32::try_from(known.len()).unwrap_or(12);
        let mut parts_of_year = Vec::new();
        let mut without = Vec::new();
        let mut negative = Vec::new();
        let mut equal_teams = Vec::new();
        let parents: BTreeSet<String> = self
            .units
            .iter()
            .filter_map(|unit| unit.parent.clone())
            .collect();
        for unit in &mut self.units {
            if unit.level == Level::Person {
                let (person, _) = self.leaves[&unit.id];
                let made = history.people.get(&person).copied().unwrap_or(0);
                match made {
                    0 => without.push((unit.id.clone(), unit.name.clone())),
                    minor if minor < 0 => negative.push((unit.id.clone(), unit.name.clone())),
                    _ => {}
                }
                // Months of the year that they sold in.
                let sold = months_sold(self.organisation, person, &known);
                unit.weight = Some(clamp(made));
                if made > 0 && 0 < sold && sold < all {
                    let (all, sold) = (i128::from(all), i128::from(sold));
                    let whole = i64::try_from((i128::from(made) * all + sold / 2) / sold);
                    let whole = whole.map_err(|_| CoreError::Overflow("results of a year"))?;
                    unit.weight = Some(Ratio::from_int(whole));
                    parts_of_year.push((unit.id.clone(), format!("{} ({sold}/{all})", unit.name)));
                }
            } else if let Ok(id) = unit.id.parse::<UnitId>() {
                let made = history.made_in(self.organisation, id)?;
                unit.weight = Some(clamp(made));
            }
        }
        // A unit with results whose present people have none: they share equally.
        for parent in parents {
            let children: Vec<usize> = (0..self.units.len())
                .filter(|at| self.units[*at].parent.as_deref() == Some(parent.as_str()))
                .collect();
            if children
                .iter()
                .all(|at| self.units[*at].weight == Some(Ratio::ZERO))
            {
                for at in children {
                    self.units[at].weight = Some(Ratio::ONE);
                }
                self.equally.insert(parent.clone());
                if let Some(unit) = self.units.iter().find(|unit| unit.id == parent)
                    && unit.weight != Some(Ratio::ZERO)
                {
                    equal_teams.push((unit.id.clone(), unit.name.clone()));
                }
            }
        }
        let heavier = self.heavier_than_people()?;
        self.note("people_without_history", without, base);
        self.say("history_part_of_year", parts_of_year, base);
        self.say("history_stays_with_units", heavier, base);
        self.note("negative_history", negative, base);
        self.note("people_equal_in_team", equal_teams, base);
        Ok(())
    }

    /// Units that weigh more than their parts together, with by how much: what people made in them who carry
    /// no goal in them now goes to the others.
    fn heavier_than_people(&self) -> Result<Vec<(String, String)>> {
        let mut parts: BTreeMap<&str, Ratio> = BTreeMap::new();
        for unit in &self.units {
            if let (Some(parent), Some(weight)) = (&unit.parent, unit.weight) {
                let sum = parts.entry(parent).or_insert(Ratio::ZERO);
                *sum = sum.checked_add(weight)?;
            }
        }
        let mut found = Vec::new();
        for unit in &self.units {
            let (Some(own), Some(of)) = (unit.weight, parts.get(unit.id.as_str())) else {
                continue;
            };
            if *of <= Ratio::ZERO || self.equally.contains(&unit.id) {
                continue;
            }
            let more = own.checked_div(*of)?.checked_sub(Ratio::ONE)?;
            // In tenths of a percent; below one percent nobody asks.
            let tenths = more.numerator().saturating_mul(1_000) / more.denominator();
            if tenths >= 10 {
                let shown = format!("{} (+{}.{} %)", unit.name, tenths / 10, tenths % 10);
                found.push((unit.id.clone(), shown));
            }
        }
        Ok(found)
    }

    /// Names who comes or leaves within the year: this split gives them a whole year's goal.
    pub fn note_part_of(&mut self, year: Period) {
        let is_part = |unit: &&yeji_goals::SplitUnit| {
            let person = self.leaves.get(&unit.id).map(|(person, _)| *person);
            unit.weight != Some(Ratio::ZERO)
                && person.is_some_and(|person| is_part_of(self.organisation, person, year))
        };
        let who = self.units.iter().filter(is_part);
        let who = who
            .map(|unit| (unit.id.clone(), unit.name.clone()))
            .collect();
        self.say("people_carry_whole_year", who, year.year_number());
    }
}
