//! `yeji goal round`, `propose`, `adjust`, `submit`, `send-back`, `adopt`: numbers from below.

use std::sync::Arc;

use chrono::NaiveDate;
use yeji_app::api::goal_round::{
    AdjustGoal, AdoptGoals, GetGoalRound, GoalRoundArgs, GoalRoundInfo, GoalRoundRow,
    GoalRoundStep, GoalRoundView, OpenGoalRound, ProposeGoal, SendGoalsBack, SetGoalRoundDays,
    SubmitGoals,
};
use yeji_app::{Access, Desk, Error};
use yeji_core::ids::{GoalPlanId, GoalRoundId};
use yeji_core::metric::GoalMetric;

use super::super::output::Column::{Left, Right};
use super::super::people::{self, Names};
use super::super::{Context, arguments, output};
use super::change::{Above, print_differences, unit_named};
use crate::words;

/// Rows of a window.
const WINDOW: u32 = 400;

/// What to do with rounds.
#[derive(Debug, clap::Subcommand)]
pub(in crate::cli) enum RoundCommand {
    /// Open a round on the goal in force
    Open(DaysArgs),
    /// Show goals, numbers from below and gaps at every level
    Show(ShowArgs),
    /// Give the open round other days
    Days(DaysArgs),
    /// Close the open round
    Close(GoalArgs),
}

/// Which goal.
#[derive(Debug, Clone, clap::Args)]
pub(in crate::cli) struct GoalArgs {
    /// Figure
    #[arg(long, default_value = "won_amount", value_parser = arguments::goal_metric())]
    pub metric: GoalMetric,
    /// Year
    #[arg(long)]
    pub year: i32,
}

/// Until when.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct DaysArgs {
    #[command(flatten)]
    goal: GoalArgs,
    /// The last day for people
    #[arg(long, value_name = "DAY")]
    people_due: NaiveDate,
    /// The last day for managers
    #[arg(long, value_name = "DAY")]
    managers_due: NaiveDate,
}

/// What of a round.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct ShowArgs {
    #[command(flatten)]
    goal: GoalArgs,
    /// Only units, without people
    #[arg(long)]
    units: bool,
}

/// An own number.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct ProposeArgs {
    #[command(flatten)]
    goal: GoalArgs,
    /// Whose; the own one without it. Only HR names somebody else
    #[arg(long)]
    who: Option<String>,
    /// Major units of the whole year
    #[arg(long, allow_hyphen_values = true)]
    amount: String,
    /// Why
    #[arg(long)]
    note: Option<String>,
}

/// A manager's number.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct AdjustArgs {
    #[command(flatten)]
    goal: GoalArgs,
    /// Staff number, name or id of a person
    #[arg(long)]
    who: String,
    /// Major units of the whole year; without it the person's own number counts again
    #[arg(long, allow_hyphen_values = true)]
    amount: Option<String>,
    /// Why; the person sees it
    #[arg(long)]
    reason: String,
}

/// A unit that is handed in.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct SubmitArgs {
    #[command(flatten)]
    goal: GoalArgs,
    /// Name or id of a unit
    #[arg(long)]
    unit: String,
    /// Words to it
    #[arg(long)]
    note: Option<String>,
}

/// A unit that is opened again.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct SendBackArgs {
    #[command(flatten)]
    goal: GoalArgs,
    /// Name or id of a unit
    #[arg(long)]
    unit: String,
    /// Why
    #[arg(long)]
    reason: String,
}

/// Numbers that become goals.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct AdoptArgs {
    #[command(flatten)]
    goal: GoalArgs,
    /// Staff number, name or id of a person or unit; everybody without it
    #[arg(long)]
    who: Option<String>,
    /// What happens above
    #[arg(long, value_enum, default_value = "grow")]
    above: Above,
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

pub(super) async fn round(command: RoundCommand, context: &Context) -> anyhow::Result<()> {
    match command {
        RoundCommand::Open(args) => {
            let app = context.app(Access::Change).await?;
            let opened = app.open_goal_round(OpenGoalRound {
                metric: args.goal.metric,
                year: args.goal.year,
                people_due: args.people_due,
                managers_due: args.managers_due,
            });
            say_round(&opened.await?, context)
        }
        RoundCommand::Days(args) => {
            let (app, round) = open(&args.goal, context).await?;
            let days = app.set_goal_round_days(SetGoalRoundDays {
                round,
                people_due: args.people_due,
                managers_due: args.managers_due,
            });
            say_round(&days.await?, context)
        }
        RoundCommand::Close(args) => {
            let (app, round) = open(&args, context).await?;
            let closed = app.close_goal_round(GoalRoundArgs { round }).await?;
            say_round(&closed, context)
        }
        RoundCommand::Show(args) => show(&args, context).await,
    }
}

