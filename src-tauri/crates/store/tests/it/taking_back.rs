//! Taking changes of people back, and doing them again.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use sqlx::{Column as _, Row as _, ValueRef as _};
use uuid::Uuid;
use yeji_core::facts::Stage;
use yeji_core::ids::ChangeId;
use yeji_core::org::{OPEN_END, OPEN_START};
use yeji_store::{
    ChangeKind, Entity, Error, KeptBecause, LaterWork, Record, Setting, Store, UndoOutcome,
};

use crate::fixture::*;

async fn edit(store: &Store, n: u32, put: Vec<Record>) {
    store.apply(change(n, ChangeKind::Edit, put)).await.unwrap();
}

async fn undo(store: &Store, n: u32, of: u32) -> yeji_store::Result<UndoOutcome> {
    let header = header(n, ChangeKind::Undo);
    store
        .take_back(change_id(of), LaterWork::Keep, header)
        .await
}

fn setting(value: &str) -> Record {
    Setting {
        key: "theme".to_owned(),
        value: value.into(),
    }
    .into()
}

#[tokio::test]
async fn an_edit_is_taken_back_and_done_again() {
    let (_dir, store) = store_with_company().await;
    edit(
        &store,
        1,
        vec![won(1, "2017-03-01", 5).into(), setting("light")],
    )
    .await;
    let mut next = change(
        2,
        ChangeKind::Edit,
        vec![won(2, "2017-04-01", 7).into(), setting("dark")],
    );
    next.delete = vec![(Entity::Opportunity, deal_id(1).0)];
    store.apply(next).await.unwrap();

    let back = undo(&store, 3, 2).await.unwrap();
    assert_eq!((back.removed, back.restored, back.kept_count), (1, 2, 0));
    assert_eq!(back.applied.kind, ChangeKind::Undo);
    assert_eq!(
        store.opportunity(deal_id(1)).await.unwrap(),
        Some(won(1, "2017-03-01", 5)),
        "what was deleted is there again"
    );
    assert_eq!(store.opportunity(deal_id(2)).await.unwrap(), None);
    assert_eq!(store.setting("theme").await.unwrap(), Some("light".into()));
    assert!(
        store
            .change(change_id(2))
            .await
            .unwrap()
            .unwrap()
            .taken_back
    );

    let again = undo(&store, 4, 2).await;
    assert!(
        matches!(again, Err(Error::TakenBackAlready(_))),
        "{again:?}"
    );

    let redo = undo(&store, 4, 3).await.unwrap();
    assert_eq!(redo.applied.kind, ChangeKind::Redo);
    assert_eq!(store.opportunity(deal_id(1)).await.unwrap(), None);
    assert_eq!(
        store.opportunity(deal_id(2)).await.unwrap(),
        Some(won(2, "2017-04-01", 7))
    );
    assert_eq!(store.setting("theme").await.unwrap(), Some("dark".into()));
    assert!(
        !store
            .change(change_id(2))
            .await
            .unwrap()
            .unwrap()
            .taken_back
    );
    let twice = undo(&store, 5, 3).await;
    assert!(
        matches!(twice, Err(Error::TakenBackAlready(_))),
        "{twice:?}"
    );
    let redo_back = undo(&store, 5, 4).await;
    assert!(
        matches!(
            redo_back,
            Err(Error::CannotTakeBack {
                kind: ChangeKind::Redo,
                ..
            })
        ),
        "the change itself is taken back instead: {redo_back:?}"
    );
    undo(&store, 5, 2).await.unwrap();
    assert_eq!(store.setting("theme").await.unwrap(), Some("light".into()));
    let report = store.verify().await.unwrap();
    assert!(report.is_ok(), "{:?}", report.findings);
}

