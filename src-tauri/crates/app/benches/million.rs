//! The use cases on a million generated deals: `cargo bench -p yeji-app`. `YEJI_BENCH_DEALS` makes it smaller.

#[path = "peers_support/clock.rs"]
mod clock;

use std::io::Write as _;
use std::path::PathBuf;
use std::sync::{Arc, LazyLock};

use chrono::NaiveDate;
use clock::BenchClock;
use divan::Bencher;
use tokio::runtime::Runtime;
use yeji_app::api::bonus::RunBonus;
use yeji_app::api::data::{ImportDecisions, ImportRequest};
use yeji_app::api::goal_grid::{EditGoal, GetGoalGrid, GoalAbove, GoalEdit, GridColumns};
use yeji_app::api::goals::{GetGoal, SetGoal, SplitGoal, SplitRule};
use yeji_app::api::performance::{Drill, GetDashboard, GetKpi, Split};
use yeji_app::api::settings::{CreateDemo, RenameCompany};
use yeji_app::api::{NoArgs, Scope};
use yeji_app::data::OpenImport;
use yeji_app::host::{NoKeyring, NoWindow, NobodyToAsk, Opening, Random, no_progress};
use yeji_app::keys::{Cost, KeyError};
use yeji_app::{Access, Desk, Outside};
use yeji_core::calendar::Period;
use yeji_core::metric::{GoalMetric, Metric};
use yeji_report::Lang;

fn main() {
    divan::main();
}

/// A plain store needs none.
#[derive(Debug)]
struct NoRandom;

impl Random for NoRandom {
    fn fill(&self, _: &mut [u8]) -> Result<(), KeyError> {
        Err(KeyError::NoRandom("none is needed here".to_owned()))
    }
}

static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().expect("a runtime"));

async fn open(dir: &std::path::Path) -> Desk {
    let outside = Outside {
        clock: Arc::new(BenchClock),
        host: Arc::new(NoWindow),
        secrets: Arc::new(NoKeyring),
        opening: Opening {
            random: Arc::new(NoRandom),
            ask: Arc::new(NobodyToAsk),
            cost: Cost::TEST,
            plain: true,
            own_folder: None,
        },
        source: "command_line",
        language: Lang::ZhCn,
    };
    Desk::open(dir, Access::Write, outside)
        .await
        .expect("a store")
}

fn deals() -> u32 {
    #[expect(
        clippy::disallowed_methods,
        reason = "a benchmark's size is the developer's choice"
    )]
    let asked = std::env::var("YEJI_BENCH_DEALS").ok();
    asked
        .and_then(|text| text.parse().ok())
        .unwrap_or(1_000_000)
}

/// The demo company with 200 people over three years.
static DEMO: LazyLock<(tempfile::TempDir, Desk)> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let app = RUNTIME.block_on(async {
        let app = open(folder.path()).await;
        let start = std::time::Instant::now();
        let demo = CreateDemo {
            people: 200,
            deals: deals(),
            years: 3,
            seed: 7,
            until: NaiveDate::from_ymd_opt(2026, 6, 30),
        };
        app.create_demo(demo, &no_progress)
            .await
            .expect("a demo company");
        println!(
            "demo company of {} deals generated and stored in {:.1?}",
            deals(),
            start.elapsed()
        );
        app
    });
    (folder, app)
});

fn scope(period: &str) -> Scope {
    Scope {
        unit: None,
        period: period.parse::<Period>().expect("a period"),
    }
}

#[divan::bench(args = ["2025", "2026-Q2", "2026-06"], sample_count = 20)]
fn dashboard(bencher: Bencher<'_, '_>, period: &str) {
    let app = &DEMO.1;
    bencher.bench_local(|| {
        let args = GetDashboard {
            scope: scope(period),
            language: Lang::ZhCn,
        };
        RUNTIME
            .block_on(app.get_dashboard(args))
            .expect("a dashboard")
    });
}

#[divan::bench(args = ["week", "month", "person", "team", "customer_type"], sample_count = 20)]
fn kpi(bencher: Bencher<'_, '_>, by: &str) {
    let app = &DEMO.1;
    let by = match by {
        "week" => Split::Week,
        "month" => Split::Month,
        "person" => Split::Person,
        "team" => Split::Team,
        _ => Split::CustomerType,
    };
    let year: Period = "2025".parse().expect("a period");
    bencher.bench_local(|| {
        let args = GetKpi {
            metric: Metric::WonAmount,
            by,
            from: year.start(),
            to: year.end(),
            unit: None,
        };
        RUNTIME.block_on(app.get_kpi(args)).expect("a table")
    });
}

