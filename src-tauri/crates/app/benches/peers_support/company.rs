//! A company as four CSV files, which our import and the peers read: 2,000 people in 50 teams, 100,000
//! customers of six types, deals over three years, goals by month.

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};

use chrono::{Days, NaiveDate};

/// Who sells.
const PEOPLE: u32 = 2_000;
const TEAMS: u32 = 50;
const CUSTOMERS: u32 = 100_000;
const TYPES: [&str; 6] = ["制造", "零售", "医疗", "教育", "金融", "物流"];
/// Days on which deals close, from [`first_day`] on.
const DAYS: u32 = 1_095;

fn first_day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2023, 7, 1).expect("a day")
}

/// A CSV file with its header.
pub(super) fn table(folder: &Path, name: &str, header: &str) -> (PathBuf, BufWriter<File>) {
    let path = folder.join(name);
    let mut file = BufWriter::new(File::create(&path).expect("a file"));
    writeln!(file, "{header}").expect("disk space");
    (path, file)
}

/// Writes the files in the order in which they are imported.
pub fn write(folder: &Path, deals: u32) -> Vec<PathBuf> {
    let mut paths = Vec::new();
    let mut open = |name: &str, header: &str| {
        let (path, file) = table(folder, name, header);
        paths.push(path);
        file
    };
    let mut people = open("people.csv", "姓名,工号,团队,部门,入职日期");
    for at in 0..PEOPLE {
        let (team, department) = (at % TEAMS, at % TEAMS / 10);
        writeln!(
            people,
            "员工{at:04},S{at:04},团队{team:02},部门{department},2020-01-01"
        )
        .expect("disk space");
    }
    let mut customers = open("customers.csv", "客户名称,客户编号,客户类型");
    for at in 0..CUSTOMERS {
        let of_type = TYPES[(at % 6) as usize];
        writeln!(customers, "客户{at:06},C{at:06},{of_type}").expect("disk space");
    }
    let mut goals = open("goals.csv", "人员,月份,目标");
    for at in 0..PEOPLE {
        for month in 1..=12 {
            let goal = 100_000 + at % 7 * 10_000;
            writeln!(goals, "S{at:04},2025-{month:02},{goal}").expect("disk space");
        }
    }
    let mut all = open(
        "deals.csv",
        "商机编号,负责人,客户,产品,阶段,创建日期,成交日期,金额",
    );
    for at in 0..deals {
        // Multiplied by numbers without a common divisor, so that people, customers and days are mixed.
        let mixed = |by: u64, of: u32| u64::from(at) * by % u64::from(of);
        let closed = first_day() + Days::new(mixed(611, DAYS));
        let opened = closed - Days::new(20 + mixed(17, 60));
        // Of seven, which divides none of the other counts: else whole teams would win or lose all.
        let (stage, amount) = match mixed(13, 7) {
            0..=2 => ("赢单", 100 + mixed(7_919, 90_000)),
            3 | 4 => ("输单", 0),
            _ => ("方案报价", 0),
        };
        let closed = (stage != "方案报价").then(|| closed.to_string());
        let amount = if amount > 0 {
            format!("{amount}.50")
        } else {
            String::new()
        };
        writeln!(
            all,
            "D{at},S{:04},C{:06},产品{},{stage},{opened},{},{amount}",
            mixed(1_009, PEOPLE),
            mixed(9_973, CUSTOMERS),
            at % 12,
            closed.unwrap_or_default()
        )
        .expect("disk space");
    }
    for mut file in [people, customers, goals, all] {
        file.flush().expect("disk space");
    }
    paths
}
