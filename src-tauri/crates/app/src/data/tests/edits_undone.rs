//! What a person wrote when imports are taken back: each value is what would stand if those had never been
//! made, and nothing that a person wrote is lost without a word.

use chrono::Datelike as _;
use serde_json::{Value, json};
use yeji_core::ids::BatchId;
use yeji_intake::Kind;
use yeji_store::{ChangeKind, Record};

use super::facts::World;
use crate::api::data::UndoResult;

const DEALS: &str = "商机编号,负责人,客户,产品,阶段,创建日期,成交日期,金额\n";
const CUSTOMERS: &str = "客户编号,客户名称,地区,客户类型\n";

/// The day of opening, the amount and the day of closing; none is an empty cell.
pub(super) type Words = [Option<i64>; 3];

impl World {
    /// Imports a customer with a region and a type.
    async fn customer(&self, region: &str, customer_type: &str) -> BatchId {
        let text = format!("{CUSTOMERS}C-1,华讯,{region},{customer_type}\n");
        self.csv(Kind::Customers, &text).await.batch.unwrap()
    }

    /// Region and type of the only customer.
    async fn customer_now(&self) -> [String; 2] {
        let customers = self.app.store().unwrap().customers().await.unwrap();
        assert_eq!(customers.len(), 1);
        let customer = customers[0].clone();
        [customer.region, customer.customer_type].map(Option::unwrap_or_default)
    }

    async fn write_customer(&self, column: &str, value: &str) {
        let customers = self.app.store().unwrap().customers().await.unwrap();
        let customer = customers[0].clone();
        self.write(customer.into(), &[(column, json!(value))]).await;
    }

    async fn deal_record(&self) -> Option<Record> {
        let store = self.app.store().unwrap();
        let deals = store.deals_called("D1").await.unwrap();
        deals.into_iter().next().map(Record::from)
    }

    pub(super) async fn write_deal(&self, values: &[(&str, Value)]) {
        self.write(self.deal_record().await.unwrap(), values).await;
    }

    /// What a person writes into a record.
    async fn write(&self, record: Record, values: &[(&str, Value)]) {
        let values = values.iter().cloned();
        let values = values.map(|(column, value)| (column.to_owned(), value));
        let mut change = self.app.change(ChangeKind::Edit, json!({}));
        change
            .put
            .push(record.with_values(&values.collect()).unwrap());
        self.app.apply(change).await.unwrap();
    }

    /// Imports a deal and one that is always new, so that it is an import.
    pub(super) async fn deal_says(&self, source: &str, words: Words, other: usize) -> BatchId {
        let day = words[0].map_or_else(String::new, |day| format!("2026-01-{day:02}"));
        let amount = words[1].map_or_else(String::new, |amount| amount.to_string());
        let closed = words[2].unwrap_or(15);
        let text = format!(
            "{DEALS}D1,王伟,甲公司,P1,赢单,{day},2026-02-{closed:02},{amount}\n\
             {source}-{other},王伟,甲公司,P1,赢单,2026-01-01,2026-02-15,5\n"
        );
        let preview = self.from(source, Kind::Opportunities, &text).await;
        assert_eq!(preview.files[0].rejected_rows, 0, "{preview:?}");
        preview.batch.unwrap()
    }

    pub(super) async fn deal_words(&self) -> Option<Words> {
        let store = self.app.store().unwrap();
        let deals = store.deals_called("D1").await.unwrap();
        let deal = deals.first()?;
        let day = |date: Option<chrono::NaiveDate>| date.map(|date| i64::from(date.day()));
        Some([
            day(deal.opened_on),
            deal.amount.map(|amount| amount.minor / 100),
            day(deal.closed_on),
        ])
    }
}

pub(super) fn lists(undone: &UndoResult, name: &str) -> bool {
    let mut kept = undone.kept.iter();
    kept.any(|one| one.params.get("name").is_some_and(|one| one == name))
}

