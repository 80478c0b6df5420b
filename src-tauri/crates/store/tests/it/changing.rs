//! Changes: whole or not at all, logged, repeatable.

use std::collections::BTreeMap;

use sqlx::Connection as _;
use yeji_core::facts::{RejectedRow, Stage};
use yeji_core::{Currency, Money};
use yeji_store::{AuditDraft, ChangeKind, Entity, Error, Record, Setting, Topic};

use crate::fixture::*;

#[tokio::test]
async fn records_come_back_as_they_went_in() {
    use yeji_core::facts::*;
    use yeji_core::goal::*;
    use yeji_core::ids::*;
    use yeji_core::metric::GoalMetric;
    use yeji_store::*;

    let (_dir, store) = store_with_company().await;
    let plan = GoalPlan {
        id: GoalPlanId(id(20, 1)),
        metric: GoalMetric::WonAmount,
        year: 2018,
        calendar: None,
        version: 1,
        state: GoalPlanState::Draft,
        amount: cny(1_200_000_000),
        rule: Some("{}".to_owned()),
        created_at: at(5),
    };
    let cell = GoalCell {
        plan: plan.id,
        unit: unit_id(1),
        person: Some(person_id(0)),
        start: day("2018-01-29"),
        end: day("2018-02-01"),
        minor: -7,
    };
    let bonus_plan = BonusPlanVersion {
        id: BonusPlanId(id(21, 1)),
        code: "default".to_owned(),
        version: 1,
        document: serde_json::json!({"tiers": [{"from": "0.8"}]}),
        effective_from: day("2017-01-01"),
        effective_to: day("2018-01-01"),
        created_at: at(6),
    };
    let run = BonusRun {
        id: BonusRunId(id(22, 1)),
        period: "2017-Q4".to_owned(),
        plan: bonus_plan.id,
        at: at(7),
        inputs_hash: "ab".to_owned(),
        engine_version: "1".to_owned(),
        result: serde_json::json!({"total": "5"}),
    };
    let target = TargetBonus {
        id: TargetBonusId(id(23, 1)),
        person: person_id(0),
        per_quarter: cny(500_000),
        from: day("2017-01-01"),
        to: day("2018-01-01"),
    };
    let statement = StatementRow {
        id: StatementId(id(24, 1)),
        run: run.id,
        person: person_id(0),
        payout: cny(250_000),
        result: serde_json::json!({"lines": []}),
    };
    let deal = won(1, "2017-03-01", 5);
    let alias = Alias {
        source: "crm".to_owned(),
        kind: AliasKind::Product,
        from_text: "GTXPro".to_owned(),
        target: product_id(0).0,
    };
    let mapping = MappingProfile {
        id: MappingId(id(25, 1)),
        name: "CRM".to_owned(),
        document: serde_json::json!({"amount": "close_value"}),
    };
    let event = StageEvent {
        id: StageEventId(id(26, 1)),
        origin: origin("E1"),
        opportunity: deal.id,
        stage: Stage::Won,
        on: day("2017-03-01"),
    };
    let line = OrderLine {
        id: OrderLineId(id(27, 1)),
        origin: origin("L1"),
        opportunity: deal.id,
        product: product_id(1),
        quantity: 3,
        amount: cny(5),
        ordered_on: day("2017-03-02"),
    };
    let receipt = Receipt {
        id: ReceiptId(id(28, 1)),
        origin: origin("R1"),
        opportunity: deal.id,
        refunds: None,
        amount: cny(5),
        received_on: day("2017-03-03"),
    };
    let refund = Receipt {
        id: ReceiptId(id(28, 2)),
        origin: origin("R2"),
        refunds: Some(receipt.id),
        amount: cny(-5),
        ..receipt.clone()
    };
    let contact = Contact {
        id: ContactId(id(29, 1)),
        origin: origin("K1"),
        customer: customer_id(0),
        name: "李".to_owned(),
        title: None,
        phone: Some("1".to_owned()),
    };
    let interaction = Interaction {
        id: InteractionId(id(30, 1)),
        origin: origin("I1"),
        customer: customer_id(0),
        person: person_id(1),
        kind: "visit".to_owned(),
        on: day("2017-03-04"),
        note: Some("好".to_owned()),
    };
    let answer = SatisfactionScore {
        id: SatisfactionId(id(31, 1)),
        origin: origin("S1"),
        customer: customer_id(0),
        score: 9,
        on: day("2017-03-05"),
    };
    let delivery = DeliveryTicket {
        id: DeliveryId(id(32, 1)),
        origin: origin("T1"),
        opportunity: deal.id,
        due_on: day("2017-03-06"),
        delivered_on: None,
    };
    let lead = Lead {
        id: LeadId(id(33, 1)),
        origin: origin("W1"),
        name: "web".to_owned(),
        channel: None,
        owner: Some(person_id(0)),
        created_on: day("2017-01-01"),
        opportunity: Some(deal.id),
    };
    // Children before parents: the order within a change is free.
    let put: Vec<Record> = vec![
        statement.clone().into(),
        cell.clone().into(),
        plan.clone().into(),
        run.clone().into(),
        bonus_plan.clone().into(),
        target.clone().into(),
        alias.clone().into(),
        mapping.clone().into(),
        event.clone().into(),
        line.clone().into(),
        refund.clone().into(),
        receipt.clone().into(),
        contact.clone().into(),
        interaction.clone().into(),
        answer.clone().into(),
        delivery.clone().into(),
        lead.clone().into(),
        deal.clone().into(),
    ];
    store.apply(change(1, ChangeKind::Edit, put)).await.unwrap();

    assert_eq!(
        store.goal_plans().await.unwrap(),
        std::slice::from_ref(&plan)
    );
    assert_eq!(store.goal_cells(plan.id).await.unwrap(), [cell]);
    assert_eq!(
        store.bonus_plan(bonus_plan.id).await.unwrap(),
        Some(bonus_plan)
    );
    assert_eq!(
        store.bonus_runs(None).await.unwrap(),
        std::slice::from_ref(&run)
    );
    assert_eq!(store.target_bonuses().await.unwrap(), [target]);
    assert_eq!(store.statements(run.id).await.unwrap(), [statement]);
    assert_eq!(store.aliases("crm").await.unwrap(), [alias]);
    assert_eq!(store.mapping_profile("CRM").await.unwrap(), Some(mapping));
    assert_eq!(
        store.opportunity(deal.id).await.unwrap(),
        Some(deal.clone())
    );
    assert_eq!(store.stage_events(deal.id).await.unwrap(), [event]);
    assert_eq!(store.order_lines(deal.id).await.unwrap(), [line]);
    assert_eq!(store.receipts(deal.id).await.unwrap(), [receipt, refund]);
    assert_eq!(store.contacts(customer_id(0)).await.unwrap(), [contact]);
    assert_eq!(
        store.interactions(customer_id(0)).await.unwrap(),
        [interaction]
    );
    assert_eq!(
        store.satisfaction_scores(customer_id(0)).await.unwrap(),
        [answer]
    );
    assert_eq!(store.delivery_tickets(deal.id).await.unwrap(), [delivery]);
    assert_eq!(store.leads().await.unwrap(), [lead]);
    assert_eq!(
        store.product(product_id(1)).await.unwrap(),
        Some(product(1))
    );
    assert_eq!(
        store.customers_by_source("crm").await.unwrap()["C2"],
        customer(2, None)
    );
    assert_eq!(
        store.people_by_source("crm").await.unwrap()["P1"],
        person(1)
    );
}

