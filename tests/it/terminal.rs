//! The command line as a person at a terminal and a script meet it: both languages, names of people,
//! previews, and what a refused command leaves behind.

use std::path::Path;
use std::process::{Output, Stdio};

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
    assert!(checks.lines().all(|line| !has_latin_word(line)), "{checks}");
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

#[test]
fn undone_imports_name_what_they_keep_and_rejected_rows_are_shown() {
    let yeji = Yeji::new();
    let people = yeji.file("people.csv", PEOPLE);
    let first = yeji.json(&["import", text(&people), "--yes"]);
    let deals = yeji.file(
        "deals.csv",
        format!("{DEALS}D9,无此人,甲公司,泵,赢单,2025-01-05,2025-02-06,1\n"),
    );
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
    assert_eq!(rows[0]["reason"]["code"], "owner_unknown");
    let csv = yeji.path("rejected.csv");
    yeji.ok(&["batch", "rejected", batch, "--csv", text(&csv)]);
    let csv = std::fs::read_to_string(csv).unwrap();
    assert!(csv.contains("owner_unknown") && csv.contains("D9"), "{csv}");
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

/// A store with the customer `Globex Industries` and a file that calls it otherwise.
fn nearly_known() -> (Yeji, std::path::PathBuf) {
    let yeji = Yeji::new();
    let people = yeji.file("people.csv", PEOPLE);
    let customers = yeji.file(
        "customers.csv",
        "客户名称,客户类型\nGlobex Industries,制造\nInitech,零售\n",
    );
    yeji.ok(&["import", text(&people), text(&customers), "--yes"]);
    let deals = yeji.file("deals.csv", DEALS.replace("甲公司", "GlobexIndustries"));
    (yeji, deals)
}

fn customer_types(yeji: &Yeji) -> Vec<String> {
    let mut arguments = KPI;
    arguments[8] = "customer_type";
    let table = yeji.json(&arguments);
    let rows = table["rows"].as_array().unwrap();
    rows.iter()
        .map(|row| {
            format!(
                "{} {}",
                row["key"].as_str().unwrap(),
                row["value"].as_str().unwrap()
            )
        })
        .collect()
}

#[test]
fn names_are_decided_by_arguments() {
    let (yeji, deals) = nearly_known();
    let import = |decision: &str, status: i32, part: &str| {
        let said = yeji.fails(
            &["import", text(&deals), "--yes", "--alias", decision],
            status,
        );
        assert!(said.contains(part) && said.contains("业绩："), "{said}");
    };
    import("customer:Globex", 2, "--alias 'KIND:");
    import("customer:Nobody=Initech", 2, "Nobody");
    import("customer:GlobexIndustries=Umbrella", 2, "Umbrella");
    assert!(
        yeji.fails(&["import", text(&deals)], 2)
            .contains("GlobexIndustries")
    );
    let decision = "customer:GlobexIndustries=Initech";
    yeji.ok(&["import", text(&deals), "--yes", "--alias", decision]);
    assert_eq!(
        customer_types(&yeji),
        [" 2000.00", "零售 1000.50"],
        "Initech's, as decided"
    );

    let (yeji, deals) = nearly_known();
    yeji.ok(&[
        "import",
        text(&deals),
        "--yes",
        "--alias",
        "customer:GlobexIndustries=",
    ]);
    assert_eq!(customer_types(&yeji), [" 3000.50"], "a customer of its own");
}

/// With a terminal in front of it, made by `script` (util-linux).
#[cfg(target_os = "linux")]
#[test]
fn on_a_terminal_names_are_asked_for() {
    use std::io::Write as _;
    use std::process::Command;

    if Command::new("script").arg("--version").output().is_err() {
        println!("skipped: there is no `script` that makes a terminal");
        return;
    }
    let run = |answers: &str| {
        let (yeji, deals) = nearly_known();
        let program = yeji.command(&["import", text(&deals)]);
        let words: Vec<String> = std::iter::once(program.get_program())
            .chain(program.get_args())
            .map(|word| format!("'{}'", word.to_str().unwrap()))
            .collect();
        let mut script = Command::new("script");
        script
            .args(["-qec", &words.join(" "), "/dev/null"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped());
        for (name, value) in program.get_envs() {
            script.env(name, value.unwrap_or_default());
        }
        let mut child = script.spawn().unwrap();
        // Left open until the program ends: the end of the answers would stop it.
        let mut keys = child.stdin.take().unwrap();
        keys.write_all(answers.as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        drop(keys);
        let screen = String::from_utf8_lossy(&output.stdout).into_owned();
        (yeji, output.status.code(), screen)
    };
    let (yeji, status, screen) = run("y\ny\n");
    assert_eq!(status, Some(0), "{screen}");
    assert!(
        screen.contains("Is it “Globex Industries”?") && screen.contains("Import this?"),
        "{screen}"
    );
    assert_eq!(customer_types(&yeji), [" 2000.00", "制造 1000.50"]);

    let (yeji, status, screen) = run("?\n2\ny\n");
    assert_eq!(status, Some(0), "{screen}");
    assert_eq!(
        customer_types(&yeji),
        [" 2000.00", "零售 1000.50"],
        "the second of the list"
    );

    let (yeji, status, screen) = run("s\n");
    assert_eq!(status, Some(1), "{screen}");
    assert!(customer_types(&yeji).is_empty(), "nothing was imported");
}
