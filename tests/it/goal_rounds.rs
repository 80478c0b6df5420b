//! A goal is agreed on with the real program: by accounts, on a laptop, and on paper.

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

use crate::cli::{Yeji, texts};

const PASSWORD: &str = "correct horse";
const PHRASE: &str = "handed over by phone";
const PEOPLE: &str = "姓名,工号,团队,部门,岗位\n王伟,A1,一组,华东,主管\n李娜,A3,一组,华东,销售\n\
    陈晨,A5,一组,华东,销售\n赵六,A7,二组,华东,销售\n";

/// Three sellers with a goal of 3,000,000 for 2027; `hr`, `wang` (manager), `li` (sales), `audit`.
fn house() -> Yeji {
    let yeji = Yeji::new();
    let people = yeji.file("people.csv", PEOPLE);
    yeji.json(&["import", people.to_str().unwrap(), "--yes"]);
    yeji.json(&["goal", "set", "--year", "2027", "--amount", "3000000"]);
    yeji.json(&["goal", "split", "--year", "2027", "--by", "equal"]);
    account(&yeji, "hr", &["--role", "hr"]);
    for (name, role, person) in [
        ("wang", "manager", Some("A1")),
        ("li", "sales", Some("A3")),
        ("audit", "auditor", None),
    ] {
        let mut arguments = vec!["--role", role, "--user", "hr"];
        if let Some(person) = person {
            arguments.extend(["--person", person]);
        }
        account(&yeji, name, &arguments);
    }
    yeji
}

#[track_caller]
fn account(yeji: &Yeji, name: &str, arguments: &[&str]) {
    let all = [&["account", "add", name][..], arguments].concat();
    let mut command = signed(yeji, &all);
    let output = command.env("YEJI_NEW_PASSWORD", PASSWORD).output().unwrap();
    succeeded(&output);
}

fn signed(yeji: &Yeji, arguments: &[&str]) -> Command {
    let mut command = yeji.command(arguments);
    command.env("YEJI_PASSWORD", PASSWORD);
    command
}

/// `yeji goal VERB --year 2027 ...` by an account.
fn goal(yeji: &Yeji, user: &str, verb: &[&str], more: &[&str]) -> Output {
    let all = [
        &["goal"],
        verb,
        &["--year", "2027"],
        more,
        &["--user", user],
    ]
    .concat();
    signed(yeji, &all).output().unwrap()
}

#[track_caller]
fn succeeded(output: &Output) -> String {
    let (out, err) = texts(output);
    assert!(output.status.success(), "{out}{err}");
    out
}

#[track_caller]
fn said(output: &Output) -> String {
    let (out, err) = texts(output);
    assert!(output.status.success(), "{out}{err}");
    out + &err
}

#[track_caller]
fn json(output: &Output) -> Value {
    let out = succeeded(output);
    serde_json::from_str(&out).unwrap_or_else(|error| panic!("{error}: {out}"))
}

/// What was said; both languages are in it.
#[track_caller]
fn refused(output: &Output) -> String {
    let (out, err) = texts(output);
    assert_eq!(output.status.code(), Some(2), "{out}{err}");
    assert!(out.is_empty(), "{out}");
    assert!(err.contains("yeji: ") && err.contains("业绩："), "{err}");
    err
}

const DUE: [&str; 4] = ["--people-due", "2099-12-10", "--managers-due", "2099-12-18"];

