//! A company of 10,000 people whose won deals of a year are paid month by month: its files, and the runs.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use chrono::{Days, NaiveDate};
use yeji_app::api::Progress;
use yeji_app::api::bonus::RunBonus;
use yeji_app::api::bonus_people::SavePlan;
use yeji_core::calendar::{Period, PeriodKind};

use super::child::open;
use super::company::table;

/// Whoever sells; the first of each team leads it.
const PEOPLE: u32 = 10_000;
const TEAM: u32 = 10;
const CUSTOMERS: u32 = 5_000;

/// Splits by credit lists, a roll-up to managers, marginal tiers.
const PLAN: &str = r#"
schema = 2
code = "bench"
name = { zh = "基准", en = "Benchmark" }
period = "month"
[[components]]
code = "own"
name = { zh = "提成", en = "Commission" }
measure = { kind = "facts" }
[components.rate]
by = "amount"
tiers = [
  { from = "0", to = "100000", applies_to = "marginal", pay = { kind = "percent_of_measure", percent = "2%" } },
  { from = "100000", to = "300000", applies_to = "marginal", pay = { kind = "percent_of_measure", percent = "3%" } },
  { from = "300000", applies_to = "marginal", pay = { kind = "percent_of_measure", percent = "4%" } },
]
[[components]]
code = "led"
name = { zh = "管理提成", en = "Roll-up" }
credit = { who = "reports" }
measure = { kind = "facts" }
[components.rate]
by = "amount"
tiers = [
  { from = "0", to = "1000000", applies_to = "marginal", pay = { kind = "percent_of_measure", percent = "0.1%" } },
  { from = "1000000", applies_to = "marginal", pay = { kind = "percent_of_measure", percent = "0.2%" } },
]
"#;

/// Writes the files in the order in which they are imported.
pub fn write(folder: &Path, deals: u32) -> Vec<PathBuf> {
    let mut paths = Vec::new();
    let mut open = |name: &str, header: &str| {
        let (path, file) = table(folder, name, header);
        paths.push(path);
        file
    };
    let mut people = open("people.csv", "姓名,工号,主管,团队,部门,入职日期");
    for at in 0..PEOPLE {
        let (team, department) = (at / TEAM, at / 500);
        let manager = team * TEAM;
        writeln!(
            people,
            "员工{at:05},S{at:05},员工{manager:05},团队{team:04},部门{department:02},2020-01-01"
        )
        .expect("disk space");
    }
    let mut all = open(
        "deals.csv",
        "商机编号,负责人,客户,产品,阶段,创建日期,成交日期,金额",
    );
    let mut credits = open("credits.csv", "商机编号,分成");
    let first_day = NaiveDate::from_ymd_opt(2025, 1, 1).expect("a day");
    for at in 0..deals {
        let closed = first_day + Days::new(u64::from(at) * 365 / u64::from(deals));
        let owner = u64::from(at) * 7_919 % u64::from(PEOPLE);
        let amount = 100 + u64::from(at) * 7_919 % 90_000;
        writeln!(
            all,
            "D{at},S{owner:05},客户{:05},产品{},赢单,{},{closed},{amount}.50",
            at % CUSTOMERS,
            at % 12,
            closed - Days::new(40),
        )
        .expect("disk space");
        // Every fourth deal is split.
        if at % 4 == 0 {
            let other = (owner + 1) % u64::from(PEOPLE);
            writeln!(credits, "D{at},S{owner:05} 60%; S{other:05} 40%").expect("disk space");
        }
    }
    for mut file in [people, all, credits] {
        file.flush().expect("disk space");
    }
    paths
}

/// Puts the plan in force and runs the year's months, kept.
pub async fn run(dir: &Path) {
    let app = open(dir, "encrypted").await;
    let plan = SavePlan {
        plan: PLAN.to_owned(),
        from: NaiveDate::from_ymd_opt(1, 1, 1),
        everybody: Some(true),
    };
    app.save_bonus_plan(plan).await.expect("a plan");
    let steps: Mutex<Vec<(String, Duration)>> = Mutex::default();
    let year: Period = "2025".parse().expect("a year");
    let start = Instant::now();
    let mut statements = 0;
    let mut total = Vec::new();
    for month in yeji_core::calendar::periods(PeriodKind::Month, year.start(), year.end()) {
        let run = RunBonus {
            period: month,
            plan: None,
            preview: false,
            people: None,
        };
        let progress = |now: Progress| {
            let mut steps = steps.lock().expect("no panic before");
            steps.push((now.step, start.elapsed()));
        };
        let run = app.run_bonus(run, &progress).await.expect("a run");
        steps
            .lock()
            .expect("no panic before")
            .push(("end".to_owned(), start.elapsed()));
        statements += run.statements.len();
        total.push(run.total.to_string());
    }
    println!(
        "{statements} statements in {:.2} s",
        start.elapsed().as_secs_f64()
    );
    let steps = steps.into_inner().expect("no panic before");
    for wanted in ["gathering", "calculating", "writing"] {
        let spans = steps.windows(2).filter(|pair| pair[0].0 == wanted);
        let took: Duration = spans.map(|pair| pair[1].1.saturating_sub(pair[0].1)).sum();
        println!("{wanted} {:.2} s", took.as_secs_f64());
    }
    println!("totals {}", total.join(" "));
}
