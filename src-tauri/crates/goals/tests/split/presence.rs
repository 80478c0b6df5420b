//! Who is not there in a week has no goal in it, and both axes close all the same.

use std::collections::BTreeSet;

use proptest::prelude::*;
use yeji_goals::presence::UnitPresence;
use yeji_goals::{PeriodWeight, SplitInput, SplitOutput, split};

use super::*;

/// The weeks of a split, as its cells have them.
fn weeks(output: &SplitOutput) -> Vec<Period> {
    let first = output.cells[0].unit.clone();
    let own = output.cells.iter().filter(|cell| cell.unit == first);
    own.map(|cell| cell.period).collect()
}

fn absent(unit: &str, weeks: impl Iterator<Item = Period>) -> UnitPresence {
    UnitPresence {
        unit: unit.to_owned(),
        shares: weeks
            .map(|period| PeriodWeight {
                period,
                weight: Ratio::ZERO,
            })
            .collect(),
    }
}

/// What is said of presence.
fn codes(output: &SplitOutput) -> Vec<&str> {
    let codes = output.notes.iter().map(|note| note.code.as_str());
    codes
        .filter(|code| ["never_present", "weeks_follow_people"].contains(code))
        .collect()
}

#[test]
fn a_leaver_has_nothing_after_the_last_day_and_the_company_keeps_its_months() {
    let plain = input(12_345_678_901, "2026", company(), working_days());
    let before = split(&plain).unwrap();
    let last_quarter: Period = "2026-Q4".parse().unwrap();
    let gone = weeks(&before)
        .into_iter()
        .filter(|week| week.start() >= last_quarter.start());
    let after = split(&SplitInput {
        presence: vec![absent("li", gone)],
        ..plain
    })
    .unwrap();
    assert_closes(&after.nodes);
    assert_eq!(node(&after, "li", "2026-Q4"), 0);
    for unit in ["c", "east", "e1", "li", "wu", "xu"] {
        assert_eq!(
            node(&after, unit, "2026"),
            node(&before, unit, "2026"),
            "{unit}"
        );
    }
    for period in ["2026-Q1", "2026-Q4", "2026-02", "2026-11"] {
        assert_eq!(
            node(&after, "c", period),
            node(&before, "c", period),
            "{period}"
        );
    }
    assert!(node(&after, "wu", "2026-Q4") > node(&before, "wu", "2026-Q4"));
    assert!(!codes(&after).contains(&"weeks_follow_people"));
}

#[test]
fn a_half_week_carries_about_half() {
    let plain = input(100_000_000, "2026", company(), working_days());
    let before = split(&plain).unwrap();
    let week = weeks(&before)[20];
    let half = UnitPresence {
        unit: "he".to_owned(),
        shares: vec![PeriodWeight {
            period: week,
            weight: ratio("1/2"),
        }],
    };
    let after = split(&SplitInput {
        presence: vec![half],
        ..plain
    })
    .unwrap();
    let cell = |output: &SplitOutput| {
        let mut cells = output.cells.iter();
        cells
            .find(|cell| cell.unit == "he" && cell.period == week)
            .unwrap()
            .minor
    };
    let (full, part) = (cell(&before), cell(&after));
    // The rest of the company takes it over in this week, so a little more than half.
    assert!(part * 2 > full && part * 10 < full * 6, "{part} of {full}");
}

#[test]
fn a_week_without_anybody_follows_the_people() {
    let plain = input(9_999_999, "2026", company(), working_days());
    let before = split(&plain).unwrap();
    let week = before
        .cells
        .iter()
        .find(|cell| cell.minor > 10_000)
        .unwrap()
        .period;
    let presence = ["li", "wu", "he", "xu", "qi"]
        .map(|unit| absent(unit, [week].into_iter()))
        .to_vec();
    let output = split(&SplitInput { presence, ..plain }).unwrap();
    assert_closes(&output.nodes);
    assert_eq!(codes(&output), ["weeks_follow_people"]);
    let cells = output.cells.iter().filter(|cell| cell.period == week);
    assert_eq!(cells.map(|cell| cell.minor).sum::<i64>(), 0);
    assert_eq!(node(&output, "c", "2026"), 9_999_999);
}

#[test]
fn somebody_who_is_never_there_is_told() {
    let plain = input(9_999_999, "2026", company(), working_days());
    let before = split(&plain).unwrap();
    let presence = vec![absent("he", weeks(&before).into_iter())];
    let output = split(&SplitInput { presence, ..plain }).unwrap();
    assert_closes(&output.nodes);
    assert_eq!(codes(&output), ["never_present"]);
    assert_eq!(node(&output, "he", "2026"), node(&before, "he", "2026"));
}

