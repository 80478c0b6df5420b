//! Why a deal pays what it pays, in words' codes.

use yeji_core::Ratio;

use crate::input::FactInput;
use crate::percent;
use crate::statement::{ComponentResult, Figure, Note, Statement, StatementLine, StepKind};

pub(super) fn of_component(
    before: &ComponentResult,
    after: &ComponentResult,
    facts: &[FactInput],
) -> Vec<Note> {
    let is_ours = |id: &str| facts.iter().any(|fact| fact.id == id);
    let left_out = after.left_out.iter().find(|fact| is_ours(&fact.id));
    let counted = after.counted.iter().any(|fact| is_ours(&fact.id));
    let mut reasons = Vec::new();
    if let (Some(fact), false) = (left_out, counted) {
        let code = format!("deal_left_out_{}", fact.reason.code());
        reasons.push(Note::new(&code, &[]));
    }
    reasons.extend(moved(before, after));
    reasons.extend(tier(before, after));
    reasons.extend(gates(before, after));
    reasons.extend(limits(before, after));
    if after.amount.is_none() {
        let new = after.notes.iter();
        reasons.extend(new.filter(|note| !before.notes.contains(note)).cloned());
    } else if counted && before.amount == after.amount {
        reasons.push(Note::new("deal_same_amount", &[]));
    }
    reasons
}

/// Attainment where there is one, else the measure.
fn moved(before: &ComponentResult, after: &ComponentResult) -> Option<Note> {
    let shown = |ratio: Option<Ratio>| ratio.map(percent::shown);
    if let (from, Some(to)) = (shown(before.attainment), shown(after.attainment))
        && before.attainment != after.attainment
    {
        let from = from.unwrap_or_else(|| percent::shown(Ratio::ZERO));
        return Some(Note::new("deal_attainment", &[("from", from), ("to", to)]));
    }
    let (from, to) = (before.measure?, after.measure?);
    let texts = [("from", from.text()), ("to", to.text())];
    let code = match to {
        Figure::Money(_) => "deal_measure",
        Figure::Number(_) => "deal_measure_number",
    };
    (from != to).then(|| Note::new(code, &texts))
}

/// The tier of what is paid now; with measures to date the first of the steps.
fn tier(before: &ComponentResult, after: &ComponentResult) -> Option<Note> {
    let of = |one: &ComponentResult| {
        let step = one.trace.iter().find(|step| step.step == StepKind::Tier)?;
        Some((step.explain.code.clone(), step.value.clone()))
    };
    let (was, (code, number)) = (of(before), of(after)?);
    if was.as_ref().is_some_and(|(_, before)| *before == number) {
        let is_same = number != "0" && before.measure != after.measure;
        return is_same.then(|| Note::new("deal_same_tier", &[("number", number)]));
    }
    if number == "0" {
        let end = if code == "tier_above" {
            "above"
        } else {
            "below"
        };
        return Some(Note::new(&format!("deal_tier_{end}"), &[]));
    }
    let from = was.map_or_else(|| "0".to_owned(), |(_, before)| before);
    if from == "0" {
        return Some(Note::new("deal_first_tier", &[("to", number)]));
    }
    Some(Note::new("deal_tier", &[("from", from), ("to", number)]))
}

fn gates(before: &ComponentResult, after: &ComponentResult) -> Vec<Note> {
    let gates = |one: &ComponentResult| -> Vec<(String, bool)> {
        let steps = one.trace.iter().filter(|step| step.step == StepKind::Gate);
        steps
            .map(|step| {
                let when = step.explain.params.get("when").cloned();
                (when.unwrap_or_default(), step.explain.code == "gate_holds")
            })
            .collect()
    };
    let was = gates(before);
    let mut notes = Vec::new();
    for (when, holds) in gates(after) {
        let before = was.iter().find(|(gate, _)| *gate == when);
        let code = match (before, holds) {
            (Some((_, false)), true) => "deal_gate_opens",
            (Some((_, true)), false) => "deal_gate_closes",
            _ => continue,
        };
        notes.push(Note::new(code, &[("when", when)]));
    }
    notes
}

fn limits(before: &ComponentResult, after: &ComponentResult) -> Vec<Note> {
    let line = |one: &ComponentResult, code: &str| -> Option<StatementLine> {
        let found = one.lines.iter().find(|line| line.label.code == code);
        found.cloned()
    };
    let limit = |line: &StatementLine| line.label.params.get("limit").cloned();
    let mut notes = Vec::new();
    if let Some(cap) = line(after, "line_cap") {
        let params = [("limit", limit(&cap).unwrap_or_default())];
        notes.push(Note::new("deal_cap", &params));
    }
    if let (Some(floor), None) = (line(before, "line_floor"), line(after, "line_floor")) {
        let params = [("limit", limit(&floor).unwrap_or_default())];
        notes.push(Note::new("deal_floor_gone", &params));
    }
    notes
}

/// The plan's own cap and floor.
pub(super) fn of_plan(before: &Statement, after: &Statement) -> Vec<Note> {
    let Some(line) = &after.limit else {
        return Vec::new();
    };
    if before.limit.as_ref() == Some(line) {
        return Vec::new();
    }
    let limit = line.label.params.get("limit").cloned().unwrap_or_default();
    let code = match line.label.code.as_str() {
        "line_plan_cap" => "deal_plan_cap",
        _ => "deal_plan_floor",
    };
    vec![Note::new(code, &[("limit", limit)])]
}
