//! `verify` must find what was tampered with, and name it.

use sqlx::Connection as _;
use yeji_store::{AuditDraft, ChangeKind, Key, OpenMode, Store};

use crate::fixture::*;

#[tokio::test]
async fn tampering_is_found_and_named() {
    let check = |sql: &'static str, check: &'static str, place: &'static str| async move {
        let (dir, store) = store_with_company().await;
        store
            .apply(import(1, vec![won(1, "2017-03-01", 5).into()]))
            .await
            .unwrap();
        for n in 2..5 {
            let mut edit = change(
                n,
                ChangeKind::Edit,
                vec![won(1, "2017-03-01", i64::from(n) * 10).into()],
            );
            edit.audit = Some(AuditDraft {
                action: "deal.edit".to_owned(),
                subject: "D1".to_owned(),
                detail: serde_json::json!(n),
            });
            store.apply(edit).await.unwrap();
        }
        let report = store.verify().await.unwrap();
        assert!(report.is_ok(), "whole before: {:?}", report.findings);
        store.close().await.unwrap();
        let mut conn = raw(dir.path()).await;
        sqlx::raw_sql("PRAGMA foreign_keys = OFF")
            .execute(&mut conn)
            .await
            .unwrap();
        sqlx::raw_sql(sql).execute(&mut conn).await.unwrap();
        conn.close().await.unwrap();
        let store = Store::open(dir.path(), &Key::Plain, OpenMode::ReadOnly)
            .await
            .unwrap();
        let report = store.verify().await.unwrap();
        assert!(
            report
                .findings
                .iter()
                .any(|one| one.check == check && one.place.starts_with(place)),
            "{sql}: {:?}",
            report.findings
        );
    };
    check(
        "UPDATE rollup SET won_minor = won_minor + 1 WHERE grain = 'month' AND dim = 'person'",
        "rollups",
        "rollup month person 2017-03-01",
    )
    .await;
    check(
        "DELETE FROM rollup WHERE grain = 'day' AND dim = 'product'",
        "rollups",
        "rollup day product",
    )
    .await;
    check(
        "INSERT INTO rollup VALUES ('day', 'all', '2017-09-09', zeroblob(16), x'', 1, 1, 0, 0)",
        "rollups",
        "rollup day all 2017-09-09",
    )
    .await;
    check(
        "UPDATE opportunity SET amount_minor = 41",
        "deals",
        "opportunity",
    )
    .await;
    check(
        "UPDATE opportunity SET team = zeroblob(16)",
        "deals",
        "opportunity",
    )
    .await;
    check(
        "UPDATE audit_entry SET detail = '0' WHERE seq = 2",
        "audit",
        "audit_entry 2",
    )
    .await;
    check(
        "DELETE FROM audit_entry WHERE seq = 2",
        "audit",
        "audit_entry 3",
    )
    .await;
    check(
        "UPDATE change_log SET author = 'nobody' WHERE seq = 3",
        "change_log",
        "change_log 3",
    )
    .await;
    check(
        "UPDATE change_row SET after = '{}' WHERE change_seq = 4",
        "change_log",
        "change_log 4",
    )
    .await;
    check("DELETE FROM product", "references", "opportunity").await;
}