#[test]
fn people_propose_managers_hand_in_and_hr_takes_the_numbers_over() {
    let yeji = house();
    let err = refused(&goal(&yeji, "li", &["propose"], &["--amount", "5"]));
    assert!(err.contains("round"), "there is none: {err}");
    refused(&goal(&yeji, "wang", &["round", "open"], &DUE));
    let opened = said(&goal(&yeji, "hr", &["round", "open"], &DUE));
    assert!(
        opened.contains("2099-12-18") && opened.contains("without: 3"),
        "{opened}"
    );
    refused(&goal(&yeji, "hr", &["round", "open"], &DUE));

    let own = ["--amount", "1100000", "--note", "two new customers"];
    let proposed = said(&goal(&yeji, "li", &["propose"], &own));
    assert!(
        proposed.contains("1100000.00") && proposed.contains("100000.00"),
        "{proposed}"
    );
    let err = refused(&goal(&yeji, "li", &["propose"], &["--amount", "-1"]));
    assert!(err.contains("-1.00"), "{err}");
    let err = refused(&goal(&yeji, "li", &["propose"], &["--amount", "many"]));
    assert!(err.contains("many"), "{err}");
    refused(&goal(&yeji, "audit", &["propose"], &["--amount", "1"]));
    let err = refused(&goal(
        &yeji,
        "hr",
        &["propose"],
        &["--who", "A1", "--amount", "1"],
    ));
    assert!(err.contains("王伟"), "leads and has no goal: {err}");

    let less = [
        "--who",
        "A3",
        "--amount",
        "1050000",
        "--reason",
        "shared region",
    ];
    said(&goal(&yeji, "wang", &["adjust"], &less));
    let elsewhere = ["--who", "A7", "--amount", "1", "--reason", "no"];
    refused(&goal(&yeji, "wang", &["adjust"], &elsewhere));
    let shown = json(&goal(&yeji, "li", &["round", "show"], &["--json"]));
    let rows = shown["rows"].as_array().unwrap();
    assert_eq!(rows.len(), 1, "only the own row");
    assert_eq!(rows[0]["proposal"]["amount"], "1100000.00");
    assert_eq!(rows[0]["adjustment"]["reason"], "shared region");

    let handed = said(&goal(&yeji, "wang", &["submit"], &["--unit", "一组"]));
    assert!(handed.contains("陈晨"), "who is missing is named: {handed}");
    let err = refused(&goal(&yeji, "wang", &["submit"], &["--unit", "一组"]));
    assert!(err.contains("wang"), "{err}");
    refused(&goal(&yeji, "li", &["propose"], &["--amount", "1"]));
    let back = ["--unit", "一组", "--reason", "too little"];
    refused(&goal(&yeji, "wang", &["send-back"], &back));

    let table = said(&goal(&yeji, "audit", &["round", "show"], &[]));
    assert!(
        table.contains("handed in") && table.contains("50000.00"),
        "{table}"
    );
    let units = json(&goal(
        &yeji,
        "hr",
        &["round", "show"],
        &["--units", "--json"],
    ));
    let company = &units["rows"][0];
    assert_eq!(company["bottom_up"], "1050000.00");
    assert_eq!(company["missing"], 2);
    assert_eq!(company["expected"], "3050000.00");

    let dry = said(&goal(&yeji, "hr", &["adopt"], &["--dry-run"]));
    assert!(
        dry.contains("nothing was kept") && dry.contains("赵六"),
        "{dry}"
    );
    let adopt = ["--who", "一组", "--above", "units", "--json"];
    let adopted = json(&goal(&yeji, "hr", &["adopt"], &adopt));
    assert_eq!(adopted["edited"]["plan"]["amount"]["amount"], "3000000.00");
    let goals = json(&goal(&yeji, "hr", &["show"], &["--json"]));
    let year = |name: &str| {
        let mut nodes = goals["nodes"].as_array().unwrap().iter();
        let node = nodes.find(|one| one["name"] == name && one["period"] == "2027");
        node.unwrap()["amount"].clone()
    };
    assert_eq!(year("李娜"), "1050000.00");
    assert_eq!(year("陈晨"), "950000.00", "absorbs what the team keeps");
    assert_eq!(year("一组"), "2000000.00");

    said(&goal(&yeji, "hr", &["send-back"], &back));
    said(&goal(&yeji, "hr", &["round", "close"], &[]));
    let err = refused(&goal(&yeji, "li", &["propose"], &["--amount", "1"]));
    assert!(err.contains("closed"), "{err}");
    let undo = signed(&yeji, &["undo", "--user", "hr"]).output().unwrap();
    succeeded(&undo);
    said(&goal(&yeji, "li", &["propose"], &["--amount", "1"]));
    let history = signed(&yeji, &["history", "--user", "hr"])
        .output()
        .unwrap();
    let history = succeeded(&history);
    for step in ["handed in", "sent back", "closed", "taken over"] {
        assert!(history.contains(step), "{step}: {history}");
    }
    let verify = signed(&yeji, &["verify", "--user", "hr"]).output().unwrap();
    succeeded(&verify);
}

