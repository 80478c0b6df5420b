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
use crate::api::keeping::{PickedBackup, RestoreStore, RestoredStore};
use crate::blocking::blocking;
use crate::context::{App, Outside};
use crate::error::Result;
use crate::history::PENDING_FOLDER;
use crate::keys::{Secret, StoreKeys, key_by_person};
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
        let needs_secret = encrypted && self.known_key(&backup)?.is_none();
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
        let key = match (&args.secret, self.known_key(&backup)?) {
            (Some(secret), _) => key_of(&backup, Some(secret), &self.outside)?,
            (None, Some(key)) => key,
            (None, None) => key_of(&backup, None, &self.outside)?,
        };
        let _turn = self.turn().await;
        self.still_nobody_to_ask().await?;
        if let Err(error) = self.take_in_pending().await {
            tracing::warn!("what waits for the audit log was not taken in: {error}");
        }
        let (dir, name) = (self.dir(), incoming_name(&self.outside));
        let unpacked = if self.opened().is_ok() {
            backup.unpack(&dir, &name, &key).await?
        } else {
            backup.unpack_alone(&dir, &name, &key).await?
        };
        if !args.replace {
            self.replaced().await?.ask(&unpacked, &key).await?;
        }
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
            .map(|(owner, company)| (owner.name, company));
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

impl PresentKey {
    fn opens(&self, backup: &Backup) -> Result<bool> {
        let keys = StoreKeys::of_backup(backup)?;
        Ok(backup.probe()? != Probe::Plain && keys.is_some_and(|keys| keys.id == self.id))
    }
}

impl Desk {
    /// Lets whoever is signed in replace the store; gives the name under which it is recorded, and the
    /// store's key for that, none where it has none.
    pub async fn let_restore(&self) -> Result<(String, Option<PresentKey>, Replaced)> {
        let app = self.admit(Right::Restore).await?;
        let actor = app.author();
        let replaced = app.replaced().await?;
        let (Ok(opened), Some(keys)) = (app.opened(), StoreKeys::read(&app.dir())?) else {
            return Ok((actor, None, replaced));
        };
        let present = PresentKey {
            id: keys.id,
            key: opened.key,
        };
        let present = (present.key != Key::Plain).then_some(present);
        Ok((actor, present, replaced))
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
    let key = match present {
        Some(present) if present.opens(&backup)? => present.key,
        _ => key_of(&backup, None, outside)?,
    };
    let unpacked = backup
        .unpack_alone(dir, &incoming_name(outside), &key)
        .await?;
    if let Some(replaced) = replaced {
        replaced.ask(&unpacked, &key).await?;
    }
    let restored = outcome(&unpacked);
    let kept = kept_name(outside);
    note(&unpacked, &key, &backup, &kept, actor, outside).await?;
    let kept = unpacked.put_in_place(&kept)?;
    keep_pending(dir, kept.as_deref());
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

fn outcome(unpacked: &Unpacked) -> RestoredStore {
    RestoredStore {
        kept: None,
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
