//! Imports of several sources taken back: records are what the imports that stand say, whatever the
//! order of the undos, and what people wrote stays.

use serde_json::json;
use yeji_core::ids::BatchId;
use yeji_intake::Kind;
use yeji_store::{ChangeKind, Entity, Record};

use super::facts::{World, alone};
use super::sources::{claims, said};
use crate::api::data::UndoResult;
use crate::error::Error;

pub(super) const HEAD: &str = "客户编号,客户名称,地区,客户类型,客户分类\n";
const DEALS: &str = "opportunity_id,sales_agent,account,deal_stage,close_date,close_value\n";

impl World {
    /// Imports one customer: name, region, type and segment as `,`-joined text.
    async fn says(&self, source: &str, values: &str) -> BatchId {
        let text = format!("{HEAD}C-1,{values}\n");
        let preview = self.from(source, Kind::Customers, &text).await;
        preview.batch.unwrap()
    }

    async fn deal(&self, source: &str, values: &str) -> BatchId {
        let text = format!("{DEALS}OP-9,10001,,{values}\n");
        let preview = self.from(source, Kind::Opportunities, &text).await;
        assert_eq!(preview.files[0].rejected_rows, 0, "{preview:?}");
        preview.batch.unwrap()
    }

    pub(super) async fn undo(&self, batch: BatchId) -> UndoResult {
        let undone = self
            .app
            .undo_batch(alone(&self.app, batch).await)
            .await
            .unwrap();
        let report = self.app.store().unwrap().verify().await.unwrap();
        assert!(report.findings.is_empty(), "{report:?}");
        undone
    }

    /// Name, region, type and segment of the only customer; none if there is none.
    async fn now(&self) -> Option<String> {
        let customers = self.customers().await;
        assert!(customers.len() <= 1, "one record: {customers:?}");
        customers.first().map(|one| one[1..].join(","))
    }

    async fn stands(&self, values: &str) {
        assert_eq!(self.now().await.as_deref(), Some(values));
    }

    /// What a person writes into a column of the only customer.
    async fn edit(&self, column: &str, value: &str) {
        let customers = self.app.store().unwrap().customers().await.unwrap();
        let record = Record::from(customers[0].clone());
        let edited = record.with_values(&[(column.to_owned(), json!(value))].into());
        let mut change = self.app.change(ChangeKind::Edit, json!({}));
        change.put.push(edited.unwrap());
        self.app.apply(change).await.unwrap();
    }

    async fn count(&self, entity: Entity) -> i64 {
        let store = self.app.store().unwrap();
        store.count_of(entity).await.unwrap()
    }
}

pub(super) async fn with_order(order: &[&str]) -> World {
    let world = World::new().await;
    world.order(order).await;
    world
}

#[tokio::test]
async fn taking_one_source_back_leaves_what_another_one_said_before() {
    let world = with_order(&["crm", "erp"]).await;
    world.says("crm", "X,东,,").await;
    let first = world.says("erp", "Y,西,,").await;
    world.says("erp", "Z,西,,").await;
    world.undo(first).await;
    world.stands("X,东,,").await;
    assert_eq!(world.disputes().await.len(), 2, "name and region");
    world.says("erp", "Z,西,企业,").await;
    world.stands("X,东,企业,").await;
}

#[tokio::test]
async fn a_third_source_does_not_get_the_word_of_the_first() {
    let world = with_order(&["crm", "erp", "wms"]).await;
    world.says("crm", "X,东,,").await;
    let erp = world.says("erp", "Y,西,,").await;
    world.says("wms", "W,北,,").await;
    world.undo(erp).await;
    world.stands("X,东,,").await;
    let disputes = world.disputes().await;
    let sources: Vec<_> = disputes.iter().flat_map(|one| said(one).1).collect();
    assert!(sources.iter().any(|(source, ..)| source == "crm"));
    assert!(sources.iter().all(|(source, ..)| source != "erp"));
}

#[tokio::test]
async fn a_source_goes_back_to_what_its_earlier_import_said() {
    let world = with_order(&["crm", "erp"]).await;
    world.says("crm", "X,东,,").await;
    let second = world.says("crm", "X,南,,").await;
    world.says("erp", "Y,西,,A").await;
    world.undo(second).await;
    world.stands("X,东,,A").await;
    assert_eq!(world.disputes().await.len(), 2, "both go on speaking");
}

