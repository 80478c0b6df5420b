//! The numbers of a goal shown, changed, locked, compared and put back, on the demo company.

use yeji_core::calendar::PeriodKind;
use yeji_core::metric::GoalMetric;

use crate::api::goal_grid::{
    CompareGoals, EditGoal, GetGoalGrid, GoalAbove, GoalEdit, GoalEdited, GoalGrid, GridColumns,
    GridRow, LockMark, RestoreGoalVersion,
};
use crate::api::goals::GetGoal;
use crate::api::history::UndoChange;
use crate::context::App;
use crate::demo::tests::demo_app;
use crate::error::{Error, Result};
use crate::goals::GoalError;

const YEAR: i32 = 2026;
const GOAL: GetGoal = GetGoal {
    metric: GoalMetric::WonAmount,
    year: YEAR,
};

async fn grid(app: &App, columns: GridColumns, expanded: &[&str]) -> GoalGrid {
    let args = GetGoalGrid {
        metric: GoalMetric::WonAmount,
        year: YEAR,
        version: None,
        columns,
        expanded: expanded.iter().map(|id| (*id).to_owned()).collect(),
        search: None,
        offset: 0,
        limit: 400,
    };
    app.get_goal_grid(args).await.unwrap()
}

async fn whole(app: &App) -> GoalGrid {
    grid(app, GridColumns::Weeks, &["*"]).await
}

async fn edit(app: &App, edits: Vec<GoalEdit>) -> Result<GoalEdited> {
    edit_with(app, edits, false).await
}

async fn edit_with(app: &App, edits: Vec<GoalEdit>, preview: bool) -> Result<GoalEdited> {
    let plan = app.get_goal(GOAL).await.unwrap().plan.unwrap().id;
    app.edit_goal(EditGoal {
        plan,
        edits,
        frozen_before: None,
        reason: Some("a talk".to_owned()),
        preview,
    })
    .await
}

fn set(unit: &GridRow, period: &str, amount: &str, above: GoalAbove) -> GoalEdit {
    GoalEdit::Set {
        unit: unit.unit.clone(),
        period: period.parse().unwrap(),
        amount: amount.to_owned(),
        above,
    }
}

fn people(grid: &GoalGrid) -> Vec<&GridRow> {
    grid.rows
        .iter()
        .filter(|row| row.level == "person")
        .collect()
}

fn cents(amount: &str) -> i64 {
    amount.replace('.', "").parse().unwrap()
}

pub(super) fn number(grid: &GoalGrid, unit: &str, period: &str) -> i64 {
    let at = grid
        .columns
        .iter()
        .position(|one| one.period.to_string() == period);
    let row = grid.rows.iter().find(|row| row.unit == unit).unwrap();
    cents(&row.amounts[at.unwrap()])
}

/// Every unit is the sum of its parts in every column, every period the sum of its parts in every row.
pub(super) fn assert_closed(grid: &GoalGrid) {
    for (at, row) in grid.rows.iter().enumerate() {
        let parts: Vec<&GridRow> = grid
            .rows
            .iter()
            .filter(|part| part.parent.as_deref() == Some(row.unit.as_str()))
            .collect();
        assert_eq!(parts.len(), row.children as usize, "row {at}");
        for (column, period) in grid.columns.iter().enumerate() {
            let own = cents(&row.amounts[column]);
            if !parts.is_empty() {
                let sum: i64 = parts.iter().map(|part| cents(&part.amounts[column])).sum();
                assert_eq!(own, sum, "{} in {}", row.name, period.period);
            }
            let below: Vec<usize> = (0..grid.columns.len())
                .filter(|other| grid.columns[*other].parent == Some(period.period))
                .collect();
            if !below.is_empty() {
                let sum: i64 = below.iter().map(|other| cents(&row.amounts[*other])).sum();
                assert_eq!(own, sum, "{} in {}", row.name, period.period);
            }
        }
    }
}

