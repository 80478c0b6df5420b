//! Bad input: what is wrong, where, and a proposal.

use yeji_core::Ratio;
use yeji_goals::weigh::{Factor, Presence, WeighInput};
use yeji_goals::{Level, weigh};

use crate::{company, input, person, ratio, unit};

const EQUAL: &[(Factor, &str)] = &[(Factor::Equal, "1")];
const HISTORY: &[(Factor, &str)] = &[(Factor::History, "1")];

fn refused(input: &WeighInput, code: &str, says: &[&str]) {
    let error = weigh(input).unwrap_err();
    assert_eq!(error.code(), code, "{error}");
    for text in says {
        assert!(error.to_string().contains(text), "`{text}` in: {error}");
    }
    for value in error.params().values() {
        assert!(
            error.to_string().contains(value),
            "the value {value} in: {error}"
        );
    }
}

#[test]
fn weights_that_do_not_total() {
    let blend = [(Factor::History, "0.5"), (Factor::Equal, "0.4")];
    refused(
        &input(1, company(), &blend),
        "blend_total",
        &["9/10", "1/10"],
    );
    refused(&input(1, company(), &[]), "blend_total", &["total 0"]);
    let blend = [(Factor::Equal, "0.5"), (Factor::Equal, "0.5")];
    refused(&input(1, company(), &blend), "factor_twice", &["equal"]);
    let blend = [(Factor::History, "1.5"), (Factor::Equal, "-0.5")];
    refused(
        &input(1, company(), &blend),
        "setting_range",
        &["history is 3/2"],
    );
}

#[test]
fn history_that_says_nothing() {
    let zero = vec![
        unit("c", "", Level::Company),
        person("a", "c", Some(0)),
        person("b", "c", None),
    ];
    refused(
        &input(9, zero, HISTORY),
        "history_all_zero",
        &["名 c", "weigh equally"],
    );
    let mut units = company();
    units[4] = person("wu", "east", Some(-5));
    refused(
        &input(9, units, HISTORY),
        "negative_figure",
        &["名 wu", "history -5"],
    );
}

#[test]
fn a_team_whose_history_is_zero_goes_by_the_other_factors() {
    let mut units = company();
    units[6] = person("xu", "west", Some(0));
    units.pop();
    let blend = [(Factor::History, "1/2"), (Factor::Equal, "1/2")];
    let output = weigh(&input(1_000, units.clone(), &blend)).unwrap();
    crate::assert_closes(&output);
    assert_eq!(output.notes[0].code, "factor_without_weights");
    assert_eq!(output.notes[0].params["unit"], "west");
    // By history alone it gets nothing, and then nothing has to be divided.
    let output = weigh(&input(1_000, units, HISTORY)).unwrap();
    assert_eq!(crate::find(&output, "west").minor, 0);
}

#[test]
fn broken_organisations() {
    let mut units = company();
    units.push(unit("alone", "", Level::Person));
    refused(
        &input(1, units, EQUAL),
        "person_without_team",
        &["名 alone", "name one"],
    );
    let mut units = company();
    units[1].level = Level::Department;
    units[2].level = Level::Department;
    units[1].parent = Some("west".to_owned());
    units[2].parent = Some("east".to_owned());
    let error = weigh(&input(1, units, EQUAL)).unwrap_err();
    assert_eq!(error.code(), "unit_circle");
    let mut units = company();
    units[1].weight = Some(Ratio::ONE);
    refused(&input(1, units, EQUAL), "given_weights_mixed", &["名 c"]);
}

#[test]
fn figures_outside_their_range() {
    let with = |change: fn(&mut WeighInput)| {
        let mut input = input(1_000, company(), EQUAL);
        change(&mut input);
        input
    };
    refused(
        &with(|input| input.amount.minor = -1),
        "negative_goal",
        &["-1"],
    );
    refused(
        &with(|input| input.damping = ratio("1.1")),
        "setting_range",
        &["damping"],
    );
    refused(
        &with(|input| input.cap = Some(ratio("-1"))),
        "setting_range",
        &["cap"],
    );
    refused(
        &with(|input| {
            input.cap = Some(ratio("1"));
            input.floor = Some(ratio("1.1"));
        }),
        "setting_range",
        &["cap is 1", "from 11/10"],
    );
    refused(
        &with(|input| input.over_assignment = ratio("0.9")),
        "setting_range",
        &["over_assignment"],
    );
    refused(
        &with(|input| input.ramp.swap(0, 1)),
        "setting_range",
        &["ramp_months"],
    );
    let presence = |present: &str, all: u64| Presence {
        present: ratio(present),
        all,
        months_since_hire: None,
    };
    for stretch in [presence("61", 60), presence("-1", 60), presence("0", 0)] {
        let mut input = input(1_000, company(), EQUAL);
        input.units[3].facts.presence = vec![stretch];
        refused(&input, "presence", &["名 li", "of one calendar"]);
    }
    let mut input = input(1_000, company(), &[(Factor::Segment, "1")]);
    input.units[3].facts.segment = Some("banks".to_owned());
    refused(&input, "unknown_tag", &["名 li", "banks"]);
}

#[test]
fn bounds_that_cannot_hold_name_who_binds() {
    let mut units = company();
    units.pop();
    let mut input = input(200_000, units, HISTORY);
    input.cap = Some(ratio("1.3"));
    // 120,000 of history, times 1.3.
    refused(
        &input,
        "growth_caps_bind",
        &[
            "44000 of the goal",
            "156000",
            "名 li, 名 wu",
            "at least 1.6667",
        ],
    );
    input.cap = None;
    input.floor = Some(ratio("0.9"));
    input.amount.minor = 100_000;
    refused(
        &input,
        "growth_floors_bind",
        &["108000", "8000 more", "名 li"],
    );
}
