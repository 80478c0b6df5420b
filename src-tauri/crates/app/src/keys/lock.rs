//! The locked window: the store stays open, but no use case answers until somebody proves who they are.

use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::{Value, json};
use yeji_store::{ChangeKind, Key, Setting};

use super::error::KeyError;
use super::{Secret, StoreKeys, keys_of};
use crate::api::NoArgs;
use crate::api::keys::SetLock;
use crate::api::settings::Status;
use crate::context::App;
use crate::error::{Error, Result};

/// Setting: minutes without a key or a click after which the window locks itself.
const LOCK_AFTER: &str = "lock_after_minutes";
const MAX_MINUTES: u32 = 480;

/// Whether the window is locked.
#[derive(Debug, Default)]
pub(crate) struct AppLock(AtomicBool);

impl AppLock {
    /// Refuses while it is locked.
    pub fn check(&self) -> Result<()> {
        if self.0.load(Ordering::SeqCst) {
            return Err(KeyError::Locked.into());
        }
        Ok(())
    }

    pub fn is_on(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }

    pub fn set(&self, locked: bool) {
        self.0.store(locked, Ordering::SeqCst);
    }
}

impl App {
    /// Locks the window at once.
    pub async fn lock_app(&self, _: NoArgs) -> Result<Status> {
        if self.opened()?.key == Key::Plain || !keys_of(&self.dir())?.has_seal() {
            return Err(KeyError::NothingToUnlockWith.into());
        }
        self.lock.set(true);
        self.get_status(NoArgs {}).await
    }

    /// After how many idle minutes the window locks itself; None: never.
    pub async fn set_lock(&self, args: SetLock) -> Result<Status> {
        let store = self.store()?;
        if let Some(minutes) = args.minutes {
            if minutes == 0 || minutes > MAX_MINUTES {
                return Err(Error::input("minutes", &minutes.to_string(), "1 to 480"));
            }
            if self.opened()?.key == Key::Plain || !keys_of(&self.dir())?.has_seal() {
                return Err(KeyError::NothingToUnlockWith.into());
            }
        }
        drop(store);
        let mut change = self.change(ChangeKind::Setting, json!({ "key": LOCK_AFTER }));
        change.put.push(
            Setting {
                key: LOCK_AFTER.to_owned(),
                value: args.minutes.map_or(Value::Null, Value::from),
            }
            .into(),
        );
        self.apply(change).await?;
        self.get_status(NoArgs {}).await
    }

    /// The setting.
    pub(crate) async fn lock_after_minutes(&self) -> Result<Option<u32>> {
        let value = self.store()?.setting(LOCK_AFTER).await?;
        Ok(value
            .and_then(|value| value.as_u64())
            .and_then(|minutes| u32::try_from(minutes).ok()))
    }

    /// Ends the lock for who knows the passphrase or the recovery code.
    pub(crate) fn end_lock(&self, typed: &Secret) -> Result<()> {
        let (opened, dir) = (self.opened()?, self.dir());
        let keys: StoreKeys = keys_of(&dir)?;
        if keys.open(typed, &dir)? != opened.key {
            return Err(KeyError::WrongPassphrase(dir).into());
        }
        self.lock.set(false);
        Ok(())
    }
}
