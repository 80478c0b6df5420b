//! The head of a hash chain: what is printed on statements and exports, and looked for again later.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::{Error, Result};

/// Characters of the hash that are printed: 80 bits. Statements are printed once a quarter, and in that
/// time a machine with a few graphics cards meets 60 bits by trying, so a rewritten history could be made to
/// carry a shorter mark. Marks of 12 characters (48 bits, printed before) are still read: they show a
/// careless change, not one by somebody who has such a machine for a day.
const SHORT_CHARS: usize = 20;
/// Fewer would be met by chance.
const MIN_CHARS: usize = 8;
/// A whole SHA-256.
const MAX_CHARS: usize = 64;

/// The newest entry of a chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditHead {
    /// Number of the entry, 1, 2, 3 ...
    pub seq: i64,
    /// Its hash, hexadecimal.
    pub hash: String,
}

impl AuditHead {
    /// As it is printed: `12-3f9a2c41b7d05e8846aa`.
    pub fn short(&self) -> String {
        let hash: String = self.hash.chars().take(SHORT_CHARS).collect();
        format!("{}-{hash}", self.seq)
    }
}

/// A head as a person noted it: a number and the beginning of the hash, or either form of hash alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotedHead {
    /// Number of the entry, where it was noted.
    pub seq: Option<i64>,
    /// Beginning of the hash, in lower case.
    pub hash: String,
}

impl NotedHead {
    /// Whether an entry is the one that was noted.
    pub(crate) fn is(&self, seq: i64, hash: &str) -> bool {
        self.seq.is_none_or(|own| own == seq) && hash.starts_with(&self.hash)
    }
}

impl FromStr for NotedHead {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let refused = || Error::NotAHead(text.chars().take(80).collect());
        let text = text.trim().trim_start_matches('#');
        let (seq, hash) = match text.split_once('-') {
            None => (None, text),
            Some((seq, hash)) => (Some(seq.parse::<i64>().map_err(|_| refused())?), hash),
        };
        let fits = (MIN_CHARS..=MAX_CHARS).contains(&hash.len())
            && hash.bytes().all(|byte| byte.is_ascii_hexdigit())
            && seq.is_none_or(|seq| seq > 0);
        if !fits {
            return Err(refused());
        }
        let hash = hash.to_ascii_lowercase();
        Ok(Self { seq, hash })
    }
}

impl fmt::Display for NotedHead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.seq {
            Some(seq) => write!(f, "{seq}-{}", self.hash),
            None => f.write_str(&self.hash),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_are_read_as_people_copy_them() {
        let check = |text: &str, expected: Option<&str>| {
            let read = text.parse::<NotedHead>().ok().map(|head| head.to_string());
            assert_eq!(read.as_deref(), expected, "{text}");
        };
        check("12-3f9a2c41b7d0", Some("12-3f9a2c41b7d0"));
        check(" #12-3F9A2C41B7D0 ", Some("12-3f9a2c41b7d0"));
        check("3f9a2c41", Some("3f9a2c41"));
        check("3f9a2c4", None);
        check("0-3f9a2c41b7d0", None);
        check("12-3f9a2c41b7dg", None);
        check("12", None);
        check("", None);
        check(&"a".repeat(65), None);
        check("一二三四五六七八", None);
    }

    #[test]
    fn a_printed_head_is_found_again_and_no_other() {
        let head = AuditHead {
            seq: 12,
            hash: format!("3f9a2c41b7d0{}", "0".repeat(52)),
        };
        let noted: NotedHead = head.short().parse().unwrap();
        assert_eq!(noted.hash.len(), 20, "80 bits");
        let older: NotedHead = "12-3f9a2c41b7d0".parse().unwrap();
        assert!(older.is(12, &head.hash), "marks on older paper");
        assert!(noted.is(12, &head.hash));
        assert!(!noted.is(13, &head.hash), "the number counts");
        assert!(!noted.is(12, &"4".repeat(64)), "the hash counts");
    }
}