#[tokio::test]
async fn later_work_is_kept_or_ends_the_whole() {
    let (_dir, store) = store_with_company().await;
    let put = vec![
        won(1, "2017-03-01", 1).into(),
        won(2, "2017-03-02", 2).into(),
    ];
    edit(&store, 1, put).await;
    let put = vec![
        won(1, "2017-03-01", 10).into(),
        won(2, "2017-03-02", 20).into(),
    ];
    edit(&store, 2, put).await;
    edit(&store, 3, vec![won(2, "2017-03-02", 200).into()]).await;

    let header4 = header(4, ChangeKind::Undo);
    let refused = store
        .take_back(change_id(2), LaterWork::Refuse, header4)
        .await;
    assert!(
        matches!(
            refused,
            Err(Error::LaterWork { entity: Entity::Opportunity, id, rows: 1, by: Some(4) })
                if id == deal_id(2).0
        ),
        "{refused:?}"
    );
    assert_eq!(
        store.opportunity(deal_id(1)).await.unwrap(),
        Some(won(1, "2017-03-01", 10)),
        "nothing of a refused undo is kept"
    );
    let kept = undo(&store, 4, 2).await.unwrap();
    assert_eq!((kept.restored, kept.kept_count), (1, 1));
    assert_eq!(
        kept.kept,
        [(Entity::Opportunity, deal_id(2).0, KeptBecause::ChangedLater)]
    );
    undo(&store, 5, 3).await.unwrap();
    assert_eq!(
        store.opportunity(deal_id(2)).await.unwrap(),
        Some(won(2, "2017-03-02", 2)),
        "with the later work gone too, nothing of a change that was taken back comes up again"
    );
    assert!(store.verify().await.unwrap().is_ok());
}

#[tokio::test]
async fn what_others_refer_to_stays() {
    let (_dir, store) = store_with_company().await;
    let put = vec![person(7).into(), stay(7, 7, 1, OPEN_START, OPEN_END).into()];
    store
        .apply(change(1, ChangeKind::Organisation, put))
        .await
        .unwrap();
    let mut deal = won(1, "2017-03-01", 5);
    deal.owner = person_id(7);
    edit(&store, 2, vec![deal.into()]).await;
    let outcome = undo(&store, 3, 1).await.unwrap();
    assert_eq!(outcome.removed, 1, "the stay");
    assert_eq!(
        outcome.kept,
        [(Entity::Person, person_id(7).0, KeptBecause::ReferredTo)]
    );
    assert!(store.verify().await.unwrap().is_ok());
}

#[tokio::test]
async fn what_cannot_be_taken_back_says_so_and_leaves_nothing() {
    let (_dir, store) = store_with_company().await;
    store
        .apply(import(1, vec![won(1, "2017-03-01", 5).into()]))
        .await
        .unwrap();
    let import = undo(&store, 2, 1).await;
    assert!(
        matches!(
            import,
            Err(Error::CannotTakeBack {
                kind: ChangeKind::Import,
                ..
            })
        ),
        "the log does not hold its new rows: {import:?}"
    );
    let unknown = undo(&store, 2, 99).await;
    assert!(
        matches!(unknown, Err(Error::NoSuchChange(_))),
        "{unknown:?}"
    );
    edit(&store, 3, vec![won(2, "2017-03-01", 5).into()]).await;
    edit(&store, 4, vec![won(2, "2017-03-01", 6).into()]).await;
    let nothing = undo(&store, 5, 3).await;
    assert!(
        matches!(nothing, Err(Error::NothingToTakeBack { kept: 1, .. })),
        "an undo that does nothing is none: {nothing:?}"
    );
    let seqs = store.changes(None, 10).await.unwrap();
    assert_eq!(seqs.total, 4, "refusals leave no entry");
    edit(&store, 5, vec![won(3, "2017-03-01", 5).into()]).await;
}

#[tokio::test]
async fn a_unit_and_what_stands_below_it_go_and_come_back_together() {
    let (_dir, store) = store_with_company().await;
    let mut below = unit(6);
    below.parent = Some(unit_id(7));
    let mut above = unit(7);
    above.parent = Some(unit_id(0));
    let put: Vec<Record> = vec![below.clone().into(), above.into()];
    store
        .apply(change(1, ChangeKind::Organisation, put))
        .await
        .unwrap();
    let gone = undo(&store, 2, 1).await.unwrap();
    assert_eq!(
        (gone.removed, gone.kept_count),
        (2, 0),
        "the parent has the larger id"
    );
    let back = undo(&store, 3, 2).await.unwrap();
    assert_eq!((back.restored, back.kept_count), (2, 0));
    let organisation = store.organisation().await.unwrap();
    assert_eq!(organisation.unit(unit_id(6)), Some(&below));
}

