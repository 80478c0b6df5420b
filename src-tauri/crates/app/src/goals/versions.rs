//! Versions of a year's goal: the list, what differs between two, and an older one in force again.

use serde_json::json;
use yeji_core::calendar::{Period, PeriodKind};
use yeji_core::goal::{GoalCell, GoalLock, GoalPlan, GoalPlanState};
use yeji_core::ids::GoalPlanId;
use yeji_core::metric::GoalMetric;
use yeji_store::{ChangeKind, Record};

use super::book::Book;
use super::edit::difference;
use super::error::GoalError;
use super::{check_year, kept_rule, next_version, superseded, tree};
use crate::api::goal_grid::{
    CompareGoals, GoalDifference, GoalVersion, GoalsCompared, RestoreGoalVersion,
};
use crate::api::goals::{GetGoal, GoalPlanInfo};
use crate::context::App;
use crate::error::{Error, Result};

impl App {
    /// All versions of a year's goal, the newest first.
    pub async fn list_goal_versions(&self, args: GetGoal) -> Result<Vec<GoalVersion>> {
        check_year(args.year)?;
        let versions = self.versions(args.metric, args.year).await?;
        let mut published = self.published_versions(&versions).await?;
        let version = |plan: GoalPlan| GoalVersion {
            plan: tree::plan_info(&plan, kept_rule(&plan)),
            state: plan.state,
            created_at: plan.created_at,
            publication: published.remove(&plan.id),
        };
        Ok(versions.into_iter().rev().map(version).collect())
    }

    /// What differs between two versions, by unit and period.
    pub async fn compare_goals(&self, args: CompareGoals) -> Result<GoalsCompared> {
        check_year(args.year)?;
        if args.periods == PeriodKind::IsoWeek {
            return Err(Error::input("periods", "iso_week", "periods of the goal"));
        }
        let before = self.version(args.metric, args.year, args.before).await?;
        let after = self.version(args.metric, args.year, args.after).await?;
        let (before, after) = (self.book(before).await?, self.book(after).await?);
        let periods = after.year()?.parts(args.periods);
        let periods = match args.periods {
            PeriodKind::Year => vec![after.year()?],
            _ => periods,
        };
        let info = |book: &Book| tree::plan_info(&book.plan, kept_rule(&book.plan));
        Ok(GoalsCompared {
            rows: differences(&before, &after, &periods)?,
            before: info(&before),
            after: info(&after),
        })
    }

    /// Makes an older version the one in force, as a new version.
    pub async fn restore_goal_version(&self, args: RestoreGoalVersion) -> Result<GoalPlanInfo> {
        let _turn = self.turn().await;
        let store = self.store()?;
        let old = store
            .goal_plan(args.plan)
            .await?
            .ok_or_else(|| Error::NotFound {
                what: "goal",
                value: args.plan.to_string(),
            })?;
        let cells = store.goal_cells(old.id).await?;
        if cells.is_empty() {
            let (metric, year) = (old.metric, old.year);
            return Err(GoalError::NotSplit { metric, year }.into());
        }
        let versions = self.versions(old.metric, old.year).await?;
        let plan = GoalPlan {
            id: GoalPlanId(self.clock.new_id()),
            version: next_version(&versions),
            state: GoalPlanState::Published,
            created_at: self.clock.now(),
            ..old.clone()
        };
        let summary = json!({
            "metric": plan.metric, "year": plan.year, "version": plan.version,
            "restored": old.version, "what": "restore",
        });
        let mut change = self.change(ChangeKind::EditGoal, summary);
        change.put.extend(superseded(versions, |_| true));
        change.put.push(plan.clone().into());
        let own = |cell: GoalCell| {
            Record::from(GoalCell {
                plan: plan.id,
                ..cell
            })
        };
        change.put.extend(cells.into_iter().map(own));
        let own = |lock: GoalLock| {
            Record::from(GoalLock {
                plan: plan.id,
                ..lock
            })
        };
        change
            .put
            .extend(store.goal_locks(old.id).await?.into_iter().map(own));
        self.apply(change).await?;
        Ok(tree::plan_info(&plan, kept_rule(&plan)))
    }

    /// One version by its number.
    pub(super) async fn version(
        &self,
        metric: GoalMetric,
        year: i32,
        version: i64,
    ) -> Result<GoalPlan> {
        let versions = self.versions(metric, year).await?;
        let found = versions.into_iter().find(|plan| plan.version == version);
        found.ok_or_else(|| Error::NotFound {
            what: "goal",
            value: format!("{year} v{version}"),
        })
    }
}

/// Units of the newer version in its order, then those that only the older one has.
fn differences(before: &Book, after: &Book, periods: &[Period]) -> Result<Vec<GoalDifference>> {
    let mut rows = Vec::new();
    let numbers = after.staff_numbers();
    for at in 0..after.units.len() {
        let old = before.place(&after.units[at].id).ok();
        for period in periods {
            let was = old.map(|at| before.sum(at, *period)).transpose()?;
            let is = Some(after.sum(at, *period)?);
            if was != is {
                rows.push(difference(after, at, *period, &numbers, (was, is)));
            }
        }
    }
    let numbers = before.staff_numbers();
    for at in 0..before.units.len() {
        if after.place(&before.units[at].id).is_ok() {
            continue;
        }
        for period in periods {
            let was = Some(before.sum(at, *period)?);
            rows.push(difference(before, at, *period, &numbers, (was, None)));
        }
    }
    Ok(rows)
}
