//! Customers that may be one: proposed with reasons, merged with a redirect, taken apart again.
//!
//! Merging gives every row of the one to the other and keeps which they were. The merged record stays
//! (its numbers come again in the next file, and mean the other one since).

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::json;
use uuid::Uuid;
use yeji_core::facts::{Contact, Customer};
use yeji_core::ids::CustomerId;
use yeji_intake::alias::{Spelling, same_company, sounds_like};
use yeji_store::{ChangeKind, CustomerRedirect, Entity, Record};

use crate::api::NoArgs;
use crate::api::data::{CustomerName, DuplicatePair, MergeCustomers, MergedCustomers};
use crate::context::App;
use crate::error::{Error, Result};

/// Above this many customers near spellings are not compared each with each.
const MAX_COMPARED: usize = 3_000;
/// Shortest telephone number that says something.
const MIN_PHONE_DIGITS: usize = 7;

type Pairs = BTreeMap<(CustomerId, CustomerId), BTreeSet<&'static str>>;

impl App {
    /// Pairs of customers that may be one, those merged already left out.
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
        let pairs = pairs(&customers, &contacts);
        let by_id: HashMap<CustomerId, &Customer> = customers
            .iter()
            .map(|customer| (customer.id, customer))
            .collect();
        let name = |id: CustomerId| {
            let customer = by_id.get(&id)?;
            Some(CustomerName {
                id,
                name: customer.name.clone(),
                source: customer.origin.source.clone(),
                external_id: customer.origin.external_id.clone(),
            })
        };
        let listed = pairs.into_iter().filter_map(|((one, other), reasons)| {
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
            let id = args.customer.to_string();
            return Err(Error::input("customer", &id, "an unmerged customer"));
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
            "customer_name": name_of(&known, args.customer),
            "other_name": name_of(&known, args.into),
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

    /// Takes a merge back: the rows that were given away and are still there come back.
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
        let moved: BTreeSet<(Entity, Uuid)> =
            serde_json::from_value(redirect.moved.clone()).map_err(yeji_store::Error::from)?;
        let here = store
            .referring_records(Entity::Customer, args.into.0)
            .await?;
        let back: Vec<Record> = here
            .into_iter()
            .filter(|record| moved.contains(&(record.entity(), record.id())))
            .filter_map(|record| given_to(record, args.customer))
            .collect();
        let rows = back.len() as u64;
        let known = store.customers().await?;
        let summary = json!({
            "customer": args.customer,
            "from": args.into,
            "rows": rows,
            "customer_name": name_of(&known, args.customer),
            "other_name": name_of(&known, args.into),
        });
        let mut change = self.change(ChangeKind::Edit, summary);
        change.put = back;
        let record = Record::from(redirect);
        change.delete.push((Entity::CustomerRedirect, record.id()));
        self.apply(change).await?;
        Ok(MergedCustomers { rows })
    }
}

fn name_of(known: &[Customer], id: CustomerId) -> Option<&str> {
    let found = known.iter().find(|one| one.id == id)?;
    Some(&found.name)
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

fn pairs(customers: &[Customer], contacts: &[Contact]) -> Pairs {
    let mut pairs = Pairs::new();
    let mut add_groups = |groups: BTreeMap<String, BTreeSet<CustomerId>>, reason: &'static str| {
        for group in groups.into_values() {
            let ids: Vec<CustomerId> = group.into_iter().collect();
            // A key that very many share (a switchboard) says nothing on two of them.
            if ids.len() > 10 {
                continue;
            }
            for (at, one) in ids.iter().enumerate() {
                for other in &ids[at + 1..] {
                    pairs.entry((*one, *other)).or_default().insert(reason);
                }
            }
        }
    };
    let by = |key: &dyn Fn(&Customer) -> Option<String>| {
        let mut groups: BTreeMap<String, BTreeSet<CustomerId>> = BTreeMap::new();
        for customer in customers {
            if let Some(key) = key(customer) {
                groups.entry(key).or_default().insert(customer.id);
            }
        }
        groups
    };
    add_groups(by(&|one| Some(same_company(&one.name))), "same_name");
    add_groups(
        by(&|one| sounds_like(&same_company(&one.name))),
        "same_sound",
    );
    let mut phones: BTreeMap<String, BTreeSet<CustomerId>> = BTreeMap::new();
    let known: BTreeSet<CustomerId> = customers.iter().map(|one| one.id).collect();
    for contact in contacts.iter().filter(|one| known.contains(&one.customer)) {
        let digits: String = contact
            .phone
            .iter()
            .flat_map(|phone| phone.chars())
            .filter(char::is_ascii_digit)
            .collect();
        if digits.len() >= MIN_PHONE_DIGITS {
            phones.entry(digits).or_default().insert(contact.customer);
        }
    }
    add_groups(phones, "same_phone");
    if customers.len() <= MAX_COMPARED {
        add_groups(near_names(customers), "near_name");
    }
    pairs
}

/// Names that differ in a letter or two.
fn near_names(customers: &[Customer]) -> BTreeMap<String, BTreeSet<CustomerId>> {
    let spellings: Vec<Spelling> = customers
        .iter()
        .map(|one| Spelling::of(&same_company(&one.name)))
        .collect();
    let mut groups = BTreeMap::new();
    for (at, one) in spellings.iter().enumerate() {
        for (further, other) in spellings.iter().enumerate().skip(at + 1) {
            if one.is_near(other) {
                let ids = BTreeSet::from([customers[at].id, customers[further].id]);
                groups.insert(format!("{at} {further}"), ids);
            }
        }
    }
    groups
}
