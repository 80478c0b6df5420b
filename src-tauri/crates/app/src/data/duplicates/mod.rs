//! Customers that may be one: proposed with reasons, merged with a redirect, taken apart again.
//!
//! Merging gives every row of the one to the other and keeps which they were. The merged record stays
//! (its numbers come again in the next file, and mean the other one since; who was named is kept for each
//! row, `apart.rs`).

mod apart;
mod compare;
mod decided;
mod propose;

use std::collections::HashMap;

use serde_json::json;
use uuid::Uuid;
use yeji_core::facts::Customer;
use yeji_core::ids::CustomerId;
use yeji_store::{ChangeKind, CustomerRedirect, Entity, Record};

use crate::api::NoArgs;
use crate::api::customers::{CustomerName, DuplicatePair, MergeCustomers, MergedCustomers};
use crate::blocking::blocking;
use crate::context::App;
use crate::error::{Error, Result};

impl App {
    /// Pairs of customers that may be one, without those that are merged or known not to be the same.
    pub async fn list_duplicates(&self, _: NoArgs) -> Result<Vec<DuplicatePair>> {
        let store = self.store()?;
        let merged = merged(&store.customer_redirects().await?);
        let mut customers = store.customers().await?;
        customers.retain(|customer| !merged.contains_key(&customer.id));
        let mut contacts = Vec::new();
        let mut after = None;
        loop {
            let page = store.facts_page(Entity::Contact, after, 1_000).await?;
            contacts.extend(page.rows.into_iter().filter_map(|record| match record {
                Record::Contact(contact) => Some(contact),
                _ => None,
            }));
            match page.next {
                Some(next) => after = Some(next),
                None => break,
            }
        }
        let apart = self.customers_apart().await?;
        // Thousands of names are compared with each other.
        let (customers, pairs) = blocking(move || {
            let pairs = propose::pairs(&customers, &contacts);
            Ok((customers, pairs))
        })
        .await?;
        let by_id: HashMap<CustomerId, &Customer> = customers
            .iter()
            .map(|customer| (customer.id, customer))
            .collect();
        let name = |id: CustomerId| by_id.get(&id).map(|customer| name_of(customer));
        let open = pairs.into_iter().filter(|(pair, _)| !apart.contains(pair));
        let listed = open.filter_map(|((one, other), reasons)| {
            Some(DuplicatePair {
                one: name(one)?,
                other: name(other)?,
                reasons: reasons.into_iter().map(str::to_owned).collect(),
            })
        });
        Ok(listed.collect())
    }

    /// Gives everything of a customer to another one. Returns how many rows.
    pub async fn merge_customers(&self, args: MergeCustomers) -> Result<MergedCustomers> {
        let _turn = self.turn().await;
        let store = self.store()?;
        let redirects = store.customer_redirects().await?;
        let known = store.customers().await?;
        for id in [args.customer, args.into] {
            let is_known = known.iter().any(|one| one.id == id);
            let is_part = redirects.iter().any(|one| one.customer == id);
            if !is_known {
                return Err(Error::NotFound {
                    what: "customer",
                    value: id.to_string(),
                });
            }
            if is_part || args.customer == args.into {
                return Err(Error::input(
                    "customer",
                    &id.to_string(),
                    "an unmerged customer",
                ));
            }
        }
        if redirects.iter().any(|one| one.target == args.customer) {
            // Its own merge has to be taken apart first: what it holds would belong to two others.
            let name = shown_name(&known, args.customer);
            return Err(Error::input(
                "customer",
                name.unwrap_or_default(),
                "a customer that holds no other",
            ));
        }
        let records = store
            .referring_records(Entity::Customer, args.customer.0)
            .await?;
        let moved: Vec<(Entity, Uuid)> = records
            .iter()
            .map(|record| (record.entity(), record.id()))
            .collect();
        let rows = moved.len() as u64;
        let summary = json!({
            "customer": args.customer,
            "into": args.into,
            "rows": rows,
            "customer_name": shown_name(&known, args.customer),
            "other_name": shown_name(&known, args.into),
        });
        let mut change = self.change(ChangeKind::Edit, summary);
        let given = records
            .into_iter()
            .filter_map(|record| given_to(record, args.into));
        change.put.extend(given);
        change.put.push(
            CustomerRedirect {
                customer: args.customer,
                target: args.into,
                moved: json!(moved),
            }
            .into(),
        );
        self.apply(change).await?;
        Ok(MergedCustomers { rows })
    }

    /// Takes a merge back: the rows that were given away and are still there come back, with those that were
    /// named since.
    pub async fn unmerge_customer(&self, args: MergeCustomers) -> Result<MergedCustomers> {
        let _turn = self.turn().await;
        let store = self.store()?;
        let redirects = store.customer_redirects().await?;
        let found = redirects
            .into_iter()
            .find(|one| one.customer == args.customer && one.target == args.into);
        let Some(redirect) = found else {
            return Err(Error::NotFound {
                what: "customer",
                value: args.customer.to_string(),
            });
        };
        let apart = self.coming_apart(&redirect).await?;
        let here = store
            .referring_records(Entity::Customer, args.into.0)
            .await?;
        let back: Vec<Record> = here
            .into_iter()
            .filter(|record| {
                let customer = apart.rows.get(&(record.entity(), record.id()));
                customer == Some(&args.customer)
            })
            .filter_map(|record| given_to(record, args.customer))
            .collect();
        let rows = back.len() as u64;
        let known = store.customers().await?;
        let summary = json!({
            "customer": args.customer,
            "from": args.into,
            "rows": rows,
            "customer_name": shown_name(&known, args.customer),
            "other_name": shown_name(&known, args.into),
        });
        let mut change = self.change(ChangeKind::Edit, summary);
        change.put = back;
        let record = Record::from(redirect);
        change.delete.push((Entity::CustomerRedirect, record.id()));
        self.apply(change).await?;
        Ok(MergedCustomers { rows })
    }
}

fn name_of(customer: &Customer) -> CustomerName {
    CustomerName {
        id: customer.id,
        name: customer.name.clone(),
        source: customer.origin.source.clone(),
        external_id: customer.origin.external_id.clone(),
    }
}

fn shown_name(known: &[Customer], id: CustomerId) -> Option<&str> {
    let found = known.iter().find(|one| one.id == id)?;
    Some(&found.name)
}

impl App {
    /// What merged customers are, by their id.
    pub(crate) async fn merged_customers(&self) -> Result<HashMap<CustomerId, CustomerId>> {
        Ok(merged(&self.store()?.customer_redirects().await?))
    }
}

/// What merged customers are, by their id.
pub(crate) fn merged(redirects: &[CustomerRedirect]) -> HashMap<CustomerId, CustomerId> {
    redirects
        .iter()
        .map(|one| (one.customer, one.target))
        .collect()
}

/// The same record with another customer; none for tables that name none.
fn given_to(record: Record, to: CustomerId) -> Option<Record> {
    Some(match record {
        Record::Opportunity(mut one) => {
            one.customer = Some(to);
            one.into()
        }
        Record::Contact(mut one) => {
            one.customer = to;
            one.into()
        }
        Record::Interaction(mut one) => {
            one.customer = to;
            one.into()
        }
        Record::SatisfactionScore(mut one) => {
            one.customer = to;
            one.into()
        }
        Record::Contract(mut one) => {
            one.customer = to;
            one.into()
        }
        Record::Invoice(mut one) => {
            one.customer = to;
            one.into()
        }
        _ => return None,
    })
}
