//! What fails in the middle of keeping a store, and what a crash left.

use yeji_store::{INCOMING, Key};

use super::*;
use crate::access::Right;
use crate::api::keys::{MakeRecoveryCode, SetPassphrase};
use crate::keeping::Meanwhile;
use crate::{Access, Error};

const PENDING: &str = "audit-pending";

async fn actions(app: &Desk) -> Vec<String> {
    let app = app.admit(Right::Nothing).await.unwrap();
    let page = app.store().unwrap().audit_entries(None, 100).await.unwrap();
    page.rows.into_iter().map(|entry| entry.action).collect()
}

#[tokio::test]
async fn a_window_never_makes_a_store_in_the_place_of_one_that_is_gone() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("yeji.db"), "not a store").unwrap();
    // A new store would be made without a question here.
    let app = Desk::open_or_explain(dir.path(), outside(DAY)).await;
    std::fs::remove_file(dir.path().join("yeji.db")).unwrap();
    for _ in 0..2 {
        let state = app.get_status(NoArgs {}).await.unwrap().state;
        assert_eq!(state, StoreState::New);
        assert_eq!(Store::probe(dir.path()).unwrap(), Probe::Absent);
    }
}

#[tokio::test]
async fn what_is_recorded_while_the_store_is_written_anew_is_not_lost() {
    // A large store takes seconds to copy; somebody exports meanwhile, and the mark is on paper.
    let dir = tempfile::tempdir().unwrap();
    let host = Arc::new(Scripted::default());
    let desk = open(dir.path(), &host, "en").await;
    let app = desk.admit(Right::Nothing).await.unwrap();
    let key = Key::Raw([9; 32]);
    let name = format!("{INCOMING}1");
    let unpacked = app.store().unwrap().with_key(&name, &key).await.unwrap();
    let heads = unpacked.heads().clone();
    app.audit("export.report", "", serde_json::json!({}))
        .await
        .unwrap();
    let old = format!("{INCOMING}old-1");
    let swapped = app
        .swap(unpacked, &old, key, Meanwhile::Unchanged(heads))
        .await;
    assert_eq!(swapped.unwrap_err().code(), "store_busy");
    assert_eq!(actions(&desk).await[0], "export.report");
    assert_eq!(speaks(&desk).await.as_deref(), Some("en"), "open as before");
}

#[tokio::test]
async fn a_recovery_code_is_changed_only_when_that_is_recorded() {
    let dir = tempfile::tempdir().unwrap();
    let host = Arc::new(Scripted::default());
    open(dir.path(), &host, "en").await.close().await;
    let keys = std::fs::read(dir.path().join("yeji.keys")).unwrap();
    // Nothing can be noted beside a store that is only read.
    std::fs::write(dir.path().join(PENDING), "in the way").unwrap();
    let window = Desk::open_or_explain(dir.path(), window(&host)).await;
    window.close().await;
    let mut outside = outside(DAY);
    outside.opening.ask = Arc::new(Knows);
    let desk = Desk::open(dir.path(), Access::Read, outside).await.unwrap();
    let current = Some(secret(PHRASE));
    let refused = desk
        .make_recovery_code(MakeRecoveryCode {
            current: current.clone(),
        })
        .await;
    assert!(matches!(refused, Err(Error::NotRecorded)), "{refused:?}");
    let new = secret("another passphrase");
    let refused = desk.set_passphrase(SetPassphrase { current, new }).await;
    assert!(matches!(refused, Err(Error::NotRecorded)), "{refused:?}");
    assert_eq!(std::fs::read(dir.path().join("yeji.keys")).unwrap(), keys);
}

/// Somebody who gives the passphrase with the command.
#[derive(Debug)]
struct Knows;

impl crate::host::Ask for Knows {
    fn given(&self) -> crate::error::Result<Option<Secret>> {
        Ok(Some(secret(PHRASE)))
    }
    fn passphrase(&self, _: &Path) -> crate::error::Result<Option<Secret>> {
        Ok(None)
    }
    fn new_passphrase(&self, _: &Path) -> crate::error::Result<Option<Secret>> {
        Ok(None)
    }
    fn wrong(&self, _: &crate::keys::KeyError) {}
}

/// A backup that anybody can read, of a store of its own.
async fn plain_backup(folder: &Path) -> PathBuf {
    let app = crate::testing::desk(&folder.join("other"), DAY).await;
    speak(&app, "zh-CN").await;
    let file = folder.join("plain.yejibackup");
    app.backup_to(&file).await.unwrap();
    file
}

