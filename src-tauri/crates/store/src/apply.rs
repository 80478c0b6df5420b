//! The one way to write: rows, rollups, change log and audit entry in one transaction.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use sqlx::SqliteConnection;
use tokio::sync::OwnedMutexGuard;
use uuid::Uuid;
use yeji_core::Currency;
use yeji_core::facts::{Batch, Opportunity, RejectedRow};

use crate::cell::{Cell, instant_text};
use crate::changelog::{RowLog, append_audit, append_change};
use crate::record::fingerprint;
use crate::recount::{Counting, cell_of, read_under};
use crate::references::first_missing;
use crate::rollup::{Counted, CountedUnder, DERIVED_COLUMNS, derived_cells, marks};
use crate::rows::{bind_all, column_list, ids_json, read_cells};
use crate::store::{Writer, roll_back};
use crate::{Applied, Change, ChangeHeader, Entity, Error, Record, Result, Store, Topic};

/// Rows of one table a statement: 100 deals have 1,900 values, SQLite's limit is 32,766. More rows
/// gain nothing measurable.
const ROWS_PER_STATEMENT: usize = 100;

/// A change under way. Dropping it keeps nothing of it.
pub struct ApplyTx {
    writer: OwnedMutexGuard<Writer>,
    header: ChangeHeader,
    /// Number of the entry in the change log.
    pub(crate) seq: i64,
    topics: BTreeSet<Topic>,
    log: RowLog,
    counting: Counting,
    /// Largest id of each table: ids sort by time, so a larger one is new without a look-up.
    newest: HashMap<Entity, Option<Uuid>>,
    rejected: i64,
    currency: Option<Currency>,
    failed: bool,
}

impl std::fmt::Debug for ApplyTx {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ApplyTx").field("header", &self.header).field("seq", &self.seq).finish_non_exhaustive()
    }
}

/// A row of the store with its bookkeeping.
pub(crate) struct Stored {
    pub cells: Vec<Cell>,
    pub created_seq: i64,
    pub changed_seq: i64,
    /// Under what a deal is counted; none for other tables.
    pub under: Option<CountedUnder>,
}

/// A row to write.
struct Written {
    cells: Vec<Cell>,
    created_seq: i64,
    changed_seq: i64,
    under: Option<CountedUnder>,
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
        };
        let mut tx = self.begin(header).await?;
        tx.delete(&change.delete).await?;
        tx.put(&change.put).await?;
        tx.reject(&change.rejected).await?;
        tx.commit().await
    }

    /// Begins a change whose rows come in chunks. Waits for the change before it.
    pub async fn begin(&self, header: ChangeHeader) -> Result<ApplyTx> {
        let mut writer = self.writer().await?;
        writer.in_transaction = true;
        sqlx::raw_sql("BEGIN IMMEDIATE").execute(&mut writer.conn).await?;
        let known: Option<i64> = sqlx::query_scalar("SELECT seq FROM change_log WHERE id = ?")
            .bind(header.id.0.as_bytes().to_vec())
            .fetch_optional(&mut writer.conn)
            .await?;
        if known.is_some() {
            roll_back(&mut writer).await?;
            return Err(Error::AppliedAlready(header.id));
        }
        let last: Option<i64> =
            sqlx::query_scalar("SELECT max(seq) FROM change_log").fetch_one(&mut writer.conn).await?;
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
            rejected: 0,
            currency: None,
            failed: false,
        })
    }
}

impl ApplyTx {
    /// Inserts rows, or replaces them by id. Rows whose values are the same already are left alone.
    pub async fn put(&mut self, records: &[Record]) -> Result<()> {
        let mut by_entity: BTreeMap<Entity, Vec<&Record>> = BTreeMap::new();
        for record in records {
            by_entity.entry(record.entity()).or_default().push(record);
        }
        for (entity, records) in by_entity {
            for chunk in chunks_without_repeats(&records) {
                let result = self.put_chunk(entity, chunk).await;
                self.check(result)?;
            }
        }
        Ok(())
    }

    /// Deletes rows; one that is not there is an error.
    pub async fn delete(&mut self, rows: &[(Entity, Uuid)]) -> Result<()> {
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
        for chunk in rows.chunks(ROWS_PER_STATEMENT) {
            let result = self.reject_chunk(chunk).await;
            self.check(result)?;
        }
        Ok(())
    }

    /// Replaces the batch's counts, which an import knows at its end.
    pub fn set_batch(&mut self, batch: Batch) {
        self.header.batch = Some(batch);
    }

    /// Replaces the values for the history's sentence.
    pub fn set_summary(&mut self, summary: serde_json::Value) {
        self.header.summary = summary;
    }

