//! For any organisation and any deals: a number is exactly its records, and the parts sum to the whole.

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use yeji_core::calendar::Period;
use yeji_core::facts::Stage;
use yeji_core::ids::UnitId;
use yeji_core::metric::{GoalMetric, Metric};
use yeji_report::chart::Lang;

use super::{Company, World, minor};
use crate::api::Scope;
use crate::api::goals::{GetGoal, SetGoal, SplitGoal, SplitRule};
use crate::api::performance::{
    Dashboard, Days, Drill, GetDashboard, GetKpi, ListCustomerValues, Records, Split, TileValue,
};
use crate::context::App;

/// Companies that are tried: as many as some ten seconds allow.
const CASES: u32 = 12;
const FIRST_DAY: &str = "2018-11-20";
const DAYS: u64 = 80;
/// One more than a pie shows, one of them called as the key of the rest was once.
const TYPES: [Option<&str>; 9] = [
    Some("other"),
    Some("a"),
    Some("b"),
    Some("c"),
    Some("d"),
    Some("e"),
    Some("f"),
    Some("g"),
    None,
];

/// Owner, customer, days after the first, stage, yuan.
type Deal = (usize, Option<usize>, u64, Stage, i64);

#[derive(Debug, Clone)]
struct Case {
    /// Unit above each unit after the first three.
    above: Vec<usize>,
    /// Unit of each person after the first three; none is no unit.
    members: Vec<Option<usize>>,
    deals: Vec<Deal>,
    period: &'static str,
    /// First and number of days of the KPI tables.
    range: (u64, u64),
    /// The unit that is looked at, besides the whole company.
    unit: usize,
    with_goal: bool,
}

fn cases() -> impl Strategy<Value = Case> {
    let stage =
        prop_oneof![4 => Just(Stage::Won), 1 => Just(Stage::Lost), 1 => Just(Stage::Engaging)];
    let deal = (
        0..6_usize,
        prop::option::weighted(0.9, 0..TYPES.len()),
        0..DAYS,
        stage,
        prop_oneof![9 => 0..2_000_i64, 1 => -300..0_i64],
    );
    let period = prop::sample::select(vec!["2018", "2018-Q4", "2018-12", "2019-01", "2019-W01"]);
    (
        prop::collection::vec(0..3_usize, 0..3),
        prop::collection::vec(prop::option::of(0..5_usize), 3),
        prop::collection::vec(deal, 12..60),
        period,
        (0..DAYS / 2, 1..DAYS),
        0..5_usize,
        any::<bool>(),
    )
        .prop_map(
            |(above, members, deals, period, range, unit, with_goal)| Case {
                above,
                members,
                deals,
                period,
                range,
                unit,
                with_goal,
            },
        )
}

fn after(days: u64) -> chrono::NaiveDate {
    yeji_testkit::day(FIRST_DAY) + chrono::Days::new(days)
}

/// The company of a case. It always has a unit with people of its own and a team below, and a person
/// of no unit.
async fn world(case: &Case) -> World {
    let mut company = Company::default();
    company.unit("Company", None);
    company.unit("East", Some(0));
    company.unit("Shanghai", Some(1));
    for (at, above) in case.above.iter().enumerate() {
        company.unit(&format!("Unit {at}"), Some(*above));
    }
    for (name, unit) in [("Own", Some(1)), ("Team", Some(2)), ("Nowhere", None)] {
        company.person(name, unit);
    }
    let units = company.units.len();
    for (at, unit) in case.members.iter().enumerate() {
        company.person(&format!("Person {at}"), unit.map(|unit| unit % units));
    }
    for customer_type in TYPES {
        company.customer(customer_type);
    }
    for (owner, customer, days, stage, yuan) in &case.deals {
        let on = after(*days).to_string();
        company.deal(*owner, *customer, *stage, &on, *yuan);
    }
    for (owner, yuan) in [(0, 70), (1, 50), (2, 30)] {
        company.won(owner, "2018-12-31", yuan);
    }
    company.store().await
}

async fn records(app: &App, drill: &Drill) -> Records {
    app.list_records(drill.clone()).await.unwrap()
}

async fn check(case: Case) {
    let world = world(&case).await;
    let app = &world.app;
    if case.with_goal {
        let (metric, year) = (GoalMetric::WonAmount, 2018);
        let amount = "12345.67".to_owned();
        app.set_goal(SetGoal {
            metric,
            year,
            amount,
        })
        .await
        .unwrap();
        let rule = SplitRule::Equal;
        let split = SplitGoal {
            metric,
            year,
            rule,
            preview: false,
        };
        app.split_goal(split).await.unwrap();
        let tree = app.get_goal(GetGoal { metric, year }).await.unwrap();
        assert!(!tree.actuals.is_empty());
        for actual in &tree.actuals {
            assert_eq!(
                records(app, actual.drill.as_ref().unwrap()).await.sum,
                actual.actual
            );
        }
    }
    let unit = world.units[case.unit % world.units.len()];
    for unit in [None, Some(unit)] {
        let scope = Scope {
            unit,
            period: case.period.parse().unwrap(),
        };
        let language = Lang::En;
        let dashboard = app
            .get_dashboard(GetDashboard { scope, language })
            .await
            .unwrap();
        check_tiles(app, &dashboard).await;
        check_charts(app, &dashboard).await;
        check_leaderboard(app, &dashboard).await;
        check_tables(app, &case, unit).await;
        check_customers(app, &case, unit).await;
    }
    check_tree(&world, case.period.parse().unwrap()).await;
}

