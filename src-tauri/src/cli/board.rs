//! `yeji board`: boards of widgets, as tables; carried to another company as files.

use std::path::PathBuf;

use serde_json::json;
use yeji_app::api::boards::{
    Board, BoardArgs, BoardInfo, DrawWidget, Drawn, GetBoard, ListBoards, MetricTile, Widget,
};
use yeji_app::api::{NoArgs, Scope};
use yeji_app::{Access, Desk, board_document, read_board_document};
use yeji_core::calendar::Period;
use yeji_core::ids::UnitId;
use yeji_report::chart::Chart;
use yeji_report::format;

use super::new_content::NewContent;
use super::output::Column::{Left, Right};
use super::people::Names;
use super::{Context, kpi, output, refusal};
use crate::words;

/// Which board, and what to do with it.
#[derive(Debug, clap::Args)]
#[command(group = clap::ArgGroup::new("what").required(true).args(["list", "show", "read", "remove"]))]
pub(super) struct Args {
    /// List the boards
    #[arg(long)]
    list: bool,
    /// Show a board: each widget as a table
    #[arg(long, value_name = "ID")]
    show: Option<String>,
    /// Period: 2017, 2017-Q2, 2017-04, 2017-W14
    #[arg(long, requires = "show", required_unless_present_any = ["list", "read", "remove", "write"])]
    period: Option<Period>,
    /// Only this organisation unit and below (its id)
    #[arg(long, requires = "show")]
    unit: Option<UnitId>,
    /// Write the board that is shown to a file (TOML) instead, to be read by another company
    #[arg(long, value_name = "FILE", requires = "show", conflicts_with_all = ["period", "unit"])]
    write: Option<PathBuf>,
    /// Write over a file that is there
    #[arg(long, requires = "write")]
    overwrite: bool,
    /// Keep the board of a file as a new one
    #[arg(long, value_name = "FILE")]
    read: Option<PathBuf>,
    /// Remove a board
    #[arg(long, value_name = "ID")]
    remove: Option<String>,
}

pub(super) async fn run(args: Args, context: &Context) -> anyhow::Result<()> {
    if let Some(file) = &args.read {
        let board = read_board_document(&yeji_app::read_text(file)?)?;
        let app = context.app(Access::Change).await?;
        let kept = app.save_board(board).await?;
        if context.json {
            return output::json(&kept);
        }
        let params = [("name", kept.info.name), ("id", kept.info.id)];
        return output::print(&words::line("board_kept", &params));
    }
    if let Some(id) = args.remove {
        let app = context.app(Access::Change).await?;
        app.remove_board(BoardArgs { id: id.clone() }).await?;
        return output::print(&words::line("board_removed", &[("id", id)]));
    }
    let app = context.app(Access::Read).await?;
    let language = Some(words::language());
    let Some(id) = args.show else {
        return list(&app.list_boards(ListBoards { language }).await?, context);
    };
    let board = GetBoard {
        id: Some(id),
        language,
    };
    let board = app.get_board(board).await?;
    if let Some(file) = &args.write {
        if file.exists() && !args.overwrite {
            let path = file.display().to_string();
            return Err(refusal("file_is_there", &[("path", path)]));
        }
        let text = board_document(&board, &app.list_views(NoArgs {}).await?)?;
        NewContent::open(file)?.write(text.as_bytes())?;
        return output::print(&file.display().to_string());
    }
    let Some(period) = args.period else {
        // clap has asked for it.
        return Ok(());
    };
    let unit = args.unit;
    show(&app, board, &Scope { unit, period }, context).await
}

fn list(boards: &[BoardInfo], context: &Context) -> anyhow::Result<()> {
    if context.json {
        return output::json(&boards);
    }
    let row = |board: &BoardInfo| {
        let roles = board.roles.iter();
        let roles: Vec<String> = roles.map(|role| words::term("role", role.code())).collect();
        let owner = board.owner.clone().unwrap_or_default();
        vec![
            board.id.clone(),
            board.name.clone(),
            owner,
            roles.join(", "),
        ]
    };
    let rows: Vec<Vec<String>> = boards.iter().map(row).collect();
    let columns = [Left("id"), Left("name"), Left("account"), Left("role")];
    output::table(&columns, &rows)
}

