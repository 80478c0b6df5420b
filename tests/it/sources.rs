//! Two sources of the same customers, and a folder whose exports are taken, as scripts use them.

use std::path::Path;

use serde_json::Value;

use crate::cli::Yeji;

const CRM: &str = "客户编号,客户名称,地区\nC-1,华讯科技,华东\nC-2,远景,华南\n";
const ERP: &str = "客户编号,客户名称,地区\nC-1,华讯科技,华北\nC-2,远景,华南\n";

fn text(path: &Path) -> &str {
    path.to_str().expect("temporary paths are text")
}

fn import(yeji: &Yeji, source: &str, content: &str) -> String {
    let file = yeji.file(&format!("{source}.csv"), content);
    yeji.ok(&["import", text(&file), "--source", source, "--yes"]);
    let list = yeji.json(&["batch", "list"]);
    list[0]["id"].as_str().unwrap().to_owned()
}

/// Source, value and whether it stands, of the only field in dispute.
fn said(yeji: &Yeji) -> Vec<(String, String, bool)> {
    let list = yeji.json(&["disagreements"]);
    let rows = list.as_array().unwrap();
    assert!(rows.len() <= 1, "{list}");
    let values = rows.first().map_or(&Value::Null, |row| &row["values"]);
    let values = values.as_array().cloned().unwrap_or_default();
    values
        .iter()
        .map(|one| {
            (
                one["source"].as_str().unwrap().to_owned(),
                one["value"]["params"]["text"].as_str().unwrap().to_owned(),
                one["stands"].as_bool().unwrap(),
            )
        })
        .collect()
}

fn word(source: &str, value: &str, stands: bool) -> (String, String, bool) {
    (source.to_owned(), value.to_owned(), stands)
}

#[test]
fn sources_follow_the_stated_order_and_disagreements_are_listed() {
    let yeji = Yeji::new();
    import(&yeji, "crm", CRM);
    yeji.ok(&["sources", "precedence", "crm,erp"]);
    let erp = import(&yeji, "erp", ERP);
    let expected = [word("crm", "华东", true), word("erp", "华北", false)];
    assert_eq!(said(&yeji), expected);

    // Another order holds at once.
    yeji.ok(&["sources", "precedence", "erp,crm"]);
    let turned = [word("erp", "华北", true), word("crm", "华东", false)];
    assert_eq!(said(&yeji), turned);
    let sources = yeji.json(&["sources"]);
    assert_eq!(sources["sources"][0]["source"], "erp");
    assert_eq!(sources["sources"][0]["disagreements"], 1);

    // A person takes the other value.
    let list = yeji.json(&["disagreements", "--kind", "customers", "--source", "crm"]);
    let record = format!(
        "{}:{}",
        list[0]["entity"].as_str().unwrap(),
        list[0]["id"].as_str().unwrap()
    );
    yeji.ok(&["disagreements", "take", &record, "region", "crm"]);
    let chosen = yeji.json(&["disagreements"]);
    assert_eq!(chosen[0]["reason"], "chosen");
    yeji.fails(&["disagreements", "take", "nonsense", "region", "crm"], 2);
    let other = ["disagreements", "take", &record, "customer type", "crm"];
    let refused = yeji.fails(&other, 2);
    assert!(refused.contains("They disagree on: region"), "{refused}");
    yeji.fails(&["sources", "precedence", "crm,crm"], 2);

    // With the import its word goes.
    yeji.ok(&["batch", "undo", &erp]);
    assert_eq!(said(&yeji), []);
    yeji.ok(&["verify"]);
}

#[test]
fn a_file_goes_on_with_its_source() {
    let yeji = Yeji::new();
    let october = yeji.file("erp-2026-10.csv", CRM);
    yeji.ok(&["import", text(&october), "--source", "erp", "--yes"]);
    let november = yeji.file("erp-2026-11.csv", CRM.replace("华东", "华北"));
    yeji.ok(&["import", text(&november), "--yes"]);
    let list = yeji.json(&["batch", "list"]);
    assert_eq!(
        list[0]["source"], "erp",
        "the export of the month before was the ERP's"
    );
    assert_eq!(list[0]["changed_rows"], 1);
}

