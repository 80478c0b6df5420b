//! Goal plans, their cells and sums of them.

use std::sync::Arc;

use chrono::NaiveDate;
use sqlx::SqliteConnection;
use uuid::Uuid;
use yeji_core::goal::{GoalCell, GoalPlan};
use yeji_core::ids::{GoalPlanId, PersonId, UnitId};

use crate::cell::{Cell, date_text};
use crate::rows::{fetch_packed, hex, ids_json, select, select_all, select_one, unreadable};
use crate::{Result, Store};

/// How [`Store::goal_sums`] splits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum GoalSumSplit {
    /// One sum.
    None,
    /// By person (none: cells of units without people).
    Person,
    /// By the unit of the cells (leaf units; add up along the tree).
    Unit,
    /// By the first day of the cut week.
    Week,
}

/// Which cells to add.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct GoalSumQuery {
    /// Of which plan.
    pub plan: GoalPlanId,
    /// Cells whose first day is in `[from, to)`.
    pub from: NaiveDate,
    /// See `from`.
    pub to: NaiveDate,
    /// Only cells of these units (the subtree, listed).
    pub units: Option<Vec<UnitId>>,
    /// Only cells of this person.
    pub person: Option<PersonId>,
    /// How to split.
    pub split: GoalSumSplit,
}

/// One sum of goal cells; only the part that was split by is set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoalSum {
    /// Person, when split by person.
    pub person: Option<PersonId>,
    /// Unit, when split by unit.
    pub unit: Option<UnitId>,
    /// First day of the cut week, when split by week.
    pub start: Option<NaiveDate>,
    /// Sum in minor units.
    pub minor: i64,
    /// Number of cut weeks that have cells.
    pub weeks: i64,
}

impl Store {
    /// All goal plan versions, by metric, year and version.
    pub async fn goal_plans(&self) -> Result<Vec<GoalPlan>> {
        let mut plans: Vec<GoalPlan> = select_all(&mut *self.reader().await?).await?;
        plans.sort_by_key(|plan| (plan.metric, plan.year, plan.version));
        Ok(plans)
    }

    /// One goal plan version.
    pub async fn goal_plan(&self, id: GoalPlanId) -> Result<Option<GoalPlan>> {
        select_one(&mut *self.reader().await?, id.0).await
    }

    /// The cells of a plan, by start, unit, person.
    pub async fn goal_cells(&self, plan: GoalPlanId) -> Result<Vec<GoalCell>> {
        let tail = "WHERE plan = ? ORDER BY start_on, unit, person";
        select(&mut *self.reader().await?, tail, &[Cell::Id(plan.0)]).await
    }

    /// Sums of a plan's cells. A cell is in the interval when its first day is: whole periods (and
    /// whole ISO weeks) hold whole cells. No cells give no row, also without a split.
    pub async fn goal_sums(&self, query: &GoalSumQuery) -> Result<Arc<Vec<GoalSum>>> {
        let mut snapshot = self.snapshot().await?;
        self.goal_sums.get(&mut snapshot, query).await
    }
}

/// See [`Store::goal_sums`].
pub(super) async fn read_goal_sums(
    conn: &mut SqliteConnection,
    query: &GoalSumQuery,
) -> Result<Vec<GoalSum>> {
    let key = match query.split {
        GoalSumSplit::None => "x''",
        GoalSumSplit::Person => "coalesce(person, x'')",
        GoalSumSplit::Unit => "unit",
        GoalSumSplit::Week => "CAST(start_on AS BLOB)",
    };
    let sql = format!(
        "SELECT {key} AS k, sum(minor) AS minor, count(DISTINCT start_on) AS weeks FROM goal_cell
         WHERE plan = ? AND start_on >= ? AND start_on < ?
           AND (? IS NULL OR unit IN (SELECT unhex(value) FROM json_each(?)))
           AND (? IS NULL OR person = ?)
         GROUP BY k ORDER BY k"
    );
    let units = query
        .units
        .as_ref()
        .map_or(Cell::Null, |units| ids_json(units.iter().map(|u| u.0)));
    let person = query.person.map_or(Cell::Null, |id| Cell::Id(id.0));
    let cells = [
        Cell::Id(query.plan.0),
        Cell::Text(date_text(query.from)),
        Cell::Text(date_text(query.to)),
        units.clone(),
        units,
        person.clone(),
        person,
    ];
    let columns = ("k", ["minor", "weeks"]);
    let rows = fetch_packed(conn, &sql, columns, &cells, "goal cells").await?;
    rows.into_iter()
        .map(|(key, [minor, weeks])| goal_sum(query.split, &key, minor, weeks))
        .collect()
}

fn goal_sum(split: GoalSumSplit, key: &[u8], minor: i64, weeks: i64) -> Result<GoalSum> {
    let bad = |why: &str| unreadable("goal_cell", &hex(key), why);
    let id = || match key {
        [] => Ok(None),
        key => Uuid::from_slice(key)
            .map(Some)
            .map_err(|_| bad("an id of 16 bytes")),
    };
    let mut sum = GoalSum {
        person: None,
        unit: None,
        start: None,
        minor,
        weeks,
    };
    match split {
        GoalSumSplit::None => {}
        GoalSumSplit::Person => sum.person = id()?.map(PersonId),
        GoalSumSplit::Unit => sum.unit = id()?.map(UnitId),
        GoalSumSplit::Week => {
            let text = std::str::from_utf8(key).ok();
            let day = text.and_then(|text| text.parse().ok());
            sum.start = Some(day.ok_or_else(|| bad("a date"))?);
        }
    }
    Ok(sum)
}
