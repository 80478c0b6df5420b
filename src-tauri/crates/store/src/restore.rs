//! A store that was taken out of a backup, or made anew with another key: checked in a folder of its
//! own before it takes the place of the one that is there.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use sqlx::{AssertSqlSafe, Connection as _, SqliteConnection};
use uuid::Uuid;

use zeroize::Zeroizing;

use crate::backup::copy_bare;
use crate::key::probe_file;
use crate::lock::WriterLock;
use crate::replace::{check_whole, finish, is_pending, remove_leftovers, replace};
use crate::schema::{self, APPLICATION_ID};
use crate::store::{DATABASE_FILE, PRAGMAS, options};
use crate::{AuditDraft, Backup, ChainHeads, Error, Key, OpenMode, Probe, Result, Store};

/// A checked store beside the one that it may replace. Dropping it removes it.
#[derive(Debug)]
pub struct Unpacked {
    dir: PathBuf,
    /// Its folder's name in `dir`.
    name: String,
    last_change: Option<DateTime<Utc>>,
    heads: ChainHeads,
    deals: u64,
    placed: bool,
    /// Held from the beginning where nobody has the present store open.
    lock: Option<WriterLock>,
}

impl Backup {
    /// Takes the store out of the backup into a new folder `dir/name` (which begins with
    /// [`crate::INCOMING`], so that a crash leaves nothing for ever), brings it to this program's
    /// version and checks it as [`Store::verify`] does.
    pub async fn unpack(&self, dir: &Path, name: &str, key: &Key) -> Result<Unpacked> {
        let unpacked = Unpacked::folder(dir, name)?;
        self.unpack_into(&unpacked.path())?;
        unpacked.checked(key).await
    }

    /// As [`Backup::unpack`], where nobody has the store in `dir` open: no other program may open it for
    /// writing until the result is in its place or dropped. It would clean away what it takes for the
    /// leftovers of a crash.
    pub async fn unpack_alone(&self, dir: &Path, name: &str, key: &Key) -> Result<Unpacked> {
        std::fs::create_dir_all(dir).map_err(Error::io(dir))?;
        let lock = WriterLock::take(dir)?;
        finish(dir, &lock)?;
        remove_leftovers(dir, &lock);
        let mut unpacked = Unpacked::folder(dir, name)?;
        unpacked.lock = Some(lock);
        self.unpack_into(&unpacked.path())?;
        unpacked.checked(key).await
    }
}

impl Store {
    /// Writes the store in a new folder `dir/name`, encrypted with another key, and checks it.
    pub async fn with_key(&self, name: &str, key: &Key) -> Result<Unpacked> {
        let dir = self.file.parent().unwrap_or(Path::new("."));
        let unpacked = Unpacked::folder(dir, name)?;
        // A file that is attached is opened as the main one is, so the main one is a copy that may be
        // written: the store itself has one writer.
        let copy = unpacked.path().join("yeji.db.copy");
        copy_bare(&mut *self.reader().await?, &copy, &self.key).await?;
        let target = unpacked.path().join(DATABASE_FILE);
        export(&copy, &self.key, &target, key).await?;
        std::fs::remove_file(&copy).map_err(Error::io(&copy))?;
        unpacked.checked(key).await
    }
}

impl Unpacked {
    fn folder(dir: &Path, name: &str) -> Result<Self> {
        std::fs::create_dir_all(dir).map_err(Error::io(dir))?;
        let path = dir.join(name);
        std::fs::create_dir(&path).map_err(Error::io(&path))?;
        Ok(Self {
            dir: dir.to_owned(),
            name: name.to_owned(),
            last_change: None,
            heads: ChainHeads::default(),
            deals: 0,
            placed: false,
            lock: None,
        })
    }

    /// The folder with the checked store, for files that belong to it.
    pub fn path(&self) -> PathBuf {
        self.dir.join(&self.name)
    }

    /// When it was changed last.
    pub fn last_change(&self) -> Option<DateTime<Utc>> {
        self.last_change
    }

    /// The ends of its chains: a copy has those of the store that it was made from.
    pub fn heads(&self) -> &ChainHeads {
        &self.heads
    }

