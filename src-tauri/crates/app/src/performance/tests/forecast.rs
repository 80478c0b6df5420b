//! Forecasts and landings on companies: they add up, say what they do not know, and are cut by rights.

use serde_json::json;
use yeji_core::Ratio;
use yeji_core::facts::{Opportunity, Stage};
use yeji_report::chart::{Lang, Role};
use yeji_store::{ChangeKind, ForecastSnapshot};
use yeji_testkit::day;

use super::{Company, World, minor};
use crate::api::NoArgs;
use crate::api::forecast::{
    ForecastBy, ForecastView, GetForecast, GetKeptForecasts, GetLanding, LandingRow, LandingView,
};
use crate::api::kpi::Grain;
use crate::demo::tests::demo_app;

fn ask(metric: &str, grain: Grain) -> GetForecast {
    GetForecast {
        metric: metric.to_owned(),
        grain,
        horizon: None,
        unit: None,
        by: None,
        language: Lang::En,
    }
}

fn land(grain: Grain) -> GetLanding {
    GetLanding {
        grain,
        as_of: None,
        unit: None,
        by: None,
        language: Lang::En,
    }
}

fn amount(text: &str) -> i64 {
    minor(text)
}

impl Company {
    /// Gives the last deal another amount, in minor units.
    fn records_of_last(&mut self, minor: i64) {
        if let Some(yeji_store::Record::Opportunity(deal)) = self.records.last_mut() {
            deal.amount = Some(yeji_core::Money::new(minor, yeji_core::Currency::CNY));
        }
    }

    /// A deal with a first day.
    pub(super) fn since(
        &mut self,
        owner: usize,
        stage: Stage,
        (opened, closed): (&str, Option<&str>),
        yuan: i64,
    ) {
        let id = self.ids.next();
        let deal = yeji_testkit::won_deal(id, self.people[owner], opened, yuan);
        self.records.push(
            Opportunity {
                stage,
                opened_on: Some(day(opened)),
                closed_on: closed.map(day),
                amount: deal.amount.filter(|_| yuan > 0),
                ..deal
            }
            .into(),
        );
    }
}

/// Three teams, three years of months in which each wins more, to the end of May 2019.
async fn growing() -> World {
    let mut company = Company::default();
    let root = company.unit("Company", None);
    let department = company.unit("Sales", Some(root));
    for name in ["North", "South", "West"] {
        let team = company.unit(name, Some(department));
        company.person(&format!("{name} seller"), Some(team));
    }
    let boss = company.person("Boss", Some(department));
    for month in 0..41_i64 {
        let (year, of_year) = (2016 + month / 12, month % 12 + 1);
        for seller in 0..3_i64 {
            let on = format!("{year}-{of_year:02}-15");
            let noise = (month * 37 + seller * 11) % 23;
            company.won(
                usize::try_from(seller).unwrap(),
                &on,
                10_000 + 200 * month + 300 * noise,
            );
        }
        // In the last days, so that the last month is whole.
        company.won(boss, &format!("{year}-{of_year:02}-28"), 500);
    }
    company.won(boss, "2019-05-31", 100);
    company.store().await
}

fn sums_agree(view: &ForecastView) {
    let top = view.rows.iter().filter(|row| row.depth == 1);
    let top: Vec<_> = top.filter(|row| row.refused.is_none()).collect();
    assert!(!top.is_empty());
    for (at, step) in view.total.ahead.iter().enumerate() {
        let parts: i64 = top.iter().map(|row| amount(&row.ahead[at].mean)).sum();
        assert_eq!(parts, amount(&step.mean), "{}", step.period);
    }
}

/// Whoever adds the teams' forecasts up must get the company's, to the fen; and the same for people.
#[tokio::test]
async fn forecasts_of_parts_sum_to_the_whole() {
    let world = growing().await;
    let mut totals = Vec::new();
    for by in [ForecastBy::Team, ForecastBy::Person] {
        let args = GetForecast {
            by: Some(by),
            ..ask("won_amount", Grain::Month)
        };
        let view = world.app.get_forecast(args).await.unwrap();
        sums_agree(&view);
        totals.push(view.total.ahead.clone());
    }
    assert_eq!(
        totals[0], totals[1],
        "the whole is one number, however it is split"
    );
    // A unit's row is what the unit asked for itself gets.
    let args = GetForecast {
        by: Some(ForecastBy::Team),
        ..ask("won_amount", Grain::Month)
    };
    let view = world.app.get_forecast(args).await.unwrap();
    let row = view.rows.iter().find(|row| row.label == "North").unwrap();
    let args = GetForecast {
        unit: Some(world.units[2]),
        ..ask("won_amount", Grain::Month)
    };
    let north = world.app.get_forecast(args).await.unwrap();
    assert_eq!(north.total.ahead, row.ahead);
    assert_eq!(north.unit_name, "North");
}