#[tokio::test]
async fn a_value_with_which_an_import_agreed_stays_without_it() {
    let world = World::new().await;
    world.customer("华北", "企业").await;
    world.write_customer("region", "华东").await;
    let agreeing = world.customer("华东", "政府").await;
    let undone = world.undo(agreeing).await;
    assert_eq!(world.customer_now().await, ["华东", "企业"]);
    assert!(lists(&undone, "华讯"), "{undone:?}");
    // Where the file had nothing there before.
    let world = World::new().await;
    world.customer("", "企业").await;
    world.write_customer("region", "华东").await;
    let agreeing = world.customer("华东", "企业").await;
    let undone = world.undo(agreeing).await;
    assert_eq!(world.customer_now().await, ["华东", "企业"]);
    assert!(lists(&undone, "华讯"), "{undone:?}");
}

/// Pay depends on it.
#[tokio::test]
async fn a_deal_that_a_person_closed_before_its_source_stays_closed() {
    let head = "opportunity_id,sales_agent,account,deal_stage,close_date,close_value\n";
    for amount in ["500", "900"] {
        let world = World::before(Kind::Opportunities).await;
        let import = async |values: &str| {
            let text = format!("{head}D1,10001,甲木,{values}\n");
            world.csv(Kind::Opportunities, &text).await.batch.unwrap()
        };
        import("Engaging,,").await;
        let won = [
            ("stage", json!("won")),
            ("closed_on", json!("2026-03-01")),
            ("amount_minor", json!(50_000)),
            ("amount_currency", json!("CNY")),
        ];
        world.write_deal(&won).await;
        let by_hand = world.deal_record().await.unwrap();
        let later = import(&format!("Won,2026-03-01,{amount}")).await;
        let undone = world.undo(later).await;
        let now = world.deal_record().await.unwrap();
        assert_eq!(
            now.fingerprint(),
            by_hand.fingerprint(),
            "{amount}: {now:?}"
        );
        assert!(lists(&undone, "D1"), "{amount}: {undone:?}");
    }
}

#[tokio::test]
async fn an_amount_where_none_was_is_not_halved_and_lost() {
    for edits in 1..=2 {
        let world = World::new().await;
        world.deal_says("crm", [Some(1), None, Some(15)], 0).await;
        for edit in 1..=edits {
            let amount = [
                ("amount_minor", json!(edit * 700_000)),
                ("amount_currency", json!("CNY")),
            ];
            world.write_deal(&amount).await;
        }
        let import = world
            .deal_says("crm", [Some(1), Some(100), Some(15)], 1)
            .await;
        assert_eq!(
            world.deal_words().await,
            Some([Some(1), Some(100), Some(15)])
        );
        let undone = world.undo(import).await;
        assert_eq!(
            world.deal_words().await,
            Some([Some(1), Some(edits * 7_000), Some(15)])
        );
        assert!(lists(&undone, "D1"), "{undone:?}");
        let half = [("amount_currency".to_owned(), Value::Null)].into();
        let refused = world.deal_record().await.unwrap().with_values(&half);
        assert!(refused.is_err(), "half an amount is none: {refused:?}");
    }
}

#[tokio::test]
async fn what_an_import_said_that_was_taken_back_is_not_what_its_source_said_last() {
    let world = World::new().await;
    world.customer("华东", "企业").await;
    let other = world.customer("华南", "企业").await;
    world.write_customer("region", "华北").await;
    world.undo(other).await;
    assert_eq!(world.customer_now().await, ["华北", "企业"]);
    let text = format!("{CUSTOMERS}C-1,华讯,华东,政府\n");
    world.csv(Kind::Customers, &text).await;
    let why = "every import that stands has said 华东";
    assert_eq!(world.customer_now().await, ["华北", "政府"], "{why}");
}

#[tokio::test]
async fn columns_that_nobody_edited_are_given_back_beside_one_that_somebody_did() {
    let world = World::new().await;
    world.customer("华东", "企业").await;
    let import = world.customer("华南", "政府").await;
    world.write_customer("region", "华北").await;
    let undone = world.undo(import).await;
    assert_eq!(world.customer_now().await, ["华北", "企业"]);
    assert_eq!(undone.restored, 1);
    assert!(lists(&undone, "华讯"), "{undone:?}");
}

