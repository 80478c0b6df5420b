//! Statements of random plans and people.

use proptest::prelude::*;
use yeji_bonus::{
    AppliesTo, Edge, Pay, PersonInput, Plan, Tier, attainment_bands, calculate, check,
};
use yeji_core::{Ratio, Rounding};

use crate::{input, money, person, run};

/// Valid plans: contiguous tiers from cut points, the last one open.
fn plan(applies_to: impl Strategy<Value = AppliesTo> + Clone) -> impl Strategy<Value = Plan> {
    let cuts = prop::collection::btree_set(0..300_i128, 1..6);
    let pays = prop::collection::vec((0..5_000_i128, 1..40_i128, applies_to), 6);
    let edge = prop::sample::select(vec![Edge::Lower, Edge::Upper]);
    let rounding = prop::sample::select(vec![
        Rounding::HalfUp,
        Rounding::HalfEven,
        Rounding::Floor,
        Rounding::Ceiling,
        Rounding::Down,
    ]);
    (
        cuts,
        pays,
        edge,
        rounding,
        prop::option::of(0..1_000_000_i64),
    )
        .prop_map(|(cuts, pays, edge, rounding, default)| {
            let cuts: Vec<_> = cuts
                .into_iter()
                .map(|cut| Ratio::new(cut, 100).unwrap())
                .collect();
            let mut plan = attainment_bands().unwrap();
            plan.edge = edge;
            plan.rounding = rounding;
            plan.default_target_bonus = default.map(money);
            plan.tiers = pays
                .into_iter()
                .zip(&cuts)
                .enumerate()
                .map(|(index, ((num, den, applies_to), from))| Tier {
                    from: *from,
                    to: cuts.get(index + 1).copied(),
                    applies_to,
                    pay: Pay::PercentOfTargetBonus {
                        percent: Ratio::new(num, den * 100).unwrap(),
                    },
                })
                .collect();
            plan
        })
}

fn any_way() -> impl Strategy<Value = AppliesTo> + Clone {
    prop::sample::select(vec![AppliesTo::All, AppliesTo::Excess])
}

fn people() -> impl Strategy<Value = Vec<PersonInput>> {
    let goal = prop::option::of(prop_oneof![3 => 1..2_000_000_i64, 1 => -5..5_i64]);
    let target = prop::option::of(0..9_000_000_i64);
    let deals = prop::collection::vec(-100_000..900_000_i64, 0..12);
    prop::collection::vec((goal, target, deals), 0..6).prop_map(|people| {
        people
            .into_iter()
            .enumerate()
            .map(|(index, (goal, target, deals))| {
                person(&format!("p{index}"), goal, target, &deals)
            })
            .collect()
    })
}

/// The parts of a payout as shares of the target bonus, by the document's words and apart from the
/// engine: the tier is searched by both its ends, the parts are built upwards.
fn expected_parts(plan: &Plan, attainment: Ratio) -> Vec<Ratio> {
    let inside = |index: usize| {
        let tier = &plan.tiers[index];
        let starts = attainment > tier.from
            || (attainment == tier.from && (index == 0 || plan.edge == Edge::Upper));
        let ends = tier
            .to
            .is_none_or(|to| attainment < to || (attainment == to && plan.edge == Edge::Lower));
        starts && ends
    };
    let hits: Vec<usize> = (0..plan.tiers.len())
        .filter(|index| inside(*index))
        .collect();
    assert!(hits.len() <= 1, "an attainment lies in one tier at most");
    let Some(hit) = hits.first().copied() else {
        return Vec::new();
    };
    let base = (0..=hit)
        .rev()
        .find(|index| plan.tiers[*index].applies_to == AppliesTo::All);
    let mut parts: Vec<Ratio> = base
        .map(|index| plan.tiers[index].pay.percent())
        .into_iter()
        .collect();
    for index in base.map_or(0, |index| index + 1)..=hit {
        let upper = if index == hit {
            attainment
        } else {
            plan.tiers[index].to.unwrap()
        };
        let over = upper.checked_sub(plan.tiers[index].from).unwrap();
        parts.push(plan.tiers[index].pay.percent().checked_mul(over).unwrap());
    }
    parts
}

