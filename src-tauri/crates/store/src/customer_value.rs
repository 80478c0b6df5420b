//! What every customer has bought so far, kept as changes come in: the best ones of a hundred thousand are
//! looked up and not added up.

use std::collections::HashMap;

use sqlx::{Row as _, SqliteConnection};
use uuid::Uuid;

use crate::cell::Cell;
use crate::rollup::{marks, sum_too_large};
use crate::rows::{bind_all, read_id, unreadable};
use crate::{Error, Result};

/// Rows a statement.
const ROWS_PER_STATEMENT: usize = 300;

/// The won deals of a customer that have a day of closing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Bought {
    pub won_minor: i64,
    pub won_count: i64,
}

impl Bought {
    fn add(&mut self, other: Self) -> Result<()> {
        let sum = |a: i64, b: i64| a.checked_add(b).ok_or(Error::Overflow("deals"));
        self.won_minor = sum(self.won_minor, other.won_minor)?;
        self.won_count = sum(self.won_count, other.won_count)?;
        Ok(())
    }
}

/// Differences not yet written.
#[derive(Debug, Default)]
pub(crate) struct ValueDeltas(HashMap<Uuid, Bought, foldhash::fast::RandomState>);

impl ValueDeltas {
    pub fn add(&mut self, customer: Uuid, bought: Bought) -> Result<()> {
        self.0.entry(customer).or_default().add(bought)
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// What every customer has bought, when everything was added to an empty value.
    pub fn into_values(self) -> HashMap<Uuid, Bought, foldhash::fast::RandomState> {
        self.0
    }

    /// Writes the differences and removes rows that became empty.
    pub async fn flush(self, conn: &mut SqliteConnection) -> Result<()> {
        let mut rows: Vec<(Uuid, Bought)> = self.0.into_iter().collect();
        rows.retain(|(_, bought)| *bought != Bought::default());
        rows.sort_unstable_by_key(|(customer, _)| *customer);
        for chunk in rows.chunks(ROWS_PER_STATEMENT) {
            let sql = format!(
                "INSERT INTO customer_value (customer, won_minor, won_count) VALUES {}
                 ON CONFLICT DO UPDATE SET won_minor = won_minor + excluded.won_minor,
                     won_count = won_count + excluded.won_count",
                marks(chunk.len(), 3)
            );
            let cells: Vec<Cell> = chunk
                .iter()
                .flat_map(|(customer, bought)| {
                    [
                        Cell::Id(*customer),
                        Cell::Int(bought.won_minor),
                        Cell::Int(bought.won_count),
                    ]
                })
                .collect();
            let written = bind_all(&sql, &cells).execute(&mut *conn).await;
            written.map_err(sum_too_large)?;
        }
        for (customer, _) in rows.iter().filter(|(_, bought)| bought.won_count < 0) {
            let sql = "DELETE FROM customer_value WHERE customer = ? AND won_count = 0";
            let cells = [Cell::Id(*customer)];
            bind_all(sql, &cells).execute(&mut *conn).await?;
        }
        Ok(())
    }
}

/// Stored rows after a customer, in order, for checking.
pub(crate) async fn read_page(
    conn: &mut SqliteConnection,
    after: Uuid,
    limit: i64,
) -> Result<Vec<(Uuid, Bought)>> {
    let sql = "SELECT * FROM customer_value WHERE customer > ? ORDER BY customer LIMIT ?";
    let cells = [Cell::Id(after), Cell::Int(limit)];
    let rows = bind_all(sql, &cells).fetch_all(conn).await?;
    rows.iter()
        .map(|row| {
            let customer = read_id(row, "customer")?
                .ok_or_else(|| unreadable("customer_value.customer", "", "an id"))?;
            let bought = Bought {
                won_minor: row.try_get("won_minor")?,
                won_count: row.try_get("won_count")?,
            };
            Ok((customer, bought))
        })
        .collect()
}