async fn check_tiles(app: &App, dashboard: &Dashboard) {
    for tile in &dashboard.tiles {
        let opened = records(app, &tile.drill).await;
        if let Some(value) = &tile.value {
            assert_eq!(opened.value.as_ref(), Some(value), "{}", tile.code);
        }
        if let ("won_amount", Some(TileValue::Money(won))) = (tile.code.as_str(), &tile.value) {
            assert_eq!(opened.sum, *won);
        }
    }
}

/// Every mark of every chart, and the marks of a chart together.
async fn check_charts(app: &App, dashboard: &Dashboard) {
    let whole = records(app, &dashboard.tiles[0].drill).await.sum.minor;
    for chart in &dashboard.charts {
        let series = &chart.series[0];
        let marks = &dashboard.marks[&chart.id];
        let mut sum = 0;
        for (place, value) in chart.categories.iter().zip(&series.values) {
            let Some(value) = value else { continue };
            let drill = &marks[&place.key];
            let opened = records(app, drill).await;
            let place = format!("{} {} {drill:?}", chart.id, place.label);
            if drill.figure == "attainment" {
                let expected = TileValue::Percent(value.exact().to_string());
                assert_eq!(opened.value, Some(expected), "{place}");
            } else {
                assert_eq!(opened.sum.minor, minor(value.raw()), "{place}");
                sum += opened.sum.minor;
            }
        }
        let complete = series.key == "won_amount" && !series.values.contains(&None);
        assert!(!complete || sum == whole, "{}: {sum} of {whole}", chart.id);
    }
}

async fn check_leaderboard(app: &App, dashboard: &Dashboard) {
    let mut sum = 0;
    for row in &dashboard.leaderboard {
        let opened = records(app, row.drill.as_ref().unwrap()).await;
        assert_eq!(Some(opened.sum), row.won_amount, "{}", row.name);
        assert_eq!(i64::try_from(opened.total).ok(), row.won_count);
        sum += opened.sum.minor;
    }
    assert_eq!(sum, records(app, &dashboard.tiles[0].drill).await.sum.minor);
}

/// Every row of every table over days that may cut weeks, months and quarters.
async fn check_tables(app: &App, case: &Case, unit: Option<UnitId>) {
    let (first, days) = case.range;
    let (from, to) = (after(first), after(first + days));
    for metric in [Metric::WonAmount, Metric::WonCount, Metric::LostCount] {
        let amount = metric == Metric::WonAmount;
        let whole = records(app, &Drill::new(metric.code(), unit, Days { from, to })).await;
        for by in [
            Split::Week,
            Split::Month,
            Split::Quarter,
            Split::Person,
            Split::Team,
            Split::CustomerType,
        ] {
            let table = app
                .get_kpi(GetKpi {
                    metric,
                    by,
                    from,
                    to,
                    unit,
                })
                .await
                .unwrap();
            let shown = |records: &Records| {
                if amount {
                    records.sum.to_major()
                } else {
                    records.total.to_string()
                }
            };
            for row in &table.rows {
                let opened = records(app, &row.drill).await;
                let place = format!("{metric:?} {by:?} {from}..{to} {}", row.label);
                assert_eq!(shown(&opened), row.value, "{place}");
            }
            assert_eq!(shown(&whole), table.total, "{metric:?} {by:?}");
        }
    }
}

/// What customers bought so far, kept or added up: each is its deals, and together they are all won deals
/// that have a customer.
async fn check_customers(app: &App, case: &Case, unit: Option<UnitId>) {
    for before in [None, Some(after(case.range.0 + 1))] {
        let asked = ListCustomerValues {
            unit,
            before,
            cursor: None,
        };
        let values = app.list_customer_values(asked).await.unwrap();
        let mut sum = 0;
        for row in &values.rows {
            let opened = records(app, &row.drill).await;
            assert_eq!(opened.sum, row.won_amount, "{}", row.name);
            assert_eq!(i64::try_from(opened.total).ok(), Some(row.won_count));
            sum += opened.sum.minor;
        }
        let is_sorted = values
            .rows
            .is_sorted_by(|a, b| a.won_amount.minor >= b.won_amount.minor);
        assert!(is_sorted, "{values:?}");
        if unit.is_none() {
            let bought = case.deals.iter().filter(|(_, customer, days, stage, _)| {
                let is_before = before.is_none_or(|before| after(*days) < before);
                customer.is_some() && *stage == Stage::Won && is_before
            });
            let expected: i64 = bought.map(|(.., yuan)| yuan * 100).sum();
            assert_eq!(sum, expected, "{before:?}");
        }
    }
}

/// A unit is what it made itself and what those below made; the company is its units and those of none.
async fn check_tree(world: &World, period: Period) {
    let app = &world.app;
    let organisation = app.store().unwrap().organisation().await.unwrap();
    let sum = async |unit: Option<UnitId>, directly: bool| {
        let drill = Drill {
            directly,
            ..Drill::new("won_amount", unit, period)
        };
        records(app, &drill).await.sum.minor
    };
    for unit in &world.units {
        let mut parts = sum(Some(*unit), true).await;
        for child in organisation.children(*unit) {
            parts += sum(Some(*child), false).await;
        }
        if *unit == world.units[0] {
            parts += sum(None, true).await;
        }
        assert_eq!(sum(Some(*unit), false).await, parts);
    }
}

#[test]
fn every_number_is_exactly_the_records_that_it_opens() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let config = Config {
        cases: CASES,
        // A failing company shows the fault as it is; making it smaller would take minutes.
        max_shrink_iters: 0,
        failure_persistence: None,
        ..Config::default()
    };
    TestRunner::new(config)
        .run(&cases(), |case| {
            runtime.block_on(check(case));
            Ok(())
        })
        .unwrap();
}
