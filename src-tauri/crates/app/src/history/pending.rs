//! What left the store by a program that may only read it, while another one holds the writer: noted
//! beside the store before it leaves, and taken into the audit log by whoever may write next.
//!
//! A note can be removed by whoever can remove the store's files; a command that runs at night and fails
//! because a window was left open is worse (docs/decisions/0010).

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;
use yeji_store::{AuditDraft, Key, Store};

use crate::context::Shared;
use crate::error::{Error, Result};
use crate::keys::note;

/// Beside the store.
pub(crate) const FOLDER: &str = "audit-pending";
const ENDING: &str = "entry";
/// An entry has a few hundred bytes.
const MAX_BYTES: u64 = 64 * 1024;

/// An entry that waits.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Pending {
    pub id: Uuid,
    pub at: DateTime<Utc>,
    pub actor: String,
    pub draft: AuditDraft,
}

impl Shared {
    /// Notes an entry beside the store.
    ///
    /// # Errors
    /// [`Error::NotRecorded`] where nothing can be written beside the store either.
    pub(super) fn leave_pending(&self, pending: &Pending) -> Result<()> {
        let text = serde_json::to_vec(pending).map_err(|_| Error::NotRecorded)?;
        let key = self.opened()?.key;
        let bytes = note::closed(&key, &text, &*self.outside.opening.random)?;
        let folder = self.dir().join(FOLDER);
        let file = folder.join(format!("{}.{ENDING}", pending.id));
        let part = folder.join(format!("{}.part", pending.id));
        let written = fs::create_dir_all(&folder)
            .and_then(|()| OpenOptions::new().create_new(true).write(true).open(&part))
            .and_then(|mut handle| handle.write_all(&bytes).and_then(|()| handle.sync_all()))
            .map_err(Error::io(&part))
            .and_then(|()| Ok(yeji_store::rename_durably(&part, &file)?));
        written.map_err(|error| {
            tracing::warn!("{} cannot be written: {error}", file.display());
            Error::NotRecorded
        })
    }

    /// Takes what waits into the audit log, oldest first. Does nothing where this program may only read.
    pub(crate) async fn take_in_pending(&self) -> Result<()> {
        let store = self.store()?;
        if !store.is_writable() {
            return Ok(());
        }
        let _one_at_a_time = self.taking_in.lock().await;
        let key = self.opened()?.key;
        let mut first_error = None;
        for file in waiting(&self.dir().join(FOLDER))? {
            // One that cannot be taken in does not stand in the way of the others.
            if let Err(error) = self.take_in(&store, &key, &file).await {
                tracing::warn!("{} waits on: {error}", file.display());
                first_error.get_or_insert(error);
            }
        }
        first_error.map_or(Ok(()), Err)
    }

    async fn take_in(&self, store: &Store, key: &Key, file: &Path) -> Result<()> {
        let text = read(file)?.and_then(|bytes| note::opened(key, &bytes));
        let pending = text.and_then(|text| serde_json::from_slice::<Pending>(&text).ok());
        let Some(Pending {
            id,
            at,
            actor,
            draft,
        }) = pending
        else {
            return self.set_aside(store, file).await;
        };
        // Taken in before, and then killed before the note was removed.
        if !store.has_audit(id).await? {
            store.audit(id, at, &actor, &draft).await?;
            self.tell(vec!["audit".to_owned()]);
        }
        fs::remove_file(file).map_err(Error::io(file))
    }

    /// Whether anything waits.
    pub(crate) fn has_pending(&self) -> bool {
        waiting(&self.dir().join(FOLDER)).is_ok_and(|files| !files.is_empty())
    }

    /// A note that nobody can read is kept under another name, and recorded as that: in this order, or one
    /// whose name cannot be changed would be recorded at every start.
    async fn set_aside(&self, store: &Store, file: &Path) -> Result<()> {
        let aside = file.with_extension("unreadable");
        fs::rename(file, &aside).map_err(Error::io(file))?;
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let draft = AuditDraft {
            action: "audit.unreadable".to_owned(),
            subject: name.into_owned(),
            detail: json!({}),
        };
        let (id, now) = (self.clock.new_id(), self.clock.now());
        store.audit(id, now, "", &draft).await?;
        self.tell(vec!["audit".to_owned()]);
        Ok(())
    }
}

/// The notes, by name: ids are in the order of time.
fn waiting(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(Error::io(folder)(error)),
    };
    let mut files = Vec::new();
    for entry in entries {
        let path = entry.map_err(Error::io(folder))?.path();
        if path.extension().is_some_and(|ending| ending == ENDING) {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// The bytes of a note; None if it is longer than a note can be.
fn read(file: &Path) -> Result<Option<Vec<u8>>> {
    let length = fs::metadata(file).map_err(Error::io(file))?.len();
    if length > MAX_BYTES {
        return Ok(None);
    }
    fs::read(file).map(Some).map_err(Error::io(file))
}
