//! The key of an encrypted store, and what the first bytes of a file tell.

use std::fmt;
use std::fs::File;
use std::io::Read;
use std::path::Path;

use zeroize::{Zeroize as _, Zeroizing};

use crate::{Error, Result};

/// How the file is encrypted.
#[derive(Clone, PartialEq, Eq)]
pub enum Key {
    /// Not at all.
    Plain,
    /// SQLCipher with this raw key (no derivation: it is random already).
    Raw([u8; 32]),
}

impl Key {
    /// The value of `PRAGMA key`, quotes included.
    pub(crate) fn pragma(&self) -> Option<Zeroizing<String>> {
        use std::fmt::Write;
        let Self::Raw(bytes) = self else { return None };
        let mut text = Zeroizing::new(String::with_capacity(70));
        text.push_str("\"x'");
        for byte in bytes {
            let _infallible = write!(text, "{byte:02x}");
        }
        text.push_str("'\"");
        Some(text)
    }
}

impl fmt::Debug for Key {
    /// Never shows the key.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Plain => "Plain",
            Self::Raw(_) => "Raw(..)",
        })
    }
}

impl Drop for Key {
    /// Overwrites the key; copies inside SQLite are SQLCipher's to clear.
    fn drop(&mut self) {
        if let Self::Raw(bytes) = self {
            bytes.zeroize();
        }
    }
}

/// What is in a folder, by the first bytes of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Probe {
    /// No file, or an empty one.
    Absent,
    /// An SQLite file that is not encrypted.
    Plain,
    /// Anything else: encrypted, or no database at all (only a key tells).
    Encrypted,
}

/// First 16 bytes of every SQLite file (<https://www.sqlite.org/fileformat.html>, 1.3).
const PLAIN_HEADER: &[u8; 16] = b"SQLite format 3\0";

/// What kind of database a file holds, by its first bytes.
pub fn probe_file(file: &Path) -> Result<Probe> {
    let mut handle = match File::open(file) {
        Ok(handle) => handle,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Probe::Absent),
        Err(error) => return Err(Error::io(file)(error)),
    };
    let mut header = Vec::with_capacity(16);
    handle
        .by_ref()
        .take(16)
        .read_to_end(&mut header)
        .map_err(Error::io(file))?;
    Ok(match header.as_slice() {
        [] => Probe::Absent,
        bytes if bytes == PLAIN_HEADER => Probe::Plain,
        _ => Probe::Encrypted,
    })
}
