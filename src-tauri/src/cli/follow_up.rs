//! `yeji follow-up` and `yeji feedback`: what somebody did, means to do next, and says to HR.

use chrono::NaiveDate;
use yeji_app::Access;
use yeji_app::api::NoArgs;
use yeji_app::api::follow_up::{
    AddFeedback, AddInteraction, AddNextStep, FeedbackRow, FollowUps, ListFollowUps,
};
use yeji_app::host::Clock as _;

use super::output::Column::Left;
use super::{Context, output};
use crate::outside::SystemClock;
use crate::words;

/// What to do with follow-ups.
#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// What was done about a deal's customer, and is to be done next
    List {
        /// Number or id of the deal
        deal: String,
    },
    /// Note what you did about the deal's customer
    Add {
        /// Number or id of the deal
        deal: String,
        /// What was said
        note: String,
        /// visit, call, meeting or message
        #[arg(long, default_value = "call")]
        kind: String,
        /// When; without it today
        #[arg(long, value_name = "DAY")]
        on: Option<NaiveDate>,
    },
    /// Note what you mean to do next about a deal
    Next {
        /// Number or id of the deal
        deal: String,
        /// What
        step: String,
        /// Until when
        #[arg(long, value_name = "DAY")]
        due: Option<NaiveDate>,
    },
}

/// What to do with feedback.
#[derive(Debug, clap::Subcommand)]
pub(super) enum Feedback {
    /// Your own; for HR that of everybody
    List,
    /// Say something to HR
    Add {
        /// The words
        words: String,
    },
}

pub(super) async fn run(command: Command, context: &Context) -> anyhow::Result<()> {
    let access = match command {
        Command::List { .. } => Access::Read,
        _ => Access::Change,
    };
    let desk = context.app(access).await?;
    let follow_ups = match command {
        Command::List { deal } => {
            let opportunity = desk.find_deal(&deal).await?;
            desk.list_follow_ups(ListFollowUps { opportunity }).await?
        }
        Command::Add {
            deal,
            note,
            kind,
            on,
        } => {
            let opportunity = desk.find_deal(&deal).await?;
            let on = on.unwrap_or_else(|| SystemClock.today());
            desk.add_interaction(AddInteraction {
                opportunity,
                kind,
                on,
                note,
            })
            .await?
        }
        Command::Next { deal, step, due } => {
            let opportunity = desk.find_deal(&deal).await?;
            desk.add_next_step(AddNextStep {
                opportunity,
                step,
                due_on: due,
            })
            .await?
        }
    };
    show(follow_ups, context)
}

pub(super) async fn feedback(command: Feedback, context: &Context) -> anyhow::Result<()> {
    let rows = match command {
        Feedback::List => {
            let desk = context.app(Access::Read).await?;
            desk.list_feedback(NoArgs {}).await?
        }
        Feedback::Add { words } => {
            let desk = context.app(Access::Change).await?;
            desk.add_feedback(AddFeedback { words }).await?
        }
    };
    if context.json {
        return output::json(&rows);
    }
    let cells = |row: FeedbackRow| {
        let at = SystemClock.local(row.written_at);
        let at = at.format("%Y-%m-%d %H:%M").to_string();
        vec![at, row.person, row.words]
    };
    let rows: Vec<Vec<String>> = rows.into_iter().map(cells).collect();
    output::table(&[Left("at"), Left("person"), Left("words")], &rows)
}

fn show(follow_ups: FollowUps, context: &Context) -> anyhow::Result<()> {
    if context.json {
        return output::json(&follow_ups);
    }
    let rows: Vec<Vec<String>> = follow_ups
        .lines
        .into_iter()
        .map(|line| {
            let day = line.day.map(|day| day.to_string()).unwrap_or_default();
            let kind = words::term("follow_up_kind", &line.kind);
            vec![day, kind, line.person, line.words]
        })
        .collect();
    let columns = [Left("day"), Left("kind"), Left("person"), Left("words")];
    output::table(&columns, &rows)
}
