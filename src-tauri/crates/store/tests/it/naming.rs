//! Undo beside merges of customers: whom the imports named is what an earlier version was brought for.

use serde_json::json;
use yeji_core::facts::Opportunity;
use yeji_core::ids::CustomerId;
use yeji_store::{
    ChangeHeader, ChangeKind, ComingApart, CustomerRedirect, Entity, KeptBecause, LaterWork,
    NamedCustomer, Record, Store,
};

use crate::fixture::*;

fn deal(n: u32, customer: u32, minor: i64) -> Opportunity {
    Opportunity {
        customer: Some(customer_id(customer)),
        ..won(n, "2017-03-01", minor)
    }
}

fn import_header(n: u32) -> ChangeHeader {
    ChangeHeader {
        batch: Some(batch(n)),
        ..header(n, ChangeKind::Import)
    }
}

/// An import as change and batch `n`: each deal with whom the file named.
async fn says(store: &Store, n: u32, deals: &[(Opportunity, u32)]) {
    let mut tx = store.begin(import_header(n)).await.unwrap();
    let rows: Vec<Record> = deals.iter().map(|(deal, _)| deal.clone().into()).collect();
    tx.put(&rows).await.unwrap();
    let named = deals.iter().map(|(deal, customer)| NamedCustomer {
        entity: Entity::Opportunity,
        row: deal.id.0,
        customer: customer_id(*customer),
    });
    tx.name_customers(&named.collect::<Vec<_>>()).await.unwrap();
    tx.commit().await.unwrap();
}

fn redirect(moved: &[&Opportunity]) -> CustomerRedirect {
    let rows = moved.iter().map(|deal| (Entity::Opportunity, deal.id.0));
    CustomerRedirect {
        customer: customer_id(1),
        target: customer_id(0),
        moved: json!(rows.collect::<Vec<_>>()),
    }
}

/// Customer 1 becomes customer 0, which gets these deals.
async fn merge(store: &Store, n: u32, moved: &[&Opportunity]) {
    let mut put = vec![Record::from(redirect(moved))];
    put.extend(moved.iter().map(|one| {
        let customer = Some(customer_id(0));
        let one = (*one).clone();
        Record::from(Opportunity { customer, ..one })
    }));
    store.apply(change(n, ChangeKind::Edit, put)).await.unwrap();
}

/// Takes them apart; these deals are customer 1's.
async fn unmerge(store: &Store, n: u32, back: &[Opportunity]) {
    let put = back.iter().cloned().map(Record::from).collect();
    let mut change = change(n, ChangeKind::Edit, put);
    let id = Record::from(redirect(&[])).id();
    change.delete.push((Entity::CustomerRedirect, id));
    store.apply(change).await.unwrap();
}

async fn undo(store: &Store, n: u32, by: u32) {
    let header = header(by, ChangeKind::UndoBatch);
    let undone = store.undo_batch(batch_id(n), header).await.unwrap();
    assert_eq!(undone.kept_count, 0, "{undone:?}");
    let report = store.verify().await.unwrap();
    assert!(report.is_ok(), "{report:?}");
}

async fn now(store: &Store, n: u32) -> Option<(CustomerId, i64)> {
    let deal = store.opportunity(deal_id(n)).await.unwrap()?;
    Some((deal.customer?, deal.amount?.minor))
}

#[tokio::test]
async fn a_version_that_was_brought_for_a_merged_customer_comes_back_for_it() {
    for apart_first in [true, false] {
        let (_dir, store) = store_with_company().await;
        merge(&store, 1, &[]).await;
        says(&store, 2, &[(deal(1, 0, 5), 1)]).await;
        says(&store, 3, &[(deal(1, 0, 7), 1)]).await;
        if apart_first {
            unmerge(&store, 4, &[deal(1, 1, 7)]).await;
            undo(&store, 3, 5).await;
            assert_eq!(now(&store, 1).await, Some((customer_id(1), 5)));
        } else {
            undo(&store, 3, 5).await;
            assert_eq!(now(&store, 1).await, Some((customer_id(0), 5)));
        }
        let named = store.customers_named(0).await.unwrap();
        let named: Vec<_> = named
            .iter()
            .map(|one| (one.named.customer, one.seq))
            .collect();
        assert_eq!(named, [(customer_id(1), 3)], "the word that stands");
    }
}