#[tokio::test]
async fn with_all_imports_taken_back_nothing_is_left() {
    for first_created in [true, false] {
        let world = with_order(&["crm", "erp"]).await;
        let crm = world.says("crm", "X,东,,").await;
        let erp = world.says("erp", "Y,西,企业,A").await;
        let (a, b) = if first_created {
            (crm, erp)
        } else {
            (erp, crm)
        };
        world.undo(a).await;
        let undone = world.undo(b).await;
        assert_eq!(world.now().await, None, "{undone:?}");
        assert_eq!(undone.kept_count, 0);
        assert_eq!(claims(&world).await, 0);
    }
}

#[tokio::test]
async fn a_deal_whose_imports_are_all_taken_back_no_longer_counts() {
    for reordered in [false, true] {
        let world = World::before(Kind::Opportunities).await;
        world.order(&["crm", "erp"]).await;
        let crm = world.deal("crm", "Won,2026-03-01,100").await;
        let erp = world.deal("erp", "Won,2026-03-01,120").await;
        if reordered {
            world.order(&["erp", "crm"]).await;
        }
        world.undo(crm).await;
        let deals = world.app.store().unwrap().opportunities_of("crm").await;
        assert_eq!(deals.unwrap()["OP-9"].amount.unwrap().minor, 12_000);
        world.undo(erp).await;
        assert_eq!(world.count(Entity::Opportunity).await, 0);
        assert_eq!(claims(&world).await, 0);
    }
}

#[tokio::test]
async fn a_persons_edit_stays_when_an_import_is_taken_back_and_is_listed() {
    let world = with_order(&["erp", "crm"]).await;
    world.says("crm", "X,东,企业,").await;
    let erp = world.says("erp", "Y,西,政府,").await;
    world.edit("customer_type", "个人").await;
    let undone = world.undo(erp).await;
    world.stands("X,东,个人,").await;
    assert_eq!(undone.kept_count, 1, "{undone:?}");
    assert_eq!(undone.kept[0].code, "kept_changed_later");
}

#[tokio::test]
async fn a_persons_edit_stays_where_an_import_says_nothing_new() {
    let world = with_order(&["crm", "erp"]).await;
    world.says("crm", "X,东,企业,").await;
    world.edit("customer_type", "个人").await;
    let erp = world.says("erp", "Y,西,政府,").await;
    world.stands("X,东,个人,").await;
    let disputes = world.disputes().await;
    let of_type = disputes.iter().find(|one| one.field == "customer_type");
    let (_, values) = said(of_type.unwrap());
    assert_eq!(
        values[0].1, "企业",
        "an edit is no word of the source: {values:?}"
    );
    world.says("erp", "Y,北,政府,").await;
    world.stands("X,东,个人,").await;
    world.undo(erp).await;
    world.stands("X,东,个人,").await;
    world.says("crm", "X,东,政府,").await;
    world.stands("X,东,政府,").await;
}

#[tokio::test]
async fn an_edit_that_an_import_wrote_over_comes_back_without_it() {
    let world = with_order(&["crm", "erp"]).await;
    world.says("crm", "X,东,企业,").await;
    world.edit("customer_type", "个人").await;
    let alone = world.says("crm", "X,南,政府,").await;
    world.stands("X,南,政府,").await;
    world.says("erp", "Y,西,,A").await;
    world.edit("segment", "B").await;
    let shared = world.says("erp", "Y,西,,C").await;
    world.stands("X,南,政府,C").await;
    world.undo(alone).await;
    world.stands("X,东,个人,C").await;
    world.undo(shared).await;
    world.stands("X,东,个人,B").await;
}

#[tokio::test]
async fn a_choice_that_an_import_ended_holds_again_without_it() {
    let world = with_order(&["crm", "erp"]).await;
    world.says("crm", "X,东,,").await;
    world.says("erp", "Y,西,,").await;
    let disputes = world.disputes().await;
    let region = disputes.iter().find(|one| one.field == "region").unwrap();
    world.take(region, "erp").await;
    let later = world.says("crm", "X,南,,").await;
    world.stands("X,南,,").await;
    world.undo(later).await;
    world.stands("X,西,,").await;
}

