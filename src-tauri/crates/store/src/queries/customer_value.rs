//! The customers that have bought most so far.

use chrono::NaiveDate;
use sqlx::Row as _;
use yeji_core::ids::{CustomerId, PersonId, UnitId};

use crate::cell::{Cell, date_text};
use crate::rows::{bind_all, ids_json, overflow_as, read_id, unreadable};
use crate::{Result, Store};

/// Whose deals, up to when, and which window of the answer.
#[derive(Debug, Clone)]
pub struct CustomerValueQuery {
    /// Won deals closed before this day.
    pub before: NaiveDate,
    /// Only deals made in these units; the nil id is "no unit".
    pub units: Option<Vec<UnitId>>,
    /// Only this person's deals.
    pub person: Option<PersonId>,
    /// Continue after this one.
    pub after: Option<(i64, CustomerId)>,
    /// Most rows.
    pub limit: u32,
}

/// What a customer has bought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomerValue {
    /// Who.
    pub customer: CustomerId,
    /// Name.
    pub name: String,
    /// Amounts of its won deals, in minor units.
    pub won_minor: i64,
    /// Its won deals.
    pub won_count: i64,
}

/// So many deals after the day asked for are taken off what is kept; of more all before it are added up.
const MOST_LATER: i64 = 1_000;

impl Store {
    /// Customers by won amount, largest first. Of the whole company and (nearly) all its days they are looked
    /// up, less the few later deals; else the deals are added up.
    pub async fn customer_values(&self, query: &CustomerValueQuery) -> Result<Vec<CustomerValue>> {
        let is_whole = query.units.is_none() && query.person.is_none();
        let mut reader = self.snapshot().await?;
        let later = if is_whole {
            let sql = format!("SELECT count(*) FROM (SELECT 1 {LATER} LIMIT ?)");
            let cells = [
                Cell::Text(date_text(query.before)),
                Cell::Int(MOST_LATER + 1),
            ];
            let row = bind_all(&sql, &cells).fetch_one(&mut *reader).await?;
            Some(row.try_get::<i64, _>(0)?)
        } else {
            None
        };
        let (sql, cells) = match later {
            Some(0) => window("customer_value", Vec::new(), query),
            Some(later) if later <= MOST_LATER => kept_less_later(query),
            _ => {
                let (from, cells) = summed(query);
                window(&from, cells, query)
            }
        };
        let sql = format!(
            "SELECT v.customer AS customer, c.name AS name, v.won_minor AS won_minor, v.won_count AS won_count
             FROM ({sql}) AS v JOIN customer AS c ON c.id = v.customer
             ORDER BY v.won_minor DESC, v.customer DESC"
        );
        let rows = bind_all(&sql, &cells)
            .fetch_all(&mut *reader)
            .await
            .map_err(overflow_as("deals"))?;
        rows.iter()
            .map(|row| {
                Ok(CustomerValue {
                    customer: read_id(row, "customer")?
                        .map(CustomerId)
                        .ok_or_else(|| unreadable("opportunity.customer", "null", "a customer"))?,
                    name: row.try_get("name")?,
                    won_minor: row.try_get("won_minor")?,
                    won_count: row.try_get("won_count")?,
                })
            })
            .collect()
    }
}

/// Won deals of customers from a day on.
const LATER: &str =
    "FROM opportunity WHERE closed_on >= ? AND stage = 'won' AND customer IS NOT NULL";

/// The first rows of a source after the one that the query names.
fn window(from: &str, mut cells: Vec<Cell>, query: &CustomerValueQuery) -> (String, Vec<Cell>) {
    let (after, customer) = query.after.map_or((i64::MAX, None), |(minor, customer)| {
        (minor, Some(customer.0))
    });
    cells.extend([
        Cell::Int(after),
        customer.map_or(Cell::Null, Cell::Id),
        Cell::Int(i64::from(query.limit)),
    ]);
    let sql = format!(
        "SELECT * FROM {from} WHERE (won_minor, customer) < (?, coalesce(?, x'ffffffffffffffffffffffffffffffffff'))
         ORDER BY won_minor DESC, customer DESC LIMIT ?"
    );
    (sql, cells)
}

/// What is kept, by its index, and instead of the few customers that bought later what they had before.
fn kept_less_later(query: &CustomerValueQuery) -> (String, Vec<Cell>) {
    let before = || Cell::Text(date_text(query.before));
    let others = format!(
        "(SELECT customer, won_minor, won_count FROM customer_value
          WHERE customer NOT IN (SELECT customer {LATER}))"
    );
    let corrected = format!(
        "(SELECT k.customer AS customer, k.won_minor - l.won_minor AS won_minor,
                 k.won_count - l.won_count AS won_count
          FROM (SELECT customer, sum(coalesce(amount_minor, 0)) AS won_minor, count(*) AS won_count
                {LATER} GROUP BY customer) AS l
          JOIN customer_value AS k ON k.customer = l.customer
          WHERE k.won_count > l.won_count)"
    );
    let (others, cells) = window(&others, vec![before()], query);
    let (corrected, mut more) = window(&corrected, vec![before()], query);
    let mut all = cells;
    all.append(&mut more);
    all.push(Cell::Int(i64::from(query.limit)));
    let sql = format!(
        "SELECT * FROM (SELECT * FROM ({others}) UNION ALL SELECT * FROM ({corrected}))
         ORDER BY won_minor DESC, customer DESC LIMIT ?"
    );
    (sql, all)
}

/// The same figures from the deals.
fn summed(query: &CustomerValueQuery) -> (String, Vec<Cell>) {
    let mut sql =
        "(SELECT customer, sum(coalesce(amount_minor, 0)) AS won_minor, count(*) AS won_count
          FROM opportunity WHERE stage = 'won' AND customer IS NOT NULL AND closed_on < ?"
            .to_owned();
    let mut cells = vec![Cell::Text(date_text(query.before))];
    if let Some(units) = &query.units {
        sql.push_str(" AND team IN (SELECT unhex(value) FROM json_each(?))");
        cells.push(ids_json(units.iter().map(|unit| unit.0)));
    }
    if let Some(person) = query.person {
        sql.push_str(" AND owner = ?");
        cells.push(Cell::Id(person.0));
    }
    sql.push_str(" GROUP BY customer)");
    (sql, cells)
}