#[tokio::test]
async fn a_persons_value_comes_back_where_no_import_is_left() {
    let world = World::new().await;
    let first = world.customer("华东", "企业").await;
    world.write_customer("region", "华北").await;
    let undone = world.undo(first).await;
    let why = "nobody says what type it is";
    assert_eq!(world.customer_now().await, ["华北", ""], "{why}");
    // With it the company that the import made stays.
    assert_eq!(undone.kept_count, 2, "{undone:?}");
    assert!(lists(&undone, "华讯"), "{undone:?}");
    let second = world.customer("华南", "企业").await;
    assert_eq!(world.customer_now().await, ["华南", "企业"]);
    world.write_customer("customer_type", "个人").await;
    let undone = world.undo(second).await;
    assert_eq!(world.customer_now().await, ["华北", "个人"]);
    assert!(lists(&undone, "华讯"), "{undone:?}");
}

#[tokio::test]
async fn a_file_that_was_taken_back_and_comes_again_does_not_overwrite_a_persons_value() {
    let world = World::new().await;
    let first = world.customer("华东", "企业").await;
    world.write_customer("region", "华北").await;
    world.undo(first).await;
    world.customer("华东", "企业").await;
    assert_eq!(world.customer_now().await, ["华北", "企业"]);
    world.customer("华南", "企业").await;
    assert_eq!(world.customer_now().await, ["华南", "企业"], "it is news");
}

/// A corrected amount is no part of the day on which the source says the deal was closed. Where the source
/// says another stage, day and amount are that stage's.
#[tokio::test]
async fn a_persons_amount_stays_where_the_source_moves_the_day() {
    let world = World::new().await;
    world
        .deal_says("crm", [Some(1), Some(500), Some(15)], 0)
        .await;
    let amount = [("amount_minor", json!(70_000))];
    world.write_deal(&amount).await;
    let moved = [Some(1), Some(500), Some(16)];
    let import = world.deal_says("crm", moved, 1).await;
    assert_eq!(
        world.deal_words().await.unwrap()[1..],
        [Some(700), Some(16)]
    );
    let undone = world.undo(import).await;
    assert_eq!(
        world.deal_words().await.unwrap()[1..],
        [Some(700), Some(15)]
    );
    assert!(!lists(&undone, "D1"), "{undone:?}");
    let lost = format!("{DEALS}D1,王伟,甲公司,P1,输单,2026-01-01,2026-02-17,\n");
    let import = world.from("crm", Kind::Opportunities, &lost).await.batch;
    assert_eq!(world.deal_words().await.unwrap()[1..], [None, Some(17)]);
    world.undo(import.unwrap()).await;
    assert_eq!(
        world.deal_words().await.unwrap()[1..],
        [Some(700), Some(15)]
    );
}

/// Whoever says that a deal was lost has said that its amount does not count: a new amount of a source for
/// which it is won comes with that source's stage.
#[tokio::test]
async fn a_new_amount_of_a_deal_that_a_person_lost_brings_its_stage() {
    let world = World::new().await;
    world
        .deal_says("crm", [Some(1), Some(500), Some(15)], 0)
        .await;
    let lost = [
        ("stage", json!("lost")),
        ("amount_minor", json!(null)),
        ("amount_currency", json!(null)),
    ];
    world.write_deal(&lost).await;
    let import = world
        .deal_says("crm", [Some(1), Some(600), Some(15)], 1)
        .await;
    let stage = |record: Record| {
        record
            .values()
            .into_iter()
            .find(|(column, _)| *column == "stage")
    };
    let now = stage(world.deal_record().await.unwrap()).unwrap().1;
    assert_eq!(now, json!("won"));
    assert_eq!(
        world.deal_words().await.unwrap()[1..],
        [Some(600), Some(15)]
    );
    world.undo(import).await;
    let now = stage(world.deal_record().await.unwrap()).unwrap().1;
    assert_eq!(now, json!("lost"));
    assert_eq!(world.deal_words().await.unwrap()[1..], [None, Some(15)]);
}

