//! Why a key does not open, or is not made.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What can go wrong with keys. None of it says anything of a secret.
#[derive(Debug, Clone, thiserror::Error)]
pub enum KeyError {
    /// There is no store yet, and nobody has said how it is to be kept.
    #[error(
        "a new store in {} needs a passphrase (this system has no keyring for its key), or the explicit choice to have none: --passphrase-file, YEJI_PASSPHRASE or --plain", .0.display()
    )]
    ChoiceNeeded(PathBuf),
    /// The store is encrypted; its passphrase or recovery code is needed.
    #[error(
        "the store in {} is encrypted: its passphrase or recovery code is needed (--passphrase-file, YEJI_PASSPHRASE)", .0.display()
    )]
    PassphraseNeeded(PathBuf),
    /// Neither the passphrase nor the recovery code.
    #[error("this is neither the passphrase nor the recovery code of {}", .0.display())]
    WrongPassphrase(PathBuf),
    /// A recovery code whose checksum is wrong.
    #[error("the recovery code has a typing error: its check letters do not fit")]
    RecoveryTypo,
    /// A right recovery code of something else, or one that a newer one has ended.
    #[error("this recovery code does not belong to {}, or a newer one has replaced it", .0.display())]
    WrongRecoveryCode(PathBuf),
    /// A passphrase that is too short.
    #[error("a passphrase has at least {min} characters")]
    PassphraseShort {
        /// Fewest characters.
        min: usize,
    },
    /// A passphrase that is too long.
    #[error("a passphrase has at most {max} bytes")]
    PassphraseLong {
        /// Most bytes.
        max: usize,
    },
    /// Two passphrases that should be the same are not.
    #[error("the two passphrases are not the same; nothing was changed")]
    PassphrasesDiffer,
    /// A change of the keys that only who knows the present ones may make.
    #[error("the present passphrase or recovery code is needed to change how the store is opened")]
    CurrentNeeded,
    /// A store without encryption has no keys to change.
    #[error("the store is not encrypted: set a passphrase to encrypt it")]
    NotEncrypted,
    /// The file of keys cannot be read.
    #[error("{}: the file of keys is damaged ({why})", path.display())]
    Broken {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        why: String,
    },
    /// The file of keys is from a newer program.
    #[error("the file of keys was written by a newer program; use that one")]
    Newer,
    /// The system gives no random numbers.
    #[error("the system gives no random numbers: {0}")]
    NoRandom(String),
    /// The keyring refused to keep or drop a key.
    #[error("the system's keyring did not take the change: {0}")]
    Keyring(String),
    /// The window is locked.
    #[error("the window is locked; unlock it first")]
    Locked,
    /// Nothing is there that could unlock the window again.
    #[error("locking needs a passphrase: set one first, or nobody could unlock the window again")]
    NothingToUnlockWith,
}

impl KeyError {
    /// All codes.
    pub const CODES: [&'static str; 16] = [
        "encryption_choice",
        "passphrase_needed",
        "wrong_passphrase",
        "recovery_typo",
        "wrong_recovery_code",
        "passphrase_short",
        "passphrase_long",
        "passphrases_differ",
        "current_passphrase_needed",
        "not_encrypted_yet",
        "key_file_broken",
        "key_file_newer",
        "no_random",
        "keyring_refused",
        "app_locked",
        "lock_needs_passphrase",
    ];

    /// Of a value whose file is told later.
    pub(super) fn broken(why: &str) -> Self {
        Self::Broken {
            path: PathBuf::new(),
            why: why.to_owned(),
        }
    }

    /// Tells where the file is.
    pub(super) fn at(self, file: &Path) -> Self {
        match self {
            Self::Broken { why, .. } => Self::Broken {
                path: file.to_owned(),
                why,
            },
            other => other,
        }
    }

    /// Closed code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::ChoiceNeeded(_) => "encryption_choice",
            Self::PassphraseNeeded(_) => "passphrase_needed",
            Self::WrongPassphrase(_) => "wrong_passphrase",
            Self::RecoveryTypo => "recovery_typo",
            Self::WrongRecoveryCode(_) => "wrong_recovery_code",
            Self::PassphraseShort { .. } => "passphrase_short",
            Self::PassphraseLong { .. } => "passphrase_long",
            Self::PassphrasesDiffer => "passphrases_differ",
            Self::CurrentNeeded => "current_passphrase_needed",
            Self::NotEncrypted => "not_encrypted_yet",
            Self::Broken { .. } => "key_file_broken",
            Self::Newer => "key_file_newer",
            Self::NoRandom(_) => "no_random",
            Self::Keyring(_) => "keyring_refused",
            Self::Locked => "app_locked",
            Self::NothingToUnlockWith => "lock_needs_passphrase",
        }
    }

    /// Values for the sentence.
    pub fn params(&self) -> BTreeMap<String, String> {
        let one = |name: &str, value: String| BTreeMap::from([(name.to_owned(), value)]);
        match self {
            Self::ChoiceNeeded(path)
            | Self::PassphraseNeeded(path)
            | Self::WrongPassphrase(path)
            | Self::WrongRecoveryCode(path) => one("path", path.display().to_string()),
            Self::PassphraseShort { min } => one("min", min.to_string()),
            Self::PassphraseLong { max } => one("max", max.to_string()),
            Self::Broken { path, why } => BTreeMap::from([
                ("path".to_owned(), path.display().to_string()),
                ("why".to_owned(), why.clone()),
            ]),
            Self::NoRandom(reason) | Self::Keyring(reason) => one("reason", reason.clone()),
            _ => BTreeMap::new(),
        }
    }

    /// Whether other input would help (exit status 2).
    pub fn is_bad_input(&self) -> bool {
        !matches!(
            self,
            Self::Broken { .. } | Self::Newer | Self::NoRandom(_) | Self::Keyring(_)
        )
    }
}
