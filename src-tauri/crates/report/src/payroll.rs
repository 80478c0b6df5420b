//! A workbook for a payroll system: a sheet of rows under the headers that it wants, and sheets that say where
//! they are from. Words are written as strings whatever they start with: `=HYPERLINK(...)` as a name stays a name.

use chrono::{Datelike, NaiveDate};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, XlsxError};

use crate::Result;

/// Excel keeps 15 significant digits; a number with more is written as text, which shows them all.
const MAX_EXCEL_DIGITS: usize = 15;

/// A sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PayrollSheet {
    /// Its name, at most 31 characters.
    pub name: String,
    /// Headers; none: the sheet has no head.
    pub head: Vec<String>,
    /// Rows.
    pub rows: Vec<Vec<PayrollCell>>,
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PayrollCell {
    /// Words.
    Text(String),
    /// A plain decimal: `-1234.50`.
    Number(String),
    /// Nothing.
    Empty,
}

/// The workbook; the same bytes for the same sheets.
///
/// # Errors
/// What the writer says: a name that is none for a sheet, more rows than a sheet holds, a number that is none.
pub fn payroll_xlsx(title: &str, made_on: NaiveDate, sheets: &[PayrollSheet]) -> Result<Vec<u8>> {
    let mut workbook = Workbook::new();
    let byte = |part: u32| u8::try_from(part).unwrap_or(1);
    let year = u16::try_from(made_on.year()).unwrap_or(1900);
    let day = ExcelDateTime::from_ymd(year, byte(made_on.month()), byte(made_on.day()))?;
    // The writer would take the clock's day.
    let properties = DocProperties::new()
        .set_title(title)
        .set_author("Yeji")
        .set_creation_datetime(&day);
    workbook.set_properties(&properties);
    let bold = Format::new().set_bold();
    for described in sheets {
        let sheet = workbook.add_worksheet();
        sheet.set_name(&described.name)?;
        let columns = described.rows.iter().map(Vec::len);
        let columns = columns.chain([described.head.len()]).max().unwrap_or(0);
        for (column, _) in (0_u16..).zip(0..columns) {
            sheet.set_column_width(column, 18)?;
        }
        let first = u32::from(!described.head.is_empty());
        if first == 1 {
            sheet.set_freeze_panes(1, 0)?;
        }
        for (column, head) in (0_u16..).zip(&described.head) {
            sheet.write_string_with_format(0, column, head, &bold)?;
        }
        for (row, cells) in (first..).zip(&described.rows) {
            for (column, cell) in (0_u16..).zip(cells) {
                match cell {
                    PayrollCell::Text(text) => {
                        sheet.write_string(row, column, text)?;
                    }
                    PayrollCell::Number(decimal) => {
                        if let Some(number) = double(decimal)? {
                            let format = Format::new().set_num_format(number_format(decimal));
                            sheet.write_number_with_format(row, column, number, &format)?;
                        } else {
                            let right = Format::new().set_align(FormatAlign::Right);
                            sheet.write_string_with_format(row, column, decimal, &right)?;
                        }
                    }
                    PayrollCell::Empty => {}
                }
            }
        }
    }
    Ok(workbook.save_to_buffer()?)
}

/// The double that prints back as the decimal; none: it has more digits than one keeps.
fn double(decimal: &str) -> Result<Option<f64>> {
    let digits = decimal.bytes().filter(u8::is_ascii_digit).count();
    let number: f64 = decimal
        .parse()
        .map_err(|_| XlsxError::ParameterError(format!("amount {decimal}")))?;
    Ok((digits <= MAX_EXCEL_DIGITS).then_some(number))
}

/// With as many decimals as the number is written with, and no commas: the file is for a program.
fn number_format(decimal: &str) -> String {
    match decimal.split_once('.') {
        Some((_, decimals)) => format!("0.{}", "0".repeat(decimals.len())),
        None => "0".to_owned(),
    }
}
