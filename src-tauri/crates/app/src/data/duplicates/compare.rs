//! Two customers side by side, for whoever has to say whether they are one.

use yeji_core::facts::Customer;
use yeji_core::ids::CustomerId;
use yeji_store::{Entity, Record};

use super::name_of;
use crate::api::customers::{
    ComparedCustomers, CustomerCard, CustomerField, CustomerRows, MergeCustomers,
};
use crate::context::App;
use crate::error::{Error, Result};

/// Contacts that are named.
const MAX_CONTACTS: usize = 20;
/// Tables whose rows belong to customers, as kinds of records.
const KINDS: [(Entity, &str); 6] = [
    (Entity::Opportunity, "opportunities"),
    (Entity::Contact, "contacts"),
    (Entity::Contract, "contracts"),
    (Entity::Invoice, "invoices"),
    (Entity::Interaction, "interactions"),
    (Entity::SatisfactionScore, "satisfaction"),
];

impl App {
    /// Everything by which people tell two customers apart.
    pub async fn compare_customers(&self, args: MergeCustomers) -> Result<ComparedCustomers> {
        Ok(ComparedCustomers {
            one: self.customer_card(args.customer).await?,
            other: self.customer_card(args.into).await?,
        })
    }

    async fn customer_card(&self, id: CustomerId) -> Result<CustomerCard> {
        let store = self.store()?;
        let customers = store.customers().await?;
        let found = customers.iter().find(|customer| customer.id == id);
        let customer = found.ok_or_else(|| Error::NotFound {
            what: "customer",
            value: id.to_string(),
        })?;
        let records = store.referring_records(Entity::Customer, id.0).await?;
        let rows = KINDS.iter().map(|(entity, kind)| CustomerRows {
            kind: (*kind).to_owned(),
            count: records
                .iter()
                .filter(|record| record.entity() == *entity)
                .count() as u64,
        });
        let contacts = records.iter().filter_map(|record| match record {
            Record::Contact(contact) => Some(match &contact.phone {
                Some(phone) => format!("{} {phone}", contact.name),
                None => contact.name.clone(),
            }),
            _ => None,
        });
        Ok(CustomerCard {
            customer: name_of(customer),
            fields: fields_of(customer),
            contacts: contacts.take(MAX_CONTACTS).collect(),
            rows: rows.filter(|one| one.count > 0).collect(),
        })
    }
}

fn fields_of(customer: &Customer) -> Vec<CustomerField> {
    let all = [
        ("customer_type", customer.customer_type.clone()),
        ("segment", customer.segment.clone()),
        ("region", customer.region.clone()),
        ("parent", customer.parent_name.clone()),
        ("employees", customer.employees.map(|n| n.to_string())),
        ("revenue", customer.revenue.clone()),
        ("founded_year", customer.founded_year.map(|n| n.to_string())),
    ];
    let filled = all.into_iter().filter_map(|(field, value)| {
        Some(CustomerField {
            field: field.to_owned(),
            value: value?,
        })
    });
    filled.collect()
}
