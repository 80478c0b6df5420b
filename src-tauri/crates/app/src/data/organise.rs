//! People rows become units, people and dated memberships.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use uuid::Uuid;
use yeji_core::ids::{BatchId, MembershipId, PersonId, UnitId};
use yeji_core::org::{
    MemberRole, Membership, OPEN_END, OPEN_START, OrgUnit, Organisation, Person, UnitKind,
};
use yeji_intake::PersonRow;
use yeji_store::Record;

/// Job titles that mean "leads the unit".
const MANAGER_WORDS: &[&str] = &["manager", "director", "head of", "leader", "supervisor", "经理", "主管", "总监", "负责人", "组长"];
/// `经理` also ends titles of people who sell (客户经理, account manager).
const SELLER_WORDS: &[&str] = &["account manager", "客户经理", "sales manager assistant", "经理助理", "产品经理"];

/// The organisation as it will be, and the records that make it so.
#[derive(Debug)]
pub(crate) struct Organiser {
    source: String,
    batch: BatchId,
    today: NaiveDate,
    units: BTreeMap<UnitId, OrgUnit>,
    unit_by_name: BTreeMap<(Option<UnitId>, String), UnitId>,
    people: BTreeMap<PersonId, Person>,
    by_external: BTreeMap<String, PersonId>,
    by_staff_number: BTreeMap<String, PersonId>,
    memberships: BTreeMap<MembershipId, Membership>,
    by_person: BTreeMap<PersonId, Vec<MembershipId>>,
    touched: BTreeSet<Uuid>,
    /// People who changed their team in this import.
    pub transfers: u64,
}

/// Why a row was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PersonProblem {
    /// An earlier row of this import has the same name and neither has a staff number.
    Duplicate,
}

impl Organiser {
    pub(crate) fn new(organisation: &Organisation, source: &str, batch: BatchId, today: NaiveDate) -> Self {
        let units: BTreeMap<_, _> = organisation.units().map(|unit| (unit.id, unit.clone())).collect();
        let people: BTreeMap<_, _> = organisation.people().map(|person| (person.id, person.clone())).collect();
        let mut by_person: BTreeMap<PersonId, Vec<MembershipId>> = BTreeMap::new();
        for membership in organisation.memberships() {
            by_person.entry(membership.person).or_default().push(membership.id);
        }
        Self {
            source: source.to_owned(),
            batch,
            today,
            unit_by_name: units.values().map(|unit| ((unit.parent, unit.name.clone()), unit.id)).collect(),
            units,
            by_external: people
                .values()
                .filter(|person| person.source == source)
                .map(|person| (person.external_id.clone(), person.id))
                .collect(),
            by_staff_number: people
                .values()
                .filter_map(|person| Some((person.staff_number.clone()?, person.id)))
                .collect(),
            people,
            memberships: organisation.memberships().iter().map(|m| (m.id, m.clone())).collect(),
            by_person,
            touched: BTreeSet::new(),
            transfers: 0,
        }
    }

    /// The company, made under `name` if there is none.
    pub(crate) fn company(&mut self, name: &str, new_id: &mut dyn FnMut() -> Uuid) -> UnitId {
        if let Some(unit) = self.units.values().find(|unit| unit.parent.is_none()) {
            return unit.id;
        }
        self.unit(None, name, UnitKind::Company, new_id)
    }

    fn unit(&mut self, parent: Option<UnitId>, name: &str, kind: UnitKind, new_id: &mut dyn FnMut() -> Uuid) -> UnitId {
        if let Some(id) = self.unit_by_name.get(&(parent, name.to_owned())) {
            return *id;
        }
        let id = UnitId(new_id());
        self.units.insert(
            id,
            OrgUnit {
                id,
                parent,
                kind,
                name: name.to_owned(),
                valid_from: OPEN_START,
                valid_to: OPEN_END,
                batch: Some(self.batch),
            },
        );
        self.unit_by_name.insert((parent, name.to_owned()), id);
        self.touched.insert(id.0);
        id
    }

