//! The KPI library on companies: each metric by each split is made of its parts, and its parts of records.

use std::collections::{BTreeMap, BTreeSet};

use yeji_core::Ratio;
use yeji_core::facts::Stage;
use yeji_core::metric::{GoalMetric, Metric as KpiMetric};
use yeji_insight::kpi::{Library, Measure, NoValue};
use yeji_report::chart::Lang;
use yeji_testkit::day;

use super::{Company, World};
use crate::api::goals::{SetGoal, SplitGoal, SplitRule};
use crate::api::history::UndoChange;
use crate::api::kpi::{
    BothWords, Comparison, GetMetric, Grain, KeepMetric, ListMetricRecords, MetricArgs, MetricBy,
    MetricCell, MetricDrill, MetricTable, OwnMetric, SaveMetric,
};
use crate::api::performance::{GetDashboard, GetKpi, Split, TileValue};
use crate::api::{NoArgs, Scope};
use crate::context::App;
use crate::demo::tests::demo_app;
use crate::error::Error;

const SPLITS: [MetricBy; 7] = [
    MetricBy::Person,
    MetricBy::Team,
    MetricBy::Region,
    MetricBy::Segment,
    MetricBy::CustomerType,
    MetricBy::Product,
    MetricBy::Source,
];

pub(super) fn ask(metric: &str, from: &str, to: &str) -> GetMetric {
    GetMetric {
        metric: metric.to_owned(),
        by: None,
        grain: None,
        from: day(from),
        to: day(to),
        unit: None,
        compare: None,
        filter: None,
    }
}

fn exact(text: &str) -> Ratio {
    text.parse().unwrap()
}

fn codes() -> Vec<&'static str> {
    let all = Library::built_in().metrics();
    all.map(|one| one.definition.code.as_str()).collect()
}

/// The value that the parts of a cell give.
fn from_parts(metric: &str, cell: &MetricCell) -> Result<Ratio, NoValue> {
    let library = Library::built_in();
    library.evaluate(library.metric(metric).unwrap(), &|measure| {
        cell.parts
            .get(measure.code())
            .map(|text| exact(text))
            .ok_or(NoValue::NoData { measure })
    })
}

/// Sums of the measures of a table's rows.
fn summed(table: &MetricTable) -> BTreeMap<String, Ratio> {
    let mut sums = BTreeMap::new();
    for row in &table.rows {
        for (measure, value) in &row.cell.parts {
            let sum = sums.entry(measure.clone()).or_insert(Ratio::ZERO);
            *sum = sum.checked_add(exact(value)).unwrap();
        }
    }
    sums
}

/// Distinct customers are counted once in each part; everything else adds up.
fn adds_up(measure: &str) -> bool {
    !matches!(
        measure,
        "buying_customers" | "repeat_customers" | "customers_to_date" | "people" | "goal_amount"
    )
}

/// However a metric is split: its parts sum to those of the whole, and each value is that of its parts.
/// So a ratio is never a mean of ratios, and nothing is counted twice or lost.
#[tokio::test]
async fn every_metric_by_every_split_is_made_of_its_parts() {
    let (_folder, app) = demo_app().await;
    let mut without = BTreeSet::new();
    for code in codes() {
        for by in SPLITS {
            let table = app
                .get_metric(GetMetric {
                    by: Some(by),
                    ..ask(code, "2025-07-01", "2026-01-01")
                })
                .await
                .unwrap();
            let value = table.total.value.as_deref().map(exact);
            assert_eq!(value, from_parts(code, &table.total).ok(), "{code}");
            if value.is_none() {
                without.insert(code);
            }
            let sums = summed(&table);
            for (measure, whole) in &table.total.parts {
                if adds_up(measure) && !table.rows.is_empty() {
                    let sum = sums.get(measure).copied().unwrap_or(Ratio::ZERO);
                    assert_eq!(sum, exact(whole), "{code} by {by:?}: {measure}");
                }
            }
            for row in &table.rows {
                let value = row.cell.value.as_deref().map(exact);
                assert_eq!(
                    value,
                    from_parts(code, &row.cell).ok(),
                    "{code} {}",
                    row.label
                );
                assert_eq!(value.is_none(), row.cell.reason.is_some(), "{code}");
            }
        }
    }
    assert!(
        without.is_empty(),
        "the demo has facts of each kind: {without:?}"
    );
}

