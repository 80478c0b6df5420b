//! The change log, page by page, latest first; and the history of one record.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, SqliteConnection};
use uuid::Uuid;
use yeji_core::ids::{BatchId, ChangeId};

use crate::cell::Cell;
use crate::rows::{
    bind_all, column_list, limit_of, read_cells, read_id, read_instant, read_json, unreadable,
};
use crate::undo::before_image;
use crate::{ChangeKind, Entity, Record, Result, Store};

/// A page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T, K = i64> {
    /// The rows.
    pub rows: Vec<T>,
    /// Pass it as `after` for the next page; none at the end.
    pub next: Option<K>,
    /// Rows of the whole list.
    pub total: i64,
}

/// An entry of the change log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeEntry {
    /// Number, 1, 2, 3 ...
    pub seq: i64,
    /// Id.
    pub id: ChangeId,
    /// When.
    pub at: DateTime<Utc>,
    /// Who.
    pub author: String,
    /// Use case.
    pub kind: ChangeKind,
    /// Values for the sentence.
    pub summary: Value,
    /// The import, if it was one.
    pub batch: Option<BatchId>,
    /// The change that this one takes back or does again, if it is an undo or redo.
    pub takes_back: Option<i64>,
    /// It is taken back, and not done again.
    pub taken_back: bool,
    /// Rows in its log: all that it wrote, of an import those that it overwrote.
    pub logged_rows: i64,
}

/// Which changes to list.
#[derive(Debug, Clone, Default)]
pub struct ChangeFilter {
    /// Of these use cases; empty: all.
    pub kinds: Vec<ChangeKind>,
    /// By this author; none: by anybody.
    pub author: Option<String>,
}

/// One field that a change wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldChange {
    /// Table.
    pub entity: Entity,
    /// Row.
    pub id: Uuid,
    /// Column.
    pub field: String,
    /// Value before; null where the row was new or the value empty.
    pub from: Value,
    /// Value after; null where the row was deleted or the value empty.
    pub to: Value,
}

/// What a change did to a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowFate {
    /// Made it.
    Created,
    /// Wrote some of its fields.
    Changed,
    /// Deleted it.
    Deleted,
}

/// What one change did to one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowChange {
    /// The row.
    pub id: Uuid,
    /// Its table.
    pub entity: Entity,
    /// What happened to it.
    pub fate: RowFate,
    /// Values by column that the row held before; empty if it was new.
    pub before: Map<String, Value>,
    /// The fields, in the order of the table. Rows that an import made list none: they are its file's.
    pub fields: Vec<FieldChange>,
}

/// An entry of a record's history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordChange {
    /// The change.
    pub entry: ChangeEntry,
    /// What it did to the record.
    pub row: RowChange,
}

/// The columns of an entry; the change log is `c`.
const ENTRY: &str = "c.seq, c.id, c.at, c.author, c.kind, c.summary, c.batch, c.takes_back,
    (SELECT count(*) FROM change_row AS l WHERE l.change_seq = c.seq) AS logged_rows,
    (EXISTS (SELECT 1 FROM change_log AS t WHERE t.takes_back = c.seq
         AND NOT EXISTS (SELECT 1 FROM change_log AS r WHERE r.takes_back = t.seq))
     OR (c.kind <> 'undo_batch'
         AND EXISTS (SELECT 1 FROM batch AS b WHERE b.id = c.batch AND b.undone_at IS NOT NULL))
    ) AS taken_back";

/// Lines `r` of a record (?1 its id, ?2 its table, ?3 its id as text). A merge writes neither of the two
/// customers: its line is that of the redirect, found by the values of its sentence.
const OF_RECORD: &str = "((r.row_id = ?1 AND r.entity = ?2)
    OR (?2 = 'customer' AND r.entity = 'customer_redirect' AND r.change_seq IN (
        SELECT m.seq FROM change_log AS m WHERE m.kind = 'edit' AND ?3 IN (
            json_extract(m.summary, '$.customer'), json_extract(m.summary, '$.into'),
            json_extract(m.summary, '$.from')))))";

