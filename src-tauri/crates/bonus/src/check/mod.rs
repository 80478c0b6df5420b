//! What is wrong or doubtful in a plan, with its place.

mod conditions;
mod pay;
mod settings;
#[cfg(test)]
mod tests;
mod tiers;

use std::collections::{BTreeMap, HashSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yeji_core::calendar::PeriodKind;
use yeji_core::{Currency, Money};

use crate::error::kind_code;
use crate::percent;
use crate::plan::{Component, Limit, MAX_COMPONENTS, Plan, PlanName, SCHEMA};

pub use conditions::FACT_NAMES;

/// Whether a plan with the problem can be used.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The plan is refused.
    Error,
    /// The plan works; look whether it is meant.
    Warning,
    /// The plan works as such plans do; good to know.
    Hint,
}

/// A problem of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PlanProblem {
    /// Whether the plan can be used.
    pub severity: Severity,
    /// Closed code; `docs/bonus-plans.md` explains each.
    pub code: String,
    /// Code of the component; none where the plan as a whole is meant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub component: Option<String>,
    /// The tier, counted from 0; none where it is about no tier.
    pub tier: Option<usize>,
    /// Values for the sentence.
    pub params: BTreeMap<String, String>,
}

/// All problems of a plan: errors first, then in order of components and tiers.
pub fn check(plan: &Plan) -> Vec<PlanProblem> {
    let mut problems = Problems::default();
    head(plan, &mut problems);
    // Only how amounts are scaled depends on it; a plan without amounts has no scale.
    let currency = amounts(plan)
        .first()
        .map_or(Currency::CNY, |(_, one)| one.currency);
    for (place, component) in plan.components.iter().enumerate() {
        problems.component = Some((place, component.code.clone()));
        name(&component.code, &component.name, &mut problems);
        settings::check(plan, component, &mut problems);
        conditions::check(component, &mut problems);
        tiers::check(component, &mut problems);
        pay::check(component, &mut problems);
        if !problems.has_errors() {
            pay::check_curve(component, currency, &mut problems);
        }
    }
    problems.found.sort_by_key(|(place, problem)| {
        let place = place.map_or(0, |place| place + 1);
        (problem.severity, place, problem.tier)
    });
    problems
        .found
        .into_iter()
        .map(|(_, problem)| problem)
        .collect()
}

/// Refuses a plan with errors; warnings pass.
///
/// # Errors
/// [`crate::Error`] that names the first problem, its tier, and how many there are.
pub fn require_usable(plan: &Plan) -> crate::Result<()> {
    crate::Error::of_problems(check(plan)).map_or(Ok(()), Err)
}

/// Refuses a plan whose amounts are in another currency than the company's.
///
/// # Errors
/// The first such amount, by its place.
pub fn require_currency(plan: &Plan, currency: Currency) -> crate::Result<()> {
    let mut amounts = amounts(plan).into_iter();
    match amounts.find(|(_, amount)| amount.currency != currency) {
        None => Ok(()),
        Some((place, amount)) => Err(crate::Error::MixedCurrencies {
            person: plan.code.clone(),
            place,
            expected: currency,
            found: amount.currency,
        }),
    }
}

/// Problems so far, and the component that is looked at.
#[derive(Default)]
struct Problems {
    found: Vec<(Option<usize>, PlanProblem)>,
    component: Option<(usize, String)>,
}

impl Problems {
    fn error(&mut self, code: &str, tier: Option<usize>, params: &[(&str, String)]) {
        self.add(Severity::Error, code, tier, params);
    }

    fn warning(&mut self, code: &str, tier: Option<usize>, params: &[(&str, String)]) {
        self.add(Severity::Warning, code, tier, params);
    }

    fn hint(&mut self, code: &str, tier: Option<usize>, params: &[(&str, String)]) {
        self.add(Severity::Hint, code, tier, params);
    }

    fn has_errors(&self) -> bool {
        let is_error = |(_, problem): &(_, PlanProblem)| problem.severity == Severity::Error;
        self.found.iter().any(is_error)
    }

    fn add(
        &mut self,
        severity: Severity,
        code: &str,
        tier: Option<usize>,
        params: &[(&str, String)],
    ) {
        let params = params
            .iter()
            .map(|(key, value)| ((*key).to_owned(), value.clone()))
            .collect();
        let (place, component) = self.component.clone().unzip();
        let problem = PlanProblem {
            severity,
            code: code.to_owned(),
            component,
            tier,
            params,
        };
        self.found.push((place, problem));
    }
}

