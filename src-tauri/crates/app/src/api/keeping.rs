//! Backups, restoring, several stores.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Message;
use crate::keys::Secret;

/// Copies that are made by themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct BackupSettings {
    /// One a day, before the first change.
    pub daily: bool,
    /// Days that stay, 1 to 60.
    pub days: u32,
    /// Of the time before, weeks of which one stays, 0 to 104.
    pub weeks: u32,
}

impl Default for BackupSettings {
    fn default() -> Self {
        Self {
            daily: true,
            days: 7,
            weeks: 4,
        }
    }
}

/// The automatic backups.
#[derive(Debug, Clone, Serialize, TS)]
pub struct BackupState {
    /// What is set.
    pub settings: BackupSettings,
    /// Where they lie.
    pub folder: String,
    /// Day of the newest one.
    pub newest: Option<NaiveDate>,
    /// How many there are.
    #[ts(type = "number")]
    pub count: usize,
    /// Why the last one failed.
    pub failed: Option<Message>,
}

/// A backup that a person chose.
#[derive(Debug, Clone, Serialize, TS)]
pub struct PickedBackup {
    /// The file.
    pub file: String,
    /// Whether it is encrypted.
    pub encrypted: bool,
    /// Whether its passphrase or recovery code has to be typed.
    pub needs_secret: bool,
    /// Whether it would make a store readable by anybody that is encrypted now.
    pub makes_plain: bool,
}

/// Restores the chosen backup.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RestoreStore {
    /// Passphrase or recovery code of the backup, where it is needed.
    #[ts(type = "string | null")]
    pub secret: Option<Secret>,
    /// A person's word that the store may become readable by anybody.
    #[serde(default)]
    pub plain: bool,
    /// A person's word that whosever file it is takes the place of what is there.
    #[serde(default)]
    pub replace: bool,
}

/// What was restored.
#[derive(Debug, Clone, Serialize, TS)]
pub struct RestoredStore {
    /// Folder with what was there before; None: nothing was.
    pub kept: Option<String>,
    /// When the restored store was changed last.
    #[ts(type = "string | null")]
    pub last_change: Option<DateTime<Utc>>,
    /// Opportunities in it.
    #[ts(type = "number")]
    pub deals: u64,
    /// What opens it from now on; None: it is not encrypted.
    pub keys: Option<RestoredKeys>,
}

/// What opens a restored store.
#[derive(Debug, Clone, Serialize, TS)]
pub struct RestoredKeys {
    /// What opened the store before still does, because the backup is of the same store; else what opened
    /// the backup does.
    pub stayed: bool,
    /// When its passphrase was set; None: it has none.
    #[ts(type = "string | null")]
    pub passphrase_since: Option<DateTime<Utc>>,
    /// When its recovery code was made; None: it has none.
    #[ts(type = "string | null")]
    pub recovery_since: Option<DateTime<Utc>>,
}

/// A store that was open before.
#[derive(Debug, Clone, Serialize, TS)]
pub struct KnownStore {
    /// Its folder.
    pub path: String,
    /// The folder's name.
    pub name: String,
    /// It is the one that is shown.
    pub present: bool,
    /// A store is still there.
    pub exists: bool,
    /// When it was opened last; None for the present one.
    #[ts(type = "string | null")]
    pub opened_at: Option<DateTime<Utc>>,
}

/// Opens another store of the list.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SwitchStore {
    /// As the list has it.
    pub path: String,
}
