//! The tables of the document, as the template reads them.

use serde::Serialize;

use crate::chart::Lang;
use crate::report::{Align, Cell, Report, Table};
use crate::{Result, format};

/// Most table rows of one document, 60 pages of them: who wants more wants a workbook. What is cut
/// off is said below the table.
const MAX_TABLE_ROWS: usize = 2_000;

#[derive(Serialize)]
pub(super) struct TableText<'a> {
    title: &'a str,
    columns: Vec<ColumnText>,
    rows: Vec<Vec<String>>,
    /// How many rows are missing here.
    note: Option<String>,
}

#[derive(Serialize)]
struct ColumnText {
    label: String,
    right: bool,
}

/// The tables, until the document is full.
pub(super) fn tables(report: &Report) -> Result<Vec<TableText<'_>>> {
    let mut free = MAX_TABLE_ROWS;
    let mut tables = Vec::with_capacity(report.tables.len());
    for one in &report.tables {
        let shown = one.rows.len().min(free);
        free -= shown;
        tables.push(table(one, shown, report.lang)?);
    }
    Ok(tables)
}

fn table(table: &Table, shown: usize, lang: Lang) -> Result<TableText<'_>> {
    table.check()?;
    let all = table.rows.len();
    let note = match lang {
        Lang::ZhCn => format!("此处列出 {all} 行中的前 {shown} 行，全部见 Excel 报告。"),
        Lang::En => {
            format!("The first {shown} of {all} rows are listed here; the Excel report has all.")
        }
    };
    let columns = table.columns.iter().map(|column| ColumnText {
        label: column.header(lang),
        right: column.align == Align::Right,
    });
    let rows = table.rows.iter().take(shown).map(|row| {
        row.iter()
            .zip(&table.columns)
            .map(|(cell, column)| cell_text(cell, column.unit))
            .collect()
    });
    Ok(TableText {
        title: &table.title,
        columns: columns.collect(),
        rows: rows.collect::<Result<_>>()?,
        note: (shown < all).then_some(note),
    })
}

fn cell_text(cell: &Cell, unit: Option<crate::ValueUnit>) -> Result<String> {
    match (cell, unit) {
        (Cell::Text(text), _) => Ok(text.clone()),
        (Cell::Number(value), Some(unit)) => format::full(value, unit),
        (Cell::Number(value), None) => Ok(value.raw().to_owned()),
        (Cell::Missing, _) => Ok(format::MISSING.to_owned()),
    }
}
