//! People rows become units, people and dated memberships.

mod managers;
mod stays;
#[cfg(test)]
mod tests;
mod titles;
mod units;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use uuid::Uuid;
use yeji_core::ids::{BatchId, PersonId, UnitId};
use yeji_core::org::{MemberRole, Membership, OPEN_END, OPEN_START, Organisation, Person};
use yeji_intake::PersonRow;
use yeji_store::{Entity, Record};

use managers::Leading;
use stays::{Place, Stays};
use units::Units;

/// The organisation as it will be, and the records that make it so.
#[derive(Debug)]
pub(crate) struct Organiser {
    source: String,
    batch: BatchId,
    today: NaiveDate,
    units: Units,
    people: BTreeMap<PersonId, Person>,
    by_external: BTreeMap<String, PersonId>,
    by_staff_number: BTreeMap<String, PersonId>,
    changed_people: BTreeSet<PersonId>,
    stays: Stays,
    leading: Leading,
    /// People who changed their team in this import.
    pub transfers: u64,
}

/// Why a row was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum PersonProblem {
    /// An earlier row of this file is the same person.
    Duplicate,
    /// Several known people have the name, and the row has no staff number.
    Ambiguous,
    /// The leave date is not after the day on which the stay in the team began.
    LeavesBeforeStart { from: NaiveDate, left: NaiveDate },
}

impl Organiser {
    pub(crate) fn new(
        organisation: &Organisation,
        source: &str,
        batch: BatchId,
        today: NaiveDate,
    ) -> Self {
        let people: BTreeMap<_, _> = organisation
            .people()
            .map(|person| (person.id, person.clone()))
            .collect();
        Self {
            source: source.to_owned(),
            batch,
            today,
            units: Units::new(organisation.units(), batch),
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
            changed_people: BTreeSet::new(),
            stays: Stays::new(organisation.memberships(), batch, today),
            leading: Leading::default(),
            transfers: 0,
        }
    }

    /// The company, made under `name` if there is none.
    pub(crate) fn company(&mut self, name: &str, new_id: &mut dyn FnMut() -> Uuid) -> UnitId {
        self.units.company(name, new_id)
    }

    /// A person row: the person, their unit and stay. The manager named in it is looked up by
    /// [`Self::settle_managers`]. A row with a problem writes nothing.
    pub(crate) fn put_row(
        &mut self,
        row: &PersonRow,
        company: UnitId,
        seen: &mut BTreeSet<PersonId>,
        new_id: &mut dyn FnMut() -> Uuid,
    ) -> Result<(PersonId, RowEffect), PersonProblem> {
        let found = self.find(row)?;
        if found.is_some_and(|id| seen.contains(&id)) {
            return Err(PersonProblem::Duplicate);
        }
        let id = found.unwrap_or_else(|| PersonId(new_id()));
        let person = self.person_of_row(id, row);
        let role = self.role_of_row(id, row);
        self.check_leave(&person, role, row.hired_on)?;
        seen.insert(id);
        let units_before = self.units.made_count();
        let person_changed = self.put_person(person);
        self.put_stays(id, row, role, company, new_id);
        let stays_changed = self.stays.take_changed();
        let changed = person_changed || stays_changed || self.units.made_count() > units_before;
        let effect = match (found.is_none(), changed) {
            (true, _) => RowEffect::New,
            (false, true) => RowEffect::Changed,
            (false, false) => RowEffect::Unchanged,
        };
        Ok((id, effect))
    }

