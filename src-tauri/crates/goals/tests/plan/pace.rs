//! Goals to date, pace and today's number.

use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use yeji_core::{Ratio, Rounding};
use yeji_goals::light::{Better, Light, Limits};
use yeji_goals::pace;
use yeji_goals::pace::{Landing, PaceCell, PaceInput};

fn day(offset: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 1, 5).unwrap() + Days::new(offset)
}

/// Weeks of seven days and five working days, all done up to Friday.
fn input(as_of: u64, goals: &[i64], actual: i64) -> PaceInput {
    let cells = (0_u64..).zip(goals).map(|(week, minor)| PaceCell {
        days_missing: 0,
        key: format!("W{}", week + 1),
        start: day(week * 7),
        end: day(week * 7 + 7),
        minor: *minor,
        working_days: 5,
        days_done: (as_of + 1).saturating_sub(week * 7).min(5),
    });
    PaceInput {
        as_of: day(as_of),
        cells: cells.collect(),
        actual,
        better: Better::Higher,
        rounding: Rounding::HalfUp,
        unrounded: false,
        limits: Limits {
            green: Ratio::ONE,
            amber: "0.85".parse().unwrap(),
        },
        landing: None,
    }
}

#[test]
fn a_week_under_way_counts_by_its_working_days() {
    // The worked example of docs/goals-engines.md: two of five days of the second week are done.
    let mut input = input(8, &[1_000, 2_001, 1_500], 1_700);
    input.landing = Some(Landing {
        minor: 4_400,
        low: 4_000,
        high: 4_800,
    });
    let output = pace(&input).unwrap();
    assert_eq!(output.goal, 4_501);
    assert_eq!(output.to_date_exact.to_string(), "9002/5");
    assert_eq!(output.to_date, 1_800);
    assert_eq!(output.pace.unwrap().to_string(), "17/18");
    assert_eq!(output.light, Some(Light::Amber));
    assert_eq!((output.left, output.days_left), (2_801, 8));
    assert_eq!(output.today, Some(351), "2,801 / 8 is 350.125");
    assert_eq!(output.landing, input.landing);
}

#[test]
fn days_that_are_over_without_results_are_not_left() {
    // Two of five days of the second week are known; two more are over, and one of the third week.
    let mut input = input(8, &[1_000, 2_001, 1_500], 1_700);
    input.cells[1].days_missing = 2;
    input.cells[2].days_missing = 1;
    let output = pace(&input).unwrap();
    assert_eq!(
        output.to_date, 1_800,
        "the goal to date is of what is known"
    );
    assert_eq!((output.left, output.days_left), (2_801, 5));
    assert_eq!(output.today, Some(561));
    input.cells[2].days_missing = 6;
    assert!(pace(&input).is_err(), "more than there are");
}

#[test]
fn lights_are_by_limits() {
    let check = |actual: i64, better: Better, light: Light| {
        let mut input = input(6, &[1_000, 1_000], actual);
        input.better = better;
        assert_eq!(pace(&input).unwrap().light, Some(light), "{actual}");
    };
    for (actual, light) in [
        (1_000, Light::Green),
        (999, Light::Amber),
        (850, Light::Amber),
        (849, Light::Red),
        (-5, Light::Red),
    ] {
        check(actual, Better::Higher, light);
    }
    for (actual, light) in [
        (-1, Light::Green),
        (1_000, Light::Green),
        (1_176, Light::Amber),
        (1_177, Light::Red),
    ] {
        check(actual, Better::Lower, light);
    }
}

#[test]
fn of_a_few_whole_things_the_pace_is_of_what_is_due_before_rounding() {
    // Two deals in a week, one of its five days is done: two fifths of a deal are due.
    let mut few = input(0, &[2], 1);
    few.cells[0].days_done = 1;
    let output = pace(&few).unwrap();
    assert_eq!(output.no_pace.as_deref(), Some("no_goal_to_date"));
    few.unrounded = true;
    let output = pace(&few).unwrap();
    assert_eq!(output.to_date_exact.to_string(), "2/5");
    assert_eq!(output.pace.unwrap().to_string(), "5/2");
    assert_eq!(output.light, Some(Light::Green));
}

