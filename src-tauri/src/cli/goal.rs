//! `yeji goal`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Serialize;
use yeji_app::api::goals::{GetGoal, GoalNode, GoalPlanInfo, GoalTree, SetGoal, SplitGoal, SplitRule};
use yeji_app::{Access, Error};
use yeji_core::calendar::PeriodKind;
use yeji_core::metric::Metric;

use super::{Context, output};

/// What to do with goals.
#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Set the company's goal for a year
    Set(SetArgs),
    /// Split the year over organisation and calendar
    Split(SplitArgs),
    /// Show the decomposition
    Show(YearArgs),
    /// Results against the year's goals, per unit and person
    Attainment(YearArgs),
}

/// Goal of a year.
#[derive(Debug, clap::Args)]
pub(super) struct SetArgs {
    /// Figure
    #[arg(long, default_value = "won_amount")]
    metric: Metric,
    /// Year
    #[arg(long)]
    year: i32,
    /// Major units: 12000000 or 12000000.50
    #[arg(long, allow_hyphen_values = true)]
    amount: String,
}

/// How to split.
#[derive(Debug, clap::Args)]
pub(super) struct SplitArgs {
    /// Figure
    #[arg(long, default_value = "won_amount")]
    metric: Metric,
    /// Year
    #[arg(long)]
    year: i32,
    /// `history`, `equal`, or a CSV file with the columns person,weight
    #[arg(long, value_name = "history|equal|FILE")]
    by: String,
    /// Base year of `history`; without it the year before
    #[arg(long)]
    base: Option<i32>,
    /// Only compute and show
    #[arg(long)]
    dry_run: bool,
}

/// Which goal.
#[derive(Debug, clap::Args)]
pub(super) struct YearArgs {
    /// Figure
    #[arg(long, default_value = "won_amount")]
    metric: Metric,
    /// Year
    #[arg(long)]
    year: i32,
}

#[derive(Debug, Serialize)]
struct Shown {
    plan: Option<GoalPlanInfo>,
    nodes: Vec<GoalNode>,
}

pub(super) async fn run(command: Command, context: &Context) -> anyhow::Result<()> {
    match command {
        Command::Set(args) => {
            let app = context.app(Access::Write).await?;
            let tree = app.set_goal(SetGoal { metric: args.metric, year: args.year, amount: args.amount }).await?;
            show_plan(context, &tree)
        }
        Command::Split(args) => split(args, context).await,
        Command::Show(args) => show(&args, context).await,
        Command::Attainment(args) => attainment(&args, context).await,
    }
}

fn show_plan(context: &Context, tree: &GoalTree) -> anyhow::Result<()> {
    if context.json {
        return output::json(tree);
    }
    output::notes(&tree.notes);
    let Some(plan) = &tree.plan else { return Ok(()) };
    let split = plan.split_by.as_deref().unwrap_or("not split");
    output::print(&format!("{} version {}: {} ({split})", plan.year, plan.version, plan.amount))
}

async fn split(args: SplitArgs, context: &Context) -> anyhow::Result<()> {
    let rule = match args.by.as_str() {
        "history" => SplitRule::History { base: args.base },
        "equal" => SplitRule::Equal,
        file => SplitRule::Weights { weights: read_weights(&PathBuf::from(file))? },
    };
    let app = context.app(if args.dry_run { Access::Read } else { Access::Write }).await?;
    let goal = SplitGoal { metric: args.metric, year: args.year, rule, preview: args.dry_run };
    let tree = app.split_goal(goal).await?;
    show_plan(context, &tree)
}

/// A CSV file: who (staff number, name or id) and a weight.
fn read_weights(path: &Path) -> anyhow::Result<BTreeMap<String, String>> {
    let text = std::fs::read_to_string(path).map_err(Error::io(path))?;
    let mut weights = BTreeMap::new();
    for (at, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        let line = line.trim();
        if line.is_empty() {
            continue;
        }
        let Some((who, weight)) = line.rsplit_once([',', '\t', ';']) else {
            return Err(Error::input("by", line, "lines of `person,weight`").into());
        };
        let (who, weight) = (who.trim().trim_matches('"'), weight.trim().trim_matches('"'));
        let is_header = at == 0 && weight.parse::<yeji_core::Ratio>().is_err();
        if is_header {
            continue;
        }
        if weights.insert(who.to_owned(), weight.to_owned()).is_some() {
            return Err(Error::input("by", who, "one line for each person").into());
        }
    }
    Ok(weights)
}

async fn show(args: &YearArgs, context: &Context) -> anyhow::Result<()> {
    let app = context.app(Access::Read).await?;
    let goal = GetGoal { metric: args.metric, year: args.year };
    let nodes = app.get_goal_nodes(goal.clone()).await?;
    if context.json {
        let plan = app.get_goal(goal).await?.plan;
        return output::json(&Shown { plan, nodes });
    }
    let rows: Vec<Vec<String>> = nodes
        .into_iter()
        .filter(|node| matches!(node.period.kind(), PeriodKind::Year | PeriodKind::Quarter))
        .map(|node| vec![node.level, node.name, node.period.to_string(), node.amount])
        .collect();
    output::table(&["level", "name", "period", "amount"], &[false, false, false, true], &rows)
}

async fn attainment(args: &YearArgs, context: &Context) -> anyhow::Result<()> {
    let app = context.app(Access::Read).await?;
    let tree = app.get_goal(GetGoal { metric: args.metric, year: args.year }).await?;
    if context.json {
        return output::json(&tree.actuals);
    }
    let names: BTreeMap<&str, (&str, &str)> =
        tree.nodes.iter().map(|node| (node.unit.as_str(), (node.level.as_str(), node.name.as_str()))).collect();
    let goals: BTreeMap<&str, &str> = tree
        .nodes
        .iter()
        .filter(|node| node.period.kind() == PeriodKind::Year)
        .map(|node| (node.unit.as_str(), node.amount.as_str()))
        .collect();
    let mut rows = Vec::new();
    for actual in &tree.actuals {
        let (level, name) = names.get(actual.unit.as_str()).copied().unwrap_or_default();
        let percent = match &actual.attainment {
            Some(ratio) => yeji_report::format::percent(ratio.parse()?)?,
            None => yeji_report::format::MISSING.to_owned(),
        };
        rows.push(vec![
            level.to_owned(),
            name.to_owned(),
            goals.get(actual.unit.as_str()).copied().unwrap_or_default().to_owned(),
            actual.actual.to_major(),
            percent,
        ]);
    }
    output::table(&["level", "name", "goal", "actual", "attainment"], &[false, false, true, true, true], &rows)
}
