//! Imports that were made: listed, and taken back.

use serde_json::json;
use uuid::Uuid;
use yeji_core::facts::Batch;
use yeji_core::ids::{BatchId, ChangeId, CustomerId, OpportunityId, PersonId, ProductId, UnitId};
use yeji_core::org::{Organisation, Person};
use yeji_store::{AuditDraft, ChangeKind, Entity, KeptBecause};

use crate::api::data::{BatchArgs, BatchInfo, UndoResult};
use crate::api::{Message, NoArgs};
use crate::context::App;
use crate::data::sources::BySources;
use crate::error::Result;

impl App {
    /// Imports, newest first.
    pub async fn list_batches(&self, _: NoArgs) -> Result<Vec<BatchInfo>> {
        Ok(self
            .store()?
            .batches()
            .await?
            .into_iter()
            .map(batch_info)
            .collect())
    }

    /// Takes a whole import back.
    pub async fn undo_batch(&self, args: BatchArgs) -> Result<UndoResult> {
        Ok(self.take_batch_back(args.batch).await?.0)
    }

    /// As [`App::undo_batch`], with the change that did it.
    pub(crate) async fn take_batch_back(&self, batch: BatchId) -> Result<(UndoResult, ChangeId)> {
        let args = BatchArgs { batch };
        let _turn = self.turn().await;
        let batch = self.store()?.batch(args.batch).await?;
        let files = batch.map(|batch| batch.files).unwrap_or_default();
        let summary = json!({ "batch": args.batch, "files": files });
        let mut header = self.header(ChangeKind::UndoBatch, summary);
        header.audit = Some(AuditDraft {
            action: "import.undo".to_owned(),
            subject: args.batch.to_string(),
            detail: json!({}),
        });
        let settling = BySources {
            precedence: self.precedence().await?,
            merged: self.merged_customers().await?,
        };
        let outcome = self
            .store()?
            .undo_batch_settling(args.batch, header, &settling)
            .await?;
        self.announce(&outcome.applied);
        let result = UndoResult {
            removed: outcome.removed,
            restored: outcome.restored,
            kept: self.kept_messages(&outcome.kept).await?,
            kept_count: outcome.kept_count,
        };
        Ok((result, outcome.applied.change))
    }

    /// Rows that an undo left as they are, with the reasons.
    pub(crate) async fn kept_messages(
        &self,
        rows: &[(Entity, Uuid, KeptBecause)],
    ) -> Result<Vec<Message>> {
        let organisation = self.store()?.organisation().await?;
        let mut kept = Vec::new();
        for (entity, id, why) in rows {
            let (entity, id) = (*entity, *id);
            let code = match why {
                KeptBecause::ChangedLater => "kept_changed_later",
                KeptBecause::ReferredTo => "kept_referred_to",
                KeptBecause::EarlierValuesRefer => "kept_earlier_values_refer",
            };
            let params = [
                ("entity", entity.code().to_owned()),
                ("id", id.to_string()),
                ("name", self.name_of(&organisation, entity, id).await?),
            ];
            kept.push(Message::new(code, &params));
        }
        Ok(kept)
    }
}

impl App {
    /// What people call a record; empty where it has no name of its own.
    async fn name_of(
        &self,
        organisation: &Organisation,
        entity: Entity,
        id: Uuid,
    ) -> Result<String> {
        let store = self.store()?;
        let person = |id| organisation.person(id).map(named);
        let name = match entity {
            Entity::OrgUnit => organisation.unit(UnitId(id)).map(|unit| unit.name.clone()),
            Entity::Person => person(PersonId(id)),
            Entity::Membership => organisation
                .memberships()
                .iter()
                .find(|stay| stay.id.0 == id)
                .and_then(|stay| {
                    let unit = organisation.unit(stay.unit)?;
                    Some(format!("{}, {}", person(stay.person)?, unit.name))
                }),
            Entity::Customer => store.customer(CustomerId(id)).await?.map(|one| one.name),
            Entity::Product => store.product(ProductId(id)).await?.map(|one| one.name),
            Entity::Opportunity => store
                .opportunity(OpportunityId(id))
                .await?
                .map(|deal| deal.origin.external_id),
            other => store.external_id_of(other, id).await?,
        };
        Ok(name.unwrap_or_default())
    }
}

/// With the staff number, where there is one.
pub(super) fn named(person: &Person) -> String {
    match &person.staff_number {
        Some(number) => format!("{} ({number})", person.name),
        None => person.name.clone(),
    }
}

pub(crate) fn batch_info(batch: Batch) -> BatchInfo {
    BatchInfo {
        id: batch.id,
        source: batch.source,
        files: batch.files,
        at: batch.at,
        new_rows: batch.new_rows,
        changed_rows: batch.changed_rows,
        unchanged_rows: batch.unchanged_rows,
        rejected_rows: batch.rejected_rows,
        undone_at: batch.undone_at,
    }
}
