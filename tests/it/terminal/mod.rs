//! The command line as a person at a terminal and a script meet it: both languages, names of people,
//! previews, what was kept and rejected.

mod files;
mod history;
mod names;

use std::path::Path;
use std::process::Output;

use serde_json::Value;

use crate::cli::Yeji;

const PEOPLE: &str =
    "姓名,工号,团队,部门\n王伟,A1,一组,华东\n王伟,A2,二组,华北\n李娜,A3,一组,华东\n";
const DEALS: &str = "商机编号,负责人,客户,产品,阶段,创建日期,成交日期,金额\n\
    D1,A1,甲公司,泵,赢单,2025-01-05,2025-02-06,1000.50\n\
    D2,A2,乙公司,泵,赢单,2025-01-07,2025-02-20,2000\n";
const KPI: [&str; 9] = [
    "kpi",
    "--metric",
    "won_amount",
    "--from",
    "2025-01-01",
    "--to",
    "2026-01-01",
    "--by",
    "person",
];

fn small() -> Yeji {
    let yeji = Yeji::new();
    yeji.file("people.csv", PEOPLE);
    yeji.file("deals.csv", DEALS);
    let (people, deals) = (yeji.path("people.csv"), yeji.path("deals.csv"));
    yeji.ok(&["import", text(&people), text(&deals), "--yes"]);
    yeji
}

fn text(path: &Path) -> &str {
    path.to_str().expect("temporary paths are text")
}

/// Runs in 中文; what was printed and what was said.
fn chinese(yeji: &Yeji, arguments: &[&str]) -> (Output, String, String) {
    let output = yeji
        .command(arguments)
        .env("LC_ALL", "zh_CN.UTF-8")
        .env("LANG", "zh_CN.UTF-8")
        .output()
        .expect("the program starts");
    let out = String::from_utf8_lossy(&output.stdout).into_owned();
    let err = String::from_utf8_lossy(&output.stderr).into_owned();
    (output, out, err)
}

fn has_latin_word(line: &str) -> bool {
    line.split(|c: char| !c.is_ascii_alphabetic())
        .any(|word| word.len() > 1)
}

#[test]
fn help_and_tables_are_in_the_systems_language() {
    let yeji = small();
    let (_, help, _) = chinese(&yeji, &["goal", "split", "--help"]);
    for part in [
        "用法：yeji goal split [选项]",
        "选项：",
        "基准年",
        "显示本说明",
    ] {
        assert!(help.contains(part), "`{part}` is not in: {help}");
    }
    let (_, help, _) = chinese(&yeji, &["--help"]);
    assert!(
        help.contains("命令：") && help.contains("核对数据"),
        "{help}"
    );
    let (_, engines, _) = chinese(&yeji, &["engine"]);
    assert!(engines.contains("把目标按组织与日历分解"), "{engines}");
    yeji.ok(&["goal", "set", "--year", "2025", "--amount", "3000"]);
    for arguments in [
        &KPI[..],
        &["batch", "list"],
        &["goal", "show", "--year", "2025"],
        &["goal", "attainment", "--year", "2025"],
        &["bonus", "run", "--period", "2025-Q1", "--dry-run"],
        &["bonus", "target", "--amount", "1", "--from", "2025-01-01"],
    ] {
        let (output, out, err) = chinese(&yeji, arguments);
        assert!(output.status.success(), "{arguments:?}: {err}");
        let header = out.lines().next().unwrap_or_default().replace("CNY", "");
        assert!(
            !header.is_empty() && !has_latin_word(&header),
            "the header of {arguments:?} is Chinese: {header}"
        );
        assert!(!err.contains("note:"), "{err}");
    }
    let (_, checks, _) = chinese(&yeji, &["verify"]);
    // The mark of the audit log is digits and letters in any language.
    let mut said = checks.lines().filter(|line| !line.contains("审计链标记"));
    assert!(said.all(|line| !has_latin_word(line)), "{checks}");
    let english = yeji.ok(&["goal", "split", "--help"]);
    assert!(english.contains("Usage: yeji goal split"), "{english}");
    assert!(yeji.ok(&["verify"]).contains("ok"));
}

#[test]
fn wrong_arguments_are_said_in_both_languages() {
    let yeji = Yeji::new();
    let check = |arguments: &[&str], parts: &[&str]| {
        let said = yeji.fails(arguments, 2);
        let lines: Vec<&str> = said.lines().collect();
        assert_eq!(lines.len(), 2, "{arguments:?}: one line each: {said}");
        assert!(
            lines[0].starts_with("yeji: ") && lines[1].starts_with("业绩："),
            "{said}"
        );
        for part in parts {
            assert!(
                said.contains(part),
                "{arguments:?}: `{part}` is not in: {said}"
            );
        }
    };
    let mut metric = KPI.to_vec();
    metric[2] = "foo";
    check(
        &metric,
        &[
            "foo",
            "won_amount, won_count, lost_count",
            "won_amount、won_count",
        ],
    );
    let mut from = KPI.to_vec();
    from[4] = "31.12.2017";
    check(&from, &["31.12.2017", "2017-12-31", "日期"]);
    check(
        &["bonus", "run", "--period", "20x"],
        &["20x", "2017-Q2", "周期"],
    );
    check(
        &["goal", "show", "--year", "abc"],
        &["abc", "a year", "年份"],
    );
    check(
        &["batch", "undo", "xxx"],
        &["xxx", "yeji batch list", "批次编号"],
    );
    check(&["verify", "--colour"], &["--colour", "yeji verify --help"]);
    check(&["goal", "nonsense"], &["nonsense", "attainment"]);
    check(&["backup"], &["<FILE>", "缺少"]);
    let report = [
        "report",
        "dashboard",
        "--period",
        "2017",
        "--out",
        "x",
        "--lang",
    ];
    check(&[&report[..], &["fr"]].concat(), &["fr", "zh-CN, en"]);
}

