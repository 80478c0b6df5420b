//! The write-ahead log after a large change.
//!
//! SQLite leaves the log as long as the largest transaction made it, and whoever opens the store after a
//! crash reads all of it: 0.4 s for a million deals.

use sqlx::SqliteConnection;

use crate::store::Writer;

/// Longest log that is left as it is.
const MAX_LOG_BYTES: u64 = 64 << 20;

/// Cuts a long log off once its pages are in the database. It only saves time and space: where somebody
/// still reads from it, or it fails, a later change does it.
pub(crate) async fn cut_log(writer: &mut Writer) {
    let is_long = std::fs::metadata(&writer.log).is_ok_and(|file| file.len() > MAX_LOG_BYTES);
    if !is_long {
        return;
    }
    match truncate(&mut writer.conn).await {
        Ok(true) => {}
        Ok(false) => tracing::info!("the log stays long: somebody still reads from it"),
        Err(error) => tracing::warn!("the log stays long: {error}"),
    }
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
