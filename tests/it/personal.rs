//! A company without a server: HR hands out a personal file, the person works with it on a laptop, and
//! what was entered there comes back.

use std::path::Path;
use std::process::Output;

use serde_json::Value;

use crate::cli::{WON_BY_PERSON, Yeji};

const PEOPLE: &str = "name,staff_number,team,department,title\nWang Wei,A1,North,East,Manager\n\
    Li Na,A2,North,East,Sales\nZhang Min,A3,South,East,Sales\n";
const DEALS: &str = "opportunity_id,sales_agent,account,product,deal_stage,close_date,close_value\n\
    D1,Li Na,Acme,Basic,Won,2025-02-10,8000\nD2,Zhang Min,Secret Customer,Basic,Won,2025-02-11,6000\n";
const PHRASE: &str = "handed over by phone";

fn company() -> Yeji {
    let yeji = Yeji::new();
    let people = yeji.file("people.csv", PEOPLE);
    let deals = yeji.file("deals.csv", DEALS);
    for file in [people, deals] {
        let file = file.to_str().unwrap();
        yeji.ok(&["import", file, "--currency", "CNY", "--yes"]);
    }
    yeji.ok(&["goal", "set", "--year", "2025", "--amount", "20000"]);
    yeji.ok(&["goal", "split", "--year", "2025", "--by", "equal"]);
    let target = [
        "bonus",
        "target",
        "--amount",
        "5000",
        "--from",
        "2025-01-01",
    ];
    yeji.ok(&target);
    yeji.ok(&["bonus", "run", "--period", "2025-Q1"]);
    yeji
}

#[track_caller]
fn out(output: Output) -> String {
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{said}");
    String::from_utf8(output.stdout).unwrap()
}

/// What was said; a refusal ends with status 2 and prints no result.
#[track_caller]
fn refused(output: &Output) -> String {
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(output.stdout.is_empty());
    said
}

/// HR's command that makes the file of somebody.
fn export(yeji: &Yeji, person: &str, file: &Path) -> Output {
    let arguments = ["personal", "export", person, file.to_str().unwrap()];
    let mut command = yeji.command(&arguments);
    command.env("YEJI_NEW_PASSPHRASE", PHRASE).output().unwrap()
}

/// A command on the laptop.
fn on(laptop: &Yeji, arguments: &[&str]) -> Output {
    let mut command = laptop.bare_command(arguments);
    command.env("YEJI_PASSPHRASE", PHRASE).output().unwrap()
}

fn won_by_person(text: &str) -> Vec<(String, String)> {
    let table: Value = serde_json::from_str(text).unwrap();
    let rows = table["rows"].as_array().unwrap().iter();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    rows.map(|row| (text(&row["label"]), text(&row["value"])))
        .collect()
}

