//! The engines of goals by the real program: the examples of docs/goals-engines.md, refusals in both
//! languages, input that nobody would write by hand.

use serde_json::{Value, json};

use super::{run, run_bytes};

const NAMES: [&str; 8] = [
    "goal.carry",
    "goal.edit",
    "goal.pace",
    "goal.scorecard",
    "goal.season",
    "goal.smart",
    "goal.split",
    "goal.weigh",
];
/// Longest refusal, in bytes: two sentences, whatever the input holds.
const MAX_SAID_BYTES: usize = 4_000;

struct Example {
    engine: &'static str,
    input: Value,
    output: Value,
}

fn examples() -> Vec<Example> {
    let text = include_str!("../../../docs/goals-engines.md");
    let blocks: Vec<(&str, Value)> = text
        .split("\n```json ")
        .skip(1)
        .map(|block| {
            let (head, rest) = block.split_once('\n').unwrap();
            let (json, _) = rest.split_once("\n```").unwrap();
            (head, serde_json::from_str(json).unwrap())
        })
        .collect();
    blocks
        .chunks(2)
        .map(|pair| Example {
            engine: pair[0].0.strip_suffix(" input").unwrap(),
            input: pair[0].1.clone(),
            output: pair[1].1.clone(),
        })
        .collect()
}

/// The first example of an engine, which has an answer.
fn example(engine: &str) -> Value {
    let found = examples().into_iter().find(|one| one.engine == engine);
    found.unwrap().input
}

/// Everything shown is there: fields may be left out of what is shown, entries of lists may not.
fn assert_shown(shown: &Value, all: &Value, path: &str) {
    match (shown, all) {
        (Value::Object(shown), Value::Object(all)) => {
            for (key, value) in shown {
                let found = all.get(key).unwrap_or(&Value::Null);
                assert_shown(value, found, &format!("{path}.{key}"));
            }
        }
        (Value::Array(shown), Value::Array(all)) => {
            assert_eq!(shown.len(), all.len(), "entries of {path}: {all:?}");
            for (at, (shown, all)) in shown.iter().zip(all).enumerate() {
                assert_shown(shown, all, &format!("{path}[{at}]"));
            }
        }
        _ => assert_eq!(shown, all, "{path}"),
    }
}

#[test]
fn examples_are_what_the_program_says() {
    let mut seen = Vec::new();
    for Example {
        engine,
        input,
        output,
    } in examples()
    {
        if output.get("refused").is_some() {
            let said = run(engine, &input).unwrap_err();
            for value in output["values"].as_object().unwrap().values() {
                let value = value.as_str().unwrap();
                // "none" is said in words.
                let is_said = said.contains(value) || value == "none";
                assert!(is_said, "{value} is not said: {said}");
            }
        } else {
            assert_shown(&output, &run(engine, &input).unwrap(), engine);
            seen.push(engine);
        }
    }
    for name in NAMES {
        assert!(seen.contains(&name), "{name} has an example");
    }
}

/// What is wrong, where, and what to do: in English and in 中文.
#[test]
fn refusals_are_said_in_both_languages() {
    let check = |engine: &str, change: &dyn Fn(&mut Value), english: &str, chinese: &str| {
        let mut input = example(engine);
        change(&mut input);
        let said = run(engine, &input).unwrap_err();
        for words in [english, chinese, engine] {
            assert!(said.contains(words), "`{words}` is not said: {said}");
        }
        assert!(!said.contains(['{', '[']), "a place is left open: {said}");
    };
    check(
        "goal.weigh",
        &|input| input["blend"][0]["share"] = json!("1/2"),
        "The shares of the factors total 7/10, not 1. Change them by 3/10 in all.",
        "各因素的占比合计是 7/10，不是 1。请合计调整 3/10。",
    );
    check(
        "goal.weigh",
        &|input| {
            // Whoever is new has no history to be held by, and would take it all.
            let units = input["units"].as_array_mut().unwrap();
            units.retain(|unit| unit["id"] != "he");
            input["cap"] = json!("1/5");
        },
        "Raise the caps to",
        "或降低目标。",
    );
    check(
        "goal.weigh",
        &|input| input["amount"]["amount"] = json!("-1.00"),
        "The goal (-100, in minor units) is negative.",
        "目标（-100，最小货币单位）是负数。",
    );
    check(
        "goal.edit",
        &|input| input["edit"]["minor"] = json!(1_801),
        "1801 (in minor units) is not possible for “Li” in Q1. Lowest possible: 0; highest: 1700. Locks in the way: he M1.",
        "相关锁定：he M1",
    );
    check(
        "goal.edit",
        &|input| input["edit"]["period"] = json!("Q9"),
        "The period Q9 is not in the list.",
        "周期Q9不在名单中。",
    );
    check(
        "goal.season",
        &|input| input["rule"] = json!({ "by": "own", "weights": ["0", "0", "0"] }),
        "All shares are zero (own weights)",
        "自定权重的占比全是零",
    );
    check(
        "goal.smart",
        &|input| input["growth"]["reached"] = json!(21),
        "Of 20 in all, 21 cannot have reached it.",
        "总共 20 人，不可能有 21 人达到。",
    );
    check(
        "goal.pace",
        &|input| input["cells"][1]["days_done"] = json!(6),
        "Working days done in W2: 6, of 5 in all.",
        "W2已过 6 个工作日，多于全部的 5 个。",
    );
    check(
        "goal.split",
        &|input| input["units"] = json!([]),
        "Import people and teams first.",
        "请先导入人员与团队。",
    );
}

