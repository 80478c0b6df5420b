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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Column;

    fn report(lang: Lang, rows: &[usize]) -> Report {
        let table = |rows: &usize| Table {
            title: "People".to_owned(),
            columns: vec![Column {
                label: "Name".to_owned(),
                align: Align::Left,
                unit: None,
            }],
            rows: vec![vec![Cell::Text("Li".to_owned())]; *rows],
        };
        Report {
            title: String::new(),
            subtitle: String::new(),
            generated_on: chrono::NaiveDate::MIN,
            data_state: String::new(),
            tiles: Vec::new(),
            charts: Vec::new(),
            tables: rows.iter().map(table).collect(),
            lang,
        }
    }

    #[test]
    fn rows_are_cut_where_the_document_is_full_and_counted() {
        let report = report(Lang::En, &[1_500, 501, 3]);
        let texts = tables(&report).unwrap();
        let shown: Vec<usize> = texts.iter().map(|one| one.rows.len()).collect();
        assert_eq!(shown, [1_500, 500, 0]);
        assert_eq!(texts[0].note, None, "nothing is cut");
        let note = texts[1].note.as_deref().unwrap();
        assert!(note.contains("first 500 of 501 rows"), "{note}");
        assert!(texts[2].note.is_some());
    }

    #[test]
    fn the_note_is_in_the_language_of_the_report() {
        let report = report(Lang::ZhCn, &[2_001]);
        let note = tables(&report).unwrap()[0].note.clone().unwrap();
        assert!(note.contains("2001 行中的前 2000 行"), "{note}");
    }
}
