//! How the goal of a unit or person came to be: the log of a year's plans, change by change.

use sqlx::Row as _;
use uuid::Uuid;
use yeji_core::ids::{GoalPlanId, PersonId, UnitId};
use yeji_core::metric::Metric;

use crate::cell::Cell;
use crate::rows::{bind_all, ids_json};
use crate::{Entity, Result, RowChange, Store};

/// What one change did to the goals of a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoalStep {
    /// Number of the change.
    pub seq: i64,
    /// Lines of the log of the year's plans.
    pub plans: Vec<RowChange>,
    /// The cells of the asked unit or person, plan by plan.
    pub grown: Vec<CellsGrown>,
}

/// What a change did to the cells of one plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CellsGrown {
    /// The plan.
    pub plan: GoalPlanId,
    /// By how much their sum grew, in minor units.
    pub minor: i64,
    /// How many more (or fewer) they are.
    pub cells: i64,
}

impl Store {
    /// Every change of a year's plans, oldest first, with what it did to the cells of these units (the
    /// subtree, listed; none: all) or of this person.
    pub async fn goal_steps(
        &self,
        metric: Metric,
        year: i32,
        units: Option<&[UnitId]>,
        person: Option<PersonId>,
    ) -> Result<Vec<GoalStep>> {
        let mut reader = self.snapshot().await?;
        let rows = sqlx::query(
            "SELECT change_seq, entity, row_id, before, after FROM change_row
             WHERE entity = 'goal_plan'
               AND json_extract(coalesce(before, after), '$.metric') = ?
               AND json_extract(coalesce(before, after), '$.year') = ?
             ORDER BY change_seq, n",
        )
        .bind(metric.code())
        .bind(i64::from(year))
        .fetch_all(&mut *reader)
        .await?;
        let mut steps: Vec<GoalStep> = Vec::new();
        for row in &rows {
            let seq: i64 = row.try_get("change_seq")?;
            if steps.last().is_none_or(|step| step.seq != seq) {
                steps.push(GoalStep {
                    seq,
                    plans: Vec::new(),
                    grown: Vec::new(),
                });
            }
            if let Some(step) = steps.last_mut() {
                step.plans.push(super::history::row_change(row)?);
            }
        }
        let sql = "SELECT json_extract(coalesce(before, after), '$.plan') AS plan,
                 sum(iif(after IS NULL, 0,
                         coalesce(json_extract(after, '$.minor'), json_extract(before, '$.minor')))
                     - iif(before IS NULL, 0, json_extract(before, '$.minor'))) AS grown,
                 sum((after IS NOT NULL) - (before IS NOT NULL)) AS cells
             FROM change_row WHERE change_seq = ?1 AND entity = ?2
               AND (?3 IS NULL OR replace(json_extract(coalesce(before, after), '$.unit'), '-', '')
                    IN (SELECT value FROM json_each(?3)))
               AND (?4 IS NULL OR json_extract(coalesce(before, after), '$.person') = ?4)
             GROUP BY 1";
        let units = units.map_or(Cell::Null, |units| {
            ids_json(units.iter().map(|unit| unit.0))
        });
        let person = person.map_or(Cell::Null, |person| Cell::Text(person.to_string()));
        for step in &mut steps {
            let cells = [
                Cell::Int(step.seq),
                Cell::Text(Entity::GoalCell.code().to_owned()),
                units.clone(),
                person.clone(),
            ];
            for row in bind_all(sql, &cells).fetch_all(&mut *reader).await? {
                let plan: String = row.try_get("plan")?;
                let plan = Uuid::parse_str(&plan).map_err(|_| {
                    crate::rows::unreadable("change_row goal_cell plan", &plan, "an id")
                })?;
                step.grown.push(CellsGrown {
                    plan: GoalPlanId(plan),
                    minor: row.try_get("grown")?,
                    cells: row.try_get("cells")?,
                });
            }
        }
        Ok(steps)
    }
}
