//! What cannot be edited, and what the refusal says.

use yeji_goals::edit;
use yeji_goals::edit::{Above, EditInput};

use crate::{lock, period, plan, row, set, shift, unit};

fn refused(input: &EditInput, code: &str, values: &[(&str, &str)]) {
    let error = edit(input).unwrap_err();
    assert_eq!(error.code(), code, "{error}");
    let params = error.params();
    for (key, value) in values {
        assert_eq!(params[*key], *value, "{key} of {error}");
    }
    for value in params.values() {
        assert!(
            error.to_string().contains(value),
            "the value {value} in: {error}"
        );
    }
}

#[test]
fn a_parent_smaller_than_its_locked_children() {
    let mut input = plan(set("east", "Q1", 1_000, Above::Grow));
    input.locks = vec![lock("li", "Q1"), lock("wu", "M02"), lock("xu", "Y")];
    let values = [
        ("unit", "east"),
        ("period", "Q1"),
        ("wanted", "1000"),
        ("smallest", "1100"),
        ("largest", "none"),
        ("locks", "li Q1, wu M02"),
    ];
    refused(&input, "edit_impossible", &values);
    input.edit = set("east", "Q1", 1_100, Above::Grow);
    assert!(
        edit(&input).is_ok(),
        "the smallest that is named is possible"
    );
    // Everything locked: it is what it is.
    input.locks = vec![lock("c", "Y")];
    refused(
        &input,
        "edit_impossible",
        &[("smallest", "1800"), ("largest", "1800"), ("locks", "c Y")],
    );
}

#[test]
fn siblings_that_cannot_absorb() {
    let mut input = plan(set("li", "Q1", 1_600, Above::Units));
    input.locks = vec![lock("wu", "M01")];
    // 900 of li and 900 of the others, without the 200 that are locked.
    let values = [("smallest", "0"), ("largest", "1600"), ("locks", "wu M01")];
    input.edit = set("li", "Q1", 1_601, Above::Units);
    refused(&input, "edit_impossible", &values);
    input.edit = set("li", "Q1", 1_600, Above::Units);
    assert!(
        edit(&input).is_ok(),
        "the largest that is named is possible"
    );
    input.edit = set("li", "Q1", -1, Above::Units);
    refused(&input, "edit_impossible", &[("smallest", "0")]);
    input.edit = set("c", "Q1", 1, Above::Units);
    refused(&input, "no_siblings", &[("unit", "c")]);
    input.edit = set("li", "Y", 1, Above::Periods);
    refused(&input, "no_siblings", &[("period", "Y")]);
}

#[test]
fn shifts_that_cannot_be() {
    let mut input = plan(shift("li", "wu", "Q1", 901));
    refused(&input, "edit_impossible", &[("largest", "900")]);
    input.locks = vec![lock("wu", "M02")];
    refused(
        &input,
        "edit_impossible",
        &[("largest", "600"), ("locks", "wu M02")],
    );
    input.edit = shift("li", "east", "Q1", 1);
    refused(&input, "shift_within", &[]);
    input.edit = shift("li", "li", "Q1", 1);
    refused(&input, "shift_within", &[]);
    input.edit = shift("li", "wu", "Q1", 0);
    refused(&input, "shift_amount", &[]);
}

#[test]
fn plans_that_do_not_fit() {
    let good = plan(set("li", "Q1", 900, Above::Grow));
    let with = |change: &dyn Fn(&mut EditInput)| {
        let mut input = good.clone();
        change(&mut input);
        input
    };
    refused(
        &with(&|input| input.rows[0].minor[1] = -5),
        "negative_cell",
        &[("period", "M02")],
    );
    refused(
        &with(&|input| input.rows.push(row("li", 1))),
        "duplicate_unit",
        &[],
    );
    refused(
        &with(&|input| input.rows.push(row("east", 1))),
        "row_above_leaf",
        &[],
    );
    refused(
        &with(&|input| input.rows.push(row("no", 1))),
        "unknown_unit",
        &[],
    );
    refused(
        &with(&|input| input.rows[0].minor.truncate(11)),
        "row_length",
        &[("given", "11")],
    );
    refused(
        &with(&|input| input.locks.push(lock("li", "W1"))),
        "unknown_period",
        &[],
    );
    refused(
        &with(&|input| input.periods.push(period("M01", "Q1", 3, 4))),
        "duplicate_period",
        &[],
    );
    refused(
        &with(&|input| input.periods.push(period("X", "Q4", 11, 12))),
        "period_place",
        &[],
    );
    refused(
        &with(&|input| input.periods.push(period("X", "Q9", 11, 12))),
        "unknown_period",
        &[],
    );
    refused(
        &with(&|input| input.periods.push(period("X", "", 1, 2))),
        "period_tree",
        &[],
    );
    refused(
        &with(&|input| input.periods[1].parent = Some("M12".to_owned())),
        "period_tree",
        &[],
    );
    refused(&with(&|input| input.periods.clear()), "period_tree", &[]);
    let circle = with(&|input| {
        input.units.push(unit("a", "b", yeji_goals::Level::Team));
        input.units.push(unit("b", "a", yeji_goals::Level::Team));
    });
    refused(&circle, "unit_circle", &[]);
    let much = with(&|input| {
        input.edit = set("li", "Q1", i64::MAX, Above::Grow);
    });
    refused(&much, "overflow", &[]);
}