/// Two who go on, and two who left in the middle of 2018: one is said to have left, one just sells no more.
async fn with_leavers() -> World {
    let mut company = Company::default();
    let root = company.unit("Company", None);
    let team = company.unit("North", Some(root));
    let people = ["here", "also here", "gone quiet"].map(|name| company.person(name, Some(team)));
    let left = company.person_until("left", Some(team), "2018-08-01");
    for month in 0..41_i64 {
        let (year, of_year) = (2016 + month / 12, month % 12 + 1);
        for (at, seller) in people.into_iter().chain([left]).enumerate() {
            if at >= 2 && month > 30 {
                continue;
            }
            let noise = (month * 37 + i64::try_from(at).unwrap() * 11) % 23;
            // December is the best month: a year ago would bring it back.
            let yuan = 8_000 + 300 * noise + if of_year == 12 { 9_000 } else { 0 };
            company.won(seller, &format!("{year}-{of_year:02}-28"), yuan);
        }
    }
    company.won(people[0], "2019-05-31", 100);
    company.store().await
}

/// Next month's forecast must not be another one because more months are asked for, and who is gone brings
/// nothing, however many are.
#[tokio::test]
async fn a_forecast_does_not_depend_on_how_many_periods_are_asked_for() {
    let world = with_leavers().await;
    for by in [ForecastBy::Team, ForecastBy::Person] {
        let of = async |horizon| {
            let args = GetForecast {
                by: Some(by),
                horizon: Some(horizon),
                ..ask("won_amount", Grain::Month)
            };
            world.app.get_forecast(args).await.unwrap()
        };
        let long = of(8).await;
        sums_agree(&long);
        for horizon in [1, 3, 6] {
            let short = of(horizon).await;
            let count = usize::try_from(horizon).unwrap();
            assert_eq!(short.total.ahead, long.total.ahead[..count]);
            for (short, long) in short.rows.iter().zip(&long.rows) {
                assert_eq!(short.ahead, long.ahead[..count], "{}", long.label);
            }
        }
        if by == ForecastBy::Person {
            for (label, code) in [("left", "forecast_left"), ("gone quiet", "forecast_ended")] {
                let row = long.rows.iter().find(|row| row.label == label).unwrap();
                for step in &row.ahead {
                    assert_eq!((amount(&step.mean), amount(&step.lower)), (0, 0), "{label}");
                }
                assert!(
                    row.notes.iter().any(|note| note.code == code),
                    "{:?}",
                    row.notes
                );
            }
            let here = long.rows.iter().find(|row| row.label == "here").unwrap();
            assert!(
                here.ahead
                    .iter()
                    .all(|step| amount(&step.mean) > minor("5000"))
            );
        }
    }
}

/// The chart says where the period under way will end, and that what is drawn of it is not all.
#[tokio::test]
async fn the_chart_says_that_the_last_period_is_not_over() {
    let world = growing().await;
    let view = world
        .app
        .get_forecast(ask("won_amount", Grain::Quarter))
        .await
        .unwrap();
    let chart = view.chart.unwrap();
    let at = view.history.len();
    assert_eq!(chart.categories[at].label, "Q2 2019 (so far)");
    assert_eq!(chart.categories[at - 1].label, "Q1 2019");
    for role in [Role::Actual, Role::Forecast, Role::Lower, Role::Upper] {
        let series = chart.series.iter().find(|one| one.role == role).unwrap();
        assert!(series.values[at].is_some(), "{role:?}");
    }
    let chinese = GetForecast {
        language: Lang::ZhCn,
        ..ask("won_amount", Grain::Quarter)
    };
    let chart = world
        .app
        .get_forecast(chinese)
        .await
        .unwrap()
        .chart
        .unwrap();
    assert_eq!(chart.categories[at].label, "2019年第2季度（至今）");
}

