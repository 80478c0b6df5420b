//! Bad input: a clear message in both languages, the right exit status, and the store as it was.

use serde_json::Value;

use crate::cli::{WON_BY_PERSON, Yeji};

const PEOPLE: &str =
    "姓名,工号,团队,部门\n王伟,A1,一组,华东\n王伟,A2,二组,华北\n李娜,A3,一组,华东\n";
const DEALS: &str = "商机编号,负责人,客户,产品,阶段,创建日期,成交日期,金额\n\
    D1,A1,甲公司,泵,赢单,2025-01-05,2025-02-06,1000.50\n\
    D2,A2,乙公司,泵,赢单,2025-01-07,2025-02-20,2000\n\
    D3,A3,乙公司,泵,跟进中,2025-03-01,,\n";

fn small() -> Yeji {
    let yeji = Yeji::new();
    let (people, deals) = (
        yeji.file("people.csv", PEOPLE),
        yeji.file("deals.csv", DEALS),
    );
    yeji.json(&[
        "import",
        people.to_str().unwrap(),
        deals.to_str().unwrap(),
        "--yes",
    ]);
    yeji
}

#[test]
fn two_people_of_one_name_are_two() {
    let yeji = small();
    let table = yeji.json(&WON_BY_PERSON);
    let rows: Vec<(String, String)> = table["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| {
            (
                row["label"].as_str().unwrap().to_owned(),
                row["value"].as_str().unwrap().to_owned(),
            )
        })
        .collect();
    let wang: Vec<&str> = rows
        .iter()
        .filter(|(name, _)| name == "王伟")
        .map(|(_, value)| value.as_str())
        .collect();
    assert_eq!(wang, ["2000.00", "1000.50"]);
    assert_eq!(table["currency"], "CNY");
}

#[test]
fn files_that_are_no_tables_are_refused() {
    let yeji = small();
    let before = yeji.json(&[
        "kpi",
        "--metric",
        "won_amount",
        "--by",
        "month",
        "--from",
        "2025-01-01",
        "--to",
        "2026-01-01",
    ]);
    let check = |name: &str, content: &[u8], part: &str| {
        let path = yeji.file(name, content);
        let said = yeji.fails(&["import", path.to_str().unwrap(), "--yes"], 2);
        assert!(said.contains(part), "{name}: `{part}` is not in: {said}");
        assert!(
            said.contains("业绩："),
            "{name}: said in Chinese too: {said}"
        );
    };
    check(
        "picture.csv",
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0",
        "picture.csv",
    );
    check("empty.csv", b"", "empty.csv");
    check(
        "broken.xlsx",
        b"PK\x03\x04 this is no workbook",
        "broken.xlsx",
    );
    check("headers.csv", "甲,乙\n1,2\n".as_bytes(), "headers.csv");
    let missing = yeji.file("missing.csv", "商机编号,阶段\nD9,赢单\n");
    let said = yeji.fails(
        &[
            "import",
            missing.to_str().unwrap(),
            "--as",
            "opportunities",
            "--yes",
        ],
        2,
    );
    assert!(said.contains("missing.csv"), "{said}");
    let after = yeji.json(&[
        "kpi",
        "--metric",
        "won_amount",
        "--by",
        "month",
        "--from",
        "2025-01-01",
        "--to",
        "2026-01-01",
    ]);
    assert_eq!(before, after, "the store stays as it was");
    yeji.ok(&["verify"]);
}

