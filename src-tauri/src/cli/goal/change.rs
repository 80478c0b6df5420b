//! `yeji goal change`, `shift`, `revise`, `copy`, `lock`: numbers of the goal in force.

use std::sync::Arc;

use chrono::NaiveDate;
use clap::ValueEnum;
use yeji_app::api::goal_grid::{
    EditGoal, GetGoalGrid, GoalAbove, GoalDifference, GoalEdit, GoalEdited, GridColumns,
};
use yeji_app::api::goals::GetGoal;
use yeji_app::{Access, Desk, Error, access};
use yeji_core::calendar::Period;
use yeji_core::ids::GoalPlanId;
use yeji_core::metric::GoalMetric;

use super::super::output::Column::{Left, Right};
use super::super::people::Names;
use super::super::{Context, arguments, output};
use crate::words;

/// What every change is told.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Common {
    /// Figure
    #[arg(long, default_value = "won_amount", value_parser = arguments::goal_metric())]
    metric: GoalMetric,
    /// Year
    #[arg(long)]
    year: i32,
    /// What begins before this day stays
    #[arg(long, value_name = "DAY")]
    frozen_before: Option<NaiveDate>,
    /// Why, for the history
    #[arg(long)]
    reason: Option<String>,
    /// Only compute and show
    #[arg(long)]
    dry_run: bool,
}

impl Common {
    fn goal(&self) -> (GoalMetric, i32) {
        (self.metric, self.year)
    }
}

/// What happens above a changed number.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(in crate::cli) enum Above {
    /// The sums above change too
    Grow,
    /// Other units and people give or take
    Units,
    /// Other periods give or take
    Periods,
}

impl From<Above> for GoalAbove {
    fn from(above: Above) -> Self {
        match above {
            Above::Grow => Self::Grow,
            Above::Units => Self::Units,
            Above::Periods => Self::Periods,
        }
    }
}

/// What happens to the sums above when numbers are copied.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(in crate::cli) enum CopyAbove {
    /// The sums above change too
    Grow,
    /// They stay; others of the same units give or take
    Units,
}

/// One number to an amount.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct ChangeArgs {
    #[command(flatten)]
    common: Common,
    /// Staff number, name or id of a person or unit
    #[arg(long)]
    who: String,
    /// A period of the year: 2026, 2026-Q1, 2026-03, 2026-03/W10
    #[arg(long)]
    period: Period,
    /// Major units: 12000000 or 12000000.50
    #[arg(long, allow_hyphen_values = true)]
    amount: String,
    /// What happens above
    #[arg(long, value_enum, default_value = "grow")]
    above: Above,
}

/// An amount from one to another.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct ShiftArgs {
    #[command(flatten)]
    common: Common,
    /// Who gives
    #[arg(long)]
    from: String,
    /// Who takes
    #[arg(long)]
    to: String,
    /// A period of the year: 2026, 2026-Q1, 2026-03, 2026-03/W10
    #[arg(long)]
    period: Period,
    /// Major units: 12000000 or 12000000.50
    #[arg(long, allow_hyphen_values = true)]
    amount: String,
}

/// The year from a day on.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct ReviseArgs {
    #[command(flatten)]
    common: Common,
    /// Staff number, name or id of a person or unit
    #[arg(long)]
    who: String,
    /// First day that may change
    #[arg(long, value_name = "DAY")]
    from: NaiveDate,
    /// Major units of the whole year
    #[arg(long, allow_hyphen_values = true)]
    amount: String,
    /// What happens above
    #[arg(long, value_enum, default_value = "units")]
    above: Above,
}

/// The numbers of one for others.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct CopyArgs {
    #[command(flatten)]
    common: Common,
    /// Whose numbers
    #[arg(long)]
    from: String,
    /// Who gets them; repeat for several
    #[arg(long, required = true)]
    to: Vec<String>,
    /// What happens above
    #[arg(long, value_enum, default_value = "grow")]
    above: CopyAbove,
}

/// A number that stays.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct LockArgs {
    #[command(flatten)]
    common: Common,
    /// Staff number, name or id of a person or unit
    #[arg(long)]
    who: String,
    /// A period of the year: 2026, 2026-Q1, 2026-03, 2026-03/W10
    #[arg(long)]
    period: Period,
    /// Release it instead
    #[arg(long)]
    release: bool,
}

pub(super) async fn change(args: ChangeArgs, context: &Context) -> anyhow::Result<()> {
    let (app, plan) = open(&args.common, context).await?;
    let edit = GoalEdit::Set {
        unit: unit_named(&app, args.common.goal(), &args.who).await?,
        period: args.period,
        amount: args.amount,
        above: args.above.into(),
    };
    apply(&app, plan, args.common, edit, context).await
}

pub(super) async fn shift(args: ShiftArgs, context: &Context) -> anyhow::Result<()> {
    let (app, plan) = open(&args.common, context).await?;
    let edit = GoalEdit::Shift {
        from: unit_named(&app, args.common.goal(), &args.from).await?,
        to: unit_named(&app, args.common.goal(), &args.to).await?,
        period: args.period,
        amount: args.amount,
    };
    apply(&app, plan, args.common, edit, context).await
}

