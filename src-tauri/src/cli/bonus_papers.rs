//! `yeji bonus statement`, `confirm`, `confirmations`, `payroll`: statements on paper, confirmed by their people,
//! and the file for payroll.

use std::path::{Path, PathBuf};

use yeji_app::Access;
use yeji_app::api::bonus_papers::{
    ConfirmStatement, ExportPayroll, ExportStatement, ExportStatements, GetStatementConfirmation,
    ListStatementConfirmations, StatementStanding,
};
use yeji_app::api::goal_letter::ConfirmationState;
use yeji_app::api::reports::ExportResult;
use yeji_core::calendar::Period;
use yeji_report::Lang;

use super::output::Column::{Left, Right};
use super::people::{self, Names};
use super::{Context, output, refusal};
use crate::words;

/// Rows of a window.
const WINDOW: u32 = 400;

/// Whose statement.
#[derive(Debug, clap::Args)]
pub(super) struct StatementArgs {
    /// A period of the plan: 2017-Q4, 2017-12
    period: Period,
    /// Staff number, name or id of a person; without it the own one, or into a folder everybody's who is seen
    #[arg(long)]
    person: Option<String>,
    /// File (.pdf), or a folder
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Code of the plan; the one that was run for the period last without it
    #[arg(long, value_name = "CODE")]
    plan: Option<String>,
    /// Language: zh-CN or en; the system's without it
    #[arg(long, value_parser = super::arguments::language)]
    lang: Option<Lang>,
    /// Replace a file that is there
    #[arg(long)]
    overwrite: bool,
}

/// Which statement is confirmed.
#[derive(Debug, clap::Args)]
pub(super) struct ConfirmArgs {
    /// A period of the plan: 2017-Q4, 2017-12
    period: Period,
    /// Whose signed paper HR has; the own statement without it
    #[arg(long)]
    person: Option<String>,
    /// The hash of the statement that is confirmed; shown without it
    #[arg(long)]
    hash: Option<String>,
    /// Code of the plan; the one that was run for the period last without it
    #[arg(long, value_name = "CODE")]
    plan: Option<String>,
}

/// Whose confirmations.
#[derive(Debug, clap::Args)]
pub(super) struct ConfirmationsArgs {
    /// A period of the plan: 2017-Q4, 2017-12
    period: Period,
    /// Code of the plan; the one that was run for the period last without it
    #[arg(long, value_name = "CODE")]
    plan: Option<String>,
}

/// The file for payroll.
#[derive(Debug, clap::Args)]
pub(super) struct PayrollArgs {
    /// A period of the plan: 2017-Q4, 2017-12
    period: Option<Period>,
    /// File: .csv (with a text beside it that says where it is from) or .xlsx
    #[arg(long, value_name = "FILE", required_unless_present = "print_columns")]
    out: Option<PathBuf>,
    /// Columns (TOML), or the name of columns that are kept; some to start from without it
    #[arg(long, value_name = "FILE")]
    columns: Option<String>,
    /// Print the columns to start from as TOML
    #[arg(long, conflicts_with_all = ["out", "columns", "draft"])]
    print_columns: bool,
    /// Code of a plan; all that pay in the period without it
    #[arg(long, value_name = "CODE")]
    plan: Option<String>,
    /// Also of a period that is not approved; the file says on each row that it is a draft
    #[arg(long)]
    draft: bool,
    /// Language: zh-CN or en; the system's without it
    #[arg(long, value_parser = super::arguments::language)]
    lang: Option<Lang>,
    /// Replace a file that is there
    #[arg(long)]
    overwrite: bool,
}

pub(super) async fn statement(args: StatementArgs, context: &Context) -> anyhow::Result<()> {
    let language = args.lang.unwrap_or_else(words::language);
    // Whoever names a file and nobody means themselves.
    let is_one =
        args.person.is_some() || args.out.extension().is_some_and(|ending| ending == "pdf");
    if is_one {
        keep_what_is_there(&args.out, args.overwrite)?;
    } else {
        keep_papers_of(&args.out, args.overwrite)?;
    }
    let app = context.app_to_export().await?;
    let (period, plan) = (args.period, args.plan);
    let written = if is_one {
        let person = match &args.person {
            Some(who) => Some(people::person_named(&app, who).await?),
            None => None,
        };
        let one = ExportStatement {
            period,
            plan,
            person,
            language,
        };
        app.export_statement_to(&args.out, one).await?
    } else {
        let all = ExportStatements {
            period,
            plan,
            language,
        };
        let bar = output::Bar::new();
        let written = app
            .export_statements_to(&args.out, all, &|step| bar.show(&step))
            .await;
        bar.finish();
        written?
    };
    told(&written, context)
}

pub(super) async fn confirm(args: ConfirmArgs, context: &Context) -> anyhow::Result<()> {
    let access = match args.hash {
        Some(_) => Access::Change,
        None => Access::Read,
    };
    let app = context.app(access).await?;
    let person = match &args.person {
        Some(who) => Some(people::person_named(&app, who).await?),
        None => None,
    };
    let (period, plan) = (args.period, args.plan);
    let asked = GetStatementConfirmation {
        period,
        plan: plan.clone(),
        person,
    };
    let now = app.get_statement_confirmation(asked).await?;
    let standing = match args.hash {
        None => now,
        Some(hash) => {
            app.confirm_statement(ConfirmStatement {
                period,
                plan,
                person,
                hash,
                // One's own account confirms in the program, whoever is named.
                on_paper: person.is_some() && !now.may_confirm,
            })
            .await?
        }
    };
    if context.json {
        return output::json(&standing);
    }
    output::print(&standing_line(&standing))
}

