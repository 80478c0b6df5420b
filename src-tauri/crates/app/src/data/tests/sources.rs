//! Two sources that speak of the same records: the stated order decides, not which file came first.

use yeji_intake::Kind;
use yeji_store::Entity;

use super::facts::World;
use crate::api::NoArgs;
use crate::api::data::{ImportDecisions, ImportPreview};
use crate::api::history::UndoChange;
use crate::api::sources::{Disagreement, ListDisagreements, SourceOrder, TakeValue};

const CRM: &str = "客户编号,客户名称,地区,客户类型\nC-1,华讯科技,华东,企业\nC-2,远景,华南,企业\n";
const ERP: &str = "客户编号,客户名称,地区,客户分类\nC-1,华讯科技有限公司,华北,A\nC-2,远景,华南,B\n";

impl World {
    pub(super) async fn from(&self, source: &str, kind: Kind, text: &str) -> ImportPreview {
        let decisions = ImportDecisions {
            source: Some(source.to_owned()),
            ..ImportDecisions::default()
        };
        let name = format!("{source}-{kind}.csv");
        self.file_with(&name, text.as_bytes(), Some(kind), decisions)
            .await
            .unwrap()
    }

    pub(super) async fn order(&self, sources: &[&str]) -> u64 {
        let order = SourceOrder {
            order: sources.iter().map(|one| (*one).to_owned()).collect(),
            ..SourceOrder::default()
        };
        self.app
            .set_source_order(order)
            .await
            .unwrap()
            .changed_records
    }

    pub(super) async fn disputes(&self) -> Vec<Disagreement> {
        let all = ListDisagreements::default();
        let page = self.app.list_disagreements(all).await.unwrap();
        assert_eq!(page.total, i64::try_from(page.rows.len()).unwrap());
        page.rows
    }

    /// Number, name, region, type, segment.
    pub(super) async fn customers(&self) -> Vec<[String; 5]> {
        let customers = self.app.store().unwrap().customers().await.unwrap();
        let mut all: Vec<_> = customers
            .into_iter()
            .map(|one| {
                [
                    one.origin.external_id,
                    one.name,
                    one.region.unwrap_or_default(),
                    one.customer_type.unwrap_or_default(),
                    one.segment.unwrap_or_default(),
                ]
            })
            .collect();
        all.sort();
        all
    }

    pub(super) async fn take(&self, dispute: &Disagreement, source: &str) -> Disagreement {
        let args = TakeValue {
            entity: dispute.entity.clone(),
            id: dispute.id,
            field: dispute.field.clone(),
            source: source.to_owned(),
        };
        self.app.take_value(args).await.unwrap()
    }
}

pub(super) fn said(dispute: &Disagreement) -> (String, Vec<(String, String, bool)>) {
    let values = dispute.values.iter().map(|one| {
        let value = one.value.params.values().next().cloned();
        (one.source.clone(), value.unwrap_or_default(), one.stands)
    });
    (dispute.field.clone(), values.collect())
}

#[tokio::test]
async fn which_file_came_first_decides_nothing() {
    for order in [["crm", "erp"], ["erp", "crm"]] {
        let mut outcomes = Vec::new();
        for first_crm in [true, false] {
            let world = World::new().await;
            world.order(&order).await;
            let files = [("crm", CRM), ("erp", ERP)];
            let (a, b) = if first_crm { (0, 1) } else { (1, 0) };
            for (source, text) in [files[a], files[b]] {
                world.from(source, Kind::Customers, text).await;
            }
            let disputes = world.disputes().await;
            let mut disputes: Vec<_> = disputes.iter().map(said).collect();
            disputes.sort();
            outcomes.push((world.customers().await, disputes));
        }
        assert_eq!(outcomes[0], outcomes[1], "under {order:?}");
        let (customers, disputes) = &outcomes[0];
        assert_eq!(customers.len(), 2, "equal numbers are one record");
        let crm_first = order[0] == "crm";
        let name = if crm_first {
            "华讯科技"
        } else {
            "华讯科技有限公司"
        };
        assert_eq!(customers[0][1], name);
        assert_eq!(
            (customers[0][3].as_str(), customers[0][4].as_str()),
            ("企业", "A"),
            "what only one source says stands whatever its place"
        );
        assert_eq!(disputes.len(), 2, "name and region of C-1: {disputes:?}");
        let (field, values) = &disputes[0];
        assert_eq!(field, "name");
        let standing: Vec<_> = values.iter().filter(|(_, _, stands)| *stands).collect();
        assert_eq!(standing.len(), 1);
        assert_eq!(standing[0].0, order[0]);
    }
}

