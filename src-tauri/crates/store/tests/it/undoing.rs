//! Taking imports back.

use yeji_core::org::{OPEN_END, OPEN_START};
use yeji_store::{Alias, AliasKind, ChangeKind, Entity, Error, KeptBecause, Record};

use crate::fixture::*;

#[tokio::test]
async fn a_whole_import_goes_with_everything_it_brought() {
    let (_dir, store) = new_store().await;
    let mut rows = company();
    rows.extend((0..1_200).map(|n| Record::from(won(n, "2017-03-01", 5))));
    let count = rows.len() as u64;
    rows.push(
        Alias {
            source: "crm".to_owned(),
            kind: AliasKind::Product,
            from_text: "GTXPro".to_owned(),
            target: product_id(0).0,
        }
        .into(),
    );
    store.apply(import(1, rows)).await.unwrap();
    let outcome = store
        .undo_batch(batch_id(1), header(2, ChangeKind::UndoBatch))
        .await
        .unwrap();
    assert_eq!(
        (outcome.removed, outcome.restored, outcome.kept_count),
        (count + 1, 0, 0)
    );
    assert_eq!(store.organisation().await.unwrap().people().count(), 0);
    assert!(store.aliases("crm").await.unwrap().is_empty());
    assert!(
        store
            .batch(batch_id(1))
            .await
            .unwrap()
            .unwrap()
            .undone_at
            .is_some()
    );
    let report = store.verify().await.unwrap();
    assert!(report.is_ok() && report.rollup_rows == 0, "{report:?}");

    let again = store
        .undo_batch(batch_id(1), header(3, ChangeKind::UndoBatch))
        .await;
    assert!(matches!(again, Err(Error::UndoneAlready(_))), "{again:?}");
    let unknown = store
        .undo_batch(batch_id(9), header(3, ChangeKind::UndoBatch))
        .await;
    assert!(matches!(unknown, Err(Error::NoSuchBatch(_))), "{unknown:?}");
}

#[tokio::test]
async fn changed_rows_get_back_what_they_held() {
    let (_dir, store) = store_with_company().await;
    store
        .apply(import(1, vec![won(1, "2017-03-01", 5).into()]))
        .await
        .unwrap();
    let put = vec![
        won(1, "2017-05-01", 9).into(),
        won(2, "2017-05-02", 1).into(),
    ];
    store.apply(import(2, put)).await.unwrap();
    let outcome = store
        .undo_batch(batch_id(2), header(3, ChangeKind::UndoBatch))
        .await
        .unwrap();
    assert_eq!(
        (outcome.removed, outcome.restored, outcome.kept_count),
        (1, 1, 0)
    );
    assert_eq!(
        store.opportunity(deal_id(1)).await.unwrap(),
        Some(won(1, "2017-03-01", 5))
    );
    assert!(store.verify().await.unwrap().is_ok());

    let first = store
        .undo_batch(batch_id(1), header(4, ChangeKind::UndoBatch))
        .await
        .unwrap();
    assert_eq!(
        (first.removed, first.kept_count),
        (1, 0),
        "a restored row still belongs to its import"
    );
    assert!(store.verify().await.unwrap().is_ok());
}

#[tokio::test]
async fn later_work_is_kept_and_listed() {
    let (_dir, store) = store_with_company().await;
    // The import brings person 7 with a deal, and changes deal 1.
    store
        .apply(import(1, vec![won(1, "2017-03-01", 5).into()]))
        .await
        .unwrap();
    let mut theirs = won(3, "2017-06-01", 4);
    theirs.owner = person_id(7);
    let put = vec![
        person(7).into(),
        stay(7, 7, 1, OPEN_START, OPEN_END).into(),
        theirs.clone().into(),
        won(1, "2017-03-02", 6).into(),
        won(4, "2017-03-03", 8).into(),
    ];
    store.apply(import(2, put)).await.unwrap();
    // Later a person edits deals 1 and 4, and gives person 7 a deal of another import.
    let mut other = won(5, "2017-07-01", 2);
    other.owner = person_id(7);
    let put = vec![
        won(1, "2017-03-02", 7).into(),
        won(4, "2017-03-03", 9).into(),
        other.into(),
    ];
    store.apply(change(3, ChangeKind::Edit, put)).await.unwrap();

    let outcome = store
        .undo_batch(batch_id(2), header(4, ChangeKind::UndoBatch))
        .await
        .unwrap();
    let kept_stay = stay(7, 7, 1, OPEN_START, OPEN_END);
    let mut kept = outcome.kept.clone();
    kept.sort_by_key(|(entity, id, _)| (*entity, *id));
    assert_eq!(
        kept,
        [
            (Entity::Person, person_id(7).0, KeptBecause::ReferredTo),
            (Entity::Membership, kept_stay.id.0, KeptBecause::ReferredTo),
            (Entity::Opportunity, deal_id(1).0, KeptBecause::ChangedLater),
            (Entity::Opportunity, deal_id(4).0, KeptBecause::ChangedLater),
        ]
    );
    assert_eq!(outcome.kept_count, 4);
    assert_eq!((outcome.removed, outcome.restored), (1, 0), "deal 3");
    assert_eq!(
        store.opportunity(deal_id(1)).await.unwrap(),
        Some(won(1, "2017-03-02", 7))
    );
    let report = store.verify().await.unwrap();
    assert!(
        report.is_ok(),
        "the figures follow the stay that is kept: {:?}",
        report.findings
    );
}

