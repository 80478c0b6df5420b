//! A window that is open: restoring under it, going to another company, and nothing readable on the disk.

mod clock;
mod leaving;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use yeji_store::{Probe, Store};

use crate::api::NoArgs;
use crate::api::goals::{SetGoal, SplitGoal, SplitRule};
use crate::api::keeping::{BackupSettings, RestoreStore, SwitchStore};
use crate::api::keys::{CreateStore, SetPassphrase, UnlockStore};
use crate::api::settings::{Preferences, RenameCompany, SetTargetBonuses, StoreState};
use crate::data::OpenImport;
use crate::host::no_progress;
use crate::keys::Secret;
use crate::testing::{Scripted, outside};
use crate::{Desk, Outside};

mod failures;

const DAY: &str = "2026-11-28";
const PHRASE: &str = "correct horse battery";

fn secret(text: &str) -> Secret {
    Secret::new(text.to_owned())
}

fn window(host: &Arc<Scripted>) -> Outside {
    let mut outside = outside(DAY);
    outside.opening.plain = false;
    outside.host = host.clone();
    outside
}

/// A window on a new encrypted store, in English or Chinese so that it can be told from another.
async fn open(dir: &Path, host: &Arc<Scripted>, language: &str) -> Desk {
    let app = Desk::open_or_explain(dir, window(host)).await;
    let create = CreateStore {
        passphrase: Some(secret(PHRASE)),
        plain: false,
    };
    app.create_store(create).await.unwrap();
    speak(&app, language).await;
    app
}

async fn speak(app: &Desk, language: &str) {
    let preferences = Preferences {
        language: Some(language.to_owned()),
        theme: None,
    };
    app.set_preferences(preferences).await.unwrap();
}

async fn speaks(app: &Desk) -> Option<String> {
    app.get_status(NoArgs {})
        .await
        .unwrap()
        .preferences
        .language
}

#[tokio::test]
async fn a_backup_is_restored_under_an_open_window() {
    let dir = tempfile::tempdir().unwrap();
    let host = Arc::new(Scripted::default());
    let app = open(dir.path(), &host, "en").await;
    let file = dir.path().join("a.yejibackup");
    host.answer(&file);
    assert!(app.backup_store(NoArgs {}).await.unwrap().file.is_some());
    speak(&app, "zh-CN").await;

    assert_eq!(
        app.restore_store(RestoreStore {
            secret: None,
            plain: false,
            replace: false
        })
        .await
        .unwrap_err()
        .code(),
        "no_backup_picked"
    );
    host.answer(&file);
    let picked = app.pick_backup(NoArgs {}).await.unwrap().unwrap();
    assert!(
        picked.encrypted && !picked.needs_secret,
        "the same key opens both"
    );
    let restored = app
        .restore_store(RestoreStore {
            secret: None,
            plain: false,
            replace: false,
        })
        .await
        .unwrap();
    assert_eq!(speaks(&app).await.as_deref(), Some("en"));
    speak(&app, "en").await;
    assert!(app.verify_store(NoArgs {}).await.unwrap().ok);
    let kept = PathBuf::from(restored.kept.unwrap());
    let before = Desk::open_or_explain(&kept, window(&host)).await;
    before
        .unlock_store(UnlockStore {
            secret: secret(PHRASE),
            remember: false,
        })
        .await
        .unwrap();
    assert_eq!(
        speaks(&before).await.as_deref(),
        Some("zh-CN"),
        "what was replaced is whole"
    );
}

