//! Making, opening, locking, encrypting.

use sqlx::Connection as _;
use tempfile::TempDir;
use yeji_store::{Backup, ChangeKind, Error, Key, OpenMode, Probe, Record, Setting, Store};

use crate::fixture::{change, new_store, raw, store_with_company, won};

/// A text that must not be readable in an encrypted file.
const MARKER: &str = "planted-marker-0123456789";

fn marker() -> Vec<Record> {
    vec![
        Setting {
            key: MARKER.to_owned(),
            value: serde_json::json!(MARKER),
        }
        .into(),
    ]
}

fn holds_marker(dir: &TempDir) -> bool {
    std::fs::read_dir(dir.path())
        .unwrap()
        .map(|entry| std::fs::read(entry.unwrap().path()).unwrap())
        .any(|bytes| {
            bytes
                .windows(MARKER.len())
                .any(|part| part == MARKER.as_bytes())
        })
}

#[tokio::test]
async fn what_was_written_is_there_after_closing() {
    let (dir, store) = new_store().await;
    store
        .apply(change(1, ChangeKind::Setting, marker()))
        .await
        .unwrap();
    store.close().await.unwrap();
    let again = Store::open(dir.path(), &Key::Plain, OpenMode::ReadWrite)
        .await
        .unwrap();
    assert_eq!(
        again.setting(MARKER).await.unwrap(),
        Some(serde_json::json!(MARKER))
    );
}

#[tokio::test]
async fn nothing_is_overwritten_or_made_up() {
    let (dir, store) = new_store().await;
    let other = TempDir::new().unwrap();
    assert_eq!(Store::probe(other.path()).unwrap(), Probe::Absent);
    let absent = Store::open(other.path(), &Key::Plain, OpenMode::ReadOnly).await;
    assert!(matches!(absent, Err(Error::Absent(_))), "{absent:?}");
    store.close().await.unwrap();
    let twice = Store::create(dir.path(), &Key::Plain).await;
    assert!(matches!(twice, Err(Error::AlreadyThere(_))), "{twice:?}");
}

#[tokio::test]
async fn one_writer_and_readers_beside_it() {
    let (dir, store) = store_with_company().await;
    let second = Store::open(dir.path(), &Key::Plain, OpenMode::ReadWrite).await;
    let Err(Error::HeldByAnother { holder }) = second else {
        panic!("{second:?}")
    };
    assert!(
        holder.contains(&std::process::id().to_string()),
        "says who holds it: {holder}"
    );

    // The first program of a new store holds it a moment before its name is there.
    let name = dir.path().join("yeji.lock.txt");
    std::fs::write(&name, "").unwrap();
    let late = std::thread::spawn(move || {
        std::thread::sleep(std::time::Duration::from_millis(15));
        std::fs::write(name, "yeji, process 4711\n").unwrap();
    });
    let refused = Store::open(dir.path(), &Key::Plain, OpenMode::ReadWrite).await;
    late.join().unwrap();
    let Err(Error::HeldByAnother { holder }) = refused else {
        panic!("{refused:?}")
    };
    assert_eq!(holder, "yeji, process 4711");

    let reader = Store::open(dir.path(), &Key::Plain, OpenMode::ReadOnly)
        .await
        .unwrap();
    assert!(
        reader
            .opportunity(crate::fixture::deal_id(1))
            .await
            .unwrap()
            .is_none()
    );
    store
        .apply(change(
            1,
            ChangeKind::Edit,
            vec![won(1, "2017-03-01", 5).into()],
        ))
        .await
        .unwrap();
    assert!(
        reader
            .opportunity(crate::fixture::deal_id(1))
            .await
            .unwrap()
            .is_some(),
        "a reader beside the writer sees what was committed"
    );
    let refused = reader.apply(change(2, ChangeKind::Setting, marker())).await;
    assert!(matches!(refused, Err(Error::ReadOnly)), "{refused:?}");
    reader.close().await.unwrap();
    store.close().await.unwrap();
    Store::open(dir.path(), &Key::Plain, OpenMode::ReadWrite)
        .await
        .expect("the lock was given back");
}

