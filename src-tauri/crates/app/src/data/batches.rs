//! Imports that were made: listed, and taken back.

use serde_json::json;
use uuid::Uuid;
use yeji_core::facts::Batch;
use yeji_core::ids::{BatchId, ChangeId, CustomerId, OpportunityId, PersonId, ProductId, UnitId};
use yeji_core::org::{Organisation, Person};
use yeji_store::{AuditDraft, ChangeKind, Entity, KeptBecause, UndoOutcome};

use crate::api::data::{BatchArgs, BatchInfo, LaterImport, LaterImports, UndoBatch, UndoResult};
use crate::api::{Message, NoArgs};
use crate::context::App;
use crate::data::sources::BySources;
use crate::error::{Error, Result};

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
    pub async fn undo_batch(&self, args: UndoBatch) -> Result<UndoResult> {
        Ok(self.take_batch_back(args).await?.0)
    }

    /// As [`App::undo_batch`], with the change that did it.
    pub(crate) async fn take_batch_back(&self, args: UndoBatch) -> Result<(UndoResult, ChangeId)> {
        let _turn = self.turn().await;
        let args_of = BatchArgs { batch: args.batch };
        let later = self.list_later_imports(args_of).await?;
        let (shown, too) = match args.later {
            LaterImports::Ask => (Vec::new(), false),
            LaterImports::TakeBackToo { imports } => (imports, true),
            LaterImports::Leave { imports } => (imports, false),
        };
        // Another import may have come since somebody was asked.
        if later.iter().any(|one| !shown.contains(&one.import.id)) {
            return Err(self.repeated_later(args.batch, &later));
        }
        // Before any is taken back: half of what was meant is not what was meant.
        let going = later.iter().map(|one| one.import.id).filter(|_| too);
        for batch in going.chain([args.batch]) {
            self.require_import_unpublished(batch).await?;
        }
        let mut all = UndoResult {
            later: Vec::new(),
            removed: 0,
            restored: 0,
            kept: Vec::new(),
            kept_count: 0,
        };
        for LaterImport { import, .. } in later.into_iter().filter(|_| too) {
            match self.take_one_back(import.id).await {
                Ok((undone, _)) => all.add(undone),
                Err(error) => return Err(stopped(&all.later, error)),
            }
            all.later.push(import);
        }
        let (own, change) = match self.take_one_back(args.batch).await {
            Ok(undone) => undone,
            Err(error) => return Err(stopped(&all.later, error)),
        };
        all.add(own);
        // Taken back newest first; their files are imported again in their order.
        all.later.reverse();
        Ok((all, change))
    }

    async fn take_one_back(&self, batch: BatchId) -> Result<(UndoResult, ChangeId)> {
        let known = self.store()?.batch(batch).await?;
        let files = known.map(|batch| batch.files).unwrap_or_default();
        let summary = json!({ "batch": batch, "files": files });
        let mut header = self.header(ChangeKind::UndoBatch, summary);
        header.audit = Some(AuditDraft {
            action: "import.undo".to_owned(),
            subject: batch.to_string(),
            detail: json!({}),
        });
        let settling = BySources {
            precedence: self.precedence().await?,
            merged: self.merged_customers().await?,
        };
        let outcome = self
            .store()?
            .undo_batch_settling(batch, header, &settling)
            .await?;
        self.announce(&outcome.applied);
        let result = UndoResult {
            later: Vec::new(),
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
                KeptBecause::NamedEarlier => "kept_named_earlier",
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

impl UndoResult {
    /// Counts another import's rows in.
    fn add(&mut self, other: Self) {
        self.removed += other.removed;
        self.restored += other.restored;
        self.kept_count += other.kept_count;
        let room = UndoOutcome::MAX_LISTED_ROWS.saturating_sub(self.kept.len());
        self.kept.extend(other.kept.into_iter().take(room));
    }
}

/// What went wrong, with the imports that are taken back already: each is a change of its own.
fn stopped(done: &[BatchInfo], error: Error) -> Error {
    if done.is_empty() {
        return error;
    }
    let files: Vec<String> = done.iter().map(|one| one.files.join(", ")).collect();
    Error::TakenBackPartly {
        count: done.len(),
        imports: files.join("; "),
        reason: Box::new(error),
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
