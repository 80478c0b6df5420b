//! What a change says of itself, and that nobody gets a goal for weeks in which they are not there.

use yeji_core::metric::GoalMetric;
use yeji_testkit::day;

use super::copy::{FROM, House, with_leave};
use crate::api::Message;
use crate::api::goal_grid::{EditGoal, GoalAbove, GoalEdit, GoalEdited};
use crate::api::goals::SplitGoal;
use crate::error::Result;

async fn edit(house: &House, edits: Vec<GoalEdit>) -> Result<GoalEdited> {
    let plan = house.plan(FROM).await.unwrap().id;
    let args = EditGoal {
        plan,
        edits,
        frozen_before: None,
        reason: None,
        preview: false,
    };
    house.app.edit_goal(args).await
}

fn note<'a>(notes: &'a [Message], code: &str) -> Option<&'a str> {
    let note = notes.iter().find(|note| note.code == code);
    note.map(|note| note.params["names"].as_str())
}

fn copy(house: &House, from: &str, to: &[&str], above: GoalAbove) -> GoalEdit {
    GoalEdit::Copy {
        from: house.person(from).to_string(),
        to: to
            .iter()
            .map(|name| house.person(name).to_string())
            .collect(),
        above,
    }
}

#[tokio::test]
async fn copied_numbers_skip_weeks_in_which_the_receiver_is_gone_and_name_them() {
    let house = House::new().await;
    house.leaves_on("Bo", "2027-10-01").await;
    let split = SplitGoal {
        metric: GoalMetric::WonAmount,
        year: FROM,
        rule: with_leave(&[("Ci", "2027-05-01", "2027-08-01")]),
        preview: false,
    };
    house.app.split_goal(split).await.unwrap();
    let copies = copy(&house, "An", &["Bo", "Ci", "Di"], GoalAbove::Grow);
    let done = edit(&house, vec![copies]).await.unwrap();
    assert_eq!(note(&done.notes, "goal_copy_people_away"), Some("Bo, Ci"));
    let numbers = house.numbers(FROM).await;
    assert_eq!(numbers["Bo"][1..10], numbers["An"][1..10]);
    assert_eq!(numbers["Bo"][10..], [0, 0, 0], "gone from October on");
    assert_eq!(numbers["Ci"][5..8], [0, 0, 0], "on leave");
    assert_eq!(numbers["Ci"][8..], numbers["An"][8..]);
    assert_eq!(numbers["Di"], numbers["An"]);
    for (start, minor) in house.weeks("Bo", FROM).await {
        assert_eq!(minor > 0, start < day("2027-10-01"), "week of {start}");
    }
}

#[tokio::test]
async fn a_copy_to_oneself_is_refused_and_one_that_moves_nobody_does_not_say_that_others_gave() {
    let house = House::new().await;
    let to_itself = copy(&house, "An", &["An"], GoalAbove::Grow);
    assert_eq!(
        edit(&house, vec![to_itself]).await.unwrap_err().code(),
        "input"
    );
    let first = copy(&house, "An", &["Bo"], GoalAbove::Units);
    let done = edit(&house, vec![first.clone()]).await.unwrap();
    let has = |done: &GoalEdited, code: &str| done.notes.iter().any(|note| note.code == code);
    assert!(has(&done, "goal_copy_sums_stay"), "{:?}", done.notes);
    let again = edit(&house, vec![first]).await.unwrap();
    assert_eq!(again.changed, 0);
    assert!(has(&again, "goal_copy_sums_equal"), "{:?}", again.notes);
    assert!(!has(&again, "goal_copy_sums_stay"), "{:?}", again.notes);
}

#[tokio::test]
async fn a_revision_names_whose_numbers_it_moves() {
    let house = House::new().await;
    let before = house.numbers(FROM).await;
    let west = house.unit("West").to_string();
    let revise = |above| GoalEdit::Revise {
        unit: west.clone(),
        from: day("2027-09-15"),
        amount: "500000".to_owned(),
        above,
    };
    let done = edit(&house, vec![revise(GoalAbove::Units)]).await.unwrap();
    let after = house.numbers(FROM).await;
    let major = |cents: i64| format!("{}.{:02}", cents / 100, cents % 100);
    let expected = format!(
        "East ({} → {})",
        major(before["East"][0]),
        major(after["East"][0])
    );
    assert_ne!(before["East"][0], after["East"][0]);
    assert_eq!(
        note(&done.notes, "goal_revise_moves"),
        Some(expected.as_str())
    );
    let grown = edit(&house, vec![revise(GoalAbove::Grow)]).await.unwrap();
    assert_eq!(note(&grown.notes, "goal_revise_moves"), None);
}

#[tokio::test]
async fn a_lock_says_what_is_locked_and_what_is_free_again() {
    let house = House::new().await;
    let (unit, period) = (house.person("An").to_string(), "2027-Q1".parse().unwrap());
    let lock = GoalEdit::Lock {
        unit: unit.clone(),
        period,
    };
    let done = edit(&house, vec![lock]).await.unwrap();
    assert_eq!(note(&done.notes, "goal_locked_now"), Some("An 2027-Q1"));
    let done = edit(&house, vec![GoalEdit::Unlock { unit, period }])
        .await
        .unwrap();
    assert_eq!(note(&done.notes, "goal_locked_now"), None);
    assert_eq!(note(&done.notes, "goal_released_now"), Some("An 2027-Q1"));
}

#[tokio::test]
async fn a_shift_that_locks_leave_no_room_for_does_not_offer_zero_to_zero() {
    let house = House::new().await;
    let (from, to) = (
        house.person("An").to_string(),
        house.person("Bo").to_string(),
    );
    let period = "2027-Q1".parse().unwrap();
    let lock = GoalEdit::Lock {
        unit: from.clone(),
        period,
    };
    edit(&house, vec![lock]).await.unwrap();
    let shift = GoalEdit::Shift {
        from,
        to,
        period,
        amount: "10".to_owned(),
    };
    let refused = edit(&house, vec![shift]).await.unwrap_err();
    assert_eq!(refused.code(), "goal_impossible");
    let params = refused.params();
    assert_eq!(params["only"], "0.00 CNY");
    assert!(
        !params.contains_key("smallest") && !params.contains_key("largest"),
        "{params:?}"
    );
}
