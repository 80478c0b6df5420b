//! A small page cache for what goes through a table once: no page is met twice, and 64 MB of them
//! (`store::PRAGMAS`) would stay in memory beside what an import needs.

use sqlx::{AssertSqlSafe, SqliteConnection};

use crate::Result;

/// As SQLite counts it: below zero KiB, above zero pages.
const SMALL: i64 = -2_048;

/// Makes a connection's cache small and answers what it was, for [`set`].
pub(crate) async fn make_small(conn: &mut SqliteConnection) -> Result<i64> {
    let usual = sqlx::query_scalar("PRAGMA cache_size")
        .fetch_one(&mut *conn)
        .await?;
    set(conn, SMALL).await?;
    Ok(usual)
}

/// Sets how large a connection's cache may be. What is in it and too much goes at once, except pages that
/// are not written yet.
pub(crate) async fn set(conn: &mut SqliteConnection, size: i64) -> Result<()> {
    let sql = format!("PRAGMA cache_size = {size}");
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(conn).await?;
    Ok(())
}
