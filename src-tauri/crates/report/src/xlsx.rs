//! A workbook: the dashboard with native charts, a data sheet for each chart, a sheet a table.
//!
//! Numbers are real numbers with formats, so that they can be summed and pivoted; the exact value
//! of each cell is what the chart's JSON says. Words are written as strings whatever they start
//! with, so that `=HYPERLINK(...)` as a customer's name stays a name.

pub(crate) mod extra;
mod grid;
mod native;
mod sheet_names;

use chrono::Datelike;
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Image, Workbook, Worksheet,
};
use yeji_core::Ratio;

use crate::chart::{Chart, Lang, Size, Value, ValueUnit};
use crate::report::{Align, Cell, Report, Table, Tile, Trend};
use crate::{Result, chart_png, format};
use sheet_names::SheetNames;

/// Excel keeps 15 significant digits; a number with more is written as text, which shows them all.
const MAX_EXCEL_DIGITS: u32 = 15;
const TILES_ROW: u32 = 4;
const TILE_COLUMNS: u16 = 2;
const CHART_WIDTH_PX: u32 = 640;
const CHART_HEIGHT_PX: u32 = 340;
/// Rows of 20 pixels that a chart and the gap under it take.
const CHART_ROWS: u32 = 18;
/// Columns of 64 pixels that a chart and the gap beside it take.
const CHART_COLUMNS: u16 = 10;

const INK: u32 = 0x1F_23_29;
const QUIET: u32 = 0x5F_66_73;
const HAIRLINE: u32 = 0xE5_E7_EB;

/// Name of the first sheet: `仪表盘` or `Dashboard`.
pub fn dashboard_sheet_name(lang: Lang) -> &'static str {
    lang.pick("仪表盘", "Dashboard")
}

/// The report as a workbook; the same bytes for the same report.
pub fn dashboard_xlsx(report: &Report) -> Result<Vec<u8>> {
    for chart in &report.charts {
        chart.check()?;
    }
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(report)?);
    let mut names = SheetNames::after(dashboard_sheet_name(report.lang));
    let sheets: Vec<String> = report
        .charts
        .iter()
        .enumerate()
        .map(|(i, c)| names.next(&format!("{} {}", i + 1, c.title)))
        .collect();
    write_dashboard(workbook.add_worksheet(), report, &sheets)?;
    for (chart, name) in report.charts.iter().zip(&sheets) {
        write_chart_data(workbook.add_worksheet().set_name(name)?, chart, report.lang)?;
    }
    for table in &report.tables {
        let name = names.next(&table.title);
        write_table(
            workbook.add_worksheet().set_name(&name)?,
            table,
            report.lang,
        )?;
    }
    Ok(workbook.save_to_buffer()?)
}

/// With the report's day as creation date: the writer would take the clock's.
fn properties(report: &Report) -> Result<DocProperties> {
    let day = report.generated_on;
    let year = u16::try_from(day.year()).unwrap_or(1900);
    let created = ExcelDateTime::from_ymd(year, byte(day.month()), byte(day.day()))?;
    Ok(DocProperties::new()
        .set_title(&report.title)
        .set_subject(&report.subtitle)
        .set_comment(&report.data_state)
        .set_author("Yeji")
        .set_creation_datetime(&created))
}

fn byte(part_of_date: u32) -> u8 {
    u8::try_from(part_of_date).unwrap_or(1)
}

fn write_dashboard(sheet: &mut Worksheet, report: &Report, sheets: &[String]) -> Result<()> {
    sheet.set_name(dashboard_sheet_name(report.lang))?;
    sheet.set_screen_gridlines(false);
    sheet
        .set_landscape()
        .set_paper_size(9)
        .set_print_fit_to_pages(1, 0);
    let quiet = Format::new().set_font_color(QUIET);
    sheet.write_string_with_format(
        0,
        0,
        &report.title,
        &Format::new().set_font_size(16).set_font_color(INK),
    )?;
    sheet.set_row_height(0, 26)?;
    sheet.write_string_with_format(1, 0, &report.subtitle, &quiet)?;
    sheet.write_string_with_format(
        2,
        0,
        format!("{} · {}", report.data_state, report.generated_on),
        &quiet,
    )?;
    for (place, tile) in (0_u16..).zip(&report.tiles) {
        write_tile(sheet, place * TILE_COLUMNS, tile)?;
    }
    let first = if report.tiles.is_empty() {
        TILES_ROW
    } else {
        TILES_ROW + 5
    };
    for (place, (chart, name)) in (0_u32..).zip(report.charts.iter().zip(sheets)) {
        let row = first + place / 2 * CHART_ROWS;
        let column = if place % 2 == 0 { 0 } else { CHART_COLUMNS + 1 };
        if chart.is_empty() {
            let text = format!(
                "{} · {}",
                chart.title,
                report.lang.pick("暂无数据", "No data")
            );
            sheet.write_string_with_format(row, column, text, &quiet)?;
            continue;
        }
        if chart.is_grid() {
            let size = Size::new(CHART_WIDTH_PX, CHART_HEIGHT_PX);
            let picture = Image::new_from_buffer(&chart_png(chart, report.lang, size, 2)?)?
                .set_scale_to_size(CHART_WIDTH_PX, CHART_HEIGHT_PX, true)
                .set_alt_text(&chart.title);
            sheet.insert_image(row, column, &picture)?;
            continue;
        }
        let mut native = native::chart(chart, name, report.lang)?;
        native.set_width(CHART_WIDTH_PX).set_height(CHART_HEIGHT_PX);
        sheet.insert_chart(row, column, &native)?;
    }
    Ok(())
}

