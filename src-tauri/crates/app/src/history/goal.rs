//! How the goal of a unit or person came to be, change by change.

use std::collections::BTreeMap;

use serde_json::Value;
use uuid::Uuid;
use yeji_core::ids::{GoalPlanId, PersonId, UnitId};
use yeji_core::{Currency, Money};
use yeji_store::{GoalStep, RowFate};

use crate::api::history::{GoalHistoryLine, ListGoalHistory};
use crate::context::App;
use crate::error::{Error, Result};

impl App {
    /// The changes of a year's goal of one unit or person, newest first.
    pub async fn list_goal_history(&self, args: ListGoalHistory) -> Result<Vec<GoalHistoryLine>> {
        let store = self.store()?;
        let organisation = store.organisation().await?;
        let not_found = || Error::NotFound {
            what: "unit",
            value: args.unit.clone(),
        };
        let id: Uuid = args.unit.parse().map_err(|_| not_found())?;
        let company = organisation.company().is_some_and(|unit| unit.id.0 == id);
        let person = organisation.person(PersonId(id)).map(|person| person.id);
        let unit = organisation.unit(UnitId(id));
        if person.is_none() && unit.is_none() {
            return Err(not_found());
        }
        let units = match unit {
            Some(unit) if !company => Some(organisation.subtree(unit.id)),
            _ => None,
        };
        let steps = store
            .goal_steps(args.metric, args.year, units.as_deref(), person)
            .await?;
        let mut plans = Plans::default();
        let mut lines = Vec::new();
        for step in steps {
            let from = plans.goal(company);
            plans.follow(&step)?;
            let to = plans.goal(company);
            if from == to {
                continue;
            }
            let Some(entry) = store.change_no(step.seq).await? else {
                continue;
            };
            lines.push(GoalHistoryLine {
                change: self.change_info(entry).await?,
                from,
                to,
            });
        }
        lines.reverse();
        Ok(lines)
    }
}

/// The plans of a year as the log tells them.
#[derive(Default)]
struct Plans(BTreeMap<GoalPlanId, Plan>);

#[derive(Default)]
struct Plan {
    state: String,
    version: i64,
    minor: i64,
    currency: Option<Currency>,
    /// Sum and number of the cells that are asked for.
    cells: (i64, i64),
}

impl Plans {
    fn follow(&mut self, step: &GoalStep) -> Result<()> {
        for row in &step.plans {
            let id = GoalPlanId(row.id);
            if row.fate == RowFate::Deleted {
                self.0.remove(&id);
                continue;
            }
            let plan = self.0.entry(id).or_default();
            for field in &row.fields {
                match (field.field.as_str(), &field.to) {
                    ("state", Value::String(state)) => plan.state.clone_from(state),
                    ("version", to) => plan.version = to.as_i64().unwrap_or_default(),
                    ("amount_minor", to) => plan.minor = to.as_i64().unwrap_or_default(),
                    ("amount_currency", Value::String(code)) => plan.currency = Some(code.parse()?),
                    _ => {}
                }
            }
        }
        for grown in &step.grown {
            if let Some(plan) = self.0.get_mut(&grown.plan) {
                plan.cells.0 += grown.minor;
                plan.cells.1 += grown.cells;
            }
        }
        Ok(())
    }

    /// The company's goal is that of the newest version; a unit's is its part of the one that is split.
    fn goal(&self, company: bool) -> Option<Money> {
        let of_state = |wanted: fn(&Plan) -> bool| {
            self.0
                .values()
                .filter(|plan| wanted(plan))
                .max_by_key(|plan| plan.version)
        };
        if company {
            let plan = of_state(|plan| plan.state != "superseded")?;
            return Some(Money::new(plan.minor, plan.currency?));
        }
        let plan = of_state(|plan| plan.state != "superseded" && plan.cells.1 > 0)?;
        Some(Money::new(plan.cells.0, plan.currency?))
    }
}