    /// Keeps everything.
    pub async fn commit(mut self) -> Result<Applied> {
        if self.failed {
            roll_back(&mut self.writer).await?;
            return Err(Error::Abandoned);
        }
        let result = self.finish().await;
        if result.is_err() {
            roll_back(&mut self.writer).await?;
        }
        result
    }

    async fn finish(&mut self) -> Result<Applied> {
        let conn = &mut self.writer.conn;
        self.counting.recount_stale(conn).await?;
        self.counting.deltas.flush(conn).await?;
        self.log.flush(conn, self.seq).await?;
        if let Some(batch) = &self.header.batch {
            write_batch(conn, batch, "INSERT OR REPLACE").await?;
            self.topics.insert(Topic::Imports);
        }
        if self.counting.moved {
            self.topics.insert(Topic::Deals);
        }
        append_change(conn, &self.header, self.seq, self.log.hash()).await?;
        if append_audit(conn, &self.header).await? {
            self.topics.insert(Topic::Audit);
        }
        if let Err(error) = sqlx::raw_sql("COMMIT").execute(&mut *conn).await {
            let foreign_key = error
                .as_database_error()
                .is_some_and(sqlx::error::DatabaseError::is_foreign_key_violation);
            let named = if foreign_key { first_missing(conn).await? } else { None };
            return Err(named.unwrap_or_else(|| error.into()));
        }
        self.writer.in_transaction = false;
        let topics = std::mem::take(&mut self.topics).into_iter().collect();
        Ok(Applied { topics, change: self.header.id })
    }

    pub(crate) fn conn(&mut self) -> &mut SqliteConnection {
        &mut self.writer.conn
    }

    /// After a failure part of the change is missing, so none of it may be kept.
    pub(crate) fn check<T>(&mut self, result: Result<T>) -> Result<T> {
        self.failed |= result.is_err();
        result
    }

    async fn put_chunk(&mut self, entity: Entity, records: &[&Record]) -> Result<()> {
        let deals: Vec<&Opportunity> = records
            .iter()
            .filter_map(|record| match record {
                Record::Opportunity(deal) => Some(deal),
                _ => None,
            })
            .collect();
        if entity == Entity::Opportunity {
            self.check_currency(&deals).await?;
            let customers = deals.iter().filter_map(|deal| deal.customer).map(|id| id.0).collect();
            self.counting.prepare(&mut self.writer.conn, &customers).await?;
        }
        let ids: Vec<Uuid> = records.iter().map(|record| record.id()).collect();
        let mut stored = self.stored_among(entity, &ids).await?;
        let mut rows = Vec::with_capacity(records.len());
        for (index, (record, id)) in records.iter().zip(&ids).enumerate() {
            let cells = record.cells();
            let before = stored.remove(id);
            if before.as_ref().is_some_and(|before| same_content(entity, &before.cells, &cells)) {
                continue;
            }
            let under = deals.get(index).map(|deal| self.counting.under(deal));
            self.note(entity, *id, before.as_ref(), Some(&cells), under.as_ref())?;
            rows.push(Written {
                cells,
                created_seq: before.map_or(self.seq, |before| before.created_seq),
                changed_seq: self.seq,
                under,
            });
        }
        self.write(entity, rows).await
    }

    /// Puts rows back as a before image has them, bookkeeping included.
    pub(crate) async fn restore(&mut self, entity: Entity, images: Vec<Stored>) -> Result<()> {
        let mut rows = Vec::with_capacity(images.len());
        for image in images {
            let record = Record::from_cells(entity, image.cells.clone())?;
            let id = record.id();
            let mut under = None;
            if let Record::Opportunity(deal) = &record {
                self.check_currency(&[deal]).await?;
                let customers = deal.customer.iter().map(|id| id.0).collect();
                self.counting.prepare(&mut self.writer.conn, &customers).await?;
                under = Some(self.counting.under(deal));
            }
            let before = self.stored(entity, &[id]).await?.remove(&id);
            self.note(entity, id, before.as_ref(), Some(&image.cells), under.as_ref())?;
            rows.push(Written {
                cells: image.cells,
                created_seq: image.created_seq,
                changed_seq: image.changed_seq,
                under,
            });
        }
        self.write(entity, rows).await
    }

    /// `logged`: with what the rows held. Undoing an import does not log the rows that it removes:
    /// they came from files and can come again.
    pub(crate) async fn delete_chunk(&mut self, entity: Entity, ids: &[Uuid], logged: bool) -> Result<()> {
        if entity == Entity::Opportunity {
            self.counting.recount_stale(&mut self.writer.conn).await?;
        }
        let stored = self.stored(entity, ids).await?;
        for id in ids {
            let before = stored.get(id).ok_or(Error::NoSuchRow { entity, id: *id })?;
            if logged {
                self.note(entity, *id, Some(before), None, None)?;
            } else {
                self.count(entity, *id, Some(before), None, None)?;
            }
        }
        let sql = format!("DELETE FROM {entity} WHERE id IN (SELECT unhex(value) FROM json_each(?))");
        bind_all(&sql, &[ids_json(ids.iter().copied())]).execute(&mut self.writer.conn).await?;
        self.flush_if_large().await
    }