fn head(plan: &Plan, problems: &mut Problems) {
    if plan.schema != SCHEMA {
        let params = [
            ("given", plan.schema.to_string()),
            ("known", SCHEMA.to_string()),
        ];
        problems.error("unknown_schema", None, &params);
    }
    name(&plan.code, &plan.name, problems);
    if matches!(plan.period, PeriodKind::CutWeek | PeriodKind::IsoWeek) {
        let params = [("period", kind_code(plan.period).to_owned())];
        problems.error("unsupported_period", None, &params);
    }
    if let Some(amount) = plan.default_target_bonus.filter(|amount| amount.minor < 0) {
        let params = [("amount", amount.to_string())];
        problems.error("negative_target_bonus", None, &params);
    }
    limits(plan.cap.as_ref(), plan.floor.as_ref(), problems);
    if plan.components.is_empty() {
        problems.error("no_components", None, &[]);
    }
    if plan.components.len() > MAX_COMPONENTS {
        let params = [
            ("count", plan.components.len().to_string()),
            ("limit", MAX_COMPONENTS.to_string()),
        ];
        problems.error("too_many_components", None, &params);
    }
    let mut codes = HashSet::new();
    for component in &plan.components {
        if !codes.insert(component.code.as_str()) {
            let params = [("code", component.code.clone())];
            problems.error("duplicate_component", None, &params);
        }
    }
}

fn name(code: &str, name: &PlanName, problems: &mut Problems) {
    if code.trim().is_empty() {
        problems.error("missing_code", None, &[]);
    }
    for (language, name) in [("zh", &name.zh), ("en", &name.en)] {
        if name.trim().is_empty() {
            problems.error("missing_name", None, &[("language", language.to_owned())]);
        }
    }
}

/// No limit below zero, no cap below its floor (where both are of one kind).
fn limits(cap: Option<&Limit>, floor: Option<&Limit>, problems: &mut Problems) {
    let shown = |limit: &Limit| match limit {
        Limit::Amount { amount } => amount.to_string(),
        Limit::PercentOfTargetBonus { percent } => percent::format(*percent),
    };
    let number = |limit: &Limit| match limit {
        Limit::Amount { amount } => yeji_core::Ratio::from_int(amount.minor),
        Limit::PercentOfTargetBonus { percent } => *percent,
    };
    for limit in [cap, floor].into_iter().flatten() {
        if number(limit) < yeji_core::Ratio::ZERO {
            problems.error("negative_limit", None, &[("limit", shown(limit))]);
        }
    }
    if let (Some(cap), Some(floor)) = (cap, floor)
        && std::mem::discriminant(cap) == std::mem::discriminant(floor)
        && number(cap) < number(floor)
    {
        let params = [("cap", shown(cap)), ("floor", shown(floor))];
        problems.error("cap_below_floor", None, &params);
    }
}

/// Every amount of money in a plan, with its place.
pub(crate) fn amounts(plan: &Plan) -> Vec<(String, Money)> {
    let mut found = Vec::new();
    let mut limit = |place: &str, limit: Option<&Limit>| {
        if let Some(Limit::Amount { amount }) = limit {
            found.push((place.to_owned(), *amount));
        }
    };
    limit("cap", plan.cap.as_ref());
    limit("floor", plan.floor.as_ref());
    for component in &plan.components {
        for limits in [&component.cap, &component.floor] {
            limit(&component.code, limits.per_period.as_ref());
            limit(&component.code, limits.per_deal.as_ref());
        }
    }
    if let Some(amount) = plan.default_target_bonus {
        found.push(("default_target_bonus".to_owned(), amount));
    }
    for component in &plan.components {
        for pay in pays(component) {
            if let Some(amount) = pay.amount() {
                found.push((component.code.clone(), amount));
            }
        }
    }
    found
}

/// Every pay of a component.
fn pays(component: &Component) -> impl Iterator<Item = &crate::plan::Pay> {
    let tiers = component.rate.tiers.iter();
    std::iter::once(&component.rate.below_first_tier)
        .chain(tiers.flat_map(|tier| std::iter::once(&tier.pay).chain(tier.pay_to.as_ref())))
}