    /// Deals in it.
    pub fn deals(&self) -> u64 {
        self.deals
    }

    /// Appends an entry to its audit log before it takes its place.
    pub async fn audit(
        &self,
        key: &Key,
        id: Uuid,
        at: DateTime<Utc>,
        actor: &str,
        draft: &AuditDraft,
    ) -> Result<()> {
        let store = Store::open(&self.path(), key, OpenMode::ReadWrite).await?;
        let appended = store.audit(id, at, actor, draft).await;
        store.close().await?;
        appended.map(drop)
    }

    async fn checked(mut self, key: &Key) -> Result<Self> {
        let store = Store::open(&self.path(), key, OpenMode::ReadWrite).await?;
        let report = store.verify().await;
        let last_change = store.last_change_at().await;
        let heads = store.chain_heads().await;
        store.close().await?;
        let report = report?;
        // Closing writes the log back, and says nothing where the disk did not take it.
        check_whole(&self.path())?;
        if let Some(finding) = report.findings.into_iter().next() {
            return Err(Error::UnsoundBackup {
                check: finding.check,
                place: finding.place,
                what: finding.what,
            });
        }
        self.last_change = last_change?;
        self.heads = heads?;
        self.deals = report.deals;
        Ok(self)
    }

    /// Puts it in the place of the store in its folder's parent, which nobody may have open. What was
    /// there is kept in the new folder `kept`; None when nothing was there.
    pub fn put_in_place(mut self, kept: &str) -> Result<Option<PathBuf>> {
        let lock = match self.lock.take() {
            Some(lock) => lock,
            None => WriterLock::take(&self.dir)?,
        };
        let kept_path = self.dir.join(kept);
        if kept_path.exists() {
            return Err(Error::FileExists(kept_path));
        }
        let had_one = replace(&self.dir, &self.name, kept, &lock)?;
        self.placed = true;
        Ok(had_one.then_some(kept_path))
    }
}

impl Drop for Unpacked {
    fn drop(&mut self) {
        // A note that names the folder's files needs them.
        if !self.placed && !is_pending(&self.dir) {
            // What stopped the work matters more than one of cleaning up.
            drop(std::fs::remove_dir_all(self.path()));
        }
    }
}

/// Copies everything of one file into a new one with another key.
async fn export(from: &Path, from_key: &Key, to: &Path, key: &Key) -> Result<()> {
    let text = to
        .to_str()
        .ok_or_else(|| Error::BackupFailed(format!("{} is not a name in Unicode", to.display())))?;
    let opening = options(from, from_key).create_if_missing(true);
    let mut conn = SqliteConnection::connect_with(&opening).await?;
    sqlx::raw_sql(PRAGMAS).execute(&mut conn).await?;
    let version = schema::version(&mut conn).await?;
    // The key is bound, not written into the statement; empty is no encryption. SQLx takes a text of its
    // own; ours is wiped.
    let key_text = Zeroizing::new(match key.pragma() {
        Some(text) => text.trim_matches('"').to_owned(),
        None => String::new(),
    });
    sqlx::query("ATTACH DATABASE ? AS target KEY ?")
        .bind(text.to_owned())
        .bind(key_text.as_str())
        .execute(&mut conn)
        .await?;
    sqlx::query("SELECT sqlcipher_export('target')")
        .execute(&mut conn)
        .await?;
    // Pragmas take no bound values; both are numbers of this file.
    let marks = format!(
        "PRAGMA target.user_version = {version}; PRAGMA target.application_id = {APPLICATION_ID};"
    );
    sqlx::raw_sql(AssertSqlSafe(marks))
        .execute(&mut conn)
        .await?;
    sqlx::raw_sql("DETACH DATABASE target")
        .execute(&mut conn)
        .await?;
    conn.close().await?;
    match (probe_file(to)?, key) {
        (Probe::Encrypted, Key::Raw(_)) | (Probe::Plain, Key::Plain) => Ok(()),
        (found, _) => Err(Error::BackupFailed(format!(
            "the copy with another key is {found:?}"
        ))),
    }
}
