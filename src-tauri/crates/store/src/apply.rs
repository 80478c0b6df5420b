//! The one way to write: rows, rollups, change log and audit entry in one transaction.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use sqlx::SqliteConnection;
use tokio::sync::OwnedMutexGuard;
use uuid::Uuid;
use yeji_core::Currency;
use yeji_core::facts::{Batch, RejectedRow};

use crate::cell::{Cell, instant_text};
use crate::changelog::{RowLog, append_audit, append_change};
use crate::kept::note_organisation;
use crate::late_indexes::LateIndexes;
use crate::log_file::cut_log_later;
use crate::recount::Counting;
use crate::references::first_missing;
use crate::rollup::marks;
use crate::rows::bind_all;
use crate::store::{Writer, give_up_quietly, roll_back};
use crate::{Applied, Change, ChangeHeader, Entity, Error, Record, Result, Store, Topic};

/// Rows of one table a statement: 400 deals have 7,600 values, SQLite's limit is 32,766. More rows
/// gain nothing measurable (1,600 were tried, decision 0014).
pub(crate) const ROWS_PER_STATEMENT: usize = 400;

/// Rows that are looked up at once, to see which are in the store.
const ROWS_PER_LOOK_UP: usize = 4_000;

/// A change under way. Dropping it keeps nothing of it.
pub struct ApplyTx {
    pub(crate) writer: OwnedMutexGuard<Writer>,
    pub(crate) header: ChangeHeader,
    /// Number of the entry in the change log.
    pub(crate) seq: i64,
    pub(crate) topics: BTreeSet<Topic>,
    pub(crate) log: RowLog,
    pub(crate) counting: Counting,
    /// Largest id of each table: ids sort by time, so a larger one is new without a look-up.
    pub(crate) newest: HashMap<Entity, Option<Uuid>>,
    pub(crate) late_indexes: LateIndexes,
    rejected: i64,
    pub(crate) currency: Option<Currency>,
    /// Number of the change that this one takes back or does again.
    pub(crate) takes_back: Option<i64>,
    failed: bool,
}

impl std::fmt::Debug for ApplyTx {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ApplyTx")
            .field("header", &self.header)
            .field("seq", &self.seq)
            .finish_non_exhaustive()
    }
}

impl Store {
    /// Applies a whole change; `delete` goes before `put`. All of it is kept or nothing.
    pub async fn apply(&self, change: Change) -> Result<Applied> {
        let header = ChangeHeader {
            id: change.id,
            at: change.at,
            author: change.author,
            kind: change.kind,
            summary: change.summary,
            batch: change.batch,
            audit: change.audit,
            audited: change.audited,
        };
        let mut tx = self.begin(header).await?;
        tx.delete(&change.delete).await?;
        tx.put(&change.put).await?;
        tx.reject(&change.rejected).await?;
        tx.name_customers(&change.named).await?;
        tx.commit().await
    }

    /// Begins a change whose rows come in chunks. Waits for the change before it.
    pub async fn begin(&self, header: ChangeHeader) -> Result<ApplyTx> {
        let mut writer = self.writer().await?;
        writer.in_transaction = true;
        sqlx::raw_sql("BEGIN IMMEDIATE")
            .execute(&mut writer.conn)
            .await?;
        let known: Option<i64> = sqlx::query_scalar("SELECT seq FROM change_log WHERE id = ?")
            .bind(header.id.0.as_bytes().to_vec())
            .fetch_optional(&mut writer.conn)
            .await?;
        if known.is_some() {
            roll_back(&mut writer).await?;
            return Err(Error::AppliedAlready(header.id));
        }
        let last: Option<i64> = sqlx::query_scalar("SELECT max(seq) FROM change_log")
            .fetch_one(&mut writer.conn)
            .await?;
        if let Some(batch) = &header.batch {
            write_batch(&mut writer.conn, batch, "INSERT").await?;
        }
        Ok(ApplyTx {
            writer,
            header,
            seq: last.unwrap_or(0) + 1,
            topics: BTreeSet::new(),
            log: RowLog::default(),
            counting: Counting::default(),
            newest: HashMap::new(),
            late_indexes: LateIndexes::default(),
            rejected: 0,
            currency: None,
            takes_back: None,
            failed: false,
        })
    }
}

impl ApplyTx {
    /// Inserts rows, or replaces them by id. Rows whose values are the same already are left alone.
    pub async fn put(&mut self, records: &[Record]) -> Result<()> {
        self.still_whole()?;
        let mut by_entity: BTreeMap<Entity, Vec<&Record>> = BTreeMap::new();
        for record in records {
            by_entity.entry(record.entity()).or_default().push(record);
        }
        for (entity, records) in by_entity {
            for chunk in chunks_without_repeats(&records) {
                let result = self.put_rows(entity, chunk).await;
                self.check(result)?;
            }
        }
        Ok(())
    }

    /// Deletes rows; one that is not there is an error.
    pub async fn delete(&mut self, rows: &[(Entity, Uuid)]) -> Result<()> {
        self.still_whole()?;
        let mut by_entity: BTreeMap<Entity, Vec<Uuid>> = BTreeMap::new();
        for (entity, id) in rows {
            by_entity.entry(*entity).or_default().push(*id);
        }
        for (entity, ids) in by_entity.into_iter().rev() {
            for chunk in ids.chunks(ROWS_PER_STATEMENT) {
                let result = self.delete_chunk(entity, chunk, true).await;
                self.check(result)?;
            }
        }
        Ok(())
    }

    /// Lists rows of files that were not imported.
    pub async fn reject(&mut self, rows: &[RejectedRow]) -> Result<()> {
        self.still_whole()?;
        for chunk in rows.chunks(ROWS_PER_STATEMENT) {
            let result = self.reject_chunk(chunk).await;
            self.check(result)?;
        }
        Ok(())
    }

