//! A board handed on: all that its widgets show.

use yeji_core::Ratio;
use yeji_core::calendar::Period;
use yeji_report::chart::{Chart, Lang, Value, ValueUnit};
use yeji_report::{Align, Cell, Column, Report, Table, Tile, format};

use super::{delta, leaderboard};
use crate::api::boards::{DrawWidget, Drawn, GetBoard, MetricTile, Widget};
use crate::api::kpi::{MetricInfo, MetricTable};
use crate::api::performance::CustomerValueRow;
use crate::api::reports::ExportDashboard;
use crate::context::App;
use crate::error::Result;
use crate::words::pick;

/// What a board puts into a report.
#[derive(Debug, Default)]
pub(super) struct Shown {
    pub name: String,
    pub tiles: Vec<Tile>,
    pub charts: Vec<Chart>,
    pub tables: Vec<Table>,
    /// Titles of widgets that had nothing to show.
    pub lacking: Vec<String>,
}

impl App {
    /// All widgets of a board, in its order.
    pub(super) async fn shown_board(&self, id: &str, args: &ExportDashboard) -> Result<Shown> {
        let lang = args.language;
        let board = GetBoard {
            id: Some(id.to_owned()),
            language: Some(lang),
        };
        let board = self.get_board(board).await?;
        let currency = self.currency().await?;
        let mut shown = Shown {
            name: board.info.name,
            ..Shown::default()
        };
        for (at, widget) in board.widgets.into_iter().enumerate() {
            let drawn = self
                .draw_widget(DrawWidget {
                    shows: widget.shows.clone(),
                    scope: args.scope.clone(),
                    language: lang,
                })
                .await?;
            shown.add(at, &widget, drawn, currency, lang)?;
        }
        Ok(shown)
    }
}

impl Shown {
    /// In the place of the dashboard's.
    pub fn put_into(self, report: &mut Report) {
        report.title = self.name;
        report.tiles = self.tiles;
        report.charts = self.charts;
        report.tables = self.tables;
        if !self.lacking.is_empty() {
            report.tables.push(Table {
                title: pick(report.lang, "没有数据的组件", "Nothing to show").to_owned(),
                columns: vec![Column {
                    label: pick(report.lang, "组件", "Widget").to_owned(),
                    align: Align::Left,
                    unit: None,
                }],
                rows: self
                    .lacking
                    .into_iter()
                    .map(|name| vec![Cell::Text(name)])
                    .collect(),
            });
        }
    }

    fn add(
        &mut self,
        at: usize,
        widget: &Widget,
        drawn: Drawn,
        currency: yeji_core::Currency,
        lang: Lang,
    ) -> Result<()> {
        let title = widget.title.clone().unwrap_or(drawn.title);
        if drawn.lack.is_some() {
            let name = if title.is_empty() {
                widget.id.clone()
            } else {
                title
            };
            self.lacking.push(name);
            return Ok(());
        }
        if let Some(mut chart) = drawn.chart {
            // Two widgets may show the same form.
            chart.id = format!("{:02}_{}", at + 1, chart.id);
            if widget.title.is_some() {
                chart.title = title;
            }
            self.charts.push(chart);
            return Ok(());
        }
        for one in &drawn.tiles {
            self.tiles.push(tile(one, lang)?);
        }
        if !drawn.leaderboard.is_empty() {
            self.tables
                .push(leaderboard(&drawn.leaderboard, currency, lang));
        }
        if !drawn.customers.is_empty() {
            self.tables
                .push(customers(title.clone(), &drawn.customers, currency, lang));
        }
        if let Some(found) = &drawn.table {
            self.tables.push(table(title, found, lang)?);
        }
        Ok(())
    }
}

fn customers(
    title: String,
    rows: &[CustomerValueRow],
    currency: yeji_core::Currency,
    lang: Lang,
) -> Table {
    let column = |zh, en, align, unit| Column {
        label: pick(lang, zh, en).to_owned(),
        align,
        unit,
    };
    let money = Some(ValueUnit::money(currency));
    let row = |row: &CustomerValueRow| {
        vec![
            Cell::Text(row.name.clone()),
            Cell::Number(Value::money(row.won_amount)),
            Cell::Number(Value::count(row.won_count)),
        ]
    };
    Table {
        title,
        columns: vec![
            column("客户", "Customer", Align::Left, None),
            column("累计赢单金额", "Won so far", Align::Right, money),
            column("赢单数", "Deals won", Align::Right, Some(ValueUnit::Count)),
        ],
        rows: rows.iter().map(row).collect(),
    }
}

fn unit_of(metric: &MetricInfo, currency: Option<&str>) -> Result<ValueUnit> {
    Ok(match (metric.unit.as_str(), currency) {
        ("ratio", _) => ValueUnit::Percent,
        (_, Some(code)) => ValueUnit::money(code.parse()?),
        _ => ValueUnit::Count,
    })
}

fn name_of(metric: &MetricInfo, lang: Lang) -> String {
    match lang {
        Lang::ZhCn => metric.name.zh.clone(),
        Lang::En => metric.name.en.clone(),
    }
}

fn tile(one: &MetricTile, lang: Lang) -> Result<Tile> {
    let unit = unit_of(&one.metric, one.currency.as_deref())?;
    let value = one.cell.value.as_deref().map(Value::parse).transpose()?;
    let change: Option<Ratio> = one.cell.change.as_deref().map(str::parse).transpose()?;
    let compared: Option<Period> = one.compared_with.as_deref().map(str::parse).transpose()?;
    let (delta, trend) = delta(change, unit, compared, lang)?;
    Ok(Tile {
        label: name_of(&one.metric, lang),
        value: format::tile(value.as_ref(), unit, lang)?,
        exact: value.map(|value| (value, unit)),
        delta,
        trend,
        attainment: one.attainment.as_deref().map(Value::parse).transpose()?,
    })
}

/// A table of the library as the report has it: period, part, value, comparison.
fn table(title: String, found: &MetricTable, lang: Lang) -> Result<Table> {
    let unit = unit_of(&found.metric, found.currency.as_deref())?;
    let column = |zh, en, align, unit| Column {
        label: pick(lang, zh, en).to_owned(),
        align,
        unit,
    };
    let compared = found.rows.iter().any(|row| row.cell.compared.is_some());
    let by_period = found.rows.iter().any(|row| row.period.is_some());
    let mut columns = Vec::new();
    if by_period {
        columns.push(column("周期", "Period", Align::Left, None));
    }
    columns.push(column("名称", "Name", Align::Left, None));
    columns.push(Column {
        label: name_of(&found.metric, lang),
        align: Align::Right,
        unit: Some(unit),
    });
    if compared {
        columns.push(column("对比", "Compared", Align::Right, None));
        columns.push(column("变化", "Change", Align::Right, None));
    }
    let text = |text: &Option<String>| text.clone().map_or(Cell::Missing, Cell::Text);
    let mut rows = Vec::new();
    for row in &found.rows {
        let mut cells = Vec::new();
        if by_period {
            cells.push(text(&row.period_label));
        }
        let name = match &row.staff_number {
            Some(number) => format!("{} ({number})", row.label),
            None => row.label.clone(),
        };
        cells.push(Cell::Text(name));
        let value = row.cell.value.as_deref().map(Value::parse).transpose()?;
        cells.push(value.map_or(Cell::Missing, Cell::Number));
        if compared {
            cells.push(text(&row.cell.compared));
            cells.push(text(&row.cell.change_shown));
        }
        rows.push(cells);
    }
    Ok(Table {
        title,
        columns,
        rows,
    })
}