/// And in time: months sum to the half-year, and to the quarters.
#[tokio::test]
async fn every_metric_by_periods_is_made_of_its_parts() {
    let (_folder, app) = demo_app().await;
    // What is counted at the end of a period, or from its start, does not add up in time.
    let at_ends = |measure: &str| {
        !matches!(
            measure,
            "open_count"
                | "open_amount"
                | "value_to_date"
                | "customers_at_start"
                | "customers_kept"
        )
    };
    for code in codes() {
        for grain in [Grain::Week, Grain::Month, Grain::Quarter, Grain::Year] {
            let table = app
                .get_metric(GetMetric {
                    grain: Some(grain),
                    ..ask(code, "2025-07-01", "2026-01-01")
                })
                .await
                .unwrap();
            let sums = summed(&table);
            for (measure, whole) in &table.total.parts {
                if adds_up(measure) && at_ends(measure) {
                    let sum = sums.get(measure).copied().unwrap_or(Ratio::ZERO);
                    assert_eq!(sum, exact(whole), "{code} by {grain:?}: {measure}");
                }
            }
        }
    }
}

async fn records(app: &App, drill: &MetricDrill, measure: &str) -> Option<(Ratio, Ratio)> {
    let mut args = ListMetricRecords {
        drill: drill.clone(),
        measure: measure.to_owned(),
        cursor: None,
    };
    let mut sum = Ratio::ZERO;
    let mut seen = BTreeSet::new();
    loop {
        let page = app.list_metric_records(args.clone()).await.unwrap();
        for row in &page.rows {
            sum = sum.checked_add(exact(&row.value)).unwrap();
            assert!(seen.insert((row.entity.clone(), row.id)), "no row twice");
        }
        match page.next_cursor {
            Some(cursor) => args.cursor = Some(cursor),
            None => return Some((sum, exact(&page.value?))),
        }
    }
}

/// Goals and people are listed where they are made.
fn is_listed(measure: &str) -> bool {
    !matches!(measure, "goal_amount" | "people")
}

/// What a number opens is what it was summed from, in every split.
#[tokio::test]
async fn a_measure_is_exactly_its_records() {
    let (_folder, app) = demo_app().await;
    let mut checked = BTreeSet::new();
    for code in codes() {
        for by in SPLITS.map(Some).into_iter().chain([None]) {
            let table = app
                .get_metric(GetMetric {
                    by,
                    ..ask(code, "2025-10-01", "2026-01-01")
                })
                .await
                .unwrap();
            let cells = table.rows.iter().map(|row| &row.cell).take(2);
            for cell in cells.chain([&table.total]) {
                for (measure, value) in &cell.parts {
                    let Some(drill) = cell.drill.as_ref().filter(|_| is_listed(measure)) else {
                        continue;
                    };
                    let (sum, whole) = records(&app, drill, measure).await.unwrap();
                    assert_eq!(
                        (sum, whole),
                        (exact(value), exact(value)),
                        "{drill:?} {measure}"
                    );
                    checked.insert(measure.clone());
                }
            }
        }
    }
    for measure in Measure::ALL.iter().map(|one| one.code()) {
        let used = codes().iter().any(|code| {
            let metric = Library::built_in().metric(code).unwrap();
            metric.measures().iter().any(|one| one.code() == measure)
        });
        if used && is_listed(measure) {
            assert!(checked.contains(measure), "{measure} was looked at");
        }
    }
}

