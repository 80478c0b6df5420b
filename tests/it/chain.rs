//! The main job on a real CRM export: import, goal, attainment, bonus, report.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::cli::{Yeji, crm};

/// Cents of a plain decimal with two decimals.
fn cents(text: &str) -> i64 {
    text.replace('.', "")
        .parse()
        .unwrap_or_else(|_| panic!("`{text}` is no amount"))
}

fn text<'a>(value: &'a Value, field: &str) -> &'a str {
    value[field]
        .as_str()
        .unwrap_or_else(|| panic!("`{field}` is no text in {value}"))
}

/// A store with the CRM export in it.
fn imported() -> Option<Yeji> {
    let folder = crm()?;
    let yeji = Yeji::new();
    yeji.json(&[
        "import",
        folder.to_str().unwrap(),
        "--currency",
        "USD",
        "--yes",
    ]);
    Some(yeji)
}

fn kpi(yeji: &Yeji, by: &str, from: &str, to: &str) -> BTreeMap<String, i64> {
    let arguments = [
        "kpi",
        "--metric",
        "won_amount",
        "--by",
        by,
        "--from",
        from,
        "--to",
        to,
    ];
    let table = yeji.json(&arguments);
    let rows = table["rows"].as_array().unwrap();
    rows.iter()
        .map(|row| (text(row, "key").to_owned(), cents(text(row, "value"))))
        .collect()
}

#[test]
fn the_export_gives_its_known_figures() {
    let Some(yeji) = imported() else { return };
    let quarters = kpi(&yeji, "quarter", "2017-01-01", "2018-01-01");
    let expected = [
        ("2017-Q1", 1_134_672),
        ("2017-Q2", 3_086_111),
        ("2017-Q3", 2_982_255),
        ("2017-Q4", 2_802_496),
    ];
    for (quarter, amount) in expected {
        assert_eq!(quarters[quarter], amount * 100, "{quarter}");
    }
    for by in ["week", "month", "person", "team", "customer_type"] {
        let sum: i64 = kpi(&yeji, by, "2017-01-01", "2018-01-01").values().sum();
        assert_eq!(sum, 1_000_553_400, "split by {by} closes to the whole");
    }
    let months = kpi(&yeji, "month", "2017-01-01", "2018-01-01");
    assert!(
        !months.contains_key("2017-01"),
        "a month without data is unknown, not zero"
    );
    assert_eq!(kpi(&yeji, "team", "2017-01-01", "2018-01-01").len(), 6);
    assert_eq!(
        kpi(&yeji, "person", "2017-01-01", "2018-01-01").len(),
        35,
        "agents without a deal are there with 0"
    );
    let count = yeji.json(&[
        "kpi",
        "--metric",
        "won_count",
        "--by",
        "quarter",
        "--from",
        "2017-01-01",
        "--to",
        "2018-01-01",
    ]);
    assert_eq!(text(&count, "total"), "4238");
}

#[test]
fn importing_again_changes_nothing_and_a_batch_can_be_undone() {
    let Some(folder) = crm() else { return };
    let yeji = Yeji::new();
    let path = folder.to_str().unwrap();
    let first = yeji.json(&["import", path, "--currency", "USD", "--yes"]);
    let files = first["files"].as_array().unwrap();
    let sum = |field: &str| {
        files
            .iter()
            .map(|file| file[field].as_u64().unwrap())
            .sum::<u64>()
    };
    assert_eq!(sum("new_rows"), 8_800 + 85 + 7 + 35);
    assert_eq!(sum("rejected_rows"), 0);
    let alias = &first["aliases"][0];
    assert_eq!(
        (text(alias, "text"), text(alias, "proposal")),
        ("GTXPro", "GTX Pro")
    );
    assert_eq!(
        cents(text(&alias["won_amount"], "amount")),
        351_057_800,
        "what hangs on the alias"
    );

    let again = yeji.json(&["import", path, "--yes"]);
    assert_eq!(
        again["nothing_to_do"], true,
        "the same files change nothing: {again}"
    );
    assert_eq!(again["batch"], Value::Null);
    let without_yes = yeji.json(&["import", path]);
    assert_eq!(
        without_yes["nothing_to_do"], true,
        "the alias is remembered"
    );

    let batch = text(&first, "batch");
    let unnamed = yeji.fails(&["undo"], 2);
    assert!(
        unnamed.contains(batch),
        "a whole import goes only by name: {unnamed}"
    );
    let undone = yeji.json(&["batch", "undo", batch]);
    assert_eq!(undone["kept"].as_array().unwrap().len(), 0, "{undone}");
    let taken_back = yeji.fails(&["undo"], 2);
    assert!(
        taken_back.contains("took an import back"),
        "nothing older is meant: {taken_back}"
    );
    assert!(kpi(&yeji, "quarter", "2017-01-01", "2018-01-01").is_empty());
    yeji.ok(&["verify"]);
    yeji.json(&["import", path, "--currency", "USD", "--yes"]);
    assert_eq!(
        kpi(&yeji, "quarter", "2017-01-01", "2018-01-01")["2017-Q2"],
        308_611_100
    );
}

