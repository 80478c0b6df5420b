//! The dashboard or a board handed on: PDF page, SVG and PNG pictures, a workbook with native charts.

mod board;
mod metric;

use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;

use chrono::NaiveDateTime;
use serde_json::json;
use yeji_core::calendar::Period;
use yeji_core::{Currency, Ratio};
use yeji_report::chart::{Lang, Value, ValueUnit};
use yeji_report::{
    Align, Cell, Column, Report, Table, Tile, Trend, chart_png, chart_svg, dashboard_pdf,
    dashboard_xlsx, file_name, format, natural_size,
};

use crate::api::performance::{
    Dashboard, GetDashboard, LeaderboardRow, Tile as DashboardTile, TileValue,
};
use crate::api::reports::{ExportDashboard, ExportResult, FailedFormat};
use crate::api::settings::Status;
use crate::api::{Message, NoArgs, Progress};
use crate::blocking::blocking;
use crate::context::App;
use crate::error::{Error, Result};
use crate::host::OnProgress;
use crate::words;

/// Pixels of a PNG for each pixel of its layout: sharp on paper and on dense screens.
const PNG_SCALE: u32 = 2;

/// A format of the export.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Pdf,
    Png,
    Svg,
    Xlsx,
}

impl Format {
    fn code(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Png => "png",
            Self::Svg => "svg",
            Self::Xlsx => "xlsx",
        }
    }
}

impl App {
    /// Exports the dashboard into a folder that a dialog names.
    pub async fn export_dashboard(
        &self,
        args: ExportDashboard,
        progress: OnProgress<'_>,
    ) -> Result<ExportResult> {
        parse_formats(&args.formats)?;
        match self.host.pick_folder().await {
            Some(folder) => self.export_dashboard_to(&folder, args, progress).await,
            None => Ok(ExportResult {
                folder: None,
                files: Vec::new(),
                failed: Vec::new(),
            }),
        }
    }

    /// Exports the dashboard into a folder, which is made if need be. Files of the same name are
    /// written anew: their names hold unit and period. A format that cannot be made does not keep the
    /// others from being made; where none can, that is the error.
    pub async fn export_dashboard_to(
        &self,
        folder: &Path,
        args: ExportDashboard,
        progress: OnProgress<'_>,
    ) -> Result<ExportResult> {
        let formats = parse_formats(&args.formats)?;
        let cancelled = self.start_task();
        let dashboard = self
            .get_dashboard(GetDashboard {
                scope: args.scope.clone(),
                language: args.language,
            })
            .await?;
        let board = match &args.board {
            Some(id) => Some(self.shown_board(id, &args).await?),
            None => None,
        };
        let status = self.get_status(NoArgs {}).await?;
        std::fs::create_dir_all(folder).map_err(Error::io(folder))?;
        let head = self
            .audit(
                "export.report",
                format!("{} {}", dashboard.unit_name, dashboard.period),
                json!({
                    "formats": args.formats,
                    "folder": folder.display().to_string(),
                    "name": board.as_ref().map(|board| &board.name),
                }),
            )
            .await?;
        let mark = head.map_or_else(|| "0".to_owned(), |head| head.short());
        let batch_at = status
            .last_batch
            .as_ref()
            .map(|batch| self.clock.local(batch.at));
        let mut report = report(&dashboard, &status, batch_at, &mark, args.language)?;
        if let Some(board) = board {
            board.put_into(&mut report);
        }
        let base = file_name(&[
            &report.title,
            &dashboard.unit_name,
            &dashboard.period.to_string(),
        ]);
        let total = formats.len() as u64;
        let (mut files, mut failed) = (Vec::new(), Vec::new());
        let mut first_error = None;
        for (done, format) in formats.into_iter().enumerate() {
            if cancelled.load(Ordering::Relaxed) {
                return Err(Error::Cancelled);
            }
            progress(Progress {
                step: "exporting".to_owned(),
                done: done as u64,
                total,
            });
            let (report, base, folder) = (report.clone(), base.clone(), folder.to_owned());
            match blocking(move || write(&report, format, &folder, &base)).await {
                Ok(written) => files.extend(written),
                Err(error) => {
                    tracing::error!(format = format.code(), %error, "a format of the report failed");
                    failed.push(FailedFormat {
                        format: format.code().to_owned(),
                        reason: Message {
                            code: error.code().to_owned(),
                            params: error.params(),
                        },
                    });
                    first_error.get_or_insert(error);
                }
            }
        }
        if let (true, Some(error)) = (files.is_empty(), first_error) {
            return Err(error);
        }
        progress(Progress {
            step: "exporting".to_owned(),
            done: total,
            total,
        });
        Ok(ExportResult {
            folder: Some(folder.display().to_string()),
            files,
            failed,
        })
    }
}

