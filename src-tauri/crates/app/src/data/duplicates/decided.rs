//! What somebody decided on customers that seemed to be one: merged, or not the same.
//!
//! "Not the same" is a setting a pair (`customers_apart:ID:ID`, the smaller id first), so that each
//! decision is a change of its own that can be looked up and taken back.

use std::collections::{BTreeSet, HashMap};

use serde_json::json;
use yeji_core::ids::CustomerId;
use yeji_store::{ChangeKind, Entity, Record, Setting};

use super::name_of;
use crate::api::NoArgs;
use crate::api::customers::{ApartPair, DecidedCustomers, KeepApart, MergedPair};
use crate::context::App;
use crate::error::{Error, Result};

const APART: &str = "customers_apart:";

impl App {
    /// Customers that were made one, and those that are known not to be the same.
    pub async fn list_decided_customers(&self, _: NoArgs) -> Result<DecidedCustomers> {
        let store = self.store()?;
        let customers = store.customers().await?;
        let names: HashMap<CustomerId, _> = customers
            .iter()
            .map(|customer| (customer.id, name_of(customer)))
            .collect();
        let redirects = store.customer_redirects().await?.into_iter();
        let merged = redirects.filter_map(|redirect| {
            Some(MergedPair {
                customer: names.get(&redirect.customer)?.clone(),
                into: names.get(&redirect.target)?.clone(),
                rows: redirect
                    .moved
                    .as_array()
                    .map_or(0, |rows| rows.len() as u64),
            })
        });
        let mut merged: Vec<MergedPair> = merged.collect();
        merged.sort_by(|a, b| a.into.name.cmp(&b.into.name));
        let apart = self.customers_apart().await?.into_iter();
        let apart = apart.filter_map(|(one, other)| {
            Some(ApartPair {
                one: names.get(&one)?.clone(),
                other: names.get(&other)?.clone(),
            })
        });
        Ok(DecidedCustomers {
            merged,
            apart: apart.collect(),
        })
    }

    /// Remembers that two customers are not the same, or forgets it.
    pub async fn keep_customers_apart(&self, args: KeepApart) -> Result<()> {
        let _turn = self.turn().await;
        let known = self.store()?.customers().await?;
        for id in [args.one, args.other] {
            if !known.iter().any(|customer| customer.id == id) {
                return Err(Error::NotFound {
                    what: "customer",
                    value: id.to_string(),
                });
            }
        }
        let pair = ordered(args.one, args.other);
        let is_apart = self.customers_apart().await?.contains(&pair);
        if is_apart == args.apart || args.one == args.other {
            return Ok(());
        }
        let setting = Setting {
            key: format!("{APART}{}:{}", pair.0, pair.1),
            value: json!(true),
        };
        let summary = json!({ "customers": [pair.0, pair.1], "apart": args.apart });
        let mut change = self.change(ChangeKind::Edit, summary);
        let record = Record::from(setting);
        if args.apart {
            change.put.push(record);
        } else {
            change.delete.push((Entity::Setting, record.id()));
        }
        self.apply(change).await
    }

    /// The pairs that are known not to be the same, the smaller id first.
    pub(super) async fn customers_apart(&self) -> Result<BTreeSet<(CustomerId, CustomerId)>> {
        let settings = self.store()?.settings().await?;
        let pairs = settings.keys().filter_map(|key| {
            let (one, other) = key.strip_prefix(APART)?.split_once(':')?;
            Some((one.parse().ok()?, other.parse().ok()?))
        });
        Ok(pairs.collect())
    }
}

fn ordered(one: CustomerId, other: CustomerId) -> (CustomerId, CustomerId) {
    (one.min(other), one.max(other))
}
