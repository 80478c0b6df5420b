mod settings;

use yeji_core::Ratio;

use super::*;
use crate::plan::{
    AppliesTo, Baseline, Bound, By, ComponentLimits, Event, Gate, Measure, Modifier, ModifierStep,
    Over, Pay, Pool, PoolBy, Proration, RateDate, ScorecardItem, Tier, Value, attainment_bands,
};

fn ratio(text: &str) -> Ratio {
    percent::parse(text).unwrap()
}

fn share(text: &str) -> Bound {
    Bound::share(ratio(text))
}

fn of_target(text: &str) -> Pay {
    Pay::PercentOfTargetBonus {
        percent: ratio(text),
    }
}

fn of_measure(text: &str) -> Pay {
    Pay::PercentOfMeasure {
        percent: ratio(text),
    }
}

fn tier(from: &str, to: &str, pays: &str) -> Tier {
    Tier {
        from: share(from),
        to: (!to.is_empty()).then(|| share(to)),
        applies_to: AppliesTo::Whole,
        pay: of_target(pays),
        pay_to: None,
    }
}

fn yuan(amount: i64) -> Limit {
    Limit::Amount {
        amount: Money::new(amount * 100, yeji_core::Currency::CNY),
    }
}

/// Codes of problems that are more than hints, after a change of the built-in plan.
fn codes(change: impl FnOnce(&mut Plan)) -> Vec<String> {
    let mut plan = attainment_bands().unwrap();
    change(&mut plan);
    super::check(&plan)
        .into_iter()
        .filter(|problem| problem.severity != Severity::Hint)
        .map(|problem| problem.code)
        .collect()
}

fn component(change: impl FnOnce(&mut Component)) -> Vec<String> {
    codes(|plan| change(&mut plan.components[0]))
}

#[test]
fn templates_have_no_problem() {
    for document in crate::TEMPLATES {
        let plan = crate::parse_plan(document).unwrap();
        let problems = super::check(&plan);
        let grave = problems.iter().any(|one| one.severity != Severity::Hint);
        assert!(!grave, "{}: {problems:?}", plan.code);
        let again = crate::parse_plan(&crate::to_toml(&plan).unwrap()).unwrap();
        assert_eq!(again, plan, "TOML reads back");
        let json = serde_json::to_string(&plan).unwrap();
        assert_eq!(crate::parse_plan(&json).unwrap(), plan, "JSON reads back");
    }
}

#[test]
fn cliffs_are_hints() {
    let problems = super::check(&attainment_bands().unwrap());
    let found: Vec<_> = problems
        .iter()
        .map(|one| (one.code.as_str(), one.tier, one.params["after"].as_str()))
        .collect();
    assert_eq!(
        found,
        [("cliff", Some(0), "50%"), ("cliff", Some(1), "200%")]
    );
}

#[test]
fn heads() {
    assert_eq!(codes(|plan| plan.schema = 3), ["unknown_schema"]);
    assert_eq!(codes(|plan| plan.code.clear()), ["missing_code"]);
    assert_eq!(codes(|plan| plan.name.en = " ".into()), ["missing_name"]);
    assert_eq!(
        codes(|plan| plan.period = PeriodKind::IsoWeek),
        ["unsupported_period"]
    );
    assert_eq!(codes(|plan| plan.components.clear()), ["no_components"]);
    let many = |plan: &mut Plan| {
        let one = plan.components[0].clone();
        plan.components = (0..21)
            .map(|at| Component {
                code: at.to_string(),
                ..one.clone()
            })
            .collect();
    };
    assert_eq!(codes(many), ["too_many_components"]);
    let twice = |plan: &mut Plan| plan.components.push(plan.components[0].clone());
    assert_eq!(codes(twice), ["duplicate_component"]);
    let negative = Money::new(-1, yeji_core::Currency::CNY);
    assert_eq!(
        codes(|plan| plan.default_target_bonus = Some(negative)),
        ["negative_target_bonus"]
    );
    assert_eq!(codes(|plan| plan.cap = Some(yuan(-1))), ["negative_limit"]);
    let crossed = |plan: &mut Plan| {
        plan.cap = Some(yuan(1));
        plan.floor = Some(yuan(2));
    };
    assert_eq!(codes(crossed), ["cap_below_floor"]);
}

