//! The page: searchable, safe against its data, the same bytes each time.

use std::process::Command;

use yeji_report::{Cell, ChartKind, Error, Lang, Report, dashboard_pdf};

use crate::samples;

/// The text of a PDF, or `None` (with a line that says so) where poppler is not installed.
fn text_of(report: &Report) -> Option<String> {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("report.pdf");
    std::fs::write(&file, dashboard_pdf(report).unwrap()).unwrap();
    match Command::new("pdftotext")
        .arg("-layout")
        .arg(&file)
        .arg("-")
        .output()
    {
        Ok(output) => {
            assert!(output.status.success(), "pdftotext cannot read the page");
            Some(String::from_utf8(output.stdout).unwrap())
        }
        Err(error) => {
            println!("skipped: pdftotext is not installed ({error})");
            None
        }
    }
}

#[test]
fn every_word_can_be_searched() {
    for lang in [Lang::ZhCn, Lang::En] {
        let report = samples::dashboard(lang);
        let Some(text) = text_of(&report) else { return };
        let mut words: Vec<&str> = vec![&report.title, &report.subtitle, &report.data_state];
        words.extend(
            report
                .tiles
                .iter()
                .flat_map(|tile| [tile.label.as_str(), &tile.value]),
        );
        words.push("10,005,534.00");
        words.extend(report.charts.iter().map(|chart| chart.title.as_str()));
        words.extend(
            ["李䶮", "1,153,214.00"]
                .into_iter()
                .skip(usize::from(lang == Lang::En)),
        );
        for word in words {
            assert!(
                text.contains(word),
                "{word:?} is not in the text of the page"
            );
        }
        assert!(
            text.contains("1/3") || text.contains("1 / 3"),
            "charts on one page, 35 rows on two"
        );
    }
}

#[test]
fn data_is_never_markup() {
    let hostile = "#import \"x\": * $a$ _b_ @c <d> \\ // #{panic()} `e`";
    let mut report = samples::dashboard(Lang::En);
    hostile.clone_into(&mut report.title);
    hostile.clone_into(&mut report.tiles[0].label);
    hostile.clone_into(&mut report.data_state);
    hostile.clone_into(&mut report.tables[0].title);
    report.tables[0].rows[0][0] = Cell::Text(hostile.into());
    let Some(text) = text_of(&report) else { return };
    assert!(text.matches("#{panic()}").count() >= 3, "{text}");
}

#[test]
fn the_same_report_is_the_same_file() {
    let report = samples::dashboard(Lang::ZhCn);
    let first = dashboard_pdf(&report).unwrap();
    assert_eq!(
        first,
        dashboard_pdf(&report).unwrap(),
        "no clock, no random id"
    );
    let mut later = report.clone();
    later.generated_on = report.generated_on.succ_opt().unwrap();
    assert_ne!(first, dashboard_pdf(&later).unwrap(), "the day is in it");
}

#[test]
fn any_number_of_charts_finds_a_page() {
    for charts in [0, 1, 2, 3, 5, 6, 7] {
        let mut report = samples::dashboard(Lang::En);
        report.charts = vec![samples::empty(Lang::En, ChartKind::Bar); charts];
        report.tables.clear();
        let Some(text) = text_of(&report) else { return };
        assert_eq!(text.matches("No data").count(), charts);
        let pages = text.matches('\u{c}').count();
        assert_eq!(pages, charts.div_ceil(6).max(1), "{charts} charts");
    }
}

#[test]
fn a_long_table_is_cut_and_says_so() {
    let mut report = samples::dashboard(Lang::ZhCn);
    report.tables = vec![samples::people_table(Lang::ZhCn, 2_001)];
    let Some(text) = text_of(&report) else { return };
    assert!(text.contains("2001 行中的前 2000 行"), "below the table");
}

#[test]
fn limits_are_named() {
    let mut report = samples::dashboard(Lang::En);
    report.tiles = vec![report.tiles[0].clone(); 11];
    let error = dashboard_pdf(&report).unwrap_err();
    let expected = matches!(
        error,
        Error::TooMany {
            what: "tiles",
            found: 11,
            max: 10
        }
    );
    assert!(expected, "{error}");
}