#[test]
fn a_limit_that_is_passed_is_red_also_before_anything_is_due() {
    // Nothing is due in the first week, one in the second: two are there.
    let mut passed = input(3, &[0, 1], 2);
    passed.better = Better::Lower;
    let output = pace(&passed).unwrap();
    assert_eq!((output.pace, output.light), (None, Some(Light::Red)));
    // A tenth above the whole limit would be amber by the pace.
    let mut whole = input(6, &[1_000], 1_100);
    whole.better = Better::Lower;
    assert_eq!(pace(&whole).unwrap().light, Some(Light::Red));
    whole.actual = 1_000;
    assert_eq!(pace(&whole).unwrap().light, Some(Light::Green));
}

#[test]
fn where_there_is_no_pace_the_reason_is_said() {
    let before = PaceInput {
        as_of: day(0) - Days::new(1),
        ..input(0, &[1_000], 0)
    };
    let output = pace(&before).unwrap();
    assert_eq!((output.pace, output.light), (None, None));
    assert_eq!(output.no_pace.as_deref(), Some("not_begun"));
    assert_eq!(output.today, Some(200));
    let zero = pace(&input(3, &[0], 10)).unwrap();
    assert_eq!(zero.no_pace.as_deref(), Some("no_goal_to_date"));
    assert_eq!(zero.today, Some(0), "reached");
    let over = pace(&input(6, &[1_000], 990)).unwrap();
    assert_eq!(over.today, None);
    assert_eq!(over.no_today.as_deref(), Some("no_days_left"));
    assert_eq!(
        pace(&input(6, &[1_000], 3_000))
            .unwrap()
            .pace
            .unwrap()
            .to_string(),
        "3"
    );
}

#[test]
fn a_week_without_a_working_day_counts_once_it_is_over() {
    let mut input = input(8, &[1_000, 500], 0);
    input.cells[1].working_days = 0;
    input.cells[1].days_done = 0;
    let output = pace(&input).unwrap();
    assert_eq!(output.to_date, 1_000);
    assert_eq!(output.notes[0].code, "cell_without_working_day");
    assert_eq!(output.notes[0].params["period"], "W2");
    input.as_of = day(13);
    assert_eq!(pace(&input).unwrap().to_date, 1_500);
}

#[test]
fn what_cannot_be_counted() {
    let check = |change: fn(&mut PaceInput), code: &str| {
        let mut input = input(8, &[1_000, 500], 0);
        change(&mut input);
        let error = pace(&input).unwrap_err();
        assert_eq!(error.code(), code, "{error}");
        for value in error.params().values() {
            assert!(error.to_string().contains(value), "{value} in: {error}");
        }
    };
    check(|input| input.cells.clear(), "nothing_given");
    check(|input| input.cells[1].days_done = 6, "days_done");
    check(|input| input.cells.swap(0, 1), "interval");
    check(
        |input| input.cells[0].end = input.cells[0].start,
        "interval",
    );
    check(
        |input| input.limits.amber = Ratio::from_int(2),
        "limit_order",
    );
    check(
        |input| {
            input
                .cells
                .iter_mut()
                .for_each(|cell| cell.minor = i64::MAX);
        },
        "overflow",
    );
}

proptest! {
    #[test]
    fn days_never_take_the_goal_back(goals in prop::collection::vec(0..1_000_000_i64, 1..12), actual in -1_000..9_000_000_i64) {
        let mut before = 0;
        for as_of in 0..goals.len() as u64 * 7 {
            let output = pace(&input(as_of, &goals, actual)).unwrap();
            prop_assert!(output.to_date >= before, "the goal to date never falls");
            before = output.to_date;
            if let Some(today) = output.today {
                let days = i64::try_from(output.days_left).unwrap();
                prop_assert!(today >= 0 && today * days >= output.left, "enough for the goal");
                prop_assert!(days == 0 || (today - 1) * days < output.left.max(1), "and no more");
            }
        }
        prop_assert_eq!(before, goals.iter().sum::<i64>(), "in the end it is the goal");
    }
}
