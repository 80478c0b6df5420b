//! Putting one store in the place of another, so that a crash or an error at any moment leaves one of
//! the two, whole.
//!
//! Several files change places (database, keys). A note says which: before it is written nothing has
//! moved, after it every start goes on where the last one stopped. Each step is a rename that is left
//! out where it was done already, and can be taken back the same way.

use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::container::COMPANIONS;
use crate::durable::{sync_folder, write_durably};
use crate::lock::WriterLock;
use crate::store::{DATABASE_FILE, LOG_FILE};
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
/// Whether there was one. After an error the old one is in its place, but for
/// [`Error::ReplacementUnfinished`].
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
    let mut old_names = names.clone();
    old_names.extend([LOG_FILE.to_owned(), format!("{DATABASE_FILE}-shm")]);
    let note = Note {
        incoming: incoming.to_owned(),
        kept: kept.to_owned(),
        old: there(dir, &old_names),
        new: there(&dir.join(incoming), &names),
    };
    check_whole(&dir.join(incoming))?;
    let had_one = !note.old.is_empty();
    let kept = dir.join(kept);
    if had_one {
        std::fs::create_dir_all(&kept).map_err(Error::io(&kept))?;
    }
    let moved = write_note(dir, &note).and_then(|()| go_on(dir, &note, lock));
    let Err(error) = moved else {
        return Ok(had_one);
    };
    if let Err(second) = take_back(dir, &note) {
        tracing::warn!("the replacement was not taken back: {second}");
        return Err(Error::ReplacementUnfinished {
            path: dir.join(NOTE_FILE),
            why: error.to_string(),
        });
    }
    // Only what is empty goes.
    drop(std::fs::remove_dir(&kept));
    Err(error)
}

/// The files of a store that is to take another's place are all there: a database, and no log of it
/// that holds a part of it.
pub(crate) fn check_whole(folder: &Path) -> Result<()> {
    let log = std::fs::metadata(folder.join(LOG_FILE)).map_or(0, |data| data.len());
    if folder.join(DATABASE_FILE).exists() && log == 0 {
        return Ok(());
    }
    Err(Error::IncomingNotWhole(folder.to_owned()))
}

/// Whether a note names files in `dir`, which then must stay.
pub(crate) fn is_pending(dir: &Path) -> bool {
    dir.join(NOTE_FILE).exists()
}

/// Goes on with a replacement that was interrupted, if there is one.
pub(crate) fn finish_if_interrupted(dir: &Path) -> Result<()> {
    if !is_pending(dir) {
        return Ok(());
    }
    let lock = WriterLock::take(dir)?;
    finish(dir, &lock)
}

/// As [`finish_if_interrupted`], by whoever holds the lock. Where files of the new store are gone, the
/// old one comes back instead.
pub(crate) fn finish(dir: &Path, lock: &WriterLock) -> Result<()> {
    let path = dir.join(NOTE_FILE);
    let text = match std::fs::read(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(Error::io(&path)(error)),
    };
    let note: Note = serde_json::from_slice(&text)?;
    let database = DATABASE_FILE.to_owned();
    if note.new.contains(&database) && note.new.iter().all(|name| is_at_hand(dir, &note, name)) {
        return go_on(dir, &note, lock);
    }
    tracing::warn!("files of the new store are gone; the old one stays");
    take_back(dir, &note)
}

/// Whether a file of the new store waits, or is in its place.
fn is_at_hand(dir: &Path, note: &Note, name: &String) -> bool {
    let made_room = !note.old.contains(name) || dir.join(&note.kept).join(name).exists();
    dir.join(&note.incoming).join(name).exists() || (made_room && dir.join(name).exists())
}

fn go_on(dir: &Path, note: &Note, _lock: &WriterLock) -> Result<()> {
    let (incoming, kept) = (dir.join(&note.incoming), dir.join(&note.kept));
    if !note.old.is_empty() {
        std::fs::create_dir_all(&kept).map_err(Error::io(&kept))?;
    }
    for name in &note.old {
        // What was moved already has made room for the new one of the same name. A log goes with the
        // last program that reads.
        if !kept.join(name).exists() && dir.join(name).exists() {
            rename(&dir.join(name), &kept.join(name))?;
        }
    }
    for name in &note.new {
        if incoming.join(name).exists() {
            rename(&incoming.join(name), &dir.join(name))?;
        }
    }
    if !note.old.is_empty() {
        sync_folder(&kept)?;
    }
    end(dir)?;
    // Only lock files and an emptied folder are left; a later start may clean what stays.
    drop(std::fs::remove_dir_all(&incoming));
    Ok(())
}

