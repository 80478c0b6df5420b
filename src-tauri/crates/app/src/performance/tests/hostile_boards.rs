//! Widgets on facts that no company should have: days of another century, amounts at the edge, refunds.

use yeji_core::facts::Stage;
use yeji_core::{Currency, Money, Ratio};
use yeji_report::OTHER_KEY;
use yeji_report::chart::{ChartKind, Lang};

use super::Company;
use super::boards::{chart, draw, marked, opened, question};
use crate::api::Scope;
use crate::api::boards::{Form, Place, SaveBoard, Shows, ViewQuestion, Widget};
use crate::api::kpi::{MetricBy, PartFilter, SaveMetric};
use crate::api::reports::ExportDashboard;
use crate::demo::tests::demo_app;
use crate::host::no_progress;

/// A typing error in one year would make months look finished in which deals are still being won.
#[tokio::test]
async fn a_day_of_another_century_finishes_no_month() {
    let mut company = Company::default();
    company.unit("Company", None);
    company.unit("East", Some(0));
    let person = company.person("A", Some(1));
    company.won(person, "2019-02-03", 500);
    company.won(person, "2019-05-03", 500);
    company.won(person, "2099-01-01", 500);
    let world = company.store().await;
    let cohorts = question(Form::Cohort, "cohort_win_rate", None);
    // The data ends on 3 May: February, March and April are over.
    let drawn = draw(&world.app, &cohorts, "2019-Q2").await;
    let rows = &chart(&drawn).series;
    let cells = |month: &str| {
        let row = rows.iter().find(|row| row.key == month);
        row.map(|row| row.values.iter().flatten().count())
    };
    assert_eq!(cells("2019-02"), Some(3));
    assert_eq!(cells("2019-05"), None);
    assert!(rows.iter().all(|row| row.key.as_str() < "2019-06"));
}

/// Refunds make a part negative. Two thousand bars are no chart, with or without them.
#[tokio::test]
async fn parts_below_zero_keep_the_limit() {
    let mut company = Company::default();
    company.unit("Company", None);
    company.unit("East", Some(0));
    // The largest ones are at both ends.
    let yuan = |at: i64| if at == 0 { -5_000 } else { (at - 15) * 100 };
    for at in 0..40_i64 {
        let person = company.person(&format!("P{at:02}"), Some(1));
        company.won(person, "2019-02-03", yuan(at));
    }
    company.deal(0, None, Stage::Lost, "2019-03-31", 1);
    let world = company.store().await;
    for (form, limit, places) in [
        (Form::Shares, None, 7),
        (Form::Pareto, None, 31),
        (Form::Pareto, Some(5), 6),
        (Form::Shares, Some(3), 4),
    ] {
        let asked = ViewQuestion {
            limit,
            ..question(form, "won_amount", Some(MetricBy::Person))
        };
        let drawn = draw(&world.app, &asked, "2019-Q1").await;
        let shown = chart(&drawn);
        assert_eq!(shown.kind, ChartKind::HBar, "{form:?}");
        assert_eq!(shown.categories.len(), places, "{form:?} {limit:?}");
        let labels = shown.categories.iter().map(|place| place.label.as_str());
        let labels: Vec<&str> = labels.collect();
        assert!(labels.contains(&"P39") && labels.contains(&"P00"));
        let notes = drawn.notes.iter().map(|note| note.code.as_str());
        let notes: Vec<&str> = notes.collect();
        assert_eq!(notes, ["drawn_negative", "drawn_rest"]);
        // Together they are the whole, and what is folded opens what it is made of.
        let marks = marked(shown);
        let sum = marks
            .values()
            .copied()
            .try_fold(Ratio::ZERO, Ratio::checked_add);
        let whole: i64 = (0..40).map(yuan).sum();
        assert_eq!(sum.unwrap(), Ratio::from_int(whole));
        let rest = opened(&world.app, &drawn.marks[OTHER_KEY]).await;
        assert_eq!(rest, marks[OTHER_KEY]);
    }
}