/// The window asks for no passphrase where its store's key opens the backup, so none may change by it.
#[tokio::test]
async fn what_opened_the_store_under_a_window_still_does_after_a_restore() {
    let dir = tempfile::tempdir().unwrap();
    let host = Arc::new(Scripted::default());
    let app = open(dir.path(), &host, "en").await;
    let file = dir.path().join("a.yejibackup");
    app.backup_to(&file).await.unwrap();
    let change = SetPassphrase {
        current: Some(secret(PHRASE)),
        new: secret("of today, and longer"),
    };
    app.set_passphrase(change).await.unwrap();
    let keys = std::fs::read(dir.path().join("yeji.keys")).unwrap();
    host.answer(&file);
    let picked = app.pick_backup(NoArgs {}).await.unwrap().unwrap();
    assert!(!picked.needs_secret);
    let restore = RestoreStore {
        secret: None,
        plain: false,
        replace: false,
    };
    let restored = app.restore_store(restore).await.unwrap();
    let opens = restored.keys.expect("it is encrypted");
    assert!(
        opens.stayed && opens.passphrase_since.is_some(),
        "{opens:?}"
    );
    assert_eq!(std::fs::read(dir.path().join("yeji.keys")).unwrap(), keys);
    app.lock_app(NoArgs {}).await.unwrap();
    let unlock = |text: &str| UnlockStore {
        secret: secret(text),
        remember: false,
    };
    let refused = app.unlock_store(unlock(PHRASE)).await.unwrap_err();
    assert_eq!(refused.code(), "wrong_passphrase");
    app.unlock_store(unlock("of today, and longer"))
        .await
        .unwrap();
    assert_eq!(speaks(&app).await.as_deref(), Some("en"));
}

#[tokio::test]
async fn a_backup_of_another_store_needs_its_passphrase_and_a_bad_one_leaves_the_window_as_it_was()
{
    let (here, there) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let host = Arc::new(Scripted::default());
    let app = open(here.path(), &host, "zh-CN").await;
    let mut other = outside(DAY);
    other.opening.plain = false;
    // Other random numbers: another key.
    let other = Desk::open_or_explain(there.path(), other).await;
    let create = CreateStore {
        passphrase: Some(secret("the other one's")),
        plain: false,
    };
    other.create_store(create).await.unwrap();
    speak(&other, "en").await;
    let file = there.path().join("b.yejibackup");
    other.backup_to(&file).await.unwrap();

    host.answer(&file);
    assert!(
        app.pick_backup(NoArgs {})
            .await
            .unwrap()
            .unwrap()
            .needs_secret
    );
    let wrong = RestoreStore {
        secret: Some(secret(PHRASE)),
        plain: false,
        replace: false,
    };
    assert_eq!(
        app.restore_store(wrong).await.unwrap_err().code(),
        "wrong_passphrase"
    );
    assert_eq!(speaks(&app).await.as_deref(), Some("zh-CN"));
    let broken = here.path().join("c.yejibackup");
    let mut bytes = std::fs::read(&file).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&broken, bytes).unwrap();
    host.answer(&broken);
    assert_eq!(
        app.pick_backup(NoArgs {}).await.unwrap_err().code(),
        "not_a_backup"
    );
    let right = RestoreStore {
        secret: Some(secret("the other one's")),
        plain: false,
        replace: false,
    };
    app.restore_store(right).await.unwrap();
    assert_eq!(speaks(&app).await.as_deref(), Some("en"));
}

#[tokio::test]
async fn a_damaged_store_is_replaced_from_the_window_that_cannot_open_it() {
    let dir = tempfile::tempdir().unwrap();
    let host = Arc::new(Scripted::default());
    let app = open(dir.path(), &host, "en").await;
    let file = dir.path().join("a.yejibackup");
    app.backup_to(&file).await.unwrap();
    app.close().await;
    std::fs::write(dir.path().join("yeji.db"), "not a store").unwrap();
    let app = Desk::open_or_explain(dir.path(), window(&host)).await;
    assert_eq!(
        app.get_status(NoArgs {}).await.unwrap().state,
        StoreState::Locked
    );
    let unlock = UnlockStore {
        secret: secret(PHRASE),
        remember: false,
    };
    assert_eq!(
        app.unlock_store(unlock).await.unwrap_err().code(),
        "store_broken"
    );
    host.answer(&file);
    assert!(
        app.pick_backup(NoArgs {})
            .await
            .unwrap()
            .unwrap()
            .needs_secret
    );
    app.restore_store(RestoreStore {
        secret: Some(secret(PHRASE)),
        plain: false,
        replace: false,
    })
    .await
    .unwrap();
    assert_eq!(speaks(&app).await.as_deref(), Some("en"));
}

