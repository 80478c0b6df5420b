//! Writing the change log and the audit chain.

use chrono::{DateTime, Utc};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use sqlx::{Row as _, SqliteConnection};
use uuid::Uuid;

use crate::cell::{Cell, instant_text};
use crate::chain::{GENESIS, add, link};
use crate::rollup::marks;
use crate::rows::{bind_all, hex};
use crate::write::Stored;
use crate::{AuditDraft, AuditHead, ChangeHeader, Entity, Result};

/// Where an audit entry's detail names the newest entry of the change log.
pub(crate) const CHANGE_LOG_HEAD: &str = "change_log";

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
    /// The version that the row has afterwards, where it is not the change's own.
    after_seq: Option<i64>,
}

impl RowLog {
    pub fn push(
        &mut self,
        entity: Entity,
        id: Uuid,
        before: Option<&Stored>,
        after: Option<&[Cell]>,
        after_seq: Option<i64>,
    ) {
        self.n += 1;
        let row = LogRow {
            n: self.n,
            entity,
            id,
            before: before.map(|before| whole(entity, &before.cells)),
            seqs: before.map(|before| (before.created_seq, before.changed_seq)),
            after: after.map(|after| changed(entity, before.map(|b| b.cells.as_slice()), after)),
            after_seq,
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
            row.after_seq,
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
                     before_changed_seq, after, after_changed_seq) VALUES {}",
                marks(chunk.len(), 9)
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
                        row.after_seq.map_or(Cell::Null, Cell::Int),
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
    after_seq: Option<i64>,
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
    // Lines of version 2 have no such field, and keep their hash.
    if let Some(seq) = after_seq {
        add(hash, &[Some(&seq.to_le_bytes())]);
    }
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
    pub takes_back: Option<i64>,
}

impl ChangeFields<'_> {
    pub fn hash(&self, previous: &[u8]) -> [u8; 32] {
        let seq = self.seq.to_le_bytes();
        let takes_back = self.takes_back.map(i64::to_le_bytes);
        let mut fields = vec![
            Some(&seq[..]),
            Some(self.id),
            Some(self.at.as_bytes()),
            Some(self.author.as_bytes()),
            Some(self.kind.as_bytes()),
            Some(self.summary.as_bytes()),
            self.batch,
            Some(self.rows_hash),
        ];
        // Entries of version 2 have no such field, and keep their hash.
        fields.extend(takes_back.as_ref().map(|seq| Some(&seq[..])));
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
    takes_back: Option<i64>,
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
        takes_back,
    };
    let hash = fields.hash(&previous);
    sqlx::query(
        "INSERT INTO change_log (seq, id, at, author, kind, summary, batch, rows_hash, hash, takes_back)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
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
    .bind(takes_back)
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
    let actor = header.audited.as_ref().unwrap_or(&header.author);
    append_entry(conn, header.at, actor, header.id.0, draft).await?;
    Ok(true)
}

/// Appends an audit entry. Its detail also says what the newest entry of the change log is, so that
/// a head of this chain, noted elsewhere, vouches for that one too.
pub(crate) async fn append_entry(
    conn: &mut SqliteConnection,
    at: DateTime<Utc>,
    actor: &str,
    change: Uuid,
    draft: &AuditDraft,
) -> Result<AuditHead> {
    let last = sqlx::query("SELECT seq, hash FROM audit_entry ORDER BY seq DESC LIMIT 1")
        .fetch_optional(&mut *conn)
        .await?;
    let (seq, previous): (i64, Vec<u8>) = match last {
        Some(row) => (row.try_get::<i64, _>("seq")? + 1, row.try_get("hash")?),
        None => (1, GENESIS.to_vec()),
    };
    let mut detail = match &draft.detail {
        // An entry without values vouches for the changes before it as any other.
        Value::Null => Value::Object(Map::new()),
        detail => detail.clone(),
    };
    if let Value::Object(values) = &mut detail
        && let Some(newest) = newest_change(conn).await?
    {
        values.insert(CHANGE_LOG_HEAD.to_owned(), Value::from(newest));
    }
    let (at, detail) = (instant_text(&at), detail.to_string());
    let fields = AuditFields {
        seq,
        at: &at,
        actor,
        action: &draft.action,
        subject: &draft.subject,
        detail: &detail,
        change: change.as_bytes(),
    };
    let hash = fields.hash(&previous);
    sqlx::query(
        "INSERT INTO audit_entry (seq, at, actor, action, subject, detail, change_id, hash)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(seq)
    .bind(at.clone())
    .bind(actor.to_owned())
    .bind(draft.action.clone())
    .bind(draft.subject.clone())
    .bind(detail.clone())
    .bind(change.as_bytes().to_vec())
    .bind(hash.to_vec())
    .execute(conn)
    .await?;
    Ok(AuditHead {
        seq,
        hash: hex(&hash),
    })
}

/// The newest entry of the change log as text.
async fn newest_change(conn: &mut SqliteConnection) -> Result<Option<String>> {
    let row = sqlx::query("SELECT seq, hash FROM change_log ORDER BY seq DESC LIMIT 1")
        .fetch_optional(conn)
        .await?;
    row.map(|row| {
        let hash: Vec<u8> = row.try_get("hash")?;
        Ok(AuditHead {
            seq: row.try_get("seq")?,
            hash: hex(&hash),
        }
        .short())
    })
    .transpose()
}
