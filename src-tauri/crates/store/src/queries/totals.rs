//! Rows and amounts of a source by month, to be held against the totals of its files.

use std::collections::BTreeMap;

use sqlx::Row as _;

use crate::cell::Cell;
use crate::rows::{bind_all, overflow_as};
use crate::{Entity, Result, Store};

/// What a source has of one kind in a month.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct MonthTotal {
    /// Rows.
    pub rows: i64,
    /// Sum of their amounts in minor units; none for kinds without amounts.
    pub minor: Option<i64>,
}

/// The day by which rows of a table are counted, whether they have an amount, and which count.
fn counted(entity: Entity) -> Option<(&'static str, bool, &'static str)> {
    Some(match entity {
        Entity::Opportunity => (
            "closed_on",
            true,
            "stage = 'won' AND amount_minor IS NOT NULL",
        ),
        Entity::StageEvent
        | Entity::Interaction
        | Entity::SatisfactionScore
        | Entity::ExchangeRate => ("on_day", false, "1"),
        Entity::Lead => ("created_on", false, "1"),
        Entity::OrderLine => ("ordered_on", true, "1"),
        Entity::Contract => ("signed_on", true, "1"),
        Entity::Invoice => ("invoiced_on", true, "1"),
        Entity::Receipt => ("received_on", true, "1"),
        Entity::DeliveryTicket => ("due_on", false, "1"),
        Entity::MarketIndex => ("month", false, "1"),
        _ => return None,
    })
}

impl Store {
    /// A source's rows of a table by month (`2026-03`). Empty for tables that are not counted by day.
    pub async fn month_totals(
        &self,
        entity: Entity,
        source: &str,
    ) -> Result<BTreeMap<String, MonthTotal>> {
        let Some((day, has_amount, which)) = counted(entity) else {
            return Ok(BTreeMap::new());
        };
        let amount = if has_amount {
            "sum(amount_minor)"
        } else {
            "NULL"
        };
        let sql = format!(
            "SELECT substr({day}, 1, 7) AS month, count(*) AS n, {amount} AS minor FROM {entity}
             WHERE source = ? AND {day} IS NOT NULL AND {which} GROUP BY 1"
        );
        let rows = bind_all(&sql, &[Cell::Text(source.to_owned())])
            .fetch_all(&mut *self.reader().await?)
            .await
            .map_err(overflow_as("amounts of a month"))?;
        rows.iter()
            .map(|row| {
                let total = MonthTotal {
                    rows: row.try_get("n")?,
                    minor: row.try_get("minor")?,
                };
                Ok((row.try_get("month")?, total))
            })
            .collect()
    }
}
