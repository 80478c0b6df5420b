//! The audit chain: reading it, and entries of what changes no row (exports, sign-ins, backups).

use chrono::{DateTime, Utc};
use serde_json::Value;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, SqliteConnection};
use uuid::Uuid;

use crate::cell::Cell;
use crate::changelog::append_entry;
use crate::queries::history::{page, required_id};
use crate::rows::{bind_all, hex, limit_of, read_instant, read_json};
use crate::store::give_up_quietly;
use crate::{AuditDraft, AuditHead, Error, Page, Result, Store};

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
    /// The change that it belongs to; an id of its own where nothing was changed.
    pub change: Uuid,
    /// SHA-256 over the previous entry's hash and this entry, hexadecimal.
    pub hash: String,
}

/// Which entries to list.
#[derive(Debug, Clone, Default)]
pub struct AuditFilter {
    /// Of this action; none: all.
    pub action: Option<String>,
    /// By this person; none: by anybody.
    pub actor: Option<String>,
}

/// The newest entries of the change log and of the audit chain: a copy of a store has the same ones for
/// as long as neither is written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ChainHeads {
    audit: Option<AuditHead>,
    changes: Option<AuditHead>,
}

impl Store {
    /// Appends an entry by itself; `id` is what a change's id is for an entry that comes with a
    /// change. Gives the new head.
    pub async fn audit(
        &self,
        id: Uuid,
        at: DateTime<Utc>,
        actor: &str,
        draft: &AuditDraft,
    ) -> Result<AuditHead> {
        let mut writer = self.writer().await?;
        writer.in_transaction = true;
        sqlx::raw_sql("BEGIN IMMEDIATE")
            .execute(&mut writer.conn)
            .await?;
        let appended = append_entry(&mut writer.conn, at, actor, id, draft).await;
        let done = match appended {
            Ok(head) => sqlx::raw_sql("COMMIT")
                .execute(&mut writer.conn)
                .await
                .map(|_| head)
                .map_err(Error::of_commit),
            Err(error) => Err(error),
        };
        if done.is_err() {
            give_up_quietly(&mut writer).await;
        } else {
            writer.in_transaction = false;
        }
        done
    }

    /// Whether the chain has an entry of this change or by this id.
    pub async fn has_audit(&self, id: Uuid) -> Result<bool> {
        Ok(
            sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM audit_entry WHERE change_id = ?)")
                .bind(id.as_bytes().as_slice())
                .fetch_one(&mut *self.reader().await?)
                .await?,
        )
    }

    /// The audit chain, latest first; `after` is the `next` of the page before.
    pub async fn audit_entries(&self, after: Option<i64>, limit: u32) -> Result<Page<AuditEntry>> {
        self.audit_entries_of(&AuditFilter::default(), after, limit)
            .await
    }

    /// As [`Store::audit_entries`], only those that pass the filter.
    pub async fn audit_entries_of(
        &self,
        filter: &AuditFilter,
        after: Option<i64>,
        limit: u32,
    ) -> Result<Page<AuditEntry>> {
        let text = |text: &Option<String>| text.clone().map_or(Cell::Null, Cell::Text);
        let (action, actor) = (text(&filter.action), text(&filter.actor));
        let fits = "(?1 IS NULL OR action = ?1) AND (?2 IS NULL OR actor = ?2)";
        let mut reader = self.snapshot().await?;
        let count = format!("SELECT count(*) AS total FROM audit_entry WHERE {fits}");
        let total = bind_all(&count, &[action.clone(), actor.clone()])
            .fetch_one(&mut *reader)
            .await?
            .try_get("total")?;
        let sql = format!(
            "SELECT * FROM audit_entry WHERE {fits} AND seq < ?3 ORDER BY seq DESC LIMIT ?4"
        );
        let cells = [
            action,
            actor,
            Cell::Int(after.unwrap_or(i64::MAX)),
            Cell::Int(limit_of(limit)?),
        ];
        let rows = bind_all(&sql, &cells).fetch_all(&mut *reader).await?;
        Ok(page(
            rows.iter().map(audit_entry).collect::<Result<_>>()?,
            limit,
            total,
            |row| row.seq,
        ))
    }

    /// The actions that occur, and the people who did them.
    pub async fn audit_names(&self) -> Result<(Vec<String>, Vec<String>)> {
        let mut reader = self.snapshot().await?;
        let actions = sqlx::query_scalar("SELECT DISTINCT action FROM audit_entry ORDER BY action")
            .fetch_all(&mut *reader)
            .await?;
        let actors = sqlx::query_scalar("SELECT DISTINCT actor FROM audit_entry ORDER BY actor")
            .fetch_all(&mut *reader)
            .await?;
        Ok((actions, actors))
    }

    /// The newest entries of both chains, at one moment.
    pub async fn chain_heads(&self) -> Result<ChainHeads> {
        let mut reader = self.snapshot().await?;
        Ok(ChainHeads {
            audit: newest(&mut reader, "audit_entry").await?,
            changes: newest(&mut reader, "change_log").await?,
        })
    }

    /// The newest entry: printed on statements and exports, so that a rewritten history shows. None
    /// without entries.
    pub async fn audit_head(&self) -> Result<Option<AuditHead>> {
        let page = self.audit_entries(None, 1).await?;
        Ok(page.rows.into_iter().next().map(|entry| AuditHead {
            seq: entry.seq,
            hash: entry.hash,
        }))
    }
}

async fn newest(conn: &mut SqliteConnection, chain: &str) -> Result<Option<AuditHead>> {
    let sql = format!("SELECT seq, hash FROM {chain} ORDER BY seq DESC LIMIT 1");
    let row = bind_all(&sql, &[]).fetch_optional(conn).await?;
    row.map(|row| {
        let hash: Vec<u8> = row.try_get("hash")?;
        Ok(AuditHead {
            seq: row.try_get("seq")?,
            hash: hex(&hash),
        })
    })
    .transpose()
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
        change: required_id(row, "change_id")?,
        hash: hex(&hash),
    })
}