#[tokio::test]
async fn a_source_that_says_nothing_cannot_be_taken() {
    let world = World::new().await;
    world.order(&["crm", "erp"]).await;
    world.from("crm", Kind::Customers, CRM).await;
    world.from("erp", Kind::Customers, ERP).await;
    let dispute = world.disputes().await.remove(0);
    let take = |field: &str, source: &str| TakeValue {
        entity: dispute.entity.clone(),
        id: dispute.id,
        field: field.to_owned(),
        source: source.to_owned(),
    };
    let refused = async |field: &str, source: &str| {
        let error = world.app.take_value(take(field, source)).await.unwrap_err();
        assert_eq!(error.code(), "source_says_nothing");
        error.params()["sources"].clone()
    };
    assert_eq!(refused(&dispute.field, "oa").await, "crm, erp");
    // One that is known, and has no such column.
    let silent = refused("segment", "crm").await;
    assert_eq!(silent, "erp", "who says something is named");
}

/// Equal numbers that came before the order are two records, and nobody would see why.
#[tokio::test]
async fn an_order_stated_after_the_imports_says_what_stays_apart() {
    let world = World::new().await;
    world.from("crm", Kind::Customers, CRM).await;
    world.from("erp", Kind::Customers, ERP).await;
    let state = async |sources: &[&str]| {
        let order = SourceOrder {
            order: sources.iter().map(|one| (*one).to_owned()).collect(),
            ..SourceOrder::default()
        };
        world.app.set_source_order(order).await.unwrap().apart
    };
    assert_eq!(state(&["crm"]).await, [""; 0], "alone it meets nobody");
    assert_eq!(state(&["crm", "erp"]).await, ["erp"]);
    assert_eq!(state(&["erp", "crm"]).await, [""; 0], "both were in it");
}

#[tokio::test]
async fn without_an_order_each_source_keeps_its_records() {
    let world = World::new().await;
    world.from("crm", Kind::Customers, CRM).await;
    let preview = world.from("erp", Kind::Customers, ERP).await;
    assert_eq!(
        world.customers().await.len(),
        4,
        "numbers of two systems may collide"
    );
    assert!(world.disputes().await.is_empty());
    let codes: Vec<&str> = preview
        .notes
        .iter()
        .map(|note| note.code.as_str())
        .collect();
    assert!(codes.contains(&"sources_apart"), "it is said: {codes:?}");
}

#[tokio::test]
async fn a_lower_source_does_not_overwrite_and_the_preview_says_so() {
    let world = World::new().await;
    world.order(&["crm", "erp"]).await;
    world.from("crm", Kind::Customers, CRM).await;
    let preview = world.from("erp", Kind::Customers, ERP).await;
    assert_eq!(preview.disagreements.count, 2);
    assert_eq!(preview.disagreements.samples.len(), 2);
    assert_eq!(preview.disagreements.samples[0].reason, "precedence");
    assert_eq!(preview.files[0].new_rows, 0);
    let again = world.from("erp", Kind::Customers, ERP).await;
    assert!(again.nothing_to_do, "the same file says nothing new");
    assert_eq!(again.disagreements.count, 2, "and is still told of");
}

#[tokio::test]
async fn taking_a_batch_back_takes_its_word_back() {
    let world = World::new().await;
    world.order(&["erp", "crm"]).await;
    let crm = world.from("crm", Kind::Customers, CRM).await.batch.unwrap();
    let before = world.customers().await;
    let erp = world.from("erp", Kind::Customers, ERP).await.batch.unwrap();
    assert_ne!(world.customers().await, before);
    world.app.undo_batch(erp.into()).await.unwrap();
    assert_eq!(world.customers().await, before);
    assert!(world.disputes().await.is_empty());
    assert_eq!(claims(&world).await, 0, "nothing is left of it");

    // The other way round: what the first import made stays, because the second speaks of it too.
    world.from("erp", Kind::Customers, ERP).await;
    world.app.undo_batch(crm.into()).await.unwrap();
    let customers = world.customers().await;
    assert_eq!(customers.len(), 2);
    assert_eq!(customers[0][1], "华讯科技有限公司");
    assert!(world.disputes().await.is_empty());
}

#[tokio::test]
async fn the_word_of_a_source_that_is_taken_back_no_longer_stands() {
    let world = World::new().await;
    world.order(&["erp", "crm"]).await;
    world.from("crm", Kind::Customers, CRM).await;
    let erp = world.from("erp", Kind::Customers, ERP).await.batch.unwrap();
    // A later change of the same record by the other source: the record itself is kept.
    let later = CRM.replace("企业", "政府");
    world.from("crm", Kind::Customers, &later).await;
    world.app.undo_batch(erp.into()).await.unwrap();
    let customers = world.customers().await;
    assert_eq!(customers[0][1], "华讯科技", "only the CRM speaks now");
    assert_eq!(customers[0][3], "政府", "and its later word is kept");
    assert!(world.disputes().await.is_empty());
}

