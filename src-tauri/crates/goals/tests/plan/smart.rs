//! SMART as numbers.

use chrono::NaiveDate;
use proptest::prelude::*;
use yeji_core::Ratio;
use yeji_goals::light::{Better, Light};
use yeji_goals::smart;
use yeji_goals::smart::{
    DataSource, Forecast, Growth, ParentGoal, Quantile, SmartInput, SmartLimits, SmartOutput,
};

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).unwrap()
}

fn ratio(text: &str) -> Ratio {
    text.parse().unwrap()
}

/// Everything is as it should be.
fn good() -> SmartInput {
    let text = |text: &str| Some(text.to_owned());
    SmartInput {
        actual: None,
        closed: false,
        minor: 1_000,
        better: Better::Higher,
        as_of: day(3, 10),
        owner: text("li"),
        metric: text("won_amount"),
        scope: text("east"),
        source: Some(DataSource {
            facts: 240,
            last_fact: Some(day(3, 9)),
        }),
        forecast: Some(Forecast::Interval {
            mid: 1_100,
            low: 800,
            high: 1_400,
            level: ratio("0.8"),
        }),
        middle: None,
        growth: Some(Growth {
            base: 900,
            reached: 7,
            of: 20,
        }),
        parent: Some(ParentGoal { minor: 8_000 }),
        aim: text("grow in the east"),
        start: Some(day(1, 1)),
        end: NaiveDate::from_ymd_opt(2027, 1, 1),
        milestones: vec![day(3, 31), day(6, 30), day(9, 30), day(12, 31)],
        limits: SmartLimits::default(),
    }
}

fn with(change: impl FnOnce(&mut SmartInput)) -> SmartOutput {
    let mut input = good();
    change(&mut input);
    smart(&input).unwrap()
}

#[test]
fn what_is_reached_already_is_certain_and_a_limit_that_is_passed_is_lost() {
    let reached = with(|input| input.actual = Some(1_000));
    assert_eq!(reached.achievable.chance, Some(Ratio::ONE));
    assert_eq!(reached.achievable.light, Light::Green);
    let nearly = with(|input| input.actual = Some(999));
    assert_eq!(nearly.achievable.chance, Some(ratio("19/30")));
    // Without any forecast too.
    let alone = with(|input| {
        (input.forecast, input.growth, input.actual) = (None, None, Some(2_000));
    });
    assert_eq!(alone.achievable.light, Light::Green);
    let passed = with(|input| {
        (input.better, input.actual) = (Better::Lower, Some(1_001));
    });
    assert_eq!(passed.achievable.chance, Some(Ratio::ZERO));
    assert_eq!(passed.achievable.light, Light::Red);
    let kept = with(|input| (input.better, input.actual) = (Better::Lower, Some(1_000)));
    assert!(
        kept.achievable.chance > Some(Ratio::ZERO),
        "it may yet grow"
    );
}

#[test]
fn when_no_time_is_left_nothing_more_will_come() {
    let missed = with(|input| (input.actual, input.closed) = (Some(999), true));
    assert_eq!(missed.achievable.chance, Some(Ratio::ZERO));
    assert_eq!(missed.achievable.light, Light::Red);
    assert!(missed.achievable.suggested.is_empty());
    let kept = with(|input| {
        (input.better, input.actual, input.closed) = (Better::Lower, Some(1_000), true);
    });
    assert_eq!(kept.achievable.chance, Some(Ratio::ONE));
    assert_eq!(kept.achievable.light, Light::Green);
}

#[test]
fn an_amount_is_suggested_once_and_none_that_is_there() {
    let point = |p: &str, minor: i64| Quantile { p: ratio(p), minor };
    let deals = |actual: i64| {
        with(|input| {
            (input.minor, input.actual, input.growth) = (4, Some(actual), None);
            let points = vec![
                point("1/10", 1),
                point("3/10", 1),
                point("1/2", 1),
                point("9/10", 3),
            ];
            input.forecast = Some(Forecast::Quantiles { points });
        })
        .achievable
        .suggested
    };
    let once = deals(0);
    assert_eq!((once.len(), once[0].minor), (1, 1));
    assert_eq!(
        once[0].chance,
        ratio("9/10"),
        "with the probability that the one deal has"
    );
    assert!(deals(1).is_empty(), "one deal is there");
}

