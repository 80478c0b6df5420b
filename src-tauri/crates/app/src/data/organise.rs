//! People rows become units, people and dated memberships.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use uuid::Uuid;
use yeji_core::ids::{BatchId, PersonId, UnitId};
use yeji_core::org::{
    MemberRole, Membership, OPEN_END, OPEN_START, OrgUnit, Organisation, Person, UnitKind,
};
use yeji_intake::PersonRow;
use yeji_store::{Entity, Record};

use super::stays::{Place, Stays};

/// Job titles that mean "leads the unit".
const MANAGER_WORDS: &[&str] = &[
    "manager",
    "director",
    "head of",
    "leader",
    "supervisor",
    "经理",
    "主管",
    "总监",
    "负责人",
    "组长",
];
/// `经理` also ends titles of people who sell (客户经理, account manager).
const SELLER_WORDS: &[&str] = &[
    "account manager",
    "客户经理",
    "sales manager assistant",
    "经理助理",
    "产品经理",
];

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
    stays: Stays,
    touched: BTreeSet<Uuid>,
    /// Writes so far, to tell whether a row changed anything.
    writes: u64,
    /// Units that rows of this import name, with the people whose own row says that they lead it.
    leaders: BTreeMap<UnitId, BTreeSet<PersonId>>,
    /// Names in manager columns, looked up once all people are known.
    named_managers: BTreeMap<(UnitId, String), u64>,
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

/// A manager's name that several people have; rows that name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AmbiguousManager {
    pub name: String,
    pub unit: String,
    pub rows: u64,
}

