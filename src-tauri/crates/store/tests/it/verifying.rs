//! `verify` must find what was tampered with, and name it.

use sqlx::Connection as _;
use yeji_store::{
    AuditDraft, ChangeKind, Key, LaterWork, NotedHead, OpenMode, Store, VerifyReport,
};

use crate::fixture::*;

/// A company, an import, three edits with audit entries (changes 3 to 5, entries 1 to 3), the last of
/// them taken back (change 6, no entry); then `sql` on the file, behind the store's back. With the
/// head as it was before.
async fn tampered(sql: &'static str, noted: bool) -> VerifyReport {
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
            detail: serde_json::json!({ "n": n }),
        });
        store.apply(edit).await.unwrap();
    }
    store
        .take_back(change_id(4), LaterWork::Refuse, header(5, ChangeKind::Undo))
        .await
        .unwrap();
    let head = store.audit_head().await.unwrap().unwrap();
    let head: NotedHead = head.short().parse().unwrap();
    let report = store.verify_with(Some(&head)).await.unwrap();
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
    store.verify_with(noted.then_some(&head)).await.unwrap()
}

#[tokio::test]
async fn tampering_is_found_and_named() {
    let check = |sql: &'static str, check: &'static str, place: &'static str| async move {
        let report = tampered(sql, false).await;
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
        "UPDATE customer_value SET won_minor = won_minor + 1",
        "rollups",
        "customer_value ",
    )
    .await;
    check("DELETE FROM customer_value", "rollups", "customer_value ").await;
    check(
        "INSERT INTO named_customer VALUES (zeroblob(16), 'opportunity', 99, zeroblob(16))",
        "rows",
        "named_customer 99",
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
    check(
        "UPDATE change_row SET before = replace(before, '30', '31') WHERE change_seq = 5",
        "change_log",
        "change_log 5",
    )
    .await;
    check(
        "UPDATE change_row SET after_changed_seq = 1 WHERE change_seq = 6",
        "change_log",
        "change_log 6",
    )
    .await;
    check(
        "UPDATE change_log SET takes_back = 4 WHERE seq = 6",
        "change_log",
        "change_log 6",
    )
    .await;
    check(
        "DELETE FROM change_log WHERE seq = 6",
        "change_log",
        "change_log 6",
    )
    .await;
    check("DELETE FROM product", "references", "opportunity").await;
}

#[tokio::test]
async fn the_first_broken_entry_is_named_with_its_time_and_action() {
    let report = tampered("UPDATE audit_entry SET detail = '{}' WHERE seq = 2", false).await;
    let [finding] = &report.findings[..] else {
        panic!("one finding: {:?}", report.findings);
    };
    assert_eq!(
        finding.place,
        "audit_entry 2 (2023-11-14T22:13:23.000000000Z, deal.edit)"
    );
    assert!(finding.what.contains("detail"), "{}", finding.what);

    let report = tampered("DELETE FROM audit_entry WHERE seq = 2", false).await;
    assert_eq!(report.findings[0].what, "entry 2 before it is missing");

    let swap = "UPDATE audit_entry SET seq = 99 WHERE seq = 2;
        UPDATE audit_entry SET seq = 2 WHERE seq = 3; UPDATE audit_entry SET seq = 3 WHERE seq = 99";
    let report = tampered(swap, false).await;
    assert!(
        report.findings[0].place.starts_with("audit_entry 2 "),
        "the order counts: {:?}",
        report.findings
    );
}

#[tokio::test]
async fn a_chain_that_was_cut_or_written_anew_shows_by_a_head_noted_elsewhere() {
    let cut = "DELETE FROM audit_entry WHERE seq = 3";
    assert!(
        tampered(cut, false).await.is_ok(),
        "a chain without its end is whole in itself"
    );
    for sql in [cut, "DELETE FROM audit_entry"] {
        let report = tampered(sql, true).await;
        let found = report.findings.iter().any(|one| {
            one.check == "head" && one.place.starts_with("3-") && one.what.contains("removed")
        });
        assert!(found, "{sql}: {:?}", report.findings);
    }
    // The change log's end, cut with its rows: the entries that were written after it tell.
    let report = tampered(
        "DELETE FROM change_row WHERE change_seq > 4; DELETE FROM change_log WHERE seq > 4",
        false,
    )
    .await;
    let told = report
        .findings
        .iter()
        .any(|one| one.place.starts_with("audit_entry 3 ") && one.what.contains("change log"));
    assert!(told, "{:?}", report.findings);
}

#[tokio::test]
async fn a_log_without_its_end_is_given_away_by_the_rows_that_it_wrote() {
    let (dir, store) = store_with_company().await;
    let deal = won(1, "2017-03-01", 10);
    store.apply(import(1, vec![deal.into()])).await.unwrap();
    store.close().await.unwrap();
    let mut conn = raw(dir.path()).await;
    let cut = "DELETE FROM change_row WHERE change_seq = (SELECT MAX(seq) FROM change_log);
               DELETE FROM change_log WHERE seq = (SELECT MAX(seq) FROM change_log)";
    sqlx::raw_sql(cut).execute(&mut conn).await.unwrap();
    conn.close().await.unwrap();
    let store = Store::open(dir.path(), &Key::Plain, OpenMode::ReadOnly)
        .await
        .unwrap();
    let report = store.verify().await.unwrap();
    let told = report
        .findings
        .iter()
        .any(|one| one.check == "change_log" && one.what.contains("end was removed"));
    assert!(told, "{:?}", report.findings);
}

