//! The order in which sources are believed.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use yeji_intake::Kind;
use yeji_store::Entity;

use super::kind_of;
use crate::error::{Error, Result};

/// Most sources in an order.
const MAX_SOURCES: usize = 50;
/// Longest name of a source.
const MAX_SOURCE_CHARS: usize = 64;

/// The stated order, the most believed source first; a kind may have another one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Precedence {
    pub order: Vec<String>,
    /// By kind code. Sources that such a list leaves out follow in the general order.
    pub kinds: BTreeMap<String, Vec<String>>,
}

impl Precedence {
    /// Whether a source shares its records with others.
    pub(crate) fn shares(&self, source: &str) -> bool {
        self.order.len() > 1 && self.order.iter().any(|one| one == source)
    }

    /// The sources that a source shares its records with, in their order.
    pub(crate) fn partners(&self, source: &str) -> Vec<String> {
        if !self.shares(source) {
            return Vec::new();
        }
        let others = self.order.iter().filter(|one| *one != source);
        others.cloned().collect()
    }

    /// The order that holds for the records of a table.
    pub(crate) fn for_table(&self, entity: Entity) -> Vec<String> {
        let own = kind_of(entity).and_then(|kind| self.kinds.get(kind.code()));
        let mut order = own.cloned().unwrap_or_default();
        for source in &self.order {
            if !order.contains(source) {
                order.push(source.clone());
            }
        }
        order
    }

    /// As somebody states it: names without blanks around them, each once, known kinds.
    pub(crate) fn stated(order: Vec<String>, kinds: BTreeMap<String, Vec<String>>) -> Result<Self> {
        let order = names(order)?;
        let mut checked = BTreeMap::new();
        for (code, list) in kinds {
            let kind: Kind = super::super::templates::parse_kind("kind", &code)?;
            if super::table_of(kind).is_none() {
                return Err(Error::input(
                    "kind",
                    &code,
                    "a kind whose records sources share",
                ));
            }
            let list = names(list)?;
            if let Some(other) = list.iter().find(|source| !order.contains(source)) {
                return Err(Error::input(
                    "source",
                    other,
                    "a source of the general order",
                ));
            }
            if !list.is_empty() {
                checked.insert(kind.code().to_owned(), list);
            }
        }
        Ok(Self {
            order,
            kinds: checked,
        })
    }
}

/// A source's name as it may be stated.
pub(crate) fn source_name(name: &str) -> Result<String> {
    let name = name.trim();
    let length = name.chars().count();
    if length == 0 || length > MAX_SOURCE_CHARS || name.chars().any(char::is_control) {
        return Err(Error::input("source", name, "a name of 1 to 64 characters"));
    }
    Ok(name.to_owned())
}

fn names(list: Vec<String>) -> Result<Vec<String>> {
    let mut names = Vec::with_capacity(list.len());
    for name in list {
        let name = source_name(&name)?;
        if names.contains(&name) || names.len() == MAX_SOURCES {
            return Err(Error::input(
                "source",
                &name,
                "each source once, 50 at most",
            ));
        }
        names.push(name);
    }
    Ok(names)
}
