//! Merges of customers when an import is taken back.
//!
//! A merge and its end give rows to another customer; nobody edited them. So they are passed over: the row
//! goes with its import, and an earlier version comes back as it was brought, put through the merges that
//! stand now. Which rows a merge has to give back is kept right with that. Whom a file named beside merges
//! is kept apart (`naming.rs`); such a version was brought for that customer.

mod unnaming;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use sqlx::Row as _;
use uuid::Uuid;

use crate::cell::Cell;
use crate::naming::customer_at;
use crate::rows::{bind_all, read_id, select_all};
use crate::undo::before_image;
use crate::write::Stored;
use crate::{ApplyTx, CustomerRedirect, Entity, Record, Result};

/// Rows looked up at a time.
const ROWS_PER_STEP: usize = 500;

/// What an undo knows of merges.
#[derive(Default)]
pub(crate) struct Merges {
    /// Changes that merged customers or took them apart.
    seqs: BTreeSet<i64>,
    /// What is being taken back.
    going: Vec<i64>,
    redirects: Vec<Redirect>,
    passed: HashMap<(Entity, Uuid), Passed>,
}

struct Redirect {
    stored: CustomerRedirect,
    /// Place of the merge in the log.
    since: i64,
    moved: BTreeSet<(Entity, Uuid)>,
    is_changed: bool,
}

/// A row that is taken for the version beneath the merges.
struct Passed {
    /// That version.
    beneath: i64,
    /// The merges above it, the newest first.
    merges: Vec<i64>,
}

/// The customer that a version of a row was brought for.
#[derive(Clone, Copy)]
struct Brought {
    customer: Uuid,
    /// Place in the log of the import whose file said so, where the version itself does not tell.
    named_at: Option<i64>,
}

impl Merges {
    /// Who a row is of, as the merges that stand make it of what was brought.
    fn mean(&mut self, entity: Entity, id: Uuid, brought: Brought) -> Uuid {
        let mut customer = brought.customer;
        for redirect in &mut self.redirects {
            let is_merged = redirect.stored.customer.0 == brought.customer;
            if is_merged {
                customer = redirect.stored.target.0;
            }
            if brought.named_at.is_some_and(|seq| seq > redirect.since) {
                // What was named since the merge goes before its list.
            } else if is_merged {
                redirect.is_changed |= redirect.moved.insert((entity, id));
            } else {
                // It was with the merged customer only by what is taken back.
                redirect.is_changed |= redirect.moved.remove(&(entity, id));
            }
        }
        customer
    }
}

impl ApplyTx {
    /// Looks up the merges, and takes rows that only these wrote since for the versions beneath, where
    /// `changes` or imports that were taken back before made those. `shared`: rows that are settled instead.
    pub(crate) async fn pass_merges_over(
        &mut self,
        changes: &[i64],
        shared: &HashSet<Uuid>,
    ) -> Result<Merges> {
        let seqs: Vec<i64> = sqlx::query_scalar(
            "SELECT DISTINCT m.change_seq FROM change_row AS m JOIN change_log AS k ON k.seq = m.change_seq
             WHERE m.entity = 'customer_redirect' AND k.kind = 'edit' ORDER BY m.change_seq",
        )
        .fetch_all(self.conn())
        .await?;
        let mut merges = Merges {
            seqs: seqs.iter().copied().collect(),
            going: changes.to_vec(),
            ..Merges::default()
        };
        if seqs.is_empty() {
            return Ok(merges);
        }
        let redirects: Vec<CustomerRedirect> = select_all(self.conn()).await?;
        let mut since = self.merges_since().await?;
        for stored in redirects {
            merges.redirects.push(Redirect {
                moved: serde_json::from_value(stored.moved.clone())?,
                since: since.remove(&stored.customer.0).unwrap_or(0),
                stored,
                is_changed: false,
            });
        }
        for seq in seqs {
            for (entity, ids) in self.rows_given_by(seq).await? {
                for ids in ids.chunks(ROWS_PER_STEP) {
                    for (id, now) in self.stored(entity, ids).await? {
                        if now.changed_seq != seq || shared.contains(&id) {
                            continue;
                        }
                        if let Some(passed) = self
                            .beneath(entity, id, &now, changes, &merges.seqs)
                            .await?
                        {
                            self.take_for(entity, id, passed.beneath).await?;
                            merges.passed.insert((entity, id), passed);
                        }
                    }
                }
            }
        }
        Ok(merges)
    }

