//! Splits of random amounts over random trees and periods.

use std::collections::BTreeSet;

use proptest::prelude::*;
use yeji_core::calendar::{FiscalCalendar, Period, PeriodKind, WorkingDays};
use yeji_core::{Currency, Money, Ratio, allocate};
use yeji_goals::{Level, PeriodWeight, SplitInput, SplitUnit, TimeRule, split};

use crate::{assert_closes, assert_rounds_fitted, unit};

fn weight() -> impl Strategy<Value = Ratio> {
    prop_oneof![
        1 => Just(Ratio::ZERO),
        4 => (0..1_000_i128, prop::sample::select(vec![2_i128, 3, 7, 12, 100]))
            .prop_map(|(num, den)| Ratio::new(num, den).unwrap()),
        2 => (0..5_000_000_000_i128).prop_map(|num| Ratio::new(num, 1).unwrap()),
    ]
}

/// Random trees: each unit after the root stands under an earlier department; teams hold people.
pub fn tree() -> impl Strategy<Value = Vec<SplitUnit>> {
    let departments = prop::collection::vec(
        (any::<prop::sample::Index>(), prop::option::of(weight())),
        0..4,
    );
    let people = prop::collection::vec((any::<prop::sample::Index>(), weight()), 1..25);
    (departments, people).prop_map(|(departments, people)| {
        let mut units = vec![unit("u0", "", Level::Company, "")];
        for (at, weight) in departments {
            let parent = units[at.index(units.len())].id.clone();
            let mut new = unit(&format!("u{}", units.len()), &parent, Level::Department, "");
            new.weight = weight;
            units.push(new);
        }
        let places = units.len();
        for (at, weight) in people {
            let parent = units[at.index(places)].id.clone();
            let mut new = unit(&format!("u{}", units.len()), &parent, Level::Person, "");
            new.weight = Some(weight);
            units.push(new);
        }
        let parents: BTreeSet<_> = units
            .iter()
            .filter_map(|unit| unit.parent.clone())
            .collect();
        for unit in units.iter_mut().filter(|unit| !parents.contains(&unit.id)) {
            if unit.level != Level::Person {
                unit.weight = Some(Ratio::ZERO);
            }
        }
        units
    })
}

pub fn amount() -> impl Strategy<Value = i64> {
    prop_oneof![
        Just(0),
        -1_000..1_000_i64,
        -200_000_000_000..200_000_000_000_i64,
        any::<i64>()
    ]
}

/// A period, and the calendar it is split in where one is asked for.
fn place() -> impl Strategy<Value = (Period, Option<FiscalCalendar>)> {
    let kind = prop_oneof![
        Just(PeriodKind::Year),
        Just(PeriodKind::Half),
        Just(PeriodKind::Quarter),
        Just(PeriodKind::Month)
    ];
    let calendar = prop_oneof![
        2 => Just("01"),
        1 => prop::sample::select(vec!["04", "07-sun", "02-454-nearest-sun", "12-445-end", "10-544"]),
    ];
    (kind, 0..7_300_u64, calendar, any::<bool>()).prop_map(|(kind, day, calendar, given)| {
        let calendar: FiscalCalendar = calendar.parse().unwrap();
        let start = Period::year(2010).unwrap().start();
        let period = calendar.containing(kind, start + chrono::Days::new(day));
        (period.unwrap(), given.then_some(calendar))
    })
}

/// The periods one level below.
fn parts(period: Period, calendar: Option<FiscalCalendar>) -> Vec<Period> {
    match (period.kind(), calendar) {
        (PeriodKind::Year, Some(_)) => period.parts(PeriodKind::Half),
        _ => period.children(),
    }
}