#[tokio::test]
async fn a_change_tells_its_topics_and_is_logged_by_field() {
    let (_dir, store) = store_with_company().await;
    let mut deal = won(1, "2017-03-01", 500);
    store
        .apply(change(1, ChangeKind::Edit, vec![deal.clone().into()]))
        .await
        .unwrap();
    deal.amount = Some(cny(700));
    deal.stage = Stage::Lost;
    let mut edit = change(2, ChangeKind::Edit, vec![deal.into()]);
    edit.audit = Some(AuditDraft {
        action: "deal.edit".to_owned(),
        subject: "D1".to_owned(),
        detail: serde_json::json!({"why": "typing error"}),
    });
    let applied = store.apply(edit).await.unwrap();
    assert_eq!(applied.topics, [Topic::Deals, Topic::Audit]);

    let page = store.changes(None, 2).await.unwrap();
    assert_eq!(page.total, 3);
    assert_eq!(
        page.rows.iter().map(|row| row.seq).collect::<Vec<_>>(),
        [3, 2],
        "latest first"
    );
    assert_eq!(page.rows[0].author, "tester");
    let rest = store.changes(page.next, 2).await.unwrap();
    assert_eq!(rest.rows.len(), 1, "the next page has the rest");
    let fields: Vec<String> = store
        .change_fields(change_id(2), 100)
        .await
        .unwrap()
        .iter()
        .map(|one| format!("{}.{}: {} -> {}", one.entity, one.field, one.from, one.to))
        .collect();
    assert_eq!(
        fields,
        [
            r#"opportunity.stage: "won" -> "lost""#,
            "opportunity.amount_minor: 500 -> 700"
        ]
    );
    let audit = store.audit_entries(None, 10).await.unwrap();
    assert_eq!(
        (audit.total, audit.rows[0].action.as_str()),
        (1, "deal.edit")
    );
    assert_eq!(
        store.audit_head().await.unwrap(),
        Some(yeji_store::AuditHead {
            seq: 1,
            hash: audit.rows[0].hash.clone()
        })
    );
}

