//! What is printed for people, and which days are taken.

use chrono::{DateTime, Days, FixedOffset};

use crate::cli::Yeji;

fn demo() -> Yeji {
    let yeji = Yeji::new();
    yeji.ok(&["demo", "--people", "6", "--deals", "200", "--years", "1"]);
    yeji
}

#[test]
fn batches_are_listed_in_local_time() {
    let yeji = demo();
    let batches = yeji.json(&["batch", "list"]);
    let at: DateTime<FixedOffset> = batches[0]["at"].as_str().unwrap().parse().unwrap();
    // POSIX writes east of Greenwich with a minus; without summer time on any day.
    let output = yeji
        .command(&["batch", "list"])
        .env("TZ", "XXX-8")
        .output()
        .unwrap();
    let listed = String::from_utf8(output.stdout).unwrap();
    let east = FixedOffset::east_opt(8 * 3_600).unwrap();
    let local = at.with_timezone(&east).format("%Y-%m-%d %H:%M").to_string();
    assert!(listed.contains(&local), "{local} is not in {listed}");
}

#[test]
fn days_outside_the_calendar_are_bad_input() {
    let yeji = demo();
    let ask = |from: &str, to: &str| {
        let arguments = [
            "kpi",
            "--metric",
            "won_amount",
            "--by",
            "week",
            "--from",
            from,
            "--to",
            to,
        ];
        yeji.fails(&arguments, 2)
    };
    for (from, to) in [("1899-12-31", "1900-02-01"), ("2200-12-01", "2201-01-02")] {
        let said = ask(from, to);
        assert!(said.contains("1900 to 2200"), "{said}");
    }
    let last = chrono::NaiveDate::MAX;
    let before = last - Days::new(40);
    ask(&before.to_string(), &last.to_string());
    let target = [
        "bonus",
        "target",
        "--amount",
        "5000",
        "--from",
        "2300-01-01",
    ];
    let said = yeji.fails(&target, 2);
    assert!(said.contains("1900 to 2200"), "{said}");
}