fn time(period: Period, holidays: &[bool], own: Option<Vec<Ratio>>) -> TimeRule {
    let holidays = period
        .days()
        .zip(holidays.iter().cycle())
        .filter(|(_, off)| **off)
        .map(|(day, _)| day);
    let calendar = WorkingDays {
        holidays: holidays.collect(),
        ..WorkingDays::default()
    };
    match own {
        Some(own) => {
            let weights = period.children().into_iter().zip(own.into_iter().cycle());
            let weights = weights
                .map(|(period, weight)| PeriodWeight { period, weight })
                .collect();
            TimeRule::Weights { weights, calendar }
        }
        None => TimeRule::WorkingDays { calendar },
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]
    #[test]
    fn both_axes_close_at_every_level(
        units in tree(),
        minor in amount(),
        currency in prop::sample::select(vec![Currency::CNY, Currency::NONE]),
        (period, calendar) in place(),
        holidays in prop::collection::vec(any::<bool>(), 1..40),
        own in prop::option::of(prop::collection::vec(weight(), 3..7)),
    ) {
        let input = SplitInput {
            amount: Money::new(minor, currency),
            period,
            calendar,
            units,
            time: time(period, &holidays, own),
            presence: Vec::new(),
            round: Vec::new(),
            cell_unit: 0,
        };
        let output = match split(&input) {
            Ok(output) => output,
            // The generator also makes weights that are all zero; nothing else may fail.
            Err(error) => {
                prop_assert!(["zero_weights", "zero_time_weights"].contains(&error.code()), "{}", error);
                return Ok(());
            }
        };
        assert_closes(&output.nodes);
        prop_assert_eq!(output.nodes[0].amount.minor, minor, "the whole is the amount");
        prop_assert!(output.cells.iter().all(|cell| cell.minor == 0 || (cell.minor < 0) == (minor < 0)));
        prop_assert_eq!(&output, &split(&input).unwrap(), "deterministic");
        if currency == Currency::NONE {
            let is_whole = |text: String| !text.contains('.');
            let whole = output.nodes.iter().all(|node| is_whole(node.amount.to_major()));
            prop_assert!(whole, "things are counted whole");
        }
        assert_rounds_fitted(&output);
        if let Some(negative) = minor.checked_neg() {
            let mirror = SplitInput { amount: Money::new(negative, currency), ..input.clone() };
            let mirrored: Vec<i64> = split(&mirror).unwrap().cells.iter().map(|cell| -cell.minor).collect();
            let cells: Vec<i64> = output.cells.iter().map(|cell| cell.minor).collect();
            prop_assert_eq!(mirrored, cells, "negative mirrors positive");
        }

        // Each unit's total is the allocation among its siblings, as the rule says.
        let total = |unit: &str| {
            output.nodes.iter().find(|n| n.unit == unit && n.period == period).unwrap().amount.minor
        };
        for parent in &input.units {
            let children: Vec<_> =
                input.units.iter().filter(|unit| unit.parent.as_ref() == Some(&parent.id)).collect();
            // Fractions are scaled in a unit test; whole weights are compared here.
            let whole: Option<Vec<u64>> = children
                .iter()
                .map(|child| u64::try_from(child.weight?.to_integer()?).ok())
                .collect();
            if let Some(weights) = whole.filter(|weights| weights.iter().any(|weight| *weight > 0)) {
                let parts: Vec<i64> = children.iter().map(|child| total(&child.id)).collect();
                prop_assert_eq!(parts, allocate(total(&parent.id), &weights).unwrap());
            }
        }
        // Each period's total is the allocation among its siblings of the root.
        if let TimeRule::WorkingDays { calendar } = &input.time {
            let parts = parts(period, input.calendar);
            let days: Vec<u64> = parts.iter().map(|p| calendar.count(p.start(), p.end())).collect();
            if days.iter().any(|days| *days > 0) {
                let root = &input.units[0].id;
                let amounts: Vec<i64> = parts
                    .iter()
                    .map(|p| output.nodes.iter().find(|n| n.unit == *root && n.period == *p).unwrap().amount.minor)
                    .collect();
                prop_assert_eq!(amounts, allocate(minor, &days).unwrap());
            }
        }
    }
}
