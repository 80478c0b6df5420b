//! The table behind every chart, and its numbers in files.

use yeji_report::chart::{Chart, Lang};

use super::boards::{draw, of_each_form, question};
use crate::api::boards::{Form, ViewQuestion};
use crate::api::kpi::{Comparison, Grain, MetricBy};
use crate::api::reports::ExportMetric;
use crate::context::App;
use crate::demo::tests::demo_app;

const PERIOD: &str = "2026-Q2";

/// The rows of the file, header first, without the column that says whose figures they are.
async fn csv(app: &App, question: &ViewQuestion) -> Vec<Vec<String>> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("answer.csv");
    let args = ExportMetric {
        question: question.clone(),
        from: "2026-04-01".parse().unwrap(),
        to: "2026-07-01".parse().unwrap(),
        unit: None,
        format: "csv".to_owned(),
        language: Lang::En,
    };
    app.export_metric_to(&path, args).await.unwrap();
    let text = std::fs::read_to_string(&path).unwrap();
    let lines = text.trim_start_matches('\u{feff}').lines();
    let rows = lines.map(cells);
    let mut rows: Vec<Vec<String>> = rows.collect();
    for row in &mut rows {
        row.pop();
    }
    rows
}

/// The cells of a line; commas within quotes are none.
fn cells(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut is_quoted = false;
    for c in line.chars() {
        match (c, cells.last_mut()) {
            ('"', _) => is_quoted = !is_quoted,
            (',', _) if !is_quoted => cells.push(String::new()),
            (_, Some(cell)) => cell.push(c),
            (_, None) => {}
        }
    }
    cells
}

/// What a chart has a mark of: places, or the rows of a grid.
fn names(chart: &Chart) -> Vec<&str> {
    if chart.is_grid() {
        chart.series.iter().map(|one| one.label.as_str()).collect()
    } else {
        let places = chart.categories.iter();
        places.map(|one| one.label.as_str()).collect()
    }
}

/// Who is handed the file finds each stage, cohort, bin and period that the picture shows.
#[tokio::test]
async fn the_table_behind_a_chart_has_the_rows_of_the_chart() {
    let (_store, app) = demo_app().await;
    let mut of_rows = Vec::new();
    for asked in of_each_form() {
        let drawn = draw(&app, &asked, PERIOD).await;
        let Some(chart) = &drawn.chart else { continue };
        let rows = csv(&app, &asked).await;
        if asked.by.is_none() {
            assert!(drawn.own_rows, "{:?}: one row of a figure", asked.form);
            let firsts: Vec<&str> = rows[1..].iter().map(|row| row[0].as_str()).collect();
            assert_eq!(firsts, names(chart), "{:?}", asked.form);
            let across = if chart.is_grid() {
                chart.categories.len()
            } else {
                chart.series.len()
            };
            assert!(rows[0].len() > across, "{:?}: {:?}", asked.form, rows[0]);
            of_rows.push(asked.form);
        } else {
            assert!(!drawn.own_rows, "{:?}", asked.form);
            assert!(rows.len() > 2, "{:?}: {rows:?}", asked.form);
        }
    }
    for form in [Form::Funnel, Form::Cohort, Form::Distribution, Form::Trend] {
        assert!(of_rows.contains(&form), "{form:?} was not drawn");
    }
}

/// A share is 0.85 beside 0.12 more, not 85% beside +12 pp; a spreadsheet takes no typographic minus for a sign.
#[tokio::test]
async fn all_numbers_of_a_file_are_plain_decimals() {
    let (_store, app) = demo_app().await;
    for (metric, compare) in [
        ("win_rate", Comparison::LastPeriod),
        ("won_amount", Comparison::LastYear),
        ("won_amount", Comparison::Goal),
        ("cycle_length", Comparison::LastPeriod),
    ] {
        let asked = ViewQuestion {
            grain: Some(Grain::Month),
            compare: Some(compare),
            ..question(Form::Table, metric, Some(MetricBy::Team))
        };
        let rows = csv(&app, &asked).await;
        assert!(rows[0].len() == 5 && rows.len() > 4, "{metric}: {rows:?}");
        let cells = rows[1..].iter().flat_map(|row| &row[2..]);
        for cell in cells.filter(|cell| !cell.is_empty()) {
            let is_plain = |c: char| c.is_ascii_digit() || c == '.' || c == '-';
            assert!(cell.chars().all(is_plain), "{metric}: {cell} in {rows:?}");
        }
    }
}

/// Nothing is so many per cent more than zero: whoever reads the row is told.
#[tokio::test]
async fn a_row_that_is_held_against_zero_says_why_it_has_no_change() {
    let mut company = super::Company::default();
    company.unit("Company", None);
    let people = ["Steady", "New", "Returned"].map(|name| company.person(name, Some(0)));
    company.won(people[0], "2019-01-10", 200);
    company.won(people[2], "2019-01-10", -50);
    for person in people {
        company.won(person, "2019-02-10", 300);
    }
    let world = company.store().await;
    let asked = |compare| crate::api::kpi::GetMetric {
        by: Some(MetricBy::Person),
        compare: Some(compare),
        ..super::metrics::ask("won_amount", "2019-02-01", "2019-03-01")
    };
    let table = world
        .app
        .get_metric(asked(Comparison::LastPeriod))
        .await
        .unwrap();
    let found = |name: &str| {
        let row = table.rows.iter().find(|row| row.label == name).unwrap();
        let why = row
            .cell
            .compared_reason
            .as_ref()
            .map(|why| why.code.as_str());
        (
            row.cell.compared.as_deref(),
            row.cell.change_shown.as_deref(),
            why,
        )
    };
    assert_eq!(found("Steady"), (Some("200.00"), Some("+50.0%"), None));
    assert_eq!(
        found("New"),
        (Some("0.00"), None, Some("no_change_from_zero"))
    );
    assert_eq!(
        found("Returned"),
        (Some("-50.00"), None, Some("no_change_from_below"))
    );
}