#[tokio::test]
async fn read_only_opens_without_wal_files() {
    let (dir, store) = store_with_company().await;
    store.close().await.unwrap();
    assert!(
        !dir.path().join("yeji.db-wal").exists(),
        "the last connection removed the log"
    );
    let reader = Store::open(dir.path(), &Key::Plain, OpenMode::ReadOnly)
        .await
        .unwrap();
    assert_eq!(reader.organisation().await.unwrap().people().count(), 3);
    assert!(reader.verify().await.unwrap().is_ok());
}

#[tokio::test]
async fn a_newer_store_is_not_touched() {
    let (dir, store) = new_store().await;
    store.close().await.unwrap();
    let mut conn = raw(dir.path()).await;
    sqlx::raw_sql("PRAGMA user_version = 99")
        .execute(&mut conn)
        .await
        .unwrap();
    conn.close().await.unwrap();
    let before = std::fs::read(dir.path().join("yeji.db")).unwrap();
    for mode in [OpenMode::ReadWrite, OpenMode::ReadOnly] {
        let refused = Store::open(dir.path(), &Key::Plain, mode).await;
        assert!(
            matches!(refused, Err(Error::NewerStore { found: 99, .. })),
            "{refused:?}"
        );
    }
    assert_eq!(
        std::fs::read(dir.path().join("yeji.db")).unwrap(),
        before,
        "not a byte changed"
    );
}

#[tokio::test]
async fn files_that_are_no_store_stay_as_they_are() {
    let check = |bytes: Vec<u8>, key: Key, expected: fn(&Error) -> bool| async move {
        let dir = TempDir::new().unwrap();
        let file = dir.path().join("yeji.db");
        std::fs::write(&file, &bytes).unwrap();
        for mode in [OpenMode::ReadWrite, OpenMode::ReadOnly] {
            let error = Store::open(dir.path(), &key, mode).await.unwrap_err();
            assert!(expected(&error), "{error:?}");
        }
        let error = Store::create(dir.path(), &key).await.unwrap_err();
        assert!(matches!(error, Error::AlreadyThere(_)), "{error:?}");
        assert_eq!(std::fs::read(&file).unwrap(), bytes, "never overwritten");
    };
    let not_a_store: fn(&Error) -> bool = |error| matches!(error, Error::NotAStore { .. });
    check(b"hello".to_vec(), Key::Plain, not_a_store).await;
    check(Vec::new(), Key::Plain, not_a_store).await;
    let mut broken = b"SQLite format 3\0".to_vec();
    broken.resize(8_192, 0x5a);
    check(broken, Key::Plain, not_a_store).await;
    check(vec![7; 8_192], Key::Plain, |error| {
        matches!(error, Error::KeyNeeded(_))
    })
    .await;
    check(vec![7; 8_192], Key::Raw([1; 32]), |error| {
        matches!(error, Error::WrongKey(_))
    })
    .await;
}

#[tokio::test]
async fn another_programs_database_is_refused() {
    let dir = TempDir::new().unwrap();
    let options = sqlx::sqlite::SqliteConnectOptions::new()
        .filename(dir.path().join("yeji.db"))
        .create_if_missing(true);
    let mut conn = sqlx::sqlite::SqliteConnection::connect_with(&options)
        .await
        .unwrap();
    sqlx::raw_sql("CREATE TABLE theirs (a)")
        .execute(&mut conn)
        .await
        .unwrap();
    conn.close().await.unwrap();
    let refused = Store::open(dir.path(), &Key::Plain, OpenMode::ReadWrite).await;
    assert!(
        matches!(refused, Err(Error::NotAStore { .. })),
        "{refused:?}"
    );
}

