//! Rows as one person sees them: what no use case shows to managers and salespeople stays empty.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use uuid::Uuid;
use yeji_core::Money;
use yeji_core::facts::{Customer, Opportunity, Origin, Product};
use yeji_core::org::{Membership, OrgUnit, Person};
use yeji_store::BonusRun;

/// Sources by number: a source's name may say more than its rows.
#[derive(Debug, Default)]
pub(super) struct Sources(BTreeMap<String, usize>);

impl Sources {
    /// The origin of a row that is known by its identity.
    pub fn origin(&mut self, origin: Origin) -> Origin {
        let next = self.0.len() + 1;
        let number = self.0.entry(origin.source).or_insert(next);
        Origin {
            source: format!("company-{number}"),
            external_id: origin.external_id,
            batch: None,
            line: None,
        }
    }
}

/// The origin of a row whose identity in its source is not shown.
fn unnamed(id: Uuid) -> Origin {
    Origin {
        source: "company".to_owned(),
        external_id: id.to_string(),
        batch: None,
        line: None,
    }
}

pub(super) fn unit(unit: &OrgUnit) -> OrgUnit {
    OrgUnit {
        batch: None,
        ..unit.clone()
    }
}

/// Name and staff number.
pub(super) fn person(person: &Person) -> Person {
    let Origin {
        source,
        external_id,
        ..
    } = unnamed(person.id.0);
    Person {
        source,
        external_id,
        hired_on: None,
        left_on: None,
        batch: None,
        ..person.clone()
    }
}

/// Who is where, and was: boards of past periods show it.
pub(super) fn stay(stay: &Membership) -> Membership {
    Membership {
        batch: None,
        ..stay.clone()
    }
}

/// Name and type.
pub(super) fn customer(customer: Customer) -> Customer {
    Customer {
        id: customer.id,
        origin: unnamed(customer.id.0),
        name: customer.name,
        customer_type: customer.customer_type,
        segment: None,
        region: None,
        parent_name: None,
        employees: None,
        revenue: None,
        founded_year: None,
    }
}

/// The name: prices and costs are not shown.
pub(super) fn product(product: Product) -> Product {
    Product {
        id: product.id,
        origin: unnamed(product.id.0),
        name: product.name,
        category: None,
        list_price: None,
        cost: None,
    }
}

pub(super) fn deal(deal: Opportunity, sources: &mut Sources) -> Opportunity {
    Opportunity {
        origin: sources.origin(deal.origin),
        ..deal
    }
}

/// A run: its total is that of the statements that go in, its notes name nobody.
pub(super) fn run(run: BonusRun, total: Money) -> BonusRun {
    let mut result = run.result;
    if let Value::Object(values) = &mut result {
        values.insert("total".to_owned(), json!(total));
        values.insert("notes".to_owned(), json!([]));
    }
    BonusRun { result, ..run }
}
