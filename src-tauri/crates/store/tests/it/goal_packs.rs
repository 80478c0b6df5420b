//! Whatever happens in whatever order, the packed cells of goals are the cells, and what is in memory is true.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::Days;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use sqlx::Connection as _;
use uuid::Uuid;
use yeji_core::goal::{GoalCell, GoalPlan, GoalPlanState};
use yeji_core::ids::GoalPlanId;
use yeji_core::metric::GoalMetric;
use yeji_store::{
    Change, ChangeKind, Entity, Key, LaterWork, OpenMode, Record, Store, goal_cell_id,
};

use crate::fixture::*;

fn plan_id(n: u32) -> GoalPlanId {
    GoalPlanId(id(40, n))
}

fn plan(n: u32) -> GoalPlan {
    GoalPlan {
        id: plan_id(n),
        metric: GoalMetric::WonAmount,
        year: 2018 + i32::try_from(n).unwrap(),
        version: 1,
        state: GoalPlanState::Published,
        amount: cny(1_000),
        rule: None,
        calendar: None,
        created_at: at(0),
    }
}

/// A cell of person `who` (none: of unit 3) in week `week` of a plan.
fn cell(n: u32, who: Option<u32>, week: u64, minor: i64) -> GoalCell {
    let start = day("2018-01-01") + Days::new(7 * week);
    GoalCell {
        plan: plan_id(n),
        unit: unit_id(who.map_or(3, |who| who + 1)),
        person: who.map(person_id),
        start,
        end: start + Days::new(7),
        minor,
    }
}

async fn store_with_plans() -> (tempfile::TempDir, Store) {
    let (dir, store) = store_with_company().await;
    let plans = vec![plan(0).into(), plan(1).into()];
    let made = change(901, ChangeKind::Edit, plans);
    store.apply(made).await.unwrap();
    (dir, store)
}

type Cells = BTreeMap<(String, String), i64>;

/// What is read at once, against the cells read one by one; zeros are no cells.
async fn check_matrix(store: &Store, n: u32) {
    let matrix = store.goal_matrix(plan_id(n)).await.unwrap();
    let mut packed = Cells::new();
    for (at, leaf) in matrix.leaves.iter().enumerate() {
        for ((start, end), minor) in matrix.periods.iter().zip(matrix.row(at)) {
            packed.insert((format!("{leaf:?}"), format!("{start} {end}")), *minor);
        }
    }
    packed.retain(|_, minor| *minor != 0);
    let mut cells = Cells::new();
    for one in store.goal_cells(plan_id(n)).await.unwrap() {
        let leaf = format!("{:?}", (one.unit, one.person));
        cells.insert((leaf, format!("{} {}", one.start, one.end)), one.minor);
    }
    cells.retain(|_, minor| *minor != 0);
    assert_eq!(packed, cells, "cells of plan {n}");
}

#[derive(Debug, Clone)]
enum Step {
    Put {
        import: bool,
        cells: Vec<(u32, Option<u32>, u64, i64)>,
    },
    Delete(u32, Option<u32>, u64),
    Undo(usize),
}

fn step() -> impl Strategy<Value = Step> {
    let who = || proptest::option::of(0_u32..3);
    let cell = (0_u32..2, who(), 0_u64..5, -50_i64..500);
    prop_oneof![
        6 => (any::<bool>(), proptest::collection::vec(cell, 1..40))
            .prop_map(|(import, cells)| Step::Put { import, cells }),
        2 => (0_u32..2, who(), 0_u64..5).prop_map(|(n, who, week)| Step::Delete(n, who, week)),
        2 => (0_usize..6).prop_map(Step::Undo),
    ]
}

async fn run(steps: Vec<Step>) {
    let (_dir, store) = store_with_plans().await;
    let mut done: Vec<u32> = Vec::new();
    for (n, step) in (1..).zip(steps) {
        match step {
            Step::Put {
                import: by_file,
                cells,
            } => {
                let put: Vec<Record> = cells
                    .into_iter()
                    .map(|(n, who, week, minor)| cell(n, who, week, minor).into())
                    .collect();
                let made = if by_file {
                    import(n, put)
                } else {
                    change(n, ChangeKind::Edit, put)
                };
                store.apply(made).await.unwrap();
            }
            Step::Delete(of, who, week) => {
                let id = goal_cell_id(&cell(of, who, week, 0));
                let known = store.goal_cells(plan_id(of)).await.unwrap();
                if !known.iter().any(|one| goal_cell_id(one) == id) {
                    continue;
                }
                let delete: Vec<(Entity, Uuid)> = vec![(Entity::GoalCell, id)];
                let made = Change {
                    delete,
                    ..change(n, ChangeKind::Edit, Vec::new())
                };
                store.apply(made).await.unwrap();
            }
            Step::Undo(which) => {
                let Some(of) = done.get(which % done.len().max(1)) else {
                    continue;
                };
                // What later work stands in the way of stays: that is another test's promise.
                if store
                    .take_back(change_id(*of), LaterWork::Keep, header(n, ChangeKind::Undo))
                    .await
                    .is_err()
                {
                    continue;
                }
            }
        }
        done.push(n);
        check_matrix(&store, 0).await;
        check_matrix(&store, 1).await;
    }
    let report = store.verify().await.unwrap();
    assert!(report.is_ok(), "{:?}", report.findings);
}