#[test]
fn tiers() {
    let check = |tiers: &[Tier], expected: &[&str]| {
        let found = component(|one| one.rate.tiers = tiers.to_vec());
        assert_eq!(found, expected, "{tiers:?}");
    };
    let half = tier("80%", "100%", "50%");
    check(&[], &["no_tiers"]);
    check(&[half.clone(), tier("100%", "", "200%")], &[]);
    check(&[half.clone(), tier("110%", "", "200%")], &["gap"]);
    check(
        &[half.clone(), tier("90%", "", "200%")],
        &["overlapping_tiers"],
    );
    check(
        &[tier("80%", "", "50%"), tier("100%", "", "60%")],
        &["overlapping_tiers"],
    );
    check(
        &[half.clone(), tier("10%", "20%", "60%")],
        &["unordered_tiers"],
    );
    check(&[tier("-1%", "", "50%")], &["negative_from"]);
    check(&[tier("80%", "80%", "50%")], &["empty_tier"]);
    check(&[tier("80%", "", "-50%")], &["negative_percent"]);
    check(std::slice::from_ref(&half), &["falling_payout"]);
    check(&[half, tier("100%", "", "40%")], &["falling_payout"]);
    check(&[tier("80", "", "50%")], &["unusual_percent"]);
    check(&vec![tier("80%", "100%", "1%"); 101][..], &{
        let mut codes = vec!["too_many_tiers"];
        codes.extend(vec!["overlapping_tiers"; 100]);
        codes
    });
}

#[test]
fn pays() {
    let whole = |pay: Pay| {
        component(|one| {
            for tier in &mut one.rate.tiers {
                tier.pay = pay.clone();
            }
        })
    };
    assert_eq!(whole(of_measure("1%")), [""; 0]);
    let per_unit = Pay::PerUnit {
        amount: Money::new(1, yeji_core::Currency::CNY),
    };
    assert_eq!(whole(per_unit.clone()), ["pay_needs_units"; 2]);
    let count = |one: &mut Component| {
        one.measure = Measure::Facts {
            value: Value::Count,
            over: Over::Period,
            goal: None,
        };
        one.rate.tiers.truncate(1);
        one.rate.tiers[0].to = None;
        one.rate.tiers[0].pay = of_measure("1%");
    };
    assert_eq!(component(count), ["pay_needs_money"]);
    let objectives = |one: &mut Component| {
        count(one);
        one.measure = Measure::Objectives {};
    };
    assert_eq!(component(objectives), ["pay_without_measure"]);
    let by_amount = |one: &mut Component| {
        objectives(one);
        one.rate.tiers[0].pay = of_target("1%");
        one.rate.by = By::Amount;
        one.rate.tiers[0].from = Bound::number(Ratio::ZERO);
    };
    assert_eq!(component(by_amount), ["attainment_by_amount"]);
}