fn write_tile(sheet: &mut Worksheet, column: u16, tile: &Tile) -> Result<()> {
    let quiet = Format::new().set_font_color(QUIET);
    sheet.write_string_with_format(TILES_ROW, column, &tile.label, &quiet)?;
    let large = Format::new()
        .set_font_size(14)
        .set_font_color(INK)
        .set_align(FormatAlign::Left);
    match &tile.exact {
        Some((value, unit)) => {
            let format = shown_as(large, *unit, [value]);
            write_value(sheet, (TILES_ROW + 1, column), value, *unit, &format)?;
        }
        None => {
            sheet.write_string_with_format(TILES_ROW + 1, column, &tile.value, &large)?;
        }
    }
    let arrow = match tile.trend {
        Some(Trend::Up) => "↑ ",
        Some(Trend::Down) => "↓ ",
        Some(Trend::Flat) => "→ ",
        None => "",
    };
    if let Some(delta) = &tile.delta {
        sheet.write_string_with_format(TILES_ROW + 2, column, format!("{arrow}{delta}"), &quiet)?;
    }
    if let Some(attainment) = &tile.attainment {
        let unit = ValueUnit::Percent;
        let left = shown_as(quiet.set_align(FormatAlign::Left), unit, [attainment]);
        write_value(sheet, (TILES_ROW + 3, column), attainment, unit, &left)?;
    }
    Ok(())
}

/// Categories down, series across; for ratios, which have no exact double, their exact text too.
fn write_chart_data(sheet: &mut Worksheet, chart: &Chart, lang: Lang) -> Result<()> {
    if chart.is_grid() {
        return grid::write(sheet, chart, lang);
    }
    let header = |label: &str, unit: ValueUnit| match format::unit_label(unit, lang) {
        Some(unit) => format!("{label} ({})", unit.trim()),
        None => label.to_owned(),
    };
    sheet.set_freeze_panes(1, 1)?;
    sheet.set_column_width(0, 24)?;
    sheet.write_string_with_format(0, 0, lang.pick("项目", "Item"), &header_format(Align::Left))?;
    for (row, category) in (1_u32..).zip(&chart.categories) {
        sheet.write_string(row, 0, &category.label)?;
    }
    let mut column = 1_u16;
    for series in &chart.series {
        sheet.set_column_width(column, 20)?;
        sheet.write_string_with_format(
            0,
            column,
            header(&series.label, chart.unit_of(series)),
            &header_format(Align::Right),
        )?;
        write_values(sheet, column, &series.values, chart.unit_of(series))?;
        column += 1;
    }
    for extra in extra::columns(chart, lang)? {
        sheet.set_column_width(column, 20)?;
        let quiet = header_format(Align::Right);
        sheet.write_string_with_format(0, column, header(extra.label, extra.unit), &quiet)?;
        write_values(sheet, column, &extra.values, extra.unit)?;
        column += 1;
    }
    write_exact_ratios(sheet, chart, column, lang)
}

fn write_exact_ratios(sheet: &mut Worksheet, chart: &Chart, from: u16, lang: Lang) -> Result<()> {
    let ratios = chart.series.iter();
    let ratios = ratios.filter(|series| chart.unit_of(series) == ValueUnit::Percent);
    for (column, series) in (from..).zip(ratios) {
        let label = format!("{} · {}", series.label, lang.pick("精确值", "exact"));
        sheet.set_column_width(column, 28)?;
        sheet.write_string_with_format(0, column, label, &header_format(Align::Right))?;
        for (row, value) in (1_u32..).zip(&series.values) {
            if let Some(value) = value {
                let right = Format::new()
                    .set_align(FormatAlign::Right)
                    .set_font_color(QUIET);
                sheet.write_string_with_format(row, column, value.raw(), &right)?;
            }
        }
    }
    Ok(())
}

