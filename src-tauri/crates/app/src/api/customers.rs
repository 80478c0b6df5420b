//! Customers that may be one, and those that were made one.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use yeji_core::ids::CustomerId;

/// A customer as people tell it from others.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CustomerName {
    /// Id.
    pub id: CustomerId,
    /// Name.
    pub name: String,
    /// Source.
    pub source: String,
    /// Number in it.
    pub external_id: String,
}

/// Two customers that may be one.
#[derive(Debug, Clone, Serialize, TS)]
pub struct DuplicatePair {
    /// One.
    pub one: CustomerName,
    /// The other.
    pub other: CustomerName,
    /// Why: `same_name`, `same_sound`, `near_name`, `same_phone`.
    pub reasons: Vec<String>,
}

/// A customer, and the one that it is or is no longer part of.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct MergeCustomers {
    /// The one that is given up, or comes back.
    pub customer: CustomerId,
    /// The one that stays.
    pub into: CustomerId,
}

/// What merging did.
#[derive(Debug, Clone, Copy, Serialize, TS)]
pub struct MergedCustomers {
    /// Rows that have another customer now.
    #[ts(type = "number")]
    pub rows: u64,
}

/// Two customers side by side.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ComparedCustomers {
    /// One.
    pub one: CustomerCard,
    /// The other.
    pub other: CustomerCard,
}

/// What is known of a customer.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CustomerCard {
    /// Who.
    pub customer: CustomerName,
    /// Field codes and their values; only those that are filled.
    pub fields: Vec<CustomerField>,
    /// Names of its contacts; not all of very many.
    pub contacts: Vec<String>,
    /// How many rows of each table are its own.
    pub rows: Vec<CustomerRows>,
}

/// A field of a customer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CustomerField {
    /// Field code.
    pub field: String,
    /// Value as text.
    pub value: String,
}

/// Rows of a customer in a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CustomerRows {
    /// Kind code (`opportunities`, `contacts`, ...).
    pub kind: String,
    /// How many.
    #[ts(type = "number")]
    pub count: u64,
}

/// A customer that is part of another one.
#[derive(Debug, Clone, Serialize, TS)]
pub struct MergedPair {
    /// The one that was given up.
    pub customer: CustomerName,
    /// The one that stayed.
    pub into: CustomerName,
    /// Rows that were given.
    #[ts(type = "number")]
    pub rows: u64,
}

/// Two customers of which somebody said that they are not the same.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ApartPair {
    /// One.
    pub one: CustomerName,
    /// The other.
    pub other: CustomerName,
}

/// What was decided on customers that seemed to be one.
#[derive(Debug, Clone, Serialize, TS)]
pub struct DecidedCustomers {
    /// Made one.
    pub merged: Vec<MergedPair>,
    /// Not the same.
    pub apart: Vec<ApartPair>,
}

/// Two customers, and whether they are known not to be the same.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct KeepApart {
    /// One.
    pub one: CustomerId,
    /// The other.
    pub other: CustomerId,
    /// They are not the same; false forgets it, and they are proposed again.
    pub apart: bool,
}
