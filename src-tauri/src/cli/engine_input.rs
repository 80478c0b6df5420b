//! The complete input of an engine in a file of its own, for whoever recomputes a result.

use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use yeji_app::Error;

/// A file that is opened before the work and written after it, so that a path that cannot be written
/// stops the command while nothing has happened yet.
pub(super) struct InputFile {
    path: PathBuf,
    file: File,
}

impl InputFile {
    pub(super) fn open(path: &Path) -> Result<Self, Error> {
        let file = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(false) // what is there stays until there is something new
            .open(path)
            .map_err(Error::io(path))?;
        Ok(Self {
            path: path.to_owned(),
            file,
        })
    }

    /// Replaces the content by exactly these bytes.
    pub(super) fn write(mut self, input: &[u8]) -> Result<(), Error> {
        self.file
            .set_len(0)
            .and_then(|()| self.file.write_all(input))
            .and_then(|()| self.file.sync_all())
            .map_err(Error::io(&self.path))
    }
}
