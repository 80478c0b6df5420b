//! People rows, and the organisation as a whole once it is complete.

use std::collections::BTreeSet;

use yeji_core::ids::PersonId;
use yeji_intake::{Kind, PersonRow};
use yeji_store::Record;

use super::outcome::{Refused, Taken};
use super::samples::Of;
use super::{Known, Plan, Run};
use crate::api::Message;
use crate::data::organise::PersonProblem;

impl Run<'_> {
    pub(super) fn person(&mut self, row: &PersonRow, seen: &mut BTreeSet<PersonId>) -> Taken {
        let clock = &self.plan.clock;
        let put = self
            .organiser
            .put_row(row, self.company, seen, &mut || clock.new_id());
        let problem = match put {
            Ok((person, effect)) => {
                self.sink.row_did(effect, row.line, Of::Person(person));
                return Ok(());
            }
            Err(problem) => problem,
        };
        let mut params = vec![
            ("name", row.name.clone()),
            ("staff_number", row.staff_number.clone().unwrap_or_default()),
        ];
        let code = match problem {
            PersonProblem::Duplicate => "duplicate_person_row",
            PersonProblem::Ambiguous => "person_ambiguous",
            PersonProblem::SharedName { numbers } => {
                params.push(("staff_numbers", numbers.join(", ")));
                "person_shares_name"
            }
            PersonProblem::TeamAmbiguous { team, count } => {
                params.push(("team", team));
                params.push(("count", count.to_string()));
                "team_ambiguous"
            }
            PersonProblem::LeavesBeforeStart { from, left } => {
                params.push(("from", from.to_string()));
                params.push(("left_on", left.to_string()));
                "leaves_before_start"
            }
        };
        Err(Refused { code, params })
    }

    /// Looks up who leads, once all people are known.
    pub(super) fn settle_managers(&mut self) {
        let clock = &self.plan.clock;
        for found in self.organiser.settle_managers(&mut || clock.new_id()) {
            self.organisation_notes.push(Message::new(
                "manager_ambiguous",
                &[
                    ("name", found.name),
                    ("unit", found.unit),
                    ("rows", found.rows.to_string()),
                ],
            ));
        }
    }

    /// Who owns a deal and has no stay at all sells for the company, as owners do who become people.
    pub(super) fn give_a_place(&mut self, person: PersonId) {
        if self.placeless.is_empty() || !self.placeless.remove(&person) {
            return;
        }
        let clock = &self.plan.clock;
        self.organiser
            .put_place(person, self.company, &mut || clock.new_id());
        // Before the deal, as of a new owner.
        self.sink.add(self.organiser.records_of(person));
    }

    /// Whether the store has a person or unit of that id.
    fn is_stored(&self, record: &Record) -> bool {
        let stored = &self.known.organisation;
        match record {
            Record::Person(person) => stored.person(person.id).is_some(),
            Record::OrgUnit(unit) => stored.unit(unit.id).is_some(),
            // A stay has nothing that could be empty.
            _ => false,
        }
    }

    pub(super) fn write_organisation(&mut self) {
        self.organisation_written = true;
        for record in self.organiser.records() {
            if self.is_stored(&record) {
                self.sink.overwrites(record.id());
            }
            self.sink.add([record]);
        }
        self.sink.delete(self.organiser.deleted());
    }
}

/// What becomes of an owner of deals whom nobody knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum UnknownOwners {
    /// Nobody is known, neither from the store nor from a table of people: they become people.
    Become,
    /// Nobody has said who is there but the names of deals: they do where a person says that they are new.
    BecomeIfSaid,
    /// A list says who is there: their rows are refused.
    AreRefused,
}

impl UnknownOwners {
    pub(super) fn of(plan: &Plan, known: &Known) -> Self {
        let nobody = known.organisation.people().next().is_none();
        match are_by_name(plan, known) {
            true if nobody => Self::Become,
            true => Self::BecomeIfSaid,
            false => Self::AreRefused,
        }
    }
}

/// Whether nothing but names of deals says who is there.
fn are_by_name(plan: &Plan, known: &Known) -> bool {
    let all = &known.organisation;
    let root = all.company().map(|unit| unit.id);
    let mut people = all.people();
    let only_named = people.all(|person| {
        person.staff_number.is_none()
            && person.hired_on.is_none()
            && all.stays(person.id).all(|stay| Some(stay.unit) == root)
    });
    only_named && !plan.has(Kind::People)
}

/// Names of owners who become people again: they had become people from names of deals and went with an
/// import that was taken back. Only while nothing but such names says who is there: a list of people is
/// complete, and a name that is not in it is a mistake (0003).
pub(super) fn owners_again(plan: &Plan, known: &Known) -> BTreeSet<String> {
    if !are_by_name(plan, known) {
        return BTreeSet::new();
    }
    let people = known.organisation.people();
    let here: BTreeSet<&str> = people.map(|person| person.name.as_str()).collect();
    let gone = known.names_taken_back.iter();
    gone.filter(|name| !here.contains(name.as_str()))
        .cloned()
        .collect()
}
