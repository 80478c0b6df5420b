//! The form of a backup file: the database, what opens it, and a hash over both at the end.
//!
//! ```text
//! database            as VACUUM INTO wrote it, encrypted with the store's key
//! head                JSON: format, length of the database, files that belong to it (wrapped keys)
//! length of the head  4 bytes, little endian
//! SHA-256             32 bytes, over database and head
//! mark                8 bytes
//! ```
//!
//! What is added stands behind the database, so that a large one is written once. A file that was
//! cut off has lost its mark; one that was changed has another hash.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::durable::{sync_folder, write_new};
use crate::error::BackupFault;
use crate::{Error, Result};

/// The wrapped keys beside the database (the application's document, see its `keys`).
pub const KEYS_FILE: &str = "yeji.keys";
/// What stores of the first version have instead: the name of the key in the keyring.
pub const KEY_NAME_FILE: &str = "yeji.key-name";
/// Small files that belong to the database and travel with it.
pub(crate) const COMPANIONS: [&str; 2] = [KEYS_FILE, KEY_NAME_FILE];

/// A file of keys is about a kilobyte; more is not ours.
const MAX_COMPANION_BYTES: u64 = 65_536;
/// All of the head.
const MAX_HEAD_BYTES: u64 = 4 * MAX_COMPANION_BYTES;
const MARK: &[u8; 8] = b"YEJIBAK1";
/// Length of the head, hash, mark.
const END_BYTES: u64 = 4 + 32 + 8;
/// The format that this program writes.
const FORMAT: u32 = 1;
/// Read at once.
const BUFFER_BYTES: usize = 1 << 20;

/// What a backup says about itself.
#[derive(Debug, Serialize, Deserialize)]
struct Head {
    format: u32,
    database_bytes: u64,
    files: BTreeMap<String, String>,
}

/// A backup file whose hash is right.
#[derive(Debug)]
pub struct Backup {
    file: PathBuf,
    database_bytes: u64,
    /// Of an older form without head: what lies beside it.
    files: BTreeMap<String, String>,
}

impl Backup {
    /// Reads a backup to its end and compares its hash.
    ///
    /// The first version wrote the bare database, and the key's name beside it as `FILE.key-name`;
    /// such a copy is taken as well, without a hash to compare.
    pub fn read(file: &Path) -> Result<Self> {
        let mut handle = File::open(file).map_err(Error::io(file))?;
        let length = handle.metadata().map_err(Error::io(file))?.len();
        let fault = |why| Error::NotABackup {
            path: file.to_owned(),
            why,
        };
        let Some(end) = read_end(&mut handle, length).map_err(Error::io(file))? else {
            return Self::read_bare(file, length)?.ok_or(fault(BackupFault::NoEnd));
        };
        let head_bytes = u64::from(end.head_bytes);
        let Some(body) = length.checked_sub(END_BYTES + head_bytes) else {
            return Err(fault(BackupFault::Changed));
        };
        if head_bytes > MAX_HEAD_BYTES {
            return Err(fault(BackupFault::Changed));
        }
        let hash = hash_of(&mut handle, body + head_bytes).map_err(Error::io(file))?;
        if hash != end.hash {
            return Err(fault(BackupFault::Changed));
        }
        let mut text = vec![0; usize::try_from(head_bytes).unwrap_or(0)];
        handle
            .seek(SeekFrom::Start(body))
            .and_then(|_| handle.read_exact(&mut text))
            .map_err(Error::io(file))?;
        let head: Head = serde_json::from_slice(&text).map_err(|_| fault(BackupFault::Newer))?;
        if head.format != FORMAT {
            return Err(fault(BackupFault::Newer));
        }
        if head.database_bytes != body {
            return Err(fault(BackupFault::Changed));
        }
        Ok(Self {
            file: file.to_owned(),
            database_bytes: body,
            files: head.files,
        })
    }

    /// A bare database of the first version.
    fn read_bare(file: &Path, length: u64) -> Result<Option<Self>> {
        let mut beside = file.as_os_str().to_owned();
        beside.push(".key-name");
        let key_name = read_companion(Path::new(&beside))?;
        let plain = crate::key::probe_file(file)? == crate::Probe::Plain;
        if !plain && key_name.is_none() {
            return Ok(None);
        }
        // Something behind the database is what is left of an end that was cut off.
        if plain && !ends_with_its_pages(file, length)? {
            return Ok(None);
        }
        Ok(Some(Self {
            file: file.to_owned(),
            database_bytes: length,
            files: key_name
                .map(|name| (KEY_NAME_FILE.to_owned(), name))
                .into_iter()
                .collect(),
        }))
    }

    /// Where it lies.
    pub fn file(&self) -> &Path {
        &self.file
    }

    /// The content of a file that belongs to the database ([`KEYS_FILE`], [`KEY_NAME_FILE`]).
    pub fn companion(&self, name: &str) -> Option<&str> {
        self.files.get(name).map(String::as_str)
    }

