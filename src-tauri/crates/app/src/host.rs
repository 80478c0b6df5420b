//! What the use cases need from outside: a clock, ids, dialogs, somebody who listens, and a place for keys.
//!
//! The shell gives real ones, tests give fixed ones. Nothing else in this crate reads the clock or
//! makes random numbers.

use std::path::PathBuf;

use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use uuid::Uuid;

use crate::api::{Changed, Progress};

/// Time and ids.
pub trait Clock: Send + Sync + std::fmt::Debug {
    /// Now.
    fn now(&self) -> DateTime<Utc>;
    /// Today, where the user is.
    fn today(&self) -> NaiveDate;
    /// An instant on the clock of the place where the user is.
    fn local(&self, at: DateTime<Utc>) -> NaiveDateTime;
    /// A new `UUIDv7`.
    fn new_id(&self) -> Uuid;
}

/// Dialogs and events. The command line answers every dialog with nothing.
#[async_trait]
pub trait Host: Send + Sync + std::fmt::Debug {
    /// Files to read; empty when the dialog was closed.
    async fn pick_files(&self) -> Vec<PathBuf>;
    /// A folder to read from or write to.
    async fn pick_folder(&self) -> Option<PathBuf>;
    /// A file to write.
    async fn save_file(&self, suggested_name: &str) -> Option<PathBuf>;
    /// Something changed in the store.
    fn changed(&self, changed: Changed);
}

/// Nobody at a screen: for the command line.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoWindow;

#[async_trait]
impl Host for NoWindow {
    async fn pick_files(&self) -> Vec<PathBuf> {
        Vec::new()
    }
    async fn pick_folder(&self) -> Option<PathBuf> {
        None
    }
    async fn save_file(&self, _: &str) -> Option<PathBuf> {
        None
    }
    fn changed(&self, _: Changed) {}
}

/// Where the key of the store is kept. The shell uses the system's keyring.
pub trait Secrets: Send + Sync + std::fmt::Debug {
    /// The secret of a name; None if there is none under it.
    ///
    /// # Errors
    /// [`SecretsError`] when no keyring service answers.
    fn get(&self, name: &str) -> Result<Option<[u8; 32]>, SecretsError>;
    /// Keeps a secret under a name.
    ///
    /// # Errors
    /// [`SecretsError`] when no keyring service answers.
    fn set(&self, name: &str, secret: &[u8; 32]) -> Result<(), SecretsError>;
}

/// No keyring service, or it refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the system's keyring does not answer: {0}")]
pub struct SecretsError(pub String);

/// No place for keys: for tests, benchmarks and stores that go away.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoKeyring;

impl Secrets for NoKeyring {
    fn get(&self, _: &str) -> Result<Option<[u8; 32]>, SecretsError> {
        Err(SecretsError("none is used here".to_owned()))
    }

    fn set(&self, _: &str, _: &[u8; 32]) -> Result<(), SecretsError> {
        Err(SecretsError("none is used here".to_owned()))
    }
}

/// Receives progress; the window forwards it, the command line draws a bar.
pub type OnProgress<'a> = &'a (dyn Fn(Progress) + Send + Sync);

/// For callers that do not care.
pub fn no_progress(_: Progress) {}
