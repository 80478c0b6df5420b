//! Target bonuses: a row holds from its day until the next one.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use yeji_core::goal::TargetBonus;
use yeji_core::ids::{PersonId, TargetBonusId};
use yeji_core::org::OPEN_END;
use yeji_intake::{FactRow, Field};
use yeji_store::Record;

use super::references::{need, only_row};
use crate::data::organise::RowEffect;
use crate::data::planner::Run;
use crate::data::planner::outcome::{Refused, Taken};
use crate::data::planner::samples::Of;
use crate::settings::inserted;

impl Run<'_> {
    pub(super) fn target_bonus(&mut self, row: &FactRow) -> Taken {
        let person = need(Field::PERSON, self.person_of(row, Field::PERSON)?)?;
        let per_quarter = need(Field::AMOUNT, row.amount(Field::AMOUNT))?;
        let from = need(Field::VALID_FROM, row.day(Field::VALID_FROM))?;
        if per_quarter.minor < 0 {
            return Err(Refused {
                code: "amount_negative",
                params: vec![
                    ("field", Field::AMOUNT.code().to_owned()),
                    ("value", per_quarter.to_major()),
                ],
            });
        }
        let first = self.facts.bonus_lines.entry((person, from));
        let repeated = matches!(first, Entry::Occupied(_));
        let first = *first.or_insert(row.line);
        only_row(row, first, repeated)?;
        let known = self.known;
        let all = self.facts.bonuses.get_or_insert_with(|| {
            let mut all: BTreeMap<PersonId, Vec<TargetBonus>> = BTreeMap::new();
            for record in &known.target_bonuses {
                all.entry(record.person).or_default().push(record.clone());
            }
            all
        });
        let own = all.entry(person).or_default();
        let same_day = own.iter().find(|record| record.from == from);
        let effect = match same_day {
            Some(record) if record.per_quarter == per_quarter => RowEffect::Unchanged,
            Some(_) => RowEffect::Changed,
            None => RowEffect::New,
        };
        let before = same_day.map(|record| Box::new(Record::from(record.clone())));
        let new = TargetBonus {
            id: TargetBonusId(self.plan.clock.new_id()),
            person,
            per_quarter,
            from,
            to: OPEN_END,
        };
        let changed = inserted(&new, &own.iter().collect::<Vec<_>>());
        let after = Box::new(changed.last().unwrap_or(&new).clone().into());
        let of = Of::Value { before, after };
        self.sink.row_did(effect, row.line, of);
        if effect == RowEffect::Unchanged {
            return Ok(());
        }
        for record in changed {
            own.retain(|old| old.id != record.id);
            own.push(record.clone());
            self.sink.write(record.into());
        }
        Ok(())
    }
}
