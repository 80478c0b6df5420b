//! `yeji engine`: any number can be computed again outside the app.

mod goals;

use std::collections::BTreeMap;
use std::io::Write;
use std::process::Stdio;

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::cli::Yeji;

fn run(name: &str, input: &Value) -> Result<Value, String> {
    run_bytes(name, input.to_string().as_bytes())
}

fn run_bytes(name: &str, input: &[u8]) -> Result<Value, String> {
    let yeji = Yeji::new();
    let mut child = yeji
        .command(&["engine", name])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(!yeji.store().exists(), "an engine touches no store");
    if output.status.success() {
        return Ok(serde_json::from_slice(&output.stdout).unwrap());
    }
    assert_eq!(output.status.code(), Some(2));
    Err(String::from_utf8_lossy(&output.stderr).into_owned())
}

#[test]
fn engines_are_listed_and_have_schemas() {
    let yeji = Yeji::new();
    let list = yeji.ok(&["engine"]);
    for name in [
        "bonus.calculate",
        "calendar.periods",
        "forecast.series",
        "goal.carry",
        "goal.edit",
        "goal.pace",
        "goal.scorecard",
        "goal.season",
        "goal.smart",
        "goal.split",
        "goal.weigh",
    ] {
        assert!(list.contains(name), "{name} is listed");
        let schema = yeji.json(&["engine", name, "--schema"]);
        assert_eq!(schema["schemas"]["input"]["type"], "object", "{name}");
        assert_eq!(schema["schemas"]["output"]["type"], "object", "{name}");
    }
    yeji.fails(&["engine", "nonsense"], 2);
}

#[test]
fn a_goal_is_split_without_a_store() {
    let output = run(
        "goal.split",
        &json!({
            "amount": { "amount": "100.00", "currency": "CNY" },
            "period": "2026-02",
            "units": [
                { "id": "c", "name": "公司", "level": "company" },
                { "id": "a", "name": "甲", "parent": "c", "level": "person", "weight": "1" },
                { "id": "b", "name": "乙", "parent": "c", "level": "person", "weight": "2" }
            ],
            "time": { "by": "working_days" }
        }),
    )
    .unwrap();
    let month = |unit: &str| {
        let nodes = output["nodes"].as_array().unwrap();
        let node = nodes
            .iter()
            .find(|node| node["unit"] == unit && node["period"] == "2026-02")
            .unwrap();
        node["amount"]["amount"].as_str().unwrap().to_owned()
    };
    assert_eq!(
        (month("a").as_str(), month("b").as_str()),
        ("33.33", "66.67")
    );
}

#[test]
fn series_are_forecast_and_the_one_without_an_answer_says_what_it_needs() {
    let month = |place: u64| json!(100 + place % 12 * 20 + place * 7 % 5);
    let values: Vec<Value> = (0..48).map(month).collect();
    let output = run(
        "forecast.series",
        &json!({
            "series": [
                { "id": "a", "values": values, "season": 12 },
                { "id": "b", "values": [7] },
                { "id": "c", "values": [3, null, 4, 5, 4, 3] }
            ],
            "horizon": 18
        }),
    )
    .unwrap();
    let of = |place: usize| &output["forecasts"][place];
    for (place, id) in [(0, "a"), (2, "c")] {
        assert_eq!(
            of(place)["id"],
            id,
            "forecasts come in the order of the series"
        );
        let bound = |name: &str, step: usize| of(place)[name][step].as_f64().unwrap();
        for step in 0..18 {
            let mean = bound("mean", step);
            assert!(bound("lower95", step) <= mean && mean <= bound("upper95", step));
        }
        assert_eq!(
            of(place).get("details"),
            None,
            "details only where asked for"
        );
    }
    let peak = of(0)["mean"][11].as_f64().unwrap();
    assert!(
        (300.0..340.0).contains(&peak),
        "a December like every December: {peak}"
    );
    assert_eq!(of(1)["refused"]["code"], "forecast.not_enough");
    assert_eq!(of(1)["refused"]["need"], 4);
    assert_eq!(of(1).get("mean"), None, "no invented number");

    let one = json!({ "series": [{ "id": "a", "values": values, "season": 12 }], "horizon": 3, "details": true });
    let details = &run("forecast.series", &one).unwrap()["forecasts"][0]["details"];
    assert_eq!(details["season"], json!({ "length": 12, "used": true }));
    assert!(
        details["origins"]["count"].as_u64().unwrap() > 20,
        "{details}"
    );
    let said = run(
        "forecast.series",
        &json!({ "series": [], "horizon": 3, "colour": 1 }),
    )
    .unwrap_err();
    assert!(said.contains("colour"), "{said}");
}

#[test]
fn wrong_input_is_refused_with_its_place() {
    let said = run(
        "calendar.periods",
        &json!({ "year": 2026, "kind": "month", "colour": 1 }),
    )
    .unwrap_err();
    assert!(said.contains("colour"), "{said}");
    let said = run("goal.split", &json!("nonsense")).unwrap_err();
    assert!(said.contains("goal.split"), "{said}");
}

