//! The schema's versions, and how a file is brought to the newest.
//!
//! Our own runner over `user_version` instead of `sqlx::migrate!`: the macro looks for `sqlx.toml`
//! (line ends) in this crate's folder, not at the workspace's root, and keeps a table with a clock
//! stamp. Here a version is a number in the file's header; carriage returns do not matter, because
//! no checksum is kept: released files are never edited (a test compares the schema's snapshot).

use sqlx::{AssertSqlSafe, Connection as _, SqliteConnection};

use crate::{Error, Result};

/// Marks the file as ours (`YEJI`), <https://www.sqlite.org/pragma.html#pragma_application_id>.
pub(crate) const APPLICATION_ID: i64 = 0x5945_4A49;

/// Version and SQL; each runs in one transaction. Additive, never edited once released.
const MIGRATIONS: &[(i64, &str)] = &[(1, include_str!("../migrations/0001_store.sql"))];

/// The newest version.
pub(crate) const KNOWN_VERSION: i64 = MIGRATIONS[MIGRATIONS.len() - 1].0;

/// Version in the file's header.
pub(crate) async fn version(conn: &mut SqliteConnection) -> Result<i64> {
    Ok(sqlx::query_scalar("PRAGMA user_version").fetch_one(conn).await?)
}

/// Brings the file from its version to the newest.
pub(crate) async fn migrate(conn: &mut SqliteConnection) -> Result<()> {
    migrate_with(conn, MIGRATIONS).await
}

async fn migrate_with(conn: &mut SqliteConnection, migrations: &[(i64, &'static str)]) -> Result<()> {
    for (number, sql) in migrations {
        let found = version(conn).await?;
        if found >= *number {
            continue;
        }
        tracing::info!(from = found, to = number, "migrating the store");
        let mut transaction = conn.begin_with("BEGIN IMMEDIATE").await?;
        sqlx::raw_sql(*sql).execute(&mut *transaction).await?;
        // Pragmas take no bound values; both are numbers of this file.
        let marks = format!("PRAGMA user_version = {number}; PRAGMA application_id = {APPLICATION_ID};");
        sqlx::raw_sql(AssertSqlSafe(marks)).execute(&mut *transaction).await?;
        transaction.commit().await?;
    }
    Ok(())
}

/// Refuses what this program must not touch.
pub(crate) fn check_version(found: i64) -> Result<()> {
    if found > KNOWN_VERSION {
        return Err(Error::NewerStore { found, known: KNOWN_VERSION });
    }
    Ok(())
}