#[tokio::test]
async fn putting_the_same_again_changes_nothing() {
    let (_dir, store) = store_with_company().await;
    store
        .apply(import(1, vec![won(1, "2017-03-01", 500).into()]))
        .await
        .unwrap();
    let mut same = won(1, "2017-03-01", 500);
    same.origin.batch = Some(batch_id(2));
    same.origin.line = Some(17);
    let applied = store.apply(import(2, vec![same.into()])).await.unwrap();
    assert_eq!(
        applied.topics,
        [Topic::Imports],
        "only the batch itself is new"
    );
    let deal = store.opportunity(deal_id(1)).await.unwrap().unwrap();
    assert_eq!(
        deal.origin.batch, None,
        "the row stays with the batch that brought its values"
    );
    let index = store.opportunities_index("crm").await.unwrap();
    let fingerprint = Record::from(won(1, "2017-03-01", 500)).fingerprint();
    assert_eq!(
        index.get("D1"),
        Some((deal_id(1), fingerprint)),
        "an import sees that it is the same"
    );
    let other = Record::from(won(1, "2017-03-01", 501)).fingerprint();
    assert_ne!(fingerprint, other, "another amount is another fingerprint");
    assert_eq!((index.len(), index.get("D2")), (1, None));
}

#[tokio::test]
async fn one_row_twice_in_a_change_ends_as_its_last() {
    let (_dir, store) = store_with_company().await;
    let put = vec![
        won(1, "2017-03-01", 500).into(),
        won(1, "2017-04-01", 700).into(),
    ];
    store.apply(import(1, put)).await.unwrap();
    let report = store.verify().await.unwrap();
    assert!(report.is_ok(), "{:?}", report.findings);
    assert_eq!(
        store.opportunity(deal_id(1)).await.unwrap().unwrap().amount,
        Some(cny(700))
    );
}

