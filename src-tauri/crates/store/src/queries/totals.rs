//! Rows and amounts of a source by month, to be held against the totals of its files.

use std::collections::BTreeMap;

use sqlx::Row as _;

use uuid::Uuid;

use super::history::{Page, page};
use crate::cell::Cell;
use crate::rows::{bind_all, column_list, limit_of, overflow_as, read_cells};
use crate::{Entity, Error, Record, Result, Store};

/// What a source has of one kind in a month.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct MonthTotal {
    /// Rows.
    pub rows: i64,
    /// Sum of their amounts in minor units; none where none has one.
    pub minor: Option<i64>,
}

/// The day by which rows of a table are counted, whether they have an amount, and which count.
fn counted(entity: Entity) -> Option<(&'static str, bool, &'static str)> {
    Some(match entity {
        Entity::Opportunity => ("closed_on", true, "stage = 'won'"),
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

/// Condition on rows: the source (bound twice) brought them, or speaks of them too.
fn of_source(entity: Entity) -> String {
    format!(
        "(source = ? OR id IN (SELECT record FROM source_claim
                               WHERE entity = '{entity}' AND source_claim.source = ?))"
    )
}

impl Store {
    /// The records that [`Store::month_totals`] counts for a month, in the order of their ids.
    pub async fn month_page(
        &self,
        entity: Entity,
        source: &str,
        month: &str,
        after: Option<Uuid>,
        limit: u32,
    ) -> Result<Page<Record, Uuid>> {
        let Some((day, _, which)) = counted(entity) else {
            return Err(Error::BadQuery(format!("{entity} is not counted by day")));
        };
        let columns = entity.columns();
        let mut reader = self.snapshot().await?;
        let mine = of_source(entity);
        let of_month =
            format!("FROM {entity} WHERE {mine} AND substr({day}, 1, 7) = ? AND {which}");
        let key = [source, source, month].map(|text| Cell::Text(text.to_owned()));
        let total = bind_all(&format!("SELECT count(*) AS n {of_month}"), &key)
            .fetch_one(&mut *reader)
            .await?
            .try_get("n")?;
        let sql = format!(
            "SELECT {} {of_month} AND id > ? ORDER BY id LIMIT ?",
            column_list(columns)
        );
        let mut cells = key.to_vec();
        cells.push(Cell::Id(after.unwrap_or_default()));
        cells.push(Cell::Int(limit_of(limit)?));
        let rows = bind_all(&sql, &cells).fetch_all(&mut *reader).await?;
        let records = rows
            .iter()
            .map(|row| Record::from_cells(entity, read_cells(row, columns, entity.code())?))
            .collect::<Result<Vec<Record>>>()?;
        Ok(page(records, limit, total, Record::id))
    }

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
             WHERE {} AND {day} IS NOT NULL AND {which} GROUP BY 1",
            of_source(entity)
        );
        let rows = bind_all(
            &sql,
            &[source, source].map(|text| Cell::Text(text.to_owned())),
        )
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
