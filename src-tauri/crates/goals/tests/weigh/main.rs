//! What `goal.weigh` promises: goals close at every level, their reasons add up to them, growth stays
//! within its bounds, and what is impossible is named.

mod examples;
mod properties;
mod refused;

use yeji_core::{Currency, Money, Ratio};
use yeji_goals::Level;
use yeji_goals::weigh::{
    Blend, Factor, Facts, PastYear, WeighInput, WeighOutput, WeighUnit, Weighed, ramp,
};

fn ratio(text: &str) -> Ratio {
    text.parse().unwrap()
}

fn unit(id: &str, parent: &str, level: Level) -> WeighUnit {
    WeighUnit {
        id: id.to_owned(),
        name: format!("名 {id}"),
        parent: (!parent.is_empty()).then(|| parent.to_owned()),
        level,
        weight: None,
        facts: Facts::default(),
    }
}

fn person(id: &str, team: &str, history: Option<i64>) -> WeighUnit {
    let mut unit = unit(id, team, Level::Person);
    let years = history.map(|minor| PastYear { minor, months: 12 });
    unit.facts.history = years.into_iter().collect();
    unit
}

fn input(minor: i64, units: Vec<WeighUnit>, blend: &[(Factor, &str)]) -> WeighInput {
    let blend = blend.iter().map(|(factor, share)| Blend {
        factor: *factor,
        share: ratio(share),
    });
    WeighInput {
        amount: Money::new(minor, Currency::CNY),
        units,
        blend: blend.collect(),
        damping: Ratio::ONE,
        cap: None,
        floor: None,
        ramp: ramp(),
        markets: Vec::new(),
        segments: Vec::new(),
        over_assignment: Ratio::ONE,
        round: Vec::new(),
    }
}

/// A company of two teams; histories 600, 300, 100 and 200, 0 and a new person.
fn company() -> Vec<WeighUnit> {
    vec![
        unit("c", "", Level::Company),
        unit("east", "c", Level::Team),
        unit("west", "c", Level::Team),
        person("li", "east", Some(60_000)),
        person("wu", "east", Some(30_000)),
        person("he", "east", Some(10_000)),
        person("xu", "west", Some(20_000)),
        person("qi", "west", Some(0)),
        person("new", "west", None),
    ]
}

fn find<'a>(output: &'a WeighOutput, id: &str) -> &'a Weighed {
    let found = output.units.iter().find(|unit| unit.unit == id);
    found.unwrap_or_else(|| panic!("no unit {id}"))
}

/// Children sum to their unit and reasons to their goal.
fn assert_closes(output: &WeighOutput) {
    for unit in &output.units {
        let below: Vec<&Weighed> = output
            .units
            .iter()
            .filter(|other| other.parent.as_ref() == Some(&unit.unit))
            .collect();
        if !below.is_empty() {
            let sum: i64 = below.iter().map(|unit| unit.minor).sum();
            assert_eq!(sum, unit.minor, "goals below {} sum to its goal", unit.unit);
            let sum: i64 = below.iter().map(|unit| unit.over_assigned).sum();
            let carried = if unit.minor == 0 {
                0
            } else {
                unit.over_assigned
            };
            assert_eq!(sum, carried, "over-assignment below {}", unit.unit);
        }
        if unit.parent.is_some() {
            let sum: i64 = unit.contributions.iter().map(|part| part.minor).sum();
            assert_eq!(sum, unit.minor, "the reasons of {} add up", unit.unit);
        }
    }
}