#[tokio::test]
async fn a_refused_change_leaves_nothing() {
    let (_dir, store) = store_with_company().await;
    let before = store.changes(None, 10).await.unwrap();
    let mut orphan = won(2, "2017-03-01", 5);
    orphan.product = Some(product_id(77));
    let refused = store
        .apply(change(
            1,
            ChangeKind::Edit,
            vec![won(1, "2017-03-01", 5).into(), orphan.into()],
        ))
        .await;
    let Err(Error::MissingReference {
        entity,
        id,
        refers_to,
    }) = refused
    else {
        panic!("{refused:?}")
    };
    assert_eq!(
        (entity.as_str(), refers_to.as_str()),
        ("opportunity", "product")
    );
    assert_eq!(id, deal_id(2).to_string(), "names the row");

    let mut twin = won(2, "2017-03-01", 5);
    twin.origin.external_id = "D1".to_owned();
    let refused = store
        .apply(change(
            1,
            ChangeKind::Edit,
            vec![won(1, "2017-03-01", 5).into(), twin.into()],
        ))
        .await;
    assert!(
        matches!(&refused, Err(Error::Duplicate { columns, .. }) if columns == "source, external_id"),
        "{refused:?}"
    );
    let mut dollars = won(2, "2017-03-01", 5);
    dollars.amount = Some(Money::new(5, Currency::USD));
    let refused = store
        .apply(change(
            1,
            ChangeKind::Edit,
            vec![won(1, "2017-03-01", 5).into(), dollars.clone().into()],
        ))
        .await;
    assert!(
        matches!(refused, Err(Error::MixedCurrencies { .. })),
        "{refused:?}"
    );
    let mut gone = change(1, ChangeKind::Edit, vec![won(1, "2017-03-01", 5).into()]);
    gone.delete = vec![(Entity::Opportunity, deal_id(9).0)];
    let refused = store.apply(gone).await;
    assert!(
        matches!(refused, Err(Error::NoSuchRow { .. })),
        "{refused:?}"
    );
    let huge = vec![
        won(1, "2017-03-01", i64::MAX).into(),
        won(2, "2017-03-02", i64::MAX).into(),
    ];
    let refused = store.apply(change(1, ChangeKind::Edit, huge)).await;
    assert!(matches!(refused, Err(Error::Overflow(_))), "{refused:?}");

    assert_eq!(
        store.changes(None, 10).await.unwrap(),
        before,
        "no entry of any of them"
    );
    assert!(store.opportunity(deal_id(1)).await.unwrap().is_none());
    assert!(store.verify().await.unwrap().is_ok());
    store
        .apply(change(1, ChangeKind::Edit, vec![dollars.into()]))
        .await
        .expect("the next change is not hindered, and the refused ones did not fix the currency");
    let twice = store.apply(change(1, ChangeKind::Edit, Vec::new())).await;
    assert!(matches!(twice, Err(Error::AppliedAlready(_))), "{twice:?}");
}

#[tokio::test]
async fn an_overflow_across_changes_is_refused_too() {
    let (_dir, store) = store_with_company().await;
    store
        .apply(change(
            1,
            ChangeKind::Edit,
            vec![won(1, "2017-03-01", i64::MAX).into()],
        ))
        .await
        .unwrap();
    let refused = store
        .apply(change(
            2,
            ChangeKind::Edit,
            vec![won(2, "2017-03-01", 1).into()],
        ))
        .await;
    assert!(matches!(refused, Err(Error::Overflow(_))), "{refused:?}");
    assert!(store.verify().await.unwrap().is_ok());
}

#[tokio::test]
async fn a_dropped_change_keeps_nothing_and_a_chunked_one_everything() {
    let (_dir, store) = store_with_company().await;
    let mut tx = store.begin(header(1, ChangeKind::Import)).await.unwrap();
    tx.put(&[won(1, "2017-03-01", 5).into()]).await.unwrap();
    drop(tx);
    assert!(
        store.opportunity(deal_id(1)).await.unwrap().is_none(),
        "cancelled"
    );

    let mut head = header(1, ChangeKind::Import);
    head.batch = Some(batch(1));
    let mut tx = store.begin(head).await.unwrap();
    for part in 0..3 {
        let rows: Vec<Record> = (0..150)
            .map(|n| won(part * 150 + n, "2017-03-01", 5).into())
            .collect();
        tx.put(&rows).await.unwrap();
    }
    let rejected = RejectedRow {
        batch: batch_id(1),
        file: "deals.csv".to_owned(),
        line: 12,
        code: "date".to_owned(),
        params: [("value".to_owned(), "31-02-17".to_owned())].into(),
        raw: vec!["a".to_owned(), "31-02-17".to_owned()],
    };
    tx.reject(std::slice::from_ref(&rejected)).await.unwrap();
    tx.set_batch(yeji_core::facts::Batch {
        new_rows: 450,
        rejected_rows: 1,
        ..batch(1)
    });
    tx.commit().await.unwrap();
    assert_eq!(
        store.batch(batch_id(1)).await.unwrap().unwrap().new_rows,
        450
    );
    let page = store.rejected_rows(batch_id(1), None, None, 10);
    let page = page.await.unwrap();
    assert_eq!(
        (page.rows, page.next, page.total),
        (vec![rejected], None, 1)
    );
    let report = store.verify().await.unwrap();
    assert!(report.is_ok() && report.deals == 450, "{report:?}");
}

