//! Random inputs, made by `tests/reference/generate.py`, and the scripts beside it.

#![allow(
    clippy::disallowed_methods,
    dead_code,
    reason = "a test may be told where Python is; not every test asks for all of it"
)]

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use serde::Deserialize;
use serde_json::Value;
use yeji_bonus::CalculateInput;

#[derive(Deserialize)]
pub struct Cases {
    pub cases: Vec<Value>,
}

fn python() -> String {
    std::env::var("YEJI_PYTHON").unwrap_or_else(|_| "python3".to_owned())
}

fn script(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../../tests/reference")
        .join(name)
}

/// What a script prints; none where there is no Python.
pub fn run(name: &str, arguments: &[String], input: Option<&[u8]>) -> Option<Vec<u8>> {
    let mut command = Command::new(python());
    command.arg(script(name)).args(arguments);
    command.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = match command.spawn() {
        Ok(child) => child,
        Err(error) => {
            println!("SKIPPED: no Python to compare with ({error})");
            return None;
        }
    };
    let mut stdin = child.stdin.take().unwrap();
    let input = input.unwrap_or_default().to_vec();
    let feeding = std::thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output().unwrap();
    feeding.join().unwrap().unwrap();
    assert!(output.status.success(), "{name} failed");
    Some(output.stdout)
}

pub fn setting(name: &str, default: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| default.to_owned())
}

/// So many random inputs; none where there is no Python.
pub fn inputs(seed: u32, count: u32) -> Vec<CalculateInput> {
    let numbers = [("--seed", seed), ("--count", count)];
    let arguments: Vec<String> = numbers
        .into_iter()
        .flat_map(|(name, number)| [name.to_owned(), number.to_string()])
        .collect();
    let Some(printed) = run("generate.py", &arguments, None) else {
        return Vec::new();
    };
    let made: Cases = serde_json::from_slice(&printed).unwrap();
    let inputs = made.cases.into_iter();
    inputs
        .map(|case| serde_json::from_value(case).unwrap())
        .collect()
}