#[test]
fn packed_cells_are_the_cells_after_any_changes() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let config = Config {
        cases: 24,
        failure_persistence: None,
        ..Config::default()
    };
    TestRunner::new(config)
        .run(&proptest::collection::vec(step(), 1..9), |steps| {
            runtime.block_on(run(steps));
            Ok(())
        })
        .unwrap();
}

#[tokio::test]
async fn a_plan_stays_in_memory_until_its_own_cells_change() {
    let (dir, store) = store_with_plans().await;
    let put = |n: u32, of: u32, minor: i64| {
        change(
            n,
            ChangeKind::Edit,
            vec![cell(of, Some(0), 1, minor).into()],
        )
    };
    store.apply(put(1, 0, 100)).await.unwrap();
    store.apply(put(2, 1, 200)).await.unwrap();
    let first = store.goal_matrix(plan_id(0)).await.unwrap();
    let other = store.goal_matrix(plan_id(1)).await.unwrap();
    let organisation = store.organisation().await.unwrap();

    let deal = change(3, ChangeKind::Edit, vec![won(1, "2018-01-03", 500).into()]);
    store.apply(deal).await.unwrap();
    store.apply(put(4, 1, 201)).await.unwrap();
    let again = store.goal_matrix(plan_id(0)).await.unwrap();
    assert!(Arc::ptr_eq(&first, &again), "nothing of this plan changed");
    assert!(Arc::ptr_eq(
        &organisation,
        &store.organisation().await.unwrap()
    ));
    assert_eq!(other.minor, [200]);
    assert_eq!(store.goal_matrix(plan_id(1)).await.unwrap().minor, [201]);

    // Another program has the same store open.
    let reader = Store::open(dir.path(), &Key::Plain, OpenMode::ReadOnly)
        .await
        .unwrap();
    assert_eq!(reader.goal_matrix(plan_id(0)).await.unwrap().minor, [100]);
    store.apply(put(5, 0, 101)).await.unwrap();
    assert_eq!(store.goal_matrix(plan_id(0)).await.unwrap().minor, [101]);
    assert_eq!(reader.goal_matrix(plan_id(0)).await.unwrap().minor, [101]);
    store
        .take_back(change_id(5), LaterWork::Keep, header(6, ChangeKind::Undo))
        .await
        .unwrap();
    assert_eq!(store.goal_matrix(plan_id(0)).await.unwrap().minor, [100]);
    assert_eq!(reader.goal_matrix(plan_id(0)).await.unwrap().minor, [100]);

    store
        .apply(change(7, ChangeKind::Organisation, vec![person(7).into()]))
        .await
        .unwrap();
    for one in [&store, &reader] {
        let people = one.organisation().await.unwrap();
        assert!(
            people.people().any(|own| own.id == person_id(7)),
            "somebody new is seen"
        );
    }
}

#[tokio::test]
async fn packed_cells_that_were_tampered_with_are_named() {
    for (sql, place) in [
        (
            "UPDATE goal_pack_row SET minor = replace(minor, '1', '2')",
            "goal_pack_row ",
        ),
        ("UPDATE goal_pack_row SET minor = '1 x'", "goal_pack "),
        ("DELETE FROM goal_pack_row", "goal_pack_row "),
        ("DELETE FROM goal_pack", "goal_pack "),
    ] {
        let (dir, store) = store_with_plans().await;
        let cells = vec![cell(0, Some(0), 1, 100).into(), cell(0, None, 1, 50).into()];
        store
            .apply(change(1, ChangeKind::Edit, cells))
            .await
            .unwrap();
        assert!(store.verify().await.unwrap().is_ok(), "whole before");
        store.close().await.unwrap();
        let mut conn = raw(dir.path()).await;
        sqlx::raw_sql(sql).execute(&mut conn).await.unwrap();
        conn.close().await.unwrap();
        let store = Store::open(dir.path(), &Key::Plain, OpenMode::ReadOnly)
            .await
            .unwrap();
        let report = store.verify().await.unwrap();
        let named = report
            .findings
            .iter()
            .any(|one| one.check == "rollups" && one.place.starts_with(place));
        assert!(named, "{sql}: {:?}", report.findings);
    }
}

#[tokio::test]
async fn plans_of_an_older_store_are_packed_when_it_is_opened() {
    let (dir, store) = store_with_plans().await;
    let cells = vec![cell(0, Some(0), 1, 100).into(), cell(0, None, 3, 50).into()];
    store
        .apply(change(1, ChangeKind::Edit, cells))
        .await
        .unwrap();
    store.close().await.unwrap();
    let mut conn = raw(dir.path()).await;
    // What came with migration 20 and after it goes, children first.
    let back = "DROP TABLE statement_confirmation; DROP TABLE bonus_objective; \
        DROP TABLE plan_assignment; DROP TABLE adjustment_decision; DROP TABLE bonus_adjustment; \
        DROP TABLE bonus_step; DROP TABLE frozen_input; \
        DROP TABLE goal_pack; DROP TABLE goal_pack_row; PRAGMA user_version = 19";
    sqlx::raw_sql(back).execute(&mut conn).await.unwrap();
    conn.close().await.unwrap();
    let store = Store::open(dir.path(), &Key::Plain, OpenMode::ReadWrite)
        .await
        .unwrap();
    check_matrix(&store, 0).await;
    assert_eq!(store.goal_matrix(plan_id(0)).await.unwrap().minor.len(), 4);
    assert!(store.verify().await.unwrap().is_ok());
}