/// Every row of every table of facts and rollups as text; logs and bookkeeping of batches aside.
async fn content(dir: &std::path::Path) -> BTreeMap<String, Vec<String>> {
    let mut conn = raw(dir).await;
    let mut content = BTreeMap::new();
    let mut tables: Vec<&str> = Entity::ALL.iter().map(|entity| entity.code()).collect();
    tables.extend(["rollup", "customer_value", "goal_pack_row"]);
    for table in tables {
        let sql = format!("SELECT * FROM {table}");
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
            .fetch_all(&mut conn)
            .await
            .unwrap();
        let mut texts: Vec<String> = rows
            .iter()
            .map(|row| {
                let values: Vec<String> = (0..row.columns().len())
                    .map(|index| {
                        let name = row.columns()[index].name();
                        let value = row.try_get_raw(index).unwrap();
                        let text = if value.is_null() {
                            "null".to_owned()
                        } else if let Ok(number) = row.try_get::<i64, _>(index) {
                            number.to_string()
                        } else if let Ok(text) = row.try_get::<String, _>(index) {
                            text
                        } else {
                            format!("{:?}", row.try_get::<Vec<u8>, _>(index).unwrap())
                        };
                        format!("{name}={text}")
                    })
                    .collect();
                values.join(" ")
            })
            .filter(|text| {
                // A rollup whose figures are all zero says nothing.
                table != "rollup"
                    || !text.ends_with("won_minor=0 won_count=0 lost_count=0 opened_count=0")
            })
            .collect();
        texts.sort();
        content.insert(table.to_owned(), texts);
    }
    content
}

#[derive(Debug, Clone)]
enum Step {
    Deal {
        n: u32,
        owner: u32,
        won: bool,
        minor: i64,
        day: u32,
    },
    Deals {
        first: u32,
        count: u32,
        minor: i64,
    },
    DeleteDeal(u32),
    Stay {
        n: u32,
        person: u32,
        team: u32,
        from: u32,
        days: u32,
    },
    DeleteStay(u32),
    Person(u32),
    Type(u32, Option<u8>),
    Setting(u32),
    Swap(u32, u32),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (0_u32..6, 0_u32..5, any::<bool>(), -500_i64..1_000, 1_u32..28)
            .prop_map(|(n, owner, won, minor, day)| Step::Deal { n, owner, won, minor, day }),
        1 => (0_u32..6, 1_u32..5, 1_i64..1_000)
            .prop_map(|(first, count, minor)| Step::Deals { first, count, minor }),
        2 => (0_u32..6).prop_map(Step::DeleteDeal),
        2 => (0_u32..5, 0_u32..5, 1_u32..4, 1_u32..20, 1_u32..60)
            .prop_map(|(n, person, team, from, days)| Step::Stay { n, person, team, from, days }),
        1 => (0_u32..5).prop_map(Step::DeleteStay),
        2 => (3_u32..5).prop_map(Step::Person),
        1 => (0_u32..3, proptest::option::of(0_u8..2)).prop_map(|(n, t)| Step::Type(n, t)),
        1 => (0_u32..3).prop_map(Step::Setting),
        1 => (0_u32..6, 0_u32..6).prop_map(|(gone, new)| Step::Swap(gone, new)),
    ]
}

async fn has(store: &Store, entity: Entity, id: Uuid) -> bool {
    store.record(entity, id).await.unwrap().is_some()
}

/// The rows of a step; people 3 and 4 come by steps only, so what refers to them may be left out.
async fn rows(store: &Store, step: &Step) -> (Vec<Record>, Vec<(Entity, Uuid)>) {
    let deal = |n: u32, owner: u32, is_won: bool, minor: i64, day_of: u32| {
        let mut deal = won(n, &format!("2017-03-{day_of:02}"), minor);
        deal.owner = person_id(owner);
        deal.stage = if is_won { Stage::Won } else { Stage::Proposal };
        Record::from(deal)
    };
    match step {
        Step::Deal {
            n,
            owner,
            won,
            minor,
            day,
        } => {
            if !has(store, Entity::Person, person_id(*owner).0).await {
                return (Vec::new(), Vec::new());
            }
            (vec![deal(*n, *owner, *won, *minor, *day)], Vec::new())
        }
        Step::Deals {
            first,
            count,
            minor,
        } => {
            let all = (*first..first + count).map(|n| deal(n, n % 3, true, *minor, 5));
            (all.collect(), Vec::new())
        }
        Step::DeleteDeal(n) if has(store, Entity::Opportunity, deal_id(*n).0).await => {
            (Vec::new(), vec![(Entity::Opportunity, deal_id(*n).0)])
        }
        Step::Stay {
            n,
            person: who,
            team,
            from,
            days,
        } => {
            if !has(store, Entity::Person, person_id(*who).0).await {
                return (Vec::new(), Vec::new());
            }
            let from = day(&format!("2017-03-{from:02}"));
            let to = from + chrono::Days::new(u64::from(*days));
            (vec![stay(*n, *who, *team, from, to).into()], Vec::new())
        }
        Step::DeleteStay(n) if has(store, Entity::Membership, id(8, *n)).await => {
            (Vec::new(), vec![(Entity::Membership, id(8, *n))])
        }
        Step::Person(n) => (vec![person(*n).into()], Vec::new()),
        Step::Type(n, kind) => {
            let kind = kind.map(|kind| ["medical", "retail"][usize::from(kind)]);
            (vec![customer(*n, kind).into()], Vec::new())
        }
        Step::Setting(n) => (vec![setting(&n.to_string())], Vec::new()),
        Step::Swap(gone, new) if gone != new => {
            if !has(store, Entity::Opportunity, deal_id(*gone).0).await {
                return (Vec::new(), Vec::new());
            }
            // The new one takes the identity of the one that goes.
            let Record::Opportunity(mut other) = deal(*new, 0, true, 3, 9) else {
                return (Vec::new(), Vec::new());
            };
            other.id = yeji_core::ids::OpportunityId(id(9, *new));
            other.origin.external_id = format!("S{new}");
            (
                vec![other.into()],
                vec![(Entity::Opportunity, deal_id(*gone).0)],
            )
        }
        _ => (Vec::new(), Vec::new()),
    }
}

