//! What people did, shown and taken back, on the demo company.

use yeji_core::metric::GoalMetric;
use yeji_store::{ChangeKind, Entity, Record};

use crate::api::NoArgs;
use crate::api::goals::{GetGoal, SetGoal, SplitGoal, SplitRule};
use crate::api::history::{
    ListAudit, ListChanges, ListGoalHistory, ListHistory, RestoreValue, UndoChange,
};
use crate::api::settings::{RenameCompany, SetTargetBonuses};
use crate::codes;
use crate::context::App;
use crate::demo::tests::demo_app;

const YEAR: i32 = 2026;

async fn set_goal(app: &App, amount: &str) {
    let metric = GoalMetric::WonAmount;
    let args = SetGoal {
        metric,
        year: YEAR,
        amount: amount.to_owned(),
    };
    app.set_goal(args).await.unwrap();
}

async fn split_goal(app: &App) {
    let args = SplitGoal {
        metric: GoalMetric::WonAmount,
        year: YEAR,
        rule: SplitRule::Equal,
        preview: false,
    };
    app.split_goal(args).await.unwrap();
}

async fn goal(app: &App) -> String {
    let args = GetGoal {
        metric: GoalMetric::WonAmount,
        year: YEAR,
    };
    serde_json::to_string(&app.get_goal(args).await.unwrap()).unwrap()
}

async fn company_name(app: &App) -> String {
    app.get_status(NoArgs {}).await.unwrap().company.unwrap()
}

async fn rename(app: &App, name: &str) {
    let name = name.to_owned();
    app.rename_company(RenameCompany { name }).await.unwrap();
}

async fn undo_last(app: &App) -> crate::Result<crate::api::history::ChangeUndone> {
    app.undo_change(UndoChange::default()).await
}

#[tokio::test]
async fn the_last_own_actions_are_taken_back_in_turn_and_done_again() {
    let (_dir, app) = demo_app().await;
    let before = goal(&app).await;
    let name = company_name(&app).await;
    set_goal(&app, "50000000").await;
    split_goal(&app).await;
    let split = goal(&app).await;
    rename(&app, "别的名字").await;

    let first = undo_last(&app).await.unwrap();
    assert_eq!(first.undone.kind, "organisation");
    assert_eq!(company_name(&app).await, name);
    let second = undo_last(&app).await.unwrap();
    assert_eq!((&*second.undone.kind, second.redo), ("split_goal", false));
    assert!(second.removed > 100, "the cells: {}", second.removed);
    let third = undo_last(&app).await.unwrap();
    assert_eq!(third.undone.kind, "set_goal");
    assert_eq!(goal(&app).await, before, "everything is as it was");

    assert!(app.redo_change(NoArgs {}).await.unwrap().redo);
    app.redo_change(NoArgs {}).await.unwrap();
    assert_eq!(goal(&app).await, split);
    let again = undo_last(&app).await.unwrap();
    assert_eq!(
        again.undone.kind, "split_goal",
        "what was done again is the last action"
    );
    rename(&app, "新名字").await;
    let gone = app.redo_change(NoArgs {}).await.unwrap_err();
    assert_eq!(gone.code(), "nothing_to_undo", "a new action ends the redo");
    assert!(app.store().unwrap().verify().await.unwrap().is_ok());
}

#[tokio::test]
async fn a_run_is_never_taken_back_and_ends_the_turn() {
    let (_dir, app) = demo_app().await;
    rename(&app, "甲").await;
    let run = crate::api::bonus::RunBonus {
        period: "2026-Q1".parse().unwrap(),
        plan: None,
        preview: false,
        people: None,
    };
    app.run_bonus(run, &|_| ()).await.unwrap();
    let refused = undo_last(&app).await.unwrap_err();
    assert_eq!(refused.code(), "cannot_take_back");
    assert_eq!(
        company_name(&app).await,
        "甲",
        "nothing older is taken back in its place"
    );
}

