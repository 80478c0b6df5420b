//! Widgets: what they show is what the library says, and opens the records that it is made of.

use std::collections::BTreeMap;

use proptest::prelude::*;
use yeji_core::Ratio;
use yeji_core::calendar::{Period, PeriodKind, periods};
use yeji_core::facts::Stage;
use yeji_insight::kpi::Library;
use yeji_report::OTHER_KEY;
use yeji_report::chart::{Chart, ChartKind, Lang, Role, Value};

use super::{Company, World};
use crate::api::boards::{
    Board, DrawWidget, Drawn, Form, GetBoard, ListBoards, Mark, SaveBoard, Shows, ViewQuestion,
    Widget,
};
use crate::api::kpi::{
    Comparison, GetMetric, Grain, ListMetricRecords, MetricBy, MetricDrill, PartFilter,
};
use crate::api::performance::{CustomerValueRow, ListCustomerValues};
use crate::api::{NoArgs, Scope};
use crate::context::App;
use crate::demo::tests::demo_app;

pub(super) fn question(form: Form, metric: &str, by: Option<MetricBy>) -> ViewQuestion {
    ViewQuestion {
        form,
        metric: metric.to_owned(),
        by,
        grain: None,
        compare: None,
        filter: None,
        limit: None,
    }
}

/// A question that each form can show.
pub(super) fn of_each_form() -> Vec<ViewQuestion> {
    Form::ALL
        .into_iter()
        .map(|form| match form {
            Form::Attainment => question(form, "win_rate", Some(MetricBy::Person)),
            Form::Funnel | Form::Cohort => question(form, "cohort_win_rate", None),
            Form::Distribution => question(form, "average_deal", None),
            Form::Trend | Form::Bars => question(form, "won_amount", None),
            _ => question(form, "won_amount", Some(MetricBy::Person)),
        })
        .collect()
}

pub(super) async fn draw(app: &App, question: &ViewQuestion, period: &str) -> Drawn {
    let shows = Shows::Chart {
        question: question.clone(),
    };
    draw_shown(app, shows, period, Lang::En).await
}

async fn draw_shown(app: &App, shows: Shows, period: &str, language: Lang) -> Drawn {
    let scope = Scope {
        unit: None,
        period: period.parse().unwrap(),
    };
    let args = DrawWidget {
        shows,
        scope,
        language,
    };
    app.draw_widget(args).await.unwrap()
}

pub(super) fn chart(drawn: &Drawn) -> &Chart {
    drawn
        .chart
        .as_ref()
        .unwrap_or_else(|| panic!("{}: {:?}", drawn.title, drawn.lack))
}

fn exact(value: Option<&Value>) -> Ratio {
    value.unwrap().exact()
}

/// The marks of a chart with their values, by the keys under which they open.
pub(super) fn marked(chart: &Chart) -> BTreeMap<String, Ratio> {
    let mut all = BTreeMap::new();
    for series in &chart.series {
        if !matches!(series.role, Role::Actual | Role::Change) {
            continue;
        }
        for (category, value) in chart.categories.iter().zip(&series.values) {
            let key = if chart.is_grid() {
                format!("{}/{}", series.key, category.key)
            } else {
                category.key.clone()
            };
            if let Some(value) = value {
                all.insert(key, value.exact());
            }
        }
    }
    all
}

/// What the records of a measure add up to, page by page.
async fn sum_of_records(app: &App, drill: &MetricDrill, measure: &str) -> Ratio {
    let (mut sum, mut cursor) = (Ratio::ZERO, None);
    loop {
        let page = app
            .list_metric_records(ListMetricRecords {
                drill: drill.clone(),
                measure: measure.to_owned(),
                cursor,
            })
            .await
            .unwrap();
        for row in &page.rows {
            sum = sum.checked_add(row.value.parse().unwrap()).unwrap();
        }
        cursor = page.next_cursor;
        if cursor.is_none() {
            return sum;
        }
    }
}

/// What a mark's records come to.
pub(super) async fn opened(app: &App, mark: &Mark) -> Ratio {
    let of = async |drill: &MetricDrill| {
        if let Some(measure) = &mark.measure {
            return sum_of_records(app, drill, measure).await;
        }
        let library = Library::built_in();
        let metric = library.metric(&drill.metric).unwrap();
        let mut sums = BTreeMap::new();
        for measure in metric.measures() {
            let sum = sum_of_records(app, drill, measure.code()).await;
            sums.insert(*measure, sum);
        }
        library
            .evaluate(metric, &|measure| Ok(sums[&measure]))
            .unwrap()
    };
    let now = of(&mark.drill).await;
    match &mark.less {
        Some(less) => now.checked_sub(of(less).await).unwrap(),
        None => now,
    }
}

