//! What is wrong or doubtful in a plan, with its place.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yeji_core::Ratio;
use yeji_core::calendar::PeriodKind;
use yeji_core::metric::MetricUnit;

use crate::error::kind_code;
use crate::plan::{MAX_TIERS, Plan, SCHEMA};
use crate::{percent, rate};

/// Above this share (1,000 %) a percentage is probably `50` written for `50%`.
const UNUSUAL: i64 = 10;

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
}

/// A problem of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PlanProblem {
    /// Whether the plan can be used.
    pub severity: Severity,
    /// Closed code; see [`check`].
    pub code: String,
    /// The tier, counted from 0; none where the plan as a whole is meant.
    pub tier: Option<usize>,
    /// Values for the sentence.
    pub params: BTreeMap<String, String>,
}

/// All problems of a plan, errors first, then in order of tiers.
///
/// Errors: `unknown_schema` (given, known), `missing_code`, `missing_name` (language),
/// `metric_is_not_money` (metric), `unsupported_period` (period), `negative_target_bonus` (amount),
/// `no_tiers`, `too_many_tiers` (count, limit), `negative_from` (from), `empty_tier` (from, to),
/// `unordered_tiers` (from, before), `overlapping_tiers` and `gap` (from, before: the end of the
/// tier before, absent where it has none), `negative_percent` (percent), `too_fine` (numbers whose
/// exact products do not fit).
///
/// Warnings: `falling_payout` (at, before, after: sales rise over `at` and the share of the target
/// bonus falls), `unusual_percent` (percent, meant: over 1,000 %, perhaps `50` was written for `50%`).
pub fn check(plan: &Plan) -> Vec<PlanProblem> {
    let mut problems = Problems::default();
    check_head(plan, &mut problems);
    check_tiers(plan, &mut problems);
    if problems.0.is_empty() && check_curve(plan, &mut problems).is_err() {
        problems.error("too_fine", None, &[]);
    }
    check_unusual(plan, &mut problems);
    problems
        .0
        .sort_by_key(|problem| (problem.severity, problem.tier));
    problems.0
}

/// Refuses a plan with errors; warnings pass.
///
/// # Errors
/// [`crate::Error`] that names the first problem, its tier, and how many there are.
pub fn require_usable(plan: &Plan) -> crate::Result<()> {
    crate::Error::of_problems(check(plan)).map_or(Ok(()), Err)
}

#[derive(Default)]
struct Problems(Vec<PlanProblem>);

impl Problems {
    fn error(&mut self, code: &str, tier: Option<usize>, params: &[(&str, String)]) {
        self.add(Severity::Error, code, tier, params);
    }

    fn warning(&mut self, code: &str, tier: Option<usize>, params: &[(&str, String)]) {
        self.add(Severity::Warning, code, tier, params);
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
        self.0.push(PlanProblem {
            severity,
            code: code.to_owned(),
            tier,
            params,
        });
    }
}

fn check_head(plan: &Plan, problems: &mut Problems) {
    if plan.schema != SCHEMA {
        let params = [
            ("given", plan.schema.to_string()),
            ("known", SCHEMA.to_string()),
        ];
        problems.error("unknown_schema", None, &params);
    }
    if plan.code.trim().is_empty() {
        problems.error("missing_code", None, &[]);
    }
    for (language, name) in [("zh", &plan.name.zh), ("en", &plan.name.en)] {
        if name.trim().is_empty() {
            problems.error("missing_name", None, &[("language", language.to_owned())]);
        }
    }
    if plan.metric.unit() != MetricUnit::Money {
        let params = [("metric", plan.metric.code().to_owned())];
        problems.error("metric_is_not_money", None, &params);
    }
    if matches!(plan.period, PeriodKind::CutWeek | PeriodKind::IsoWeek) {
        let params = [("period", kind_code(plan.period).to_owned())];
        problems.error("unsupported_period", None, &params);
    }
    if let Some(amount) = plan.default_target_bonus.filter(|amount| amount.minor < 0) {
        problems.error(
            "negative_target_bonus",
            None,
            &[("amount", amount.to_string())],
        );
    }
    if plan.below_first_tier.percent() < Ratio::ZERO {
        let percent = percent::format(plan.below_first_tier.percent());
        problems.error("negative_percent", None, &[("percent", percent)]);
    }
}

