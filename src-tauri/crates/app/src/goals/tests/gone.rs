//! People who are not there all the year, or in no team: what is said of them, and what they are not given.

use yeji_core::metric::GoalMetric;
use yeji_report::chart::Lang;
use yeji_testkit::day;

use super::copy::{FROM, House};
use crate::api::Message;
use crate::api::goal_grid::{EditGoal, GoalAbove, GoalEdit, GoalEdited};
use crate::api::goal_progress::{GetGoalProgress, GoalLight, GoalProgress};
use crate::api::goals::{SplitGoal, SplitRule};

fn says<'a>(notes: &'a [Message], code: &str) -> Option<&'a Message> {
    notes.iter().find(|note| note.code == code)
}

async fn standing(house: &House, name: &str, period: &str) -> GoalProgress {
    let args = GetGoalProgress {
        metric: GoalMetric::WonAmount,
        period: period.parse().unwrap(),
        unit: Some(house.person(name).to_string()),
        as_of: None,
        language: Lang::En,
    };
    house.app.get_goal_progress(args).await.unwrap()
}

/// Today is 2027-06-01.
#[tokio::test]
async fn who_is_gone_is_asked_for_nothing_today_and_reaches_nothing_more() {
    let house = House::new().await;
    house.leaves_on("Bo", "2027-03-01").await;
    let gone = standing(&house, "Bo", "2027").await;
    assert_eq!((gone.today.as_deref(), gone.days_left), (None, 0));
    let achievable = &gone.smart[2];
    assert_eq!(achievable.light, GoalLight::Red);
    assert_eq!(achievable.said.params["chance"], "0.0%");
    assert!(achievable.suggestions.is_empty());
    let note = says(&gone.notes, "progress_person_gone").expect("it is said since when");
    assert_eq!(note.params["day"], "2027-03-01");
    assert_eq!(note.params["name"], "Bo");
    let there = standing(&house, "An", "2027").await;
    assert!(there.today.is_some() && there.days_left > 0);
    assert!(says(&there.notes, "progress_person_gone").is_none());
    // February was over before Bo went.
    let before = standing(&house, "Bo", "2027-02").await;
    assert!(says(&before.notes, "progress_person_gone").is_none());
}

async fn revise(house: &House, name: &str, amount: &str) -> GoalEdited {
    let revise = GoalEdit::Revise {
        unit: house.person(name).to_string(),
        from: day("2027-11-01"),
        amount: amount.to_owned(),
        above: GoalAbove::Units,
    };
    edit(house, revise, None).await
}

async fn edit(house: &House, edit: GoalEdit, frozen_before: Option<&str>) -> GoalEdited {
    let args = EditGoal {
        plan: house.plan(FROM).await.unwrap().id,
        edits: vec![edit],
        frozen_before: frozen_before.map(day),
        reason: None,
        preview: false,
    };
    house.app.edit_goal(args).await.unwrap()
}

#[tokio::test]
async fn a_revision_gives_nothing_to_who_is_gone_while_somebody_is_there() {
    let house = House::new().await;
    house.leaves_on("Bo", "2027-10-01").await;
    let before = house.numbers(FROM).await;
    let done = revise(&house, "An", "250000").await;
    let after = house.numbers(FROM).await;
    assert_eq!(after["Bo"], before["Bo"], "gone since October");
    let less = before["An"][0] - after["An"][0];
    assert!(less > 0);
    assert_eq!(after["Ci"][0] - before["Ci"][0], less);
    assert_eq!(after["East"], before["East"], "in every month");
    assert!(says(&done.notes, "goal_revise_people_away").is_none());
    // More for one is what who is gone can give as well as others.
    revise(&house, "An", "290000").await;
    let more = house.numbers(FROM).await;
    assert!(more["Bo"][0] < after["Bo"][0]);
    house.leaves_on("Ci", "2027-10-01").await;
    let alone = revise(&house, "An", "260000").await;
    let note = says(&alone.notes, "goal_revise_people_away").expect("nobody else is left");
    assert_eq!(note.params["names"], "Bo, Ci");
}

#[tokio::test]
async fn a_copy_leaves_what_begins_before_the_day_as_it_is() {
    let house = House::new().await;
    let before = house.numbers(FROM).await;
    let copy = GoalEdit::Copy {
        from: house.person("An").to_string(),
        to: vec![house.person("Bo").to_string()],
        above: GoalAbove::Units,
    };
    edit(&house, copy, Some("2027-07-01")).await;
    let after = house.numbers(FROM).await;
    assert_eq!(after["Bo"][1..7], before["Bo"][1..7], "until June");
    assert_eq!(after["Bo"][7..], before["An"][7..], "from July on");
    assert_eq!(after["East"], before["East"]);
}

#[tokio::test]
async fn who_is_in_no_team_is_named_before_anything_is_kept() {
    let house = House::new().await;
    let split = |rule| SplitGoal {
        metric: GoalMetric::WonAmount,
        year: FROM,
        rule,
        preview: true,
    };
    let in_teams = house.app.split_goal(split(SplitRule::Equal)).await;
    let notes = in_teams.unwrap().notes;
    assert!(says(&notes, "goal_people_without_team").is_none());
    house.has_no_team("Eva").await;
    for rule in [SplitRule::Equal, super::copy::with_leave(&[])] {
        let tree = house.app.split_goal(split(rule)).await.unwrap();
        let note = says(&tree.notes, "goal_people_without_team").expect("Eva is in no team");
        assert_eq!(note.params["names"], "Eva");
    }
}
