//! Passwords under argon2: what is kept tells nobody the password.

use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization as _;
use zeroize::Zeroizing;

use crate::access::AccessError;
use crate::api::accounts::Password;
use crate::blocking::blocking;
use crate::context::App;
use crate::error::{Error, Result};

/// The least that a password has.
const MIN_CHARS: usize = 8;
/// Longer ones are pasted by mistake, and would make hashing a way to keep the program busy.
const MAX_CHARS: usize = 256;
/// Length of a salt (RFC 9106, 3.1).
const SALT_BYTES: usize = 16;

impl App {
    /// A new password as it is kept: a PHC string of argon2id with the crate's recommended costs.
    pub(super) async fn hash(&self, password: Password) -> Result<String> {
        let chars = password.0.chars().count();
        if chars < MIN_CHARS {
            return Err(AccessError::PasswordShort { min: MIN_CHARS }.into());
        }
        if chars > MAX_CHARS {
            // The value itself is no part of the message.
            return Err(Error::input("password", "", "at most 256 characters"));
        }
        let salt = self.salt();
        blocking(move || {
            let normal = normal(&password);
            let hash = Argon2::default().hash_password_with_salt(normal.as_bytes(), &salt);
            hash.map(|hash| hash.to_string()).map_err(failed)
        })
        .await
    }

    /// A salt has to be unique, not secret: two fresh ids have that, and twice 74 random bits.
    fn salt(&self) -> [u8; SALT_BYTES] {
        let mut hash = Sha256::new();
        hash.update(self.clock.new_id().as_bytes());
        hash.update(self.clock.new_id().as_bytes());
        let digest: [u8; 32] = hash.finalize().into();
        let mut salt = [0; SALT_BYTES];
        salt.copy_from_slice(&digest[..SALT_BYTES]);
        salt
    }
}

/// Whether a password is the kept one. Without an account the same work is done for nothing, so that the
/// time does not tell which names exist.
pub(super) async fn is_right(password: Password, kept: Option<String>) -> Result<bool> {
    blocking(move || {
        let normal = normal(&password);
        let argon2 = Argon2::default();
        let Some(kept) = kept else {
            let salt = [0; SALT_BYTES];
            argon2
                .hash_password_with_salt(normal.as_bytes(), &salt)
                .map_err(failed)?;
            return Ok(false);
        };
        let fits = |typed: &str| match argon2.verify_password(typed.as_bytes(), kept.as_str()) {
            Ok(()) => Ok(true),
            Err(argon2::password_hash::Error::PasswordInvalid) => Ok(false),
            Err(error) => Err(failed(error)),
        };
        // Passwords of before were kept as they were typed.
        Ok(fits(&normal)? || (*normal != password.0 && fits(&password.0)?))
    })
    .await
}

/// The same text however it was typed: systems write é, and Chinese keyboards digits, in more than one
/// way (Unicode's NFKC), as with passphrases.
fn normal(password: &Password) -> Zeroizing<String> {
    Zeroizing::new(password.0.nfkc().collect())
}

/// Not the password's fault: memory, or a kept hash that is none.
fn failed(error: argon2::password_hash::Error) -> Error {
    let reason = error.to_string();
    AccessError::Hashing { reason }.into()
}
