//! `yeji bonus`.

mod adjustment;
mod cycle;

use std::path::PathBuf;

use chrono::NaiveDate;
use serde::Serialize;
use yeji_app::api::bonus::{BonusRun, RunBonus};
use yeji_app::api::bonus_cycle::CycleAction;
use yeji_app::api::bonus_people::{GetBonusPlan, SavePlan};
use yeji_app::api::settings::SetTargetBonuses;
use yeji_app::{Access, access};
use yeji_bonus::Statement;
use yeji_core::calendar::Period;
use yeji_core::ids::PersonId;

use super::bonus_if;
use super::bonus_objectives;
use super::bonus_people::{self, AssignArgs, AssignmentsArgs, UnassignArgs};
use super::new_content::NewContent;
use super::output::Column::{Left, Right};
use super::people::{self, Names};
use super::{Context, bonus_papers, output};
use crate::words;

/// What to do with bonuses.
#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Calculate a period and keep the run with its statements
    Run(RunArgs),
    /// Set target bonuses from a day on
    Target(TargetArgs),
    /// Print the plan in force as TOML, or put another one in force
    Plan(PlanArgs),
    /// List plans to start from, or print one as TOML
    Templates(TemplatesArgs),
    /// How far the bonuses of a period are: approvals, what is unusual, what can be done next
    Cycle(cycle::CycleArgs),
    /// Hand the newest run in for approval; its complete input is frozen
    Submit(cycle::SubmitArgs),
    /// Approve the numbers of a unit
    ApproveTeam(cycle::TeamArgs),
    /// Approve the whole as HR
    Approve(cycle::ReasonArgs),
    /// Approve that it is paid, as another person than who approved as HR
    ApprovePay(cycle::ReasonArgs),
    /// Back to calculating, with a reason
    SendBack(cycle::SendBackArgs),
    /// Note that it was paid
    Pay(cycle::PayArgs),
    /// Close the books of a period that was paid
    Close(cycle::ReasonArgs),
    /// Ask for a period to be opened again, with a reason; another person opens it, or refuses
    Reopen(cycle::ReopenArgs),
    /// Lines beside what a plan pays
    #[command(subcommand)]
    Adjustment(adjustment::AdjustmentCommand),
    /// Recalculate a settled period with its plan and the facts of today; differences become adjustments
    /// of the next open period
    Restate(cycle::RestateArgs),
    /// Write the input that was frozen for a period to a file, byte for byte
    Input(cycle::InputArgs),
    /// List the company's plans with their versions, their days and how many people are under each
    Plans,
    /// Put people, a unit or everybody under a plan
    Assign(AssignArgs),
    /// End or remove an assignment
    Unassign(UnassignArgs),
    /// List who is under which plan
    Assignments(AssignmentsArgs),
    /// Objectives of people: list, set, judge, copy
    #[command(subcommand)]
    Objectives(bonus_objectives::Command),
    /// Write the statement of a person, or of everybody, as PDF
    Statement(bonus_papers::StatementArgs),
    /// Show the hash of a statement, or confirm the statement by it
    Confirm(bonus_papers::ConfirmArgs),
    /// Who has confirmed the statement of a period, and who not
    Confirmations(bonus_papers::ConfirmationsArgs),
    /// Write the file for payroll of a period
    Payroll(bonus_papers::PayrollArgs),
    /// What an open deal would pay, and why
    Deal(bonus_if::DealArgs),
    /// What a year pays somebody: kept, calculated so far, and expected
    Expected(bonus_if::ExpectedArgs),
    /// What other plans would have cost over past periods; nothing is kept
    WhatIf(bonus_if::WhatIfArgs),
}

/// Which template.
#[derive(Debug, clap::Args)]
pub(super) struct TemplatesArgs {
    /// Print this one
    #[arg(value_name = "CODE")]
    code: Option<String>,
}

/// Which plan.
#[derive(Debug, clap::Args)]
pub(super) struct PlanArgs {
    /// Keep this plan document (TOML or JSON) as a new version and put it in force
    #[arg(long, value_name = "FILE")]
    set: Option<PathBuf>,
    /// Print this plan of the company instead of that of everybody
    #[arg(long, value_name = "CODE", conflicts_with = "set")]
    code: Option<String>,
    /// First day on which the new version holds; without one the first plan of a store holds all the time,
    /// others from the next period of their kind that nobody has approved
    #[arg(long, value_name = "DATE", requires = "set")]
    from: Option<NaiveDate>,
    /// The new version holds all the time
    #[arg(long, requires = "set", conflicts_with = "from")]
    always: bool,
    /// Only for those who are assigned to it: the plan of everybody stays
    #[arg(long, requires = "set")]
    assigned_only: bool,
}

