//! The period under way, days that have not come, and days that are over.

use yeji_core::facts::{Origin, Stage, StageEvent};
use yeji_core::ids::StageEventId;
use yeji_report::chart::{Lang, Role};
use yeji_testkit::day;

use super::{Company, World, minor};
use crate::api::forecast::{ForecastBy, ForecastView, GetForecast, GetLanding, LandingView};
use crate::api::kpi::Grain;

async fn forecast(world: &World, metric: &str, grain: Grain, by: ForecastBy) -> ForecastView {
    let args = GetForecast {
        metric: metric.to_owned(),
        grain,
        horizon: Some(3),
        unit: None,
        by: Some(by),
        language: Lang::En,
    };
    world.app.get_forecast(args).await.unwrap()
}

async fn landing(world: &World, grain: Grain, as_of: Option<&str>, by: ForecastBy) -> LandingView {
    let args = GetLanding {
        grain,
        as_of: as_of.map(day),
        unit: None,
        by: Some(by),
        language: Lang::En,
    };
    world.app.get_landing(args).await.unwrap()
}

/// Two teams with about 20,000 each a month; in the last week of May, which is not over, one has won 150,000 in one
/// deal, and somebody new has an open deal and never won one.
async fn big_deal(until: &str) -> World {
    let mut company = Company::default();
    let root = company.unit("Company", None);
    let mut people = Vec::new();
    for name in ["North", "South"] {
        let team = company.unit(name, Some(root));
        people.push(company.person(&format!("{name} seller"), Some(team)));
    }
    let fresh = company.person("Fresh", Some(root));
    for month in 0..40_i64 {
        let (year, of_year) = (2016 + month / 12, month % 12 + 1);
        for (at, seller) in people.iter().enumerate() {
            for (opened, closed) in [("02", "12"), ("14", "25"), ("20", "28")] {
                let noise = (month * 37 + i64::try_from(at).unwrap() * 11) % 23;
                let days = [opened, closed].map(|day| format!("{year}-{of_year:02}-{day}"));
                let days = (days[0].as_str(), Some(days[1].as_str()));
                company.since(*seller, Stage::Won, days, 6_000 + 100 * noise);
            }
        }
    }
    company.since(people[0], Stage::Won, ("2019-04-20", Some(until)), 150_000);
    company.since(fresh, Stage::Engaging, ("2019-05-02", None), 9_000);
    company.store().await
}

fn sums_agree(view: &ForecastView) {
    for (at, step) in view.total.ahead.iter().enumerate() {
        let top = view.rows.iter().filter(|row| row.depth == 1);
        let of = top.filter_map(|row| row.ahead.get(at));
        let sum: i64 = of.map(|step| minor(&step.mean)).sum();
        assert_eq!(sum, minor(&step.mean), "{}", step.period);
        assert!(minor(&step.lower) <= minor(&step.mean) && minor(&step.mean) <= minor(&step.upper));
    }
}

/// The page says one number of the period under way, and never less than is won already.
#[tokio::test]
async fn the_period_under_way_is_where_it_lands() {
    let world = big_deal("2019-05-20").await;
    for grain in [Grain::Month, Grain::Quarter] {
        for by in [ForecastBy::Team, ForecastBy::Person] {
            let view = forecast(&world, "won_amount", grain, by).await;
            let lands = landing(&world, grain, None, by).await;
            let total = lands.total.unwrap();
            let step = &view.total.ahead[0];
            assert_eq!(step.period, lands.period.to_string());
            assert_eq!(step.mean, total.landing, "{grain:?}");
            assert_eq!(Some(&step.lower), total.lower.as_ref());
            assert_eq!(Some(&step.upper), total.upper.as_ref());
            assert!(minor(&step.lower) >= minor("150000"));
            sums_agree(&view);
            for row in &lands.rows {
                let shown = view.rows.iter().find(|one| one.key == row.key);
                let shown = shown.and_then(|one| one.ahead.first());
                let shown = shown.map_or(0, |step| minor(&step.mean));
                assert_eq!(shown, minor(&row.landing), "{}", row.label);
            }
            let mut notes = view.total.notes.iter();
            assert!(notes.any(|one| one.code == "forecast_landing"));
            // The picture shows the same, and does not tell it again.
            let chart = view.chart.unwrap();
            assert_eq!(chart.under_way.as_ref(), Some(&step.period));
            let note = chart.note.as_deref().unwrap();
            assert!(!note.contains("where it will end"), "{note}");
            let series = chart.series.iter().find(|one| one.role == Role::Forecast);
            let value = series.unwrap().values[view.history.len()].as_ref();
            assert_eq!(
                value.unwrap(),
                &yeji_report::chart::Value::parse(&total.landing).unwrap()
            );
        }
    }
}