#[tokio::test]
async fn a_window_has_what_is_open_and_closes_on_both_axes() {
    let (_folder, app) = demo_app().await;
    let all = whole(&app).await;
    assert_eq!(all.total as usize, all.rows.len());
    assert_eq!(all.people as usize, people(&all).len());
    assert_closed(&all);
    assert!(all.editable);
    let closed = grid(&app, GridColumns::Quarters, &[]).await;
    assert!(closed.rows.iter().all(|row| row.depth <= 1));
    // The year, halves and quarters.
    assert_eq!(closed.columns.len(), 7);
    assert!(closed.rows[0].expanded && !closed.rows[1].expanded);
    let team = closed.rows[1].unit.clone();
    let open = grid(&app, GridColumns::Quarters, &[&team]).await;
    assert_eq!(open.total, closed.total + closed.rows[1].children);
    // Any window is a part of the whole.
    let args = GetGoalGrid {
        metric: GoalMetric::WonAmount,
        year: YEAR,
        version: None,
        columns: GridColumns::Weeks,
        expanded: vec!["*".to_owned()],
        search: None,
        offset: 3,
        limit: 2,
    };
    let window = app.get_goal_grid(args.clone()).await.unwrap();
    let ids = |rows: &[GridRow]| rows.iter().map(|row| row.unit.clone()).collect::<Vec<_>>();
    assert_eq!(ids(&window.rows), ids(&all.rows[3..5]));
    // A search shows who is found, below those above.
    let person = people(&all)[0];
    let search = Some(person.name.clone());
    let found = app
        .get_goal_grid(GetGoalGrid {
            search,
            offset: 0,
            limit: 400,
            ..args
        })
        .await
        .unwrap();
    assert!(found.rows.iter().any(|row| row.unit == person.unit));
    assert!(found.total < all.total);
    // Growth is the goal over what was made in the year before.
    let row = all.rows.iter().find(|row| row.growth.is_some()).unwrap();
    let months = row.history.as_ref().unwrap();
    assert_eq!(months.len(), 12);
    let sum: i64 = months.iter().map(|month| cents(month)).sum();
    assert_eq!(sum, cents(row.last_year.as_ref().unwrap()));
    let growth: yeji_core::Ratio = row.growth.as_ref().unwrap().parse().unwrap();
    let goal = i128::from(cents(&row.amounts[0]));
    assert_eq!(
        growth,
        yeji_core::Ratio::new(goal, i128::from(sum)).unwrap()
    );
}

#[tokio::test]
async fn a_changed_number_moves_what_was_chosen_and_nothing_else() {
    let (_folder, app) = demo_app().await;
    let before = whole(&app).await;
    let person = people(&before)[0].clone();
    let team = person.parent.clone().unwrap();
    let company = before.rows[0].unit.clone();
    for (above, team_grows, quarter_grows) in [
        (GoalAbove::Grow, true, true),
        (GoalAbove::Units, false, true),
        (GoalAbove::Periods, true, false),
    ] {
        let done = edit(&app, vec![set(&person, "2026-02", "12345.67", above)])
            .await
            .unwrap();
        assert!(done.changed > 0);
        let after = whole(&app).await;
        assert_closed(&after);
        assert_eq!(number(&after, &person.unit, "2026-02"), 1_234_567);
        let same = |unit: &str, period: &str| {
            number(&before, unit, period) == number(&after, unit, period)
        };
        assert_eq!(same(&team, "2026-02"), !team_grows, "{above:?}");
        assert_eq!(same(&person.unit, "2026-Q1"), !quarter_grows, "{above:?}");
        let year = number(&after, &company, "2026");
        let plan = after.plan.clone().unwrap();
        assert_eq!(
            plan.amount.minor, year,
            "the goal of the year is the sum of its numbers"
        );
        assert_eq!(plan.version, before.plan.as_ref().unwrap().version);
        app.undo_change(UndoChange::default()).await.unwrap();
        assert_eq!(
            format!("{:?}", whole(&app).await),
            format!("{before:?}"),
            "undone"
        );
    }
}

#[tokio::test]
async fn what_is_locked_stays_and_is_named_where_it_is_in_the_way() {
    let (_folder, app) = demo_app().await;
    let before = whole(&app).await;
    let person = people(&before)[0].clone();
    let team = before
        .rows
        .iter()
        .find(|row| Some(&row.unit) == person.parent.as_ref())
        .unwrap()
        .clone();
    let lock = |unit: &GridRow, period: &str| GoalEdit::Lock {
        unit: unit.unit.clone(),
        period: period.parse().unwrap(),
    };
    edit(&app, vec![lock(&person, "2026-Q1")]).await.unwrap();
    let locked = whole(&app).await;
    let mark = |grid: &GoalGrid, unit: &str, period: &str| {
        let at = grid
            .columns
            .iter()
            .position(|one| one.period.to_string() == period)
            .unwrap();
        grid.rows.iter().find(|row| row.unit == unit).unwrap().locks[at]
    };
    assert_eq!(mark(&locked, &person.unit, "2026-Q1"), LockMark::Own);
    assert_eq!(mark(&locked, &person.unit, "2026-01"), LockMark::All);
    assert_eq!(mark(&locked, &person.unit, "2026"), LockMark::Part);
    assert_eq!(mark(&locked, &team.unit, "2026-Q1"), LockMark::Part);
    assert_eq!(mark(&locked, &person.unit, "2026-04"), LockMark::None);
    // The team doubles; who is locked stays.
    let twice = 2 * number(&before, &team.unit, "2026-Q1");
    let amount = format!("{}.{:02}", twice / 100, twice % 100);
    edit(&app, vec![set(&team, "2026-Q1", &amount, GoalAbove::Grow)])
        .await
        .unwrap();
    let after = whole(&app).await;
    assert_closed(&after);
    assert_eq!(number(&after, &team.unit, "2026-Q1"), twice);
    assert_eq!(
        number(&after, &person.unit, "2026-Q1"),
        number(&before, &person.unit, "2026-Q1")
    );
    // Less than what is locked is impossible; nothing has moved, and the lock is named.
    let refused = edit(&app, vec![set(&team, "2026-Q1", "0", GoalAbove::Grow)])
        .await
        .unwrap_err();
    let Error::Goal(GoalError::Impossible(why)) = &refused else {
        panic!("{refused:?}");
    };
    let (name, locks, smallest) = (&why.name, &why.locks, why.smallest);
    assert_eq!(name, &team.name);
    assert_eq!(locks, &[format!("{} 2026-Q1", person.name)]);
    assert_eq!(
        smallest.unwrap().minor,
        number(&before, &person.unit, "2026-Q1")
    );
    assert_eq!(format!("{:?}", whole(&app).await), format!("{after:?}"));
    // Released it can move.
    let unlock = GoalEdit::Unlock {
        unit: person.unit.clone(),
        period: "2026-Q1".parse().unwrap(),
    };
    let edits = vec![unlock, set(&team, "2026-Q1", "0", GoalAbove::Grow)];
    edit(&app, edits).await.unwrap();
    let after = whole(&app).await;
    assert_eq!(number(&after, &team.unit, "2026-Q1"), 0);
    assert_eq!(mark(&after, &person.unit, "2026-Q1"), LockMark::None);
}

