//! Walking the two hash chains, and naming the first entry that is not what was written.

use sha2::{Digest, Sha256};
use sqlx::{Row as _, SqliteConnection};

use super::{ROWS_PER_STEP, VerifyReport};
use crate::cell::Cell;
use crate::chain::GENESIS;
use crate::changelog::{AuditFields, CHANGE_LOG_HEAD, ChangeFields, add_row};
use crate::record::Entity;
use crate::rows::{bind_all, hex};
use crate::{AuditHead, NotedHead, Result};

/// Every entry's hash, its rows, and the entry before.
pub(super) async fn check_change_log(
    conn: &mut SqliteConnection,
    report: &mut VerifyReport,
) -> Result<()> {
    let (mut previous, mut seq) = (GENESIS.to_vec(), 0_i64);
    // From the smallest number that the file can hold: what nobody numbers so would be listed, and
    // not be checked.
    let mut from = i64::MIN;
    loop {
        let rows = sqlx::query("SELECT * FROM change_log WHERE seq >= ? ORDER BY seq LIMIT ?")
            .bind(from)
            .bind(ROWS_PER_STEP)
            .fetch_all(&mut *conn)
            .await?;
        if rows.is_empty() {
            break;
        }
        for row in &rows {
            report.changes += 1;
            let number: i64 = row.try_get("seq")?;
            let (at, kind): (&str, &str) = (row.try_get("at")?, row.try_get("kind")?);
            let place = format!("change_log {number} ({at}, {kind})");
            if number != seq + 1 {
                report.add("change_log", place, missing(seq + 1, number));
                return Ok(());
            }
            seq = number;
            from = number + 1;
            let rows_hash: Vec<u8> = row.try_get("rows_hash")?;
            let fields = ChangeFields {
                seq: number,
                id: row.try_get("id")?,
                at,
                author: row.try_get("author")?,
                kind,
                summary: row.try_get("summary")?,
                batch: row.try_get("batch")?,
                rows_hash: &rows_hash,
                takes_back: row.try_get("takes_back")?,
            };
            let stored: Vec<u8> = row.try_get("hash")?;
            if fields.hash(&previous)[..] != stored {
                let what = differs(
                    &stored_after("change_log", conn, number).await?,
                    |previous| fields.hash(previous).to_vec(),
                    &stored,
                    "author, kind, time, summary or batch",
                );
                report.add("change_log", place, what);
                return Ok(());
            }
            if hash_rows(conn, number)
                .await?
                .as_ref()
                .map(|hash| &hash[..])
                != Some(&rows_hash)
            {
                let what = "its rows (change_row: values before and after) are not those that were written";
                report.add("change_log", place, what);
                return Ok(());
            }
            previous = stored;
        }
    }
    let orphan: Option<i64> = sqlx::query_scalar(
        "SELECT change_seq FROM change_row WHERE change_seq NOT IN (SELECT seq FROM change_log) LIMIT 1",
    )
    .fetch_optional(&mut *conn)
    .await?;
    if let Some(gone) = orphan {
        let what = "its entry is gone, its rows (change_row) are still there";
        report.add("change_log", format!("change_log {gone}"), what);
    }
    for entity in Entity::ALL {
        // Rows remember the change that wrote them: they tell where the log once ended.
        let table = entity.code();
        let sql = format!("SELECT MAX(changed_seq) FROM {table}");
        let last: Option<i64> = sqlx::query_scalar(sqlx::AssertSqlSafe(sql))
            .fetch_one(&mut *conn)
            .await?;
        if let Some(last) = last.filter(|last| *last > seq) {
            let what = format!(
                "the log ends at {seq}, rows of {table} were written by a later change: its end was removed"
            );
            report.add("change_log", format!("change_log {last}"), what);
            break;
        }
    }
    Ok(())
}

fn missing(from: i64, number: i64) -> String {
    if number < from {
        return "it has a number that is never given: entries are numbered from 1".to_owned();
    }
    if number - from == 1 {
        format!("entry {from} before it is missing")
    } else {
        format!("entries {from} to {} before it are missing", number - 1)
    }
}

/// What is wrong with an entry whose hash is not that of its content: `others` are the hashes of the
/// other entries; if the content continues one of them, it only stands in another place.
fn differs(
    others: &[Vec<u8>],
    hash: impl Fn(&[u8]) -> Vec<u8>,
    stored: &[u8],
    content: &str,
) -> String {
    if others.iter().any(|other| hash(other) == stored) {
        return "the entry before it is not the one that it was written after".to_owned();
    }
    format!("its content ({content}) or its number is not what was written: the hash does not fit")
}

/// The hashes around an entry, which it may have been written after.
async fn stored_after(table: &str, conn: &mut SqliteConnection, seq: i64) -> Result<Vec<Vec<u8>>> {
    let sql = format!("SELECT hash FROM {table} WHERE seq <> ? AND abs(seq - ?) <= 100");
    let rows = bind_all(&sql, &[Cell::Int(seq), Cell::Int(seq)])
        .fetch_all(conn)
        .await?;
    rows.iter().map(|row| Ok(row.try_get("hash")?)).collect()
}