impl Store {
    /// When the newest change was made, by the clock of whoever made it.
    pub async fn last_change_at(&self) -> Result<Option<DateTime<Utc>>> {
        let row = sqlx::query("SELECT at FROM change_log ORDER BY seq DESC LIMIT 1")
            .fetch_optional(&mut *self.reader().await?)
            .await?;
        row.map(|row| read_instant(&row, "at")).transpose()
    }

    /// The change log, latest first; `after` is the `next` of the page before.
    pub async fn changes(&self, after: Option<i64>, limit: u32) -> Result<Page<ChangeEntry>> {
        self.changes_of(&ChangeFilter::default(), after, limit)
            .await
    }

    /// As [`Store::changes`], only those that pass the filter.
    pub async fn changes_of(
        &self,
        filter: &ChangeFilter,
        after: Option<i64>,
        limit: u32,
    ) -> Result<Page<ChangeEntry>> {
        let kinds: Vec<&str> = filter.kinds.iter().map(|kind| kind.code()).collect();
        let kinds = if kinds.is_empty() {
            Cell::Null
        } else {
            Cell::Text(Value::from(kinds).to_string())
        };
        let author = filter.author.clone().map_or(Cell::Null, Cell::Text);
        let fits = "(?1 IS NULL OR c.kind IN (SELECT value FROM json_each(?1)))
            AND (?2 IS NULL OR c.author = ?2)";
        let mut reader = self.snapshot().await?;
        let count = format!("SELECT count(*) AS total FROM change_log AS c WHERE {fits}");
        let total = bind_all(&count, &[kinds.clone(), author.clone()])
            .fetch_one(&mut *reader)
            .await?
            .try_get("total")?;
        let sql = format!(
            "SELECT {ENTRY} FROM change_log AS c WHERE {fits} AND c.seq < ?3
             ORDER BY c.seq DESC LIMIT ?4"
        );
        let cells = [
            kinds,
            author,
            Cell::Int(after.unwrap_or(i64::MAX)),
            Cell::Int(limit_of(limit)?),
        ];
        let rows = bind_all(&sql, &cells).fetch_all(&mut *reader).await?;
        Ok(page(
            rows.iter().map(change_entry).collect::<Result<_>>()?,
            limit,
            total,
            |row| row.seq,
        ))
    }

    /// One entry of the change log.
    pub async fn change(&self, id: ChangeId) -> Result<Option<ChangeEntry>> {
        let sql = format!("SELECT {ENTRY} FROM change_log AS c WHERE c.id = ?");
        let row = bind_all(&sql, &[Cell::Id(id.0)])
            .fetch_optional(&mut *self.reader().await?)
            .await?;
        row.as_ref().map(change_entry).transpose()
    }

    /// The entry of a number.
    pub async fn change_no(&self, seq: i64) -> Result<Option<ChangeEntry>> {
        entry_no(&mut *self.reader().await?, seq).await
    }

    /// Number of the newest change that is not of a kind; 0: there is none. It says whether what was read
    /// before is still true.
    pub async fn last_change_but(&self, kind: ChangeKind) -> Result<i64> {
        let sql = "SELECT seq FROM change_log WHERE kind <> ? ORDER BY seq DESC LIMIT 1";
        let seq: Option<i64> = sqlx::query_scalar(sql)
            .bind(kind.code())
            .fetch_optional(&mut *self.reader().await?)
            .await?;
        Ok(seq.unwrap_or_default())
    }

    /// Everybody who made a change, by name.
    pub async fn authors(&self) -> Result<Vec<String>> {
        Ok(
            sqlx::query_scalar("SELECT DISTINCT author FROM change_log ORDER BY author")
                .fetch_all(&mut *self.reader().await?)
                .await?,
        )
    }

    /// The fields that a change wrote, at most `limit`. Imports and the demo company list only rows
    /// that they overwrote or deleted, with what they held before.
    pub async fn change_fields(&self, change: ChangeId, limit: u32) -> Result<Vec<FieldChange>> {
        let rows = self.change_rows(change, limit).await?;
        let mut fields: Vec<FieldChange> = rows.into_iter().flat_map(|row| row.fields).collect();
        fields.truncate(limit as usize);
        Ok(fields)
    }

