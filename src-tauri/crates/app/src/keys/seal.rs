//! The database key under a passphrase: Argon2id makes a key of the passphrase, XChaCha20-Poly1305
//! wraps the database key with it.

use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::aead::{Aead as _, Payload};
use chacha20poly1305::{KeyInit as _, XChaCha20Poly1305, XNonce};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::error::KeyError;
use crate::host::Random;
use crate::text::hex;

/// What a passphrase costs whoever tries one. Stored with each seal, so that it can grow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cost {
    /// Memory, in KiB.
    pub memory_kib: u32,
    /// Passes over it.
    pub passes: u32,
    /// Threads that an attacker could use; we use one.
    pub lanes: u32,
}

impl Cost {
    /// 64 MiB and three passes: the second choice of RFC 9106, section 4, for machines that cannot
    /// spare 2 GiB. About 0.2 s on a laptop.
    pub const FULL: Self = Self {
        memory_kib: 65_536,
        passes: 3,
        lanes: 4,
    };
    /// For tests: as good as nothing.
    pub const TEST: Self = Self {
        memory_kib: 32,
        passes: 1,
        lanes: 1,
    };
    /// More than this is a key file that wants to stop the machine.
    const MAX: Self = Self {
        memory_kib: 1_048_576,
        passes: 32,
        lanes: 16,
    };

    fn is_allowed(self) -> bool {
        self.memory_kib <= Self::MAX.memory_kib
            && self.passes <= Self::MAX.passes
            && self.lanes <= Self::MAX.lanes
    }
}

/// The only way from a passphrase to a key that this version knows.
const KDF: &str = "argon2id";
const SALT_BYTES: usize = 16;
const NONCE_BYTES: usize = 24;
const KEY_BYTES: usize = 32;

/// What a seal is for; it is part of what is authenticated, so that one cannot stand for the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    Passphrase,
    Recovery,
}

impl Purpose {
    fn label(self) -> &'static str {
        match self {
            Self::Passphrase => "passphrase",
            Self::Recovery => "recovery",
        }
    }
}

/// A wrapped database key; hexadecimal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Seal {
    pub made_at: DateTime<Utc>,
    kdf: String,
    cost: Cost,
    salt: String,
    nonce: String,
    wrapped: String,
}

impl Seal {
    /// Wraps a key.
    pub fn new(
        key: &[u8; KEY_BYTES],
        secret: &[u8],
        purpose: Purpose,
        cost: Cost,
        made_at: DateTime<Utc>,
        random: &dyn Random,
    ) -> Result<Self, KeyError> {
        let (mut salt, mut nonce) = ([0; SALT_BYTES], [0; NONCE_BYTES]);
        random.fill(&mut salt)?;
        random.fill(&mut nonce)?;
        let cipher = cipher(secret, &salt, cost)?;
        let payload = Payload {
            msg: key,
            aad: purpose.label().as_bytes(),
        };
        let wrapped = cipher
            .encrypt(&XNonce::from(nonce), payload)
            .map_err(|_| KeyError::broken("the key could not be wrapped"))?;
        Ok(Self {
            made_at,
            kdf: KDF.to_owned(),
            cost,
            salt: hex(&salt),
            nonce: hex(&nonce),
            wrapped: hex(&wrapped),
        })
    }

