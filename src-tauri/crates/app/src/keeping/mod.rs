//! Keeping stores: copies that are made by themselves, restoring, several stores, and what around a
//! store may harm it.
//!
//! [`copies`] writes and rotates the automatic backups, [`restoring`] brings one back, [`swap`] puts
//! one store in the place of another while the window is open, [`stores`] switches between companies,
//! [`surroundings`] looks at clock and folder.

mod copies;
mod error;
mod restoring;
mod rotation;
mod stores;
mod surroundings;
mod swap;
#[cfg(test)]
mod tests;

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::NaiveDate;

use crate::api::Message;

pub(crate) use copies::remove_plain_backups;
pub use error::KeepingError;
pub use restoring::{PresentKey, Replaced, restore};
pub(crate) use swap::Meanwhile;

/// What the application remembers of keeping its store.
#[derive(Debug, Default)]
pub(crate) struct Keeping {
    /// The backup that a dialog named.
    picked: Mutex<Option<PathBuf>>,
    /// The day whose automatic copy was tried.
    tried: Mutex<Option<NaiveDate>>,
    /// Why the last automatic copy failed.
    failed: Arc<Mutex<Option<Message>>>,
}

impl Keeping {
    /// Forgets everything: another store is open.
    fn reset(&self) {
        *self.picked.lock().unwrap_or_else(PoisonError::into_inner) = None;
        *self.tried.lock().unwrap_or_else(PoisonError::into_inner) = None;
        *self.failed.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}
