//! `yeji goal comment`, `comments`, `publish`, `confirm`, `confirmations`, `letter`: a goal between company and
//! owner.

use std::path::PathBuf;

use clap::ValueEnum;
use yeji_app::api::goal_letter::{
    ConfirmGoal, ConfirmationState, ExportGoalLetter, ExportGoalLetters, GetGoalConfirmation,
    GoalConfirmationView, GoalConfirmations, ListGoalConfirmations, PublishGoal,
};
use yeji_app::api::goal_round::{AddGoalComment, GoalCommentRow, ListGoalComments};
use yeji_app::api::goals::GetGoal;
use yeji_app::{Access, Desk, Error};
use yeji_core::ids::GoalPlanId;
use yeji_report::Lang;

use super::super::output::Column::{Left, Right};
use super::super::people::{self, Names};
use super::super::{Context, arguments, output, refusal};
use super::change::unit_named;
use super::round::GoalArgs;
use crate::words;

/// Rows of a window.
const WINDOW: u32 = 400;
/// Digits of a hash that are enough to name it.
const SHORT_HASH: usize = 12;

/// Words on a goal.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct CommentArgs {
    #[command(flatten)]
    goal: GoalArgs,
    /// Staff number, name or id of a person or unit
    #[arg(long)]
    who: String,
    /// What to say
    words: String,
}

/// Whose comments.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct CommentsArgs {
    #[command(flatten)]
    goal: GoalArgs,
    /// Staff number, name or id of a person or unit; all that are seen without it
    #[arg(long)]
    who: Option<String>,
}

/// An own goal.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct ConfirmArgs {
    #[command(flatten)]
    goal: GoalArgs,
    /// Whose signed paper HR has; the own goal without it
    #[arg(long)]
    who: Option<String>,
    /// The hash of the numbers that are confirmed, or its first 12 digits; shown without it
    #[arg(long)]
    hash: Option<String>,
}

/// Which confirmations.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct ConfirmationsArgs {
    #[command(flatten)]
    goal: GoalArgs,
    /// Only these
    #[arg(long, value_enum)]
    state: Option<StateArg>,
}

/// How a confirmation stands.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(in crate::cli) enum StateArg {
    /// Never confirmed
    Open,
    /// The goal of today is confirmed
    Confirmed,
    /// The goal was changed since
    Changed,
}

impl From<StateArg> for ConfirmationState {
    fn from(state: StateArg) -> Self {
        match state {
            StateArg::Open => Self::Open,
            StateArg::Confirmed => Self::Confirmed,
            StateArg::Changed => Self::Changed,
        }
    }
}

/// The paper of a goal.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct LetterArgs {
    #[command(flatten)]
    goal: GoalArgs,
    /// Staff number, name or id of a person; without it everybody, into a folder
    #[arg(long)]
    who: Option<String>,
    /// The file (.pdf), or the folder for everybody
    #[arg(long, value_name = "FILE|DIR")]
    out: PathBuf,
    /// Language, zh-CN or en; without it the system's
    #[arg(long, value_parser = arguments::language)]
    lang: Option<Lang>,
    /// Write over a file that is there
    #[arg(long)]
    overwrite: bool,
}

/// The version in force.
async fn plan(app: &Desk, goal: &GoalArgs) -> anyhow::Result<GoalPlanId> {
    let (metric, year) = (goal.metric, goal.year);
    let plan = app.get_goal(GetGoal { metric, year }).await?.plan;
    let plan = plan.ok_or_else(|| Error::NoGoal {
        metric: metric.code().to_owned(),
        year,
    })?;
    Ok(plan.id)
}

pub(super) async fn comment(args: CommentArgs, context: &Context) -> anyhow::Result<()> {
    let app = context.app(Access::Change).await?;
    let rows = app
        .add_goal_comment(AddGoalComment {
            plan: plan(&app, &args.goal).await?,
            unit: unit_named(&app, (args.goal.metric, args.goal.year), &args.who).await?,
            words: args.words,
        })
        .await?;
    print_comments(&app, rows, context).await
}

