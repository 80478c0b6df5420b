//! Scorecards: attainments by direction, contributions, totals that are never scaled up.

use proptest::prelude::*;
use yeji_core::Ratio;
use yeji_goals::light::Better;
use yeji_goals::scorecard::{
    ScorecardInput, ScorecardKpi, ScorecardOutput, scorecard, weighted_mean,
};

fn ratio(text: &str) -> Ratio {
    text.parse().unwrap()
}

fn kpi(code: &str, weight: &str, actual: &str, goal: &str) -> ScorecardKpi {
    let known = |text: &str| (!text.is_empty()).then(|| ratio(text));
    ScorecardKpi {
        kpi: code.to_owned(),
        better: Better::Higher,
        weight: ratio(weight),
        actual: known(actual),
        goal: known(goal),
        cap: None,
    }
}

fn lower(kpi: ScorecardKpi) -> ScorecardKpi {
    ScorecardKpi {
        better: Better::Lower,
        ..kpi
    }
}

fn capped(kpi: ScorecardKpi, cap: &str) -> ScorecardKpi {
    ScorecardKpi {
        cap: Some(ratio(cap)),
        ..kpi
    }
}

fn run(kpis: Vec<ScorecardKpi>) -> ScorecardOutput {
    scorecard(&ScorecardInput { kpis }).unwrap()
}

/// Attainment of the only KPI, or why there is none.
fn only(kpi: ScorecardKpi) -> String {
    let line = run(vec![kpi]).kpis.remove(0);
    let value = line.attainment.map(|one| one.to_string());
    value.or(line.no_value).unwrap()
}

#[test]
fn attainment_is_by_direction_and_never_clamped() {
    let check = |kpi: ScorecardKpi, expected: &str| assert_eq!(only(kpi), expected);
    check(kpi("a", "1", "900", "1000"), "9/10");
    check(kpi("a", "1", "2500", "1000"), "5/2");
    check(kpi("a", "1", "-100", "1000"), "-1/10");
    check(kpi("a", "1", "0", "1000"), "0");
    check(lower(kpi("a", "1", "4", "3")), "3/4");
    check(lower(kpi("a", "1", "1", "3")), "3");
    // A cap is stated, and counts from there on only.
    check(capped(kpi("a", "1", "2500", "1000"), "3/2"), "3/2");
    check(capped(kpi("a", "1", "1400", "1000"), "3/2"), "7/5");
    check(capped(lower(kpi("a", "1", "1", "3")), "3/2"), "3/2");
}

/// Never zero in place of a value: nobody was at 0 %.
#[test]
fn without_a_value_there_is_a_reason() {
    let check = |kpi: ScorecardKpi, expected: &str| assert_eq!(only(kpi), expected);
    check(kpi("a", "1", "", "1000"), "no_actual");
    check(kpi("a", "1", "5", ""), "no_goal");
    check(kpi("a", "1", "5", "0"), "goal_not_positive");
    check(kpi("a", "1", "5", "-1"), "goal_not_positive");
    check(lower(kpi("a", "1", "0", "0")), "goal_not_positive");
    check(lower(kpi("a", "1", "1", "0")), "0");
    check(lower(kpi("a", "1", "1", "-1")), "goal_not_positive");
    // Not one complaint is better than any number: without a cap nothing says by how much.
    check(lower(kpi("a", "1", "0", "3")), "actual_not_positive");
    check(capped(lower(kpi("a", "1", "0", "3")), "1.2"), "6/5");
    check(capped(lower(kpi("a", "1", "-1", "3")), "1.2"), "6/5");
    let huge = "170141183460469231731687303715884105727";
    let tiny = "1/170141183460469231731687303715884105727";
    let mut extreme = kpi("a", "1", "1", "1");
    extreme.actual = Some(Ratio::new(huge.parse().unwrap(), 1).unwrap());
    extreme.goal = Some(Ratio::new(1, tiny[2..].parse().unwrap()).unwrap());
    check(extreme, "too_large");
}

