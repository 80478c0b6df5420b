//! Opening the store: the lock, the key, the writer and the read-only connections.

use std::fmt;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use sqlx::pool::PoolConnection;
use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};
use sqlx::{Connection as _, Sqlite, SqliteConnection, SqlitePool, Transaction};
use tokio::sync::{Mutex, OwnedMutexGuard};
use yeji_core::org::Organisation;

use crate::container::COMPANIONS;
use crate::durable::rename_durably;
use crate::kept::Kept;
use crate::key::probe_file;
use crate::lock::WriterLock;
use crate::page_cache::{self, PageCache};
use crate::queries::goal_matrix::KeptMatrices;
use crate::queries::goal_sums::GoalSums;
use crate::queries::people_months::PeopleMonths;
use crate::schema::{self, KNOWN_VERSION};
use crate::{DataSpan, Error, Key, Probe, Result, backup, replace};

/// The database in the store's folder.
pub(crate) const DATABASE_FILE: &str = "yeji.db";
/// Its log, which holds a part of it until it is written back.
pub(crate) const LOG_FILE: &str = "yeji.db-wal";
/// Where a new database is made before it gets its name, so that a crash leaves no half of one.
const NEW_DATABASE_FILE: &str = "yeji.db.new";
/// A file up to this size is looked through before it is opened for writing.
const MAX_CHECKED_BYTES: u64 = 64 << 20;
/// Connections that read at once; a dashboard asks about six questions together.
const MAX_READERS: u32 = 4;
/// Rows that a connection's thread may be ahead of its reader. With sqlx's 50 the two threads wake
/// each other all the time while a bonus run reads a quarter's deals.
const ROWS_IN_FLIGHT: usize = 2_048;
/// How long closing waits for the log of a large change, which is being written back.
const MAX_CLOSING: Duration = Duration::from_secs(30);
/// SQLCipher writes whole pages, so an encrypted file's length is a multiple of this.
const PAGE_BYTES: u64 = 4_096;

/// Set on every connection, after the key and before the first page is read. The cipher's log goes
/// first: at a wrong key it would print on standard error. 64 MB of pages: a list of a year's deals reads
/// them twice, and deciphering is what takes time (decision 0014).
pub(crate) const PRAGMAS: &str = "PRAGMA cipher_log_level = NONE;
    PRAGMA trusted_schema = OFF;
    PRAGMA cell_size_check = ON;
    PRAGMA temp_store = MEMORY;
    PRAGMA mmap_size = 0;
    PRAGMA cache_size = -65536;";

/// Set on the writer. `fullfsync` matters on macOS, where `fsync` leaves data in the drive's cache.
/// What [`crate::log_file`] could not cut yet is cut to 64 MB by the next checkpoint. Ids and dates come
/// in order, so the pages that an import is writing to fit into the same 64 MB, also where the indexes do
/// not.
const WRITER_PRAGMAS: &str = "PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA foreign_keys = ON;
    PRAGMA fullfsync = ON;
    PRAGMA checkpoint_fullfsync = ON;
    PRAGMA journal_size_limit = 67108864;";

/// Whether the store may be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OpenMode {
    /// Holds the writer: one process at a time.
    ReadWrite,
    /// Reads, also beside a writer.
    ReadOnly,
}

/// An open store.
///
/// Call [`Store::close`] before opening the same folder again in the same process: dropping closes
/// the file too, but a moment later, on another thread.
pub struct Store {
    pub(crate) file: PathBuf,
    pub(crate) key: Key,
    readers: SqlitePool,
    writer: Option<Arc<Mutex<Writer>>>,
    pub(crate) kept_organisation: Kept<Organisation>,
    pub(crate) kept_span: Kept<DataSpan>,
    pub(crate) kept_matrices: KeptMatrices,
    pub(crate) people_months: PeopleMonths,
    pub(crate) goal_sums: GoalSums,
    /// Last field: released after the connections.
    _lock: Option<WriterLock>,
}