fn say_round(round: &GoalRoundInfo, context: &Context) -> anyhow::Result<()> {
    if context.json {
        return output::json(round);
    }
    output::print(&round_line(round))
}

fn round_line(round: &GoalRoundInfo) -> String {
    let closed = round.closed_at.map(|at| at.format("%Y-%m-%d").to_string());
    let params = [
        ("year", round.year.to_string()),
        ("people", round.people_due.to_string()),
        ("managers", round.managers_due.to_string()),
        ("said", round.said.to_string()),
        ("missing", round.missing.to_string()),
        ("submitted", round.teams_submitted.to_string()),
        ("teams", round.teams.to_string()),
        ("closed", closed.unwrap_or_default()),
    ];
    words::line("goal_round", &params)
}

/// The store, and the newest round of a goal.
async fn open(goal: &GoalArgs, context: &Context) -> anyhow::Result<(Arc<Desk>, GoalRoundId)> {
    let app = context.app(Access::Change).await?;
    let round = newest(&app, goal).await?;
    Ok((app, round))
}

async fn newest(app: &Desk, goal: &GoalArgs) -> anyhow::Result<GoalRoundId> {
    let round = window(app, goal, 0, 0).await?.round;
    let round = round.ok_or_else(|| Error::NotFound {
        what: "goal_round",
        value: goal.year.to_string(),
    })?;
    Ok(round.id)
}

async fn window(
    app: &Desk,
    goal: &GoalArgs,
    offset: u32,
    limit: u32,
) -> anyhow::Result<GoalRoundView> {
    let args = GetGoalRound {
        metric: goal.metric,
        year: goal.year,
        round: None,
        expanded: vec!["*".to_owned()],
        search: None,
        offset,
        limit,
    };
    Ok(app.get_goal_round(args).await?)
}

async fn show(args: &ShowArgs, context: &Context) -> anyhow::Result<()> {
    let app = context.app(Access::Read).await?;
    let mut view = window(&app, &args.goal, 0, WINDOW).await?;
    while u32::try_from(view.rows.len())? < view.total {
        let offset = u32::try_from(view.rows.len())?;
        let next = window(&app, &args.goal, offset, WINDOW).await?;
        if next.rows.is_empty() {
            break;
        }
        view.rows.extend(next.rows);
    }
    if args.units {
        view.rows.retain(|row| row.level != "person");
    }
    if context.json {
        return output::json(&view);
    }
    let Some(round) = &view.round else {
        let params = [("year", args.goal.year.to_string())];
        return output::print(&words::line("goal_round_none", &params));
    };
    output::print(&round_line(round))?;
    print_rows(&Names::of(&app).await?, &view.rows)?;
    if let Some(day) = view.last_year_until {
        let params = [
            ("year", (args.goal.year - 1).to_string()),
            ("day", day.to_string()),
        ];
        output::note_text(words::line("goal_round_so_far", &params));
    }
    Ok(())
}

/// Goal, numbers from below and gap of each.
fn print_rows(names: &Names, rows: &[GoalRoundRow]) -> anyhow::Result<()> {
    let missing = || yeji_report::format::MISSING.to_owned();
    let mut table = Vec::with_capacity(rows.len());
    for row in rows {
        let growth = match &row.growth_expected {
            Some(ratio) => yeji_report::format::percent(ratio.parse()?)?,
            None => missing(),
        };
        let own = row.proposal.as_ref().map(|one| one.amount.clone());
        table.push(vec![
            words::term("level", &row.level),
            names.shown(&row.unit, &row.name),
            row.goal.clone(),
            own.unwrap_or_else(missing),
            row.bottom_up.clone().unwrap_or_else(missing),
            row.missing.to_string(),
            row.gap.clone().unwrap_or_else(missing),
            row.expected.clone(),
            growth,
            words::term("goal_round_state", state(row)),
        ]);
    }
    let columns = [
        Left("level"),
        Left("name"),
        Right("goal"),
        Right("proposed"),
        Right("bottom_up"),
        Right("missing"),
        Right("gap"),
        Right("expected"),
        Right("of_last_year"),
        Left("state"),
    ];
    output::table(&columns, &table)
}