fn parse_formats(formats: &[String]) -> Result<Vec<Format>> {
    let formats: std::collections::BTreeSet<String> = formats
        .iter()
        .map(|format| format.trim().to_lowercase())
        .collect();
    if formats.is_empty() {
        return Err(Error::input("formats", "", "pdf, png, svg, xlsx"));
    }
    formats
        .into_iter()
        .map(|format| match format.as_str() {
            "pdf" => Ok(Format::Pdf),
            "png" => Ok(Format::Png),
            "svg" => Ok(Format::Svg),
            "xlsx" => Ok(Format::Xlsx),
            other => Err(Error::input("formats", other, "pdf, png, svg, xlsx")),
        })
        .collect()
}

fn write(report: &Report, format: Format, folder: &Path, base: &str) -> Result<Vec<String>> {
    let put = |name: String, bytes: &[u8]| -> Result<String> {
        put_file(&folder.join(&name), bytes).map(|()| name)
    };
    match format {
        Format::Pdf => Ok(vec![put(format!("{base}.pdf"), &dashboard_pdf(report)?)?]),
        Format::Xlsx => Ok(vec![put(format!("{base}.xlsx"), &dashboard_xlsx(report)?)?]),
        Format::Svg | Format::Png => report
            .charts
            .iter()
            .map(|chart| {
                let size = natural_size(chart, report.lang);
                let name = file_name(&[base, &chart.id]);
                if format == Format::Svg {
                    put(
                        format!("{name}.svg"),
                        chart_svg(chart, report.lang, size)?.as_bytes(),
                    )
                } else {
                    put(
                        format!("{name}.png"),
                        &chart_png(chart, report.lang, size, PNG_SCALE)?,
                    )
                }
            })
            .collect(),
    }
}

/// Writes a file beside its place first: a failure must not leave half a file in place of an earlier one.
pub(crate) fn put_file(path: &Path, bytes: &[u8]) -> Result<()> {
    put_files(&[(path, bytes)])
}

/// The same of files that belong together: all are written beside their places before the first is put there.
pub(crate) fn put_files(files: &[(&Path, &[u8])]) -> Result<()> {
    let part = |path: &Path| -> PathBuf {
        let mut name = path.file_name().unwrap_or_default().to_owned();
        name.push(".part");
        path.with_file_name(name)
    };
    let put = || {
        for (path, bytes) in files {
            std::fs::write(part(path), bytes).map_err(Error::io(path))?;
        }
        for (path, _) in files {
            std::fs::rename(part(path), path).map_err(Error::io(path))?;
        }
        Ok(())
    };
    let written = put();
    if written.is_err() {
        for (path, _) in files {
            // Of a full disk, say; what stopped the report is worth more than why this stays.
            drop(std::fs::remove_file(part(path)));
        }
    }
    written
}

fn report(
    dashboard: &Dashboard,
    status: &Status,
    batch_at: Option<NaiveDateTime>,
    head: &str,
    lang: Lang,
) -> Result<Report> {
    let period = words::period(dashboard.period, lang);
    Ok(Report {
        title: words::pick(lang, "业绩报告", "Performance report").to_owned(),
        subtitle: format!("{} · {period}", dashboard.unit_name),
        generated_on: status.today,
        data_state: data_state(status, batch_at, head, lang),
        tiles: dashboard
            .tiles
            .iter()
            .map(|one| tile(one, status.currency, lang))
            .collect::<Result<_>>()?,
        charts: dashboard.charts.clone(),
        tables: vec![leaderboard(&dashboard.leaderboard, status.currency, lang)],
        lang,
    })
}

