//! People rows, and the organisation as a whole once it is complete.

use std::collections::BTreeSet;

use yeji_core::ids::PersonId;
use yeji_intake::PersonRow;

use super::Run;
use super::outcome::{Refused, Taken};
use crate::api::Message;
use crate::data::organise::PersonProblem;

impl Run<'_> {
    pub(super) fn person(&mut self, row: &PersonRow, seen: &mut BTreeSet<PersonId>) -> Taken {
        let clock = &self.plan.clock;
        let put = self
            .organiser
            .put_row(row, self.company, seen, &mut || clock.new_id());
        let problem = match put {
            Ok((_, effect)) => {
                self.sink.count(effect);
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

    pub(super) fn write_organisation(&mut self) {
        self.organisation_written = true;
        self.sink.add(self.organiser.records());
        self.sink.delete(self.organiser.deleted());
    }
}