#[test]
fn tiers_by_amount() {
    let set = |change: fn(&mut Component)| {
        component(|one| {
            one.rate.by = By::Amount;
            one.rate.tiers = vec![Tier {
                from: Bound::number(Ratio::ZERO),
                to: None,
                applies_to: AppliesTo::Marginal,
                pay: of_measure("1%"),
                pay_to: None,
            }];
            change(one);
        })
    };
    assert_eq!(set(|_| ()), [""; 0]);
    assert_eq!(
        set(|one| one.rate.tiers[0].from = share("1%")),
        ["percent_by_amount"]
    );
    assert_eq!(
        set(|one| one.rate.tiers[0].pay = of_target("1%")),
        ["marginal_target_bonus_by_amount"]
    );
    assert_eq!(
        set(|one| one.rate.tiers[0].applies_to = AppliesTo::OverBaseline),
        ["missing_baseline"]
    );
    let baseline = |one: &mut Component| {
        one.rate.baseline = Some(Baseline::Amount {
            amount: Bound::number(Ratio::ONE),
        });
    };
    assert_eq!(set(baseline), ["unused_baseline"]);
    let wrong = |one: &mut Component| {
        baseline_of(one, "5%");
        one.rate.tiers[0].applies_to = AppliesTo::OverBaseline;
    };
    assert_eq!(set(wrong), ["percent_by_amount"]);
    let negative = |one: &mut Component| {
        baseline_of(one, "-5");
        one.rate.tiers[0].applies_to = AppliesTo::OverBaseline;
    };
    assert_eq!(set(negative), ["negative_limit"]);
    let of_goal = |one: &mut Component| {
        one.rate.baseline = Some(Baseline::PercentOfGoal {
            percent: ratio("-5%"),
        });
        one.rate.tiers[0].applies_to = AppliesTo::OverBaseline;
    };
    assert_eq!(set(of_goal), ["negative_percent"]);
    let fixed = |one: &mut Component| {
        baseline_of(one, "5");
        one.rate.tiers[0].applies_to = AppliesTo::OverBaseline;
        one.rate.tiers[0].pay = of_target("1%");
    };
    assert_eq!(set(fixed), ["pay_over_baseline"]);
    let interpolated = |one: &mut Component| one.rate.tiers[0].applies_to = AppliesTo::Interpolated;
    assert_eq!(set(interpolated), ["open_interpolation", "missing_pay_to"]);
    let other_kind = |one: &mut Component| {
        one.rate.tiers[0].applies_to = AppliesTo::Interpolated;
        one.rate.tiers[0].to = Some(Bound::number(Ratio::ONE));
        one.rate.tiers[0].pay_to = Some(of_target("1%"));
    };
    assert_eq!(set(other_kind), ["pay_to_kind"]);
    assert_eq!(
        set(|one| one.rate.tiers[0].pay_to = Some(of_measure("1%"))),
        ["unused_pay_to"]
    );
    let capped = |one: &mut Component| {
        one.rate.tiers[0].to = Some(Bound::number(Ratio::from_int(1_000)));
        one.rate.tiers.push(Tier {
            from: Bound::number(Ratio::from_int(1_000)),
            to: None,
            applies_to: AppliesTo::Marginal,
            pay: of_measure("2%"),
            pay_to: None,
        });
        one.cap.per_period = Some(yuan(5));
    };
    assert_eq!(set(capped), ["capped_tier"]);
    let transaction = |one: &mut Component| {
        one.measure = Measure::Facts {
            value: Value::Amount,
            over: Over::Transaction,
            goal: None,
        };
        one.proration = Proration::CalendarDays;
    };
    assert_eq!(set(transaction), ["transaction_proration"]);
    assert_eq!(
        set(|one| one.cap.per_deal = Some(yuan(1))),
        ["per_deal_without_transactions"]
    );
}

fn baseline_of(one: &mut Component, amount: &str) {
    one.rate.baseline = Some(Baseline::Amount {
        amount: if amount.ends_with('%') {
            share(amount)
        } else {
            Bound::number(ratio(amount))
        },
    });
}

#[test]
fn conditions() {
    let filter = |text: &str| component(|one| one.credit.filter = Some(text.to_owned()));
    assert_eq!(filter("amount >= 1000 and customer_type = 'New'"), [""; 0]);
    assert_eq!(filter("amuont >= 1000"), ["unknown_name"]);
    assert_eq!(filter("amount >="), ["condition_ends"]);
    assert_eq!(filter("amount > ;"), ["condition_unexpected"]);
    assert_eq!(filter(&"(".repeat(1_000)), ["condition_too_deep"]);
    assert_eq!(filter(&"(".repeat(10_000)), ["condition_too_long"]);
    assert_eq!(
        filter(&vec!["1"; 300].join("+")),
        ["condition_too_many_terms"]
    );
    let gate = |when: &str| {
        component(|one| {
            one.gates = vec![Gate {
                when: when.to_owned(),
                otherwise: Ratio::ZERO,
            }];
        })
    };
    assert_eq!(
        gate("any_kpi > 1"),
        [""; 0],
        "KPIs are known where the plan is kept"
    );
    assert_eq!(gate("1 +"), ["condition_ends"]);
    let steps = |steps: &[(&str, &str)]| {
        component(|one| {
            let step = |(from, factor): &(&str, &str)| ModifierStep {
                from: (!from.is_empty()).then(|| Bound::number(ratio(from))),
                factor: ratio(factor),
            };
            one.modifiers = vec![Modifier {
                value: "satisfaction".into(),
                steps: steps.iter().map(step).collect(),
            }];
        })
    };
    assert_eq!(steps(&[("", "80%"), ("4", "100%")]), [""; 0]);
    assert_eq!(steps(&[]), ["no_steps"]);
    assert_eq!(steps(&[("4", "80%"), ("", "100%")]), ["unordered_steps"]);
    assert_eq!(steps(&[("4", "80%"), ("4", "100%")]), ["unordered_steps"]);
    assert_eq!(steps(&[("4", "-80%")]), ["negative_percent"]);
}

#[test]
fn huge_fractions_are_refused() {
    let percent = Ratio::new(i128::MAX - 1, i128::MAX).unwrap();
    let huge = Pay::PercentOfTargetBonus { percent };
    let found = component(|one| one.rate.tiers[0].pay = huge);
    assert_eq!(found, ["too_fine"]);
}
