//! What kinds of changes wrote the versions of a row: asked once a change, not once a row.

use std::collections::HashMap;

use sqlx::Row as _;

use crate::{ApplyTx, ChangeKind, Result};

/// What an undo goes by in a change.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Verdict {
    /// What made it.
    pub kind: ChangeKind,
    /// Whether it brought rows from files.
    pub is_import: bool,
    /// Whether it does not stand any more.
    pub is_taken_back: bool,
    /// Whether it merged customers or took them apart: its rows say nothing new, they are another's.
    pub is_merge: bool,
}

impl Verdict {
    /// Whether it wrote what somebody wanted to have in the records, and not what others' words came to.
    pub(crate) fn is_edit(self) -> bool {
        !self.is_import && !self.kind.settles()
    }

    /// Whether what it wrote is found elsewhere in the log, or does not count.
    pub(crate) fn is_passed_over(self) -> bool {
        self.kind.puts_back() || self.is_taken_back || self.is_merge
    }
}

/// What is known of changes by their place in the log. Holds for one undo: what that takes back itself is
/// known to it anyway.
pub(crate) type Verdicts = HashMap<i64, Verdict>;

impl ApplyTx {
    /// What a change is to an undo.
    pub(crate) async fn verdict(&mut self, seq: i64, known: &mut Verdicts) -> Result<Verdict> {
        if let Some(verdict) = known.get(&seq) {
            return Ok(*verdict);
        }
        if seq == self.seq {
            // The undo itself, which is not in the log yet.
            return Ok(Verdict {
                kind: ChangeKind::UndoBatch,
                is_import: false,
                is_taken_back: false,
                is_merge: false,
            });
        }
        let row = sqlx::query(
            "SELECT kind, batch IS NOT NULL AS has_batch,
                    kind = 'edit' AND EXISTS (
                        SELECT 1 FROM change_row
                        WHERE change_seq = seq AND entity = 'customer_redirect') AS is_merge
             FROM change_log WHERE seq = ?",
        )
        .bind(seq)
        .fetch_one(self.conn())
        .await?;
        let kind: ChangeKind = row.try_get::<&str, _>("kind")?.parse()?;
        let has_batch: bool = row.try_get("has_batch")?;
        let verdict = Verdict {
            kind,
            is_import: has_batch && kind != ChangeKind::UndoBatch,
            is_merge: row.try_get("is_merge")?,
            is_taken_back: self.taken_back(seq, None).await?,
        };
        known.insert(seq, verdict);
        Ok(verdict)
    }
}