fn check_tiers(plan: &Plan, problems: &mut Problems) {
    if plan.tiers.is_empty() {
        problems.error("no_tiers", None, &[]);
    }
    if plan.tiers.len() > MAX_TIERS {
        let params = [
            ("count", plan.tiers.len().to_string()),
            ("limit", MAX_TIERS.to_string()),
        ];
        problems.error("too_many_tiers", None, &params);
    }
    for (index, tier) in plan.tiers.iter().enumerate() {
        let from = || ("from", percent::format(tier.from));
        if tier.from < Ratio::ZERO {
            problems.error("negative_from", Some(index), &[from()]);
        }
        if let Some(to) = tier.to.filter(|to| *to <= tier.from) {
            problems.error(
                "empty_tier",
                Some(index),
                &[from(), ("to", percent::format(to))],
            );
        }
        if tier.pay.percent() < Ratio::ZERO {
            let percent = percent::format(tier.pay.percent());
            problems.error("negative_percent", Some(index), &[("percent", percent)]);
        }
    }
    for (index, pair) in plan.tiers.windows(2).enumerate() {
        let (before, tier) = (&pair[0], &pair[1]);
        let from = ("from", percent::format(tier.from));
        let end = before.to.map(|to| ("before", percent::format(to)));
        let params: Vec<_> = std::iter::once(from.clone()).chain(end).collect();
        if tier.from < before.from {
            let params = [from, ("before", percent::format(before.from))];
            problems.error("unordered_tiers", Some(index + 1), &params);
        } else if before.to.is_none_or(|to| tier.from < to) {
            problems.error("overlapping_tiers", Some(index + 1), &params);
        } else if before.to.is_some_and(|to| to < tier.from) {
            problems.error("gap", Some(index + 1), &params);
        }
    }
}

/// Compares what is paid just below and just above each edge. Within a tier pay cannot fall, since
/// no percentage is negative.
fn check_curve(plan: &Plan, problems: &mut Problems) -> yeji_core::Result<()> {
    let mut before = plan.below_first_tier.percent();
    let mut fall = |at: Ratio, before: Ratio, after: Ratio, tier: usize| {
        if after < before {
            let params = [
                ("at", percent::format(at)),
                ("before", percent::format(before)),
                ("after", percent::format(after)),
            ];
            problems.warning("falling_payout", Some(tier), &params);
        }
    };
    for (index, tier) in plan.tiers.iter().enumerate() {
        let start = rate::share(&rate::slices_in(plan, index, tier.from)?)?;
        fall(tier.from, before, start, index);
        if let Some(to) = tier.to {
            before = rate::share(&rate::slices_in(plan, index, to)?)?;
            if index + 1 == plan.tiers.len() {
                fall(to, before, Ratio::ZERO, index);
            }
        }
    }
    Ok(())
}