/// One deal, or the same every time, does not say how far off a landing may be.
#[tokio::test]
async fn a_landing_without_width_has_no_interval_or_that_of_its_misses() {
    let mut company = Company::default();
    let root = company.unit("Company", None);
    let seller = company.person("A", Some(root));
    company.won(seller, "2019-05-05", 100);
    let world = company.store().await;
    let view = world.app.get_landing(land(Grain::Quarter)).await.unwrap();
    let total = view.total.unwrap();
    assert_eq!(amount(&total.landing), minor("100"));
    assert_eq!((total.lower, total.upper), (None, None));
    let is_said = |code: &str| view.notes.iter().any(|note| note.code == code);
    assert!(is_said("landing_no_interval") && !is_said("landing_widened"));
    // Nothing of a period without an interval is kept: there is nothing to hold what comes against.
    let kept = world.app.keep_forecasts(NoArgs {}).await.unwrap();
    assert_eq!(kept.waiting, 0);

    // On the 20th all of a month is won, as every month; a late deal now and then was not foreseen.
    let mut company = Company::default();
    let root = company.unit("Company", None);
    let seller = company.person("A", Some(root));
    for month in 1..=5 {
        company.won(seller, &format!("2019-{month:02}-10"), 300);
    }
    for (day, yuan) in [("2019-02-26", 60), ("2019-03-27", 20), ("2019-04-28", 40)] {
        company.since(seller, Stage::Won, ("2019-01-01", Some(day)), yuan);
    }
    company.since(seller, Stage::Won, ("2018-01-01", Some("2018-01-05")), 300);
    let world = company.store().await;
    let args = GetLanding {
        as_of: Some(day("2019-05-20")),
        ..land(Grain::Month)
    };
    let view = world.app.get_landing(args).await.unwrap();
    let total = view.total.unwrap();
    let upper = amount(total.upper.as_ref().unwrap());
    assert!(upper > amount(&total.landing), "{total:?} {:?}", view.past);
    assert!(amount(total.lower.as_ref().unwrap()) <= amount(&total.landing));
}

/// What may be less than nothing is not cut at what it is expected to be.
#[tokio::test]
async fn the_landing_of_deals_below_zero_has_an_interval_on_both_sides() {
    let mut company = Company::default();
    let root = company.unit("Company", None);
    let seller = company.person("A", Some(root));
    for month in 0..17_i64 {
        let (year, of_year) = (2018 + month / 12, month % 12 + 1);
        let (opened, closed) = (
            format!("{year}-{of_year:02}-20"),
            format!("{year}-{of_year:02}-25"),
        );
        company.won(seller, &format!("{year}-{of_year:02}-05"), 400);
        // What is given back: opened after the middle of the month, and booked as won below zero.
        company.since(seller, Stage::Won, (&opened, Some(&closed)), 1);
        company.records_of_last(-10_000 - 700 * (month * 7 % 5));
    }
    let world = company.store().await;
    let args = GetLanding {
        as_of: Some(day("2019-05-15")),
        ..land(Grain::Month)
    };
    let view = world.app.get_landing(args).await.unwrap();
    let total = view.total.unwrap();
    let (lower, upper) = (
        total.lower.as_deref().unwrap(),
        total.upper.as_deref().unwrap(),
    );
    assert!(amount(&total.new) < 0, "{total:?}");
    assert!(amount(lower) < amount(&total.landing) && amount(&total.landing) < amount(upper));
}

/// The month under way would always look like a fall; it is forecast, not learned from.
#[tokio::test]
async fn the_period_under_way_is_not_learned_from() {
    let world = growing().await;
    let view = world
        .app
        .get_forecast(ask("won_amount", Grain::Month))
        .await
        .unwrap();
    assert_eq!(view.history.last().unwrap().period, "2019-05");
    assert_eq!(view.total.ahead[0].period, "2019-06", "today is 1 June");
    let view = world
        .app
        .get_forecast(ask("won_amount", Grain::Quarter))
        .await
        .unwrap();
    assert_eq!(view.history.last().unwrap().period, "2019-Q1");
    assert_eq!(view.total.ahead[0].period, "2019-Q2");
    let under_way = view.under_way.unwrap();
    assert_eq!(
        (under_way.period.as_str(), under_way.value.is_some()),
        ("2019-Q2", true)
    );
    let chart = view.chart.unwrap();
    chart.check().unwrap();
    let places: Vec<usize> = chart.series.iter().map(|one| one.values.len()).collect();
    assert!(places.iter().all(|count| *count == chart.categories.len()));
    let upper = chart
        .series
        .iter()
        .find(|one| one.role == Role::Upper)
        .unwrap();
    assert_eq!(
        upper.values.iter().flatten().count(),
        view.total.ahead.len()
    );
}

