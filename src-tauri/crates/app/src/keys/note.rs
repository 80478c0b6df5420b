//! A short text beside the store that only whoever can open the store can read.

use chacha20poly1305::aead::{Aead as _, KeyInit as _};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use sha2::{Digest as _, Sha256};
use yeji_store::Key;
use zeroize::Zeroizing;

use super::KeyError;
use crate::host::Random;

const NONCE_BYTES: usize = 24;
/// The notes' key is not the database's own.
const PURPOSE: &[u8] = b"yeji note beside the store";

/// The text as it may lie on the disk: as it is for a store without encryption, else nonce and cipher.
pub(crate) fn closed(key: &Key, text: &[u8], random: &dyn Random) -> Result<Vec<u8>, KeyError> {
    let Some(cipher) = cipher(key) else {
        return Ok(text.to_vec());
    };
    let mut nonce = [0; NONCE_BYTES];
    random.fill(&mut nonce)?;
    let sealed = cipher
        .encrypt(&XNonce::from(nonce), text)
        .map_err(|_| KeyError::broken("a note could not be closed"))?;
    Ok([nonce.as_slice(), &sealed].concat())
}

/// What was closed with this key; None if it was not, or was changed.
pub(crate) fn opened(key: &Key, bytes: &[u8]) -> Option<Vec<u8>> {
    let Some(cipher) = cipher(key) else {
        return Some(bytes.to_vec());
    };
    let (nonce, sealed) = bytes.split_at_checked(NONCE_BYTES)?;
    let nonce: [u8; NONCE_BYTES] = nonce.try_into().ok()?;
    cipher.decrypt(&XNonce::from(nonce), sealed).ok()
}

fn cipher(key: &Key) -> Option<XChaCha20Poly1305> {
    let Key::Raw(raw) = key else { return None };
    let derived: [u8; 32] = Sha256::new()
        .chain_update(PURPOSE)
        .chain_update(raw)
        .finalize()
        .into();
    let derived = Zeroizing::new(derived);
    Some(XChaCha20Poly1305::new((&*derived).into()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Counting;

    #[test]
    fn only_the_stores_key_reads_a_note_and_no_byte_of_it_can_be_changed() {
        let (key, other) = (Key::Raw([7; 32]), Key::Raw([8; 32]));
        let note = closed(&key, b"export", &Counting::default()).unwrap();
        assert!(!note.windows(6).any(|part| part == b"export"));
        assert_eq!(opened(&key, &note).as_deref(), Some(b"export".as_slice()));
        assert_eq!(opened(&other, &note), None);
        for place in 0..note.len() {
            let mut changed = note.clone();
            changed[place] ^= 1;
            assert_eq!(opened(&key, &changed), None, "byte {place}");
        }
        assert_eq!(opened(&key, b"short"), None);
    }
}
