//! How close numbers are that people compare.

use std::collections::BTreeMap;

use yeji_core::Ratio;
use yeji_core::calendar::{Period, PeriodKind};
use yeji_goals::{Level, SplitUnit, split};

use crate::{assert_closes, assert_rounds_fitted, input, unit, with_fitted, working_days};

/// Departments of teams of people, by the teams' sizes; `weigh` gives each person's weight.
fn company(departments: &[Vec<usize>], mut weigh: impl FnMut() -> u32) -> Vec<SplitUnit> {
    let mut units = vec![unit("c", "", Level::Company, "")];
    for (d, teams) in departments.iter().enumerate() {
        let department = format!("d{d}");
        units.push(unit(&department, "c", Level::Department, ""));
        for (t, people) in teams.iter().enumerate() {
            let team = format!("d{d}t{t}");
            units.push(unit(&team, &department, Level::Team, ""));
            for p in 0..*people {
                let mut person = unit(&format!("{team}p{p}"), &team, Level::Person, "");
                person.weight = Some(Ratio::from_int(i64::from(weigh())));
                units.push(person);
            }
        }
    }
    units
}

#[test]
fn people_of_equal_goals_have_equal_quarters() {
    // 35 people in 6 teams of 3 departments, as in the CRM export this product is shown on.
    let teams = [vec![6, 6], vec![6, 6], vec![6, 5]];
    for amount in [1_000_000_000, 1_200_000_000, 999_999_937, 3_511] {
        let output = split(&input(
            amount,
            "2018",
            company(&teams, || 1),
            working_days(),
        ))
        .unwrap();
        assert_closes(&output.nodes);
        assert_rounds_fitted(&output);
        let year: Period = "2018".parse().unwrap();
        let goals: BTreeMap<&str, i64> = output
            .nodes
            .iter()
            .filter(|node| node.period == year)
            .map(|node| (node.unit.as_str(), node.amount.minor))
            .collect();
        let mut spans: BTreeMap<(Level, i64, Period), (i64, i64)> = BTreeMap::new();
        for node in &output.nodes {
            let minor = node.amount.minor;
            let key = (node.level, goals[node.unit.as_str()], node.period);
            let span = spans.entry(key).or_insert((minor, minor));
            *span = (span.0.min(minor), span.1.max(minor));
        }
        for ((level, goal, period), (least, most)) in spans {
            let promised = level == Level::Person || period.kind() == PeriodKind::CutWeek;
            // Months and quarters of teams and departments are only held close.
            let allowed = if promised { 1 } else { 3 };
            assert!(
                most - least <= allowed,
                "{level:?} of goal {goal}: {least} to {most} in {period}"
            );
        }
    }
}

/// The largest distance from the fitted value, and how many of all are off by one or more.
struct Distances {
    largest: Ratio,
    beyond: usize,
    all: usize,
}

#[test]
fn sums_over_units_and_periods_stay_close() {
    let mut state = 12_345_u64;
    let mut random = move |below: u32| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        u32::try_from(state >> 33).unwrap() % below
    };
    let mut distances: BTreeMap<(Level, PeriodKind), Distances> = BTreeMap::new();
    for round in 0..60 {
        let mut sizes = |most: u32, least: u32| least + random(most);
        let departments: Vec<Vec<usize>> = (0..sizes(5, 1))
            .map(|_| (0..sizes(6, 1)).map(|_| sizes(12, 1) as usize).collect())
            .collect();
        let amount = match round % 3 {
            0 => 1 + i64::from(random(20_000)),
            1 => 1_200_000_000,
            _ => 1 + 100 * i64::from(random(1 << 31)),
        };
        let equal = round % 4 == 0;
        let units = company(&departments, || if equal { 1 } else { 1 + random(100_000) });
        let year = (2010 + round % 15).to_string();
        let output = split(&input(amount, &year, units, working_days())).unwrap();
        assert_rounds_fitted(&output);
        for (node, has, should) in with_fitted(&output) {
            let distance = Ratio::new((has - should).abs(), i128::from(amount)).unwrap();
            let entry = distances
                .entry((node.level, node.period.kind()))
                .or_insert(Distances {
                    largest: Ratio::ZERO,
                    beyond: 0,
                    all: 0,
                });
            entry.largest = entry.largest.max(distance);
            entry.beyond += usize::from(distance >= Ratio::ONE);
            entry.all += 1;
        }
    }
    for (
        (level, kind),
        Distances {
            largest,
            beyond,
            all,
        },
    ) in distances
    {
        println!("{level:?} {kind:?}: at most {largest} off, {beyond} of {all} by one or more");
        let kept = level == Level::Person || kind == PeriodKind::CutWeek;
        let exact = level == Level::Company || kind == PeriodKind::Year;
        if exact {
            assert_eq!(largest, Ratio::ZERO, "{level:?} {kind:?} is a margin");
        } else if kept {
            assert_eq!(beyond, 0, "{level:?} {kind:?} is promised");
        } else {
            // No theorem, but what was measured and is told to people; the companies are fixed.
            assert!(
                largest < Ratio::from_int(3),
                "{level:?} {kind:?}: {largest}"
            );
            assert!(beyond * 20 < all, "{level:?} {kind:?}: {beyond} of {all}");
        }
    }
}

/// FNV-1a over the cells of splits of uneven companies: an auditor on another machine, or with a
/// later version, gets the same cells to the minor unit.
#[test]
fn the_same_input_gives_the_same_cells_everywhere() {
    let mut weight = 1_u32;
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for amount in [120_000_000_037, 99_991, -1_234_567_890] {
        let teams = [vec![9, 4, 11], vec![7], vec![3, 12]];
        let units = company(&teams, || {
            weight = weight * 7_919 % 10_007 + 1;
            weight
        });
        for cell in split(&input(amount, "2024", units, working_days()))
            .unwrap()
            .cells
        {
            for byte in cell.minor.to_le_bytes() {
                hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
            }
        }
    }
    assert_eq!(hash, 0x3c71_2d3b_8e4b_cf2e, "{hash:#x}");
}
