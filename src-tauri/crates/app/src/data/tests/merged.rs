//! Customers that turn out to be one.

use yeji_core::ids::CustomerId;
use yeji_intake::Kind;

use yeji_store::DealQuery;

use super::facts::World;
use super::{OpenImport, reasons};
use crate::api::NoArgs;
use crate::api::data::{ImportDecisions, ImportRequest, MergeCustomers};
use crate::host::no_progress;

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

/// The file of customers comes again every month, and has the old customer too.
#[tokio::test]
async fn a_merge_holds_when_the_customers_come_again_with_their_deals() {
    let world = World::before(Kind::Goals).await;
    let people = "customer_id,account\nC-1001,宏远贸易有限公司\nC-2,宏远贸易\n";
    world.csv(Kind::Customers, people).await;
    let (old, new) = (
        customer(&world, "C-1001").await,
        customer(&world, "C-2").await,
    );
    let remembered = ImportDecisions {
        aliases: [(
            "customer:宏远".to_owned(),
            Some("宏远贸易有限公司".to_owned()),
        )]
        .into(),
        ..ImportDecisions::default()
    };
    let deal = |number: &str, name: &str| {
        format!(
            "deal_id,owner,customer,stage,closed_on,amount\n{number},10001,{name},赢单,2026-03-04,5\n"
        )
    };
    let kind = Some(Kind::Opportunities);
    world
        .file_with("a.csv", deal("D1", "宏远").as_bytes(), kind, remembered)
        .await
        .unwrap();
    let merge = MergeCustomers {
        customer: old,
        into: new,
    };
    world.app.merge_customers(merge).await.unwrap();
    let of = async |number: &str| {
        let deals = world
            .app
            .store()
            .unwrap()
            .deals(&DealQuery::all())
            .await
            .unwrap();
        let found = deals.rows.iter().find(|deal| deal.external_id == number);
        found.map(|deal| deal.customer)
    };
    // By number, by name, and by the name that was confirmed to mean the old one.
    let folder = world.folder.path().join("again");
    std::fs::create_dir(&folder).unwrap();
    std::fs::write(folder.join("customers.csv"), people).unwrap();
    for (number, name) in [("D2", "C-1001"), ("D3", "宏远贸易有限公司"), ("D4", "宏远")] {
        std::fs::write(folder.join(format!("{number}.csv")), deal(number, name)).unwrap();
    }
    let open = OpenImport {
        paths: vec![folder],
        ..OpenImport::default()
    };
    let session = world.app.open_import(open).await.unwrap().session;
    let request = ImportRequest {
        session,
        decisions: ImportDecisions::default(),
    };
    let done = world
        .app
        .commit_import(request, &no_progress)
        .await
        .unwrap();
    assert_eq!(reasons(&done), []);
    for number in ["D1", "D2", "D3", "D4"] {
        assert_eq!(
            of(number).await,
            Some(Some(new)),
            "{number} is of the one that stays"
        );
    }
}
