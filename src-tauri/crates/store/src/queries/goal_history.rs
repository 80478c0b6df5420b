//! How the goal of a unit or person came to be: the log of a year's plans, change by change.

use serde_json::{Map, Value};
use sqlx::{Row as _, SqliteConnection};
use uuid::Uuid;
use yeji_core::ids::{GoalPlanId, PersonId, UnitId};
use yeji_core::metric::GoalMetric;

use crate::cell::Cell;
use crate::rows::{bind_all, column_list, ids_json, read_cells};
use crate::{Entity, FieldChange, Record, Result, RowChange, RowFate, Store};

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
        metric: GoalMetric,
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
        let bulk = unlogged_plans(&mut reader, metric, year, &steps).await?;
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
        let person_id = person.map_or(Cell::Null, |person| Cell::Id(person.0));
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
        for (seq, plan) in bulk {
            let cells = [
                Cell::Id(plan.id),
                Cell::Int(seq),
                units.clone(),
                person_id.clone(),
            ];
            let row = bind_all(
                "SELECT coalesce(sum(minor), 0) AS grown, count(*) AS cells FROM goal_cell
                 WHERE plan = ?1 AND created_seq = ?2
                   AND (?3 IS NULL OR unit IN (SELECT unhex(value) FROM json_each(?3)))
                   AND (?4 IS NULL OR person = ?4)",
                &cells,
            )
            .fetch_one(&mut *reader)
            .await?;
            let grown = CellsGrown {
                plan: GoalPlanId(plan.id),
                minor: row.try_get("grown")?,
                cells: row.try_get("cells")?,
            };
            match steps.iter_mut().find(|step| step.seq == seq) {
                Some(step) => {
                    step.plans.insert(0, plan);
                    step.grown.push(grown);
                }
                None => steps.push(GoalStep {
                    seq,
                    plans: vec![plan],
                    grown: vec![grown],
                }),
            }
        }
        steps.sort_by_key(|step| step.seq);
        Ok(steps)
    }
}

/// Plans that came with the demo or an import, which log no new rows: as they were made, with the number
/// of the change that made them.
async fn unlogged_plans(
    conn: &mut SqliteConnection,
    metric: GoalMetric,
    year: i32,
    steps: &[GoalStep],
) -> Result<Vec<(i64, RowChange)>> {
    let entity = Entity::GoalPlan;
    let sql = format!(
        "SELECT {}, created_seq FROM goal_plan WHERE metric = ? AND year = ?",
        column_list(entity.columns())
    );
    let cells = [Cell::Text(metric.code().to_owned()), Cell::Int(year.into())];
    let mut plans = Vec::new();
    for row in &bind_all(&sql, &cells).fetch_all(conn).await? {
        let present =
            Record::from_cells(entity, read_cells(row, entity.columns(), entity.code())?)?;
        let id = present.id();
        let oldest = steps
            .iter()
            .flat_map(|step| &step.plans)
            .find(|line| line.id == id);
        if oldest.is_some_and(|line| line.fate == RowFate::Created) {
            continue;
        }
        let now: Map<String, Value> = present
            .values()
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .collect();
        let first = oldest.map_or(&now, |line| &line.before);
        let fields = first.iter().map(|(name, value)| FieldChange {
            entity,
            id,
            field: name.clone(),
            from: Value::Null,
            to: value.clone(),
        });
        let made = RowChange {
            id,
            entity,
            fate: RowFate::Created,
            before: Map::new(),
            fields: fields.collect(),
        };
        plans.push((row.try_get("created_seq")?, made));
    }
    Ok(plans)
}
