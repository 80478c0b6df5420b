//! `yeji kpi goal`: goals of KPIs that are no sums of weeks.

use chrono::NaiveDate;
use yeji_app::Access;
use yeji_app::api::scorecards::{
    GetKpiGoal, KpiGoalRow, KpiGoalSource, KpiGoalView, ListKpiGoals, SetKpiGoal,
};
use yeji_core::calendar::Period;

use super::super::output::Column::{Left, Right};
use super::super::{Context, output};
use super::who;
use crate::words;

/// What to do with goals of KPIs.
#[derive(Debug, clap::Subcommand)]
pub(in crate::cli) enum Command {
    /// List the goals as they were set
    List(ListArgs),
    /// Show a goal: where it comes from, and what the parts are together
    Show(ShowArgs),
    /// Set what a unit or person is to reach in a period
    Set(SetArgs),
    /// Take a goal away
    Remove(RemoveArgs),
}

/// Which goals.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct ListArgs {
    /// Of this KPI only (a code that `yeji kpi --list` shows)
    #[arg(long)]
    metric: Option<String>,
    /// Of this period only: 2027, 2027-Q1, 2027-03
    #[arg(long)]
    period: Option<Period>,
}

/// Whose goal.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct ShowArgs {
    /// KPI: a code that `yeji kpi --list` shows
    #[arg(long)]
    metric: String,
    /// Staff number, name or id of a person or unit; without it your own, or the company
    #[arg(long)]
    who: Option<String>,
    /// A year, half, quarter or month: 2027, 2027-H1, 2027-Q1, 2027-03
    #[arg(long)]
    period: Period,
}

/// A goal.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct SetArgs {
    /// KPI: a code that `yeji kpi --list` shows
    #[arg(long)]
    metric: String,
    /// Staff number, name or id of a person or unit
    #[arg(long)]
    who: String,
    /// A year, half, quarter or month: 2027, 2027-H1, 2027-Q1, 2027-03
    #[arg(long)]
    period: Period,
    /// The goal in the unit of the KPI: 35%, 120000.50, 8.5
    #[arg(long)]
    value: String,
    /// First day on which it is the goal; without it the first of the period
    #[arg(long, value_name = "DAY")]
    from: Option<NaiveDate>,
}

/// The goal to take away.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct RemoveArgs {
    /// KPI
    #[arg(long)]
    metric: String,
    /// Staff number, name or id of a person or unit
    #[arg(long)]
    who: String,
    /// Its period
    #[arg(long)]
    period: Period,
    /// Its first day; without it the first of the period
    #[arg(long, value_name = "DAY")]
    from: Option<NaiveDate>,
}

pub(super) async fn run(command: Command, context: &Context) -> anyhow::Result<()> {
    match command {
        Command::List(args) => list(args, context).await,
        Command::Show(args) => show(args, context).await,
        Command::Set(args) => {
            let SetArgs {
                metric,
                who,
                period,
                value,
                from,
            } = args;
            set(metric, &who, period, from, Some(value), context).await
        }
        Command::Remove(args) => {
            let RemoveArgs {
                metric,
                who,
                period,
                from,
            } = args;
            set(metric, &who, period, from, None, context).await
        }
    }
}

async fn list(args: ListArgs, context: &Context) -> anyhow::Result<()> {
    let app = context.app(Access::Read).await?;
    let ListArgs { metric, period } = args;
    let goals = app.list_kpi_goals(ListKpiGoals { metric, period }).await?;
    if context.json {
        return output::json(&goals);
    }
    let day = |day: Option<NaiveDate>| day.map_or_else(String::new, |day| day.to_string());
    let line = |row: KpiGoalRow| {
        let name = match row.staff_number {
            Some(number) => format!("{} ({number})", row.whose_name),
            None => row.whose_name,
        };
        vec![
            row.metric,
            name,
            row.period.to_string(),
            row.shown,
            row.from.to_string(),
            day(row.to),
        ]
    };
    let columns = [
        Left("code"),
        Left("name"),
        Left("period"),
        Right("goal"),
        Left("from"),
        Left("until"),
    ];
    let rows: Vec<Vec<String>> = goals.into_iter().map(line).collect();
    output::table(&columns, &rows)
}

async fn show(args: ShowArgs, context: &Context) -> anyhow::Result<()> {
    let app = context.app(Access::Read).await?;
    let who = who::maybe(&app, args.who.as_deref()).await?;
    let view = app
        .get_kpi_goal(GetKpiGoal {
            metric: args.metric,
            unit: who.and_then(who::Who::unit),
            person: who.and_then(who::Who::person),
            period: args.period,
        })
        .await?;
    print(view, context)
}

async fn set(
    metric: String,
    who: &str,
    period: Period,
    from: Option<NaiveDate>,
    value: Option<String>,
    context: &Context,
) -> anyhow::Result<()> {
    let app = context.app(Access::Change).await?;
    let who = who::named(&app, who).await?;
    let view = app
        .set_kpi_goal(SetKpiGoal {
            metric,
            unit: who.unit(),
            person: who.person(),
            period,
            from,
            value,
        })
        .await?;
    print(view, context)
}

fn print(view: KpiGoalView, context: &Context) -> anyhow::Result<()> {
    if context.json {
        return output::json(&view);
    }
    let goal = view.goal.as_ref();
    let reason = view.reason.as_ref().map(words::say);
    let params = [
        ("metric", view.metric.clone()),
        ("name", view.whose_name.clone()),
        ("period", view.period.to_string()),
        (
            "goal",
            goal.map(|goal| goal.shown.clone())
                .or(reason)
                .unwrap_or_default(),
        ),
        (
            "source",
            goal.map_or_else(String::new, |goal| source(goal.source).to_owned()),
        ),
        (
            "of",
            goal.and_then(|goal| goal.of.clone()).unwrap_or_default(),
        ),
    ];
    output::print(&words::line("kpi_goal", &params))?;
    let Some(parts) = view.parts else {
        return Ok(());
    };
    let year = parts.weighed_in.map(|year| year.to_string());
    let params = [
        ("source", source(parts.source).to_owned()),
        ("value", parts.shown.unwrap_or_default()),
        ("by", parts.weighed_by.unwrap_or_default()),
        ("year", year.unwrap_or_default()),
        ("difference", view.difference_shown.unwrap_or_default()),
        ("names", parts.left_out.join(", ")),
    ];
    output::print(&words::line("kpi_goal_parts", &params))?;
    let missing = || yeji_report::format::MISSING.to_owned();
    let rows: Vec<Vec<String>> = parts
        .rows
        .into_iter()
        .map(|row| vec![row.name, row.shown, row.weight.unwrap_or_else(missing)])
        .collect();
    output::table(&[Left("name"), Right("goal"), Right("weight")], &rows)
}

/// The word of a source, in `kpi_goal_source`.
pub(super) fn source(source: KpiGoalSource) -> &'static str {
    match source {
        KpiGoalSource::Own => "own",
        KpiGoalSource::Inherited => "inherited",
        KpiGoalSource::Mean => "mean",
        KpiGoalSource::Sum => "sum",
        KpiGoalSource::Plan => "plan",
    }
}
