//! The company's calendar on the command line, with the real program.

use crate::cli::Yeji;

/// A small company of its own.
fn company() -> Yeji {
    let yeji = Yeji::new();
    yeji.ok(&["demo", "--people", "8", "--deals", "20"]);
    yeji
}

fn days_of(view: &serde_json::Value, key: &str) -> i64 {
    let rows = view["periods"].as_array().unwrap();
    let row = rows.iter().find(|row| row["period"] == key);
    row.unwrap_or_else(|| panic!("no {key}"))["working_days"]
        .as_i64()
        .unwrap()
}

#[test]
fn a_fiscal_year_with_chinas_holidays_and_a_list_of_the_next_year() {
    let yeji = company();
    yeji.json(&["calendar", "set", "--first-month", "1"]);
    let plain = yeji.json(&["calendar", "show", "--year", "2026"]);
    assert_eq!(days_of(&plain, "2026"), 261, "Monday to Friday at first");
    yeji.json(&[
        "calendar",
        "set",
        "--first-month",
        "4",
        "--holidays",
        "china",
    ]);
    let show = ["calendar", "show", "--year", "2026"];
    let view = yeji.json(&show);
    assert_eq!(days_of(&view, "FY2026@04"), 253);
    assert_eq!(view["unknown_years"], serde_json::json!([2027]));

    let list = yeji.file(
        "2027.ics",
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20270208\nDTEND;VALUE=DATE:20270213\n\
         SUMMARY:春节\nEND:VEVENT\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20270220\nSUMMARY:春节（班）\n\
         END:VEVENT\nEND:VCALENDAR\n",
    );
    yeji.json(&["calendar", "import", list.to_str().unwrap()]);
    let view = yeji.json(&show);
    assert_eq!(days_of(&view, "FY2026@04"), 249, "five off, one made up");
    assert_eq!(view["unknown_years"], serde_json::json!([]));
    yeji.ok(&["undo"]);
    assert_eq!(days_of(&yeji.json(&show), "FY2026@04"), 253, "taken back");

    // What is not named stays as it is.
    yeji.json(&["calendar", "set", "--months", "4-4-5"]);
    let view = yeji.json(&show);
    assert_eq!(view["rule"]["first_month"], 4);
    assert_eq!(view["holidays"], "china");
    assert_eq!(view["periods"][0]["period"], "FY2026@04-445");
}

#[test]
fn a_list_with_a_mistake_changes_nothing() {
    let yeji = company();
    yeji.json(&["calendar", "set", "--holidays", "china"]);
    let list = yeji.file(
        "bad.csv",
        "date,kind,name\n2027-02-08,holiday,春节\n2027-02-20,perhaps,春节\n",
    );
    let said = yeji.fails(&["calendar", "import", list.to_str().unwrap()], 2);
    assert!(
        said.contains("bad.csv") && said.contains('3') && said.contains("perhaps"),
        "file, line and word are named: {said}"
    );
    yeji.fails(&["calendar", "set", "--first-month", "13"], 2);
    yeji.fails(&["calendar", "import", "nowhere.csv"], 2);
    let view = yeji.json(&["calendar", "show"]);
    assert_eq!(view["days"], serde_json::json!([]));
    assert_eq!(view["rule"]["first_month"], 1);
}
