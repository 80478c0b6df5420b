//! A board handed on: all that its widgets show.

use yeji_core::Ratio;
use yeji_core::calendar::Period;
use yeji_report::chart::{Chart, Lang, Value, ValueUnit};
use yeji_report::{Align, Cell, Column, Report, Table, Tile, format};

use super::{delta, leaderboard};
use crate::api::Message;
use crate::api::boards::{DrawWidget, Drawn, GetBoard, MetricTile, Widget};
use crate::api::kpi::{Comparison, MetricCell, MetricInfo, MetricTable};
use crate::api::performance::CustomerValueRow;
use crate::api::reports::ExportDashboard;
use crate::context::App;
use crate::error::Result;
use crate::words::pick;

/// What a board puts into a report.
#[derive(Debug, Default)]
pub(crate) struct Shown {
    pub name: String,
    pub tiles: Vec<Tile>,
    pub charts: Vec<Chart>,
    pub tables: Vec<Table>,
    /// Widgets that had nothing to show, and why.
    pub lacking: Vec<(String, String)>,
    /// Widgets, and what to know about them.
    pub notes: Vec<(String, String)>,
}

impl App {
    /// All widgets of a board, in its order.
    pub(crate) async fn shown_board(&self, id: &str, args: &ExportDashboard) -> Result<Shown> {
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
                .await;
            let say = |message: &Message| self.host.say_in(message, lang);
            let added = drawn.and_then(|drawn| shown.add(at, &widget, drawn, currency, &say, lang));
            // What fails is told in its place, and the others are handed on.
            if let Err(error) = added {
                tracing::error!(widget = widget.id, %error, "a widget of the report failed");
                let name = widget.title.clone().unwrap_or_else(|| widget.id.clone());
                let why = Message {
                    code: error.code().to_owned(),
                    params: error.params(),
                };
                shown.lacking.push((name, say(&why)));
            }
        }
        Ok(shown)
    }
}

impl Shown {
    /// In the place of the dashboard's.
    pub fn put_into(self, report: &mut Report) {
        let lang = report.lang;
        report.title = self.name;
        report.tiles = self.tiles;
        report.charts = self.charts;
        report.tables = self.tables;
        let reason = pick(lang, "原因", "Why");
        let title = pick(lang, "没有数据的组件", "Nothing to show");
        report
            .tables
            .extend(said(self.lacking, title, reason, lang));
        let note = pick(lang, "说明", "Note");
        let title = pick(lang, "说明", "Notes");
        report.tables.extend(said(self.notes, title, note, lang));
    }

