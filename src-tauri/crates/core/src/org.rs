//! Organisation units, people and their dated memberships.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::ids::{BatchId, MembershipId, PersonId, UnitId};
use crate::{Error, Result};

/// "Since ever": the start of a membership or validity whose source names none.
pub const OPEN_START: NaiveDate = NaiveDate::from_ymd_opt(1, 1, 1).expect("a valid date");
/// "Until further notice": the end of what has no end.
pub const OPEN_END: NaiveDate = NaiveDate::from_ymd_opt(9999, 12, 31).expect("a valid date");

/// The level of a unit.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema, TS,
)]
#[serde(rename_all = "snake_case")]
pub enum UnitKind {
    /// The one root.
    Company,
    /// A regional office or department; may stand under another.
    Department,
    /// A team of people.
    Team,
}

/// Company, department or team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrgUnit {
    /// Stable id.
    pub id: UnitId,
    /// None for the company only.
    pub parent: Option<UnitId>,
    /// Level.
    pub kind: UnitKind,
    /// Shown name.
    pub name: String,
    /// First day of existence.
    pub valid_from: NaiveDate,
    /// Day after the last.
    pub valid_to: NaiveDate,
    /// The import that brought it, if one did.
    pub batch: Option<BatchId>,
}

/// A person, once, whatever teams they pass through.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Stable id.
    pub id: PersonId,
    /// The source that named this person first; identity is `(source, external_id)`.
    pub source: String,
    /// Staff number where the file has one, else the name within the source.
    pub external_id: String,
    /// Staff number, if known. Two people may share a name, never this.
    pub staff_number: Option<String>,
    /// Shown name.
    pub name: String,
    /// Hire date, if known.
    pub hired_on: Option<NaiveDate>,
    /// First day no longer employed, if known.
    pub left_on: Option<NaiveDate>,
    /// The import that brought the present values.
    pub batch: Option<BatchId>,
}

/// What a person does in a unit.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema, TS,
)]
#[serde(rename_all = "snake_case")]
pub enum MemberRole {
    /// Leads the unit; carries no goal of their own.
    Manager,
    /// Sells and carries a goal.
    Sales,
}

/// A person's stay in a unit, `[from, to)`. A transfer is two rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Membership {
    /// Stable id.
    pub id: MembershipId,
    /// Who.
    pub person: PersonId,
    /// Where.
    pub unit: UnitId,
    /// As what.
    pub role: MemberRole,
    /// First day.
    pub from: NaiveDate,
    /// Day after the last.
    pub to: NaiveDate,
    /// The import that brought it.
    pub batch: Option<BatchId>,
}

/// The whole organisation at once: it is small (thousands), so questions are answered in memory.
#[derive(Debug, Clone, Default)]
pub struct Organisation {
    units: BTreeMap<UnitId, OrgUnit>,
    children: BTreeMap<UnitId, Vec<UnitId>>,
    people: BTreeMap<PersonId, Person>,
    memberships: Vec<Membership>,
    /// Indexes into `memberships` by person, sorted by start.
    by_person: BTreeMap<PersonId, Vec<usize>>,
    /// Who ever sold in a unit: with thousands of people and hundreds of units nobody is asked twice.
    sellers: BTreeMap<UnitId, BTreeSet<PersonId>>,
}

