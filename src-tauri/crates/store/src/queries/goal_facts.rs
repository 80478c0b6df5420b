//! What a split by a blend looks at beside results: open pipeline and markets served, by owner.

use chrono::NaiveDate;
use sqlx::Row as _;
use uuid::Uuid;
use yeji_core::goal::GoalRule;
use yeji_core::ids::{GoalPlanId, PersonId, UnitId};

use crate::cell::{Cell, date_text};
use crate::rows::{bind_all, overflow_as, select, unreadable};
use crate::{Result, Store};

/// What somebody sold to customers of a region and segment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServedMarket {
    /// Who.
    pub owner: PersonId,
    /// Region of the customers.
    pub region: Option<String>,
    /// Their segment.
    pub segment: Option<String>,
    /// Won amount in minor units.
    pub minor: i64,
}

impl Store {
    /// Amounts of the open deals of each owner, list prices where a deal has none; in order of the owners.
    pub async fn open_amounts(&self) -> Result<Vec<(PersonId, i64)>> {
        let sql = "SELECT o.owner, sum(coalesce(nullif(o.amount_minor, 0), p.list_price_minor, 0)) AS minor
             FROM opportunity AS o LEFT JOIN product AS p ON p.id = o.product
             WHERE o.stage NOT IN ('won', 'lost') GROUP BY o.owner ORDER BY o.owner";
        let rows = bind_all(sql, &[])
            .fetch_all(&mut *self.reader().await?)
            .await
            .map_err(overflow_as("open deals"))?;
        rows.iter()
            .map(|row| {
                Ok((
                    PersonId(id_of(row.try_get("owner")?)?),
                    row.try_get("minor")?,
                ))
            })
            .collect()
    }

    /// What each owner won in `[from, to)`, by region and segment of the customers.
    pub async fn served_markets(
        &self,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Result<Vec<ServedMarket>> {
        let sql = "SELECT o.owner, c.region, c.segment, sum(coalesce(o.amount_minor, 0)) AS minor
             FROM opportunity AS o JOIN customer AS c ON c.id = o.customer
             WHERE o.stage = 'won' AND o.closed_on >= ? AND o.closed_on < ?
             GROUP BY o.owner, c.region, c.segment ORDER BY o.owner, c.region, c.segment";
        let cells = [Cell::Text(date_text(from)), Cell::Text(date_text(to))];
        let rows = bind_all(sql, &cells)
            .fetch_all(&mut *self.reader().await?)
            .await
            .map_err(overflow_as("won deals"))?;
        rows.iter()
            .map(|row| {
                Ok(ServedMarket {
                    owner: PersonId(id_of(row.try_get("owner")?)?),
                    region: row.try_get("region")?,
                    segment: row.try_get("segment")?,
                    minor: row.try_get("minor")?,
                })
            })
            .collect()
    }

    /// Why the number of a unit or person is what it is, as it was kept with the split; none: the plan was
    /// not split by a blend, or they were not in it.
    pub async fn goal_rule(
        &self,
        plan: GoalPlanId,
        unit: UnitId,
        person: Option<PersonId>,
    ) -> Result<Option<GoalRule>> {
        let person = person.map_or(Cell::Null, |id| Cell::Id(id.0));
        let cells = [Cell::Id(plan.0), Cell::Id(unit.0), person];
        let tail = "WHERE plan = ? AND unit = ? AND person IS ?";
        let found: Vec<GoalRule> = select(&mut *self.reader().await?, tail, &cells).await?;
        Ok(found.into_iter().next())
    }
}

fn id_of(bytes: &[u8]) -> Result<Uuid> {
    Uuid::from_slice(bytes).map_err(|_| unreadable("opportunity", "owner", "an id of 16 bytes"))
}