/// Which period.
#[derive(Debug, clap::Args)]
pub(super) struct RunArgs {
    /// A period of the plan: 2017-Q4, 2017-12
    #[arg(long)]
    period: Period,
    /// Plan document (TOML or JSON) instead of the plan in force; a kept run keeps it as a version,
    /// but does not put it in force
    #[arg(long, value_name = "FILE")]
    plan: Option<PathBuf>,
    /// Run this plan of the company, with those who are under it
    #[arg(long, value_name = "CODE")]
    code: Option<String>,
    /// Also write the complete input of `yeji engine bonus.calculate` to this file; its SHA-256 is
    /// the run's `inputs_hash`
    #[arg(long, value_name = "FILE")]
    input: Option<PathBuf>,
    /// Only compute and show; works while the window is open
    #[arg(long)]
    dry_run: bool,
    /// Staff number, name or id: statements of these people only; such a run is never handed in
    #[arg(long)]
    person: Vec<String>,
}

/// Whose target bonus.
#[derive(Debug, clap::Args)]
pub(super) struct TargetArgs {
    /// Amount per quarter in major units
    #[arg(long, allow_hyphen_values = true)]
    amount: String,
    /// First day
    #[arg(long, value_name = "DATE")]
    from: NaiveDate,
    /// Staff number, name or id of anybody, leavers too; without one everybody who carries a goal today
    #[arg(long)]
    person: Vec<String>,
}

#[derive(Debug, Serialize)]
struct RunJson<'a> {
    run: &'a BonusRun,
    statements: &'a [Statement],
    /// Mark of the audit log, with this run as its newest entry.
    audit_head: Option<String>,
}

pub(super) async fn run(command: Command, context: &Context) -> anyhow::Result<()> {
    match command {
        Command::Run(args) => run_period(args, context).await,
        Command::Target(args) => target(args, context).await,
        Command::Plan(args) => plan(args, context).await,
        Command::Templates(args) => templates(args, context),
        Command::Cycle(args) => cycle::cycle(args, context).await,
        Command::Submit(args) => cycle::submit(args, context).await,
        Command::ApproveTeam(args) => cycle::approve_team(args, context).await,
        Command::Approve(args) => cycle::plain(args, CycleAction::ApproveHr, context).await,
        Command::ApprovePay(args) => cycle::plain(args, CycleAction::ApprovePay, context).await,
        Command::SendBack(args) => cycle::send_back(args, context).await,
        Command::Pay(args) => cycle::pay(args, context).await,
        Command::Close(args) => cycle::plain(args, CycleAction::Close, context).await,
        Command::Reopen(args) => cycle::reopen(args, context).await,
        Command::Adjustment(command) => adjustment::run(command, context).await,
        Command::Restate(args) => cycle::restate(args, context).await,
        Command::Input(args) => cycle::input(args, context).await,
        Command::Plans => bonus_people::plans(context).await,
        Command::Assign(args) => bonus_people::assign(args, context).await,
        Command::Unassign(args) => bonus_people::unassign(args, context).await,
        Command::Assignments(args) => bonus_people::assignments(args, context).await,
        Command::Objectives(command) => bonus_objectives::run(command, context).await,
        Command::Statement(args) => bonus_papers::statement(args, context).await,
        Command::Confirm(args) => bonus_papers::confirm(args, context).await,
        Command::Confirmations(args) => bonus_papers::confirmations(args, context).await,
        Command::Payroll(args) => bonus_papers::payroll(args, context).await,
        Command::Deal(args) => bonus_if::deal(args, context).await,
        Command::Expected(args) => bonus_if::expected(args, context).await,
        Command::WhatIf(args) => Box::pin(bonus_if::what_if(args, context)).await,
    }
}

async fn plan(args: PlanArgs, context: &Context) -> anyhow::Result<()> {
    let plan = match args.set {
        None => {
            let app = context.app(Access::Read).await?;
            let plan = args.code;
            app.get_bonus_plan(GetBonusPlan {
                plan,
                version: None,
            })
            .await?
        }
        Some(path) => {
            let app = context.app(Access::Change).await?;
            app.require(access::Right::EditBonusPlan).await?;
            let text = yeji_app::read_text(&path)?;
            let save = SavePlan {
                plan: text,
                from: if args.always {
                    Some(yeji_core::org::OPEN_START)
                } else {
                    args.from
                },
                everybody: args.assigned_only.then_some(false),
            };
            let change = app.preview_bonus_plan(save.clone()).await?;
            output::notes(&change.notes);
            app.save_bonus_plan(save).await?
        }
    };
    if context.json {
        return output::json(&plan);
    }
    let problems: Vec<_> = plan
        .problems
        .into_iter()
        .map(|problem| problem.message)
        .collect();
    output::notes(&problems);
    output::print(plan.document.trim_end())
}

