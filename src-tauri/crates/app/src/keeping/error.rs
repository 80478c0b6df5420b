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
    /// A personal file over other data, or over one with entries that were not sent back, without a
    /// person's word.
    #[error(
        "{}{}; say so with --yes",
        whose.as_ref().map_or_else(String::new, |(name, company)| format!(
            "this is the personal file of {name} of {company}; it takes the place of the data that is here"
        )),
        if *unsent > 0 { format!(" (entries that were not sent back: {unsent})") } else { String::new() }
    )]
    Asks {
        /// The person and the company of the file that is restored.
        whose: Option<(String, String)>,
        /// Entries in the present store that HR has not got.
        unsent: usize,
    },
    /// A store of the list that is not there any more.
    #[error("there is no store in `{path}` any more")]
    StoreGone {
        /// Its folder.
        path: String,
    },
}

impl KeepingError {
    /// All codes.
    pub const CODES: [&'static str; 5] = [
        "store_busy",
        "no_backup_picked",
        "restore_makes_plain",
        "restore_asks",
        "store_gone",
    ];

    /// Closed code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Busy => "store_busy",
            Self::NothingPicked => "no_backup_picked",
            Self::MakesPlain => "restore_makes_plain",
            Self::Asks { .. } => "restore_asks",
            Self::StoreGone { .. } => "store_gone",
        }
    }

    /// Values for the sentence.
    pub fn params(&self) -> BTreeMap<String, String> {
        match self {
            Self::StoreGone { path } => BTreeMap::from([("path".to_owned(), path.clone())]),
            Self::Asks { whose, unsent } => {
                let mut params = BTreeMap::new();
                if let Some((name, company)) = whose {
                    params.insert("name".to_owned(), name.clone());
                    params.insert("company".to_owned(), company.clone());
                }
                if *unsent > 0 {
                    params.insert("count".to_owned(), unsent.to_string());
                }
                params
            }
            _ => BTreeMap::new(),
        }
    }

    /// Whether other input would help (exit status 2).
    pub fn is_bad_input(&self) -> bool {
        !matches!(self, Self::Busy)
    }
}
