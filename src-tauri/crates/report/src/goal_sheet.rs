//! Goals as HR keeps them in Excel: units and people down, months across, sums as values.

use rust_xlsxwriter::{Format, FormatAlign, Workbook, XlsxError};

use crate::Result;
use crate::chart::Lang;

/// A row: texts, then amounts in major units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoalSheetRow {
    /// Level, staff number, name, unit above.
    pub texts: [String; 4],
    /// How deep below the topmost.
    pub depth: u8,
    /// Whether it is a sum of rows below it.
    pub is_sum: bool,
    /// One a month, then the year.
    pub amounts: Vec<String>,
}

/// The headers of the texts and of the year's sum, 中文 and English.
pub const TEXT_HEADERS: [[&str; 4]; 2] = [
    ["层级", "工号", "姓名", "所属"],
    ["Level", "Staff number", "Name", "Under"],
];
/// The header of the year's sum.
pub const TOTAL_HEADERS: [&str; 2] = ["全年", "Year"];
/// The header of what the goal is of: numbers of one figure are not taken for those of another.
pub const FIGURE_HEADERS: [&str; 2] = ["指标", "Figure"];

/// The sheet as a workbook. Months are headed by their keys (`2027-01`), which both languages read.
///
/// # Errors
/// What the writer says, an amount that is none.
pub fn goal_sheet(
    title: &str,
    figure: &str,
    months: &[String],
    rows: &[GoalSheetRow],
    lang: Lang,
) -> Result<Vec<u8>> {
    let language = usize::from(lang == Lang::En);
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name(title)?;
    let header = Format::new().set_bold().set_align(FormatAlign::Center);
    let format = number_format(rows);
    let money = Format::new().set_num_format(&format);
    let sum = Format::new().set_num_format(&format).set_bold();
    let heads = TEXT_HEADERS[language].iter().copied();
    let heads = heads.chain(months.iter().map(String::as_str));
    for (column, head) in
        (0_u16..).zip(heads.chain([TOTAL_HEADERS[language], FIGURE_HEADERS[language]]))
    {
        sheet.write_string_with_format(0, column, head, &header)?;
        sheet.set_column_width(column, if column < 4 { 14 } else { 15 })?;
    }
    sheet.set_freeze_panes(1, 4)?;
    for (line, row) in (1_u32..).zip(rows) {
        let bold = Format::new().set_indent(row.depth);
        let name = if row.is_sum { bold.set_bold() } else { bold };
        for (column, text) in (0_u16..).zip(&row.texts) {
            sheet.write_string_with_format(line, column, text, &name)?;
        }
        for (column, amount) in (4_u16..).zip(&row.amounts) {
            // A cell is a double: fifteen digits are exact, and cents of more are not expected.
            let value: f64 = amount
                .parse()
                .map_err(|_| XlsxError::ParameterError(format!("amount {amount}")))?;
            let format = if row.is_sum { &sum } else { &money };
            sheet.write_number_with_format(line, column, value, format)?;
        }
        let last = u16::try_from(4 + row.amounts.len());
        let last = last.map_err(|_| XlsxError::ParameterError("months".to_owned()))?;
        sheet.write_string(line, last, figure)?;
    }
    Ok(workbook.save_to_buffer()?)
}

/// With as many decimals as the amounts have: counts and yen have none.
fn number_format(rows: &[GoalSheetRow]) -> String {
    let mut amounts = rows.iter().flat_map(|row| &row.amounts);
    let decimals = amounts.next().and_then(|one| one.split_once('.'));
    match decimals.map_or(0, |(_, decimals)| decimals.len()) {
        0 => "#,##0".to_owned(),
        some => format!("#,##0.{}", "0".repeat(some)),
    }
}
