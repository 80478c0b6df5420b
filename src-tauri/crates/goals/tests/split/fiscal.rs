//! Splits in a company's own calendar.

use std::collections::BTreeSet;

use yeji_core::calendar::{FiscalCalendar, Period, PeriodKind, WorkingDays};
use yeji_goals::{PeriodWeight, SplitInput, TimeRule, aggregate_in, split};

use crate::{assert_closes, company, input, node, ratio, working_days};

fn fiscal(minor: i64, period: &str, time: TimeRule) -> SplitInput {
    let mut input = input(minor, period, company(), time);
    input.calendar = Some(input.period.calendar());
    input
}

fn china() -> TimeRule {
    TimeRule::WorkingDays {
        calendar: WorkingDays::china(),
    }
}

#[test]
fn a_year_from_april_goes_down_to_weeks_through_halves() {
    let output = split(&fiscal(1_200_000_000, "FY2025@04", china())).unwrap();
    assert_closes(&output.nodes);
    assert_eq!(node(&output, "c", "FY2025@04"), 1_200_000_000);
    // 248 working days from April 2025 to March 2026, of them 128 in the first half.
    assert_eq!(node(&output, "c", "FY2025-H1@04"), 619_354_839);
    let parent_of = |key: &str| {
        let found = output.nodes.iter().find(|n| n.period.to_string() == key);
        found.unwrap().parent_period.unwrap().to_string()
    };
    assert_eq!(parent_of("FY2025-H2@04"), "FY2025@04");
    assert_eq!(parent_of("FY2025-Q3@04"), "FY2025-H2@04");
    assert_eq!(parent_of("FY2025-P09@04"), "FY2025-Q3@04");
    assert_eq!(parent_of("FY2025-P09/W36@04"), "FY2025-P09@04");
    let again = aggregate_in(
        Some("04".parse().unwrap()),
        &company(),
        "FY2025@04".parse().unwrap(),
        output.nodes[0].amount.currency,
        &output.cells,
    );
    assert_eq!(
        again.unwrap(),
        output.nodes,
        "kept cells make the same tree"
    );
}

#[test]
fn the_53rd_week_is_the_last_months() {
    let year = "FY2023@02-454-nearest-sun";
    let output = split(&fiscal(53_000_000, year, working_days())).unwrap();
    assert_closes(&output.nodes);
    let weeks: BTreeSet<Period> = output.cells.iter().map(|cell| cell.period).collect();
    assert_eq!(weeks.len(), 53);
    for week in weeks {
        assert_eq!(node(&output, "c", &week.to_string()), 1_000_000, "{week}");
    }
    let last = node(&output, "c", "FY2023-P12@02-454-nearest-sun");
    assert_eq!(last, 5_000_000);
    assert!(
        output
            .notes
            .iter()
            .all(|note| note.code != "weeks_without_working_days"),
        "whole weeks have working days"
    );
}

#[test]
fn the_calendar_year_asked_for_differs_by_its_halves_alone() {
    let plain = split(&input(987_654_321, "2018", company(), working_days())).unwrap();
    let halved = split(&fiscal(987_654_321, "2018", working_days())).unwrap();
    assert_closes(&halved.nodes);
    let keys = |nodes: &[yeji_goals::GoalNode]| -> BTreeSet<Period> {
        nodes.iter().map(|node| node.period).collect()
    };
    let more: Vec<String> = keys(&halved.nodes)
        .difference(&keys(&plain.nodes))
        .map(ToString::to_string)
        .collect();
    assert_eq!(more, ["2018-H1", "2018-H2"]);
    let without = split(&input(1_000, "2018-H1", company(), working_days())).unwrap();
    assert_closes(&without.nodes);
    assert_eq!(without.nodes[1].period.to_string(), "2018-Q1");
}

#[test]
fn own_weights_of_halves() {
    let weights = |key: &str, kind: PeriodKind| -> TimeRule {
        let parts = key.parse::<Period>().unwrap().parts(kind).into_iter();
        let weights = parts.zip(["1", "2"]);
        TimeRule::Weights {
            weights: weights
                .map(|(period, weight)| PeriodWeight {
                    period,
                    weight: ratio(weight),
                })
                .collect(),
            calendar: WorkingDays::default(),
        }
    };
    let time = weights("FY2026@07", PeriodKind::Half);
    let output = split(&fiscal(3_000, "FY2026@07", time.clone())).unwrap();
    assert_eq!(node(&output, "c", "FY2026-H1@07"), 1_000);
    assert_eq!(node(&output, "c", "FY2026-H2@07"), 2_000);
    let flat = input(3_000, "FY2026@07", company(), time);
    let error = split(&flat).unwrap_err();
    assert_eq!(error.code(), "time_weight_kind", "no halves were asked for");
}

#[test]
fn a_period_of_another_calendar_is_refused_with_the_one_that_fits() {
    let mut input = input(1_000, "2026", company(), working_days());
    input.calendar = Some("04".parse::<FiscalCalendar>().unwrap());
    let error = split(&input).unwrap_err();
    assert_eq!(error.code(), "period_of_other_calendar");
    assert_eq!(error.params()["proposal"], "FY2025@04");
    assert_eq!(error.params()["period"], "2026");
}

#[test]
fn years_without_a_list_of_holidays_are_named() {
    let notes = |period: &str, time: TimeRule| -> Vec<String> {
        let notes = split(&fiscal(1_000, period, time)).unwrap().notes;
        let unknown = notes.into_iter().filter(|n| n.code == "holidays_unknown");
        unknown.map(|note| note.params["years"].clone()).collect()
    };
    assert_eq!(notes("FY2026@04", china()), ["2027"]);
    assert_eq!(notes("2028", china()), ["2028"]);
    assert!(notes("2026", china()).is_empty());
    assert!(
        notes("2028", working_days()).is_empty(),
        "who gave no list is not asked for one"
    );
}

#[test]
fn json_with_a_calendar() {
    let text = r#"{
        "amount": {"amount": "1.00", "currency": "CNY"},
        "period": "FY2026@02-454-nearest-sun",
        "calendar": {"first_month": 2, "months": "4-5-4", "year_end": "nearest", "week_start": "sunday"},
        "units": [{"id": "a", "name": "a", "level": "person"}],
        "time": {"by": "working_days"}
    }"#;
    let input: SplitInput = serde_json::from_str(text).unwrap();
    let output = split(&input).unwrap();
    let written = serde_json::to_string(&output).unwrap();
    let back: yeji_goals::SplitOutput = serde_json::from_str(&written).unwrap();
    assert_eq!(back, output, "periods read back without a calendar");
}
