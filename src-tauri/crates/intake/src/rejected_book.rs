//! Workbooks of rows that were not taken: one sheet for each table with its own headers, so that a mended
//! sheet is imported as the table was. What tells why is left out at the next import.

use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};

use crate::TemplateLanguage;

/// Header of the column that tells the line in the file that was imported, 中文 and English.
const LINE: [&str; 2] = ["原文件行号（不导入）", "Line in the file (not imported)"];
/// Header of the column that tells why a row was not taken.
const REASON: [&str; 2] = ["未导入原因（不导入）", "Why not imported (not imported)"];
/// Header of the column that tells the import which did not take a row.
const IMPORT: [&str; 2] = ["所属导入（不导入）", "Import (not imported)"];
/// Rows of one sheet; Excel has room for a few more.
const SHEET_ROWS: usize = 1_000_000;
/// Most characters that Excel has room for in one cell.
const EXCEL_CELL_CHARS: usize = 32_767;
/// Most characters of a sheet's name.
const SHEET_NAME_CHARS: usize = 31;

/// The rows of one table that were not taken.
#[derive(Debug, Clone)]
pub struct RejectedTable {
    /// The table's name for people.
    pub name: String,
    /// Its headers.
    pub headers: Vec<String>,
    /// The rows.
    pub rows: Vec<RejectedCells>,
}

/// A row that was not taken.
#[derive(Debug, Clone)]
pub struct RejectedCells {
    /// Line in the file.
    pub line: u32,
    /// Why, in words.
    pub reason: String,
    /// The cells as they were.
    pub cells: Vec<String>,
}

/// The workbook. All cells are text: leading zeros and every digit stay, and nothing is a formula.
/// `import` names the import that did not take the rows; the mended ones are counted with its files.
///
/// # Errors
/// What the writer says.
pub fn rejected_book(
    tables: &[RejectedTable],
    import: &str,
    language: TemplateLanguage,
) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let parts = tables
        .iter()
        .flat_map(|table| table.rows.chunks(SHEET_ROWS).map(move |rows| (table, rows)));
    for (number, (table, rows)) in (1..).zip(parts) {
        let sheet = workbook.add_worksheet();
        sheet.set_name(sheet_name(number, &table.name))?;
        write(sheet, table, rows, import, language)?;
    }
    workbook.save_to_buffer()
}

/// Whether a header is one of the columns that this adds.
pub(crate) fn is_added(header: &str) -> bool {
    LINE.contains(&header) || REASON.contains(&header) || names_import(header)
}

/// Whether a header is that of the column with the import whose rows these are.
pub(crate) fn names_import(header: &str) -> bool {
    IMPORT.contains(&header)
}

