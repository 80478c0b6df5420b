//! A heat map in a workbook: Excel has no such chart, so it is the table itself, coloured by value,
//! and its picture on the dashboard.

use rust_xlsxwriter::{ConditionalFormat2ColorScale, Format, FormatAlign, Worksheet};

use super::native::color;
use super::{QUIET, format_of, header_format, write_value};
use crate::Result;
use crate::chart::{Chart, Lang, ValueUnit};
use crate::draw::theme;
use crate::format;
use crate::report::Align;

/// Excel writes its figures black, which can be read up to this step.
const DARKEST: usize = 3;

/// Rows down, categories across; the exact text of ratios in a second table at the right.
pub fn write(sheet: &mut Worksheet, chart: &Chart, lang: Lang) -> Result<()> {
    let item = lang.pick("项目", "Item");
    let corner = match format::unit_label(chart.unit, lang) {
        Some(unit) => format!("{item} ({})", unit.trim()),
        None => item.to_owned(),
    };
    sheet.set_freeze_panes(1, 1)?;
    sheet.set_column_width(0, 24)?;
    sheet.write_string_with_format(0, 0, corner, &header_format(Align::Left))?;
    for (column, category) in (1_u16..).zip(&chart.categories) {
        sheet.set_column_width(column, 14)?;
        sheet.write_string_with_format(0, column, &category.label, &header_format(Align::Right))?;
    }
    let all = chart
        .series
        .iter()
        .flat_map(|one| one.values.iter().flatten());
    let format = format_of(chart.unit, all);
    for (row, series) in (1_u32..).zip(&chart.series) {
        sheet.write_string(row, 0, &series.label)?;
        for (column, value) in (1_u16..).zip(&series.values) {
            if let Some(value) = value {
                write_value(sheet, (row, column), value, chart.unit, &format)?;
            }
        }
    }
    let (Ok(rows), Ok(columns)) = (
        u32::try_from(chart.series.len()),
        u16::try_from(chart.categories.len()),
    ) else {
        return Ok(());
    };
    if rows == 0 || columns == 0 {
        return Ok(());
    }
    let scale = ConditionalFormat2ColorScale::new()
        .set_minimum_color(color(theme::HEAT[0]))
        .set_maximum_color(color(theme::HEAT[DARKEST]));
    sheet.add_conditional_format(1, 1, rows, columns, &scale)?;
    if chart.unit == ValueUnit::Percent {
        write_exact(sheet, chart, columns + 2, lang)?;
    }
    Ok(())
}

fn write_exact(sheet: &mut Worksheet, chart: &Chart, from: u16, lang: Lang) -> Result<()> {
    let right = Format::new()
        .set_align(FormatAlign::Right)
        .set_font_color(QUIET);
    for (column, category) in (from..).zip(&chart.categories) {
        let label = format!("{} · {}", category.label, lang.pick("精确值", "exact"));
        sheet.set_column_width(column, 14)?;
        sheet.write_string_with_format(0, column, label, &header_format(Align::Right))?;
    }
    for (row, series) in (1_u32..).zip(&chart.series) {
        for (column, value) in (from..).zip(&series.values) {
            if let Some(value) = value {
                sheet.write_string_with_format(row, column, value.raw(), &right)?;
            }
        }
    }
    Ok(())
}
