//! `cargo bench -p yeji-insight --bench peers`: time per series beside `AutoETS` of statsforecast, on the
//! same series of the public M3 competition, one thread each, in turns.
//!
//! `YEJI_PYTHON` (default `python3`) names the Python that has statsforecast; without it, or without the
//! data beside the project, the figure is said to be missing. `YEJI_BENCH_STEP=1` takes every series
//! instead of every tenth.

#![expect(
    clippy::disallowed_methods,
    reason = "a benchmark's size is the developer's choice"
)]

use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use yeji_insight::forecast::{Series, forecast};

const ROUNDS: usize = 3;

fn main() {
    let asked = std::env::var("YEJI_BENCH_STEP").ok();
    let step = asked
        .and_then(|text| text.parse().ok())
        .unwrap_or(10_usize)
        .max(1);
    for (name, season) in [("m3_monthly.csv", 12), ("m3_quarterly.csv", 4)] {
        let Some(file) = file(name).filter(|file| file.exists()) else {
            println!("{name}: not measured, it is not beside the project");
            continue;
        };
        for round in 1..=ROUNDS {
            let ours = ours(&file, season, step);
            let peer = peer(&file, season, step);
            println!("{name}, round {round}: ours {ours:.2} ms a series, AutoETS {peer}");
        }
    }
}

fn file(name: &str) -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(4)?;
    Some(root.join("shared/data/forecast").join(name))
}

/// Milliseconds a series.
fn ours(file: &Path, season: usize, step: usize) -> f64 {
    let text = fs::read_to_string(file).expect("the data");
    let values = |text: &str| -> Vec<f64> {
        text.split(';')
            .map(|value| value.parse().expect("a number"))
            .collect()
    };
    let line = |line: &str| {
        let mut columns = line.split(',').skip(2);
        let horizon: usize = columns
            .next()
            .expect("a horizon")
            .parse()
            .expect("a number");
        (
            Series::new(&values(columns.next().expect("values")), season),
            horizon,
        )
    };
    let all: Vec<_> = text.lines().skip(1).step_by(step).map(line).collect();
    let start = Instant::now();
    for (series, horizon) in &all {
        black_box(forecast(series, *horizon)).expect("a forecast");
    }
    let count = f64::from(u32::try_from(all.len()).expect("a few thousand"));
    start.elapsed().as_secs_f64() * 1_000.0 / count
}

fn peer(file: &Path, season: usize, step: usize) -> String {
    let python = std::env::var("YEJI_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/peers.py");
    let mut command = Command::new(python);
    command
        .arg(script)
        .arg(file)
        .arg(season.to_string())
        .arg(step.to_string());
    match command.output() {
        Ok(done) if done.status.success() => {
            String::from_utf8_lossy(&done.stdout).trim().to_owned()
        }
        Ok(done) => {
            let said = String::from_utf8_lossy(&done.stderr);
            format!("not measured: {}", said.lines().last().unwrap_or_default())
        }
        Err(error) => format!("not measured: {error}"),
    }
}