/// The hash of a change's lines; None where they are not numbered 1, 2, 3 ..., which the hash does not
/// cover.
async fn hash_rows(conn: &mut SqliteConnection, seq: i64) -> Result<Option<[u8; 32]>> {
    let (mut hash, mut n) = (Sha256::new(), 0_i64);
    let mut from = i64::MIN;
    loop {
        let rows = sqlx::query(
            "SELECT * FROM change_row WHERE change_seq = ? AND n >= ? ORDER BY n LIMIT ?",
        )
        .bind(seq)
        .bind(from)
        .bind(ROWS_PER_STEP)
        .fetch_all(&mut *conn)
        .await?;
        if rows.is_empty() {
            return Ok(Some(hash.finalize().into()));
        }
        for row in &rows {
            n += 1;
            if row.try_get::<i64, _>("n")? != n {
                return Ok(None);
            }
            from = n + 1;
            let created: Option<i64> = row.try_get("before_created_seq")?;
            let changed: Option<i64> = row.try_get("before_changed_seq")?;
            let seqs = created
                .zip(changed)
                .map(|(a, b)| (a.to_string(), b.to_string()));
            add_row(
                &mut hash,
                row.try_get("entity")?,
                row.try_get("row_id")?,
                row.try_get("before")?,
                seqs.as_ref().map(|(a, b)| (a.as_str(), b.as_str())),
                row.try_get("after")?,
                row.try_get("after_changed_seq")?,
            );
        }
    }
}

/// Every entry's hash and the entry before; what it says of the change log; the head that was noted.
pub(super) async fn check_audit(
    conn: &mut SqliteConnection,
    noted: Option<&NotedHead>,
    report: &mut VerifyReport,
) -> Result<()> {
    let (mut previous, mut seq) = (GENESIS.to_vec(), 0_i64);
    let mut from = i64::MIN;
    let mut found = noted.is_none();
    loop {
        let rows = sqlx::query("SELECT * FROM audit_entry WHERE seq >= ? ORDER BY seq LIMIT ?")
            .bind(from)
            .bind(ROWS_PER_STEP)
            .fetch_all(&mut *conn)
            .await?;
        if rows.is_empty() {
            break;
        }
        for row in &rows {
            report.audit_entries += 1;
            let number: i64 = row.try_get("seq")?;
            let (at, action): (&str, &str) = (row.try_get("at")?, row.try_get("action")?);
            let place = format!("audit_entry {number} ({at}, {action})");
            if number != seq + 1 {
                report.add("audit", place, missing(seq + 1, number));
                return Ok(());
            }
            seq = number;
            from = number + 1;
            let fields = AuditFields {
                seq: number,
                at,
                actor: row.try_get("actor")?,
                action,
                subject: row.try_get("subject")?,
                detail: row.try_get("detail")?,
                change: row.try_get("change_id")?,
            };
            let stored: Vec<u8> = row.try_get("hash")?;
            if fields.hash(&previous)[..] != stored {
                let what = differs(
                    &stored_after("audit_entry", conn, number).await?,
                    |previous| fields.hash(previous).to_vec(),
                    &stored,
                    "time, person, action, subject or detail",
                );
                report.add("audit", place, what);
                return Ok(());
            }
            if let Some(what) = disagrees_with_changes(conn, fields.detail).await? {
                report.add("audit", place, what);
                return Ok(());
            }
            let hash = hex(&stored);
            found |= noted.is_some_and(|noted| noted.is(number, &hash));
            report.audit_head = Some(AuditHead { seq: number, hash });
            previous = stored;
        }
    }
    if let Some(noted) = noted.filter(|_| !found) {
        let now = report
            .audit_head
            .as_ref()
            .map_or_else(|| "none".to_owned(), AuditHead::short);
        report.add(
            "head",
            noted.to_string(),
            format!(
                "no entry has this hash: entries were removed or rewritten since it was noted (head now: {now})"
            ),
        );
    }
    Ok(())
}

/// Each entry names the newest change of its time: a change log that was cut or rewritten later does
/// not hold it any more.
async fn disagrees_with_changes(
    conn: &mut SqliteConnection,
    detail: &str,
) -> Result<Option<String>> {
    let detail: serde_json::Value = serde_json::from_str(detail).unwrap_or_default();
    let Some(text) = detail.get(CHANGE_LOG_HEAD).and_then(|text| text.as_str()) else {
        return Ok(None);
    };
    let Ok(noted) = text.parse::<NotedHead>() else {
        return Ok(None);
    };
    let hash: Option<Vec<u8>> = sqlx::query_scalar("SELECT hash FROM change_log WHERE seq = ?")
        .bind(noted.seq)
        .fetch_optional(conn)
        .await?;
    let holds = hash.is_some_and(|hash| hex(&hash).starts_with(&noted.hash));
    Ok((!holds).then(|| {
        format!("it was written after the change {text}, which the change log does not hold")
    }))
}
