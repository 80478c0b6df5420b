//! What sources say beside merges of customers.
//!
//! Claims keep the customer that a source named. Who settles or compares them puts them through the
//! redirects first ([`claims_now`]), so that a merge, its end and an undo of either need no other claims,
//! and what an undo finds in the log is read in the same way.

use std::borrow::Cow;
use std::collections::HashMap;

use serde_json::Value;
use yeji_core::ids::CustomerId;

use super::{Claim, Values};

/// The column of all tables whose rows are given to the other customer in a merge.
pub(crate) const CUSTOMER: &str = "customer";

/// What merged customers are.
pub(crate) type Merged = HashMap<CustomerId, CustomerId>;

/// What a value of a column means now: a merged customer is the other one.
pub(crate) fn meant(column: &str, value: &Value, merged: &Merged) -> Value {
    let target = || {
        let id = (column == CUSTOMER).then(|| value.as_str()?.parse().ok())??;
        merged.get(&CustomerId(id))
    };
    target().map_or_else(|| value.clone(), |target| Value::from(target.0.to_string()))
}

/// The claims as they are to be settled and compared.
pub(crate) fn claims_now<'a>(claims: &'a [Claim], merged: &Merged) -> Cow<'a, [Claim]> {
    let is_merged = |claim: &Claim| {
        let customer = claim.given.get(CUSTOMER);
        customer.is_some_and(|value| meant(CUSTOMER, value, merged) != *value)
    };
    if merged.is_empty() || !claims.iter().any(is_merged) {
        return Cow::Borrowed(claims);
    }
    let mut now = claims.to_vec();
    for claim in &mut now {
        mean(&mut claim.given, merged);
    }
    Cow::Owned(now)
}

/// Puts values through the merges.
pub(crate) fn mean(values: &mut Values, merged: &Merged) {
    if let Some(value) = values.get_mut(CUSTOMER) {
        *value = meant(CUSTOMER, value, merged);
    }
}