    /// Places in the log of the merges that stand, by the customer that was merged.
    async fn merges_since(&mut self) -> Result<HashMap<Uuid, i64>> {
        let rows = sqlx::query("SELECT customer, created_seq FROM customer_redirect")
            .fetch_all(self.conn())
            .await?;
        let mut since = HashMap::with_capacity(rows.len());
        for row in &rows {
            if let Some(customer) = read_id(row, "customer")? {
                since.insert(customer, row.try_get("created_seq")?);
            }
        }
        Ok(since)
    }

    async fn rows_given_by(&mut self, seq: i64) -> Result<BTreeMap<Entity, Vec<Uuid>>> {
        let rows = sqlx::query(
            "SELECT DISTINCT entity, row_id FROM change_row
             WHERE change_seq = ? AND entity <> 'customer_redirect'",
        )
        .bind(seq)
        .fetch_all(self.conn())
        .await?;
        let mut given: BTreeMap<Entity, Vec<Uuid>> = BTreeMap::new();
        for row in &rows {
            let entity: Entity = row.try_get::<&str, _>("entity")?.parse()?;
            given
                .entry(entity)
                .or_default()
                .extend(read_id(row, "row_id")?);
        }
        Ok(given)
    }

    /// The version beneath the merges that wrote a row last, if an import that is taken back made it.
    async fn beneath(
        &mut self,
        entity: Entity,
        id: Uuid,
        now: &Stored,
        changes: &[i64],
        seqs: &BTreeSet<i64>,
    ) -> Result<Option<Passed>> {
        let mut merges = Vec::new();
        let mut version = now.changed_seq;
        loop {
            if changes.contains(&version) {
                let beneath = version;
                return Ok(Some(Passed { beneath, merges }));
            }
            if seqs.contains(&version) {
                merges.push(version);
            } else if !self.taken_back(version, None).await? {
                return Ok(None);
            } else if version == now.created_seq {
                let beneath = version;
                return Ok(Some(Passed { beneath, merges }));
            }
            match self.before(version, entity, id).await? {
                Some(earlier) if earlier.changed_seq < version => version = earlier.changed_seq,
                _ => return Ok(None),
            }
        }
    }

    async fn take_for(&mut self, entity: Entity, id: Uuid, version: i64) -> Result<()> {
        let sql = format!("UPDATE {entity} SET changed_seq = ? WHERE id = ?");
        bind_all(&sql, &[Cell::Int(version), Cell::Id(id)])
            .execute(self.conn())
            .await?;
        Ok(())
    }

    /// As [`Self::settled`], beside merges: what was brought, put through those that stand.
    pub(crate) async fn settled_beside(
        &mut self,
        merges: &mut Merges,
        entity: Entity,
        id: Uuid,
        mut image: Stored,
    ) -> Result<Option<Stored>> {
        if merges.seqs.is_empty() || customer_at(entity).is_none() {
            return self.settled(entity, id, image, None).await;
        }
        let above = merges.passed.get(&(entity, id));
        let mut passed = above.map_or_else(Vec::new, |above| above.merges.clone());
        loop {
            if merges.seqs.contains(&image.changed_seq) {
                passed.push(image.changed_seq);
            } else if !self.taken_back(image.changed_seq, None).await? {
                break;
            } else if image.created_seq == image.changed_seq {
                return Ok(None);
            }
            match self.before(image.changed_seq, entity, id).await? {
                Some(earlier) => image = earlier,
                None => break,
            }
        }
        self.meant_now(merges, entity, id, &mut image, &passed)
            .await?;
        Ok(Some(image))
    }

