//! The built-in metrics, own ones beside them, and ratios of any grouping.

use std::collections::BTreeMap;

use proptest::prelude::*;
use yeji_core::Ratio;

use crate::kpi::{
    Definition, Direction, EventDate, KpiError, Library, Measure, NoValue, Unit, Words,
};

fn words(text: &str) -> Words<'static> {
    Words {
        zh: text.to_owned().into(),
        en: text.to_owned().into(),
    }
}

pub(super) fn own(code: &str, formula: &str) -> Definition {
    Definition {
        code: code.to_owned(),
        formula: formula.to_owned(),
        unit: Unit::Number,
        direction: Direction::Higher,
        decimals: 2,
        event_date: None,
        name: words(code),
        definition: words("said"),
        source: words("the company"),
    }
}

fn constant(value: i64) -> impl Fn(Measure) -> Result<Ratio, NoValue> {
    move |_| Ok(Ratio::from_int(value))
}

/// The list, each a metric: a name that disappears breaks dashboards and scripts.
#[test]
fn the_built_in_metrics_are_there() {
    let codes: Vec<&str> = Library::built_in()
        .metrics()
        .map(|metric| metric.definition.code.as_str())
        .collect();
    for code in [
        "won_amount",
        "receipts",
        "gross_margin",
        "won_count",
        "average_deal",
        "win_rate",
        "win_rate_amount",
        "cohort_win_rate",
        "cohort_win_rate_amount",
        "cycle_length",
        "pipeline_coverage",
        "lead_conversion",
        "conversion_engaging",
        "conversion_won",
        "new_customers",
        "lost_customers",
        "retention",
        "repurchase",
        "value_per_customer",
        "discount",
        "activity",
        "response_time",
        "satisfaction",
        "on_time_delivery",
        "attainment",
        "cost_of_sales",
    ] {
        assert!(codes.contains(&code), "{code}");
    }
}

/// A measure that no metric needs is one that nobody can look up.
#[test]
fn measures_have_one_name_each_and_are_documented() {
    let mut codes: Vec<&str> = Measure::ALL.iter().map(|one| one.code()).collect();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), Measure::ALL.len());
    for measure in Measure::ALL {
        assert_eq!(Measure::of(measure.code()), Some(*measure));
        let words = measure.words();
        assert!(!words.zh.is_empty() && !words.en.is_empty());
    }
}

#[test]
fn own_metrics_stand_beside_the_built_in_ones() {
    let (library, broken) = Library::with_own(vec![
        own("third", "second * 2"),
        own("first", "win_rate + 1"),
        own("second", "first / 2"),
    ]);
    assert!(
        broken.is_empty(),
        "the order of files decides nothing: {broken:?}"
    );
    let metric = library.metric("third").unwrap();
    let measures: Vec<Measure> = metric.measures().iter().copied().collect();
    assert_eq!(measures, [Measure::WonCount, Measure::LostCount]);
    let value = library.evaluate(metric, &constant(5)).unwrap();
    assert_eq!(value, "3/2".parse().unwrap());
}

/// A metric that counts by one day is not made of facts of another: their sums are of other periods.
#[test]
fn a_metric_with_an_event_date_stands_on_facts_of_this_day_alone() {
    let by = |formula: &str, day| Definition {
        event_date: Some(day),
        ..own("mine", formula)
    };
    let check = |formula: &str, day| Library::check_own(&by(formula, day), &[]);
    // Goals and people have no day of their own.
    let held = "won_amount / people / won_amount + won_amount / goal_amount + win_rate";
    assert_eq!(check(held, EventDate::Closing), Ok(()));
    assert_eq!(check("cohort_won_amount", EventDate::Opening), Ok(()));
    let refused = check("received_amount / won_amount", EventDate::Receipt).unwrap_err();
    let said = "`mine` counts by receipt, but its measure `won_amount` by closing";
    assert_eq!(refused.to_string(), said);
    // Also through another metric.
    assert!(check("win_rate + opened_count", EventDate::Closing).is_err());
    let (library, _) = Library::with_own(vec![own("mixed", "win_rate + opened_count")]);
    assert_eq!(library.metric("mixed").unwrap().event_date(), None);
    let known = library.metric("win_rate").unwrap().event_date();
    assert_eq!(known, Some(EventDate::Closing));
}

#[test]
fn an_event_date_is_read_from_the_document_and_written_into_it() {
    let mine = Definition {
        event_date: Some(EventDate::LeadCreation),
        ..own("mine", "lead_count")
    };
    let text = mine.to_toml().unwrap();
    assert!(text.contains("event_date = \"lead_creation\""), "{text}");
    assert_eq!(Definition::from_toml(&text).unwrap(), mine);
    let wrong = text.replace("lead_creation", "birthday");
    assert!(Definition::from_toml(&wrong).is_err());
    for day in EventDate::ALL {
        assert_eq!(EventDate::of(day.code()), Some(day));
    }
}

