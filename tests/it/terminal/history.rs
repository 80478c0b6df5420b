//! Who did what, taking it back, and what was exported, as the command line tells it.

use serde_json::Value;
use yeji_store::{Key, OpenMode, Store};

use super::{chinese, small, text};

fn set_target(yeji: &crate::cli::Yeji, amount: &str) {
    yeji.ok(&[
        "bonus",
        "target",
        "--amount",
        amount,
        "--from",
        "2025-01-01",
    ]);
}

#[test]
fn changes_are_told_in_words_taken_back_and_done_again() {
    let yeji = small();
    yeji.ok(&["goal", "set", "--year", "2025", "--amount", "120000"]);
    set_target(&yeji, "5000");
    set_target(&yeji, "7000");

    let (_, told, _) = chinese(&yeji, &["history", "--last", "2"]);
    assert!(told.contains("设定目标奖金：7,000.00 CNY，3 人"), "{told}");
    assert!(
        !told.contains('{') && !told.contains("设定目标："),
        "two only, in words: {told}"
    );

    let rows = yeji.json(&["history", "--last", "1"]);
    let newest = rows[0]["id"].as_str().unwrap().to_owned();
    let out = yeji.ok(&["undo"]);
    assert!(
        out.starts_with("taken back: Target bonus set: 7,000.00 CNY"),
        "{out}"
    );
    let bonuses = yeji.json(&["history", "--last", "1"]);
    assert_eq!(bonuses[0]["kind"], "undo");
    let again = yeji.fails(&["undo", "--change", &newest], 2);
    assert!(
        again.contains("taken back already") && again.contains("已经撤销过"),
        "{again}"
    );

    let undo = bonuses[0]["id"].as_str().unwrap();
    let out = yeji.ok(&["undo", "--change", undo]);
    assert!(out.starts_with("done again: "), "{out}");

    // A record's own history, with values in words.
    let run = yeji.json(&["history", "--last", "10"]);
    let set = run
        .as_array()
        .unwrap()
        .iter()
        .find(|row| row["kind"] == "set_target_bonus")
        .unwrap();
    assert_eq!(set["taken_back"], false, "it was done again");
    yeji.fails(
        &["undo", "--change", "019ad000-0000-7000-8000-000000000000"],
        2,
    );
    yeji.fails(
        &[
            "history",
            "nonsense",
            "019ad000-0000-7000-8000-000000000000",
        ],
        2,
    );
    yeji.ok(&["verify"]);
}

#[test]
fn a_run_is_not_taken_back_and_its_mark_is_found_again() {
    let yeji = small();
    set_target(&yeji, "5000");
    yeji.ok(&["goal", "set", "--year", "2025", "--amount", "120000"]);
    yeji.ok(&["goal", "split", "--year", "2025", "--by", "equal"]);
    let run = yeji.json(&["bonus", "run", "--period", "2025-Q1"]);
    let mark = run["audit_head"].as_str().expect("the mark is on the run");
    let said = yeji.fails(&["undo"], 2);
    assert!(said.contains("cannot be taken back"), "{said}");
    let held = yeji.ok(&["verify", "--head", mark]);
    assert!(
        held.contains(&format!("mark of the audit log: {mark}")),
        "{held}"
    );
    let output = yeji.run(&["verify", "--head", "2-aaaaaaaaaaaa", "--json"]);
    assert_eq!(
        output.status.code(),
        Some(1),
        "a mark that the log does not hold"
    );
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let broken: Vec<&Value> = report["checks"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|check| check["ok"] == false)
        .collect();
    let why = "the log itself is whole";
    assert_eq!(broken.len(), 1, "{why}: {broken:?}");
    assert_eq!(broken[0]["name"], "head", "{why}");
    let detail = broken[0]["detail"].as_str().unwrap();
    assert!(detail.contains("2-aaaaaaaaaaaa"), "{detail}");
    let output = yeji.run(&["verify", "--head", "2-aaaaaaaaaaaa"]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        said.contains("Check the mark first") && !said.contains("Restore a backup"),
        "a typing error is likelier than damage: {said}"
    );
    let said = yeji.fails(&["verify", "--head", "nonsense"], 2);
    assert!(
        said.contains("12-3f9a2c41b7d0"),
        "it says how a mark looks: {said}"
    );
}

#[test]
fn what_leaves_the_store_is_recorded_also_beside_an_open_window() {
    let yeji = small();
    let out = yeji.path("out");
    let report = [
        "report",
        "dashboard",
        "--period",
        "2025-Q1",
        "--format",
        "xlsx",
        "--out",
        text(&out),
    ];
    yeji.ok(&report);
    yeji.ok(&["backup", text(&yeji.path("copy.yejibackup"))]);
    let log = yeji.json(&["audit"]);
    let actions: Vec<&str> = log["entries"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| entry["action"].as_str().unwrap())
        .collect();
    assert_eq!(actions, ["export.backup", "export.report"], "newest first");
    assert_eq!(log["head"], log["entries"][0]["mark"]);

    let runtime = tokio::runtime::Runtime::new().unwrap();
    let held = runtime
        .block_on(Store::open(&yeji.store(), &Key::Plain, OpenMode::ReadWrite))
        .unwrap();
    let late = yeji.path("late");
    let beside = [
        "report",
        "dashboard",
        "--period",
        "2025-Q1",
        "--format",
        "xlsx",
        "--out",
        text(&late),
    ];
    let output = yeji.run(&beside);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{said}");
    assert!(said.contains("noted beside it"), "{said}");
    assert!(
        late.is_dir(),
        "a command at night must not fail for an open window"
    );
    let copy = yeji.path("late.yejibackup");
    yeji.ok(&["backup", text(&copy)]);
    assert!(copy.exists());
    yeji.ok(&["audit"]);
    yeji.ok(&["history", "--last", "3"]);
    runtime.block_on(held.close()).unwrap();

    let csv = yeji.path("audit.csv");
    yeji.ok(&["audit", "--csv", text(&csv)]);
    let actions_of = |csv: &std::path::Path| {
        let written = std::fs::read_to_string(csv).unwrap();
        let rows = written.lines().skip(1).map(str::to_owned);
        rows.collect::<Vec<_>>()
    };
    let expected = [
        "export.report",
        "export.backup",
        "export.report",
        "export.backup",
        "export.audit",
    ];
    let rows = actions_of(&csv);
    assert_eq!(rows.len(), expected.len(), "each once, what was noted too");
    for (row, action) in rows.iter().zip(expected) {
        assert!(row.contains(action), "{action} comes here: {row}");
    }
    let notes = yeji.store().join("audit-pending");
    assert_eq!(std::fs::read_dir(&notes).unwrap().count(), 0);

    // What nobody can read is recorded as that, and kept.
    std::fs::write(notes.join("0.entry"), "no entry").unwrap();
    let after = yeji.path("after.csv");
    yeji.ok(&["audit", "--csv", text(&after)]);
    let rows = actions_of(&after);
    assert!(rows[5].contains("audit.unreadable"), "{rows:?}");
    assert!(notes.join("0.unreadable").exists());
    yeji.ok(&["verify"]);
}
