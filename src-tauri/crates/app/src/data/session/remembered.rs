//! Mappings that earlier imports have left behind: by kind, headers and source.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use chrono::NaiveDate;
use sha2::{Digest, Sha256};
use yeji_intake::{Kind, Mapping};

/// What is remembered, by [`profile_name`].
#[derive(Debug, Default)]
pub(crate) struct Remembered {
    mappings: BTreeMap<String, Mapping>,
    /// On which day each was confirmed last.
    confirmed: BTreeMap<String, NaiveDate>,
}

/// A mapping that fits a file.
pub(super) struct Found {
    pub mapping: Mapping,
    pub confirmed: Option<NaiveDate>,
    /// The source that it was made for, if that is another.
    pub of_other: Option<String>,
}

impl Remembered {
    pub(crate) fn new(
        mappings: BTreeMap<String, Mapping>,
        confirmed: BTreeMap<String, NaiveDate>,
    ) -> Self {
        Self {
            mappings,
            confirmed,
        }
    }

    /// The mapping for a file of these headers: of its source; else of one that was remembered before sources
    /// were told apart; else of another source, without what that one alone decides: the tax in its amounts,
    /// how it writes dates and decimals.
    pub(super) fn find(&self, kind: Kind, headers: &[String], source: &str) -> Option<Found> {
        let of_headers = headers_name(kind, headers);
        for name in [profile_name(kind, headers, source), of_headers.clone()] {
            if let Some(mapping) = self.mappings.get(&name) {
                return Some(Found {
                    mapping: mapping.clone(),
                    confirmed: self.confirmed.get(&name).copied(),
                    of_other: None,
                });
            }
        }
        let (name, mapping) = self
            .mappings
            .iter()
            .find(|(name, _)| source_of(name, &of_headers).is_some())?;
        let mut mapping = mapping.clone();
        mapping.tax_included = None;
        mapping.date_order.clear();
        mapping.decimal.clear();
        Some(Found {
            mapping,
            confirmed: self.confirmed.get(name).copied(),
            of_other: source_of(name, &of_headers).map(str::to_owned),
        })
    }

    /// The kind that a file of these headers was taken for.
    pub(super) fn kind_of(&self, headers: &[String], source: &str) -> Option<Kind> {
        let mut kinds = Kind::ALL.iter().copied();
        kinds.find(|kind| self.find(*kind, headers, source).is_some())
    }
}

/// Under which name a mapping is remembered: the kind, the headers that it was made for, and the source.
pub(crate) fn profile_name(kind: Kind, headers: &[String], source: &str) -> String {
    format!("{}:{source}", headers_name(kind, headers))
}

/// The kind and the headers alone.
pub(super) fn headers_name(kind: Kind, headers: &[String]) -> String {
    let mut hash = Sha256::new();
    for header in headers {
        hash.update(header.as_bytes());
        hash.update([0]);
    }
    let hash = hash.finalize();
    let (head, _) = hash.split_at(16);
    let hex = head.iter().fold(String::new(), |mut hex, byte| {
        // Writing to a String cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    });
    format!("{kind}:{hex}")
}

fn source_of<'a>(name: &'a str, of_headers: &str) -> Option<&'a str> {
    name.strip_prefix(of_headers)?.strip_prefix(':')
}

/// Whether a name is one under which the mapping of a file's headers is remembered.
pub(crate) fn is_remembered(name: &str) -> bool {
    let mut parts = name.splitn(3, ':');
    let (kind, hash) = (parts.next().unwrap_or_default(), parts.next());
    let hexadecimal = hash
        .is_some_and(|hash| hash.len() == 32 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()));
    hexadecimal && kind.parse::<Kind>().is_ok()
}

/// The source for which a mapping is remembered; none for names that people gave, and for those of earlier
/// versions, which did not tell sources apart.
pub(crate) fn source_remembered(name: &str) -> Option<&str> {
    is_remembered(name)
        .then(|| name.splitn(3, ':').nth(2))
        .flatten()
}