/// What a person wrote holds where the import that said it first is gone and the one that emptied it never
/// said it.
#[tokio::test]
async fn a_persons_day_is_back_without_the_import_before_it() {
    let world = World::new().await;
    let first = world.deal_says("crm", [Some(1), None, Some(2)], 0).await;
    world
        .write_deal(&[("opened_on", json!("2026-01-11"))])
        .await;
    world.deal_says("crm", [None, None, Some(1)], 1).await;
    assert_eq!(world.deal_words().await, Some([None, None, Some(1)]));
    world.undo(first).await;
    assert_eq!(world.deal_words().await, Some([Some(11), None, Some(1)]));
}

impl World {
    /// Imports what a source says of the stage, closing day and amount of a deal.
    async fn closing_says(&self, source: &str, opened: &str, closing: [&str; 3]) -> BatchId {
        self.may_say(source, opened, closing).await.unwrap()
    }

    /// The same; none where that is known.
    pub(super) async fn may_say(
        &self,
        source: &str,
        opened: &str,
        closing: [&str; 3],
    ) -> Option<BatchId> {
        let [stage, closed, amount] = closing;
        let text = format!("{DEALS}D1,王伟,甲公司,P1,{stage},{opened},{closed},{amount}\n");
        let preview = self.from(source, Kind::Opportunities, &text).await;
        assert_eq!(preview.files[0].rejected_rows, 0, "{preview:?}");
        preview.batch
    }

    /// Stage, closing day and amount in fen of the deal.
    pub(super) async fn closing_now(&self) -> [Value; 3] {
        let record = self.deal_record().await.unwrap();
        let values: std::collections::BTreeMap<_, _> = record.values().into_iter().collect();
        ["stage", "closed_on", "amount_minor"].map(|column| values[column].clone())
    }

    async fn write_amount(&self, minor: i64) {
        let values = [
            ("amount_minor", json!(minor)),
            ("amount_currency", json!("CNY")),
        ];
        self.write_deal(&values).await;
    }
}

/// A corrected amount of a deal that its source has lost since does not win it again, whatever else is
/// taken back; and it is not left with the lost deal.
#[tokio::test]
async fn an_amount_goes_with_the_closing_that_it_belonged_to() {
    let world = World::new().await;
    let (opened, later) = ("2026-01-01", "2026-01-02");
    world
        .closing_says("crm", opened, ["输单", "2026-02-01", ""])
        .await;
    let won = world
        .closing_says("crm", opened, ["赢单", "2026-03-01", "100"])
        .await;
    world.write_amount(12_000).await;
    world.undo(won).await;
    let kept = [json!("won"), json!("2026-03-01"), json!(12_000)];
    assert_eq!(world.closing_now().await, kept);
    let lost = ["输单", "2026-02-05", ""];
    world.closing_says("crm", opened, lost).await;
    let stands = [json!("lost"), json!("2026-02-05"), Value::Null];
    assert_eq!(world.closing_now().await, stands);
    let unrelated = world.closing_says("crm", later, lost).await;
    world.undo(unrelated).await;
    assert_eq!(world.closing_now().await, stands);
}

/// Another order of sources moves a whole closing too: no open deal keeps an amount.
#[tokio::test]
async fn another_order_leaves_no_half_closing() {
    let world = World::new().await;
    world.order(&["crm", "erp"]).await;
    world
        .closing_says("crm", "2026-01-01", ["赢单", "2026-03-01", ""])
        .await;
    world
        .closing_says("erp", "2026-01-01", ["Engaging", "", ""])
        .await;
    world.write_amount(12_000).await;
    world.order(&["erp", "crm"]).await;
    let open = [json!("engaging"), Value::Null, Value::Null];
    assert_eq!(world.closing_now().await, open);
}

