//! The change log and the audit chain, page by page, latest first.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;
use uuid::Uuid;
use yeji_core::ids::{BatchId, ChangeId};

use crate::rows::{limit_of, read_id, read_instant, read_json, unreadable};
use crate::{ChangeKind, Entity, Result, Store};

/// A page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    /// The rows.
    pub rows: Vec<T>,
    /// Pass it as `after` for the next page; none at the end.
    pub next: Option<i64>,
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

/// An entry of the audit chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEntry {
    /// Number, 1, 2, 3 ...
    pub seq: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// Who.
    pub actor: String,
    /// What was done.
    pub action: String,
    /// To what.
    pub subject: String,
    /// Values.
    pub detail: Value,
    /// The change that it belongs to.
    pub change: ChangeId,
    /// SHA-256 over the previous entry's hash and this entry, hexadecimal.
    pub hash: String,
}

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
        let mut reader = self.snapshot().await?;
        let total = sqlx::query_scalar("SELECT count(*) FROM change_log")
            .fetch_one(&mut *reader)
            .await?;
        let rows = sqlx::query("SELECT * FROM change_log WHERE seq < ? ORDER BY seq DESC LIMIT ?")
            .bind(after.unwrap_or(i64::MAX))
            .bind(limit_of(limit)?)
            .fetch_all(&mut *reader)
            .await?;
        Ok(page(
            rows.iter().map(change_entry).collect::<Result<_>>()?,
            limit,
            total,
            |row| row.seq,
        ))
    }

    /// The fields that a change wrote, at most `limit`. Imports and the demo company list only rows
    /// that they overwrote or deleted, with what they held before.
    pub async fn change_fields(&self, change: ChangeId, limit: u32) -> Result<Vec<FieldChange>> {
        let rows = sqlx::query(
            "SELECT r.entity, r.row_id, r.before, r.after FROM change_row AS r
             JOIN change_log AS c ON c.seq = r.change_seq WHERE c.id = ? ORDER BY r.n LIMIT ?",
        )
        .bind(change.0.as_bytes().as_slice())
        .bind(limit_of(limit)?)
        .fetch_all(&mut *self.reader().await?)
        .await?;
        let mut fields = Vec::new();
        for row in &rows {
            push_fields(&mut fields, row)?;
        }
        fields.truncate(limit as usize);
        Ok(fields)
    }

    /// The audit chain, latest first; `after` is the `next` of the page before.
    pub async fn audit_entries(&self, after: Option<i64>, limit: u32) -> Result<Page<AuditEntry>> {
        let mut reader = self.snapshot().await?;
        let total = sqlx::query_scalar("SELECT count(*) FROM audit_entry")
            .fetch_one(&mut *reader)
            .await?;
        let rows = sqlx::query("SELECT * FROM audit_entry WHERE seq < ? ORDER BY seq DESC LIMIT ?")
            .bind(after.unwrap_or(i64::MAX))
            .bind(limit_of(limit)?)
            .fetch_all(&mut *reader)
            .await?;
        Ok(page(
            rows.iter().map(audit_entry).collect::<Result<_>>()?,
            limit,
            total,
            |row| row.seq,
        ))
    }

    /// Hash of the newest audit entry, hexadecimal: printed on statements, so that a rewritten
    /// history shows. None without entries.
    pub async fn audit_head(&self) -> Result<Option<String>> {
        let page = self.audit_entries(None, 1).await?;
        Ok(page.rows.into_iter().next().map(|entry| entry.hash))
    }
}

/// Makes a page; a full one has a next.
pub(crate) fn page<T>(rows: Vec<T>, limit: u32, total: i64, key: fn(&T) -> i64) -> Page<T> {
    let next = rows
        .last()
        .filter(|_| rows.len() >= limit as usize)
        .map(key);
    Page { rows, next, total }
}

fn change_entry(row: &SqliteRow) -> Result<ChangeEntry> {
    let kind: String = row.try_get("kind")?;
    Ok(ChangeEntry {
        seq: row.try_get("seq")?,
        id: ChangeId(required_id(row, "id")?),
        at: read_instant(row, "at")?,
        author: row.try_get("author")?,
        kind: ChangeKind::ALL
            .into_iter()
            .find(|known| known.code() == kind)
            .ok_or_else(|| unreadable("change_log.kind", &kind, "a known kind"))?,
        summary: read_json(row, "summary")?,
        batch: read_id(row, "batch")?.map(BatchId),
    })
}

fn audit_entry(row: &SqliteRow) -> Result<AuditEntry> {
    let hash: Vec<u8> = row.try_get("hash")?;
    Ok(AuditEntry {
        seq: row.try_get("seq")?,
        at: read_instant(row, "at")?,
        actor: row.try_get("actor")?,
        action: row.try_get("action")?,
        subject: row.try_get("subject")?,
        detail: read_json(row, "detail")?,
        change: ChangeId(required_id(row, "change_id")?),
        hash: crate::rows::hex(&hash),
    })
}

fn required_id(row: &SqliteRow, column: &'static str) -> Result<Uuid> {
    read_id(row, column)?.ok_or_else(|| unreadable(column, "null", "an id"))
}

fn push_fields(fields: &mut Vec<FieldChange>, row: &SqliteRow) -> Result<()> {
    let entity: Entity = row.try_get::<String, _>("entity")?.parse()?;
    let id = required_id(row, "row_id")?;
    let object = |column: &'static str| -> Result<serde_json::Map<String, Value>> {
        match row.try_get::<Option<String>, _>(column)? {
            None => Ok(serde_json::Map::new()),
            Some(text) => Ok(serde_json::from_str(&text)?),
        }
    };
    let (before, after) = (object("before")?, object("after")?);
    for column in entity.columns().iter().skip(1) {
        let from = before.get(&column.name).cloned().unwrap_or_default();
        // `after` lists the fields that changed; without it the row was deleted or overwritten in bulk.
        let to = match after.get(&column.name) {
            Some(to) => to.clone(),
            None if after.is_empty() => Value::Null,
            None => continue,
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
    Ok(())
}
