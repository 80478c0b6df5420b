//! What is drawn of many parts: the first of them, made of as little as they need, are those of the whole table.

use std::collections::BTreeMap;

use yeji_core::Ratio;
use yeji_report::chart::{Chart, Value};

use super::boards::{chart, draw, question};
use crate::api::boards::{Form, ViewQuestion};
use crate::api::kpi::{GetMetric, Grain, MetricBy};
use crate::api::performance::Days;
use crate::context::App;
use crate::demo::tests::demo_app;
use yeji_core::calendar::Period;

const PERIOD: &str = "2025-Q2";

/// Each person's values by the library's own table.
async fn table(app: &App, metric: &str, grain: Option<Grain>) -> BTreeMap<(String, String), Ratio> {
    let period: Period = PERIOD.parse().unwrap();
    let Days { from, to } = period.into();
    let args = GetMetric {
        metric: metric.to_owned(),
        by: Some(MetricBy::Person),
        grain,
        from,
        to,
        unit: None,
        compare: None,
        filter: None,
    };
    let rows = app.get_metric(args).await.unwrap().rows.into_iter();
    let known = rows.filter_map(|row| {
        let value = row.cell.value?.parse().unwrap();
        Some(((row.key, row.period.unwrap_or_default()), value))
    });
    known.collect()
}

fn names(chart: &Chart) -> Vec<(String, String)> {
    let categories = chart.categories.iter();
    categories
        .map(|one| (one.key.clone(), one.label.clone()))
        .collect()
}

/// As it travels: amounts to the minor unit.
fn same(shown: &Value, exact: Ratio) -> bool {
    let off = shown.exact().checked_sub(exact).unwrap();
    let cent = Ratio::new(1, 100).unwrap();
    off < cent && Ratio::ZERO.checked_sub(off).unwrap() < cent
}

#[tokio::test]
async fn the_first_of_a_ranking_are_those_of_all() {
    let (_folder, app) = demo_app().await;
    for metric in ["won_amount", "won_count", "win_rate", "attainment"] {
        let asked = |limit| ViewQuestion {
            limit: Some(limit),
            ..question(Form::Ranking, metric, Some(MetricBy::Person))
        };
        let all = draw(&app, &asked(100), PERIOD).await;
        let all = names(chart(&all));
        let table = table(&app, metric, None).await;
        assert_eq!(all.len(), table.len().min(100), "{metric}");
        // Among them there are values that several have, which compete by name.
        for limit in [1, 2, 5] {
            let drawn = draw(&app, &asked(limit), PERIOD).await;
            assert_eq!(
                names(chart(&drawn)),
                all[..usize::from(limit)],
                "{metric} {limit}"
            );
            let left_out = drawn
                .notes
                .iter()
                .find(|note| note.code == "drawn_left_out");
            let count = (table.len() - usize::from(limit)).to_string();
            assert_eq!(left_out.unwrap().params["count"], count);
            for (place, value) in names(chart(&drawn))
                .iter()
                .zip(&chart(&drawn).series[0].values)
            {
                let exact = table[&(place.0.clone(), String::new())];
                assert!(same(value.as_ref().unwrap(), exact), "{metric} {place:?}");
            }
        }
    }
}

#[tokio::test]
async fn rows_of_a_heat_map_are_those_of_the_table() {
    let (_folder, app) = demo_app().await;
    for metric in [
        "won_amount",
        "win_rate",
        "attainment",
        "activity",
        "new_customers",
    ] {
        for grain in [Grain::Month, Grain::Week] {
            let asked = ViewQuestion {
                grain: Some(grain),
                limit: Some(4),
                ..question(Form::HeatMap, metric, Some(MetricBy::Person))
            };
            let drawn = draw(&app, &asked, PERIOD).await;
            let Some(map) = &drawn.chart else {
                panic!("{metric}: {:?}", drawn.lack);
            };
            let table = table(&app, metric, Some(grain)).await;
            let mut cells = 0;
            for row in &map.series {
                for (column, value) in map.categories.iter().zip(&row.values) {
                    let exact = table.get(&(row.key.clone(), column.key.clone()));
                    let place = format!("{metric} {} {}", row.label, column.label);
                    assert_eq!(value.is_some(), exact.is_some(), "{place}");
                    if let (Some(value), Some(exact)) = (value, exact) {
                        assert!(same(value, *exact), "{place}");
                        cells += 1;
                    }
                }
            }
            assert!(cells > 0, "{metric}");
        }
    }
}
