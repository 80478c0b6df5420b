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

impl Store {
    /// Customers by won amount, largest first. Of the whole company and all its days they are looked up;
    /// else the deals are added up.
    pub async fn customer_values(&self, query: &CustomerValueQuery) -> Result<Vec<CustomerValue>> {
        let is_whole = query.units.is_none() && query.person.is_none();
        let mut reader = self.snapshot().await?;
        let is_kept = is_whole && {
            let later =
                "SELECT EXISTS (SELECT 1 FROM opportunity WHERE closed_on >= ? AND stage = 'won')";
            let cells = [Cell::Text(date_text(query.before))];
            let row = bind_all(later, &cells).fetch_one(&mut *reader).await?;
            row.try_get::<i64, _>(0)? == 0
        };
        let (from, mut cells) = if is_kept {
            ("customer_value".to_owned(), Vec::new())
        } else {
            summed(query)
        };
        let (after, customer) = query.after.map_or((i64::MAX, None), |(minor, customer)| {
            (minor, Some(customer.0))
        });
        cells.extend([
            Cell::Int(after),
            customer.map_or(Cell::Null, Cell::Id),
            Cell::Int(i64::from(query.limit)),
        ]);
        let sql = format!(
            "SELECT v.customer AS customer, c.name AS name, v.won_minor AS won_minor, v.won_count AS won_count
             FROM (SELECT * FROM {from} WHERE (won_minor, customer) < (?, coalesce(?, x'ffffffffffffffffffffffffffffffffff'))
                   ORDER BY won_minor DESC, customer DESC LIMIT ?) AS v
             JOIN customer AS c ON c.id = v.customer
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