pub(super) async fn comments(args: CommentsArgs, context: &Context) -> anyhow::Result<()> {
    let app = context.app(Access::Read).await?;
    let (metric, year) = (args.goal.metric, args.goal.year);
    let unit = match &args.who {
        Some(who) => Some(unit_named(&app, (metric, year), who).await?),
        None => None,
    };
    let rows = app
        .list_goal_comments(ListGoalComments { metric, year, unit })
        .await?;
    print_comments(&app, rows, context).await
}

async fn print_comments(
    app: &Desk,
    rows: Vec<GoalCommentRow>,
    context: &Context,
) -> anyhow::Result<()> {
    if context.json {
        return output::json(&rows);
    }
    if rows.is_empty() {
        return output::print(&words::line("goal_comments_none", &[]));
    }
    let names = Names::of(app).await?;
    let rows: Vec<Vec<String>> = rows
        .into_iter()
        .map(|row| {
            vec![
                row.at.format("%Y-%m-%d %H:%M").to_string(),
                row.author,
                names.shown(&row.unit, &row.name),
                row.words,
            ]
        })
        .collect();
    let columns = [Left("at"), Left("author"), Left("goal"), Left("words")];
    output::table(&columns, &rows)
}

pub(super) async fn publish(args: GoalArgs, context: &Context) -> anyhow::Result<()> {
    let app = context.app(Access::Change).await?;
    let plan = plan(&app, &args).await?;
    let published = app.publish_goal(PublishGoal { plan }).await?;
    if context.json {
        return output::json(&published);
    }
    let params = [
        ("year", args.year.to_string()),
        ("version", published.version.to_string()),
    ];
    output::print(&words::line("goal_published", &params))
}

pub(super) async fn confirm(args: ConfirmArgs, context: &Context) -> anyhow::Result<()> {
    let access = if args.hash.is_some() {
        Access::Change
    } else {
        Access::Read
    };
    let app = context.app(access).await?;
    let person = match &args.who {
        Some(who) => Some(people::person_named(&app, who).await?),
        None => None,
    };
    let view = app
        .get_goal_confirmation(GetGoalConfirmation {
            metric: args.goal.metric,
            year: args.goal.year,
            person,
        })
        .await?;
    let Some(hash) = args.hash else {
        if context.json {
            return output::json(&view);
        }
        return print_to_confirm(&view);
    };
    // The first digits name the numbers as well; others than today's are refused with what they are now.
    let short = hash.len() >= SHORT_HASH && view.row.hash.starts_with(&hash);
    let row = app
        .confirm_goal(ConfirmGoal {
            plan: view.plan.id,
            hash: if short { view.row.hash } else { hash },
            person,
        })
        .await?;
    if context.json {
        return output::json(&row);
    }
    let params = [
        ("name", row.name),
        ("amount", row.amount),
        ("year", args.goal.year.to_string()),
    ];
    output::print(&words::line("goal_confirmed", &params))
}

/// The numbers, and how they are confirmed.
fn print_to_confirm(view: &GoalConfirmationView) -> anyhow::Result<()> {
    let rows: Vec<Vec<String>> = view
        .months
        .iter()
        .map(|(month, amount)| vec![month.to_string(), amount.clone()])
        .collect();
    output::table(&[Left("period"), Right("goal")], &rows)?;
    let state = match view.row.state {
        ConfirmationState::Open => "open",
        ConfirmationState::Confirmed => "confirmed",
        ConfirmationState::Changed => "changed",
    };
    let hash: String = view.row.hash.chars().take(SHORT_HASH).collect();
    let params = [
        ("name", view.row.name.clone()),
        ("amount", view.row.amount.clone()),
        ("state", words::term("confirmation_state", state)),
        ("before", view.confirmed_before.clone().unwrap_or_default()),
        ("hash", hash),
    ];
    let code = match (&view.publication, view.row.state) {
        (None, _) => "goal_confirm_early",
        (Some(_), ConfirmationState::Confirmed) => "goal_confirm_done",
        (Some(_), _) => "goal_confirm_how",
    };
    output::print(&words::line(code, &params))
}

