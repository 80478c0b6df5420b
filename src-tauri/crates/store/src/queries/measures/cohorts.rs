//! Deals by the months in which they were opened and won.

use chrono::NaiveDate;
use sqlx::Row as _;

use super::families::{FAMILIES, Family};
use super::{MeasureQuery, bound, conditions, unknown, with_customer};
use crate::rows::{bind_all, overflow_as, read_date};
use crate::{Error, Result, Store};

/// What was won in a month of the deals of a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CohortSum {
    /// First day of the month of opening.
    pub opened: NaiveDate,
    /// First day of the month of closing.
    pub closed: NaiveDate,
    /// Number of deals.
    pub count: i64,
    /// Their amounts in minor units.
    pub minor: i64,
}

impl Store {
    /// Won deals that were opened between the first and the last day of a query, by the months of opening and
    /// closing; its measures and split are not looked at.
    pub async fn cohort_sums(&self, query: &MeasureQuery) -> Result<Vec<CohortSum>> {
        let code = "cohort_won_count";
        let (family, _) = Family::of(code).ok_or_else(|| unknown(code))?;
        let family = &FAMILIES[family];
        let sql = format!(
            "SELECT substr(o.opened_on, 1, 7) || '-01' AS opened,
                    substr(o.closed_on, 1, 7) || '-01' AS closed,
                    count(*) AS deals, sum(coalesce(o.amount_minor, 0)) AS minor
             FROM {} {} AND o.stage = 'won' AND o.closed_on IS NOT NULL GROUP BY 1, 2",
            with_customer(family, super::MeasureSplit::None, &query.only),
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
        let rows = bind_all(&sql, &cells)
            .fetch_all(&mut *self.reader().await?)
            .await
            .map_err(overflow_as("cohorts"))?;
        let mut sums = Vec::with_capacity(rows.len());
        for row in &rows {
            let months = (read_date(row, "opened")?, read_date(row, "closed")?);
            let (Some(opened), Some(closed)) = months else {
                continue;
            };
            sums.push(CohortSum {
                opened,
                closed,
                count: row.try_get("deals")?,
                minor: row
                    .try_get("minor")
                    .map_err(|_| Error::Overflow("cohorts"))?,
            });
        }
        Ok(sums)
    }
}
