//! What is paid fact by fact says of every step and line which fact it is about, and of every amount how
//! refunds made it.

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde_json::json;
use yeji_bonus::hypothetical::StepChange;
use yeji_bonus::{
    CalculateInput, ComponentResult, DealQuestion, FactInput, StepKind, calculate, deal, parse_plan,
};

const PLAN: &str = r#"
schema = 2
code = "by_deal"
name = { zh = "逐单", en = "By deal" }
period = "quarter"
[[components]]
code = "deals"
name = { zh = "逐单", en = "By deal" }
measure = { kind = "facts", over = "transaction" }
gates = [{ when = "measure > 10", otherwise = "50%" }]
cap = { per_deal = { kind = "amount", amount = { amount = "9.00", currency = "CNY" } }, per_period = { kind = "amount", amount = { amount = "40.00", currency = "CNY" } } }
[components.rate]
by = "amount"
tiers = [{ from = "0", pay = { kind = "percent_of_measure", percent = "1%" } }]
"#;

const RECEIPTS: &str = r#"
schema = 2
code = "receipts"
name = { zh = "回款", en = "Receipts" }
period = "quarter"
[[components]]
code = "deals"
name = { zh = "回款", en = "Receipts" }
credit = { event = "receipt", rate_date = "deal" }
[components.rate]
by = "amount"
tiers = [{ from = "0", pay = { kind = "percent_of_measure", percent = "1%" } }]
"#;

fn fact(id: &str, on: &str, minor: i64) -> FactInput {
    let amount = yeji_core::Money::new(minor, yeji_core::Currency::CNY);
    serde_json::from_value(json!({
        "id": id, "label": format!("no {id}"), "kind": "closing", "on": on, "amount": amount,
        "credits": [{ "person": "p", "share": "100%" }],
        "attributes": { "customer": "C" },
    }))
    .unwrap()
}

fn refund(id: &str, on: &str, minor: i64, of: &str) -> FactInput {
    FactInput {
        refunds: vec![of.to_owned()],
        ..fact(id, on, minor)
    }
}

fn input(plan: &str, facts: Vec<FactInput>) -> CalculateInput {
    let plan = serde_json::to_value(parse_plan(plan).unwrap()).unwrap();
    let mut input: CalculateInput = serde_json::from_value(json!({
        "plan": plan, "period": "2026-Q1", "as_of": "2026-04-01", "currency": "CNY",
        "people": [{ "person": "p", "name": "P" }],
    }))
    .unwrap();
    input.facts = facts;
    input
}

fn paid(input: &CalculateInput) -> ComponentResult {
    calculate(input)
        .unwrap()
        .statements
        .remove(0)
        .components
        .remove(0)
}

/// Every step of a fact and every line names it; lines of facts and of limits sum to the component.
fn check(component: &ComponentResult) {
    let counted: Vec<&str> = component
        .counted
        .iter()
        .map(|fact| fact.id.as_str())
        .collect();
    let whole = [StepKind::Credit, StepKind::Measure, StepKind::Payout];
    for step in &component.trace {
        let of_period = whole.contains(&step.step)
            || (step.explain.code == "limit_cap")
            || (step.step == StepKind::Rounding && step.fact.is_none());
        let named = step.fact.as_deref();
        assert!(
            named.map_or(of_period, |id| counted.contains(&id)),
            "which fact is it about? {step:?}"
        );
    }
    let mut by_fact: BTreeMap<Option<&str>, i64> = BTreeMap::new();
    for line in &component.lines {
        let code = line.label.code.as_str();
        assert_eq!(line.fact.is_none(), code == "line_cap", "{line:?}");
        *by_fact.entry(line.fact.as_deref()).or_default() += line.amount.minor;
    }
    assert_eq!(
        by_fact.values().sum::<i64>(),
        component.amount.unwrap().minor
    );
    let rounded = component
        .trace
        .iter()
        .filter(|step| step.step == StepKind::Rounding);
    assert_eq!(rounded.clone().count(), component.lines.len());
    assert_eq!(
        rounded.filter(|step| step.fact.is_some()).count(),
        counted.len()
    );
}

#[test]
fn every_step_of_a_deal_names_it() {
    let facts = vec![
        fact("a", "2026-01-10", 50_000),
        fact("b", "2026-02-10", 100_000),
        fact("c", "2026-03-10", 500),
    ];
    let component = paid(&input(PLAN, facts));
    check(&component);
    let of = |id: &str| -> Vec<StepKind> {
        let own = component
            .trace
            .iter()
            .filter(|step| step.fact.as_deref() == Some(id));
        own.map(|step| step.step).collect()
    };
    let simple = [StepKind::Rate, StepKind::Gate, StepKind::Rounding];
    assert_eq!(of("a"), simple);
    let capped = [
        StepKind::Rate,
        StepKind::Gate,
        StepKind::Limit,
        StepKind::Rounding,
    ];
    assert_eq!(of("b"), capped, "the limit of the deal is about the deal");
}