/// Who asks why a bar is so high gets the deals that make it so, all of them and no others.
#[tokio::test]
async fn every_mark_opens_the_records_that_it_is_made_of() {
    let (_folder, app) = demo_app().await;
    let asked = [
        question(Form::Bars, "won_amount", None),
        question(Form::Bars, "won_amount", Some(MetricBy::Product)),
        question(Form::Shares, "won_amount", Some(MetricBy::Product)),
        question(Form::Ranking, "win_rate", Some(MetricBy::Person)),
        question(Form::HeatMap, "won_count", None),
        ViewQuestion {
            limit: Some(3),
            ..question(Form::Pareto, "won_amount", Some(MetricBy::Person))
        },
        ViewQuestion {
            limit: Some(3),
            ..question(Form::Waterfall, "won_amount", Some(MetricBy::Person))
        },
        ViewQuestion {
            compare: Some(Comparison::LastYear),
            ..question(Form::Waterfall, "receipts", Some(MetricBy::Team))
        },
        question(Form::Funnel, "cohort_win_rate", None),
        question(Form::Cohort, "cohort_win_rate", None),
        question(Form::Cohort, "cohort_win_rate_amount", None),
        question(Form::Distribution, "average_deal", None),
    ];
    for question in asked {
        let drawn = draw(&app, &question, "2026-Q1").await;
        let marks = marked(chart(&drawn));
        assert!(!marks.is_empty(), "{question:?}");
        for (key, value) in marks {
            let mark = drawn.marks.get(&key);
            let mark = mark.unwrap_or_else(|| panic!("{question:?}: `{key}` opens nothing"));
            let whole = match chart(&drawn).kind {
                // A cell of a cohort opens what was won by then; with the deals opened it is the share.
                ChartKind::Cohort => {
                    let part = mark.measure.as_deref().unwrap_or_default();
                    assert!(part.starts_with("cohort_won"), "{key} opens `{part}`");
                    Mark {
                        measure: None,
                        ..mark.clone()
                    }
                }
                _ => mark.clone(),
            };
            assert_eq!(opened(&app, &whole).await, value, "{question:?} `{key}`");
        }
    }
}

/// A part that is looked at alone is the same number as in the table of all parts.
#[tokio::test]
async fn a_filter_shows_the_part_as_the_split_does() {
    let (_folder, app) = demo_app().await;
    let splits = [
        MetricBy::Person,
        MetricBy::Team,
        MetricBy::Region,
        MetricBy::Segment,
        MetricBy::CustomerType,
        MetricBy::Product,
        MetricBy::Source,
    ];
    for metric in Library::built_in().metrics() {
        for by in splits {
            let ask = GetMetric {
                metric: metric.definition.code.clone(),
                by: Some(by),
                grain: None,
                from: "2025-07-01".parse().unwrap(),
                to: "2026-01-01".parse().unwrap(),
                unit: None,
                compare: None,
                filter: None,
            };
            let table = app.get_metric(ask.clone()).await.unwrap();
            // The first and the last part, and what is without.
            let ends = [table.rows.first(), table.rows.last()];
            let without = table.rows.iter().find(|row| row.key.is_empty());
            for row in ends.into_iter().chain([without]).flatten() {
                let filter = Some(PartFilter {
                    by,
                    key: row.key.clone(),
                });
                let alone = GetMetric {
                    by: None,
                    filter,
                    ..ask.clone()
                };
                let alone = app.get_metric(alone).await.unwrap();
                assert_eq!(
                    (&alone.total.value, &alone.total.parts),
                    (&row.cell.value, &row.cell.parts),
                    "{} of {by:?} {}",
                    metric.definition.code,
                    row.label
                );
            }
        }
    }
}

