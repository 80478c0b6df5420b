//! `yeji goal versions`, `compare`, `restore`.

use clap::ValueEnum;
use yeji_app::api::goal_grid::{CompareGoals, GoalVersionPublished, RestoreGoalVersion};
use yeji_app::api::goals::GetGoal;
use yeji_app::{Access, Error};
use yeji_core::calendar::PeriodKind;
use yeji_core::metric::GoalMetric;

use super::super::output::Column::{Left, Right};
use super::super::people::Names;
use super::super::{Context, arguments, output};
use super::YearArgs;
use super::change::print_differences;
use crate::words;

/// Two versions.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct CompareArgs {
    /// Figure
    #[arg(long, default_value = "won_amount", value_parser = arguments::goal_metric())]
    metric: GoalMetric,
    /// Year
    #[arg(long)]
    year: i32,
    /// The older version
    #[arg(long)]
    before: i64,
    /// The newer version
    #[arg(long)]
    after: i64,
    /// Which periods
    #[arg(long, value_enum, default_value = "year")]
    by: By,
}

/// Periods of one kind.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(in crate::cli) enum By {
    /// The year
    Year,
    /// Quarters
    Quarter,
    /// Months
    Month,
    /// Weeks, cut at month ends
    Week,
}

impl By {
    pub fn kind(self) -> PeriodKind {
        match self {
            Self::Year => PeriodKind::Year,
            Self::Quarter => PeriodKind::Quarter,
            Self::Month => PeriodKind::Month,
            Self::Week => PeriodKind::CutWeek,
        }
    }
}

/// An older version again.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct RestoreArgs {
    /// Figure
    #[arg(long, default_value = "won_amount", value_parser = arguments::goal_metric())]
    metric: GoalMetric,
    /// Year
    #[arg(long)]
    year: i32,
    /// Number of the version that comes back
    #[arg(long)]
    number: i64,
}

pub(super) async fn list(args: &YearArgs, context: &Context) -> anyhow::Result<()> {
    let app = context.app(Access::Read).await?;
    let (metric, year) = (args.metric, args.year);
    let versions = app.list_goal_versions(GetGoal { metric, year }).await?;
    if context.json {
        return output::json(&versions);
    }
    let rows: Vec<Vec<String>> = versions
        .into_iter()
        .map(|one| {
            let by = one.plan.split_by.as_deref();
            let (published, confirmed) = one.publication.as_ref().map(public).unwrap_or_default();
            vec![
                one.plan.version.to_string(),
                words::term("goal_state", state_code(one.state)),
                one.plan.amount.to_string(),
                words::term("split_by", by.unwrap_or("not_split")),
                one.created_at.format("%Y-%m-%d %H:%M").to_string(),
                published,
                confirmed,
            ]
        })
        .collect();
    let columns = [
        Right("version"),
        Left("state"),
        Right("amount"),
        Left("split_by"),
        Left("made_at"),
        Left("made_public"),
        Right("confirmed"),
    ];
    output::table(&columns, &rows)
}

/// The day and who made it public, and how many of all confirmed its numbers.
fn public(one: &GoalVersionPublished) -> (String, String) {
    let params = [
        ("day", one.at.format("%Y-%m-%d").to_string()),
        ("author", one.author.clone()),
    ];
    let code = if one.unchanged {
        "goal_public"
    } else {
        "goal_public_changed"
    };
    let confirmed = format!("{}/{}", one.confirmed, one.people);
    (words::line(code, &params), confirmed)
}

fn state_code(state: yeji_core::goal::GoalPlanState) -> &'static str {
    use yeji_core::goal::GoalPlanState as State;
    match state {
        State::Draft => "draft",
        State::Published => "in_force",
        State::Superseded => "superseded",
    }
}

pub(super) async fn compare(args: &CompareArgs, context: &Context) -> anyhow::Result<()> {
    let app = context.app(Access::Read).await?;
    let compared = app
        .compare_goals(CompareGoals {
            metric: args.metric,
            year: args.year,
            before: args.before,
            after: args.after,
            periods: args.by.kind(),
        })
        .await?;
    if context.json {
        return output::json(&compared);
    }
    if compared.rows.is_empty() {
        return output::print(&words::line("goal_versions_equal", &[]));
    }
    print_differences(&Names::of(&app).await?, &compared.rows)
}

pub(super) async fn restore(args: &RestoreArgs, context: &Context) -> anyhow::Result<()> {
    let app = context.app(Access::Change).await?;
    let (metric, year) = (args.metric, args.year);
    let versions = app.list_goal_versions(GetGoal { metric, year }).await?;
    let old = versions.iter().find(|one| one.plan.version == args.number);
    let old = old.ok_or_else(|| Error::NotFound {
        what: "goal",
        value: format!("{year} v{}", args.number),
    })?;
    let plan = app
        .restore_goal_version(RestoreGoalVersion { plan: old.plan.id })
        .await?;
    if context.json {
        return output::json(&plan);
    }
    let params = [
        ("year", plan.year.to_string()),
        ("version", plan.version.to_string()),
        ("old", args.number.to_string()),
    ];
    output::print(&words::line("goal_restored", &params))
}
