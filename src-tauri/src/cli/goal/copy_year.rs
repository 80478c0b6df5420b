//! `yeji goal copy-year`: the plan of a year as the plan of another.

use yeji_app::Access;
use yeji_app::api::goal_copy::{CopyAmount, CopyGoalPlan, GoalCopied};
use yeji_core::metric::GoalMetric;

use super::super::people::Names;
use super::super::{Context, arguments, output};
use super::change::print_differences;
use crate::words;

/// Which plan goes where.
#[derive(Debug, clap::Args)]
#[command(group = clap::ArgGroup::new("size").required(true))]
pub(in crate::cli) struct CopyYearArgs {
    /// Figure
    #[arg(long, default_value = "won_amount", value_parser = arguments::goal_metric())]
    metric: GoalMetric,
    /// The year that is copied
    #[arg(long)]
    from: i32,
    /// The year that gets the goal
    #[arg(long)]
    to: i32,
    /// A factor on the goal: 1.1 is 10 % more
    #[arg(long, group = "size", allow_hyphen_values = true)]
    growth: Option<String>,
    /// Another goal, in major units: 12000000 or 12000000.50
    #[arg(long, group = "size", allow_hyphen_values = true)]
    amount: Option<String>,
    /// Only compute and show
    #[arg(long)]
    dry_run: bool,
}

pub(super) async fn run(args: CopyYearArgs, context: &Context) -> anyhow::Result<()> {
    let access = if args.dry_run {
        Access::Read
    } else {
        Access::Change
    };
    let app = context.app(access).await?;
    // One of the two is there: the arguments are a group that needs one.
    let amount = match args.amount {
        Some(amount) => CopyAmount::Amount { amount },
        None => CopyAmount::Growth {
            factor: args.growth.unwrap_or_default(),
        },
    };
    let copied = app
        .copy_goal_plan(CopyGoalPlan {
            metric: args.metric,
            from: args.from,
            to: args.to,
            amount,
            preview: args.dry_run,
        })
        .await?;
    if context.json {
        return output::json(&copied);
    }
    output::notes(&copied.notes);
    output::print(&said(&copied, args.dry_run))?;
    print_differences(&Names::of(&app).await?, &copied.rows)
}

fn said(copied: &GoalCopied, preview: bool) -> String {
    let replaced = copied.replaced.as_ref().map(|old| old.version.to_string());
    let params = [
        ("year", copied.plan.year.to_string()),
        ("version", copied.plan.version.to_string()),
        ("amount", copied.plan.amount.to_string()),
        ("from", copied.from.year.to_string()),
        ("before", copied.from.amount.to_string()),
        ("replaced", replaced.unwrap_or_default()),
    ];
    let code = if preview {
        "goal_copy_preview"
    } else {
        "goal_copied"
    };
    words::line(code, &params)
}
