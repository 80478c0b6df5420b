//! How the store is encrypted, opened and locked.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::keys::Secret;

/// Whether the system's keyring opens the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum KeyringState {
    /// It has the key.
    Holds,
    /// It answers, without this key.
    Empty,
    /// The system has none.
    Absent,
}

/// What opens the store.
#[derive(Debug, Clone, Serialize, TS)]
pub struct KeyState {
    /// Whether the file is encrypted.
    pub encrypted: bool,
    /// The keyring.
    pub keyring: KeyringState,
    /// When the passphrase was set; None: there is none.
    #[ts(type = "string | null")]
    pub passphrase_since: Option<DateTime<Utc>>,
    /// When the recovery code was made; None: there is none.
    #[ts(type = "string | null")]
    pub recovery_since: Option<DateTime<Utc>>,
}

/// Makes a store where there is none.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct CreateStore {
    /// The passphrase.
    #[ts(type = "string | null")]
    pub passphrase: Option<Secret>,
    /// Without encryption; a person chose this after reading what it means.
    pub plain: bool,
}

/// Opens an encrypted store, or ends the lock.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct UnlockStore {
    /// Passphrase or recovery code.
    #[ts(type = "string")]
    pub secret: Secret,
    /// Keep the key in this computer's keyring.
    pub remember: bool,
}

/// Sets or changes the passphrase.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SetPassphrase {
    /// The present passphrase or recovery code, if there is one.
    #[ts(type = "string | null")]
    pub current: Option<Secret>,
    /// The new one.
    #[ts(type = "string")]
    pub new: Secret,
}

/// Makes a new recovery code.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct MakeRecoveryCode {
    /// The present passphrase or recovery code, if there is one.
    #[ts(type = "string | null")]
    pub current: Option<Secret>,
}

/// Gives the store to another administrator.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct HandOver {
    /// The present passphrase or recovery code, if there is one.
    #[ts(type = "string | null")]
    pub current: Option<Secret>,
    /// The passphrase of the next one.
    #[ts(type = "string")]
    pub new: Secret,
}

/// A recovery code, shown this once.
#[derive(Clone, Serialize, TS)]
pub struct RecoveryCode {
    /// In groups, to be printed.
    pub code: String,
}

impl std::fmt::Debug for RecoveryCode {
    /// Never shows the code.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("RecoveryCode(..)")
    }
}

/// When the window locks itself.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SetLock {
    /// Idle minutes, 1 to 480; None: never.
    pub minutes: Option<u32>,
}
