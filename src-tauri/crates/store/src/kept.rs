//! What reading keeps in memory until it changes: the organisation and the days with data, which nearly every
//! question asks for. (The cells of plans are kept likewise, `queries/goal_matrix.rs`.)
//!
//! Every change appends to the change log in its own transaction, so its last number tells whether what is
//! kept is still true, also where another program writes. A change of the organisation notes its number apart:
//! ten thousand people need not be read again after every edit of a goal.

use std::sync::{Arc, Mutex, PoisonError};

use sqlx::SqliteConnection;

use crate::{Result, Store};

/// A value that was read at a number of a change.
#[derive(Debug)]
pub(crate) struct Kept<T>(Mutex<Option<(i64, Arc<T>)>>);

impl<T> Default for Kept<T> {
    fn default() -> Self {
        Self(Mutex::new(None))
    }
}

impl<T> Kept<T> {
    /// The value as it is now: what is kept, or read anew after a change.
    pub(crate) async fn get(
        &self,
        store: &Store,
        version: impl AsyncFn(&mut SqliteConnection) -> Result<i64>,
        read: impl AsyncFnOnce(&mut SqliteConnection) -> Result<T>,
    ) -> Result<Arc<T>> {
        let now = version(&mut *store.reader().await?).await?;
        if let Some(value) = self.at(now) {
            return Ok(value);
        }
        // The number and the value of one state of the store.
        let mut snapshot = store.snapshot().await?;
        let seq = version(&mut snapshot).await?;
        let value = Arc::new(read(&mut snapshot).await?);
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *kept = Some((seq, Arc::clone(&value)));
        Ok(value)
    }

    fn at(&self, seq: i64) -> Option<Arc<T>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (of, value) = kept.as_ref()?;
        (*of == seq).then(|| Arc::clone(value))
    }
}

pub(crate) async fn last_change(conn: &mut SqliteConnection) -> Result<i64> {
    let seq = sqlx::query_scalar("SELECT coalesce(max(seq), 0) FROM change_log");
    Ok(seq.fetch_one(conn).await?)
}

/// The last change of units, people or memberships; 0: none since this is noted.
pub(crate) async fn last_organisation(conn: &mut SqliteConnection) -> Result<i64> {
    let sql =
        "SELECT coalesce(max(CAST(value AS INTEGER)), 0) FROM meta WHERE key = 'organisation_seq'";
    Ok(sqlx::query_scalar(sql).fetch_one(conn).await?)
}

/// A change of units, people or memberships.
pub(crate) async fn note_organisation(conn: &mut SqliteConnection, seq: i64) -> Result<()> {
    sqlx::query("INSERT OR REPLACE INTO meta (key, value) VALUES ('organisation_seq', ?)")
        .bind(seq.to_string())
        .execute(conn)
        .await?;
    Ok(())
}