#[tokio::test]
async fn a_store_becomes_readable_only_by_a_persons_word() {
    let (dir, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let host = Arc::new(Scripted::default());
    let app = open(dir.path(), &host, "en").await;
    host.answer(&plain_backup(elsewhere.path()).await);
    let picked = app.pick_backup(NoArgs {}).await.unwrap().unwrap();
    assert!(picked.makes_plain && !picked.encrypted);
    let restore = |plain| RestoreStore {
        secret: None,
        plain,
        replace: false,
    };
    let refused = app.restore_store(restore(false)).await.unwrap_err();
    assert_eq!(refused.code(), "restore_makes_plain");
    assert_eq!(Store::probe(dir.path()).unwrap(), Probe::Encrypted);
    app.restore_store(restore(true)).await.unwrap();
    assert_eq!(Store::probe(dir.path()).unwrap(), Probe::Plain);
    assert_eq!(speaks(&app).await.as_deref(), Some("zh-CN"));
}

#[tokio::test]
async fn encrypting_leaves_no_readable_copy_unsaid() {
    let (dir, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let host = Arc::new(Scripted::default());
    let mut outside = window(&host);
    outside.opening.plain = true;
    let app = Desk::open_or_explain(dir.path(), outside).await;
    speak(&app, "en").await;
    let backups = dir.path().join("backups");
    std::fs::create_dir_all(&backups).unwrap();
    let copy = backups.join("yeji-2026-11-01.yejibackup");
    app.backup_to(&copy).await.unwrap();
    // One that a bad disk has changed, and one that a power cut left half written.
    let mut bytes = std::fs::read(&copy).unwrap();
    bytes.truncate(bytes.len() / 2);
    std::fs::write(backups.join("yeji-2026-11-02.yejibackup"), &bytes).unwrap();
    std::fs::write(backups.join("yeji-2026-11-03.yejibackup.part"), &bytes).unwrap();
    host.answer(&plain_backup(elsewhere.path()).await);
    app.pick_backup(NoArgs {}).await.unwrap().unwrap();
    let restore = RestoreStore {
        secret: None,
        plain: false,
        replace: false,
    };
    let kept = app.restore_store(restore).await.unwrap().kept.unwrap();
    let set = SetPassphrase {
        current: None,
        new: secret(PHRASE),
    };
    app.set_passphrase(set).await.unwrap();
    assert_eq!(std::fs::read_dir(&backups).unwrap().count(), 0);
    let warnings = app.warnings().await;
    let found = warnings
        .iter()
        .find(|one| one.code == "readable_store_beside");
    assert_eq!(found.unwrap().params["path"], kept);
}

#[tokio::test]
async fn what_a_crash_left_of_a_copy_is_no_copy_on_any_day() {
    let dir = tempfile::tempdir().unwrap();
    let app = crate::testing::desk(dir.path(), DAY).await;
    speak(&app, "en").await;
    app.close().await;
    let backups = dir.path().join("backups");
    std::fs::create_dir_all(&backups).unwrap();
    std::fs::write(backups.join("yeji-2026-11-26.yejibackup"), "").unwrap();
    std::fs::write(backups.join("yeji-2026-11-26.yejibackup.part"), "half").unwrap();
    std::fs::write(backups.join("mine.part"), "not ours").unwrap();
    let app = crate::testing::desk(dir.path(), DAY).await;
    let state = app.get_backup_state(NoArgs {}).await.unwrap();
    assert_eq!((state.count, state.newest), (1, Some(DAY.parse().unwrap())));
    let mut names: Vec<String> = std::fs::read_dir(&backups)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    assert_eq!(names, ["mine.part", "yeji-2026-11-28.yejibackup"]);
}

#[tokio::test]
async fn a_note_that_cannot_be_taken_in_stops_nobodys_work() {
    let dir = tempfile::tempdir().unwrap();
    crate::testing::desk(dir.path(), DAY).await.close().await;
    // A folder in the place of a note can be neither read nor removed, as one of another user.
    let stuck = dir.path().join(PENDING).join("0-stuck.entry");
    std::fs::create_dir_all(&stuck).unwrap();
    let unreadable = dir.path().join(PENDING).join("1-other.entry");
    std::fs::write(&unreadable, "of another key").unwrap();
    let app = crate::testing::desk(dir.path(), DAY).await;
    let file = dir.path().join("copy.yejibackup");
    app.backup_to(&file).await.unwrap();
    app.get_status(NoArgs {}).await.unwrap();
    assert!(stuck.exists() && !unreadable.exists());
    let unreadable = actions(&app).await;
    let told = unreadable.iter().filter(|one| *one == "audit.unreadable");
    assert_eq!(told.count(), 1, "once, not at every start: {unreadable:?}");
}
