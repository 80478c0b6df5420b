//! Comparing rows with what the change log says was written last: whoever edits the file past the
//! program does not write into the log, whose chain is checked by itself.
//!
//! The log has the lines of every change but the new rows of an import (`ChangeKind::is_bulk`), which
//! came from files: those are covered from the first change on that is not an import. Deals are covered
//! by their fingerprint in any case.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use sqlx::{Row as _, SqliteConnection};
use uuid::Uuid;

use super::{ROWS_PER_STEP, VerifyReport};
use crate::cell::{Cell, short_hash};
use crate::rows::{bind_all, column_list, read_cells, read_id};
use crate::{Entity, Result};

/// What the log says that a row is now.
#[derive(Debug, Clone, Copy)]
enum Logged {
    /// These values, as a hash, written by this change.
    Holds(u64, i64),
    /// It was deleted.
    Gone,
}

/// A row of the log's.
#[derive(Debug, Clone, Copy)]
struct Line {
    logged: Logged,
    /// An import made it that was taken back, which removes rows without a line.
    may_be_gone: bool,
}

/// Every row that the log knows holds what was written last, and none is missing.
pub(super) async fn check_rows(
    conn: &mut SqliteConnection,
    report: &mut VerifyReport,
) -> Result<()> {
    let undone = undone_changes(conn).await?;
    for entity in Entity::ALL {
        let mut logged = read_log(conn, *entity, &undone).await?;
        compare(conn, *entity, &mut logged, report).await?;
        if *entity == Entity::Alias {
            // Those whose customer or product went with an import that was taken back go without a line.
            continue;
        }
        let mut missing: Vec<(Uuid, i64)> = logged
            .into_iter()
            .filter_map(|(id, line)| match line.logged {
                Logged::Holds(_, seq) if !line.may_be_gone => Some((id, seq)),
                _ => None,
            })
            .collect();
        missing.sort_unstable();
        for (id, seq) in missing {
            let what = format!("is gone; change {seq} wrote it, and none removed it");
            report.add("rows", format!("{entity} {id}"), what);
        }
    }
    Ok(())
}

/// Numbers of the changes that imports which were taken back have made.
async fn undone_changes(conn: &mut SqliteConnection) -> Result<HashSet<i64>> {
    let seqs: Vec<i64> = sqlx::query_scalar(
        "SELECT c.seq FROM change_log AS c JOIN batch AS b ON b.id = c.batch
         WHERE b.undone_at IS NOT NULL",
    )
    .fetch_all(conn)
    .await?;
    Ok(seqs.into_iter().collect())
}

/// The last state of each row of a table that the log has.
async fn read_log(
    conn: &mut SqliteConnection,
    entity: Entity,
    undone: &HashSet<i64>,
) -> Result<HashMap<Uuid, Line>> {
    let mut lines: HashMap<Uuid, Line> = HashMap::new();
    let mut after = (i64::MIN, i64::MIN);
    loop {
        let sql = "SELECT change_seq, n, row_id, before, before_created_seq, after FROM change_row
             WHERE (change_seq, n) > (?, ?) AND entity = ? ORDER BY change_seq, n LIMIT ?";
        let cells = [
            Cell::Int(after.0),
            Cell::Int(after.1),
            Cell::Text(entity.code().to_owned()),
            Cell::Int(ROWS_PER_STEP),
        ];
        let rows = bind_all(sql, &cells).fetch_all(&mut *conn).await?;
        let Some(last) = rows.last() else {
            return Ok(lines);
        };
        after = (last.try_get("change_seq")?, last.try_get("n")?);
        for row in &rows {
            let seq: i64 = row.try_get("change_seq")?;
            let Some(id) = read_id(row, "row_id")? else {
                continue;
            };
            let made_by: Option<i64> = row.try_get("before_created_seq")?;
            let logged = match row.try_get::<Option<&str>, _>("after")? {
                None => Logged::Gone,
                Some(changed) => {
                    let mut values = object(row.try_get("before")?);
                    values.extend(object(Some(changed)));
                    Logged::Holds(hash_of(entity, |name| values.get(name)), seq)
                }
            };
            let by_undone = undone.contains(&made_by.unwrap_or(seq));
            let before = lines.get(&id).is_some_and(|line| line.may_be_gone);
            lines.insert(
                id,
                Line {
                    logged,
                    may_be_gone: before || by_undone,
                },
            );
        }
    }
}

fn object(text: Option<&str>) -> Map<String, Value> {
    // What cannot be read is another value than the row's, and the chain tells of it.
    text.and_then(|text| serde_json::from_str(text).ok())
        .unwrap_or_default()
}

/// Of all columns but the id; one that the log does not name holds nothing.
fn hash_of<'a>(entity: Entity, value: impl Fn(&str) -> Option<&'a Value>) -> u64 {
    let mut hash = Sha256::new();
    for column in entity.columns().iter().skip(1) {
        let text = value(&column.name).unwrap_or(&Value::Null).to_string();
        hash.update((text.len() as u64).to_le_bytes());
        hash.update(text.as_bytes());
    }
    short_hash(hash)
}

/// Takes the rows that are there out of `logged`.
async fn compare(
    conn: &mut SqliteConnection,
    entity: Entity,
    logged: &mut HashMap<Uuid, Line>,
    report: &mut VerifyReport,
) -> Result<()> {
    if logged.is_empty() {
        return Ok(());
    }
    let columns = entity.columns();
    let sql = format!(
        "SELECT {}, created_seq FROM {entity} WHERE id > ? ORDER BY id LIMIT ?",
        column_list(columns)
    );
    let mut after = Uuid::nil();
    loop {
        let cells = [Cell::Id(after), Cell::Int(ROWS_PER_STEP)];
        let rows = bind_all(&sql, &cells).fetch_all(&mut *conn).await?;
        if rows.is_empty() {
            return Ok(());
        }
        for row in &rows {
            let cells = read_cells(row, columns, entity.code())?;
            let Some(Cell::Id(id)) = cells.first() else {
                continue;
            };
            after = *id;
            let created: i64 = row.try_get("created_seq")?;
            // It went with an import that was taken back, and another brought it again.
            let is_newer = |line: &Line| match line.logged {
                Logged::Holds(_, seq) => line.may_be_gone && seq < created,
                Logged::Gone => false,
            };
            let line = logged.remove(id).filter(|line| !is_newer(line));
            match line.map(|line| line.logged) {
                // Written by an import, and by nobody since; or by one after it was deleted.
                None | Some(Logged::Gone) => {}
                Some(Logged::Holds(expected, seq)) => {
                    let shown: Map<String, Value> = columns
                        .iter()
                        .zip(&cells)
                        .map(|(column, cell)| (column.name.clone(), column.logged(cell)))
                        .collect();
                    if hash_of(entity, |name| shown.get(name)) != expected {
                        let what = format!("does not hold what change {seq} wrote, the last one");
                        report.add("rows", format!("{entity} {id}"), what);
                    }
                }
            }
        }
    }
}