/// Each widget with its title, one after the other.
async fn show(app: &Desk, board: Board, scope: &Scope, context: &Context) -> anyhow::Result<()> {
    let mut all = Vec::new();
    for widget in board.widgets {
        let args = DrawWidget {
            shows: widget.shows.clone(),
            scope: scope.clone(),
            language: words::language(),
        };
        let drawn = app.draw_widget(args).await?;
        all.push((widget, drawn));
    }
    if context.json {
        let widgets: Vec<serde_json::Value> = all
            .iter()
            .map(|(widget, drawn)| json!({ "id": widget.id, "drawn": drawn }))
            .collect();
        return output::json(&json!({ "board": board.info, "widgets": widgets }));
    }
    let names = Names::of(app).await?;
    for (at, (widget, drawn)) in all.into_iter().enumerate() {
        if at > 0 {
            output::print("")?;
        }
        show_widget(&widget, drawn, &names)?;
    }
    Ok(())
}

fn show_widget(widget: &Widget, drawn: Drawn, names: &Names) -> anyhow::Result<()> {
    let title = widget.title.as_ref().unwrap_or(&drawn.title);
    if title.is_empty() {
        output::print(&widget.id)?;
    } else {
        output::print(title)?;
    }
    if let Some(chart) = &drawn.chart {
        show_chart(chart)?;
    }
    if !drawn.tiles.is_empty() {
        show_tiles(&drawn.tiles)?;
    }
    if let Some(table) = drawn.table {
        kpi::show(table, names)?;
    }
    if !drawn.leaderboard.is_empty() {
        let rows: Vec<Vec<String>> = drawn
            .leaderboard
            .into_iter()
            .map(|row| {
                let amount = |money: Option<yeji_core::Money>| {
                    money.map_or_else(String::new, yeji_core::Money::to_major)
                };
                vec![
                    row.rank.to_string(),
                    names.shown(&row.person.to_string(), &row.name),
                    row.team,
                    amount(row.won_amount),
                    amount(row.goal),
                ]
            })
            .collect();
        let columns = [
            Right("no"),
            Left("name"),
            Left("team"),
            Right("amount"),
            Right("goal"),
        ];
        output::table(&columns, &rows)?;
    }
    if !drawn.customers.is_empty() {
        kpi::show_customers(drawn.customers)?;
    }
    for message in drawn.lack.iter().chain(&drawn.notes) {
        output::print(&words::say(message))?;
    }
    Ok(())
}

/// Places down, series across.
fn show_chart(chart: &Chart) -> anyhow::Result<()> {
    if let Some(subtitle) = &chart.subtitle {
        output::print(subtitle)?;
    }
    let mut rows = Vec::new();
    for (at, place) in chart.categories.iter().enumerate() {
        let mut row = vec![place.label.clone()];
        for series in &chart.series {
            let value = series.values.get(at).and_then(Option::as_ref);
            row.push(format::full_or_missing(value, chart.unit_of(series))?);
        }
        rows.push(row);
    }
    let mut columns = vec![Left("label")];
    columns.extend(chart.series.iter().map(|series| Right(&series.label)));
    output::table(&columns, &rows)
}

fn show_tiles(tiles: &[MetricTile]) -> anyhow::Result<()> {
    let row = |tile: &MetricTile| {
        let name = &tile.metric.name;
        let name = if words::is_chinese() {
            &name.zh
        } else {
            &name.en
        };
        let cell = &tile.cell;
        vec![
            name.clone(),
            kpi::value_of(cell),
            cell.compared
                .as_deref()
                .map(kpi::signed)
                .unwrap_or_default(),
            cell.change_shown.clone().unwrap_or_default(),
        ]
    };
    let rows: Vec<Vec<String>> = tiles.iter().map(row).collect();
    let columns = [
        Left("name"),
        Right("value"),
        Right("compared"),
        Right("difference"),
    ];
    output::table(&columns, &rows)
}