/// A tile, the table of `yeji kpi` and the library say the same.
#[tokio::test]
async fn a_metric_is_the_same_number_everywhere() {
    let (_folder, app) = demo_app().await;
    let scope = Scope {
        unit: None,
        period: "2026-Q1".parse().unwrap(),
    };
    let language = Lang::En;
    let board = app
        .get_dashboard(GetDashboard { scope, language })
        .await
        .unwrap();
    for tile in board.tiles {
        let table = app
            .get_metric(ask(&tile.code, "2026-01-01", "2026-04-01"))
            .await
            .unwrap();
        let shown = match tile.value.unwrap() {
            TileValue::Money(money) => money.to_major(),
            TileValue::Count(count) => count,
            TileValue::Percent(ratio) => {
                assert_eq!(table.total.value, Some(ratio));
                continue;
            }
        };
        assert_eq!(table.total.shown, Some(shown), "{}", tile.code);
    }
    for metric in KpiMetric::ALL {
        let plain = app
            .get_kpi(GetKpi {
                metric,
                by: Split::Person,
                from: day("2026-01-01"),
                to: day("2026-04-01"),
                unit: None,
            })
            .await
            .unwrap();
        let table = app
            .get_metric(GetMetric {
                by: Some(MetricBy::Person),
                ..ask(metric.code(), "2026-01-01", "2026-04-01")
            })
            .await
            .unwrap();
        let one: BTreeMap<String, String> = plain
            .rows
            .into_iter()
            .map(|row| (row.key, row.value))
            .collect();
        let other: BTreeMap<String, String> = table
            .rows
            .into_iter()
            .map(|row| (row.key, row.cell.shown.unwrap()))
            .collect();
        assert_eq!(one, other);
    }
}

fn two_teams() -> Company {
    let mut company = Company::default();
    company.unit("Company", None);
    company.unit("East", Some(0));
    company.unit("North", Some(1));
    company.unit("South", Some(1));
    company
}

async fn total(world: &World, metric: &str, from: &str, to: &str) -> MetricCell {
    world
        .app
        .get_metric(ask(metric, from, to))
        .await
        .unwrap()
        .total
}

/// Li sold in the north, then moved: each result stays where it was made.
#[tokio::test]
async fn results_stay_where_they_were_made() {
    let mut company = two_teams();
    let li = company.person("Li", None);
    company.stay(li, 2, ("0001-01-01", "2019-02-01"));
    company.stay(li, 3, ("2019-02-01", "9999-12-31"));
    company.deal(li, None, Stage::Won, "2019-01-31", 100);
    company.deal(li, None, Stage::Lost, "2019-01-31", 0);
    company.deal(li, None, Stage::Won, "2019-02-01", 40);
    let world = company.store().await;
    let table = world
        .app
        .get_metric(GetMetric {
            by: Some(MetricBy::Team),
            ..ask("win_rate", "2019-01-01", "2019-04-01")
        })
        .await
        .unwrap();
    let rows: Vec<_> = table
        .rows
        .iter()
        .map(|row| (row.label.as_str(), row.cell.shown.as_deref().unwrap()))
        .collect();
    assert_eq!(rows, [("South", "100.0%"), ("North", "50.0%")]);
    assert_eq!(
        table.total.shown.as_deref(),
        Some("66.7%"),
        "two of three, not the mean of the teams"
    );
}

/// Who moves sells in both teams, and is one person of the company.
#[tokio::test]
async fn who_moves_is_one_of_the_people_of_both_teams() {
    let mut company = two_teams();
    let li = company.person("Li", None);
    company.stay(li, 2, ("0001-01-01", "2019-02-01"));
    company.stay(li, 3, ("2019-02-01", "9999-12-31"));
    let wang = company.person("Wang", Some(3));
    company.deal(li, None, Stage::Won, "2019-01-31", 100);
    company.deal(wang, None, Stage::Won, "2019-02-01", 40);
    let world = company.store().await;
    let formula = own("per_seller", "won_amount / people");
    world.app.save_metric(formula).await.unwrap();
    let table = world
        .app
        .get_metric(GetMetric {
            by: Some(MetricBy::Team),
            ..ask("per_seller", "2019-01-01", "2019-04-01")
        })
        .await
        .unwrap();
    let rows = table.rows.iter();
    let rows: Vec<_> = rows
        .map(|row| (row.label.as_str(), row.cell.value.as_deref().unwrap()))
        .collect();
    assert_eq!(rows, [("North", "100"), ("South", "20")]);
    assert_eq!(table.total.value.as_deref(), Some("70"), "two people");
}