/// Whoever opens a store after a crash reads the whole log: after a large import it must be short again.
#[tokio::test]
async fn a_large_change_leaves_no_long_log() {
    let (dir, store) = store_with_company().await;
    let mut head = header(1, ChangeKind::Import);
    head.batch = Some(batch(1));
    let mut tx = store.begin(head).await.unwrap();
    for line in 1..=80 {
        let rejected = RejectedRow {
            batch: batch_id(1),
            file: "deals.csv".to_owned(),
            line,
            code: "date".to_owned(),
            params: BTreeMap::new(),
            raw: vec!["a".repeat(1 << 20)],
        };
        tx.reject(&[rejected]).await.unwrap();
    }
    tx.commit().await.unwrap();
    // It is cut beside whatever follows; the next change waits for it.
    drop(store.begin(header(2, ChangeKind::Edit)).await.unwrap());
    let length = |name: &str| std::fs::metadata(dir.path().join(name)).unwrap().len();
    assert!(length("yeji.db") > 80 << 20, "it is in the database");
    assert_eq!(length("yeji.db-wal"), 0);
    assert!(store.verify().await.unwrap().is_ok());
}

#[tokio::test]
async fn a_failed_chunk_forbids_the_commit() {
    let (_dir, store) = store_with_company().await;
    let mut tx = store.begin(header(1, ChangeKind::Import)).await.unwrap();
    tx.put(&[won(1, "2017-03-01", 5).into()]).await.unwrap();
    let mut twin = won(2, "2017-03-01", 5);
    twin.origin.external_id = "D1".to_owned();
    assert!(tx.put(&[twin.into()]).await.is_err());
    let further = tx.put(&[won(3, "2017-03-01", 5).into()]).await;
    assert!(matches!(further, Err(Error::Abandoned)), "{further:?}");
    let refused = tx.commit().await;
    assert!(matches!(refused, Err(Error::Abandoned)), "{refused:?}");
    assert!(store.opportunity(deal_id(3)).await.unwrap().is_none());
    assert!(store.opportunity(deal_id(1)).await.unwrap().is_none());
}

#[tokio::test]
async fn rows_are_deleted_before_others_are_put() {
    let (_dir, store) = new_store().await;
    let setting = |value: i64| {
        Record::from(Setting {
            key: "k".to_owned(),
            value: value.into(),
        })
    };
    store
        .apply(change(1, ChangeKind::Setting, vec![setting(1)]))
        .await
        .unwrap();
    let mut replace = change(2, ChangeKind::Setting, vec![setting(2)]);
    replace.delete = vec![(Entity::Setting, yeji_store::setting_id("k"))];
    store.apply(replace).await.unwrap();
    assert_eq!(store.setting("k").await.unwrap(), Some(2.into()));
}

#[tokio::test]
async fn only_the_store_writes() {
    let (dir, store) = store_with_company().await;
    store.close().await.unwrap();
    // The readers' connections are opened like this.
    let options = sqlx::sqlite::SqliteConnectOptions::new()
        .filename(dir.path().join("yeji.db"))
        .read_only(true);
    let mut conn = sqlx::sqlite::SqliteConnection::connect_with(&options)
        .await
        .unwrap();
    let refused = sqlx::raw_sql("DELETE FROM person").execute(&mut conn).await;
    assert!(refused.is_err(), "a read-only connection cannot write");
}
