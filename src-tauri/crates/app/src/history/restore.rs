//! One overwritten value put back, as a change of its own.

use serde_json::json;
use yeji_store::{AuditDraft, ChangeKind, Entity, Record};

use super::names::{Names, map};
use super::{known_entity, rules, values};
use crate::api::Message;
use crate::api::history::{RestoreValue, Restored};
use crate::context::App;
use crate::error::{Error, Result};

impl App {
    /// Puts a value back that a change overwrote. A preview says what is there now. Refused where the
    /// record is gone, or where the value would break a rule today.
    pub async fn restore_value(&self, args: RestoreValue) -> Result<Restored> {
        let _turn = self.turn().await;
        let store = self.store()?;
        let entity = known_entity(&args.entity)?;
        self.known_change(args.change).await?;
        let mut names = Names::new(&store, self.currency().await?).await?;
        let name = names.of(entity, args.id).await?;
        let not_overwritten = || Error::NotFound {
            what: "field",
            value: args.field.clone(),
        };
        let earlier = store
            .overwritten(args.change, entity, args.id)
            .await?
            .ok_or_else(not_overwritten)?;
        let columns: Vec<&str> = earlier.values().iter().map(|(name, _)| *name).collect();
        let column = values::column_of(&args.field, &columns).ok_or_else(not_overwritten)?;
        let refuse = |reason: &'static str| Error::CannotRestore {
            entity: entity.code(),
            field: args.field.clone(),
            reason,
        };
        if !rules::may_restore(entity, &args.field) {
            return Err(refuse("part_of_a_whole"));
        }
        let Some(present) = store.record(entity, args.id).await? else {
            return Err(refuse("record_gone"));
        };
        let restored = present
            .with_field_of(&earlier, &column)?
            .ok_or_else(not_overwritten)?;
        let said = Said {
            entity,
            field: &args.field,
        };
        let mut result = Restored {
            present: said.value(&mut names, &present).await?,
            value: said.value(&mut names, &restored).await?,
            name,
            change: None,
        };
        if let Some(reason) = self.broken_rule(&restored, &present).await? {
            return Err(refuse(reason));
        }
        if args.preview || restored == present {
            return Ok(result);
        }
        let mut summary = json!({ "entity": entity.code(), "field": args.field });
        if let Some(text) = result.name.params.get("text") {
            summary["name"] = json!(text);
        }
        let mut change = self.change(ChangeKind::Restore, summary.clone());
        change.audit = Some(AuditDraft {
            action: "value.restore".to_owned(),
            subject: args.id.to_string(),
            detail: summary,
        });
        change.put.push(restored);
        let id = change.id;
        match self.apply(change).await {
            Ok(()) => {
                result.change = Some(id);
                Ok(result)
            }
            Err(Error::Store(yeji_store::Error::MissingReference { .. })) => {
                Err(refuse("refers_to_nothing"))
            }
            Err(Error::Store(yeji_store::Error::Duplicate { .. })) => Err(refuse("identity_taken")),
            Err(error) => Err(error),
        }
    }
}

/// A field of a record, to be said.
struct Said<'a> {
    entity: Entity,
    field: &'a str,
}

impl Said<'_> {
    async fn value(&self, names: &mut Names, record: &Record) -> Result<Message> {
        let values = map(record);
        let value = values::field_of(&values, self.field);
        names.value(self.entity, self.field, &value).await
    }
}