impl Organiser {
    pub(crate) fn new(
        organisation: &Organisation,
        source: &str,
        batch: BatchId,
        today: NaiveDate,
    ) -> Self {
        let units: BTreeMap<_, _> = organisation
            .units()
            .map(|unit| (unit.id, unit.clone()))
            .collect();
        let people: BTreeMap<_, _> = organisation
            .people()
            .map(|person| (person.id, person.clone()))
            .collect();
        Self {
            source: source.to_owned(),
            batch,
            today,
            unit_by_name: units
                .values()
                .map(|unit| ((unit.parent, unit.name.clone()), unit.id))
                .collect(),
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
            stays: Stays::new(organisation.memberships(), batch, today),
            touched: BTreeSet::new(),
            writes: 0,
            leaders: BTreeMap::new(),
            named_managers: BTreeMap::new(),
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

    fn unit(
        &mut self,
        parent: Option<UnitId>,
        name: &str,
        kind: UnitKind,
        new_id: &mut dyn FnMut() -> Uuid,
    ) -> UnitId {
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
        self.touch(id.0);
        id
    }

    /// The unit that a row names. A team without its department is the one team of that name.
    fn unit_of_row(
        &mut self,
        row: &PersonRow,
        company: UnitId,
        new_id: &mut dyn FnMut() -> Uuid,
    ) -> UnitId {
        let team = row.team.as_ref().or(row.manager.as_ref());
        let department = match (&row.department, team) {
            (Some(name), _) => self.unit(Some(company), name, UnitKind::Department, new_id),
            (None, Some(team)) => {
                if let Some(team) = self.only_team(company, team) {
                    return team;
                }
                company
            }
            (None, None) => company,
        };
        match team {
            Some(name) => self.unit(Some(department), name, UnitKind::Team, new_id),
            None => department,
        }
    }

    fn only_team(&self, company: UnitId, name: &str) -> Option<UnitId> {
        if let Some(id) = self.unit_by_name.get(&(Some(company), name.to_owned())) {
            return Some(*id);
        }
        let mut teams = self
            .units
            .values()
            .filter(|unit| unit.kind == UnitKind::Team && unit.name == name);
        match (teams.next(), teams.next()) {
            (Some(one), None) => Some(one.id),
            _ => None,
        }
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
        let before = self.writes;
        let to = person.left_on.unwrap_or(OPEN_END);
        self.put_person(person);
        let unit = self.unit_of_row(row, company, new_id);
        let names_team = row.team.is_some() || row.manager.is_some();
        let named = names_team || row.department.is_some();
        if named {
            self.leaders.entry(unit).or_default();
        }
        let place = Place {
            person: id,
            unit,
            hired_on: row.hired_on,
            to,
        };
        match role {
            MemberRole::Sales => {
                let present = self.stays.last(id, role).map(|stay| stay.unit);
                // A file that names no team does not move anybody out of theirs.
                let unit = present
                    .filter(|present| !names_team && self.is_within(*present, unit))
                    .unwrap_or(unit);
                if self.stays.sells(Place { unit, ..place }, new_id) {
                    self.transfers += 1;
                }
            }
            MemberRole::Manager => {
                let leads_some = self.stays.of(id).any(|stay| stay.role == role);
                if named || !leads_some {
                    self.stays.leads(place, new_id);
                    self.leaders.entry(unit).or_default().insert(id);
                }
            }
        }
        if to < OPEN_END {
            self.stays.leave(id, to);
        }
        if let Some(manager) = row.manager.as_ref().filter(|name| **name != row.name) {
            *self
                .named_managers
                .entry((unit, manager.clone()))
                .or_default() += 1;
        }
        let stays_changed = self.stays.take_changed();
        let changed = stays_changed || self.writes > before;
        let effect = match (found.is_none(), changed) {
            (true, _) => RowEffect::New,
            (false, true) => RowEffect::Changed,
            (false, false) => RowEffect::Unchanged,
        };
        Ok((id, effect))
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

    /// Looks up the managers that rows named, now that everyone is known, and ends the stays of
    /// those who led a team before. A name that several people have is told, never guessed.
    pub(crate) fn settle_managers(
        &mut self,
        new_id: &mut dyn FnMut() -> Uuid,
    ) -> Vec<AmbiguousManager> {
        let mut ambiguous = Vec::new();
        let mut unsettled = BTreeSet::new();
        let mut led = self.leaders.clone();
        let mut named = Vec::new();
        for ((unit, name), rows) in std::mem::take(&mut self.named_managers) {
            if let Some(person) = self.manager(&name, unit, new_id) {
                led.entry(unit).or_default().insert(person);
                named.push((unit, person));
            } else {
                unsettled.insert(unit);
                let unit = self.units.get(&unit).map_or("", |unit| unit.name.as_str());
                ambiguous.push(AmbiguousManager {
                    name,
                    unit: unit.to_owned(),
                    rows,
                });
            }
        }
        // Whose own row says which unit they lead.
        let by_row: BTreeSet<PersonId> = self.leaders.values().flatten().copied().collect();
        let mut replaced = BTreeSet::new();
        // A team has the leader that files name now; a department or company may have several.
        let settled =
            |unit: &UnitId| self.units[unit].kind == UnitKind::Team && !unsettled.contains(unit);
        for (unit, leaders) in led.iter().filter(|(unit, _)| settled(unit)) {
            for (person, present) in self.stays.managers(*unit) {
                if leaders.contains(&person) || (leaders.is_empty() && !by_row.contains(&person)) {
                    continue;
                }
                replaced.insert(*unit);
                if present {
                    self.stays.stop_leading(person, *unit);
                }
            }
        }
        for (unit, person) in named {
            let known = self.people.get(&person);
            let place = Place {
                person,
                unit,
                hired_on: known.and_then(|person| person.hired_on),
                to: known.and_then(|person| person.left_on).unwrap_or(OPEN_END),
            };
            self.stays
                .is_named_leader(place, replaced.contains(&unit), new_id);
        }
        self.leaders.clear();
        ambiguous
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
        if only_leads || leads(row.role.as_deref()) {
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

    fn put_person(&mut self, person: Person) {
        let old = self.people.get(&person.id);
        if old == Some(&person) {
            return;
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
        self.touch(person.id.0);
        let batch = Some(self.batch);
        self.people.insert(person.id, Person { batch, ..person });
    }

    /// Whom a manager column means: a staff number, the one person of that name, or of several the
    /// one who leads the unit. None: several. A name of nobody makes a new person.
    fn manager(
        &mut self,
        name: &str,
        unit: UnitId,
        new_id: &mut dyn FnMut() -> Uuid,
    ) -> Option<PersonId> {
        if let Some(id) = self.by_staff_number.get(name) {
            return Some(*id);
        }
        let namesakes: Vec<PersonId> = self
            .people
            .values()
            .filter(|person| person.name == name)
            .map(|person| person.id)
            .collect();
        match namesakes[..] {
            [] => Some(self.new_by_name(name, new_id)),
            [one] => Some(one),
            _ => {
                let of_row = self.leaders.get(&unit);
                let by_row = |id: &PersonId| of_row.is_some_and(|leaders| leaders.contains(id));
                let in_store = |id: &PersonId| self.stays.managers(unit).contains(&(*id, true));
                only(namesakes.iter().copied().filter(by_row))
                    .or_else(|| only(namesakes.iter().copied().filter(in_store)))
            }
        }
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

    fn is_within(&self, unit: UnitId, above: UnitId) -> bool {
        let mut at = Some(unit);
        while let Some(id) = at {
            if id == above {
                return true;
            }
            at = self.units.get(&id).and_then(|unit| unit.parent);
        }
        false
    }

    fn touch(&mut self, id: Uuid) {
        self.writes += 1;
        self.touched.insert(id);
    }

    /// Everyone as they will be.
    pub(crate) fn people(&self) -> impl Iterator<Item = &Person> {
        self.people.values()
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
        let mut units: Vec<&OrgUnit> = self
            .units
            .values()
            .filter(|u| self.touched.contains(&u.id.0))
            .collect();
        units.sort_by_key(|unit| (unit.kind, unit.id));
        let people = self
            .people
            .values()
            .filter(|p| self.touched.contains(&p.id.0));
        units
            .into_iter()
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

fn leads(role: Option<&str>) -> bool {
    let Some(role) = role.map(str::to_lowercase) else {
        return false;
    };
    !SELLER_WORDS.iter().any(|word| role.contains(word))
        && MANAGER_WORDS.iter().any(|word| role.contains(word))
}

/// The one item, if there is exactly one.
fn only<T>(mut items: impl Iterator<Item = T>) -> Option<T> {
    let first = items.next()?;
    items.next().is_none().then_some(first)
}

#[cfg(test)]
#[path = "organise_tests.rs"]
mod tests;