#[test]
fn what_cannot_be_calculated_is_named() {
    let check = |metrics: &[(&str, &str)], expected: &str| {
        let all: Vec<Definition> = metrics.iter().map(|(code, f)| own(code, f)).collect();
        let (last, others) = all.split_last().unwrap();
        let error = Library::check_own(last, others).unwrap_err();
        assert_eq!(error.to_string(), expected);
    };
    check(
        &[("rate", "won_amont / 2")],
        "`rate`: there is no measure and no metric `won_amont`",
    );
    check(
        &[("a", "a + 1")],
        "metrics need each other in a circle: a -> a",
    );
    check(
        &[("a", "b"), ("b", "c"), ("c", "a * 2")],
        "metrics need each other in a circle: c -> a -> b -> c",
    );
    let taken = "is already a measure or built-in metric; choose another code";
    check(&[("won_amount", "1")], &format!("`won_amount` {taken}"));
    check(&[("win_rate", "won_count")], &format!("`win_rate` {taken}"));
    check(
        &[("goal_amount", "goal_amount")],
        &format!("`goal_amount` {taken}"),
    );
    check(
        &[("Rate", "1")],
        "`Rate` cannot be a code: small letters, digits and _, a letter first, at most 40",
    );
    let chain: Vec<(String, String)> = (0..10)
        .map(|n| match n {
            0 => (
                "m0".to_owned(),
                "won_rate_x".replace("won_rate_x", "win_rate"),
            ),
            n => (format!("m{n}"), format!("m{}", n - 1)),
        })
        .collect();
    let chain: Vec<(&str, &str)> = chain.iter().map(|(c, f)| (&**c, &**f)).collect();
    check(
        &chain,
        "`m8` stands on more than 8 metrics, one above the other",
    );
}

#[test]
fn a_name_that_is_nearly_known_is_proposed() {
    match Library::check_own(&own("rate", "won_amont / 2"), &[]) {
        Err(KpiError::UnknownName { meant, .. }) => assert_eq!(meant, "won_amount"),
        other => panic!("{other:?}"),
    }
}

/// A metric that broke (another was taken back) leaves the others as they are.
#[test]
fn a_broken_metric_breaks_nothing_else() {
    let (library, broken) = Library::with_own(vec![own("good", "won_count"), own("bad", "gone")]);
    assert!(library.metric("good").is_some() && library.metric("bad").is_none());
    assert_eq!(broken.keys().collect::<Vec<_>>(), ["bad"]);
}

#[test]
fn what_others_need_is_not_removed() {
    let all = [own("base", "won_count"), own("above", "base * 2")];
    assert!(matches!(
        Library::check_removal("base", &all),
        Err(KpiError::Needed { .. })
    ));
    assert_eq!(Library::check_removal("above", &all), Ok(()));
}

/// Two to the power of a long chain of references is still one calculation a metric.
#[test]
fn shared_metrics_are_calculated_once() {
    let mut all = vec![own("m0", "won_count - won_count + 1")];
    for n in 1..=8 {
        let sum = vec![format!("m{}", n - 1); 100].join(" + ");
        all.push(own(&format!("m{n}"), &sum));
    }
    let (library, broken) = Library::with_own(all);
    assert!(broken.is_empty(), "{broken:?}");
    let metric = library.metric("m8").unwrap();
    let expected = Ratio::new(100_i128.pow(8), 1).unwrap();
    assert_eq!(library.evaluate(metric, &constant(5)), Ok(expected));
}

#[test]
fn documents_round_trip_and_faults_have_a_line() {
    let definition = own("rate", "won_amount / people");
    let text = definition.to_toml().unwrap();
    assert_eq!(Definition::from_toml(&text), Ok(definition));
    let fault = |text: &str| match Definition::from_toml(text) {
        Err(KpiError::Document { line, .. }) => line,
        other => panic!("{other:?}"),
    };
    assert_eq!(fault(&text.replace("decimals", "decimal")), 5);
    assert_eq!(fault("code = "), 1);
    let empty = text.replace("\"said\"", "\" \"");
    assert!(matches!(
        Definition::from_toml(&empty),
        Err(KpiError::Text { .. })
    ));
}

