//! The write-ahead log after a large change.
//!
//! SQLite leaves the log as long as the largest transaction made it, and whoever opens the store after a
//! crash reads all of it: 0.4 s for a million deals.

use std::time::Duration;

use sqlx::SqliteConnection;
use tokio::sync::OwnedMutexGuard;

use crate::store::Writer;

/// Longest log that is left as it is.
const MAX_LOG_BYTES: u64 = 64 << 20;

/// A reader of the change that has just been made may stand in the way of cutting it.
const TRIES: u32 = 5;
const BETWEEN_TRIES: Duration = Duration::from_millis(200);

/// Writes a long log back to the database and cuts it off, beside whatever follows: the change is kept, and
/// its author need not wait. The next change does. It only saves time and space: where somebody still reads
/// from the log, or it fails, a later change does it.
pub(crate) fn cut_log_later(mut writer: OwnedMutexGuard<Writer>) {
    let is_long = std::fs::metadata(&writer.log).is_ok_and(|file| file.len() > MAX_LOG_BYTES);
    if is_long {
        tokio::spawn(async move { cut_log(&mut writer).await });
    }
}

async fn cut_log(writer: &mut Writer) {
    for _ in 0..TRIES {
        match truncate(&mut writer.conn).await {
            Ok(true) => return,
            Ok(false) => tokio::time::sleep(BETWEEN_TRIES).await,
            Err(error) => return tracing::warn!("the log stays long: {error}"),
        }
    }
    tracing::info!("the log stays long: somebody still reads from it");
}

/// Whether it is cut. Without waiting for readers: the change is made, its author need not wait for a
/// report.
async fn truncate(conn: &mut SqliteConnection) -> sqlx::Result<bool> {
    let waits: i64 = sqlx::query_scalar("PRAGMA busy_timeout")
        .fetch_one(&mut *conn)
        .await?;
    sqlx::raw_sql("PRAGMA busy_timeout = 0")
        .execute(&mut *conn)
        .await?;
    // Its first column: 1 if a reader stood in the way.
    let busy = sqlx::query_scalar::<_, i64>("PRAGMA wal_checkpoint(TRUNCATE)")
        .fetch_one(&mut *conn)
        .await;
    let waits = format!("PRAGMA busy_timeout = {waits}");
    sqlx::raw_sql(sqlx::AssertSqlSafe(waits))
        .execute(conn)
        .await?;
    Ok(busy? == 0)
}
