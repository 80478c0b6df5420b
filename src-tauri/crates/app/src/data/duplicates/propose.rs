//! Which customers may be one, and why.

use std::collections::{BTreeMap, BTreeSet};

use yeji_core::facts::{Contact, Customer};
use yeji_core::ids::CustomerId;
use yeji_intake::alias::{Spelling, same_company, sounds_like};

/// Up to this many customers near spellings are compared each with each.
const MAX_COMPARED: usize = 3_000;
/// Of more, each is compared with so many that follow it in order of the alphabet, read forwards and
/// backwards: a mistake or two leave the beginning or the end of a name as it was.
const NEIGHBOURS: usize = 40;
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
    add_groups(near_names(customers, MAX_COMPARED), "near_name");
    pairs
}

/// Names that differ in a letter or two.
fn near_names(customers: &[Customer], most: usize) -> BTreeMap<String, BTreeSet<CustomerId>> {
    let names: Vec<String> = customers
        .iter()
        .map(|one| same_company(&one.name))
        .collect();
    let spellings: Vec<Spelling> = names.iter().map(|name| Spelling::of(name)).collect();
    let mut groups = BTreeMap::new();
    let mut compare = |order: &[usize], neighbours: usize| {
        for (place, at) in order.iter().enumerate() {
            for further in order.iter().skip(place + 1).take(neighbours) {
                if spellings[*at].is_near(&spellings[*further]) {
                    let ids = BTreeSet::from([customers[*at].id, customers[*further].id]);
                    let (low, high) = (at.min(further), at.max(further));
                    groups.insert(format!("{low} {high}"), ids);
                }
            }
        }
    };
    let mut order: Vec<usize> = (0..customers.len()).collect();
    if customers.len() <= most {
        compare(&order, customers.len());
        return groups;
    }
    order.sort_by_key(|at| &names[*at]);
    compare(&order, NEIGHBOURS);
    order.sort_by_cached_key(|at| names[*at].chars().rev().collect::<String>());
    compare(&order, NEIGHBOURS);
    groups
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;
    use yeji_core::facts::Origin;
    use yeji_core::ids::BatchId;

    use super::*;

    fn customer(number: u128, name: &str) -> Customer {
        Customer {
            id: CustomerId(Uuid::from_u128(number)),
            origin: Origin {
                source: "crm".to_owned(),
                external_id: number.to_string(),
                batch: Some(BatchId(Uuid::nil())),
                line: None,
            },
            name: name.to_owned(),
            customer_type: None,
            segment: None,
            region: None,
            parent_name: None,
            employees: None,
            revenue: None,
            founded_year: None,
        }
    }

    /// Too many customers to compare each with each are still compared: the same mistakes are found.
    #[test]
    fn misspelt_names_are_found_among_few_and_among_many() {
        let letter = |at: u32, place: u32| {
            let mixed = at.wrapping_mul(2_654_435_761).rotate_right(place * 3);
            "abcdefghijklmnop"
                .chars()
                .nth(mixed as usize % 16)
                .unwrap_or('a')
        };
        let mut customers: Vec<Customer> = (0..300_u32)
            .map(|at| {
                let name: String = (0..10).map(|place| letter(at, place)).collect();
                customer(at.into(), &name)
            })
            .collect();
        let named = [
            "Northwind Traders",
            "Northwind Tradesr",
            "Kontoso Limitless",
            "Contoso Limitless",
        ];
        customers.extend((1_000..).zip(named).map(|(at, name)| customer(at, name)));
        let wanted = |found: &BTreeMap<String, BTreeSet<CustomerId>>| {
            let pair = |one: u128| {
                BTreeSet::from([one, one + 1].map(|id| CustomerId(Uuid::from_u128(id))))
            };
            [1_000, 1_002]
                .iter()
                .all(|one| found.values().any(|ids| *ids == pair(*one)))
        };
        assert!(
            wanted(&near_names(&customers, MAX_COMPARED)),
            "each with each"
        );
        assert!(wanted(&near_names(&customers, 0)), "with neighbours");
    }
}
