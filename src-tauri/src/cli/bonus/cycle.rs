//! `yeji bonus cycle`, `submit`, `approve-team`, `approve`, `approve-pay`, `send-back`, `pay`, `close`,
//! `reopen`, `restate`, `input`: how the bonuses of a period come to be paid.

use std::path::PathBuf;

use chrono::NaiveDate;
use yeji_app::api::NoArgs;
use yeji_app::api::bonus_cycle::{
    BonusCycle, CycleAction, CycleSummary, GetBonusCycle, RestateBonus, Restatement, StepBonusCycle,
};
use yeji_app::{Access, Desk};
use yeji_core::Money;
use yeji_core::calendar::Period;

use super::super::bonus_people;
use super::super::new_content::NewContent;
use super::super::output::Column::{Left, Right};
use super::super::people::{self, Names};
use super::super::{Context, output, refusal};
use crate::words;

/// Of which cycle.
#[derive(Debug, Clone, clap::Args)]
pub(in crate::cli) struct Of {
    /// A period of the plan: 2017-Q4, 2017-12
    period: Period,
    /// Code of the plan; the one in force without it
    #[arg(long, value_name = "CODE")]
    plan: Option<String>,
}

/// A step of what was seen: it is refused when the cycle has become another one since.
#[derive(Debug, Clone, clap::Args)]
pub(in crate::cli) struct Seen {
    #[command(flatten)]
    of: Of,
    /// What `yeji bonus cycle` showed as seen; without it the step is not taken, and what it would be is said
    #[arg(long, value_name = "STAMP")]
    seen: Option<String>,
}

/// Which cycles.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct CycleArgs {
    /// A period of the plan; all that have a run without it
    period: Option<Period>,
    /// Code of the plan; the one in force without it
    #[arg(long, value_name = "CODE")]
    plan: Option<String>,
}

/// Handing in.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct SubmitArgs {
    #[command(flatten)]
    of: Of,
    /// Staff number, name or id of somebody whose pay waits
    #[arg(long, value_name = "WHO")]
    hold: Vec<String>,
    /// Why pay waits that could be paid
    #[arg(long)]
    reason: Option<String>,
}

/// A team.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct TeamArgs {
    #[command(flatten)]
    what: Seen,
    /// Name or id of the unit
    #[arg(long)]
    unit: String,
    /// Why somebody else approves it than who leads it
    #[arg(long)]
    reason: Option<String>,
}

/// A step that may need a reason.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct ReasonArgs {
    #[command(flatten)]
    what: Seen,
    /// Why
    #[arg(long)]
    reason: Option<String>,
}

/// Sending back.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct SendBackArgs {
    #[command(flatten)]
    of: Of,
    /// Why
    #[arg(long)]
    reason: Option<String>,
}

/// A payment.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct PayArgs {
    #[command(flatten)]
    what: Seen,
    /// The day of payment; today without it
    #[arg(long, value_name = "DAY")]
    on: Option<NaiveDate>,
}

/// Opening again.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct ReopenArgs {
    #[command(flatten)]
    what: Seen,
    /// Why: who asks says it; another person then opens without it
    #[arg(long)]
    reason: Option<String>,
    /// Refuse what somebody asked for, with a reason
    #[arg(long)]
    refuse: bool,
}

/// A recalculation.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct RestateArgs {
    #[command(flatten)]
    of: Of,
    /// Only compute and show
    #[arg(long)]
    preview: bool,
}

/// A frozen input.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct InputArgs {
    #[command(flatten)]
    of: Of,
    /// The file; its SHA-256 is the run's `inputs_hash`
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

pub(super) async fn cycle(args: CycleArgs, context: &Context) -> anyhow::Result<()> {
    let app = context.app(Access::Read).await?;
    let Some(period) = args.period else {
        let list = app.list_bonus_cycles(NoArgs {}).await?;
        return say_list(&list, context);
    };
    let plan = args.plan;
    let cycle = app.get_bonus_cycle(GetBonusCycle { period, plan }).await?;
    say(&app, &cycle, context).await
}

