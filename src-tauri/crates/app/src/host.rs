//! What the use cases need from outside: a clock, ids, dialogs, somebody who listens, and a place for keys.
//!
//! The shell gives real ones, tests give fixed ones. Nothing else in this crate reads the clock or
//! makes random numbers.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use uuid::Uuid;
use yeji_report::chart::Lang;

use crate::api::{Changed, Message, Progress};
use crate::error::Result as AppResult;
use crate::keys::{Cost, KeyError, Secret};

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
    /// A backup to restore.
    async fn pick_backup(&self) -> Option<PathBuf> {
        None
    }
    /// A mapping (TOML) to keep.
    async fn pick_mapping(&self) -> Option<PathBuf> {
        None
    }
    /// A file that was sent back from a personal file.
    async fn pick_return(&self) -> Option<PathBuf> {
        None
    }
    /// A workbook or CSV file.
    async fn pick_sheet(&self) -> Option<PathBuf> {
        None
    }
    /// A file to write.
    async fn save_file(&self, suggested_name: &str) -> Option<PathBuf>;
    /// Something changed in the store.
    fn changed(&self, changed: Changed);
    /// A message in words, for what is written into files.
    fn say(&self, message: &Message) -> String;
    /// The same in a language that was chosen for the file.
    fn say_in(&self, message: &Message, lang: Lang) -> String;
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
    fn say(&self, message: &Message) -> String {
        message.code.clone()
    }
    fn say_in(&self, message: &Message, _: Lang) -> String {
        message.code.clone()
    }
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
    /// Drops the secret of a name; none there is none to drop.
    ///
    /// # Errors
    /// [`SecretsError`] when no keyring service answers.
    fn remove(&self, name: &str) -> Result<(), SecretsError>;
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

    fn remove(&self, _: &str) -> Result<(), SecretsError> {
        Err(SecretsError("none is used here".to_owned()))
    }
}

/// Random numbers for keys, salts and codes.
pub trait Random: Send + Sync + std::fmt::Debug {
    /// Fills the bytes.
    ///
    /// # Errors
    /// [`KeyError::NoRandom`] when the system has none.
    fn fill(&self, bytes: &mut [u8]) -> Result<(), KeyError>;
}

/// Who tells a passphrase where the keyring does not have the key.
pub trait Ask: Send + Sync + std::fmt::Debug {
    /// What came with the command: a file or the environment. Used for opening and for making.
    ///
    /// # Errors
    /// When the file cannot be read.
    fn given(&self) -> AppResult<Option<Secret>>;
    /// What came with the command for a file that has a passphrase of its own.
    ///
    /// # Errors
    /// When it cannot be read.
    fn given_for_file(&self) -> AppResult<Option<Secret>> {
        Ok(None)
    }
    /// Asks for the passphrase or recovery code of the store in a folder; None: nobody is there.
    ///
    /// # Errors
    /// When the terminal is gone.
    fn passphrase(&self, dir: &Path) -> AppResult<Option<Secret>>;
    /// Asks for the passphrase of a new store, twice; None: nobody is there.
    ///
    /// # Errors
    /// When the terminal is gone, or the two differ.
    fn new_passphrase(&self, dir: &Path) -> AppResult<Option<Secret>>;
    /// Says that what was typed does not open the store, before asking again.
    fn wrong(&self, error: &KeyError);
}

/// Nobody: the window asks by itself, tests ask nobody.
#[derive(Debug, Clone, Copy, Default)]
pub struct NobodyToAsk;

impl Ask for NobodyToAsk {
    fn given(&self) -> AppResult<Option<Secret>> {
        Ok(None)
    }
    fn passphrase(&self, _: &Path) -> AppResult<Option<Secret>> {
        Ok(None)
    }
    fn new_passphrase(&self, _: &Path) -> AppResult<Option<Secret>> {
        Ok(None)
    }
    fn wrong(&self, _: &KeyError) {}
}

/// How stores are opened and made.
#[derive(Debug, Clone)]
pub struct Opening {
    /// For keys, salts and codes.
    pub random: Arc<dyn Random>,
    /// For passphrases.
    pub ask: Arc<dyn Ask>,
    /// What trying a passphrase costs.
    pub cost: Cost,
    /// A new store is made without encryption: somebody asked for it in so many words.
    pub plain: bool,
    /// The program's own folder, for what belongs to no store: the list of stores opened before.
    pub own_folder: Option<PathBuf>,
}

/// Receives progress; the window forwards it, the command line draws a bar.
pub type OnProgress<'a> = &'a (dyn Fn(Progress) + Send + Sync);

/// For callers that do not care.
pub fn no_progress(_: Progress) {}
