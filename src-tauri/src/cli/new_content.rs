//! What a command writes beside its result into a file that it was told: an engine's complete input,
//! rejected rows.

use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use yeji_app::Error;

/// A file that is opened before the work and written after it, so that a path that cannot be written
/// stops the command while nothing has happened yet. One that was made here and not written (the command
/// was refused, the disk is full) goes again.
pub(super) struct NewContent {
    path: PathBuf,
    file: Option<File>,
    /// It was not there before and holds nothing yet.
    made: bool,
}

impl NewContent {
    pub(super) fn open(path: &Path) -> Result<Self, Error> {
        let made = !path.exists();
        let file = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(false) // what is there stays until there is something new
            .open(path)
            .map_err(Error::io(path))?;
        Ok(Self {
            path: path.to_owned(),
            file: Some(file),
            made,
        })
    }

    /// Replaces the content by exactly these bytes.
    pub(super) fn write(mut self, content: &[u8]) -> Result<(), Error> {
        let Some(file) = &mut self.file else {
            return Ok(());
        };
        file.set_len(0)
            .and_then(|()| file.write_all(content))
            .and_then(|()| file.sync_all())
            .map_err(Error::io(&self.path))?;
        self.made = false;
        Ok(())
    }
}

impl Drop for NewContent {
    fn drop(&mut self) {
        // Closed first: Windows removes no open file.
        self.file = None;
        if self.made {
            // What stopped the command is worth more than why this stays.
            drop(std::fs::remove_file(&self.path));
        }
    }
}
