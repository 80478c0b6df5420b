//! Deals that come in their hundred thousands: their indexes are made once, after the last of them.
//!
//! Keeping an index in order while a million rows come costs more than sorting it once, and writes (and
//! encrypts) each of its pages several times. All of it is part of the one transaction: whoever looks
//! from outside sees either the old rows with their indexes or the new ones with theirs.
//!
//! SQLite sorts in memory here, because its temporary files would not be encrypted. So this is done for
//! narrow indexes and up to a million deals only; the others are kept as the rows come.

use sqlx::{Row as _, SqliteConnection};

use crate::rows::bind_all;
use crate::{ApplyTx, Error, Result};

/// Below this many deals the indexes are kept as they come.
const FEWEST_DEALS: u64 = 50_000;
/// Above this many sorting an index takes more memory than an import may have.
const MOST_DEALS: u64 = 1_100_000;
/// Columns of the widest index that is sorted: 60 MB a million deals.
const WIDEST_INDEX: i64 = 2;
/// The indexes are made anew only where the deals to come are this many times those that are there.
const TIMES_THOSE_THERE: u64 = 10;

/// An index that is away for now.
#[derive(Debug)]
pub(crate) struct Dropped {
    sql: String,
}

impl ApplyTx {
    /// Tells how many deals are about to be put, at most. It changes nothing but the time they take.
    pub async fn expect_deals(&mut self, deals: u64) -> Result<()> {
        let result = self.drop_indexes(deals).await;
        self.check(result)
    }

    async fn drop_indexes(&mut self, deals: u64) -> Result<()> {
        if !(FEWEST_DEALS..=MOST_DEALS).contains(&deals) || !self.dropped.is_empty() {
            return Ok(());
        }
        let conn = &mut self.writer.conn;
        let few = i64::try_from(deals / TIMES_THOSE_THERE).unwrap_or(i64::MAX);
        let there: i64 =
            sqlx::query_scalar("SELECT count(*) FROM (SELECT 1 FROM opportunity LIMIT ?)")
                .bind(few)
                .fetch_one(&mut *conn)
                .await?;
        if there >= few {
            return Ok(());
        }
        // An index without text belongs to a UNIQUE of the table: it stays, and goes on checking.
        let indexes = sqlx::query(
            "SELECT name, sql FROM sqlite_schema
             WHERE type = 'index' AND tbl_name = 'opportunity' AND sql IS NOT NULL
                 AND (SELECT count(*) FROM pragma_index_info(name)) <= ? ORDER BY rowid",
        )
        .bind(WIDEST_INDEX)
        .fetch_all(&mut *conn)
        .await?;
        for index in &indexes {
            let (name, sql): (&str, String) = (index.try_get("name")?, index.try_get("sql")?);
            bind_all(&format!("DROP INDEX {name}"), &[])
                .execute(&mut *conn)
                .await?;
            self.dropped.push(Dropped { sql });
        }
        Ok(())
    }
}

/// Makes the indexes that are away.
pub(crate) async fn make_indexes(
    conn: &mut SqliteConnection,
    dropped: &mut Vec<Dropped>,
) -> Result<()> {
    for Dropped { sql } in dropped.drain(..) {
        bind_all(&sql, &[])
            .execute(&mut *conn)
            .await
            .map_err(Error::from)?;
    }
    Ok(())
}
