//! Bringing a backup back: everything is checked before anything is replaced, and what is replaced is
//! kept.

use std::path::{Path, PathBuf};
use std::sync::PoisonError;

use serde_json::json;
use yeji_core::ids::PersonId;
use yeji_store::{AuditDraft, Backup, INCOMING, Key, OpenMode, Probe, Store, Unpacked};

use super::error::KeepingError;
use super::swap::Meanwhile;
use crate::access::{AccessError, Actor, Desk, Right};
use crate::api::NoArgs;
use crate::api::keeping::{PickedBackup, RestoreStore, RestoredKeys, RestoredStore};
use crate::blocking::blocking;
use crate::context::{App, Outside};
use crate::error::Result;
use crate::history::PENDING_FOLDER;
use crate::keys::{Secret, StoreKeys, by_passphrase_of_file};
use crate::personal::owner_of;

impl App {
    /// Lets a person choose a backup and says what it needs. Also where no store can be opened.
    pub async fn pick_backup(&self, _: NoArgs) -> Result<Option<PickedBackup>> {
        self.lock.check()?;
        let Some(path) = self.host.pick_backup().await else {
            return Ok(None);
        };
        let backup = read(&path).await?;
        let encrypted = backup.probe()? != Probe::Plain;
        let needs_secret = encrypted && !self.opens_unasked(&backup)?;
        let picked = PickedBackup {
            file: path.display().to_string(),
            encrypted,
            needs_secret,
            makes_plain: makes_plain(&backup, &self.dir())?,
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
        let backup = read(&picked.ok_or(KeepingError::NothingPicked)?).await?;
        if !args.plain && makes_plain(&backup, &self.dir())? {
            return Err(KeepingError::MakesPlain.into());
        }
        // Under the turn: what opens the present store does not change between finding it and the swap.
        let _turn = self.turn().await;
        let (dir, present) = (self.dir(), self.present_key());
        let typed = args.secret.as_ref();
        let found = find_key(&backup, &dir, present.as_ref(), typed, &self.outside)?;
        self.still_nobody_to_ask().await?;
        if let Err(error) = self.take_in_pending().await {
            tracing::warn!("what waits for the audit log was not taken in: {error}");
        }
        let (name, key) = (incoming_name(&self.outside), &found.key);
        let unpacked = if self.opened().is_ok() {
            backup.unpack(&dir, &name, key).await?
        } else {
            backup.unpack_alone(&dir, &name, key).await?
        };
        if !args.replace {
            self.replaced().await?.ask(&unpacked, key).await?;
        }
        let keys = settle_keys(&dir, &unpacked, &backup, &found)?;
        let restored = outcome(&unpacked, keys);
        let kept = kept_name(&self.outside);
        let author = self.author();
        note(&unpacked, key, &backup, &kept, &author, &self.outside).await?;
        let kept = self
            .swap(unpacked, &kept, found.key, Meanwhile::Anything)
            .await?;
        keep_pending(&dir, kept.as_deref());
        self.announce_all();
        Ok(RestoredStore {
            kept: kept.map(|path| path.display().to_string()),
            ..restored
        })
    }

    /// Whoever came here because no store could be opened goes no further if one can be asked by now.
    async fn still_nobody_to_ask(&self) -> Result<()> {
        if *self.actor() == Actor::Local
            && let Ok(opened) = self.opened()
            && opened.store.has_accounts().await?
        {
            return Err(AccessError::SignInNeeded.into());
        }
        Ok(())
    }

    /// What a restored store would take the place of.
    async fn replaced(&self) -> Result<Replaced> {
        if self.opened().is_err() {
            return Ok(Replaced::default());
        }
        Ok(Replaced {
            stands: true,
            owner: match self.actor() {
                Actor::Owner(owner) => Some(owner.person),
                _ => None,
            },
            unsent: self.unsent().await?,
        })
    }

    /// Whether a key is at hand: that of the open store, if the backup was made with it, or the keyring's.
    fn opens_unasked(&self, backup: &Backup) -> Result<bool> {
        let Some(keys) = StoreKeys::of_backup(backup)? else {
            return Ok(false);
        };
        let present = self.present_key();
        let same = present.is_some_and(|present| present.id == keys.id);
        Ok(same || keyring_key(&keys, &self.outside).is_some())
    }

    /// The key of the open store; None where none is open, it is not encrypted, or its file of keys cannot
    /// be read: then the backup's own passphrase is asked for.
    fn present_key(&self) -> Option<PresentKey> {
        let key = self.opened().ok()?.key;
        let keys = StoreKeys::read(&self.dir()).ok().flatten()?;
        (key != Key::Plain).then_some(PresentKey { id: keys.id, key })
    }
}

/// What a restored store takes the place of. By default nothing that could be asked about.
#[derive(Debug, Default)]
pub struct Replaced {
    /// A store is there.
    stands: bool,
    /// Whose personal file it is.
    owner: Option<PersonId>,
    /// Entries in it that HR has not got.
    unsent: usize,
}

impl Replaced {
    /// Refuses what wants a person's word: somebody's personal file over anything but an earlier file of
    /// theirs, and anything over entries that were not sent back.
    async fn ask(&self, unpacked: &Unpacked, key: &Key) -> Result<()> {
        if !self.stands {
            return Ok(());
        }
        let store = Store::open(&unpacked.path(), key, OpenMode::ReadWrite).await?;
        let comes = owner_of(&store).await;
        store.close().await?;
        let whose = comes?
            .filter(|(owner, _)| self.owner != Some(owner.person))
            .map(|(owner, company)| (owner.shown(), company));
        if whose.is_none() && self.unsent == 0 {
            return Ok(());
        }
        let unsent = self.unsent;
        Err(KeepingError::Asks { whose, unsent }.into())
    }
}

/// The key of an open store, for its own backups.
#[derive(Debug)]
pub struct PresentKey {
    id: String,
    key: Key,
}

impl Desk {
    /// Lets whoever is signed in replace the store; gives the name under which it is recorded, and the
    /// store's key for that, none where it has none.
    pub async fn let_restore(&self) -> Result<(String, Option<PresentKey>, Replaced)> {
        let app = self.admit(Right::Restore).await?;
        let actor = app.author();
        let replaced = app.replaced().await?;
        Ok((actor, app.present_key(), replaced))
    }
}

/// Puts a backup in the place of the store in `dir` (or where none is), which no program may have open;
/// `actor` is who does it, for the audit log of the restored store.
///
/// `present`: the key of the store that is there, which opens its own backups whatever their passphrase.
/// `replaced`: what is there, where nobody has said yet that it may be replaced.
///
/// # Errors
/// When the backup is not whole, its key is not known, or what is in it does not agree with itself;
/// then everything stays as it was.
pub async fn restore(
    dir: &Path,
    file: &Path,
    actor: &str,
    outside: &Outside,
    present: Option<PresentKey>,
    replaced: Option<Replaced>,
) -> Result<RestoredStore> {
    let backup = read(file).await?;
    if !outside.opening.plain && makes_plain(&backup, dir)? {
        return Err(KeepingError::MakesPlain.into());
    }
    let found = find_key(&backup, dir, present.as_ref(), None, outside)?;
    let key = &found.key;
    let unpacked = backup
        .unpack_alone(dir, &incoming_name(outside), key)
        .await?;
    if let Some(replaced) = replaced {
        replaced.ask(&unpacked, key).await?;
    }
    let keys = settle_keys(dir, &unpacked, &backup, &found)?;
    let restored = outcome(&unpacked, keys);
    let kept = kept_name(outside);
    note(&unpacked, key, &backup, &kept, actor, outside).await?;
    let kept = unpacked.put_in_place(&kept)?;
    keep_pending(dir, kept.as_deref());
    Ok(RestoredStore {
        kept: kept.map(|path: PathBuf| path.display().to_string()),
        ..restored
    })
}

/// The key of a backup.
#[derive(Debug)]
struct FoundKey {
    key: Key,
    /// Id of the present keys, where they open the backup's database as well: then they stay in force.
    present: Option<String>,
}

/// The key of a backup: that of the present store, if it is the same one; else typed, the keyring's, or by
/// the passphrase that is given or asked for.
///
/// Where the backup is of the store that is there, the passphrase and the recovery code of today stay in
/// force: those of the backup may have been changed because somebody knows them.
fn find_key(
    backup: &Backup,
    dir: &Path,
    opened: Option<&PresentKey>,
    typed: Option<&Secret>,
    outside: &Outside,
) -> Result<FoundKey> {
    if backup.probe()? == Probe::Plain {
        let (key, present) = (Key::Plain, None);
        return Ok(FoundKey { key, present });
    }
    let file = backup.file();
    let Some(keys) = StoreKeys::of_backup(backup)? else {
        return Err(yeji_store::Error::KeyNeeded(file.to_owned()).into());
    };
    // One id is one key. A file of keys that cannot be read goes with what is replaced; one that nothing
    // typed opens would take the backup's passphrase away.
    let present = StoreKeys::read(dir)
        .ok()
        .flatten()
        .filter(|present| present.id == keys.id && (present.has_seal() || !keys.has_seal()));
    let by_present = |key| FoundKey {
        key,
        present: present.as_ref().map(|present| present.id.clone()),
    };
    let by_backup = |key| FoundKey { key, present: None };
    if let Some(opened) = opened
        && opened.id == keys.id
    {
        return Ok(by_present(opened.key.clone()));
    }
    // The store may be damaged and its keys whole: whoever knows what opens it today needs nothing older.
    let open = |secret: &Secret| match &present {
        Some(present) => match present.open(secret, file) {
            Ok(key) => Ok(by_present(key)),
            Err(_) => keys.open(secret, file).map(by_backup),
        },
        None => keys.open(secret, file).map(by_backup),
    };
    if let Some(typed) = typed {
        return open(typed);
    }
    if let Some(key) = keyring_key(&keys, outside) {
        return Ok(by_present(key));
    }
    if !keys.has_seal() && present.as_ref().is_none_or(|present| !present.has_seal()) {
        return Err(crate::Error::KeyMissing(file.to_owned()));
    }
    by_passphrase_of_file(file, outside, open)
}

/// Sees to it that the restored store is opened by what is in force, and says what that is; None where it
/// is not encrypted. Nobody writes in `dir` now.
fn settle_keys(
    dir: &Path,
    unpacked: &Unpacked,
    backup: &Backup,
    found: &FoundKey,
) -> Result<Option<RestoredKeys>> {
    if found.key == Key::Plain {
        return Ok(None);
    }
    let keys = match &found.present {
        None => StoreKeys::of_backup(backup)?,
        Some(id) => {
            // Another program may have handed the store over since it was looked at.
            let present = StoreKeys::read(dir)?.filter(|present| present.id == *id);
            let present = present.ok_or(KeepingError::Busy)?;
            present.write(&unpacked.path())?;
            Some(present)
        }
    };
    Ok(keys.map(|keys| RestoredKeys {
        stayed: found.present.is_some(),
        passphrase_since: keys.passphrase_since(),
        recovery_since: keys.recovery_since(),
    }))
}

fn keyring_key(keys: &StoreKeys, outside: &Outside) -> Option<Key> {
    outside.secrets.get(&keys.id).ok().flatten().map(Key::Raw)
}

/// Reading to the end and hashing takes long for a large file.
async fn read(file: &Path) -> Result<Backup> {
    let file = file.to_owned();
    blocking(move || Ok(Backup::read(&file)?)).await
}

/// Whether the present store is encrypted and the backup is not. A store that cannot be looked at is
/// not known to be.
fn makes_plain(backup: &Backup, dir: &Path) -> Result<bool> {
    let present = Store::probe(dir).unwrap_or(Probe::Absent);
    Ok(present == Probe::Encrypted && backup.probe()? == Probe::Plain)
}

fn incoming_name(outside: &Outside) -> String {
    format!("{INCOMING}{}", outside.clock.new_id())
}

/// Notes that waited for the store that was replaced are its own, and go with it.
fn keep_pending(dir: &Path, kept: Option<&Path>) {
    let pending = dir.join(PENDING_FOLDER);
    let Some(kept) = kept.filter(|_| pending.exists()) else {
        return;
    };
    if let Err(error) = std::fs::rename(&pending, kept.join(PENDING_FOLDER)) {
        tracing::warn!("{}: {error}", pending.display());
    }
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

fn outcome(unpacked: &Unpacked, keys: Option<RestoredKeys>) -> RestoredStore {
    RestoredStore {
        kept: None,
        keys,
        last_change: unpacked.last_change(),
        deals: unpacked.deals(),
    }
}

/// How the folder of a store that was replaced begins.
pub(super) const REPLACED: &str = "replaced-";

/// `replaced-2026-11-28-173012`, on the user's clock.
fn kept_name(outside: &Outside) -> String {
    let now = outside.clock.local(outside.clock.now());
    format!("{REPLACED}{}", now.format("%Y-%m-%d-%H%M%S"))
}
