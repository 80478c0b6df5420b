//! Conditions that cannot be read, and names that nothing has.

use super::Problems;
use crate::condition::{self, Expression};
use crate::plan::{Baseline, Component};

/// What a filter may ask of a fact.
pub const FACT_NAMES: &[&str] = &[
    "amount",
    "margin",
    "quantity",
    "label",
    "customer",
    "customer_type",
    "region",
    "segment",
    "product",
    "category",
    "source",
];

/// What gates and modifiers may ask besides KPIs.
const RESULT_NAMES: &[&str] = &["measure", "goal", "attainment", "target_bonus"];

pub(super) fn check(component: &Component, problems: &mut Problems) {
    if let Some(filter) = &component.credit.filter
        && let Some(read) = read("filter", filter, problems)
    {
        unknown_names("filter", &read, FACT_NAMES, problems);
    }
    for gate in &component.gates {
        let read = read("gates", &gate.when, problems);
        if let (Some(read), true) = (read, component.pool.is_some()) {
            unknown_names("gates", &read, RESULT_NAMES, problems);
        }
    }
    for modifier in &component.modifiers {
        let read = read("modifiers", &modifier.value, problems);
        if let (Some(read), true) = (read, component.pool.is_some()) {
            unknown_names("modifiers", &read, RESULT_NAMES, problems);
        }
    }
    if let (Some(Baseline::Kpi { kpi }), true) =
        (&component.rate.baseline, component.pool.is_some())
    {
        let params = [("setting", "baseline".to_owned()), ("name", kpi.clone())];
        problems.error("unknown_name", None, &params);
    }
}

fn read(setting: &str, text: &str, problems: &mut Problems) -> Option<Expression> {
    match condition::parse(text) {
        Ok(read) => Some(read),
        Err(trouble) => {
            let mut params = vec![("setting", setting.to_owned())];
            let (code, more) = trouble.words();
            params.extend(more);
            problems.error(code, None, &params);
            None
        }
    }
}

fn unknown_names(setting: &str, read: &Expression, known: &[&str], problems: &mut Problems) {
    for name in read.names() {
        if !known.contains(&name) {
            let params = [
                ("setting", setting.to_owned()),
                ("name", name.to_owned()),
                ("known", known.join(", ")),
            ];
            problems.error("unknown_name", None, &params);
        }
    }
}