#[tokio::test]
async fn an_encrypted_store_hides_its_content_and_needs_its_key() {
    let plain = TempDir::new().unwrap();
    let store = Store::create(plain.path(), &Key::Plain).await.unwrap();
    store
        .apply(change(1, ChangeKind::Setting, marker()))
        .await
        .unwrap();
    store.close().await.unwrap();
    assert_eq!(Store::probe(plain.path()).unwrap(), Probe::Plain);
    assert!(
        holds_marker(&plain),
        "the marker is found where it is readable, so its absence tells"
    );

    let dir = TempDir::new().unwrap();
    let key = Key::Raw([7; 32]);
    let store = Store::create(dir.path(), &key).await.unwrap();
    store
        .apply(change(1, ChangeKind::Setting, marker()))
        .await
        .unwrap();
    assert!(!holds_marker(&dir), "not in the log of an open store");
    let backup = dir.path().join("copy.backup");
    store.backup(&backup).await.unwrap();
    store.close().await.unwrap();
    assert!(!holds_marker(&dir), "neither in the file nor in its backup");
    assert_eq!(Store::probe(dir.path()).unwrap(), Probe::Encrypted);

    for mode in [OpenMode::ReadWrite, OpenMode::ReadOnly] {
        let wrong = Store::open(dir.path(), &Key::Raw([8; 32]), mode).await;
        assert!(matches!(wrong, Err(Error::WrongKey(_))), "{wrong:?}");
        let none = Store::open(dir.path(), &Key::Plain, mode).await;
        assert!(matches!(none, Err(Error::KeyNeeded(_))), "{none:?}");
        let needless = Store::open(plain.path(), &key, mode).await;
        assert!(
            matches!(needless, Err(Error::NotEncrypted(_))),
            "{needless:?}"
        );
        let right = Store::open(dir.path(), &key, mode).await.unwrap();
        assert!(right.setting(MARKER).await.unwrap().is_some());
        assert!(
            !format!("{right:?}").contains("7, 7"),
            "Debug hides the key"
        );
        right.close().await.unwrap();
    }
}

#[tokio::test]
async fn a_backup_opens_and_overwrites_nothing() {
    let (dir, store) = store_with_company().await;
    store
        .apply(change(
            1,
            ChangeKind::Edit,
            vec![won(1, "2017-03-01", 5).into()],
        ))
        .await
        .unwrap();
    store.close().await.unwrap();
    let reader = Store::open(dir.path(), &Key::Plain, OpenMode::ReadOnly)
        .await
        .unwrap();
    let other = TempDir::new().unwrap();
    let file = other.path().join("a.yejibackup");
    reader
        .backup(&file)
        .await
        .expect("works from a read-only opening");
    let again = reader.backup(&file).await;
    assert!(matches!(again, Err(Error::FileExists(_))), "{again:?}");
    let beside = other.path().join("b.db.part");
    std::fs::write(&beside, "mine").unwrap();
    let refused = reader.backup(&other.path().join("b.db")).await;
    assert!(matches!(refused, Err(Error::FileExists(_))), "{refused:?}");
    assert_eq!(
        std::fs::read_to_string(&beside).unwrap(),
        "mine",
        "somebody else's file is not cleaned away"
    );
    std::fs::remove_file(&beside).unwrap();
    assert_eq!(
        std::fs::read_dir(other.path()).unwrap().count(),
        1,
        "nothing is left beside it"
    );

    let target = TempDir::new().unwrap();
    let unpacked = Backup::read(&file)
        .unwrap()
        .unpack(target.path(), "incoming-1", &Key::Plain)
        .await
        .unwrap();
    assert_eq!(unpacked.deals(), 1);
    assert_eq!(unpacked.put_in_place("replaced").unwrap(), None);
    let restored = Store::open(target.path(), &Key::Plain, OpenMode::ReadWrite)
        .await
        .unwrap();
    let report = restored.verify().await.unwrap();
    assert!(report.is_ok(), "{:?}", report.findings);
    assert_eq!((report.deals, report.changes), (1, 2));
}

/// The file as version 1 left it: without what later versions added.
async fn back_to_version_1(conn: &mut sqlx::SqliteConnection) {
    let tables = "invoice contract credit_list market_index exchange_rate customer_redirect \
                  source_claim watched_file watched_folder next_step feedback_item personal_file \
                  known_lines forecast_snapshot dashboard saved_view customer_value \
                   named_customer goal_lock goal_rule goal_proposal goal_adjustment \
                   goal_submission goal_round goal_comment goal_publication goal_confirmation \
                   frozen_input statement_confirmation adjustment_decision bonus_adjustment bonus_step plan_assignment bonus_objective \
                   scorecard kpi_goal goal_pack goal_pack_row";
    let dropped: Vec<String> = tables
        .split(' ')
        .map(|table| format!("DROP TABLE {table};"))
        .collect();
    let back = format!(
        "{} DROP TABLE user_account; ALTER TABLE batch DROP COLUMN detail;
         DROP INDEX change_log_takes_back; DROP INDEX change_row_goal_plan;
         DROP INDEX change_row_redirect;
         DROP INDEX goal_cell_sums;
         CREATE INDEX goal_cell_plan ON goal_cell (plan, start_on);
         ALTER TABLE change_log DROP COLUMN takes_back;
         ALTER TABLE change_row DROP COLUMN after_changed_seq;
         ALTER TABLE goal_plan DROP COLUMN calendar;
         PRAGMA user_version = 1;",
        dropped.join(" ")
    );
    sqlx::raw_sql(sqlx::AssertSqlSafe(back))
        .execute(conn)
        .await
        .unwrap();
}

