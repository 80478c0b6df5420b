//! Customers that turn out to be one.

use yeji_core::ids::CustomerId;
use yeji_intake::Kind;

use super::facts::World;
use crate::api::NoArgs;
use crate::api::data::MergeCustomers;
use crate::api::history::ListHistory;

async fn customer(world: &World, number: &str) -> CustomerId {
    let customers = world.app.store().unwrap().customers().await.unwrap();
    let mut found = customers
        .iter()
        .filter(|one| one.origin.external_id == number);
    found.next().unwrap().id
}

#[tokio::test]
async fn merged_customers_share_everything_and_come_apart_again() {
    let world = World::before(Kind::Goals).await;
    world
        .csv(
            Kind::Customers,
            "customer_id,account\nC-2,宏远贸易\nC-3,新禾食品集团\n",
        )
        .await;
    let pairs = world.app.list_duplicates(NoArgs {}).await.unwrap();
    assert_eq!(pairs.len(), 1, "{pairs:?}");
    assert!(
        pairs[0].reasons.contains(&"same_name".to_owned()),
        "{pairs:?}"
    );
    let (old, new) = (
        customer(&world, "C-1001").await,
        customer(&world, "C-2").await,
    );
    let args = MergeCustomers {
        customer: old,
        into: new,
    };
    let merged = world.app.merge_customers(args).await.unwrap();
    // A deal, a contact, a contract, an invoice, an interaction, an answer.
    assert_eq!(merged.rows, 6);
    let store = world.app.store().unwrap();
    let owned = async |id: CustomerId| {
        let rows = store
            .referring_records(yeji_store::Entity::Customer, id.0)
            .await;
        rows.unwrap().len()
    };
    assert_eq!((owned(old).await, owned(new).await), (0, 6));
    assert!(
        world
            .app
            .list_duplicates(NoArgs {})
            .await
            .unwrap()
            .is_empty()
    );
    assert!(
        world.app.merge_customers(args).await.is_err(),
        "it is merged"
    );
    let report = store.verify().await.unwrap();
    assert!(report.findings.is_empty(), "figures follow: {report:?}");
    // Who asks for either of the two is told of it.
    for id in [old, new] {
        let args = ListHistory {
            entity: "customer".to_owned(),
            id: id.0,
            cursor: None,
        };
        let lines = world.app.list_history(args).await.unwrap().rows;
        let what = &lines[0].change.what;
        assert_eq!(what.code, "change_merge_customers", "{lines:?}");
        assert_eq!(what.params["other"], "宏远贸易", "{what:?}");
        assert!(lines[0].record.fields.is_empty());
    }
    // The old number in a later file means the one that stays.
    let again = world.template(Kind::Contracts).await;
    assert!(again.nothing_to_do, "{again:?}");
    world
        .csv(Kind::Contacts, "contact_id,customer,name\nK9,C-1001,Ann\n")
        .await;
    assert_eq!(owned(new).await, 7);
    let back = world.app.unmerge_customer(args).await.unwrap();
    assert_eq!(back.rows, 6);
    // What came after the merge stays where it was put.
    assert_eq!((owned(old).await, owned(new).await), (6, 1));
    let report = store.verify().await.unwrap();
    assert!(report.findings.is_empty(), "{report:?}");
    assert!(
        world.app.unmerge_customer(args).await.is_err(),
        "it is apart"
    );
}