/// The newest word counts, though it wrote no row; and no longer once its import is taken back.
#[tokio::test]
async fn the_last_import_that_stands_says_whose_an_earlier_version_is() {
    for taken_back in [false, true] {
        let (_dir, store) = store_with_company().await;
        merge(&store, 1, &[]).await;
        says(&store, 2, &[(deal(1, 0, 5), 1)]).await;
        says(&store, 3, &[(deal(1, 0, 5), 0)]).await;
        says(&store, 4, &[(deal(1, 0, 7), 1)]).await;
        unmerge(&store, 5, &[deal(1, 1, 7)]).await;
        if taken_back {
            undo(&store, 3, 6).await;
            assert_eq!(now(&store, 1).await, Some((customer_id(1), 7)));
        }
        undo(&store, 4, 7).await;
        let customer = u32::from(taken_back);
        assert_eq!(now(&store, 1).await, Some((customer_id(customer), 5)));
    }
}

/// Taken apart, a row was given to whom an import named that wrote nothing else of it.
#[tokio::test]
async fn a_row_that_an_import_only_named_is_the_former_customers_without_it() {
    let (_dir, store) = store_with_company().await;
    says(&store, 1, &[(deal(1, 1, 5), 1)]).await;
    merge(&store, 2, &[&deal(1, 1, 5)]).await;
    says(&store, 3, &[(deal(1, 0, 5), 0)]).await;
    unmerge(&store, 4, &[]).await;
    assert_eq!(now(&store, 1).await, Some((customer_id(0), 5)));
    undo(&store, 3, 5).await;
    assert_eq!(now(&store, 1).await, Some((customer_id(1), 5)));
    undo(&store, 1, 6).await;
    assert_eq!(now(&store, 1).await, None);
}

#[tokio::test]
async fn a_merge_that_is_taken_back_gives_back_named_rows_as_their_imports_versions() {
    let (_dir, store) = store_with_company().await;
    says(&store, 1, &[(deal(1, 1, 5), 1)]).await;
    merge(&store, 2, &[&deal(1, 1, 5)]).await;
    says(&store, 3, &[(deal(2, 0, 7), 1), (deal(3, 0, 9), 0)]).await;
    let row = |n| (Entity::Opportunity, deal_id(n).0);
    let apart = ComingApart {
        target: customer_id(0),
        rows: [
            (row(1), customer_id(1)),
            (row(2), customer_id(1)),
            (row(3), customer_id(0)),
        ]
        .into(),
    };
    let taken_back = |change, by, apart| {
        let header = header(by, ChangeKind::Undo);
        store.take_back_apart(change_id(change), LaterWork::Refuse, apart, header)
    };
    let all = async || {
        [
            now(&store, 1).await,
            now(&store, 2).await,
            now(&store, 3).await,
        ]
    };
    let given = |customers: [u32; 3]| {
        let [one, two, three] = customers.map(customer_id);
        [Some((one, 5)), Some((two, 7)), Some((three, 9))]
    };
    taken_back(2, 4, Some(&apart)).await.unwrap();
    assert_eq!(all().await, given([1, 1, 0]));
    taken_back(4, 5, None).await.unwrap();
    assert_eq!(all().await, given([0, 0, 0]), "done again");
    taken_back(2, 6, Some(&apart)).await.unwrap();
    undo(&store, 3, 7).await;
    assert_eq!(all().await, [Some((customer_id(1), 5)), None, None]);
}