#[test]
fn a_kept_bonus_run_is_recomputed_by_the_engine() {
    let yeji = demo();
    let file = yeji.path("bonus.json");
    let kept = yeji.json(&[
        "bonus",
        "run",
        "--period",
        "2026-Q2",
        "--input",
        file.to_str().unwrap(),
    ]);
    let input = std::fs::read(&file).unwrap();
    let hash = Sha256::digest(&input);
    let hash = hash
        .iter()
        .fold(String::new(), |text, byte| text + &format!("{byte:02x}"));
    assert_eq!(kept["run"]["inputs_hash"], hash.as_str());
    let input: Value = serde_json::from_slice(&input).unwrap();
    let again = run("bonus.calculate", &input).unwrap();
    assert_eq!(again["statements"], kept["statements"]);
    assert_eq!(again["total"], kept["run"]["total"]);
    let paid = |statement: &Value| statement["payout"]["amount"] != "0.00";
    assert!(
        kept["statements"].as_array().unwrap().iter().any(paid),
        "somebody earns a bonus in the demo company"
    );
}

#[test]
fn a_kept_goal_is_split_again_by_the_engine() {
    let yeji = demo();
    let file = yeji.path("goal.json");
    yeji.ok(&[
        "goal",
        "split",
        "--year",
        "2026",
        "--by",
        "history",
        "--input",
        file.to_str().unwrap(),
    ]);
    let input: Value = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
    let again = run("goal.split", &input).unwrap();
    let amounts = |nodes: &Value, amount: fn(&Value) -> &Value| -> BTreeMap<String, String> {
        nodes
            .as_array()
            .unwrap()
            .iter()
            .map(|node| {
                let key = format!("{} {}", node["unit"], node["period"]);
                (key, amount(node).as_str().unwrap().to_owned())
            })
            .collect()
    };
    let kept = yeji.json(&["goal", "show", "--year", "2026"]);
    assert_eq!(
        amounts(&again["nodes"], |node| &node["amount"]["amount"]),
        amounts(&kept["nodes"], |node| &node["amount"])
    );
}

/// An auditor recomputes everybody's goal from what is known of them, and the split from these goals.
#[test]
fn a_blend_is_weighed_and_split_again_by_the_engines() {
    let yeji = demo();
    let (weigh, split, rule) = (
        yeji.path("weigh.json"),
        yeji.path("split.json"),
        yeji.path("blend.toml"),
    );
    let text = "years = 1\ndamping = \"0.75\"\ncap = \"1.6\"\n\
        [[factors]]\nfactor = \"history\"\nshare = \"3/5\"\n\
        [[factors]]\nfactor = \"equal\"\nshare = \"2/5\"\n";
    std::fs::write(&rule, text).unwrap();
    let paths = [&rule, &split, &weigh].map(|path| path.to_str().unwrap());
    let asked = |by| {
        let [_, split, weigh] = paths;
        let files = ["--input", split, "--weigh-input", weigh];
        [&["goal", "split", "--year", "2026", "--by", by], &files[..]].concat()
    };
    yeji.ok(&asked(paths[0]));
    let read = |file: &std::path::Path| -> Value {
        serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap()
    };
    let weighed = run("goal.weigh", &read(&weigh)).unwrap();
    let kept = yeji.json(&["goal", "show", "--year", "2026"]);
    let nodes = kept["nodes"].as_array().unwrap();
    let goals = weighed["units"].as_array().unwrap();
    assert!(goals.len() > 12, "units and people");
    for one in goals {
        let own = |node: &&Value| node["unit"] == one["unit"] && node["period"] == "2026";
        let node = nodes.iter().find(own).unwrap();
        let cents: String = node["amount"].as_str().unwrap().replace('.', "");
        assert_eq!(
            cents.parse::<i64>().unwrap(),
            one["minor"].as_i64().unwrap(),
            "{one}"
        );
    }
    // The split rests on exactly these goals.
    let again = run("goal.split", &read(&split)).unwrap();
    for node in again["nodes"].as_array().unwrap() {
        let own = |one: &&Value| one["unit"] == node["unit"];
        if node["period"] == "2026" {
            let goal = goals.iter().find(own).unwrap();
            let cents = node["amount"]["amount"].as_str().unwrap().replace('.', "");
            assert_eq!(
                cents.parse::<i64>().unwrap(),
                goal["minor"].as_i64().unwrap()
            );
        }
    }
    // Another split has no such input.
    assert!(yeji.fails(&asked("history"), 2).contains("goal.weigh"));
}

/// A small demo company.
fn demo() -> Yeji {
    let yeji = Yeji::new();
    yeji.ok(&[
        "demo",
        "--people",
        "12",
        "--deals",
        "400",
        "--years",
        "2",
        "--seed",
        "3",
        "--until",
        "2026-06-30",
    ]);
    yeji
}
