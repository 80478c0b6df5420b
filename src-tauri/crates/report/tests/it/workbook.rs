//! The workbook: native charts, real numbers, words that stay words.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use yeji_report::{Cell, ChartKind, Error, Lang, Value, dashboard_sheet_name, dashboard_xlsx};

use crate::samples::{self, yuan};

fn open(bytes: &[u8]) -> Xlsx<Cursor<Vec<u8>>> {
    Xlsx::new(Cursor::new(bytes.to_vec())).unwrap()
}

/// Names of a zip's members are stored plainly.
fn has_member(bytes: &[u8], name: &str) -> bool {
    bytes
        .windows(name.len())
        .any(|window| window == name.as_bytes())
}

#[test]
fn a_native_chart_for_each_chart_and_a_sheet_for_its_data() {
    for lang in [Lang::ZhCn, Lang::En] {
        let report = samples::dashboard(lang);
        let bytes = dashboard_xlsx(&report).unwrap();
        for number in 1..=4 {
            assert!(
                has_member(&bytes, &format!("xl/charts/chart{number}.xml")),
                "chart {number}"
            );
        }
        let names = open(&bytes).sheet_names();
        assert_eq!(names[0], dashboard_sheet_name(lang));
        assert_eq!(names.len(), 1 + report.charts.len() + report.tables.len());
        assert_eq!(
            bytes,
            dashboard_xlsx(&report).unwrap(),
            "the clock is not in it"
        );
    }
}

#[test]
fn numbers_are_numbers_until_excel_would_round_them() {
    let mut report = samples::dashboard(Lang::En);
    report.charts = vec![samples::leaderboard(Lang::En, 4)];
    report.charts[0].series[0].values = [99_999_999_999_999_999, 999_999_999_999_999, -1, 0]
        .map(|minor| Some(yuan(minor)))
        .to_vec();
    let mut book = open(&dashboard_xlsx(&report).unwrap());
    let sheet = book.worksheet_range_at(1).unwrap().unwrap();
    let cell = |row| sheet.get_value((row, 1)).unwrap().clone();
    assert_eq!(
        cell(1),
        Data::String("999,999,999,999,999.99".into()),
        "17 digits: as text, all there"
    );
    assert_eq!(cell(2), Data::Float(9_999_999_999_999.99));
    assert_eq!(cell(3), Data::Float(-0.01));
    assert_eq!(cell(4), Data::Float(0.0));
}

#[test]
fn key_figures_are_numbers_to_calculate_with() {
    let report = samples::dashboard(Lang::En);
    let mut book = open(&dashboard_xlsx(&report).unwrap());
    let sheet = book.worksheet_range_at(0).unwrap().unwrap();
    let won = sheet
        .used_cells()
        .find(|(_, _, cell)| **cell == Data::Float(10_005_534.0));
    assert!(
        won.is_some(),
        "the won amount stands there exactly, not as 10M"
    );
}

#[test]
fn a_name_is_never_a_formula() {
    let hostile = ["=HYPERLINK(\"http://x\")", "+1+1", "-2", "@SUM(A1)", "\t=1"];
    let mut report = samples::dashboard(Lang::En);
    hostile[0].clone_into(&mut report.title);
    report.charts = vec![samples::leaderboard(Lang::En, hostile.len())];
    for (category, name) in report.charts[0].categories.iter_mut().zip(hostile) {
        name.clone_into(&mut category.label);
    }
    for (row, name) in report.tables[0].rows.iter_mut().zip(hostile) {
        row[0] = Cell::Text(name.into());
    }
    let mut book = open(&dashboard_xlsx(&report).unwrap());
    for (index, name) in book.sheet_names().into_iter().enumerate() {
        assert!(
            book.worksheet_formula(&name).unwrap().is_empty(),
            "{name} has a formula"
        );
        if index > 0 {
            let sheet = book.worksheet_range(&name).unwrap();
            assert_eq!(
                sheet.get_value((1, 0)),
                Some(&Data::String(hostile[0].into()))
            );
        }
    }
}

#[test]
fn empty_charts_and_odd_names_are_written() {
    let mut report = samples::dashboard(Lang::ZhCn);
    let kinds = [
        ChartKind::Bar,
        ChartKind::HBar,
        ChartKind::Pie,
        ChartKind::Attainment,
    ];
    report.charts = kinds.map(|kind| samples::empty(Lang::ZhCn, kind)).to_vec();
    report.charts.push(samples::year_of_weeks(Lang::ZhCn));
    report.charts.push(samples::trend(Lang::ZhCn));
    report.charts[0].title = "2017-01/W05: [all]*?".repeat(5);
    let mut book = open(&dashboard_xlsx(&report).unwrap());
    assert_eq!(book.sheet_names().len(), 8);
    let first = book.worksheet_range_at(0).unwrap().unwrap();
    let said = first
        .cells()
        .filter(|(_, _, cell)| cell.to_string().contains("暂无数据"))
        .count();
    assert_eq!(
        said,
        kinds.len(),
        "an empty chart is announced, not left out"
    );
}

#[test]
fn a_ragged_table_is_refused() {
    let mut report = samples::dashboard(Lang::En);
    report.tables[0].rows[2].push(Cell::Number(Value::count(1)));
    let error = dashboard_xlsx(&report).unwrap_err();
    assert!(
        matches!(
            error,
            Error::Table {
                row: 3,
                cells: 5,
                columns: 4,
                ..
            }
        ),
        "{error}"
    );
}

/// 57.4 days a deal shown as 57 is another number; whole ones get no decimals. All of a column look alike.
#[test]
fn numbers_that_are_not_whole_show_their_decimals() {
    let formats = |values: &[&str]| {
        let mut report = samples::dashboard(Lang::En);
        report.tiles.clear();
        report.charts.clear();
        report.tables.truncate(1);
        let table = &mut report.tables[0];
        table.columns.truncate(2);
        table.columns[1].unit = Some(yeji_report::ValueUnit::Count);
        let number = |value: &&str| Cell::Number(yeji_report::Value::parse(value).unwrap());
        table.rows = values
            .iter()
            .map(|value| vec![Cell::Text("A".to_owned()), number(value)])
            .collect();
        let bytes = dashboard_xlsx(&report).unwrap();
        let mut book = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut styles = String::new();
        let mut member = book.by_name("xl/styles.xml").unwrap();
        std::io::Read::read_to_string(&mut member, &mut styles).unwrap();
        ["#,##0", "#,##0.00"].map(|code| styles.contains(&format!("formatCode=\"{code}\"")))
    };
    assert_eq!(formats(&["3", "4"]), [true, false]);
    assert_eq!(formats(&["3", "746/13"]), [false, true]);
}
