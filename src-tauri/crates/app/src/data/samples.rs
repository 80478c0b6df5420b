//! New and changed rows of a preview in words, beside what the store has of their records.

use std::collections::{BTreeMap, HashMap};

use serde_json::Value;
use uuid::Uuid;
use yeji_core::org::{Membership, OPEN_END, OPEN_START};
use yeji_store::{Entity, Record};

use super::planner::{Before, MAX_SAMPLES, Sample, Samples};
use crate::api::Message;
use crate::api::data::FilePreview;
use crate::api::history::{FieldLine, RecordLine};
use crate::api::preview::SampledRow;
use crate::context::App;
use crate::error::Result;
use crate::history::{Names, plain_text, values_of, would_write};

impl App {
    /// Puts the rows to their files.
    pub(super) async fn show_samples(
        &self,
        samples: Samples,
        names: &mut Names,
        files: &mut [FilePreview],
    ) -> Result<()> {
        for entity in [Entity::Person, Entity::Customer, Entity::Product] {
            // A name that nobody has decided on is nothing yet.
            names.learn(entity, Uuid::nil(), Message::new("value_undecided", &[]));
        }
        for ((entity, id), name) in &samples.names {
            names.learn(*entity, *id, plain_text(name));
        }
        let stored = self.stored(&samples.rows).await?;
        for row in samples.rows {
            let old = match &row.before {
                Before::InStore => stored.get(&row.after.id()),
                Before::Nothing => None,
                Before::Was(record) => Some(&**record),
            };
            let Some(file) = files.get_mut(row.table) else {
                continue;
            };
            let shown = shown(names, &row, old).await?;
            if shown.record.fields.is_empty() && old.is_some() {
                // A later row has put back what an earlier one changed.
                continue;
            }
            // Of a deal that another file makes, the row counts as changed and is a new one to people.
            let rows = match old {
                Some(_) => &mut file.changed_samples,
                None => &mut file.new_samples,
            };
            if rows.len() < MAX_SAMPLES {
                rows.push(shown);
            }
        }
        Ok(())
    }

    /// The records as the store has them.
    async fn stored(&self, rows: &[Sample]) -> Result<HashMap<Uuid, Record>> {
        let mut asked: BTreeMap<Entity, Vec<Uuid>> = BTreeMap::new();
        for row in rows {
            if matches!(row.before, Before::InStore) {
                let ids = asked.entry(row.after.entity()).or_default();
                ids.push(row.after.id());
            }
        }
        let store = self.store()?;
        let mut found = HashMap::new();
        for (entity, ids) in asked {
            found.extend(store.records(entity, &ids).await?);
        }
        Ok(found)
    }
}

async fn shown(names: &mut Names, row: &Sample, old: Option<&Record>) -> Result<SampledRow> {
    let mut record = would_write(names, old, &row.after).await?;
    for (old, new) in &row.stays {
        record.fields.push(FieldLine {
            field: "membership".to_owned(),
            from: stay(names, old.as_ref()).await?,
            to: stay(names, new.as_ref()).await?,
            can_restore: false,
        });
    }
    if let Record::GoalCell(cell) = &row.after {
        // A month's goal: its parts and where they stand follow from it.
        let person = cell.person.map(|person| person.0);
        let person = match person {
            Some(person) => names.of(Entity::Person, person).await?,
            None => plain_text(""),
        };
        let month = cell.start.format("%Y-%m");
        let person = person.params.get("text").cloned().unwrap_or_default();
        record.name = plain_text(&format!("{person} · {month}"));
        record.fields.retain(|field| field.field == "minor");
    }
    let number = number_of(&row.after, &record);
    if old.is_none() {
        without_name(&mut record);
    }
    Ok(SampledRow {
        line: row.line,
        number,
        record,
    })
}

/// A record's number, unless its name says it.
fn number_of(record: &Record, line: &RecordLine) -> Option<String> {
    let values = values_of(record);
    let number = values.get("external_id")?.as_str()?.to_owned();
    let name = line.name.params.get("text");
    (!name.is_some_and(|name| name.contains(&number))).then_some(number)
}

/// Leaves out the fields that the name has said.
fn without_name(record: &mut RecordLine) {
    let name = record.name.clone();
    let person = record.entity == Entity::Person.code();
    record.fields.retain(|field| {
        let said = field.field == "name" || (person && field.field == "staff_number");
        !said && field.to != name
    });
}

/// A stay in a unit, in words.
async fn stay(names: &mut Names, stay: Option<&Membership>) -> Result<Message> {
    let Some(stay) = stay else {
        return Ok(plain_text(""));
    };
    let unit = names.of(Entity::OrgUnit, stay.unit.0).await?;
    let role = values_of(&stay.clone().into()).remove("role");
    let role = role.as_ref().and_then(Value::as_str).unwrap_or_default();
    let mut params = vec![
        ("unit", unit.params.get("text").cloned().unwrap_or_default()),
        ("role", role.to_owned()),
    ];
    if stay.from != OPEN_START {
        params.push(("from", stay.from.to_string()));
    }
    if stay.to != OPEN_END {
        params.push(("to", stay.to.to_string()));
    }
    Ok(Message::new("value_stay", &params))
}