    /// The rows that a change wrote, in the order of its log, at most `limit`.
    pub async fn change_rows(&self, change: ChangeId, limit: u32) -> Result<Vec<RowChange>> {
        let rows = sqlx::query(
            "SELECT r.entity, r.row_id, r.before, r.after FROM change_row AS r
             JOIN change_log AS c ON c.seq = r.change_seq WHERE c.id = ? ORDER BY r.n LIMIT ?",
        )
        .bind(change.0.as_bytes().as_slice())
        .bind(limit_of(limit)?)
        .fetch_all(&mut *self.reader().await?)
        .await?;
        rows.iter().map(row_change).collect()
    }

    /// Who changed what of a record, latest first; `after` is the `next` of the page before. The
    /// oldest entry of a record that an import made is that import.
    pub async fn record_history(
        &self,
        entity: Entity,
        id: Uuid,
        after: Option<i64>,
        limit: u32,
    ) -> Result<Page<RecordChange>> {
        let mut reader = self.snapshot().await?;
        let sql = format!(
            "SELECT {ENTRY}, r.entity, r.row_id, r.before, r.after, r.before_created_seq
             FROM change_row AS r JOIN change_log AS c ON c.seq = r.change_seq
             WHERE {OF_RECORD} AND r.change_seq < ?4
             ORDER BY r.change_seq DESC, r.n DESC LIMIT ?5"
        );
        let of_record = [
            Cell::Id(id),
            Cell::Text(entity.code().to_owned()),
            Cell::Text(id.to_string()),
        ];
        let mut cells = of_record.to_vec();
        cells.extend([
            Cell::Int(after.unwrap_or(i64::MAX)),
            Cell::Int(limit_of(limit)?),
        ]);
        let rows = bind_all(&sql, &cells).fetch_all(&mut *reader).await?;
        let mut entries = rows
            .iter()
            .map(|row| {
                Ok(RecordChange {
                    entry: change_entry(row)?,
                    row: row_change(row)?,
                })
            })
            .collect::<Result<Vec<_>>>()?;
        let maker = made_by(&mut reader, entity, id).await?;
        let count = format!("SELECT count(*) AS total FROM change_row AS r WHERE {OF_RECORD}");
        let mut total: i64 = bind_all(&count, &of_record)
            .fetch_one(&mut *reader)
            .await?
            .try_get("total")?;
        total += i64::from(maker.is_some());
        let more = entries.len() >= limit as usize;
        let next = entries.last().filter(|_| more).map(|one| one.entry.seq);
        if let Some(seq) = maker.filter(|seq| !more && after.is_none_or(|after| *seq < after))
            && let Some(entry) = entry_no(&mut reader, seq).await?
        {
            entries.push(RecordChange {
                entry,
                row: RowChange {
                    id,
                    entity,
                    fate: RowFate::Created,
                    before: Map::new(),
                    fields: Vec::new(),
                },
            });
        }
        Ok(Page {
            rows: entries,
            next,
            total,
        })
    }

    /// A row of any table as it is now.
    pub async fn record(&self, entity: Entity, id: Uuid) -> Result<Option<Record>> {
        let sql = format!(
            "SELECT {} FROM {entity} WHERE id = ?",
            column_list(entity.columns())
        );
        let row = bind_all(&sql, &[Cell::Id(id)])
            .fetch_optional(&mut *self.reader().await?)
            .await?;
        row.map(|row| {
            Record::from_cells(entity, read_cells(&row, entity.columns(), entity.code())?)
        })
        .transpose()
    }

    /// What a row held before a change; none if the change did not overwrite it.
    pub async fn overwritten(
        &self,
        change: ChangeId,
        entity: Entity,
        id: Uuid,
    ) -> Result<Option<Record>> {
        let row = sqlx::query(
            "SELECT r.* FROM change_row AS r JOIN change_log AS c ON c.seq = r.change_seq
             WHERE c.id = ? AND r.entity = ? AND r.row_id = ? ORDER BY r.n LIMIT 1",
        )
        .bind(change.0.as_bytes().to_vec())
        .bind(entity.code())
        .bind(id.as_bytes().to_vec())
        .fetch_optional(&mut *self.reader().await?)
        .await?;
        let Some(row) = row else { return Ok(None) };
        if row.try_get::<Option<&str>, _>("before")?.is_none() {
            return Ok(None);
        }
        let (_, image) = before_image(entity, &row)?;
        Record::from_cells(entity, image.cells).map(Some)
    }
}