/// Templates are part of the program: no store is opened for them.
fn templates(args: TemplatesArgs, context: &Context) -> anyhow::Result<()> {
    let mut plans = Vec::new();
    for document in yeji_bonus::TEMPLATES {
        plans.push((document, yeji_bonus::parse_plan(document)?));
    }
    let Some(code) = args.code else {
        if context.json {
            let plans: Vec<_> = plans.into_iter().map(|(_, plan)| plan).collect();
            return output::json(&plans);
        }
        let rows: Vec<Vec<String>> = plans
            .into_iter()
            .map(|(_, plan)| vec![plan.code, plan.name.zh, plan.name.en])
            .collect();
        return output::table(&[Left("code"), Left("name_zh"), Left("name_en")], &rows);
    };
    let found = plans.into_iter().find(|(_, plan)| plan.code == code);
    let (document, plan) = found.ok_or(yeji_app::Error::NotFound {
        what: "bonus plan",
        value: code,
    })?;
    if context.json {
        return output::json(&plan);
    }
    output::print(document.trim_end())
}

async fn run_period(args: RunArgs, context: &Context) -> anyhow::Result<()> {
    let text = match &args.plan {
        Some(path) => Some(yeji_app::read_text(path)?),
        None => None,
    };
    // A trial changes nothing, but with --input it writes everybody's goals and pay to a file.
    let app = match (args.dry_run, &args.input) {
        (true, None) => context.app(Access::Read).await?,
        (true, Some(_)) => context.app_to_export().await?,
        (false, _) => context.app(Access::Change).await?,
    };
    let mut people = Vec::new();
    for key in &args.person {
        people.push(people::person_named(&app, key).await?);
    }
    let request = RunBonus {
        period: args.period,
        plan: args.code,
        preview: args.dry_run,
        people: (!people.is_empty()).then_some(people),
    };
    let document = args.input.as_deref().map(NewContent::open).transpose()?;
    let bar = output::Bar::new();
    let to_file = document.is_some();
    let show = |step| bar.show(&step);
    let calculation = app
        .run_bonus_with(request, text.as_deref(), to_file, &show)
        .await;
    bar.finish();
    let calculation = calculation?;
    if let Some(document) = document {
        document.write(&calculation.input)?;
    }
    let run = &calculation.run;
    if context.json {
        return output::json(&RunJson {
            run,
            statements: &calculation.output.statements,
            audit_head: app.audit_head().await?,
        });
    }
    output::notes(&run.notes);
    let names = Names::of(&app).await?;
    let missing = || yeji_report::format::MISSING.to_owned();
    let mut rows = Vec::new();
    for statement in &run.statements {
        rows.push(vec![
            names.shown(&statement.person.to_string(), &statement.name),
            statement
                .goal
                .map_or_else(missing, yeji_core::Money::to_major),
            statement
                .actual
                .map_or_else(missing, yeji_core::Money::to_major),
            match &statement.attainment {
                Some(ratio) => yeji_report::format::percent(ratio.parse()?)?,
                None => missing(),
            },
            statement
                .target_bonus
                .map_or_else(missing, yeji_core::Money::to_major),
            // What is blocked is not paid as it is, however much of it is known.
            if statement.blocked {
                missing()
            } else {
                statement.payout.to_major()
            },
        ]);
    }
    let columns = [
        Left("name"),
        Right("goal"),
        Right("actual"),
        Right("attainment"),
        Right("target_bonus"),
        Right("payout"),
    ];
    output::table(&columns, &rows)?;
    let total = [("amount", run.total.to_string())];
    output::print(&words::line("total", &total))?;
    match app.audit_head().await? {
        Some(head) => output::print(&words::line("audit_head", &[("head", head)])),
        None => Ok(()),
    }
}

async fn target(args: TargetArgs, context: &Context) -> anyhow::Result<()> {
    let app = context.app(Access::Change).await?;
    let mut people: Vec<PersonId> = Vec::new();
    for key in &args.person {
        people.push(people::person_named(&app, key).await?);
    }
    let rows = app
        .set_target_bonuses(SetTargetBonuses {
            people,
            per_quarter: args.amount,
            from: args.from,
        })
        .await?;
    if context.json {
        return output::json(&rows);
    }
    let names = Names::of(&app).await?;
    let rows: Vec<Vec<String>> = rows
        .into_iter()
        .map(|row| {
            let amount = row
                .per_quarter
                .map_or_else(|| "—".to_owned(), yeji_core::Money::to_major);
            vec![
                names.shown(&row.person.to_string(), &row.name),
                row.team.unwrap_or_default(),
                amount,
                row.from.map(|d| d.to_string()).unwrap_or_default(),
            ]
        })
        .collect();
    let columns = [
        Left("name"),
        Left("team"),
        Right("per_quarter"),
        Left("from"),
    ];
    output::table(&columns, &rows)
}