#[test]
fn undecided_names_stop_an_import() {
    let Some(folder) = crm() else { return };
    let yeji = Yeji::new();
    let said = yeji.fails(
        &["import", folder.to_str().unwrap(), "--currency", "USD"],
        2,
    );
    assert!(said.contains("GTXPro"), "the name is named: {said}");
    assert!(!yeji.store().exists(), "and nothing was written");
}

#[test]
fn the_goal_closes_on_both_axes_at_every_level() {
    let Some(yeji) = imported() else { return };
    yeji.ok(&[
        "goal",
        "set",
        "--metric",
        "won_amount",
        "--year",
        "2018",
        "--amount",
        "12000000.01",
    ]);
    yeji.ok(&[
        "goal", "split", "--year", "2018", "--by", "history", "--base", "2017",
    ]);
    let shown = yeji.json(&["goal", "show", "--year", "2018"]);
    let nodes = shown["nodes"].as_array().unwrap();
    let mut amounts: BTreeMap<(&str, &str), i64> = BTreeMap::new();
    for node in nodes {
        amounts.insert(
            (text(node, "unit"), text(node, "period")),
            cents(text(node, "amount")),
        );
    }
    let mut by_unit: BTreeMap<(&str, &str), i64> = BTreeMap::new();
    let mut by_period: BTreeMap<(&str, &str), i64> = BTreeMap::new();
    let mut company = "";
    for node in nodes {
        let (unit, period, amount) = (
            text(node, "unit"),
            text(node, "period"),
            cents(text(node, "amount")),
        );
        match node["parent_unit"].as_str() {
            Some(parent) => *by_unit.entry((parent, period)).or_default() += amount,
            None => company = unit,
        }
        if let Some(parent) = node["parent_period"].as_str() {
            *by_period.entry((unit, parent)).or_default() += amount;
        }
    }
    for (key, sum) in by_unit.iter().chain(&by_period) {
        assert_eq!(amounts[key], *sum, "{key:?}: the children sum to it");
    }
    assert_eq!(amounts[&(company, "2018")], 1_200_000_001);
    let levels: BTreeMap<&str, usize> = nodes.iter().filter(|n| text(n, "period") == "2018").fold(
        BTreeMap::new(),
        |mut all, node| {
            *all.entry(text(node, "level")).or_default() += 1;
            all
        },
    );
    assert_eq!(
        levels,
        BTreeMap::from([
            ("company", 1),
            ("department", 3),
            ("team", 6),
            ("person", 35)
        ])
    );
    for key in ["2018-01/W05", "2018-02/W05", "2018-12/W01"] {
        assert!(
            amounts.contains_key(&(company, key)),
            "a week cut at a month's end is {key}"
        );
    }
    // 2017 is no full year: time goes by working days. Q1 2018 has 65 of 261, its largest remainder
    // is below a cent.
    let exact = 1_200_000_001_i128 * 65 / 261;
    let q1 = i128::from(amounts[&(company, "2018-Q1")]);
    assert!(
        q1 == exact || q1 == exact + 1,
        "Q1 is its share of working days: {q1} {exact}"
    );
}