/// The writer once nobody else holds it, as the writing back of a long log does for seconds.
async fn alone(mut writer: Arc<Mutex<Writer>>) -> Option<Mutex<Writer>> {
    let start = Instant::now();
    loop {
        match Arc::try_unwrap(writer) {
            Ok(writer) => return Some(writer),
            Err(_) if start.elapsed() > MAX_CLOSING => return None,
            Err(shared) => writer = shared,
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

/// The one connection that writes.
pub(crate) struct Writer {
    pub conn: SqliteConnection,
    /// The write-ahead log.
    pub log: PathBuf,
    /// A transaction was begun and neither committed nor rolled back: its owner was dropped.
    pub in_transaction: bool,
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Store")
            .field("file", &self.file)
            .field("key", &self.key)
            .field("writes", &self.writer.is_some())
            .finish_non_exhaustive()
    }
}

impl Store {
    /// Makes a new store in `dir` (made if missing) and opens it for writing.
    pub async fn create(dir: &Path, key: &Key) -> Result<Self> {
        Self::create_with(dir, || Ok(key.clone())).await
    }

    /// As [`Store::create`], with a key that is made when nobody else can make a store in `dir`: of
    /// two programs that start at once, only one may make a key and keep its name.
    pub async fn create_with<E: From<Error>>(
        dir: &Path,
        make_key: impl FnOnce() -> std::result::Result<Key, E>,
    ) -> std::result::Result<Self, E> {
        std::fs::create_dir_all(dir).map_err(Error::io(dir))?;
        let lock = WriterLock::take(dir)?;
        replace::finish(dir, &lock)?;
        let file = dir.join(DATABASE_FILE);
        if file.exists() {
            return Err(Error::AlreadyThere(dir.to_owned()).into());
        }
        // What is being made has this name from before its keys are: where a crash cut that off, it is
        // gone on with. Keys alone are those of a store that is gone.
        let new = dir.join(NEW_DATABASE_FILE);
        let goes_on = new.exists();
        if holds_remains(dir) || !goes_on && holds_keys(dir) {
            return Err(Error::Missing(dir.to_owned()).into());
        }
        drop(File::create(&new).map_err(Error::io(&new))?);
        let key = match make_key() {
            Ok(key) => key,
            Err(error) => {
                if !goes_on {
                    // It is empty; the next attempt asks again.
                    drop(std::fs::remove_file(&new));
                }
                return Err(error);
            }
        };
        Ok(Self::create_file(dir, file, &key, lock).await?)
    }

    async fn create_file(dir: &Path, file: PathBuf, key: &Key, lock: WriterLock) -> Result<Self> {
        let new = dir.join(NEW_DATABASE_FILE);
        remove_leftover(&new)?;
        let mut conn =
            SqliteConnection::connect_with(&options(&new, key).create_if_missing(true)).await?;
        sqlx::raw_sql(PRAGMAS).execute(&mut conn).await?;
        schema::migrate(&mut conn).await?;
        conn.close().await?;
        rename_durably(&new, &file)?;
        Self::open_files(file, key, Some(lock), Place::Open).await
    }

    /// Opens the store in `dir`. For writing, an older one is migrated, after a backup beside it.
    pub async fn open(dir: &Path, key: &Key, mode: OpenMode) -> Result<Self> {
        let file = dir.join(DATABASE_FILE);
        replace::finish_if_interrupted(dir)?;
        check_header(&file, dir, key)?;
        let lock = match mode {
            OpenMode::ReadWrite => Some(WriterLock::take(dir)?),
            OpenMode::ReadOnly => None,
        };
        if let Some(lock) = &lock {
            // Another program may have begun one before it gave the lock away, and died.
            replace::finish(dir, lock)?;
            check_header(&file, dir, key)?;
        }
        let (found, place) = match inspect(&file, key).await {
            Err(error) if mode == OpenMode::ReadOnly && takes_no_log(&error) => {
                inspect_sealed(&file, key, error).await?
            }
            found => (found?, Place::Open),
        };
        if mode == OpenMode::ReadWrite {
            check_pages(&file, key).await?;
        }
        // Only now: beside a store that cannot be opened one may just be coming out of a backup.
        if let Some(lock) = &lock {
            replace::remove_leftovers(dir, lock);
        }
        if found < KNOWN_VERSION && mode == OpenMode::ReadOnly {
            return Err(Error::OlderStore {
                found,
                known: KNOWN_VERSION,
            });
        }
        if found < KNOWN_VERSION {
            let copy = backup::before_migration(dir, found)
                .map_err(|error| Error::NoBackupBeforeMigration(Box::new(error)))?;
            let mut conn =
                SqliteConnection::connect_with(&options(&file, key).read_only(true)).await?;
            sqlx::raw_sql(PRAGMAS).execute(&mut conn).await?;
            // Without a copy there is no way back from a migration: then the store stays as it is.
            let copied = backup::copy_to(&mut conn, &copy, key, dir).await;
            copied.map_err(|error| Error::NoBackupBeforeMigration(Box::new(error)))?;
            conn.close().await?;
        }
        Self::open_files(file, key, lock, place).await
    }

    /// What is in `dir`, by the first bytes of its file.
    pub fn probe(dir: &Path) -> Result<Probe> {
        replace::finish_if_interrupted(dir)?;
        let file = dir.join(DATABASE_FILE);
        match probe_file(&file)? {
            // Something was here, and nothing may be made in its place.
            Probe::Absent if file.exists() => Err(not_a_store(&file, "the file is empty")),
            found => Ok(found),
        }
    }

    /// Closes all connections, then gives the writer back.
    pub async fn close(self) -> Result<()> {
        self.readers.close().await;
        if let Some(writer) = self.writer {
            // A transaction in flight holds another reference; then dropping closes, later.
            if let Some(writer) = alone(writer).await {
                writer.into_inner().conn.close().await?;
            }
        }
        Ok(())
    }

    /// Whether this opening may write.
    pub fn is_writable(&self) -> bool {
        self.writer.is_some()
    }

    /// The database file.
    pub fn file(&self) -> &Path {
        &self.file
    }

    async fn open_files(
        file: PathBuf,
        key: &Key,
        lock: Option<WriterLock>,
        place: Place,
    ) -> Result<Self> {
        let writer = if lock.is_some() {
            let mut conn = SqliteConnection::connect_with(&options(&file, key)).await?;
            sqlx::raw_sql(PRAGMAS).execute(&mut conn).await?;
            sqlx::raw_sql(WRITER_PRAGMAS).execute(&mut conn).await?;
            schema::migrate(&mut conn).await?;
            Some(Arc::new(Mutex::new(Writer {
                conn,
                log: file.with_extension("db-wal"),
                in_transaction: false,
            })))
        } else {
            None
        };
        let readers = SqlitePoolOptions::new()
            .max_connections(MAX_READERS)
            .test_before_acquire(false)
            // A file's connections do not age. With either limit sqlx 0.9 looks over the idle ones in a
            // loop that counts to 2^64 when one is taken while another comes back, and the program hangs.
            .idle_timeout(None)
            .max_lifetime(None)
            .after_connect(|conn, _| {
                Box::pin(async move {
                    sqlx::raw_sql(PRAGMAS).execute(conn).await?;
                    Ok(())
                })
            })
            .connect_lazy_with(reading(&file, key, place));
        Ok(Self {
            file,
            key: key.clone(),
            readers,
            writer,
            kept_organisation: Kept::default(),
            kept_span: Kept::default(),
            kept_matrices: KeptMatrices::default(),
            people_months: PeopleMonths::default(),
            goal_sums: GoalSums::default(),
            _lock: lock,
        })
    }

    /// A connection for one statement.
    pub(crate) async fn reader(&self) -> Result<PoolConnection<Sqlite>> {
        Ok(self.readers.acquire().await?)
    }

    /// A connection whose statements all see the same state.
    pub(crate) async fn snapshot(&self) -> Result<Transaction<'static, Sqlite>> {
        Ok(self.readers.begin().await?)
    }

    /// The writer, free of what a dropped transaction left.
    pub(crate) async fn writer(&self) -> Result<OwnedMutexGuard<Writer>> {
        let writer = self.writer.as_ref().ok_or(Error::ReadOnly)?;
        let mut guard = Arc::clone(writer).lock_owned().await;
        if guard.in_transaction {
            roll_back(&mut guard).await?;
        }
        Ok(guard)
    }
}

/// Ends a transaction that was given up. SQLite may have ended it itself (full disk).
pub(crate) async fn roll_back(writer: &mut Writer) -> Result<()> {
    match sqlx::raw_sql("ROLLBACK").execute(&mut writer.conn).await {
        Ok(_) => {}
        Err(error)
            if error
                .as_database_error()
                .is_some_and(|inner| inner.message().contains("no transaction is active")) => {}
        Err(error) => return Err(error.into()),
    }
    writer.in_transaction = false;
    // An import may have been given up while it had less.
    page_cache::set(&mut writer.conn, PageCache::Usual).await
}

/// As [`roll_back`], after an error that says more than one of rolling back would. The writer stays
/// marked where it did not succeed, and the next use of it tries again.
pub(crate) async fn give_up_quietly(writer: &mut Writer) {
    if let Err(error) = roll_back(writer).await {
        tracing::warn!("a transaction was not rolled back: {error}");
    }
}

/// Statement logging is off: the first statement holds the key.
pub(crate) fn options(file: &Path, key: &Key) -> SqliteConnectOptions {
    use sqlx::ConnectOptions as _;
    // Before SQLCipher does it: OpenSSL, too, would free at exit what a thread that closes a file needs.
    openssl_sys::init();
    let options = SqliteConnectOptions::new()
        .filename(file)
        .disable_statement_logging()
        .row_buffer_size(ROWS_IN_FLIGHT);
    match key.pragma() {
        Some(key) => options.pragma("key", key.as_str().to_owned()),
        None => options,
    }
}

/// What may be written beside the database. SQLite keeps the index of its log in a file there, also for
/// whoever only reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Files can be made there.
    Open,
    /// A read-only disk or folder, and no log in it: the database is all there is, and is read as it is.
    Sealed,
}

