//! Random plans, locks and edits.

use proptest::prelude::*;
use proptest::sample::select;
use yeji_goals::edit;
use yeji_goals::edit::{Above, Edit, EditInput, EditRow};

use crate::{after, day, is_in, lock, months, plan, set, shift, sum};

const UNITS: [&str; 8] = ["c", "east", "west", "li", "wu", "he", "xu", "qi"];
const PEOPLE: [&str; 5] = ["li", "wu", "he", "xu", "qi"];
const PERIODS: [&str; 8] = ["Y", "Q1", "Q3", "Q4", "M01", "M08", "M09", "M12"];

fn above() -> impl Strategy<Value = Above> {
    select(vec![Above::Grow, Above::Units, Above::Periods])
}

fn edits() -> impl Strategy<Value = Edit> {
    let minor = prop_oneof![0..50_i64, 0..20_000_i64, 0..9_000_000_000_i64];
    let one = (
        select(UNITS.to_vec()),
        select(PERIODS.to_vec()),
        minor.clone(),
        above(),
    );
    let sets = one.prop_map(|(unit, period, minor, above)| set(unit, period, minor, above));
    let one = (
        select(UNITS.to_vec()),
        select(UNITS.to_vec()),
        select(PERIODS.to_vec()),
        1..3_000_i64,
    );
    let shifts = one.prop_map(|(from, to, period, minor)| shift(from, to, period, minor));
    let one = (select(UNITS.to_vec()), 1..13_u32, minor, above());
    let revisions = one.prop_map(|(unit, month, minor, above)| Edit::Revise {
        unit: unit.to_owned(),
        from: day(month),
        minor,
        above,
    });
    prop_oneof![3 => sets, 1 => shifts, 1 => revisions]
}

fn plans() -> impl Strategy<Value = EditInput> {
    let cell = prop_oneof![2 => Just(0), 3 => 0..40_i64, 5 => 0..3_000_i64];
    let rows = prop::collection::vec(prop::collection::vec(cell, 12), 5);
    let locks = prop::collection::vec(
        (select(UNITS[1..].to_vec()), select(PERIODS[1..].to_vec())),
        0..5,
    );
    (rows, locks, prop::option::of(1..9_u32), edits()).prop_map(|(rows, locks, past, edit)| {
        let mut input = plan(edit);
        let rows = PEOPLE.into_iter().zip(rows);
        input.rows = rows
            .map(|(unit, minor)| EditRow {
                unit: unit.to_owned(),
                minor,
            })
            .collect();
        input.locks = locks
            .into_iter()
            .map(|(unit, period)| lock(unit, period))
            .collect();
        input.frozen_before = past.map(day);
        input
    })
}

/// Whether a cell may not move.
fn is_fixed(input: &EditInput, person: &str, month: usize) -> bool {
    let begins = day(u32::try_from(month).unwrap() + 1);
    let revised = match &input.edit {
        Edit::Revise { from, .. } => begins < *from,
        _ => false,
    };
    let is_locked = |lock: &yeji_goals::edit::Lock| {
        is_in(person, &lock.unit) && months(&lock.period).contains(&month)
    };
    revised
        || input.frozen_before.is_some_and(|day| begins < day)
        || input.locks.iter().any(is_locked)
}

/// The sums that must not change.
fn kept(edit: &Edit, rows: &[EditRow]) -> Vec<i64> {
    let parent = |unit: &str| match unit {
        "east" | "west" => "c",
        "xu" | "qi" => "west",
        _ => "east",
    };
    let each_month = |unit: &str| {
        (0..12)
            .map(|m| sum(rows, unit, &format!("M{:02}", m + 1)))
            .collect()
    };
    match edit {
        Edit::Shift { .. } => each_month("c"),
        Edit::Set {
            unit,
            above: Above::Units,
            ..
        }
        | Edit::Revise {
            unit,
            above: Above::Units,
            ..
        } => each_month(parent(unit)),
        Edit::Set {
            period,
            above: Above::Periods,
            ..
        } => {
            let above = match &**period {
                "M01" => "Q1",
                "M08" | "M09" => "Q3",
                "M12" => "Q4",
                _ => "Y",
            };
            PEOPLE
                .iter()
                .map(|person| sum(rows, person, above))
                .collect()
        }
        _ => Vec::new(),
    }
}

