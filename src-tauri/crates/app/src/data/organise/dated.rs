//! Units and stays whose days a file names, unlike rows of people, which say where somebody is now.

use std::collections::HashMap;

use chrono::NaiveDate;
use uuid::Uuid;
use yeji_core::ids::{PersonId, UnitId};
use yeji_core::org::{MemberRole, Organisation, UnitKind};

use super::{Organiser, RowEffect};
use crate::error::Result;

/// A unit as a file has it. None: the file says nothing of it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct UnitRow<'a> {
    pub name: &'a str,
    pub kind: Option<UnitKind>,
    pub parent: Option<UnitId>,
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
}

/// A stay as a file has it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct StayRow {
    pub person: PersonId,
    pub unit: UnitId,
    pub role: MemberRole,
    pub from: NaiveDate,
    /// None: the file has no column for it.
    pub to: Option<NaiveDate>,
}

/// The unit of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum UnitFound {
    One(UnitId),
    Several,
    None,
}

/// Stays that rows of this import have set, by person: two of them must not contradict each other.
#[derive(Debug, Default)]
pub(super) struct DatedStays(HashMap<PersonId, Vec<StayRow>>);

impl DatedStays {
    /// Whether another row has the person elsewhere on days of this one. An end that no file names
    /// gives way to what begins later.
    fn contradict(&self, row: &StayRow) -> bool {
        let of_person = self.0.get(&row.person).map_or(&[][..], Vec::as_slice);
        of_person
            .iter()
            .filter(|other| other.role == row.role)
            .any(|other| {
                let (first, second) = if other.from <= row.from {
                    (other, row)
                } else {
                    (row, other)
                };
                first.from == second.from || first.to.is_some_and(|to| second.from < to)
            })
    }
}

impl Organiser {
    /// The unit of a name, wherever it stands.
    pub(crate) fn unit_named(&self, name: &str) -> UnitFound {
        let mut found = self.units.named(name);
        match (found.next(), found.next()) {
            (Some(one), None) => UnitFound::One(one),
            (Some(_), Some(_)) => UnitFound::Several,
            (None, _) => UnitFound::None,
        }
    }

    /// People by staff number or, where nobody has that number, by name.
    pub(crate) fn people_named(&self, text: &str) -> impl Iterator<Item = PersonId> + use<> {
        let found: Vec<PersonId> = if let Some(id) = self.by_staff_number.get(text) {
            vec![*id]
        } else {
            let people = self.people.values().filter(|person| person.name == text);
            people.map(|person| person.id).collect()
        };
        found.into_iter()
    }

    /// A unit row: the one of that name below the parent, else the only one of that name, else a new
    /// one.
    ///
    /// # Errors
    /// The code of what is wrong: several units of the name and no parent, a second company, or a unit
    /// below itself.
    pub(crate) fn put_unit(
        &mut self,
        row: &UnitRow,
        company: UnitId,
        new_id: &mut dyn FnMut() -> Uuid,
    ) -> std::result::Result<(UnitId, RowEffect), &'static str> {
        self.units.put(row, company, new_id)
    }

    /// A stay row: other stays of the person in that role end or begin where this one does. Where no
    /// end is named, what is known to begin later stays.
    ///
    /// # Errors
    /// The code of what is wrong: another row of this import has the person elsewhere on those days.
    pub(crate) fn put_stay(
        &mut self,
        row: &StayRow,
        new_id: &mut dyn FnMut() -> Uuid,
    ) -> std::result::Result<RowEffect, &'static str> {
        if self.dated.contradict(row) {
            return Err("stays_overlap");
        }
        self.dated.0.entry(row.person).or_default().push(*row);
        Ok(self.stays.occupy(row, new_id))
    }

    /// The organisation as it will be.
    pub(crate) fn organisation(&self) -> Result<Organisation> {
        let units = self.units.all().cloned().collect();
        let people = self.people.values().cloned().collect();
        let stays = self.stays.all().cloned().collect();
        Ok(Organisation::new(units, people, stays)?)
    }
}
