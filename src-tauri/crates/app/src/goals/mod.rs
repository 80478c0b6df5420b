//! Goals: set a company's year, split it over organisation and calendar, show it.

mod base;
mod blend;
mod book;
mod copy;
mod courses;
mod edit;
mod error;
mod grid;
mod input;
mod notes;
mod owned;
mod presence;
mod progress;
mod reduced;
mod remainder;
mod round;
mod seasons;
mod shares;
mod sheet;
mod sheet_picked;
mod smart;
mod split;
#[cfg(test)]
mod tests;
mod tree;
mod versions;
mod weigh_history;
mod why;

use std::collections::BTreeMap;

use chrono::Datelike;
use serde_json::json;
use yeji_core::Money;
use yeji_core::calendar::{FiscalCalendar, MAX_YEAR, MIN_YEAR, Period};
use yeji_core::goal::{GoalCell, GoalPlan, GoalPlanState};
use yeji_core::ids::GoalPlanId;
use yeji_core::metric::GoalMetric;
use yeji_goals::SplitInput;
use yeji_goals::weigh::WeighInput;
use yeji_store::{ChangeKind, Record};

use crate::access::Sight;
use crate::api::Message;
use crate::api::goals::{
    DataYear, GetGoal, GetGoalWeeks, GetGoalYears, GoalActual, GoalNode, GoalPlanInfo, GoalTree,
    GoalYears, SetGoal, SplitGoal,
};
use crate::context::App;
use crate::error::{Error, Result};
use crate::performance::{GoalIndex, ResultsBy, ResultsOf};

pub use blend::read_blend;
pub use error::GoalError;
#[cfg(test)]
pub(crate) use error::Impossible;
pub(crate) use owned::is_document;
pub(crate) use round::{MAX_PROPOSED_MINOR, RoundError};
pub(crate) use sheet::FoundInSheet;
pub(crate) use smart::GOAL_AIMS;
pub(crate) use split::{KeptRule, rule_without_notes, split_of_deals};
use split::{NewVersion, kept_rule};

/// A split with all that a script or an auditor may ask for.
#[derive(Debug)]
pub struct WholeSplit {
    /// As the window has it, down to months.
    pub tree: GoalTree,
    /// Every node, weeks included.
    pub nodes: Vec<GoalNode>,
    /// What went into the engine `goal.split`.
    pub input: SplitInput,
    /// Of a blend: what went into the engine `goal.weigh`, whose goals are the weights of the other input.
    pub weigh: Option<Box<WeighInput>>,
}

impl App {
    /// Years with a goal, and years with data.
    pub async fn get_goal_years(&self, args: GetGoalYears) -> Result<GoalYears> {
        let metric = args.metric.unwrap_or(GoalMetric::WonAmount);
        let index = self.goal_index(metric).await?;
        let currency = metric.currency(self.currency().await?);
        let mut years: BTreeMap<i32, Vec<u32>> = BTreeMap::new();
        for month in self.metric_months(metric).await? {
            years.entry(month.year()).or_default().push(month.month());
        }
        let mut with_data = Vec::new();
        for (year, months) in years {
            let period = Period::year(year)?;
            let (days, all) = ([(period.start(), period.end())], ResultsOf::default());
            let made = self
                .metric_results(metric, &days, ResultsBy::Whole, all)
                .await?;
            if made.hidden.is_none() {
                with_data.push(DataYear {
                    year,
                    months,
                    result: Money::new(made.whole(1)[0], currency),
                });
            }
        }
        Ok(GoalYears {
            with_goal: index.years(),
            with_data,
        })
    }

