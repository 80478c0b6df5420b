//! A period's bonuses on the command line with the real program: from the run to payroll, and a refund after it.

use std::io::Write as _;
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::cli::Yeji;

const PASSWORD: &str = "correct horse";
const PEOPLE: &str = "姓名,工号,团队,部门\n王伟,A1,一组,华东\n李娜,A2,一组,华东\n";
const DEALS: &str = "商机编号,负责人,客户,产品,阶段,创建日期,成交日期,金额\n\
    D1,A1,甲公司,泵,赢单,2025-01-05,2025-02-10,8000\n\
    D2,A2,乙公司,泵,赢单,2025-01-07,2025-02-20,6000\n\
    D3,A1,乙公司,泵,赢单,2025-04-07,2025-05-20,10000\n";
const REFUND: &str = "回款编号,商机编号,回款金额,回款日期,被退回款\n\
    R1,D1,8000,2025-03-05,\nR2,D1,-4000,2025-05-05,R1\n";

/// A company with `anna` and `bert` in HR and a commission of 2 % per quarter.
fn house() -> Yeji {
    let yeji = Yeji::new();
    let people = yeji.file("people.csv", PEOPLE);
    let deals = yeji.file("deals.csv", DEALS);
    let files = [&people, &deals].map(|file| file.to_str().unwrap());
    yeji.ok(&["import", files[0], files[1], "--currency", "CNY", "--yes"]);
    let plan = yeji.ok(&["bonus", "templates", "marginal-commission"]);
    let plan = plan.replace(r#"period = "month""#, r#"period = "quarter""#);
    let plan = yeji.file("plan.toml", plan);
    let plan = plan.to_str().unwrap();
    yeji.ok(&["bonus", "plan", "--set", plan, "--always"]);
    account(&yeji, &["anna", "--role", "hr"]);
    account(&yeji, &["bert", "--role", "hr", "--user", "anna"]);
    account(
        &yeji,
        &[
            "wang", "--role", "sales", "--person", "A1", "--user", "anna",
        ],
    );
    yeji
}

fn account(yeji: &Yeji, arguments: &[&str]) {
    let mut command = yeji.command(&[&["account", "add"], arguments].concat());
    let made = command
        .env("YEJI_PASSWORD", PASSWORD)
        .env("YEJI_NEW_PASSWORD", PASSWORD)
        .output()
        .unwrap();
    assert!(
        made.status.success(),
        "{}",
        String::from_utf8_lossy(&made.stderr)
    );
}

fn run(yeji: &Yeji, user: &str, arguments: &[&str]) -> Output {
    let all = [arguments, &["--user", user]].concat();
    let mut command = yeji.command(&all);
    command.env("YEJI_PASSWORD", PASSWORD).output().unwrap()
}

/// As text.
#[track_caller]
fn ok(yeji: &Yeji, user: &str, arguments: &[&str]) -> String {
    let output = run(yeji, user, arguments);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{arguments:?}: {said}");
    String::from_utf8(output.stdout).unwrap()
}

#[track_caller]
fn json(yeji: &Yeji, user: &str, arguments: &[&str]) -> Value {
    let text = ok(yeji, user, &[arguments, &["--json"]].concat());
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{arguments:?}: {error}: {text}"))
}

#[track_caller]
fn refused(yeji: &Yeji, user: &str, arguments: &[&str]) -> String {
    let output = run(yeji, user, arguments);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{arguments:?}: {said}");
    assert!(output.stdout.is_empty(), "a refusal prints no result");
    said
}

/// A step of what is seen now.
fn step(yeji: &Yeji, user: &str, verb: &str, period: &str, more: &[&str]) -> Value {
    let stamp = stamp(yeji, user, period);
    let words = [&["bonus", verb, period, "--seen", &stamp], more].concat();
    json(yeji, user, &words)
}

fn stamp(yeji: &Yeji, user: &str, period: &str) -> String {
    let cycle = json(yeji, user, &["bonus", "cycle", period]);
    cycle["stamp"].as_str().unwrap().to_owned()
}

/// Anna calculates, hands in and approves; bert approves payment, pays and closes. The hash of what was calculated.
fn pay(yeji: &Yeji, period: &str, day: &str) -> String {
    let made = json(yeji, "anna", &["bonus", "run", "--period", period]);
    let handed = json(yeji, "anna", &["bonus", "submit", period]);
    assert_eq!(handed["state"], "in_review");
    let reason = ["--reason", "nobody leads a team here"];
    step(yeji, "anna", "approve", period, &reason);
    let seen = stamp(yeji, "anna", period);
    let own = ["bonus", "approve-pay", period, "--seen", &seen];
    let said = refused(yeji, "anna", &own);
    assert!(said.contains("anna"), "one person is not two: {said}");
    let state = |made: Value| made["state"].as_str().unwrap().to_owned();
    assert_eq!(
        state(step(yeji, "bert", "approve-pay", period, &[])),
        "approved"
    );
    assert_eq!(
        state(step(yeji, "bert", "pay", period, &["--on", day])),
        "paid"
    );
    assert_eq!(state(step(yeji, "bert", "close", period, &[])), "closed");
    made["run"]["inputs_hash"].as_str().unwrap().to_owned()
}

#[test]
fn a_period_is_paid_by_two_people_and_can_be_recomputed_from_its_frozen_input() {
    let yeji = house();
    refused(&yeji, "wang", &["bonus", "approve-pay", "2025-Q1"]);
    let hash = pay(&yeji, "2025-Q1", "2025-04-25");

    let cycle = json(&yeji, "anna", &["bonus", "cycle", "2025-Q1"]);
    assert_eq!(
        cycle["total"]["amount"], "280.00",
        "2 % of 8,000 and of 6,000"
    );
    let frozen = yeji.path("input.json");
    let frozen = frozen.to_str().unwrap();
    ok(
        &yeji,
        "anna",
        &["bonus", "input", "2025-Q1", "--out", frozen],
    );
    let input = std::fs::read(frozen).unwrap();
    assert_eq!(format!("{:x}", Sha256::digest(&input)), hash);
    let statements = engine(&input)["statements"].clone();
    let mut payouts: Vec<&str> = statements
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["payout"]["amount"].as_str().unwrap())
        .collect();
    payouts.sort_unstable();
    assert_eq!(
        payouts,
        ["120.00", "160.00"],
        "recomputed without the store"
    );

    let payroll = yeji.path("payroll.csv");
    let payroll = payroll.to_str().unwrap();
    let arguments = ["bonus", "payroll", "2025-Q1", "--out", payroll];
    ok(&yeji, "bert", &arguments);
    let text = std::fs::read_to_string(payroll).unwrap();
    assert!(text.contains("160.00") && text.contains("120.00"), "{text}");
    refused(&yeji, "bert", &arguments);
    let paper = yeji.path("wang.pdf");
    let paper = paper.to_str().unwrap();
    ok(
        &yeji,
        "wang",
        &[
            "bonus",
            "statement",
            "2025-Q1",
            "--person",
            "A1",
            "--out",
            paper,
        ],
    );
    assert!(std::fs::read(paper).unwrap().starts_with(b"%PDF"));
    let shown = json(&yeji, "wang", &["bonus", "confirm", "2025-Q1"]);
    let hash = shown["row"]["hash"].as_str().unwrap();
    json(
        &yeji,
        "wang",
        &["bonus", "confirm", "2025-Q1", "--hash", hash],
    );
    ok(&yeji, "anna", &["verify"]);
}