fn write(
    sheet: &mut Worksheet,
    table: &RejectedTable,
    rows: &[RejectedCells],
    import: &str,
    language: TemplateLanguage,
) -> Result<(), XlsxError> {
    let (text, bold) = (Format::new().set_num_format("@"), Format::new().set_bold());
    let at = language.index();
    // A table whose headers are not known any more still has as many columns as its longest row.
    let widest = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let columns = table.headers.len().max(widest);
    for column in 0..columns {
        let header = table.headers.get(column).cloned();
        let header = header.unwrap_or_else(|| format!("#{}", column + 1));
        sheet.set_column_format(index(column), &text)?;
        sheet.set_column_width(index(column), 18)?;
        sheet.write_string_with_format(0, index(column), fitting(&header), &bold)?;
    }
    let added = [(REASON[at], 60.0), (LINE[at], 14.0), (IMPORT[at], 38.0)];
    for (column, (header, width)) in (columns..).zip(added) {
        sheet.set_column_width(index(column), width)?;
        sheet.write_string_with_format(0, index(column), header, &bold)?;
    }
    for (line, row) in (1_u32..).zip(rows) {
        for (column, cell) in row.cells.iter().enumerate() {
            sheet.write_string_with_format(line, index(column), fitting(cell), &text)?;
        }
        sheet.write_string(line, index(columns), fitting(&row.reason))?;
        sheet.write_number(line, index(columns + 1), row.line)?;
        sheet.write_string(line, index(columns + 2), import)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    Ok(())
}

/// A table has at most [`crate::limits::MAX_COLUMNS`], far fewer than a sheet.
fn index(column: usize) -> u16 {
    u16::try_from(column).unwrap_or(u16::MAX)
}

/// What Excel has room for.
fn fitting(text: &str) -> &str {
    // Excel counts UTF-16.
    let mut units = 0;
    let end = text.char_indices().find(|(_, c)| {
        units += c.len_utf16();
        units > EXCEL_CELL_CHARS
    });
    end.map_or(text, |(at, _)| &text[..at])
}

/// A name that Excel takes, each once: the number goes first.
fn sheet_name(number: usize, name: &str) -> String {
    let plain = name.chars().map(|c| match c {
        '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\'' => ' ',
        c if c.is_control() => ' ',
        c => c,
    });
    let mut units = 0;
    let full = format!("{number} ")
        .chars()
        .chain(plain)
        .collect::<Vec<_>>();
    let fits = full.into_iter().take_while(|c| {
        units += c.len_utf16();
        units <= SHEET_NAME_CHARS
    });
    fits.collect::<String>().trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Kind, inspect, propose, rows};

    /// What a person does: opens the workbook, mends one cell, and imports it again.
    #[test]
    fn a_mended_workbook_is_the_table_it_came_from() {
        let folder = tempfile::tempdir().unwrap();
        let csv = folder.path().join("deals.csv");
        let long = "长".repeat(500);
        let text = format!(
            "deal_id,owner,customer,stage,closed_on,amount\n\
             0007,王伟,\"{long}\",赢单,2026-03-40,12345678901234567\n\
             0008,=cmd(),a,赢单,2026-03-04,1\n"
        );
        std::fs::write(&csv, text).unwrap();
        let table = inspect(&csv).unwrap().remove(0);
        let mut proposal = propose(&table, Some(Kind::Opportunities)).unwrap();
        proposal.mapping.currency = Some(yeji_core::Currency::CNY);
        let rejected = rows(&table, &proposal.mapping).unwrap().next().unwrap();
        let rejected = rejected.unwrap_err();
        assert_eq!(rejected.code.code(), "date_unreadable");
        let row = |line, cells: Vec<String>| RejectedCells {
            line,
            reason: "这一天不存在".into(),
            cells,
        };
        let mut cells = rejected.raw;
        assert_eq!(cells[2], long, "a cell is kept whole");
        cells[4] = "2026-03-04".into();
        let formula = ["0008", "=cmd()", "a", "赢单", "2026-03-04", "1"].map(str::to_owned);
        let book = RejectedTable {
            name: table.label(),
            headers: table.headers.clone(),
            rows: vec![row(2, cells), row(3, formula.to_vec())],
        };
        for language in [TemplateLanguage::Chinese, TemplateLanguage::English] {
            let path = folder.path().join("mended.xlsx");
            let bytes = rejected_book(std::slice::from_ref(&book), "B-7", language).unwrap();
            std::fs::write(&path, bytes).unwrap();
            let again = inspect(&path).unwrap().remove(0);
            assert_eq!(
                again.headers, table.headers,
                "the columns that tell why are left out"
            );
            assert_eq!(again.mends.as_deref(), Some("B-7"));
            let taken: Vec<_> = rows(&again, &proposal.mapping).unwrap().collect();
            let crate::Row::Opportunity(deal) = taken[0].as_ref().unwrap() else {
                panic!("{taken:?}")
            };
            assert_eq!(deal.external_id, "0007");
            assert_eq!(deal.amount.unwrap().to_major(), "12345678901234567.00");
            let crate::Row::Opportunity(deal) = taken[1].as_ref().unwrap() else {
                panic!("{taken:?}")
            };
            assert_eq!(deal.owner, "=cmd()", "text, not a formula");
        }
    }

    #[test]
    fn sheets_have_names_that_excel_takes() {
        assert_eq!(
            sheet_name(1, "a/b:[c].xlsx [Sheet]"),
            "1 a b  c .xlsx  Sheet"
        );
        let long = sheet_name(12, &"客户".repeat(40));
        assert_eq!(long.encode_utf16().count(), SHEET_NAME_CHARS);
    }
}