fn reading(file: &Path, key: &Key, place: Place) -> SqliteConnectOptions {
    options(file, key)
        .read_only(true)
        .immutable(place == Place::Sealed)
}

/// Whether SQLite could not make or open the files of its log (PERM, READONLY, CANTOPEN).
fn takes_no_log(error: &Error) -> bool {
    matches!(error, Error::Sql(error) if matches!(Error::sqlite_code(error), Some(3 | 8 | 14)))
}

/// As [`inspect`], where nothing can be written: a program that crashed on a disk that is read-only since
/// may have left changes in its log, which cannot be read without writing, and must not be passed over.
async fn inspect_sealed(file: &Path, key: &Key, why: Error) -> Result<(i64, Place)> {
    let log = file.with_extension("db-wal");
    match std::fs::metadata(&log) {
        Ok(found) if found.len() > 0 => Err(Error::io(&log)(
            std::io::ErrorKind::ReadOnlyFilesystem.into(),
        )),
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(why),
        _ => Ok((inspect_in(file, key, Place::Sealed).await?, Place::Sealed)),
    }
}

/// Refuses by the first bytes what no key or the wrong kind of key can open.
fn check_header(file: &Path, dir: &Path, key: &Key) -> Result<()> {
    match (probe_file(file)?, key) {
        (Probe::Absent, _) if file.exists() => Err(not_a_store(file, "the file is empty")),
        (Probe::Absent, _) => Err(Error::Absent(dir.to_owned())),
        (Probe::Plain, Key::Raw(_)) => Err(Error::NotEncrypted(file.to_owned())),
        (Probe::Plain, Key::Plain) => Ok(()),
        (Probe::Encrypted, key) => {
            let length = std::fs::metadata(file).map_err(Error::io(file))?.len();
            if !length.is_multiple_of(PAGE_BYTES) {
                return Err(not_a_store(file, "neither a database nor an encrypted one"));
            }
            if *key == Key::Plain {
                Err(Error::KeyNeeded(file.to_owned()))
            } else {
                Ok(())
            }
        }
    }
}

