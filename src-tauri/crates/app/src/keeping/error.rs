//! Why a store is not kept, restored or opened.

use std::collections::BTreeMap;

/// What can go wrong with keeping stores, besides what the store itself says.
#[derive(Debug, Clone, thiserror::Error)]
pub enum KeepingError {
    /// Something still reads or writes the store.
    #[error("the store is in use by running work; wait for it to end or cancel it, then try again")]
    Busy,
    /// No backup was chosen.
    #[error("no backup was chosen; choose one first")]
    NothingPicked,
    /// A backup without encryption over a store that has it, without a person's word.
    #[error(
        "the backup is not encrypted, and the present store is: restoring it makes the store readable by anybody; say so with --plain"
    )]
    MakesPlain,
    /// A store of the list that is not there any more.
    #[error("there is no store in `{path}` any more")]
    StoreGone {
        /// Its folder.
        path: String,
    },
}

impl KeepingError {
    /// All codes.
    pub const CODES: [&'static str; 4] = [
        "store_busy",
        "no_backup_picked",
        "restore_makes_plain",
        "store_gone",
    ];

    /// Closed code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Busy => "store_busy",
            Self::NothingPicked => "no_backup_picked",
            Self::MakesPlain => "restore_makes_plain",
            Self::StoreGone { .. } => "store_gone",
        }
    }

    /// Values for the sentence.
    pub fn params(&self) -> BTreeMap<String, String> {
        match self {
            Self::StoreGone { path } => BTreeMap::from([("path".to_owned(), path.clone())]),
            _ => BTreeMap::new(),
        }
    }

    /// Whether other input would help (exit status 2).
    pub fn is_bad_input(&self) -> bool {
        !matches!(self, Self::Busy)
    }
}
