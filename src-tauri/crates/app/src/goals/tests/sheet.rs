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

/// Who fills January alone may not know that eleven months stay: the row says so, in the preview already.
#[tokio::test]
async fn a_row_with_only_some_months_says_so_with_its_line() {
    let (folder, app) = demo_app().await;
    let grid = app
        .get_goal_grid(crate::api::goal_grid::GetGoalGrid {
            metric: GoalMetric::WonAmount,
            year: YEAR,
            version: None,
            columns: crate::api::goal_grid::GridColumns::Months,
            expanded: vec!["*".to_owned()],
            search: None,
            offset: 0,
            limit: 400,
        })
        .await
        .unwrap();
    let people = grid.rows.iter().filter(|row| row.level == "person");
    let numbers: Vec<&str> = people
        .filter_map(|row| row.staff_number.as_deref())
        .collect();
    let months: Vec<String> = (1..=12).map(|month| format!("{YEAR}-{month:02}")).collect();
    let full = ["1000"; 12].join(",");
    let text = format!(
        "Staff number,Name,{}\n{},,{full}\n{},,5000{}\n{},{}\n",
        months.join(","),
        numbers[0],
        numbers[1],
        ",".repeat(11),
        numbers[2],
        ",".repeat(12),
    );
    let file = folder.path().join("partial.csv");
    std::fs::write(&file, text).unwrap();
    let read = ReadGoalSheet {
        metric: GoalMetric::WonAmount,
        year: YEAR,
        frozen_before: None,
        preview: true,
    };
    let read = app.read_goal_sheet(&file, read).await.unwrap();
    assert_eq!(
        read.notes.len(),
        1,
        "one row has some months: {:?}",
        read.notes
    );
    let note = &read.notes[0];
    assert_eq!(note.code, "goal_sheet_partial");
    assert_eq!(
        ["line", "filled", "of"].map(|name| note.params[name].as_str()),
        ["3", "1", "12"]
    );
    assert!(
        note.params["months"].starts_with("2026-02, 2026-03"),
        "{note:?}"
    );
}

/// The code of the problem in a file, or none.
async fn problem_of(
    app: &crate::context::App,
    file: &Path,
    metric: GoalMetric,
) -> Option<&'static str> {
    let read = ReadGoalSheet {
        metric,
        year: YEAR,
        frozen_before: None,
        preview: true,
    };
    match app.read_goal_sheet(file, read).await {
        Ok(_) => None,
        Err(Error::Goal(GoalError::Sheet { problem, .. })) => Some(problem),
        Err(other) => panic!("{other:?}"),
    }
}

/// A sheet of which one column was sorted alone gives everybody the numbers of somebody else.
#[tokio::test]
async fn a_number_beside_the_name_of_another_is_refused() {
    let (folder, app) = demo_app().await;
    let book = app
        .book_in_force(GoalMetric::WonAmount, YEAR)
        .await
        .unwrap();
    let numbers = book.staff_numbers();
    let at = (0..book.units.len())
        .filter(|at| numbers.contains_key(&book.units[*at].id))
        // Of two of one name a name alone says nothing.
        .find(|at| {
            let name = |unit: &usize| &book.units[*unit].name;
            (0..book.units.len())
                .filter(|other| name(other) == name(at))
                .count()
                == 1
        })
        .unwrap();
    let number = &numbers[&book.units[at].id];
    let own = (
        book.units[at].name.as_str(),
        book.units[book.parent(at).unwrap()].name.as_str(),
    );
    let file = folder.path().join("one.csv");
    let months: Vec<String> = (1..=12).map(|month| format!("{YEAR}-{month:02}")).collect();
    for ((name, under), expected) in [
        (own, None),
        (("", ""), None),
        (("Somebody else", own.1), Some("other_name")),
        ((own.0, "Somewhere else"), Some("other_unit")),
    ] {
        let text = format!(
            "Staff number,Name,Under,{}\n{number},{name},{under}{}\n",
            months.join(","),
            ",1".repeat(12)
        );
        std::fs::write(&file, text).unwrap();
        let found = problem_of(&app, &file, GoalMetric::WonAmount).await;
        assert_eq!(found, expected, "{name} under {under}");
        if name.is_empty() || expected == Some("other_name") {
            continue;
        }
        // Without the number the name says who is meant, and the unit has to be theirs all the same.
        let text = format!(
            "Staff number,Name,Under,{}\n,{name},{under}{}\n",
            months.join(","),
            ",1".repeat(12)
        );
        std::fs::write(&file, text).unwrap();
        let found = problem_of(&app, &file, GoalMetric::WonAmount).await;
        assert_eq!(found, expected, "{name} under {under}, without a number");
    }
}

#[tokio::test]
async fn a_row_of_another_level_is_refused() {
    let (folder, app) = demo_app().await;
    let book = app
        .book_in_force(GoalMetric::WonAmount, YEAR)
        .await
        .unwrap();
    let numbers = book.staff_numbers();
    let mut people = book.units.iter();
    let person = people.find(|unit| numbers.contains_key(&unit.id)).unwrap();
    let number = &numbers[&person.id];
    let months: Vec<String> = (1..=12).map(|month| format!("{YEAR}-{month:02}")).collect();
    let file = folder.path().join("one.csv");
    for (level, expected) in [
        ("Person", None),
        ("", None),
        ("East", None),
        ("Team", Some("other_level")),
        ("团队", Some("other_level")),
    ] {
        let text = format!(
            "Level,Staff number,Name,{}\n{level},{number},{}{}\n",
            months.join(","),
            person.name,
            ",1".repeat(12)
        );
        std::fs::write(&file, text).unwrap();
        let found = problem_of(&app, &file, GoalMetric::WonAmount).await;
        assert_eq!(found, expected, "level {level:?}");
    }
}

/// Deals are no yuan: a workbook says of which figure it is.
#[tokio::test]
async fn a_workbook_of_one_figure_is_not_taken_for_another() {
    let (folder, app) = demo_app().await;
    for metric in [GoalMetric::WonCount, GoalMetric::Receipts] {
        app.set_goal(crate::api::goals::SetGoal {
            metric,
            year: YEAR,
            amount: "400".to_owned(),
        })
        .await
        .unwrap();
        app.split_goal(crate::api::goals::SplitGoal {
            metric,
            year: YEAR,
            rule: crate::api::goals::SplitRule::Equal,
            preview: false,
        })
        .await
        .unwrap();
    }
    for language in [Lang::En, Lang::ZhCn] {
        let file = folder.path().join(format!("{language:?}.xlsx"));
        let export = ExportGoalSheet {
            metric: GoalMetric::WonCount,
            year: YEAR,
            language,
        };
        app.export_goal_sheet_to(&file, export).await.unwrap();
        assert_eq!(problem_of(&app, &file, GoalMetric::WonCount).await, None);
        assert_eq!(
            problem_of(&app, &file, GoalMetric::Receipts).await,
            Some("other_figure")
        );
    }
}
