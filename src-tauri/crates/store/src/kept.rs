//! What reading keeps in memory until the store changes: the organisation and the days with data, which
//! nearly every question asks for, and the cells of the plan that was shown last.
//!
//! Every change appends to the change log in its own transaction, so its last number tells whether what is
//! kept is still true, also where another program writes.

use std::sync::{Arc, Mutex, PoisonError};

use sqlx::SqliteConnection;

use crate::{Result, Store};

/// A value that was read at a number of the change log.
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
        read: impl AsyncFnOnce(&mut SqliteConnection) -> Result<T>,
    ) -> Result<Arc<T>> {
        let now = last_change(&mut *store.reader().await?).await?;
        if let Some(value) = self.at(now) {
            return Ok(value);
        }
        // The number and the value of one state of the store.
        let mut snapshot = store.snapshot().await?;
        let seq = last_change(&mut snapshot).await?;
        let value = Arc::new(read(&mut snapshot).await?);
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *kept = Some((seq, Arc::clone(&value)));
        Ok(value)
    }

    /// The next question reads anew.
    pub(crate) fn forget(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = None;
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
