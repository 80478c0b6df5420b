//! What an import brings, told before its first row is taken: the answer to a row may depend on a
//! later one, and must not depend on their order.

use std::collections::{BTreeMap, BTreeSet};

use yeji_core::ids::PersonId;
use yeji_intake::PersonRow;

/// Who shares a name, and who owns deals.
#[derive(Debug, Default)]
pub(crate) struct Expected {
    /// Staff numbers under each name in this import's files of people.
    numbers: BTreeMap<String, BTreeSet<String>>,
    /// Owners of this import's deals, by name or staff number.
    owners: BTreeSet<String>,
    /// People who own deals in the store, or whose alias owns some here.
    sellers: BTreeSet<PersonId>,
}

impl Expected {
    pub(crate) fn add_person(&mut self, row: &PersonRow) {
        if let Some(number) = &row.staff_number {
            let numbers = self.numbers.entry(row.name.clone()).or_default();
            numbers.insert(number.clone());
        }
    }

    /// A deal of this import names its owner so.
    pub(crate) fn add_owner(&mut self, text: String) {
        self.owners.insert(text);
    }

    pub(crate) fn add_sellers(&mut self, people: impl IntoIterator<Item = PersonId>) {
        self.sellers.extend(people);
    }

    /// Whether deals of this import name their owner so.
    pub(crate) fn owns(&self, text: &str) -> bool {
        self.owners.contains(text)
    }

    pub(super) fn sells(&self, person: PersonId) -> bool {
        self.sellers.contains(&person)
    }

    pub(super) fn numbers_under(&self, name: &str) -> impl Iterator<Item = &String> {
        self.numbers.get(name).into_iter().flatten()
    }
}
