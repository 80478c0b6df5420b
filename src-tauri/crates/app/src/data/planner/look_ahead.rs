//! A first reading of what people rows are decided by: who shares a name, who owns deals.

use std::sync::atomic::Ordering;

use yeji_core::ids::PersonId;
use yeji_intake::{Kind, RoleRule, Row};
use yeji_store::AliasKind;

use super::{Known, Plan};
use crate::data::organise::Expected;
use crate::data::session::MappedTable;
use crate::error::{Error, Result};

/// Reads the people of the plan and, if a title leaves to the deals who sells, the deals.
pub(super) fn look_ahead(plan: &Plan, known: &Known) -> Result<Expected> {
    let mut expected = Expected::default();
    let mut asks_for_deals = false;
    each_row(plan, Kind::People, |row| {
        if let Row::Person(row) = row {
            asks_for_deals |= row.role == Some(RoleRule::ByDeals);
            expected.add_person(&row);
        }
    })?;
    if asks_for_deals {
        expected.add_sellers(known.deal_owners.iter().copied());
        each_row(plan, Kind::Opportunities, |row| {
            if let Row::Opportunity(row) = row {
                expected.add_owner(row.owner);
            }
        })?;
        add_aliases(plan, known, &mut expected);
    }
    Ok(expected)
}

/// What the rows of deals are known by in their source.
pub(crate) fn identities(tables: &[MappedTable]) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for table in tables {
        for row in yeji_intake::rows(&table.file, &table.mapping)?.flatten() {
            if let Row::Opportunity(row) = row {
                found.push(row.external_id);
            }
        }
    }
    Ok(found)
}

/// Calls back with every row of a kind. What cannot be read is told when the run comes to it.
fn each_row(plan: &Plan, kind: Kind, mut take: impl FnMut(Row)) -> Result<()> {
    let of_kind = plan.tables.iter().filter(|t| t.mapping.kind == kind);
    for table in of_kind {
        for row in yeji_intake::rows(&table.file, &table.mapping)?.flatten() {
            if plan.cancelled.load(Ordering::Relaxed) {
                return Err(Error::Cancelled);
            }
            take(row);
        }
    }
    Ok(())
}

/// Who owns deals under another spelling, remembered or decided now.
fn add_aliases(plan: &Plan, known: &Known, expected: &mut Expected) {
    let decisions = &plan.decisions.aliases;
    for alias in known.aliases.iter().filter(|a| a.kind == AliasKind::Person) {
        let key = format!("person:{}", alias.from_text);
        if expected.owns(&alias.from_text) && !decisions.contains_key(&key) {
            expected.add_sellers([PersonId(alias.target)]);
        }
    }
    for (key, name) in decisions {
        if let (Some(text), Some(name)) = (key.strip_prefix("person:"), name)
            && expected.owns(text)
        {
            expected.add_owner(name.clone());
        }
    }
}