    /// A person row: the person, their unit and stay, and the manager named in it. Returns the
    /// person and whether the row changed anything.
    pub(crate) fn put_row(
        &mut self,
        row: &PersonRow,
        company: UnitId,
        seen: &mut BTreeSet<PersonId>,
        new_id: &mut dyn FnMut() -> Uuid,
    ) -> Result<(PersonId, RowEffect), PersonProblem> {
        let before = self.touched.len();
        let (person, is_new) = self.person(row, new_id);
        if !seen.insert(person) {
            return Err(PersonProblem::Duplicate);
        }
        let department = match &row.department {
            Some(name) => self.unit(Some(company), name, UnitKind::Department, new_id),
            None => company,
        };
        let unit = match row.team.as_ref().or(row.manager.as_ref()) {
            Some(name) => self.unit(Some(department), name, UnitKind::Team, new_id),
            None => department,
        };
        let role = if leads(row.role.as_deref()) { MemberRole::Manager } else { MemberRole::Sales };
        self.stay(person, unit, role, row.hired_on, row.left_on, new_id);
        if let Some(manager) = row.manager.as_ref().filter(|name| **name != row.name) {
            let manager = self.manager(manager, new_id);
            self.stay(manager, unit, MemberRole::Manager, None, None, new_id);
        }
        let changed = self.touched.len() > before;
        let effect = match (is_new, changed) {
            (true, _) => RowEffect::New,
            (false, true) => RowEffect::Changed,
            (false, false) => RowEffect::Unchanged,
        };
        Ok((person, effect))
    }

    /// A person known only as the owner of deals.
    pub(crate) fn put_owner(&mut self, name: &str, company: UnitId, new_id: &mut dyn FnMut() -> Uuid) -> PersonId {
        let person = self.manager(name, new_id);
        self.stay(person, company, MemberRole::Sales, None, None, new_id);
        person
    }

    /// Finds by staff number, else by name within the source; a person known by name only takes the
    /// staff number that a later file gives.
    fn person(&mut self, row: &PersonRow, new_id: &mut dyn FnMut() -> Uuid) -> (PersonId, bool) {
        let by_name = self.by_external.get(&row.name).copied().filter(|id| {
            self.people.get(id).is_some_and(|person| person.staff_number.is_none())
        });
        let found = match &row.staff_number {
            Some(number) => self.by_staff_number.get(number).copied().or(by_name),
            None => by_name.or_else(|| self.only_namesake(&row.name)),
        };
        let known_as = found.and_then(|id| self.people.get(&id)).map(|person| person.external_id.clone());
        let external_id = row.staff_number.clone().or(known_as).unwrap_or_else(|| row.name.clone());
        let id = found.unwrap_or_else(|| PersonId(new_id()));
        let old = self.people.get(&id);
        let person = Person {
            id,
            source: old.map_or_else(|| self.source.clone(), |old| old.source.clone()),
            external_id: external_id.clone(),
            staff_number: row.staff_number.clone().or_else(|| old.and_then(|old| old.staff_number.clone())),
            name: row.name.clone(),
            hired_on: row.hired_on.or_else(|| old.and_then(|old| old.hired_on)),
            left_on: row.left_on.or_else(|| old.and_then(|old| old.left_on)),
            batch: old.map_or(Some(self.batch), |old| old.batch),
        };
        if old != Some(&person) {
            if let Some(old) = old {
                self.by_external.remove(&old.external_id);
            }
            self.touched.insert(id.0);
            self.by_external.insert(external_id, id);
            if let Some(number) = &person.staff_number {
                self.by_staff_number.insert(number.clone(), id);
            }
            self.people.insert(id, Person { batch: Some(self.batch), ..person });
        }
        (id, found.is_none())
    }

    /// The one person of this source with a name.
    fn only_namesake(&self, name: &str) -> Option<PersonId> {
        let mut namesakes = self.people.values().filter(|p| p.name == name && p.source == self.source);
        match (namesakes.next(), namesakes.next()) {
            (Some(one), None) => Some(one.id),
            _ => None,
        }
    }

    /// A person known only by name: a unique namesake, else a new one.
    fn manager(&mut self, name: &str, new_id: &mut dyn FnMut() -> Uuid) -> PersonId {
        let mut namesakes = self.people.values().filter(|person| person.name == name);
        if let (Some(one), None) = (namesakes.next(), namesakes.next()) {
            return one.id;
        }
        if let Some(id) = self.by_external.get(name) {
            return *id;
        }
        let id = PersonId(new_id());
        self.people.insert(
            id,
            Person {
                id,
                source: self.source.clone(),
                external_id: name.to_owned(),
                staff_number: None,
                name: name.to_owned(),
                hired_on: None,
                left_on: None,
                batch: Some(self.batch),
            },
        );
        self.by_external.insert(name.to_owned(), id);
        self.touched.insert(id.0);
        id
    }

