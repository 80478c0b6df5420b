//! Units and dated stays: rows that change the organisation itself.

use std::collections::BTreeSet;

use yeji_core::ids::PersonId;
use yeji_core::org::{MemberRole, OPEN_END, OPEN_START, UnitKind};
use yeji_intake::{FactRow, Field};
use yeji_store::{Alias, AliasKind};

use super::records::require_days;
use super::references::{ambiguous, need, unknown};
use crate::data::organise::{StayRow, UnitFound, UnitRow};
use crate::data::planner::Run;
use crate::data::planner::outcome::{Refused, Taken};
use crate::data::planner::samples::Of;

impl Run<'_> {
    pub(super) fn unit(&mut self, row: &FactRow) -> Taken {
        let name = need(Field::NAME, row.text(Field::NAME))?;
        let from = row.day(Field::VALID_FROM);
        let to = row.day(Field::VALID_TO);
        require_days(from, to)?;
        let parent = match row.text(Field::PARENT_UNIT) {
            Some(parent) => Some(match self.organiser.unit_named(parent) {
                UnitFound::One(id) => id,
                UnitFound::Several => return Err(ambiguous(Field::PARENT_UNIT, parent)),
                UnitFound::None => return Err(unknown(Field::PARENT_UNIT, parent)),
            }),
            None => None,
        };
        let kind = match row.choice(Field::UNIT_KIND) {
            Some("company") => Some(UnitKind::Company),
            Some("department") => Some(UnitKind::Department),
            Some(_) => Some(UnitKind::Team),
            None => None,
        };
        let given = |field| self.mapped.contains(&field);
        let unit = UnitRow {
            name,
            kind,
            parent,
            from: given(Field::VALID_FROM).then(|| from.unwrap_or(OPEN_START)),
            to: given(Field::VALID_TO).then(|| to.unwrap_or(OPEN_END)),
        };
        let clock = &self.plan.clock;
        let (id, effect) = self
            .organiser
            .put_unit(&unit, self.company, &mut || clock.new_id())
            .map_err(|code| Refused {
                code,
                params: vec![("name", name.to_owned())],
            })?;
        self.sink.row_did(effect, row.line, Of::Unit(id));
        Ok(())
    }

    pub(super) fn membership(&mut self, row: &FactRow) -> Taken {
        let name = need(Field::PERSON, row.text(Field::PERSON))?;
        let unit_name = need(Field::UNIT, row.text(Field::UNIT))?;
        let from = need(Field::VALID_FROM, row.day(Field::VALID_FROM))?;
        let to = row.day(Field::VALID_TO);
        require_days(Some(from), to)?;
        let unit = match self.organiser.unit_named(unit_name) {
            UnitFound::One(id) => id,
            UnitFound::Several => return Err(ambiguous(Field::UNIT, unit_name)),
            UnitFound::None => return Err(unknown(Field::UNIT, unit_name)),
        };
        let person = self.member(name)?;
        let stay = StayRow {
            person,
            unit,
            role: match row.choice(Field::ROLE) {
                Some("manager") => MemberRole::Manager,
                _ => MemberRole::Sales,
            },
            from,
            to: self
                .mapped
                .contains(&Field::VALID_TO)
                .then(|| to.unwrap_or(OPEN_END)),
        };
        let clock = &self.plan.clock;
        let effect = self
            .organiser
            .put_stay(&stay, &mut || clock.new_id())
            .map_err(|code| Refused {
                code,
                params: vec![("name", name.to_owned()), ("from", from.to_string())],
            })?;
        self.sink.row_did(effect, row.line, Of::Stays(person));
        Ok(())
    }

    /// The person that a row of stays names, which comes before names are read: by number or name, else
    /// as decided on in this import, else as remembered.
    fn member(&self, name: &str) -> Result<PersonId, Refused> {
        let decided = self.plan.decisions.aliases.get(&format!("person:{name}"));
        let meant = decided.and_then(Option::as_deref).unwrap_or(name);
        let people: BTreeSet<_> = self.organiser.people_named(meant).collect();
        let mut aliases = self.known.aliases.iter();
        let remembered =
            |alias: &&Alias| alias.kind == AliasKind::Person && alias.from_text == name;
        match people.first() {
            Some(one) if people.len() == 1 => Ok(*one),
            Some(_) => Err(ambiguous(Field::PERSON, meant)),
            None => aliases
                .find(remembered)
                .map(|alias| alias.target.into())
                .ok_or_else(|| unknown(Field::PERSON, name)),
        }
    }
}
