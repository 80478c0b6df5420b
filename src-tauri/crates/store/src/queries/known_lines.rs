//! Lines of imported files that still say what the store has.

use std::collections::HashMap;

use sqlx::Row as _;
use uuid::Uuid;
use yeji_core::ids::BatchId;

use crate::known_lines::read_lines;
use crate::rows::read_id;
use crate::{KnownLines, Result, Store};

impl Store {
    /// What is known of files of this form from this source, and the number of the last change that it
    /// holds for. Lines of deals that any later change has written, or said something of, are left out; so is everything that
    /// is older than the undo of an import, which does not log what it removes.
    ///
    /// # Errors
    /// [`crate::Error::Sql`]; [`crate::Error::Unreadable`] for a row that was tampered with.
    pub async fn known_lines(&self, source: &str, form: &str) -> Result<(i64, Vec<KnownLines>)> {
        let mut reader = self.snapshot().await?;
        let last: Option<i64> = sqlx::query_scalar("SELECT max(seq) FROM change_log")
            .fetch_one(&mut *reader)
            .await?;
        let undone: Option<i64> =
            sqlx::query_scalar("SELECT max(seq) FROM change_log WHERE kind = 'undo_batch'")
                .fetch_one(&mut *reader)
                .await?;
        let rows = sqlx::query(
            "SELECT k.change_seq, c.batch, k.mapping, k.names, k.lines
             FROM known_lines AS k LEFT JOIN change_log AS c ON c.seq = k.change_seq
             WHERE k.source = ? AND k.form = ? AND k.change_seq > ? ORDER BY k.change_seq, k.part",
        )
        .bind(source)
        .bind(form)
        .bind(undone.unwrap_or(0))
        .fetch_all(&mut *reader)
        .await?;
        let mut written: HashMap<Uuid, i64> = HashMap::new();
        if let Some(first) = rows.first() {
            let changed = sqlx::query(
                "SELECT row_id, max(change_seq) AS seq FROM (
                     SELECT row_id, change_seq FROM change_row
                     WHERE change_seq > ?1 AND entity = 'opportunity'
                     UNION ALL SELECT row_id, change_seq FROM named_customer
                     WHERE change_seq > ?1 AND entity = 'opportunity'
                     UNION ALL SELECT record, changed_seq FROM source_claim
                     WHERE changed_seq > ?1 AND entity = 'opportunity')
                 GROUP BY row_id",
            )
            .bind(first.try_get::<i64, _>("change_seq")?)
            .fetch_all(&mut *reader)
            .await?;
            for row in &changed {
                if let Some(id) = read_id(row, "row_id")? {
                    written.insert(id, row.try_get("seq")?);
                }
            }
        }
        let mut known = Vec::with_capacity(rows.len());
        for row in rows {
            let seq: i64 = row.try_get("change_seq")?;
            let mut lines = read_lines(row.try_get("lines")?)?;
            lines.retain(|line| written.get(&line.deal.0).is_none_or(|last| *last <= seq));
            known.push(KnownLines {
                change_seq: seq,
                batch: read_id(&row, "batch")?.map(BatchId),
                mapping: row.try_get("mapping")?,
                names: serde_json::from_str(row.try_get("names")?)?,
                lines,
            });
        }
        Ok((last.unwrap_or(0), known))
    }

    /// Whether there is anything in [`Store::known_lines`] for a source, without reading it.
    ///
    /// # Errors
    /// [`crate::Error::Sql`].
    pub async fn has_known_lines(&self, source: &str, form: &str) -> Result<bool> {
        let found: Option<i64> =
            sqlx::query_scalar("SELECT 1 FROM known_lines WHERE source = ? AND form = ? LIMIT 1")
                .bind(source)
                .bind(form)
                .fetch_optional(&mut *self.reader().await?)
                .await?;
        Ok(found.is_some())
    }
}