fn write_table(sheet: &mut Worksheet, table: &Table, lang: Lang) -> Result<()> {
    table.check()?;
    sheet.set_freeze_panes(1, 1)?;
    for (column, described) in (0_u16..).zip(&table.columns) {
        sheet.set_column_width(
            column,
            if described.align == Align::Left {
                24
            } else {
                18
            },
        )?;
        sheet.write_string_with_format(
            0,
            column,
            described.header(lang),
            &header_format(described.align),
        )?;
    }
    let numbers = |at: usize| {
        let cells = table.rows.iter().filter_map(move |row| row.get(at));
        cells.filter_map(|cell| match cell {
            Cell::Number(value) => Some(value),
            Cell::Text(_) | Cell::Missing => None,
        })
    };
    let formats = table.columns.iter().enumerate();
    let formats: Vec<Format> = formats
        .map(|(at, one)| {
            one.unit
                .map_or_else(Format::new, |unit| format_of(unit, numbers(at)))
        })
        .collect();
    for (row, cells) in (1_u32..).zip(&table.rows) {
        for (at, (cell, described)) in cells.iter().zip(&table.columns).enumerate() {
            let column = u16::try_from(at).unwrap_or(u16::MAX);
            match (cell, described.unit) {
                (Cell::Text(text), _) => {
                    let format = Format::new().set_align(side(described.align));
                    sheet.write_string_with_format(row, column, text, &format)?;
                }
                (Cell::Number(value), Some(unit)) => {
                    write_value(sheet, (row, column), value, unit, &formats[at])?;
                }
                (Cell::Number(value), None) => {
                    sheet.write_string(row, column, value.raw())?;
                }
                (Cell::Missing, _) => {}
            }
        }
    }
    Ok(())
}

fn header_format(align: Align) -> Format {
    Format::new()
        .set_font_color(QUIET)
        .set_border_bottom(FormatBorder::Thin)
        .set_border_bottom_color(HAIRLINE)
        .set_align(side(align))
}

fn side(align: Align) -> FormatAlign {
    match align {
        Align::Left => FormatAlign::Left,
        Align::Right => FormatAlign::Right,
    }
}

/// Writes values below each other, in one format.
fn write_values(
    sheet: &mut Worksheet,
    column: u16,
    values: &[Option<Value>],
    unit: ValueUnit,
) -> Result<()> {
    let format = format_of(unit, values.iter().flatten());
    for (row, value) in (1_u32..).zip(values) {
        if let Some(value) = value {
            write_value(sheet, (row, column), value, unit, &format)?;
        }
    }
    Ok(())
}

/// Writes an exact value as the number Excel can hold, else as text.
fn write_value(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    value: &Value,
    unit: ValueUnit,
    format: &Format,
) -> Result<()> {
    if fits_excel(value, unit)? {
        // The one place where an amount becomes a double: Excel stores nothing else. With at most
        // 15 significant digits the nearest double prints back as the same decimal.
        let number = value.to_f64();
        sheet.write_number_with_format(row, column, number, format)?;
    } else {
        let text = format::full(value, unit)?;
        let format = format.clone().set_align(FormatAlign::Right);
        sheet.write_string_with_format(row, column, text, &format)?;
    }
    Ok(())
}

fn fits_excel(value: &Value, unit: ValueUnit) -> Result<bool> {
    let decimals = match unit {
        ValueUnit::Money { currency } => currency.decimals(),
        ValueUnit::Count => 0,
        // Ratios are shown with one decimal; their exact text stands beside them.
        ValueUnit::Percent => return Ok(true),
    };
    let smallest_units = value
        .exact()
        .checked_mul(Ratio::from_int(10_i64.pow(decimals)))?;
    let limit = 10_i128.pow(MAX_EXCEL_DIGITS) * smallest_units.denominator();
    Ok(smallest_units.numerator().abs() < limit)
}

/// How the values of a column are shown, all alike: days a deal and calls a person are no whole numbers, and would
/// be rounded to ones.
fn format_of<'a>(unit: ValueUnit, values: impl IntoIterator<Item = &'a Value>) -> Format {
    shown_as(Format::new(), unit, values)
}

fn shown_as<'a>(
    format: Format,
    unit: ValueUnit,
    values: impl IntoIterator<Item = &'a Value>,
) -> Format {
    let mut values = values.into_iter();
    let are_whole = values.all(|value| value.exact().to_integer().is_some());
    format.set_num_format(number_format(unit, are_whole))
}

fn number_format(unit: ValueUnit, are_whole: bool) -> &'static str {
    match unit {
        ValueUnit::Money { currency } => match currency.decimals() {
            0 => "#,##0",
            3 => "#,##0.000",
            _ => "#,##0.00",
        },
        ValueUnit::Count if are_whole => "#,##0",
        ValueUnit::Count => "#,##0.00",
        ValueUnit::Percent => "0.0%",
    }
}