#[divan::bench(args = ["2025", "2026-06"], sample_count = 20)]
fn records_behind_a_number(bencher: Bencher<'_, '_>, period: &str) {
    let app = &DEMO.1;
    bencher.bench_local(|| {
        let period: Period = period.parse().expect("a period");
        let drill = Drill::new("won_amount", None, period);
        RUNTIME.block_on(app.list_records(drill)).expect("records")
    });
}

#[divan::bench(sample_count = 20)]
fn status(bencher: Bencher<'_, '_>) {
    let app = &DEMO.1;
    bencher.bench_local(|| {
        RUNTIME
            .block_on(app.get_status(NoArgs {}))
            .expect("a status")
    });
}

#[divan::bench(sample_count = 5)]
fn goal_split_preview(bencher: Bencher<'_, '_>) {
    let app = &DEMO.1;
    bencher.bench_local(|| {
        let split = SplitGoal {
            metric: GoalMetric::WonAmount,
            year: 2026,
            rule: SplitRule::History { base: None },
            preview: true,
        };
        RUNTIME.block_on(app.split_goal(split)).expect("a split")
    });
}

#[divan::bench(sample_count = 5)]
fn goal_tree(bencher: Bencher<'_, '_>) {
    let app = &DEMO.1;
    bencher.bench_local(|| {
        RUNTIME
            .block_on(app.get_goal(GetGoal {
                metric: GoalMetric::WonAmount,
                year: 2026,
            }))
            .expect("a goal")
    });
}

#[divan::bench(sample_count = 3)]
fn bonus_run_preview(bencher: Bencher<'_, '_>) {
    let app = &DEMO.1;
    let period: Period = "2026-Q2".parse().expect("a period");
    bencher.bench_local(|| {
        RUNTIME
            .block_on(app.run_bonus(
                RunBonus {
                    period,
                    plan: None,
                    preview: true,
                    people: None,
                },
                &|_| (),
            ))
            .expect("a run")
    });
}

/// A CSV of deals by 200 owners over three years.
static CSV: LazyLock<(tempfile::TempDir, PathBuf)> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("deals.csv");
    let mut file = std::io::BufWriter::new(std::fs::File::create(&path).expect("a file"));
    writeln!(
        file,
        "商机编号,负责人,客户,产品,阶段,创建日期,成交日期,金额"
    )
    .expect("disk space");
    for at in 0..deals() {
        let (year, month, day) = (2023 + at % 3, at % 12 + 1, at % 27 + 1);
        let (stage, amount) = if at % 5 < 2 {
            ("赢单", at % 100_000 + 100)
        } else {
            ("输单", 0)
        };
        writeln!(
            file,
            "D{at},销售{:03},客户{:05},产品{},{stage},{year}-{month:02}-01,{year}-{month:02}-{day:02},{amount}.50",
            at % 200,
            at % 5_000,
            at % 12
        )
        .expect("disk space");
    }
    (folder, path)
});

/// Inspect, map, validate, batch, rollups: the whole import into a new store.
#[divan::bench(sample_count = 1)]
fn import_csv(bencher: Bencher<'_, '_>) {
    let path = CSV.1.clone();
    bencher
        .counter(divan::counter::ItemsCount::new(deals()))
        .bench_local(|| {
            let folder = tempfile::tempdir().expect("a temporary folder");
            RUNTIME.block_on(async {
                let app = open(folder.path()).await;
                let draft = app
                    .open_import(OpenImport {
                        paths: vec![path.clone()],
                        take_proposals: true,
                        ..OpenImport::default()
                    })
                    .await
                    .expect("a draft");
                let request = ImportRequest {
                    session: draft.session,
                    decisions: ImportDecisions::default(),
                };
                let done = app
                    .commit_import(request, &no_progress)
                    .await
                    .expect("an import");
                assert_eq!(
                    done.files[0].new_rows,
                    u64::from(deals()),
                    "every row is taken"
                );
            });
        });
}

