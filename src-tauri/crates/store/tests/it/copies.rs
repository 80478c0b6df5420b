//! What leaves the house in a copy.

use std::path::Path;

use sqlx::Connection as _;
use yeji_store::{Key, OpenMode, Store};

use crate::fixture::{raw, store_with_company};

/// A backup, and a personal file, which is made the same way, leaves the house: what was deleted here must
/// not be in its unused pages.
#[tokio::test]
async fn a_backup_holds_nothing_that_was_deleted() {
    const DELETED: &str = "deleted-before-the-backup";
    let (folder, store) = store_with_company().await;
    store.close().await.unwrap();
    let mut conn = raw(folder.path()).await;
    let text = format!(
        "CREATE TABLE scratch (words TEXT);
         WITH RECURSIVE n(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n WHERE value < 2000)
         INSERT INTO scratch SELECT '{DELETED} ' || value FROM n;
         DROP TABLE scratch;"
    );
    sqlx::raw_sql(sqlx::AssertSqlSafe(text))
        .execute(&mut conn)
        .await
        .unwrap();
    sqlx::raw_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        .execute(&mut conn)
        .await
        .unwrap();
    conn.close().await.unwrap();
    let holds = |file: &Path| {
        let bytes = std::fs::read(file).unwrap();
        let mut parts = bytes.windows(DELETED.len());
        parts.any(|part| part == DELETED.as_bytes())
    };
    let file = folder.path().join("yeji.db");
    assert!(holds(&file), "the store's own file still has it");
    let store = Store::open(folder.path(), &Key::Plain, OpenMode::ReadWrite)
        .await
        .unwrap();
    let backup = folder.path().join("a.yejibackup");
    store.backup(&backup).await.unwrap();
    assert!(!holds(&backup));
}
