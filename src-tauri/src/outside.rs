//! The outside world for the use cases: the system's clock, random ids, the keyring, the language.

use std::path::PathBuf;
use std::sync::Arc;

use chrono::{DateTime, Local, NaiveDate, NaiveDateTime, Utc};
use uuid::Uuid;
use yeji_app::host::{Ask, Clock, Opening, Random, Secrets, SecretsError};
use yeji_app::keys::{Cost, KeyError};
use yeji_report::Lang;

/// Under which name the keyring lists our keys.
const KEYRING_SERVICE: &str = "app.yeji.desktop";

/// The system's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

#[expect(
    clippy::disallowed_methods,
    reason = "this is the one adapter that reads the clock"
)]
impl Clock for SystemClock {
    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }

    fn today(&self) -> NaiveDate {
        Local::now().date_naive()
    }

    fn local(&self, at: DateTime<Utc>) -> NaiveDateTime {
        at.with_timezone(&Local).naive_local()
    }

    fn new_id(&self) -> Uuid {
        Uuid::now_v7()
    }
}

/// The system's keyring.
#[derive(Debug, Clone, Copy, Default)]
pub struct Keyring;

impl Secrets for Keyring {
    fn get(&self, name: &str) -> Result<Option<[u8; 32]>, SecretsError> {
        let entry = keyring::Entry::new(KEYRING_SERVICE, name).map_err(say)?;
        match entry.get_secret() {
            Ok(secret) => <[u8; 32]>::try_from(secret.as_slice())
                .map(Some)
                .map_err(|_| SecretsError("the entry is not 32 bytes long".to_owned())),
            Err(keyring::Error::NoEntry) => Ok(None),
            Err(error) => Err(say(error)),
        }
    }

    fn set(&self, name: &str, secret: &[u8; 32]) -> Result<(), SecretsError> {
        keyring::Entry::new(KEYRING_SERVICE, name)
            .map_err(say)?
            .set_secret(secret)
            .map_err(say)
    }

    fn remove(&self, name: &str) -> Result<(), SecretsError> {
        let entry = keyring::Entry::new(KEYRING_SERVICE, name).map_err(say)?;
        match entry.delete_credential() {
            Ok(()) | Err(keyring::Error::NoEntry) => Ok(()),
            Err(error) => Err(say(error)),
        }
    }
}

/// The system's random numbers.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemRandom;

impl Random for SystemRandom {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), KeyError> {
        getrandom::fill(bytes).map_err(|error| KeyError::NoRandom(error.to_string()))
    }
}

/// How stores are opened and made here; `ask` tells passphrases, `plain` makes a new one without
/// encryption.
pub fn opening(ask: Arc<dyn Ask>, plain: bool) -> Opening {
    let own_folder: Option<PathBuf> = crate::data_dir::own_folder();
    Opening {
        random: Arc::new(SystemRandom),
        ask,
        cost: Cost::FULL,
        plain,
        own_folder,
    }
}

#[expect(clippy::needless_pass_by_value, reason = "for map_err")]
fn say(error: keyring::Error) -> SecretsError {
    SecretsError(error.to_string())
}

/// 中文 where the system speaks it, else English.
pub fn system_language() -> Lang {
    match sys_locale::get_locale() {
        Some(tag) if tag.to_lowercase().starts_with("zh") => Lang::ZhCn,
        _ => Lang::En,
    }
}
