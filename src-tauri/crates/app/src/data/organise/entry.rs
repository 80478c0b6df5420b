//! What a row means, worked out before anything is written: who, as what, in which team.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use yeji_core::ids::{PersonId, UnitId};
use yeji_core::org::{MemberRole, OPEN_END, OPEN_START, Person};
use yeji_intake::{PersonRow, RoleRule};

use super::{Organiser, PersonProblem};

/// A row of people, understood.
#[derive(Debug)]
pub(super) struct Entry {
    /// The person as the row has them.
    pub person: Person,
    pub role: MemberRole,
    /// The team where the row names it without a department and it is known.
    pub known_team: Option<UnitId>,
    /// The hire date known before this row.
    pub hired_before: Option<NaiveDate>,
}

impl Organiser {
    /// What the row of the person with that id means.
    pub(super) fn entry(&self, id: PersonId, row: &PersonRow) -> Result<Entry, PersonProblem> {
        let role = self.role_of_row(id, row);
        let entry = Entry {
            person: self.person_of_row(id, row),
            role,
            known_team: self.known_team(id, role, row)?,
            hired_before: self.people.get(&id).and_then(|known| known.hired_on),
        };
        self.check_leave(&entry, row)?;
        Ok(entry)
    }

    /// Finds by staff number, else by name within the source; a person known by name only takes the
    /// staff number that a later file gives, if nobody else can be meant.
    pub(super) fn find(&self, row: &PersonRow) -> Result<Option<PersonId>, PersonProblem> {
        let by_name = self.by_external.get(&row.name).copied().filter(|id| {
            self.people
                .get(id)
                .is_some_and(|person| person.staff_number.is_none())
        });
        if let Some(number) = &row.staff_number {
            if let Some(id) = self.by_staff_number.get(number) {
                return Ok(Some(*id));
            }
            if by_name.is_none() {
                return Ok(None);
            }
            let numbers = self.numbers_under(&row.name);
            if numbers.len() > 1 {
                return Err(PersonProblem::SharedName {
                    numbers: numbers.into_iter().collect(),
                });
            }
            return Ok(by_name);
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

    /// The staff numbers of everyone who has a name, in the store and in the files of this import.
    fn numbers_under(&self, name: &str) -> BTreeSet<String> {
        let known = self.people.values().filter(|person| person.name == name);
        known
            .filter_map(|person| person.staff_number.clone())
            .chain(self.expected.numbers_under(name).cloned())
            .collect()
    }

    /// What a title leaves open the deals decide. A row without a role does not make a seller of who
    /// only leads.
    fn role_of_row(&self, id: PersonId, row: &PersonRow) -> MemberRole {
        let has = |role| {
            self.stays
                .of(id)
                .any(|stay| stay.role == role && stay.to == OPEN_END)
        };
        let leads = match row.role {
            None => has(MemberRole::Manager) && !has(MemberRole::Sales),
            Some(RoleRule::Sales) => false,
            Some(RoleRule::Manager) => true,
            Some(RoleRule::ByDeals) => !self.owns_deals(id, row),
        };
        if leads {
            MemberRole::Manager
        } else {
            MemberRole::Sales
        }
    }

    fn owns_deals(&self, id: PersonId, row: &PersonRow) -> bool {
        let by_number = row.staff_number.as_ref();
        self.expected.sells(id)
            || by_number.is_some_and(|number| self.expected.owns(number))
            || (self.expected.owns(&row.name) && self.numbers_under(&row.name).len() <= 1)
    }

    /// The team that a row without a department means: the person's own if it has that name, else
    /// the one of that name. None: no team has it yet, or the department tells.
    fn known_team(
        &self,
        id: PersonId,
        role: MemberRole,
        row: &PersonRow,
    ) -> Result<Option<UnitId>, PersonProblem> {
        let Some(name) = row.team.as_ref().or(row.manager.as_ref()) else {
            return Ok(None);
        };
        if row.department.is_some() {
            return Ok(None);
        }
        let teams: Vec<UnitId> = self.units.teams_named(name).collect();
        let latest = self.stays.of(id).max_by_key(|stay| (stay.from, stay.id));
        let own = [self.stays.last(id, role), latest];
        let own = own.into_iter().flatten().map(|stay| stay.unit);
        if let Some(team) = own.into_iter().find(|unit| teams.contains(unit)) {
            return Ok(Some(team));
        }
        match teams[..] {
            [] => Ok(None),
            [one] => Ok(Some(one)),
            _ => Err(PersonProblem::TeamAmbiguous {
                team: name.clone(),
                count: teams.len(),
            }),
        }
    }

    /// The store refuses a stay without a day.
    fn check_leave(&self, entry: &Entry, row: &PersonRow) -> Result<(), PersonProblem> {
        let Some(left) = entry.person.left_on else {
            return Ok(());
        };
        let id = entry.person.id;
        let last = self
            .stays
            .last(id, entry.role)
            .or_else(|| self.stays.of(id).max_by_key(|stay| stay.from));
        let from = match (last, row.hired_on) {
            (Some(stay), Some(hired)) if stay.to <= hired => hired,
            (Some(stay), Some(hired)) => self.stays.begin(stay, entry.hired_before, hired),
            (Some(stay), None) => stay.from,
            (None, hired) => hired.unwrap_or(OPEN_START),
        };
        if left <= from {
            return Err(PersonProblem::LeavesBeforeStart { from, left });
        }
        Ok(())
    }
}
