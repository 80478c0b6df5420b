//! Deals behind a figure, page by page, and deals for the engines.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, SqliteConnection};
use uuid::Uuid;
use yeji_core::facts::{Opportunity, Stage};
use yeji_core::ids::{CustomerId, OpportunityId, PersonId, ProductId, UnitId};
use yeji_core::{Currency, Money};

use crate::cell::{Cell, date_text};
use crate::rows::{
    bind_all, ids_json, overflow_as, read_date, read_id, select, select_one, unreadable,
};
use crate::{Error, Result, RollupQuery, RollupSplit, Store};

/// The date that `from` and `to` mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DealDate {
    /// Day of closing.
    Closed,
    /// Day of opening.
    Opened,
}

/// Order of the rows; equal ones by id, descending.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DealSort {
    /// By the chosen date, latest first, deals without one last.
    DateDesc,
    /// By amount, largest first, deals without one last.
    AmountDesc,
}

/// Where the next page starts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DealCursor {
    /// Date or amount of the last row; none in the part that has none.
    value: Option<CursorValue>,
    id: OpportunityId,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
enum CursorValue {
    Date(NaiveDate),
    Minor(i64),
}

/// Which deals. A list in a list (`Option<Option<_>>`) tells "any" from "without one".
#[derive(Debug, Clone)]
pub struct DealQuery {
    /// First day; none for no bound (then deals without the date are in too, if `to` is none as well).
    pub from: Option<NaiveDate>,
    /// Day after the last.
    pub to: Option<NaiveDate>,
    /// Of these units at the event's date (the subtree, listed). The nil id stands for "no unit".
    pub units: Option<Vec<UnitId>>,
    /// Of this owner.
    pub person: Option<PersonId>,
    /// Of customers of these types; the empty text is the unknown type, as in rollups.
    pub customer_types: Option<Vec<String>>,
    /// Of this customer.
    pub customer: Option<CustomerId>,
    /// Of this product; `Some(None)`: without one.
    pub product: Option<Option<ProductId>>,
    /// In these stages.
    pub stages: Option<Vec<Stage>>,
    /// The date meant, also for the units.
    pub date: DealDate,
    /// The page before's `next`.
    pub after: Option<DealCursor>,
    /// Rows a page, 1 to [`DealQuery::MAX_PAGE_ROWS`].
    pub limit: u32,
    /// Order.
    pub sort: DealSort,
}

impl DealQuery {
    /// Largest page.
    pub const MAX_PAGE_ROWS: u32 = 1_000;

    /// The first 200 of all deals, latest closing first.
    pub fn all() -> Self {
        Self {
            from: None,
            to: None,
            units: None,
            person: None,
            customer_types: None,
            customer: None,
            product: None,
            stages: None,
            date: DealDate::Closed,
            after: None,
            limit: 200,
            sort: DealSort::DateDesc,
        }
    }
}

/// A deal with the names that a table shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DealRow {
    /// Id.
    pub id: OpportunityId,
    /// Identity in its source.
    pub external_id: String,
    /// Who sells.
    pub owner: PersonId,
    /// Their name.
    pub owner_name: String,
    /// Unit at the chosen date; none for an owner without any membership.
    pub unit: Option<UnitId>,
    /// Its name.
    pub unit_name: Option<String>,
    /// To whom.
    pub customer: Option<CustomerId>,
    /// Their name.
    pub customer_name: Option<String>,
    /// Their type.
    pub customer_type: Option<String>,
    /// What.
    pub product: Option<ProductId>,
    /// Its name.
    pub product_name: Option<String>,
    /// Stage.
    pub stage: Stage,
    /// Opened.
    pub opened_on: Option<NaiveDate>,
    /// Closed.
    pub closed_on: Option<NaiveDate>,
    /// Amount.
    pub amount: Option<Money>,
}

/// A page of deals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DealPage {
    /// The rows.
    pub rows: Vec<DealRow>,
    /// For the next page; none at the end.
    pub next: Option<DealCursor>,
    /// Deals that match, on all pages.
    pub total: i64,
    /// Their amounts together, minor units.
    pub sum_minor: i64,
}