    /// The unit of a row, and the person's stays as the row has them.
    fn put_stays(
        &mut self,
        person: PersonId,
        row: &PersonRow,
        role: MemberRole,
        company: UnitId,
        new_id: &mut dyn FnMut() -> Uuid,
    ) {
        let unit = self.units.of_row(row, company, new_id);
        let names_team = row.team.is_some() || row.manager.is_some();
        let named = names_team || row.department.is_some();
        if named {
            self.leading.by_row.entry(unit).or_default();
        }
        let left_on = self.people.get(&person).and_then(|known| known.left_on);
        let place = Place {
            person,
            unit,
            hired_on: row.hired_on,
            to: left_on.unwrap_or(OPEN_END),
        };
        match role {
            MemberRole::Sales => {
                let present = self.stays.last(person, role).map(|stay| stay.unit);
                // A file that names no team does not move anybody out of theirs.
                let unit = present
                    .filter(|present| !names_team && self.units.is_within(*present, unit))
                    .unwrap_or(unit);
                if self.stays.sells(Place { unit, ..place }, new_id) {
                    self.transfers += 1;
                }
            }
            MemberRole::Manager => {
                let leads_some = self.stays.of(person).any(|stay| stay.role == role);
                if named || !leads_some {
                    self.stays.leads(place, new_id);
                    self.leading.by_row.entry(unit).or_default().insert(person);
                }
            }
        }
        if let Some(left) = left_on {
            self.stays.leave(person, left);
        }
        if let Some(manager) = row.manager.as_ref().filter(|name| **name != row.name) {
            let named = self.leading.by_name.entry((unit, manager.clone()));
            *named.or_default() += 1;
        }
    }

    /// A person known only as the owner of deals.
    pub(crate) fn put_owner(
        &mut self,
        name: &str,
        company: UnitId,
        new_id: &mut dyn FnMut() -> Uuid,
    ) -> PersonId {
        let person = match self.by_external.get(name) {
            Some(id) => *id,
            None => self.new_by_name(name, new_id),
        };
        let place = Place {
            person,
            unit: company,
            hired_on: None,
            to: OPEN_END,
        };
        self.stays.sells(place, new_id);
        person
    }

    /// Finds by staff number, else by name within the source; a person known by name only takes the
    /// staff number that a later file gives.
    fn find(&self, row: &PersonRow) -> Result<Option<PersonId>, PersonProblem> {
        let by_name = self.by_external.get(&row.name).copied().filter(|id| {
            self.people
                .get(id)
                .is_some_and(|person| person.staff_number.is_none())
        });
        if let Some(number) = &row.staff_number {
            return Ok(self.by_staff_number.get(number).copied().or(by_name));
        }
        if by_name.is_some() {
            return Ok(by_name);
        }
        let mut namesakes = self
            .people
            .values()
            .filter(|p| p.name == row.name && p.source == self.source);
        match (namesakes.next(), namesakes.next()) {
            (None, _) => Ok(None),
            (Some(one), None) => Ok(Some(one.id)),
            (Some(_), Some(_)) => Err(PersonProblem::Ambiguous),
        }
    }

    /// The person as a row has them; what it leaves out stays as it was.
    fn person_of_row(&self, id: PersonId, row: &PersonRow) -> Person {
        let old = self.people.get(&id);
        let known_left = old.and_then(|old| old.left_on);
        // Who is hired on or after the day they left is back.
        let is_back =
            matches!((row.hired_on, known_left), (Some(hired), Some(left)) if left <= hired);
        Person {
            id,
            source: old.map_or_else(|| self.source.clone(), |old| old.source.clone()),
            external_id: row
                .staff_number
                .clone()
                .or_else(|| old.map(|old| old.external_id.clone()))
                .unwrap_or_else(|| row.name.clone()),
            staff_number: row
                .staff_number
                .clone()
                .or_else(|| old.and_then(|old| old.staff_number.clone())),
            name: row.name.clone(),
            hired_on: row.hired_on.or_else(|| old.and_then(|old| old.hired_on)),
            left_on: row.left_on.or(known_left.filter(|_| !is_back)),
            batch: old.map_or(Some(self.batch), |old| old.batch),
        }
    }