#[test]
fn a_personal_file_goes_out_and_comes_back() {
    let (yeji, laptop) = (company(), Yeji::new());
    let file = yeji.path("li.yejipersonal");
    let made = out(export(&yeji, "A2", &file));
    assert!(made.contains("Li Na (sales)"), "{made}");
    refused(&export(&yeji, "A2", &file));

    let file = file.to_str().unwrap();
    let wrong = laptop
        .bare_command(&["restore", file])
        .env("YEJI_PASSPHRASE", "something else")
        .output();
    let said = refused(&wrong.unwrap());
    assert!(
        said.contains("passphrase") && said.contains("口令"),
        "{said}"
    );
    out(on(&laptop, &["restore", file]));

    // The person's own figures, offline; nobody signs in.
    let kpi = [&WON_BY_PERSON[..], &["--json"]].concat();
    let own = won_by_person(&out(on(&laptop, &kpi)));
    assert_eq!(own, [("Li Na".to_owned(), "8000.00".to_owned())]);
    let goal = out(on(&laptop, &["goal", "show", "--year", "2025"]));
    assert!(
        goal.contains("Li Na") && !goal.contains("Zhang Min"),
        "{goal}"
    );
    for (arguments, right) in [
        (&["account", "list"][..], "see accounts"),
        (&["batch", "list"], "see imports"),
        (&["personal", "list"], "see the audit log"),
    ] {
        let said = refused(&on(&laptop, arguments));
        assert!(
            said.contains("is not part of that") && said.contains(right),
            "{right}: {said}"
        );
    }

    out(on(
        &laptop,
        &[
            "follow-up",
            "add",
            "D1",
            "wants a second box",
            "--kind",
            "visit",
        ],
    ));
    out(on(
        &laptop,
        &[
            "follow-up",
            "next",
            "D1",
            "send the offer",
            "--due",
            "2026-12-24",
        ],
    ));
    out(on(&laptop, &["feedback", "add", "the price list is old"]));
    let shown = out(on(&laptop, &["follow-up", "list", "D1"]));
    assert!(
        shown.contains("wants a second box") && shown.contains("send the offer"),
        "{shown}"
    );
    refused(&on(&laptop, &["follow-up", "list", "D2"]));
    let sent = laptop.path("li.yejireturn");
    let sent = sent.to_str().unwrap();
    out(on(&laptop, &["personal", "return", sent]));

    let dry = yeji.ok(&["personal", "import", sent, "--dry-run"]);
    assert!(dry.contains("3 new") && dry.contains("dry run"), "{dry}");
    let taken = yeji.ok(&["personal", "import", sent]);
    assert!(taken.contains("batch"), "{taken}");
    let again = yeji.ok(&["personal", "import", sent]);
    assert!(again.contains("0 new, 3 there already"), "{again}");
    let shown = yeji.ok(&["follow-up", "list", "D1"]);
    assert!(shown.contains("wants a second box"), "{shown}");
    assert!(
        yeji.ok(&["feedback", "list"])
            .contains("the price list is old")
    );
    let changes = yeji.ok(&["history", "--last", "1"]);
    assert!(changes.contains("Li Na"), "the words are hers: {changes}");
    let audit = yeji.ok(&["audit"]);
    assert!(audit.contains("Personal file made"), "{audit}");
    yeji.ok(&["verify"]);
    out(on(&laptop, &["verify"]));

    // Another company knows nothing of it.
    let other = company();
    let said = other.fails(&["personal", "import", sent], 2);
    assert!(said.contains("not made from this store"), "{said}");
    let said = yeji.fails(&["personal", "import", file], 2);
    assert!(
        said.contains("whole store") && said.contains("整份数据"),
        "{said}"
    );
    let said = yeji.fails(&["personal", "return", "nowhere"], 2);
    assert!(said.contains("not a personal file"), "{said}");
}

#[test]
fn a_managers_file_holds_the_team() {
    let (yeji, laptop) = (company(), Yeji::new());
    let file = yeji.path("wang.yejipersonal");
    let made = out(export(&yeji, "Wang Wei", &file));
    assert!(made.contains("(manager)"), "{made}");
    out(on(&laptop, &["restore", file.to_str().unwrap()]));
    let shown = out(on(&laptop, &["follow-up", "list", "D1"]));
    assert!(!shown.contains("Secret Customer"));
    refused(&on(&laptop, &["follow-up", "list", "D2"]));
    let said = yeji.fails(&["personal", "export", "Nobody", "x"], 2);
    assert!(said.contains("Nobody"), "{said}");
}

/// Two people have one name: whose file it is has to be seen wherever it is named, and of nobody else.
#[test]
fn the_files_of_namesakes_are_told_apart() {
    let (yeji, laptop) = (company(), Yeji::new());
    let more = yeji.file(
        "more.csv",
        "name,staff_number,team,department,title\nLi Na,A9,North,East,Sales\n",
    );
    yeji.ok(&["import", more.to_str().unwrap(), "--yes"]);
    let file = yeji.path("li.yejipersonal");
    let made = out(export(&yeji, "A9", &file));
    assert!(made.contains("Li Na A9 (sales)"), "{made}");
    let changes = yeji.ok(&["history", "--last", "1"]);
    assert!(changes.contains("for Li Na A9"), "{changes}");
    let other = export(&yeji, "A3", &yeji.path("zhang.yejipersonal"));
    let made = out(other);
    assert!(made.contains("Zhang Min (sales)"), "{made}");
    let file = file.to_str().unwrap();
    out(on(&laptop, &["restore", file]));
    let over = yeji
        .command(&["restore", file])
        .env("YEJI_PASSPHRASE", PHRASE)
        .output();
    let said = refused(&over.unwrap());
    assert!(said.contains("Li Na A9"), "{said}");
}
