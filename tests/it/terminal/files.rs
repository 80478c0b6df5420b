//! Files that a command is given, and what a refused command leaves behind.

use std::path::Path;
use std::process::Stdio;

use super::{PEOPLE, chinese, small, text};
use crate::cli::Yeji;

#[test]
fn refused_commands_leave_nothing_behind() {
    let yeji = Yeji::new();
    let people = yeji.file("people.csv", PEOPLE);
    let picture = yeji.file("picture.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0");
    let (people, picture) = (text(&people).to_owned(), text(&picture).to_owned());
    let plan = yeji.file("plan.toml", "schema = 1");
    for (arguments, status) in [
        (&["import", &people][..], 2),
        (&["import", &picture, "--yes"], 2),
        (&["import", "no such file.csv", "--yes"], 2),
        (&["demo", "--people", "1"], 2),
        (&["goal", "set", "--year", "2026", "--amount", "1"], 1),
        (&["bonus", "plan", "--set", text(&plan)], 1),
        (&["bonus", "run", "--period", "2025-Q1"], 1),
        (
            &["batch", "undo", "019ad000-0000-7000-8000-000000000000"],
            1,
        ),
    ] {
        yeji.fails(arguments, status);
        assert!(!yeji.store().exists(), "{arguments:?} made a store");
    }
    let (_, _, said) = chinese(&yeji, &["import", &people, "--dry-run"]);
    assert!(
        !said.contains("加密"),
        "no store is made, so there is nothing to say: {said}"
    );
    let (_, _, said) = chinese(&yeji, &["import", &people, "--yes"]);
    assert!(
        said.contains("提示：") && said.contains("没有加密"),
        "{said}"
    );
    assert!(!said.contains("WARN"), "{said}");
    let (_, _, said) = chinese(&yeji, &["batch", "list"]);
    assert!(
        !said.contains("加密"),
        "it was said when the store was made: {said}"
    );

    let input = yeji.path("input.json");
    yeji.fails(
        &["bonus", "run", "--period", "2025", "--input", text(&input)],
        2,
    );
    assert!(!input.exists(), "the input of a refused run");
    let none = "019ad000-0000-7000-8000-000000000000";
    yeji.fails(&["batch", "rejected", none, "--xlsx", text(&input)], 2);
    assert!(!input.exists(), "rows of a batch that is not there");
    // A folder stands where the report should go: the report cannot be put there.
    let out = yeji.path("reports");
    let report = [
        "report",
        "dashboard",
        "--period",
        "2025",
        "--out",
        text(&out),
        "--format",
    ];
    yeji.ok(&[&report[..], &["PDF", "--lang", "en-US"]].concat());
    let file = std::fs::read_dir(&out)
        .unwrap()
        .next()
        .unwrap()
        .unwrap()
        .path();
    assert!(
        text(&file).contains("Performance"),
        "`en-US` is English: {}",
        file.display()
    );
    std::fs::remove_file(&file).unwrap();
    std::fs::create_dir_all(file.join("in the way")).unwrap();
    yeji.fails(&[&report[..], &["pdf", "--lang", "en"]].concat(), 1);
    let left: Vec<_> = std::fs::read_dir(&out)
        .unwrap()
        .map(|one| one.unwrap().path())
        .collect();
    assert_eq!(left, [file], "no part of a report is left");
}

#[test]
fn text_files_are_read_as_excel_saves_them() {
    let yeji = small();
    yeji.ok(&["goal", "set", "--year", "2026", "--amount", "400"]);
    let split = |file: &Path| {
        let arguments = [
            "goal",
            "split",
            "--year",
            "2026",
            "--dry-run",
            "--by",
            text(file),
        ];
        yeji.run(&arguments)
    };
    // 姓名,权重 / 李娜,3 as GBK.
    let gbk = b"\xd0\xd5\xc3\xfb,\xc8\xa8\xd6\xd8\r\n\xc0\xee\xc4\xc8,3\r\nA1,1\r\n";
    let output = split(&yeji.file("gbk.csv", gbk));
    let out = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success() && out.contains("300.00"),
        "{output:?}"
    );

    let mut book = rust_xlsxwriter::Workbook::new();
    book.add_worksheet().write_string(0, 0, "A1").unwrap();
    let xlsx = yeji.path("weights.xlsx");
    book.save(&xlsx).unwrap();
    let check = |file: &Path, parts: [&str; 2]| {
        let output = split(file);
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{said}");
        for part in parts {
            assert!(said.contains(part), "`{part}` is not in: {said}");
        }
    };
    check(&xlsx, ["an Excel workbook", "Excel 工作簿"]);
    check(
        &yeji.file("empty.csv", ""),
        ["gives nobody a weight", "没有任何人"],
    );
    check(
        &yeji.file("header.csv", "person,weight\n"),
        ["gives nobody a weight", "没有任何人"],
    );

    let mut engine = yeji.command(&["engine", "goal.split"]);
    let junk = yeji.file("junk.json", b"\xff");
    engine.stdin(Stdio::from(std::fs::File::open(junk).unwrap()));
    let output = engine.output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("UTF-8") && said.contains("业绩："), "{said}");
}

#[test]
fn a_broken_mapping_is_said_in_one_line() {
    let yeji = small();
    let map = yeji.file("map.toml", "kind = \"people\"\n[columns\n");
    let people = yeji.path("people.csv");
    let said = yeji.fails(
        &["import", text(&people), "--map", text(&map), "--dry-run"],
        2,
    );
    assert_eq!(said.lines().count(), 2, "one line a language: {said}");
    assert!(said.contains("line 2"), "{said}");
}

#[test]
fn every_fault_of_a_plan_is_named_with_its_tier() {
    let yeji = small();
    let plan = yeji.ok(&["bonus", "plan"]);
    let plan = plan.replace("from = \"80%\"", "from = \"80\"");
    let plan = plan.replace("percent = \"200%\"", "percent = \"-200%\"");
    let plan = yeji.file("plan.toml", plan);
    let said = yeji.fails(
        &["bonus", "run", "--period", "2025-Q1", "--plan", text(&plan)],
        2,
    );
    for part in [
        "tier 1: ",
        "8000%",
        "Is 80% meant?",
        "tier 2: ",
        "-200%",
        "第 2 档：",
    ] {
        assert!(said.contains(part), "`{part}` is not in: {said}");
    }
}

/// Who has given the rate is not asked for it.
#[test]
fn a_tax_rate_that_is_given_is_not_asked_for() {
    let yeji = small();
    let file = yeji.file(
        "inv.csv",
        "发票号码,客户,价税合计,开票日期\nF1,甲公司,113.00,2026-03-05\n",
    );
    let with = ["import", text(&file), "--dry-run", "--tax-included", "13"];
    let (output, _, asked) = chinese(&yeji, &with[..3]);
    assert!(
        output.status.success() && asked.contains("价税合计”看起来"),
        "{asked}"
    );
    let (output, _, said) = chinese(&yeji, &with);
    assert!(output.status.success() && said.contains("13"), "{said}");
    assert!(!said.contains("价税合计”看起来"), "{said}");
}
