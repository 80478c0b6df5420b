//! Files of people as they come: after the deals, without the department, with the hire date later.
//! What a person would see of it in the figures.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::cli::Yeji;

const DEALS: &str =
    "opportunity_id,sales_agent,account,product,deal_stage,close_date,close_value\n";

fn deals(lines: &str) -> String {
    format!("{DEALS}{lines}")
}

/// Imports one file; its result.
fn import(yeji: &Yeji, name: &str, text: &str) -> Value {
    let path = yeji.file(name, text);
    yeji.json(&[
        "import",
        path.to_str().unwrap(),
        "--currency",
        "CNY",
        "--yes",
    ])
}

/// Won amounts of 2025 by label, without those that are zero.
fn won(yeji: &Yeji, by: &str) -> BTreeMap<String, String> {
    let (from, to) = ("2025-01-01", "2026-01-01");
    let table = yeji.json(&[
        "kpi",
        "--metric",
        "won_amount",
        "--by",
        by,
        "--from",
        from,
        "--to",
        to,
    ]);
    let cell = |row: &Value, field: &str| row[field].as_str().unwrap().to_owned();
    let rows = table["rows"].as_array().unwrap();
    rows.iter()
        .map(|row| (cell(row, "label"), cell(row, "value")))
        .filter(|(_, value)| value != "0.00")
        .collect()
}

fn amounts(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    pairs.iter().map(owned).collect()
}

/// A goal of 2025 split equally: amounts of people and teams.
fn goals(yeji: &Yeji, amount: &str) -> BTreeMap<String, String> {
    yeji.ok(&["goal", "set", "--year", "2025", "--amount", amount]);
    yeji.ok(&["goal", "split", "--year", "2025", "--by", "equal"]);
    let shown = yeji.json(&["goal", "show", "--year", "2025"]);
    let cell = |node: &Value, field: &str| node[field].as_str().unwrap().to_owned();
    let nodes = shown["nodes"].as_array().unwrap();
    nodes
        .iter()
        .filter(|node| node["period"] == "2025" && node["level"] != "company")
        .map(|node| (cell(node, "name"), cell(node, "amount")))
        .collect()
}

fn codes(result: &Value) -> Vec<(u64, String)> {
    let rejected = result["files"][0]["rejected"].as_array().unwrap();
    rejected
        .iter()
        .map(|row| {
            let code = row["reason"]["code"].as_str().unwrap().to_owned();
            (row["line"].as_u64().unwrap(), code)
        })
        .collect()
}

fn note<'a>(result: &'a Value, code: &str) -> Option<&'a Value> {
    let notes = result["notes"].as_array().unwrap();
    notes.iter().find(|note| note["code"] == code)
}

#[test]
fn a_seller_who_leads_another_team_sells_where_the_goal_is() {
    let yeji = Yeji::new();
    let people = "name,team,manager\nBob,North,Eva\nAnn,North,Eva\nTom,South,Bob\n";
    import(&yeji, "people.csv", people);
    let lines = "D1,Bob,Acme,Pump,Won,2025-02-03,1000\nD2,Tom,Acme,Pump,Won,2025-03-04,10\n";
    import(&yeji, "deals.csv", &deals(lines));
    assert_eq!(
        won(&yeji, "team"),
        amounts(&[("North", "1000.00"), ("South", "10.00")])
    );
    let goals = goals(&yeji, "3000");
    assert_eq!(goals["North"], "2000.00", "Bob's goal is in North as well");
    yeji.ok(&["verify"]);
}

#[test]
fn people_may_come_after_their_deals() {
    let lines = "D1,Bob,Acme,Pump,Won,2025-02-03,1000\nD2,Ann,Acme,Pump,Won,2025-03-04,10\n";
    let people = "name,staff_number,team\nBob,1,North\nAnn,2,South\n";
    let late = Yeji::new();
    import(&late, "deals.csv", &deals(lines));
    let result = import(&late, "people.csv", people);
    assert_eq!(note(&result, "transfers_recorded"), None, "{result}");
    let teams = amounts(&[("North", "1000.00"), ("South", "10.00")]);
    assert_eq!(won(&late, "team"), teams);
    late.ok(&["verify"]);
    let again = import(&late, "people.csv", people);
    assert_eq!(again["nothing_to_do"], true, "{again}");

    let early = Yeji::new();
    import(&early, "people.csv", people);
    import(&early, "deals.csv", &deals(lines));
    assert_eq!(won(&early, "team"), teams, "the order does not matter");
    assert_eq!(goals(&late, "100.01"), goals(&early, "100.01"));
}