#[test]
fn attainment_of_2017_is_shown_as_it_is() {
    let Some(yeji) = imported() else { return };
    yeji.ok(&["goal", "set", "--year", "2017", "--amount", "10000000"]);
    let said = yeji.fails(&["goal", "split", "--year", "2017", "--by", "history"], 2);
    assert!(said.contains("2016"), "2016 has no results: {said}");
    yeji.ok(&["goal", "split", "--year", "2017", "--by", "equal"]);
    let shown = yeji.json(&["goal", "show", "--year", "2017"]);
    let people: Vec<i64> = shown["nodes"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|node| text(node, "level") == "person" && text(node, "period") == "2017")
        .map(|node| cents(text(node, "amount")))
        .collect();
    let (min, max) = (people.iter().min().unwrap(), people.iter().max().unwrap());
    assert!(max - min <= 1, "everybody has the same goal: {min} {max}");
    let rows = yeji.json(&["goal", "attainment", "--year", "2017"]);
    let ratios: Vec<(i64, i64)> = rows
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|row| row["attainment"].as_str())
        .map(|ratio| ratio.split_once('/').unwrap_or((ratio, "1")))
        .map(|(num, den)| (num.parse().unwrap(), den.parse().unwrap()))
        .collect();
    assert!(
        ratios.iter().any(|(num, den)| *num > *den * 4),
        "one agent is far over 100 %, not clamped"
    );
    assert!(
        ratios.iter().any(|(num, _)| *num == 0),
        "agents without a deal have 0"
    );
}

#[test]
fn the_bonus_opens_down_to_deals() {
    let Some(yeji) = imported() else { return };
    yeji.ok(&["goal", "set", "--year", "2017", "--amount", "10000000"]);
    yeji.ok(&["goal", "split", "--year", "2017", "--by", "equal"]);
    let nothing = yeji.json(&["bonus", "run", "--period", "2017-Q4", "--dry-run"]);
    assert_eq!(
        text(&nothing["run"]["total"], "amount"),
        "0.00",
        "without a target bonus nothing is paid"
    );
    let notes = nothing["run"]["notes"].as_array().unwrap();
    assert!(
        notes
            .iter()
            .any(|note| text(note, "code") == "no_target_bonus_people"),
        "and it says so: {notes:?}"
    );

    yeji.ok(&[
        "bonus",
        "target",
        "--amount",
        "10000",
        "--from",
        "2017-01-01",
    ]);
    let run = yeji.json(&["bonus", "run", "--period", "2017-Q4"]);
    let mut total = 0;
    for statement in run["statements"].as_array().unwrap() {
        let payout = cents(text(&statement["payout"], "amount"));
        total += payout;
        let component = &statement["components"][0];
        let actual = cents(text(&component["measure"], "amount"));
        let goal = cents(text(&component["goal"], "amount"));
        let expected = if actual * 100 < goal * 80 {
            0
        } else if actual <= goal {
            500_000
        } else {
            2_000_000
        };
        assert_eq!(payout, expected, "{}", text(statement, "name"));
        // A run where nothing counts for somebody lists no facts.
        let deals = component["counted"].as_array().into_iter().flatten();
        let sum: i64 = deals
            .map(|deal| cents(text(&deal["credited"], "amount")))
            .sum();
        assert_eq!(sum, actual, "the deals are what was reached");
        assert!(
            !component["trace"].as_array().unwrap().is_empty(),
            "every step is there"
        );
    }
    assert_eq!(total, cents(text(&run["run"]["total"], "amount")));
    assert!(total > 0);
    // The auditor's way: the same plan with another band, from a file.
    let plan = yeji.ok(&["bonus", "plan"]).replace("200%", "150%");
    let file = yeji.file("plan.toml", plan);
    let other = yeji.json(&[
        "bonus",
        "run",
        "--period",
        "2017-Q4",
        "--plan",
        file.to_str().unwrap(),
        "--dry-run",
    ]);
    assert!(cents(text(&other["run"]["total"], "amount")) < total);
    // Keeping such a run keeps its plan for the record, but everybody's plan stays what it was.
    let before = yeji.ok(&["bonus", "plan"]);
    yeji.ok(&[
        "bonus",
        "run",
        "--period",
        "2017-Q4",
        "--plan",
        file.to_str().unwrap(),
    ]);
    assert_eq!(
        yeji.ok(&["bonus", "plan"]),
        before,
        "the plan in force is the same"
    );
    let again = yeji.json(&["bonus", "run", "--period", "2017-Q4", "--dry-run"]);
    assert_eq!(cents(text(&again["run"]["total"], "amount")), total);
    // Putting it in force is a step of its own. Without a day it holds from the next period on.
    let next = yeji.json(&["bonus", "plan", "--set", file.to_str().unwrap()]);
    assert_eq!(next["versions"].as_array().unwrap().len(), 2);
    let same = yeji.json(&["bonus", "run", "--period", "2017-Q4", "--dry-run"]);
    assert_eq!(cents(text(&same["run"]["total"], "amount")), total);
    let file = file.to_str().unwrap();
    yeji.ok(&["bonus", "plan", "--set", file, "--from", "2017-10-01"]);
    let after = yeji.json(&["bonus", "run", "--period", "2017-Q4", "--dry-run"]);
    assert!(
        cents(text(&after["run"]["total"], "amount")) < total,
        "the plan of the file counts now"
    );
}

