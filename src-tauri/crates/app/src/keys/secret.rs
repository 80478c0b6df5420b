//! A text that opens something: never shown, and overwritten when it is no longer needed.

use std::fmt;

use serde::{Deserialize, Deserializer};
use unicode_normalization::UnicodeNormalization as _;
use zeroize::Zeroizing;

/// A passphrase or a recovery code, as a person typed it.
#[derive(Clone)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Takes a text over. Line ends behind it are the file's or the terminal's, not part of it.
    pub fn new(text: String) -> Self {
        let text = Zeroizing::new(text);
        Self(Zeroizing::new(
            text.trim_end_matches(['\r', '\n']).to_owned(),
        ))
    }

    /// As typed.
    pub fn text(&self) -> &str {
        &self.0
    }

    /// The same bytes however the text was typed: systems write é and full-width letters in more than
    /// one way (Unicode's NFKC).
    pub(crate) fn bytes(&self) -> Zeroizing<Vec<u8>> {
        let text: Zeroizing<String> = Zeroizing::new(self.0.nfkc().collect());
        Zeroizing::new(text.as_bytes().to_vec())
    }

    /// Nothing but blanks.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.trim().is_empty()
    }
}

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::new)
    }
}

impl fmt::Debug for Secret {
    /// Never shows the text.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(..)")
    }
}
