//! The file that comes back: a line that says what it is and from which personal file, then the entries,
//! encrypted with the key that only that file and the company's store have. Whoever changes a byte, also
//! of the line, breaks it.

use std::fs::File;
use std::io::{Read as _, Write as _};
use std::path::Path;

use chacha20poly1305::aead::{Aead as _, Payload};
use chacha20poly1305::{KeyInit as _, XChaCha20Poly1305, XNonce};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use yeji_core::account::ReturnKey;
use yeji_core::bonus_cycle::StatementConfirmation;
use yeji_core::facts::Interaction;
use yeji_core::follow_up::{FeedbackItem, NextStep};
use yeji_core::goal_round::{GoalComment, GoalConfirmation, GoalProposal};
use yeji_core::ids::{PersonId, PersonalFileId};
use yeji_store::{Backup, Probe};
use zeroize::Zeroizing;

use super::PersonalError;
use crate::error::{Error, Result};
use crate::host::Random;
use crate::text::hex;

pub(super) const KEY_BYTES: usize = 32;
const NONCE_BYTES: usize = 24;
const WHAT: &str = "yeji-return";
/// The form that this program writes.
const FORMAT: u32 = 1;
const MAX_HEAD_BYTES: usize = 512;
const MAX_FILE_MIB: u64 = 32;

/// The first line, readable.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Head {
    what: String,
    format: u32,
    file: PersonalFileId,
    nonce: String,
}

/// What was entered in a personal file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Entries {
    pub file: PersonalFileId,
    pub person: PersonId,
    pub written_at: DateTime<Utc>,
    pub interactions: Vec<Interaction>,
    pub next_steps: Vec<NextStep>,
    pub feedback: Vec<FeedbackItem>,
    // Left out while there are none, so that an older program reads the file.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub proposals: Vec<GoalProposal>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub comments: Vec<GoalComment>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub confirmations: Vec<GoalConfirmation>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub statements: Vec<StatementConfirmation>,
}

impl Entries {
    pub fn len(&self) -> usize {
        self.interactions.len()
            + self.next_steps.len()
            + self.feedback.len()
            + self.proposals.len()
            + self.comments.len()
            + self.confirmations.len()
            + self.statements.len()
    }
}

/// A file of which only the first line was read.
#[derive(Debug)]
pub(super) struct Sealed {
    head: Head,
    line: Vec<u8>,
    body: Vec<u8>,
}

/// A key as it is kept.
pub(super) fn key_text(raw: &[u8; KEY_BYTES]) -> ReturnKey {
    ReturnKey(hex(raw))
}

/// Writes the entries to a file that does not exist yet.
pub(super) fn write(
    path: &Path,
    entries: &Entries,
    key: &ReturnKey,
    random: &dyn Random,
) -> Result<()> {
    let mut nonce = [0; NONCE_BYTES];
    random.fill(&mut nonce)?;
    let head = Head {
        what: WHAT.to_owned(),
        format: FORMAT,
        file: entries.file,
        nonce: hex(&nonce),
    };
    let line = serde_json::to_vec(&head).map_err(yeji_store::Error::from)?;
    let plain = serde_json::to_vec(entries).map_err(yeji_store::Error::from)?;
    let payload = Payload {
        msg: &plain,
        aad: &line,
    };
    let damaged = || Error::from(PersonalError::Damaged(path.to_owned()));
    let cipher = cipher(key).ok_or_else(damaged)?;
    let body = cipher
        .encrypt(&XNonce::from(nonce), payload)
        .map_err(|_| damaged())?;
    let mut file = File::create_new(path).map_err(|error| {
        if error.kind() == std::io::ErrorKind::AlreadyExists {
            yeji_store::Error::FileExists(path.to_owned()).into()
        } else {
            Error::io(path)(error)
        }
    })?;
    let written = [&line[..], b"\n", &body[..]]
        .iter()
        .try_for_each(|part| file.write_all(part))
        .and_then(|()| file.sync_all());
    written.map_err(|error| {
        // A part of a file would look like the whole until it is opened.
        drop(std::fs::remove_file(path));
        Error::io(path)(error)
    })
}

/// Reads the first line and what follows it.
pub(super) fn read(path: &Path) -> Result<Sealed> {
    let file = File::open(path).map_err(Error::io(path))?;
    let limit = MAX_FILE_MIB << 20;
    let length = file.metadata().map_err(Error::io(path))?.len();
    let mut start = Vec::new();
    (&file)
        .take(MAX_HEAD_BYTES as u64)
        .read_to_end(&mut start)
        .map_err(Error::io(path))?;
    let head = start
        .iter()
        .position(|byte| *byte == b'\n')
        .and_then(|end| Some((end, serde_json::from_slice::<Head>(&start[..end]).ok()?)))
        .filter(|(_, head)| head.what == WHAT);
    let Some((end, head)) = head else {
        return Err(other_kind(path).into());
    };
    if head.format != FORMAT {
        return Err(PersonalError::Newer(path.to_owned()).into());
    }
    if length > limit {
        return Err(PersonalError::TooLarge {
            path: path.to_owned(),
            limit_mib: MAX_FILE_MIB,
        }
        .into());
    }
    let (line, mut body) = (start[..end].to_vec(), start[end + 1..].to_vec());
    (&file)
        .take(limit)
        .read_to_end(&mut body)
        .map_err(Error::io(path))?;
    Ok(Sealed { head, line, body })
}

impl Sealed {
    /// The personal file that it says it comes from.
    pub fn file(&self) -> PersonalFileId {
        self.head.file
    }

    /// The entries, if this is the key and nobody has changed anything.
    pub fn open(&self, key: &ReturnKey, path: &Path) -> Result<Entries> {
        let damaged = || Error::from(PersonalError::Damaged(path.to_owned()));
        let nonce: [u8; NONCE_BYTES] = unhex(&self.head.nonce).ok_or_else(damaged)?;
        let payload = Payload {
            msg: &self.body,
            aad: &self.line,
        };
        let plain = cipher(key)
            .and_then(|cipher| cipher.decrypt(&XNonce::from(nonce), payload).ok())
            .ok_or_else(damaged)?;
        // Whole and unchanged, so what cannot be read is something that this program does not know.
        serde_json::from_slice(&plain).map_err(|_| PersonalError::Newer(path.to_owned()).into())
    }
}

/// What a file is that has no such first line.
fn other_kind(path: &Path) -> PersonalError {
    let is_store = Backup::read(path)
        .and_then(|backup| backup.probe())
        .is_ok_and(|probe| probe != Probe::Absent);
    if is_store {
        PersonalError::WholeStore(path.to_owned())
    } else {
        PersonalError::NotAReturn(path.to_owned())
    }
}

fn cipher(key: &ReturnKey) -> Option<XChaCha20Poly1305> {
    let raw: Zeroizing<[u8; KEY_BYTES]> = Zeroizing::new(unhex(&key.0)?);
    Some(XChaCha20Poly1305::new((&*raw).into()))
}

fn unhex<const N: usize>(text: &str) -> Option<[u8; N]> {
    if text.len() != N * 2 || !text.is_ascii() {
        return None;
    }
    let mut bytes = [0; N];
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[at * 2..at * 2 + 2], 16).ok()?;
    }
    Some(bytes)
}