/// Where nothing lands (weeks, numbers of deals) the model is not believed below what has come.
#[tokio::test]
async fn no_forecast_is_below_what_has_come() {
    let world = big_deal("2019-06-01").await;
    for (metric, grain) in [
        ("won_amount", Grain::Week),
        ("won_count", Grain::Month),
        ("won_count", Grain::Quarter),
    ] {
        for by in [ForecastBy::Team, ForecastBy::Person] {
            let view = forecast(&world, metric, grain, by).await;
            let so_far = view.under_way.as_ref().and_then(|one| one.value.as_deref());
            let so_far = minor(so_far.unwrap());
            let step = &view.total.ahead[0];
            assert!(minor(&step.mean) >= so_far, "{metric}: {step:?} {so_far}");
            assert!(minor(&step.lower) >= so_far, "{metric}: {step:?} {so_far}");
            sums_agree(&view);
        }
    }
    let view = forecast(&world, "won_amount", Grain::Week, ForecastBy::Team).await;
    assert!(minor(&view.total.ahead[0].mean) >= minor("150000"));
    let note = view.chart.as_ref().and_then(|chart| chart.note.clone());
    assert!(note.is_some_and(|note| note.contains("where it will end")));
    let mut notes = view.total.notes.iter();
    assert!(notes.any(|one| one.code == "forecast_so_far"));
}

/// One deal with a mistyped year must not change a landing, what was said of earlier periods, or the pipeline.
#[tokio::test]
async fn a_deal_closed_in_2099_is_set_aside() {
    let store = async |mistyped: bool| {
        let mut company = Company::default();
        let root = company.unit("Company", None);
        let seller = company.person("A", Some(root));
        for month in 0..35_i64 {
            let (year, of_year) = (2016 + month / 12, month % 12 + 1);
            let on = |day: &str| format!("{year}-{of_year:02}-{day}");
            let (opened, closed) = (on("02"), on("22"));
            company.since(
                seller,
                Stage::Won,
                (&opened, Some(&closed)),
                100 + month % 4,
            );
        }
        company.since(seller, Stage::Engaging, ("2018-11-10", None), 300);
        if mistyped {
            let days = ("2018-01-01", Some("2099-01-01"));
            company.since(seller, Stage::Won, days, 1_000_000);
        }
        company.store().await
    };
    let (right, mistyped) = (store(false).await, store(true).await);
    let of = async |world: &World| landing(world, Grain::Quarter, None, ForecastBy::Person).await;
    let (one, other) = (of(&right).await, of(&mistyped).await);
    assert_eq!(one.total, other.total);
    assert_eq!(one.past, other.past);
    assert!(!one.past.is_empty());
    let says = |view: &LandingView| view.notes.iter().any(|note| note.code == "landing_future");
    assert!(says(&other) && !says(&one));
    for (from, to) in [("2018-01-01", "2018-02-01"), ("2018-11-01", "2018-12-01")] {
        for metric in ["open_amount", "pipeline_coverage"] {
            let args = super::metrics::ask(metric, from, to);
            let one = right.app.get_metric(args.clone()).await.unwrap();
            let other = mistyped.app.get_metric(args).await.unwrap();
            assert_eq!(one.total.value, other.total.value, "{metric} {from}");
        }
    }
}

/// A deal that is lost by now was in some stage on the day that is asked about.
#[tokio::test]
async fn an_earlier_day_knows_the_stages_of_that_day() {
    let mut company = Company::default();
    let root = company.unit("Company", None);
    let seller = company.person("A", Some(root));
    for month in 1..=12 {
        let days = (format!("2018-{month:02}-01"), format!("2018-{month:02}-21"));
        company.since(seller, Stage::Won, (&days.0, Some(&days.1)), 1_000);
    }
    for stages in [&["prospecting", "proposal"][..], &[]] {
        let days = ("2019-05-01", Some("2019-05-25"));
        company.since(seller, Stage::Lost, days, 500);
        let Some(yeji_store::Record::Opportunity(deal)) = company.records.last() else {
            panic!("a deal was added");
        };
        let (deal, origin) = (deal.id, deal.origin.clone());
        for (stage, on) in stages.iter().zip(["2019-05-01", "2019-05-08"]) {
            let id = StageEventId(uuid::Uuid::now_v7());
            let event = StageEvent {
                id,
                origin: Origin {
                    external_id: id.0.to_string(),
                    ..origin.clone()
                },
                opportunity: deal,
                stage: stage.parse().unwrap(),
                on: day(on),
            };
            company.records.push(event.into());
        }
    }
    let world = company.store().await;
    let view = landing(
        &world,
        Grain::Quarter,
        Some("2019-05-10"),
        ForecastBy::Person,
    )
    .await;
    let mut stages: Vec<_> = view
        .deals
        .iter()
        .map(|deal| deal.stage.as_deref())
        .collect();
    stages.sort_unstable();
    assert_eq!(stages, [None, Some("proposal")]);
}