/// Two ways at once: what is seen of one product by people sums to that product.
#[tokio::test]
async fn parts_of_a_part_add_up_to_it_and_open_its_records() {
    let (_folder, app) = demo_app().await;
    let by_product = draw(
        &app,
        &question(Form::Ranking, "won_amount", Some(MetricBy::Product)),
        "2026-Q1",
    )
    .await;
    let whole = chart(&by_product);
    let (product, value) = (
        &whole.categories[0].key,
        exact(whole.series[0].values[0].as_ref()),
    );
    let people = ViewQuestion {
        filter: Some(PartFilter {
            by: MetricBy::Product,
            key: product.clone(),
        }),
        ..question(Form::Ranking, "won_amount", Some(MetricBy::Person))
    };
    let drawn = draw(&app, &people, "2026-Q1").await;
    let mut sum = Ratio::ZERO;
    for (key, part) in marked(chart(&drawn)) {
        assert_eq!(opened(&app, &drawn.marks[&key]).await, part, "{key}");
        sum = sum.checked_add(part).unwrap();
    }
    assert_eq!(sum, value);
}

/// What comes with the program must show something on a company that has everything.
#[tokio::test]
async fn built_in_boards_are_sound_and_show_something() {
    let (_folder, app) = demo_app().await;
    let boards = app.list_boards(ListBoards::default()).await.unwrap();
    assert_eq!(boards.iter().filter(|one| one.is_built_in).count(), 3);
    for info in boards {
        let id = Some(info.id.clone());
        let language = None;
        let board = app.get_board(GetBoard { id, language }).await.unwrap();
        let copy = SaveBoard {
            id: None,
            name: info.id.clone(),
            roles: Vec::new(),
            widgets: board.widgets.clone(),
            expected: None,
        };
        let copied = app.save_board(copy).await.unwrap();
        assert_eq!(copied.widgets, board.widgets, "sorted, sound, as they are");
        for widget in board.widgets {
            for language in [Lang::ZhCn, Lang::En] {
                let drawn = draw_shown(&app, widget.shows.clone(), "2026-Q2", language).await;
                assert_eq!(drawn.lack, None, "{}/{}", info.id, widget.id);
                assert!(!drawn.title.is_empty());
                let shows_something = drawn.chart.is_some()
                    || !drawn.tiles.is_empty()
                    || !drawn.leaderboard.is_empty()
                    || !drawn.customers.is_empty();
                assert!(shows_something, "{}/{}", info.id, widget.id);
            }
        }
    }
}

/// The old dashboard and the boards show one company.
#[tokio::test]
async fn boards_say_what_the_dashboard_says() {
    let (_folder, app) = demo_app().await;
    let scope = Scope {
        unit: None,
        period: "2026-Q2".parse().unwrap(),
    };
    let language = Lang::En;
    let dashboard = crate::api::performance::GetDashboard { scope, language };
    let dashboard = app.get_dashboard(dashboard).await.unwrap();
    let weeks = ViewQuestion {
        grain: Some(Grain::Week),
        compare: Some(Comparison::Goal),
        ..question(Form::Bars, "won_amount", None)
    };
    let shares = question(Form::Shares, "won_amount", Some(MetricBy::CustomerType));
    let attainment = question(Form::Attainment, "attainment", Some(MetricBy::Team));
    let asked = [weeks, shares, attainment];
    assert_eq!(dashboard.charts.len(), asked.len());
    for (asked, there) in asked.iter().zip(&dashboard.charts) {
        let drawn = draw(&app, asked, "2026-Q2").await;
        let here = chart(&drawn);
        assert_eq!(here.kind, there.kind);
        assert_eq!(here.series.len(), there.series.len(), "{}", there.id);
        let values = |chart: &Chart| -> Vec<Vec<(String, Option<Ratio>)>> {
            let of = |value: &Option<Value>| value.as_ref().map(Value::exact);
            let series = chart.series.iter();
            series
                .map(|one| {
                    let labels = chart.categories.iter().map(|place| place.label.clone());
                    labels.zip(one.values.iter().map(of)).collect()
                })
                .collect()
        };
        assert_eq!(values(here), values(there), "{}", there.id);
    }
    let tiles = dashboard.tiles.iter().map(|tile| tile.code.clone());
    let metrics: Vec<String> = tiles.collect();
    let drawn = draw_shown(&app, Shows::Tiles { metrics }, "2026-Q2", Lang::En).await;
    assert_eq!(drawn.tiles.len(), dashboard.tiles.len());
    for (here, there) in drawn.tiles.iter().zip(&dashboard.tiles) {
        let code = &there.code;
        // The old tile rounds its average to a cent first.
        if code != "average_deal" {
            assert_eq!(here.cell.change, there.change, "{code}");
        }
        assert_eq!(here.compared_with, there.compared_with, "{code}");
        assert_eq!(here.attainment, there.attainment, "{code}");
        if here.metric.unit != "money" && code != "attainment" {
            assert_eq!(here.sparkline, there.sparkline, "{code}");
        }
        assert_eq!(
            here.goal.as_deref(),
            there.goal.map(yeji_core::Money::to_major).as_deref(),
            "{code}"
        );
    }
    assert_eq!(drawn.notes, dashboard.notes);
}

