//! Which customers may be one, and why.

use std::collections::{BTreeMap, BTreeSet};

use yeji_core::facts::{Contact, Customer};
use yeji_core::ids::CustomerId;
use yeji_intake::alias::{Spelling, same_company, sounds_like};

/// Above this many customers near spellings are not compared each with each.
const MAX_COMPARED: usize = 3_000;
/// Shortest telephone number that says something.
const MIN_PHONE_DIGITS: usize = 7;

pub(super) type Pairs = BTreeMap<(CustomerId, CustomerId), BTreeSet<&'static str>>;

/// Pairs in the order of their ids, each with its reasons.
pub(super) fn pairs(customers: &[Customer], contacts: &[Contact]) -> Pairs {
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
