//! The new rows of an import that is taken back go, unless something stands on them.

use std::collections::{BTreeMap, BTreeSet};

use sqlx::Row as _;
use uuid::Uuid;

use crate::cell::Cell;
use crate::grounds::{bears_nothing, seqs_json};
use crate::named::Named;
use crate::references::referring_to;
use crate::rows::{bind_all, ids_json, read_id, unreadable};
use crate::said::unspoken;
use crate::undo::{Kept, content, is_bookkeeping, keep};
use crate::{ApplyTx, Entity, KeptBecause, Result};

/// Rows removed a statement.
const ROWS_PER_STEP: i64 = 500;

/// What goes with an undo.
pub(crate) struct Leaving {
    /// The changes of all imports that are taken back, newest first.
    going: Vec<i64>,
    /// What earlier values name that can come back, by table, as far as it was looked up.
    named: BTreeMap<Entity, Named>,
    /// What stayed for these.
    spared: BTreeSet<Uuid>,
}

impl Leaving {
    pub(crate) fn of(going: Vec<i64>) -> Self {
        Self {
            going,
            named: BTreeMap::new(),
            spared: BTreeSet::new(),
        }
    }
}

impl ApplyTx {
    /// To be called when all values are what they will be after the undo.
    pub(crate) async fn remove_all_new(&mut self, seq: i64, leaving: &mut Leaving) -> Result<u64> {
        let mut removed = 0;
        for entity in content().rev() {
            let gone = self.remove_new(entity, seq, leaving).await?;
            removed += if is_bookkeeping(entity) { 0 } else { gone };
        }
        Ok(removed)
    }

    /// Rows that imports undone earlier made, and that were kept then only because rows of this one
    /// referred to them: with those gone they go too, whatever the order of the undos.
    pub(crate) async fn sweep_undone(&mut self, leaving: &mut Leaving) -> Result<u64> {
        let mut removed = 0;
        loop {
            let before = removed;
            for seq in leaving.going.clone() {
                removed += self.remove_all_new(seq, leaving).await?;
            }
            // Of those that stood on each other, the next round takes the rest.
            if removed == before {
                return Ok(removed);
            }
        }
    }

    /// Rows that the import made and nobody wrote since go, unless other rows refer to them, or did in values
    /// that can come back. Rows that refer to rows of their own table need another round.
    async fn remove_new(&mut self, entity: Entity, seq: i64, leaving: &mut Leaving) -> Result<u64> {
        let sql = new_rows(entity);
        let of_itself = referring_to(entity).any(|one| one.child == entity);
        let mut removed = 0;
        let mut after = Uuid::nil();
        let mut removed_before_round = 0;
        let mut spared: Option<BTreeSet<Uuid>> = None;
        loop {
            let known = spared.iter().flatten().copied();
            let cells = [
                Cell::Id(after),
                Cell::Int(seq),
                Cell::Int(ROWS_PER_STEP),
                seqs_json(&leaving.going),
                ids_json(known),
            ];
            let rows = bind_all(&sql, &cells).fetch_all(self.conn()).await?;
            let ids = rows
                .iter()
                .map(|row| {
                    read_id(row, "id")?.ok_or_else(|| unreadable(entity.code(), "null", "an id"))
                })
                .collect::<Result<Vec<Uuid>>>()?;
            if let Some(last) = ids.last() {
                // Looked up in the log only where something is about to go.
                if spared.is_none() {
                    let found = self.spared_of(entity, leaving).await?;
                    let is_any = !found.is_empty();
                    leaving.spared.extend(&found);
                    spared = Some(found);
                    if is_any {
                        continue;
                    }
                }
                after = *last;
                removed += ids.len() as u64;
                self.delete_chunk(entity, &ids, false).await?;
            } else if of_itself && removed > removed_before_round {
                removed_before_round = removed;
                after = Uuid::nil();
            } else {
                return Ok(removed);
            }
        }
    }

    /// What stays for earlier values that can come back: rows of the table, or the people of memberships.
    async fn spared_of(&mut self, entity: Entity, leaving: &mut Leaving) -> Result<BTreeSet<Uuid>> {
        let of = if entity == Entity::Membership {
            Entity::Person
        } else {
            entity
        };
        if !leaving.named.contains_key(&of) {
            let named = self.named_earlier(of, &leaving.going).await?;
            leaving.named.insert(of, named);
        }
        match leaving.named.get(&of) {
            Some(named) => self.spared(named).await,
            None => Ok(BTreeSet::new()),
        }
    }

    /// What is left of the import's new rows of which nobody else speaks, and why.
    pub(crate) async fn list_kept(
        &mut self,
        entity: Entity,
        seq: i64,
        leaving: &Leaving,
        kept: &mut Kept,
        kept_count: &mut u64,
    ) -> Result<()> {
        let unspoken = unspoken(entity);
        let sql = format!(
            "SELECT id, changed_seq FROM {entity} AS t WHERE created_seq = ? {unspoken} ORDER BY id"
        );
        let rows = bind_all(&sql, &[Cell::Int(seq)])
            .fetch_all(self.conn())
            .await?;
        for row in &rows {
            let Some(id) = read_id(row, "id")? else {
                continue;
            };
            let why = if row.try_get::<i64, _>("changed_seq")? != seq {
                KeptBecause::ChangedLater
            } else if leaving.spared.contains(&id) {
                KeptBecause::NamedEarlier
            } else {
                KeptBecause::ReferredTo
            };
            keep(kept, kept_count, entity, id, why);
        }
        Ok(())
    }
}

/// The next rows `t` of a table that a change made and on which nothing stands. `?1`: the id after which they
/// are looked for, `?2`: the change, `?3`: how many, `?4`: the changes of imports that are taken back, `?5`:
/// what is spared.
fn new_rows(entity: Entity) -> String {
    let unreferred: Vec<String> = referring_to(entity)
        .map(|one| {
            let (child, column) = (one.child, one.column);
            format!("AND NOT EXISTS (SELECT 1 FROM {child} AS c WHERE c.{column} = t.id)")
        })
        .collect();
    let spared = if entity == Entity::Membership {
        // Those keep the places of people; `bears_nothing` tells whose.
        ""
    } else {
        "AND t.id NOT IN (SELECT unhex(value) FROM json_each(?5))"
    };
    format!(
        "SELECT id FROM {entity} AS t
         WHERE t.id > ?1 AND created_seq = ?2 AND changed_seq = ?2 {} {spared}
         {} {} ORDER BY id LIMIT ?3",
        unreferred.join(" "),
        unspoken(entity),
        bears_nothing(entity),
    )
}
