//! A question of the KPI explorer handed on: its table and its chart, in one file.

use std::path::Path;

use chrono::NaiveDate;
use serde_json::json;
use yeji_core::Rounding;
use yeji_core::calendar::{Period, PeriodKind};
use yeji_report::chart::{Category, Chart, ChartKind, Lang, Role, Series, Value, ValueUnit};
use yeji_report::{
    Cell, Report, Table, chart_png, chart_svg, dashboard_pdf, dashboard_xlsx, file_name,
    natural_size,
};

use super::board::{Changes, figures, is_compared, name_of, table, unit_of};
use super::{PNG_SCALE, data_state, put_file};
use crate::api::boards::{DrawWidget, Drawn, Form, Shows, ViewQuestion};
use crate::api::kpi::{GetMetric, MetricTable};
use crate::api::performance::Days;
use crate::api::reports::{ExportMetric, ExportResult};
use crate::api::{NoArgs, Scope};
use crate::blocking::blocking;
use crate::context::App;
use crate::data::{csv_cell, written};
use crate::error::{Error, Result};
use crate::words::pick;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Csv,
    Pdf,
    Png,
    Svg,
    Xlsx,
}

impl Format {
    fn read(text: &str) -> Result<Self> {
        Ok(match text.trim().to_lowercase().as_str() {
            "csv" => Self::Csv,
            "pdf" => Self::Pdf,
            "png" => Self::Png,
            "svg" => Self::Svg,
            "xlsx" => Self::Xlsx,
            other => {
                return Err(Error::input("formats", other, "csv, pdf, png, svg, xlsx"));
            }
        })
    }

    fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Pdf => "pdf",
            Self::Png => "png",
            Self::Svg => "svg",
            Self::Xlsx => "xlsx",
        }
    }
}

/// What leaves.
struct Shown {
    /// None where the sheet of the chart has the same rows.
    table: Option<Table>,
    chart: Option<Chart>,
    /// Whose and when.
    subtitle: String,
}

impl App {
    /// Exports table and chart of a question into a file that a dialog names.
    pub async fn export_metric(&self, args: ExportMetric) -> Result<ExportResult> {
        let format = Format::read(&args.format)?;
        let days = format!("{} {}", args.from, args.to);
        let name = file_name(&[&args.question.metric, &days]);
        match self
            .host
            .save_file(&format!("{name}.{}", format.ending()))
            .await
        {
            Some(path) => self.export_metric_to(&path, args).await,
            None => Ok(ExportResult {
                folder: None,
                files: Vec::new(),
                failed: Vec::new(),
            }),
        }
    }

    /// The same into a file that is named. Nothing is written where there is nothing to show.
    pub async fn export_metric_to(&self, path: &Path, args: ExportMetric) -> Result<ExportResult> {
        let format = Format::read(&args.format)?;
        let days = Days {
            from: args.from,
            to: args.to,
        };
        let asked = asked_of(&args, days);
        let whose = self.whose_metric(&asked, args.language).await?;
        let found = self.metric_table(asked, args.language).await?;
        let shown = self.shown_metric(&found, &args, &whose, format).await?;
        if shown.chart.is_none() && matches!(format, Format::Png | Format::Svg) {
            return Err(Error::input(
                "metric",
                &args.question.metric,
                "usable values",
            ));
        }
        let name = name_of(&found.metric, args.language);
        let head = self
            .audit(
                "export.report",
                format!("{name} {} {}", args.from, args.to),
                json!({
                    "formats": [format.ending()],
                    "folder": path.parent().map(|folder| folder.display().to_string()),
                    "name": path.file_name().map(|name| name.to_string_lossy()),
                    "metric": args.question.metric,
                }),
            )
            .await?;
        let status = self.get_status(NoArgs {}).await?;
        let batch_at = status
            .last_batch
            .as_ref()
            .map(|batch| self.clock.local(batch.at));
        let mark = head.map_or_else(|| "0".to_owned(), |head| head.short());
        let (lang, target) = (args.language, path.to_owned());
        let report = Report {
            title: name,
            subtitle: shown.subtitle,
            generated_on: status.today,
            data_state: data_state(&status, batch_at, &mark, lang),
            tiles: Vec::new(),
            charts: shown.chart.into_iter().collect(),
            tables: shown.table.into_iter().collect(),
            lang,
        };
        blocking(move || put_file(&target, &bytes(&report, format)?)).await?;
        Ok(written(path))
    }

