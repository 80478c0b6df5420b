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

/// Without its end nothing tells whether a backup was changed; an unencrypted one is not taken for a bare copy
/// of the first version then.
#[tokio::test]
async fn a_backup_that_lost_a_part_of_its_end_is_refused() {
    for key in [Key::Plain, Key::Raw([7; 32])] {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::create(&folder.path().join("store"), &key)
            .await
            .unwrap();
        let whole = folder.path().join("whole.yeji");
        store.backup(&whole).await.unwrap();
        let bytes = std::fs::read(&whole).unwrap();
        assert!(yeji_store::Backup::read(&whole).is_ok());
        for less in [1, 8, 9, 44, 45, 60, 1_000, 5_000] {
            let cut = folder.path().join(format!("{less}.yeji"));
            std::fs::write(&cut, &bytes[..bytes.len() - less]).unwrap();
            let refused = yeji_store::Backup::read(&cut).unwrap_err();
            assert!(
                matches!(refused, yeji_store::Error::NotABackup { .. }),
                "{less}: {refused:?}"
            );
        }
    }
}