proptest! {
    #[test]
    fn every_payout_is_the_exact_fraction_rounded_once(plan in plan(any_way()), people in people()) {
        let input = input(plan.clone(), people);
        let output = calculate(&input).unwrap();
        prop_assert_eq!(&output, &calculate(&input).unwrap(), "same input, same output");
        for (person, statement) in input.people.iter().zip(&output.statements) {
            let sales: i64 = person.deals.iter().map(|deal| deal.amount.minor).sum();
            prop_assert_eq!(statement.actual, money(sales));
            let counted: i64 = statement.deals.iter().map(|deal| deal.amount.minor).sum();
            prop_assert_eq!(counted, sales, "the deals shown sum to the actual");
            let lines: i64 = statement.lines.iter().map(|line| line.amount.minor).sum();
            prop_assert_eq!(lines, statement.payout.minor, "the lines sum to the payout");

            let goal = person.goal.map_or(0, |goal| goal.minor);
            let basis = person.target_bonus.as_ref().map(|bonus| bonus.amount).or(plan.default_target_bonus);
            let expected = match basis {
                Some(basis) if goal > 0 => {
                    let attainment = Ratio::new(sales.into(), goal.into()).unwrap();
                    expected_parts(&plan, attainment)
                        .into_iter()
                        .map(|part| {
                            let exact = Ratio::from_int(basis.minor).checked_mul(part).unwrap();
                            exact.round(plan.rounding).unwrap()
                        })
                        .sum()
                }
                _ => 0,
            };
            prop_assert_eq!(statement.payout.minor, expected);
            prop_assert_eq!(&statement.trace.last().unwrap().value, &statement.payout.to_major());
        }
        let total: i64 = output.statements.iter().map(|statement| statement.payout.minor).sum();
        prop_assert_eq!(output.total, money(total));
    }

    #[test]
    fn pay_never_falls_under_a_plan_without_warnings(
        plan in plan(Just(AppliesTo::All)),
        goal in 1..1_000_000_i64,
        target in 0..5_000_000_i64,
        sales in prop::collection::vec(-1_000_000..4_000_000_i64, 2..30),
    ) {
        let mut plan = plan;
        // Most random scales fall somewhere: sort what they pay.
        let mut pays: Vec<_> = plan.tiers.iter().map(|tier| tier.pay.clone()).collect();
        pays.sort_by_key(Pay::percent);
        for (tier, pay) in plan.tiers.iter_mut().zip(pays) {
            tier.pay = pay;
        }
        prop_assert!(check(&plan).iter().all(|problem| problem.code != "falling_payout"));
        let mut sales = sales;
        sales.sort_unstable();
        let payouts: Vec<_> = sales
            .iter()
            .map(|sales| run(&plan, vec![person("p", Some(goal), Some(target), &[*sales])]).total.minor)
            .collect();
        prop_assert!(payouts.is_sorted(), "{:?} pay {:?}", sales, payouts);
    }

    #[test]
    fn a_fall_is_always_warned_of(plan in plan(any_way())) {
        let falls = check(&plan).iter().any(|problem| problem.code == "falling_payout");
        let share = |attainment: Ratio| {
            expected_parts(&plan, attainment).into_iter().fold(Ratio::ZERO, |a, b| a.checked_add(b).unwrap())
        };
        let tiny = Ratio::new(1, 1_000_000_000).unwrap();
        let fell = plan.tiers.iter().any(|tier| {
            let (below, above) = (tier.from.checked_sub(tiny).unwrap(), tier.from.checked_add(tiny).unwrap());
            share(above) < share(below)
        });
        prop_assert_eq!(falls, fell);
    }

    #[test]
    fn the_order_of_deals_changes_nothing(plan in plan(any_way()), people in people()) {
        let payouts = |people: Vec<PersonInput>| -> Vec<i64> {
            run(&plan, people).statements.iter().map(|statement| statement.payout.minor).collect()
        };
        let mut turned = people.clone();
        for person in &mut turned {
            person.deals.reverse();
        }
        prop_assert_eq!(payouts(people), payouts(turned));
    }
}
