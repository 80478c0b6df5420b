//! The records behind a measure: the very rows that its sum is made of, a page at a time.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use sqlx::Row as _;
use uuid::Uuid;
use yeji_core::ids::{PersonId, UnitId};

use super::families::{FAMILIES, Family};
use super::only::cell_of;
use super::{
    MeasureKey, MeasureOnly, MeasureSplit, bound, conditions, is_by_day, is_within, unit_of,
    unknown, with_customer,
};
use crate::cell::Cell;
use crate::queries::organisation::read_organisation;
use crate::rows::{bind_all, overflow_as, read_date, read_id, unreadable};
use crate::{Error, Result, Store};

/// Rows read at once.
const CHUNK_ROWS: u32 = 1_000;

/// Which records.
#[derive(Debug, Clone)]
pub struct MeasureRecordQuery {
    /// The measure.
    pub measure: String,
    /// First day and day after the last.
    pub days: (NaiveDate, NaiveDate),
    /// Only results made in these units; the nil id is "no unit".
    pub units: Option<Vec<UnitId>>,
    /// Only results of this person.
    pub person: Option<PersonId>,
    /// How it is split.
    pub split: MeasureSplit,
    /// And of which parts the records are; not looked at where it is not split.
    pub keys: Vec<MeasureKey>,
    /// Only some of the facts.
    pub only: MeasureOnly,
    /// The day of which "by now" speaks.
    pub as_of: NaiveDate,
    /// The page before's `next`.
    pub after: Option<MeasureCursor>,
    /// Rows a page.
    pub limit: u32,
}

/// Where the next page starts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeasureCursor {
    day: String,
    id: Uuid,
}

/// A row of a measure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeasureRecord {
    /// Table.
    pub entity: &'static str,
    /// Id.
    pub id: Uuid,
    /// Its source.
    pub source: String,
    /// Identity in the source.
    pub external_id: String,
    /// The day by which it counts.
    pub day: Option<NaiveDate>,
    /// Whose it is.
    pub person: Option<PersonId>,
    /// The customer's name.
    pub customer: Option<String>,
    /// The product's name.
    pub product: Option<String>,
    /// What it adds to the measure.
    pub value: i64,
}

/// A page of records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeasureRecordPage {
    /// The rows, latest first.
    pub rows: Vec<MeasureRecord>,
    /// For the next page; none at the end.
    pub next: Option<MeasureCursor>,
}

impl Store {
    /// Records that add something to a measure, latest first.
    pub async fn measure_records(&self, query: &MeasureRecordQuery) -> Result<MeasureRecordPage> {
        let (family, place) = Family::of(&query.measure).ok_or_else(|| unknown(&query.measure))?;
        let family = &FAMILIES[family];
        let resolve = is_by_day(family, query.units.is_some(), query.split, &query.only);
        let (code, value) = family.measures[place];
        let sql = statement(family, &query.only.value(code, value), query);
        let mut reader = self.snapshot().await?;
        let organisation = if resolve {
            Some(read_organisation(&mut reader).await?)
        } else {
            None
        };
        let mut page = MeasureRecordPage {
            rows: Vec::new(),
            next: None,
        };
        let mut after = query.after.clone();
        loop {
            let cells = cells(family, query, resolve, after.as_ref());
            let rows = bind_all(&sql, &cells)
                .fetch_all(&mut *reader)
                .await
                .map_err(overflow_as("measures"))?;
            for row in &rows {
                let record = read(family, row)?;
                let here = MeasureCursor {
                    day: row.try_get("day_text")?,
                    id: record.id,
                };
                if let Some(organisation) = &organisation {
                    let unit = unit_of(row, organisation)?;
                    let is_key = query.split != MeasureSplit::Unit
                        || query.keys.contains(&MeasureKey::Unit(unit));
                    let is_meant = is_key && query.only.has_unit(unit);
                    if !is_within(query.units.as_deref(), unit) || !is_meant {
                        after = Some(here);
                        continue;
                    }
                }
                if page.rows.len() == query.limit as usize {
                    page.next = after;
                    return Ok(page);
                }
                page.rows.push(record);
                after = Some(here);
            }
            if rows.len() < CHUNK_ROWS as usize {
                return Ok(page);
            }
        }
    }
}

fn statement(family: &Family, value: &str, query: &MeasureRecordQuery) -> String {
    let key = super::key_of(family, query.split);
    let listed = match query.split {
        MeasureSplit::Person | MeasureSplit::Unit | MeasureSplit::Product => "unhex(value)",
        _ => "value",
    };
    let Family {
        record,
        day,
        person,
        customer,
        product,
        ..
    } = family;
    // A row without a day (a deal that is open) comes last.
    format!(
        "SELECT {record}.id AS id, {record}.source AS source, {record}.external_id AS external_id,
                {day} AS day, coalesce({day}, '') AS day_text, {person} AS person, {value} AS value,
                (SELECT n.name FROM customer AS n WHERE n.id = {customer}) AS customer_name,
                (SELECT n.name FROM product AS n WHERE n.id = {product}) AS product_name
         FROM {} {}
           AND {value} <> 0
           AND (? OR (? AND nullif({key}, '') IS NULL) OR {key} IN (SELECT {listed} FROM json_each(?)))
           AND (? IS NULL OR (coalesce({day}, ''), {record}.id) < (?, ?))
         ORDER BY day_text DESC, {record}.id DESC LIMIT {CHUNK_ROWS}",
        with_customer(family, query.split, &query.only),
        conditions(family, &query.only),
    )
}

fn cells(
    family: &Family,
    query: &MeasureRecordQuery,
    resolve: bool,
    after: Option<&MeasureCursor>,
) -> Vec<Cell> {
    let units = query.units.as_deref().filter(|_| !resolve);
    let mut cells = bound(
        family,
        query.as_of,
        &[query.days],
        (units, query.person),
        &query.only,
    );
    let any = query.split == MeasureSplit::None || resolve && query.split == MeasureSplit::Unit;
    let keys: Vec<Cell> = query.keys.iter().map(cell_of).collect();
    let without = keys.contains(&Cell::Null);
    let listed: Vec<String> = keys
        .into_iter()
        .filter_map(|key| match key {
            Cell::Id(id) => Some(id.simple().to_string()),
            Cell::Text(text) => Some(text),
            Cell::Null | Cell::Int(_) => None,
        })
        .collect();
    let listed = Cell::Text(serde_json::Value::from(listed).to_string());
    let (day, id) = after.map_or((Cell::Null, Cell::Null), |after| {
        (Cell::Text(after.day.clone()), Cell::Id(after.id))
    });
    let flag = |flag: bool| Cell::Int(i64::from(flag));
    cells.extend([flag(any), flag(without), listed, day.clone(), day, id]);
    cells
}

fn read(family: &Family, row: &sqlx::sqlite::SqliteRow) -> Result<MeasureRecord> {
    Ok(MeasureRecord {
        entity: family.entity,
        id: read_id(row, "id")?.ok_or_else(|| unreadable("id", "null", "an id"))?,
        source: row.try_get("source")?,
        external_id: row.try_get("external_id")?,
        day: read_date(row, "day")?,
        person: read_id(row, "person")?.map(PersonId),
        customer: row.try_get("customer_name")?,
        product: row.try_get("product_name")?,
        value: row
            .try_get("value")
            .map_err(|_| Error::Overflow("measures"))?,
    })
}