    fn add(
        &mut self,
        at: usize,
        widget: &Widget,
        drawn: Drawn,
        currency: yeji_core::Currency,
        say: &dyn Fn(&Message) -> String,
        lang: Lang,
    ) -> Result<()> {
        let title = widget.title.clone().unwrap_or(drawn.title);
        let name = if title.is_empty() {
            widget.id.clone()
        } else {
            title.clone()
        };
        let notes: Vec<String> = drawn.notes.iter().map(say).collect();
        let named = notes.iter().map(|note| (name.clone(), note.clone()));
        self.notes.extend(named);
        if let Some(lack) = &drawn.lack {
            self.lacking.push((name, say(lack)));
            return Ok(());
        }
        if let Some(mut chart) = drawn.chart {
            // Two widgets may show the same form.
            chart.id = format!("{:02}_{}", at + 1, chart.id);
            if widget.title.is_some() {
                chart.title = title;
            }
            // A picture goes by itself: it says what is not on it.
            let all: Vec<String> = chart.note.take().into_iter().chain(notes).collect();
            if !all.is_empty() {
                chart.note = Some(all.join(pick(lang, "；", "; ")));
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
            self.tables.push(table(title, found, Changes::Words, lang)?);
        }
        Ok(())
    }
}

/// A list of widgets with a sentence each; none without any.
fn said(all: Vec<(String, String)>, title: &str, what: &str, lang: Lang) -> Option<Table> {
    let column = |label: &str| Column {
        label: label.to_owned(),
        align: Align::Left,
        unit: None,
    };
    let cells = |(name, said)| vec![Cell::Text(name), Cell::Text(said)];
    (!all.is_empty()).then(|| Table {
        title: title.to_owned(),
        columns: vec![column(pick(lang, "组件", "Widget")), column(what)],
        rows: all.into_iter().map(cells).collect(),
    })
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

pub(super) fn unit_of(metric: &MetricInfo, currency: Option<&str>) -> Result<ValueUnit> {
    Ok(match (metric.unit.as_str(), currency) {
        ("ratio", _) => ValueUnit::Percent,
        (_, Some(code)) => ValueUnit::money(code.parse()?),
        _ => ValueUnit::Count,
    })
}

pub(super) fn name_of(metric: &MetricInfo, lang: Lang) -> String {
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

/// Whether a table says what its values are held against.
pub(super) fn is_compared(found: &MetricTable) -> bool {
    // The whole may have a goal where its parts have none.
    let cells = found.rows.iter().map(|row| &row.cell);
    let mut cells = cells.chain([&found.total]);
    cells.any(|cell| cell.compared.is_some())
}

/// How a change is written: a page has no place for a formula, a sheet of numbers none for words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Changes {
    /// `+10.0%`, `−1.0 pp`.
    Words,
    /// As the values beside them: a share is a share.
    Numbers,
}

/// A table of the library as the report has it: period, part, value, comparison.
pub(super) fn table(
    title: String,
    found: &MetricTable,
    changes: Changes,
    lang: Lang,
) -> Result<Table> {
    let unit = unit_of(&found.metric, found.currency.as_deref())?;
    let column = |zh, en, align, unit| Column {
        label: pick(lang, zh, en).to_owned(),
        align,
        unit,
    };
    let compared = is_compared(found);
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
        columns.push(column("对比", "Compared", Align::Right, Some(unit)));
        // Of shares the difference is one of points; in words it says so itself.
        let in_points = changes == Changes::Numbers && unit == ValueUnit::Percent;
        let (zh, en) = match found.compare {
            Some(Comparison::Goal) => ("达成率", "Attainment"),
            _ if in_points => ("变化（百分点）", "Change (points)"),
            _ => ("变化", "Change"),
        };
        let unit = (changes == Changes::Numbers).then_some(ValueUnit::Percent);
        columns.push(column(zh, en, Align::Right, unit));
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
        cells.extend(figures(&row.cell, compared, changes)?);
        rows.push(cells);
    }
    Ok(Table {
        title,
        columns,
        rows,
    })
}

/// A value, and what it is held against.
pub(super) fn figures(cell: &MetricCell, compared: bool, changes: Changes) -> Result<Vec<Cell>> {
    let number = |text: &Option<String>| -> Result<Cell> {
        let value = text.as_deref().map(Value::parse).transpose()?;
        Ok(value.map_or(Cell::Missing, Cell::Number))
    };
    let mut cells = vec![number(&cell.value)?];
    if compared {
        cells.push(number(&cell.compared_value)?);
        cells.push(match changes {
            Changes::Numbers => number(&cell.change)?,
            Changes::Words => cell.change_shown.clone().map_or(Cell::Missing, Cell::Text),
        });
    }
    Ok(cells)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::Scope;
    use crate::api::boards::{Form, Place, SaveBoard, Shows, ViewQuestion};
    use crate::api::kpi::{MetricBy, PartFilter};
    use crate::demo::tests::demo_app;

    /// Whoever is handed a page cannot ask the window what is missing on it, and why.
    #[tokio::test]
    async fn a_board_that_is_handed_on_says_what_the_window_says() {
        let (_store, app) = demo_app().await;
        let question = |form, metric: &str, limit| ViewQuestion {
            form,
            metric: metric.to_owned(),
            by: Some(MetricBy::Person),
            grain: None,
            compare: None,
            filter: None,
            limit,
        };
        let cut = question(Form::Ranking, "won_amount", Some(1));
        let nowhere = ViewQuestion {
            filter: Some(PartFilter {
                by: MetricBy::Region,
                key: "nowhere".to_owned(),
            }),
            ..question(Form::Ranking, "won_amount", None)
        };
        let content = [cut, nowhere].map(|question| Shows::Chart { question });
        let widgets = (0_u16..).zip(content).map(|(y, shows)| Widget {
            id: format!("w{y}"),
            place: Place {
                x: 0,
                y,
                w: 6,
                h: 1,
            },
            title: Some(format!("Widget {y}")),
            shows,
        });
        let board = SaveBoard {
            id: None,
            name: "Board".to_owned(),
            roles: Vec::new(),
            widgets: widgets.collect(),
            expected: None,
        };
        let board = app.save_board(board).await.unwrap();
        let ask = |period: &str| ExportDashboard {
            scope: Scope {
                unit: None,
                period: period.parse().unwrap(),
            },
            formats: Vec::new(),
            language: Lang::En,
            board: Some(board.info.id.clone()),
        };
        let shown = app.shown_board(&board.info.id, &ask("2026-Q2")).await;
        let shown = shown.unwrap();
        assert_eq!(shown.charts.len(), 1);
        assert_eq!(shown.charts[0].note.as_deref(), Some("drawn_left_out"));
        let pair = |name: &str, code: &str| (name.to_owned(), code.to_owned());
        assert_eq!(shown.notes, [pair("Widget 0", "drawn_left_out")]);
        assert_eq!(shown.lacking, [pair("Widget 1", "drawn_nothing")]);
        for table in [
            said(shown.lacking, "Nothing", "Why", Lang::En),
            said(shown.notes, "Notes", "Note", Lang::En),
        ] {
            let table = table.unwrap();
            table.check().unwrap();
            assert_eq!((table.columns.len(), table.rows.len()), (2, 1));
        }
    }
}