/// No input brings an engine down, and none is answered with itself.
#[test]
fn hostile_json_is_refused_in_a_few_words() {
    let deep = |open: &str| open.repeat(200_000).into_bytes();
    let long = "x".repeat(10_000_000);
    for name in NAMES {
        let first = example(name).as_object().unwrap().keys().next().cloned();
        let first = first.unwrap();
        let inputs = [
            Vec::new(),
            b"\xff\xfe{}".to_vec(),
            b"null".to_vec(),
            b"[]".to_vec(),
            b"{".to_vec(),
            deep("["),
            deep("{\"a\":"),
            json!({ first.as_str(): true }).to_string().into_bytes(),
            json!({ long.as_str(): 1 }).to_string().into_bytes(),
            json!({ first.as_str(): long.as_str() })
                .to_string()
                .into_bytes(),
            format!("{{\"{first}\":[{}0]}}", "0,".repeat(5_000_000)).into_bytes(),
        ];
        for (at, input) in inputs.iter().enumerate() {
            let said = run_bytes(name, input).expect_err("nothing here has an answer");
            assert!(said.contains(name), "{name}, input {at}: {said}");
            assert!(
                said.len() < MAX_SAID_BYTES,
                "{name}, input {at}: {} bytes",
                said.len()
            );
        }
    }
}

#[test]
fn figures_of_wrong_types_are_refused_with_their_place() {
    let wrong = [
        ("goal.carry", "/courses/0/weights/0/weight", json!("x")),
        ("goal.edit", "/rows/0/minor/0", json!(1.5)),
        ("goal.edit", "/edit/minor", json!("1200")),
        ("goal.edit", "/edit/above", json!("sideways")),
        ("goal.edit", "/periods/0/start", json!("2026-02-30")),
        ("goal.pace", "/actual", json!(1e30)),
        ("goal.pace", "/cells/0/working_days", json!(-1)),
        ("goal.season", "/rule/by", json!("moon")),
        ("goal.season", "/parts/0/end", json!(20_260_401)),
        ("goal.smart", "/forecast/level", json!("4/0")),
        ("goal.smart", "/milestones", json!({})),
        ("goal.split", "/amount", json!(100)),
        ("goal.weigh", "/damping", json!("much")),
        ("goal.weigh", "/units/1/facts/history/0/months", json!(-12)),
        ("goal.weigh", "/blend/0/factor", json!("luck")),
    ];
    for (name, place, value) in wrong {
        let mut input = example(name);
        *input.pointer_mut(place).unwrap() = value;
        let said = run(name, &input).unwrap_err();
        let has_place = said.contains("line 1 column");
        assert!(has_place && said.contains(name), "{name} {place}: {said}");
    }
}

/// A name of ten megabytes changes nothing else, and a refusal does not say it whole.
#[test]
fn a_name_of_ten_megabytes_is_a_name() {
    let long = "名".repeat(3_400_000);
    let pairs = [
        ("goal.carry", "/units/0/name", "/cells"),
        ("goal.edit", "/units/0/name", "/rows"),
        ("goal.pace", "/cells/0/key", "/today"),
        ("goal.season", "/parts/0/key", "/parts/0/weight"),
        ("goal.smart", "/aim", "/achievable"),
        ("goal.split", "/units/0/name", "/cells"),
        ("goal.weigh", "/units/0/name", "/units/1/minor"),
    ];
    for (name, place, same) in pairs {
        let mut input = example(name);
        let usual = run(name, &input).unwrap();
        *input.pointer_mut(place).unwrap() = json!(long);
        let output = run(name, &input).unwrap();
        assert_eq!(output.pointer(same), usual.pointer(same), "{name}");
    }
    let mut input = example("goal.split");
    let again = json!({ "id": long, "name": "", "level": "team" });
    input["units"] = json!([again, again]);
    let said = run("goal.split", &input).unwrap_err();
    assert!(said.contains("is listed twice"), "it says what is wrong");
    assert!(said.len() < MAX_SAID_BYTES, "{} bytes", said.len());
}
