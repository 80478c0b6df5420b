//! Goals: set a company's year, split it over organisation and calendar, show it.

mod input;
mod tree;

use std::collections::BTreeMap;

use chrono::Datelike;
use serde::{Deserialize, Serialize};
use serde_json::json;
use yeji_core::Money;
use yeji_core::calendar::{MAX_YEAR, MIN_YEAR, Period};
use yeji_core::goal::{GoalCell, GoalPlan, GoalPlanState};
use yeji_core::ids::{GoalPlanId, PersonId, UnitId};
use yeji_core::metric::{Metric, MetricUnit};
use yeji_store::{ChangeKind, RollupSplit};

use crate::api::goals::{
    DataYear, GetGoal, GetGoalWeeks, GoalNode, GoalTree, GoalYears, SetGoal, SplitGoal, SplitRule,
};
use crate::api::{Message, NoArgs};
use crate::context::App;
use crate::error::{Error, Result};

/// How a plan was split, kept with it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct KeptRule {
    pub by: String,
    pub base: Option<i32>,
    pub time: String,
    pub notes: Vec<KeptNote>,
}

/// A note of the split, kept with it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct KeptNote {
    pub code: String,
    pub params: BTreeMap<String, String>,
}

impl App {
    /// Years with a goal, and years with data.
    pub async fn get_goal_years(&self, _: NoArgs) -> Result<GoalYears> {
        let index = self.goal_index(Metric::WonAmount).await?;
        let currency = self.currency().await?;
        let mut years: BTreeMap<i32, Vec<u32>> = BTreeMap::new();
        for month in self.store()?.months_with_data().await? {
            years.entry(month.year()).or_default().push(month.month());
        }
        let mut with_data = Vec::new();
        for (year, months) in years {
            let period = Period::year(year)?;
            let won = self.result(period.start(), period.end(), None).await?.won_minor;
            with_data.push(DataYear { year, months, won_amount: Money::new(won, currency) });
        }
        Ok(GoalYears { with_goal: index.years(), with_data })
    }

    /// Sets the company's goal for a year: a new version; the one before stays in the history.
    pub async fn set_goal(&self, args: SetGoal) -> Result<GoalTree> {
        check_year(args.year)?;
        let currency = self.currency().await?;
        let amount = match args.metric.unit() {
            MetricUnit::Money => Money::parse_major(args.amount.trim(), currency)?,
            MetricUnit::Count => {
                let count = args.amount.trim().parse();
                Money::new(count.map_err(|_| Error::input("amount", &args.amount, "a whole number"))?, currency)
            }
        };
        let before = self.latest_plan(args.metric, args.year).await?;
        let summary = json!({ "metric": args.metric, "year": args.year, "amount": amount.to_major() });
        let mut change = self.change(ChangeKind::SetGoal, summary);
        let plan = GoalPlan {
            id: GoalPlanId(self.clock.new_id()),
            metric: args.metric,
            year: args.year,
            version: before.as_ref().map_or(1, |plan| plan.version + 1),
            state: GoalPlanState::Draft,
            amount,
            rule: None,
            created_at: self.clock.now(),
        };
        if let Some(before) = before {
            change.put.push(GoalPlan { state: GoalPlanState::Superseded, ..before }.into());
        }
        change.put.push(plan.into());
        self.apply(change).await?;
        self.get_goal(GetGoal { metric: args.metric, year: args.year }).await
    }

    /// Splits the year's goal. A preview keeps nothing; else the split becomes the version in force.
    pub async fn split_goal(&self, args: SplitGoal) -> Result<GoalTree> {
        let plan = self.latest_plan(args.metric, args.year).await?.ok_or_else(|| no_goal(args.metric, args.year))?;
        let prepared = self.split_input(&plan, &args.rule).await?;
        let output = yeji_goals::split(&prepared.input)?;
        let mut notes = prepared.notes;
        // Persons without history are named once, by the input's own note.
        notes.extend(
            output
                .notes
                .iter()
                .filter(|note| note.code != "unit_gets_nothing")
                .map(|note| Message { code: note.code.clone(), params: note.params.clone() }),
        );
        let (by, base) = match &args.rule {
            SplitRule::History { .. } => ("history", Some(prepared.base)),
            SplitRule::Equal => ("equal", None),
            SplitRule::Weights { .. } => ("weights", None),
        };
        let rule = KeptRule {
            by: by.to_owned(),
            base,
            time: prepared.time.to_owned(),
            notes: notes.iter().map(|n| KeptNote { code: n.code.clone(), params: n.params.clone() }).collect(),
        };
        let rule = serde_json::to_string(&rule).map_err(yeji_store::Error::from)?;
        let split = GoalPlan {
            id: if plan.rule.is_some() { GoalPlanId(self.clock.new_id()) } else { plan.id },
            version: if plan.rule.is_some() { plan.version + 1 } else { plan.version },
            state: GoalPlanState::Published,
            rule: Some(rule),
            created_at: self.clock.now(),
            ..plan.clone()
        };
        if args.preview {
            let nodes = tree::nodes(&output.nodes);
            return self.goal_tree(&split, nodes, notes).await;
        }
        let summary = json!({ "metric": args.metric, "year": args.year, "by": by, "base": base });
        let mut change = self.change(ChangeKind::SplitGoal, summary);
        if plan.id != split.id {
            change.put.push(GoalPlan { state: GoalPlanState::Superseded, ..plan.clone() }.into());
        }
        change.put.push(split.clone().into());
        for cell in &output.cells {
            let Some((person, unit)) = prepared.leaves.get(&cell.unit) else { continue };
            let cell = GoalCell {
                plan: split.id,
                unit: *unit,
                person: Some(*person),
                start: cell.period.start(),
                end: cell.period.end(),
                minor: cell.minor,
            };
            change.put.push(cell.into());
        }
        self.apply(change).await?;
        self.get_goal(GetGoal { metric: args.metric, year: args.year }).await
    }