/// Rounded steps lead to the rounded total: a picture whose bars do not meet would be refused.
#[tokio::test]
async fn a_waterfall_of_rounded_values_closes() {
    let mut company = Company::default();
    company.unit("Company", None);
    company.unit("East", Some(0));
    for name in ["A", "B"] {
        let person = company.person(name, Some(1));
        // So that both quarters are known from end to end.
        company.deal(person, None, Stage::Lost, "2018-10-01", 1);
        company.deal(person, None, Stage::Lost, "2019-03-31", 1);
        for (day, fen) in [("2018-11-01", 40), ("2019-02-01", 100)] {
            let id = company.ids.next();
            let deal = yeji_core::facts::Opportunity {
                amount: Some(Money::new(fen, Currency::CNY)),
                ..yeji_testkit::won_deal(id, company.people[person], day, 0)
            };
            company.records.push(deal.into());
        }
    }
    let world = company.store().await;
    let document = "code = 'whole'\nformula = 'won_amount'\nunit = 'number'\ndirection = 'higher'\n\
         decimals = 0\nname = { zh = '甲', en = 'A' }\ndefinition = { zh = '乙', en = 'B' }\n\
         source = { zh = '丙', en = 'C' }\n";
    let document = document.to_owned();
    world
        .app
        .save_metric(SaveMetric {
            document,
            event_date: None,
        })
        .await
        .unwrap();
    let asked = question(Form::Waterfall, "whole", Some(MetricBy::Person));
    let drawn = draw(&world.app, &asked, "2019-Q1").await;
    let shown = chart(&drawn);
    let exact =
        |series: usize, at: usize| shown.series[series].values[at].as_ref().unwrap().exact();
    // 0.80 to 2.00 by 0.60 twice.
    let steps: Vec<Ratio> = (1..4).map(|at| exact(1, at)).collect();
    assert_eq!(steps, [1, 1, -1].map(Ratio::from_int));
    assert_eq!(
        (exact(0, 0), exact(0, 4)),
        (Ratio::from_int(1), Ratio::from_int(2))
    );
}

/// The part that is looked at is called by its name under the title, never by an id.
#[tokio::test]
async fn a_filter_is_called_by_its_name() {
    let (_folder, app) = demo_app().await;
    for by in [MetricBy::Product, MetricBy::Person, MetricBy::Team] {
        let parts = draw(
            &app,
            &question(Form::Table, "won_amount", Some(by)),
            "2026-Q2",
        )
        .await;
        let part = parts.table.unwrap().rows.into_iter().next().unwrap();
        let asked = ViewQuestion {
            filter: Some(PartFilter {
                by,
                key: part.key.clone(),
            }),
            ..question(Form::Bars, "won_amount", None)
        };
        let drawn = draw(&app, &asked, "2026-Q2").await;
        let said = chart(&drawn).subtitle.clone().unwrap();
        assert!(said.contains(&part.label), "{by:?}: {said}");
        assert!(!said.contains(&part.key), "{by:?}: {said}");
    }
}

/// What one widget cannot say does not keep the others from being handed on.
#[tokio::test]
async fn a_widget_that_fails_does_not_end_the_report() {
    const EDGE: i64 = 92_000_000_000_000_000;
    let mut company = Company::default();
    company.unit("Company", None);
    company.unit("East", Some(0));
    let person = company.person("A", Some(1));
    // Together they are nothing, so that all sums hold.
    for at in 0..42 {
        company.won(person, "2019-02-03", if at % 2 == 0 { EDGE } else { -EDGE });
    }
    let world = company.store().await;
    let scope = || Scope {
        unit: None,
        period: "2019-Q1".parse().unwrap(),
    };
    let chart = |y, form, metric: &str, by| Widget {
        id: format!("w{y}"),
        place: Place {
            x: 0,
            y,
            w: 6,
            h: 1,
        },
        title: None,
        shows: Shows::Chart {
            question: question(form, metric, by),
        },
    };
    let widgets = vec![
        chart(0, Form::Distribution, "average_deal", None),
        chart(1, Form::Bars, "won_count", Some(MetricBy::Person)),
    ];
    let sizes = crate::api::boards::DrawWidget {
        shows: widgets[0].shows.clone(),
        scope: scope(),
        language: Lang::En,
    };
    assert!(
        world.app.draw_widget(sizes).await.is_err(),
        "beyond 64 bits"
    );
    let board = SaveBoard {
        id: None,
        name: "Board".to_owned(),
        roles: Vec::new(),
        widgets,
        expected: None,
    };
    let board = world.app.save_board(board).await.unwrap();
    let folder = yeji_testkit::temp_folder();
    let ask = ExportDashboard {
        scope: scope(),
        formats: vec!["svg".to_owned(), "pdf".to_owned(), "xlsx".to_owned()],
        language: Lang::En,
        board: Some(board.info.id),
    };
    let made = world
        .app
        .export_dashboard_to(folder.path(), ask, &no_progress);
    let made = made.await.unwrap();
    assert!(made.failed.is_empty(), "{:?}", made.failed);
    assert_eq!(made.files.len(), 3, "{:?}", made.files);
}
