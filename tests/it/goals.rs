//! The numbers of a goal on the command line, with the real program.

use serde_json::Value;

use crate::cli::Yeji;

const PEOPLE: &str =
    "姓名,工号,团队,部门\n王伟,A1,一组,华东\n李娜,A3,一组,华东\n陈晨,A5,二组,华东\n";

/// Three people in two teams with a goal of 3,000,000 for 2026, split equally.
fn split_goal() -> Yeji {
    let yeji = Yeji::new();
    let people = yeji.file("people.csv", PEOPLE);
    yeji.json(&["import", people.to_str().unwrap(), "--yes"]);
    yeji.json(&["goal", "set", "--year", "2026", "--amount", "3000000"]);
    yeji.json(&["goal", "split", "--year", "2026", "--by", "equal"]);
    yeji
}

fn amount(yeji: &Yeji, name: &str, period: &str) -> String {
    let shown = yeji.json(&["goal", "show", "--year", "2026"]);
    let nodes = shown["nodes"].as_array().unwrap();
    let is_it = |node: &&Value| node["name"] == name && node["period"] == period;
    let node = nodes.iter().find(is_it);
    node.unwrap()["amount"].as_str().unwrap().to_owned()
}

#[test]
fn a_number_is_changed_locked_revised_and_the_older_version_comes_back() {
    let yeji = split_goal();
    let year = ["--year", "2026"];
    let with = |more: &[&str]| {
        let all: Vec<String> = [&["goal"], &more[..1], &year[..], &more[1..]]
            .concat()
            .iter()
            .map(|one| (*one).to_owned())
            .collect();
        all
    };
    let run = |more: &[&str]| {
        let all = with(more);
        yeji.json(&all.iter().map(String::as_str).collect::<Vec<_>>())
    };
    // A preview keeps nothing.
    let change = [
        "change",
        "--who",
        "A1",
        "--period",
        "2026-Q1",
        "--amount",
        "300000.05",
        "--above",
        "units",
    ];
    let preview = run(&[&change[..], &["--dry-run"]].concat());
    assert_eq!(preview["moved_total"], 2, "the two of the team");
    assert_eq!(amount(&yeji, "王伟", "2026"), "1000000.00");
    run(&change);
    assert_eq!(amount(&yeji, "王伟", "2026-Q1"), "300000.05");
    assert_eq!(
        amount(&yeji, "一组", "2026"),
        "2000000.00",
        "the team stays"
    );

    run(&["lock", "--who", "陈晨", "--period", "2026"]);
    let all = with(&[
        "change", "--who", "二组", "--period", "2026-02", "--amount", "1",
    ]);
    let said = yeji.fails(&all.iter().map(String::as_str).collect::<Vec<_>>(), 2);
    assert!(
        said.contains("陈晨 2026") && said.contains("二组"),
        "the lock is named: {said}"
    );
    run(&["lock", "--who", "陈晨", "--period", "2026", "--release"]);

    let revised = run(&[
        "revise",
        "--who",
        "李娜",
        "--from",
        "2026-07-01",
        "--amount",
        "900000",
        "--above",
        "grow",
        "--reason",
        "leave",
    ]);
    assert_eq!(revised["plan"]["version"], 2);
    assert_eq!(amount(&yeji, "李娜", "2026"), "900000.00");
    let compared = run(&[
        "compare", "--before", "1", "--after", "2", "--by", "quarter",
    ]);
    let rows = compared["rows"].as_array().unwrap();
    assert!(!rows.is_empty());
    assert!(
        rows.iter()
            .all(|row| row["period"] == "2026-Q3" || row["period"] == "2026-Q4")
    );
    let restored = run(&["restore", "--number", "1"]);
    assert_eq!(restored["version"], 3);
    let versions = run(&["versions"]);
    let states: Vec<&str> = versions
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["state"].as_str().unwrap())
        .collect();
    assert_eq!(states, ["in_force", "superseded", "superseded"]);
    yeji.ok(&["undo"]);
    assert_eq!(
        amount(&yeji, "李娜", "2026"),
        "900000.00",
        "the revision is in force again"
    );
    let log = yeji.ok(&["history"]);
    assert!(log.contains("leave"), "the reason is in the history: {log}");
}

#[test]
fn whoever_is_not_in_the_plan_is_named() {
    let yeji = split_goal();
    let said = yeji.fails(
        &[
            "goal", "lock", "--year", "2026", "--who", "赵六", "--period", "2026",
        ],
        2,
    );
    assert!(said.contains("赵六"), "{said}");
    let said = yeji.fails(
        &[
            "goal", "lock", "--year", "2026", "--who", "王伟", "--period", "2025-01",
        ],
        2,
    );
    assert!(said.contains("2025-01"), "{said}");
    let said = yeji.fails(
        &[
            "goal", "shift", "--year", "2026", "--from", "一组", "--to", "王伟", "--period",
            "2026", "--amount", "1",
        ],
        2,
    );
    assert!(said.contains("一组") && said.contains("王伟"), "{said}");
}