/// Whom imports named came with version 14; stores of an earlier development version have the table before it,
/// without the index on merges.
#[tokio::test]
async fn a_store_of_version_13_opens_with_and_without_the_table_of_named_customers() {
    for has_table in [false, true] {
        let (dir, store) = store_with_company().await;
        store.close().await.unwrap();
        let mut conn = raw(dir.path()).await;
        let later = "goal_lock goal_rule goal_proposal goal_adjustment goal_submission goal_round \
                     goal_comment goal_publication goal_confirmation frozen_input statement_confirmation adjustment_decision bonus_adjustment bonus_step plan_assignment bonus_objective \
                   scorecard kpi_goal goal_pack goal_pack_row";
        let mut dropped: Vec<&str> = later.split(' ').collect();
        dropped.extend((!has_table).then_some("named_customer"));
        let dropped: Vec<String> = dropped
            .iter()
            .map(|table| format!("DROP TABLE {table};"))
            .collect();
        let back = format!(
            "{} DROP INDEX change_row_redirect; ALTER TABLE goal_plan DROP COLUMN calendar;
             PRAGMA user_version = 13;",
            dropped.join(" ")
        );
        sqlx::raw_sql(sqlx::AssertSqlSafe(back))
            .execute(&mut conn)
            .await
            .unwrap();
        if has_table {
            sqlx::query("INSERT INTO named_customer VALUES (x'01', 'opportunity', 1, x'02')")
                .execute(&mut conn)
                .await
                .unwrap();
        }
        conn.close().await.unwrap();
        let store = Store::open(dir.path(), &Key::Plain, OpenMode::ReadWrite)
            .await
            .unwrap();
        store.close().await.unwrap();
        let mut conn = raw(dir.path()).await;
        let lines: i64 = sqlx::query_scalar("SELECT count(*) FROM named_customer")
            .fetch_one(&mut conn)
            .await
            .unwrap();
        assert_eq!(lines, i64::from(has_table), "what was kept stays");
        let indexes: i64 = sqlx::query_scalar(
            "SELECT count(*) FROM sqlite_schema
             WHERE name IN ('named_customer_change', 'change_row_redirect')",
        )
        .fetch_one(&mut conn)
        .await
        .unwrap();
        assert_eq!(indexes, 2);
    }
}

#[tokio::test]
async fn a_store_that_counted_leaders_elsewhere_is_counted_anew_once() {
    use yeji_core::org::{MemberRole, OPEN_END, OPEN_START};
    let (dir, store) = store_with_company().await;
    // Person 0 sells in team 1. Counted as version 1 did: where they lead, in team 2.
    let sells = crate::fixture::stay(0, 0, 1, OPEN_START, OPEN_END);
    let leads = yeji_core::org::Membership {
        role: MemberRole::Manager,
        ..crate::fixture::stay(9, 0, 2, OPEN_START, OPEN_END)
    };
    let mut only_leads = change(1, ChangeKind::Edit, vec![leads.into()]);
    only_leads.delete = vec![(yeji_store::Entity::Membership, sells.id.0)];
    store.apply(only_leads).await.unwrap();
    let deal = won(1, "2017-03-01", 5);
    store
        .apply(change(2, ChangeKind::Edit, vec![deal.into()]))
        .await
        .unwrap();
    store.close().await.unwrap();
    let mut conn = raw(dir.path()).await;
    sqlx::query(
        "INSERT INTO membership (id, person, unit, role, from_on, to_on, created_seq, changed_seq)
         SELECT ?, person, ?, 'sales', from_on, to_on, created_seq, changed_seq
         FROM membership WHERE role = 'manager'",
    )
    .bind(sells.id.0.as_bytes().to_vec())
    .bind(sells.unit.0.as_bytes().to_vec())
    .execute(&mut conn)
    .await
    .unwrap();
    let before = Store::open(dir.path(), &Key::Plain, OpenMode::ReadOnly)
        .await
        .unwrap();
    let findings = before.verify().await.unwrap().findings;
    assert!(
        findings.iter().any(|one| one.check == "deals"),
        "{findings:?}"
    );
    before.close().await.unwrap();
    back_to_version_1(&mut conn).await;
    conn.close().await.unwrap();

    let store = Store::open(dir.path(), &Key::Plain, OpenMode::ReadWrite)
        .await
        .unwrap();
    let report = store.verify().await.unwrap();
    assert!(report.is_ok(), "{:?}", report.findings);
    let row = &store
        .deals(&yeji_store::DealQuery::all())
        .await
        .unwrap()
        .rows[0];
    assert_eq!(row.unit, Some(sells.unit), "where the person sells");
}

