//! Weights along time.

use chrono::NaiveDate;
use proptest::prelude::*;
use yeji_core::Ratio;
use yeji_goals::season;
use yeji_goals::season::{
    Robust, SeasonInput, SeasonOutput, SeasonPart, SeasonRule, SeasonWeek, SeasonYear,
};

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).unwrap()
}

/// Three months of which the first has two weeks; 20, 18 and 22 working days.
fn parts() -> Vec<SeasonPart> {
    let part = |key: &str, month: u32, working_days: u64| SeasonPart {
        key: key.to_owned(),
        start: day(month, 1),
        end: day(month + 1, 1),
        working_days,
        weeks: Vec::new(),
    };
    let week = |key: &str, from: u32, to: u32, working_days: u64| SeasonWeek {
        key: key.to_owned(),
        start: day(1, from),
        end: day(1, to),
        working_days,
    };
    let mut parts = vec![part("Jan", 1, 20), part("Feb", 2, 18), part("Mar", 3, 22)];
    parts[0].weeks = vec![week("W1", 1, 15, 8), week("W2", 15, 31, 12)];
    parts
}

fn year(label: &str, minor: [i64; 3]) -> SeasonYear {
    SeasonYear {
        label: label.to_owned(),
        minor: minor.map(Some).into(),
        weeks: Vec::new(),
    }
}

fn run(rule: SeasonRule) -> SeasonOutput {
    season(&SeasonInput {
        parts: parts(),
        rule,
    })
    .unwrap()
}

fn history(years: Vec<SeasonYear>, robust: Robust) -> SeasonRule {
    SeasonRule::History {
        years,
        robust,
        min_years: 2,
    }
}

fn weights(output: &SeasonOutput) -> Vec<String> {
    let weights = output.parts.iter().map(|part| part.weight);
    weights.map(|weight| weight.to_string()).collect()
}

fn notes(output: &SeasonOutput) -> Vec<&str> {
    output.notes.iter().map(|note| note.code.as_str()).collect()
}

#[test]
fn one_huge_deal_moves_nothing() {
    // The worked example of docs/goals-engines.md: shares 1/4, 1/4, 1/2; 1/4, 1/4, 1/2; in the third
    // year one deal made March nine tenths.
    let years = vec![
        year("2023", [100, 100, 200]),
        year("2024", [150, 150, 300]),
        year("2025", [50, 50, 900]),
    ];
    for robust in [Robust::Median, Robust::Trimmed] {
        let output = run(history(years.clone(), robust));
        assert_eq!(weights(&output), ["1/4", "1/4", "1/2"]);
        assert_eq!((output.by.as_str(), output.years), ("history", 3));
        assert_eq!(output.parts[2].low.unwrap().to_string(), "1/2");
        assert_eq!(output.parts[2].high.unwrap().to_string(), "9/10");
        assert!(output.notes.is_empty());
    }
    // Of two years the mean: 1/4 and 1/20, 1/4 and 1/20, 1/2 and 9/10.
    let output = run(history(years[1..].to_vec(), Robust::Median));
    assert_eq!(weights(&output), ["3/20", "3/20", "7/10"]);
}

#[test]
fn years_that_say_nothing_are_left_out() {
    let mut unknown = year("2022", [1, 1, 1]);
    unknown.minor[1] = None;
    let years = vec![
        year("2020", [5, -1, 5]),
        year("2021", [0, 0, 0]),
        unknown,
        year("2023", [1, 1, 2]),
    ];
    let output = run(history(years.clone(), Robust::Median));
    assert_eq!(output.by, "working_days", "one usable year is not enough");
    assert_eq!(weights(&output), ["1/3", "3/10", "11/30"]);
    assert_eq!(
        notes(&output),
        [
            "year_left_out",
            "year_left_out",
            "year_left_out",
            "too_few_years"
        ]
    );
    let reasons: Vec<_> = output.notes[..3]
        .iter()
        .map(|note| &*note.params["reason"])
        .collect();
    assert_eq!(reasons, ["negative", "all_zero", "missing"]);
    assert_eq!(output.notes[3].params["years"], "1");
    let mut years = years;
    years.push(year("2024", [1, 1, 2]));
    let output = run(history(years, Robust::Median));
    assert_eq!((output.by.as_str(), output.years), ("history", 2));
}

#[test]
fn other_rules() {
    let check = |rule: SeasonRule, by: &str, expected: [&str; 3]| {
        let output = run(rule);
        assert_eq!(output.by, by);
        assert_eq!(weights(&output), expected);
    };
    check(SeasonRule::Equal, "equal", ["1/3", "1/3", "1/3"]);
    check(
        SeasonRule::WorkingDays,
        "working_days",
        ["1/3", "3/10", "11/30"],
    );
    let forecast = SeasonRule::Forecast {
        minor: vec![5, 0, 15],
    };
    check(forecast, "forecast", ["1/4", "0", "3/4"]);
    let own = SeasonRule::Own {
        weights: ["1/2", "0.25", "1/4"]
            .map(|text| text.parse().unwrap())
            .into(),
    };
    check(own, "own", ["1/2", "1/4", "1/4"]);
    let year = year("2025", [1, 1, 2]);
    check(
        SeasonRule::LastYear { year },
        "last_year",
        ["1/4", "1/4", "1/2"],
    );
}