#[test]
fn a_new_goal_leaves_the_split_one_in_force_until_it_is_split() {
    let Some(yeji) = imported() else { return };
    yeji.ok(&["goal", "set", "--year", "2017", "--amount", "10000000"]);
    yeji.ok(&["goal", "split", "--year", "2017", "--by", "equal"]);
    let goals = |yeji: &Yeji| -> Vec<i64> {
        let run = yeji.json(&["bonus", "run", "--period", "2017-Q4", "--dry-run"]);
        run["statements"]
            .as_array()
            .unwrap()
            .iter()
            .map(|statement| cents(text(&statement["components"][0]["goal"], "amount")))
            .collect()
    };
    let before = goals(&yeji);
    yeji.ok(&["goal", "set", "--year", "2017", "--amount", "20000000"]);
    assert_eq!(goals(&yeji), before, "people keep their goals");
    let shown = yeji.json(&["goal", "show", "--year", "2017"]);
    assert_eq!(shown["plan"]["version"], 1);
    assert_eq!(shown["draft"]["version"], 2);
    let reached = yeji.json(&["goal", "attainment", "--year", "2017"]);
    assert_eq!(
        text(&reached[0], "percent"),
        "100.1%",
        "of the goal in force, as on the dashboard"
    );
    assert!(reached.as_array().unwrap().len() > 30, "everybody is there");
    yeji.ok(&["goal", "split", "--year", "2017", "--by", "equal"]);
    let after: i64 = goals(&yeji).iter().sum();
    assert!(
        after > before.iter().sum::<i64>(),
        "the new split is in force"
    );
}

#[test]
fn the_dashboard_is_exported() {
    let Some(yeji) = imported() else { return };
    for lang in ["zh-CN", "en"] {
        let out = yeji.path(lang);
        let result = yeji.json(&[
            "report",
            "dashboard",
            "--period",
            "2017",
            "--format",
            "pdf,png,svg,xlsx",
            "--out",
            out.to_str().unwrap(),
            "--lang",
            lang,
        ]);
        let files: Vec<&str> = result["files"]
            .as_array()
            .unwrap()
            .iter()
            .map(|file| file.as_str().unwrap())
            .collect();
        assert_eq!(files.len(), 1 + 3 + 3 + 1, "{files:?}");
        for file in &files {
            let bytes = std::fs::read(out.join(file)).unwrap();
            let magic: &[u8] = match file.rsplit_once('.').unwrap().1 {
                "pdf" => b"%PDF",
                "png" => b"\x89PNG",
                "xlsx" => b"PK",
                _ => b"<svg",
            };
            assert!(bytes.starts_with(magic), "{file}");
            assert!(
                !file.contains(['<', '>', ':', '"', '/', '\\', '|', '?', '*']),
                "{file} is legal on Windows"
            );
        }
        let svg = files
            .iter()
            .find(|file| {
                file.rsplit_once('.')
                    .is_some_and(|(_, ending)| ending == "svg")
            })
            .unwrap();
        let svg = std::fs::read_to_string(out.join(svg)).unwrap();
        assert!(
            !svg.contains("<text"),
            "letters are outlines: readable without a Chinese font"
        );
    }
}

#[test]
fn a_workbook_is_imported_like_the_csv_files() {
    let Some(folder) = crm() else { return };
    let yeji = Yeji::new();
    let mut book = rust_xlsxwriter::Workbook::new();
    for name in ["sales_teams", "accounts", "products", "sales_pipeline"] {
        let text = std::fs::read_to_string(folder.join(format!("{name}.csv"))).unwrap();
        let sheet = book.add_worksheet().set_name(name).unwrap();
        for (row, line) in text.lines().enumerate() {
            for (column, cell) in line.split(',').enumerate() {
                sheet
                    .write_string(
                        u32::try_from(row).unwrap(),
                        u16::try_from(column).unwrap(),
                        cell,
                    )
                    .unwrap();
            }
        }
    }
    let path = yeji.path("crm.xlsx");
    book.save(&path).unwrap();
    yeji.json(&[
        "import",
        path.to_str().unwrap(),
        "--currency",
        "USD",
        "--yes",
    ]);
    assert_eq!(
        kpi(&yeji, "quarter", "2017-01-01", "2018-01-01")["2017-Q2"],
        308_611_100
    );
}
