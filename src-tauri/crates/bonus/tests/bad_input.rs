//! Inputs that are wrong, or as large as nobody's: what concerns one person blocks that one, what is
//! endless is refused or done in a moment.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use yeji_bonus::{CalculateInput, Statement, calculate};

const COMMISSION: &str = r#"{ "kind": "percent_of_measure", "percent": "1%" }"#;

/// One component that pays 1 % of what is credited.
fn plan(component: &Value) -> Value {
    let mut whole = json!({
        "code": "sales", "name": { "zh": "销售", "en": "Sales" },
        "measure": { "kind": "facts" },
        "rate": { "by": "amount", "tiers": [{
            "from": "0", "pay": serde_json::from_str::<Value>(COMMISSION).unwrap(),
        }] },
    });
    for (key, value) in component.as_object().unwrap() {
        whole[key] = value.clone();
    }
    json!({
        "schema": 2, "code": "p", "name": { "zh": "方案", "en": "Plan" }, "period": "quarter",
        "components": [whole],
    })
}

fn fact(id: &str, amount: &str, credits: &[(&str, &str)], refunds: &[String]) -> Value {
    let credits: Vec<Value> = credits
        .iter()
        .map(|(person, share)| json!({ "person": person, "share": share }))
        .collect();
    json!({
        "id": id, "label": id, "kind": "closing", "on": "2017-10-06",
        "amount": { "amount": amount, "currency": "CNY" },
        "credits": credits, "refunds": refunds,
    })
}

fn input(plan: &Value, people: &[&str], facts: &[Value], more: &Value) -> CalculateInput {
    let people: Vec<Value> = people
        .iter()
        .map(|one| json!({ "person": one, "name": one }))
        .collect();
    let mut input = json!({
        "plan": plan, "period": "2017-Q4", "as_of": "2018-01-01", "currency": "CNY",
        "people": people, "facts": facts,
    });
    for (key, value) in more.as_object().unwrap() {
        input[key] = value.clone();
    }
    serde_json::from_value(input).unwrap()
}

fn statements(input: &CalculateInput) -> Vec<Statement> {
    calculate(input).unwrap().statements
}

fn paid(statement: &Statement) -> String {
    if statement.blocked {
        let blocked = statement.components.iter();
        let blocked = blocked.filter(|one| one.amount.is_none());
        let notes = blocked.flat_map(|one| &one.notes);
        let first = notes.chain(&statement.notes).next();
        return first.map_or_else(String::new, |note| note.code.clone());
    }
    statement.payout.to_major()
}

/// A machine with much to do needs more; work that grows with the square would take minutes.
fn in_a_moment<T>(work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let done = work();
    let took = start.elapsed();
    assert!(took < Duration::from_secs(20), "{took:?}");
    done
}

const MANY: usize = 20_000;

#[test]
fn a_chain_of_refunds_is_followed_once() {
    let mut facts = vec![fact("f0", "1000000.00", &[("a", "100%")], &[])];
    facts.extend((1..MANY).map(|at| {
        let before = format!("f{}", at - 1);
        fact(&format!("f{at}"), "-1.00", &[("a", "100%")], &[before])
    }));
    facts.reverse();
    let input = input(&plan(&json!({})), &["a"], &facts, &json!({}));
    let paid_now = in_a_moment(|| paid(&statements(&input)[0]));
    assert_eq!(paid_now, "9800.01", "1 % of 1,000,000 less 19,999");
}

#[test]
fn a_circle_of_refunds_is_refused() {
    let facts: Vec<Value> = (0..MANY)
        .map(|at| {
            let next = format!("f{}", (at + 1) % MANY);
            fact(&format!("f{at}"), "-1.00", &[("a", "100%")], &[next])
        })
        .collect();
    let input = input(&plan(&json!({})), &["a"], &facts, &json!({}));
    let error = in_a_moment(|| calculate(&input).unwrap_err());
    assert_eq!(error.code(), "refund_circle");
}

/// Everybody reports to the one before; of the last it depends.
fn ladder(last: Option<&str>) -> Value {
    let mut reports: Vec<Value> = (1..MANY)
        .map(|at| json!({ "person": format!("m{at}"), "manager": format!("m{}", at - 1) }))
        .collect();
    let top = last.map(|last| json!({ "person": "m0", "manager": last }));
    reports.extend(top);
    json!({ "reports": reports })
}

#[test]
fn deep_organisations_are_walked_and_circles_are_refused() {
    let plan = plan(&json!({ "credit": { "who": "reports" } }));
    let bottom = format!("m{}", MANY - 1);
    let facts = [fact("d", "100.00", &[(bottom.as_str(), "100%")], &[])];
    let deep = input(&plan, &["m0", "m7"], &facts, &ladder(None));
    let found = in_a_moment(|| statements(&deep));
    assert_eq!(found.iter().map(paid).collect::<Vec<_>>(), ["1.00", "1.00"]);
    let circle = input(&plan, &["m0"], &facts, &ladder(Some(bottom.as_str())));
    let error = in_a_moment(|| calculate(&circle).unwrap_err());
    assert_eq!(error.code(), "manager_circle");
}

