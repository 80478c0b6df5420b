//! Statements by example, and bad input.

use yeji_bonus::{
    AppliesTo, CalculateInput, CalculateOutput, StepKind, attainment_bands, calculate,
};
use yeji_core::{Currency, Money, Ratio};

use crate::{input, money, person, quarter, run};

fn codes(output: &CalculateOutput) -> Vec<&str> {
    output.statements[0]
        .notes
        .iter()
        .map(|note| note.code.as_str())
        .collect()
}

#[test]
fn a_statement_opens_down_to_its_deals_and_steps() {
    let plan = attainment_bands().unwrap();
    let output = run(
        &plan,
        vec![person(
            "p",
            Some(30_000_000),
            Some(800_000),
            &[20_000_000, 9_000_000, -500_000],
        )],
    );
    let statement = &output.statements[0];
    assert_eq!(statement.payout, money(400_000));
    assert_eq!(statement.attainment, Some(Ratio::new(285, 300).unwrap()));
    let steps: Vec<_> = statement
        .trace
        .iter()
        .map(|step| {
            (
                step.step,
                step.explain.code.as_str(),
                step.formula.as_str(),
                step.value.as_str(),
            )
        })
        .collect();
    assert_eq!(
        steps,
        [
            (
                StepKind::Credit,
                "credit_deals",
                "2017-10-01 <= closed_on < 2018-01-01",
                "3"
            ),
            (
                StepKind::Measure,
                "measure_sum",
                "200000.00 + 90000.00 + (-5000.00)",
                "285000.00"
            ),
            (
                StepKind::Attainment,
                "attainment_of_goal",
                "285000.00 / 300000.00",
                "0.95"
            ),
            (StepKind::Tier, "tier_found", "0.8 <= 0.95 <= 1", "1"),
            (StepKind::Rate, "rate_all", "8000.00 x 0.5", "4000"),
            (StepKind::Rounding, "rounding", "half_up(4000)", "4000.00"),
            (StepKind::Payout, "payout_sum", "4000.00", "4000.00"),
        ]
    );
    assert_eq!(statement.lines.len(), 1);
    assert_eq!(statement.lines[0].label.code, "tier_all");
    assert_eq!(statement.lines[0].tier, Some(0));
    assert_eq!(codes(&output), ["target_bonus_record"]);
}

#[test]
fn an_excess_is_a_line_of_its_own() {
    let mut plan = attainment_bands().unwrap();
    plan.tiers[1].applies_to = AppliesTo::Excess;
    let output = run(
        &plan,
        vec![person(
            "p",
            Some(10_000_000),
            Some(1_000_000),
            &[12_000_000],
        )],
    );
    let lines: Vec<_> = output.statements[0]
        .lines
        .iter()
        .map(|line| {
            (
                line.label.code.as_str(),
                line.tier,
                line.rate.to_string(),
                line.amount.minor,
            )
        })
        .collect();
    assert_eq!(
        lines,
        [
            ("tier_all", Some(0), "1/2".to_owned(), 500_000),
            ("tier_excess", Some(1), "2/5".to_owned(), 400_000),
        ]
    );
    let rate = output.statements[0]
        .trace
        .iter()
        .rfind(|step| step.step == StepKind::Rate)
        .unwrap();
    assert_eq!(rate.formula, "10000.00 x 2 x (1.2 - 1)");
}

#[test]
fn nothing_is_paid_on_a_guess() {
    let plan = attainment_bands().unwrap();
    let check = |goal: Option<i64>, target: Option<i64>, deals: &[i64], expected: &[&str]| {
        let output = run(&plan, vec![person("p", goal, target, deals)]);
        let statement = &output.statements[0];
        assert_eq!(statement.payout, money(0), "{expected:?}");
        assert!(statement.lines.is_empty(), "{expected:?}");
        assert_eq!(
            statement.trace.last().unwrap().explain.code,
            "payout_nothing"
        );
        assert_eq!(codes(&output), expected);
    };
    check(None, Some(100), &[100], &["no_goal", "target_bonus_record"]);
    check(
        Some(0),
        Some(100),
        &[100],
        &["goal_zero", "target_bonus_record"],
    );
    check(
        Some(-5),
        Some(100),
        &[100],
        &["goal_negative", "target_bonus_record"],
    );
    check(Some(100), None, &[100], &["no_target_bonus"]);
    check(None, None, &[], &["no_deals", "no_goal", "no_target_bonus"]);
    check(
        Some(100),
        Some(100),
        &[79],
        &["target_bonus_record", "below_first_tier"],
    );
    check(
        Some(100),
        Some(100),
        &[-79],
        &["target_bonus_record", "below_first_tier"],
    );
}

