//! What sources say of records that more than one of them speaks of, and where they disagree.

use std::collections::{BTreeSet, HashMap};

use sqlx::Row as _;
use uuid::Uuid;
use yeji_core::facts::Opportunity;

use crate::cell::Cell;
use crate::rows::{bind_all, ids_json, limit_of, read_id, select, unreadable};
use crate::{Entity, Result, SourceClaim, Store};

/// Which disagreements to list.
#[derive(Debug, Clone, Default)]
pub struct DisagreementFilter {
    /// Only records of this table.
    pub entity: Option<Entity>,
    /// Only where this source says something.
    pub source: Option<String>,
}

/// A field of a record on which sources disagree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disagreeing {
    /// Table of the record.
    pub entity: Entity,
    /// The record.
    pub record: Uuid,
    /// Column.
    pub column: String,
}

/// Where a window of the list ends.
pub type DisagreementCursor = Disagreeing;

impl Store {
    /// All that sources say of the records of a table.
    pub async fn source_claims(&self, entity: Entity) -> Result<Vec<SourceClaim>> {
        let entity = Cell::Text(entity.code().to_owned());
        select(
            &mut *self.reader().await?,
            "WHERE entity = ? ORDER BY record, source",
            &[entity],
        )
        .await
    }

    /// What sources say of one record.
    pub async fn claims_on(&self, entity: Entity, record: Uuid) -> Result<Vec<SourceClaim>> {
        let key = [Cell::Text(entity.code().to_owned()), Cell::Id(record)];
        select(
            &mut *self.reader().await?,
            "WHERE entity = ? AND record = ? ORDER BY source",
            &key,
        )
        .await
    }

    /// Tables with records of which more than one source speaks.
    pub async fn shared_tables(&self) -> Result<BTreeSet<Entity>> {
        let rows = sqlx::query("SELECT DISTINCT entity FROM source_claim")
            .fetch_all(&mut *self.reader().await?)
            .await?;
        rows.iter()
            .map(|row| row.try_get::<&str, _>("entity")?.parse())
            .collect()
    }

    /// The deals of a source of which something is kept that it said, and these ones, by identity.
    pub async fn spoken_of_opportunities(
        &self,
        source: &str,
        ids: impl Iterator<Item = Uuid> + Send,
    ) -> Result<HashMap<String, Opportunity>> {
        let cells = [ids_json(ids), Cell::Text(source.to_owned())];
        let deals: Vec<Opportunity> = select(
            &mut *self.reader().await?,
            "WHERE id IN (SELECT record FROM source_claim WHERE entity = 'opportunity'
                          UNION SELECT unhex(value) FROM json_each(?))
               AND +source = ?",
            &cells,
        )
        .await?;
        let by_identity = deals.into_iter();
        Ok(by_identity
            .map(|deal| (deal.origin.external_id.clone(), deal))
            .collect())
    }

    /// A window of the fields on which sources disagree, by table, record and column; `after` is the
    /// last of the window before. An amount's currency is part of it.
    pub async fn disagreements(
        &self,
        filter: &DisagreementFilter,
        after: Option<&DisagreementCursor>,
        limit: u32,
    ) -> Result<Vec<Disagreeing>> {
        let (grouped, mut cells) = disagreeing(filter);
        let sql = format!(
            "SELECT entity, record, field FROM ({grouped})
             WHERE (entity, record, field) > (?, ?, ?) ORDER BY entity, record, field LIMIT ?"
        );
        cells.extend(match after {
            Some(one) => [
                Cell::Text(one.entity.code().to_owned()),
                Cell::Id(one.record),
                Cell::Text(one.column.clone()),
            ],
            None => [
                Cell::Text(String::new()),
                Cell::Id(Uuid::nil()),
                Cell::Text(String::new()),
            ],
        });
        cells.push(Cell::Int(limit_of(limit)?));
        let rows = bind_all(&sql, &cells)
            .fetch_all(&mut *self.reader().await?)
            .await?;
        rows.iter()
            .map(|row| {
                Ok(Disagreeing {
                    entity: row.try_get::<&str, _>("entity")?.parse()?,
                    record: read_id(row, "record")?
                        .ok_or_else(|| unreadable("source_claim.record", "null", "an id"))?,
                    column: row.try_get("field")?,
                })
            })
            .collect()
    }

    /// How many there are.
    pub async fn count_disagreements(&self, filter: &DisagreementFilter) -> Result<i64> {
        let (grouped, cells) = disagreeing(filter);
        let sql = format!("SELECT count(*) AS n FROM ({grouped})");
        let row = bind_all(&sql, &cells)
            .fetch_one(&mut *self.reader().await?)
            .await?;
        Ok(row.try_get("n")?)
    }
}

/// The fields that sources give different values. What a person chose is no source's word, and a customer
/// that was merged is the other one.
fn disagreeing(filter: &DisagreementFilter) -> (String, Vec<Cell>) {
    let mut cells = Vec::new();
    let mut of_table = "";
    if let Some(entity) = filter.entity {
        of_table = "AND c.entity = ?";
        cells.push(Cell::Text(entity.code().to_owned()));
    }
    let mut of_source = "";
    if let Some(source) = &filter.source {
        of_source = "AND sum(c.source = ?) > 0";
        cells.push(Cell::Text(source.clone()));
    }
    let sql = format!(
        "SELECT c.entity AS entity, c.record AS record, j.key AS field
         FROM source_claim AS c, json_each(c.given) AS j
         WHERE c.source <> '' AND j.key NOT LIKE '%\\_currency' ESCAPE '\\' {of_table}
         GROUP BY c.entity, c.record, j.key
         HAVING count(DISTINCT CASE WHEN j.key = 'customer'
             THEN coalesce((SELECT m.target FROM customer_redirect AS m
                            WHERE m.customer = unhex(replace(j.value, '-', ''))),
                           unhex(replace(j.value, '-', '')), j.value)
             ELSE j.value END) > 1 {of_source}"
    );
    (sql, cells)
}
