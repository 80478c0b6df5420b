//! What the tiles of a dashboard ask for, timed on a store that is warm.

use std::path::Path;
use std::time::{Duration, Instant};

use chrono::NaiveDate;
use yeji_app::api::boards::{DrawWidget, Form, Shows, ViewQuestion};
use yeji_app::api::kpi::{Comparison, GetMetric, Grain, MetricBy};
use yeji_app::api::performance::ListCustomerValues;
use yeji_app::api::{NoArgs, Scope};
use yeji_core::Ratio;
use yeji_core::ids::UnitId;
use yeji_report::chart::Lang;

use super::child::open;

const TIMES: usize = 40;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn asked(metric: &str, from: &str, to: &str) -> GetMetric {
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

/// The tiles, by the names that the peers use too.
fn tiles(team: UnitId) -> Vec<(&'static str, GetMetric)> {
    let quarter = || asked("won_amount", "2025-04-01", "2025-07-01");
    vec![
        (
            "weekly_bars",
            GetMetric {
                grain: Some(Grain::Week),
                unit: Some(team),
                ..quarter()
            },
        ),
        (
            "type_share",
            GetMetric {
                by: Some(MetricBy::CustomerType),
                ..quarter()
            },
        ),
        (
            "attainment",
            GetMetric {
                by: Some(MetricBy::Person),
                ..asked("attainment", "2025-05-01", "2025-06-01")
            },
        ),
        (
            "win_rate",
            GetMetric {
                by: Some(MetricBy::Person),
                grain: Some(Grain::Quarter),
                ..asked("win_rate", "2025-01-01", "2026-01-01")
            },
        ),
        (
            "top_10",
            GetMetric {
                by: Some(MetricBy::Person),
                ..quarter()
            },
        ),
        (
            "year_over_year",
            GetMetric {
                grain: Some(Grain::Month),
                compare: Some(Comparison::LastYear),
                ..asked("won_amount", "2025-01-01", "2026-01-01")
            },
        ),
    ]
}

/// What a board draws where the question has a row for each of 2,000 people: the parts that are seen, by the
/// name of the question whose whole table is timed beside.
fn drawn() -> Vec<(&'static str, DrawWidget)> {
    let widget = |metric: &str, form: Form, grain: Option<Grain>, period: &str| DrawWidget {
        shows: Shows::Chart {
            question: ViewQuestion {
                form,
                metric: metric.to_owned(),
                by: Some(MetricBy::Person),
                grain,
                compare: None,
                filter: None,
                limit: Some(10),
            },
        },
        scope: Scope {
            unit: None,
            period: period.parse().expect("a period"),
        },
        language: Lang::ZhCn,
    };
    let heat_map = widget("win_rate", Form::HeatMap, Some(Grain::Quarter), "2025");
    vec![
        (
            "attainment",
            widget("attainment", Form::Attainment, None, "2025-05"),
        ),
        ("win_rate", heat_map),
        (
            "top_10",
            widget("won_amount", Form::Ranking, None, "2025-Q2"),
        ),
    ]
}

/// Prints `name p50 p95 answer` for each: milliseconds, and a sum by which a reader sees that the peers
/// have the same answer.
pub async fn run(dir: &Path) {
    let app = open(dir, "encrypted").await;
    let organisation = app.get_organisation(NoArgs {}).await.expect("units");
    let team = organisation.units.iter().find(|unit| unit.name == "团队07");
    for (name, args) in tiles(team.expect("the seventh team").id) {
        let part = if name == "win_rate" {
            "won_count"
        } else {
            "won_amount"
        };
        let mut taken = Vec::new();
        let mut rows = Vec::new();
        for _ in 0..TIMES {
            let start = Instant::now();
            rows = app.get_metric(args.clone()).await.expect("a table").rows;
            taken.push(start.elapsed());
        }
        if name == "top_10" {
            rows.truncate(10);
        }
        let sum: Ratio = rows.iter().filter_map(|row| row.cell.parts.get(part)).fold(
            Ratio::ZERO,
            |sum, value| {
                let value: Ratio = value.parse().expect("an exact number");
                sum.checked_add(value).expect("a sum")
            },
        );
        say(name, &mut taken, &sum.to_string());
    }
    for (name, args) in drawn() {
        let mut taken = Vec::new();
        let mut shown = 0;
        for _ in 0..TIMES {
            let start = Instant::now();
            let drawn = app.draw_widget(args.clone()).await.expect("a widget");
            taken.push(start.elapsed());
            shown = drawn.chart.expect("a chart").categories.len();
        }
        say(
            &format!("{name}_drawn"),
            &mut taken,
            &format!("{shown} parts"),
        );
    }
    let mut taken = Vec::new();
    let mut sum = 0;
    for _ in 0..TIMES {
        let start = Instant::now();
        let values = app.list_customer_values(ListCustomerValues::default());
        let rows = values.await.expect("customers").rows;
        taken.push(start.elapsed());
        sum = rows.iter().map(|row| row.won_amount.minor).sum();
    }
    say("customers", &mut taken, &format!("{}", sum / 100));
}

fn say(name: &str, taken: &mut [Duration], answer: &str) {
    taken.sort_unstable();
    let at =
        |share: usize| taken[(taken.len() * share / 100).min(taken.len() - 1)].as_secs_f64() * 1e3;
    println!("{name} p50 {:.1} p95 {:.1} answer {answer}", at(50), at(95));
}
