//! Personal files, and what comes back from them.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use yeji_core::account::Role;
use yeji_core::ids::{BatchId, PersonId};

use super::Message;
use crate::keys::Secret;

/// Whose personal file a store is.
#[derive(Debug, Clone, Serialize, TS)]
pub struct PersonalInfo {
    /// The person.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// Their staff number, where somebody else has the name.
    pub number: Option<String>,
    /// As what they see it.
    pub role: Role,
    /// The day on which it was made.
    pub on: NaiveDate,
}

/// For whom, and what will open it.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ExportPersonalFile {
    /// The person.
    pub person: PersonId,
    /// To be handed over apart from the file.
    #[ts(type = "string")]
    pub passphrase: Secret,
}

/// A personal file that was handed out.
#[derive(Debug, Clone, Serialize, TS)]
pub struct PersonalFileRow {
    /// Its number.
    pub id: String,
    /// Whose.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// Their staff number.
    pub staff_number: Option<String>,
    /// As what they see it.
    pub role: Role,
    /// When.
    pub exported_at: DateTime<Utc>,
}

/// A personal file that was just made.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ExportedPersonalFile {
    /// Where it lies.
    pub file: String,
    /// Whose it is.
    pub handed_out: PersonalFileRow,
    /// Their staff number, where somebody else has the name.
    pub number: Option<String>,
}

/// What was written for HR.
#[derive(Debug, Clone, Serialize, TS)]
pub struct SentBack {
    /// Where it lies.
    pub file: String,
    /// How many entries.
    pub entries: u32,
}

/// What becomes of an entry that came back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ReturnState {
    /// It is taken in.
    New,
    /// It is there already.
    Known,
    /// It cannot be taken in.
    Refused,
}

/// An entry that came back.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ReturnLine {
    /// Kind of the interaction, `next_step` or `feedback`.
    pub what: String,
    /// The customer or deal.
    pub about: String,
    /// When, or until when.
    pub day: Option<NaiveDate>,
    /// The words.
    pub words: String,
    /// What becomes of it.
    pub state: ReturnState,
    /// Why it is refused.
    pub reason: Option<Message>,
}

/// What a file that came back holds.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ReturnPreview {
    /// Its name.
    pub file: String,
    /// From whom.
    pub name: String,
    /// Their staff number.
    pub staff_number: Option<String>,
    /// Their staff number, where somebody else has the name.
    pub number: Option<String>,
    /// As what they had the personal file.
    pub role: Role,
    /// When it was written.
    pub written_at: DateTime<Utc>,
    /// Entries that are taken in.
    pub new: u32,
    /// Entries that are there already.
    pub known: u32,
    /// Entries that cannot be taken in.
    pub refused: u32,
    /// All of them.
    pub lines: Vec<ReturnLine>,
}

/// What was taken in.
#[derive(Debug, Clone, Serialize, TS)]
pub struct TakenIn {
    /// What the file held.
    pub preview: ReturnPreview,
    /// The import; None where nothing was new.
    pub batch: Option<BatchId>,
}
