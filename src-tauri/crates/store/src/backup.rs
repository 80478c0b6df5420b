//! Copies of the store that are checked before they get their name.

use std::fs::OpenOptions;
use std::path::{Path, PathBuf};

use sqlx::{Connection as _, SqliteConnection};

use crate::container::{Backup, companions, seal};
use crate::durable::rename_durably;
use crate::store::{inspect, options};
use crate::{Error, Key, Result, Store};

/// Folder beside the database where the program keeps copies of its own accord.
pub const BACKUP_FOLDER: &str = "backups";

impl Store {
    /// Writes a backup to `file`, which must not exist: a copy of the database, consistent while the
    /// window goes on writing and encrypted with the same key, with the wrapped keys that open it.
    /// The copy is checked (it opens, its pages are whole, it has the same last change), and so is
    /// the written file. [`Backup`] reads it.
    pub async fn backup(&self, file: &Path) -> Result<()> {
        let dir = self.file.parent().unwrap_or(Path::new("."));
        copy_to(&mut *self.reader().await?, file, &self.key, dir).await
    }
}

/// See [`Store::backup`]; `dir` is the folder of the keys.
pub(crate) async fn copy_to(
    conn: &mut SqliteConnection,
    file: &Path,
    key: &Key,
    dir: &Path,
) -> Result<()> {
    // Both names are reserved, so that nothing of anybody else is overwritten or cleaned away.
    reserve(file)?;
    let part = with_suffix(file, ".part");
    let written = copy_through(conn, &part, file, key, dir).await;
    if written.is_err() {
        // The error that is returned matters more than one of cleaning up.
        let _ = std::fs::remove_file(file);
    }
    written
}

/// Writes to `part`, which must not exist, and gives it its name when it is checked.
async fn copy_through(
    conn: &mut SqliteConnection,
    part: &Path,
    file: &Path,
    key: &Key,
    dir: &Path,
) -> Result<()> {
    reserve(part)?;
    let written = match write_checked(conn, part, key).await {
        Ok(()) => seal(part, companions(dir)?)
            .and_then(|()| Backup::read(part))
            .and_then(|_| rename_durably(part, file)),
        Err(error) => Err(error),
    };
    if written.is_err() {
        let _ = std::fs::remove_file(part);
    }
    written
}

/// A checked copy of the database alone, with the same key.
pub(crate) async fn copy_bare(conn: &mut SqliteConnection, file: &Path, key: &Key) -> Result<()> {
    reserve(file)?;
    write_checked(conn, file, key).await
}

/// Makes an empty file; one that exists is an error.
fn reserve(file: &Path) -> Result<()> {
    let made = OpenOptions::new().write(true).create_new(true).open(file);
    made.map(drop).map_err(|error| {
        if error.kind() == std::io::ErrorKind::AlreadyExists {
            Error::FileExists(file.to_owned())
        } else {
            Error::io(file)(error)
        }
    })
}

/// Writes into `part`, an empty file.
async fn write_checked(conn: &mut SqliteConnection, part: &Path, key: &Key) -> Result<()> {
    let text = part.to_str().ok_or_else(|| {
        Error::BackupFailed(format!("{} is not a name in Unicode", part.display()))
    })?;
    let before = last_change(conn).await?;
    sqlx::query("VACUUM INTO ?")
        .bind(text.to_owned())
        .execute(&mut *conn)
        .await?;
    OpenOptions::new()
        .write(true)
        .open(part)
        .and_then(|file| file.sync_all())
        .map_err(Error::io(part))?;
    inspect(part, key).await?;
    let mut copy = SqliteConnection::connect_with(&options(part, key).read_only(true)).await?;
    let check: String = sqlx::query_scalar("PRAGMA integrity_check(1)")
        .fetch_one(&mut copy)
        .await?;
    if check != "ok" {
        return Err(Error::BackupFailed(check));
    }
    // What was deleted from the store is not to leave the house in pages that nobody uses.
    let unused: i64 = sqlx::query_scalar("PRAGMA freelist_count")
        .fetch_one(&mut copy)
        .await?;
    if unused > 0 {
        return Err(Error::BackupFailed(format!("{unused} unused pages in it")));
    }
    let after = last_change(&mut copy).await?;
    copy.close().await?;
    if after < before {
        return Err(Error::BackupFailed(format!(
            "its last change is {after:?}, not {before:?}"
        )));
    }
    Ok(())
}

async fn last_change(conn: &mut SqliteConnection) -> Result<Option<i64>> {
    Ok(sqlx::query_scalar("SELECT max(seq) FROM change_log")
        .fetch_one(conn)
        .await?)
}

/// A free name in the folder of backups for the copy before a migration.
pub(crate) fn before_migration(dir: &Path, version: i64) -> Result<PathBuf> {
    let folder = dir.join(BACKUP_FOLDER);
    std::fs::create_dir_all(&folder).map_err(Error::io(&folder))?;
    let mut n = 1;
    loop {
        let path = folder.join(format!("before-migration-from-{version}-{n}.yejibackup"));
        if !path.exists() {
            return Ok(path);
        }
        n += 1;
    }
}

fn with_suffix(file: &Path, suffix: &str) -> PathBuf {
    let mut name = file.file_name().unwrap_or_default().to_owned();
    name.push(suffix);
    file.with_file_name(name)
}
