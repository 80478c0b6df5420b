//! Accounts of people who use a store, and their roles.

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::ids::{AccountId, PersonId, PersonalFileId};

/// What an account may do; the application layer says which rights a role has.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema, TS,
)]
#[serde(rename_all = "snake_case")]
// A chart has roles too.
#[ts(rename = "AccountRole")]
pub enum Role {
    /// Human resources, who administer the store.
    Hr,
    /// Leads a unit.
    Manager,
    /// Sells.
    Sales,
    /// Reads everything, changes nothing.
    Auditor,
}

impl Role {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Hr, Self::Manager, Self::Sales, Self::Auditor];

    /// The code in store and commands.
    pub fn code(self) -> &'static str {
        match self {
            Self::Hr => "hr",
            Self::Manager => "manager",
            Self::Sales => "sales",
            Self::Auditor => "auditor",
        }
    }

    /// Whether such an account has to belong to a person: what it sees depends on who that is.
    pub fn is_somebody(self) -> bool {
        matches!(self, Self::Manager | Self::Sales)
    }
}

impl std::str::FromStr for Role {
    type Err = crate::Error;

    fn from_str(text: &str) -> crate::Result<Self> {
        Self::ALL
            .into_iter()
            .find(|role| role.code() == text)
            .ok_or_else(|| crate::Error::Unknown {
                what: "role",
                value: text.chars().take(64).collect(),
            })
    }
}

/// Somebody who may sign in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserAccount {
    /// Stable id.
    pub id: AccountId,
    /// What is typed to sign in; unique whatever its case.
    pub name: String,
    /// What it may do.
    pub role: Role,
    /// Whose it is, where it belongs to a person of the organisation.
    pub person: Option<PersonId>,
    /// The password under argon2, a PHC string.
    pub password_hash: String,
    /// Whether it may no longer sign in. Accounts are never deleted: the history names them.
    pub disabled: bool,
    /// Wrong passwords since the last good one.
    pub failures: u32,
    /// When the last wrong one was given.
    pub failed_at: Option<DateTime<Utc>>,
}

/// A file with what one person may see, which was handed out. The company's store remembers it, to know
/// what comes back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonalFile {
    /// Stable id, also in the file.
    pub id: PersonalFileId,
    /// Whose.
    pub person: PersonId,
    /// As what they see it.
    pub role: Role,
    /// When it was made.
    pub exported_at: DateTime<Utc>,
    /// What encrypts the file that comes back. Only the two stores have it.
    pub return_key: ReturnKey,
}

/// A key as hexadecimal text; shown nowhere.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ReturnKey(pub String);

impl std::fmt::Debug for ReturnKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ReturnKey(..)")
    }
}
