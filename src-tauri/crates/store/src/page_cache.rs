//! How many pages a connection keeps in memory. What goes through a table once meets no page twice, and
//! 64 MB of them would stay beside what an import needs.

use sqlx::{AssertSqlSafe, SqliteConnection};

use crate::Result;

/// Room for pages, in KiB below zero as SQLite counts it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(i64)]
pub(crate) enum PageCache {
    /// What every connection is opened with (`store::PRAGMAS`).
    Usual = -65_536,
    /// For rows that are appended: their own pages, and those of the few tables beside. Pages that are not
    /// written yet stay in memory while indexes are sorted: the fewer the better.
    Narrow = -24_576,
    /// For what is read or written from one end to the other.
    Small = -2_048,
}

/// Sets how large a connection's cache may be. What is in it and too much goes at once, except pages that
/// are not written yet.
pub(crate) async fn set(conn: &mut SqliteConnection, size: PageCache) -> Result<()> {
    let sql = format!("PRAGMA cache_size = {}", size as i64);
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(conn).await?;
    Ok(())
}
