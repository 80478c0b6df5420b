//! Examples of `docs/bonus-plans.md` that need more than deals of one person: a block's `[input]` is the
//! engine's input in short forms, and each row of its table one person.

use serde_json::{Map, Value, json};
use yeji_bonus::{CalculateInput, Plan, Statement, calculate};
use yeji_core::{Currency, Money};

/// Calculates an example. Short forms: money as its decimal text, credits as `{ person = "share" }`, a
/// label as its id, a goal or KPI of the example's period by its code alone.
pub fn statements(plan: &Plan, input: &toml::Table) -> Vec<Statement> {
    let period = input.get("period").and_then(toml::Value::as_str);
    let period = period.unwrap_or("2017-Q4");
    let written = serde_json::to_value(input).unwrap();
    let list = |name: &str, write_out: &dyn Fn(&Map<String, Value>) -> Value| -> Vec<Value> {
        let items = written.get(name).and_then(Value::as_array);
        let items = items.into_iter().flatten();
        items
            .map(|item| write_out(item.as_object().unwrap()))
            .collect()
    };
    let input = json!({
        "plan": plan,
        "period": period,
        "as_of": "2018-01-01",
        "currency": "CNY",
        "people": list("people", &|item| person(item, period)),
        "facts": list("facts", &fact),
        "reports": list("reports", &|item| json!(item)),
        "teams": list("teams", &|item| team(item, period)),
        "adjustments": list("adjustments", &|item| with_money(item, &["amount"])),
    });
    let input: CalculateInput = serde_json::from_value(input).unwrap();
    calculate(&input).unwrap().statements
}

fn money(text: &Value) -> Value {
    json!(Money::parse_major(text.as_str().unwrap(), Currency::CNY).unwrap())
}

fn with_money(item: &Map<String, Value>, names: &[&str]) -> Value {
    let mut item = item.clone();
    for name in names {
        if let Some(text) = item.get_mut(*name) {
            *text = money(text);
        }
    }
    json!(item)
}

/// `{ code = number }` as the engine's list for a period.
fn by_code(of: Option<&Value>, period: &str, code: &str, number: &str) -> Vec<Value> {
    let of = of.and_then(Value::as_object).into_iter().flatten();
    of.map(|(name, value)| json!({ code: name, "period": period, number: value }))
        .collect()
}

fn person(item: &Map<String, Value>, period: &str) -> Value {
    let mut kpis = by_code(item.get("kpis"), period, "kpi", "value");
    kpis.extend(by_code(
        item.get("attainments"),
        period,
        "kpi",
        "attainment",
    ));
    let mut person = json!({
        "person": item["person"],
        "name": item["person"],
        "goals": by_code(item.get("goals"), period, "measure", "amount"),
        "kpis": kpis,
    });
    for (name, value) in item {
        match name.as_str() {
            "person" | "goals" | "kpis" | "attainments" => {}
            "target_bonus" => {
                person["assignments"] = json!([{ "target_bonus": money(value) }]);
            }
            "assignments" => {
                let all = value.as_array().unwrap().iter();
                let all = all.map(|one| with_money(one.as_object().unwrap(), &["target_bonus"]));
                person[name] = all.collect();
            }
            _ => person[name] = value.clone(),
        }
    }
    person
}

fn team(item: &Map<String, Value>, period: &str) -> Value {
    json!({
        "team": item["team"],
        "name": item["team"],
        "members": item["members"],
        "goals": by_code(item.get("goals"), period, "measure", "amount"),
    })
}

fn fact(item: &Map<String, Value>) -> Value {
    let mut fact = with_money(item, &["amount", "margin"]);
    let shares = |of: &Value| -> Value {
        let of = of.as_object().unwrap().iter();
        of.map(|(person, share)| json!({ "person": person, "share": share }))
            .collect()
    };
    fact["label"] = item["id"].clone();
    let kind = item.get("kind").cloned();
    fact["kind"] = kind.unwrap_or(json!("closing"));
    let credits = item.get("credits").cloned();
    fact["credits"] = shares(&credits.unwrap_or(json!({ "p1": "100%" })));
    if let Some(overlays) = item.get("overlays") {
        fact["overlays"] = shares(overlays);
    }
    fact
}