pub(super) async fn submit(args: SubmitArgs, context: &Context) -> anyhow::Result<()> {
    let app = context.app(Access::Change).await?;
    let mut hold = Vec::new();
    for key in &args.hold {
        hold.push(people::person_named(&app, key).await?);
    }
    let step = StepBonusCycle {
        hold,
        reason: args.reason,
        ..step(args.of, CycleAction::Submit)
    };
    take(&app, step, None, context).await
}

pub(super) async fn approve_team(args: TeamArgs, context: &Context) -> anyhow::Result<()> {
    let app = context.app(Access::Change).await?;
    let step = StepBonusCycle {
        unit: Some(bonus_people::unit_named(&app, &args.unit).await?),
        reason: args.reason,
        ..step(args.what.of, CycleAction::ApproveTeam)
    };
    take_seen(&app, step, args.what.seen, context).await
}

/// A step that is nothing but the action, with a reason where one is given.
pub(super) async fn plain(
    args: ReasonArgs,
    action: CycleAction,
    context: &Context,
) -> anyhow::Result<()> {
    let app = context.app(Access::Change).await?;
    let step = StepBonusCycle {
        reason: args.reason,
        ..step(args.what.of, action)
    };
    take_seen(&app, step, args.what.seen, context).await
}

pub(super) async fn send_back(args: SendBackArgs, context: &Context) -> anyhow::Result<()> {
    let app = context.app(Access::Change).await?;
    let step = StepBonusCycle {
        reason: args.reason,
        ..step(args.of, CycleAction::SendBack)
    };
    take(&app, step, None, context).await
}

pub(super) async fn pay(args: PayArgs, context: &Context) -> anyhow::Result<()> {
    let app = context.app(Access::Change).await?;
    let step = StepBonusCycle {
        on: args.on,
        ..step(args.what.of, CycleAction::Pay)
    };
    take_seen(&app, step, args.what.seen, context).await
}

/// Who has seen that it was asked for opens or refuses; anybody else asks.
pub(super) async fn reopen(args: ReopenArgs, context: &Context) -> anyhow::Result<()> {
    let app = context.app(Access::Change).await?;
    let (period, plan) = (args.what.of.period, args.what.of.plan.clone());
    let cycle = app.get_bonus_cycle(GetBonusCycle { period, plan }).await?;
    let mut kinds = cycle.steps.iter().map(|step| step.kind.as_str());
    let last = kinds
        .rfind(|kind| kind.ends_with("reopen"))
        .unwrap_or_default();
    let action = match (args.refuse, last == "ask_reopen") {
        (true, _) => CycleAction::RefuseReopen,
        (false, true) => CycleAction::Reopen,
        (false, false) => CycleAction::AskReopen,
    };
    let step = StepBonusCycle {
        reason: args.reason,
        ..step(args.what.of, action)
    };
    if action == CycleAction::AskReopen {
        return take(&app, step, args.what.seen, context).await;
    }
    take_seen(&app, step, args.what.seen, context).await
}

pub(super) async fn restate(args: RestateArgs, context: &Context) -> anyhow::Result<()> {
    let access = if args.preview {
        Access::Read
    } else {
        Access::Change
    };
    let app = context.app(access).await?;
    let asked = RestateBonus {
        period: args.of.period,
        plan: args.of.plan,
        preview: args.preview,
    };
    let bar = output::Bar::new();
    let show = |step| bar.show(&step);
    let done = app.restate_bonus(asked, &show).await;
    bar.finish();
    let done = done?;
    if context.json {
        return output::json(&done);
    }
    output::notes(&done.notes);
    say_restatement(&Names::of(&app).await?, &done)?;
    if args.preview {
        return output::print(&words::line("dry_run", &[]));
    }
    Ok(())
}