/// Where nothing is, it is said what is missing: no zero that nobody counted, no empty axes, no error.
#[tokio::test]
async fn what_is_not_there_is_said() {
    let (_folder, app) = demo_app().await;
    let empty = Company::default().store().await;
    for asked in of_each_form() {
        for (app, period) in [(&app, "2099"), (&app, "1999-Q1"), (&empty.app, "2019-Q1")] {
            let drawn = draw(app, &asked, period).await;
            // A forecast is of the history, whatever days are shown.
            if asked.form == Form::Trend && drawn.chart.is_some() {
                continue;
            }
            let lack = drawn.lack.expect("it says why");
            assert!(crate::codes::is_known(&lack.code), "{lack:?}");
            assert!(drawn.chart.is_none() && drawn.table.is_none() && drawn.marks.is_empty());
        }
    }
    let unknown = draw(&app, &question(Form::Table, "nonsense", None), "2026").await;
    assert_eq!(unknown.lack.unwrap().code, "not_found");
    let gone = Shows::View {
        view: uuid::Uuid::nil().to_string(),
    };
    let gone = draw_shown(&app, gone, "2026", Lang::En).await;
    assert_eq!(gone.lack.unwrap().params["what"], "saved_view");
    let metrics = vec!["nonsense".to_owned()];
    let tiles = draw_shown(&app, Shows::Tiles { metrics }, "2026", Lang::En).await;
    assert_eq!(tiles.lack.unwrap().code, "not_found");
}

/// Nearly nothing, always the same, nothing won: each form shows it or says why not.
#[tokio::test]
async fn one_deal_and_equal_deals_can_be_shown() {
    for deals in [1, 12] {
        let world = equal_deals(deals).await;
        for asked in of_each_form() {
            let drawn = draw(&world.app, &asked, "2019-Q1").await;
            match asked.form {
                // A week or two are no history; of unopened deals there are no cohorts.
                Form::Trend => assert!(drawn.chart.is_some() || drawn.lack.is_some()),
                Form::Table => assert!(drawn.table.is_some()),
                _ => assert!(
                    drawn.chart.is_some() || drawn.lack.is_some(),
                    "{:?}",
                    asked.form
                ),
            }
        }
        let sizes = question(Form::Distribution, "average_deal", None);
        let drawn = draw(&world.app, &sizes, "2019-Q1").await;
        let counts = &chart(&drawn).series[0].values;
        assert_eq!(counts.len(), 1, "one size is one bin");
        assert_eq!(exact(counts[0].as_ref()), Ratio::from_int(deals));
    }
}

async fn equal_deals(deals: i64) -> World {
    let mut company = Company::default();
    company.unit("Company", None);
    company.unit("East", Some(0));
    let person = company.person("A", Some(1));
    for day in 1..=deals {
        company.won(person, &format!("2019-02-{day:02}"), 500);
    }
    company.store().await
}

/// All won deals of the period are in the bins, each once.
#[tokio::test]
async fn a_distribution_counts_every_deal_once() {
    let (_folder, app) = demo_app().await;
    let sizes = question(Form::Distribution, "average_deal", None);
    let drawn = draw(&app, &sizes, "2026-Q1").await;
    let sum = marked(chart(&drawn))
        .into_values()
        .try_fold(Ratio::ZERO, Ratio::checked_add);
    let won = draw(&app, &question(Form::Table, "won_count", None), "2026-Q1").await;
    let won = won.table.unwrap().total.value.unwrap();
    assert_eq!(sum.unwrap(), won.parse().unwrap());
    let labels: Vec<&str> = chart(&drawn)
        .categories
        .iter()
        .map(|place| place.label.as_str())
        .collect();
    assert!(labels.len() > 3, "{labels:?}");
}

