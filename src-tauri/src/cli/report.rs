//! `yeji report`.

use std::path::PathBuf;

use yeji_app::api::Scope;
use yeji_app::api::reports::ExportDashboard;
use yeji_core::calendar::Period;
use yeji_core::ids::UnitId;
use yeji_report::Lang;

use super::{Context, arguments, failure, output};
use crate::outside::system_language;
use crate::words;

/// Which report.
#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// The dashboard of a period, or a board, as PDF page, pictures and workbook
    Dashboard(DashboardArgs),
}

/// What to export, and where to.
#[derive(Debug, clap::Args)]
pub(super) struct DashboardArgs {
    /// 2017, 2017-Q2, 2017-04, 2017-W14
    #[arg(long)]
    period: Period,
    /// Any of pdf, png, svg, xlsx
    #[arg(long, value_delimiter = ',', default_value = "pdf")]
    format: Vec<String>,
    /// Folder, made if it does not exist
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Language, zh-CN or en; without it the system's
    #[arg(long, value_parser = arguments::language)]
    lang: Option<Lang>,
    /// Only this organisation unit and below (its id)
    #[arg(long)]
    unit: Option<UnitId>,
    /// All charts, KPIs and tables of this board (an id that `yeji board --list` shows)
    #[arg(long, value_name = "ID")]
    board: Option<String>,
}

pub(super) async fn run(command: Command, context: &Context) -> anyhow::Result<()> {
    let Command::Dashboard(args) = command;
    let app = context.app_to_export().await?;
    let bar = output::Bar::new();
    let export = ExportDashboard {
        scope: Scope {
            unit: args.unit,
            period: args.period,
        },
        formats: args.format,
        language: args.lang.unwrap_or_else(system_language),
        board: args.board,
    };
    let result = app
        .export_dashboard_to(&args.out, export, &|step| bar.show(&step))
        .await;
    bar.finish();
    let result = result?;
    for failed in &result.failed {
        let params = [
            ("file", failed.format.clone()),
            ("text", words::say(&failed.reason)),
        ];
        output::say!("{}", words::line("unreadable", &params));
    }
    if context.json {
        output::json(&result)?;
    } else {
        for file in &result.files {
            output::print(&args.out.join(file).display().to_string())?;
        }
    }
    let missing: Vec<&str> = result.failed.iter().map(|one| &*one.format).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let formats = ("formats", missing.join(", "));
    Err(failure("formats_not_made", &[formats]))
}