fn state(row: &GoalRoundRow) -> &'static str {
    match (row.read_only, row.late) {
        (true, true) => "submitted_late",
        (true, false) => "submitted",
        (false, true) => "late",
        (false, false) => "open",
    }
}

pub(super) async fn propose(args: ProposeArgs, context: &Context) -> anyhow::Result<()> {
    let (app, round) = open(&args.goal, context).await?;
    let person = match &args.who {
        Some(who) => Some(people::person_named(&app, who).await?),
        None => None,
    };
    let done = app
        .propose_goal(ProposeGoal {
            round,
            person,
            amount: args.amount,
            note: args.note,
        })
        .await?;
    say_step("goal_proposed", &done, context)
}

pub(super) async fn adjust(args: AdjustArgs, context: &Context) -> anyhow::Result<()> {
    let (app, round) = open(&args.goal, context).await?;
    let person = people::person_named(&app, &args.who).await?;
    let done = app
        .adjust_goal(AdjustGoal {
            round,
            person,
            amount: args.amount,
            reason: args.reason,
        })
        .await?;
    say_step("goal_adjusted", &done, context)
}

pub(super) async fn submit(args: SubmitArgs, context: &Context) -> anyhow::Result<()> {
    let (app, round) = open(&args.goal, context).await?;
    let unit = unit_named(&app, (args.goal.metric, args.goal.year), &args.unit).await?;
    let note = args.note;
    let done = app.submit_goals(SubmitGoals { round, unit, note }).await?;
    say_step("goal_handed_in", &done, context)
}

pub(super) async fn send_back(args: SendBackArgs, context: &Context) -> anyhow::Result<()> {
    let (app, round) = open(&args.goal, context).await?;
    let unit = unit_named(&app, (args.goal.metric, args.goal.year), &args.unit).await?;
    let reason = args.reason;
    let back = SendGoalsBack {
        round,
        unit,
        reason,
    };
    say_step("goal_sent_back", &app.send_goals_back(back).await?, context)
}

/// A row after a step.
fn say_step(code: &str, done: &GoalRoundStep, context: &Context) -> anyhow::Result<()> {
    if context.json {
        return output::json(done);
    }
    output::notes(&done.notes);
    let row = &done.row;
    let own = row.proposal.as_ref().map(|one| one.amount.clone());
    let params = [
        ("name", row.name.clone()),
        ("goal", row.goal.clone()),
        ("own", own.unwrap_or_default()),
        ("number", row.bottom_up.clone().unwrap_or_default()),
        ("gap", row.gap.clone().unwrap_or_default()),
        ("missing", row.missing.to_string()),
    ];
    output::print(&words::line(code, &params))
}

pub(super) async fn adopt(args: AdoptArgs, context: &Context) -> anyhow::Result<()> {
    let access = if args.dry_run {
        Access::Read
    } else {
        Access::Change
    };
    let app = context.app(access).await?;
    let view = window(&app, &args.goal, 0, 0).await?;
    let round = newest(&app, &args.goal).await?;
    let plan: GoalPlanId = view
        .plan
        .ok_or_else(|| Error::NoGoal {
            metric: args.goal.metric.code().to_owned(),
            year: args.goal.year,
        })?
        .id;
    let unit = match &args.who {
        Some(who) => Some(unit_named(&app, (args.goal.metric, args.goal.year), who).await?),
        None => None,
    };
    let done = app
        .adopt_goals(AdoptGoals {
            round,
            plan,
            unit,
            above: args.above.into(),
            frozen_before: args.frozen_before,
            reason: args.reason,
            preview: args.dry_run,
        })
        .await?;
    if context.json {
        return output::json(&done);
    }
    output::notes(&done.notes);
    output::notes(&done.edited.notes);
    let params = [
        ("people", done.people.to_string()),
        ("version", done.edited.plan.version.to_string()),
        ("amount", done.edited.plan.amount.to_string()),
    ];
    let code = if args.dry_run {
        "goal_adopt_preview"
    } else {
        "goal_adopted"
    };
    output::print(&words::line(code, &params))?;
    print_differences(&Names::of(&app).await?, &done.edited.moved)
}
