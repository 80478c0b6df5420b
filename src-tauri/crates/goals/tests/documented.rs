//! The examples of docs/goals-engines.md: each input is run, and what its output shows must be there.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use yeji_goals::{Error, Result};

fn run<I: DeserializeOwned, O: Serialize>(input: Value, engine: fn(&I) -> Result<O>) -> Value {
    let input: I = serde_json::from_value(input).expect("the input fits its schema");
    match engine(&input) {
        Ok(output) => serde_json::to_value(output).unwrap(),
        Err(error) => refused(&error),
    }
}

fn refused(error: &Error) -> Value {
    serde_json::json!({ "refused": error.code(), "values": error.params() })
}

fn answer(engine: &str, input: Value) -> Value {
    match engine {
        yeji_goals::split::ENGINE => run(input, yeji_goals::split),
        yeji_goals::carry::ENGINE => run(input, yeji_goals::carry),
        yeji_goals::weigh::ENGINE => run(input, yeji_goals::weigh),
        yeji_goals::edit::ENGINE => run(input, yeji_goals::edit),
        yeji_goals::season::ENGINE => run(input, yeji_goals::season),
        yeji_goals::smart::ENGINE => run(input, yeji_goals::smart),
        yeji_goals::pace::ENGINE => run(input, yeji_goals::pace),
        yeji_goals::scorecard::ENGINE => run(input, yeji_goals::scorecard),
        other => panic!("no engine {other}"),
    }
}

/// Everything shown is there: fields may be left out of what is shown, entries of lists may not.
fn assert_shown(shown: &Value, all: &Value, path: &str) {
    match (shown, all) {
        (Value::Object(shown), Value::Object(all)) => {
            for (key, value) in shown {
                let found = all
                    .get(key)
                    .unwrap_or_else(|| panic!("{path}.{key} is not there"));
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
fn examples_are_what_the_engines_say() {
    let text = include_str!("../../../../docs/goals-engines.md");
    let (mut input, mut seen) = (None, Vec::new());
    let mut blocks = text.split("\n```json ");
    let before = blocks.next().unwrap();
    assert!(before.starts_with("# "), "the page begins with its title");
    for block in blocks {
        let (head, rest) = block.split_once('\n').unwrap();
        let json = rest.split_once("\n```").expect("the block ends").0;
        let value: Value =
            serde_json::from_str(json).unwrap_or_else(|e| panic!("{head}: {e}: {json}"));
        match head.split_once(' ').unwrap() {
            (engine, "input") => input = Some((engine, value)),
            (engine, "output") => {
                let (of, input) = input.take().expect("an input before each output");
                assert_eq!(of, engine);
                assert_shown(&value, &answer(engine, input), engine);
                seen.push(engine);
            }
            other => panic!("neither input nor output: {other:?}"),
        }
    }
    for engine in [
        "carry",
        "split",
        "weigh",
        "edit",
        "season",
        "smart",
        "pace",
        "scorecard",
    ] {
        let name = format!("goal.{engine}");
        assert!(
            seen.iter().any(|seen| *seen == name),
            "{name} has an example"
        );
    }
}