    /// Sets the company's goal for a year: a new version; the one before stays in the history. A goal
    /// that is split already stays in force until the new one is split too.
    pub async fn set_goal(&self, args: SetGoal) -> Result<GoalTree> {
        check_year(args.year)?;
        let _turn = self.turn().await;
        let currency = args.metric.currency(self.currency().await?);
        let amount = Money::parse_major(args.amount.trim(), currency)?;
        if amount.minor < 0 {
            let year = args.year;
            return Err(Error::NegativeGoal { amount, year });
        }
        let versions = self.versions(args.metric, args.year).await?;
        let summary = json!({
            "metric": args.metric, "year": args.year, "amount": amount.to_major(),
            "currency": currency.code(),
        });
        let mut change = self.change(ChangeKind::SetGoal, summary);
        let plan = GoalPlan {
            id: GoalPlanId(self.clock.new_id()),
            metric: args.metric,
            year: args.year,
            calendar: self.plan_calendar().await?,
            version: next_version(&versions),
            state: GoalPlanState::Draft,
            amount,
            rule: None,
            created_at: self.clock.now(),
        };
        let drafts = |plan: &GoalPlan| plan.state == GoalPlanState::Draft;
        change.put.extend(superseded(versions, drafts));
        change.put.push(plan.into());
        self.apply(change).await?;
        self.get_goal(GetGoal {
            metric: args.metric,
            year: args.year,
        })
        .await
    }

    /// Splits the year's goal. A preview keeps nothing; else the split becomes the version in force.
    pub async fn split_goal(&self, args: SplitGoal) -> Result<GoalTree> {
        Ok(self.split_goal_with(args).await?.tree)
    }

    /// As [`App::split_goal`], with every node (weeks included) and what went into the engine
    /// `goal.split`: for scripts and auditors.
    pub async fn split_goal_with(&self, args: SplitGoal) -> Result<WholeSplit> {
        let _turn = self.turn().await;
        let versions = self.versions(args.metric, args.year).await?;
        let plan = newest(&versions)
            .cloned()
            .ok_or_else(|| no_goal(args.metric, args.year))?;
        let prepared = self.split_input(&plan, &args.rule).await?;
        let (by, base) = split::name_of(&args.rule, prepared.base);
        // The first split completes the version that was set, each further one is a version of its own.
        let (id, version) = match plan.rule {
            None => (plan.id, plan.version),
            Some(_) => (GoalPlanId(self.clock.new_id()), next_version(&versions)),
        };
        let new = NewVersion {
            id,
            version,
            at: self.clock.now(),
        };
        let split = split::calculate(&plan, &args.rule, prepared, new)?;
        if args.preview {
            let organisation = self.store()?.organisation().await?;
            let nodes = tree::nodes(&organisation, &split.nodes);
            let mut said = split.notes;
            if let Some((_, locks)) = self.locked(&versions).await? {
                said.push(Message::new("split_over_locks", &[("names", locks)]));
            }
            // A proposal: what was reached stands beside the goal in force, not beside this one.
            return Ok(WholeSplit {
                tree: GoalTree {
                    plan: Some(tree::plan_info(&split.plan, kept_rule(&split.plan))),
                    draft: None,
                    nodes: tree::without_weeks(nodes.clone()),
                    notes: said,
                    actuals: Vec::new(),
                },
                nodes,
                input: split.input,
                weigh: split.weigh,
            });
        }
        self.refuse_locked(&versions).await?;
        let summary = json!({ "metric": args.metric, "year": args.year, "by": by, "base": base });
        let mut change = self.change(ChangeKind::SplitGoal, summary);
        change
            .put
            .extend(superseded(versions, |plan| plan.id != id));
        change.put.push(split.plan.into());
        change.put.extend(split.cells.into_iter().map(Into::into));
        change.put.extend(split.rules.into_iter().map(Into::into));
        self.apply(change).await?;
        let goal = GetGoal {
            metric: args.metric,
            year: args.year,
        };
        Ok(WholeSplit {
            tree: self.get_goal(goal.clone()).await?,
            nodes: self.get_goal_nodes(goal).await?,
            input: split.input,
            weigh: split.weigh,
        })
    }

    /// Refuses another split of a goal whose numbers are locked: a split gives everybody a new number.
    async fn refuse_locked(&self, versions: &[GoalPlan]) -> Result<()> {
        match self.locked(versions).await? {
            Some((year, locks)) => Err(GoalError::Locked { year, locks }.into()),
            None => Ok(()),
        }
    }

