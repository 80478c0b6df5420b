//! Opening and making a store: which key, from where. Never silently without one.

use std::path::Path;
use std::sync::Arc;

use yeji_store::{Key, OpenMode, Probe, Store};
use zeroize::Zeroizing;

use super::Secret;
use super::error::KeyError;
use super::file::{Sealing, StoreKeys};
use crate::api::Message;
use crate::context::{Access, Outside};
use crate::error::{Error, Result};

/// A store that is open.
#[derive(Debug, Clone)]
pub(crate) struct Opened {
    pub store: Arc<Store>,
    /// What it is encrypted with.
    pub key: Key,
    /// What gave the key.
    pub by: OpenedBy,
    /// It did not exist before.
    pub made: bool,
}

/// What opened a store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OpenedBy {
    /// It is not encrypted.
    Nothing,
    /// The keyring had the key.
    Keyring,
    /// A person, who knew the passphrase or the recovery code.
    Person,
}

impl Opened {
    /// What to know about how the store is kept.
    pub fn warning(&self) -> Option<Message> {
        (self.key == Key::Plain).then(|| Message::new("not_encrypted", &[]))
    }
}

/// How a new store is kept.
#[derive(Debug, Clone)]
pub(crate) enum NewStore {
    /// As the keyring, the given passphrase or the terminal allow.
    Best,
    /// With this passphrase, and in the keyring if there is one.
    Passphrase(Secret),
    /// Without encryption, because somebody said so.
    Plain,
}

/// Opens the store in `dir`; where there is none and `access` allows it, makes one.
pub(crate) async fn open_store(dir: &Path, access: Access, outside: &Outside) -> Result<Opened> {
    match Store::probe(dir)? {
        Probe::Absent if access == Access::Write => {
            let how = if outside.opening.plain {
                NewStore::Plain
            } else {
                NewStore::Best
            };
            create_store(dir, how, outside).await
        }
        Probe::Absent => Err(yeji_store::Error::Absent(dir.to_owned()).into()),
        Probe::Plain => Ok(Opened {
            store: Arc::new(Store::open(dir, &Key::Plain, mode(access)).await?),
            key: Key::Plain,
            by: OpenedBy::Nothing,
            made: false,
        }),
        Probe::Encrypted => open_encrypted(dir, access, None, outside).await,
    }
}

/// Opens an encrypted store: by what was typed, else by the keyring, else by a passphrase that the
/// surroundings give or the terminal asks for.
pub(crate) async fn open_encrypted(
    dir: &Path,
    access: Access,
    typed: Option<&Secret>,
    outside: &Outside,
) -> Result<Opened> {
    let keys = keys_of(dir)?;
    let from_keyring = match typed {
        Some(_) => Ok(None),
        None => outside.secrets.get(&keys.id),
    };
    if let Ok(Some(secret)) = &from_keyring {
        let key = Key::Raw(*secret);
        match Store::open(dir, &key, mode(access)).await {
            // The keyring has another key under this name; a person may know the right one.
            Err(yeji_store::Error::WrongKey(_)) if keys.has_seal() => {}
            opened => {
                return Ok(opened_with(
                    opened?,
                    key,
                    OpenedBy::Keyring,
                    &keys,
                    dir,
                    access,
                ));
            }
        }
    }
    if !keys.has_seal() {
        return Err(match from_keyring {
            Err(error) => Error::NoKey(error.to_string(), dir.to_owned()),
            Ok(_) => Error::KeyMissing(dir.to_owned()),
        });
    }
    let key = match typed {
        Some(typed) => keys.open(typed, dir)?,
        None => key_by_person(&keys, dir, outside)?,
    };
    let store = match Store::open(dir, &key, mode(access)).await {
        // The seal proves the key, so it is the file that is wrong.
        Err(yeji_store::Error::WrongKey(path)) => {
            return Err(yeji_store::Error::NotAStore {
                path,
                why: "its key is right, so its first page is damaged, or the file of keys belongs to another store"
                    .to_owned(),
            }
            .into());
        }
        opened => opened?,
    };
    Ok(opened_with(
        store,
        key,
        OpenedBy::Person,
        &keys,
        dir,
        access,
    ))
}

/// A store of the first version has the name of its key only; whoever may write gives it the file of
/// keys, so that from here on there is one form.
fn opened_with(
    store: Store,
    key: Key,
    by: OpenedBy,
    keys: &StoreKeys,
    dir: &Path,
    access: Access,
) -> Opened {
    if access != Access::Read
        && !dir.join(yeji_store::KEYS_FILE).exists()
        && let Err(error) = keys.write(dir)
    {
        tracing::warn!("the file of keys could not be written: {error}");
    }
    Opened {
        store: Arc::new(store),
        key,
        by,
        made: false,
    }
}

/// The key by the passphrase that was given with the command, or by one that the terminal asks for.
pub(crate) fn key_by_person(keys: &StoreKeys, dir: &Path, outside: &Outside) -> Result<Key> {
    if let Some(given) = outside.opening.ask.given()? {
        return keys.open(&given, dir);
    }
    asked(dir, outside, |typed| keys.open(typed, dir))
}