/// The worked example of docs/goals-engines.md.
#[test]
fn a_total_that_lacks_a_kpi_is_not_scaled_up() {
    let mut kpis = vec![
        kpi("won_amount", "60", "900", "1000"),
        lower(kpi("response_time", "25", "4", "3")),
        kpi("satisfaction", "15", "", "8"),
    ];
    for one in &mut kpis {
        one.weight = one.weight.checked_div(Ratio::from_int(100)).unwrap();
    }
    let output = run(kpis.clone());
    assert_eq!(output.total, None);
    assert_eq!(output.missing, ["satisfaction"]);
    assert_eq!(output.present, ratio("0.7275"), "0.6 x 0.9 + 0.25 x 0.75");
    assert_eq!(output.present_weight, ratio("0.85"));
    kpis[2].actual = Some(ratio("8.4"));
    let output = run(kpis);
    assert_eq!(output.total, Some(ratio("0.885")), "+ 0.15 x 1.05");
    assert_eq!(
        (output.present, output.present_weight),
        (ratio("0.885"), Ratio::ONE)
    );
}

#[test]
fn weights_that_are_not_the_whole_are_refused() {
    let check = |kpis: Vec<ScorecardKpi>, code: &str| {
        let error = scorecard(&ScorecardInput { kpis }).unwrap_err();
        assert_eq!(error.code(), code);
    };
    check(Vec::new(), "kpi_weights_none");
    check(vec![kpi("a", "0.9", "1", "1")], "kpi_weights_below");
    check(vec![kpi("a", "1.1", "1", "1")], "kpi_weights_above");
    check(
        vec![kpi("a", "1/2", "1", "1"), kpi("a", "1/2", "1", "1")],
        "kpi_weight_twice",
    );
    check(
        vec![kpi("a", "1", "1", "1"), kpi("b", "0", "1", "1")],
        "kpi_weight_not_positive",
    );
    check(
        vec![capped(kpi("a", "1", "1", "1"), "0")],
        "kpi_cap_not_positive",
    );
}

/// Six goals to the cent that have no common factor: their exact sum has a denominator of 60 digits.
#[test]
fn a_sum_that_no_word_holds_is_rounded_and_says_so() {
    let goals = [
        "12345678.97",
        "98765432.11",
        "55555555.57",
        "10000000.19",
        "77777777.71",
        "31415926.53",
    ];
    let kpis: Vec<ScorecardKpi> = goals
        .iter()
        .enumerate()
        .map(|(at, goal)| kpi(&format!("k{at}"), "1/6", "10000000.01", goal))
        .collect();
    let output = run(kpis.clone());
    assert_eq!(output.notes[0].code, "scorecard_rounded");
    let total = output.total.unwrap();
    let scale = Ratio::from_int(1_000_000_000_000);
    assert_eq!(total.checked_mul(scale).unwrap().denominator(), 1);
    // Each part by itself, rounded the same way by the vocabulary.
    let parts = output.kpis.iter().map(|line| {
        let scaled = line.contribution.unwrap();
        let text = scaled.to_decimal(12, yeji_core::Rounding::HalfUp).unwrap();
        ratio(&text)
    });
    let sum = parts.fold(Ratio::ZERO, |sum, part| sum.checked_add(part).unwrap());
    assert_eq!(total, sum);
    let mut turned = kpis;
    turned.reverse();
    assert_eq!(run(turned).total, Some(total));
}

fn arbitrary_kpis() -> impl Strategy<Value = Vec<ScorecardKpi>> {
    let one = (
        1_i128..30,
        proptest::option::weighted(0.9, -50_i128..2_000),
        proptest::option::weighted(0.9, -2_i128..1_000),
        any::<bool>(),
        proptest::option::of(1_i128..400),
    );
    prop::collection::vec(one, 1..8).prop_map(|parts| {
        let whole: i128 = parts.iter().map(|part| part.0).sum();
        let kpis = parts.into_iter().enumerate();
        kpis.map(|(at, (weight, actual, goal, less, cap))| ScorecardKpi {
            kpi: format!("k{at}"),
            better: if less { Better::Lower } else { Better::Higher },
            weight: Ratio::new(weight, whole).unwrap(),
            actual: actual.map(|value| Ratio::new(value, 7).unwrap()),
            goal: goal.map(|value| Ratio::new(value, 10).unwrap()),
            cap: cap.map(|value| Ratio::new(value, 100).unwrap()),
        })
        .collect()
    })
}