fn standing_line(standing: &StatementStanding) -> String {
    let row = &standing.row;
    let at = row
        .confirmed_at
        .map(|at| at.format("%Y-%m-%d %H:%M").to_string());
    let params = [
        ("name", row.name.clone()),
        ("amount", row.payout.to_string()),
        ("state", state_of(row.state, row.on_paper).to_owned()),
        ("at", at.unwrap_or_default()),
        ("hash", row.hash.clone()),
    ];
    let code = if standing.approved {
        "statement_standing"
    } else {
        "statement_standing_draft"
    };
    words::line(code, &params)
}

fn state_of(state: ConfirmationState, on_paper: bool) -> &'static str {
    match state {
        ConfirmationState::Open => "open",
        ConfirmationState::Confirmed if on_paper => "confirmed_on_paper",
        ConfirmationState::Confirmed => "confirmed",
        ConfirmationState::Changed => "changed",
    }
}

pub(super) async fn confirmations(
    args: ConfirmationsArgs,
    context: &Context,
) -> anyhow::Result<()> {
    let app = context.app(Access::Read).await?;
    let ask = |offset| ListStatementConfirmations {
        period: args.period,
        plan: args.plan.clone(),
        state: None,
        offset,
        limit: WINDOW,
    };
    let mut list = app.list_statement_confirmations(ask(0)).await?;
    while let Ok(offset) = u32::try_from(list.rows.len())
        && offset < list.total
    {
        let more = app.list_statement_confirmations(ask(offset)).await?.rows;
        if more.is_empty() {
            break;
        }
        list.rows.extend(more);
    }
    if context.json {
        return output::json(&list);
    }
    let params = [
        ("open", list.open.to_string()),
        ("confirmed", list.confirmed.to_string()),
        ("changed", list.changed.to_string()),
    ];
    output::print(&words::line("statement_confirmations", &params))?;
    let names = Names::of(&app).await?;
    let rows: Vec<Vec<String>> = list
        .rows
        .iter()
        .map(|row| {
            let at = row.confirmed_at;
            vec![
                names.shown(&row.person.to_string(), &row.name),
                row.team.clone().unwrap_or_default(),
                row.payout.to_major(),
                words::term("confirmation_state", state_of(row.state, row.on_paper)),
                at.map(|at| at.format("%Y-%m-%d %H:%M").to_string())
                    .unwrap_or_default(),
            ]
        })
        .collect();
    let columns = [
        Left("name"),
        Left("team"),
        Right("payout"),
        Left("state"),
        Left("at"),
    ];
    output::table(&columns, &rows)
}

pub(super) async fn payroll(args: PayrollArgs, context: &Context) -> anyhow::Result<()> {
    let language = args.lang.unwrap_or_else(words::language);
    if args.print_columns {
        let text = yeji_app::payroll_columns_to_start_from(language)?;
        return output::print(text.trim_end());
    }
    let (Some(period), Some(out)) = (args.period, &args.out) else {
        return Err(refusal("payroll_period", &[]));
    };
    let ending = out.extension().unwrap_or_default().to_string_lossy();
    keep_what_is_there(out, args.overwrite)?;
    keep_what_is_there(&yeji_app::payroll_about_path(out), args.overwrite)?;
    let app = context.app_to_export().await?;
    let columns = match &args.columns {
        None => None,
        Some(name) => {
            let kept = app.list_payroll_profiles(yeji_app::api::NoArgs {}).await?;
            let found = kept.into_iter().find(|one| one.name == *name);
            Some(if let Some(one) = found {
                one.columns
            } else {
                let text = yeji_app::read_text(Path::new(name))?;
                yeji_app::read_payroll_columns(&text)?
            })
        }
    };
    let written = app.export_payroll_to(
        out,
        ExportPayroll {
            period,
            plan: args.plan,
            columns,
            format: ending.into_owned(),
            draft: args.draft,
            language,
        },
    );
    told(&written.await?, context)
}

fn keep_what_is_there(path: &Path, overwrite: bool) -> anyhow::Result<()> {
    if overwrite || !path.exists() {
        return Ok(());
    }
    let path = path.display().to_string();
    Err(refusal("file_is_there", &[("path", path)]))
}

/// A folder that holds papers already may hold some of the same names.
fn keep_papers_of(folder: &Path, overwrite: bool) -> anyhow::Result<()> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        // Not there yet: it is made.
        return Ok(());
    };
    let mut paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
    let paper = paths.find(|path| path.extension().is_some_and(|ending| ending == "pdf"));
    paper.map_or(Ok(()), |path| keep_what_is_there(&path, overwrite))
}

fn told(written: &ExportResult, context: &Context) -> anyhow::Result<()> {
    if context.json {
        return output::json(written);
    }
    let folder = PathBuf::from(written.folder.clone().unwrap_or_default());
    for file in &written.files {
        output::print(&folder.join(file).display().to_string())?;
    }
    Ok(())
}
