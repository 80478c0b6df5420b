//! `yeji goal`.

mod agree;
mod change;
mod copy_year;
mod round;
mod sheet;
mod show;
mod standing;
mod versions;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Serialize;
use yeji_app::api::goals::{
    GetGoal, GoalActual, GoalNode, GoalTree, SetGoal, SplitGoal, SplitRule,
};
use yeji_app::{Access, Error};
use yeji_core::calendar::PeriodKind;
use yeji_core::metric::GoalMetric;

use super::new_content::NewContent;
use super::output::Column::{Left, Right};
use super::people::Names;
use super::{Context, arguments, output, weights};
use crate::words;

/// What to do with goals.
#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Set the company's goal for a year
    Set(SetArgs),
    /// Split the year over organisation and calendar
    Split(SplitArgs),
    /// Show the decomposition
    Show(show::ShowArgs),
    /// Results against the year's goals, per unit and person
    Attainment(YearArgs),
    /// Set one number of the goal in force
    Change(change::ChangeArgs),
    /// Move an amount from one person or unit to another
    Shift(change::ShiftArgs),
    /// Set somebody's year by changing only what begins on a day or later: a new version
    Revise(change::ReviseArgs),
    /// Give others the numbers of one person
    Copy(change::CopyArgs),
    /// Make the plan of a year the plan of another
    CopyYear(copy_year::CopyYearArgs),
    /// Keep a number as it is, or release it
    Lock(change::LockArgs),
    /// List the numbers that are locked
    Locks(YearArgs),
    /// Show what a number consists of
    Why(standing::WhyArgs),
    /// Show where somebody stands, and whether the goal is a good one
    Progress(standing::ProgressArgs),
    /// Show or set the aim that a year's goal serves
    Aim(standing::AimArgs),
    /// Write the goal into a workbook: people down, months across
    Export(sheet::ExportArgs),
    /// Read such a workbook; every sum is checked before anything changes
    Import(sheet::ImportArgs),
    /// List the versions of a year's goal
    Versions(YearArgs),
    /// Show what differs between two versions
    Compare(versions::CompareArgs),
    /// Put an older version in force again, as a new version
    Restore(versions::RestoreArgs),
    /// Rounds in which people propose own goals
    #[command(subcommand)]
    Round(round::RoundCommand),
    /// Propose a number for an own goal
    Propose(round::ProposeArgs),
    /// Adjust somebody's number in an own unit
    Adjust(round::AdjustArgs),
    /// Hand a unit in with all below it
    Submit(round::SubmitArgs),
    /// Open a unit again that was handed in
    SendBack(round::SendBackArgs),
    /// Take numbers of the round into the goal in force
    Adopt(round::AdoptArgs),
    /// Say something on the goal of a person or unit
    Comment(agree::CommentArgs),
    /// List what was said on goals
    Comments(agree::CommentsArgs),
    /// Publish the goal in force to its owners, so that they confirm
    Publish(round::GoalArgs),
    /// Show the own goal to confirm, or confirm it
    Confirm(agree::ConfirmArgs),
    /// List who has confirmed the goal of today
    Confirmations(agree::ConfirmationsArgs),
    /// Write the paper that company and owner sign, as PDF
    Letter(agree::LetterArgs),
}

/// Goal of a year.
#[derive(Debug, clap::Args)]
pub(super) struct SetArgs {
    /// Figure
    #[arg(long, default_value = "won_amount", value_parser = arguments::goal_metric())]
    metric: GoalMetric,
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
    #[arg(long, default_value = "won_amount", value_parser = arguments::goal_metric())]
    metric: GoalMetric,
    /// Year
    #[arg(long)]
    year: i32,
    /// `history`, `equal`, a CSV file with the columns person,weight, or a TOML file with a blend of factors
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
    /// Also write the complete input of `yeji engine goal.weigh`, from which a blend's weights come, to this file
    #[arg(long, value_name = "FILE")]
    weigh_input: Option<PathBuf>,
}

/// Which goal.
#[derive(Debug, clap::Args)]
pub(super) struct YearArgs {
    /// Figure
    #[arg(long, default_value = "won_amount", value_parser = arguments::goal_metric())]
    metric: GoalMetric,
    /// Year
    #[arg(long)]
    year: i32,
}