/// As [`key_by_person`] for a file that has keys of its own: what is given for it counts first. What opened
/// the store that is there may open the file too; if not, somebody at the terminal is asked.
pub(crate) fn by_passphrase_of_file<T>(
    file: &Path,
    outside: &Outside,
    open: impl Fn(&Secret) -> Result<T>,
) -> Result<T> {
    if let Some(given) = outside.opening.ask.given_for_file()? {
        return open(&given);
    }
    let Some(given) = outside.opening.ask.given()? else {
        return asked(file, outside, open);
    };
    match open(&given) {
        Err(Error::Keys(wrong)) if wrong.is_bad_input() => match asked(file, outside, open) {
            Err(Error::Keys(KeyError::PassphraseNeeded(_))) => Err(wrong.into()),
            outcome => outcome,
        },
        outcome => outcome,
    }
}

/// Asks at the terminal, a few times.
fn asked<T>(dir: &Path, outside: &Outside, open: impl Fn(&Secret) -> Result<T>) -> Result<T> {
    let mut tried = 0;
    loop {
        let Some(typed) = outside.opening.ask.passphrase(dir)? else {
            return Err(KeyError::PassphraseNeeded(dir.to_owned()).into());
        };
        tried += 1;
        match open(&typed) {
            Err(Error::Keys(error)) if error.is_bad_input() && tried < MAX_TRIES => {
                outside.opening.ask.wrong(&error);
            }
            outcome => return outcome,
        }
    }
}

/// Times that the terminal asks.
const MAX_TRIES: u32 = 3;

/// Makes a store in `dir`.
pub(crate) async fn create_store(dir: &Path, how: NewStore, outside: &Outside) -> Result<Opened> {
    let mut made_keys = false;
    let mut key = Key::Plain;
    let created = Store::create_with(dir, || {
        let (new, is_new) = key_of_new_store(dir, &how, outside)?;
        made_keys = is_new;
        key = new.clone();
        Ok::<_, Error>(new)
    })
    .await;
    let store = match created {
        Ok(store) => store,
        Err(error) => {
            // Keys of a store that was never made would stand in the way of the next attempt.
            if made_keys && matches!(Store::probe(dir), Ok(Probe::Absent)) {
                drop(std::fs::remove_file(dir.join(yeji_store::KEYS_FILE)));
            }
            return Err(error);
        }
    };
    let by = match (&key, &how) {
        (Key::Plain, _) => OpenedBy::Nothing,
        (_, NewStore::Passphrase(_)) => OpenedBy::Person,
        _ => OpenedBy::Keyring,
    };
    Ok(Opened {
        store: Arc::new(store),
        key,
        by,
        made: true,
    })
}

/// The key, and whether the file of keys is new.
fn key_of_new_store(dir: &Path, how: &NewStore, outside: &Outside) -> Result<(Key, bool)> {
    if let Some(keys) = StoreKeys::read(dir)? {
        // A key was made for a store that is gone: it must not be lost, because a backup of that store
        // still needs it.
        return Ok((key_made_before(&keys, dir, how, outside)?, false));
    }
    let passphrase = match how {
        NewStore::Plain => return Ok((Key::Plain, false)),
        NewStore::Passphrase(passphrase) => Some(passphrase.clone()),
        NewStore::Best => outside.opening.ask.given()?,
    };
    if let Some(passphrase) = &passphrase {
        super::file::check_passphrase(passphrase)?;
    }
    let mut raw = Zeroizing::new([0; 32]);
    outside.opening.random.fill(&mut *raw)?;
    let key = Key::Raw(*raw);
    let mut keys = StoreKeys::new(outside.clock.new_id().to_string());
    let in_keyring = outside.secrets.set(&keys.id, &raw);
    let passphrase = match (passphrase, &in_keyring) {
        (Some(passphrase), _) => Some(passphrase),
        (None, Ok(())) => None,
        (None, Err(_)) => match outside.opening.ask.new_passphrase(dir)? {
            Some(passphrase) => Some(passphrase),
            None => return Err(KeyError::ChoiceNeeded(dir.to_owned()).into()),
        },
    };
    if let Some(passphrase) = passphrase {
        keys.seal_passphrase(&key, &passphrase, sealing(outside))?;
    }
    keys.write(dir)?;
    Ok((key, true))
}

fn key_made_before(keys: &StoreKeys, dir: &Path, how: &NewStore, outside: &Outside) -> Result<Key> {
    match (outside.secrets.get(&keys.id), how) {
        (_, NewStore::Passphrase(typed)) if keys.has_seal() => keys.open(typed, dir),
        (Ok(Some(secret)), _) => Ok(Key::Raw(secret)),
        _ if keys.has_seal() => key_by_person(keys, dir, outside),
        (Err(error), _) => Err(Error::NoKey(error.to_string(), dir.to_owned())),
        (Ok(None), _) => Err(Error::KeyMissing(dir.to_owned())),
    }
}

pub(crate) fn sealing(outside: &Outside) -> Sealing<'_> {
    Sealing {
        cost: outside.opening.cost,
        at: outside.clock.now(),
        random: &*outside.opening.random,
    }
}

/// The keys of an encrypted store.
pub(crate) fn keys_of(dir: &Path) -> Result<StoreKeys> {
    StoreKeys::read(dir)?.ok_or_else(|| {
        // No key was ever made for this file: it is a damaged store or no store at all.
        yeji_store::Error::NotAStore {
            path: dir.to_owned(),
            why: "not an SQLite database, and no key belongs to it".to_owned(),
        }
        .into()
    })
}

fn mode(access: Access) -> OpenMode {
    match access {
        Access::Read => OpenMode::ReadOnly,
        Access::Change | Access::Write => OpenMode::ReadWrite,
    }
}