    /// What kind of database is in it.
    pub fn probe(&self) -> Result<crate::Probe> {
        crate::key::probe_file(&self.file)
    }

    /// Writes the database and what belongs to it into an empty folder.
    pub(crate) fn unpack_into(&self, folder: &Path) -> Result<()> {
        let database = folder.join(crate::store::DATABASE_FILE);
        let mut from = File::open(&self.file)
            .map_err(Error::io(&self.file))?
            .take(self.database_bytes);
        let mut to = File::create_new(&database).map_err(Error::io(&database))?;
        std::io::copy(&mut from, &mut to)
            .and_then(|_| to.sync_all())
            .map_err(Error::io(&database))?;
        for (name, text) in &self.files {
            // Only names that are ours: a backup from elsewhere must not choose where it writes.
            if COMPANIONS.contains(&name.as_str()) {
                write_new(&folder.join(name), text.as_bytes())?;
            }
        }
        sync_folder(folder)
    }
}

/// Whether an unencrypted database is as long as the pages that its header counts.
fn ends_with_its_pages(file: &Path, length: u64) -> Result<bool> {
    let mut header = [0; 32];
    let mut handle = File::open(file).map_err(Error::io(file))?;
    if length < header.len() as u64 {
        return Ok(false);
    }
    handle.read_exact(&mut header).map_err(Error::io(file))?;
    // https://www.sqlite.org/fileformat.html: page size at 16, where 1 is 65,536, and pages at 28.
    let size = match u16::from_be_bytes([header[16], header[17]]) {
        1 => 65_536,
        size => u64::from(size),
    };
    let pages = u32::from_be_bytes([header[28], header[29], header[30], header[31]]);
    Ok(length == size * u64::from(pages))
}

/// Appends head and end to a copy of the database.
pub(crate) fn seal(file: &Path, files: BTreeMap<String, String>) -> Result<()> {
    let mut handle = OpenOptions::new()
        .read(true)
        .write(true)
        .open(file)
        .map_err(Error::io(file))?;
    let database_bytes = handle.metadata().map_err(Error::io(file))?.len();
    let head = serde_json::to_vec(&Head {
        format: FORMAT,
        database_bytes,
        files,
    })?;
    let head_bytes = u32::try_from(head.len())
        .map_err(|_| Error::BackupFailed("its keys are too long".to_owned()))?;
    let append = |handle: &mut File| {
        handle.seek(SeekFrom::End(0))?;
        handle.write_all(&head)?;
        let hash = hash_of(handle, database_bytes + u64::from(head_bytes))?;
        handle.seek(SeekFrom::End(0))?;
        handle.write_all(&head_bytes.to_le_bytes())?;
        handle.write_all(&hash)?;
        handle.write_all(MARK)?;
        handle.sync_all()
    };
    append(&mut handle).map_err(Error::io(file))
}

/// What belongs to the database in a folder.
pub(crate) fn companions(dir: &Path) -> Result<BTreeMap<String, String>> {
    let mut files = BTreeMap::new();
    for name in COMPANIONS {
        if let Some(text) = read_companion(&dir.join(name))? {
            files.insert(name.to_owned(), text);
        }
    }
    Ok(files)
}

fn read_companion(path: &Path) -> Result<Option<String>> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(Error::io(path)(error)),
    };
    let mut text = String::new();
    file.take(MAX_COMPANION_BYTES)
        .read_to_string(&mut text)
        .map_err(Error::io(path))?;
    Ok(Some(text))
}

struct End {
    head_bytes: u32,
    hash: [u8; 32],
}

/// The end of a backup; None where the mark is missing.
fn read_end(handle: &mut File, length: u64) -> std::io::Result<Option<End>> {
    if length < END_BYTES {
        return Ok(None);
    }
    let (mut head_bytes, mut hash, mut mark) = ([0; 4], [0; 32], [0; 8]);
    handle.seek(SeekFrom::Start(length - END_BYTES))?;
    handle.read_exact(&mut head_bytes)?;
    handle.read_exact(&mut hash)?;
    handle.read_exact(&mut mark)?;
    let head_bytes = u32::from_le_bytes(head_bytes);
    Ok((&mark == MARK).then_some(End { head_bytes, hash }))
}

/// SHA-256 of the first bytes of a file.
fn hash_of(handle: &mut File, bytes: u64) -> std::io::Result<[u8; 32]> {
    handle.seek(SeekFrom::Start(0))?;
    let mut hash = Sha256::new();
    let mut rest = handle.take(bytes);
    let mut buffer = vec![0; BUFFER_BYTES];
    loop {
        let read = rest.read(&mut buffer)?;
        if read == 0 {
            return Ok(hash.finalize().into());
        }
        hash.update(&buffer[..read]);
    }
}
