//! What left the store, and who signed in, by a program that may only read it while another one holds the
//! writer: noted beside the store, and taken into the audit log by whoever may write next.
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
use yeji_core::account::UserAccount;
use yeji_core::ids::ChangeId;
use yeji_store::{AuditDraft, Change, ChangeKind, Key, Store};

use crate::accounts::sign_in;
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
pub(crate) struct Pending {
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
    pub(crate) fn leave_pending(&self, pending: &Pending) -> Result<()> {
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
        let Some(pending) = content(file, key)? else {
            return self.set_aside(store, file).await;
        };
        // Else taken in before, and then killed before the note was removed.
        if !store.has_audit(pending.id).await? {
            self.record(store, pending).await?;
            self.tell(vec!["audit".to_owned()]);
        }
        fs::remove_file(file).map_err(Error::io(file))
    }

    /// An entry of its own; with a try to sign in the account counts it, in the same change.
    async fn record(&self, store: &Store, pending: Pending) -> Result<()> {
        let account = match sign_in::account_of(&pending.draft) {
            Some(name) => store.account_named(name).await?,
            None => None,
        };
        let tried = account.and_then(|account| sign_in::after_try(&account, &pending));
        let Pending {
            id,
            at,
            actor,
            draft,
        } = pending;
        let Some(account) = tried else {
            store.audit(id, at, &actor, &draft).await?;
            return Ok(());
        };
        let mut change = Change::new(ChangeId(id), at, &actor, ChangeKind::SignIn);
        change.summary = json!({ "action": draft.action, "account": draft.subject });
        change.audit = Some(draft);
        change.put.push(account.into());
        self.apply(change).await
    }

    /// An account with the tries that wait beside the store: where they cannot be taken in, they count
    /// all the same.
    pub(crate) fn with_waiting_tries(&self, mut account: UserAccount) -> Result<UserAccount> {
        let key = self.opened()?.key;
        for file in waiting(&self.dir().join(FOLDER))? {
            // What cannot be read is told by whoever takes it in.
            if let Ok(Some(pending)) = content(&file, &key)
                && let Some(tried) = sign_in::after_try(&account, &pending)
            {
                account = tried;
            }
        }
        Ok(account)
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

/// What a note says; None if nobody can read it.
fn content(file: &Path, key: &Key) -> Result<Option<Pending>> {
    let text = read(file)?.and_then(|bytes| note::opened(key, &bytes));
    Ok(text.and_then(|text| serde_json::from_slice(&text).ok()))
}

/// The bytes of a note; None if it is longer than a note can be.
fn read(file: &Path) -> Result<Option<Vec<u8>>> {
    let length = fs::metadata(file).map_err(Error::io(file))?.len();
    if length > MAX_BYTES {
        return Ok(None);
    }
    fs::read(file).map(Some).map_err(Error::io(file))
}