    /// Makes sure that the person's present stay is in the unit. The first stay begins at the hire
    /// date (or is open); a later move ends the old stay today and begins the new one today.
    fn stay(
        &mut self,
        person: PersonId,
        unit: UnitId,
        role: MemberRole,
        hired_on: Option<NaiveDate>,
        left_on: Option<NaiveDate>,
        new_id: &mut dyn FnMut() -> Uuid,
    ) {
        let to = left_on.unwrap_or(OPEN_END);
        let stays = self.by_person.entry(person).or_default();
        if role == MemberRole::Manager
            && stays.iter().any(|id| {
                let stay = &self.memberships[id];
                stay.unit == unit && stay.role == role && stay.to == to
            })
        {
            return;
        }
        // A manager may lead several units; a seller has one present stay.
        let present = stays
            .iter()
            .copied()
            .filter(|id| self.memberships[id].role == role || role == MemberRole::Sales)
            .max_by_key(|id| (self.memberships[id].from, *id))
            .filter(|_| role == MemberRole::Sales);
        let mut from = hired_on.unwrap_or(OPEN_START);
        if let Some(id) = present {
            let stay = &self.memberships[&id];
            if stay.unit == unit && stay.role == role {
                if stay.to != to && left_on.is_some() {
                    self.put_membership(Membership { to, ..stay.clone() });
                }
                return;
            }
            from = self.today.max(hired_on.unwrap_or(self.today));
            self.transfers += 1;
            if stay.from < from {
                let ended = Membership { to: from.min(stay.to), ..stay.clone() };
                self.put_membership(ended);
            }
        }
        if from >= to {
            from = OPEN_START;
        }
        let id = MembershipId(new_id());
        self.by_person.entry(person).or_default().push(id);
        self.put_membership(Membership { id, person, unit, role, from, to, batch: Some(self.batch) });
    }

    fn put_membership(&mut self, membership: Membership) {
        self.touched.insert(membership.id.0);
        self.memberships.insert(membership.id, Membership { batch: Some(self.batch), ..membership });
    }

    /// Everyone as they will be.
    pub(crate) fn people(&self) -> impl Iterator<Item = &Person> {
        self.people.values()
    }

    /// Sellers with a present stay, and people who only manage.
    pub(crate) fn sellers_and_managers(&self) -> (BTreeSet<PersonId>, BTreeSet<PersonId>) {
        let present = |m: &&Membership| m.from <= self.today && self.today < m.to;
        let of = |role| {
            self.memberships.values().filter(present).filter(move |m| m.role == role).map(|m| m.person).collect()
        };
        let sellers: BTreeSet<PersonId> = of(MemberRole::Sales);
        let managers: BTreeSet<PersonId> = of(MemberRole::Manager);
        let only = managers.difference(&sellers).copied().collect();
        (sellers, only)
    }

    /// The records that were made or changed, units before people before stays.
    pub(crate) fn records(&self) -> Vec<Record> {
        let mut units: Vec<&OrgUnit> = self.units.values().filter(|u| self.touched.contains(&u.id.0)).collect();
        units.sort_by_key(|unit| (unit.kind, unit.id));
        let people = self.people.values().filter(|p| self.touched.contains(&p.id.0));
        let stays = self.memberships.values().filter(|m| self.touched.contains(&m.id.0));
        units
            .into_iter()
            .cloned()
            .map(Record::from)
            .chain(people.cloned().map(Record::from))
            .chain(stays.cloned().map(Record::from))
            .collect()
    }
}

/// What a row did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RowEffect {
    New,
    Changed,
    Unchanged,
}

fn leads(role: Option<&str>) -> bool {
    let Some(role) = role.map(str::to_lowercase) else { return false };
    !SELLER_WORDS.iter().any(|word| role.contains(word)) && MANAGER_WORDS.iter().any(|word| role.contains(word))
}