#[tokio::test]
async fn another_company_is_opened_and_nothing_is_made_by_looking() {
    let (first, second, own) = (
        tempfile::tempdir().unwrap(),
        tempfile::tempdir().unwrap(),
        tempfile::tempdir().unwrap(),
    );
    let host = Arc::new(Scripted::default());
    let mut outside = window(&host);
    outside.opening.own_folder = Some(own.path().to_owned());
    let app = Desk::open_or_explain(first.path(), outside).await;
    let plain = CreateStore {
        passphrase: None,
        plain: true,
    };
    app.create_store(plain.clone()).await.unwrap();
    speak(&app, "en").await;

    host.answer(second.path());
    let status = app.pick_store(NoArgs {}).await.unwrap().unwrap();
    assert_eq!(status.state, StoreState::New);
    assert_eq!(
        Store::probe(second.path()).unwrap(),
        Probe::Absent,
        "a person makes it, not a look"
    );
    app.create_store(plain).await.unwrap();
    speak(&app, "zh-CN").await;
    let stores = app.list_stores(NoArgs {}).await.unwrap();
    assert_eq!(stores.len(), 2);
    assert!(stores[0].present && stores[1].exists);
    let back = SwitchStore {
        path: stores[1].path.clone(),
    };
    app.switch_store(back).await.unwrap();
    assert_eq!(speaks(&app).await.as_deref(), Some("en"));
    let unlisted = SwitchStore {
        path: "/etc".to_owned(),
    };
    assert_eq!(
        app.switch_store(unlisted).await.unwrap_err().code(),
        "store_gone"
    );

    // One that cannot be opened leaves the present one open.
    let broken = tempfile::tempdir().unwrap();
    std::fs::write(broken.path().join("yeji.db"), "not a store").unwrap();
    host.answer(broken.path());
    assert_eq!(
        app.pick_store(NoArgs {}).await.unwrap_err().code(),
        "store_broken"
    );
    assert_eq!(speaks(&app).await.as_deref(), Some("en"));
}

#[tokio::test]
async fn automatic_backups_can_be_turned_off_and_have_limits() {
    let dir = tempfile::tempdir().unwrap();
    let app = crate::testing::app(dir.path(), DAY).await;
    let state = app.get_backup_state(NoArgs {}).await.unwrap();
    assert_eq!(
        (state.settings, state.newest),
        (BackupSettings::default(), None)
    );
    for (days, weeks) in [(0, 4), (61, 4), (7, 105)] {
        let wrong = BackupSettings {
            daily: true,
            days,
            weeks,
        };
        assert_eq!(
            app.set_backup_settings(wrong).await.unwrap_err().code(),
            "input"
        );
    }
    let off = BackupSettings {
        daily: false,
        ..BackupSettings::default()
    };
    app.set_backup_settings(off).await.unwrap();
    app.close().await;
    let again = crate::testing::app(dir.path(), DAY).await;
    assert_eq!(again.get_backup_state(NoArgs {}).await.unwrap().count, 0);
    let on = BackupSettings::default();
    again.set_backup_settings(on).await.unwrap();
    again.close().await;
    let third = crate::testing::app(dir.path(), DAY).await;
    let state = third.get_backup_state(NoArgs {}).await.unwrap();
    assert_eq!((state.count, state.newest), (1, Some(DAY.parse().unwrap())));
}

/// What must not be readable: one for each kind of write.
const MARKERS: [&str; 8] = [
    "MarkPerson",
    "马克客户",
    "MarkProduct",
    "MarkDeal",
    "MarkTeam",
    "MarkCompany",
    "MarkRejected",
    "98765432.10",
];