/// Days at work are asked of working weeks only: those without an amount are no way out.
#[test]
fn somebody_away_in_all_working_weeks_leaves_the_others_as_they_are() {
    let plain = input(9_999_999, "2026", company(), working_days());
    let before = split(&plain).unwrap();
    let idle = |week: &Period| {
        let cells = before.cells.iter().filter(|cell| cell.period == *week);
        cells.map(|cell| cell.minor).sum::<i64>() == 0
    };
    assert!(weeks(&before).iter().any(idle), "2026 has such weeks");
    let working = weeks(&before).into_iter().filter(|week| !idle(week));
    let presence = vec![absent("he", working)];
    let output = split(&SplitInput { presence, ..plain }).unwrap();
    assert_eq!(codes(&output), ["never_present"]);
    // Only which way a cent is rounded may differ.
    for (after, before) in output.nodes.iter().zip(&before.nodes) {
        let apart = (after.amount.minor - before.amount.minor).abs();
        let most = i64::from(before.parent_unit.is_some()) * 4;
        assert!(apart <= most, "{} {}: {apart}", after.unit, after.period);
    }
}

#[test]
fn presence_of_nobody_or_of_another_week_is_refused() {
    let plain = input(9_999_999, "2026", company(), working_days());
    let week = weeks(&split(&plain).unwrap())[0];
    let check = |presence: Vec<UnitPresence>, code: &str| {
        let input = SplitInput {
            presence,
            ..plain.clone()
        };
        assert_eq!(split(&input).unwrap_err().code(), code);
    };
    check(vec![absent("nobody", [week].into_iter())], "unknown_unit");
    check(vec![absent("e1", [week].into_iter())], "unknown_unit");
    check(vec![absent("li", [].into_iter()); 2], "duplicate_unit");
    check(
        vec![absent("li", [week, week].into_iter())],
        "time_weight_place",
    );
    let month: Period = "2026-01".parse().unwrap();
    check(vec![absent("li", [month].into_iter())], "time_weight_place");
    let mut negative = absent("li", [week].into_iter());
    negative.shares[0].weight = ratio("-1");
    check(vec![negative], "negative_time_weight");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]
    #[test]
    fn absence_is_empty_and_all_closes(
        minor in prop_oneof![-1_000..1_000_i64, -900_000_000_000..900_000_000_000_i64],
        weights in prop::collection::vec(1..9_u32, 12),
        gaps in prop::collection::vec((0..5_usize, 0..60_usize, 1..30_usize), 0..6),
        cell_unit in prop::sample::select(vec![0_u64, 100]),
    ) {
        let months: Period = "2026".parse().unwrap();
        let time = TimeRule::Weights {
            weights: months.parts(PeriodKind::Month).into_iter().zip(&weights)
                .map(|(period, weight)| PeriodWeight { period, weight: Ratio::from_int(i64::from(*weight)) }).collect(),
            calendar: WorkingDays::default(),
        };
        let plain = SplitInput { cell_unit, ..input(minor, "2026", company(), time) };
        let before = split(&plain).unwrap();
        let all = weeks(&before);
        let people = ["li", "wu", "he", "xu", "qi"];
        let mut away: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
        for (who, from, long) in gaps {
            away.entry(people[who]).or_default().extend(from..(from + long).min(all.len()));
        }
        let presence = away.iter().map(|(unit, gone)| absent(unit, gone.iter().filter_map(|at| all.get(*at).copied()))).collect();
        let input = SplitInput { presence, ..plain };
        let after = split(&input).unwrap();
        assert_closes(&after.nodes);
        prop_assert_eq!(after.nodes[0].amount.minor, minor);
        prop_assert_eq!(&after, &split(&input).unwrap(), "deterministic");
        prop_assert!(after.cells.iter().all(|cell| cell.minor == 0 || (cell.minor < 0) == (minor < 0)));
        let never = |unit: &str| after.notes.iter().any(|note| note.code == "never_present" && note.params["unit"] == unit);
        let follows = codes(&after).contains(&"weeks_follow_people");
        for cell in &after.cells {
            let gone = away.get(cell.unit.as_str()).is_some_and(|gone| gone.iter().any(|at| all[*at] == cell.period));
            prop_assert!(!gone || cell.minor == 0 || never(&cell.unit), "{} {}", cell.unit, cell.period);
        }
        for (node, other) in after.nodes.iter().zip(&before.nodes) {
            let margin = node.period == months || node.parent_unit.is_none();
            // What is beyond whole units of cells may stand in another week.
            let same = node.amount == other.amount || (cell_unit > 1 && node.period != months);
            prop_assert!(!margin || same || (follows && node.period != months), "{} {}", node.unit, node.period);
        }
    }
}