/// "Data up to ..., batch ...", and the head of the audit log with this export as its newest entry
/// (but where that waits beside an open window): at
/// the foot of each page of the PDF, in the workbook's first sheet and its properties.
fn data_state(status: &Status, batch_at: Option<NaiveDateTime>, head: &str, lang: Lang) -> String {
    let missing = format::MISSING.to_owned();
    let up_to = status
        .data_up_to
        .map_or_else(|| missing.clone(), |day| day.to_string());
    let batch = status.last_batch.as_ref().map_or(missing, |batch| {
        format!(
            "{} {}",
            batch_at
                .map(|at| at.format("%Y-%m-%d %H:%M").to_string())
                .unwrap_or_default(),
            batch.files.join(", ")
        )
    });
    match lang {
        Lang::ZhCn => format!("数据截至 {up_to}，批次 {batch} · 审计 {head}"),
        Lang::En => format!("Data up to {up_to}, batch {batch} · audit {head}"),
    }
}

fn tile(tile: &DashboardTile, currency: Currency, lang: Lang) -> Result<Tile> {
    let (value, unit) = match &tile.value {
        Some(TileValue::Money(money)) => (Some(Value::money(*money)), ValueUnit::money(currency)),
        Some(TileValue::Count(count)) => (Some(Value::parse(count)?), ValueUnit::Count),
        Some(TileValue::Percent(ratio)) => (Some(Value::parse(ratio)?), ValueUnit::Percent),
        None => (None, ValueUnit::Count),
    };
    let change: Option<Ratio> = tile.change.as_deref().map(str::parse).transpose()?;
    let compared: Option<Period> = tile.compared_with.as_deref().map(str::parse).transpose()?;
    let (delta, trend) = delta(change, unit, compared, lang)?;
    Ok(Tile {
        label: words::figure(&tile.code, lang).to_owned(),
        value: format::tile(value.as_ref(), unit, lang)?,
        exact: value.map(|value| (value, unit)),
        delta,
        trend,
        attainment: tile.attainment.as_deref().map(Value::parse).transpose()?,
    })
}

/// A change against a period in words, and where it points.
fn delta(
    change: Option<Ratio>,
    unit: ValueUnit,
    compared: Option<Period>,
    lang: Lang,
) -> Result<(Option<String>, Option<Trend>)> {
    let Some(ratio) = change else {
        return Ok((None, None));
    };
    let compared = compared.map_or_else(String::new, |period| words::period(period, lang));
    let text = match unit {
        ValueUnit::Percent => format::change_in_points(ratio, lang)?,
        _ => format::change(ratio)?,
    };
    let text = match lang {
        Lang::ZhCn => format!("{text}，较{compared}"),
        Lang::En => format!("{text} vs {compared}"),
    };
    let trend = match ratio.cmp(&Ratio::ZERO) {
        std::cmp::Ordering::Greater => Trend::Up,
        std::cmp::Ordering::Less => Trend::Down,
        std::cmp::Ordering::Equal => Trend::Flat,
    };
    Ok((Some(text), Some(trend)))
}