#[tokio::test]
async fn nothing_that_was_written_can_be_read_on_the_disk() {
    let dir = tempfile::tempdir().unwrap();
    let files = tempfile::tempdir().unwrap();
    let host = Arc::new(Scripted::default());
    let encrypted = Desk::open_or_explain(dir.path(), window(&host)).await;
    let create = CreateStore {
        passphrase: Some(secret(PHRASE)),
        plain: false,
    };
    encrypted.create_store(create).await.unwrap();
    write_markers(&encrypted, files.path()).await;
    encrypted
        .backup_to(&dir.path().join("copy.yejibackup"))
        .await
        .unwrap();
    assert!(
        dir.path().join("yeji.db-wal").metadata().unwrap().len() > 0,
        "the log is alive"
    );
    let found = readable(dir.path());
    assert_eq!(found, Vec::<String>::new(), "a thief reads");

    // The same without encryption: the search finds what is there to find.
    let plain_dir = tempfile::tempdir().unwrap();
    let plain = crate::testing::desk(plain_dir.path(), DAY).await;
    write_markers(&plain, files.path()).await;
    let found = readable(plain_dir.path());
    for marker in &MARKERS[..7] {
        assert!(
            found.iter().any(|one| one.contains(marker)),
            "{marker} was written: {found:?}"
        );
    }
}

/// Import with rejected rows, goal, target bonus, settings, name of the company.
async fn write_markers(app: &Desk, files: &Path) {
    let file = |name: &str, text: &str| {
        let path = files.join(name);
        std::fs::write(&path, text).unwrap();
        path
    };
    let paths = vec![
        file(
            "people.csv",
            "姓名,工号,团队,部门\nMarkPerson,A1,MarkTeam,华东\n",
        ),
        file(
            "deals.csv",
            "商机编号,负责人,客户,产品,阶段,创建日期,成交日期,金额\n\
             MarkDeal,A1,马克客户,MarkProduct,赢单,2026-01-05,2026-02-06,98765432.10\n\
             D2,A1,马克客户,MarkProduct,赢单,2026-01-05,2026-02-31,MarkRejected\n",
        ),
    ];
    let open = OpenImport {
        encoding: None,
        profile: None,
        paths,
        kind: None,
        mapping: None,
        source: None,
        take_proposals: true,
        keep_closed: false,
    };
    let draft = app.open_import(open).await.unwrap();
    let request = crate::testing::remembering(draft.session);
    app.commit_import(request, &no_progress).await.unwrap();
    let rename = RenameCompany {
        name: "MarkCompany".to_owned(),
    };
    app.rename_company(rename).await.unwrap();
    let goal = SetGoal {
        metric: yeji_core::metric::GoalMetric::WonAmount,
        year: 2026,
        amount: "98765432.10".to_owned(),
    };
    app.set_goal(goal).await.unwrap();
    let split = SplitGoal {
        metric: yeji_core::metric::GoalMetric::WonAmount,
        year: 2026,
        rule: SplitRule::Equal,
        preview: false,
    };
    app.split_goal(split).await.unwrap();
    let bonus = SetTargetBonuses {
        people: Vec::new(),
        per_quarter: "98765432.10".to_owned(),
        from: "2026-01-01".parse().unwrap(),
    };
    app.set_target_bonuses(bonus).await.unwrap();
}

/// Markers that stand in a file below the folder, as UTF-8 or UTF-16, and where.
fn readable(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(readable(&path));
            continue;
        }
        let bytes = std::fs::read(&path).unwrap();
        for marker in MARKERS {
            let little: Vec<u8> = marker.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let big: Vec<u8> = marker.encode_utf16().flat_map(u16::to_be_bytes).collect();
            for form in [marker.as_bytes(), &little, &big] {
                if bytes.windows(form.len()).any(|part| part == form) {
                    found.push(format!("{marker} in {}", path.display()));
                }
            }
        }
    }
    found
}