/// Reads key, mark and version on a read-only connection; returns the version.
pub(crate) async fn inspect(file: &Path, key: &Key) -> Result<i64> {
    inspect_in(file, key, Place::Open).await
}

async fn inspect_in(file: &Path, key: &Key, place: Place) -> Result<i64> {
    let mut conn = SqliteConnection::connect_with(&reading(file, key, place)).await?;
    if let Err(error) = read_first_page(&mut conn).await {
        return Err(match (Error::sqlite_code(&error), key) {
            (Some(26), Key::Raw(_)) => Error::WrongKey(file.to_owned()),
            (Some(11), _) => not_a_store(file, "its pages do not fit together"),
            (Some(26), _) => not_a_store(file, "no database"),
            _ => error.into(),
        });
    }
    let mark: i64 = sqlx::query_scalar("PRAGMA application_id")
        .fetch_one(&mut conn)
        .await?;
    if mark != schema::APPLICATION_ID {
        return Err(not_a_store(file, "a database of another program"));
    }
    let found = schema::version(&mut conn).await?;
    conn.close().await?;
    schema::check_version(found)?;
    Ok(found)
}

/// Looks through the pages before anything is written into them. A larger file would make every
/// opening wait; damage in it shows when the page is read, and by [`Store::verify`].
async fn check_pages(file: &Path, key: &Key) -> Result<()> {
    let bytes = std::fs::metadata(file).map_err(Error::io(file))?.len();
    if bytes > MAX_CHECKED_BYTES {
        return Ok(());
    }
    let mut conn = SqliteConnection::connect_with(&options(file, key).read_only(true)).await?;
    sqlx::raw_sql(PRAGMAS).execute(&mut conn).await?;
    let found: std::result::Result<String, sqlx::Error> =
        sqlx::query_scalar("PRAGMA quick_check(1)")
            .fetch_one(&mut conn)
            .await;
    let what = match found {
        Ok(ok) if ok == "ok" => None,
        Ok(what) => Some(what),
        Err(error) if matches!(Error::sqlite_code(&error), Some(11 | 26)) => {
            Some(error.to_string())
        }
        Err(error) => return Err(error.into()),
    };
    conn.close().await?;
    match what {
        None => Ok(()),
        Some(what) => Err(Error::DamagedPages {
            path: file.to_owned(),
            what,
        }),
    }
}

