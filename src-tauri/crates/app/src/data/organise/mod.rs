//! People rows become units, people and dated memberships.

mod dated;
mod entry;
mod expected;
mod managers;
mod stays;
#[cfg(test)]
mod tests;
mod units;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use uuid::Uuid;
use yeji_core::ids::{BatchId, PersonId, UnitId};
use yeji_core::org::{MemberRole, Membership, OPEN_END, OrgUnit, Organisation, Person};
use yeji_intake::PersonRow;
use yeji_store::{Entity, Record};

use dated::DatedStays;
pub(crate) use dated::{StayRow, UnitFound, UnitRow};
use entry::Entry;
pub(crate) use expected::Expected;
use managers::Leading;
use stays::{Place, Stays};
use units::Units;

/// The organisation as it will be, and the records that make it so.
#[derive(Debug)]
pub(crate) struct Organiser {
    source: String,
    batch: BatchId,
    today: NaiveDate,
    expected: Expected,
    units: Units,
    people: BTreeMap<PersonId, Person>,
    by_external: BTreeMap<String, PersonId>,
    by_staff_number: BTreeMap<String, PersonId>,
    changed_people: BTreeSet<PersonId>,
    stays: Stays,
    leading: Leading,
    dated: DatedStays,
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
    /// The files of people have several staff numbers under the name, and a person known by that name
    /// alone may be any of them.
    SharedName { numbers: Vec<String> },
    /// Several teams have the name, and the row has no department.
    TeamAmbiguous { team: String, count: usize },
    /// The leave date is not after the day on which the stay in the team began.
    LeavesBeforeStart { from: NaiveDate, left: NaiveDate },
}

impl Organiser {
    pub(crate) fn new(
        organisation: &Organisation,
        source: &str,
        batch: BatchId,
        today: NaiveDate,
        expected: Expected,
    ) -> Self {
        let people: BTreeMap<_, _> = organisation
            .people()
            .map(|person| (person.id, person.clone()))
            .collect();
        Self {
            source: source.to_owned(),
            batch,
            today,
            expected,
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
            dated: DatedStays::default(),
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
        let entry = self.entry(id, row)?;
        seen.insert(id);
        let units_before = self.units.made_count();
        let person_changed = self.put_person(entry.person.clone());
        self.put_stays(&entry, row, company, new_id);
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
        entry: &Entry,
        row: &PersonRow,
        company: UnitId,
        new_id: &mut dyn FnMut() -> Uuid,
    ) {
        let (person, role, left_on) = (entry.person.id, entry.role, entry.person.left_on);
        let unit = entry
            .known_team
            .unwrap_or_else(|| self.units.of_row(row, company, new_id));
        let names_team = row.team.is_some() || row.manager.is_some();
        let named = names_team || row.department.is_some();
        self.leading.with_row.insert(person);
        if named {
            self.leading.by_row.entry(unit).or_default();
            self.stays.settle_provisional(person, company, unit, role);
        }
        if let Some(hired) = row.hired_on {
            self.stays.hire(person, entry.hired_before, hired);
        }
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
        self.put_place(person, company, new_id);
        person
    }

    /// The person sells for the company, as far as anybody knows.
    pub(crate) fn put_place(
        &mut self,
        person: PersonId,
        company: UnitId,
        new_id: &mut dyn FnMut() -> Uuid,
    ) {
        let known = self.people.get(&person);
        let place = Place {
            person,
            unit: company,
            hired_on: known.and_then(|person| person.hired_on),
            to: known.and_then(|person| person.left_on).unwrap_or(OPEN_END),
        };
        self.stays.sells(place, new_id);
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

    /// A unit as it will be.
    pub(crate) fn unit(&self, id: UnitId) -> Option<&OrgUnit> {
        self.units.all().find(|unit| unit.id == id)
    }

    /// A person as they will be.
    pub(crate) fn person(&self, id: PersonId) -> Option<&Person> {
        self.people.get(&id)
    }

    /// A person's stays as they will be.
    pub(crate) fn stays_of(&self, person: PersonId) -> impl Iterator<Item = &Membership> {
        self.stays.of(person)
    }

    /// Whether all stays of a person have ended by a day. Whoever has none has not left.
    pub(crate) fn has_left(&self, person: PersonId, day: NaiveDate) -> bool {
        self.last_day(person).is_some_and(|end| end <= day)
    }

    /// End of a person's last stay, if it ends.
    pub(crate) fn last_day(&self, person: PersonId) -> Option<NaiveDate> {
        let last = self.stays.of(person).map(|stay| stay.to).max();
        last.filter(|end| *end < OPEN_END)
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

    /// The records that were made or changed of one person.
    pub(crate) fn records_of(&self, person: PersonId) -> Vec<Record> {
        let own = self.changed_people.get(&person).map(|id| &self.people[id]);
        let stays = self.stays.changed().filter(|stay| stay.person == person);
        own.cloned()
            .map(Record::from)
            .into_iter()
            .chain(stays.cloned().map(Record::from))
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
