//! Random companies: closure, reasons, bounds, determinism.

use proptest::prelude::*;
use yeji_core::{Ratio, Rounding};
use yeji_goals::weigh::{Blend, Factor, Market, Presence, SegmentWeight, WeighInput};
use yeji_goals::{Level, LevelUnit, weigh};

use crate::{assert_closes, find, input, person, unit};

fn share(num: i128, den: i128) -> Ratio {
    Ratio::new(num, den).unwrap()
}

/// Shares that total 1 over all factors.
fn blend() -> impl Strategy<Value = Vec<Blend>> {
    let factors = [
        Factor::History,
        Factor::Equal,
        Factor::Pipeline,
        Factor::Market,
        Factor::Segment,
        Factor::Own,
    ];
    prop::collection::vec(0..20_i128, 6)
        .prop_filter("a share", |shares| shares.iter().sum::<i128>() > 0)
        .prop_map(move |shares| {
            let sum = shares.iter().sum();
            let shares = factors.into_iter().zip(shares);
            shares
                .map(|(factor, num)| Blend {
                    factor,
                    share: share(num, sum),
                })
                .collect()
        })
}

type Person = (Option<i64>, i64, bool, bool, i128, i128, Option<u32>);

fn people() -> impl Strategy<Value = Vec<(usize, Person)>> {
    let history = prop::option::of(prop_oneof![Just(0), 1..100_i64, 0..50_000_000_i64]);
    let one = (
        history,
        prop_oneof![Just(0), 0..9_000_000_i64],
        any::<bool>(),
        any::<bool>(),
        0..60_i128,
        0..5_i128,
        prop::option::of(0..20_u32),
    );
    prop::collection::vec((0..4_usize, one), 1..20)
}

fn company(people: Vec<(usize, Person)>) -> Vec<yeji_goals::weigh::WeighUnit> {
    let mut units = vec![unit("c", "", Level::Company)];
    for team in 0..4 {
        units.push(unit(&format!("t{team}"), "c", Level::Team));
    }
    for (at, (team, facts)) in people.into_iter().enumerate() {
        let (history, pipeline, east, banks, days, own, hired) = facts;
        let mut one = person(&format!("p{at}"), &format!("t{team}"), history);
        one.facts.pipeline = pipeline;
        one.facts.region = Some(if east { "east" } else { "west" }.to_owned());
        one.facts.segment = Some(if banks { "banks" } else { "shops" }.to_owned());
        one.facts.own = Some(share(own, 3));
        one.facts.presence = vec![Presence {
            present: share(days, 1),
            all: 60,
            months_since_hire: hired,
        }];
        units.push(one);
    }
    units
}

fn with_tables(mut input: WeighInput) -> WeighInput {
    for (region, segment, minor) in [
        ("east", "banks", 5_000_003),
        ("east", "shops", 0),
        ("west", "banks", 77),
        ("west", "shops", 1_000_000),
    ] {
        input.markets.push(Market {
            region: region.to_owned(),
            segment: segment.to_owned(),
            minor,
        });
    }
    for (segment, weight) in [("banks", share(3, 2)), ("shops", Ratio::ONE)] {
        input.segments.push(SegmentWeight {
            segment: segment.to_owned(),
            weight,
        });
    }
    input
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    #[test]
    fn goals_close_and_say_why(
        people in people(),
        blend in blend(),
        minor in prop_oneof![Just(0), 0..1_000_i64, 0..9_000_000_000_000_i64],
        damping in 0..=4_i128,
        bounds in prop::option::of((0..20_i128, 0..40_i128)),
        rounding in prop::option::of(prop::sample::select(vec![1_u64, 100, 100_000])),
    ) {
        let mut input = with_tables(input(minor, company(people), &[]));
        input.blend = blend;
        input.damping = share(damping, 4);
        input.over_assignment = share(21, 20);
        if let Some((floor, more)) = bounds {
            input.floor = Some(share(floor, 10));
            input.cap = Some(share(floor + more, 10));
        }
        input.round = rounding.into_iter().map(|minor| LevelUnit { level: Level::Person, minor }).collect();
        let output = match weigh(&input) {
            Ok(output) => output,
            Err(error) => {
                let known = ["history_all_zero", "zero_weights", "growth_caps_bind", "growth_floors_bind"];
                prop_assert!(known.contains(&error.code()), "{}", error);
                return Ok(());
            }
        };
        assert_closes(&output);
        prop_assert_eq!(find(&output, "c").minor, minor);
        prop_assert_eq!(&weigh(&input).unwrap(), &output, "deterministic");
        for unit in output.units.iter().filter(|unit| unit.level == Level::Person) {
            prop_assert!(unit.minor >= 0, "no goal is negative");
            let Some(basis) = unit.basis else { continue };
            let bound = |factor: Option<Ratio>, rounding: Rounding| factor.map(|factor| {
                Ratio::from_int(basis).checked_mul(factor).unwrap().round(rounding).unwrap()
            });
            let low = bound(input.floor, Rounding::Ceiling).unwrap_or(0);
            prop_assert!(unit.minor >= low, "{} at least its floor", unit.unit);
            if let Some(high) = bound(input.cap, Rounding::Floor) {
                prop_assert!(unit.minor <= high.max(low), "{} at most its cap", unit.unit);
            }
        }
        // Without bounds and rounding each contribution is its exact share, rounded down or up.
        for part in output.units.iter().flat_map(|unit| &unit.contributions) {
            let (Some(pot), Some(weight), Some(of)) = (part.pot, part.weight, part.of) else { continue };
            let exact = Ratio::from_int(pot).checked_mul(weight).unwrap().checked_div(of).unwrap();
            let (low, high) = (exact.round(Rounding::Floor).unwrap(), exact.round(Rounding::Ceiling).unwrap());
            prop_assert!((low..=high).contains(&part.minor), "{} is {} rounded", part.minor, exact);
        }
        for team in (0..4).map(|team| format!("t{team}")) {
            let off = output.units.iter().filter(|unit| unit.parent.as_ref() == Some(&team))
                .filter(|unit| unit.minor.unsigned_abs() % rounding.unwrap_or(1) != 0).count();
            let given_up = output.notes.iter().any(|note| note.code == "rounding_given_up");
            prop_assert!(off <= 1 || given_up, "{} has one goal that is no multiple", team);
        }
    }
}