    /// The table, and the chart: as the window draws it, or, of days that are no period, made of the table.
    async fn shown_metric(
        &self,
        found: &MetricTable,
        args: &ExportMetric,
        whose: &str,
        format: Format,
    ) -> Result<Shown> {
        let lang = args.language;
        let name = name_of(&found.metric, lang);
        let days =
            |from: NaiveDate, to: NaiveDate| format!("{from} – {}", to.pred_opt().unwrap_or(to));
        // A page goes by itself: it says whose figures these are, and of which days.
        let mut subtitle = format!("{whose} · {}", days(args.from, args.to));
        let mut of_trend = None;
        let mut own_rows = false;
        let chart;
        if format == Format::Csv && !may_have_own_rows(&args.question) && has_values(found) {
            // A file of numbers needs no picture.
            chart = None;
        } else if let Some(period) = period_of(args)
            && args.question.form != Form::Table
        {
            let drawn = self
                .draw_widget(DrawWidget {
                    shows: Shows::Chart {
                        question: args.question.clone(),
                    },
                    scope: Scope {
                        unit: args.unit,
                        period,
                    },
                    language: lang,
                })
                .await?;
            own_rows = drawn.own_rows;
            // A trend shows more than the period, and so does its table.
            if let Some(span) = drawn.span {
                of_trend = Some(self.metric_table(asked_of(args, span), lang).await?);
                subtitle = format!("{whose} · {}", days(span.from, span.to));
            }
            if let Some(lack) = &drawn.lack {
                subtitle = format!("{subtitle} · {}", self.host.say_in(lack, lang));
            }
            chart = self.noted(drawn, lang);
        } else {
            chart = chart_of(found, &name, &subtitle, lang)?;
        }
        let found = of_trend.as_ref().unwrap_or(found);
        let table = match &chart {
            Some(chart) if own_rows => match format {
                // The sheet of the chart has them.
                Format::Xlsx => None,
                _ => Some(chart.table(lang)?),
            },
            _ => Some(values_of(name, found, args, format)?),
        };
        Ok(Shown {
            table,
            chart,
            subtitle,
        })
    }

    /// A picture goes by itself: it says what is not on it.
    fn noted(&self, drawn: Drawn, lang: Lang) -> Option<Chart> {
        let notes = drawn.notes.iter().map(|m| self.host.say_in(m, lang));
        let mut chart = drawn.chart?;
        let all: Vec<String> = chart.note.take().into_iter().chain(notes).collect();
        if !all.is_empty() {
            chart.note = Some(all.join(pick(lang, "；", "; ")));
        }
        Some(chart)
    }
}

/// Whether the rows beside a picture are its own in some forms: those that only the drawing knows.
fn may_have_own_rows(question: &ViewQuestion) -> bool {
    let is_own = matches!(
        question.form,
        Form::Funnel | Form::Cohort | Form::Distribution | Form::Trend
    );
    is_own || question.by.is_none() && question.grain.is_none()
}

fn has_values(found: &MetricTable) -> bool {
    let mut rows = found.rows.iter();
    rows.any(|row| row.cell.value.is_some())
}

/// The metric's values, with the whole below them where they are of parts or periods.
fn values_of(
    name: String,
    found: &MetricTable,
    args: &ExportMetric,
    format: Format,
) -> Result<Table> {
    let lang = args.language;
    // What a program reads has numbers in one form; a page says a change in words.
    let changes = match format {
        Format::Csv | Format::Xlsx => Changes::Numbers,
        _ => Changes::Words,
    };
    let mut table = table(name, found, changes, lang)?;
    if args.question.by.is_some() || args.question.grain.is_some() {
        let end = figures(&found.total, is_compared(found), changes)?;
        let row = whole(end, table.columns.len(), lang);
        table.rows.push(row);
    }
    Ok(table)
}

