//! Splits in multiples that people like.

use proptest::prelude::*;
use yeji_core::calendar::{Period, PeriodKind};
use yeji_goals::{Level, LevelUnit, SplitOutput, split};

use crate::properties::{amount, tree};
use crate::{assert_closes, company, input, node, working_days};

fn round(level: Level, minor: u64) -> LevelUnit {
    LevelUnit { level, minor }
}

#[test]
fn a_year_in_thousands_and_weeks_in_hundreds() {
    let mut input = input(1_200_000_037, "2018", company(), working_days());
    input.cell_unit = 10_000;
    input.round = vec![
        round(Level::Department, 10_000_000),
        round(Level::Person, 100_000),
    ];
    let output = split(&input).unwrap();
    assert_closes(&output.nodes);
    // 11 of 23 and 12 of 23; what is below 100,000 yuan goes to the larger department.
    assert_eq!(node(&output, "east", "2018"), 570_000_000);
    assert_eq!(node(&output, "west", "2018"), 630_000_037);
    assert_eq!(
        node(&output, "xu", "2018"),
        630_000_037,
        "the largest person"
    );
    assert_eq!(
        node(&output, "wu", "2018") % 100_000,
        0,
        "li has the rest of their team"
    );
    let odd: Vec<_> = output
        .cells
        .iter()
        .filter(|cell| cell.minor % 10_000 != 0)
        .collect();
    assert_eq!(odd.len(), 1, "one cell has the 37");
    assert_eq!(odd[0].unit, "xu");
}

#[test]
fn what_cannot_be_rounded() {
    let mut input = input(99, "2018-Q1", company(), working_days());
    input.cell_unit = 100;
    let output = split(&input).unwrap();
    assert_closes(&output.nodes);
    assert!(
        output
            .notes
            .iter()
            .any(|note| note.code == "amount_below_unit")
    );
    input.amount.minor = 1_000;
    for unit in [0, 150] {
        input.round = vec![round(Level::Person, unit)];
        let error = split(&input).unwrap_err();
        assert_eq!(error.code(), "rounding_unit", "{error}");
        assert_eq!(error.params()["minor"], unit.to_string());
    }
    input.cell_unit = u64::MAX;
    let notes = split(&input).unwrap().notes;
    assert!(notes.iter().any(|note| note.code == "amount_below_unit"));
}

/// Leaf units' years that are no multiples, by their parent.
fn odd_siblings(output: &SplitOutput, unit: u64) -> usize {
    let whole = output.nodes[0].period;
    let mut odd: Vec<&Option<String>> = output
        .nodes
        .iter()
        .filter(|node| node.level == Level::Person && node.period == whole)
        .filter(|node| node.amount.minor.unsigned_abs() % unit != 0)
        .map(|node| &node.parent_unit)
        .collect();
    odd.sort();
    let all = odd.len();
    odd.dedup();
    all - odd.len()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]
    #[test]
    fn multiples_close_too(
        units in tree(),
        minor in amount(),
        month in 1..13_u32,
        cell_unit in prop::sample::select(vec![1_u64, 100, 10_000]),
        times in prop::sample::select(vec![1_u64, 10]),
    ) {
        let period = Period::month(2024, month).unwrap();
        prop_assert_eq!(period.kind(), PeriodKind::Month);
        let mut input = input(minor, &period.to_string(), units, working_days());
        input.cell_unit = cell_unit;
        input.round = vec![round(Level::Person, cell_unit * times)];
        let Ok(output) = split(&input) else { return Ok(()) };
        assert_closes(&output.nodes);
        prop_assert_eq!(output.nodes[0].amount.minor, minor);
        prop_assert_eq!(&output, &split(&input).unwrap(), "deterministic");
        let is_rounded = !output.notes.iter().any(|note| note.code == "amount_below_unit");
        let odd = output.cells.iter().filter(|cell| cell.minor.unsigned_abs() % cell_unit != 0).count();
        prop_assert!(odd <= 1 || !is_rounded, "one cell takes what is below a unit");
        // A department over people and departments rounds all of them to the people's unit or none.
        let flat = input.units.iter().skip(1).all(|unit| unit.level == Level::Person);
        prop_assert!(!flat || !is_rounded || odd_siblings(&output, cell_unit * times) == 0);
    }
}
