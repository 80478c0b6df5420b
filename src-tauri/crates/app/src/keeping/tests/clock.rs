//! A clock that was set back a year: it is warned of, and work goes on.

use yeji_core::metric::GoalMetric;

use crate::api::NoArgs;
use crate::api::goals::SetGoal;
use crate::api::history::{ListChanges, UndoChange};
use crate::testing::desk;

async fn set(app: &crate::Desk, amount: &str) {
    let goal = SetGoal {
        metric: GoalMetric::WonAmount,
        year: 2026,
        amount: amount.to_owned(),
    };
    app.set_goal(goal).await.unwrap();
}

#[tokio::test]
async fn after_a_year_back_the_newest_is_still_the_newest() {
    let dir = tempfile::tempdir().unwrap();
    let app = desk(dir.path(), "2026-11-28").await;
    set(&app, "100").await;
    let warnings = app.get_status(NoArgs {}).await.unwrap().warnings;
    assert!(warnings.iter().all(|one| one.code != "clock_behind"));
    app.close().await;

    let app = desk(dir.path(), "2025-11-28").await;
    let status = app.get_status(NoArgs {}).await.unwrap();
    let warning = status
        .warnings
        .iter()
        .find(|one| one.code == "clock_behind");
    let params = &warning.expect("it is warned of").params;
    assert_eq!(
        (params["newest"].as_str(), params["now"].as_str()),
        ("2026-11-28", "2025-11-28")
    );
    set(&app, "200").await;
    // Order is by number, not by the clock: the list, the undo and the chain go on.
    let page = app
        .list_changes(ListChanges {
            kinds: Vec::new(),
            author: None,
            cursor: None,
        })
        .await
        .unwrap();
    let newest = &page.rows[0];
    assert_eq!(newest.at.date_naive().to_string(), "2025-11-28");
    assert!(
        page.rows[1].at > newest.at,
        "and older work keeps its own time"
    );
    let last = app
        .get_last_action(NoArgs {})
        .await
        .unwrap()
        .change
        .unwrap();
    assert_eq!(last.id, newest.id, "Ctrl+Z reaches what was done last");
    app.undo_change(UndoChange {
        change: Some(last.id),
        ..UndoChange::default()
    })
    .await
    .unwrap();
    assert!(app.verify_store(NoArgs {}).await.unwrap().ok);
}