pub(super) async fn revise(args: ReviseArgs, context: &Context) -> anyhow::Result<()> {
    let (app, plan) = open(&args.common, context).await?;
    let edit = GoalEdit::Revise {
        unit: unit_named(&app, args.common.goal(), &args.who).await?,
        from: args.from,
        amount: args.amount,
        above: args.above.into(),
    };
    apply(&app, plan, args.common, edit, context).await
}

pub(super) async fn copy(args: CopyArgs, context: &Context) -> anyhow::Result<()> {
    let (app, plan) = open(&args.common, context).await?;
    let from = unit_named(&app, args.common.goal(), &args.from).await?;
    let mut to = Vec::with_capacity(args.to.len());
    for who in &args.to {
        to.push(unit_named(&app, args.common.goal(), who).await?);
    }
    apply(
        &app,
        plan,
        args.common,
        GoalEdit::Copy {
            from,
            to,
            above: match args.above {
                CopyAbove::Grow => GoalAbove::Grow,
                CopyAbove::Units => GoalAbove::Units,
            },
        },
        context,
    )
    .await
}

pub(super) async fn lock(args: LockArgs, context: &Context) -> anyhow::Result<()> {
    let (app, plan) = open(&args.common, context).await?;
    let unit = unit_named(&app, args.common.goal(), &args.who).await?;
    let period = args.period;
    let edit = if args.release {
        GoalEdit::Unlock { unit, period }
    } else {
        GoalEdit::Lock { unit, period }
    };
    apply(&app, plan, args.common, edit, context).await
}

/// The store, and the goal in force in it.
async fn open(common: &Common, context: &Context) -> anyhow::Result<(Arc<Desk>, GoalPlanId)> {
    let access = if common.dry_run {
        Access::Read
    } else {
        Access::Change
    };
    let app = context.app(access).await?;
    // Before the names: who may not change goals sees only some of them.
    app.require(access::Right::SetGoals).await?;
    let (metric, year) = (common.metric, common.year);
    let plan = app.get_goal(GetGoal { metric, year }).await?.plan;
    let plan = plan.ok_or_else(|| Error::NoGoal {
        metric: metric.code().to_owned(),
        year,
    })?;
    Ok((app, plan.id))
}

/// The unit or person of the plan that a staff number, name or id means.
pub(super) async fn unit_named(
    app: &Desk,
    (metric, year): (GoalMetric, i32),
    key: &str,
) -> anyhow::Result<String> {
    let question = |search: Option<String>, offset| GetGoalGrid {
        metric,
        year,
        version: None,
        columns: GridColumns::Quarters,
        expanded: vec!["*".to_owned()],
        search,
        offset,
        limit: 400,
    };
    let is_id = uuid::Uuid::try_parse(key).is_ok();
    let search = (!is_id).then(|| key.to_owned());
    let (mut found, mut offset) = (Vec::new(), 0);
    loop {
        let grid = app.get_goal_grid(question(search.clone(), offset)).await?;
        offset += u32::try_from(grid.rows.len())?;
        let own = grid.rows.into_iter().filter(|row| {
            row.unit == key || row.name == key || row.staff_number.as_deref() == Some(key)
        });
        found.extend(own.map(|row| row.unit));
        if offset >= grid.total {
            break;
        }
    }
    match found.as_slice() {
        [one] => Ok(one.clone()),
        [] => Err(Error::NotFound {
            what: "unit_or_person",
            value: key.to_owned(),
        }
        .into()),
        _ => Err(Error::AmbiguousPerson {
            name: key.to_owned(),
        }
        .into()),
    }
}

async fn apply(
    app: &Desk,
    plan: GoalPlanId,
    common: Common,
    edit: GoalEdit,
    context: &Context,
) -> anyhow::Result<()> {
    let preview = common.dry_run;
    let done = app
        .edit_goal(EditGoal {
            plan,
            edits: vec![edit],
            frozen_before: common.frozen_before,
            reason: common.reason,
            preview,
        })
        .await?;
    if context.json {
        return output::json(&done);
    }
    output::notes(&done.notes);
    output::print(&said(&done, preview))?;
    print_differences(&Names::of(app).await?, &done.moved)
}

fn said(done: &GoalEdited, preview: bool) -> String {
    let params = [
        ("year", done.plan.year.to_string()),
        ("version", done.plan.version.to_string()),
        ("amount", done.plan.amount.to_string()),
        ("cells", done.changed.to_string()),
    ];
    let code = if preview {
        "goal_change_preview"
    } else {
        "goal_changed"
    };
    words::line(code, &params)
}

/// Numbers before and after, one a line.
pub(super) fn print_differences(names: &Names, rows: &[GoalDifference]) -> anyhow::Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let missing = || yeji_report::format::MISSING.to_owned();
    let rows: Vec<Vec<String>> = rows
        .iter()
        .map(|row| {
            vec![
                words::term("level", &row.level),
                names.shown(&row.unit, &row.name),
                row.period.to_string(),
                row.before.clone().unwrap_or_else(missing),
                row.after.clone().unwrap_or_else(missing),
            ]
        })
        .collect();
    let columns = [
        Left("level"),
        Left("name"),
        Left("period"),
        Right("before"),
        Right("after"),
    ];
    output::table(&columns, &rows)
}
