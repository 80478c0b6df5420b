//! One person's numbers for others: whether the sums above change or stay.

use yeji_core::metric::GoalMetric;

use super::numbers::{assert_closed, number};
use crate::api::goal_grid::{
    EditGoal, GoalAbove, GoalEdit, GoalEdited, GoalGrid, GridColumns, GridRow,
};
use crate::context::App;
use crate::demo::tests::demo_app;
use crate::error::Result;

const METRIC: GoalMetric = GoalMetric::WonAmount;

async fn weeks(app: &App) -> GoalGrid {
    super::whole_grid(app, METRIC, 2026, GridColumns::Weeks).await
}

async fn copy(app: &App, from: &str, to: &[&str], above: GoalAbove) -> Result<GoalEdited> {
    let plan = weeks(app).await.plan.unwrap().id;
    let edit = EditGoal {
        plan,
        edits: vec![GoalEdit::Copy {
            from: from.to_owned(),
            to: to.iter().map(|id| (*id).to_owned()).collect(),
            above,
        }],
        frozen_before: None,
        reason: None,
        preview: false,
    };
    app.edit_goal(edit).await
}

fn parts<'a>(grid: &'a GoalGrid, team: &str) -> Vec<&'a GridRow> {
    let parts = grid.rows.iter().filter(|row| row.level == "person");
    parts
        .filter(|row| row.parent.as_deref() == Some(team))
        .collect()
}

/// A team with at least four people.
fn team(grid: &GoalGrid) -> &GridRow {
    let is_large = |row: &&GridRow| row.level == "team" && parts(grid, &row.unit).len() >= 4;
    grid.rows.iter().find(is_large).unwrap()
}

fn says(edited: &GoalEdited, code: &str) -> bool {
    edited.notes.iter().any(|note| note.code == code)
}

#[tokio::test]
async fn sums_stay_where_others_absorb_what_is_copied() {
    let (_folder, app) = demo_app().await;
    let before = weeks(&app).await;
    let team = team(&before);
    let people = parts(&before, &team.unit);
    let (giver, first, second) = (people[0], people[1], people[2]);
    let to = [first.unit.as_str(), second.unit.as_str()];
    let done = copy(&app, &giver.unit, &to, GoalAbove::Units)
        .await
        .unwrap();
    assert!(says(&done, "goal_copy_sums_stay"), "{:?}", done.notes);
    let after = weeks(&app).await;
    assert_closed(&after);
    let others: Vec<&GridRow> = people[3..].to_vec();
    let mut moved = false;
    for (at, column) in before.columns.iter().enumerate() {
        let period = column.period.to_string();
        for receiver in [giver, first, second] {
            let got = number(&after, &receiver.unit, &period);
            assert_eq!(got, number(&before, &giver.unit, &period), "{period}");
        }
        let sum = number(&after, &team.unit, &period);
        assert_eq!(
            sum,
            number(&before, &team.unit, &period),
            "{period}: the team keeps its goal"
        );
        moved |= others
            .iter()
            .any(|one| number(&after, &one.unit, &period) != cents(&one.amounts[at]));
    }
    assert!(moved, "the others absorb it");
    for row in before.rows.iter().filter(|row| row.level == "company") {
        assert_eq!(number(&after, &row.unit, "2026"), cents(&row.amounts[0]));
    }
}

#[tokio::test]
async fn sums_grow_where_that_is_chosen_and_it_is_said() {
    let (_folder, app) = demo_app().await;
    let before = weeks(&app).await;
    let team = team(&before);
    let people = parts(&before, &team.unit);
    let different = people[1..]
        .iter()
        .find(|one| one.amounts[0] != people[0].amounts[0]);
    let to = different.unwrap();
    let done = copy(&app, &people[0].unit, &[&to.unit], GoalAbove::Grow)
        .await
        .unwrap();
    let by = cents(&people[0].amounts[0]) - cents(&to.amounts[0]);
    let note = done
        .notes
        .iter()
        .find(|note| note.code == "goal_copy_sums_grow");
    let said = yeji_core::Money::new(by, yeji_core::Currency::CNY).to_string();
    assert_eq!(note.unwrap().params["amount"], said);
    let after = weeks(&app).await;
    assert_eq!(
        number(&after, &team.unit, "2026"),
        cents(&team.amounts[0]) + by
    );
}

/// Where everybody gets the numbers nobody is left to absorb the difference; nothing is half made.
#[tokio::test]
async fn a_team_in_which_nobody_is_left_is_refused_with_both_sums() {
    let (_folder, app) = demo_app().await;
    let before = weeks(&app).await;
    let team = team(&before);
    let people = parts(&before, &team.unit);
    let to: Vec<&str> = people[1..].iter().map(|row| row.unit.as_str()).collect();
    let refused = copy(&app, &people[0].unit, &to, GoalAbove::Units)
        .await
        .unwrap_err();
    assert_eq!(refused.code(), "goal_adopt_does_not_fit");
    let periods = copy(&app, &people[0].unit, &to, GoalAbove::Periods)
        .await
        .unwrap_err();
    assert_eq!(periods.code(), "input");
    assert_eq!(format!("{:?}", weeks(&app).await), format!("{before:?}"));
}

fn cents(amount: &str) -> i64 {
    amount.replace('.', "").parse().unwrap()
}