#[test]
fn a_good_goal_is_green_with_numbers() {
    let output = with(|_| ());
    let lights = [
        output.specific.light,
        output.measurable.light,
        output.achievable.light,
        output.relevant.light,
        output.time_bound.light,
    ];
    assert_eq!(lights, [Light::Green; 5]);
    assert_eq!(output.measurable.days, Some(1));
    // 1,000 is two thirds of the way from 800 (10 %) to 1,100 (50 %).
    assert_eq!(output.achievable.chance, Some(ratio("19/30")));
    assert_eq!(output.achievable.growth, Some(ratio("10/9")));
    assert_eq!(output.relevant.share, Some(ratio("1/8")));
    assert_eq!(output.time_bound.milestones, 4);
    assert!(output.achievable.suggested.is_empty());
}

#[test]
fn a_goal_too_high_comes_with_amounts_that_are_not() {
    // The worked example of docs/goals-engines.md.
    let output = with(|input| input.minor = 1_300).achievable;
    assert_eq!(output.chance, Some(ratio("7/30")));
    assert_eq!(output.light, Light::Amber);
    let suggested: Vec<(String, i64)> = output
        .suggested
        .iter()
        .map(|one| (one.chance.to_string(), one.minor))
        .collect();
    assert_eq!(
        suggested,
        [("1/2".to_owned(), 1_100), ("7/10".to_owned(), 950)]
    );
    let output = with(|input| input.minor = 2_000).achievable;
    assert_eq!(
        (output.chance, output.bound.as_deref()),
        (Some(ratio("1/10")), Some("at_most"))
    );
    assert_eq!(output.light, Light::Red);
    let output = with(|input| input.minor = 10).achievable;
    assert_eq!(
        (output.chance, output.bound.as_deref()),
        (Some(ratio("9/10")), Some("at_least"))
    );
}

#[test]
fn what_nobody_ever_reached_is_not_green() {
    let light = |reached: u64, of: u64| {
        let growth = Growth {
            base: 900,
            reached,
            of,
        };
        with(|input| (input.growth, input.forecast) = (Some(growth), None))
            .achievable
            .light
    };
    assert_eq!(light(4, 20), Light::Green);
    assert_eq!(light(3, 20), Light::Amber);
    assert_eq!(light(0, 20), Light::Red);
    assert_eq!(light(0, 0), Light::Amber, "nobody to compare with");
    assert_eq!(light(0, 4), Light::Amber, "too few to compare with");
    let no_more = with(|input| {
        (input.minor, input.forecast) = (900, None);
        input.growth.as_mut().unwrap().reached = 0;
    });
    assert_eq!(no_more.achievable.light, Light::Green, "no growth is asked");
    let unknown = with(|input| {
        input.forecast = None;
        input.growth = None;
    });
    assert_eq!(unknown.achievable.light, Light::Amber);
    assert_eq!(unknown.achievable.chance, None);
}