/// A company of many people in teams of ten, with a split goal of 2026.
fn company_of(people: u32) -> (tempfile::TempDir, Desk) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("people.csv");
    let mut csv: Vec<u8> = Vec::from("姓名,工号,团队,部门\n");
    for person in 0..people {
        let (team, department) = (person / 10, person / 100);
        writeln!(csv, "P{person},S{person},T{team},D{department}").expect("memory");
    }
    std::fs::write(&path, csv).expect("a file");
    let app = RUNTIME.block_on(async {
        let app = open(&folder.path().join("store")).await;
        let draft = app.open_import(OpenImport {
            paths: vec![path.clone()],
            take_proposals: true,
            ..OpenImport::default()
        });
        let request = ImportRequest {
            session: draft.await.expect("a draft").session,
            decisions: ImportDecisions::default(),
        };
        app.commit_import(request, &no_progress)
            .await
            .expect("an import");
        let goal = SetGoal {
            metric: GoalMetric::WonAmount,
            year: 2026,
            amount: "1200000000.37".to_owned(),
        };
        app.set_goal(goal).await.expect("a goal");
        let start = std::time::Instant::now();
        let split = SplitGoal {
            metric: GoalMetric::WonAmount,
            year: 2026,
            rule: SplitRule::Equal,
            preview: false,
        };
        app.split_goal(split).await.expect("a split");
        println!(
            "goal of {people} people split and kept in {:.1?}",
            start.elapsed()
        );
        app
    });
    (folder, app)
}

static LARGE: LazyLock<(tempfile::TempDir, Desk)> = LazyLock::new(|| company_of(10_000));
static MIDDLE: LazyLock<(tempfile::TempDir, Desk)> = LazyLock::new(|| company_of(2_000));

fn first_screen() -> GetGoalGrid {
    GetGoalGrid {
        metric: GoalMetric::WonAmount,
        year: 2026,
        version: None,
        columns: GridColumns::Weeks,
        expanded: Vec::new(),
        search: None,
        offset: 0,
        limit: 50,
    }
}

/// The first screen of a plan of 10,000 people by weeks, after an edit: nothing is in memory.
#[divan::bench(sample_count = 10)]
fn goal_grid_after_a_change(bencher: Bencher<'_, '_>) {
    let app = &LARGE.1;
    let name = || RenameCompany {
        name: "A".to_owned(),
    };
    bencher
        .with_inputs(|| {
            RUNTIME
                .block_on(app.rename_company(name()))
                .expect("a change")
        })
        .bench_local_values(|_| {
            RUNTIME
                .block_on(app.get_goal_grid(first_screen()))
                .expect("rows")
        });
}

/// The same again, and any other window.
#[divan::bench(sample_count = 20)]
fn goal_grid_again(bencher: Bencher<'_, '_>) {
    let app = &LARGE.1;
    bencher.bench_local(|| {
        RUNTIME
            .block_on(app.get_goal_grid(first_screen()))
            .expect("rows")
    });
}

/// A window in the middle of 10,000 people, all open.
#[divan::bench(sample_count = 20)]
fn goal_grid_of_people(bencher: Bencher<'_, '_>) {
    let app = &LARGE.1;
    bencher.bench_local(|| {
        let args = GetGoalGrid {
            expanded: vec!["*".to_owned()],
            offset: 5_000,
            limit: 200,
            ..first_screen()
        };
        RUNTIME.block_on(app.get_goal_grid(args)).expect("rows")
    });
}

/// One cell of a plan of 2,000 people by weeks, the team stays: computed only, and kept.
#[divan::bench(sample_count = 10, args = [true, false])]
fn goal_edit(bencher: Bencher<'_, '_>, preview: bool) {
    let app = &MIDDLE.1;
    let grid = GetGoalGrid {
        expanded: vec!["*".to_owned()],
        ..first_screen()
    };
    let grid = RUNTIME.block_on(app.get_goal_grid(grid)).expect("rows");
    let person = grid.rows.iter().find(|row| row.level == "person");
    let person = person.expect("a person").unit.clone();
    let mut amount = 1_000;
    bencher.bench_local(|| {
        amount += 1;
        let edit = EditGoal {
            plan: grid.plan.as_ref().expect("a plan").id,
            edits: vec![GoalEdit::Set {
                unit: person.clone(),
                period: "2026-03/W11".parse().expect("a period"),
                amount: amount.to_string(),
                above: GoalAbove::Units,
            }],
            frozen_before: None,
            reason: None,
            preview,
        };
        RUNTIME.block_on(app.edit_goal(edit)).expect("an edit")
    });
}