#[tokio::test]
async fn where_nothing_is_known_nothing_is_invented() {
    let mut company = two_teams();
    let li = company.person("Li", Some(2));
    company.deal(li, None, Stage::Lost, "2019-01-10", 0);
    company.won(li, "2019-03-10", 100);
    let world = company.store().await;
    let reason = |cell: MetricCell| {
        assert_eq!((cell.value, cell.shown), (None, None));
        let reason = cell.reason.unwrap();
        (
            reason.code,
            reason.params.into_values().next().unwrap_or_default(),
        )
    };
    let no_data = |needs: &str| ("no_value_no_data".to_owned(), needs.to_owned());
    // No receipts at all.
    let receipts = total(&world, "receipts", "2019-01-01", "2019-04-01").await;
    assert_eq!(reason(receipts), no_data("receipts"));
    // Dates in 2099, and before the first deal.
    for days in [("2099-01-01", "2099-02-01"), ("2018-01-01", "2018-02-01")] {
        for metric in ["won_amount", "win_rate"] {
            let cell = total(&world, metric, days.0, days.1).await;
            assert_eq!(reason(cell), no_data("closed_deals"), "{metric} {days:?}");
        }
    }
    let open = total(&world, "open_amount", "2099-01-01", "2099-02-01").await;
    assert_eq!(reason(open), no_data("open_deals"));
    // Between deals, a month without one is zero, and a ratio of it has no value.
    let won = total(&world, "won_amount", "2019-02-01", "2019-03-01").await;
    assert_eq!(won.value.as_deref(), Some("0"));
    let average = total(&world, "average_deal", "2019-01-01", "2019-02-01").await;
    let division = ("no_value_division".to_owned(), "won_count".to_owned());
    assert_eq!(reason(average), division);
    // No goal, and no goals of products.
    let attainment = total(&world, "attainment", "2019-01-01", "2019-02-01").await;
    assert_eq!(reason(attainment), no_data("goals"));
    let by_product = world
        .app
        .get_metric(GetMetric {
            by: Some(MetricBy::Product),
            ..ask("attainment", "2019-03-01", "2019-04-01")
        })
        .await
        .unwrap();
    for row in by_product.rows {
        assert_eq!(reason(row.cell).0, "no_value_not_split");
    }
    let unknown = world
        .app
        .get_metric(ask("nonsense", "2019-01-01", "2019-02-01"))
        .await;
    assert!(matches!(
        unknown,
        Err(Error::NotFound { what: "metric", .. })
    ));
}

/// Against the month before and a year before; a month under way against as many days.
#[tokio::test]
async fn comparisons_are_of_whole_periods_or_as_many_days() {
    let mut company = two_teams();
    let li = company.person("Li", Some(2));
    company.won(li, "2018-03-05", 50);
    company.won(li, "2019-02-05", 100);
    company.won(li, "2019-02-20", 900);
    company.won(li, "2019-03-10", 110);
    let world = company.store().await;
    let compare = async |compare, from, to| {
        let compare = Some(compare);
        let args = GetMetric {
            compare,
            ..ask("won_amount", from, to)
        };
        let cell = world.app.get_metric(args).await.unwrap().total;
        (
            cell.compared.unwrap_or_default(),
            cell.change_shown.unwrap_or_default(),
        )
    };
    let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
    let before = compare(Comparison::LastPeriod, "2019-03-01", "2019-04-01").await;
    assert_eq!(
        before,
        pair("100.00", "+10.0%"),
        "the first ten days of February"
    );
    let year = compare(Comparison::LastYear, "2019-03-01", "2019-04-01").await;
    assert_eq!(year, pair("50.00", "+120.0%"));
    let whole = compare(Comparison::LastPeriod, "2019-02-01", "2019-03-01").await;
    assert_eq!(
        whole,
        pair("0.00", ""),
        "nothing is so many per cent more than zero"
    );
}

/// Of a share the change is in points and says so; against a goal it is a share, without a sign.
#[tokio::test]
async fn changes_of_shares_are_points_and_against_a_goal_the_attainment() {
    let mut company = two_teams();
    let li = company.person("Li", Some(2));
    company.won(li, "2019-02-05", 100);
    company.deal(li, None, Stage::Lost, "2019-02-06", 10);
    company.won(li, "2019-03-10", 110);
    let world = company.store().await;
    let change = async |metric: &str, lang: Lang| {
        let args = GetMetric {
            compare: Some(Comparison::LastPeriod),
            ..ask(metric, "2019-03-01", "2019-04-01")
        };
        let table = world.app.metric_table(args, lang).await.unwrap();
        table.rows[0].cell.change_shown.clone().unwrap()
    };
    assert_eq!(change("win_rate", Lang::En).await, "+50.0 pp");
    assert_eq!(change("win_rate", Lang::ZhCn).await, "+50.0个百分点");
    assert_eq!(change("won_amount", Lang::En).await, "+10.0%");
}

