//! Edits by example.

use yeji_goals::edit;
use yeji_goals::edit::{Above, ChangedSum, Edit, EditOutput};

use crate::{after, day, lock, plan, set, shift, sum};

fn changed(output: &EditOutput, unit: &str, period: &str) -> Option<(i64, i64)> {
    let is_it = |sum: &&ChangedSum| sum.unit == unit && sum.period == period;
    let found = output.sums.iter().find(is_it)?;
    Some((found.before, found.after))
}

#[test]
fn a_cell_grows_with_all_above_it() {
    let input = plan(set("li", "M02", 350, Above::Grow));
    let output = edit(&input).unwrap();
    assert_eq!(output.changed, 1);
    assert_eq!(output.rows.len(), 1);
    assert_eq!(changed(&output, "li", "M02"), Some((300, 350)));
    assert_eq!(changed(&output, "east", "Q1"), Some((1_800, 1_850)));
    assert_eq!(changed(&output, "c", "Y"), Some((12_000, 12_050)));
    assert!(output.notes.is_empty());
}

#[test]
fn a_team_moves_its_people_and_months_in_proportion() {
    // The worked example of docs/goals-engines.md: 1,800 to 2,700 with he's January locked at 100.
    let mut input = plan(set("east", "Q1", 2_700, Above::Grow));
    input.locks = vec![lock("he", "M01")];
    let output = edit(&input).unwrap();
    let rows = after(&input, &output);
    assert_eq!(sum(&rows, "east", "Q1"), 2_700);
    assert_eq!(
        rows[2].minor[..3],
        [100, 153, 153],
        "2,600 x 100 / 1,700 is 152.94"
    );
    assert_eq!(
        sum(&rows, "li", "Q1"),
        1_376,
        "2,600 x 900 / 1,700 is 1,376.47"
    );
    assert_eq!(rows[0].minor[3..], [300; 9], "other quarters stay");
}

#[test]
fn other_units_absorb() {
    let input = plan(set("li", "Q1", 1_200, Above::Units));
    let output = edit(&input).unwrap();
    let rows = after(&input, &output);
    assert_eq!(rows[0].minor[..3], [400; 3]);
    // Each month wu and he give 100, two to one.
    assert_eq!(rows[1].minor[..3], [133; 3]);
    assert_eq!(rows[2].minor[..3], [67; 3]);
    assert_eq!(changed(&output, "east", "Q1"), None, "the team stays");
    assert_eq!(changed(&output, "li", "Y"), Some((3_600, 3_900)));
}

#[test]
fn other_periods_absorb() {
    let input = plan(set("east", "Q2", 2_400, Above::Periods));
    let output = edit(&input).unwrap();
    let rows = after(&input, &output);
    assert_eq!(rows[0].minor[3..6], [400; 3]);
    for (at, total) in [(0, 3_600), (1, 2_400), (2, 1_200)] {
        assert_eq!(
            rows[at].minor.iter().sum::<i64>(),
            total,
            "years of people stay"
        );
    }
    assert_eq!(changed(&output, "east", "Y"), None);
    assert_eq!(changed(&output, "east", "Q2"), Some((1_800, 2_400)));
}

#[test]
fn a_sibling_that_has_nothing_left_is_helped_by_other_months() {
    let mut input = plan(set("li", "Q1", 1_400, Above::Units));
    input.locks = vec![lock("wu", "M01"), lock("he", "M01")];
    // January stays; February and March must take 550 each.
    let output = edit(&input).unwrap();
    let rows = after(&input, &output);
    assert_eq!(rows[0].minor[..3], [300, 550, 550]);
    assert_eq!(sum(&rows, "east", "M02"), 600);
}

#[test]
fn a_shift_between_people() {
    let mut input = plan(shift("li", "qi", "Q1", 301));
    let output = edit(&input).unwrap();
    let rows = after(&input, &output);
    assert_eq!(sum(&rows, "qi", "Q1"), 301);
    assert_eq!(sum(&rows, "li", "Q1"), 599);
    for month in ["M01", "M02", "M03"] {
        assert_eq!(sum(&rows, "c", month), 1_000, "the company's months stay");
    }
    assert_eq!(output.notes[0].code, "zeros_filled");
    assert_eq!(output.notes[0].params["count"], "3");
    assert_eq!(changed(&output, "c", "Y"), None);
    // All there is: the giver keeps nothing.
    input.edit = shift("li", "qi", "Y", 3_600);
    let rows = after(&input, &edit(&input).unwrap());
    assert_eq!(sum(&rows, "li", "Y"), 0);
}

#[test]
fn a_revision_leaves_the_past() {
    let mut input = plan(Edit::Revise {
        unit: "c".to_owned(),
        from: day(7),
        minor: 15_000,
        above: Above::Grow,
    });
    let output = edit(&input).unwrap();
    let rows = after(&input, &output);
    assert_eq!(sum(&rows, "c", "Y"), 15_000);
    assert_eq!(rows[0].minor[..6], [300; 6], "the first half is past");
    assert_eq!(
        rows[0].minor[6..],
        [450; 6],
        "9,000 instead of 6,000 in the second"
    );
    assert_eq!(rows.len(), 4, "qi had nothing and has nothing");
    // Less than the past has is impossible.
    input.edit = Edit::Revise {
        unit: "c".to_owned(),
        from: day(7),
        minor: 5_999,
        above: Above::Grow,
    };
    let error = edit(&input).unwrap_err();
    assert_eq!(error.params()["smallest"], "6000");
    assert_eq!(error.params()["frozen"], "30");
}

#[test]
fn nothing_but_zeros_is_filled_equally() {
    let input = plan(set("qi", "Q1", 100, Above::Grow));
    let output = edit(&input).unwrap();
    let mut cells = output.rows[0].minor[..3].to_vec();
    cells.sort_unstable();
    assert_eq!(cells, [33, 33, 34]);
}

#[test]
fn the_engine_reads_and_writes_json() {
    let input = plan(set("li", "M02", 350, Above::Units));
    let json = serde_json::to_value(&input).unwrap();
    assert_eq!(json["edit"]["kind"], "set");
    assert_eq!(json["edit"]["above"], "units");
    let read: yeji_goals::edit::EditInput = serde_json::from_value(json).unwrap();
    assert_eq!(edit(&read).unwrap(), edit(&input).unwrap());
}
