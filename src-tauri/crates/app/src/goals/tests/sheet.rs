//! Goals read from a workbook whose formulas no program has calculated.

use std::io::{Cursor, Read as _, Write as _};
use std::path::Path;

use yeji_core::metric::GoalMetric;
use yeji_report::chart::Lang;
use zip::write::SimpleFileOptions;

use crate::api::goal_sheet::{ExportGoalSheet, ReadGoalSheet};
use crate::demo::tests::demo_app;
use crate::error::Error;
use crate::goals::GoalError;

const YEAR: i32 = 2026;

/// The workbook with a formula without a result, as openpyxl writes it, in the last row's cell of a column.
fn with_formula(file: &Path, column: &str) -> u32 {
    let bytes = std::fs::read(file).unwrap();
    let mut old = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut new = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let mut line = 0;
    for index in 0..old.len() {
        let mut part = old.by_index(index).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut content = Vec::new();
        part.read_to_end(&mut content).unwrap();
        if name.starts_with("xl/worksheets/sheet") {
            let text = String::from_utf8(content).unwrap();
            let cell = format!("<c r=\"{column}");
            let at = text.rfind(&cell).unwrap() + cell.len();
            let digits = text[at..].find('"').unwrap();
            line = text[at..at + digits].parse().unwrap();
            let from = at + text[at..].find("<v>").unwrap();
            let to = at + text[at..].find("</v>").unwrap() + "</v>".len();
            content = format!("{}<f>SUM(1,1)</f>{}", &text[..from], &text[to..]).into_bytes();
        }
        new.start_file(name, SimpleFileOptions::default()).unwrap();
        new.write_all(&content).unwrap();
    }
    std::fs::write(file, new.finish().unwrap().into_inner()).unwrap();
    line
}

/// An empty cell says nothing and leaves the number; a formula that nobody calculated says something, and nobody
/// knows what.
#[tokio::test]
async fn a_formula_that_was_never_calculated_is_refused_with_line_and_column() {
    let (folder, app) = demo_app().await;
    // March, and the sum of the year, by which the months are checked.
    for (column, header) in [("G", "2026-03"), ("Q", "Year")] {
        let file = folder.path().join(format!("{column}.xlsx"));
        let export = ExportGoalSheet {
            metric: GoalMetric::WonAmount,
            year: YEAR,
            language: Lang::En,
        };
        app.export_goal_sheet_to(&file, export).await.unwrap();
        let formula_line = with_formula(&file, column);
        let read = ReadGoalSheet {
            metric: GoalMetric::WonAmount,
            year: YEAR,
            frozen_before: None,
            preview: false,
        };
        let refused = app.read_goal_sheet(&file, read).await.unwrap_err();
        let Error::Goal(GoalError::Sheet {
            line,
            problem,
            value,
            ..
        }) = refused
        else {
            panic!("{refused:?}");
        };
        assert_eq!(
            (line, problem, value.as_str()),
            (formula_line, "not_calculated", header)
        );
    }
}
