//! Writing the change log and the audit chain.

use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use sqlx::{Row as _, SqliteConnection};
use uuid::Uuid;

use crate::cell::{Cell, instant_text};
use crate::chain::{GENESIS, add, link};
use crate::rollup::marks;
use crate::rows::bind_all;
use crate::write::Stored;
use crate::{ChangeHeader, Entity, Result};

/// Log rows a statement.
const ROWS_PER_STATEMENT: usize = 100;

/// The rows of one change's entry: what they held and what they got.
#[derive(Debug, Default)]
pub(crate) struct RowLog {
    pending: Vec<LogRow>,
    hash: Sha256,
    n: i64,
}

#[derive(Debug)]
struct LogRow {
    n: i64,
    entity: Entity,
    id: Uuid,
    before: Option<String>,
    seqs: Option<(i64, i64)>,
    after: Option<String>,
}

impl RowLog {
    pub fn push(
        &mut self,
        entity: Entity,
        id: Uuid,
        before: Option<&Stored>,
        after: Option<&[Cell]>,
    ) {
        self.n += 1;
        let row = LogRow {
            n: self.n,
            entity,
            id,
            before: before.map(|before| whole(entity, &before.cells)),
            seqs: before.map(|before| (before.created_seq, before.changed_seq)),
            after: after.map(|after| changed(entity, before.map(|b| b.cells.as_slice()), after)),
        };
        let seqs = row
            .seqs
            .map(|(created, changed)| (created.to_string(), changed.to_string()));
        add_row(
            &mut self.hash,
            row.entity.code(),
            row.id.as_bytes(),
            row.before.as_deref(),
            seqs.as_ref()
                .map(|(created, changed)| (created.as_str(), changed.as_str())),
            row.after.as_deref(),
        );
        self.pending.push(row);
    }

    pub fn hash(&self) -> [u8; 32] {
        self.hash.clone().finalize().into()
    }

    pub async fn flush_if_large(&mut self, conn: &mut SqliteConnection, seq: i64) -> Result<()> {
        if self.pending.len() >= ROWS_PER_STATEMENT {
            self.flush(conn, seq).await
        } else {
            Ok(())
        }
    }

    pub async fn flush(&mut self, conn: &mut SqliteConnection, seq: i64) -> Result<()> {
        let pending = std::mem::take(&mut self.pending);
        for chunk in pending.chunks(ROWS_PER_STATEMENT) {
            let sql = format!(
                "INSERT INTO change_row (change_seq, n, entity, row_id, before, before_created_seq,
                     before_changed_seq, after) VALUES {}",
                marks(chunk.len(), 8)
            );
            let text = |text: &Option<String>| text.clone().map_or(Cell::Null, Cell::Text);
            let cells: Vec<Cell> = chunk
                .iter()
                .flat_map(|row| {
                    [
                        Cell::Int(seq),
                        Cell::Int(row.n),
                        Cell::Text(row.entity.code().to_owned()),
                        Cell::Id(row.id),
                        text(&row.before),
                        row.seqs
                            .map_or(Cell::Null, |(created, _)| Cell::Int(created)),
                        row.seqs
                            .map_or(Cell::Null, |(_, changed)| Cell::Int(changed)),
                        text(&row.after),
                    ]
                })
                .collect();
            bind_all(&sql, &cells).execute(&mut *conn).await?;
        }
        Ok(())
    }
}

/// Appends a log row in canonical form; the check of the chain does the same.
pub(crate) fn add_row(
    hash: &mut Sha256,
    entity: &str,
    id: &[u8],
    before: Option<&str>,
    seqs: Option<(&str, &str)>,
    after: Option<&str>,
) {
    let fields = [
        Some(entity.as_bytes()),
        Some(id),
        before.map(str::as_bytes),
        seqs.map(|(created, _)| created.as_bytes()),
        seqs.map(|(_, changed)| changed.as_bytes()),
        after.map(str::as_bytes),
    ];
    add(hash, &fields);
}

fn whole(entity: Entity, cells: &[Cell]) -> String {
    let columns = entity.columns();
    let object: Map<String, Value> = columns
        .iter()
        .zip(cells)
        .skip(1)
        .map(|(column, cell)| (column.name.clone(), column.logged(cell)))
        .collect();
    Value::Object(object).to_string()
}

fn changed(entity: Entity, before: Option<&[Cell]>, after: &[Cell]) -> String {
    let columns = entity.columns();
    let object: Map<String, Value> = columns
        .iter()
        .zip(after)
        .enumerate()
        .skip(1)
        .filter(|(index, (_, cell))| match before {
            None => **cell != Cell::Null,
            Some(before) => before.get(*index) != Some(*cell),
        })
        .map(|(_, (column, cell))| (column.name.clone(), column.logged(cell)))
        .collect();
    Value::Object(object).to_string()
}

