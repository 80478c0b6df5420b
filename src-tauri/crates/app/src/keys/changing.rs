//! What opens a store: looked at, set, handed over; and opening one from the window.

use serde_json::json;
use yeji_store::{INCOMING, Key, Probe, Store};
use zeroize::Zeroizing;

use super::error::KeyError;
use super::file::check_passphrase;
use super::opening::{NewStore, Opened, OpenedBy, create_store, open_encrypted, sealing};
use super::{Secret, StoreKeys, keys_of};
use crate::access::nobody_can_be_asked;
use crate::api::NoArgs;
use crate::api::keys::{
    CreateStore, HandOver, KeyState, KeyringState, MakeRecoveryCode, RecoveryCode, SetPassphrase,
    UnlockStore,
};
use crate::api::settings::Status;
use crate::context::{Access, App};
use crate::error::{Error, Result};
use crate::keeping::Meanwhile;

impl App {
    /// What opens the store; no secrets.
    #[expect(
        clippy::unused_async,
        reason = "every use case of the command table is awaited"
    )]
    pub async fn get_key_state(&self, _: NoArgs) -> Result<KeyState> {
        let opened = self.unlocked()?;
        if opened.key == Key::Plain {
            return Ok(KeyState {
                encrypted: false,
                keyring: self.keyring_state(None, &opened.key),
                passphrase_since: None,
                recovery_since: None,
            });
        }
        let keys = keys_of(&self.dir())?;
        Ok(KeyState {
            encrypted: true,
            keyring: self.keyring_state(Some(&keys), &opened.key),
            passphrase_since: keys.passphrase_since(),
            recovery_since: keys.recovery_since(),
        })
    }

    fn keyring_state(&self, keys: Option<&StoreKeys>, key: &Key) -> KeyringState {
        let name = keys.map_or("", |keys| keys.id.as_str());
        match self.outside.secrets.get(name) {
            Err(_) => KeyringState::Absent,
            Ok(Some(secret)) if Key::Raw(secret) == *key => KeyringState::Holds,
            Ok(_) => KeyringState::Empty,
        }
    }

    /// Makes the store that the window was asked to open and did not find.
    pub async fn create_store(&self, args: CreateStore) -> Result<Status> {
        let one_at_a_time = self.opening.lock().await;
        let dir = self.dir();
        if self.opened().is_ok() || Store::probe(&dir)? != Probe::Absent {
            return Err(yeji_store::Error::AlreadyThere(dir).into());
        }
        let how = match args.passphrase {
            Some(passphrase) => {
                check_passphrase(&passphrase)?;
                NewStore::Passphrase(passphrase)
            }
            None if args.plain => NewStore::Plain,
            None => NewStore::Best,
        };
        let opened = create_store(&dir, how, &self.outside).await?;
        drop(self.set_opened(Ok(opened)));
        drop(one_at_a_time);
        self.announce_all();
        self.get_status(NoArgs {}).await
    }

    /// Opens the store, or ends the window's lock, by what a person typed.
    pub async fn unlock_store(&self, args: UnlockStore) -> Result<Status> {
        let one_at_a_time = self.opening.lock().await;
        if self.lock.is_on() {
            self.end_lock(&args.secret)?;
            self.sign_in_anew();
        } else if self.opened().is_err() {
            let dir = self.dir();
            let opened =
                open_encrypted(&dir, Access::Write, Some(&args.secret), &self.outside).await;
            if let Err(error) = &opened
                && nobody_can_be_asked(error.code())
            {
                // Its key is right and it cannot be read all the same: that is what is to be shown.
                let shown = Error::Unavailable(error.to_string(), error.code(), error.params());
                drop(self.set_opened(Err(shown)));
            }
            let opened = opened?;
            if args.remember {
                self.remember(&keys_of(&dir)?, &opened.key)?;
            }
            drop(self.set_opened(Ok(opened)));
        }
        drop(one_at_a_time);
        self.announce_all();
        self.get_status(NoArgs {}).await
    }

    /// Sets or changes the passphrase; of a store without encryption, encrypts it.
    pub async fn set_passphrase(&self, args: SetPassphrase) -> Result<KeyState> {
        self.change_passphrase(args, false).await
    }

    /// As [`App::set_passphrase`]; `forgotten`: both passphrase and recovery code are lost, and the
    /// keyring, which gave the key, is proof enough. Only the command line asks so.
    pub async fn change_passphrase(
        &self,
        args: SetPassphrase,
        forgotten: bool,
    ) -> Result<KeyState> {
        let _turn = self.turn().await;
        let opened = self.unlocked()?;
        check_passphrase(&args.new)?;
        if opened.key == Key::Plain {
            // Nobody may read the store while another takes its place.
            drop(opened);
            self.note_key_change("key.passphrase").await?;
            self.encrypt(&args.new).await?;
        } else {
            let dir = self.dir();
            let mut keys = keys_of(&dir)?;
            if !(forgotten && opened.by == OpenedBy::Keyring) {
                self.prove(&opened, &keys, args.current.as_ref())?;
            }
            keys.seal_passphrase(&opened.key, &args.new, sealing(&self.outside))?;
            self.note_key_change("key.passphrase").await?;
            keys.write(&dir)?;
        }
        self.announce_keys();
        self.get_key_state(NoArgs {}).await
    }

    /// Makes a new recovery code, which is shown this once; the one before ends.
    pub async fn make_recovery_code(&self, args: MakeRecoveryCode) -> Result<RecoveryCode> {
        let _turn = self.turn().await;
        let opened = self.unlocked()?;
        if opened.key == Key::Plain {
            return Err(KeyError::NotEncrypted.into());
        }
        let dir = self.dir();
        let mut keys = keys_of(&dir)?;
        self.prove(&opened, &keys, args.current.as_ref())?;
        let code = keys.seal_recovery(&opened.key, sealing(&self.outside))?;
        self.note_key_change("key.recovery").await?;
        keys.write(&dir)?;
        self.announce_keys();
        Ok(code_of(&code))
    }

    /// Gives the store to another administrator: a new database key, a new passphrase, a new recovery
    /// code, a new entry in the keyring. What the one before knows opens it no longer.
    pub async fn hand_over(&self, args: HandOver) -> Result<RecoveryCode> {
        let _turn = self.turn().await;
        let opened = self.unlocked()?;
        if opened.key == Key::Plain {
            return Err(KeyError::NotEncrypted.into());
        }
        check_passphrase(&args.new)?;
        let old = keys_of(&self.dir())?;
        self.prove(&opened, &old, args.current.as_ref())?;
        drop(opened);
        let (key, mut keys) = self.new_keys(&args.new)?;
        let code = keys.seal_recovery(&key, sealing(&self.outside))?;
        self.note_key_change("key.hand_over").await?;
        self.rekey(key, &keys).await?;
        if let Err(error) = self.outside.secrets.remove(&old.id) {
            tracing::info!("the old key stays in the keyring: {error}");
        }
        self.announce_keys();
        Ok(code_of(&code))
    }

    /// Keeps the key in this computer's keyring, so that it opens without the passphrase here.
    #[expect(
        clippy::unused_async,
        reason = "the desk admits every use case in the same way"
    )]
    pub async fn remember_key(&self) -> Result<()> {
        let opened = self.unlocked()?;
        self.remember(&keys_of(&self.dir())?, &opened.key)
    }

    /// Drops the key from this computer's keyring; from now on the passphrase is asked for.
    #[expect(
        clippy::unused_async,
        reason = "the desk admits every use case in the same way"
    )]
    pub async fn forget_key(&self) -> Result<()> {
        self.unlocked()?;
        let keys = keys_of(&self.dir())?;
        if !keys.has_seal() {
            // Nothing else would open the store.
            return Err(KeyError::NothingToUnlockWith.into());
        }
        let removed = self.outside.secrets.remove(&keys.id);
        removed.map_err(|error| KeyError::Keyring(error.to_string()).into())
    }

    fn remember(&self, keys: &StoreKeys, key: &Key) -> Result<()> {
        let Key::Raw(raw) = key else {
            return Err(KeyError::NotEncrypted.into());
        };
        let kept = self.outside.secrets.set(&keys.id, raw);
        kept.map_err(|error| KeyError::Keyring(error.to_string()).into())
    }

    /// The open store, unless the window is locked.
    fn unlocked(&self) -> Result<Opened> {
        self.lock.check()?;
        self.opened()
    }

    /// Refuses whoever does not know what opens the store now; a store that only the keyring opens
    /// has nothing to know.
    fn prove(&self, opened: &Opened, keys: &StoreKeys, current: Option<&Secret>) -> Result<()> {
        if !keys.has_seal() {
            return Ok(());
        }
        let dir = self.dir();
        let typed = current.ok_or(KeyError::CurrentNeeded)?;
        if keys.open(typed, &dir)? == opened.key {
            Ok(())
        } else {
            Err(KeyError::WrongPassphrase(dir).into())
        }
    }

    /// A random key under a passphrase and, where there is one, in the keyring.
    fn new_keys(&self, passphrase: &Secret) -> Result<(Key, StoreKeys)> {
        let mut raw = Zeroizing::new([0; 32]);
        self.outside.opening.random.fill(&mut *raw)?;
        let key = Key::Raw(*raw);
        let mut keys = StoreKeys::new(self.clock.new_id().to_string());
        keys.seal_passphrase(&key, passphrase, sealing(&self.outside))?;
        if let Err(error) = self.outside.secrets.set(&keys.id, &raw) {
            tracing::info!("{error}: the passphrase alone opens the store");
        }
        Ok((key, keys))
    }

    /// Encrypts a store that is not. Its readable copies that the program made go away with it.
    async fn encrypt(&self, passphrase: &Secret) -> Result<()> {
        let (key, keys) = self.new_keys(passphrase)?;
        self.rekey(key, &keys).await?;
        crate::keeping::remove_plain_backups(&self.dir());
        Ok(())
    }

    /// Writes the whole store anew under another key and puts it in the place of the present one,
    /// which goes away: it is open to whoever knows the old key, or to everybody. The caller has the turn.
    async fn rekey(&self, key: Key, keys: &StoreKeys) -> Result<()> {
        // The new key would not read them.
        self.take_in_pending().await?;
        let store = self.store()?;
        let id = self.clock.new_id();
        let unpacked = store.with_key(&format!("{INCOMING}{id}"), &key).await?;
        drop(store);
        keys.write(&unpacked.path())?;
        let copied = Meanwhile::Unchanged(unpacked.heads().clone());
        let kept = self
            .swap(unpacked, &format!("{INCOMING}old-{id}"), key, copied)
            .await?;
        // Opening the new one has removed it already, by its name; so does every later opening.
        // What stays must not hide what was done, and a new recovery code with it.
        match kept.map(|kept| (std::fs::remove_dir_all(&kept), kept)) {
            Some((Err(error), kept)) if error.kind() != std::io::ErrorKind::NotFound => {
                tracing::warn!("{} stays for now: {error}", kept.display());
            }
            _ => {}
        }
        Ok(())
    }

    /// Goes before the deed, as every entry does: after it nothing may fail that would hide a new
    /// recovery code, or say that the old passphrase still holds.
    async fn note_key_change(&self, action: &str) -> Result<()> {
        self.audit(action, "", json!({})).await.map(drop)
    }

    /// No row of the store says what opens it, so no topic does.
    fn announce_keys(&self) {
        self.announce_all();
    }
}

fn code_of(code: &str) -> RecoveryCode {
    RecoveryCode {
        code: code.to_owned(),
    }
}