/// The merge is taken back before the import that only named another customer: the version is the first one's.
#[tokio::test]
async fn a_version_that_a_taken_back_merge_gave_away_is_whose_it_was_written() {
    let (_dir, store) = store_with_company().await;
    merge(&store, 1, &[]).await;
    store
        .apply(import(2, vec![deal(1, 0, 5).into()]))
        .await
        .unwrap();
    let mut tx = store.begin(import_header(3)).await.unwrap();
    let row = (Entity::Opportunity, deal_id(1).0);
    let named = NamedCustomer {
        entity: row.0,
        row: row.1,
        customer: customer_id(1),
    };
    tx.name_customers(&[named]).await.unwrap();
    tx.commit().await.unwrap();
    let apart = ComingApart {
        target: customer_id(0),
        rows: [(row, customer_id(1))].into(),
    };
    let header = header(4, ChangeKind::Undo);
    let back = store.take_back_apart(change_id(1), LaterWork::Refuse, Some(&apart), header);
    back.await.unwrap();
    assert_eq!(now(&store, 1).await, Some((customer_id(1), 5)));
    undo(&store, 3, 5).await;
    assert_eq!(now(&store, 1).await, Some((customer_id(0), 5)));
}

/// A customer whom words name that can count again stays, though no row is its own when its import goes.
#[tokio::test]
async fn a_customer_stays_that_the_words_which_are_left_may_name_again() {
    let (_dir, store) = store_with_company().await;
    let gone = customer(5, None).into();
    store.apply(import(1, vec![gone])).await.unwrap();
    let record = Record::from(CustomerRedirect {
        customer: customer_id(5),
        ..redirect(&[])
    });
    let id = record.id();
    store
        .apply(change(2, ChangeKind::Edit, vec![record]))
        .await
        .unwrap();
    says(&store, 3, &[(deal(1, 0, 5), 5)]).await;
    let mut tx = store.begin(import_header(5)).await.unwrap();
    let named = NamedCustomer {
        entity: Entity::Opportunity,
        row: deal_id(1).0,
        customer: customer_id(0),
    };
    tx.name_customers(&[named]).await.unwrap();
    tx.commit().await.unwrap();
    let mut end = change(6, ChangeKind::Edit, vec![]);
    end.delete.push((Entity::CustomerRedirect, id));
    store.apply(end).await.unwrap();
    let header = header(7, ChangeKind::UndoBatch);
    let undone = store.undo_batch(batch_id(1), header).await.unwrap();
    let why = KeptBecause::NamedEarlier;
    assert_eq!(undone.kept, [(Entity::Customer, customer_id(5).0, why)]);
    assert_eq!(now(&store, 1).await, Some((customer_id(0), 5)));
    undo(&store, 5, 8).await;
    assert_eq!(now(&store, 1).await, Some((customer_id(5), 5)));
}

/// A file with two tables of deals may say two customers of one deal: the second is whose it was brought for.
#[tokio::test]
async fn a_deal_that_one_import_said_twice_is_whom_it_said_last() {
    let (_dir, store) = store_with_company().await;
    let mut tx = store.begin(import_header(1)).await.unwrap();
    for customer in [2, 1] {
        tx.put(&[deal(1, customer, 5).into()]).await.unwrap();
    }
    tx.commit().await.unwrap();
    merge(&store, 2, &[&deal(1, 1, 5)]).await;
    says(&store, 3, &[(deal(1, 0, 7), 1)]).await;
    undo(&store, 3, 4).await;
    assert_eq!(now(&store, 1).await, Some((customer_id(0), 5)));
}

/// A merge after the newest import is nobody's edit of it, whatever was taken back before.
#[tokio::test]
async fn a_deal_that_was_only_merged_since_its_newest_import_is_no_edited_one() {
    let (_dir, store) = store_with_company().await;
    says(&store, 1, &[(deal(1, 1, 5), 1)]).await;
    says(&store, 2, &[(deal(1, 1, 9), 1)]).await;
    undo(&store, 2, 3).await;
    says(&store, 4, &[(deal(1, 1, 9), 1)]).await;
    merge(&store, 5, &[&deal(1, 1, 9)]).await;
    let sources = ["crm".to_owned()];
    let brought = store
        .as_imported(Entity::Opportunity, &sources)
        .await
        .unwrap();
    assert!(brought.is_empty(), "{brought:?}");
}