proptest! {
    #[test]
    fn the_total_is_the_sum_of_the_contributions(kpis in arbitrary_kpis()) {
        let output = run(kpis);
        let (mut sum, mut weight) = (Ratio::ZERO, Ratio::ZERO);
        for line in &output.kpis {
            prop_assert_eq!(line.attainment.is_some(), line.no_value.is_none());
            prop_assert_eq!(line.contribution.is_none(), output.missing.contains(&line.kpi));
            if let (Some(attainment), Some(contribution)) = (line.attainment, line.contribution) {
                prop_assert_eq!(contribution, line.weight.checked_mul(attainment).unwrap());
                sum = sum.checked_add(contribution).unwrap();
                weight = weight.checked_add(line.weight).unwrap();
            }
        }
        prop_assert_eq!(output.present, sum);
        prop_assert_eq!(output.present_weight, weight);
        prop_assert_eq!(output.total, output.missing.is_empty().then_some(sum));
        prop_assert_eq!(output.missing.is_empty(), weight == Ratio::ONE, "weights total the whole");
    }

    #[test]
    fn the_order_of_kpis_decides_nothing(
        (kpis, turned) in arbitrary_kpis().prop_flat_map(|kpis| (Just(kpis.clone()), Just(kpis).prop_shuffle()))
    ) {
        let (one, mut other) = (run(kpis.clone()), run(turned));
        prop_assert_eq!(one.total, other.total);
        prop_assert_eq!(one.present, other.present);
        other.kpis.sort_by_key(|line| kpis.iter().position(|kpi| kpi.kpi == line.kpi));
        prop_assert_eq!(one.kpis, other.kpis);
    }

    /// Better results never count less.
    #[test]
    fn more_of_what_is_better_never_counts_less(kpis in arbitrary_kpis(), at: prop::sample::Index, step in 1_i128..500) {
        let at = at.index(kpis.len());
        prop_assume!(kpis[at].actual.is_some());
        let mut better = kpis.clone();
        let step = Ratio::new(step, 7).unwrap();
        better[at].actual = better[at].actual.map(|actual| match kpis[at].better {
            Better::Higher => actual.checked_add(step).unwrap(),
            Better::Lower => actual.checked_sub(step).unwrap(),
        });
        let (before, after) = (run(kpis), run(better));
        if let (Some(before), Some(after)) = (before.kpis[at].attainment, after.kpis[at].attainment) {
            prop_assert!(after >= before);
        }
        if let (Some(before), Some(after)) = (before.total, after.total) {
            prop_assert!(after >= before);
        }
    }

    #[test]
    fn a_mean_lies_between_its_parts(parts in prop::collection::vec((0_i128..50, -100_i128..100), 1..12)) {
        let parts: Vec<(Ratio, Ratio)> = parts
            .into_iter()
            .map(|(weight, value)| (Ratio::new(weight, 1).unwrap(), Ratio::new(value, 100).unwrap()))
            .collect();
        let weighing: Vec<Ratio> = parts.iter().filter(|part| part.0 > Ratio::ZERO).map(|part| part.1).collect();
        let mean = weighted_mean(&parts).unwrap();
        prop_assert_eq!(mean.is_some(), !weighing.is_empty());
        if let Some(mean) = mean {
            prop_assert!(*weighing.iter().min().unwrap() <= mean && mean <= *weighing.iter().max().unwrap());
            let mut turned = parts.clone();
            turned.reverse();
            prop_assert_eq!(weighted_mean(&turned).unwrap(), Some(mean));
            // Parts of equal value are that value, whatever they weigh.
            let same: Vec<(Ratio, Ratio)> = parts.iter().map(|part| (part.0, Ratio::ONE)).collect();
            prop_assert_eq!(weighted_mean(&same).unwrap(), Some(Ratio::ONE));
        }
    }
}

#[test]
fn what_weighs_less_than_nothing_has_no_mean() {
    let part = [(ratio("-1"), Ratio::ONE)];
    assert_eq!(weighted_mean(&part).unwrap_err().code(), "negative_share");
}