const DEALS: &str = "商机编号,负责人,客户,产品,阶段,创建日期,成交日期,金额\n\
    D1,A1,甲公司,泵,赢单,2025-01-05,2025-02-06,6000\n\
    D2,A3,乙公司,泵,赢单,2025-01-07,2025-08-20,3000\n\
    D3,A5,丙公司,泵,赢单,2025-03-07,2025-09-20,1000\n\
    D4,A1,丙公司,泵,赢单,2026-01-07,2026-01-20,500\n";

#[test]
fn a_blend_is_explained_and_progress_is_told() {
    let yeji = split_goal();
    let deals = yeji.file("deals.csv", DEALS);
    yeji.json(&["import", deals.to_str().unwrap(), "--yes"]);
    let blend = yeji.file(
        "blend.toml",
        "damping = \"3/4\"\n[[factors]]\nfactor = \"history\"\nshare = \"4/5\"\n\
         [[factors]]\nfactor = \"equal\"\nshare = \"0.2\"\n[time]\nby = \"working_days\"\n",
    );
    yeji.json(&[
        "goal",
        "split",
        "--year",
        "2026",
        "--by",
        blend.to_str().unwrap(),
    ]);
    let why = yeji.json(&["goal", "why", "--year", "2026", "--who", "A1"]);
    let parts = why["parts"].as_array().unwrap();
    let cents = |text: &Value| {
        text.as_str()
            .unwrap()
            .replace('.', "")
            .parse::<i64>()
            .unwrap()
    };
    let sum: i64 = parts.iter().map(|part| cents(&part["amount"])).sum();
    assert_eq!(sum, cents(&why["goal"]));
    assert_eq!(amount(&yeji, "王伟", "2026"), why["goal"].as_str().unwrap());
    let said = yeji.ok(&["goal", "why", "--year", "2026", "--who", "A1"]);
    assert!(
        said.contains("By history") && said.contains("Damping"),
        "{said}"
    );

    let progress = [
        "goal",
        "progress",
        "--period",
        "2026-Q1",
        "--who",
        "A1",
        "--as-of",
        "2026-01-31",
    ];
    let found = yeji.json(&progress);
    assert_eq!(found["actual"], "500.00");
    assert_eq!(
        found["working_days"][0], 22,
        "January 2026 from Monday to Friday"
    );
    let said = yeji.ok(&progress);
    assert!(
        said.contains("Needed each day") && said.contains("Achievable"),
        "{said}"
    );
    yeji.json(&["goal", "aim", "--year", "2026", "--set", "华东增长"]);
    assert_eq!(
        yeji.json(&["goal", "aim", "--year", "2026"])["aim"],
        "华东增长"
    );

    let bad = yeji.file(
        "bad.toml",
        "[[factors]]\nfactor = \"luck\"\nshare = \"1\"\n",
    );
    let said = yeji.fails(
        &[
            "goal",
            "split",
            "--year",
            "2026",
            "--by",
            bad.to_str().unwrap(),
        ],
        2,
    );
    assert!(
        said.contains("bad.toml") && said.contains("luck") && said.contains('2'),
        "{said}"
    );
}

#[test]
fn goals_go_to_excel_and_come_back_with_every_sum_checked() {
    let yeji = split_goal();
    let book = yeji.path("goals.xlsx");
    let book = book.to_str().unwrap();
    yeji.ok(&["goal", "export", "--year", "2026", book]);
    yeji.fails(&["goal", "export", "--year", "2026", book], 2);
    let same = yeji.ok(&["goal", "import", "--year", "2026", book]);
    assert!(same.contains("nothing was changed"), "{same}");

    let months: Vec<String> = (1..=12).map(|month| format!("2026-{month:02}")).collect();
    let whole = |li: &str, team: &str, company: &str| {
        let all = |amount: &str| vec![amount.to_owned(); 12].join(",");
        format!(
            "Staff number,Name,{}\n,一组,{}\nA1,王伟,{}\nA3,李娜,{}\nA5,陈晨,{}\n,华东,{company}\n",
            months.join(","),
            all(team),
            all("80000"),
            all(li),
            all("1000"),
        )
    };
    let bad = yeji.file(
        "bad.csv",
        whole("20000", "100001", &["101000"; 12].join(",")),
    );
    let args = ["goal", "import", "--year", "2026", bad.to_str().unwrap()];
    let said = yeji.fails(&args, 2);
    assert!(
        said.contains("12"),
        "twelve months of the team do not close: {said}"
    );
    assert_eq!(
        amount(&yeji, "李娜", "2026"),
        "1000000.00",
        "nothing has changed"
    );
    let good = yeji.file(
        "good.csv",
        whole("20000", "100000", &["101000"; 12].join(",")),
    );
    let read = yeji.json(&["goal", "import", "--year", "2026", good.to_str().unwrap()]);
    assert_eq!(read["mismatch_count"], 0);
    assert_eq!(amount(&yeji, "李娜", "2026"), "240000.00");
    assert_eq!(amount(&yeji, "陈晨", "2026-03"), "1000.00");
    assert_eq!(amount(&yeji, "华东", "2026"), "1212000.00");
    yeji.ok(&["undo"]);
    assert_eq!(amount(&yeji, "李娜", "2026"), "1000000.00");

    // What a cell does not say stays; a month twice and another split of locked numbers are refused.
    let heads: Vec<String> = (1..=12).map(|month| format!("{month}月")).collect();
    let heads = format!("工号,姓名,{}", heads.join(","));
    let sheet =
        |heads: &str, row: &str, blanks: usize| format!("{heads}\n{row}{}\n", ",".repeat(blanks));
    let part = yeji.file("part.csv", sheet(&heads, "A3,李娜,50000", 11));
    yeji.json(&["goal", "import", "--year", "2026", part.to_str().unwrap()]);
    assert_eq!(amount(&yeji, "李娜", "2026-01"), "50000.00");
    let rest = amount(&yeji, "李娜", "2026-02");
    assert_ne!(rest, "0.00", "an empty cell is no zero");
    let twice = yeji.file("twice.csv", sheet(&format!("{heads},1月"), "A3,李娜,1", 12));
    let args = ["goal", "import", "--year", "2026", twice.to_str().unwrap()];
    let said = yeji.fails(&args, 2);
    assert!(said.contains("2026-01"), "{said}");
    yeji.json(&[
        "goal", "lock", "--year", "2026", "--who", "李娜", "--period", "2026",
    ]);
    let said = yeji.fails(&["goal", "split", "--year", "2026", "--by", "equal"], 2);
    assert!(said.contains("李娜 2026"), "{said}");

    let stranger = yeji.file("stranger.csv", whole("1", "1", "1").replace("A3", "A9"));
    let said = yeji.fails(
        &[
            "goal",
            "import",
            "--year",
            "2026",
            stranger.to_str().unwrap(),
        ],
        2,
    );
    assert!(
        said.contains("stranger.csv") && said.contains("A9") && said.contains('4'),
        "{said}"
    );
}