impl Organisation {
    /// Builds the index; children are in order of name, then id.
    pub fn new(
        units: Vec<OrgUnit>,
        people: Vec<Person>,
        memberships: Vec<Membership>,
    ) -> Result<Self> {
        let units: BTreeMap<_, _> = units.into_iter().map(|unit| (unit.id, unit)).collect();
        let mut children: BTreeMap<UnitId, Vec<UnitId>> = BTreeMap::new();
        for unit in units.values() {
            let mut seen = BTreeSet::from([unit.id]);
            let mut at = unit.parent;
            while let Some(id) = at {
                let parent = units.get(&id).ok_or(Error::BrokenTree(unit.id))?;
                if !seen.insert(id) {
                    return Err(Error::BrokenTree(unit.id));
                }
                at = parent.parent;
            }
            if let Some(parent) = unit.parent {
                children.entry(parent).or_default().push(unit.id);
            }
        }
        for list in children.values_mut() {
            list.sort_by(|a, b| units[a].name.cmp(&units[b].name).then(a.cmp(b)));
        }
        let mut by_person: BTreeMap<PersonId, Vec<usize>> = BTreeMap::new();
        for (index, membership) in memberships.iter().enumerate() {
            by_person.entry(membership.person).or_default().push(index);
        }
        for list in by_person.values_mut() {
            list.sort_by_key(|index| (memberships[*index].from, memberships[*index].id));
        }
        let mut sellers: BTreeMap<UnitId, BTreeSet<PersonId>> = BTreeMap::new();
        for membership in memberships.iter().filter(|m| m.role == MemberRole::Sales) {
            sellers
                .entry(membership.unit)
                .or_default()
                .insert(membership.person);
        }
        let people = people
            .into_iter()
            .map(|person| (person.id, person))
            .collect();
        Ok(Self {
            units,
            children,
            people,
            memberships,
            by_person,
            sellers,
        })
    }

    /// The company, if the organisation is not empty. With several roots the first by id.
    pub fn company(&self) -> Option<&OrgUnit> {
        self.units.values().find(|unit| unit.parent.is_none())
    }

    /// All units by id.
    pub fn units(&self) -> impl Iterator<Item = &OrgUnit> {
        self.units.values()
    }

    /// All people by id.
    pub fn people(&self) -> impl Iterator<Item = &Person> {
        self.people.values()
    }

    /// All memberships.
    pub fn memberships(&self) -> &[Membership] {
        &self.memberships
    }

    /// One unit.
    pub fn unit(&self, id: UnitId) -> Option<&OrgUnit> {
        self.units.get(&id)
    }

    /// One person.
    pub fn person(&self, id: PersonId) -> Option<&Person> {
        self.people.get(&id)
    }

    /// Units directly below.
    pub fn children(&self, id: UnitId) -> &[UnitId] {
        self.children.get(&id).map_or(&[], Vec::as_slice)
    }

    /// The unit and all below it.
    pub fn subtree(&self, id: UnitId) -> Vec<UnitId> {
        let mut all = vec![id];
        let mut next = 0;
        while let Some(at) = all.get(next).copied() {
            all.extend_from_slice(self.children(at));
            next += 1;
        }
        all
    }

    /// The person's stay on a day, selling before leading, preferring the later start where stays
    /// overlap.
    pub fn membership_on(&self, person: PersonId, day: NaiveDate) -> Option<&Membership> {
        let on_day = |m: &&Membership| m.from <= day && day < m.to;
        self.stays_of_role(person, MemberRole::Sales)
            .rev()
            .find(on_day)
            .or_else(|| self.stays(person).rev().find(on_day))
    }

    /// The person's stays in order of their start.
    pub fn stays(&self, person: PersonId) -> impl DoubleEndedIterator<Item = &Membership> {
        self.by_person
            .get(&person)
            .map_or(&[][..], Vec::as_slice)
            .iter()
            .map(|index| &self.memberships[*index])
    }

    /// The team to which a result of that day belongs: where the person sells, because there they
    /// carry their goal; where they lead only if they never sell. Of those stays the one on the day,
    /// else the last that ended before, else the first (results before it). None for a person without
    /// any stay.
    pub fn team_on(&self, person: PersonId, day: NaiveDate) -> Option<UnitId> {
        [MemberRole::Sales, MemberRole::Manager]
            .into_iter()
            .find_map(|role| {
                let stays = || self.stays_of_role(person, role);
                stays()
                    .rev()
                    .find(|m| m.from <= day && day < m.to)
                    .or_else(|| stays().rev().find(|m| m.to <= day))
                    .or_else(|| stays().next())
            })
            .map(|stay| stay.unit)
    }

    fn stays_of_role(
        &self,
        person: PersonId,
        role: MemberRole,
    ) -> impl DoubleEndedIterator<Item = &Membership> {
        self.stays(person).filter(move |stay| stay.role == role)
    }