#[test]
fn a_goal_is_published_confirmed_and_asked_for_again() {
    let yeji = house();
    let shown = said(&goal(&yeji, "li", &["confirm"], &[]));
    assert!(shown.contains("not published to owners yet"), "{shown}");
    let err = refused(&goal(
        &yeji,
        "li",
        &["confirm"],
        &["--hash", "0123456789ab"],
    ));
    assert!(err.contains("not published"), "{err}");
    refused(&goal(&yeji, "wang", &["publish"], &[]));
    said(&goal(&yeji, "hr", &["publish"], &[]));
    refused(&goal(&yeji, "hr", &["publish"], &[]));

    let view = json(&goal(&yeji, "li", &["confirm"], &["--json"]));
    let hash = view["row"]["hash"].as_str().unwrap().to_owned();
    let err = refused(&goal(
        &yeji,
        "li",
        &["confirm"],
        &["--hash", "0123456789ab"],
    ));
    assert!(err.contains("1000000.00"), "the goal of today: {err}");
    assert!(err.contains("is not the hash"), "what it is: {err}");
    let confirmed = said(&goal(&yeji, "li", &["confirm"], &["--hash", &hash[..12]]));
    assert!(confirmed.contains("1000000.00"), "{confirmed}");
    refused(&goal(&yeji, "li", &["confirm"], &["--hash", &hash]));
    let err = refused(&signed(&yeji, &["undo", "--user", "li"]).output().unwrap());
    assert!(
        err.contains("othing"),
        "a confirmation is not taken back: {err}"
    );

    let change = ["--who", "A3", "--period", "2027-02", "--amount", "90000"];
    said(&goal(&yeji, "hr", &["change"], &change));
    let list = json(&goal(&yeji, "hr", &["confirmations"], &["--json"]));
    assert_eq!((&list["changed"], &list["open"]), (&1.into(), &2.into()));
    assert_eq!(list["publication"]["unchanged"], false);
    let own = said(&goal(&yeji, "li", &["confirmations"], &[]));
    assert!(
        own.contains("changed since") && !own.contains("赵六"),
        "{own}"
    );
    let paper = ["--who", "A7", "--json"];
    let early = json(&goal(&yeji, "hr", &["confirm"], &paper));
    let hash = early["row"]["hash"].as_str().unwrap();
    let early = ["--who", "A7", "--hash", hash];
    let err = refused(&goal(&yeji, "hr", &["confirm"], &early));
    assert!(err.contains("goal publish"), "what to do: {err}");
    said(&goal(&yeji, "hr", &["publish"], &[]));
    let paper = json(&goal(&yeji, "hr", &["confirm"], &paper));
    let hash = paper["row"]["hash"].as_str().unwrap();
    said(&goal(
        &yeji,
        "hr",
        &["confirm"],
        &["--who", "A7", "--hash", hash],
    ));
    let list = said(&goal(&yeji, "audit", &["confirmations"], &[]));
    assert!(list.contains("confirmed on paper"), "{list}");
    let audit = signed(&yeji, &["audit", "--user", "audit"])
        .output()
        .unwrap();
    let audit = succeeded(&audit);
    for action in [
        "Goal published",
        "Goal confirmed",
        "Goal confirmed on paper",
    ] {
        assert!(audit.contains(action), "{action}: {audit}");
    }

    let says = ["--who", "A3", "the fair is in May"];
    said(&goal(&yeji, "wang", &["comment"], &says));
    let heard = said(&goal(&yeji, "li", &["comments"], &[]));
    assert!(
        heard.contains("the fair is in May") && heard.contains("wang"),
        "{heard}"
    );
    refused(&goal(&yeji, "audit", &["comment"], &says));
    let of_another = ["--who", "A7", "hello"];
    refused(&goal(&yeji, "li", &["comment"], &of_another));
}

/// The text of a PDF; none where poppler is not installed.
fn text_of(file: &Path) -> Option<String> {
    let output = Command::new("pdftotext")
        .args(["-layout", file.to_str().unwrap(), "-"])
        .output();
    match output {
        Ok(output) => {
            assert!(output.status.success(), "pdftotext cannot read the paper");
            Some(String::from_utf8(output.stdout).unwrap())
        }
        Err(error) => {
            println!("skipped: pdftotext is not installed ({error})");
            None
        }
    }
}

