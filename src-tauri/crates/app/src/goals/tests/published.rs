//! Which versions were made public, by whom, and how many confirmed their numbers.

use yeji_core::metric::GoalMetric;

use crate::api::goal_grid::{EditGoal, GoalAbove, GoalEdit, GoalVersion};
use crate::api::goal_letter::{
    ConfirmGoal, GetGoalConfirmation, ListGoalConfirmations, PublishGoal,
};
use crate::api::goals::GetGoal;
use crate::context::App;
use crate::demo::tests::demo_app;

const GOAL: GetGoal = GetGoal {
    metric: GoalMetric::WonAmount,
    year: 2026,
};

async fn versions(app: &App) -> Vec<GoalVersion> {
    app.list_goal_versions(GOAL).await.unwrap()
}

async fn confirm(app: &App, person: yeji_core::ids::PersonId) {
    let (metric, year) = (GOAL.metric, GOAL.year);
    let asked = GetGoalConfirmation {
        metric,
        year,
        person: Some(person),
    };
    let view = app.get_goal_confirmation(asked).await.unwrap();
    let confirm = ConfirmGoal {
        plan: view.plan.id,
        hash: view.row.hash,
        person: Some(person),
    };
    app.confirm_goal(confirm).await.unwrap();
}

#[tokio::test]
async fn each_version_says_when_it_was_published_and_how_many_confirmed_its_numbers() {
    let (_folder, app) = demo_app().await;
    assert!(versions(&app).await[0].publication.is_none());
    let plan = app.get_goal(GOAL).await.unwrap().plan.unwrap().id;
    app.publish_goal(PublishGoal { plan }).await.unwrap();
    let list = ListGoalConfirmations {
        metric: GOAL.metric,
        year: GOAL.year,
        state: None,
        offset: 0,
        limit: 400,
    };
    let people = app.list_goal_confirmations(list).await.unwrap().rows;
    confirm(&app, people[0].person).await;
    confirm(&app, people[1].person).await;
    let first = versions(&app).await.remove(0).publication.unwrap();
    assert_eq!((first.confirmed, first.people as usize), (2, people.len()));
    assert!(first.unchanged && !first.author.is_empty());
    assert_eq!(first.at, app.clock.now());
    // A revision of one of the two is a new version: not published, and then the other's word still counts.
    let edit = EditGoal {
        plan,
        edits: vec![GoalEdit::Revise {
            unit: people[0].person.to_string(),
            from: yeji_testkit::day("2026-07-01"),
            amount: "9000000".to_owned(),
            above: GoalAbove::Grow,
        }],
        frozen_before: None,
        reason: None,
        preview: false,
    };
    let newest = app.edit_goal(edit).await.unwrap().plan.id;
    let all = versions(&app).await;
    assert!(all[0].publication.is_none());
    assert_eq!(all[1].publication.as_ref().unwrap().confirmed, 2);
    app.publish_goal(PublishGoal { plan: newest })
        .await
        .unwrap();
    let all = versions(&app).await;
    assert_eq!(all[0].publication.as_ref().unwrap().confirmed, 1);
    // A published version that is edited in place has other numbers than were made public.
    let edit = EditGoal {
        plan: newest,
        edits: vec![GoalEdit::Set {
            unit: people[1].person.to_string(),
            period: "2026-12".parse().unwrap(),
            amount: "1".to_owned(),
            above: GoalAbove::Grow,
        }],
        frozen_before: None,
        reason: None,
        preview: false,
    };
    app.edit_goal(edit).await.unwrap();
    let after = versions(&app).await.remove(0).publication.unwrap();
    assert!(!after.unchanged);
    assert_eq!(after.confirmed, 0);
}
