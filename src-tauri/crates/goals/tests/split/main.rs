//! What `goal.split` promises: both axes close at every level, whatever the tree, weights, amount
//! and period, and sums are their fitted values rounded down or up.

mod closeness;
mod examples;
mod fiscal;
mod presence;
mod properties;
mod rounding;

use std::collections::{BTreeMap, BTreeSet};

use yeji_core::calendar::{Period, PeriodKind, WorkingDays};
use yeji_core::{Currency, Money, Ratio};
use yeji_goals::{GoalNode, Level, SplitInput, SplitOutput, SplitUnit, TimeRule};

fn ratio(text: &str) -> Ratio {
    text.parse().unwrap()
}

fn unit(id: &str, parent: &str, level: Level, weight: &str) -> SplitUnit {
    SplitUnit {
        id: id.to_owned(),
        name: format!("名 {id}"),
        parent: (!parent.is_empty()).then(|| parent.to_owned()),
        level,
        weight: (!weight.is_empty()).then(|| ratio(weight)),
    }
}

/// One company, two departments, three teams, five people.
fn company() -> Vec<SplitUnit> {
    vec![
        unit("c", "", Level::Company, ""),
        unit("east", "c", Level::Department, ""),
        unit("west", "c", Level::Department, ""),
        unit("e1", "east", Level::Team, ""),
        unit("e2", "east", Level::Team, ""),
        unit("w1", "west", Level::Team, ""),
        unit("li", "e1", Level::Person, "1"),
        unit("wu", "e1", Level::Person, "1/3"),
        unit("he", "e2", Level::Person, "0.5"),
        unit("xu", "w1", Level::Person, "2"),
        unit("qi", "w1", Level::Person, "0"),
    ]
}

fn working_days() -> TimeRule {
    TimeRule::WorkingDays {
        calendar: WorkingDays::default(),
    }
}

fn input(minor: i64, period: &str, units: Vec<SplitUnit>, time: TimeRule) -> SplitInput {
    SplitInput {
        amount: Money::new(minor, Currency::CNY),
        period: period.parse().unwrap(),
        calendar: None,
        units,
        time,
        presence: Vec::new(),
        round: Vec::new(),
        cell_unit: 1,
    }
}

fn node(output: &SplitOutput, unit: &str, period: &str) -> i64 {
    let found = output
        .nodes
        .iter()
        .find(|n| n.unit == unit && n.period.to_string() == period);
    found
        .unwrap_or_else(|| panic!("no node {unit} {period}"))
        .amount
        .minor
}

/// Every node equals the sum of its children on each axis, wherever it has children there.
fn assert_closes(nodes: &[GoalNode]) {
    let mut by_unit: BTreeMap<(&str, Period), i128> = BTreeMap::new();
    let mut by_period: BTreeMap<(&str, Period), i128> = BTreeMap::new();
    let mut keys = BTreeSet::new();
    for node in nodes {
        assert!(
            keys.insert((node.unit.as_str(), node.period)),
            "one node a unit and period"
        );
        let minor = i128::from(node.amount.minor);
        if let Some(parent) = &node.parent_unit {
            *by_unit.entry((parent, node.period)).or_default() += minor;
        }
        if let Some(parent) = node.parent_period {
            *by_period.entry((&node.unit, parent)).or_default() += minor;
        }
    }
    for node in nodes {
        let key = (node.unit.as_str(), node.period);
        let minor = i128::from(node.amount.minor);
        for (axis, sums) in [("unit", &by_unit), ("period", &by_period)] {
            if let Some(sum) = sums.get(&key) {
                assert_eq!(
                    *sum, minor,
                    "children by {axis} of {} {} sum to it",
                    key.0, key.1
                );
            }
        }
    }
}

/// Every number beside its fitted value, unit's total x company's in the period / whole, as numerators
/// over the whole: what the node has, and what it should have.
fn with_fitted(output: &SplitOutput) -> impl Iterator<Item = (&GoalNode, i128, i128)> {
    let root = &output.nodes[0];
    let mut of_unit: BTreeMap<&str, i128> = BTreeMap::new();
    let mut of_period: BTreeMap<Period, i128> = BTreeMap::new();
    for node in &output.nodes {
        let minor = i128::from(node.amount.minor);
        if node.period == root.period {
            of_unit.insert(&node.unit, minor);
        }
        if node.unit == root.unit {
            of_period.insert(node.period, minor);
        }
    }
    let whole = i128::from(root.amount.minor);
    output.nodes.iter().map(move |node| {
        let has = i128::from(node.amount.minor).checked_mul(whole);
        let should = of_unit[node.unit.as_str()].checked_mul(of_period[&node.period]);
        let fits = "two amounts of 64 bits";
        (node, has.expect(fits), should.expect(fits))
    })
}

/// The promised sums are their fitted values rounded down or up: a person in any period, any unit in
/// a cut week.
fn assert_rounds_fitted(output: &SplitOutput) {
    let whole = i128::from(output.nodes[0].amount.minor).abs();
    let parents: BTreeSet<&str> = output
        .nodes
        .iter()
        .filter_map(|node| node.parent_unit.as_deref())
        .collect();
    for (node, has, should) in with_fitted(output) {
        let place = format!("{} {}", node.unit, node.period);
        if !parents.contains(node.unit.as_str()) || node.period.kind() == PeriodKind::CutWeek {
            // Strictly: then a fitted whole number, zero too, stays as it is.
            let off = (has - should).abs();
            assert!(
                off < whole || off == 0,
                "{place} is its fitted value rounded down or up"
            );
        }
        assert!(
            should != 0 || has == 0,
            "{place} gets nothing, so it stays zero"
        );
    }
}