#[tokio::test]
async fn a_replacement_that_stops_anywhere_is_finished_by_the_next_opening() {
    // The moves of a replacement, as they lie on the disk after each of them.
    let names = ["yeji.db", "yeji.keys"];
    for done in 0..=4 {
        let (dir, store) = new_store().await;
        store
            .apply(change(1, ChangeKind::Setting, marker()))
            .await
            .unwrap();
        store.close().await.unwrap();
        let path = |name: &str| dir.path().join(name);
        std::fs::write(path("yeji.keys"), "old").unwrap();
        let incoming = path("incoming-1");
        Store::create(&incoming, &Key::Plain)
            .await
            .unwrap()
            .close()
            .await
            .unwrap();
        std::fs::write(incoming.join("yeji.keys"), "new").unwrap();
        let note = serde_json::json!({
            "incoming": "incoming-1", "kept": "replaced", "old": names, "new": names,
        });
        std::fs::write(path("yeji.replacing"), note.to_string()).unwrap();
        std::fs::create_dir(path("replaced")).unwrap();
        let steps: [(std::path::PathBuf, std::path::PathBuf); 4] = [
            (path("yeji.db"), path("replaced").join("yeji.db")),
            (path("yeji.keys"), path("replaced").join("yeji.keys")),
            (incoming.join("yeji.db"), path("yeji.db")),
            (incoming.join("yeji.keys"), path("yeji.keys")),
        ];
        for (from, to) in &steps[..done] {
            std::fs::rename(from, to).unwrap();
        }
        // Also a look at what is there finishes it first.
        assert_eq!(Store::probe(dir.path()).unwrap(), Probe::Plain, "{done}");
        let store = Store::open(dir.path(), &Key::Plain, OpenMode::ReadOnly)
            .await
            .unwrap();
        assert_eq!(
            store.setting(MARKER).await.unwrap(),
            None,
            "{done}: the new one"
        );
        assert_eq!(std::fs::read_to_string(path("yeji.keys")).unwrap(), "new");
        let kept = Store::open(&path("replaced"), &Key::Plain, OpenMode::ReadOnly)
            .await
            .unwrap();
        assert!(
            kept.setting(MARKER).await.unwrap().is_some(),
            "{done}: the old one is whole"
        );
        assert_eq!(
            std::fs::read_to_string(path("replaced").join("yeji.keys")).unwrap(),
            "old"
        );
        assert!(
            !path("yeji.replacing").exists() && !incoming.exists(),
            "{done}"
        );
    }
}

#[tokio::test]
async fn no_migration_without_the_copy_before_it() {
    let (dir, store) = store_with_company().await;
    store.close().await.unwrap();
    let mut conn = raw(dir.path()).await;
    back_to_version_1(&mut conn).await;
    conn.close().await.unwrap();
    let folder = dir.path().join("backups");
    std::fs::write(&folder, "a file where the folder should be").unwrap();
    let before = std::fs::read(dir.path().join("yeji.db")).unwrap();
    let refused = Store::open(dir.path(), &Key::Plain, OpenMode::ReadWrite).await;
    assert!(
        matches!(refused, Err(Error::NoBackupBeforeMigration(_))),
        "{refused:?}"
    );
    assert_eq!(std::fs::read(dir.path().join("yeji.db")).unwrap(), before);
    std::fs::remove_file(&folder).unwrap();
    let store = Store::open(dir.path(), &Key::Plain, OpenMode::ReadWrite)
        .await
        .unwrap();
    store.close().await.unwrap();
    let copies: Vec<_> = std::fs::read_dir(&folder).unwrap().collect();
    assert_eq!(copies.len(), 1);
    let copy = Backup::read(&copies[0].as_ref().unwrap().path()).unwrap();
    let target = TempDir::new().unwrap();
    let old = copy.unpack(target.path(), "incoming-1", &Key::Plain).await;
    old.expect("a backup of an older version is brought to this one");
}

