//! Accuracy on the public M3 competition, monthly and quarterly, by the rules of the M4 competition.
//! The data lies beside the project in development and CI only: without it the test says so and passes.

use std::fs;
use std::path::{Path, PathBuf};

use yeji_insight::forecast::batch::{SeriesInput, series};
use yeji_insight::forecast::{Forecast, Series};

/// A series that is forecast, and what came then.
struct Given {
    train: Vec<f64>,
    test: Vec<f64>,
}

fn load(name: &str) -> Option<Vec<Given>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(4)?;
    let file: PathBuf = root.join("shared/data/forecast").join(name);
    let text = fs::read_to_string(&file).ok()?;
    let values = |text: &str| {
        text.split(';')
            .map(|value| value.parse().unwrap())
            .collect()
    };
    let line = |line: &str| {
        let mut columns = line.split(',').skip(3);
        Given {
            train: values(columns.next().unwrap()),
            test: values(columns.next().unwrap()),
        }
    };
    Some(text.lines().skip(1).map(line).collect())
}

fn forecasts(all: &[Given], season: usize) -> Vec<Forecast> {
    let input = SeriesInput {
        series: all
            .iter()
            .map(|given| Series::new(&given.train, season))
            .collect(),
        horizon: all[0].test.len(),
        details: false,
        reconcile: None,
    };
    let told = series(&input).unwrap().forecasts;
    told.into_iter()
        .map(|told| told.forecast.unwrap())
        .collect()
}

fn mean(values: impl IntoIterator<Item = f64>) -> f64 {
    let (mut sum, mut count) = (0.0, 0.0);
    for value in values {
        sum += value;
        count += 1.0;
    }
    sum / count
}

fn smape(test: &[f64], forecast: &[f64]) -> f64 {
    mean(test.iter().zip(forecast).map(|(test, forecast)| {
        let size = test.abs() + forecast.abs();
        if size > 0.0 {
            200.0 * (test - forecast).abs() / size
        } else {
            0.0
        }
    }))
}

fn mase(given: &Given, forecast: &[f64], season: usize) -> f64 {
    let steps = given
        .train
        .windows(season + 1)
        .map(|window| (window[season] - window[0]).abs());
    let errors = given
        .test
        .iter()
        .zip(forecast)
        .map(|(test, forecast)| (test - forecast).abs());
    mean(errors) / mean(steps)
}

/// Checks the weighted mean of both measures over those of Naive2 (from the data's README), and gives
/// the share of the points inside the 95 % interval.
fn check(name: &str, season: usize, naive: (f64, f64), at_most: f64) -> Option<f64> {
    let Some(all) = load(name) else {
        println!("skipped: {name} is not beside the project");
        return None;
    };
    let told = forecasts(&all, season);
    let pairs = || all.iter().zip(&told);
    let smape = mean(pairs().map(|(given, told)| smape(&given.test, &told.mean)));
    let mase = mean(pairs().map(|(given, told)| mase(given, &told.mean, season)));
    let inside = pairs().flat_map(|(given, told)| {
        let bounds = told.lower95.iter().zip(&told.upper95);
        let inside = given
            .test
            .iter()
            .zip(bounds)
            .map(|(test, (lower, upper))| lower <= test && test <= upper);
        inside.map(|inside| f64::from(u8::from(inside)) * 100.0)
    });
    let coverage = mean(inside);
    let owa = mean([smape / naive.0, mase / naive.1]);
    println!(
        "{name}: sMAPE {smape:.3}, MASE {mase:.3}, OWA {owa:.4}, inside the 95 % interval {coverage:.2} %"
    );
    assert!(
        owa <= at_most,
        "{name}: OWA {owa:.4} is above the combination of the peers, {at_most}"
    );
    Some(coverage)
}

#[test]
fn m3_is_forecast_better_than_by_the_combination_of_the_peers() {
    let monthly = check("m3_monthly.csv", 12, (16.764, 1.038), 0.809);
    check("m3_quarterly.csv", 4, (10.029, 1.252), 0.887);
    if let Some(coverage) = monthly {
        assert!(
            (92.0..=98.0).contains(&coverage),
            "95 % intervals hold {coverage:.1} % of the points"
        );
    }
}