fn check_unusual(plan: &Plan, problems: &mut Problems) {
    let mut look = |value: Ratio, tier: Option<usize>| {
        if value > Ratio::from_int(UNUSUAL) {
            let params = [
                ("percent", percent::format(value)),
                ("meant", format!("{value}%")),
            ];
            problems.warning("unusual_percent", tier, &params);
        }
    };
    look(plan.below_first_tier.percent(), None);
    for (index, tier) in plan.tiers.iter().enumerate() {
        for value in [Some(tier.from), tier.to, Some(tier.pay.percent())]
            .into_iter()
            .flatten()
        {
            look(value, Some(index));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::{AppliesTo, Pay, Tier, attainment_bands};

    fn ratio(text: &str) -> Ratio {
        percent::parse(text).unwrap()
    }

    fn tier(from: &str, to: &str, pays: &str) -> Tier {
        Tier {
            from: ratio(from),
            to: (!to.is_empty()).then(|| ratio(to)),
            applies_to: AppliesTo::All,
            pay: Pay::PercentOfTargetBonus {
                percent: ratio(pays),
            },
        }
    }

    fn codes(plan: &Plan) -> Vec<(String, Option<usize>)> {
        super::check(plan)
            .into_iter()
            .map(|problem| (problem.code, problem.tier))
            .collect()
    }

    #[test]
    fn the_template_has_no_problem() {
        assert_eq!(super::check(&attainment_bands().unwrap()), []);
    }

    #[test]
    fn tiers() {
        let check = |tiers: &[Tier], expected: &[(&str, Option<usize>)]| {
            let mut plan = attainment_bands().unwrap();
            plan.tiers = tiers.to_vec();
            let expected: Vec<_> = expected
                .iter()
                .map(|(code, at)| ((*code).to_owned(), *at))
                .collect();
            assert_eq!(codes(&plan), expected, "{tiers:?}");
        };
        let half = tier("80%", "100%", "50%");
        check(&[], &[("no_tiers", None)]);
        check(&[half.clone(), tier("100%", "", "200%")], &[]);
        check(
            &[half.clone(), tier("110%", "", "200%")],
            &[("gap", Some(1))],
        );
        check(
            &[half.clone(), tier("90%", "", "200%")],
            &[("overlapping_tiers", Some(1))],
        );
        check(
            &[half.clone(), half.clone()],
            &[("overlapping_tiers", Some(1))],
        );
        check(
            &[tier("80%", "", "50%"), tier("100%", "", "200%")],
            &[("overlapping_tiers", Some(1))],
        );
        check(
            &[half.clone(), tier("50%", "80%", "10%")],
            &[("unordered_tiers", Some(1))],
        );
        check(&[tier("80%", "80%", "50%")], &[("empty_tier", Some(0))]);
        check(&[tier("80%", "70%", "50%")], &[("empty_tier", Some(0))]);
        check(&[tier("-10%", "", "50%")], &[("negative_from", Some(0))]);
        check(&[tier("80%", "", "-1%")], &[("negative_percent", Some(0))]);
        check(
            &[half.clone(), tier("100%", "", "40%")],
            &[("falling_payout", Some(1))],
        );
        check(&[half], &[("falling_payout", Some(0))]);
        check(&[tier("80%", "", "50")], &[("unusual_percent", Some(0))]);
        let steps = |count: usize| -> Vec<Tier> {
            (0..count)
                .map(|at| {
                    let to = if at + 1 == count {
                        String::new()
                    } else {
                        format!("{}%", at + 1)
                    };
                    tier(&format!("{at}%"), &to, &format!("{at}%"))
                })
                .collect()
        };
        check(&steps(MAX_TIERS), &[]);
        check(&steps(MAX_TIERS + 1), &[("too_many_tiers", None)]);
    }

    #[test]
    fn the_values_of_a_fall_are_named() {
        let mut plan = attainment_bands().unwrap();
        plan.tiers[1].pay = Pay::Nothing;
        let problem = super::check(&plan).remove(0);
        assert_eq!(problem.severity, Severity::Warning);
        let values: Vec<_> = problem.params.values().map(String::as_str).collect();
        assert_eq!(values, ["0%", "100%", "50%"], "after, at, before");
    }

    #[test]
    fn fractions_without_an_exact_product_are_refused() {
        let mut plan = attainment_bands().unwrap();
        let fine = "1/99999999999999999999999999989";
        plan.tiers = vec![
            tier("1/99999999999999999999999999999", "100%", fine),
            tier("100%", "", fine),
        ];
        plan.tiers[0].applies_to = AppliesTo::Excess;
        assert_eq!(codes(&plan), [("too_fine".to_owned(), None)]);
    }

    #[test]
    fn an_excess_tier_never_falls_because_it_pays_on_top() {
        let mut plan = attainment_bands().unwrap();
        plan.tiers[1].applies_to = AppliesTo::Excess;
        assert_eq!(super::check(&plan), []);
    }

    #[test]
    fn head() {
        let check = |change: &dyn Fn(&mut Plan), expected: &str| {
            let mut plan = attainment_bands().unwrap();
            change(&mut plan);
            assert_eq!(codes(&plan), [(expected.to_owned(), None)], "{expected}");
        };
        check(&|plan| plan.schema = 2, "unknown_schema");
        check(&|plan| plan.code = " ".into(), "missing_code");
        check(&|plan| plan.name.zh.clear(), "missing_name");
        check(
            &|plan| plan.metric = yeji_core::metric::Metric::WonCount,
            "metric_is_not_money",
        );
        check(
            &|plan| plan.period = PeriodKind::IsoWeek,
            "unsupported_period",
        );
        check(
            &|plan| {
                plan.default_target_bonus =
                    Some(yeji_core::Money::new(-1, yeji_core::Currency::CNY));
            },
            "negative_target_bonus",
        );
        check(
            &|plan| {
                plan.below_first_tier = Pay::PercentOfTargetBonus {
                    percent: ratio("-1%"),
                }
            },
            "negative_percent",
        );
        check(&|plan| plan.tiers.clear(), "no_tiers");
    }
}