fn wanted(edit: &Edit, rows: &[EditRow]) -> (String, String, i64) {
    match edit {
        Edit::Set {
            unit,
            period,
            minor,
            ..
        } => (unit.clone(), period.clone(), *minor),
        Edit::Revise { unit, minor, .. } => (unit.clone(), "Y".to_owned(), *minor),
        Edit::Shift {
            from,
            period,
            minor,
            ..
        } => (
            from.clone(),
            period.clone(),
            sum(rows, from, period) - minor,
        ),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]
    #[test]
    fn only_what_may_move_moves(input in plans()) {
        let output = match edit(&input) {
            Ok(output) => output,
            Err(error) => {
                let known = ["edit_impossible", "no_siblings", "shift_within"];
                prop_assert!(known.contains(&error.code()), "{}", error);
                if error.code() == "edit_impossible" {
                    nearest_is_possible(&input, &error.params());
                }
                return Ok(());
            }
        };
        prop_assert_eq!(&edit(&input).unwrap(), &output, "deterministic");
        let rows = after(&input, &output);
        let (unit, period, minor) = wanted(&input.edit, &input.rows);
        prop_assert_eq!(sum(&rows, &unit, &period), minor, "the number is what was asked");
        prop_assert_eq!(kept(&input.edit, &rows), kept(&input.edit, &input.rows), "what stays");
        for (before, after) in input.rows.iter().zip(&rows) {
            for (month, (was, is)) in before.minor.iter().zip(&after.minor).enumerate() {
                prop_assert!(*is >= 0, "no goal below zero");
                if is_fixed(&input, &before.unit, month) {
                    prop_assert_eq!(was, is, "{} in month {} is fixed", &before.unit, month + 1);
                }
            }
        }
        for sum_ in &output.sums {
            prop_assert_eq!(sum(&input.rows, &sum_.unit, &sum_.period), sum_.before);
            prop_assert_eq!(sum(&rows, &sum_.unit, &sum_.period), sum_.after);
        }
        let moved: usize = input.rows.iter().zip(&rows)
            .map(|(a, b)| a.minor.iter().zip(&b.minor).filter(|(a, b)| a != b).count()).sum();
        prop_assert_eq!(output.changed, moved);
        there_and_back(&input, &rows);
    }
}

/// The amounts that an error names are possible, and one beyond is not.
fn nearest_is_possible(input: &EditInput, params: &std::collections::BTreeMap<String, String>) {
    let mut input = input.clone();
    for (bound, beyond) in [("smallest", -1), ("largest", 1)] {
        let Ok(bound) = params[bound].parse::<i64>() else {
            continue;
        };
        let mut try_with = |amount: i64| {
            match &mut input.edit {
                Edit::Set { minor, .. }
                | Edit::Revise { minor, .. }
                | Edit::Shift { minor, .. } => *minor = amount,
            }
            edit(&input)
        };
        let code = try_with(bound).err().map(|error| error.code());
        assert!(
            code.is_none() || (bound == 0 && code == Some("shift_amount")),
            "{bound}: {code:?}"
        );
        assert!(try_with(bound + beyond).is_err(), "{bound} is the bound");
    }
}

/// Setting the number back closes to the same sums.
fn there_and_back(input: &EditInput, rows: &[EditRow]) {
    let mut back = input.clone();
    back.rows = rows.to_vec();
    back.edit = match &input.edit {
        Edit::Set {
            unit,
            period,
            above,
            ..
        } => set(unit, period, sum(&input.rows, unit, period), *above),
        Edit::Shift {
            from,
            to,
            period,
            minor,
        } => shift(to, from, period, *minor),
        Edit::Revise {
            unit, from, above, ..
        } => Edit::Revise {
            unit: unit.clone(),
            from: *from,
            minor: sum(&input.rows, unit, "Y"),
            above: *above,
        },
    };
    let output = edit(&back).unwrap();
    let restored = after(&back, &output);
    let (unit, period, _) = wanted(&input.edit, &input.rows);
    for unit in [unit.as_str(), "c"] {
        for period in [period.as_str(), "Y"] {
            assert_eq!(
                sum(&restored, unit, period),
                sum(&input.rows, unit, period),
                "{unit} {period} is back"
            );
        }
    }
}