    /// Gives a version the customer that it was brought for, put through the merges that stand; `passed`: the
    /// merges that were passed over to come to it.
    async fn meant_now(
        &mut self,
        merges: &mut Merges,
        entity: Entity,
        id: Uuid,
        image: &mut Stored,
        passed: &[i64],
    ) -> Result<()> {
        let Some(original) = image.customer(entity) else {
            return Ok(());
        };
        let named = self
            .named_last(entity, id, image.changed_seq, &merges.going)
            .await?;
        let written = if let Some((_, customer)) = named {
            customer
        } else {
            let first = self.first_of(entity, id, image.changed_seq).await?;
            first.unwrap_or(original)
        };
        let brought = Brought {
            customer: written,
            named_at: named.map(|(seq, _)| seq),
        };
        let now = merges.mean(entity, id, brought);
        image.set_customer(entity, now);
        if now != original
            && let [merge] = passed
            && let Some(given) = self.before(*merge, entity, id).await?
            && given.customer(entity) == Some(original)
        {
            // It is the version of the merge again, so that this can be taken back as ever.
            image.changed_seq = *merge;
        }
        Ok(())
    }

    /// The customer with which a version of a row was written, where the row was another's since: a merge that
    /// is taken back leaves the version, and gives the row to whom a later import named. A change that wrote the
    /// row twice has a line of its own on the version that it made, from before its second word.
    async fn first_of(&mut self, entity: Entity, id: Uuid, version: i64) -> Result<Option<Uuid>> {
        let row = sqlx::query(
            "SELECT row_id, before, before_created_seq, before_changed_seq FROM change_row
             WHERE row_id = ? AND entity = ? AND before_changed_seq = ? AND before IS NOT NULL
               AND change_seq > ?
             ORDER BY change_seq, n LIMIT 1",
        )
        .bind(id.as_bytes().to_vec())
        .bind(entity.code())
        .bind(version)
        .bind(version)
        .fetch_optional(self.conn())
        .await?;
        match row {
            Some(row) => Ok(before_image(entity, &row)?.1.customer(entity)),
            None => Ok(None),
        }
    }

    /// Rows that stay are the versions of the merges again; what these have to give back is kept.
    pub(crate) async fn end_merges(&mut self, merges: Merges) -> Result<()> {
        let mut by_entity: BTreeMap<Entity, Vec<(Uuid, Passed)>> = BTreeMap::new();
        for ((entity, id), passed) in merges.passed {
            by_entity.entry(entity).or_default().push((id, passed));
        }
        for (entity, rows) in by_entity {
            for rows in rows.chunks(ROWS_PER_STEP) {
                let ids: Vec<Uuid> = rows.iter().map(|(id, _)| *id).collect();
                let stored = self.stored(entity, &ids).await?;
                for (id, passed) in rows {
                    let is_as_taken = stored
                        .get(id)
                        .is_some_and(|now| now.changed_seq == passed.beneath);
                    if let Some(newest) = passed.merges.first().filter(|_| is_as_taken) {
                        self.take_for(entity, *id, *newest).await?;
                    }
                }
            }
        }
        let changed: Vec<Record> = merges
            .redirects
            .into_iter()
            .filter(|redirect| redirect.is_changed)
            .map(|redirect| {
                let moved = serde_json::to_value(&redirect.moved)?;
                let stored = redirect.stored;
                Ok(CustomerRedirect { moved, ..stored }.into())
            })
            .collect::<Result<_>>()?;
        self.put(&changed).await
    }

    /// Whether a row went with the import that made it: a merge has nothing to give back of it.
    pub(crate) async fn went_with_its_import(&mut self, before: Option<&Stored>) -> Result<bool> {
        match before {
            Some(image) => self.taken_back(image.created_seq, None).await,
            None => Ok(false),
        }
    }
}