#[tokio::test]
async fn entries_without_a_change_stand_in_the_same_chain() {
    let (_dir, store) = store_with_company().await;
    let draft = AuditDraft {
        action: "export.report".to_owned(),
        subject: "2017-Q4".to_owned(),
        detail: serde_json::json!({ "formats": "pdf" }),
    };
    let first = store
        .audit(id(7, 50), at(50), "tester", &draft)
        .await
        .unwrap();
    let second = store
        .audit(id(7, 51), at(51), "tester", &draft)
        .await
        .unwrap();
    assert_eq!((first.seq, second.seq), (1, 2));
    assert_eq!(store.audit_head().await.unwrap(), Some(second));
    assert!(store.verify().await.unwrap().is_ok());
    // The writer is free again.
    store
        .apply(change(
            1,
            ChangeKind::Edit,
            vec![won(1, "2017-03-01", 5).into()],
        ))
        .await
        .unwrap();
}

#[tokio::test]
async fn entries_outside_the_numbers_that_are_given_are_found() {
    // The pages list such entries as genuine, and undoing would put their values back.
    let check = |sql: &'static str, check: &'static str| async move {
        let report = tampered(sql, true).await;
        let found = report.findings.iter().any(|one| one.check == check);
        assert!(found, "{sql}: {:?}", report.findings);
    };
    for number in ["0", "-5"] {
        let entry = format!(
            "INSERT INTO audit_entry (seq, at, actor, action, subject, detail, change_id, hash)
             SELECT {number}, at, 'meng', 'bonus.plan', subject, detail, zeroblob(16), hash
             FROM audit_entry WHERE seq = 1"
        );
        check(entry.leak(), "audit").await;
        let change = format!(
            "INSERT INTO change_log (seq, id, at, author, kind, summary, rows_hash, hash)
             SELECT {number}, zeroblob(16), at, author, kind, summary, rows_hash, hash
             FROM change_log WHERE seq = 1"
        );
        check(change.leak(), "change_log").await;
        let line = format!(
            "INSERT INTO change_row (change_seq, n, entity, row_id, before)
             SELECT change_seq, {number}, entity, row_id, before FROM change_row
             WHERE change_seq = 5 LIMIT 1"
        );
        check(line.leak(), "change_log").await;
    }
    check(
        "UPDATE change_row SET n = n + 1 WHERE change_seq = 5",
        "change_log",
    )
    .await;
}

#[tokio::test]
async fn a_mark_vouches_for_the_changes_before_it_also_when_its_entry_has_no_values() {
    // A sign-in has none, and is what stands last when a statement is printed.
    let (dir, store) = store_with_company().await;
    for n in 1..3 {
        let deal = won(1, "2017-03-01", i64::from(n) * 10);
        let edit = change(n, ChangeKind::Edit, vec![deal.into()]);
        store.apply(edit).await.unwrap();
    }
    let sign_in = AuditDraft {
        action: "sign_in.ok".to_owned(),
        subject: "sun".to_owned(),
        detail: serde_json::Value::Null,
    };
    let head = store
        .audit(id(7, 50), at(50), "sun", &sign_in)
        .await
        .unwrap();
    store.close().await.unwrap();
    let mut conn = raw(dir.path()).await;
    let cut = "DELETE FROM change_row WHERE change_seq = 3; DELETE FROM change_log WHERE seq = 3";
    sqlx::raw_sql(cut).execute(&mut conn).await.unwrap();
    conn.close().await.unwrap();
    let store = Store::open(dir.path(), &Key::Plain, OpenMode::ReadOnly)
        .await
        .unwrap();
    let noted: NotedHead = head.short().parse().unwrap();
    let report = store.verify_with(Some(&noted)).await.unwrap();
    let told = report.findings.iter().any(|one| one.check == "audit");
    assert!(told, "{:?}", report.findings);
}

#[tokio::test]
async fn a_row_that_was_edited_past_the_program_is_found() {
    // What is paid (statements, target bonuses, goals) is no sum that could be counted anew.
    let (dir, store) = store_with_company().await;
    let deal = won(1, "2017-03-01", 10);
    store.apply(import(1, vec![deal.into()])).await.unwrap();
    let setting = |value: i64| yeji_store::Setting {
        key: "target".to_owned(),
        value: serde_json::json!({ "minor": value }),
    };
    for n in 2..4 {
        let put = vec![setting(i64::from(n)).into()];
        store
            .apply(change(n, ChangeKind::Setting, put))
            .await
            .unwrap();
    }
    store.close().await.unwrap();
    let verify = async || {
        let store = Store::open(dir.path(), &Key::Plain, OpenMode::ReadOnly)
            .await
            .unwrap();
        store.verify().await.unwrap()
    };
    let report = verify().await;
    assert!(report.is_ok(), "{:?}", report.findings);
    let mut conn = raw(dir.path()).await;
    for sql in [
        "UPDATE setting SET value = replace(value, '3', '9')",
        "UPDATE setting SET value = replace(value, '9', '2')",
        "DELETE FROM setting",
    ] {
        sqlx::raw_sql(sql).execute(&mut conn).await.unwrap();
        let report = verify().await;
        let [finding] = &report.findings[..] else {
            panic!("{sql}: one finding: {:?}", report.findings);
        };
        assert_eq!(finding.check, "rows", "{sql}");
        assert!(finding.place.starts_with("setting "), "{sql}: {finding:?}");
    }
}