/// A company near its goal has nobody but itself to be held against, and a year that nobody ever grew by.
#[test]
fn what_the_period_brings_says_more_than_what_people_ever_made() {
    let near = with(|input| {
        input.growth = Some(Growth {
            base: 900,
            reached: 0,
            of: 20,
        });
        input.forecast = Some(Forecast::Interval {
            mid: 1_200,
            low: 1_050,
            high: 1_400,
            level: ratio("0.95"),
        });
    })
    .achievable;
    assert_eq!((near.light, near.suggested), (Light::Green, Vec::new()));
    assert_eq!(near.bound.as_deref(), Some("at_least"));
    let alone = |middle: i64| {
        with(|input| {
            (input.forecast, input.middle) = (None, Some(middle));
            input.growth.as_mut().unwrap().reached = 20;
        })
        .achievable
    };
    assert_eq!(alone(1_000).light, Light::Green);
    assert_eq!(alone(850).light, Light::Amber);
    assert_eq!(alone(849).light, Light::Red);
    assert_eq!(alone(849).chance, None, "the middle is no probability");
    let limit = with(|input| {
        (input.better, input.forecast, input.middle) = (Better::Lower, None, Some(2_000));
    });
    assert_eq!(limit.achievable.light, Light::Red);
}

#[test]
fn less_can_be_better() {
    let output = with(|input| {
        input.better = Better::Lower;
        input.growth = None;
    });
    assert_eq!(output.achievable.chance, Some(ratio("11/30")));
    let suggested: Vec<i64> = output
        .achievable
        .suggested
        .iter()
        .map(|one| one.minor)
        .collect();
    assert_eq!(suggested, [1_100, 1_250]);
}

#[test]
fn quantiles_may_stand_on_one_amount() {
    let points =
        [("0.1", 0), ("0.4", 0), ("0.9", 100)].map(|(p, minor)| Quantile { p: ratio(p), minor });
    let forecast = Forecast::Quantiles {
        points: points.into(),
    };
    let output = with(|input| {
        input.forecast = Some(forecast.clone());
        input.minor = 0;
    });
    assert_eq!(
        output.achievable.chance,
        Some(ratio("9/10")),
        "zero or more"
    );
    let output = with(|input| {
        input.forecast = Some(forecast);
        input.minor = 50;
    });
    assert_eq!(output.achievable.chance, Some(ratio("7/20")));
    assert_eq!(output.achievable.suggested[0].minor, 20);
    assert_eq!(output.achievable.suggested[1].minor, 0);
}

#[test]
fn the_other_letters() {
    let specific = with(|input| input.scope = Some("  ".to_owned())).specific;
    assert_eq!(
        (specific.light, specific.missing),
        (Light::Amber, vec!["scope".to_owned()])
    );
    assert_eq!(with(|input| input.owner = None).specific.light, Light::Red);

    let measurable = |day: NaiveDate, facts: u64| {
        let source = DataSource {
            facts,
            last_fact: Some(day),
        };
        with(|input| input.source = Some(source)).measurable
    };
    assert_eq!(measurable(day(3, 3), 1).light, Light::Green);
    let stale = measurable(day(3, 2), 1);
    assert_eq!((stale.light, stale.days), (Light::Amber, Some(8)));
    assert_eq!(stale.needs_facts_since, Some(day(3, 3)));
    assert_eq!(measurable(day(2, 6), 1).light, Light::Red);
    assert_eq!(measurable(day(3, 9), 0).light, Light::Red);
    assert_eq!(
        with(|input| input.source = None).measurable.light,
        Light::Red
    );

    let relevant = |aim: bool, parent: Option<i64>| {
        let output = with(|input| {
            input.parent = parent.map(|minor| ParentGoal { minor });
            input.aim = input.aim.take().filter(|_| aim);
        });
        (output.relevant.light, output.relevant.missing.join(" "))
    };
    assert_eq!(relevant(true, None), (Light::Green, String::new()));
    assert_eq!(relevant(false, None), (Light::Red, "aim".to_owned()));
    assert_eq!(
        relevant(false, Some(8_000)),
        (Light::Amber, "aim".to_owned())
    );
    assert_eq!(
        relevant(true, Some(999)),
        (Light::Amber, "share".to_owned())
    );
    assert_eq!(
        relevant(false, Some(0)),
        (Light::Red, "aim share".to_owned())
    );

    let bound = with(|input| input.milestones = vec![day(6, 30), day(6, 30)]).time_bound;
    assert_eq!((bound.light, bound.milestones), (Light::Amber, 1));
    assert_eq!(
        bound.suggested,
        [day(4, 1), day(7, 1), day(9, 30), day(12, 31)]
    );
    let outside = NaiveDate::from_ymd_opt(2027, 1, 1).unwrap();
    let bound = with(|input| input.milestones = vec![outside]).time_bound;
    assert_eq!((bound.light, bound.outside), (Light::Red, 1));
    assert_eq!(with(|input| input.end = None).time_bound.light, Light::Red);
}

