//! Putting one store in the place of another, so that a crash at any moment leaves one of the two.
//!
//! Several files change places (database, keys). A note says which: before it is written nothing has
//! moved, after it every start goes on where the last one stopped. Each step is a rename that is left
//! out where it was done already.

use std::fs::File;
use std::io::Write as _;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::container::COMPANIONS;
use crate::lock::WriterLock;
use crate::store::DATABASE_FILE;
use crate::{Error, Result};

/// Says that a replacement is under way.
const NOTE_FILE: &str = "yeji.replacing";

/// How the folder of a store that is not yet in its place begins.
pub const INCOMING: &str = "incoming-";

/// What the note says.
#[derive(Debug, Serialize, Deserialize)]
struct Note {
    /// Folder in the store's folder that holds the new files.
    incoming: String,
    /// Folder in the store's folder that takes the old ones.
    kept: String,
    /// Files of the old store.
    old: Vec<String>,
    /// Files of the new one.
    new: Vec<String>,
}

/// Puts the store in `dir/incoming` in the place of the one in `dir`, whose files go to `dir/kept`.
/// Whether there was one.
pub(crate) fn replace(dir: &Path, incoming: &str, kept: &str, lock: &WriterLock) -> Result<bool> {
    let there = |folder: &Path, names: &[String]| -> Vec<String> {
        let is_there = |name: &&String| folder.join(name.as_str()).exists();
        names.iter().filter(is_there).cloned().collect()
    };
    let names: Vec<String> = [DATABASE_FILE]
        .iter()
        .chain(&COMPANIONS)
        .map(|name| (*name).to_owned())
        .collect();
    // A log of the old database beside the new one would destroy it.
    let logs = ["-wal", "-shm"].map(|end| format!("{DATABASE_FILE}{end}"));
    let mut old_names = names.clone();
    old_names.extend(logs);
    let note = Note {
        incoming: incoming.to_owned(),
        kept: kept.to_owned(),
        old: there(dir, &old_names),
        new: there(&dir.join(incoming), &names),
    };
    let had_one = !note.old.is_empty();
    write_note(dir, &note)?;
    finish(dir, lock)?;
    Ok(had_one)
}

/// Goes on with a replacement that was interrupted, if there is one.
pub(crate) fn finish_if_interrupted(dir: &Path) -> Result<()> {
    if !dir.join(NOTE_FILE).exists() {
        return Ok(());
    }
    let lock = WriterLock::take(dir)?;
    finish(dir, &lock)
}

/// As [`finish_if_interrupted`], by whoever holds the lock.
pub(crate) fn finish(dir: &Path, _lock: &WriterLock) -> Result<()> {
    let path = dir.join(NOTE_FILE);
    let text = match std::fs::read(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(Error::io(&path)(error)),
    };
    let note: Note = serde_json::from_slice(&text)?;
    let (incoming, kept) = (dir.join(&note.incoming), dir.join(&note.kept));
    if !note.old.is_empty() {
        std::fs::create_dir_all(&kept).map_err(Error::io(&kept))?;
    }
    for name in &note.old {
        // What was moved already has made room for the new one of the same name.
        if !kept.join(name).exists() {
            rename(&dir.join(name), &kept.join(name))?;
        }
    }
    for name in &note.new {
        if incoming.join(name).exists() {
            rename(&incoming.join(name), &dir.join(name))?;
        }
    }
    sync_folder(dir)?;
    std::fs::remove_file(&path).map_err(Error::io(&path))?;
    // Only lock files and an emptied folder are left; a later start may clean what stays.
    drop(std::fs::remove_dir_all(&incoming));
    Ok(())
}

/// Removes what a replacement left that was interrupted before it had a note.
pub(crate) fn remove_leftovers(dir: &Path, _lock: &WriterLock) {
    let Ok(entries) = std::fs::read_dir(dir) else {
        return;
    };
    for entry in entries.filter_map(std::result::Result::ok) {
        if entry.file_name().to_string_lossy().starts_with(INCOMING) {
            // What cannot be removed now stays until the next opening.
            drop(std::fs::remove_dir_all(entry.path()));
        }
    }
}

fn rename(from: &Path, to: &Path) -> Result<()> {
    std::fs::rename(from, to).map_err(Error::io(from))
}

/// The note gets its name when it is whole and on the disk.
fn write_note(dir: &Path, note: &Note) -> Result<()> {
    let part = dir.join("yeji.replacing.part");
    let text = serde_json::to_vec(note)?;
    File::create(&part)
        .and_then(|mut file| file.write_all(&text).and_then(|()| file.sync_all()))
        .map_err(Error::io(&part))?;
    let path = dir.join(NOTE_FILE);
    std::fs::rename(&part, &path).map_err(Error::io(&path))?;
    sync_folder(dir)
}

/// Names are on the disk too. Windows has no such call and needs none.
pub(crate) fn sync_folder(dir: &Path) -> Result<()> {
    if cfg!(unix) {
        File::open(dir)
            .and_then(|folder| folder.sync_all())
            .map_err(Error::io(dir))?;
    }
    Ok(())
}