#[test]
fn weeks_follow_the_years_or_working_days() {
    let weeks = |output: &SeasonOutput| -> Vec<String> {
        let weeks = output.parts[0].weeks.iter();
        weeks.map(|week| week.weight.to_string()).collect()
    };
    assert_eq!(weeks(&run(SeasonRule::WorkingDays)), ["2/5", "3/5"]);
    assert_eq!(weeks(&run(SeasonRule::Equal)), ["1/2", "1/2"]);
    let mut years = vec![year("2024", [10, 10, 20]), year("2025", [10, 10, 20])];
    for year in &mut years {
        year.weeks = vec![vec![1, 3], Vec::new(), Vec::new()];
    }
    assert_eq!(
        weeks(&run(history(years.clone(), Robust::Median))),
        ["1/4", "3/4"]
    );
    // One year had three weeks: not two years with as many.
    years[0].weeks[0].push(1);
    assert_eq!(
        weeks(&run(history(years.clone(), Robust::Median))),
        ["2/5", "3/5"]
    );
    // Nobody works in the first week this year.
    years[0].weeks[0].pop();
    let mut input = SeasonInput {
        parts: parts(),
        rule: history(years, Robust::Median),
    };
    input.parts[0].weeks[0].working_days = 0;
    let output = season(&input).unwrap();
    assert_eq!(weeks(&output), ["0", "1"]);
    assert_eq!(output.notes[0].code, "week_without_working_day");
    assert_eq!(output.notes[0].params["period"], "W1");
}

#[test]
fn what_gives_no_weights() {
    let check = |rule: SeasonRule, code: &str| {
        let error = season(&SeasonInput {
            parts: parts(),
            rule,
        })
        .unwrap_err();
        assert_eq!(error.code(), code, "{error}");
        for value in error.params().values() {
            assert!(error.to_string().contains(value), "{value} in: {error}");
        }
    };
    check(SeasonRule::Forecast { minor: vec![1, 2] }, "entry_count");
    check(
        SeasonRule::Forecast {
            minor: vec![1, -2, 0],
        },
        "negative_share",
    );
    check(
        SeasonRule::Forecast { minor: vec![0; 3] },
        "shares_all_zero",
    );
    let mut short = year("2024", [1, 1, 1]);
    short.minor.pop();
    check(history(vec![short], Robust::Median), "entry_count");
    let mut input = SeasonInput {
        parts: Vec::new(),
        rule: SeasonRule::Equal,
    };
    assert_eq!(season(&input).unwrap_err().code(), "nothing_given");
    input.parts = parts();
    input.parts.swap(0, 1);
    assert_eq!(season(&input).unwrap_err().code(), "interval");
    input.parts = parts();
    input.parts[0].weeks.swap(0, 1);
    assert_eq!(season(&input).unwrap_err().code(), "interval");
}

proptest! {
    #[test]
    fn weights_total_one(
        years in prop::collection::vec(prop::array::uniform3(prop_oneof![Just(0), 0..50_i64, 0..9_000_000_000_000_i64]), 0..8),
        trimmed: bool,
        worked in prop::array::uniform3(0..23_u64),
    ) {
        let years: Vec<SeasonYear> = years.into_iter().map(|minor| year("y", minor)).collect();
        let robust = if trimmed { Robust::Trimmed } else { Robust::Median };
        let mut input = SeasonInput { parts: parts(), rule: history(years, robust) };
        for (part, days) in input.parts.iter_mut().zip(worked) {
            part.working_days = days;
        }
        let output = season(&input).unwrap();
        let total = |weights: Vec<Ratio>| weights.into_iter().try_fold(Ratio::ZERO, Ratio::checked_add).unwrap();
        prop_assert_eq!(total(output.parts.iter().map(|part| part.weight).collect()), Ratio::ONE);
        let weeks = &output.parts[0].weeks;
        prop_assert_eq!(total(weeks.iter().map(|week| week.weight).collect()), Ratio::ONE);
        prop_assert!(output.parts.iter().all(|part| part.weight >= Ratio::ZERO));
        prop_assert_eq!(&season(&input).unwrap(), &output, "deterministic");
        // Years of twice the size have the same profile.
        let SeasonRule::History { years, .. } = &mut input.rule else { unreachable!() };
        for minor in years.iter_mut().flat_map(|year| &mut year.minor) {
            *minor = minor.map(|minor| minor * 2);
        }
        prop_assert_eq!(season(&input).unwrap().parts, output.parts);
    }
}
