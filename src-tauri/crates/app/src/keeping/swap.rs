//! Putting a checked store in the place of the open one.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use yeji_store::{ChainHeads, Key, OpenMode, Store, Unpacked};

use super::error::KeepingError;
use crate::api::Changed;
use crate::context::{Shared, WINDOW_TOPICS};
use crate::error::{Error, Result};
use crate::keys::{Opened, OpenedBy};

/// How long reads that have begun may take to end.
const PATIENCE: Duration = Duration::from_mins(1);
const STEP: Duration = Duration::from_millis(20);

/// Whether the present store may change between the making of the one that takes its place and the swap.
#[derive(Debug, Clone)]
pub(crate) enum Meanwhile {
    /// It is replaced whatever is in it.
    Anything,
    /// The new one is its copy: the ends of both chains have to be still these, and nothing may wait for
    /// the audit log, which the new key would not read.
    Unchanged(ChainHeads),
}

impl Shared {
    /// Closes the store, puts `unpacked` in its place (the old one goes to `kept`), opens that.
    /// Whatever fails, the old store is open again, but for [`yeji_store::Error::ReplacementUnfinished`].
    pub(crate) async fn swap(
        &self,
        unpacked: Unpacked,
        kept: &str,
        key: Key,
        meanwhile: Meanwhile,
    ) -> Result<Option<PathBuf>> {
        let _one_at_a_time = self.opening.lock().await;
        let before = self.set_opened(Err(KeepingError::Busy.into()));
        let old_key = match before {
            Ok(opened) => match self.close_now(opened, meanwhile).await {
                Ok(old_key) => Some(old_key),
                Err((opened, error)) => {
                    if let Some(opened) = opened {
                        drop(self.set_opened(Ok(opened)));
                    }
                    return Err(error);
                }
            },
            Err(error) => {
                drop(self.set_opened(Err(error)));
                None
            }
        };
        let placed = unpacked.put_in_place(kept);
        let (key, outcome) = match (placed, old_key) {
            (Ok(kept), _) => (key, Ok(kept)),
            (Err(error), Some(old_key)) => (old_key, Err(error.into())),
            (Err(error), None) => return Err(error.into()),
        };
        let opened = Store::open(&self.dir(), &key, OpenMode::ReadWrite).await;
        let by = if key == Key::Plain {
            OpenedBy::Nothing
        } else {
            OpenedBy::Person
        };
        let opened = opened.map(|store| Opened {
            store: Arc::new(store),
            key,
            by,
            made: false,
        });
        drop(self.set_opened(opened.map_err(Error::from)));
        outcome
    }

    /// Closes the store at the end of the program, when what still reads it has ended.
    pub async fn close(&self) {
        let Ok(opened) = self.set_opened(Err(KeepingError::Busy.into())) else {
            return;
        };
        if let Err((_, error)) = self.close_now(opened, Meanwhile::Anything).await {
            tracing::warn!("the store was not closed: {error}");
        }
    }

    /// Waits until nobody reads the store any more, and closes it. Gives it back if it cannot be closed.
    pub(super) async fn close_now(
        &self,
        opened: Opened,
        meanwhile: Meanwhile,
    ) -> std::result::Result<Key, (Option<Opened>, Error)> {
        let mut waited = Duration::ZERO;
        while Arc::strong_count(&opened.store) > 1 {
            if waited >= PATIENCE {
                return Err((Some(opened), KeepingError::Busy.into()));
            }
            tokio::time::sleep(STEP).await;
            waited += STEP;
        }
        if let Meanwhile::Unchanged(expected) = meanwhile {
            match opened.store.chain_heads().await {
                Ok(heads) if heads == expected && !self.has_pending() => {}
                Ok(_) => return Err((Some(opened), KeepingError::Busy.into())),
                Err(error) => return Err((Some(opened), error.into())),
            }
        }
        let Opened { store, key, .. } = opened;
        match Arc::into_inner(store) {
            Some(store) => match store.close().await {
                Ok(()) => Ok(key),
                Err(error) => Err((None, error.into())),
            },
            None => Err((None, KeepingError::Busy.into())),
        }
    }

    /// Tells the window that everything may be another.
    pub(crate) fn announce_all(&self) {
        self.host.changed(Changed {
            topics: WINDOW_TOPICS.map(str::to_owned).to_vec(),
            source: self.outside.source.to_owned(),
        });
    }
}
