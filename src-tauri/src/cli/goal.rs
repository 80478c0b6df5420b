//! `yeji goal`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Serialize;
use yeji_app::api::goals::{
    GetGoal, GoalActual, GoalNode, GoalPlanInfo, GoalTree, SetGoal, SplitGoal, SplitRule,
};
use yeji_app::{Access, Error};
use yeji_core::calendar::PeriodKind;
use yeji_core::metric::Metric;

use super::engine_input::InputFile;
use super::{Context, output, weights};

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
    /// Also write the complete input of `yeji engine goal.split` to this file
    #[arg(long, value_name = "FILE")]
    input: Option<PathBuf>,
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
    /// A newer goal that does not count before it is split.
    draft: Option<GoalPlanInfo>,
    nodes: Vec<GoalNode>,
}

/// A goal of the year with what was reached.
#[derive(Debug, Serialize)]
struct Attained {
    unit: String,
    name: String,
    level: String,
    currency: String,
    goal: String,
    /// None: the year has no results yet.
    actual: Option<String>,
    /// Exact ratio, never clamped.
    attainment: Option<String>,
    /// The same, rounded to one decimal.
    percent: Option<String>,
}

pub(super) async fn run(command: Command, context: &Context) -> anyhow::Result<()> {
    match command {
        Command::Set(args) => {
            let app = context.app(Access::Write).await?;
            let tree = app
                .set_goal(SetGoal {
                    metric: args.metric,
                    year: args.year,
                    amount: args.amount,
                })
                .await?;
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
    let Some(plan) = tree.draft.as_ref().or(tree.plan.as_ref()) else {
        return Ok(());
    };
    let split = plan.split_by.as_deref().unwrap_or("not split");
    output::print(&format!(
        "{} version {}: {} ({split})",
        plan.year, plan.version, plan.amount
    ))
}

async fn split(args: SplitArgs, context: &Context) -> anyhow::Result<()> {
    let rule = match args.by.as_str() {
        "history" => SplitRule::History { base: args.base },
        "equal" => SplitRule::Equal,
        file if !Path::new(file).is_file() => {
            let expected = "history, equal, or an existing CSV file";
            return Err(Error::input("by", file, expected).into());
        }
        file => SplitRule::Weights {
            weights: weights::read(Path::new(file))?,
        },
    };
    let app = context
        .app(if args.dry_run {
            Access::Read
        } else {
            Access::Write
        })
        .await?;
    let goal = SplitGoal {
        metric: args.metric,
        year: args.year,
        rule,
        preview: args.dry_run,
    };
    let document = args.input.as_deref().map(InputFile::open).transpose()?;
    let (tree, input) = app.split_goal_with(goal).await?;
    if let Some(document) = document {
        document.write(&serde_json::to_vec(&input)?)?;
    }
    show_plan(context, &tree)
}

async fn show(args: &YearArgs, context: &Context) -> anyhow::Result<()> {
    let app = context.app(Access::Read).await?;
    let goal = GetGoal {
        metric: args.metric,
        year: args.year,
    };
    let nodes = app.get_goal_nodes(goal.clone()).await?;
    let tree = app.get_goal(goal).await?;
    output::notes(&tree.notes);
    if context.json {
        return output::json(&Shown {
            plan: tree.plan,
            draft: tree.draft,
            nodes,
        });
    }
    let rows: Vec<Vec<String>> = nodes
        .into_iter()
        .filter(|node| matches!(node.period.kind(), PeriodKind::Year | PeriodKind::Quarter))
        .map(|node| vec![node.level, node.name, node.period.to_string(), node.amount])
        .collect();
    output::table(
        &["level", "name", "period", "amount"],
        &[false, false, false, true],
        &rows,
    )
}

async fn attainment(args: &YearArgs, context: &Context) -> anyhow::Result<()> {
    let app = context.app(Access::Read).await?;
    let tree = app
        .get_goal(GetGoal {
            metric: args.metric,
            year: args.year,
        })
        .await?;
    output::notes(&tree.notes);
    let actuals: BTreeMap<&str, &GoalActual> = tree
        .actuals
        .iter()
        .map(|actual| (actual.unit.as_str(), actual))
        .collect();
    let mut rows = Vec::new();
    for node in tree
        .nodes
        .iter()
        .filter(|node| node.period.kind() == PeriodKind::Year)
    {
        let actual = actuals.get(node.unit.as_str());
        let ratio = actual.and_then(|actual| actual.attainment.clone());
        rows.push(Attained {
            unit: node.unit.clone(),
            name: node.name.clone(),
            level: node.level.clone(),
            currency: node.currency.clone(),
            goal: node.amount.clone(),
            actual: actual.map(|actual| actual.actual.to_major()),
            percent: match &ratio {
                Some(ratio) => Some(yeji_report::format::percent(ratio.parse()?)?),
                None => None,
            },
            attainment: ratio,
        });
    }
    if context.json {
        return output::json(&rows);
    }
    let missing = || yeji_report::format::MISSING.to_owned();
    let rows: Vec<Vec<String>> = rows
        .into_iter()
        .map(|row| {
            let actual = row.actual.unwrap_or_else(missing);
            vec![
                row.level,
                row.name,
                row.goal,
                actual,
                row.percent.unwrap_or_else(missing),
            ]
        })
        .collect();
    output::table(
        &["level", "name", "goal", "actual", "attainment"],
        &[false, false, true, true, true],
        &rows,
    )
}