/// The steps of [`go_on`] backwards; each moment of it is one of going on.
fn take_back(dir: &Path, note: &Note) -> Result<()> {
    let (incoming, kept) = (dir.join(&note.incoming), dir.join(&note.kept));
    for name in note.new.iter().rev() {
        let made_room = !note.old.contains(name) || kept.join(name).exists();
        if made_room && !incoming.join(name).exists() && dir.join(name).exists() {
            std::fs::create_dir_all(&incoming).map_err(Error::io(&incoming))?;
            rename(&dir.join(name), &incoming.join(name))?;
        }
    }
    for name in note.old.iter().rev() {
        if kept.join(name).exists() {
            rename(&kept.join(name), &dir.join(name))?;
        }
    }
    let database = DATABASE_FILE.to_owned();
    if note.old.contains(&database) && !dir.join(&database).exists() {
        // Neither store is whole any more: the note and what is left stay for a person to look at.
        return Err(Error::IncomingNotWhole(incoming));
    }
    match end(dir) {
        // The note never got its name.
        Err(Error::Io { source, .. }) if source.kind() == std::io::ErrorKind::NotFound => Ok(()),
        ended => ended,
    }
}

/// All moves are on the disk before the note goes.
fn end(dir: &Path) -> Result<()> {
    sync_folder(dir)?;
    let path = dir.join(NOTE_FILE);
    std::fs::remove_file(&path).map_err(Error::io(&path))
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

/// The new files' names are on the disk before the note, which gets its name when it is whole.
fn write_note(dir: &Path, note: &Note) -> Result<()> {
    sync_folder(&dir.join(&note.incoming))?;
    let text = serde_json::to_vec(note)?;
    write_durably(
        &dir.join(NOTE_FILE),
        &dir.join("yeji.replacing.part"),
        &text,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder with an old store and a new one that waits.
    fn folder() -> (tempfile::TempDir, WriterLock) {
        let dir = tempfile::tempdir().unwrap();
        let lock = WriterLock::take(dir.path()).unwrap();
        std::fs::write(dir.path().join("yeji.db"), "old").unwrap();
        std::fs::write(dir.path().join("yeji.keys"), "old").unwrap();
        std::fs::create_dir(dir.path().join("incoming-1")).unwrap();
        std::fs::write(dir.path().join("incoming-1/yeji.db"), "new").unwrap();
        std::fs::write(dir.path().join("incoming-1/yeji.keys"), "new").unwrap();
        (dir, lock)
    }

    fn text(dir: &Path, name: &str) -> String {
        std::fs::read_to_string(dir.join(name)).unwrap_or_default()
    }

    #[test]
    fn an_error_before_the_first_move_leaves_the_old_store() {
        let (dir, lock) = folder();
        // As a disk that is full: the folder for the old files cannot be made.
        std::fs::write(dir.path().join("kept"), "in the way").unwrap();
        let refused = replace(dir.path(), "incoming-1", "kept", &lock);
        assert!(matches!(refused, Err(Error::Io { .. })), "{refused:?}");
        finish(dir.path(), &lock).unwrap();
        assert_eq!(text(dir.path(), "yeji.db"), "old");
        assert_eq!(text(dir.path(), "yeji.keys"), "old");
        assert!(!is_pending(dir.path()));
    }

    #[test]
    fn nothing_moves_when_the_new_store_is_gone_or_its_log_is_not_written_back() {
        let (dir, lock) = folder();
        std::fs::write(dir.path().join("incoming-1/yeji.db-wal"), "pages").unwrap();
        let refused = replace(dir.path(), "incoming-1", "kept", &lock);
        assert!(
            matches!(refused, Err(Error::IncomingNotWhole(_))),
            "{refused:?}"
        );
        std::fs::remove_dir_all(dir.path().join("incoming-1")).unwrap();
        let refused = replace(dir.path(), "incoming-1", "kept", &lock);
        assert!(
            matches!(refused, Err(Error::IncomingNotWhole(_))),
            "{refused:?}"
        );
        assert_eq!(text(dir.path(), "yeji.db"), "old");
        assert!(!is_pending(dir.path()) && !dir.path().join("kept").exists());
    }

    #[test]
    fn a_replacement_whose_new_files_are_gone_is_taken_back_by_the_next_opening() {
        for moved in 0..=3 {
            let (dir, lock) = folder();
            let note = Note {
                incoming: "incoming-1".to_owned(),
                kept: "kept".to_owned(),
                old: vec!["yeji.db".to_owned(), "yeji.keys".to_owned()],
                new: vec!["yeji.db".to_owned(), "yeji.keys".to_owned()],
            };
            write_note(dir.path(), &note).unwrap();
            std::fs::create_dir(dir.path().join("kept")).unwrap();
            let moves = [
                ("yeji.db", "kept/yeji.db"),
                ("yeji.keys", "kept/yeji.keys"),
                ("incoming-1/yeji.db", "yeji.db"),
            ];
            for (from, to) in &moves[..moved] {
                std::fs::rename(dir.path().join(from), dir.path().join(to)).unwrap();
            }
            std::fs::remove_dir_all(dir.path().join("incoming-1")).unwrap();
            finish(dir.path(), &lock).unwrap();
            assert_eq!(text(dir.path(), "yeji.db"), "old", "{moved}");
            assert_eq!(text(dir.path(), "yeji.keys"), "old", "{moved}");
            assert!(!is_pending(dir.path()), "{moved}");
        }
    }
}
