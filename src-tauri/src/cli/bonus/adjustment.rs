//! `yeji bonus adjustment`: lines beside what a plan pays, and what was decided on them.

use yeji_app::api::bonus_cycle::{
    AddBonusAdjustment, AdjustmentRow, DecideBonusAdjustments, ListBonusAdjustments,
};
use yeji_app::{Access, Error};
use yeji_core::Money;
use yeji_core::bonus_cycle::Decision;
use yeji_core::calendar::Period;
use yeji_core::ids::BonusAdjustmentId;

use super::super::output::Column::{Left, Right};
use super::super::people::{self, Names};
use super::super::{Context, output};
use crate::words;

/// What to do with adjustments.
#[derive(Debug, clap::Subcommand)]
pub(in crate::cli) enum AdjustmentCommand {
    /// Enter one for the statement of a period that is open; it is paid when a second person approves it
    Add(AddArgs),
    /// List them, newest first
    List {
        /// In the statements of this period
        #[arg(long)]
        period: Option<Period>,
    },
    /// Approve some, as another person than who entered them; all or none
    Approve(DecideArgs),
    /// Refuse some; all or none
    Refuse(DecideArgs),
    /// Take own ones back; all or none
    Withdraw(DecideArgs),
}

/// A line.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct AddArgs {
    /// Staff number, name or id
    #[arg(long)]
    person: String,
    /// In the statement of this period
    #[arg(long)]
    period: Period,
    /// Code of the plan; the one in force without it
    #[arg(long, value_name = "CODE")]
    plan: Option<String>,
    /// Major units, below zero too
    #[arg(long, allow_hyphen_values = true)]
    amount: String,
    /// Why
    #[arg(long)]
    reason: String,
}

/// Which.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct DecideArgs {
    /// Ids, as the list shows them
    #[arg(required = true, value_name = "ID")]
    ids: Vec<String>,
    /// Why
    #[arg(long)]
    reason: Option<String>,
}

pub(super) async fn run(command: AdjustmentCommand, context: &Context) -> anyhow::Result<()> {
    match command {
        AdjustmentCommand::Add(args) => add(args, context).await,
        AdjustmentCommand::List { period } => {
            let app = context.app(Access::Read).await?;
            let rows = app
                .list_bonus_adjustments(ListBonusAdjustments { period })
                .await?;
            say(&Names::of(&app).await?, &rows, context)
        }
        AdjustmentCommand::Approve(args) => decide(args, Decision::Approved, context).await,
        AdjustmentCommand::Refuse(args) => decide(args, Decision::Refused, context).await,
        AdjustmentCommand::Withdraw(args) => decide(args, Decision::Withdrawn, context).await,
    }
}

async fn add(args: AddArgs, context: &Context) -> anyhow::Result<()> {
    let app = context.app(Access::Change).await?;
    let person = people::person_named(&app, &args.person).await?;
    let status = app.get_status(yeji_app::api::NoArgs {}).await?;
    let currency = status.currency;
    let row = app
        .add_bonus_adjustment(AddBonusAdjustment {
            person,
            period: args.period,
            plan: args.plan,
            amount: Money::parse_major(&args.amount, currency).map_err(Error::from)?,
            reason: args.reason,
        })
        .await?;
    say(&Names::of(&app).await?, &[row], context)
}

async fn decide(args: DecideArgs, decision: Decision, context: &Context) -> anyhow::Result<()> {
    let app = context.app(Access::Change).await?;
    let mut adjustments: Vec<BonusAdjustmentId> = Vec::new();
    for id in &args.ids {
        adjustments.push(id.parse().map_err(Error::from)?);
    }
    let rows = app
        .decide_bonus_adjustments(DecideBonusAdjustments {
            adjustments,
            decision,
            reason: args.reason,
        })
        .await?;
    say(&Names::of(&app).await?, &rows, context)
}

fn say(names: &Names, rows: &[AdjustmentRow], context: &Context) -> anyhow::Result<()> {
    if context.json {
        return output::json(&rows);
    }
    let rows: Vec<Vec<String>> = rows
        .iter()
        .map(|row| {
            let causes = row.cause.iter().map(words::say);
            let why: Vec<String> = std::iter::once(row.reason.clone()).chain(causes).collect();
            vec![
                row.id.to_string(),
                row.period.to_string(),
                names.shown(&row.person.to_string(), &row.name),
                row.amount.to_string(),
                words::term("adjustment_state", &row.state),
                row.by.clone(),
                row.decided_by.clone().unwrap_or_default(),
                why.join("; "),
            ]
        })
        .collect();
    let columns = [
        Left("id"),
        Left("period"),
        Left("name"),
        Right("amount"),
        Left("state"),
        Left("author"),
        Left("decided_by"),
        Left("reason"),
    ];
    output::table(&columns, &rows)
}
