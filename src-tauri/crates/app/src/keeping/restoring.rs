//! Bringing a backup back: everything is checked before anything is replaced, and what is replaced is
//! kept.

use std::path::{Path, PathBuf};
use std::sync::PoisonError;

use serde_json::json;
use yeji_store::{AuditDraft, Backup, INCOMING, Key, Probe, Unpacked};

use super::error::KeepingError;
use super::swap::Meanwhile;
use crate::api::NoArgs;
use crate::api::keeping::{PickedBackup, RestoreStore, RestoredStore};
use crate::context::{App, Outside};
use crate::error::Result;
use crate::keys::{Secret, StoreKeys, key_by_person};

impl App {
    /// Lets a person choose a backup and says what it needs. Also where no store can be opened.
    pub async fn pick_backup(&self, _: NoArgs) -> Result<Option<PickedBackup>> {
        self.lock.check()?;
        let Some(path) = self.host.pick_backup().await else {
            return Ok(None);
        };
        let backup = Backup::read(&path)?;
        let encrypted = backup.probe()? != Probe::Plain;
        let needs_secret = encrypted && self.known_key(&backup)?.is_none();
        let picked = PickedBackup {
            file: path.display().to_string(),
            encrypted,
            needs_secret,
        };
        *self
            .keeping
            .picked
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = Some(path);
        Ok(Some(picked))
    }

    /// Puts the chosen backup in the place of the present store, which is kept beside it.
    pub async fn restore_store(&self, args: RestoreStore) -> Result<RestoredStore> {
        self.lock.check()?;
        let picked = self.keeping.picked.lock();
        let picked = picked.unwrap_or_else(PoisonError::into_inner).clone();
        let backup = Backup::read(&picked.ok_or(KeepingError::NothingPicked)?)?;
        let key = match (&args.secret, self.known_key(&backup)?) {
            (Some(secret), _) => key_of(&backup, Some(secret), &self.outside)?,
            (None, Some(key)) => key,
            (None, None) => key_of(&backup, None, &self.outside)?,
        };
        let _turn = self.turn().await;
        let unpacked = unpack(&backup, &self.dir(), &key, &self.outside).await?;
        let restored = outcome(&unpacked);
        let kept = kept_name(&self.outside);
        note(
            &unpacked,
            &key,
            &backup,
            &kept,
            &self.author(),
            &self.outside,
        )
        .await?;
        let kept = self.swap(unpacked, &kept, key, Meanwhile::Anything).await?;
        self.announce_all();
        Ok(RestoredStore {
            kept: kept.map(|path| path.display().to_string()),
            ..restored
        })
    }

    /// A key that is at hand: that of the open store, if the backup was made with it, or the keyring's.
    fn known_key(&self, backup: &Backup) -> Result<Option<Key>> {
        if backup.probe()? == Probe::Plain {
            return Ok(Some(Key::Plain));
        }
        let Some(keys) = StoreKeys::of_backup(backup)? else {
            return Ok(None);
        };
        if let Ok(opened) = self.opened()
            && let Some(present) = StoreKeys::read(&self.dir())?
            && present.id == keys.id
        {
            return Ok(Some(opened.key));
        }
        Ok(keyring_key(&keys, &self.outside))
    }
}

/// Puts a backup in the place of the store in `dir` (or where none is), which no program may have open;
/// `actor` is who does it, for the audit log of the restored store.
///
/// # Errors
/// When the backup is not whole, its key is not known, or what is in it does not agree with itself;
/// then everything stays as it was.
pub async fn restore(
    dir: &Path,
    file: &Path,
    actor: &str,
    outside: &Outside,
) -> Result<RestoredStore> {
    let backup = Backup::read(file)?;
    let key = key_of(&backup, None, outside)?;
    let unpacked = unpack(&backup, dir, &key, outside).await?;
    let restored = outcome(&unpacked);
    let kept = kept_name(outside);
    note(&unpacked, &key, &backup, &kept, actor, outside).await?;
    let kept = unpacked.put_in_place(&kept)?;
    Ok(RestoredStore {
        kept: kept.map(|path: PathBuf| path.display().to_string()),
        ..restored
    })
}

/// The key of a backup: typed, else the keyring's, else by the passphrase that is given or asked for.
fn key_of(backup: &Backup, typed: Option<&Secret>, outside: &Outside) -> Result<Key> {
    if backup.probe()? == Probe::Plain {
        return Ok(Key::Plain);
    }
    let file = backup.file();
    let Some(keys) = StoreKeys::of_backup(backup)? else {
        return Err(yeji_store::Error::KeyNeeded(file.to_owned()).into());
    };
    if let Some(typed) = typed {
        return keys.open(typed, file);
    }
    if let Some(key) = keyring_key(&keys, outside) {
        return Ok(key);
    }
    if !keys.has_seal() {
        return Err(crate::Error::KeyMissing(file.to_owned()));
    }
    key_by_person(&keys, file, outside)
}

fn keyring_key(keys: &StoreKeys, outside: &Outside) -> Option<Key> {
    outside.secrets.get(&keys.id).ok().flatten().map(Key::Raw)
}

async fn unpack(backup: &Backup, dir: &Path, key: &Key, outside: &Outside) -> Result<Unpacked> {
    let name = format!("{INCOMING}{}", outside.clock.new_id());
    Ok(backup.unpack(dir, &name, key).await?)
}

/// The restored store knows that it is one: whoever reads its log later sees why what came after the
/// backup is missing, and where it is kept. It is written before the store takes its place, so that
/// there is no restored store without it.
async fn note(
    unpacked: &Unpacked,
    key: &Key,
    backup: &Backup,
    kept: &str,
    actor: &str,
    outside: &Outside,
) -> Result<()> {
    let file = backup.file().file_name().unwrap_or_default();
    let file = file.to_string_lossy().into_owned();
    let draft = AuditDraft {
        action: "store.restore".to_owned(),
        subject: file.clone(),
        detail: json!({ "file": file, "folder": kept }),
    };
    let (id, now) = (outside.clock.new_id(), outside.clock.now());
    unpacked.audit(key, id, now, actor, &draft).await?;
    Ok(())
}

fn outcome(unpacked: &Unpacked) -> RestoredStore {
    RestoredStore {
        kept: None,
        last_change: unpacked.last_change(),
        deals: unpacked.deals(),
    }
}

/// `replaced-2026-11-28-173012`, on the user's clock.
fn kept_name(outside: &Outside) -> String {
    let now = outside.clock.local(outside.clock.now());
    format!("replaced-{}", now.format("%Y-%m-%d-%H%M%S"))
}
