//! Whose rows are whose when merged customers come apart.
//!
//! The list of the merge has the rows that it gave away. What was said of a row since goes before that: by an
//! import, by the sources that share the record, or by a person.

use std::collections::{BTreeMap, HashMap};

use serde_json::Value;
use uuid::Uuid;
use yeji_core::ids::{BatchId, CustomerId};
use yeji_store::{ComingApart, CustomerRedirect, Entity};

use crate::context::App;
use crate::data::planner::{Naming, Namings};
use crate::data::sources::{CUSTOMER, Claim, meant, winner};
use crate::error::Result;

/// Who a row is said to be of.
#[derive(Debug, Clone, Copy)]
struct Word {
    customer: CustomerId,
    /// Place in the log of what says so.
    seq: i64,
}

impl App {
    /// Whose the rows are that the second customer of a merge has now.
    pub(crate) async fn coming_apart(&self, merge: &CustomerRedirect) -> Result<ComingApart> {
        let store = self.store()?;
        let since = store.merged_at(merge).await?;
        let here = store
            .referring_records(Entity::Customer, merge.target.0)
            .await?;
        let moved = moved(merge)?.into_iter();
        let mut words: HashMap<(Entity, Uuid), Word> = moved
            .map(|row| {
                let customer = merge.customer;
                (
                    row,
                    Word {
                        customer,
                        seq: since,
                    },
                )
            })
            .collect();
        for one in store.customers_named(since).await? {
            let row = (one.named.entity, one.named.row);
            let (customer, seq) = (one.named.customer, one.seq);
            words.insert(row, Word { customer, seq });
        }
        let mut by_entity: BTreeMap<Entity, Vec<Uuid>> = BTreeMap::new();
        for record in &here {
            by_entity
                .entry(record.entity())
                .or_default()
                .push(record.id());
        }
        let mut rows = HashMap::new();
        for (entity, ids) in by_entity {
            let said = self.said_of(entity, merge.target).await?;
            let written = store.customers_written(entity, &ids).await?;
            for id in ids {
                let word = said.get(&id).or_else(|| words.get(&(entity, id)));
                let person = written.get(&id).copied().unwrap_or(0);
                if let Some(word) = word.filter(|word| word.seq > person) {
                    let is_back = word.customer == merge.customer;
                    let customer = if is_back {
                        merge.customer
                    } else {
                        merge.target
                    };
                    rows.insert((entity, id), customer);
                }
            }
        }
        let target = merge.target;
        Ok(ComingApart { target, rows })
    }

    /// Whom sources name of the records of a table of which they say that the customer is this one now.
    async fn said_of(&self, entity: Entity, customer: CustomerId) -> Result<HashMap<Uuid, Word>> {
        let store = self.store()?;
        let mut claims: HashMap<Uuid, Vec<Claim>> = HashMap::new();
        for claim in store.source_claims(entity).await? {
            claims.entry(claim.record).or_default().push(claim.into());
        }
        if claims.is_empty() {
            return Ok(HashMap::new());
        }
        let merged = self.merged_customers().await?;
        let order = self.precedence().await?.for_table(entity);
        let places = store.import_places().await?;
        let words = claims.into_iter().filter_map(|(record, claims)| {
            let claim = winner(&claims, CUSTOMER, &order)?;
            let said = claim.given.get(CUSTOMER)?;
            let is_here = meant(CUSTOMER, said, &merged) == customer.0.to_string();
            let customer = CustomerId(said.as_str().filter(|_| is_here)?.parse().ok()?);
            // What a person chose among sources is as good as written.
            let place = |batch: BatchId| places.get(&batch).copied();
            let seq = claim.batch.map_or(Some(i64::MAX), place).unwrap_or(0);
            Some((record, Word { customer, seq }))
        });
        Ok(words.collect())
    }

    /// The merge that a change made or ended, by the summary that it keeps, if that stands.
    pub(crate) async fn standing_merge(&self, summary: &Value) -> Result<Option<CustomerRedirect>> {
        let id = |key: &str| summary[key].as_str()?.parse().ok().map(CustomerId);
        let Some((customer, target)) = id("customer").zip(id("into").or_else(|| id("from"))) else {
            return Ok(None);
        };
        let mut redirects = self.store()?.customer_redirects().await?.into_iter();
        Ok(redirects.find(|one| (one.customer, one.target) == (customer, target)))
    }

    /// The rows that merges gave away, and whom imports named of rows since; nothing without merges.
    pub(crate) async fn namings(&self, redirects: &[CustomerRedirect]) -> Result<Namings> {
        let store = self.store()?;
        let mut namings = HashMap::new();
        let mut places: HashMap<Uuid, i64> = HashMap::new();
        let mut first = i64::MAX;
        for merge in redirects {
            let since = store.merged_at(merge).await?;
            first = first.min(since);
            for (_, row) in moved(merge)? {
                // A row that two merges gave away went with the later one last.
                if places.get(&row).is_none_or(|place| *place < since) {
                    places.insert(row, since);
                    let customer = merge.customer;
                    let batch = None;
                    namings.insert(row, Naming { customer, batch });
                }
            }
        }
        if redirects.is_empty() {
            return Ok(namings);
        }
        for one in store.customers_named(first).await? {
            let row = one.named.row;
            if places.get(&row).is_none_or(|place| *place < one.seq) {
                let customer = one.named.customer;
                let batch = one.batch;
                namings.insert(row, Naming { customer, batch });
            }
        }
        Ok(namings)
    }
}

/// The rows that a merge gave away.
fn moved(merge: &CustomerRedirect) -> Result<Vec<(Entity, Uuid)>> {
    let rows = serde_json::from_value(merge.moved.clone());
    Ok(rows.map_err(yeji_store::Error::from)?)
}