/// Nothing, one point, and zeros say nothing: no chart, no number, and what is needed.
#[tokio::test]
async fn what_says_nothing_gets_no_forecast() {
    let empty = Company::default().store().await;
    let view = empty
        .app
        .get_forecast(ask("won_amount", Grain::Month))
        .await;
    // Without a company there is nothing to be asked about, or it says that there is no data.
    if let Ok(view) = view {
        assert_eq!(view.total.refused.unwrap().code, "no_value_no_data");
        assert!(view.chart.is_none());
    }
    let mut company = Company::default();
    let root = company.unit("Company", None);
    let seller = company.person("A", Some(root));
    company.won(seller, "2019-03-05", 100);
    company.won(seller, "2019-05-31", 0);
    let world = company.store().await;
    let view = world
        .app
        .get_forecast(ask("won_amount", Grain::Month))
        .await
        .unwrap();
    assert_eq!(
        view.total.refused.as_ref().unwrap().code,
        "forecast_needs_periods"
    );
    assert!(view.chart.is_none() && view.total.ahead.is_empty());
    let view = world
        .app
        .get_forecast(ask("receipts", Grain::Month))
        .await
        .unwrap();
    assert_eq!(view.total.refused.unwrap().code, "no_value_no_data");
    let view = world
        .app
        .get_forecast(ask("lost_count", Grain::Week))
        .await
        .unwrap();
    assert_eq!(view.total.refused.unwrap().code, "forecast_all_zero");
    assert!(
        world
            .app
            .get_forecast(ask("win_rate", Grain::Month))
            .await
            .is_err()
    );
    assert!(
        world
            .app
            .get_forecast(ask("won_amount", Grain::Year))
            .await
            .is_err()
    );
    let far = GetForecast {
        horizon: Some(1_000),
        ..ask("won_amount", Grain::Month)
    };
    assert!(world.app.get_forecast(far).await.is_err());
}

/// A deal dated 2099 by a slip must not stretch the series, neither to 2099 nor by zeros up to today, nor be won
/// already.
#[tokio::test]
async fn a_day_far_off_moves_nothing() {
    let mut company = Company::default();
    let root = company.unit("Company", None);
    let seller = company.person("A", Some(root));
    for month in 1..=12 {
        company.won(seller, &format!("2018-{month:02}-28"), 1_000 + month * 10);
    }
    company.won(seller, "2099-01-01", 5_000_000);
    let world = company.store().await;
    let view = world
        .app
        .get_forecast(ask("won_amount", Grain::Month))
        .await
        .unwrap();
    assert!(view.history.len() < 20, "{:?}", view.history.last());
    assert_eq!(view.history.last().unwrap().period, "2018-12");
    let landing = world.app.get_landing(land(Grain::Quarter)).await.unwrap();
    assert_eq!(landing.as_of, day("2018-12-28"));
    assert_eq!(amount(&landing.total.unwrap().won), minor("3330"));
    assert!(
        landing
            .notes
            .iter()
            .any(|note| note.code == "landing_future")
    );
}

fn parts_sum(view: &LandingView) {
    let total = view.total.as_ref().unwrap();
    for row in view.rows.iter().chain([total]) {
        let parts = amount(&row.won) + amount(&row.open) + amount(&row.new);
        assert_eq!(parts, amount(&row.landing), "{}", row.label);
        assert_eq!(row.lower.is_some(), row.upper.is_some());
        if let (Some(lower), Some(upper)) = (&row.lower, &row.upper) {
            assert!(amount(lower) <= amount(&row.landing));
            assert!(amount(&row.landing) <= amount(upper));
            let is_over = view.working_days.0 == view.working_days.1;
            assert!(
                is_over || amount(lower) < amount(upper),
                "no width is no interval"
            );
        }
    }
    let top = || view.rows.iter().filter(|row| row.depth == 1);
    let sum = |of: fn(&crate::api::forecast::LandingRow) -> &String| -> i64 {
        top().map(|row| amount(of(row))).sum()
    };
    assert_eq!(sum(|row| &row.won), amount(&total.won));
    assert_eq!(sum(|row| &row.open), amount(&total.open));
    assert_eq!(sum(|row| &row.new), amount(&total.new));
    let open: i64 = view.deals.iter().map(|deal| amount(&deal.expected)).sum();
    if usize::try_from(view.deal_count).unwrap() == view.deals.len() {
        assert_eq!(open, amount(&total.open), "the deals are what is open");
    }
    for deal in &view.deals {
        let chance: Ratio = deal.chance.parse().unwrap();
        assert!(Ratio::ZERO <= chance && chance <= Ratio::ONE);
    }
}