/// A rate has a history and no forecast: each month is its own deals, never a mean of others.
#[tokio::test]
async fn a_rate_is_a_line_without_a_forecast() {
    let (_folder, app) = demo_app().await;
    let asked = ViewQuestion {
        grain: Some(Grain::Quarter),
        ..question(Form::Trend, "win_rate", None)
    };
    let drawn = draw(&app, &asked, "2026-Q1").await;
    assert!(
        drawn
            .notes
            .iter()
            .any(|note| note.code == "drawn_no_forecast")
    );
    let chart = chart(&drawn);
    assert_eq!(chart.series.len(), 1, "no forecast, no band");
    assert!(chart.categories.len() > 1, "{:?}", chart.categories);
    assert_eq!(chart.categories.last().unwrap().key, "2026-Q1");
    for (place, value) in chart.categories.iter().zip(&chart.series[0].values) {
        let Some(value) = value else { continue };
        let whole = question(Form::Table, "win_rate", None);
        let whole = draw(&app, &whole, &place.key).await.table.unwrap();
        let whole: Ratio = whole.total.value.unwrap().parse().unwrap();
        assert_eq!(value.exact(), whole, "{}", place.key);
    }
}

/// A form that would mislead is refused with what it needs.
#[tokio::test]
async fn a_form_that_does_not_fit_says_what_it_needs() {
    let (_folder, app) = demo_app().await;
    let refused = question(Form::Distribution, "won_amount", None);
    let refused = draw(&app, &refused, "2026-Q2").await.lack.unwrap();
    assert_eq!(refused.params["metrics"], "average_deal");
    assert_eq!(refused.params["metrics_en"], "Average deal", "by its name");
    let person = Some(MetricBy::Person);
    let grain = |form, metric, by| ViewQuestion {
        grain: Some(Grain::Week),
        ..question(form, metric, by)
    };
    for (asked, code) in [
        (
            question(Form::Shares, "won_amount", None),
            "form_needs_split",
        ),
        (question(Form::Shares, "win_rate", person), "form_needs_sum"),
        (
            question(Form::Pareto, "buying_customers", person),
            "form_needs_sum",
        ),
        (
            question(Form::Waterfall, "average_deal", person),
            "form_needs_sum",
        ),
        (
            question(Form::Attainment, "won_amount", person),
            "form_needs_share",
        ),
        (
            question(Form::Funnel, "won_amount", None),
            "form_needs_metric",
        ),
        (
            question(Form::Cohort, "won_amount", None),
            "form_needs_metric",
        ),
        (
            question(Form::Distribution, "won_amount", None),
            "form_needs_metric",
        ),
        (
            grain(Form::Bars, "won_amount", person),
            "form_parts_or_periods",
        ),
        (
            ViewQuestion {
                compare: Some(Comparison::Goal),
                ..question(Form::Waterfall, "won_amount", person)
            },
            "form_no_goal",
        ),
    ] {
        let drawn = draw(&app, &asked, "2026-Q1").await;
        assert_eq!(drawn.lack.unwrap().code, code, "{asked:?}");
        let args = crate::api::boards::SaveView {
            id: None,
            name: "x".to_owned(),
            question: asked,
            roles: Vec::new(),
        };
        assert_eq!(app.save_view(args).await.unwrap_err().code(), code);
    }
    assert_eq!(app.list_views(NoArgs {}).await.unwrap(), []);
}

/// A board that is carried to another company shows there what it showed here.
#[tokio::test]
async fn a_board_as_a_file_comes_back_as_it_was() {
    let (_folder, app) = demo_app().await;
    let asked = ViewQuestion {
        filter: Some(PartFilter {
            by: MetricBy::CustomerType,
            key: "\"quotes\"\n与换行".to_owned(),
        }),
        ..question(Form::Pareto, "won_amount", Some(MetricBy::Product))
    };
    let view = crate::api::boards::SaveView {
        id: None,
        name: "看 product".to_owned(),
        question: asked.clone(),
        roles: Vec::new(),
    };
    let view = app.save_view(view).await.unwrap();
    let mut board = board_of(&app).await;
    board.widgets.push(Widget {
        id: "view".to_owned(),
        place: crate::api::boards::Place {
            x: 0,
            y: 100,
            w: 12,
            h: 1,
        },
        title: None,
        shows: Shows::View {
            view: view.id.clone(),
        },
    });
    let text = crate::board_document(&board, std::slice::from_ref(&view)).unwrap();
    let read = crate::read_board_document(&text).unwrap();
    assert_eq!((&read.name, read.id.is_none()), (&board.info.name, true));
    let last = board.widgets.len() - 1;
    assert_eq!(read.widgets[..last], board.widgets[..last]);
    assert_eq!(
        read.widgets[last].shows,
        Shows::Chart { question: asked },
        "a view is carried as its question"
    );
    assert_eq!(read.widgets[last].title.as_deref(), Some("看 product"));
    app.save_board(read).await.unwrap();
    for text in ["", "name = 1", "name = \"x\"\n[[widget]]\nid = 3", "\u{0}"] {
        let error = crate::read_board_document(text).unwrap_err();
        assert_eq!(error.code(), "board_document", "{text:?}");
    }
}