impl Store {
    /// One deal.
    pub async fn opportunity(&self, id: OpportunityId) -> Result<Option<Opportunity>> {
        select_one(&mut *self.reader().await?, id.0).await
    }

    /// The unit in which a deal counts; none for an owner without any stay, or where there is no deal.
    pub async fn team_of_deal(&self, id: OpportunityId) -> Result<Option<UnitId>> {
        let row = bind_all(
            "SELECT team FROM opportunity WHERE id = ?",
            &[Cell::Id(id.0)],
        )
        .fetch_optional(&mut *self.reader().await?)
        .await?;
        let team = row.map(|row| read_id(&row, "team")).transpose()?.flatten();
        Ok(team.filter(|id| !id.is_nil()).map(UnitId))
    }

    /// Deals that a source calls so.
    pub async fn deals_called(&self, external_id: &str) -> Result<Vec<Opportunity>> {
        let name = [Cell::Text(external_id.to_owned())];
        select(
            &mut *self.reader().await?,
            "WHERE external_id = ? ORDER BY id",
            &name,
        )
        .await
    }

    /// Deals won in `[from, to)`, by closing date, then id.
    pub async fn won_opportunities(
        &self,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Result<Vec<Opportunity>> {
        let tail =
            "WHERE stage = 'won' AND closed_on >= ? AND closed_on < ? ORDER BY closed_on, id";
        let bounds = [Cell::Text(date_text(from)), Cell::Text(date_text(to))];
        select(&mut *self.reader().await?, tail, &bounds).await
    }

    /// A page of the deals that match, with the count and sum of all of them.
    pub async fn deals(&self, query: &DealQuery) -> Result<DealPage> {
        if query.limit == 0 || query.limit > DealQuery::MAX_PAGE_ROWS {
            return Err(Error::BadQuery(format!(
                "a page has 1 to {} rows, not {}",
                DealQuery::MAX_PAGE_ROWS,
                query.limit
            )));
        }
        let filter = Filter::of(query);
        let (total, sum_minor) = match from_rollups(query) {
            Some(rollup) => self.totals_from_rollups(&rollup, query).await?,
            None => self.totals(&filter).await?,
        };
        let mut reader = self.snapshot().await?;
        let mut rows = page_rows(&mut reader, query, &filter).await?;
        let more = rows.len() > query.limit as usize;
        rows.truncate(query.limit as usize);
        let next = rows
            .last()
            .filter(|_| more)
            .map(|last| cursor_at(query, last));
        Ok(DealPage {
            rows,
            next,
            total,
            sum_minor,
        })
    }

    async fn totals(&self, filter: &Filter) -> Result<(i64, i64)> {
        let sql = format!(
            "SELECT count(*) AS total, coalesce(sum(o.amount_minor), 0) AS sum_minor
             FROM opportunity AS o WHERE {}",
            filter.sql
        );
        let row = bind_all(&sql, &filter.cells)
            .fetch_one(&mut *self.reader().await?)
            .await
            .map_err(overflow_as("deals"))?;
        Ok((row.try_get("total")?, row.try_get("sum_minor")?))
    }

    async fn totals_from_rollups(
        &self,
        rollup: &RollupQuery,
        query: &DealQuery,
    ) -> Result<(i64, i64)> {
        let (mut total, mut sum) = (0_i64, 0_i64);
        let overflow = || Error::Overflow("deals");
        for row in self.rollup_sums(rollup).await? {
            let matches = match (&query.customer_types, &query.product) {
                (Some(wanted), _) => {
                    let own = row.customer_type.as_deref().unwrap_or("");
                    wanted.iter().any(|one| one == own)
                }
                (_, Some(wanted)) => row.product == *wanted,
                _ => true,
            };
            if matches {
                total = total.checked_add(row.won_count).ok_or_else(overflow)?;
                sum = sum.checked_add(row.won_minor).ok_or_else(overflow)?;
            }
        }
        Ok((total, sum))
    }
}

/// The rollup that gives count and sum, where one does: won deals by closing date, by at most one
/// of person, types and product. It saves reading every deal of a year to show 200 of them.
fn from_rollups(query: &DealQuery) -> Option<RollupQuery> {
    let (Some(from), Some(to), DealDate::Closed) = (query.from, query.to, query.date) else {
        return None;
    };
    if query.stages.as_deref() != Some(&[Stage::Won]) || query.customer.is_some() {
        return None;
    }
    let split = match (&query.person, &query.customer_types, &query.product) {
        (_, None, None) => RollupSplit::None,
        (None, Some(_), None) => RollupSplit::CustomerType,
        (None, None, Some(_)) => RollupSplit::Product,
        _ => return None,
    };
    Some(RollupQuery {
        from,
        to,
        units: query.units.clone(),
        person: query.person,
        split,
    })
}

/// The conditions of a query, and the values of their marks.
struct Filter {
    sql: String,
    cells: Vec<Cell>,
}

impl Filter {
    fn of(query: &DealQuery) -> Self {
        let mut filter = Self {
            sql: "true".to_owned(),
            cells: Vec::new(),
        };
        let (date, team) = date_columns(query.date);
        if let Some(from) = query.from {
            filter.and(&format!("o.{date} >= ?"), [Cell::Text(date_text(from))]);
        }
        if let Some(to) = query.to {
            filter.and(&format!("o.{date} < ?"), [Cell::Text(date_text(to))]);
        }
        if let Some(units) = &query.units {
            let list = ids_json(units.iter().map(|unit| unit.0));
            // The plus keeps SQLite from starting at the unit: the range of days is narrower.
            filter.and(
                &format!("+o.{team} IN (SELECT unhex(value) FROM json_each(?))"),
                [list],
            );
        }
        if let Some(person) = query.person {
            filter.and("o.owner = ?", [Cell::Id(person.0)]);
        }
        if let Some(types) = &query.customer_types {
            let list = Cell::Text(serde_json::Value::from(types.clone()).to_string());
            filter.and(
                "coalesce(o.counted_type, '') IN (SELECT value FROM json_each(?))",
                [list],
            );
        }
        if let Some(customer) = query.customer {
            filter.and("o.customer = ?", [Cell::Id(customer.0)]);
        }
        match query.product {
            None => {}
            Some(None) => filter.and("o.product IS NULL", []),
            Some(Some(product)) => filter.and("+o.product = ?", [Cell::Id(product.0)]),
        }
        if let Some(stages) = &query.stages {
            let codes: Vec<&str> = stages.iter().map(|stage| stage.code()).collect();
            let list = Cell::Text(serde_json::Value::from(codes).to_string());
            filter.and("o.stage IN (SELECT value FROM json_each(?))", [list]);
        }
        filter
    }