/// Won, open and new are the landing, exactly, in every row, and the rows are the whole.
#[tokio::test]
async fn a_landing_is_its_parts() {
    let (_folder, app) = demo_app().await;
    for by in [ForecastBy::Team, ForecastBy::Person] {
        for grain in [Grain::Month, Grain::Quarter, Grain::Year] {
            let view = app
                .get_landing(GetLanding {
                    by: Some(by),
                    ..land(grain)
                })
                .await
                .unwrap();
            parts_sum(&view);
            assert_eq!(view.warnings.len(), 3);
        }
    }
    let args = GetLanding {
        by: Some(ForecastBy::Team),
        ..land(Grain::Quarter)
    };
    let (one, again) = (
        app.get_landing(args.clone()).await.unwrap(),
        app.get_landing(args).await.unwrap(),
    );
    assert_eq!(one.total, again.total, "the same deals, the same landing");
    assert!(!one.past.is_empty());
}

/// Of the same days that are left the same is said, whichever period they end.
#[tokio::test]
async fn what_is_left_of_a_year_in_its_last_quarter_is_that_quarter_s() {
    let mut company = Company::default();
    let root = company.unit("Company", None);
    for name in ["North", "South"] {
        let team = company.unit(name, Some(root));
        company.person(&format!("{name} seller"), Some(team));
    }
    for month in 0..36_i64 {
        let (year, of_year) = (2016 + month / 12, month % 12 + 1);
        for seller in 0..2_i64 {
            let of = usize::try_from(seller).unwrap();
            // One that is won within the month, one that takes longer, one that is lost.
            for (opened, closed, stage) in [
                (16, 27, Stage::Won),
                (1, 26, Stage::Won),
                (4, 24, Stage::Lost),
            ] {
                let opened = format!("{year}-{of_year:02}-{opened:02}");
                let closed = format!("{year}-{of_year:02}-{closed:02}");
                let yuan = 1_000 + (month * 37 + seller * 11) % 230;
                company.since(of, stage, (&opened, Some(&closed)), yuan);
            }
        }
    }
    let world = company.store().await;
    let on = async |grain, day: &str, by| {
        let args = GetLanding {
            as_of: Some(day.parse().unwrap()),
            by: Some(by),
            ..land(grain)
        };
        world.app.get_landing(args).await.unwrap()
    };
    let left = |row: &LandingRow| {
        let width = |end: &Option<String>| {
            let end = end.as_deref().map(amount);
            end.map(|end| end - amount(&row.landing))
        };
        let (lower, upper) = (width(&row.lower), width(&row.upper));
        (
            row.key.clone(),
            row.open.clone(),
            row.new.clone(),
            lower,
            upper,
        )
    };
    for by in [ForecastBy::Team, ForecastBy::Person] {
        for (longer, shorter, day) in [
            (Grain::Year, Grain::Quarter, "2018-11-20"),
            (Grain::Year, Grain::Month, "2018-12-10"),
            (Grain::Quarter, Grain::Month, "2018-09-14"),
        ] {
            let (longer, shorter) = (on(longer, day, by).await, on(shorter, day, by).await);
            let total = longer.total.as_ref().unwrap();
            assert!(amount(&total.new) > 0, "{day}: {total:?}");
            assert_eq!(left(total), left(shorter.total.as_ref().unwrap()), "{day}");
            let rows = |view: &LandingView| {
                let mut rows: Vec<_> = view.rows.iter().map(left).collect();
                rows.sort();
                // Who has won in the year alone has a row of the year alone.
                rows.retain(|row| amount(&row.1) != 0 || amount(&row.2) != 0);
                rows
            };
            assert!(!rows(&longer).is_empty());
            assert_eq!(rows(&longer), rows(&shorter), "{day}");
            assert_eq!(longer.past.len(), shorter.past.len());
            let says =
                |view: &LandingView| view.notes.iter().any(|one| one.code == "landing_rest_of");
            assert!(says(&longer) && !says(&shorter));
        }
    }
}