pub(super) async fn confirmations(
    args: ConfirmationsArgs,
    context: &Context,
) -> anyhow::Result<()> {
    let app = context.app(Access::Read).await?;
    let ask = |offset| ListGoalConfirmations {
        metric: args.goal.metric,
        year: args.goal.year,
        state: args.state.map(Into::into),
        offset,
        limit: WINDOW,
    };
    let mut list = app.list_goal_confirmations(ask(0)).await?;
    while u32::try_from(list.rows.len())? < list.total {
        let next = app
            .list_goal_confirmations(ask(u32::try_from(list.rows.len())?))
            .await?;
        if next.rows.is_empty() {
            break;
        }
        list.rows.extend(next.rows);
    }
    if context.json {
        return output::json(&list);
    }
    print_confirmations(&Names::of(&app).await?, &list)
}

fn print_confirmations(names: &Names, list: &GoalConfirmations) -> anyhow::Result<()> {
    let published = list.publication.as_ref();
    let day = published.map(|one| one.at.format("%Y-%m-%d").to_string());
    let params = [
        ("version", list.plan.version.to_string()),
        ("day", day.unwrap_or_default()),
        ("open", list.open.to_string()),
        ("confirmed", list.confirmed.to_string()),
        ("changed", list.changed.to_string()),
    ];
    output::print(&words::line("goal_confirmations", &params))?;
    if published.is_some_and(|one| !one.unchanged) {
        output::note_text(words::line("goal_published_changed", &params));
    }
    let rows: Vec<Vec<String>> = list
        .rows
        .iter()
        .map(|row| {
            let state = match row.state {
                ConfirmationState::Open => "open",
                ConfirmationState::Confirmed if row.on_paper => "confirmed_on_paper",
                ConfirmationState::Confirmed => "confirmed",
                ConfirmationState::Changed => "changed",
            };
            let at = row.confirmed_at;
            vec![
                names.shown(&row.person.to_string(), &row.name),
                row.unit.clone().unwrap_or_default(),
                row.amount.clone(),
                words::term("confirmation_state", state),
                at.map(|at| at.format("%Y-%m-%d %H:%M").to_string())
                    .unwrap_or_default(),
            ]
        })
        .collect();
    let columns = [
        Left("name"),
        Left("team"),
        Right("goal"),
        Left("state"),
        Left("at"),
    ];
    output::table(&columns, &rows)
}

pub(super) async fn letter(args: LetterArgs, context: &Context) -> anyhow::Result<()> {
    let language = args.lang.unwrap_or_else(words::language);
    let (metric, year) = (args.goal.metric, args.goal.year);
    if args.who.is_some() && !args.overwrite && args.out.exists() {
        let path = args.out.display().to_string();
        return Err(refusal("file_is_there", &[("path", path)]));
    }
    let app = context.app_to_export().await?;
    let written = if let Some(who) = &args.who {
        let letter = ExportGoalLetter {
            metric,
            year,
            person: Some(people::person_named(&app, who).await?),
            language,
        };
        app.export_goal_letter_to(&args.out, letter).await?
    } else {
        let letters = ExportGoalLetters {
            metric,
            year,
            language,
        };
        let bar = output::Bar::new();
        let written = app
            .export_goal_letters_to(&args.out, letters, &|step| bar.show(&step))
            .await;
        bar.finish();
        written?
    };
    if context.json {
        return output::json(&written);
    }
    let folder = PathBuf::from(written.folder.unwrap_or_default());
    for file in &written.files {
        output::print(&folder.join(file).display().to_string())?;
    }
    Ok(())
}
