//! One process at a time holds the writer.
//!
//! The lock is the operating system's (released when the process ends, however it ends) on
//! `yeji.lock`. Who holds it stands in `yeji.lock.txt`, a file of its own: Windows lets nobody read
//! a locked file.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::Write;
use std::path::{Path, PathBuf};

use crate::{Error, Result};

const LOCK_FILE: &str = "yeji.lock";
const HOLDER_FILE: &str = "yeji.lock.txt";

/// Holds the lock while it lives.
#[derive(Debug)]
pub(crate) struct WriterLock {
    _file: File,
    holder: PathBuf,
}

impl WriterLock {
    /// Takes the lock, or tells who has it.
    pub fn take(dir: &Path) -> Result<Self> {
        let path = dir.join(LOCK_FILE);
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(Error::io(&path))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(Error::HeldByAnother {
                    holder: holder(dir),
                });
            }
            Err(TryLockError::Error(error)) => return Err(Error::io(&path)(error)),
        }
        let holder = dir.join(HOLDER_FILE);
        write_over(&holder, &own_name()).map_err(Error::io(&holder))?;
        Ok(Self {
            _file: file,
            holder,
        })
    }
}

impl Drop for WriterLock {
    /// Whoever is refused by the next holder reads its name, not this one.
    fn drop(&mut self) {
        if let Err(error) = std::fs::write(&self.holder, "") {
            tracing::debug!("the holder's name stays: {error}");
        }
    }
}

/// Writes first and cuts after: whoever is refused in between reads a name, never an empty file.
fn write_over(path: &Path, text: &str) -> std::io::Result<()> {
    let mut file = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(path)?;
    file.write_all(text.as_bytes())?;
    file.set_len(text.len() as u64)
}

fn own_name() -> String {
    let program = std::env::current_exe()
        .ok()
        .and_then(|path| {
            path.file_name()
                .map(|name| name.to_string_lossy().into_owned())
        })
        .unwrap_or_else(|| "yeji".to_owned());
    // With the end of the line: what is left of a longer name before it is cut is not read.
    format!("{program}, process {}\n", std::process::id())
}

/// The name that the holder wrote. It has the lock a moment before its name is there, so a missing name
/// is looked for again: a tenth of a second at most, and only by who is refused anyway.
fn holder(dir: &Path) -> String {
    for _ in 0..20 {
        let text = std::fs::read_to_string(dir.join(HOLDER_FILE)).unwrap_or_default();
        if let Some(line) = text.lines().next()
            && !line.trim().is_empty()
        {
            return line.trim().chars().take(200).collect();
        }
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    // Without the text the refusal is still right, only less helpful.
    "unknown".to_owned()
}