#[test]
fn a_running_period_is_provisional() {
    let mut input = input(attainment_bands().unwrap(), Vec::new());
    assert_eq!(calculate(&input).unwrap().notes, []);
    input.as_of = quarter().end().pred_opt().unwrap();
    assert_eq!(calculate(&input).unwrap().notes[0].code, "period_not_over");
}

#[test]
fn bad_input_is_named() {
    let check = |change: &dyn Fn(&mut CalculateInput), code: &str, named: &[&str]| {
        let people = vec![
            person("li", Some(100), Some(100), &[60, 60]),
            person("wu", Some(100), None, &[1]),
        ];
        let mut input = input(attainment_bands().unwrap(), people);
        change(&mut input);
        let error = calculate(&input).unwrap_err();
        assert_eq!(error.code(), code, "{error}");
        let params: Vec<_> = error.params().into_values().collect();
        for name in named {
            assert!(
                params.iter().any(|value| value == name),
                "{code} names {name}: {params:?}"
            );
        }
    };
    let usd = Money::new(1, Currency::USD);
    let outside = quarter().end();
    check(
        &|i| i.people[0].deals[1].closed_on = outside,
        "deal_outside_period",
        &["li", "li-1", "2018-01-01"],
    );
    check(
        &|i| i.people[0].deals[1].id = "li-0".into(),
        "duplicate_deal",
        &["li", "li-0"],
    );
    check(
        &|i| i.people[1].person = "li".into(),
        "duplicate_person",
        &["li"],
    );
    check(
        &|i| i.people[0].deals[0].amount = usd,
        "mixed_currencies",
        &["li", "li-0", "USD"],
    );
    check(
        &|i| i.people[0].goal = Some(usd),
        "mixed_currencies",
        &["li", "goal"],
    );
    check(
        &|i| i.people[0].target_bonus.as_mut().unwrap().amount = usd,
        "mixed_currencies",
        &["li", "target_bonus"],
    );
    check(
        &|i| i.plan.default_target_bonus = Some(usd),
        "mixed_currencies",
        &["default_target_bonus"],
    );
    check(
        &|i| i.people[0].target_bonus.as_mut().unwrap().amount = money(-1),
        "negative_target_bonus",
        &["li"],
    );
    check(
        &|i| i.period = "2017".parse().unwrap(),
        "wrong_period",
        &["quarter", "2017"],
    );
    check(&|i| i.plan.tiers.clear(), "invalid_plan", &["no_tiers"]);
    check(
        &|i| {
            for deal in &mut i.people[0].deals {
                deal.amount = money(i64::MAX);
            }
        },
        "overflow",
        &["li", "actual"],
    );
    check(
        &|i| i.people[0].target_bonus.as_mut().unwrap().amount = money(i64::MAX),
        "overflow",
        &["li", "rate"],
    );
}

#[test]
fn the_document_is_strict() {
    let input = input(
        attainment_bands().unwrap(),
        vec![person("p", Some(1), Some(1), &[1])],
    );
    let json = serde_json::to_value(&input).unwrap();
    assert_eq!(
        serde_json::from_value::<CalculateInput>(json.clone()).unwrap(),
        input,
        "reads back"
    );
    for place in [
        "/oops",
        "/plan/oops",
        "/plan/tiers/0/pay/oops",
        "/people/0/oops",
        "/people/0/deals/0/oops",
    ] {
        let mut broken = json.clone();
        let (parent, key) = place.rsplit_once('/').unwrap();
        broken.pointer_mut(parent).unwrap()[key] = 1.into();
        assert!(
            serde_json::from_value::<CalculateInput>(broken).is_err(),
            "{place} must be refused"
        );
    }
}