#[tokio::test]
async fn a_persons_choice_stands_until_a_source_says_something_new() {
    let world = World::new().await;
    world.order(&["crm", "erp"]).await;
    world.from("crm", Kind::Customers, CRM).await;
    world.from("erp", Kind::Customers, ERP).await;
    let disputes = world.disputes().await;
    let region = disputes.iter().find(|one| one.field == "region").unwrap();
    let taken = world.take(region, "erp").await;
    assert_eq!(taken.reason, "chosen");
    assert_eq!(world.customers().await[0][2], "华北");
    world
        .from("crm", Kind::Customers, &CRM.replace("企业", "政府"))
        .await;
    assert_eq!(
        world.customers().await[0][2],
        "华北",
        "CRM still says what it said"
    );
    world
        .from("crm", Kind::Customers, &CRM.replace("华东", "西南"))
        .await;
    assert_eq!(
        world.customers().await[0][2],
        "西南",
        "now it says something else"
    );
    let again = world.disputes().await;
    let region = again.iter().find(|one| one.field == "region").unwrap();
    assert_eq!(region.reason, "precedence");
}

#[tokio::test]
async fn a_choice_can_be_taken_back() {
    let world = World::new().await;
    world.order(&["crm", "erp"]).await;
    world.from("crm", Kind::Customers, CRM).await;
    world.from("erp", Kind::Customers, ERP).await;
    let disputes = world.disputes().await;
    let region = disputes.iter().find(|one| one.field == "region").unwrap();
    world.take(region, "erp").await;
    let last = world
        .app
        .get_last_action(NoArgs {})
        .await
        .unwrap()
        .change
        .unwrap();
    let args = UndoChange {
        change: Some(last.id),
        ..UndoChange::default()
    };
    world.app.undo_change(args).await.unwrap();
    assert_eq!(world.customers().await[0][2], "华东");
    world.take(region, "erp").await;
    let back = world.take(region, "crm").await;
    assert_eq!(
        back.reason, "precedence",
        "no choice is needed for what stands anyway"
    );
    assert_eq!(
        claims(&world).await,
        4,
        "two records, two sources, no choice"
    );
}

#[tokio::test]
async fn another_order_is_applied_to_what_is_in_dispute() {
    let world = World::new().await;
    world.order(&["crm", "erp"]).await;
    world.from("crm", Kind::Customers, CRM).await;
    world.from("erp", Kind::Customers, ERP).await;
    let before = world.customers().await;
    assert_eq!(
        world.order(&["erp", "crm"]).await,
        1,
        "C-1; of C-2 both say the same"
    );
    assert_eq!(world.customers().await[0][1], "华讯科技有限公司");
    let last = world
        .app
        .get_last_action(NoArgs {})
        .await
        .unwrap()
        .change
        .unwrap();
    let args = UndoChange {
        change: Some(last.id),
        ..UndoChange::default()
    };
    world.app.undo_change(args).await.unwrap();
    assert_eq!(
        world.customers().await,
        before,
        "order and records go back together"
    );
    let sources = world.app.list_sources(NoArgs {}).await.unwrap();
    assert_eq!(sources.order.order, ["crm", "erp"]);
    assert_eq!(sources.sources[0].disagreements, 2);
}

#[tokio::test]
async fn a_kind_may_have_an_order_of_its_own() {
    let world = World::new().await;
    let order = SourceOrder {
        order: vec!["crm".to_owned(), "erp".to_owned()],
        kinds: [("customers".to_owned(), vec!["erp".to_owned()])].into(),
    };
    world.app.set_source_order(order).await.unwrap();
    world.from("crm", Kind::Customers, CRM).await;
    world.from("erp", Kind::Customers, ERP).await;
    assert_eq!(world.customers().await[0][1], "华讯科技有限公司");
    let wrong = SourceOrder {
        order: vec!["crm".to_owned(), "crm".to_owned()],
        ..SourceOrder::default()
    };
    assert!(world.app.set_source_order(wrong).await.is_err());
}

#[tokio::test]
async fn a_deal_that_two_sources_have_counts_once() {
    let world = World::before(Kind::Opportunities).await;
    world.order(&["crm", "erp"]).await;
    let crm = "opportunity_id,sales_agent,account,deal_stage,close_date,close_value\n\
               OP-9,10001,,Won,2026-03-01,100\n";
    let erp = crm.replace("-01,100", "-01,120");
    for (source, text) in [("crm", crm), ("erp", &*erp)] {
        let preview = world.from(source, Kind::Opportunities, text).await;
        assert_eq!(preview.files[0].rejected_rows, 0, "{preview:?}");
    }
    let store = world.app.store().unwrap();
    assert_eq!(store.count_of(Entity::Opportunity).await.unwrap(), 1);
    let disputes = world.disputes().await;
    assert_eq!(said(&disputes[0]).0, "amount");
    let deal = store.opportunities_of("crm").await.unwrap();
    assert_eq!(deal["OP-9"].amount.unwrap().minor, 10_000);
    world.order(&["erp", "crm"]).await;
    let deal = store.opportunities_of("crm").await.unwrap();
    assert_eq!(deal["OP-9"].amount.unwrap().minor, 12_000);
    assert!(
        store.verify().await.unwrap().findings.is_empty(),
        "rollups follow"
    );
}

pub(super) async fn claims(world: &World) -> i64 {
    let store = world.app.store().unwrap();
    store.count_of(Entity::SourceClaim).await.unwrap()
}
