//! Imports that only named another customer of a row, when they are taken back.

use std::collections::{BTreeMap, HashSet};

use sqlx::Row as _;
use uuid::Uuid;

use super::{Merges, ROWS_PER_STEP};
use crate::rows::read_id;
use crate::write::Stored;
use crate::{ApplyTx, Entity, Result};

impl ApplyTx {
    /// Rows that the imports which are taken back did not write, though they named another customer of them:
    /// merged customers that came apart since were told apart by that.
    pub(crate) async fn unname(
        &mut self,
        merges: &mut Merges,
        shared: &HashSet<Uuid>,
    ) -> Result<u64> {
        let mut renamed = 0;
        for seq in merges.going.clone() {
            let rows =
                sqlx::query("SELECT entity, row_id FROM named_customer WHERE change_seq = ?")
                    .bind(seq)
                    .fetch_all(self.conn())
                    .await?;
            let mut named: BTreeMap<Entity, Vec<Uuid>> = BTreeMap::new();
            for row in &rows {
                let entity: Entity = row.try_get::<&str, _>("entity")?.parse()?;
                let ids = read_id(row, "row_id")?.filter(|id| !shared.contains(id));
                named.entry(entity).or_default().extend(ids);
            }
            for (entity, ids) in named {
                let mut images = Vec::new();
                for ids in ids.chunks(ROWS_PER_STEP) {
                    for (id, now) in self.stored(entity, ids).await? {
                        if let Some(image) =
                            self.named_before(merges, entity, id, &now, seq).await?
                            // A customer may have gone with its own import: then the row stays.
                            && self.has_its_parents(entity, &image).await?
                        {
                            images.push(image);
                        }
                    }
                }
                renamed += images.len() as u64;
                self.restore(entity, images).await?;
            }
        }
        Ok(renamed)
    }

    /// The row with the customer of the words that are left; none where it has that, or where a later change
    /// wrote it than the one at `seq`.
    async fn named_before(
        &mut self,
        merges: &mut Merges,
        entity: Entity,
        id: Uuid,
        now: &Stored,
        seq: i64,
    ) -> Result<Option<Stored>> {
        let mut base = version_of(now);
        while merges.seqs.contains(&base.changed_seq) {
            match self.before(base.changed_seq, entity, id).await? {
                Some(earlier) if earlier.changed_seq < base.changed_seq => base = earlier,
                _ => return Ok(None),
            }
        }
        if base.changed_seq >= seq || merges.going.contains(&base.changed_seq) {
            return Ok(None);
        }
        self.meant_now(merges, entity, id, &mut base, &[]).await?;
        let named = base.customer(entity);
        Ok(named
            .filter(|_| named != now.customer(entity))
            .map(|named| {
                let mut image = version_of(now);
                image.set_customer(entity, named);
                image
            }))
    }
}

/// A row as it can be put back.
fn version_of(row: &Stored) -> Stored {
    Stored {
        cells: row.cells.clone(),
        created_seq: row.created_seq,
        changed_seq: row.changed_seq,
        under: None,
    }
}
