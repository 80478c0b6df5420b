//! Hash chains: every entry's hash covers the entry before, so that a rewritten history shows.

use sha2::{Digest, Sha256};

/// Hash before the first entry.
pub(crate) const GENESIS: [u8; 32] = [0; 32];

/// `SHA-256(previous || canonical entry)`; canonical is each field's length (8 bytes, little endian)
/// and bytes, so that no two lists of fields have one form. Absent fields have length 2^64 - 1.
pub(crate) fn link(previous: &[u8], fields: &[Option<&[u8]>]) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(previous);
    add(&mut hash, fields);
    hash.finalize().into()
}

/// Appends fields in canonical form.
pub(crate) fn add(hash: &mut Sha256, fields: &[Option<&[u8]>]) {
    for field in fields {
        match field {
            None => hash.update(u64::MAX.to_le_bytes()),
            Some(bytes) => {
                hash.update((bytes.len() as u64).to_le_bytes());
                hash.update(bytes);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_do_not_run_together() {
        let one = link(&GENESIS, &[Some(b"ab"), Some(b"c")]);
        let two = link(&GENESIS, &[Some(b"a"), Some(b"bc")]);
        let none = link(&GENESIS, &[Some(b"abc"), None]);
        let empty = link(&GENESIS, &[Some(b"abc"), Some(b"")]);
        assert!(
            one != two && none != empty,
            "different entries have different hashes"
        );
        assert_ne!(
            link(&one, &[None]),
            link(&two, &[None]),
            "the entry before counts"
        );
    }
}