async fn board_of(app: &App) -> Board {
    let home = GetBoard::default();
    app.get_board(home).await.unwrap()
}

/// A company with deals of some people in two quarters: who, in which, for how much.
async fn company_of(deals: &[(usize, bool, i64)]) -> World {
    let mut company = Company::default();
    company.unit("Company", None);
    company.unit("East", Some(0));
    for name in ["A", "B", "C", "D", "E"] {
        company.person(name, Some(1));
    }
    // So that both quarters are known from end to end.
    company.deal(0, None, Stage::Lost, "2018-10-01", 1);
    company.deal(0, None, Stage::Lost, "2019-03-31", 1);
    for (person, now, yuan) in deals {
        let day = if *now { "2019-02-01" } else { "2018-11-01" };
        company.won(*person, day, *yuan);
    }
    company.store().await
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// The bars lead from the total before to the total now, whatever was won by whom, and the last bar of a
    /// Pareto chart makes the whole full.
    #[test]
    fn waterfalls_close_and_pareto_charts_are_full(
        deals in prop::collection::vec((0_usize..5, any::<bool>(), 0_i64..1_000_000), 0..20),
        limit in 1_u16..6,
    ) {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(async {
            let world = company_of(&deals).await;
            let asked = |form| ViewQuestion {
                limit: Some(limit),
                ..question(form, "won_amount", Some(MetricBy::Person))
            };
            let sum = |of_now: bool| -> i64 {
                let all = deals.iter().filter(|(_, now, _)| *now == of_now);
                all.map(|(_, _, yuan)| yuan).sum()
            };
            let drawn = draw(&world.app, &asked(Form::Waterfall), "2019-Q1").await;
            if sum(true) + sum(false) == 0 {
                prop_assert_eq!(drawn.lack.unwrap().code, "drawn_nothing");
            } else {
                let chart = chart(&drawn);
                chart.check().unwrap();
                let totals = &chart.series[0].values;
                prop_assert_eq!(exact(totals[0].as_ref()), Ratio::from_int(sum(false)));
                prop_assert_eq!(exact(totals[totals.len() - 1].as_ref()), Ratio::from_int(sum(true)));
                let steps = chart.categories.len() - 2;
                prop_assert!(steps <= usize::from(limit) + 1, "{} steps", steps);
            }
            let drawn = draw(&world.app, &asked(Form::Pareto), "2019-Q1").await;
            if sum(true) == 0 {
                prop_assert_eq!(drawn.lack.unwrap().code, "drawn_nothing");
            } else {
                let chart = chart(&drawn);
                chart.check().unwrap();
                prop_assert_eq!(chart.kind, ChartKind::Pareto);
                let cumulative = &chart.series[1].values;
                prop_assert_eq!(exact(cumulative[cumulative.len() - 1].as_ref()), Ratio::ONE);
                let places = chart.categories.len();
                let has_rest = chart.categories.iter().any(|place| place.key == OTHER_KEY);
                prop_assert!(places <= usize::from(limit) + usize::from(has_rest));
            }
            Ok(())
        })?;
    }
}

/// Weeks are called by their period's year; a heat map of a long period takes longer columns.
#[tokio::test]
async fn a_heat_map_of_ten_years_has_quarters() {
    let (_folder, app) = demo_app().await;
    let asked = ViewQuestion {
        grain: Some(Grain::Week),
        ..question(Form::HeatMap, "won_amount", None)
    };
    let drawn = draw(&app, &asked, "2026-Q1").await;
    assert_eq!(chart(&drawn).categories.len(), 14, "weeks of the quarter");
    let year: Period = "2025".parse().unwrap();
    let drawn = draw(&app, &asked, &year.to_string()).await;
    assert!(chart(&drawn).categories.len() >= 52);
}