    /// Sales people of a unit (not below it) with a stay that overlaps `[from, to)`; each person
    /// once, in the team of their first stay in the interval; in order of name, then id.
    pub fn carriers(&self, unit: UnitId, from: NaiveDate, to: NaiveDate) -> Vec<PersonId> {
        let mut found: Vec<PersonId> = self
            .sellers
            .get(&unit)
            .into_iter()
            .flatten()
            .copied()
            .filter(|person| {
                self.stays(*person)
                    .find(|m| m.role == MemberRole::Sales && m.from < to && from < m.to)
                    .is_some_and(|first| first.unit == unit)
            })
            .filter(|person| self.people.contains_key(person))
            .collect();
        found.sort_by(|a, b| self.people[a].name.cmp(&self.people[b].name).then(a.cmp(b)));
        found
    }

    /// Sales people of a unit (not below it) with a stay in it that overlaps `[from, to)`: who moves is one of
    /// both units.
    pub fn sellers_within(
        &self,
        unit: UnitId,
        from: NaiveDate,
        to: NaiveDate,
    ) -> impl Iterator<Item = PersonId> {
        let sellers = self.sellers.get(&unit).into_iter().flatten().copied();
        sellers.filter(move |person| {
            let is_here = |stay: &Membership| stay.unit == unit && stay.from < to && from < stay.to;
            self.people.contains_key(person)
                && self.stays_of_role(*person, MemberRole::Sales).any(is_here)
        })
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    const BOB: PersonId = PersonId(Uuid::from_u128(1));
    const NORTH: u128 = 10;
    const SOUTH: u128 = 11;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn stay(role: MemberRole, unit: u128, from: NaiveDate, to: NaiveDate) -> Membership {
        Membership {
            id: MembershipId(Uuid::from_u128(unit)),
            person: BOB,
            unit: UnitId(Uuid::from_u128(unit)),
            role,
            from,
            to,
            batch: None,
        }
    }

    #[test]
    fn results_belong_where_the_person_sells() {
        use MemberRole::{Manager, Sales};
        let check = |stays: &[Membership], on: &str, unit: u128| {
            let all = Organisation::new(Vec::new(), Vec::new(), stays.to_vec()).unwrap();
            let found = all.team_on(BOB, day(on));
            assert_eq!(found, Some(UnitId(Uuid::from_u128(unit))), "{on} {stays:?}");
        };
        let hired = day("2025-03-01");
        let promoted = day("2025-07-01");
        // Leads South since longer, or since later: neither takes his results away from North.
        for leads_from in [OPEN_START, promoted] {
            let both = [
                stay(Sales, NORTH, hired, OPEN_END),
                stay(Manager, SOUTH, leads_from, OPEN_END),
            ];
            for on in ["2024-12-31", "2025-03-01", "2026-01-01"] {
                check(&both, on, NORTH);
            }
        }
        // Goals are carried by who sells, so what comes in after a promotion stays with the goal.
        let promotion = [
            stay(Sales, NORTH, hired, promoted),
            stay(Manager, SOUTH, promoted, OPEN_END),
        ];
        check(&promotion, "2025-06-30", NORTH);
        check(&promotion, "2025-07-01", NORTH);
        // Who never sells has results where they lead.
        check(
            &[stay(Manager, SOUTH, hired, promoted)],
            "2026-01-01",
            SOUTH,
        );
        let moved = [
            stay(Sales, NORTH, hired, promoted),
            stay(Sales, SOUTH, promoted, day("2026-01-01")),
        ];
        for (on, unit) in [
            ("2024-01-01", NORTH),
            ("2025-06-30", NORTH),
            ("2025-07-01", SOUTH),
            ("2026-05-01", SOUTH),
        ] {
            check(&moved, on, unit);
        }
    }

    #[test]
    fn a_person_is_where_they_sell_and_else_where_they_lead() {
        let stays = vec![
            stay(MemberRole::Sales, NORTH, day("2025-03-01"), OPEN_END),
            stay(MemberRole::Manager, SOUTH, OPEN_START, OPEN_END),
        ];
        let all = Organisation::new(Vec::new(), Vec::new(), stays).unwrap();
        let unit_on = |on: &str| all.membership_on(BOB, day(on)).unwrap().unit.0.as_u128();
        assert_eq!(unit_on("2025-03-01"), NORTH);
        assert_eq!(unit_on("2025-02-28"), SOUTH);
    }
}