#[test]
fn what_cannot_be_judged() {
    let check = |change: &dyn Fn(&mut SmartInput), code: &str| {
        let mut input = good();
        change(&mut input);
        let error = smart(&input).unwrap_err();
        assert_eq!(error.code(), code, "{error}");
        for value in error.params().values() {
            assert!(error.to_string().contains(value), "{value} in: {error}");
        }
    };
    check(
        &|input| input.growth.as_mut().unwrap().reached = 21,
        "people_count",
    );
    check(
        &|input| input.limits.chance.amber = Ratio::ONE,
        "limit_order",
    );
    check(&|input| input.limits.fresh_green_days = 32, "limit_order");
    check(&|input| input.end = input.start, "interval");
    let quantiles = |points: &[(&str, i64)]| {
        let points = points.iter().map(|(p, minor)| Quantile {
            p: ratio(p),
            minor: *minor,
        });
        Some(Forecast::Quantiles {
            points: points.collect(),
        })
    };
    check(
        &|input| input.forecast = quantiles(&[("0.5", 1)]),
        "entry_count",
    );
    check(
        &|input| input.forecast = quantiles(&[("0.5", 1), ("0.4", 2)]),
        "distribution",
    );
    check(
        &|input| input.forecast = quantiles(&[("0.4", 2), ("0.5", 1)]),
        "distribution",
    );
    check(
        &|input| input.forecast = quantiles(&[("0.5", 1), ("1", 2)]),
        "distribution",
    );
}

proptest! {
    #[test]
    fn a_suggested_amount_has_its_probability(
        steps in prop::collection::vec((1..20_i128, 0..100_000_i64), 2..8),
        goal in -1_000..800_000_i64,
        lower: bool,
        green in 20..95_i128,
    ) {
        let all: i128 = steps.iter().map(|(p, _)| p).sum::<i128>() + 1;
        let (mut p, mut minor) = (0, 0);
        let points: Vec<Quantile> = steps.iter().map(|(step, more)| {
            (p, minor) = (p + step, minor + more);
            Quantile { p: Ratio::new(p, all).unwrap(), minor }
        }).collect();
        let ask = |goal: i64| with(|input| {
            input.minor = goal;
            input.better = if lower { Better::Lower } else { Better::Higher };
            input.growth = Some(Growth { base: 100, reached: 0, of: 20 });
            input.limits.chance.green = Ratio::new(green, 100).unwrap();
            input.forecast = Some(Forecast::Quantiles { points: points.clone() });
        }).achievable;
        let answer = ask(goal);
        if let Some(chance) = answer.chance.filter(|_| answer.light == Light::Green) {
            prop_assert!(chance >= Ratio::new(green, 100).unwrap());
        }
        for one in &answer.suggested {
            prop_assert!(if lower { one.minor > goal } else { one.minor < goal }, "{} is easier", one.minor);
            prop_assert!(ask(one.minor).light == Light::Green, "{} is green", one.minor);
            prop_assert!(ask(one.minor).chance.unwrap() >= one.chance, "{} is as likely as it says", one.minor);
            let harder = one.minor + if lower { -1 } else { 1 };
            let next = ask(harder);
            prop_assert!(next.chance.unwrap() < one.chance || next.bound.is_some(), "{} is the most", one.minor);
        }
        // A harder goal is never more likely.
        let harder = ask(goal + if lower { -1 } else { 1 });
        prop_assert!(harder.chance <= answer.chance);
    }
}