/// The customers of a board are those of the library, up to the end of what is shown and not beyond.
#[tokio::test]
async fn customers_are_those_of_the_end_of_the_period() {
    let (_folder, app) = demo_app().await;
    let drawn = draw_shown(&app, Shows::Customers {}, "2026-Q1", Lang::En).await;
    let asked = ListCustomerValues {
        unit: None,
        before: "2026-04-01".parse().ok(),
        cursor: None,
    };
    let values = app.list_customer_values(asked).await.unwrap();
    assert!(!values.rows.is_empty());
    let brief = |rows: &[CustomerValueRow]| -> Vec<_> {
        let row = |row: &CustomerValueRow| (row.name.clone(), row.won_amount, row.won_count);
        rows.iter().map(row).collect()
    };
    assert_eq!(brief(&drawn.customers), brief(&values.rows));
    assert_eq!(drawn.notes.is_empty(), values.next_cursor.is_none());
    for row in &drawn.customers {
        assert_eq!(row.drill.customer, Some(row.customer));
        assert_eq!(row.drill.days.to, values.before);
    }
    let before_all = draw_shown(&app, Shows::Customers {}, "1990", Lang::En).await;
    assert!(before_all.customers.is_empty() && before_all.lack.is_some());
}

/// The last bar is short because it is not over, and says so; where no day of it is known, nothing has come so far.
#[tokio::test]
async fn a_bar_that_is_not_over_says_so() {
    // Today is 1 June 2019, a Saturday.
    for (last_deal, month, week) in [
        ("2019-06-01", Some("2019-06"), Some("2019-W22")),
        ("2019-05-24", None, None),
        ("2019-05-28", None, Some("2019-W22")),
    ] {
        let mut company = Company::default();
        company.unit("Company", None);
        let seller = company.person("A", Some(0));
        for day in ["2018-12-03", "2019-03-04", last_deal] {
            company.won(seller, day, 100);
        }
        let world = company.store().await;
        for (grain, expected) in [(Grain::Month, month), (Grain::Week, week)] {
            // A forecast by months begins with May where its last days are not known.
            let forms: &[Form] = match grain {
                Grain::Week => &[Form::Bars, Form::Trend],
                _ => &[Form::Bars],
            };
            for form in forms.iter().copied() {
                let asked = ViewQuestion {
                    grain: Some(grain),
                    ..question(form, "won_amount", None)
                };
                let drawn = draw(&world.app, &asked, "2019").await;
                // Too few periods for a forecast.
                let Some(chart) = drawn
                    .chart
                    .as_ref()
                    .or((form == Form::Bars).then(|| chart(&drawn)))
                else {
                    continue;
                };
                let marked: Vec<&str> = chart
                    .categories
                    .iter()
                    .filter(|one| one.label.ends_with(" (so far)"))
                    .map(|one| one.key.as_str())
                    .collect();
                assert_eq!(
                    marked,
                    expected.into_iter().collect::<Vec<_>>(),
                    "{last_deal} {grain:?}"
                );
                assert_eq!(
                    chart.under_way.as_deref(),
                    expected,
                    "{last_deal} {grain:?}"
                );
            }
        }
    }
}

/// The table beside a trend is of the days that the picture shows, and they are more than the period.
#[tokio::test]
async fn a_trend_says_which_days_it_shows() {
    let (_folder, app) = demo_app().await;
    for metric in ["won_amount", "win_rate"] {
        let asked = ViewQuestion {
            grain: Some(Grain::Month),
            ..question(Form::Trend, metric, None)
        };
        let drawn = draw(&app, &asked, "2025-Q4").await;
        let (chart, span) = (drawn.chart.unwrap(), drawn.span.unwrap());
        let months = periods(PeriodKind::Month, span.from, span.to);
        let shown = chart.series.iter().find(|one| one.role == Role::Actual);
        let values = &shown.unwrap().values;
        let last = values.iter().rposition(Option::is_some).unwrap();
        assert_eq!(months.len(), last + 1, "{metric}");
        assert_eq!(months[0].to_string(), chart.categories[0].key);
        assert!(months.len() > 3, "more than the quarter");
    }
    let bars = draw(&app, &question(Form::Bars, "won_amount", None), "2025-Q4").await;
    assert_eq!(bars.span, None, "of the period itself");
}