/// Makes a page; a full one has a next.
pub(crate) fn page<T, K>(rows: Vec<T>, limit: u32, total: i64, key: fn(&T) -> K) -> Page<T, K> {
    let next = rows
        .last()
        .filter(|_| rows.len() >= limit as usize)
        .map(key);
    Page { rows, next, total }
}

async fn entry_no(conn: &mut SqliteConnection, seq: i64) -> Result<Option<ChangeEntry>> {
    let sql = format!("SELECT {ENTRY} FROM change_log AS c WHERE c.seq = ?");
    let row = bind_all(&sql, &[Cell::Int(seq)])
        .fetch_optional(conn)
        .await?;
    row.as_ref().map(change_entry).transpose()
}

/// The import that made a row: it has no line of its own in the log. None where the log has one, or
/// nothing is known of the row.
async fn made_by(conn: &mut SqliteConnection, entity: Entity, id: Uuid) -> Result<Option<i64>> {
    let oldest = sqlx::query(
        "SELECT before_created_seq FROM change_row WHERE row_id = ? AND entity = ?
         ORDER BY change_seq, n LIMIT 1",
    )
    .bind(id.as_bytes().to_vec())
    .bind(entity.code())
    .fetch_optional(&mut *conn)
    .await?;
    if let Some(row) = oldest {
        return Ok(row.try_get("before_created_seq")?);
    }
    let sql = format!("SELECT created_seq FROM {entity} WHERE id = ?");
    let row = bind_all(&sql, &[Cell::Id(id)]).fetch_optional(conn).await?;
    Ok(row.map(|row| row.try_get("created_seq")).transpose()?)
}

fn change_entry(row: &SqliteRow) -> Result<ChangeEntry> {
    let kind: &str = row.try_get("kind")?;
    Ok(ChangeEntry {
        seq: row.try_get("seq")?,
        id: ChangeId(required_id(row, "id")?),
        at: read_instant(row, "at")?,
        author: row.try_get("author")?,
        kind: kind
            .parse()
            .map_err(|_| unreadable("change_log.kind", kind, "a known kind"))?,
        summary: read_json(row, "summary")?,
        batch: read_id(row, "batch")?.map(BatchId),
        takes_back: row.try_get("takes_back")?,
        taken_back: row.try_get("taken_back")?,
        logged_rows: row.try_get("logged_rows")?,
    })
}

pub(crate) fn required_id(row: &SqliteRow, column: &'static str) -> Result<Uuid> {
    read_id(row, column)?.ok_or_else(|| unreadable(column, "null", "an id"))
}

pub(crate) fn row_change(row: &SqliteRow) -> Result<RowChange> {
    let entity: Entity = row.try_get::<String, _>("entity")?.parse()?;
    let id = required_id(row, "row_id")?;
    let object = |column: &'static str| -> Result<Option<Map<String, Value>>> {
        match row.try_get::<Option<String>, _>(column)? {
            None => Ok(None),
            Some(text) => Ok(Some(serde_json::from_str(&text)?)),
        }
    };
    let (before, after) = (object("before")?, object("after")?);
    let fate = match (&before, &after) {
        (_, None) => RowFate::Deleted,
        (None, Some(_)) => RowFate::Created,
        (Some(_), Some(_)) => RowFate::Changed,
    };
    let before = before.unwrap_or_default();
    let mut fields = Vec::new();
    for column in entity.columns().iter().skip(1) {
        let from = before.get(&column.name).cloned().unwrap_or_default();
        // `after` lists the fields that changed; without it the row was deleted.
        let to = match &after {
            None => Value::Null,
            Some(after) => match after.get(&column.name) {
                Some(to) => to.clone(),
                None => continue,
            },
        };
        if from != to {
            fields.push(FieldChange {
                entity,
                id,
                field: column.name.clone(),
                from,
                to,
            });
        }
    }
    Ok(RowChange {
        id,
        entity,
        fate,
        before,
        fields,
    })
}