    /// A row without a role does not make a seller of who only leads.
    fn role_of_row(&self, id: PersonId, row: &PersonRow) -> MemberRole {
        let has = |role| {
            self.stays
                .of(id)
                .any(|stay| stay.role == role && stay.to == OPEN_END)
        };
        let only_leads = row.role.is_none() && has(MemberRole::Manager) && !has(MemberRole::Sales);
        if only_leads || titles::leads(row.role.as_deref()) {
            MemberRole::Manager
        } else {
            MemberRole::Sales
        }
    }

    fn check_leave(
        &self,
        person: &Person,
        role: MemberRole,
        hired_on: Option<NaiveDate>,
    ) -> Result<(), PersonProblem> {
        let Some(left) = person.left_on else {
            return Ok(());
        };
        let last = self
            .stays
            .last(person.id, role)
            .or_else(|| self.stays.of(person.id).max_by_key(|stay| stay.from));
        let from = match (last, hired_on) {
            (Some(stay), Some(hired)) if stay.to <= hired => hired,
            (Some(stay), _) => stay.from,
            (None, hired) => hired.unwrap_or(OPEN_START),
        };
        if left <= from {
            return Err(PersonProblem::LeavesBeforeStart { from, left });
        }
        Ok(())
    }

    /// Returns whether that is anything new.
    fn put_person(&mut self, person: Person) -> bool {
        let old = self.people.get(&person.id);
        if old == Some(&person) {
            return false;
        }
        if let Some(old) = old.filter(|old| old.source == self.source) {
            self.by_external.remove(&old.external_id);
        }
        if person.source == self.source {
            self.by_external
                .insert(person.external_id.clone(), person.id);
        }
        if let Some(number) = &person.staff_number {
            self.by_staff_number.insert(number.clone(), person.id);
        }
        self.changed_people.insert(person.id);
        let batch = Some(self.batch);
        self.people.insert(person.id, Person { batch, ..person });
        true
    }

    fn new_by_name(&mut self, name: &str, new_id: &mut dyn FnMut() -> Uuid) -> PersonId {
        let id = PersonId(new_id());
        self.put_person(Person {
            id,
            source: self.source.clone(),
            external_id: name.to_owned(),
            staff_number: None,
            name: name.to_owned(),
            hired_on: None,
            left_on: None,
            batch: Some(self.batch),
        });
        id
    }

    /// Everyone as they will be.
    pub(crate) fn people(&self) -> impl Iterator<Item = &Person> {
        self.people.values()
    }

    /// Whether all stays of a person have ended by a day. Whoever has none has not left.
    pub(crate) fn has_left(&self, person: PersonId, day: NaiveDate) -> bool {
        let last = self.stays.of(person).map(|stay| stay.to).max();
        last.is_some_and(|end| end <= day)
    }

    /// Sellers with a present stay, and people who only manage.
    pub(crate) fn sellers_and_managers(&self) -> (BTreeSet<PersonId>, BTreeSet<PersonId>) {
        let present = |m: &&Membership| m.from <= self.today && self.today < m.to;
        let of = |role| {
            self.stays
                .all()
                .filter(present)
                .filter(move |m| m.role == role)
                .map(|m| m.person)
                .collect()
        };
        let sellers: BTreeSet<PersonId> = of(MemberRole::Sales);
        let managers: BTreeSet<PersonId> = of(MemberRole::Manager);
        let only = managers.difference(&sellers).copied().collect();
        (sellers, only)
    }

    /// The records that were made or changed, units before people before stays.
    pub(crate) fn records(&self) -> Vec<Record> {
        let people = self.changed_people.iter().map(|id| &self.people[id]);
        let units = self.units.made().into_iter();
        units
            .cloned()
            .map(Record::from)
            .chain(people.cloned().map(Record::from))
            .chain(self.stays.changed().cloned().map(Record::from))
            .collect()
    }

    /// Stays of the store that this import takes back: they began today and were wrong.
    pub(crate) fn deleted(&self) -> Vec<(Entity, Uuid)> {
        self.stays
            .deleted()
            .map(|id| (Entity::Membership, id.0))
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
