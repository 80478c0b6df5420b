//! What a person wrote into a record stays until its source says something new of it, also where no
//! other source speaks of it.

use serde_json::json;
use yeji_core::facts::Opportunity;
use yeji_core::ids::BatchId;
use yeji_intake::Kind;
use yeji_store::{ChangeKind, Entity, Record};

use super::facts::{World, alone, effects};
use crate::api::NoArgs;
use crate::api::data::ImportPreview;
use crate::api::history::{ListHistory, RestoreValue};

const HEAD: &str = "商机编号,负责人,客户,产品,阶段,创建日期,成交日期,金额\n";

impl World {
    /// Imports a won deal with these amounts, and one that nobody edits.
    async fn deals(&self, customer: &str, amount: &str) -> ImportPreview {
        let text = format!(
            "{HEAD}D1,王伟,{customer},P1,赢单,2026-01-01,2026-01-15,{amount}\n\
             D2,王伟,甲公司,P1,赢单,2026-01-01,2026-02-15,200\n"
        );
        self.csv(Kind::Opportunities, &text).await
    }

    async fn first_deal(&self) -> Opportunity {
        let store = self.app.store().unwrap();
        let deals = store.deals_called("D1").await.unwrap();
        assert_eq!(deals.len(), 1);
        deals[0].clone()
    }

    async fn amount(&self) -> i64 {
        let amount = self.first_deal().await.amount.unwrap().minor;
        let store = self.app.store().unwrap();
        let report = store.verify().await.unwrap();
        assert!(report.findings.is_empty(), "{report:?}");
        amount
    }

    /// Puts the overwritten amount of the newest change back.
    async fn put_amount_back(&self) {
        let id = self.first_deal().await.id.0;
        let history = ListHistory {
            entity: "opportunity".to_owned(),
            id,
            cursor: None,
        };
        let history = self.app.list_history(history).await.unwrap();
        let newest = &history.rows[0];
        let field = newest.record.fields.iter().find(|one| one.can_restore);
        let restore = RestoreValue {
            change: newest.change.id,
            entity: "opportunity".to_owned(),
            id,
            field: field.unwrap().field.clone(),
            preview: false,
        };
        self.app.restore_value(restore).await.unwrap();
    }

    async fn standing_batches(&self) -> Vec<BatchId> {
        let batches = self.app.list_batches(NoArgs {}).await.unwrap();
        batches
            .into_iter()
            .filter(|batch| batch.undone_at.is_none())
            .map(|batch| batch.id)
            .collect()
    }
}

#[tokio::test]
async fn a_value_put_back_is_not_overwritten_by_the_file_that_wrote_over_it() {
    let world = World::new().await;
    world.deals("甲公司", "100").await;
    world.deals("甲公司", "150").await;
    world.put_amount_back().await;
    assert_eq!(world.amount().await, 10_000);
    let again = world.deals("甲公司", "150").await;
    assert_eq!(effects(&again), [0, 0, 2, 0], "it says nothing new");
    assert_eq!(world.amount().await, 10_000);
    // Another field of the deal is news; its amount is what the source has said before.
    let other = world.deals("乙公司", "150").await;
    assert_eq!(effects(&other), [0, 1, 1, 0]);
    assert_eq!(world.amount().await, 10_000);
    assert_eq!(told(&other), None, "the person's value stands");
    let again = world.deals("乙公司", "150").await;
    assert_eq!(effects(&again), [0, 0, 2, 0], "said already, and kept");
    assert_eq!(world.amount().await, 10_000);
    let news = world.deals("乙公司", "170").await;
    assert_eq!(effects(&news), [0, 1, 1, 0]);
    assert_eq!(
        world.amount().await,
        17_000,
        "the source says something new"
    );
    let count = Some("1".to_owned());
    assert_eq!(told(&news), count, "not without a word");
    assert_eq!(told(&world.deals("乙公司", "180").await), None);
}

/// In how many records an import says that a person's values gave way.
fn told(import: &ImportPreview) -> Option<String> {
    let note = import
        .notes
        .iter()
        .find(|note| note.code == "edits_replaced");
    note.map(|note| note.params["count"].clone())
}

#[tokio::test]
async fn taking_back_what_wrote_over_a_persons_value_brings_it_back() {
    let world = World::new().await;
    world.deals("甲公司", "100").await;
    world.deals("甲公司", "150").await;
    world.put_amount_back().await;
    let news = world.deals("乙公司", "170").await;
    assert_eq!(world.amount().await, 17_000);
    world.undo(news.batch.unwrap()).await;
    assert_eq!(world.amount().await, 10_000);
    let again = world.deals("甲公司", "150").await;
    assert_eq!(effects(&again), [0, 0, 2, 0]);
    assert_eq!(world.amount().await, 10_000);
}

#[tokio::test]
async fn a_value_that_no_file_gave_is_not_emptied_by_one() {
    let world = World::new().await;
    let text = "客户编号,客户名称,地区\nC-1,华讯科技,\n";
    world.csv(Kind::Customers, text).await;
    let customers = world.app.store().unwrap().customers().await.unwrap();
    let record = Record::from(customers[0].clone());
    let edited = record.with_values(&[("region".to_owned(), json!("华东"))].into());
    let mut change = world.app.change(ChangeKind::Edit, json!({}));
    change.put.push(edited.unwrap());
    world.app.apply(change).await.unwrap();
    let again = world.csv(Kind::Customers, text).await;
    assert_eq!(effects(&again), [0, 0, 1, 0]);
    let renamed = world
        .csv(Kind::Customers, "客户编号,客户名称,地区\nC-1,华讯,\n")
        .await;
    assert_eq!(effects(&renamed), [0, 1, 0, 0]);
    let customers = world.app.store().unwrap().customers().await.unwrap();
    assert_eq!(customers[0].name, "华讯");
    assert_eq!(customers[0].region.as_deref(), Some("华东"));
    assert!(world.disputes().await.is_empty(), "there is one source");
}

#[tokio::test]
async fn nothing_is_left_once_all_imports_of_an_edited_record_are_taken_back() {
    let world = World::new().await;
    world.deals("甲公司", "100").await;
    world.deals("甲公司", "150").await;
    world.put_amount_back().await;
    world.deals("乙公司", "170").await;
    for batch in world.standing_batches().await {
        world.undo(batch).await;
    }
    let store = world.app.store().unwrap();
    assert_eq!(store.count_of(Entity::SourceClaim).await.unwrap(), 0);
    let deals = store.deals_called("D1").await.unwrap();
    assert_eq!(deals.len(), 1, "a person has written into it: it is kept");
    assert!(store.deals_called("D2").await.unwrap().is_empty());
}

/// A customer that went with its import is no value to put back.
#[tokio::test]
async fn what_is_gone_cannot_be_put_back() {
    let world = World::new().await;
    world.deals("甲公司", "100").await;
    let later = world.deals("乙公司", "100").await.batch.unwrap();
    let only = alone(&world.app, later).await;
    world.app.undo_batch(only).await.unwrap();
    let history = ListHistory {
        entity: "opportunity".to_owned(),
        id: world.first_deal().await.id.0,
        cursor: None,
    };
    let history = world.app.list_history(history).await.unwrap();
    let fields = history.rows.iter().flat_map(|row| &row.record.fields);
    let back = fields
        .filter(|field| field.field == "customer")
        .find(|field| {
            field
                .to
                .params
                .get("text")
                .is_some_and(|name| name == "甲公司")
        });
    let back = back.unwrap();
    assert!(!back.can_restore, "{back:?}");
}