fn leaderboard(board: &[LeaderboardRow], currency: Currency, lang: Lang) -> Table {
    let column = |zh, en, align, unit| Column {
        label: words::pick(lang, zh, en).to_owned(),
        align,
        unit,
    };
    let number = |value: Option<Value>| value.map_or(Cell::Missing, Cell::Number);
    let rows = board
        .iter()
        .map(|row| {
            vec![
                Cell::Number(Value::count(row.rank.into())),
                Cell::Text(match &row.staff_number {
                    Some(staff) => format!("{} ({staff})", row.name),
                    None => row.name.clone(),
                }),
                Cell::Text(row.team.clone()),
                number(row.won_amount.map(Value::money)),
                number(row.won_count.map(Value::count)),
                number(row.goal.map(Value::money)),
                number(
                    row.attainment
                        .as_deref()
                        .and_then(|ratio| Value::parse(ratio).ok()),
                ),
            ]
        })
        .collect();
    Table {
        title: words::pick(lang, "排行榜", "Leaderboard").to_owned(),
        columns: vec![
            column("名次", "Rank", Align::Right, None),
            column("姓名", "Name", Align::Left, None),
            column("团队", "Team", Align::Left, None),
            column(
                "赢单金额",
                "Won amount",
                Align::Right,
                Some(ValueUnit::money(currency)),
            ),
            column("赢单数", "Deals won", Align::Right, Some(ValueUnit::Count)),
            column(
                "目标",
                "Goal",
                Align::Right,
                Some(ValueUnit::money(currency)),
            ),
            column(
                "达成率",
                "Attainment",
                Align::Right,
                Some(ValueUnit::Percent),
            ),
        ],
        rows,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::Scope;
    use crate::demo::tests::demo_app;
    use crate::host::no_progress;

    #[tokio::test]
    async fn an_export_is_recorded_and_the_report_bears_its_mark() {
        let (_store, app) = demo_app().await;
        let folder = yeji_testkit::temp_folder();
        let ask = ExportDashboard {
            scope: Scope {
                unit: None,
                period: "2026-Q2".parse().unwrap(),
            },
            formats: vec!["pdf".to_owned()],
            language: Lang::En,
            board: None,
        };
        app.export_dashboard_to(folder.path(), ask, &no_progress)
            .await
            .unwrap();
        let head = app.audit_head().await.unwrap().unwrap();
        assert!(
            head.starts_with("1-"),
            "the export is the first entry: {head}"
        );
        let status = app.get_status(NoArgs {}).await.unwrap();
        // At the foot of each page and in the workbook (the report's own tests).
        for lang in [Lang::ZhCn, Lang::En] {
            let said = data_state(&status, None, &head, lang);
            assert!(said.ends_with(&head), "{said}");
        }
    }

    #[tokio::test]
    async fn a_format_that_fails_leaves_the_others() {
        let (_store, app) = demo_app().await;
        let folder = yeji_testkit::temp_folder();
        let ask = |formats: &[&str]| ExportDashboard {
            scope: Scope {
                unit: None,
                period: "2026-Q2".parse().unwrap(),
            },
            formats: formats.iter().map(|one| (*one).to_owned()).collect(),
            language: Lang::ZhCn,
            board: None,
        };
        let export = async |formats: &[&str]| {
            app.export_dashboard_to(folder.path(), ask(formats), &no_progress)
                .await
        };
        let pictures = export(&["svg"]).await.unwrap().files;
        // A folder stands where the first picture is to be written.
        let place = folder.path().join(&pictures[0]);
        std::fs::remove_file(&place).unwrap();
        std::fs::create_dir(&place).unwrap();
        let result = export(&["svg", "xlsx"]).await.unwrap();
        assert_eq!(result.files.len(), 1, "{:?}", result.files);
        let ending = Path::new(&result.files[0]).extension();
        assert!(ending.is_some_and(|ending| ending == "xlsx"));
        let [failed] = result.failed.as_slice() else {
            panic!("{:?}", result.failed)
        };
        assert_eq!((&*failed.format, &*failed.reason.code), ("svg", "io"));
        let error = export(&["svg"]).await.unwrap_err();
        assert_eq!(error.code(), "io", "nothing was made");
    }

    /// All that a board shows leaves the store as one report, and the log says which board it was.
    #[tokio::test]
    async fn a_board_is_exported_with_all_its_charts() {
        let (_store, app) = demo_app().await;
        for (board, charts) in [("home_hr", 8), ("home_manager", 6), ("home_sales", 4)] {
            let folder = yeji_testkit::temp_folder();
            let ask = ExportDashboard {
                scope: Scope {
                    unit: None,
                    period: "2026-Q2".parse().unwrap(),
                },
                formats: vec!["svg".to_owned(), "xlsx".to_owned()],
                language: Lang::ZhCn,
                board: Some(board.to_owned()),
            };
            let made = app
                .export_dashboard_to(folder.path(), ask, &no_progress)
                .await
                .unwrap();
            assert!(made.failed.is_empty(), "{:?}", made.failed);
            let is_svg = |name: &&String| Path::new(name).extension().is_some_and(|e| e == "svg");
            assert_eq!(made.files.iter().filter(is_svg).count(), charts, "{board}");
        }
        let ask = ExportDashboard {
            scope: Scope {
                unit: None,
                period: "2026-Q2".parse().unwrap(),
            },
            formats: vec!["pdf".to_owned()],
            language: Lang::En,
            board: Some("nonsense".to_owned()),
        };
        let folder = yeji_testkit::temp_folder();
        let error = app
            .export_dashboard_to(folder.path(), ask, &no_progress)
            .await;
        assert_eq!(error.unwrap_err().code(), "not_found");
    }
}
