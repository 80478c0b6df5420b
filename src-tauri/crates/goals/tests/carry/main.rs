//! What `goal.carry` promises: the amount is divided whole, everybody keeps their share and their own months,
//! and a plan carried over as it is stays as it is.

use std::collections::BTreeMap;

use proptest::prelude::*;
use yeji_core::calendar::{Period, WorkingDays};
use yeji_core::{Currency, Money, Ratio, allocate};
use yeji_goals::carry::{CarryInput, CarryOutput, Course};
use yeji_goals::presence::UnitPresence;
use yeji_goals::{Error, Level, PeriodWeight, SplitUnit, carry};

fn unit(id: &str, parent: &str, level: Level, weight: i64) -> SplitUnit {
    SplitUnit {
        id: id.to_owned(),
        name: format!("名 {id}"),
        parent: (!parent.is_empty()).then(|| parent.to_owned()),
        level,
        weight: (level == Level::Person).then(|| Ratio::from_int(weight)),
    }
}

fn course(unit: &str, year: i32, months: &[i64; 12]) -> Course {
    let weights = (1..).zip(months).map(|(month, weight)| PeriodWeight {
        period: Period::month(year, month).unwrap(),
        weight: Ratio::from_int(*weight),
    });
    Course {
        unit: unit.to_owned(),
        weights: weights.collect(),
    }
}

/// Two teams of people with the months they had.
fn input(minor: i64, year: i32, people: &[[i64; 12]]) -> CarryInput {
    let mut units = vec![
        unit("c", "", Level::Company, 0),
        unit("t0", "c", Level::Team, 0),
        unit("t1", "c", Level::Team, 0),
    ];
    let mut courses = Vec::new();
    for (at, months) in people.iter().enumerate() {
        let (id, team) = (format!("p{at}"), format!("t{}", at % 2));
        units.push(unit(&id, &team, Level::Person, months.iter().sum()));
        courses.push(course(&id, year, months));
    }
    CarryInput {
        amount: Money::new(minor, Currency::CNY),
        period: Period::year(year).unwrap(),
        units,
        courses,
        presence: Vec::new(),
        calendar: WorkingDays::default(),
    }
}

/// Months of each person as the cells come to.
fn months(output: &CarryOutput, year: i32) -> BTreeMap<String, [i64; 12]> {
    let mut found: BTreeMap<String, [i64; 12]> = BTreeMap::new();
    for cell in &output.cells {
        let at = (1..=12).position(|month| {
            let month = Period::month(year, month).unwrap();
            month.contains(cell.period.start())
        });
        found.entry(cell.unit.clone()).or_default()[at.unwrap()] += cell.minor;
    }
    found
}

fn year_of(output: &CarryOutput, id: &str) -> i64 {
    let unit = output.units.iter().find(|one| one.unit == id);
    unit.unwrap().minor
}

proptest! {
    #[test]
    fn a_plan_carried_over_as_it_is_stays_as_it_is(
        people in prop::collection::vec(prop::array::uniform12(0..9_000_000_000_i64), 2..9),
        year in 1950..2150_i32,
    ) {
        let total: i64 = people.iter().flatten().sum();
        let output = carry(&input(total, year, &people)).unwrap();
        let found = months(&output, year);
        for (at, had) in people.iter().enumerate() {
            prop_assert_eq!(&found[&format!("p{at}")], had, "person {}", at);
        }
    }

    #[test]
    fn every_amount_is_divided_whole_and_zeros_stay_zero(
        people in prop::collection::vec(
            prop::array::uniform12(prop_oneof![1 => Just(0_i64), 3 => 0..9_000_000_i64]), 2..9),
        minor in 0..i64::MAX / 4,
        year in 1950..2150_i32,
    ) {
        prop_assume!(people.iter().flatten().sum::<i64>() > 0);
        let output = carry(&input(minor, year, &people)).unwrap();
        let cells: i128 = output.cells.iter().map(|cell| i128::from(cell.minor)).sum();
        prop_assert_eq!(cells, i128::from(minor));
        prop_assert!(output.cells.iter().all(|cell| cell.minor >= 0));
        prop_assert_eq!(year_of(&output, "c"), minor);
        prop_assert_eq!(year_of(&output, "t0") + year_of(&output, "t1"), minor);
        let found = months(&output, year);
        for (at, had) in people.iter().enumerate() {
            let own = &found[&format!("p{at}")];
            prop_assert_eq!(own.iter().sum::<i64>(), year_of(&output, &format!("p{at}")));
            if had.iter().sum::<i64>() > 0 {
                for (month, had) in had.iter().enumerate() {
                    prop_assert!(*had > 0 || own[month] == 0, "month {} of {}", month, at);
                }
            } else {
                prop_assert!(own.iter().all(|minor| *minor == 0), "weight zero gets zero");
            }
        }
    }
}