#[tokio::test]
async fn a_choice_is_not_ended_by_a_file_that_says_what_it_said_at_the_choice() {
    let world = with_order(&["crm", "erp"]).await;
    let crm = world.says("crm", "X,东,,").await;
    let erp = world.says("erp", "X,西,,").await;
    let disputes = world.disputes().await;
    world.take(&disputes[0], "erp").await;
    world.undo(erp).await;
    world.undo(crm).await;
    world.stands("X,西,,").await;
    world.says("crm", "X,东,,").await;
    world.stands("X,西,,").await;
    world.says("crm", "X,南,,").await;
    world.stands("X,南,,").await;
}

#[tokio::test]
async fn an_open_deal_takes_no_closing_day_by_itself() {
    let world = World::before(Kind::Opportunities).await;
    world.order(&["crm", "erp", "wms"]).await;
    world.deal("crm", "Engaging,,").await;
    world.deal("erp", "Won,2026-03-01,100").await;
    world.deal("wms", "Won,2026-03-02,100").await;
    let disputes = world.disputes().await;
    let find = |field: &str| disputes.iter().find(|one| one.field == field).unwrap();
    let day = find("closed_on");
    let refused = world
        .app
        .take_value(crate::api::sources::TakeValue {
            entity: day.entity.clone(),
            id: day.id,
            field: day.field.clone(),
            source: "wms".to_owned(),
        })
        .await;
    assert!(
        matches!(refused, Err(Error::CannotRestore { .. })),
        "{refused:?}"
    );
    world.take(find("stage"), "erp").await;
    let deals = world.app.store().unwrap().opportunities_of("crm").await;
    let deal = &deals.unwrap()["OP-9"];
    assert_eq!(deal.closed_on.unwrap().to_string(), "2026-03-01");
    assert_eq!(deal.amount.unwrap().minor, 10_000);
}

#[tokio::test]
async fn an_import_that_repeats_a_word_does_not_speak_for_it() {
    let world = with_order(&["crm", "erp"]).await;
    world.says("erp", "Y,西,,").await;
    let january = world.says("crm", "X,东,,").await;
    let text = format!("{HEAD}C-1,X,东,,\nC-2,X,东,,\n");
    let february = world.from("crm", Kind::Customers, &text).await;
    assert_eq!(february.files[0].unchanged_rows, 1, "{february:?}");
    world.undo(january).await;
    let names: Vec<String> = world
        .customers()
        .await
        .into_iter()
        .map(|one| one[1].clone())
        .collect();
    assert_eq!(
        names,
        ["Y", "X"],
        "the exception that 0013 and the guide state"
    );
    world.from("crm", Kind::Customers, &text).await;
    assert_eq!(world.customers().await[0][1], "X", "the file says it again");
}

/// Records are looked up in steps of 500; one at an edge must not be left out.
#[tokio::test]
async fn of_many_shared_records_all_get_their_other_sources_word() {
    let world = with_order(&["crm", "erp"]).await;
    let text = |name: &str| {
        let lines: Vec<String> = (0..1_001)
            .map(|n| format!("N-{n},{name}{n},,,\n"))
            .collect();
        format!("{HEAD}{}", lines.concat())
    };
    world.from("erp", Kind::Customers, &text("Y")).await;
    world.from("crm", Kind::Customers, &text("V")).await;
    let crm = world.from("crm", Kind::Customers, &text("X")).await;
    let names = async |first: &str| {
        let customers = world.customers().await;
        let found = customers.iter().filter(|one| one[1].starts_with(first));
        found.count()
    };
    assert_eq!(names("X").await, 1_001);
    world.undo(crm.batch.unwrap()).await;
    assert_eq!(names("V").await, 1_001, "what crm said before");
    let batches = world.app.list_batches(crate::api::NoArgs {}).await.unwrap();
    let earlier = batches
        .iter()
        .find(|one| one.source == "crm" && one.undone_at.is_none());
    let undone = world.undo(earlier.unwrap().id).await;
    assert_eq!((names("Y").await, undone.kept_count), (1_001, 0));
}
