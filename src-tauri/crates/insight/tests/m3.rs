//! Accuracy on the public M3 competition, monthly and quarterly, by the rules of the M4 competition.
//! The data lies beside the project in development and CI only: without it the test says so and passes.

use std::fs;
use std::path::{Path, PathBuf};

use yeji_insight::forecast::forecast;

struct Series {
    train: Vec<f64>,
    test: Vec<f64>,
}

fn load(name: &str) -> Option<Vec<Series>> {
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
        Series {
            train: values(columns.next().unwrap()),
            test: values(columns.next().unwrap()),
        }
    };
    Some(text.lines().skip(1).map(line).collect())
}

/// Mean sMAPE and MASE, and the share of the points inside the 95 % interval.
fn score(all: &[Series], season: usize) -> (f64, f64, f64) {
    let (mut smape, mut mase, mut inside, mut points) = (0.0, 0.0, 0.0, 0.0);
    for series in all {
        let next = forecast(&series.train, season, series.test.len()).unwrap();
        let errors: Vec<f64> = series
            .test
            .iter()
            .zip(&next.mean)
            .map(|(y, f)| (y - f).abs())
            .collect();
        let relative = series
            .test
            .iter()
            .zip(&next.mean)
            .zip(&errors)
            .map(|((y, f), e)| {
                let size = y.abs() + f.abs();
                if size == 0.0 { 0.0 } else { 200.0 * e / size }
            });
        let steps: Vec<f64> = series
            .train
            .windows(season + 1)
            .map(|w| (w[season] - w[0]).abs())
            .collect();
        let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
        smape += mean(&relative.collect::<Vec<_>>());
        mase += mean(&errors) / mean(&steps);
        for (step, y) in series.test.iter().enumerate() {
            points += 1.0;
            inside += f64::from(u8::from(
                next.lower95[step] <= *y && *y <= next.upper95[step],
            ));
        }
    }
    let count = all.len() as f64;
    (smape / count, mase / count, inside / points * 100.0)
}

/// Naive2 of the data's README: the yardstick of OWA.
fn check(name: &str, season: usize, naive: (f64, f64), at_most: f64) -> Option<f64> {
    let Some(all) = load(name) else {
        println!("skipped: {name} is not beside the project");
        return None;
    };
    let (smape, mase, coverage) = score(&all, season);
    let owa = (smape / naive.0 + mase / naive.1) / 2.0;
    println!(
        "{name}: sMAPE {smape:.3}, MASE {mase:.3}, OWA {owa:.4}, inside the 95 % interval {coverage:.1} %"
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