#[test]
fn rows_that_cannot_be_read_are_listed_with_line_and_reason() {
    let yeji = small();
    let deals = yeji.file(
        "more.csv",
        "商机编号,负责人,阶段,成交日期,金额\n\
         E1,A1,赢单,2025-02-31,10\nE2,A1,赢单,2025-03-01,十元\nE3,无此人,赢单,2025-03-01,10\nE4,王伟,赢单,2025-03-01,10\nE5,A1,赢单,2025-03-03,10\n",
    );
    let result = yeji.json(&["import", deals.to_str().unwrap(), "--yes"]);
    let file = &result["files"][0];
    assert_eq!(
        (&file["new_rows"], &file["rejected_rows"]),
        (&1.into(), &4.into()),
        "{file}"
    );
    let lines: Vec<(u64, &str)> = file["rejected"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| {
            (
                row["line"].as_u64().unwrap(),
                row["reason"]["code"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        lines,
        [
            (2, "date_unreadable"),
            (3, "amount_unreadable"),
            (4, "owner_unknown"),
            (5, "owner_ambiguous")
        ]
    );
}

#[test]
fn goals_and_plans_that_make_no_sense_are_refused() {
    let yeji = small();
    yeji.fails(&["goal", "split", "--year", "2026", "--by", "equal"], 2);
    let below = ["goal", "set", "--year", "2026", "--amount", "-100.01"];
    let said = yeji.fails(&below, 2);
    assert!(said.contains("-100.01"), "which is said: {said}");
    yeji.ok(&["goal", "set", "--year", "2026", "--amount", "100.01"]);
    yeji.ok(&["goal", "split", "--year", "2026", "--by", "equal"]);
    let negative = yeji.file("weights.csv", "person,weight\nA1,-1\nA2,2\n");
    let said = yeji.fails(
        &[
            "goal",
            "split",
            "--year",
            "2026",
            "--by",
            negative.to_str().unwrap(),
        ],
        2,
    );
    assert!(
        said.contains("王伟"),
        "whose weight is negative is said: {said}"
    );
    let some = yeji.file("some.csv", "A1,0\nA2,2\n");
    let tree = yeji.json(&[
        "goal",
        "split",
        "--year",
        "2026",
        "--by",
        some.to_str().unwrap(),
        "--dry-run",
    ]);
    let notes: Vec<(&str, &str)> = tree["notes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|note| {
            let names = note["params"]["names"].as_str();
            (
                note["code"].as_str().unwrap(),
                names
                    .or(note["params"]["name"].as_str())
                    .unwrap_or_default(),
            )
        })
        .collect();
    assert_eq!(
        notes.as_slice(),
        [
            ("people_without_weight", "李娜"),
            ("time_by_working_days", ""),
            ("unit_gets_nothing", "王伟"),
            ("weeks_without_working_days", "")
        ],
        "who is not listed is named once, who has weight 0 too"
    );
    let typing = yeji.file("typing.csv", "A1,1O\nA2,2\n");
    let said = yeji.fails(
        &[
            "goal",
            "split",
            "--year",
            "2026",
            "--by",
            typing.to_str().unwrap(),
        ],
        2,
    );
    assert!(
        said.contains("A1,1O"),
        "a first line is not a header for being wrong: {said}"
    );
    let nobody = yeji.file("nobody.csv", "person,weight\n张三,1\n");
    let said = yeji.fails(
        &[
            "goal",
            "split",
            "--year",
            "2026",
            "--by",
            nobody.to_str().unwrap(),
        ],
        2,
    );
    assert!(said.contains("张三"), "{said}");
    yeji.fails(&["goal", "set", "--year", "2026", "--amount", "1.005"], 2);
    yeji.fails(&["goal", "set", "--year", "26", "--amount", "1"], 2);
    let plan = yeji
        .ok(&["bonus", "plan"])
        .replace("from = \"100%\"", "from = \"90%\"");
    let plan = yeji.file("overlap.toml", plan);
    let said = yeji.fails(
        &[
            "bonus",
            "run",
            "--period",
            "2025-Q1",
            "--plan",
            plan.to_str().unwrap(),
        ],
        2,
    );
    assert!(said.contains('2'), "the tier is named: {said}");
    yeji.fails(&["bonus", "plan", "--set", plan.to_str().unwrap()], 2);
    assert!(
        yeji.ok(&["bonus", "plan"]).contains("from = \"100%\""),
        "a refused plan is not in force"
    );
    let shown = yeji.json(&["goal", "show", "--year", "2026"]);
    assert_eq!(
        shown["nodes"][0]["amount"], "100.01",
        "the goal in force is still there"
    );
}

#[test]
fn a_split_over_nobody_is_refused() {
    let yeji = Yeji::new();
    let customers = yeji.file("customers.csv", "客户名称,客户类型\n甲公司,制造\n");
    yeji.json(&["import", customers.to_str().unwrap(), "--yes"]);
    yeji.ok(&["goal", "set", "--year", "2026", "--amount", "100"]);
    let said = yeji.fails(&["goal", "split", "--year", "2026", "--by", "equal"], 2);
    assert!(said.contains("2026"), "{said}");
}

#[test]
fn a_broken_store_is_never_overwritten() {
    let yeji = Yeji::new();
    let store = yeji.store();
    std::fs::create_dir_all(&store).unwrap();
    let file = store.join("yeji.db");
    let content = b"this is not a database, and it is longer than a header".to_vec();
    std::fs::write(&file, &content).unwrap();
    for arguments in [
        &["verify"][..],
        &["demo", "--people", "10", "--deals", "50"],
        &["goal", "set", "--year", "2026", "--amount", "1"],
    ] {
        let said = yeji.fails(arguments, 1);
        assert!(said.contains("业绩："), "{said}");
        assert_eq!(
            std::fs::read(&file).unwrap(),
            content,
            "{arguments:?} left the file as it was"
        );
    }
}

#[test]
fn a_second_writer_is_told_who_holds_the_store_and_readers_work() {
    let yeji = small();
    let held = tokio::runtime::Runtime::new().unwrap();
    let store = held
        .block_on(yeji_store::Store::open(
            &yeji.store(),
            &yeji_store::Key::Plain,
            yeji_store::OpenMode::ReadWrite,
        ))
        .unwrap();
    let said = yeji.fails(&["goal", "set", "--year", "2026", "--amount", "1"], 1);
    assert!(
        said.contains(&std::process::id().to_string()),
        "the holder's process is named: {said}"
    );
    yeji.json(&[
        "kpi",
        "--metric",
        "won_amount",
        "--by",
        "month",
        "--from",
        "2025-01-01",
        "--to",
        "2026-01-01",
    ]);
    held.block_on(store.close()).unwrap();
}

#[test]
fn a_backup_opens_and_is_never_overwritten() {
    let yeji = small();
    let file = yeji.path("copy.yejibackup");
    yeji.ok(&["backup", file.to_str().unwrap()]);
    let bytes = std::fs::read(&file).unwrap();
    yeji.fails(&["backup", file.to_str().unwrap()], 2);
    assert_eq!(std::fs::read(&file).unwrap(), bytes);
}

#[test]
fn reading_without_a_store_says_so() {
    let yeji = Yeji::new();
    let said = yeji.fails(&["goal", "show", "--year", "2026"], 1);
    assert!(
        said.contains("yeji demo") || said.contains("import"),
        "what to do is said: {said}"
    );
    assert!(!yeji.store().exists(), "and no store is made");
}

#[test]
fn a_deal_names_its_customer_by_number() {
    let yeji = Yeji::new();
    let people = yeji.file("people.csv", PEOPLE);
    let customers = yeji.file(
        "customers.csv",
        "客户编号,客户名称,客户类型\nC1,甲公司,制造\nC2,乙公司,零售\n",
    );
    let deals = yeji.file(
        "deals.csv",
        "商机编号,负责人,客户编号,阶段,成交日期,金额\nN1,A1,C1,赢单,2025-02-06,1000\nN2,A3,C2,赢单,2025-02-07,500\n",
    );
    let files = [&people, &customers, &deals].map(|file| file.to_str().unwrap());
    yeji.json(&["import", files[0], files[1], files[2], "--yes"]);
    let table = yeji.json(&[
        "kpi",
        "--metric",
        "won_amount",
        "--by",
        "customer_type",
        "--from",
        "2025-01-01",
        "--to",
        "2026-01-01",
    ]);
    let keys: Vec<&str> = table["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["key"].as_str().unwrap())
        .collect();
    assert_eq!(
        keys,
        ["制造", "零售"],
        "the number leads to the customer and its type"
    );
}

#[test]
fn a_file_of_which_nothing_is_taken_is_bad_input() {
    let yeji = Yeji::new();
    let people = yeji.file("people.csv", PEOPLE);
    let undecided = yeji.file(
        "deals.csv",
        "商机编号,负责人,阶段,成交日期,金额\nN1,A1,赢单,01-02-17,1000\nN2,A3,赢单,03-04-17,500\n",
    );
    let [people, undecided] = [&people, &undecided].map(|file| file.to_str().unwrap());
    let output = yeji.run(&["import", people, undecided, "--yes"]);
    assert_eq!(
        output.status.code(),
        Some(2),
        "a script must not see success"
    );
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("No row of “deals.csv”"), "{said}");
    let batches = yeji.json(&["batch", "list"]);
    assert_eq!(
        batches.as_array().unwrap().len(),
        1,
        "the people were taken"
    );
    // The order is said by a mapping: no word that contradicts it.
    let map = yeji.file(
        "map.toml",
        "kind = \"opportunities\"\n[columns]\nexternal_id = \"商机编号\"\nowner = \"负责人\"\nstage = \"阶段\"\nclosed_on = \"成交日期\"\namount = \"金额\"\n[date_order]\nclosed_on = \"month_first\"\n",
    );
    let output = yeji.run(&["import", undecided, "--map", map.to_str().unwrap(), "--yes"]);
    assert!(output.status.success());
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!said.contains("could not be decided"), "{said}");
    assert!(said.contains("mapping says"), "{said}");
}

#[test]
fn a_damaged_page_is_told_as_what_it_is() {
    let yeji = small();
    // A restored store is packed: its schema lies on the first pages.
    let copy = yeji.path("copy.yejibackup");
    yeji.ok(&["backup", copy.to_str().unwrap()]);
    yeji.ok(&["restore", copy.to_str().unwrap()]);
    let file = yeji.store().join("yeji.db");
    let mut bytes = std::fs::read(&file).unwrap();
    for page in [20, 21, 22, 23] {
        bytes[page * 4096..(page + 1) * 4096].fill(0xAA);
    }
    std::fs::write(&file, bytes).unwrap();
    let output = yeji.run(&["verify", "--json"]);
    assert_eq!(output.status.code(), Some(1));
    let report: Value = serde_json::from_slice(&output.stdout).expect("a report all the same");
    assert_eq!(report["ok"], false);
    // What could not be read whole is not called right.
    for check in report["checks"].as_array().unwrap() {
        assert!(check["known"] == false || check["ok"] == false, "{check}");
    }
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!said.contains("disk is not full"), "{said}");
    // What writes is refused before it has written: the file stays for whoever can mend it.
    let before = std::fs::read(yeji.store().join("yeji.db")).unwrap();
    let arguments = [
        "goal",
        "set",
        "--metric",
        "won_amount",
        "--year",
        "2026",
        "--amount",
        "1",
    ];
    let said = yeji.fails(&arguments, 1);
    assert!(said.contains("damaged") && said.contains("损坏"), "{said}");
    assert_eq!(std::fs::read(yeji.store().join("yeji.db")).unwrap(), before);
}
