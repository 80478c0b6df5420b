//! Imports that were made: listed, and taken back.

use serde_json::json;
use yeji_core::facts::Batch;
use yeji_store::{AuditDraft, ChangeKind, KeptBecause};

use crate::api::data::{BatchArgs, BatchInfo, UndoResult};
use crate::api::{Message, NoArgs};
use crate::context::App;
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
        let _turn = self.turn().await;
        let mut header = self.header(ChangeKind::UndoBatch, json!({ "batch": args.batch }));
        header.audit = Some(AuditDraft {
            action: "import.undo".to_owned(),
            subject: args.batch.to_string(),
            detail: json!({}),
        });
        let outcome = self.store()?.undo_batch(args.batch, header).await?;
        self.announce(&outcome.applied);
        let kept = outcome
            .kept
            .iter()
            .map(|(entity, id, why)| {
                let code = match why {
                    KeptBecause::ChangedLater => "kept_changed_later",
                    KeptBecause::ReferredTo => "kept_referred_to",
                    KeptBecause::EarlierValuesRefer => "kept_earlier_values_refer",
                };
                Message::new(
                    code,
                    &[("entity", entity.code().to_owned()), ("id", id.to_string())],
                )
            })
            .collect();
        Ok(UndoResult {
            removed: outcome.removed,
            restored: outcome.restored,
            kept,
            kept_count: outcome.kept_count,
        })
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