#[test]
fn a_watched_folder_takes_what_is_clear_and_tells_what_is_not() {
    let yeji = Yeji::new();
    import(&yeji, "crm", CRM);
    let folder = yeji.path("exports");
    std::fs::create_dir(&folder).unwrap();
    // Its last row has no name.
    let new = format!("{}C-9,,\n", CRM.replace("C-2", "C-3"));
    std::fs::write(folder.join("new.csv"), new).unwrap();
    let taken = yeji.json(&["watch", text(&folder), "--once"]);
    assert_eq!(taken[0]["state"], "taken", "{taken}");
    assert_eq!(taken[0]["batch"]["new_rows"], 1);

    std::fs::write(
        folder.join("other.csv"),
        "客户编号,客户名称,备用\nC-9,新,x\n",
    )
    .unwrap();
    let said = yeji.fails(&["watch", text(&folder), "--once"], 2);
    assert!(
        said.contains("other.csv") && said.contains("备用"),
        "{said}"
    );
    let quiet = yeji.json(&["watch", text(&folder), "--once"]);
    assert_eq!(quiet.as_array().unwrap().len(), 0, "it is told once");
    assert!(folder.join("new.csv").exists() && folder.join("other.csv").exists());

    let list = yeji.json(&["watch"]);
    assert_eq!(list["folders"].as_array().unwrap().len(), 1);
    assert_eq!(list["files"].as_array().unwrap().len(), 2);
    let shown = yeji.ok(&["watch"]);
    let line = shown.lines().find(|line| line.contains("new.csv")).unwrap();
    let ones = line.split_whitespace().filter(|word| *word == "1").count();
    assert_eq!(ones, 2, "taken and not taken: {line}");
    let stopped = yeji.run(&["watch", text(&folder), "--stop"]);
    let said = String::from_utf8_lossy(&stopped.stderr);
    assert!(
        stopped.status.success() && said.contains("no longer watched"),
        "{said}"
    );
    assert_eq!(
        yeji.json(&["watch"])["folders"].as_array().unwrap().len(),
        0
    );
}

/// Imports that are not taken back.
fn standing(yeji: &Yeji) -> usize {
    let list = yeji.json(&["batch", "list"]);
    let batches = list.as_array().unwrap().iter();
    batches.filter(|one| one["undone_at"].is_null()).count()
}

/// A script must not take away what a later import holds, and can say what it wants.
#[test]
fn an_import_that_a_later_one_repeated_is_not_taken_back_without_a_word() {
    let yeji = Yeji::new();
    let january = import(&yeji, "crm", CRM);
    let february = import(&yeji, "crm", &format!("{CRM}C-3,新桥,华北\n"));
    let refused = yeji.fails(&["batch", "undo", &january], 2);
    assert!(refused.contains("crm.csv"), "{refused}");
    assert!(refused.contains("--with-later"), "{refused}");
    assert!(refused.contains("--alone"), "{refused}");
    let changes = yeji.json(&["history", "--last", "9"]);
    let mut changes = changes.as_array().unwrap().iter();
    let change = changes
        .find(|one| one["batch"] == january.as_str())
        .unwrap();
    let change = change["id"].as_str().unwrap();
    let refused = yeji.fails(&["undo", "--change", change], 2);
    assert!(refused.contains("--with-later"), "{refused}");

    let undone = yeji.json(&["batch", "undo", &january, "--with-later"]);
    assert_eq!(standing(&yeji), 0);
    assert_eq!(undone["later"][0]["id"], february.as_str(), "{undone}");

    let january = import(&yeji, "crm", CRM);
    import(&yeji, "crm", &format!("{CRM}C-3,新桥,华北\n"));
    let undone = yeji.json(&["batch", "undo", &january, "--alone"]);
    assert_eq!(standing(&yeji), 1);
    assert_eq!(undone["later"], serde_json::json!([]), "{undone}");
}