#[test]
fn what_does_not_fit_blocks_only_whom_it_concerns() {
    // Neighbours have no common factor: the sum's denominator has 60 digits.
    let fine = "1/999999999999999999999999999999";
    let finer = "1/999999999999999999999999999998";
    let facts = [
        fact("d1", "100.00", &[("a", fine), ("b", finer)], &[]),
        fact("d2", "100.00", &[("c", "100%")], &[]),
        fact("d3", "90000000000000000.00", &[("d", "100%")], &[]),
        fact("d4", "90000000000000000.00", &[("d", "100%")], &[]),
        fact("d5", "-90000000000000000.00", &[("e", "100%")], &[]),
        fact(
            "d6",
            "-90000000000000000.00",
            &[("e", "100%")],
            &["d5".into()],
        ),
    ];
    let people = ["a", "b", "c", "d", "e"];
    let found = statements(&input(&plan(&json!({})), &people, &facts, &json!({})));
    let overflow = "bonus_overflow";
    assert_eq!(
        found.iter().map(paid).collect::<Vec<_>>(),
        [overflow, overflow, "1.00", overflow, overflow]
    );
}

#[test]
fn a_payout_that_does_not_fit_is_not_paid() {
    let most = "92233720368547758.07";
    let adjustment = |id: &str, person: &str| {
        json!({
            "id": id, "person": person, "amount": { "amount": most, "currency": "CNY" },
            "reason": "?", "by": "x", "approved_by": "y",
        })
    };
    let more = json!({ "adjustments": [adjustment("1", "a"), adjustment("2", "a")] });
    let facts = [fact("d", "100.00", &[("b", "100%")], &[])];
    let found = statements(&input(&plan(&json!({})), &["a", "b"], &facts, &more));
    assert_eq!(paid(&found[0]), "bonus_overflow");
    assert_eq!((found[0].payout.minor, found[0].blocked), (0, true));
    assert_eq!(paid(&found[1]), "1.00");
}

#[test]
fn a_list_blocks_only_where_its_fact_counts() {
    let filtered = plan(&json!({ "credit": { "filter": "amount > 1000" } }));
    let broken = fact("d1", "100.00", &[("a", "99.99%")], &[]);
    let facts = [broken.clone(), fact("d2", "2000.00", &[("a", "100%")], &[])];
    let found = statements(&input(&filtered, &["a"], &facts, &json!({})));
    assert_eq!(paid(&found[0]), "20.00", "the filter leaves it out");
    let taken_back = fact("u", "-100.00", &[("a", "100%")], &["d1".into()]);
    let facts = [broken.clone(), taken_back];
    let found = statements(&input(&plan(&json!({})), &["a"], &facts, &json!({})));
    assert_eq!(paid(&found[0]), "0.00", "it is worth nothing");
    let found = statements(&input(&plan(&json!({})), &["a"], &[broken], &json!({})));
    assert_eq!(paid(&found[0]), "credit_total");
}

#[test]
fn a_receipt_belongs_to_a_closing() {
    let plan = plan(&json!({ "credit": { "event": "receipt", "rate_date": "deal" } }));
    let kind = |mut fact: Value, kind: &str, of: &str| {
        fact["kind"] = json!(kind);
        fact["of"] = json!(of);
        fact
    };
    let whole = [("a", "100%")];
    let invoice = kind(fact("i", "100.00", &whole, &[]), "invoice", "d");
    let receipt = |of: &str| kind(fact("r", "100.00", &whole, &[]), "receipt", of);
    let deal = fact("d", "100.00", &whole, &[]);
    let check = |of: &str, expected: &str| {
        let facts = [deal.clone(), invoice.clone(), receipt(of)];
        let found = statements(&input(&plan, &["a"], &facts, &json!({})));
        assert_eq!(paid(&found[0]), expected, "{of}");
    };
    check("d", "1.00");
    check("i", "deal_missing");
}

#[test]
fn a_pool_is_divided_among_all_members_whoever_is_mentioned_elsewhere() {
    let plan = plan(&json!({ "pool": { "by": "equal" } }));
    let team = json!({ "teams": [{ "team": "t", "name": "T", "members": [
        { "person": "a" }, { "person": "b" },
        { "person": "a", "from": "2017-11-01" },
    ] }] });
    let facts = [fact("d", "100.00", &[("a", "100%")], &[])];
    let alone = statements(&input(&plan, &["a"], &facts, &team));
    assert_eq!(paid(&alone[0]), "0.50");
    let both = statements(&input(&plan, &["a", "b"], &facts, &team));
    assert_eq!(both.iter().map(paid).collect::<Vec<_>>(), ["0.50", "0.50"]);
}

