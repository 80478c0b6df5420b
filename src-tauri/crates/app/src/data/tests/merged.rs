//! Customers that turn out to be one.

use yeji_core::ids::CustomerId;
use yeji_intake::Kind;

use yeji_store::DealQuery;

use super::facts::World;
use super::{OpenImport, reasons};
use crate::api::NoArgs;
use crate::api::customers::{KeepApart, MergeCustomers};
use crate::api::data::{ImportDecisions, ImportRequest};
use crate::api::history::ListHistory;
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
    assert_eq!(back.rows, 7, "with what came for it after the merge");
    assert_eq!((owned(old).await, owned(new).await), (7, 0));
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

#[tokio::test]
async fn customers_that_are_not_the_same_are_not_proposed_again_until_somebody_says_so() {
    let world = World::before(Kind::Goals).await;
    let text = "customer_id,account\nC-2,宏远贸易\n";
    world.csv(Kind::Customers, text).await;
    let (one, other) = (
        customer(&world, "C-2").await,
        customer(&world, "C-1001").await,
    );
    let proposed = async || world.app.list_duplicates(NoArgs {}).await.unwrap().len();
    let decided = async || world.app.list_decided_customers(NoArgs {}).await.unwrap();
    assert_eq!(proposed().await, 1);
    let apart = |apart| KeepApart { one, other, apart };
    world.app.keep_customers_apart(apart(true)).await.unwrap();
    // Said twice, and with the names the other way round, it is one decision.
    let swapped = KeepApart {
        one: other,
        other: one,
        apart: true,
    };
    world.app.keep_customers_apart(swapped).await.unwrap();
    assert_eq!(
        proposed().await,
        0,
        "it was said that they are not the same"
    );
    assert_eq!(decided().await.apart.len(), 1);
    // Importing the customer again brings the question not back either.
    world.csv(Kind::Customers, text).await;
    assert_eq!(proposed().await, 0);
    world.app.keep_customers_apart(apart(false)).await.unwrap();
    assert_eq!((proposed().await, decided().await.apart.len()), (1, 0));
    let nobody = KeepApart {
        one,
        other: CustomerId(uuid::Uuid::nil()),
        apart: true,
    };
    let refused = world.app.keep_customers_apart(nobody).await;
    assert_eq!(refused.unwrap_err().code(), "not_found");
}

#[tokio::test]
async fn two_customers_are_shown_side_by_side_and_the_merged_ones_are_listed() {
    let world = World::before(Kind::Goals).await;
    let text = "customer_id,account,sector\nC-2,宏远贸易,零售\n";
    world.csv(Kind::Customers, text).await;
    let args = MergeCustomers {
        customer: customer(&world, "C-1001").await,
        into: customer(&world, "C-2").await,
    };
    let both = world.app.compare_customers(args).await.unwrap();
    let rows: u64 = both.one.rows.iter().map(|one| one.count).sum();
    assert_eq!((rows, both.other.rows.len()), (6, 0), "{both:?}");
    assert!(
        both.other
            .fields
            .iter()
            .any(|one| one.field == "customer_type" && one.value == "零售"),
        "{both:?}"
    );
    assert_eq!(both.one.contacts.len(), 1);
    world.app.merge_customers(args).await.unwrap();
    let merged = world
        .app
        .list_decided_customers(NoArgs {})
        .await
        .unwrap()
        .merged;
    assert_eq!(merged.len(), 1);
    assert_eq!((merged[0].customer.id, merged[0].rows), (args.customer, 6));
    world.app.unmerge_customer(args).await.unwrap();
    let merged = world
        .app
        .list_decided_customers(NoArgs {})
        .await
        .unwrap()
        .merged;
    assert!(merged.is_empty());
}