#[test]
fn deals_of_one_of_two_namesakes_wait_for_a_number() {
    let yeji = Yeji::new();
    let lines = "D1,王伟,甲公司,泵,Won,2025-02-03,1000\nD2,王伟,甲公司,泵,Won,2025-03-04,10\n";
    let first = import(&yeji, "deals.csv", &deals(lines));
    let people = "姓名,工号,团队\n王伟,1002,一组\n王伟,1001,二组\n李娜,1003,一组\n";
    let path = yeji.file("people.csv", people);
    let said = yeji.run(&["import", path.to_str().unwrap(), "--yes"]);
    let said = String::from_utf8_lossy(&said.stderr).into_owned();
    for part in ["1001, 1002", "Undo the earlier import"] {
        assert!(said.contains(part), "`{part}` is not in: {said}");
    }
    assert_eq!(won(&yeji, "person"), amounts(&[("王伟", "1010.00")]));
    assert!(
        !won(&yeji, "team").contains_key("一组"),
        "nobody was given them"
    );

    // The way that the message names.
    yeji.ok(&["batch", "undo", first["batch"].as_str().unwrap()]);
    let result = import(&yeji, "people.csv", people);
    assert_eq!(codes(&result), []);
    let numbered = lines
        .replacen("王伟", "1002", 1)
        .replacen("王伟", "1001", 1);
    import(&yeji, "deals.csv", &deals(&numbered));
    let teams = amounts(&[("一组", "1000.00"), ("二组", "10.00")]);
    assert_eq!(won(&yeji, "team"), teams);
}

#[test]
fn a_hire_date_that_comes_later_counts_for_goals() {
    let yeji = Yeji::new();
    import(&yeji, "people.csv", "name,team\nBob,North\nAnn,North\n");
    assert_eq!(goals(&yeji, "100")["Bob"], "50.00");
    let dated = "name,team,hired_on\nBob,North,2026-06-01\nAnn,North,\n";
    let result = import(&yeji, "people.csv", dated);
    assert_eq!(result["files"][0]["changed_rows"], 1);
    let goals = goals(&yeji, "100");
    assert_eq!((goals.get("Bob"), &*goals["Ann"]), (None, "100.00"));
}

#[test]
fn a_title_alone_takes_no_goal_and_can_be_mapped() {
    let people = "name,team,title\nBob,North,Sales Manager\nAnn,North,Sales Rep\n\
        Eva,North,Sales Manager\n";
    let deals = deals("D1,Bob,Acme,Pump,Won,2025-02-03,1000\n");
    let yeji = Yeji::new();
    let (people_file, deals_file) = (
        yeji.file("people.csv", people),
        yeji.file("deals.csv", &deals),
    );
    let (people_path, deals_path) = (people_file.to_str().unwrap(), deals_file.to_str().unwrap());
    yeji.json(&[
        "import",
        people_path,
        deals_path,
        "--currency",
        "CNY",
        "--yes",
    ]);
    let shares = goals(&yeji, "100");
    assert_eq!(
        shares["Bob"], "50.00",
        "who sells carries a goal: {shares:?}"
    );
    assert_eq!(shares.get("Eva"), None, "a manager without deals leads");
    let again = yeji.json(&["import", people_path, "--yes"]);
    assert_eq!(again["nothing_to_do"], true, "{again}");

    // The people first: the deals tell who has no goal and sells, and what to do.
    let yeji = Yeji::new();
    import(&yeji, "people.csv", people);
    let result = import(&yeji, "deals.csv", &deals);
    let told = note(&result, "managers_with_deals").expect("it is told");
    assert_eq!(told["params"]["names"], "Bob");
    import(&yeji, "people.csv", people);
    assert_eq!(goals(&yeji, "100")["Bob"], "50.00");

    // A mapping file decides.
    let yeji = Yeji::new();
    let map = "kind = \"people\"\n[columns]\nname = \"name\"\nteam = \"team\"\nrole = \"title\"\n\
        [roles]\n\"Sales Manager\" = \"sales\"\n";
    let map_file = yeji.file("map.toml", map);
    let people_file = yeji.file("people.csv", people);
    let (map_path, people_path) = (map_file.to_str().unwrap(), people_file.to_str().unwrap());
    yeji.json(&["import", people_path, "--map", map_path, "--yes"]);
    assert_eq!(goals(&yeji, "90")["Eva"], "30.00");
}

#[test]
fn a_team_row_without_its_department_makes_no_third_team() {
    let yeji = Yeji::new();
    let people = "name,team,department\nBob,A,East\nAnn,A,West\n";
    import(&yeji, "people.csv", people);
    import(
        &yeji,
        "deals.csv",
        &deals("D1,Bob,Acme,Pump,Won,2025-02-03,1000\n"),
    );
    let less = import(&yeji, "less.csv", "name,team\nBob,A\nAnn,A\n");
    assert_eq!(less["nothing_to_do"], true, "{less}");
    let path = yeji.file("more.csv", "name,team\nEve,A\nBob,A\n");
    let said = yeji.run(&["import", path.to_str().unwrap(), "--yes"]);
    let said = String::from_utf8_lossy(&said.stderr).into_owned();
    for part in ["several teams are called “A” (2)", "Add the department"] {
        assert!(said.contains(part), "`{part}` is not in: {said}");
    }
    let more = import(&yeji, "more.csv", "name,team\nEve,A\nBob,A\n");
    assert_eq!(codes(&more), [(2, "team_ambiguous".to_owned())]);
    assert_eq!(won(&yeji, "person"), amounts(&[("Bob", "1000.00")]));
    yeji.ok(&["verify"]);
}