/// A goal of a month beside the results of a quarter would be an attainment that says nothing.
#[tokio::test]
async fn a_goal_of_some_of_the_days_gives_no_attainment_and_says_of_how_many() {
    let mut company = two_teams();
    let li = company.person("Li", Some(2));
    company.won(li, "2018-12-10", 50);
    company.won(li, "2019-03-10", 110);
    let world = company.store().await;
    let (metric, year) = (GoalMetric::WonAmount, 2019);
    let amount = "1000".to_owned();
    let set = SetGoal {
        metric,
        year,
        amount,
    };
    world.app.set_goal(set).await.unwrap();
    let split = SplitGoal {
        metric,
        year,
        rule: SplitRule::Equal,
        preview: false,
    };
    world.app.split_goal(split).await.unwrap();
    let asked = async |by, from, to| {
        let args = GetMetric {
            by,
            compare: Some(Comparison::Goal),
            ..ask("attainment", from, to)
        };
        world.app.get_metric(args).await.unwrap()
    };
    for by in [None, Some(MetricBy::Person), Some(MetricBy::Team)] {
        let half = asked(by, "2018-07-01", "2019-07-01").await;
        let cells = half.rows.iter().map(|row| &row.cell).chain([&half.total]);
        for cell in cells {
            assert_eq!(cell.value, None, "{by:?}");
            let why = cell.reason.as_ref().unwrap();
            assert_eq!(why.code, "no_value_part_of_days", "{by:?}");
            assert_eq!(
                (why.params["days"].as_str(), why.params["of"].as_str()),
                ("181", "365")
            );
        }
        let whole = asked(by, "2019-01-01", "2019-07-01").await;
        assert!(
            whole.rows.iter().all(|row| row.cell.value.is_some()),
            "{by:?}"
        );
    }
}

fn own(code: &str, formula: &str) -> SaveMetric {
    let document = format!(
        "code = '{code}'\nformula = '{formula}'\nunit = 'number'\ndirection = 'higher'\ndecimals = 2\n\
         name = {{ zh = '甲', en = 'A' }}\ndefinition = {{ zh = '乙', en = 'B' }}\n\
         source = {{ zh = '丙', en = 'C' }}\n"
    );
    let event_date = None;
    SaveMetric {
        document,
        event_date,
    }
}

fn written(code: &str, formula: &str, event_date: Option<&str>) -> OwnMetric {
    let both = |text: &str| BothWords {
        zh: text.to_owned(),
        en: text.to_owned(),
    };
    OwnMetric {
        code: code.to_owned(),
        formula: formula.to_owned(),
        unit: "ratio".to_owned(),
        direction: "higher".to_owned(),
        decimals: 1,
        event_date: event_date.map(str::to_owned),
        name: both("name"),
        definition: both("definition"),
        source: both("source"),
    }
}