pub(super) async fn input(args: InputArgs, context: &Context) -> anyhow::Result<()> {
    let app = context.app_to_export().await?;
    let file = NewContent::open(&args.out)?;
    let (period, plan) = (args.of.period, args.of.plan);
    let document = app
        .frozen_bonus_input(GetBonusCycle { period, plan })
        .await?;
    file.write(&document)?;
    let path = args.out.display().to_string();
    if context.json {
        return output::json(&serde_json::json!({ "file": path, "bytes": document.len() }));
    }
    let params = [("path", path), ("bytes", document.len().to_string())];
    output::print(&words::line("bonus_input_written", &params))
}

fn step(of: Of, action: CycleAction) -> StepBonusCycle {
    StepBonusCycle {
        period: of.period,
        plan: of.plan,
        action,
        expected: String::new(),
        unit: None,
        hold: Vec::new(),
        on: None,
        reason: None,
    }
}

/// Takes a step that promises money: of what was seen only. What was not seen is shown instead, and
/// the command fails, so that no script goes on as if the step were taken.
async fn take_seen(
    app: &Desk,
    step: StepBonusCycle,
    seen: Option<String>,
    context: &Context,
) -> anyhow::Result<()> {
    if seen.is_some() {
        return take(app, step, seen, context).await;
    }
    let (period, plan) = (step.period, step.plan);
    let now = app.get_bonus_cycle(GetBonusCycle { period, plan }).await?;
    let params = [
        ("action", step.action.code().to_owned()),
        ("period", period.to_string()),
        ("plan", now.plan),
        ("state", now.state.code().to_owned()),
        (
            "total",
            now.total.map(|total| total.to_string()).unwrap_or_default(),
        ),
        ("held", now.held.len().to_string()),
        ("stamp", now.stamp),
    ];
    Err(refusal("bonus_step_unseen", &params))
}

/// Takes a step of the cycle as it was seen; as it is now where that does not matter.
async fn take(
    app: &Desk,
    step: StepBonusCycle,
    seen: Option<String>,
    context: &Context,
) -> anyhow::Result<()> {
    let expected = if let Some(seen) = seen {
        seen
    } else {
        let (period, plan) = (step.period, step.plan.clone());
        let now = app.get_bonus_cycle(GetBonusCycle { period, plan });
        now.await?.stamp
    };
    let bar = output::Bar::new();
    let show = |step| bar.show(&step);
    let taken = app.step_bonus_cycle(StepBonusCycle { expected, ..step }, &show);
    let taken = taken.await;
    bar.finish();
    say(app, &taken?, context).await
}

async fn say(app: &Desk, cycle: &BonusCycle, context: &Context) -> anyhow::Result<()> {
    if context.json {
        return output::json(cycle);
    }
    let total = cycle.total.map(|total| total.to_string());
    let params = [
        ("period", cycle.period.to_string()),
        ("plan", cycle.plan.clone()),
        ("state", cycle.state.code().to_owned()),
        ("total", total.unwrap_or_default()),
        ("version", cycle.version.to_string()),
    ];
    output::print(&words::line("bonus_cycle", &params))?;
    output::print(&words::line(
        "bonus_cycle_seen",
        &[("stamp", cycle.stamp.clone())],
    ))?;
    output::notes(&cycle.waits_for);
    let can: Vec<&str> = cycle.can.iter().map(|action| action.code()).collect();
    if !can.is_empty() {
        let params = [("actions", can.join(", "))];
        output::print(&words::line("bonus_cycle_can", &params))?;
    }
    if let Some(drift) = cycle.drift {
        let params = [
            ("amount", drift.to_string()),
            ("period", cycle.period.to_string()),
        ];
        output::note_text(words::line("bonus_cycle_drift", &params));
    }
    say_teams(cycle)?;
    say_unusual(&Names::of(app).await?, cycle)?;
    say_steps(cycle)
}