#[tokio::test]
async fn an_older_goal_is_not_taken_back_from_under_a_newer_one() {
    let (_dir, app) = demo_app().await;
    set_goal(&app, "50000000").await;
    split_goal(&app).await;
    let older = app
        .get_last_action(NoArgs {})
        .await
        .unwrap()
        .change
        .unwrap();
    set_goal(&app, "60000000").await;
    split_goal(&app).await;
    let before = goal(&app).await;
    let args = UndoChange {
        change: Some(older.id),
        ..UndoChange::default()
    };
    let refused = app.undo_change(args).await.unwrap_err();
    assert_eq!(refused.code(), "later_work", "{refused}");
    assert_eq!(goal(&app).await, before, "sums and versions stay whole");
}

#[tokio::test]
async fn the_demo_itself_goes_as_its_import_does() {
    let (_dir, app) = demo_app().await;
    let last = app
        .get_last_action(NoArgs {})
        .await
        .unwrap()
        .change
        .unwrap();
    assert_eq!(last.kind, "demo");
    let undone = undo_last(&app).await.unwrap();
    assert!(!undone.can_redo && undone.removed > 0);
    assert_eq!(undo_last(&app).await.unwrap_err().code(), "nothing_to_undo");
    assert!(app.store().unwrap().verify().await.unwrap().is_ok());
}

#[tokio::test]
async fn the_goal_of_a_unit_tells_its_steps() {
    let (_dir, app) = demo_app().await;
    let organisation = app.store().unwrap().organisation().await.unwrap();
    let company = organisation.company().unwrap().id;
    let team = organisation.children(company)[0];
    let steps = async |unit: String| {
        let args = ListGoalHistory {
            metric: GoalMetric::WonAmount,
            year: YEAR,
            unit,
        };
        app.list_goal_history(args).await.unwrap()
    };
    set_goal(&app, "50000000").await;
    split_goal(&app).await;
    let of_company = steps(company.to_string()).await;
    assert_eq!(of_company[0].change.kind, "set_goal");
    assert_eq!(
        of_company.last().unwrap().change.kind,
        "demo",
        "the goals of the demo have no lines of their own in the log"
    );
    assert_eq!(of_company[0].from, of_company[1].to);
    assert_eq!(
        of_company[0].to.map(yeji_core::Money::to_major).as_deref(),
        Some("50000000.00")
    );
    let of_team = steps(team.to_string()).await;
    assert_eq!(of_team[0].change.kind, "split_goal");
    let now = app
        .get_goal_nodes(GetGoal {
            metric: GoalMetric::WonAmount,
            year: YEAR,
        })
        .await
        .unwrap();
    let node = now
        .iter()
        .find(|node| node.unit == team.to_string() && node.parent_period.is_none())
        .unwrap();
    assert_eq!(
        of_team[0].to.map(yeji_core::Money::to_major),
        Some(node.amount.clone()),
        "the newest step ends at the goal in force"
    );
    undo_last(&app).await.unwrap();
    let after = steps(team.to_string()).await;
    assert_eq!(after[0].change.kind, "undo");
    assert!(after[0].to.is_some());
    assert_eq!(after[0].to, after[1].from, "back to where it was");
}

async fn target_bonus(app: &App, amount: &str, from: &str) {
    let person = app.list_target_bonuses(NoArgs {}).await.unwrap()[0].person;
    let args = SetTargetBonuses {
        people: vec![person],
        per_quarter: amount.to_owned(),
        from: from.parse().unwrap(),
    };
    app.set_target_bonuses(args).await.unwrap();
}

