//! One figure, taken in a process of its own.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use yeji_app::api::Scope;
use yeji_app::api::data::{ImportDecisions, ImportRequest};
use yeji_app::api::performance::{Drill, GetDashboard, GetKpi, Split};
use yeji_app::data::OpenImport;
use yeji_app::host::{NoWindow, NobodyToAsk, Opening, Random, Secrets, SecretsError, no_progress};
use yeji_app::keys::{Cost, KeyError};
use yeji_app::{Access, Desk, Outside};
use yeji_core::Currency;
use yeji_core::calendar::Period;
use yeji_core::metric::Metric;
use yeji_report::Lang;

use super::clock::BenchClock;
use super::{bonus, tiles};

/// A keyring that has one key for every store, as the system's has one for each.
#[derive(Debug)]
struct OneKey;

impl Secrets for OneKey {
    fn get(&self, _: &str) -> Result<Option<[u8; 32]>, SecretsError> {
        Ok(Some([7; 32]))
    }
    fn set(&self, _: &str, _: &[u8; 32]) -> Result<(), SecretsError> {
        Ok(())
    }
    fn remove(&self, _: &str) -> Result<(), SecretsError> {
        Ok(())
    }
}

impl Random for OneKey {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), KeyError> {
        bytes.fill(7);
        Ok(())
    }
}

/// A store of the benchmark.
pub async fn open(dir: &Path, how: &str) -> Desk {
    let outside = Outside {
        clock: Arc::new(BenchClock),
        host: Arc::new(NoWindow),
        secrets: Arc::new(OneKey),
        opening: Opening {
            random: Arc::new(OneKey),
            ask: Arc::new(NobodyToAsk),
            cost: Cost::TEST,
            plain: how == "plain",
            own_folder: None,
        },
        source: "command_line",
        language: Lang::ZhCn,
    };
    Desk::open(dir, Access::Write, outside)
        .await
        .expect("a store")
}

/// Takes the figure that the arguments name and prints it.
pub fn run(arguments: &[String]) {
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    match arguments[..] {
        ["import", dir, file, how] => runtime.block_on(import(Path::new(dir), file, how)),
        ["reads", dir, how] => runtime.block_on(reads(Path::new(dir), how)),
        ["open", dir, how] => runtime.block_on(opening(Path::new(dir), how)),
        ["company", dir, ref files @ ..] => {
            for file in files {
                runtime.block_on(import(Path::new(dir), file, "encrypted"));
            }
        }
        ["bonus", dir] => runtime.block_on(bonus::run(Path::new(dir))),
        ["tiles", dir] => runtime.block_on(tiles::run(Path::new(dir))),
        ["xlsx", file] => xlsx(Path::new(file)),
        _ => panic!("no such figure: {arguments:?}"),
    }
    println!("peak {} MB", peak_kb() / 1_000);
}

async fn import(dir: &Path, file: &str, how: &str) {
    let start = Instant::now();
    let app = open(dir, how).await;
    let opened = start.elapsed();
    let draft = app
        .open_import(OpenImport {
            paths: vec![PathBuf::from(file)],
            take_proposals: true,
            ..OpenImport::default()
        })
        .await
        .expect("a draft");
    let drafted = start.elapsed();
    let request = ImportRequest {
        session: draft.session,
        decisions: ImportDecisions::default(),
    };
    let done = app
        .commit_import(request, &no_progress)
        .await
        .expect("an import");
    let table = &done.files[0];
    println!("total {:.2} s", start.elapsed().as_secs_f64());
    println!(
        "of which opening {:.2} and looking through {:.2}",
        opened.as_secs_f64(),
        drafted.saturating_sub(opened).as_secs_f64()
    );
    println!(
        "{} new {} changed {} unchanged",
        table.new_rows, table.changed_rows, table.unchanged_rows
    );
}

fn year() -> Period {
    "2025".parse().expect("a period")
}

async fn kpi(app: &Desk, by: Split) {
    let args = GetKpi {
        metric: Metric::WonAmount,
        by,
        from: year().start(),
        to: year().end(),
        unit: None,
    };
    app.get_kpi(args).await.expect("a table");
}

/// Medians of warm reads.
async fn reads(dir: &Path, how: &str) {
    const TIMES: usize = 15;
    let app = open(dir, how).await;
    let mut taken: [Vec<Duration>; 3] = Default::default();
    for _ in 0..TIMES {
        let start = Instant::now();
        let args = GetDashboard {
            scope: Scope {
                unit: None,
                period: year(),
            },
            language: Lang::ZhCn,
        };
        app.get_dashboard(args).await.expect("a dashboard");
        taken[0].push(start.elapsed());
        let start = Instant::now();
        kpi(&app, Split::Week).await;
        taken[1].push(start.elapsed());
        let start = Instant::now();
        let drill = Drill::new("won_amount", None, year());
        app.list_records(drill).await.expect("records");
        taken[2].push(start.elapsed());
    }
    for (what, times) in ["dashboard", "KPI by week", "records"]
        .iter()
        .zip(&mut taken)
    {
        times.sort_unstable();
        println!("{what} {:.1} ms", times[TIMES / 2].as_secs_f64() * 1e3);
    }
}

/// From nothing to the first answer.
async fn opening(dir: &Path, how: &str) {
    let start = Instant::now();
    let app = open(dir, how).await;
    let opened = start.elapsed();
    kpi(&app, Split::Month).await;
    println!(
        "open {:.1} ms, first answer after {:.1} ms",
        opened.as_secs_f64() * 1e3,
        start.elapsed().as_secs_f64() * 1e3
    );
}

/// Inspect, propose, read and validate.
fn xlsx(file: &Path) {
    let start = Instant::now();
    let table = yeji_intake::inspect(file).expect("a workbook").remove(0);
    let looked = start.elapsed();
    let mut mapping = yeji_intake::propose(&table, None)
        .expect("a proposal")
        .mapping;
    mapping.currency = Some(Currency::CNY);
    let proposed = start.elapsed();
    let rows = yeji_intake::rows(&table, &mapping).expect("rows");
    let taken = rows.flatten().count();
    println!("{taken} rows");
    println!(
        "reading and validating {:.2} s, after looking through {:.2} s and proposing {:.2} s",
        start.elapsed().saturating_sub(proposed).as_secs_f64(),
        looked.as_secs_f64(),
        proposed.saturating_sub(looked).as_secs_f64()
    );
}

/// The largest memory that this process had (Linux; 0 elsewhere).
fn peak_kb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:"));
    let number = line.and_then(|line| line.split_whitespace().nth(1));
    number.and_then(|text| text.parse().ok()).unwrap_or(0)
}
