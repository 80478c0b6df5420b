//! One process at a time holds the writer.
//!
//! The lock is the operating system's (released when the process ends, however it ends) on
//! `yeji.lock`. Who holds it stands in `yeji.lock.txt`, a file of its own: Windows lets nobody read
//! a locked file.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;

use crate::{Error, Result};

const LOCK_FILE: &str = "yeji.lock";
const HOLDER_FILE: &str = "yeji.lock.txt";

/// Holds the lock while it lives.
#[derive(Debug)]
pub(crate) struct WriterLock {
    _file: File,
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
        std::fs::write(&holder, own_name()).map_err(Error::io(&holder))?;
        Ok(Self { _file: file })
    }
}

fn own_name() -> String {
    let program = std::env::current_exe()
        .ok()
        .and_then(|path| {
            path.file_name()
                .map(|name| name.to_string_lossy().into_owned())
        })
        .unwrap_or_else(|| "yeji".to_owned());
    format!("{program}, process {}", std::process::id())
}

fn holder(dir: &Path) -> String {
    // Without the text the refusal is still right, only less helpful.
    std::fs::read_to_string(dir.join(HOLDER_FILE)).map_or_else(
        |_| "unknown".to_owned(),
        |text| text.trim().chars().take(200).collect(),
    )
}
