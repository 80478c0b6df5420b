//! Won deals by their amounts.

use std::collections::BTreeMap;

use sqlx::Row as _;

use super::families::{FAMILIES, Family};
use super::{MeasureQuery, MeasureSplit, bound, conditions, unknown, with_customer};
use crate::cell::Cell;
use crate::rows::bind_all;
use crate::{Result, Store};

/// Of how many won deals the amount is known, and between what it lies. Amounts in minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WonSizes {
    /// Deals with an amount.
    pub count: i64,
    /// Deals without.
    pub unknown: i64,
    /// The least amount.
    pub least: i64,
    /// The greatest amount that does not lie far out: at most three times the spread of the middle half above it
    /// (Tukey 1977, "Exploratory data analysis"). The greatest one where that half is of one amount.
    pub near: i64,
    /// The amount that 95 % of the deals do not exceed.
    pub most_of_them: i64,
    /// The greatest amount.
    pub greatest: i64,
}

/// Neighbouring bins of one width; what lies above the last edge is in one more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SizeBins {
    /// Lower edge of the first; not above the least amount.
    pub from: i64,
    /// Width, above zero.
    pub width: i64,
    /// How many.
    pub count: i64,
}

impl Store {
    /// Between what the amounts of won deals of a query's first period lie; none where no amount is known.
    pub async fn won_sizes(&self, query: &MeasureQuery) -> Result<Option<WonSizes>> {
        let (rows, cells) = won(query)?;
        let sql = format!(
            "SELECT count(o.amount_minor) AS known, count(*) AS deals,
                    min(o.amount_minor) AS least, max(o.amount_minor) AS greatest FROM {rows}"
        );
        let mut reader = self.snapshot().await?;
        let row = bind_all(&sql, &cells).fetch_one(&mut *reader).await?;
        let (count, deals): (i64, i64) = (row.try_get("known")?, row.try_get("deals")?);
        let ends: (Option<i64>, Option<i64>) = (row.try_get("least")?, row.try_get("greatest")?);
        let (Some(least), Some(greatest)) = ends else {
            return Ok(None);
        };
        let sql = format!(
            "SELECT o.amount_minor AS minor FROM {rows} AND o.amount_minor IS NOT NULL
             ORDER BY o.amount_minor LIMIT 1 OFFSET ?"
        );
        let mut of_percent = [0; 3];
        for (amount, percent) in of_percent.iter_mut().zip([25, 75, 95]) {
            let mut cells = cells.clone();
            // Of fewer than twenty deals 95 % are all.
            cells.push(Cell::Int((count * percent + 99) / 100 - 1));
            let row = bind_all(&sql, &cells).fetch_one(&mut *reader).await?;
            *amount = row.try_get("minor")?;
        }
        let [first, third, most_of_them] = of_percent;
        let mut near = greatest;
        if first < third {
            let beyond = i128::from(third) + 3 * (i128::from(third) - i128::from(first));
            let sql =
                format!("SELECT max(o.amount_minor) AS minor FROM {rows} AND o.amount_minor <= ?");
            let mut cells = cells;
            cells.push(Cell::Int(i64::try_from(beyond).unwrap_or(i64::MAX)));
            let row = bind_all(&sql, &cells).fetch_one(&mut *reader).await?;
            near = row.try_get("minor")?;
        }
        Ok(Some(WonSizes {
            count,
            unknown: deals - count,
            least,
            near,
            most_of_them,
            greatest,
        }))
    }

    /// Won deals of a query's first period by bin (its place); bins without deals are not there.
    pub async fn won_size_counts(
        &self,
        query: &MeasureQuery,
        bins: SizeBins,
    ) -> Result<BTreeMap<i64, i64>> {
        let (rows, mut cells) = won(query)?;
        let sql = format!(
            "SELECT min((o.amount_minor - ?) / ?, ?) AS bin, count(*) AS deals
             FROM {rows} AND o.amount_minor IS NOT NULL GROUP BY 1"
        );
        cells.splice(
            0..0,
            [
                Cell::Int(bins.from),
                Cell::Int(bins.width.max(1)),
                Cell::Int(bins.count),
            ],
        );
        let found = bind_all(&sql, &cells)
            .fetch_all(&mut *self.reader().await?)
            .await?;
        let read = |row| -> Result<(i64, i64)> {
            let row: &sqlx::sqlite::SqliteRow = row;
            Ok((row.try_get("bin")?, row.try_get("deals")?))
        };
        found.iter().map(read).collect()
    }
}

/// FROM and WHERE of won deals, with its values.
fn won(query: &MeasureQuery) -> Result<(String, Vec<Cell>)> {
    let code = "won_amount";
    let (family, _) = Family::of(code).ok_or_else(|| unknown(code))?;
    let family = &FAMILIES[family];
    let rows = format!(
        "{} {} AND o.stage = 'won'",
        with_customer(family, MeasureSplit::None, &query.only),
        conditions(family, &query.only),
    );
    let units = query.units.as_deref();
    let cells = bound(
        family,
        query.as_of,
        &query.periods,
        (units, query.person),
        &query.only,
    );
    Ok((rows, cells))
}