#[test]
fn weeks_in_which_somebody_is_away_have_no_goal_and_the_month_stays() {
    let mut had = [[0; 12]; 2];
    had[0][2] = 900;
    had[1][2] = 900;
    let mut input = input(1_800, 2028, &had);
    let march = Period::month(2028, 3).unwrap();
    let gone: Vec<Period> = march.children().into_iter().skip(2).collect();
    let away = |weight| PeriodWeight {
        period: gone[0],
        weight,
    };
    input.presence = vec![UnitPresence {
        unit: "p0".to_owned(),
        shares: gone
            .iter()
            .map(|period| PeriodWeight {
                period: *period,
                weight: Ratio::ZERO,
            })
            .collect(),
    }];
    let output = carry(&input).unwrap();
    let of = |id: &str, week: &Period| {
        let cell = output
            .cells
            .iter()
            .find(|cell| cell.unit == id && cell.period == *week);
        cell.unwrap().minor
    };
    assert_eq!(
        months(&output, 2028)["p0"][2],
        900,
        "the month is what it was"
    );
    for week in &gone {
        assert_eq!(of("p0", week), 0, "{week}");
        assert!(of("p1", week) > 0, "{week}");
    }
    for (shares, unit) in [
        (vec![away(Ratio::ONE); 2], "p0"),
        (vec![away(Ratio::from_int(-1))], "p0"),
        (Vec::new(), "t0"),
    ] {
        input.presence = vec![UnitPresence {
            unit: unit.to_owned(),
            shares,
        }];
        assert!(carry(&input).is_err(), "{:?}", input.presence);
    }
}

#[test]
fn who_has_no_course_takes_that_of_all_together() {
    let mut had = [[0; 12]; 2];
    had[0][2] = 300;
    had[0][5] = 100;
    let mut input = input(800, 2028, &had);
    // New in the team, with a weight but no months.
    input.units[4].weight = Some(Ratio::from_int(400));
    let found = months(&carry(&input).unwrap(), 2028);
    assert_eq!(found["p1"], found["p0"]);
    assert_eq!((found["p1"][2], found["p1"][5]), (300, 100));
}

#[test]
fn where_nobody_has_a_course_working_days_decide() {
    let mut input = input(36_600, 2028, &[[0; 12], [0; 12]]);
    for unit in &mut input.units {
        unit.weight = unit.weight.map(|_| Ratio::ONE);
    }
    let output = carry(&input).unwrap();
    let found = months(&output, 2028);
    let working = WorkingDays::default();
    let quarter = |months: std::ops::RangeInclusive<u32>| -> u64 {
        let days = months.map(|month| {
            let month = Period::month(2028, month).unwrap();
            working.count(month.start(), month.end())
        });
        days.sum()
    };
    let quarters = [
        quarter(1..=3),
        quarter(4..=6),
        quarter(7..=9),
        quarter(10..=12),
    ];
    let expected = allocate(18_300, &quarters).unwrap();
    assert_eq!(found["p0"][..3].iter().sum::<i64>(), expected[0]);
    assert_eq!(found["p0"].iter().sum::<i64>(), 18_300);
    // What is said of the holidays is said once, not for each person.
    let codes: Vec<&str> = output.notes.iter().map(|note| note.code.as_str()).collect();
    let once: std::collections::BTreeSet<&str> = codes.iter().copied().collect();
    assert_eq!(codes.len(), once.len(), "{codes:?}");
}

#[test]
fn a_course_of_nobody_and_two_of_one_are_refused() {
    let mut of_nobody = input(100, 2028, &[[1; 12], [1; 12]]);
    of_nobody.courses[0].unit = "p7".to_owned();
    let refused = carry(&of_nobody).unwrap_err();
    assert!(matches!(refused, Error::UnknownUnit { ref unit } if unit == "p7"));
    let mut of_a_team = of_nobody.clone();
    of_a_team.courses[0].unit = "t0".to_owned();
    assert!(matches!(carry(&of_a_team), Err(Error::UnknownUnit { .. })));
    let mut twice = input(100, 2028, &[[1; 12], [1; 12]]);
    twice.courses[1].unit = "p0".to_owned();
    assert!(matches!(carry(&twice), Err(Error::DuplicateUnit { .. })));
    let mut short = input(100, 2028, &[[1; 12], [1; 12]]);
    short.courses[0].weights.pop();
    assert!(matches!(
        carry(&short),
        Err(Error::MissingTimeWeight { .. })
    ));
}