    fn and<const N: usize>(&mut self, condition: &str, cells: [Cell; N]) {
        self.sql.push_str(" AND ");
        self.sql.push_str(condition);
        self.cells.extend(cells);
    }
}

fn date_columns(date: DealDate) -> (&'static str, &'static str) {
    match date {
        DealDate::Closed => ("closed_on", "team"),
        DealDate::Opened => ("opened_on", "opened_team"),
    }
}

/// Up to `limit + 1` rows: first those that have the sorted value, then those without it. Two
/// statements, because one comparison cannot follow NULLs in an index.
async fn page_rows(
    conn: &mut SqliteConnection,
    query: &DealQuery,
    filter: &Filter,
) -> Result<Vec<DealRow>> {
    let (date, _) = date_columns(query.date);
    let column = match query.sort {
        DealSort::DateDesc => date,
        DealSort::AmountDesc => "amount_minor",
    };
    let wanted = query.limit as usize + 1;
    let mut rows = Vec::new();
    let in_tail = query
        .after
        .as_ref()
        .is_some_and(|cursor| cursor.value.is_none());
    if !in_tail {
        let mut condition = format!("o.{column} IS NOT NULL");
        let mut cells = Vec::new();
        if let Some(DealCursor {
            value: Some(value),
            id,
        }) = &query.after
        {
            condition = format!("(o.{column}, o.id) < (?, ?)");
            cells.push(match value {
                CursorValue::Date(day) => Cell::Text(date_text(*day)),
                CursorValue::Minor(minor) => Cell::Int(*minor),
            });
            cells.push(Cell::Id(id.0));
        }
        let order = format!("o.{column} DESC, o.id DESC");
        rows = select_rows(conn, query, filter, &condition, cells, &order, wanted).await?;
    }
    let dated = query.sort == DealSort::DateDesc && (query.from.is_some() || query.to.is_some());
    if rows.len() < wanted && !dated {
        let mut condition = format!("o.{column} IS NULL");
        let mut cells = Vec::new();
        if let (true, Some(cursor)) = (in_tail, &query.after) {
            condition.push_str(" AND o.id < ?");
            cells.push(Cell::Id(cursor.id.0));
        }
        let missing = wanted - rows.len();
        rows.extend(
            select_rows(conn, query, filter, &condition, cells, "o.id DESC", missing).await?,
        );
    }
    Ok(rows)
}

/// The ids of the page are found first, then joined: only the rows that are shown need names.
async fn select_rows(
    conn: &mut SqliteConnection,
    query: &DealQuery,
    filter: &Filter,
    condition: &str,
    cells: Vec<Cell>,
    order: &str,
    limit: usize,
) -> Result<Vec<DealRow>> {
    let (_, team) = date_columns(query.date);
    let sql = format!(
        "SELECT o.id, o.external_id, o.owner, o.customer, o.product, o.stage, o.opened_on,
                o.closed_on, o.amount_minor, o.amount_currency, o.{team} AS unit,
                p.name AS owner_name, u.name AS unit_name, c.name AS customer_name,
                c.customer_type AS customer_type, g.name AS product_name
         FROM (SELECT o.id FROM opportunity AS o WHERE {filter} AND {condition}
               ORDER BY {order} LIMIT {limit}) AS shown
         JOIN opportunity AS o ON o.id = shown.id
         LEFT JOIN person AS p ON p.id = o.owner
         LEFT JOIN org_unit AS u ON u.id = o.{team}
         LEFT JOIN customer AS c ON c.id = o.customer
         LEFT JOIN product AS g ON g.id = o.product
         ORDER BY {order}",
        filter = filter.sql
    );
    let cells: Vec<Cell> = filter.cells.iter().cloned().chain(cells).collect();
    let rows = bind_all(&sql, &cells).fetch_all(conn).await?;
    rows.iter().map(read_deal).collect()
}

fn read_deal(row: &SqliteRow) -> Result<DealRow> {
    let required = |column: &'static str| -> Result<Uuid> {
        read_id(row, column)?.ok_or_else(|| unreadable(column, "null", "an id"))
    };
    let amount = match row.try_get::<Option<i64>, _>("amount_minor")? {
        None => None,
        Some(minor) => {
            let currency: Currency = row.try_get::<&str, _>("amount_currency")?.parse()?;
            Some(Money { minor, currency })
        }
    };
    Ok(DealRow {
        id: OpportunityId(required("id")?),
        external_id: row.try_get("external_id")?,
        owner: PersonId(required("owner")?),
        owner_name: row
            .try_get::<Option<String>, _>("owner_name")?
            .unwrap_or_default(),
        unit: read_id(row, "unit")?.filter(|id| !id.is_nil()).map(UnitId),
        unit_name: row.try_get("unit_name")?,
        customer: read_id(row, "customer")?.map(CustomerId),
        customer_name: row.try_get("customer_name")?,
        customer_type: row.try_get("customer_type")?,
        product: read_id(row, "product")?.map(ProductId),
        product_name: row.try_get("product_name")?,
        stage: row.try_get::<&str, _>("stage")?.parse()?,
        opened_on: read_date(row, "opened_on")?,
        closed_on: read_date(row, "closed_on")?,
        amount,
    })
}

fn cursor_at(query: &DealQuery, last: &DealRow) -> DealCursor {
    let date = match query.date {
        DealDate::Closed => last.closed_on,
        DealDate::Opened => last.opened_on,
    };
    let value = match query.sort {
        DealSort::DateDesc => date.map(CursorValue::Date),
        DealSort::AmountDesc => last.amount.map(|amount| CursorValue::Minor(amount.minor)),
    };
    DealCursor { value, id: last.id }
}
