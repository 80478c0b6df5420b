//! Formulas that no program has calculated, as scripts write them: their values are not known.

use std::io::{Cursor, Read, Write};

use rust_xlsxwriter::Workbook;
use yeji_intake::{Error, Kind, WarningCode, inspect};
use zip::write::SimpleFileOptions;

use crate::support::{TempFile, deal, file, proposal, read, rejections};

/// A workbook of these rows, where `=` stands for a formula without a result.
fn book(rows: &[&[&str]]) -> TempFile {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("商机").unwrap();
    for (row, cells) in (0..).zip(rows) {
        for (column, cell) in (0..).zip(*cells) {
            if *cell == "=" {
                sheet.write_formula(row, column, "=SUM(1,1)").unwrap();
            } else if *cell == "\"\"" {
                let nothing = rust_xlsxwriter::Formula::new("=T(\"\")").set_result("@@");
                sheet.write_formula(row, column, nothing).unwrap();
            } else if !cell.is_empty() {
                sheet.write_string(row, column, *cell).unwrap();
            }
        }
    }
    let bytes = book.save_to_buffer().unwrap();
    file("book.xlsx", without_results(&bytes))
}

/// As openpyxl and others leave a formula: the first half of the cells without `<v>`, the rest with an empty one.
fn without_results(bytes: &[u8]) -> Vec<u8> {
    let mut old = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut new = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..old.len() {
        let mut part = old.by_index(index).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut content = Vec::new();
        part.read_to_end(&mut content).unwrap();
        if name.starts_with("xl/worksheets/") {
            let text = String::from_utf8(content).unwrap();
            // A formula that came to nothing, as Excel writes it.
            let text = text.replace("<v>@@</v>", "<v></v>");
            let formula = "<f>SUM(1,1)</f>";
            let text = text.replacen(&format!("{formula}<v>0</v>"), formula, 1);
            content = text
                .replace(&format!("{formula}<v>0</v>"), &format!("{formula}<v></v>"))
                .into_bytes();
        }
        new.start_file(name, SimpleFileOptions::default()).unwrap();
        new.write_all(&content).unwrap();
    }
    new.finish().unwrap().into_inner()
}

const HEADERS: &[&str] = &["商机编号", "负责人", "阶段", "成交日期", "金额", "备注"];

#[test]
fn they_are_counted_named_and_their_rows_refused() {
    let file = book(&[
        HEADERS,
        &["1", "王伟", "赢单", "2026-01-05", "100", "="],
        &["2", "王伟", "赢单", "2026-01-06", "="],
        &["=", "=", "赢单", "2026-01-07", "5"],
        &["\"\"", "\"\"", "\"\"", "\"\"", "\"\""],
        &["4", "王伟", "赢单", "2026-01-08", "\"\""],
    ]);
    let (table, proposal) = proposal(&file.path, Kind::Opportunities);
    let code = WarningCode::FormulasNotCalculated;
    let found: Vec<_> = proposal
        .warnings
        .iter()
        .filter(|one| one.code == code)
        .collect();
    assert_eq!(found.len(), 1, "{:?}", proposal.warnings);
    let said = |name: &str| found[0].params[name].as_str();
    assert_eq!(
        ["cells", "sheet", "first", "header"].map(said),
        ["3", "商机", "E3", "金额"],
        "those of columns that are not imported matter to nobody"
    );
    let rows = read(&table, &proposal.mapping);
    let code = "formula_not_calculated";
    assert_eq!(rejections(&rows), [(3, code), (4, code)]);
    assert_eq!(deal(&rows[0]).amount.unwrap().minor, 10_000);
    let last = deal(rows.last().unwrap());
    assert_eq!(
        (&*last.external_id, last.amount),
        ("4", None),
        "a formula that came to nothing is nothing"
    );
}

/// A sheet that repeats another one: all of it would be blank.
#[test]
fn rows_of_nothing_else_are_refused_not_skipped() {
    let formulas = ["="; 5];
    let file = book(&[HEADERS, &formulas, &formulas]);
    let (table, proposal) = proposal(&file.path, Kind::Opportunities);
    assert_eq!((table.rows, proposal.rows), (Some(2), 2));
    let rows = read(&table, &proposal.mapping);
    assert_eq!(rejections(&rows).len(), 2);
}

#[test]
fn a_workbook_of_nothing_else_is_not_called_empty() {
    let file = book(&[&["="; 3], &["="; 3]]);
    let refused = inspect(&file.path).unwrap_err();
    assert_eq!(refused.code(), "file_not_calculated", "{refused}");
    let empty = book(&[&["\"\""; 3]]);
    assert!(matches!(inspect(&empty.path), Err(Error::Empty { .. })));
}