/// The table's question.
fn asked_of(args: &ExportMetric, days: Days) -> GetMetric {
    GetMetric {
        metric: args.question.metric.clone(),
        by: args.question.by,
        grain: args.question.grain,
        from: days.from,
        to: days.to,
        unit: args.unit,
        compare: args.question.compare,
        filter: args.question.filter.clone(),
    }
}

/// The row of the whole, which is made of its own facts; it ends as the other rows do.
fn whole(end: Vec<Cell>, columns: usize, lang: Lang) -> Vec<Cell> {
    let mut row = vec![Cell::Missing; columns.saturating_sub(end.len())];
    if let Some(first) = row.first_mut() {
        *first = Cell::Text(pick(lang, "合计", "Whole").to_owned());
    }
    row.extend(end);
    row
}

/// The calendar period that has exactly the days.
fn period_of(args: &ExportMetric) -> Option<Period> {
    [
        PeriodKind::Year,
        PeriodKind::Quarter,
        PeriodKind::Month,
        PeriodKind::IsoWeek,
    ]
    .into_iter()
    .filter_map(|kind| Period::containing(kind, args.from).ok())
    .find(|period| period.start() == args.from && period.end() == args.to)
}

/// Rows with a value as bars; of parts a ranking. None without any.
fn chart_of(found: &MetricTable, name: &str, subtitle: &str, lang: Lang) -> Result<Option<Chart>> {
    let mut categories = Vec::new();
    let mut values = Vec::new();
    for row in &found.rows {
        let Some(value) = &row.cell.value else {
            continue;
        };
        let period = row.period_label.clone();
        let part = (!row.label.is_empty()).then(|| row.label.clone());
        let words: Vec<String> = period.into_iter().chain(part).collect();
        categories.push(Category {
            key: format!("{}/{}", row.period.as_deref().unwrap_or_default(), row.key),
            label: if words.is_empty() {
                pick(lang, "合计", "Whole").to_owned()
            } else {
                words.join(" · ")
            },
        });
        values.push(Some(Value::parse(value)?));
    }
    if values.is_empty() {
        return Ok(None);
    }
    let by_period = found.rows.iter().all(|row| row.label.is_empty());
    Ok(Some(Chart {
        id: found.metric.code.clone(),
        kind: if by_period {
            ChartKind::Bar
        } else {
            ChartKind::HBar
        },
        title: name.to_owned(),
        subtitle: Some(subtitle.to_owned()),
        unit: unit_of(&found.metric, found.currency.as_deref())?,
        categories,
        series: vec![Series {
            key: found.metric.code.clone(),
            label: name.to_owned(),
            role: Role::Actual,
            values,
        }],
        under_way: None,
        note: None,
    }))
}

fn bytes(report: &Report, format: Format) -> Result<Vec<u8>> {
    let lang = report.lang;
    let picture = report.charts.first();
    let picture = picture.ok_or_else(|| Error::input("metric", "", "usable values"));
    Ok(match format {
        Format::Csv => csv(&report.tables, &report.subtitle, lang)?.into_bytes(),
        Format::Pdf => dashboard_pdf(report)?,
        Format::Xlsx => dashboard_xlsx(report)?,
        Format::Png => {
            let chart = picture?;
            chart_png(chart, lang, natural_size(chart, lang), PNG_SCALE)?
        }
        Format::Svg => {
            let chart = picture?;
            chart_svg(chart, lang, natural_size(chart, lang))?.into_bytes()
        }
    })
}

