//! What texts named before customers were merged: a merged one's names and numbers mean the other since, and
//! the rows that they stand in go back to it when the two come apart.

use std::collections::HashMap;

use uuid::Uuid;

/// Kept of the texts alone that name a merged record.
#[derive(Debug, Default)]
pub(super) struct BeforeMerges {
    /// What merged records are.
    merged: HashMap<Uuid, Uuid>,
    numbers: HashMap<String, Uuid>,
    /// Several: the text does not tell.
    names: HashMap<String, Vec<Uuid>>,
    decided: HashMap<String, Uuid>,
}

impl BeforeMerges {
    pub(super) fn new(merged: HashMap<Uuid, Uuid>) -> Self {
        Self {
            merged,
            ..Self::default()
        }
    }

    /// The record that is meant by one: itself, or what it was merged into.
    pub(super) fn meant(&self, id: Uuid) -> Uuid {
        self.merged.get(&id).copied().unwrap_or(id)
    }

    /// A record has this name; `known`: those that it means already.
    pub(super) fn add_name(&mut self, name: &str, id: Uuid, known: &[Uuid]) {
        if self.merged.contains_key(&id) {
            let ids = self.names.entry(name.to_owned());
            let ids = ids.or_insert_with(|| known.to_vec());
            if !ids.contains(&id) {
                ids.push(id);
            }
        } else if let Some(ids) = self.names.get_mut(name)
            && !ids.contains(&id)
        {
            ids.push(id);
        }
    }

    /// A record has this number, and no other has.
    pub(super) fn add_number(&mut self, number: &str, id: Uuid) {
        keep(&mut self.numbers, &self.merged, number, id);
    }

    /// A text was decided to mean a record.
    pub(super) fn decide(&mut self, text: &str, id: Uuid) {
        keep(&mut self.decided, &self.merged, text, id);
    }

    /// The record that has a number which means `id`.
    pub(super) fn by_number(&self, number: &str, id: Uuid) -> Uuid {
        self.numbers.get(number).copied().unwrap_or(id)
    }

    /// The record that has a name which means `id`; none where several have it.
    pub(super) fn by_name(&self, name: &str, id: Uuid) -> Option<Uuid> {
        match self.names.get(name).map(Vec::as_slice) {
            None => Some(id),
            Some([one]) => Some(*one),
            Some(_) => None,
        }
    }

    /// The record that a text was decided to be, where it means `id`.
    pub(super) fn by_decision(&self, text: &str, id: Uuid) -> Uuid {
        self.decided.get(text).copied().unwrap_or(id)
    }
}

fn keep(kept: &mut HashMap<String, Uuid>, merged: &HashMap<Uuid, Uuid>, text: &str, id: Uuid) {
    if merged.contains_key(&id) {
        kept.insert(text.to_owned(), id);
    } else {
        kept.remove(text);
    }
}