proptest! {
    /// However the facts are grouped: the parts of a ratio are summed, and the ratio is made of the sums.
    #[test]
    fn a_ratio_of_the_whole_is_that_of_its_summed_parts(
        facts in prop::collection::vec((0_usize..4, 0_i64..50, 0_i64..50, 0_i64..1_000_000), 1..40),
    ) {
        let library = Library::built_in();
        let mut groups: BTreeMap<usize, [i64; 3]> = BTreeMap::new();
        let mut whole = [0_i64; 3];
        for (group, won, lost, amount) in facts {
            for sums in [groups.entry(group).or_default(), &mut whole] {
                sums[0] += won;
                sums[1] += lost;
                sums[2] += amount;
            }
        }
        let summed = groups.values().fold([0_i64; 3], |a, b| [a[0] + b[0], a[1] + b[1], a[2] + b[2]]);
        for code in ["win_rate", "average_deal"] {
            let metric = library.metric(code).unwrap();
            let of = |sums: [i64; 3]| library.evaluate(metric, &|measure| Ok(Ratio::from_int(match measure {
                Measure::WonCount => sums[0],
                Measure::LostCount => sums[1],
                _ => sums[2],
            })));
            prop_assert_eq!(of(summed), of(whole));
            let (top, bottom) = if code == "win_rate" {
                (whole[0], whole[0] + whole[1])
            } else {
                (whole[2], whole[0])
            };
            prop_assert_eq!(of(whole).ok(), Ratio::new(top.into(), bottom.into()).ok());
        }
    }
}

/// Goals and scorecards hold a value against a goal: each built-in metric says which side is better.
#[test]
fn every_built_in_metric_has_a_better_side() {
    for metric in Library::built_in().metrics() {
        let definition = &metric.definition;
        assert_ne!(
            definition.direction,
            Direction::Neutral,
            "{}",
            definition.code
        );
    }
}

#[test]
fn a_whole_is_the_sum_of_its_parts_or_their_mean_by_the_divisor() {
    let (library, broken) = Library::with_own(vec![
        own("per_hundred", "100 * won_count / (won_count + lost_count)"),
        own(
            "margin_and_more",
            "gross_margin + 2 * receipts - won_amount / 4",
        ),
        own("named", "win_rate"),
        own("squared", "won_amount * won_count"),
        own("difference", "win_rate - cohort_win_rate"),
        own("per_seller", "won_amount / people"),
        own("by_average", "won_amount / average_deal"),
    ]);
    assert!(broken.is_empty(), "{broken:?}");
    let check = |code: &str, sum: bool, divisor: Option<&str>| {
        let metric = library.metric(code).unwrap();
        assert_eq!(library.is_sum(metric), sum, "{code}");
        let found = library.denominator(metric);
        let text = found.as_ref().map(|one| one.expression().to_string());
        assert_eq!(text.as_deref(), divisor, "{code}");
    };
    check("won_amount", true, None);
    check("gross_margin", true, None);
    check("new_customers", true, None);
    check("margin_and_more", true, None);
    check("win_rate", false, Some("won_count + lost_count"));
    check("average_deal", false, Some("won_count"));
    check("satisfaction", false, Some("score_count"));
    check("gross_margin_rate", false, Some("costed_amount"));
    check("per_hundred", false, Some("won_count + lost_count"));
    check("named", false, Some("won_count + lost_count"));
    check("per_seller", false, Some("people"));
    check("squared", false, None);
    check("difference", false, None);
    let divisor = library
        .denominator(library.metric("by_average").unwrap())
        .unwrap();
    let value = library.evaluate(&divisor, &|measure| {
        Ok(Ratio::from_int(if measure == Measure::WonAmount {
            30
        } else {
            4
        }))
    });
    assert_eq!(
        value.unwrap().to_string(),
        "15/2",
        "a divisor may be a metric"
    );
    let along_time = |code: &str| library.adds_along_time(library.metric(code).unwrap());
    assert!(along_time("receipts") && along_time("new_customers"));
    assert!(!along_time("open_amount") && !along_time("buying_customers"));
    assert!(!along_time("win_rate"));
}

/// What the divisor weighs is right: the mean of parts by it is the ratio of the whole.
#[test]
fn the_mean_by_the_divisor_is_the_ratio_of_the_whole() {
    let library = Library::built_in();
    let parts = [(7_i64, 3_i64), (1, 9), (20, 5)];
    let of = |won: i64, lost: i64| {
        move |measure: Measure| {
            Ok(Ratio::from_int(match measure {
                Measure::WonCount => won,
                Measure::LostCount => lost,
                _ => return Err(NoValue::NoData { measure }),
            }))
        }
    };
    let metric = library.metric("win_rate").unwrap();
    let divisor = library.denominator(metric).unwrap();
    let (mut sum, mut weight) = (Ratio::ZERO, Ratio::ZERO);
    for (won, lost) in parts {
        let value = library.evaluate(metric, &of(won, lost)).unwrap();
        let decided = library.evaluate(&divisor, &of(won, lost)).unwrap();
        sum = sum
            .checked_add(value.checked_mul(decided).unwrap())
            .unwrap();
        weight = weight.checked_add(decided).unwrap();
    }
    let whole = library.evaluate(metric, &of(28, 17)).unwrap();
    assert_eq!(sum.checked_div(weight), Ok(whole));
}