#[test]
fn the_plan_of_a_year_becomes_that_of_the_next_and_is_taken_back() {
    let yeji = split_goal();
    let gone = "姓名,工号,团队,部门,离职日期\n李娜,A3,一组,华东,2026-12-31\n赵敏,A7,二组,华东,\n";
    let gone = yeji.file("gone.csv", gone);
    yeji.json(&["import", gone.to_str().unwrap(), "--yes"]);
    let copy = ["goal", "copy-year", "--from", "2026", "--to", "2027"];
    let with = |more: &[&'static str]| [&copy[..], more].concat();
    let looked = yeji.json(&with(&["--growth", "1.1", "--dry-run"]));
    assert_eq!(looked["plan"]["amount"]["amount"], "3300000.00");
    let row = |copied: &Value, name: &str| {
        let rows = copied["rows"].as_array().unwrap();
        let row = rows.iter().find(|row| row["name"] == name).unwrap();
        (row["before"].clone(), row["after"].clone())
    };
    // Li's million goes to Wang, the only one left of the team; Zhao is new.
    assert_eq!(
        row(&looked, "王伟"),
        ("1000000.00".into(), "2200000.00".into())
    );
    assert_eq!(
        row(&looked, "陈晨"),
        ("1000000.00".into(), "1100000.00".into())
    );
    assert_eq!(row(&looked, "赵敏"), (Value::Null, "0.00".into()));
    assert_eq!(row(&looked, "李娜"), ("1000000.00".into(), Value::Null));
    yeji.fails(&["goal", "show", "--year", "2027"], 2);
    let said = yeji.ok(&with(&["--growth", "1.1"]));
    assert!(
        said.contains("2026") && said.contains("3,300,000.00") || said.contains("3300000.00"),
        "{said}"
    );
    let shown = yeji.json(&["goal", "show", "--year", "2027"]);
    assert_eq!(shown["plan"]["split_by"], "copy");
    assert_eq!(shown["plan"]["base"], 2026);
    yeji.ok(&["undo"]);
    yeji.fails(&["goal", "show", "--year", "2027"], 2);
    // One of the two sizes, and not both.
    yeji.fails(&copy, 2);
    yeji.fails(&with(&["--growth", "1.1", "--amount", "5"]), 2);
    let said = yeji.fails(&with(&["--growth", "much"]), 2);
    assert!(said.contains("1.1"), "what is expected: {said}");
}

#[test]
fn versions_say_what_was_published_and_how_many_confirmed() {
    let yeji = split_goal();
    let year = ["--year", "2026"];
    yeji.ok(&[&["goal", "publish"][..], &year].concat());
    let own = [&["goal", "confirm", "--who", "A1"][..], &year].concat();
    let hash = yeji.json(&own)["row"]["hash"].as_str().unwrap().to_owned();
    yeji.json(&[&own[..], &["--hash", &hash]].concat());
    let versions = yeji.json(&[&["goal", "versions"][..], &year].concat());
    let published = &versions[0]["publication"];
    assert_eq!(
        (&published["confirmed"], &published["people"]),
        (&1.into(), &3.into())
    );
    let said = yeji.ok(&[&["goal", "versions"][..], &year].concat());
    let day = published["at"].as_str().unwrap()[..10].to_owned();
    assert!(said.contains("1/3") && said.contains(&day), "{said}");
}