    /// The key, if this is the secret.
    pub fn open(
        &self,
        secret: &[u8],
        purpose: Purpose,
    ) -> Result<Option<Zeroizing<[u8; KEY_BYTES]>>, KeyError> {
        if self.kdf != KDF {
            return Err(KeyError::Newer);
        }
        if !self.cost.is_allowed() {
            return Err(KeyError::broken("its cost is out of range"));
        }
        let salt: [u8; SALT_BYTES] = unhex(&self.salt)?;
        let nonce: [u8; NONCE_BYTES] = unhex(&self.nonce)?;
        let wrapped: [u8; KEY_BYTES + 16] = unhex(&self.wrapped)?;
        let payload = Payload {
            msg: &wrapped,
            aad: purpose.label().as_bytes(),
        };
        let Ok(plain) = cipher(secret, &salt, self.cost)?.decrypt(&XNonce::from(nonce), payload)
        else {
            return Ok(None);
        };
        let plain = Zeroizing::new(plain);
        let mut key = Zeroizing::new([0; KEY_BYTES]);
        if plain.len() != KEY_BYTES {
            return Err(KeyError::broken("the wrapped key has another length"));
        }
        key.copy_from_slice(&plain);
        Ok(Some(key))
    }
}

fn cipher(secret: &[u8], salt: &[u8], cost: Cost) -> Result<XChaCha20Poly1305, KeyError> {
    let wrong = |_| KeyError::broken("its cost cannot be used");
    let params =
        Params::new(cost.memory_kib, cost.passes, cost.lanes, Some(KEY_BYTES)).map_err(wrong)?;
    let mut key = Zeroizing::new([0; KEY_BYTES]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(secret, salt, &mut *key)
        .map_err(wrong)?;
    Ok(XChaCha20Poly1305::new((&*key).into()))
}

fn unhex<const N: usize>(text: &str) -> Result<[u8; N], KeyError> {
    let wrong = || KeyError::broken("a value is not hexadecimal or has another length");
    if text.len() != N * 2 || !text.is_ascii() {
        return Err(wrong());
    }
    let mut bytes = [0; N];
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[at * 2..at * 2 + 2], 16).map_err(|_| wrong())?;
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Counting;

    fn sealed(secret: &[u8]) -> Seal {
        let at = "2026-11-28T00:00:00Z".parse().unwrap();
        Seal::new(
            &[7; 32],
            secret,
            Purpose::Passphrase,
            Cost::TEST,
            at,
            &Counting::default(),
        )
        .unwrap()
    }

    #[test]
    fn only_its_secret_and_purpose_open_a_seal() {
        let seal = sealed(b"right");
        let open = |secret: &[u8], purpose| seal.open(secret, purpose).unwrap();
        assert_eq!(*open(b"right", Purpose::Passphrase).unwrap(), [7; 32]);
        assert!(open(b"wrong", Purpose::Passphrase).is_none());
        assert!(
            open(b"right", Purpose::Recovery).is_none(),
            "one seal cannot be put in the place of the other"
        );
    }

    #[test]
    fn a_changed_or_hostile_seal_is_refused_and_costs_nothing() {
        let seal = sealed(b"right");
        let mut weaker = seal.clone();
        weaker.cost.passes = 2;
        assert!(
            weaker
                .open(b"right", Purpose::Passphrase)
                .unwrap()
                .is_none()
        );
        let mut huge = seal.clone();
        huge.cost.memory_kib = u32::MAX;
        assert!(matches!(
            huge.open(b"right", Purpose::Passphrase),
            Err(KeyError::Broken { .. })
        ));
        let mut cut = seal.clone();
        cut.wrapped.truncate(10);
        assert!(matches!(
            cut.open(b"right", Purpose::Passphrase),
            Err(KeyError::Broken { .. })
        ));
        let mut not_hex = seal;
        not_hex.salt = "é".repeat(16);
        assert!(matches!(
            not_hex.open(b"right", Purpose::Passphrase),
            Err(KeyError::Broken { .. })
        ));
    }

    #[test]
    fn a_seal_of_the_full_cost_opens() {
        let at = "2026-11-28T00:00:00Z".parse().unwrap();
        let seal = Seal::new(
            &[9; 32],
            b"s",
            Purpose::Recovery,
            Cost::FULL,
            at,
            &Counting::default(),
        )
        .unwrap();
        assert_eq!(
            *seal.open(b"s", Purpose::Recovery).unwrap().unwrap(),
            [9; 32]
        );
    }
}