/// What a person took of a closing ends with it.
#[tokio::test]
async fn a_chosen_amount_ends_where_its_deal_is_opened_again() {
    let world = World::new().await;
    world.order(&["crm", "erp"]).await;
    world
        .closing_says("crm", "2026-01-01", ["赢单", "2026-03-01", "100"])
        .await;
    world
        .closing_says("erp", "2026-01-01", ["赢单", "2026-03-01", "90"])
        .await;
    let id = world.deal_record().await.unwrap().id();
    let take = crate::api::sources::TakeValue {
        entity: "opportunity".to_owned(),
        id,
        field: "amount".to_owned(),
        source: "erp".to_owned(),
    };
    world.app.take_value(take).await.unwrap();
    assert_eq!(world.closing_now().await[2], json!(9_000));
    world
        .closing_says("crm", "2026-01-01", ["Engaging", "", ""])
        .await;
    let open = [json!("engaging"), Value::Null, Value::Null];
    assert_eq!(world.closing_now().await, open);
}

/// A deal that stood for a person's value alone goes when that is taken back, and comes back with it.
#[tokio::test]
async fn a_deal_kept_for_a_persons_value_goes_with_it() {
    let world = World::new().await;
    let opened = "2026-01-01";
    let first = world
        .closing_says("crm", opened, ["赢单", "2026-01-05", "100"])
        .await;
    let second = world
        .closing_says("crm", opened, ["赢单", "2026-01-05", "150"])
        .await;
    world.write_amount(10_000).await;
    let edit = world
        .app
        .last_own_change()
        .await
        .unwrap()
        .change
        .unwrap()
        .id;
    world.undo(first).await;
    world.undo(second).await;
    assert_eq!(world.closing_now().await[2], json!(10_000));
    let undo = |change| crate::api::history::UndoChange {
        change: Some(change),
        later: crate::api::data::LaterImports::Ask,
    };
    let undone = world.app.undo_change(undo(edit)).await.unwrap();
    assert!(world.deal_words().await.is_none(), "{undone:?}");
    world.app.undo_change(undo(undone.by)).await.unwrap();
    assert_eq!(world.closing_now().await[2], json!(10_000));
    let report = world.app.store().unwrap().verify().await.unwrap();
    assert!(report.findings.is_empty(), "{report:?}");
}

/// The same of a value that a person took from one of two sources.
#[tokio::test]
async fn a_deal_kept_for_a_choice_goes_with_it() {
    let world = World::new().await;
    world.order(&["crm", "erp"]).await;
    let first = world
        .closing_says("crm", "2026-01-01", ["赢单", "2026-03-01", "100"])
        .await;
    let second = world
        .closing_says("erp", "2026-01-01", ["赢单", "2026-03-01", "90"])
        .await;
    let take = crate::api::sources::TakeValue {
        entity: "opportunity".to_owned(),
        id: world.deal_record().await.unwrap().id(),
        field: "amount".to_owned(),
        source: "erp".to_owned(),
    };
    world.app.take_value(take).await.unwrap();
    let taken = world
        .app
        .last_own_change()
        .await
        .unwrap()
        .change
        .unwrap()
        .id;
    world.undo(first).await;
    world.undo(second).await;
    let undo = crate::api::history::UndoChange {
        change: Some(taken),
        later: crate::api::data::LaterImports::Ask,
    };
    world.app.undo_change(undo).await.unwrap();
    assert!(world.deal_words().await.is_none());
    let claims = world.app.store().unwrap();
    let claims = claims
        .count_of(yeji_store::Entity::SourceClaim)
        .await
        .unwrap();
    assert_eq!(claims, 0, "what was said of it goes too");
}

#[tokio::test]
async fn an_amount_of_which_nobody_says_anything_goes_with_the_next_import() {
    let world = World::new().await;
    let first = world
        .deal_says("crm", [Some(1), Some(1_000), Some(15)], 1)
        .await;
    world
        .write_deal(&[("opened_on", json!("2026-01-09"))])
        .await;
    world.undo(first).await;
    world.deal_says("crm", [Some(1), None, Some(15)], 2).await;
    let why = "the day is the person's; the amount was of an import that was taken back";
    assert_eq!(
        world.deal_words().await.unwrap(),
        [Some(9), None, Some(15)],
        "{why}"
    );
}