    /// The year's goal with its decomposition down to months.
    pub async fn get_goal(&self, args: GetGoal) -> Result<GoalTree> {
        check_year(args.year)?;
        let Some(plan) = self.latest_plan(args.metric, args.year).await? else {
            return Ok(GoalTree { plan: None, nodes: Vec::new(), notes: Vec::new(), actuals: Vec::new() });
        };
        let nodes = tree::without_weeks(self.nodes_of(&plan).await?);
        let notes = kept_rule(&plan).map_or_else(Vec::new, |rule| {
            rule.notes.into_iter().map(|note| Message { code: note.code, params: note.params }).collect()
        });
        self.goal_tree(&plan, nodes, notes).await
    }

    /// Every node of the year's goal, weeks included: for scripts.
    pub async fn get_goal_nodes(&self, args: GetGoal) -> Result<Vec<GoalNode>> {
        check_year(args.year)?;
        let plan =
            self.latest_plan(args.metric, args.year).await?.ok_or_else(|| no_goal(args.metric, args.year))?;
        self.nodes_of(&plan).await
    }

    /// The weeks of one unit or person.
    pub async fn get_goal_weeks(&self, args: GetGoalWeeks) -> Result<Vec<GoalNode>> {
        let nodes = self.get_goal_nodes(GetGoal { metric: args.metric, year: args.year }).await?;
        let own: Vec<GoalNode> = nodes.into_iter().filter(|node| node.unit == args.unit).collect();
        if own.is_empty() {
            return Err(Error::NotFound { what: "unit", value: args.unit });
        }
        Ok(own)
    }

    /// The version in force.
    pub(crate) async fn latest_plan(&self, metric: Metric, year: i32) -> Result<Option<GoalPlan>> {
        Ok(self.goal_index(metric).await?.plan(year).cloned())
    }

    /// Nodes from the kept cells; a plan that is not split has the company's year only.
    async fn nodes_of(&self, plan: &GoalPlan) -> Result<Vec<GoalNode>> {
        let store = self.store()?;
        let organisation = store.organisation().await?;
        let cells = store.goal_cells(plan.id).await?;
        tree::from_cells(&organisation, plan, &cells)
    }

    async fn goal_tree(&self, plan: &GoalPlan, nodes: Vec<GoalNode>, notes: Vec<Message>) -> Result<GoalTree> {
        let actuals = self.goal_actuals(plan, &nodes).await?;
        Ok(GoalTree {
            plan: Some(tree::plan_info(plan, kept_rule(plan))),
            nodes: tree::without_weeks(nodes),
            notes,
            actuals,
        })
    }

    /// Results of the same year for each unit and person of the tree.
    async fn goal_actuals(&self, plan: &GoalPlan, nodes: &[GoalNode]) -> Result<Vec<crate::api::goals::GoalActual>> {
        let period = Period::year(plan.year)?;
        let span = self.store()?.data_span().await?;
        if span.first_closed.is_none_or(|first| first >= period.end())
            || span.last_closed.is_none_or(|last| last < period.start())
        {
            return Ok(Vec::new());
        }
        let by_person: BTreeMap<PersonId, i64> = self
            .results(period.start(), period.end(), None, RollupSplit::Person)
            .await?
            .iter()
            .filter_map(|row| Some((row.person?, super::performance::Sums::of(row).metric(plan.metric))))
            .collect();
        let by_unit: BTreeMap<UnitId, i64> = self
            .results(period.start(), period.end(), None, RollupSplit::Unit)
            .await?
            .iter()
            .filter_map(|row| Some((row.unit?, super::performance::Sums::of(row).metric(plan.metric))))
            .collect();
        let organisation = self.store()?.organisation().await?;
        tree::actuals(&organisation, plan, nodes, &by_person, &by_unit)
    }
}

fn kept_rule(plan: &GoalPlan) -> Option<KeptRule> {
    serde_json::from_str(plan.rule.as_deref()?).ok()
}

fn no_goal(metric: Metric, year: i32) -> Error {
    Error::NoGoal { metric: metric.code().to_owned(), year }
}

fn check_year(year: i32) -> Result<()> {
    if (MIN_YEAR..=MAX_YEAR).contains(&year) {
        return Ok(());
    }
    Err(Error::input("year", &year.to_string(), "1900 to 2200"))
}