/// An entry of the change log as its hash sees it.
pub(crate) struct ChangeFields<'a> {
    pub seq: i64,
    pub id: &'a [u8],
    pub at: &'a str,
    pub author: &'a str,
    pub kind: &'a str,
    pub summary: &'a str,
    pub batch: Option<&'a [u8]>,
    pub rows_hash: &'a [u8],
}

impl ChangeFields<'_> {
    pub fn hash(&self, previous: &[u8]) -> [u8; 32] {
        let seq = self.seq.to_le_bytes();
        let fields = [
            Some(&seq[..]),
            Some(self.id),
            Some(self.at.as_bytes()),
            Some(self.author.as_bytes()),
            Some(self.kind.as_bytes()),
            Some(self.summary.as_bytes()),
            self.batch,
            Some(self.rows_hash),
        ];
        link(previous, &fields)
    }
}

/// An entry of the audit chain as its hash sees it.
pub(crate) struct AuditFields<'a> {
    pub seq: i64,
    pub at: &'a str,
    pub actor: &'a str,
    pub action: &'a str,
    pub subject: &'a str,
    pub detail: &'a str,
    pub change: &'a [u8],
}

impl AuditFields<'_> {
    pub fn hash(&self, previous: &[u8]) -> [u8; 32] {
        let seq = self.seq.to_le_bytes();
        let fields = [
            Some(&seq[..]),
            Some(self.at.as_bytes()),
            Some(self.actor.as_bytes()),
            Some(self.action.as_bytes()),
            Some(self.subject.as_bytes()),
            Some(self.detail.as_bytes()),
            Some(self.change),
        ];
        link(previous, &fields)
    }
}

/// Appends the change's entry.
pub(crate) async fn append_change(
    conn: &mut SqliteConnection,
    header: &ChangeHeader,
    seq: i64,
    rows_hash: [u8; 32],
) -> Result<()> {
    let last = sqlx::query("SELECT seq, hash FROM change_log ORDER BY seq DESC LIMIT 1")
        .fetch_optional(&mut *conn)
        .await?;
    let previous: Vec<u8> = match last {
        Some(row) => row.try_get("hash")?,
        None => GENESIS.to_vec(),
    };
    let (at, summary) = (instant_text(&header.at), header.summary.to_string());
    let batch = header.batch.as_ref().map(|batch| batch.id.0);
    let fields = ChangeFields {
        seq,
        id: header.id.0.as_bytes(),
        at: &at,
        author: &header.author,
        kind: header.kind.code(),
        summary: &summary,
        batch: batch.as_ref().map(|id| &id.as_bytes()[..]),
        rows_hash: &rows_hash,
    };
    let hash = fields.hash(&previous);
    sqlx::query(
        "INSERT INTO change_log (seq, id, at, author, kind, summary, batch, rows_hash, hash)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(seq)
    .bind(header.id.0.as_bytes().to_vec())
    .bind(at.clone())
    .bind(header.author.clone())
    .bind(header.kind.code())
    .bind(summary.clone())
    .bind(batch.map(|id| id.as_bytes().to_vec()))
    .bind(rows_hash.to_vec())
    .bind(hash.to_vec())
    .execute(conn)
    .await?;
    Ok(())
}

/// Appends the audit entry, if the change has one.
pub(crate) async fn append_audit(
    conn: &mut SqliteConnection,
    header: &ChangeHeader,
) -> Result<bool> {
    let Some(draft) = &header.audit else {
        return Ok(false);
    };
    let last = sqlx::query("SELECT seq, hash FROM audit_entry ORDER BY seq DESC LIMIT 1")
        .fetch_optional(&mut *conn)
        .await?;
    let (seq, previous): (i64, Vec<u8>) = match last {
        Some(row) => (row.try_get::<i64, _>("seq")? + 1, row.try_get("hash")?),
        None => (1, GENESIS.to_vec()),
    };
    let (at, detail) = (instant_text(&header.at), draft.detail.to_string());
    let fields = AuditFields {
        seq,
        at: &at,
        actor: &header.author,
        action: &draft.action,
        subject: &draft.subject,
        detail: &detail,
        change: header.id.0.as_bytes(),
    };
    let hash = fields.hash(&previous);
    sqlx::query(
        "INSERT INTO audit_entry (seq, at, actor, action, subject, detail, change_id, hash)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(seq)
    .bind(at.clone())
    .bind(header.author.clone())
    .bind(draft.action.clone())
    .bind(draft.subject.clone())
    .bind(detail.clone())
    .bind(header.id.0.as_bytes().to_vec())
    .bind(hash.to_vec())
    .execute(conn)
    .await?;
    Ok(true)
}
