//! Whom the rows of a run name beside merged customers: that is kept with the import, so that each row goes to
//! the customer that its file named when they come apart.
//!
//! As with all that a row says, what is known already is not written again: it goes with the import that
//! brought it. Nothing happens while no customers are merged.

use std::collections::HashMap;

use uuid::Uuid;
use yeji_core::ids::{BatchId, CustomerId};
use yeji_store::{Entity, NamedCustomer, Record};

use super::Run;
use crate::data::organise::RowEffect;

/// Whom an import or the list of a merge names of a row, the last of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Naming {
    pub customer: CustomerId,
    /// The import; none for a merge.
    pub batch: Option<BatchId>,
}

/// The rows that are known to be a merged customer's, or were.
pub(crate) type Namings = HashMap<Uuid, Naming>;

/// The customer of a record that a merge may give to another.
fn customer_of(record: &Record) -> Option<CustomerId> {
    if record.entity() == Entity::CustomerRedirect {
        return None;
    }
    let mut refers_to = record.refers_to().into_iter();
    let found = refers_to.find(|(entity, _)| *entity == Entity::Customer);
    found.map(|(_, id)| CustomerId(id))
}

impl Run<'_> {
    /// Whether any customers are merged.
    pub(super) fn has_merges(&self) -> bool {
        !self.known.merged.is_empty()
    }

    /// Whom a cell names, merged or not; none where nobody is merged, or where it does not tell.
    pub(super) fn named_by(&self, text: Option<&str>) -> Option<CustomerId> {
        if !self.has_merges() {
            return None;
        }
        let id = self.customers.names.named_by(text?)?;
        Some(CustomerId(id))
    }

    /// Keeps whom a row named that became `record`; `brought`: the import that it repeats already.
    pub(super) fn keep_named(
        &mut self,
        record: &Record,
        named: Option<CustomerId>,
        effect: RowEffect,
        brought: Option<BatchId>,
    ) {
        let Some(stands) = customer_of(record) else {
            return;
        };
        let id = record.id();
        if self.shared.is_spoken_of(id) {
            // The claims on it keep whom each source named.
            return;
        }
        let known = self.named_before(id);
        // Where the row does not tell, what was known is true as long as it means the customer it has now.
        let before = known.map(|known| known.customer);
        let before = before.filter(|id| self.meant_customer(*id) == stands);
        let word = named.or(before).unwrap_or(stands);
        let is_known = known.map_or(word == stands, |known| known.customer == word);
        // A row that is written speaks for itself from now on, where its customer does not tell.
        let is_written = effect != RowEffect::Unchanged;
        if is_known && !(is_written && known.is_some()) {
            let batch = known.and_then(|known| known.batch);
            let others = [brought, Some(self.plan.batch)];
            if let Some(batch) = batch.filter(|one| !others.contains(&Some(*one))) {
                self.sink.repeat(batch, 1);
            }
            return;
        }
        let naming = Naming {
            customer: word,
            batch: Some(self.plan.batch),
        };
        self.named.insert(id, naming);
        self.sink.name(NamedCustomer {
            entity: record.entity(),
            row: id,
            customer: word,
        });
    }

    /// What is known of whom the last row named that was of this record.
    fn named_before(&self, id: Uuid) -> Option<Naming> {
        let of_run = self.named.get(&id);
        of_run.or_else(|| self.known.named.get(&id)).copied()
    }

    /// Whom its source named last of a record, as far as that means the customer that it has.
    pub(super) fn last_naming(&self, record: &Record) -> Option<Naming> {
        let known = self.named_before(record.id())?;
        let stands = customer_of(record)?;
        (self.meant_customer(known.customer) == stands).then_some(known)
    }

    fn meant_customer(&self, id: CustomerId) -> CustomerId {
        self.known.merged.get(&id).copied().unwrap_or(id)
    }
}