#[tokio::test]
async fn nobody_cleans_away_what_is_being_unpacked() {
    // A scheduled import that begins and ends while a large backup is unpacked took its folder for the
    // leftover of a crash; what was put in place then was nothing.
    let (dir, store) = store_with_company().await;
    let file = dir.path().join("copy.yejibackup");
    store.backup(&file).await.unwrap();
    store.close().await.unwrap();
    let backup = Backup::read(&file).unwrap();
    let unpacked = backup
        .unpack_alone(dir.path(), "incoming-1", &Key::Plain)
        .await
        .unwrap();
    let other = Store::open(dir.path(), &Key::Plain, OpenMode::ReadWrite).await;
    assert!(
        matches!(other, Err(Error::HeldByAnother { .. })),
        "{other:?}"
    );
    unpacked.put_in_place("replaced").unwrap();
    let open = async || {
        let store = Store::open(dir.path(), &Key::Plain, OpenMode::ReadWrite).await;
        store.unwrap().close().await.unwrap();
    };
    open().await;

    // Whatever removes it all the same: nothing is replaced, and it is said.
    let unpacked = backup
        .unpack_alone(dir.path(), "incoming-2", &Key::Plain)
        .await
        .unwrap();
    std::fs::remove_dir_all(unpacked.path()).unwrap();
    let refused = unpacked.put_in_place("replaced-2");
    assert!(
        matches!(refused, Err(Error::IncomingNotWhole(_))),
        "{refused:?}"
    );
    open().await;
}

/// Whoever loses the database must hear of it: a new one in its place would look as if nothing had been.
#[tokio::test]
async fn nothing_is_made_where_the_database_of_a_store_is_gone() {
    let (dir, store) = store_with_company().await;
    let copies = dir.path().join(yeji_store::BACKUP_FOLDER);
    std::fs::create_dir(&copies).unwrap();
    store.backup(&copies.join("a.yejibackup")).await.unwrap();
    store.close().await.unwrap();
    std::fs::remove_file(dir.path().join("yeji.db")).unwrap();
    let refused = Store::create(dir.path(), &Key::Plain).await;
    assert!(matches!(refused, Err(Error::Missing(_))), "{refused:?}");
    assert!(!dir.path().join("yeji.db").exists());
}

/// Keys without a database are those of a store that is gone. Only a making that was cut off between the two
/// is gone on with, or a crash at the first start would leave a folder that nothing can be made in.
#[tokio::test]
async fn nothing_is_made_over_the_keys_of_a_store_that_is_gone() {
    let dir = tempfile::tempdir().unwrap();
    let (keys, new) = (dir.path().join("yeji.keys"), dir.path().join("yeji.db.new"));
    let refused = Store::create_with(dir.path(), || Err::<Key, _>(Error::ReadOnly)).await;
    assert!(matches!(refused, Err(Error::ReadOnly)), "{refused:?}");
    assert!(!new.exists(), "what was never begun leaves nothing");
    std::fs::write(&keys, "{}").unwrap();
    let refused = Store::create(dir.path(), &Key::Raw([7; 32])).await;
    assert!(matches!(refused, Err(Error::Missing(_))), "{refused:?}");
    std::fs::write(&new, "a part of it").unwrap();
    let refused = Store::create_with(dir.path(), || Err::<Key, _>(Error::ReadOnly)).await;
    assert!(matches!(refused, Err(Error::ReadOnly)), "{refused:?}");
    let made = Store::create(dir.path(), &Key::Raw([7; 32])).await.unwrap();
    made.close().await.unwrap();
    assert!(!new.exists() && keys.exists());
}