#[test]
fn a_refund_after_payment_comes_off_the_next_statement_once() {
    let yeji = house();
    pay(&yeji, "2025-Q1", "2025-04-25");
    let refund = yeji.file("refund.csv", REFUND);
    let refund = refund.to_str().unwrap();
    ok(&yeji, "anna", &["import", refund, "--yes"]);

    let seen = json(&yeji, "anna", &["bonus", "restate", "2025-Q1", "--preview"]);
    assert_eq!(seen["total"]["amount"], "-80.00", "2 % of 4,000");
    json(&yeji, "anna", &["bonus", "restate", "2025-Q1"]);
    let again = json(&yeji, "anna", &["bonus", "restate", "2025-Q1"]);
    assert_eq!(again["people"].as_array().unwrap().len(), 0, "only once");
    let rows = json(
        &yeji,
        "anna",
        &["bonus", "adjustment", "list", "--period", "2025-Q2"],
    );
    let id = rows[0]["id"].as_str().unwrap();
    refused(&yeji, "anna", &["bonus", "adjustment", "approve", id]);
    json(&yeji, "bert", &["bonus", "adjustment", "approve", id]);

    pay(&yeji, "2025-Q2", "2025-07-25");
    let cycle = json(&yeji, "anna", &["bonus", "cycle", "2025-Q2"]);
    assert_eq!(cycle["total"]["amount"], "120.00", "2 % of 10,000, less 80");
    let first = json(&yeji, "anna", &["bonus", "cycle", "2025-Q1"]);
    assert_eq!(first["total"]["amount"], "280.00", "paid history stays");
    ok(&yeji, "anna", &["verify"]);
}

fn engine(input: &[u8]) -> Value {
    let mut child = Command::new(env!("CARGO_BIN_EXE_yeji"))
        .args(["engine", "bonus.calculate"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(input).unwrap();
    drop(stdin);
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn nothing_is_approved_or_opened_that_was_not_seen() {
    let yeji = house();
    let period = "2025-Q1";
    json(&yeji, "anna", &["bonus", "run", "--period", period]);
    json(&yeji, "anna", &["bonus", "submit", period]);
    let seen = stamp(&yeji, "bert", period);
    let said = refused(&yeji, "bert", &["bonus", "approve", period]);
    assert!(said.contains("280.00") && said.contains(&seen), "{said}");
    let state = || json(&yeji, "anna", &["bonus", "cycle", period])["state"].clone();
    assert_eq!(state(), "in_review");

    // Meanwhile it is another run.
    json(
        &yeji,
        "anna",
        &["bonus", "send-back", period, "--reason", "again"],
    );
    json(&yeji, "anna", &["bonus", "run", "--period", period]);
    json(&yeji, "anna", &["bonus", "submit", period]);
    refused(
        &yeji,
        "bert",
        &["bonus", "approve", period, "--seen", &seen],
    );
    assert_eq!(state(), "in_review");

    step(&yeji, "anna", "approve", period, &["--reason", "no teams"]);
    step(&yeji, "bert", "approve-pay", period, &[]);
    let ask = ["bonus", "reopen", period, "--reason", "a wrong goal"];
    json(&yeji, "anna", &ask);
    refused(&yeji, "bert", &ask);
    assert_eq!(state(), "approved", "who means to ask does not open");
    assert_eq!(step(&yeji, "bert", "reopen", period, &[])["state"], "open");
}