#[test]
fn two_of_one_name_are_told_apart() {
    let yeji = small();
    yeji.ok(&["goal", "set", "--year", "2025", "--amount", "3000"]);
    yeji.ok(&["goal", "split", "--year", "2025", "--by", "equal"]);
    for arguments in [
        &KPI[..],
        &["goal", "show", "--year", "2025"],
        &["goal", "attainment", "--year", "2025"],
        &["bonus", "target", "--amount", "1", "--from", "2025-01-01"],
        &["bonus", "run", "--period", "2025-Q1"],
    ] {
        let out = yeji.ok(arguments);
        assert!(
            out.contains("王伟 (A1)") && out.contains("王伟 (A2)") && !out.contains("李娜 ("),
            "{arguments:?}: {out}"
        );
    }
    let numbers = |rows: &Value| -> Vec<String> {
        let mut all: Vec<String> = rows
            .as_array()
            .unwrap()
            .iter()
            .filter_map(|row| row["staff_number"].as_str().map(str::to_owned))
            .collect();
        all.sort();
        all.dedup();
        all
    };
    let expected = ["A1", "A2", "A3"];
    assert_eq!(numbers(&yeji.json(&KPI)["rows"]), expected);
    let shown = yeji.json(&["goal", "show", "--year", "2025"]);
    assert_eq!(numbers(&shown["nodes"]), expected);
    assert_eq!(
        numbers(&yeji.json(&["goal", "attainment", "--year", "2025"])),
        expected
    );
}

#[test]
fn a_dry_split_shows_all_that_would_be_kept() {
    let yeji = small();
    yeji.ok(&["goal", "set", "--year", "2026", "--amount", "1200"]);
    let split = [
        "goal",
        "split",
        "--year",
        "2026",
        "--by",
        "equal",
        "--dry-run",
    ];
    let out = yeji.ok(&split);
    assert!(out.contains("Preview, nothing was kept"), "{out}");
    assert!(!out.contains("version"), "no version is made: {out}");
    assert!(
        out.contains("1200.00") && out.contains("华东") && out.contains("400.00"),
        "{out}"
    );
    let preview = yeji.json(&split);
    let kept = yeji.json(&split[..6]);
    let shown = yeji.json(&["goal", "show", "--year", "2026"]);
    assert_eq!(preview["nodes"], kept["nodes"]);
    assert_eq!(preview["nodes"], shown["nodes"], "weeks too");
}

#[test]
fn undone_imports_name_what_they_keep_and_rejected_rows_are_shown() {
    let yeji = Yeji::new();
    let people = yeji.file("people.csv", PEOPLE);
    let first = yeji.json(&["import", text(&people), "--yes"]);
    // More than a page of the list.
    let unknown =
        (0..250).map(|number| format!("D9{number},无此人,甲公司,泵,赢单,2025-01-05,2025-02-06,1"));
    let unknown: Vec<String> = unknown.collect();
    let deals = yeji.file("deals.csv", format!("{DEALS}{}\n", unknown.join("\n")));
    let second = yeji.json(&["import", text(&deals), "--yes"]);
    let batch = first["batch"].as_str().unwrap();
    let (_, out, said) = chinese(&yeji, &["batch", "undo", batch]);
    assert!(
        said.contains("“王伟 (A1)”") && said.contains("“王伟 (A2)”"),
        "{said}"
    );
    assert!(out.contains("保留"), "{out}");

    let batch = second["batch"].as_str().unwrap();
    let (_, out, _) = chinese(&yeji, &["batch", "rejected", batch]);
    assert!(
        out.contains("deals.csv:4：") && out.contains("无此人"),
        "{out}"
    );
    let rows = yeji.json(&["batch", "rejected", batch]);
    let rows = rows.as_array().unwrap();
    let lines: Vec<u64> = rows
        .iter()
        .map(|row| row["line"].as_u64().unwrap())
        .collect();
    assert_eq!(lines, (4..254).collect::<Vec<_>>(), "each of them once");
    assert_eq!(rows[0]["reason"]["code"], "owner_unknown");
    let book = yeji.path("rejected.xlsx");
    yeji.ok(&["batch", "rejected", batch, "--xlsx", text(&book)]);
    // The workbook as it is: nothing was mended, so the same rows are refused, and only those.
    let said = yeji.fails(&["import", text(&book)], 2);
    assert!(said.contains("250") && said.contains("无此人"), "{said}");
    yeji.fails(
        &["batch", "rejected", "019ad000-0000-7000-8000-000000000000"],
        2,
    );
}

#[test]
fn deals_without_a_customer_type_have_the_reports_word() {
    let yeji = small();
    let mut arguments = KPI;
    arguments[8] = "customer_type";
    let (_, out, _) = chinese(&yeji, &arguments);
    assert!(out.contains("未分类"), "{out}");
    assert_eq!(yeji.json(&arguments)["rows"][0]["label"], "Without type");
}