#[tokio::test]
async fn several_changes_are_made_together_or_not_at_all() {
    let (_folder, app) = demo_app().await;
    let before = whole(&app).await;
    let all = people(&before);
    let (one, other) = (all[0].clone(), all[1].clone());
    let edits = vec![
        set(&one, "2026-05", "1000", GoalAbove::Grow),
        set(&one, "2026-05/W19", "2000", GoalAbove::Periods),
    ];
    let refused = edit(&app, edits).await;
    assert!(matches!(
        refused,
        Err(Error::Goal(GoalError::Impossible(_)))
    ));
    assert_eq!(format!("{:?}", whole(&app).await), format!("{before:?}"));
    // A preview says the same as what is then kept, and keeps nothing.
    let edits = || {
        vec![
            set(&one, "2026-05", "1000", GoalAbove::Grow),
            GoalEdit::Shift {
                from: one.unit.clone(),
                to: other.unit.clone(),
                period: "2026-05".parse().unwrap(),
                amount: "250.05".to_owned(),
            },
            GoalEdit::Copy {
                from: one.unit.clone(),
                to: vec![all[2].unit.clone()],
                above: GoalAbove::Grow,
            },
        ]
    };
    let preview = edit_with(&app, edits(), true).await.unwrap();
    assert_eq!(format!("{:?}", whole(&app).await), format!("{before:?}"));
    let done = edit(&app, edits()).await.unwrap();
    assert_eq!(format!("{:?}", preview.moved), format!("{:?}", done.moved));
    let after = whole(&app).await;
    assert_closed(&after);
    assert_eq!(number(&after, &one.unit, "2026-05"), 100_000 - 25_005);
    assert_eq!(
        number(&after, &other.unit, "2026-05"),
        number(&before, &other.unit, "2026-05") + 25_005
    );
    let copied = &after
        .rows
        .iter()
        .find(|row| row.unit == all[2].unit)
        .unwrap()
        .amounts;
    assert_eq!(
        copied,
        &after
            .rows
            .iter()
            .find(|row| row.unit == one.unit)
            .unwrap()
            .amounts
    );
}