/// A goal of the year with what was reached.
#[derive(Debug, Serialize)]
struct Attained {
    unit: String,
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    staff_number: Option<String>,
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
            let app = context.app(Access::Change).await?;
            let tree = app
                .set_goal(SetGoal {
                    metric: args.metric,
                    year: args.year,
                    amount: args.amount,
                })
                .await?;
            if context.json {
                return output::json(&tree);
            }
            output::notes(&tree.notes);
            output::print(&plan_line(&tree, false))
        }
        Command::Split(args) => split(args, context).await,
        Command::Show(args) => show::show(&args, context).await,
        Command::Attainment(args) => attainment(&args, context).await,
        Command::Change(args) => change::change(args, context).await,
        Command::Shift(args) => change::shift(args, context).await,
        Command::Revise(args) => change::revise(args, context).await,
        Command::Copy(args) => change::copy(args, context).await,
        Command::CopyYear(args) => copy_year::run(args, context).await,
        Command::Lock(args) => change::lock(args, context).await,
        Command::Locks(args) => show::locks(&args, context).await,
        Command::Why(args) => standing::why(args, context).await,
        Command::Progress(args) => standing::progress(args, context).await,
        Command::Aim(args) => standing::aim(args, context).await,
        Command::Export(args) => sheet::export(args, context).await,
        Command::Import(args) => sheet::import(args, context).await,
        Command::Versions(args) => versions::list(&args, context).await,
        Command::Compare(args) => versions::compare(&args, context).await,
        Command::Restore(args) => versions::restore(&args, context).await,
        Command::Round(command) => round::round(command, context).await,
        Command::Propose(args) => round::propose(args, context).await,
        Command::Adjust(args) => round::adjust(args, context).await,
        Command::Submit(args) => round::submit(args, context).await,
        Command::SendBack(args) => round::send_back(args, context).await,
        Command::Adopt(args) => round::adopt(args, context).await,
        Command::Comment(args) => agree::comment(args, context).await,
        Command::Comments(args) => agree::comments(args, context).await,
        Command::Publish(args) => agree::publish(args, context).await,
        Command::Confirm(args) => agree::confirm(args, context).await,
        Command::Confirmations(args) => agree::confirmations(args, context).await,
        Command::Letter(args) => agree::letter(args, context).await,
    }
}

/// Which version it is, of how much, and how it was split; of one that is not split yet before the one in
/// force.
fn plan_line(tree: &GoalTree, preview: bool) -> String {
    let Some(plan) = tree.draft.as_ref().or(tree.plan.as_ref()) else {
        return String::new();
    };
    let base = plan.base.map(|year| year.to_string());
    let params = [
        ("year", plan.year.to_string()),
        ("version", plan.version.to_string()),
        ("amount", plan.amount.to_string()),
        ("by", plan.split_by.clone().unwrap_or_default()),
        ("base", base.unwrap_or_default()),
    ];
    match (&plan.split_by, preview) {
        (Some(_), true) => words::line("goal_split_preview", &params),
        (Some(_), false) => words::line("goal_split", &params),
        (None, _) => words::line("goal_not_split", &params),
    }
}

async fn split(args: SplitArgs, context: &Context) -> anyhow::Result<()> {
    let rule = match args.by.as_str() {
        "history" => SplitRule::History { base: args.base },
        "equal" => SplitRule::Equal,
        file if !Path::new(file).is_file() => {
            let expected = "history, equal, or an existing CSV or TOML file";
            return Err(Error::input("by", file, expected).into());
        }
        file if file.to_lowercase().ends_with(".toml") => {
            SplitRule::Blend(Box::new(yeji_app::read_blend(Path::new(file))?))
        }
        file => SplitRule::Weights {
            weights: weights::read(Path::new(file))?,
        },
    };
    if let (Some(_), false) = (&args.weigh_input, matches!(rule, SplitRule::Blend(_))) {
        let expected = "a TOML file with a blend: only its weights come from goal.weigh";
        return Err(Error::input("by", &args.by, expected).into());
    }
    let app = context
        .app(if args.dry_run {
            Access::Read
        } else {
            Access::Change
        })
        .await?;
    let goal = SplitGoal {
        metric: args.metric,
        year: args.year,
        rule,
        preview: args.dry_run,
    };
    let document = args.input.as_deref().map(NewContent::open).transpose()?;
    let weighed = args
        .weigh_input
        .as_deref()
        .map(NewContent::open)
        .transpose()?;
    let split = app.split_goal_with(goal).await?;
    if let Some(document) = document {
        document.write(&serde_json::to_vec(&split.input)?)?;
    }
    if let (Some(document), Some(input)) = (weighed, &split.weigh) {
        document.write(&serde_json::to_vec(input)?)?;
    }
    let tree = split.tree;
    if context.json {
        // Weeks too: of a dry run this is all that can be seen.
        let nodes = split.nodes;
        return output::json(&GoalTree { nodes, ..tree });
    }
    output::notes(&tree.notes);
    output::print(&plan_line(&tree, args.dry_run))?;
    if !args.dry_run {
        return Ok(());
    }
    let names = Names::of(&app).await?;
    let year = |node: &&GoalNode| node.period.kind() == PeriodKind::Year;
    print_nodes(&names, tree.nodes.iter().filter(year))
}

/// Level, name, period and amount of each.
fn print_nodes<'a>(names: &Names, nodes: impl Iterator<Item = &'a GoalNode>) -> anyhow::Result<()> {
    let rows: Vec<Vec<String>> = nodes
        .map(|node| {
            vec![
                words::term("level", &node.level),
                names.shown(&node.unit, &node.name),
                node.period.to_string(),
                node.amount.clone(),
            ]
        })
        .collect();
    let columns = [Left("level"), Left("name"), Left("period"), Right("amount")];
    output::table(&columns, &rows)
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
            staff_number: node.staff_number.clone(),
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
    let names = Names::of(&app).await?;
    let missing = || yeji_report::format::MISSING.to_owned();
    let rows: Vec<Vec<String>> = rows
        .into_iter()
        .map(|row| {
            let actual = row.actual.unwrap_or_else(missing);
            vec![
                words::term("level", &row.level),
                names.shown(&row.unit, &row.name),
                row.goal,
                actual,
                row.percent.unwrap_or_else(missing),
            ]
        })
        .collect();
    let columns = [
        Left("level"),
        Left("name"),
        Right("goal"),
        Right("actual"),
        Right("attainment"),
    ];
    output::table(&columns, &rows)
}