#[test]
fn the_order_of_people_never_decides_who_is_named() {
    let mut plan = plan(&json!({}));
    plan["components"].as_array_mut().unwrap().push(json!({
        "code": "override", "name": { "zh": "管理提成", "en": "Override" },
        "measure": { "kind": "earnings", "of": "sales" },
        "rate": { "by": "amount", "tiers": [{
            "from": "0", "pay": serde_json::from_str::<Value>(COMMISSION).unwrap(),
        }] },
    }));
    let facts = [fact("d", "1.00", &[("a", "50%"), ("b", "49%")], &[])];
    let reports = json!({ "reports": [
        { "person": "a", "manager": "boss" }, { "person": "b", "manager": "boss" },
    ] });
    let named = |people: &[&str]| {
        let found = statements(&input(&plan, people, &facts, &reports));
        let boss = found.iter().find(|one| one.person == "boss").unwrap();
        boss.components[1].notes[0].params["name"].clone()
    };
    assert_eq!(named(&["a", "b", "boss"]), "a");
    assert_eq!(named(&["boss", "b", "a"]), "a");
}

#[test]
fn a_limit_by_a_target_bonus_that_is_not_there_is_told() {
    let mut plan = plan(&json!({}));
    plan["cap"] = json!({ "kind": "percent_of_target_bonus", "percent": "150%" });
    let facts = [fact("d", "100.00", &[("a", "100%")], &[])];
    let found = statements(&input(&plan, &["a"], &facts, &json!({})));
    assert_eq!(paid(&found[0]), "1.00");
    let codes: Vec<&str> = found[0].notes.iter().map(|one| one.code.as_str()).collect();
    assert_eq!(codes, ["limit_without_target_bonus"]);
}

#[test]
fn what_is_known_and_pays_nothing_is_named_too() {
    let plan = plan(&json!({ "rate": { "by": "attainment", "tiers": [{
        "from": "0%", "pay": { "kind": "percent_of_target_bonus", "percent": "100%" },
    }] } }));
    let check = |goal: Option<&str>, amount: &str, codes: &[&str]| {
        let facts = [fact("d", amount, &[("a", "100%")], &[])];
        let mut input = input(&plan, &["a"], &facts, &json!({}));
        let goals: Vec<Value> = goal
            .iter()
            .map(|goal| json!({ "period": "2017-Q4", "measure": "won_amount", "amount": goal }))
            .collect();
        input.people[0].goals = serde_json::from_value(json!(goals)).unwrap();
        let found = statements(&input);
        let notes = found[0].components[0].notes.iter();
        let notes: Vec<&str> = notes.map(|note| note.code.as_str()).collect();
        assert_eq!(notes, codes, "{goal:?} {amount}");
        assert_eq!(paid(&found[0]), "0.00", "{goal:?} {amount}");
    };
    check(None, "100.00", &["no_goal"]);
    check(Some("0"), "100.00", &["goal_zero"]);
    check(Some("-5"), "100.00", &["goal_negative"]);
    check(Some("100"), "100.00", &["no_target_bonus"]);
    check(
        Some("100"),
        "-100.00",
        &["negative_measure", "below_first_tier"],
    );
}

#[test]
fn the_order_of_refunds_decides_nothing() {
    let whole = &[("p1", "100%")];
    let of_deal = ["deal".to_owned()];
    let mut facts = vec![
        fact("deal", "92233720368547750.00", whole, &[]),
        fact("up", "100.00", whole, &of_deal),
        fact("down", "-500.00", whole, &of_deal),
    ];
    let plan = plan(&json!({}));
    let one = statements(&input(&plan, &["p1"], &facts, &json!({})));
    facts.reverse();
    let other = statements(&input(&plan, &["p1"], &facts, &json!({})));
    assert_eq!(one, other);
    assert_eq!(paid(&one[0]), "922337203685473.50");
}

#[test]
fn what_is_said_of_a_deals_rate_is_told_with_the_deal() {
    let plan = plan(&json!({
        "credit": { "event": "receipt", "rate_date": "deal" },
        "rate": { "by": "attainment", "tiers": [{
            "from": "0%", "pay": serde_json::from_str::<Value>(COMMISSION).unwrap(),
        }] },
    }));
    let deal = fact("deal", "100.00", &[("p1", "100%")], &[]);
    let mut receipt = fact("receipt", "100.00", &[("p1", "100%")], &[]);
    receipt["kind"] = json!("receipt");
    receipt["of"] = json!("deal");
    let told = statements(&input(&plan, &["p1"], &[deal, receipt], &json!({})));
    let notes = &told[0].components[0].notes;
    let note = notes.iter().find(|note| note.code == "no_goal").unwrap();
    assert_eq!(note.params["deal"], "deal");
    assert_eq!(note.params["closed_on"], "2017-10-06");
}