/// While somebody types, every field says what is wrong with it, and the formula is judged also while the names
/// are not there yet.
#[tokio::test]
async fn an_own_metric_is_checked_field_by_field_and_kept_as_it_is_written() {
    let mut company = two_teams();
    let li = company.person("Li", Some(2));
    company.won(li, "2019-03-05", 100);
    let world = company.store().await;
    let app = &world.app;
    let new = |metric| KeepMetric {
        metric,
        is_new: true,
    };
    let fields = async |metric: OwnMetric| {
        let checked = app.check_metric(new(metric)).await.unwrap();
        let fields = checked.problems.into_iter().map(|one| one.field);
        (fields.collect::<Vec<_>>(), checked.metric.is_some())
    };
    let empty = BothWords {
        zh: String::new(),
        en: String::new(),
    };
    let mut draft = written("", "won_count / (won_count + lost_count", None);
    draft.name = empty.clone();
    draft.source = empty;
    assert_eq!(
        fields(draft.clone()).await.0,
        ["code", "name", "source", "formula"]
    );
    draft.formula.push(')');
    assert_eq!(
        fields(draft.clone()).await,
        (vec!["code".into(), "name".into(), "source".into()], true)
    );
    let taken = written("win_rate", "won_count", None);
    assert_eq!(fields(taken).await.0, ["code"]);
    let other = written("mine", "won_count / opened_count", Some("opening"));
    assert_eq!(fields(other).await.0, ["event_date"]);

    let good = written(
        "mine",
        "won_count / (won_count + lost_count)",
        Some("closing"),
    );
    assert_eq!(fields(good.clone()).await.0, Vec::<String>::new());
    let before = app.list_metrics(NoArgs {}).await.unwrap().len();
    let kept = app.keep_metric(new(good.clone())).await.unwrap();
    assert_eq!(kept.own_event_date.as_deref(), Some("closing"));
    assert_eq!(kept.event_date.unwrap().words.en, "day of closing");
    assert_eq!(app.list_metrics(NoArgs {}).await.unwrap().len(), before + 1);
    let again = app.keep_metric(new(good.clone())).await.unwrap_err();
    assert_eq!(
        again.code(),
        "kpi_code_taken",
        "a new one replaces none unasked"
    );
    let mut changed = good;
    changed.decimals = 2;
    changed.event_date = None;
    let is_new = false;
    let metric = changed;
    let kept = app
        .keep_metric(KeepMetric { metric, is_new })
        .await
        .unwrap();
    assert_eq!((kept.decimals, kept.own_event_date), (2, None));
}

/// An own metric is calculated like a built-in one, kept as a change, and can be taken back.
#[tokio::test]
async fn own_metrics_are_equal_citizens() {
    let mut company = two_teams();
    let li = company.person("Li", Some(2));
    company.won(li, "2019-03-05", 100);
    company.won(li, "2019-03-06", 50);
    let world = company.store().await;
    let app = &world.app;
    let kept = app
        .save_metric(own("per_deal", "won_amount / won_count / 100"))
        .await
        .unwrap();
    assert!(!kept.built_in);
    app.save_metric(own("twice", "per_deal * 2")).await.unwrap();
    let cell = total(&world, "twice", "2019-03-01", "2019-04-01").await;
    assert_eq!(
        (cell.value.as_deref(), cell.shown.as_deref()),
        (Some("3/2"), Some("1.50"))
    );

    let circle = app
        .save_metric(own("per_deal", "twice / 2"))
        .await
        .unwrap_err();
    assert_eq!(circle.code(), "kpi_circle");
    let unknown = app.save_metric(own("x", "won_amont")).await.unwrap_err();
    assert_eq!(
        (unknown.code(), unknown.is_bad_input()),
        ("kpi_unknown_name", true)
    );
    let code = "per_deal".to_owned();
    let needed = app.remove_metric(MetricArgs { code }).await.unwrap_err();
    assert_eq!(needed.code(), "kpi_needed");
    let zero = app
        .save_metric(own("zero", "won_amount / (won_count - won_count)"))
        .await;
    assert!(zero.is_ok(), "that it divides by zero shows where it does");
    let cell = total(&world, "zero", "2019-03-01", "2019-04-01").await;
    assert_eq!(cell.reason.unwrap().code, "no_value_division");

    let code = "twice".to_owned();
    app.remove_metric(MetricArgs { code }).await.unwrap();
    let gone = app
        .get_metric(ask("twice", "2019-03-01", "2019-04-01"))
        .await;
    assert!(matches!(gone, Err(Error::NotFound { .. })));
    let last = app.last_own_change().await.unwrap().change.unwrap();
    app.undo_change(UndoChange {
        change: Some(last.id),
        ..UndoChange::default()
    })
    .await
    .unwrap();
    let cell = total(&world, "twice", "2019-03-01", "2019-04-01").await;
    assert_eq!(cell.value.as_deref(), Some("3/2"));
    let all = app.list_metrics(NoArgs {}).await.unwrap();
    assert!(all.iter().all(|one| one.problem.is_none()));
}