    /// Year and names of what is locked in the version in force; none: nothing is.
    async fn locked(&self, versions: &[GoalPlan]) -> Result<Option<(i32, String)>> {
        let in_force = versions
            .iter()
            .rfind(|plan| plan.state == GoalPlanState::Published);
        let Some(plan) = in_force else {
            return Ok(None);
        };
        let locks = self.store()?.goal_locks(plan.id).await?;
        if locks.is_empty() {
            return Ok(None);
        }
        let organisation = self.store()?.organisation().await?;
        let name = |lock: &yeji_core::goal::GoalLock| {
            let person = lock.person.and_then(|id| organisation.person(id));
            let unit = organisation.unit(lock.unit);
            let name = person.map(|one| &one.name).or(unit.map(|one| &one.name));
            format!("{} {}", name.cloned().unwrap_or_default(), lock.period)
        };
        let locks = crate::words::names(locks.iter().map(name).collect());
        Ok(Some((plan.year, locks)))
    }

    /// The goal in force of a year, with its decomposition down to months and what was reached; beside
    /// it a newer one that is set, but not split yet.
    pub async fn get_goal(&self, args: GetGoal) -> Result<GoalTree> {
        check_year(args.year)?;
        let index = self.goal_index(args.metric).await?;
        let nothing = || GoalTree {
            plan: None,
            draft: None,
            nodes: Vec::new(),
            notes: Vec::new(),
            actuals: Vec::new(),
        };
        let Some(plan) = index.plan(args.year) else {
            return Ok(nothing());
        };
        if *self.sight() != Sight::Company {
            return Ok(self.own_part(&index, plan).await?.unwrap_or_else(nothing));
        }
        let kept = kept_rule(plan).map_or_else(Vec::new, |rule| rule.notes);
        let mut messages: Vec<Message> = kept
            .into_iter()
            .map(|note| Message {
                code: note.code,
                params: note.params,
            })
            .collect();
        messages.extend(index.notes(plan.period()?));
        let nodes = self.nodes_of(plan).await?;
        let actuals = self.goal_actuals(plan, &nodes).await?;
        let info = |plan: &GoalPlan| tree::plan_info(plan, kept_rule(plan));
        Ok(GoalTree {
            plan: Some(info(plan)),
            draft: index.draft(args.year).map(info),
            nodes: tree::without_weeks(nodes),
            notes: messages,
            actuals,
        })
    }

    /// Of a goal in force what somebody sees who does not see the company's: own nodes with their sum,
    /// and of the notes those that name nobody. None without a node.
    async fn own_part(&self, index: &GoalIndex, plan: &GoalPlan) -> Result<Option<GoalTree>> {
        let nodes = self.nodes_of(plan).await?;
        let year = plan.period()?;
        let mut amount = Money::new(0, plan.amount.currency);
        let tops = nodes.iter().filter(|node| node.parent_unit.is_none());
        for node in tops.filter(|node| node.period == year) {
            let own = Money::parse_major(&node.amount, amount.currency)?;
            amount = amount.checked_add(own)?;
        }
        if nodes.is_empty() {
            return Ok(None);
        }
        let actuals = self.goal_actuals(plan, &nodes).await?;
        let info = tree::plan_info(plan, kept_rule(plan));
        Ok(Some(GoalTree {
            plan: Some(GoalPlanInfo { amount, ..info }),
            draft: None,
            nodes: tree::without_weeks(nodes),
            notes: index.notes(year),
            actuals,
        }))
    }

    /// Every node of the goal in force, weeks included: for scripts.
    pub async fn get_goal_nodes(&self, args: GetGoal) -> Result<Vec<GoalNode>> {
        check_year(args.year)?;
        let index = self.goal_index(args.metric).await?;
        let plan = index
            .plan(args.year)
            .ok_or_else(|| no_goal(args.metric, args.year))?;
        self.nodes_of(plan).await
    }

    /// The weeks of one unit or person.
    pub async fn get_goal_weeks(&self, args: GetGoalWeeks) -> Result<Vec<GoalNode>> {
        let nodes = self
            .get_goal_nodes(GetGoal {
                metric: args.metric,
                year: args.year,
            })
            .await?;
        let own: Vec<GoalNode> = nodes
            .into_iter()
            .filter(|node| node.unit == args.unit)
            .map(|node| GoalNode {
                days: Some(node.period.into()),
                ..node
            })
            .collect();
        if own.is_empty() {
            return Err(Error::NotFound {
                what: "unit",
                value: args.unit,
            });
        }
        Ok(own)
    }

