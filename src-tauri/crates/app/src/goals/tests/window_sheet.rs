//! Goals to Excel and back by the window: exactly what was looked at is made.

use std::path::Path;
use std::sync::Arc;

use yeji_core::metric::GoalMetric;
use yeji_report::chart::Lang;

use crate::access::Right;
use crate::api::goal_grid::{EditGoal, GetGoalGrid, GoalAbove, GoalEdit, GridColumns};
use crate::api::goal_sheet::{ExportGoalSheet, GoalSheetPicked, ImportGoalSheet};
use crate::api::goals::GetGoal;
use crate::api::history::UndoChange;
use crate::context::App;
use crate::demo::tests::demo_app;
use crate::testing::{Scripted, outside};
use crate::{Access, Desk};

const GOAL: GetGoal = GetGoal {
    metric: GoalMetric::WonAmount,
    year: 2026,
};

/// The demo company in a window whose dialogs are answered.
async fn window() -> (tempfile::TempDir, Arc<Scripted>, App) {
    let (folder, app) = demo_app().await;
    let (dir, host) = (app.dir(), Arc::new(Scripted::default()));
    drop(app);
    let mut outside = outside("2026-11-24");
    outside.host = host.clone();
    let desk = Desk::open(&dir, Access::Change, outside).await.unwrap();
    let app = desk.admit(Right::Nothing).await.unwrap();
    (folder, host, app)
}

async fn export(app: &App, host: &Scripted, to: &Path) {
    host.answer(to);
    let args = ExportGoalSheet {
        metric: GoalMetric::WonAmount,
        year: 2026,
        language: Lang::En,
    };
    let written = app.export_goal_sheet(args).await.unwrap();
    assert_eq!(written.files.len(), 1);
    assert!(to.is_file());
}

async fn pick(app: &App, host: &Scripted, file: &Path) -> GoalSheetPicked {
    host.answer(file);
    app.pick_goal_sheet(GOAL).await.unwrap().unwrap()
}

/// Id and staff number of the first person (there are two of one name), and their January.
async fn january(app: &App) -> (String, String, String) {
    let args = GetGoalGrid {
        metric: GoalMetric::WonAmount,
        year: 2026,
        version: None,
        columns: GridColumns::Months,
        expanded: vec!["*".to_owned()],
        search: None,
        offset: 0,
        limit: 400,
    };
    let grid = app.get_goal_grid(args).await.unwrap();
    let at = grid
        .columns
        .iter()
        .position(|one| one.period.to_string() == "2026-01");
    let row = grid.rows.iter().find(|row| row.level == "person").unwrap();
    (
        row.unit.clone(),
        row.staff_number.clone().unwrap(),
        row.amounts[at.unwrap()].clone(),
    )
}

/// A sheet with one number: January of somebody, by staff number or name.
fn one_number(file: &Path, (number, name): (&str, &str), january: &str) {
    let months: Vec<String> = (1..=12).map(|month| format!("{month}月")).collect();
    let text = format!(
        "工号,姓名,{}\n{number},{name},{january}{}\n",
        months.join(","),
        ",".repeat(11)
    );
    std::fs::write(file, text).unwrap();
}

#[tokio::test]
async fn what_goes_out_comes_back_as_nothing_new() {
    let (folder, host, app) = window().await;
    let file = folder.path().join("goals.xlsx");
    export(&app, &host, &file).await;
    let picked = pick(&app, &host, &file).await;
    assert_eq!(picked.file, "goals.xlsx");
    assert_eq!(picked.read.mismatch_count, 0);
    assert!(
        picked.read.edited.is_none(),
        "the file says what the goal has"
    );
    let refused = app
        .import_goal_sheet(ImportGoalSheet {
            plan: picked.plan,
            frozen_before: None,
            preview: false,
        })
        .await;
    assert_eq!(refused.unwrap_err().code(), "goal_sheet_not_picked");
    // A closed dialog does nothing.
    assert!(app.pick_goal_sheet(GOAL).await.unwrap().is_none());
}

#[tokio::test]
async fn what_was_looked_at_is_made_whatever_became_of_the_file_and_can_be_taken_back() {
    let (folder, host, app) = window().await;
    let (unit, number, before) = january(&app).await;
    let file = folder.path().join("one.csv");
    one_number(&file, (&number, ""), "12345.67");
    let picked = pick(&app, &host, &file).await;
    let edited = picked.read.edited.as_ref().unwrap();
    assert!(edited.moved.iter().any(|one| one.unit == unit));
    assert_eq!(january(&app).await.2, before, "a look changes nothing");
    one_number(&file, (&number, ""), "99");
    let import = ImportGoalSheet {
        plan: picked.plan,
        frozen_before: None,
        preview: false,
    };
    app.import_goal_sheet(import.clone()).await.unwrap();
    assert_eq!(january(&app).await.2, "12345.67");
    let again = app.import_goal_sheet(import).await.unwrap_err();
    assert_eq!(again.code(), "goal_sheet_not_picked", "once");
    app.undo_change(UndoChange::default()).await.unwrap();
    assert_eq!(january(&app).await.2, before);
}

#[tokio::test]
async fn sums_that_do_not_close_are_listed_by_line_and_cannot_be_taken_in() {
    let (folder, host, app) = window().await;
    let (_, _, before) = january(&app).await;
    let company = app.get_goal(GOAL).await.unwrap().nodes[0].name.clone();
    let file = folder.path().join("open.csv");
    one_number(&file, ("", &company), "1");
    let picked = pick(&app, &host, &file).await;
    assert_eq!(picked.read.mismatch_count, 1);
    let mismatch = &picked.read.mismatches[0];
    assert_eq!((mismatch.line, mismatch.written.as_str()), (2, "1.00"));
    assert!(picked.read.edited.is_none());
    let refused = app
        .import_goal_sheet(ImportGoalSheet {
            plan: picked.plan,
            frozen_before: None,
            preview: false,
        })
        .await;
    assert_eq!(refused.unwrap_err().code(), "goal_sheet_not_picked");
    assert_eq!(january(&app).await.2, before);
}

#[tokio::test]
async fn a_file_looked_at_for_an_older_version_is_not_taken_in() {
    let (folder, host, app) = window().await;
    let (unit, number, _) = january(&app).await;
    let file = folder.path().join("one.csv");
    one_number(&file, (&number, ""), "12345.67");
    let picked = pick(&app, &host, &file).await;
    // Somebody revises the goal meanwhile: a new version.
    let edit = EditGoal {
        plan: picked.plan,
        edits: vec![GoalEdit::Revise {
            unit,
            from: yeji_testkit::day("2026-07-01"),
            amount: "1000000".to_owned(),
            above: GoalAbove::Grow,
        }],
        frozen_before: None,
        reason: None,
        preview: false,
    };
    let newest = app.edit_goal(edit).await.unwrap().plan.id;
    let refused = app
        .import_goal_sheet(ImportGoalSheet {
            plan: picked.plan,
            frozen_before: None,
            preview: false,
        })
        .await;
    assert_eq!(refused.unwrap_err().code(), "goal_version_old");
    let refused = app
        .import_goal_sheet(ImportGoalSheet {
            plan: newest,
            frozen_before: None,
            preview: false,
        })
        .await;
    assert_eq!(refused.unwrap_err().code(), "goal_sheet_not_picked");
}