#[test]
fn every_step_of_a_receipt_names_it() {
    let receipt = FactInput {
        kind: yeji_bonus::Event::Receipt,
        of: Some("a".to_owned()),
        ..fact("r", "2026-03-10", 20_000)
    };
    let component = paid(&input(
        RECEIPTS,
        vec![fact("a", "2026-01-10", 50_000), receipt],
    ));
    check(&component);
    assert_eq!(component.lines[0].fact.as_deref(), Some("r"));
}

#[test]
fn a_new_deal_changes_no_step_of_another() {
    let facts = vec![
        fact("a", "2026-01-10", 50_000),
        fact("c", "2026-03-10", 70_000),
    ];
    let question = DealQuestion {
        input: input(PLAN, facts),
        // Between the two others.
        facts: vec![fact("b", "2026-02-10", 60_000)],
    };
    let answer = deal(&question).unwrap();
    let steps = &answer.people[0].components[0].steps;
    let about = |id: &str| {
        let step = |one: &&StepChange| one.after.as_ref().or(one.before.as_ref()).cloned();
        let fact = |one: &&StepChange| step(one).and_then(|step| step.fact);
        let of = |one: &&StepChange| fact(one).as_deref() == Some(id);
        steps.iter().filter(of).count()
    };
    assert_eq!(about("a") + about("c"), 0);
    assert_eq!(about("b"), 3);
    assert_eq!(answer.people[0].components[0].lines.len(), 1);
}

#[test]
fn an_amount_says_what_it_was_before_which_refunds() {
    let facts = vec![
        fact("a", "2026-01-10", 50_000),
        // Not in the order of their days; one takes a refund back.
        refund("a3", "2026-04-02", 1_000, "a1"),
        refund("a2", "2026-03-01", -5_000, "a"),
        refund("a1", "2026-02-01", -2_000, "a"),
        fact("b", "2026-02-10", 10_000),
        refund("b1", "2026-02-11", -10_000, "b"),
        fact("c", "2026-03-10", 500),
    ];
    let component = paid(&input(PLAN, facts));
    let a = &component.counted[0];
    let restated = a.restated.as_ref().unwrap();
    let told: Vec<_> = restated
        .refunds
        .iter()
        .map(|one| {
            (
                one.id.as_str(),
                one.label.as_str(),
                one.on.to_string(),
                one.amount.minor,
            )
        })
        .collect();
    let day = |day: &str| day.to_owned();
    assert_eq!(
        told,
        [
            ("a1", "no a1", day("2026-02-01"), -2_000),
            ("a2", "no a2", day("2026-03-01"), -5_000),
            ("a3", "no a3", day("2026-04-02"), 1_000),
        ]
    );
    assert_eq!((restated.gross.minor, a.amount.minor), (50_000, 44_000));
    let gone = &component.left_out[0];
    let restated = gone.restated.as_ref().unwrap();
    assert_eq!((gone.id.as_str(), restated.gross.minor), ("b", 10_000));
    assert_eq!(restated.refunds[0].id, "b1");
    assert_eq!(component.counted[1].restated, None);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn whatever_happened_names_and_amounts_close(
        deals in prop::collection::vec((1..=3_u32, 1..=28_u32, 1..200_000_i64), 1..15),
        refunds in prop::collection::vec((0..15_usize, 1..=28_u32, -90_000..20_000_i64), 0..15),
    ) {
        let mut facts = Vec::new();
        for (at, (month, on, minor)) in deals.iter().enumerate() {
            facts.push(fact(&format!("d{at}"), &format!("2026-{month:02}-{on:02}"), *minor));
        }
        for (at, (of, on, minor)) in refunds.iter().enumerate() {
            let of = format!("d{}", of % deals.len());
            facts.push(refund(&format!("r{at}"), &format!("2026-03-{on:02}"), *minor, &of));
        }
        let component = paid(&input(PLAN, facts));
        check(&component);
        let counted = component.counted.iter().map(|one| (one.amount, &one.restated));
        let left_out = component.left_out.iter().map(|one| (one.amount, &one.restated));
        let mut told = 0;
        for (amount, restated) in counted.clone().chain(left_out) {
            let Some(restated) = restated else { continue };
            let taken: i64 = restated.refunds.iter().map(|one| one.amount.minor).sum();
            prop_assert_eq!(restated.gross.minor + taken, amount.minor);
            prop_assert!(restated.refunds.is_sorted_by_key(|one| one.on));
            told += restated.refunds.len();
        }
        prop_assert_eq!(told, refunds.len(), "no refund is left untold");
        prop_assert!(component.counted.iter().all(|one| one.refunded == one.restated.is_some()));
    }
}