/// A wrong key or a damaged file shows at the first page that is read.
async fn read_first_page(conn: &mut SqliteConnection) -> std::result::Result<(), sqlx::Error> {
    sqlx::raw_sql(PRAGMAS).execute(&mut *conn).await?;
    sqlx::query("SELECT count(*) FROM sqlite_schema")
        .execute(conn)
        .await?;
    Ok(())
}

fn not_a_store(file: &Path, why: &str) -> Error {
    Error::NotAStore {
        path: file.to_owned(),
        why: why.to_owned(),
    }
}

/// Whether a store was here: a new one in its place would hide that its database is gone.
fn holds_remains(dir: &Path) -> bool {
    let copies = std::fs::read_dir(dir.join(backup::BACKUP_FOLDER));
    dir.join(LOG_FILE).exists() || copies.is_ok_and(|mut copies| copies.next().is_some())
}

/// Whether keys lie there. With a new store in the place of theirs, that one and its backups would be out of
/// sight, and nobody would see that anything is gone.
fn holds_keys(dir: &Path) -> bool {
    COMPANIONS.iter().any(|name| dir.join(name).exists())
}

fn remove_leftover(file: &Path) -> Result<()> {
    match std::fs::remove_file(file) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(Error::io(file)(error)),
        _ => Ok(()),
    }
}
