//! `yeji report`.

use std::path::PathBuf;

use yeji_app::Access;
use yeji_app::api::Scope;
use yeji_app::api::reports::ExportDashboard;
use yeji_core::calendar::Period;
use yeji_core::ids::UnitId;
use yeji_report::Lang;

use super::{Context, output};
use crate::outside::system_language;
use crate::words;

/// Which report.
#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// The dashboard of a period as PDF page, pictures and workbook
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
    /// zh-CN or en; without it the system's language
    #[arg(long)]
    lang: Option<Lang>,
    /// Only this organisation unit and below (its id)
    #[arg(long)]
    unit: Option<UnitId>,
}

pub(super) async fn run(command: Command, context: &Context) -> anyhow::Result<()> {
    let Command::Dashboard(args) = command;
    let app = context.app(Access::Read).await?;
    let bar = output::Bar::new();
    let export = ExportDashboard {
        scope: Scope {
            unit: args.unit,
            period: args.period,
        },
        formats: args.format,
        language: args.lang.unwrap_or_else(system_language),
    };
    let result = app
        .export_dashboard_to(&args.out, export, &|step| bar.show(&step))
        .await;
    bar.finish();
    let result = result?;
    for failed in &result.failed {
        output::say!("{}: {}", failed.format, words::say(&failed.reason));
    }
    if context.json {
        output::json(&result)?;
    } else {
        for file in &result.files {
            output::print(&args.out.join(file).display().to_string())?;
        }
    }
    let missing: Vec<&str> = result.failed.iter().map(|one| &*one.format).collect();
    anyhow::ensure!(missing.is_empty(), "not made: {}", missing.join(", "));
    Ok(())
}