#[test]
fn the_paper_has_the_numbers_and_who_confirmed_them() {
    let yeji = house();
    let aim = ["--set", "成为华东第一"];
    said(&goal(&yeji, "hr", &["aim"], &aim));
    said(&goal(&yeji, "hr", &["publish"], &[]));
    let file = yeji.path("letter.pdf");
    let to = [
        "--who",
        "A3",
        "--out",
        file.to_str().unwrap(),
        "--lang",
        "zh-CN",
    ];
    said(&goal(&yeji, "hr", &["letter"], &to));
    let err = refused(&goal(&yeji, "hr", &["letter"], &to));
    assert!(err.contains("letter.pdf"), "it is not written over: {err}");
    let view = json(&goal(&yeji, "li", &["confirm"], &["--json"]));
    let hash = view["row"]["hash"].as_str().unwrap().to_owned();
    if let Some(text) = text_of(&file) {
        let quarter = "第4季度";
        for word in [
            "2027年度目标责任书",
            "李娜 (A3)",
            "一组",
            "王伟",
            "1,000,000.00",
            "人民币壹佰万元整",
            "成为华东第一",
            quarter,
            &hash,
        ] {
            assert!(text.contains(word), "{word} is not on the paper:\n{text}");
        }
        assert!(!text.contains("已于"), "nobody confirmed yet");
    }
    said(&goal(&yeji, "li", &["confirm"], &["--hash", &hash]));
    let folder = yeji.path("letters");
    let all = ["--out", folder.to_str().unwrap(), "--lang", "en", "--json"];
    let written = json(&goal(&yeji, "hr", &["letter"], &all));
    let files: Vec<&str> = written["files"]
        .as_array()
        .unwrap()
        .iter()
        .map(|file| file.as_str().unwrap())
        .collect();
    assert_eq!(files.len(), 3, "everybody with a goal: {files:?}");
    let own = files.iter().find(|file| file.contains("李娜")).unwrap();
    if let Some(text) = text_of(&folder.join(own)) {
        assert!(text.contains("The owner confirmed these numbers"), "{text}");
    }
    let other = ["--who", "A7", "--out", "x.pdf"];
    refused(&goal(&yeji, "li", &["letter"], &other));
    let audit = signed(&yeji, &["audit", "--user", "audit"])
        .output()
        .unwrap();
    assert!(succeeded(&audit).contains("Goal agreements exported"));
}

#[test]
fn what_is_said_on_a_laptop_comes_back() {
    let (yeji, laptop) = (house(), Yeji::new());
    said(&goal(&yeji, "hr", &["round", "open"], &DUE));
    said(&goal(&yeji, "hr", &["publish"], &[]));
    let file = yeji.path("li.yejipersonal");
    let file = file.to_str().unwrap();
    let export = ["personal", "export", "A3", file, "--user", "hr"];
    let mut command = signed(&yeji, &export);
    succeeded(&command.env("YEJI_NEW_PASSPHRASE", PHRASE).output().unwrap());
    let on = |arguments: &[&str]| {
        let mut command = laptop.bare_command(arguments);
        command.env("YEJI_PASSPHRASE", PHRASE).output().unwrap()
    };
    succeeded(&on(&["restore", file]));
    let year = ["--year", "2027"];
    let goal_on = |verb: &str, more: &[&str]| on(&[&["goal", verb], &year[..], more].concat());
    said(&goal_on("propose", &["--amount", "1200000"]));
    said(&goal_on("comment", &["--who", "A3", "from the train"]));
    let view = json(&goal_on("confirm", &["--json"]));
    assert_eq!(view["publication"]["unchanged"], true);
    let hash = view["row"]["hash"].as_str().unwrap();
    said(&goal_on("confirm", &["--hash", hash]));
    let sent = laptop.path("li.yejireturn");
    let sent = sent.to_str().unwrap();
    succeeded(&on(&["personal", "return", sent]));

    let import = |more: &[&str]| {
        let all = [&["personal", "import", sent, "--user", "hr"], more].concat();
        said(&signed(&yeji, &all).output().unwrap())
    };
    let taken = import(&[]);
    assert!(taken.contains("3 new"), "{taken}");
    assert!(import(&[]).contains("0 new, 3 there already"));
    let round = json(&goal(&yeji, "hr", &["round", "show"], &["--json"]));
    let rows = round["rows"].as_array().unwrap();
    let own = rows.iter().find(|row| row["name"] == "李娜").unwrap();
    assert_eq!(own["proposal"]["amount"], "1200000.00");
    assert_eq!(own["proposal"]["author"], "li", "the words are hers");
    assert_eq!(own["comments"], 1);
    let list = json(&goal(&yeji, "hr", &["confirmations"], &["--json"]));
    assert_eq!(list["confirmed"], 1);

    // A number that comes after the unit was handed in is refused, and said.
    said(&goal(&yeji, "hr", &["submit"], &["--unit", "一组"]));
    said(&goal_on("propose", &["--amount", "1"]));
    let later = laptop.path("later.yejireturn");
    let later = later.to_str().unwrap();
    succeeded(&on(&["personal", "return", later]));
    let all = ["personal", "import", later, "--user", "hr"];
    let taken = said(&signed(&yeji, &all).output().unwrap());
    assert!(taken.contains("handed in before"), "{taken}");
    let verify = signed(&yeji, &["verify", "--user", "hr"]).output().unwrap();
    succeeded(&verify);
}