    /// A failed statement may have ended SQLite's transaction: nothing more may be written.
    fn still_whole(&self) -> Result<()> {
        if self.failed {
            Err(Error::Abandoned)
        } else {
            Ok(())
        }
    }

    /// Replaces the batch's counts, which an import knows at its end.
    pub fn set_batch(&mut self, batch: Batch) {
        self.header.batch = Some(batch);
    }

    /// Replaces the values for the history's sentence.
    pub fn set_summary(&mut self, summary: serde_json::Value) {
        self.header.summary = summary;
    }

    /// Keeps nothing, at once: a dropped change is ended only by the next one.
    pub(crate) async fn give_up(mut self) -> Result<()> {
        roll_back(&mut self.writer).await
    }

    /// Keeps everything.
    pub async fn commit(mut self) -> Result<Applied> {
        if self.failed {
            roll_back(&mut self.writer).await?;
            return Err(Error::Abandoned);
        }
        let result = self.finish().await;
        if result.is_err() {
            give_up_quietly(&mut self.writer).await;
        } else {
            cut_log_later(self.writer);
        }
        result
    }

    async fn finish(&mut self) -> Result<Applied> {
        self.make_indexes().await?;
        let conn = &mut self.writer.conn;
        self.counting.recount_stale(conn).await?;
        self.counting.deltas.flush(conn).await?;
        self.counting.packs.flush(conn, self.seq).await?;
        if self.counting.organisation_moved {
            note_organisation(conn, self.seq).await?;
        }
        self.log.flush(conn, self.seq).await?;
        if let Some(batch) = &self.header.batch {
            write_batch(conn, batch, "INSERT OR REPLACE").await?;
            self.topics.insert(Topic::Imports);
        }
        if self.counting.moved {
            self.topics.insert(Topic::Deals);
        }
        append_change(
            conn,
            &self.header,
            self.seq,
            self.log.hash(),
            self.takes_back,
        )
        .await?;
        if append_audit(conn, &self.header).await? {
            self.topics.insert(Topic::Audit);
        }
        if let Err(error) = sqlx::raw_sql("COMMIT").execute(&mut *conn).await {
            let foreign_key = error
                .as_database_error()
                .is_some_and(sqlx::error::DatabaseError::is_foreign_key_violation);
            let named = if foreign_key {
                first_missing(conn).await?
            } else {
                None
            };
            return Err(named.unwrap_or_else(|| Error::of_commit(error)));
        }
        self.writer.in_transaction = false;
        let topics = std::mem::take(&mut self.topics).into_iter().collect();
        Ok(Applied {
            topics,
            change: self.header.id,
            kind: self.header.kind,
            author: self.header.author.clone(),
        })
    }

    pub(crate) fn conn(&mut self) -> &mut SqliteConnection {
        &mut self.writer.conn
    }

    /// After a failure part of the change is missing, so none of it may be kept.
    pub(crate) fn check<T>(&mut self, result: Result<T>) -> Result<T> {
        self.failed |= result.is_err();
        result
    }

    async fn reject_chunk(&mut self, rows: &[RejectedRow]) -> Result<()> {
        let sql = format!(
            "INSERT INTO rejected_row (batch, n, file, line, code, params, raw) VALUES {}",
            marks(rows.len(), 7)
        );
        let mut cells = Vec::with_capacity(rows.len() * 7);
        for row in rows {
            self.rejected += 1;
            cells.extend([
                Cell::Id(row.batch.0),
                Cell::Int(self.rejected),
                Cell::Text(row.file.clone()),
                Cell::Int(i64::from(row.line)),
                Cell::Text(row.code.clone()),
                Cell::Text(serde_json::to_string(&row.params)?),
                Cell::Text(serde_json::to_string(&row.raw)?),
            ]);
        }
        self.topics.insert(Topic::Imports);
        bind_all(&sql, &cells)
            .execute(&mut self.writer.conn)
            .await?;
        Ok(())
    }
}

/// Cuts records so that none has one row twice: each sees the one before.
fn chunks_without_repeats<'a, 'b>(records: &'a [&'b Record]) -> Vec<&'a [&'b Record]> {
    let mut chunks = Vec::new();
    let (mut start, mut seen) = (0, HashSet::new());
    for (index, record) in records.iter().enumerate() {
        if index - start == ROWS_PER_LOOK_UP || !seen.insert(record.id()) {
            chunks.push(&records[start..index]);
            start = index;
            seen.clear();
            seen.insert(record.id());
        }
    }
    if start < records.len() {
        chunks.push(&records[start..]);
    }
    chunks
}

async fn write_batch(conn: &mut SqliteConnection, batch: &Batch, verb: &str) -> Result<()> {
    let sql = format!(
        "{verb} INTO batch (id, source, files, at, new_rows, changed_rows, unchanged_rows, rejected_rows, undone_at, detail)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    );
    let cells = [
        Cell::Id(batch.id.0),
        Cell::Text(batch.source.clone()),
        Cell::Text(serde_json::to_string(&batch.files)?),
        Cell::Text(instant_text(&batch.at)),
        Cell::Int(batch.new_rows),
        Cell::Int(batch.changed_rows),
        Cell::Int(batch.unchanged_rows),
        Cell::Int(batch.rejected_rows),
        batch
            .undone_at
            .as_ref()
            .map_or(Cell::Null, |at| Cell::Text(instant_text(at))),
        Cell::Text(serde_json::to_string(&batch.detail)?),
    ];
    bind_all(&sql, &cells).execute(conn).await?;
    Ok(())
}
