//! Files that are there after a power loss: content and name.

use std::fs::File;
use std::io::Write as _;
use std::path::Path;

use crate::{Error, Result};

/// Writes a file that gets its name when it is whole and on the disk; a file of the name is replaced.
/// `part` is the name until then.
pub fn write_durably(file: &Path, part: &Path, bytes: &[u8]) -> Result<()> {
    File::create(part)
        .and_then(|mut handle| handle.write_all(bytes).and_then(|()| handle.sync_all()))
        .map_err(Error::io(part))?;
    rename_durably(part, file)
}

/// Renames within a folder, and has the name on the disk too.
pub fn rename_durably(from: &Path, to: &Path) -> Result<()> {
    std::fs::rename(from, to).map_err(Error::io(to))?;
    match to.parent() {
        Some(folder) => sync_folder(folder),
        None => Ok(()),
    }
}

/// Writes a new file, whose name is on the disk when its folder is synced.
pub(crate) fn write_new(file: &Path, bytes: &[u8]) -> Result<()> {
    File::create_new(file)
        .and_then(|mut handle| handle.write_all(bytes).and_then(|()| handle.sync_all()))
        .map_err(Error::io(file))
}

/// Names are on the disk too. Windows has no such call and needs none.
pub(crate) fn sync_folder(dir: &Path) -> Result<()> {
    // The parent of a bare name is the empty path.
    let dir = if dir.as_os_str().is_empty() {
        Path::new(".")
    } else {
        dir
    };
    if cfg!(unix) {
        File::open(dir)
            .and_then(|folder| folder.sync_all())
            .map_err(Error::io(dir))?;
    }
    Ok(())
}
