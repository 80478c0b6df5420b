//! The file beside the store that opens it: the database key, wrapped once for a passphrase and once for
//! a recovery code, and the name under which the keyring holds it. No secret stands in it.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use yeji_store::{Backup, KEY_NAME_FILE, KEYS_FILE, Key};
use zeroize::Zeroizing;

use super::Secret;
use super::code::{self, Reading};
use super::error::KeyError;
use super::seal::{Cost, Purpose, Seal};
use crate::error::{Error, Result};
use crate::host::Random;

/// The version that this program writes.
const VERSION: u32 = 1;
const MAX_FILE_BYTES: u64 = 65_536;
/// Fewest characters of a passphrase.
pub(crate) const MIN_PASSPHRASE_CHARS: usize = 8;
/// Most bytes of a passphrase.
const MAX_PASSPHRASE_BYTES: usize = 1_024;

/// What opens a store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct StoreKeys {
    version: u32,
    /// Name of the key in the keyring.
    pub id: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    passphrase: Option<Seal>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    recovery: Option<Seal>,
}

/// How much making a seal may cost, and where its random numbers come from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sealing<'a> {
    pub cost: Cost,
    pub at: DateTime<Utc>,
    pub random: &'a dyn Random,
}

impl StoreKeys {
    /// Of a key that only the keyring holds so far.
    pub fn new(id: String) -> Self {
        Self {
            version: VERSION,
            id,
            passphrase: None,
            recovery: None,
        }
    }

    /// What lies beside the store in a folder; None where no key was ever made.
    pub fn read(dir: &Path) -> Result<Option<Self>> {
        let file = dir.join(KEYS_FILE);
        if let Some(text) = read_small(&file)? {
            return Ok(Some(Self::parse(&text, &file)?));
        }
        // The first version kept only the name in the keyring.
        let name = read_small(&dir.join(KEY_NAME_FILE))?;
        Ok(name.map(|name| Self::new(name.trim().to_owned())))
    }

    /// What a backup carries.
    pub fn of_backup(backup: &Backup) -> Result<Option<Self>> {
        if let Some(text) = backup.companion(KEYS_FILE) {
            return Ok(Some(Self::parse(text, backup.file())?));
        }
        let name = backup.companion(KEY_NAME_FILE);
        Ok(name.map(|name| Self::new(name.trim().to_owned())))
    }

    fn parse(text: &str, file: &Path) -> Result<Self> {
        #[derive(Deserialize)]
        struct Version {
            version: u32,
        }
        let broken =
            |error: serde_json::Error| Error::from(KeyError::broken(&error.to_string()).at(file));
        let Version { version } = serde_json::from_str(text).map_err(broken)?;
        if version > VERSION {
            return Err(KeyError::Newer.into());
        }
        serde_json::from_str(text).map_err(broken)
    }

    /// Writes the file, which gets its name when it is whole and on the disk.
    pub fn write(&self, dir: &Path) -> Result<()> {
        let (file, part) = (dir.join(KEYS_FILE), dir.join("yeji.keys.part"));
        let text = serde_json::to_vec_pretty(self)
            .map_err(|error| KeyError::broken(&error.to_string()))?;
        Ok(yeji_store::write_durably(&file, &part, &text)?)
    }

    /// Whether something that a person types opens the store.
    pub fn has_seal(&self) -> bool {
        self.passphrase.is_some() || self.recovery.is_some()
    }

    /// When the passphrase was set.
    pub fn passphrase_since(&self) -> Option<DateTime<Utc>> {
        self.passphrase.as_ref().map(|seal| seal.made_at)
    }

    /// When the recovery code was made.
    pub fn recovery_since(&self) -> Option<DateTime<Utc>> {
        self.recovery.as_ref().map(|seal| seal.made_at)
    }

    /// The key, by what a person typed: the passphrase or the recovery code. `dir` is for the message.
    pub fn open(&self, typed: &Secret, dir: &Path) -> Result<Key> {
        let at = |error: KeyError| error.at(&dir.join(KEYS_FILE));
        let reading = code::read(typed);
        let key = match (&self.recovery, &reading) {
            (Some(seal), Reading::Code(code)) => {
                seal.open(code.as_bytes(), Purpose::Recovery).map_err(at)?
            }
            _ => None,
        };
        let key = match (key, &self.passphrase) {
            (None, Some(seal)) => seal.open(&typed.bytes(), Purpose::Passphrase).map_err(at)?,
            (key, _) => key,
        };
        if let Some(key) = key {
            return Ok(Key::Raw(*key));
        }
        Err(match reading {
            Reading::Typo => KeyError::RecoveryTypo,
            Reading::Code(_) => KeyError::WrongRecoveryCode(dir.to_owned()),
            Reading::Other => KeyError::WrongPassphrase(dir.to_owned()),
        }
        .into())
    }

    /// Wraps the key under a new passphrase; the old one ends.
    pub fn seal_passphrase(&mut self, key: &Key, new: &Secret, with: Sealing<'_>) -> Result<()> {
        check_passphrase(new)?;
        let bytes = new.bytes();
        self.passphrase = Some(sealed(key, &bytes, Purpose::Passphrase, with)?);
        Ok(())
    }

    /// Wraps the key under a new recovery code, which is returned; the old one ends.
    pub fn seal_recovery(&mut self, key: &Key, with: Sealing<'_>) -> Result<Zeroizing<String>> {
        let mut random = Zeroizing::new([0; code::CODE_BYTES]);
        with.random.fill(&mut *random)?;
        let written = code::write(&random);
        let Reading::Code(letters) = code::read(&Secret::new(written.to_string())) else {
            return Err(KeyError::broken("a new recovery code cannot be read").into());
        };
        self.recovery = Some(sealed(key, letters.as_bytes(), Purpose::Recovery, with)?);
        Ok(written)
    }
}