    /// The calendar of a goal that is set now; none: the calendar year.
    async fn plan_calendar(&self) -> Result<Option<FiscalCalendar>> {
        let calendar = self.company_calendar().await?.fiscal()?;
        Ok(Some(calendar).filter(|own| !own.is_calendar_year()))
    }

    /// All versions of a year's goal, in order.
    async fn versions(&self, metric: GoalMetric, year: i32) -> Result<Vec<GoalPlan>> {
        let mut plans = self.store()?.goal_plans().await?;
        plans.retain(|plan| plan.metric == metric && plan.year == year);
        plans.sort_by_key(|plan| plan.version);
        Ok(plans)
    }

    /// The cells of a plan that this actor sees.
    pub(crate) async fn seen_cells(&self, plan: &GoalPlan) -> Result<Vec<GoalCell>> {
        let mut cells = self.store()?.goal_cells(plan.id).await?;
        match self.sight() {
            Sight::Company => {}
            Sight::Units(units) => cells.retain(|cell| units.contains(&cell.unit)),
            Sight::Person(person) => cells.retain(|cell| cell.person == Some(*person)),
        }
        Ok(cells)
    }

    /// Nodes from the kept cells; a plan that is not split has the company's year only.
    async fn nodes_of(&self, plan: &GoalPlan) -> Result<Vec<GoalNode>> {
        let store = self.store()?;
        let organisation = store.organisation().await?;
        let cells = self.seen_cells(plan).await?;
        if *self.sight() == Sight::Company {
            return tree::from_cells(&organisation, plan, &cells);
        }
        if cells.is_empty() {
            return Ok(Vec::new());
        }
        let nodes = tree::from_cells(&organisation, plan, &cells)?;
        Ok(tree::below(nodes, |unit| match self.sight() {
            Sight::Units(units) => units.iter().any(|own| own.to_string() == unit),
            Sight::Company | Sight::Person(_) => false,
        }))
    }

    /// Results of the same year for each unit and person of the tree.
    async fn goal_actuals(&self, plan: &GoalPlan, nodes: &[GoalNode]) -> Result<Vec<GoalActual>> {
        let period = plan.period()?;
        let (from, to) = (period.start(), period.end());
        let span = self.metric_span(plan.metric).await?;
        if span.is_none_or(|(first, last)| first >= to || last < from) {
            return Ok(Vec::new());
        }
        let (days, all) = ([(from, to)], ResultsOf::default());
        let units = self.metric_results(plan.metric, &days, ResultsBy::Unit, all);
        let units = units.await?;
        let people = self.metric_results(plan.metric, &days, ResultsBy::Person, all);
        let people = people.await?;
        if units.hidden.or(people.hidden).is_some() {
            return Ok(Vec::new());
        }
        let results = tree::Results {
            by_unit: units
                .units()
                .map(|(_, unit, minor)| (unit, minor))
                .collect(),
            by_person: people.people().map(|(_, id, minor)| (id, minor)).collect(),
        };
        let organisation = self.store()?.organisation().await?;
        tree::actuals(&organisation, plan, nodes, &results)
    }
}

fn newest(versions: &[GoalPlan]) -> Option<&GoalPlan> {
    versions
        .iter()
        .rfind(|plan| plan.state != GoalPlanState::Superseded)
}

fn next_version(versions: &[GoalPlan]) -> i64 {
    versions.last().map_or(1, |plan| plan.version + 1)
}

/// The versions that a new one replaces.
fn superseded(
    versions: Vec<GoalPlan>,
    replaced: impl Fn(&GoalPlan) -> bool,
) -> impl Iterator<Item = Record> {
    versions
        .into_iter()
        .filter(move |plan| plan.state != GoalPlanState::Superseded && replaced(plan))
        .map(|plan| {
            GoalPlan {
                state: GoalPlanState::Superseded,
                ..plan
            }
            .into()
        })
}

fn no_goal(metric: GoalMetric, year: i32) -> Error {
    Error::NoGoal {
        metric: metric.code().to_owned(),
        year,
    }
}

fn check_year(year: i32) -> Result<()> {
    if (MIN_YEAR..=MAX_YEAR).contains(&year) {
        return Ok(());
    }
    Err(Error::input("year", &year.to_string(), "1900 to 2200"))
}