/// What was said on a day is made of what was known on it: a deal won later is open then.
#[tokio::test]
async fn a_landing_knows_nothing_of_later() {
    let mut company = Company::default();
    let root = company.unit("Company", None);
    let seller = company.person("A", Some(root));
    for month in 1..=12 {
        for deal in 1..=4 {
            let opened = format!("2018-{month:02}-0{deal}");
            let closed = format!("2018-{month:02}-2{deal}");
            let stage = if deal == 1 { Stage::Lost } else { Stage::Won };
            company.since(seller, stage, (&opened, Some(&closed)), 1_000);
        }
    }
    company.since(
        seller,
        Stage::Won,
        ("2019-05-01", Some("2019-05-25")),
        8_000,
    );
    company.since(seller, Stage::Engaging, ("2019-05-28", None), 0);
    let world = company.store().await;
    let args = GetLanding {
        as_of: Some(day("2019-05-10")),
        ..land(Grain::Quarter)
    };
    let view = world.app.get_landing(args).await.unwrap();
    assert_eq!(amount(&view.total.as_ref().unwrap().won), 0);
    assert_eq!(view.deals.len(), 1, "the one opened later is not there yet");
    let view = world.app.get_landing(land(Grain::Quarter)).await.unwrap();
    assert_eq!(amount(&view.total.unwrap().won), minor("8000"));
    assert_eq!(
        (view.deals.len(), view.deals[0].amount_from.as_str()),
        (1, "median")
    );
    assert!(view.notes.iter().any(|note| note.code == "landing_median"));
    assert!(
        world
            .app
            .get_landing(GetLanding {
                as_of: Some(day("2020-01-01")),
                ..land(Grain::Quarter)
            })
            .await
            .is_err()
    );
    assert!(world.app.get_landing(land(Grain::Week)).await.is_err());
}

/// A company without a deal has no landing, and says so.
#[tokio::test]
async fn nothing_lands_without_deals() {
    let mut company = Company::default();
    company.unit("Company", None);
    let world = company.store().await;
    let view = world.app.get_landing(land(Grain::Quarter)).await.unwrap();
    assert!(view.total.is_none() && view.past.is_empty() && view.warnings.is_empty());
    assert!(
        view.notes
            .iter()
            .any(|note| note.code == "no_value_no_data")
    );
}

/// What was said stays said, once a day; when its period is over it stands beside what came.
#[tokio::test]
async fn kept_forecasts_stand_beside_what_came() {
    let world = growing().await;
    let kept = world.app.keep_forecasts(NoArgs {}).await.unwrap();
    assert_eq!(kept.last_kept, Some(day("2019-05-31")));
    assert!(kept.waiting > 0);
    let over = kept.rows.iter().map(|row| row.period.as_str());
    assert!(
        over.into_iter().all(|period| period == "2019-05"),
        "May is over, nothing else is"
    );
    let changes = async || {
        let store = world.app.store().unwrap();
        store.changes(None, 100).await.unwrap().rows.len()
    };
    let before = changes().await;
    let again = world.app.keep_forecasts(NoArgs {}).await.unwrap();
    assert_eq!(
        (again.waiting, changes().await),
        (kept.waiting, before),
        "one a day"
    );
    // Said in February of March, by which 3 x a month's deals and the boss's came.
    let mut change = world.app.change(ChangeKind::Setting, json!({}));
    let said = ForecastSnapshot {
        on_day: day("2019-02-28"),
        kind: "forecast".to_owned(),
        metric: "won_amount".to_owned(),
        unit: world.units[0],
        period: "2019-03".to_owned(),
        mean: minor("70000"),
        lower: minor("10000"),
        upper: minor("200000"),
    };
    change.put.push(said.into());
    world.app.apply(change).await.unwrap();
    let ask = GetKeptForecasts {
        unit: None,
        language: Lang::En,
    };
    let kept = world.app.get_kept_forecasts(ask).await.unwrap();
    let mut of_march = kept.rows.iter().filter(|row| row.period == "2019-03");
    let row = of_march.next().unwrap();
    assert!(row.held && of_march.next().is_none());
    let came = world
        .app
        .result(day("2019-03-01"), day("2019-04-01"), None)
        .await
        .unwrap();
    assert_eq!(amount(&row.actual), came.won_minor);
    assert!(kept.mean_off.is_some() && kept.held >= 1);
}