/// Names quoted and defused as everywhere. Whose figures they are, and of which days, stands in a column of its
/// own at the end: a line above the header would be taken for the header.
fn csv(tables: &[Table], whose: &str, lang: Lang) -> Result<String> {
    let mut text = "\u{feff}".to_owned();
    for table in tables {
        let head = table.columns.iter().map(|column| match column.unit {
            Some(ValueUnit::Money { currency }) => {
                csv_cell(&format!("{} ({currency})", column.label))
            }
            _ => csv_cell(&column.label),
        });
        let head = head.chain([pick(lang, "范围", "Scope").to_owned()]);
        let digits: Vec<u32> = (0..table.columns.len())
            .map(|at| digits(table, at))
            .collect();
        text.push_str(&(head.collect::<Vec<_>>().join(",") + "\r\n"));
        for row in &table.rows {
            let cells = row.iter().zip(&digits).map(|(cell, digits)| {
                Ok(match cell {
                    Cell::Text(text) => csv_cell(text),
                    Cell::Number(value) => {
                        csv_cell(&value.exact().to_decimal(*digits, Rounding::HalfUp)?)
                    }
                    Cell::Missing => String::new(),
                })
            });
            let cells = cells.chain([Ok(csv_cell(whose))]);
            text.push_str(&(cells.collect::<Result<Vec<_>>>()?.join(",") + "\r\n"));
        }
    }
    Ok(text)
}

/// Digits after the point of a column's plain decimals (a spreadsheet would take the fraction `7/8` for a day): as
/// many in all of its rows.
fn digits(table: &Table, at: usize) -> u32 {
    const SHARE_DIGITS: u32 = 6;
    const OTHER_DIGITS: u32 = 4;
    let is_whole = |cell: &Cell| match cell {
        Cell::Number(value) => value.exact().to_integer().is_some(),
        Cell::Text(_) | Cell::Missing => true,
    };
    match table.columns[at].unit {
        Some(ValueUnit::Money { currency }) => currency.decimals(),
        Some(ValueUnit::Percent) => SHARE_DIGITS,
        Some(ValueUnit::Count) | None => {
            let mut cells = table.rows.iter().filter_map(|row| row.get(at));
            if cells.all(is_whole) { 0 } else { OTHER_DIGITS }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::kpi::{Grain, MetricBy};
    use crate::demo::tests::demo_app;

    /// Whoever reads a column of numbers gets them in one form.
    #[test]
    fn a_column_has_as_many_digits_in_all_rows() {
        let table = |values: &[&str]| Table {
            title: String::new(),
            columns: vec![yeji_report::Column {
                label: "Per person".to_owned(),
                align: yeji_report::Align::Right,
                unit: Some(ValueUnit::Count),
            }],
            rows: values
                .iter()
                .map(|value| vec![Cell::Number(Value::parse(value).unwrap())])
                .collect(),
        };
        let lines = |values: &[&str]| -> Vec<String> {
            let text = csv(&[table(values)], "", Lang::En).unwrap();
            let lines = text.lines().skip(1);
            lines
                .map(|line| line.split(',').next().unwrap().to_owned())
                .collect()
        };
        assert_eq!(
            lines(&["3", "5/2", "-1/3"]),
            ["\"3.0000\"", "\"2.5000\"", "\"-0.3333\""]
        );
        assert_eq!(lines(&["3", "-2"]), ["\"3\"", "\"-2\""]);
    }

    /// A CSV is made without a picture where its rows are the table's: no form that has rows of its own may be missed.
    #[tokio::test]
    async fn rows_of_a_picture_are_left_out_of_no_file() {
        let (_folder, app) = demo_app().await;
        for form in Form::ALL {
            for by in [None, Some(MetricBy::Person)] {
                for grain in [None, Some(Grain::Month)] {
                    for metric in ["won_amount", "cohort_win_rate", "average_deal"] {
                        let question = ViewQuestion {
                            form,
                            metric: metric.to_owned(),
                            by,
                            grain,
                            compare: None,
                            filter: None,
                            limit: None,
                        };
                        let drawn = app
                            .draw_widget(DrawWidget {
                                shows: Shows::Chart {
                                    question: question.clone(),
                                },
                                scope: Scope {
                                    unit: None,
                                    period: "2025-Q2".parse().unwrap(),
                                },
                                language: Lang::En,
                            })
                            .await
                            .unwrap();
                        let is_missed = drawn.own_rows && !may_have_own_rows(&question);
                        assert!(!is_missed, "{question:?}");
                    }
                }
            }
        }
    }
}
