//! What can go wrong with the store, with the place and the values in it.

use std::path::PathBuf;

use uuid::Uuid;
use yeji_core::Currency;
use yeji_core::ids::{BatchId, ChangeId};

use crate::Entity;

/// Result of this crate.
pub type Result<T> = std::result::Result<T, Error>;

/// A refusal or failure of the store. Whatever it is, nothing of the change in question was kept,
/// but for [`Error::CommitUncertain`] and [`Error::ReplacementUnfinished`].
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// `open` without a store there.
    #[error("there is no store in {}", .0.display())]
    Absent(PathBuf),
    /// `create` where the copies or the log of a store are, and its database is gone.
    #[error("the database of {} is gone, its backups are there", .0.display())]
    Missing(PathBuf),
    /// `create` where a store is.
    #[error("there is a store in {} already", .0.display())]
    AlreadyThere(PathBuf),
    /// Another process holds the writer.
    #[error("the store is open for writing in another program ({holder})")]
    HeldByAnother {
        /// Program and process id, as the holder wrote them.
        holder: String,
    },
    /// A write on a store that was opened read-only.
    #[error("the store was opened for reading only")]
    ReadOnly,
    /// Made by a newer program; it was not touched.
    #[error(
        "the store has schema version {found}, this program knows up to {known}; use the newer program"
    )]
    NewerStore {
        /// Version in the file.
        found: i64,
        /// Newest version that this program knows.
        known: i64,
    },
    /// A read-only opening of a store that must be migrated first.
    #[error(
        "the store has schema version {found} and must be brought to {known}: open it once for writing"
    )]
    OlderStore {
        /// Version in the file.
        found: i64,
        /// Version that this program needs.
        known: i64,
    },
    /// The file is no store of this product, or it is damaged beyond reading; it was not touched.
    #[error("{} is not a store ({why}); it was left as it is", path.display())]
    NotAStore {
        /// The file.
        path: PathBuf,
        /// What was seen.
        why: String,
    },
    /// Some of the file's pages do not hold what they should; it was not opened for writing.
    #[error("{} is damaged: {what}", path.display())]
    DamagedPages {
        /// The file.
        path: PathBuf,
        /// What SQLite found first.
        what: String,
    },
    /// The key does not open the file; it was not touched.
    #[error("the key does not open {}", .0.display())]
    WrongKey(PathBuf),
    /// The file is encrypted (or no database at all) and no key was given.
    #[error("{} is encrypted: a key is needed", .0.display())]
    KeyNeeded(PathBuf),
    /// A key was given for a store that is not encrypted.
    #[error("{} is not encrypted, but a key was given", .0.display())]
    NotEncrypted(PathBuf),
    /// A file that must not be overwritten.
    #[error("{} exists already and is not overwritten", .0.display())]
    FileExists(PathBuf),
    /// A written backup did not pass its check and was removed.
    #[error("the backup did not pass its check: {0}")]
    BackupFailed(String),
    /// The copy before a migration could not be written; the store was not migrated.
    #[error("the store must be brought to a newer version, but the backup before it failed: {0}")]
    NoBackupBeforeMigration(Box<Error>),
    /// No backup of this product, or one that is cut off or was changed.
    #[error("{} is not a whole backup ({why})", path.display())]
    NotABackup {
        /// The file.
        path: PathBuf,
        /// What was seen.
        why: BackupFault,
    },
    /// A backup whose content does not agree with itself; nothing was replaced.
    #[error("the store in the backup is not sound: {check}: {place}: {what}")]
    UnsoundBackup {
        /// Which check of [`crate::Store::verify`].
        check: &'static str,
        /// Where.
        place: String,
        /// What.
        what: String,
    },
    /// The store that was to take another's place is not whole any more (removed, or its last pages
    /// were not written); nothing was replaced.
    #[error("the new store in {} is not whole; nothing was replaced", .0.display())]
    IncomingNotWhole(PathBuf),
    /// The disk failed while one store took another's place, and again while that was taken back.
    /// Both are there; the next opening finishes it.
    #[error("the replacement that {} describes was interrupted: {why}", path.display())]
    ReplacementUnfinished {
        /// The note.
        path: PathBuf,
        /// What failed.
        why: String,
    },
    /// A row refers to one that does not exist.
    #[error("{entity} {id} refers to a {refers_to} that does not exist")]
    MissingReference {
        /// Table of the row.
        entity: String,
        /// The row.
        id: String,
        /// Table of what is missing.
        refers_to: String,
    },
    /// Two rows with one identity.
    #[error("{entity}: two rows with the same identity ({columns})")]
    Duplicate {
        /// Table.
        entity: String,
        /// The columns that must be unique together.
        columns: String,
    },
    /// Deletion of a row that is not there.
    #[error("{entity} {id} is not in the store")]
    NoSuchRow {
        /// Table.
        entity: Entity,
        /// The id.
        id: Uuid,
    },
    /// A change that was applied before.
    #[error("the change {0} was applied already")]
    AppliedAlready(ChangeId),
    /// A batch that is not there.
    #[error("there is no import batch {0}")]
    NoSuchBatch(BatchId),
    /// A batch that was taken back before.
    #[error("the import batch {0} was undone already")]
    UndoneAlready(BatchId),
    /// A change that is not in the log.
    #[error("there is no change {0}")]
    NoSuchChange(ChangeId),
    /// A change that was taken back before, and not done again.
    #[error("the change {0} is taken back already")]
    TakenBackAlready(ChangeId),
    /// A change of a kind that the log cannot take back by itself.
    #[error("the change {change} ({}) cannot be taken back", kind.code())]
    CannotTakeBack {
        /// The change.
        change: ChangeId,
        /// Its kind.
        kind: crate::ChangeKind,
    },
    /// Later changes wrote rows of a change whose rows only make sense together.
    #[error("{rows} of its rows were changed later (first {entity} {id}, by change no. {by:?})")]
    LaterWork {
        /// Table of the first.
        entity: Entity,
        /// The first.
        id: Uuid,
        /// How many.
        rows: u64,
        /// Number of the newest change of the first.
        by: Option<i64>,
    },
    /// All rows of a change were changed later, or are held by others.
    #[error(
        "nothing of the change {change} can be taken back: {kept} rows were changed later or are in use"
    )]
    NothingToTakeBack {
        /// The change.
        change: ChangeId,
        /// Rows that stay.
        kept: u64,
    },
    /// A text that is no head of a chain.
    #[error("`{0}` is no head of the audit log, as in 12-3f9a2c41b7d0")]
    NotAHead(String),
    /// Amounts of a second currency. One store sums amounts of one currency.
    #[error("the store's deals are in {store}; {given} cannot be added to them (opportunity {id})")]
    MixedCurrencies {
        /// Currency of what is there.
        store: Currency,
        /// Currency of the new amount.
        given: Currency,
        /// The deal.
        id: Uuid,
    },
    /// A sum outside the range that is kept exactly.
    #[error("a sum of {0} is outside the range that is kept exactly")]
    Overflow(&'static str),
    /// A value in the file that the program cannot read.
    #[error("{place}: {value} cannot be read ({why})")]
    Unreadable {
        /// Table and column.
        place: String,
        /// The value, shortened.
        value: String,
        /// What was expected.
        why: String,
    },
    /// A query whose limits make no sense.
    #[error("{0}")]
    BadQuery(String),
    /// A transaction that was given up after an earlier failure.
    #[error("the change was given up after an earlier failure; nothing of it was kept")]
    Abandoned,
    /// The disk failed while the change was made final. All of it is written, but whether the disk
    /// kept it shows when the store is opened again: then all of it is there, or nothing
    /// (<https://www.sqlite.org/atomiccommit.html>, 9.2).
    #[error("the disk failed while the change was made final: {0}")]
    CommitUncertain(#[source] sqlx::Error),
    /// An invalid value of the vocabulary.
    #[error(transparent)]
    Core(#[from] yeji_core::Error),
    /// The operating system refused.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// Its reason.
        source: std::io::Error,
    },
    /// SQLite refused (full disk, damaged file, ...).
    #[error("the store failed: {0}")]
    Sql(#[from] sqlx::Error),
    /// A document that is not JSON.
    #[error("a document of the store cannot be read: {0}")]
    Json(#[from] serde_json::Error),
}

/// Why a file is no backup that can be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BackupFault {
    /// It does not end as a backup does: another kind of file, or cut off.
    #[error("its end is missing: it is cut off or another kind of file")]
    NoEnd,
    /// Its hash is another: a byte was changed since it was written.
    #[error("it was changed or damaged after it was written")]
    Changed,
    /// Made by a newer program.
    #[error("a newer program wrote it")]
    Newer,
}

impl BackupFault {
    /// The code, for words in other languages.
    pub fn code(self) -> &'static str {
        match self {
            Self::NoEnd => "no_end",
            Self::Changed => "changed",
            Self::Newer => "newer",
        }
    }
}

impl Error {
    /// An I/O error with its place.
    pub(crate) fn io(path: &std::path::Path) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Io { path, source }
    }

    /// Pages of the file do not hold what they should (SQLite's CORRUPT and NOTADB).
    pub fn is_damage(&self) -> bool {
        match self {
            Self::Sql(error) => matches!(Self::sqlite_code(error), Some(11 | 26)),
            Self::DamagedPages { .. } => true,
            _ => false,
        }
    }

    /// No room is left on the disk (SQLite's FULL, or the system's own word).
    pub fn is_disk_full(&self) -> bool {
        match self {
            Self::Sql(error) => Self::sqlite_code(error) == Some(13),
            Self::Io { source, .. } => source.kind() == std::io::ErrorKind::StorageFull,
            _ => false,
        }
    }

    /// What a failed `COMMIT` was.
    pub(crate) fn of_commit(error: sqlx::Error) -> Self {
        /// SQLite's IOERR.
        const IO_ERROR: i32 = 10;
        if Self::sqlite_code(&error) == Some(IO_ERROR) {
            Self::CommitUncertain(error)
        } else {
            Self::Sql(error)
        }
    }

    /// The folder or disk takes no writes (SQLite's READONLY and PERM, or the system's own word).
    pub fn is_read_only_place(&self) -> bool {
        match self {
            Self::Sql(error) => matches!(Self::sqlite_code(error), Some(3 | 8)),
            Self::Io { source, .. } => matches!(
                source.kind(),
                std::io::ErrorKind::ReadOnlyFilesystem | std::io::ErrorKind::PermissionDenied
            ),
            _ => false,
        }
    }

    /// Primary result code of SQLite, if this is one of its errors.
    pub(crate) fn sqlite_code(error: &sqlx::Error) -> Option<i32> {
        let code: i32 = error.as_database_error()?.code()?.parse().ok()?;
        Some(code & 0xff)
    }
}