#[tokio::test]
async fn a_row_changed_twice_by_one_import_gets_its_first_values() {
    let (_dir, store) = store_with_company().await;
    store
        .apply(import(1, vec![won(1, "2017-03-01", 1).into()]))
        .await
        .unwrap();
    let put = vec![
        won(1, "2017-03-01", 2).into(),
        won(1, "2017-03-01", 3).into(),
    ];
    store.apply(import(2, put)).await.unwrap();
    let outcome = store
        .undo_batch(batch_id(2), header(3, ChangeKind::UndoBatch))
        .await
        .unwrap();
    assert_eq!((outcome.restored, outcome.kept_count), (1, 0));
    assert_eq!(
        store.opportunity(deal_id(1)).await.unwrap(),
        Some(won(1, "2017-03-01", 1))
    );
}

#[tokio::test]
async fn rows_that_refer_to_their_own_table_go_too() {
    let (_dir, store) = new_store().await;
    // Parents have larger ids than their children here, so one round is not enough.
    let mut rows: Vec<Record> = Vec::new();
    for n in 0..4 {
        let mut one = unit(n + 1);
        one.parent = (n < 3).then(|| unit_id(n + 2));
        rows.push(one.into());
    }
    store.apply(import(1, rows)).await.unwrap();
    let outcome = store
        .undo_batch(batch_id(1), header(2, ChangeKind::UndoBatch))
        .await
        .unwrap();
    assert_eq!((outcome.removed, outcome.kept_count), (4, 0));
}

#[tokio::test]
async fn an_older_import_undone_first_does_not_come_back() {
    let (_dir, store) = store_with_company().await;
    let put = vec![
        won(1, "2017-03-01", 5).into(),
        won(2, "2017-03-02", 7).into(),
    ];
    store.apply(import(1, put)).await.unwrap();
    let put = vec![won(1, "2017-05-01", 9).into()];
    store.apply(import(2, put)).await.unwrap();
    let older = store
        .undo_batch(batch_id(1), header(3, ChangeKind::UndoBatch))
        .await
        .unwrap();
    assert_eq!(
        (older.removed, older.kept_count),
        (1, 1),
        "deal 1 was changed later and is kept"
    );
    let newer = store
        .undo_batch(batch_id(2), header(4, ChangeKind::UndoBatch))
        .await
        .unwrap();
    assert_eq!(newer.kept_count, 0, "{newer:?}");
    assert_eq!(
        store.opportunity(deal_id(1)).await.unwrap(),
        None,
        "both imports that ever wrote it are undone"
    );
    assert!(store.verify().await.unwrap().is_ok());
}

#[tokio::test]
async fn a_setting_stays_when_its_import_is_undone() {
    let (_dir, store) = store_with_company().await;
    let currency = yeji_store::Setting {
        key: "currency".to_owned(),
        value: "USD".into(),
    };
    store.apply(import(1, vec![currency.into()])).await.unwrap();
    store
        .undo_batch(batch_id(1), header(2, ChangeKind::UndoBatch))
        .await
        .unwrap();
    assert_eq!(
        store.setting("currency").await.unwrap(),
        Some("USD".into()),
        "later imports count on it"
    );
}

#[tokio::test]
async fn what_a_later_import_held_goes_with_it() {
    let (_dir, store) = new_store().await;
    let count = company().len() as u64;
    store.apply(import(1, company())).await.unwrap();
    store
        .apply(import(2, vec![won(1, "2017-03-01", 5).into()]))
        .await
        .unwrap();
    let older = store
        .undo_batch(batch_id(1), header(3, ChangeKind::UndoBatch))
        .await
        .unwrap();
    assert!(
        older.kept_count > 0,
        "the deal still refers to its owner, customer and product"
    );
    let newer = store
        .undo_batch(batch_id(2), header(4, ChangeKind::UndoBatch))
        .await
        .unwrap();
    assert_eq!(
        older.removed + newer.removed,
        count + 1,
        "nothing of either import is left"
    );
    assert_eq!(store.organisation().await.unwrap().people().count(), 0);
    assert!(store.customers().await.unwrap().is_empty());
    assert!(store.verify().await.unwrap().is_ok());
}