#[tokio::test]
async fn an_overwritten_value_is_put_back_as_a_new_change() {
    let (_dir, app) = demo_app().await;
    target_bonus(&app, "5000", "2026-01-01").await;
    target_bonus(&app, "7000", "2026-01-01").await;
    let store = app.store().unwrap();
    let record = store
        .target_bonuses()
        .await
        .unwrap()
        .into_iter()
        .find(|one| one.per_quarter.minor == 700_000)
        .unwrap();
    let list = ListHistory {
        entity: "target_bonus".to_owned(),
        id: record.id.0,
        cursor: None,
    };
    let history = app.list_history(list.clone()).await.unwrap();
    let newest = &history.rows[0];
    let field = &newest.record.fields[0];
    assert_eq!((&*field.field, field.can_restore), ("per_quarter", true));
    assert_eq!(
        field.from.params["amount"], "5000.00",
        "an amount with its currency"
    );
    assert_eq!(field.from.params["currency"], "CNY");
    let restore = |preview| RestoreValue {
        change: newest.change.id,
        entity: "target_bonus".to_owned(),
        id: record.id.0,
        field: "per_quarter".to_owned(),
        preview,
    };
    let shown = app.restore_value(restore(true)).await.unwrap();
    assert_eq!(shown.present.params["amount"], "7000.00");
    assert!(shown.change.is_none(), "a preview keeps nothing");
    let done = app.restore_value(restore(false)).await.unwrap();
    assert!(done.change.is_some());
    let now = store.target_bonuses().await.unwrap();
    let now = now.iter().find(|one| one.id == record.id).unwrap();
    assert_eq!(now.per_quarter.minor, 500_000);
    assert_eq!(
        (now.from, now.to),
        (record.from, record.to),
        "other fields stay"
    );
    let twice = app.restore_value(restore(false)).await.unwrap();
    assert!(twice.change.is_none(), "it is there already");
    undo_last(&app).await.unwrap();
    assert_eq!(
        app.list_history(list).await.unwrap().rows[0].change.kind,
        "undo",
        "a value put back can be taken back"
    );
}

#[tokio::test]
async fn a_value_that_would_break_a_rule_is_refused() {
    let (_dir, app) = demo_app().await;
    let store = app.store().unwrap();
    // A record until open end is cut by a later one: its end alone would overlap that.
    target_bonus(&app, "5000", "2025-01-01").await;
    target_bonus(&app, "7000", "2026-01-01").await;
    let cut = store
        .target_bonuses()
        .await
        .unwrap()
        .into_iter()
        .find(|one| one.to.to_string() == "2026-01-01" && one.per_quarter.minor == 500_000)
        .unwrap();
    let last = app
        .get_last_action(NoArgs {})
        .await
        .unwrap()
        .change
        .unwrap();
    let restore = |entity: &str, id, field: &str| RestoreValue {
        change: last.id,
        entity: entity.to_owned(),
        id,
        field: field.to_owned(),
        preview: false,
    };
    let refused = app
        .restore_value(restore("target_bonus", cut.id.0, "to_on"))
        .await
        .unwrap_err();
    assert_eq!(refused.code(), "cannot_restore");
    assert_eq!(refused.params()["reason"], "overlaps");
    let unknown = app
        .restore_value(restore("target_bonus", cut.id.0, "nonsense"))
        .await
        .unwrap_err();
    assert_eq!(unknown.code(), "not_found");

    let mut gone = app.change(ChangeKind::Edit, serde_json::json!({}));
    gone.delete = vec![(Entity::TargetBonus, cut.id.0)];
    app.apply(gone).await.unwrap();
    let refused = app
        .restore_value(restore("target_bonus", cut.id.0, "to_on"))
        .await
        .unwrap_err();
    assert_eq!(refused.params()["reason"], "record_gone");

    set_goal(&app, "50000000").await;
    split_goal(&app).await;
    let changes = app.list_changes(ListChanges::default()).await.unwrap();
    let id = changes.rows[0].id;
    let plan = store
        .goal_plans()
        .await
        .unwrap()
        .into_iter()
        .find(|plan| plan.year == YEAR && plan.version == 1)
        .unwrap();
    let refused = app
        .restore_value(RestoreValue {
            change: id,
            ..restore("goal_plan", plan.id.0, "state")
        })
        .await
        .unwrap_err();
    assert_eq!(refused.params()["reason"], "part_of_a_whole");
}

