//! Watched folders and what became of their files.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

use super::Message;
use super::data::BatchInfo;

/// How the files of a folder are taken.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields, default)]
pub struct WatchFolder {
    /// Name of a kept mapping; None: files whose columns were confirmed in an earlier import.
    pub profile: Option<String>,
    /// Source of the files; None: the usual one.
    pub source: Option<String>,
    /// Kind code of every file; None: told from the headers.
    pub kind: Option<String>,
}

/// Names a watched folder.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct WatchedFolderArgs {
    /// Which.
    #[ts(as = "String")]
    pub folder: Uuid,
}

/// Names a file of a watched folder.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct WatchedFileArgs {
    /// Which.
    #[ts(as = "String")]
    pub file: Uuid,
}

/// The watched folders with the newest of their files.
#[derive(Debug, Clone, Serialize, TS)]
pub struct WatchedList {
    /// Folders.
    pub folders: Vec<WatchedFolderInfo>,
    /// Files, newest first.
    pub files: Vec<WatchedFileInfo>,
    /// The last look of this program.
    pub looked_at: Option<DateTime<Utc>>,
    /// Seconds between two looks while the window is open.
    #[ts(type = "number")]
    pub every_seconds: u64,
}

/// A watched folder.
#[derive(Debug, Clone, Serialize, TS)]
pub struct WatchedFolderInfo {
    /// Id.
    #[ts(as = "String")]
    pub id: Uuid,
    /// Where it is.
    pub path: String,
    /// Name of the mapping.
    pub profile: Option<String>,
    /// Source of its files.
    pub source: String,
    /// Kind code of its files, where it is fixed.
    pub kind: Option<String>,
    /// Since when.
    pub since: DateTime<Utc>,
    /// Why it could not be looked into.
    pub problem: Option<Message>,
    /// Files that are still being written.
    #[ts(type = "number")]
    pub settling: u64,
}

/// A file that was met in a watched folder.
#[derive(Debug, Clone, Serialize, TS)]
pub struct WatchedFileInfo {
    /// Id.
    #[ts(as = "String")]
    pub id: Uuid,
    /// Its folder.
    #[ts(as = "String")]
    pub folder: Uuid,
    /// Name.
    pub name: String,
    /// `taken`, `nothing` (all of it was known), `waiting` (for a decision), `failed`.
    pub state: String,
    /// Why it waits or failed, what is doubtful of a taken one, or that its import was taken back.
    pub reason: Option<Message>,
    /// When that was found.
    pub at: DateTime<Utc>,
    /// The import.
    pub batch: Option<BatchInfo>,
}
