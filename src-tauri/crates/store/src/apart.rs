//! Taking back what had made customers one, or taking them apart again: whose rows are whose then.

use std::collections::{BTreeMap, HashMap};

use uuid::Uuid;
use yeji_core::ids::CustomerId;

use crate::write::Stored;
use crate::{ApplyTx, Entity, Result};

/// Rows looked up at a time.
const ROWS_PER_STEP: usize = 500;

/// Whose the rows of a customer are once what was merged into it is another one again.
#[derive(Debug)]
pub struct ComingApart {
    /// The customer that stays, which has the rows.
    pub target: CustomerId,
    /// The customers that the words on its rows mean then.
    pub rows: HashMap<(Entity, Uuid), CustomerId>,
}

impl ApplyTx {
    /// Rows that are put back get the customer that the words on them mean; so do those that were named since
    /// and that the change had no hand in, as the versions that they are.
    pub(crate) async fn come_apart(
        &mut self,
        apart: &ComingApart,
        images: &mut Vec<(Entity, Uuid, Stored)>,
    ) -> Result<()> {
        let mut rows = apart.rows.clone();
        for (entity, id, image) in images.iter_mut() {
            if let Some(customer) = rows.remove(&(*entity, *id)) {
                image.set_customer(*entity, customer.0);
            }
        }
        rows.retain(|_, customer| *customer != apart.target);
        let mut by_entity: BTreeMap<Entity, Vec<Uuid>> = BTreeMap::new();
        for (entity, id) in rows.keys() {
            by_entity.entry(*entity).or_default().push(*id);
        }
        for (entity, ids) in by_entity {
            for ids in ids.chunks(ROWS_PER_STEP) {
                for (id, mut row) in self.stored(entity, ids).await? {
                    if let Some(customer) = rows.get(&(entity, id))
                        && row.customer(entity) == Some(apart.target.0)
                    {
                        row.set_customer(entity, customer.0);
                        images.push((entity, id, row));
                    }
                }
            }
        }
        Ok(())
    }
}
