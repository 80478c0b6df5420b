//! What `yeji import --dry-run` shows of the rows before anything is written.

use serde_json::Value;

use crate::cli::Yeji;

const PEOPLE: &str = "name,staff_number,team\nAnn,A1,North\nBob,B2,South\n";
const HEAD: &str = "opportunity_id,sales_agent,account,product,deal_stage,close_date,close_value\n";

fn deals(rows: impl Iterator<Item = u32>, amount: impl Fn(u32) -> String) -> String {
    let rows = rows.map(|at| format!("D{at},A1,Acme,Box,Won,2026-03-01,{}\n", amount(at)));
    format!("{HEAD}{}", rows.collect::<String>())
}

#[test]
fn a_dry_run_shows_new_and_changed_rows_and_what_would_be_emptied() {
    let yeji = Yeji::new();
    let people = yeji.file("people.csv", PEOPLE);
    let file = yeji.file("deals.csv", deals(1..=8, |at| format!("{at}00")));
    let [people, file] = [&people, &file].map(|path| path.to_str().unwrap());
    yeji.ok(&["import", people, file, "--currency", "CNY", "--yes"]);

    // Seven deals get another amount, one loses its own, one comes from somebody else, 22 are new.
    let changed = deals(1..=30, |at| match at {
        3 => String::new(),
        _ => format!("{at}50.5"),
    });
    std::fs::write(file, changed.replace("D2,A1", "D2,B2")).unwrap();
    let output = yeji.run(&["import", file, "--dry-run"]);
    assert!(output.status.success(), "{output:?}");
    let said = String::from_utf8(output.stderr).unwrap();
    for line in [
        "deals.csv: new rows, 5 of 22 shown",
        "  line 10 · D9: owner Ann (A1); customer Acme; product Box; stage won; closed on 2026-03-01; amount 950.50 CNY",
        "deals.csv: changed rows, 5 of 8 shown",
        "  line 2 · D1: amount 100.00 CNY → 150.50 CNY",
        "  line 3 · D2: owner Ann (A1) → Bob (B2); amount 200.00 CNY → 250.50 CNY",
        "  line 4 · D3: amount 300.00 CNY → (empty)",
        "note: values that would be emptied: 1, for example amount of D3, now 300.00 CNY",
        "  Opportunities · amount: 1",
    ] {
        assert!(said.contains(&format!("{line}\n")), "{line}\n---\n{said}");
    }
    assert!(!said.contains("D6"), "five of each are printed: {said}");

    let preview = yeji.json(&["import", file, "--dry-run"]);
    let table = &preview["files"][0];
    let count = |of: &str| table[of].as_array().map(Vec::len);
    assert_eq!(
        (count("new_samples"), count("changed_samples")),
        (Some(20), Some(8))
    );
    assert_eq!(table["changed_samples"][0]["line"], 2);
    let field = &table["changed_samples"][2]["record"]["fields"][0];
    assert_eq!(
        (&field["field"], &field["to"]["code"]),
        (&"amount".into(), &"value_none".into())
    );
    assert_eq!(preview["emptied"]["count"], 1);
    assert_eq!(preview["emptied"]["fields"][0]["kind"], "opportunities");

    let done = yeji.json(&["import", file, "--yes"]);
    assert_eq!(
        done["files"][0]["changed_samples"],
        Value::Array(Vec::new())
    );
    assert_eq!(
        done["emptied"]["count"], 0,
        "what is done is in the history"
    );
}
