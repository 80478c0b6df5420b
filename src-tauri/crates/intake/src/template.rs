//! Workbooks to be filled in: a sheet with the headers of a kind and an example row, and a sheet that
//! explains each column in both languages.

use rust_xlsxwriter::{ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError};

use crate::kinds::{FieldDef, FieldType};
use crate::{Kind, SourceFile};

/// Language of the headers and of the example; both are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TemplateLanguage {
    /// 中文.
    Chinese,
    /// English.
    English,
}

/// Names of the sheet of explanations, 中文 and English: it is told by its name, which says so itself.
const EXPLANATIONS: [&str; 2] = ["填写说明（不导入）", "Columns (not imported)"];
/// Its headers.
const HEADERS: [&str; 5] = [
    "列 Column",
    "必填 Required",
    "写法 Written as",
    "说明",
    "Explanation",
];
const DATE_FORMAT: &str = "yyyy-mm-dd";
/// Excel's format for text.
const TEXT_FORMAT: &str = "@";
/// Said below the explanations.
const ABOUT_EXAMPLE: &str = "第二行是示例，填写时请覆盖或删除。 / The second row is an example: write over it or delete it.";

impl TemplateLanguage {
    pub(crate) fn index(self) -> usize {
        match self {
            Self::Chinese => 0,
            Self::English => 1,
        }
    }
}

/// The template of a kind as a workbook.
///
/// # Errors
/// What the writer says; a test writes all of them.
pub fn template(kind: Kind, language: TemplateLanguage) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let at = language.index();
    let title = kind.def().titles[at];
    write_data(workbook.add_worksheet().set_name(title)?, kind, at)?;
    write_explanations(workbook.add_worksheet().set_name(EXPLANATIONS[at])?, kind)?;
    workbook.save_to_buffer()
}

/// Whether a sheet is the explanations of a template, which are not imported.
pub fn is_explanation(file: &SourceFile) -> bool {
    let sheet = file.sheet.as_deref();
    sheet.is_some_and(|name| EXPLANATIONS.contains(&name))
}

fn write_data(sheet: &mut Worksheet, kind: Kind, language: usize) -> Result<(), XlsxError> {
    let header = Format::new().set_bold().set_align(FormatAlign::Left);
    let day = Format::new().set_num_format(DATE_FORMAT);
    let text = Format::new().set_num_format(TEXT_FORMAT);
    for (column, def) in (0_u16..).zip(kind.fields()) {
        sheet.set_column_width(column, 18)?;
        match def.kind {
            FieldType::Date => {
                sheet.set_column_format(column, &day)?;
            }
            FieldType::Amount | FieldType::Integer | FieldType::Between(..) | FieldType::Rate => {}
            // As text, what is typed keeps its leading zeros, and numbers of invoices all of their
            // twenty digits; 2026.10 stays October.
            _ => {
                sheet.set_column_format(column, &text)?;
            }
        }
        sheet.write_string_with_format(0, column, def.titles[language], &header)?;
        write_example(sheet, column, def, language, &day, &text)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    Ok(())
}

fn write_example(
    sheet: &mut Worksheet,
    column: u16,
    def: &FieldDef,
    language: usize,
    day: &Format,
    text: &Format,
) -> Result<(), XlsxError> {
    let example = def.example[language];
    if example.is_empty() {
        return Ok(());
    }
    match def.kind {
        FieldType::Date => {
            let date = ExcelDateTime::parse_from_str(example)?;
            sheet.write_datetime_with_format(1, column, &date, day)?;
        }
        FieldType::Amount | FieldType::Integer | FieldType::Between(..) | FieldType::Rate => {
            match example.parse::<f64>() {
                Ok(number) => sheet.write_number(1, column, number)?,
                Err(_) => sheet.write_string(1, column, example)?,
            };
        }
        _ => {
            sheet.write_string_with_format(1, column, example, text)?;
        }
    }
    Ok(())
}

fn write_explanations(sheet: &mut Worksheet, kind: Kind) -> Result<(), XlsxError> {
    let header = Format::new().set_bold();
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    for ((column, text), width) in (0_u16..).zip(HEADERS).zip([30.0, 16.0, 34.0, 46.0, 46.0]) {
        sheet.write_string_with_format(0, column, text, &header)?;
        sheet.set_column_width(column, width)?;
    }
    for (row, def) in (1_u32..).zip(kind.fields()) {
        let name = format!("{} / {}", def.titles[0], def.titles[1]);
        let needed = if def.required { "必填 required" } else { "" };
        let cells = [
            name.as_str(),
            needed,
            &written_as(def),
            def.about[0],
            def.about[1],
        ];
        for (column, text) in (0_u16..).zip(cells) {
            sheet.write_string_with_format(row, column, text, &wrapped)?;
        }
    }
    let below = u32::try_from(kind.fields().len())
        .unwrap_or(u32::MAX)
        .saturating_add(2);
    sheet.write_string(below, 0, ABOUT_EXAMPLE)?;
    sheet.set_freeze_panes(1, 0)?;
    Ok(())
}

/// How values of a field are written, in both languages.
pub fn written_as(def: &FieldDef) -> String {
    let text = match def.kind {
        FieldType::Text | FieldType::Role => "文字 text",
        FieldType::Date => "日期 date: 2026-03-01, 2026/3/1, 2026年3月1日, 1-Mar-26",
        FieldType::Month => "月份 month: 2026-03, 2026年3月, 202603",
        FieldType::Amount => "金额 amount: 1234.50, 1,234.50, ¥1.2万, (1,234.50)",
        FieldType::Integer => "整数 whole number",
        FieldType::Between(min, max) => {
            return format!("整数 whole number: {min} – {max}");
        }
        FieldType::Rate => "小数 decimal: 7.1234",
        FieldType::Currency => "币种代码 currency code: CNY, USD",
        FieldType::Shares => "分成 shares: 王伟 60%; 李娜 40%",
        FieldType::Stage => "阶段 stage",
        FieldType::QuarterOf(_) => "季度 quarter: 2026Q1",
        FieldType::Choice(choices) => {
            let words: Vec<&str> = choices
                .iter()
                .flat_map(|(_, words)| words.split_whitespace().take(2))
                .collect();
            return words.join(", ");
        }
    };
    text.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{inspect, propose, rows};

    #[test]
    fn every_template_is_recognised_and_its_example_row_is_read() {
        let folder = tempfile::tempdir().unwrap();
        for kind in Kind::ALL {
            for language in [TemplateLanguage::Chinese, TemplateLanguage::English] {
                let path = folder.path().join(format!("{kind}-{language:?}.xlsx"));
                std::fs::write(&path, template(*kind, language).unwrap()).unwrap();
                let sheets = inspect(&path).unwrap();
                let data: Vec<_> = sheets
                    .iter()
                    .filter(|sheet| !is_explanation(sheet))
                    .collect();
                assert_eq!(data.len(), 1, "{kind}: one sheet holds data");
                let mut proposal = propose(data[0], None).unwrap();
                assert_eq!(proposal.kind, *kind, "{:?}", data[0].headers);
                for def in kind.fields() {
                    assert!(
                        proposal.mapping.columns.contains_key(&def.field),
                        "{kind}: the template's header of {} is understood",
                        def.field
                    );
                }
                proposal.mapping.currency = Some(yeji_core::Currency::CNY);
                let read: Vec<_> = rows(data[0], &proposal.mapping).unwrap().collect();
                assert_eq!(read.len(), 1, "{kind}");
                assert!(read[0].is_ok(), "{kind}: {:?}", read[0]);
            }
        }
    }
}