/// A seal that was opened once before anything relies on it.
fn sealed(key: &Key, secret: &[u8], purpose: Purpose, with: Sealing<'_>) -> Result<Seal> {
    let Key::Raw(raw) = key else {
        return Err(KeyError::NotEncrypted.into());
    };
    let seal = Seal::new(raw, secret, purpose, with.cost, with.at, with.random)?;
    match seal.open(secret, purpose)? {
        Some(again) if *again == *raw => Ok(seal),
        _ => Err(KeyError::broken("a new seal does not open").into()),
    }
}

/// Refuses what is no passphrase. Length is the only rule: others make people choose `Passw0rd!`.
pub(crate) fn check_passphrase(new: &Secret) -> std::result::Result<(), KeyError> {
    if new.is_empty() || new.text().chars().count() < MIN_PASSPHRASE_CHARS {
        return Err(KeyError::PassphraseShort {
            min: MIN_PASSPHRASE_CHARS,
        });
    }
    if new.bytes().len() > MAX_PASSPHRASE_BYTES {
        return Err(KeyError::PassphraseLong {
            max: MAX_PASSPHRASE_BYTES,
        });
    }
    Ok(())
}

fn read_small(file: &Path) -> Result<Option<String>> {
    let handle = match File::open(file) {
        Ok(handle) => handle,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(Error::io(file)(error)),
    };
    let mut bytes = Vec::new();
    handle
        .take(MAX_FILE_BYTES)
        .read_to_end(&mut bytes)
        .map_err(Error::io(file))?;
    // What is no text is found to be no JSON a moment later.
    Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Counting;

    fn with(random: &Counting) -> Sealing<'_> {
        Sealing {
            cost: Cost::TEST,
            at: "2026-11-28T00:00:00Z".parse().unwrap(),
            random,
        }
    }

    fn secret(text: &str) -> Secret {
        Secret::new(text.to_owned())
    }

    fn code_of(result: Result<Key>) -> &'static str {
        result.map_or_else(|error| error.code(), |_| "opens")
    }

    #[test]
    fn passphrase_and_recovery_code_open_and_the_old_ones_end() {
        let random = Counting::default();
        let key = Key::Raw([3; 32]);
        let mut keys = StoreKeys::new("name".to_owned());
        let dir = Path::new("/store");
        keys.seal_passphrase(&key, &secret("年年有余 2026"), with(&random))
            .unwrap();
        let code = keys.seal_recovery(&key, with(&random)).unwrap();
        assert_eq!(keys.open(&secret("年年有余 2026"), dir).unwrap(), key);
        assert_eq!(
            keys.open(&secret("年年有余 ２０２６\n"), dir).unwrap(),
            key,
            "as a Chinese keyboard writes digits"
        );
        assert_eq!(keys.open(&secret(&code.to_lowercase()), dir).unwrap(), key);
        assert_eq!(
            code_of(keys.open(&secret("something else"), dir)),
            "wrong_passphrase"
        );

        let newer = keys.seal_recovery(&key, with(&random)).unwrap();
        assert_eq!(
            code_of(keys.open(&secret(&code), dir)),
            "wrong_recovery_code"
        );
        assert_eq!(keys.open(&secret(&newer), dir).unwrap(), key);
        let mut typo = newer.to_string();
        let last = typo.pop().unwrap();
        typo.push(if last == '0' { '2' } else { '0' });
        assert_eq!(code_of(keys.open(&secret(&typo), dir)), "recovery_typo");

        keys.seal_passphrase(&key, &secret("another one"), with(&random))
            .unwrap();
        assert_eq!(
            code_of(keys.open(&secret("年年有余 2026"), dir)),
            "wrong_passphrase"
        );
        assert_eq!(keys.open(&secret("another one"), dir).unwrap(), key);
    }

    #[test]
    fn the_file_is_read_as_it_was_written_and_holds_no_secret() {
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(StoreKeys::read(dir.path()).unwrap(), None);
        let random = Counting::default();
        let mut keys = StoreKeys::new("name".to_owned());
        keys.seal_passphrase(
            &Key::Raw([0xab; 32]),
            &secret("planted phrase"),
            with(&random),
        )
        .unwrap();
        keys.write(dir.path()).unwrap();
        assert_eq!(StoreKeys::read(dir.path()).unwrap(), Some(keys.clone()));
        let text = std::fs::read_to_string(dir.path().join(KEYS_FILE)).unwrap();
        for shown in [text, format!("{keys:?}")] {
            assert!(
                !shown.contains("planted") && !shown.contains("abababab"),
                "{shown}"
            );
        }
    }

    #[test]
    fn a_file_that_is_damaged_or_newer_is_told() {
        let dir = tempfile::tempdir().unwrap();
        let check = |text: &[u8], code: &str| {
            std::fs::write(dir.path().join(KEYS_FILE), text).unwrap();
            assert_eq!(StoreKeys::read(dir.path()).unwrap_err().code(), code);
        };
        check(b"", "key_file_broken");
        check(b"\xff\xfe", "key_file_broken");
        check(b"{\"version\":1}", "key_file_broken");
        check(b"{\"version\":9,\"other\":[]}", "key_file_newer");
    }

    #[test]
    fn a_passphrase_that_protects_nothing_is_refused() {
        let check = |text: &str, ok: bool| {
            assert_eq!(check_passphrase(&secret(text)).is_ok(), ok, "{text}");
        };
        check("", false);
        check("seven77", false);
        check("            ", false);
        check("eight888", true);
        check("八个汉字就已足够", true);
        check(&"x".repeat(1_025), false);
    }
}