fn say_teams(cycle: &BonusCycle) -> anyhow::Result<()> {
    if cycle.teams.is_empty() {
        return Ok(());
    }
    let rows: Vec<Vec<String>> = cycle
        .teams
        .iter()
        .map(|team| {
            vec![
                team.name.clone(),
                team.people.to_string(),
                told(team.total),
                team.approved_by.clone().unwrap_or_default(),
            ]
        })
        .collect();
    let columns = [
        Left("team"),
        Right("count"),
        Right("payout"),
        Left("approved_by"),
    ];
    output::table(&columns, &rows)?;
    output::notes(&cycle.notes);
    Ok(())
}

/// An amount, where it is told.
fn told(amount: Option<Money>) -> String {
    amount.map_or_else(
        || yeji_report::format::MISSING.to_owned(),
        |amount| amount.to_string(),
    )
}

fn say_unusual(names: &Names, cycle: &BonusCycle) -> anyhow::Result<()> {
    for held in &cycle.held {
        let params = [
            ("name", names.shown(&held.person.to_string(), &held.name)),
            ("reason", held.reason.clone().unwrap_or_default()),
        ];
        output::print(&words::line("bonus_held", &params))?;
    }
    for one in &cycle.anomalies {
        let params = [
            ("name", names.shown(&one.person.to_string(), &one.name)),
            ("kind", one.kind.clone()),
            ("text", words::say(&one.message)),
        ];
        output::print(&words::line("bonus_anomaly", &params))?;
    }
    Ok(())
}

fn say_steps(cycle: &BonusCycle) -> anyhow::Result<()> {
    if cycle.steps.is_empty() {
        return Ok(());
    }
    let rows: Vec<Vec<String>> = cycle
        .steps
        .iter()
        .map(|step| {
            vec![
                step.at.format("%Y-%m-%d %H:%M").to_string(),
                step.by.clone(),
                words::term("bonus_step", &step.kind),
                step.name.clone().unwrap_or_default(),
                step.on.map(|day| day.to_string()).unwrap_or_default(),
                step.reason.clone().unwrap_or_default(),
            ]
        })
        .collect();
    let columns = [
        Left("at"),
        Left("author"),
        Left("what"),
        Left("name"),
        Left("on"),
        Left("reason"),
    ];
    output::table(&columns, &rows)
}

fn say_list(list: &[CycleSummary], context: &Context) -> anyhow::Result<()> {
    if context.json {
        return output::json(&list);
    }
    let rows: Vec<Vec<String>> = list
        .iter()
        .map(|one| {
            let waits: Vec<String> = one.waits_for.iter().map(words::say).collect();
            vec![
                one.period.to_string(),
                one.plan.clone(),
                words::term("cycle_state", one.state.code()),
                told(one.total),
                waits.join("; "),
            ]
        })
        .collect();
    let columns = [
        Left("period"),
        Left("plan"),
        Left("state"),
        Right("total"),
        Left("waits_for"),
    ];
    output::table(&columns, &rows)
}

fn say_restatement(names: &Names, done: &Restatement) -> anyhow::Result<()> {
    let Some(into) = done.into else {
        let params = [("period", done.period.to_string())];
        return output::print(&words::line("bonus_restated_nothing", &params));
    };
    let rows: Vec<Vec<String>> = done
        .people
        .iter()
        .map(|one| {
            let causes: Vec<String> = one.causes.iter().map(words::say).collect();
            vec![
                names.shown(&one.person.to_string(), &one.name),
                one.settled.to_string(),
                one.now.to_string(),
                one.difference.to_string(),
                causes.join("; "),
            ]
        })
        .collect();
    let columns = [
        Left("name"),
        Right("settled"),
        Right("now"),
        Right("difference"),
        Left("cause"),
    ];
    output::table(&columns, &rows)?;
    let params = [
        ("period", done.period.to_string()),
        ("version", done.version.to_string()),
        ("into", into.to_string()),
        ("total", done.total.to_string()),
    ];
    output::print(&words::line("bonus_restated", &params))
}