#[tokio::test]
async fn every_kind_of_change_and_value_has_words() {
    let (_dir, app) = demo_app().await;
    set_goal(&app, "50000000").await;
    split_goal(&app).await;
    target_bonus(&app, "5000", "2026-01-01").await;
    rename(&app, "甲").await;
    undo_last(&app).await.unwrap();
    let page = app.list_changes(ListChanges::default()).await.unwrap();
    assert_eq!((page.rows.len(), page.total), (6, 6));
    let newest = &page.rows[0];
    assert_eq!(newest.of.as_ref().unwrap().code, "change_organisation");
    for change in &page.rows {
        let args = crate::api::history::GetChange { change: change.id };
        for record in app.get_change(args).await.unwrap().records {
            for field in record.fields {
                for message in [&field.from, &field.to, &record.name] {
                    assert!(codes::is_known(&message.code), "{message:?}");
                    let raw = message.params.values().any(|value| value.starts_with('{'));
                    assert!(!raw, "no JSON reaches people: {message:?}");
                }
            }
        }
    }
    let filtered = ListChanges {
        kinds: vec!["set_goal".to_owned()],
        ..ListChanges::default()
    };
    assert_eq!(app.list_changes(filtered).await.unwrap().total, 1);
    let person = app.list_target_bonuses(NoArgs {}).await.unwrap()[0].person;
    let of_person = ListHistory {
        entity: "person".to_owned(),
        id: person.0,
        cursor: None,
    };
    let history = app.list_history(of_person).await.unwrap();
    assert_eq!(
        history.rows.len(),
        1,
        "made by the demo, which logs no new rows"
    );
    assert_eq!(history.rows[0].record.fate, "created");
}

#[tokio::test]
async fn a_membership_put_back_may_not_double_a_person() {
    let (_dir, app) = demo_app().await;
    let store = app.store().unwrap();
    let organisation = store.organisation().await.unwrap();
    let stay = organisation.memberships()[0].clone();
    let middle: chrono::NaiveDate = "2025-07-01".parse().unwrap();
    let mut first = stay.clone();
    first.to = middle;
    let mut change = app.change(ChangeKind::Organisation, serde_json::json!({}));
    let second = yeji_core::org::Membership {
        id: yeji_core::ids::MembershipId(app.clock.new_id()),
        from: middle,
        ..stay.clone()
    };
    change.put = vec![Record::from(first), Record::from(second)];
    let id = change.id;
    app.apply(change).await.unwrap();
    let refused = app
        .restore_value(RestoreValue {
            change: id,
            entity: "membership".to_owned(),
            id: stay.id.0,
            field: "to_on".to_owned(),
            preview: true,
        })
        .await
        .unwrap_err();
    assert_eq!(refused.params()["reason"], "overlaps");
}

#[tokio::test]
async fn what_leaves_the_store_is_in_the_audit_log_before_it_leaves() {
    let (dir, app) = demo_app().await;
    assert_eq!(app.audit_head().await.unwrap(), None);
    let file = dir.path().join("copy.yejibackup");
    app.backup_to(&file).await.unwrap();
    rename(&app, "甲").await;
    undo_last(&app).await.unwrap();
    let csv = app.audit_csv().await.unwrap();
    let page = app.list_audit(ListAudit::default()).await.unwrap();
    let actions: Vec<&str> = page.rows.iter().map(|row| row.action.as_str()).collect();
    assert_eq!(actions, ["export.audit", "change.undo", "export.backup"]);
    assert_eq!(page.head.as_ref(), Some(&page.rows[0].mark));
    assert!(
        csv.contains("export.audit"),
        "an export is its own last line: {csv}"
    );
    app.check_head(crate::api::history::CheckHead {
        head: page.head.unwrap(),
    })
    .await
    .unwrap();
    let other = crate::api::history::CheckHead {
        head: "3-aaaaaaaaaaaa".to_owned(),
    };
    let checked = app.check_head(other).await.unwrap();
    assert!(!checked.ok, "a head that the log does not hold");
    let again = app.backup_to(&file).await.unwrap_err();
    assert_eq!(again.code(), "file_exists");
    assert_eq!(
        app.list_audit(ListAudit::default()).await.unwrap().total,
        3,
        "a refused backup is none"
    );
}