#[tokio::test]
async fn a_revision_is_a_version_that_can_be_compared_and_taken_back_to_the_older_one() {
    let (_folder, app) = demo_app().await;
    let before = whole(&app).await;
    let person = people(&before)[0].clone();
    let first = before.plan.clone().unwrap();
    let revise = GoalEdit::Revise {
        unit: person.unit.clone(),
        from: "2026-07-01".parse().unwrap(),
        amount: "999999.99".to_owned(),
        above: GoalAbove::Units,
    };
    let done = edit(&app, vec![revise]).await.unwrap();
    assert_eq!(done.plan.version, first.version + 1);
    let after = whole(&app).await;
    assert_closed(&after);
    assert_eq!(number(&after, &person.unit, "2026"), 99_999_999);
    for (unit, period) in [
        (&person.unit, "2026-Q1"),
        (&person.unit, "2026-Q2"),
        (person.parent.as_ref().unwrap(), "2026"),
    ] {
        assert_eq!(
            number(&after, unit, period),
            number(&before, unit, period),
            "{period}"
        );
    }
    let compared = app
        .compare_goals(CompareGoals {
            metric: GoalMetric::WonAmount,
            year: YEAR,
            before: first.version,
            after: done.plan.version,
            periods: PeriodKind::Quarter,
        })
        .await
        .unwrap();
    assert!(
        compared
            .rows
            .iter()
            .all(|row| row.period.start() >= "2026-07-01".parse().unwrap())
    );
    let own: Vec<_> = compared
        .rows
        .iter()
        .filter(|row| row.unit == person.unit)
        .collect();
    assert_eq!(own.len(), 2);
    // The older version is not changed, and can be put back.
    let old = EditGoal {
        plan: first.id,
        edits: Vec::new(),
        frozen_before: None,
        reason: None,
        preview: false,
    };
    assert!(matches!(
        app.edit_goal(old).await,
        Err(Error::Goal(GoalError::OldVersion { .. }))
    ));
    let restored = app
        .restore_goal_version(RestoreGoalVersion { plan: first.id })
        .await
        .unwrap();
    assert_eq!(restored.version, first.version + 2);
    let again = whole(&app).await;
    assert_eq!(format!("{:?}", again.rows), format!("{:?}", before.rows));
    let versions = app.list_goal_versions(GOAL).await.unwrap();
    let numbers: Vec<i64> = versions.iter().map(|one| one.plan.version).collect();
    assert_eq!(
        &numbers[..3],
        [first.version + 2, first.version + 1, first.version]
    );
}

#[tokio::test]
async fn an_edit_that_later_ones_build_on_is_not_half_taken_back() {
    let (_folder, app) = demo_app().await;
    let before = whole(&app).await;
    let (first, second) = (people(&before)[0].clone(), people(&before)[1].clone());
    let shift = GoalEdit::Shift {
        from: first.unit.clone(),
        to: second.unit.clone(),
        period: "2026-03".parse().unwrap(),
        amount: "1.00".to_owned(),
    };
    edit(&app, vec![shift]).await.unwrap();
    let shifted = last_change(&app).await;
    let later = set(&first, "2026-03", "77777.77", GoalAbove::Grow);
    edit(&app, vec![later]).await.unwrap();
    let now = whole(&app).await;
    let undo = UndoChange {
        change: Some(shifted),
        later: crate::api::data::LaterImports::Ask,
    };
    assert!(app.undo_change(undo).await.is_err());
    let after = whole(&app).await;
    assert_closed(&after);
    assert_eq!(format!("{:?}", after.rows), format!("{:?}", now.rows));

    // A revision whose version was changed since stays as well: it would lose its other numbers.
    let revise = GoalEdit::Revise {
        unit: second.unit.clone(),
        from: "2026-07-01".parse().unwrap(),
        amount: "1999999.99".to_owned(),
        above: GoalAbove::Grow,
    };
    edit(&app, vec![revise]).await.unwrap();
    let revised = last_change(&app).await;
    let later = set(&first, "2026-08", "1.23", GoalAbove::Units);
    edit(&app, vec![later]).await.unwrap();
    let now = whole(&app).await;
    let undo = UndoChange {
        change: Some(revised),
        later: crate::api::data::LaterImports::Ask,
    };
    assert!(app.undo_change(undo).await.is_err());
    let after = whole(&app).await;
    assert_closed(&after);
    assert_eq!(format!("{:?}", after.rows), format!("{:?}", now.rows));
}

async fn last_change(app: &App) -> yeji_core::ids::ChangeId {
    let changes = app.store().unwrap().changes(None, 1).await.unwrap();
    changes.rows[0].id
}

#[tokio::test]
async fn a_revision_beside_a_draft_has_a_number_of_its_own_and_one_to_the_same_is_none() {
    let (_folder, app) = demo_app().await;
    let before = whole(&app).await;
    let person = people(&before)[0].clone();
    let revise = |amount: &str| GoalEdit::Revise {
        unit: person.unit.clone(),
        from: "2026-07-01".parse().unwrap(),
        amount: amount.to_owned(),
        above: GoalAbove::Grow,
    };
    let same = edit(&app, vec![revise(&person.amounts[0])]).await.unwrap();
    assert_eq!(same.plan.version, before.plan.as_ref().unwrap().version);
    assert_eq!(app.list_goal_versions(GOAL).await.unwrap().len(), 1);

    let draft = crate::api::goals::SetGoal {
        metric: GoalMetric::WonAmount,
        year: YEAR,
        amount: "5000000".to_owned(),
    };
    app.set_goal(draft).await.unwrap();
    let done = edit(&app, vec![revise("999999.99")]).await.unwrap();
    assert_eq!(done.plan.version, 3, "the draft is version 2");
    let notes: Vec<&str> = done.notes.iter().map(|note| note.code.as_str()).collect();
    assert!(notes.contains(&"goal_draft_replaced"), "{notes:?}");
    assert_closed(&whole(&app).await);
}
