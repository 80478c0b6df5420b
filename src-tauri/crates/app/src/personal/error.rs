//! Why a personal file is not made, or what comes back is not taken in.

use std::collections::BTreeMap;
use std::path::PathBuf;

/// What can go wrong with personal files and what comes back from them.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PersonalError {
    /// The store is a company's, not a personal file.
    #[error("this is not a personal file: there is nothing to send back from it")]
    NotPersonal,
    /// The store says that it is a personal file in a form that this program does not know.
    #[error("this personal file was made by a newer program; use that one")]
    NewerOwner,
    /// Nothing was entered yet.
    #[error("nothing was entered here yet, so there is nothing to send back")]
    NothingEntered,
    /// The deal has no customer to note anything of.
    #[error("the deal `{deal}` has no customer, so no interaction can be noted")]
    NoCustomer {
        /// The deal.
        deal: String,
    },
    /// The file is none that comes back.
    #[error("{}: not a file that was sent back from a personal file", .0.display())]
    NotAReturn(PathBuf),
    /// The file is a backup or a personal file itself.
    #[error("{}: a whole store, not what was sent back from a personal file", .0.display())]
    WholeStore(PathBuf),
    /// It was written by a newer program.
    #[error("{}: written by a newer program; update this one", .0.display())]
    Newer(PathBuf),
    /// It was cut off, or changed by somebody.
    #[error("{}: cut off or changed since it was written; nothing was taken in", .0.display())]
    Damaged(PathBuf),
    /// It is larger than any that the program writes.
    #[error("{}: larger than {limit_mib} MiB; nothing was taken in", path.display())]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// The limit.
        limit_mib: u64,
    },
    /// No personal file of this store has this number.
    #[error("{}: comes from a personal file that this store has not made", .0.display())]
    Unknown(PathBuf),
    /// What is in it is somebody else's than the file was made for.
    #[error("{}: holds entries of another person than the file was made for", .0.display())]
    OtherPerson(PathBuf),
    /// No file was chosen.
    #[error("no file was chosen; choose one first")]
    NothingPicked,
}

impl PersonalError {
    /// All codes.
    pub const CODES: [&'static str; 12] = [
        "not_a_personal_file",
        "personal_file_newer",
        "nothing_entered",
        "deal_without_customer",
        "not_a_return",
        "return_is_a_store",
        "return_newer",
        "return_damaged",
        "return_too_large",
        "return_unknown",
        "return_other_person",
        "no_return_picked",
    ];

    /// Closed code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotPersonal => "not_a_personal_file",
            Self::NewerOwner => "personal_file_newer",
            Self::NothingEntered => "nothing_entered",
            Self::NoCustomer { .. } => "deal_without_customer",
            Self::NotAReturn(_) => "not_a_return",
            Self::WholeStore(_) => "return_is_a_store",
            Self::Newer(_) => "return_newer",
            Self::Damaged(_) => "return_damaged",
            Self::TooLarge { .. } => "return_too_large",
            Self::Unknown(_) => "return_unknown",
            Self::OtherPerson(_) => "return_other_person",
            Self::NothingPicked => "no_return_picked",
        }
    }

    /// Values for the sentence.
    pub fn params(&self) -> BTreeMap<String, String> {
        let pairs: Vec<(&str, String)> = match self {
            Self::NoCustomer { deal } => vec![("deal", deal.clone())],
            Self::NotAReturn(path)
            | Self::WholeStore(path)
            | Self::Newer(path)
            | Self::Damaged(path)
            | Self::Unknown(path)
            | Self::OtherPerson(path) => vec![("path", path.display().to_string())],
            Self::TooLarge { path, limit_mib } => vec![
                ("path", path.display().to_string()),
                ("limit", limit_mib.to_string()),
            ],
            Self::NotPersonal | Self::NewerOwner | Self::NothingEntered | Self::NothingPicked => {
                Vec::new()
            }
        };
        let pairs = pairs.into_iter();
        pairs
            .map(|(name, value)| (name.to_owned(), value))
            .collect()
    }
}
