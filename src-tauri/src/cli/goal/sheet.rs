//! `yeji goal export`, `import`: goals as a workbook, people down and months across.

use std::path::PathBuf;

use chrono::NaiveDate;
use yeji_app::Access;
use yeji_app::api::goal_sheet::{ExportGoalSheet, GoalMismatch, GoalSheetRead, ReadGoalSheet};
use yeji_core::metric::GoalMetric;

use super::super::people::Names;
use super::super::{Context, arguments, output, refusal};
use super::change::print_differences;
use crate::words;

/// Sums that are listed in a refusal.
const MAX_LISTED: usize = 20;

/// Where it goes.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct ExportArgs {
    /// Figure
    #[arg(long, default_value = "won_amount", value_parser = arguments::goal_metric())]
    metric: GoalMetric,
    /// Year
    #[arg(long)]
    year: i32,
    /// The workbook (.xlsx)
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Write over a file that is there
    #[arg(long)]
    overwrite: bool,
}

/// Where it comes from.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct ImportArgs {
    /// Figure
    #[arg(long, default_value = "won_amount", value_parser = arguments::goal_metric())]
    metric: GoalMetric,
    /// Year
    #[arg(long)]
    year: i32,
    /// A workbook or CSV with a header of names and months
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// What begins before this day stays
    #[arg(long, value_name = "DAY")]
    frozen_before: Option<NaiveDate>,
    /// Only compute and show
    #[arg(long)]
    dry_run: bool,
}

pub(super) async fn export(args: ExportArgs, context: &Context) -> anyhow::Result<()> {
    if !args.overwrite && args.file.exists() {
        let path = args.file.display().to_string();
        return Err(refusal("file_is_there", &[("path", path)]));
    }
    let app = context.app_to_export().await?;
    let sheet = ExportGoalSheet {
        metric: args.metric,
        year: args.year,
        language: words::language(),
    };
    let written = app.export_goal_sheet_to(&args.file, sheet).await?;
    if context.json {
        return output::json(&written);
    }
    let params = [("file", args.file.display().to_string())];
    output::print(&words::line("goal_exported", &params))
}

pub(super) async fn import(args: ImportArgs, context: &Context) -> anyhow::Result<()> {
    let access = if args.dry_run {
        Access::Read
    } else {
        Access::Change
    };
    let app = context.app(access).await?;
    let sheet = ReadGoalSheet {
        metric: args.metric,
        year: args.year,
        frozen_before: args.frozen_before,
        preview: args.dry_run,
    };
    let read = app.read_goal_sheet(&args.file, sheet).await?;
    if !read.mismatches.is_empty() {
        return Err(not_closed(&read));
    }
    if context.json {
        return output::json(&read);
    }
    output::notes(&read.notes);
    print_read(&read, args.dry_run, &Names::of(&app).await?)
}

/// What does not close, with the lines.
fn not_closed(read: &GoalSheetRead) -> anyhow::Error {
    let one = |one: &GoalMismatch| {
        let GoalMismatch {
            line,
            name,
            period,
            written,
            sum,
        } = one;
        format!("{line}: {name} {period} {written} ≠ {sum}")
    };
    let listed: Vec<String> = read.mismatches.iter().take(MAX_LISTED).map(one).collect();
    let more = (read.mismatch_count as usize).saturating_sub(listed.len());
    let more = (more > 0).then(|| more.to_string());
    let params = [
        ("count", read.mismatch_count.to_string()),
        ("list", listed.join("; ")),
        ("more", more.unwrap_or_default()),
    ];
    refusal("goal_sheet_open", &params)
}

fn print_read(read: &GoalSheetRead, preview: bool, names: &Names) -> anyhow::Result<()> {
    let Some(edited) = &read.edited else {
        return output::print(&words::line("goal_sheet_same", &[]));
    };
    output::notes(&edited.notes);
    let params = [
        ("version", edited.plan.version.to_string()),
        ("cells", edited.changed.to_string()),
    ];
    let code = if preview {
        "goal_sheet_preview"
    } else {
        "goal_sheet_read"
    };
    output::print(&words::line(code, &params))?;
    print_differences(names, &edited.moved)
}