/// Applies steps as changes 1, 2, ...; those that do nothing are left out.
async fn run(store: &Store, steps: &[Step]) -> Vec<ChangeId> {
    let mut done = Vec::new();
    for (n, step) in (1_u32..).zip(steps) {
        let (put, delete) = rows(store, step).await;
        let mut change = change(n, ChangeKind::Edit, put);
        change.delete = delete;
        store.apply(change).await.unwrap();
        done.push(change_id(n));
    }
    done
}

fn property<S: Strategy>(cases: u32, strategy: &S, test: impl AsyncFn(S::Value)) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let mut runner = TestRunner::new(Config {
        cases,
        failure_persistence: None,
        ..Config::default()
    });
    runner
        .run(strategy, |value| {
            runtime.block_on(test(value));
            Ok(())
        })
        .unwrap();
}

#[test]
fn taking_all_back_in_reverse_gives_the_beginning_and_doing_all_again_the_end() {
    let steps = proptest::collection::vec(step(), 1..10);
    property(24, &steps, async |steps: Vec<Step>| {
        let (dir, store) = store_with_company().await;
        let beginning = content(dir.path()).await;
        let done = run(&store, &steps).await;
        let end = content(dir.path()).await;
        let mut undone = Vec::new();
        let mut n = 1_000;
        for id in done.iter().rev() {
            n += 1;
            let header = header(n, ChangeKind::Undo);
            match store.take_back(*id, LaterWork::Refuse, header).await {
                Ok(_) => undone.push(change_id(n)),
                // A step that changed nothing.
                Err(Error::NothingToTakeBack { kept: 0, .. }) => {}
                Err(error) => panic!("{error}"),
            }
        }
        assert_eq!(
            content(dir.path()).await,
            beginning,
            "nothing is left of them"
        );
        for id in undone.iter().rev() {
            n += 1;
            let header = header(n, ChangeKind::Undo);
            store
                .take_back(*id, LaterWork::Refuse, header)
                .await
                .unwrap();
        }
        assert_eq!(
            content(dir.path()).await,
            end,
            "redo is exact, bookkeeping included"
        );
        let report = store.verify().await.unwrap();
        assert!(report.is_ok(), "{:?}", report.findings);
    });
}

#[test]
fn taking_back_in_any_order_leaves_a_whole_store() {
    let strategy = (
        proptest::collection::vec(step(), 2..10),
        proptest::collection::vec(any::<proptest::sample::Index>(), 2..14),
    );
    property(
        32,
        &strategy,
        async |(steps, order): (Vec<Step>, Vec<proptest::sample::Index>)| {
            let (_dir, store) = store_with_company().await;
            let mut all = run(&store, &steps).await;
            for (n, index) in (1_000_u32..).zip(&order) {
                let which = *index.get(&all);
                let header = header(n, ChangeKind::Undo);
                match store.take_back(which, LaterWork::Keep, header).await {
                    Ok(_) => all.push(change_id(n)),
                    Err(
                        Error::NothingToTakeBack { .. }
                        | Error::TakenBackAlready(_)
                        | Error::CannotTakeBack { .. }
                        | Error::Duplicate { .. },
                    ) => {}
                    Err(error) => panic!("{error}"),
                }
            }
            let report = store.verify().await.unwrap();
            assert!(
                report.is_ok(),
                "no orphans, no stale figures: {:?}",
                report.findings
            );
        },
    );
}