    /// Logs and counts one row's change.
    fn note(
        &mut self,
        entity: Entity,
        id: Uuid,
        before: Option<&Stored>,
        after: Option<&[Cell]>,
        under: Option<&CountedUnder>,
    ) -> Result<()> {
        if before.is_some() || !self.header.kind.is_bulk() {
            self.log.push(entity, id, before, after);
        }
        self.count(entity, id, before, after, under)
    }

    /// What one row's change means for topics and rollups.
    fn count(
        &mut self,
        entity: Entity,
        id: Uuid,
        before: Option<&Stored>,
        after: Option<&[Cell]>,
        under: Option<&CountedUnder>,
    ) -> Result<()> {
        self.topics.insert(entity.topic());
        let columns = entity.columns();
        let old = before.map(|before| before.cells.as_slice());
        match entity {
            Entity::Membership => {
                for cells in [old, after].into_iter().flatten() {
                    if let Cell::Id(person) = cell_of(columns, cells, "person") {
                        self.counting.membership_changed(person);
                    }
                }
            }
            Entity::OrgUnit | Entity::Person => self.counting.organisation_changed(),
            Entity::Customer => {
                let old = old.map(|cells| cell_of(columns, cells, "customer_type"));
                let new = after.map(|cells| cell_of(columns, cells, "customer_type"));
                if old != new {
                    let text = match new {
                        Some(Cell::Text(text)) => Some(text),
                        _ => None,
                    };
                    self.counting.type_changed(id, text);
                }
            }
            Entity::Opportunity => {
                if let Some(Stored { cells, under: Some(under), .. }) = before {
                    self.counting.deltas.subtract(&counted(cells.clone(), under.clone())?)?;
                }
                if let (Some(cells), Some(under)) = (after, under) {
                    self.counting.deltas.add(&counted(cells.to_vec(), under.clone())?)?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// The rows among `ids` that are in the store. Ids above the table's largest are new.
    async fn stored_among(&mut self, entity: Entity, ids: &[Uuid]) -> Result<HashMap<Uuid, Stored>> {
        let newest = match self.newest.get(&entity) {
            Some(newest) => *newest,
            None => {
                let sql = format!("SELECT max(id) AS id FROM {entity}");
                let row = bind_all(&sql, &[]).fetch_one(&mut self.writer.conn).await?;
                crate::rows::read_id(&row, "id")?
            }
        };
        let known: Vec<Uuid> =
            ids.iter().copied().filter(|id| newest.is_some_and(|newest| *id <= newest)).collect();
        self.newest.insert(entity, newest.max(ids.iter().max().copied()));
        if known.is_empty() { Ok(HashMap::new()) } else { self.stored(entity, &known).await }
    }

    pub(crate) async fn stored(&mut self, entity: Entity, ids: &[Uuid]) -> Result<HashMap<Uuid, Stored>> {
        let columns = entity.columns();
        let derived = if entity == Entity::Opportunity { ", team, opened_team, counted_type" } else { "" };
        let sql = format!(
            "SELECT {}, created_seq, changed_seq{derived} FROM {entity}
             WHERE id IN (SELECT unhex(value) FROM json_each(?))",
            column_list(columns)
        );
        let list = ids_json(ids.iter().copied());
        let rows = bind_all(&sql, &[list]).fetch_all(&mut self.writer.conn).await?;
        let mut stored = HashMap::with_capacity(rows.len());
        for row in &rows {
            use sqlx::Row as _;
            let cells = read_cells(row, columns, entity.code())?;
            let Some(Cell::Id(id)) = cells.first() else { continue };
            let under = if derived.is_empty() { None } else { Some(read_under(row)?) };
            let (created_seq, changed_seq) = (row.try_get("created_seq")?, row.try_get("changed_seq")?);
            stored.insert(*id, Stored { cells, created_seq, changed_seq, under });
        }
        Ok(stored)
    }

    async fn write(&mut self, entity: Entity, rows: Vec<Written>) -> Result<()> {
        for chunk in rows.chunks(ROWS_PER_STATEMENT) {
            let sql = upsert_sql(entity, chunk.len());
            let mut cells = Vec::with_capacity(chunk.len() * 20);
            for row in chunk {
                cells.extend(row.cells.iter().cloned());
                cells.push(Cell::Int(row.created_seq));
                cells.push(Cell::Int(row.changed_seq));
                if let Some(under) = &row.under {
                    cells.extend(derived_cells(under, fingerprint(entity, &row.cells)));
                }
            }
            bind_all(&sql, &cells)
                .execute(&mut self.writer.conn)
                .await
                .map_err(|error| refused_row(entity, error))?;
        }
        self.flush_if_large().await
    }

    /// Bounds the memory of a large import.
    async fn flush_if_large(&mut self) -> Result<()> {
        if self.counting.deltas.is_large() {
            self.counting.deltas.flush(&mut self.writer.conn).await?;
        }
        self.log.flush_if_large(&mut self.writer.conn, self.seq).await
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
        bind_all(&sql, &cells).execute(&mut self.writer.conn).await?;
        Ok(())
    }

    /// The rollups add amounts without asking their currency, so all deals have one.
    async fn check_currency(&mut self, deals: &[&Opportunity]) -> Result<()> {
        for deal in deals {
            let Some(given) = deal.amount.map(|amount| amount.currency) else { continue };
            if self.currency == Some(given) {
                continue;
            }
            let conn = &mut self.writer.conn;
            let stored: Option<String> =
                sqlx::query_scalar("SELECT value FROM meta WHERE key = 'deal_currency'")
                    .fetch_optional(&mut *conn)
                    .await?;
            let stored: Option<Currency> = stored.map(|code| code.parse()).transpose()?;
            let others = match (self.currency, stored) {
                (Some(met), _) => Some(met),
                (None, Some(stored)) if stored != given => {
                    let any: bool = sqlx::query_scalar(
                        "SELECT EXISTS (SELECT 1 FROM opportunity WHERE amount_currency <> ?)",
                    )
                    .bind(given.code().to_owned())
                    .fetch_one(&mut *conn)
                    .await?;
                    any.then_some(stored)
                }
                _ => None,
            };
            if let Some(store) = others {
                return Err(Error::MixedCurrencies { store, given, id: deal.id.0 });
            }
            sqlx::query("INSERT OR REPLACE INTO meta (key, value) VALUES ('deal_currency', ?)")
                .bind(given.code().to_owned())
                .execute(conn)
                .await?;
            self.currency = Some(given);
        }
        Ok(())
    }
}

/// Cuts records into statements; no statement has one row twice, so each sees the one before.
fn chunks_without_repeats<'a, 'b>(records: &'a [&'b Record]) -> Vec<&'a [&'b Record]> {
    let mut chunks = Vec::new();
    let (mut start, mut seen) = (0, HashSet::new());
    for (index, record) in records.iter().enumerate() {
        if index - start == ROWS_PER_STATEMENT || !seen.insert(record.id()) {
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

fn same_content(entity: Entity, old: &[Cell], new: &[Cell]) -> bool {
    let columns = entity.columns();
    columns.iter().zip(old.iter().zip(new)).all(|(column, (old, new))| column.provenance || old == new)
}

fn counted(cells: Vec<Cell>, under: CountedUnder) -> Result<Counted> {
    match Record::from_cells(Entity::Opportunity, cells)? {
        Record::Opportunity(deal) => Ok(Counted::of(&deal, under)),
        other => Err(crate::rows::unreadable("opportunity", other.entity().code(), "a deal")),
    }
}

fn upsert_sql(entity: Entity, rows: usize) -> String {
    let mut columns: Vec<&str> = entity.columns().iter().map(|column| column.name.as_str()).collect();
    columns.extend(["created_seq", "changed_seq"]);
    if entity == Entity::Opportunity {
        columns.extend(DERIVED_COLUMNS);
    }
    let updates: Vec<String> = columns
        .iter()
        .filter(|name| **name != "id" && **name != "created_seq")
        .map(|name| format!("{name} = excluded.{name}"))
        .collect();
    format!(
        "INSERT INTO {entity} ({}) VALUES {} ON CONFLICT (id) DO UPDATE SET {}",
        columns.join(", "),
        marks(rows, columns.len()),
        updates.join(", ")
    )
}

/// `UNIQUE constraint failed: person.source, person.external_id` names the columns.
fn refused_row(entity: Entity, error: sqlx::Error) -> Error {
    let message = error.as_database_error().map(|inner| inner.message().to_owned());
    match message.as_deref().and_then(|text| text.strip_prefix("UNIQUE constraint failed: ")) {
        Some(columns) => Error::Duplicate {
            entity: entity.to_string(),
            columns: columns.replace(&format!("{entity}."), ""),
        },
        None => error.into(),
    }
}

async fn write_batch(conn: &mut SqliteConnection, batch: &Batch, verb: &str) -> Result<()> {
    let sql = format!(
        "{verb} INTO batch (id, source, files, at, new_rows, changed_rows, unchanged_rows, rejected_rows, undone_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
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
        batch.undone_at.as_ref().map_or(Cell::Null, |at| Cell::Text(instant_text(at))),
    ];
    bind_all(&sql, &cells).execute(conn).await?;
    Ok(())
}
