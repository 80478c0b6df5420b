//! Keys as a user meets them: a store made, opened, handed over; what is lost and what is told.

use std::path::Path;
use std::sync::Arc;

use yeji_core::account::Role;
use yeji_store::{KEY_NAME_FILE, KEYS_FILE, Key, OpenMode, Probe, Store};

use super::Secret;
use crate::api::NoArgs;
use crate::api::accounts::{AddAccount, Password, SignIn};
use crate::api::keys::{
    CreateStore, HandOver, KeyringState, MakeRecoveryCode, SetLock, SetPassphrase, UnlockStore,
};
use crate::api::settings::{Preferences, StoreState};
use crate::testing::{InMemory, outside};
use crate::{Access, Desk, Outside};

const DAY: &str = "2026-11-28";
const PHRASE: &str = "planted phrase 甲乙丙";

fn secret(text: &str) -> Secret {
    Secret::new(text.to_owned())
}

/// Somebody must say how a new store is kept; no keyring.
fn strict() -> Outside {
    let mut outside = outside(DAY);
    outside.opening.plain = false;
    outside
}

/// A computer with a keyring.
fn with_keyring(ring: &Arc<InMemory>) -> Outside {
    let mut outside = strict();
    outside.secrets = ring.clone();
    outside
}

fn unlock(text: &str) -> UnlockStore {
    UnlockStore {
        secret: secret(text),
        remember: false,
    }
}

/// A window on a store with a passphrase, no keyring.
async fn with_passphrase(dir: &Path) -> Desk {
    let app = Desk::open_or_explain(dir, strict()).await;
    let create = CreateStore {
        passphrase: Some(secret(PHRASE)),
        plain: false,
    };
    app.create_store(create).await.unwrap();
    app
}

async fn state(app: &Desk) -> (StoreState, String) {
    let status = app.get_status(NoArgs {}).await.unwrap();
    (
        status.state,
        status.problem.map_or(String::new(), |problem| problem.code),
    )
}

fn names(dir: &Path) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(dir)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[tokio::test]
async fn a_new_store_without_keyring_is_a_persons_choice() {
    let dir = tempfile::tempdir().unwrap();
    let refused = Desk::open(dir.path(), Access::Write, strict())
        .await
        .unwrap_err();
    assert_eq!(refused.code(), "encryption_choice");
    let window = Desk::open_or_explain(dir.path(), strict()).await;
    assert_eq!(
        state(&window).await,
        (StoreState::New, "encryption_choice".to_owned())
    );
    assert!(
        names(dir.path())
            .iter()
            .all(|name| name.starts_with("yeji.lock")),
        "no store and no key before the choice: {:?}",
        names(dir.path())
    );
    let short = CreateStore {
        passphrase: Some(secret("short")),
        plain: false,
    };
    assert_eq!(
        window.create_store(short).await.unwrap_err().code(),
        "passphrase_short"
    );
    assert_eq!(Store::probe(dir.path()).unwrap(), Probe::Absent);
    let plain = CreateStore {
        passphrase: None,
        plain: true,
    };
    window.create_store(plain).await.unwrap();
    assert_eq!(Store::probe(dir.path()).unwrap(), Probe::Plain);
    assert_eq!(
        state(&window).await,
        (StoreState::Empty, "not_encrypted".to_owned())
    );
}

#[tokio::test]
async fn a_passphrase_opens_and_a_wrong_one_changes_nothing() {
    let dir = tempfile::tempdir().unwrap();
    with_passphrase(dir.path()).await.close().await;
    assert_eq!(Store::probe(dir.path()).unwrap(), Probe::Encrypted);
    let before = std::fs::read(dir.path().join("yeji.db")).unwrap();

    let window = Desk::open_or_explain(dir.path(), strict()).await;
    assert_eq!(
        state(&window).await,
        (StoreState::Locked, "passphrase_needed".to_owned())
    );
    let refused = window
        .unlock_store(unlock("something else"))
        .await
        .unwrap_err();
    assert_eq!(refused.code(), "wrong_passphrase");
    let again = CreateStore {
        passphrase: Some(secret("another one")),
        plain: false,
    };
    assert_eq!(
        window.create_store(again).await.unwrap_err().code(),
        "store_already_there",
        "nothing is made in the place of a store that cannot be opened"
    );
    assert_eq!(std::fs::read(dir.path().join("yeji.db")).unwrap(), before);
    let status = window.unlock_store(unlock(PHRASE)).await.unwrap();
    assert_eq!((status.state, status.encrypted), (StoreState::Empty, true));
}

#[tokio::test]
async fn the_keyring_opens_and_a_recovery_code_opens_where_it_is_lost() {
    let dir = tempfile::tempdir().unwrap();
    let ring = Arc::new(InMemory::default());
    let app = Desk::open(dir.path(), Access::Write, with_keyring(&ring))
        .await
        .unwrap();
    let status = app.get_status(NoArgs {}).await.unwrap();
    assert!(
        status
            .warnings
            .iter()
            .any(|warning| warning.code == "key_only_in_keyring")
    );
    let made = app
        .make_recovery_code(MakeRecoveryCode { current: None })
        .await
        .unwrap();
    let refused = app
        .make_recovery_code(MakeRecoveryCode { current: None })
        .await
        .unwrap_err();
    assert_eq!(
        refused.code(),
        "current_passphrase_needed",
        "from now on there is something to know"
    );
    let shown = app.get_key_state(NoArgs {}).await.unwrap();
    assert_eq!(shown.keyring, KeyringState::Holds);
    assert!(shown.recovery_since.is_some() && shown.passphrase_since.is_none());
    app.close().await;

    Desk::open(dir.path(), Access::Read, with_keyring(&ring))
        .await
        .expect("the keyring has the key");
    let elsewhere = Desk::open_or_explain(dir.path(), strict()).await;
    assert_eq!(state(&elsewhere).await.0, StoreState::Locked);
    let status = elsewhere
        .unlock_store(unlock(&made.code.to_lowercase()))
        .await
        .unwrap();
    assert_eq!(status.state, StoreState::Empty);
    // With the code in hand, a passphrase for the next time.
    let set = SetPassphrase {
        current: Some(secret(&made.code)),
        new: secret(PHRASE),
    };
    elsewhere.set_passphrase(set).await.unwrap();
    elsewhere.close().await;
    let window = Desk::open_or_explain(dir.path(), strict()).await;
    window.unlock_store(unlock(PHRASE)).await.unwrap();
}

#[tokio::test]
async fn a_keyring_without_the_key_and_no_passphrase_is_told() {
    let dir = tempfile::tempdir().unwrap();
    let ring = Arc::new(InMemory::default());
    let app = Desk::open(dir.path(), Access::Write, with_keyring(&ring))
        .await
        .unwrap();
    app.close().await;
    let before = names(dir.path());
    for access in [Access::Read, Access::Change, Access::Write] {
        let refused = Desk::open(dir.path(), access, strict()).await.unwrap_err();
        assert_eq!(refused.code(), "no_key", "{access:?}");
        assert_eq!(names(dir.path()), before, "nothing is made");
    }
    let empty = Arc::new(InMemory::default());
    let refused = Desk::open(dir.path(), Access::Write, with_keyring(&empty))
        .await
        .unwrap_err();
    assert_eq!((refused.code(), names(dir.path())), ("key_missing", before));
}

#[tokio::test]
async fn a_store_of_the_first_version_opens_and_gets_a_file_of_keys() {
    let dir = tempfile::tempdir().unwrap();
    let ring = Arc::new(InMemory::default());
    ring.0
        .lock()
        .unwrap()
        .insert("old-name".to_owned(), [5; 32]);
    Store::create(dir.path(), &Key::Raw([5; 32]))
        .await
        .unwrap()
        .close()
        .await
        .unwrap();
    std::fs::write(dir.path().join(KEY_NAME_FILE), "old-name\n").unwrap();
    let reader = Desk::open(dir.path(), Access::Read, with_keyring(&ring))
        .await
        .unwrap();
    reader.close().await;
    assert!(
        !dir.path().join(KEYS_FILE).exists(),
        "reading writes nothing"
    );
    let app = Desk::open(dir.path(), Access::Change, with_keyring(&ring))
        .await
        .unwrap();
    assert!(dir.path().join(KEYS_FILE).exists());
    let set = SetPassphrase {
        current: None,
        new: secret(PHRASE),
    };
    app.set_passphrase(set).await.unwrap();
    app.close().await;
    let elsewhere = Desk::open_or_explain(dir.path(), strict()).await;
    elsewhere.unlock_store(unlock(PHRASE)).await.unwrap();
}

#[tokio::test]
async fn a_plain_store_is_encrypted_by_its_first_passphrase_and_keeps_its_data() {
    let dir = tempfile::tempdir().unwrap();
    let app = crate::testing::app(dir.path(), DAY).await;
    app.set_preferences(Preferences {
        language: Some("en".to_owned()),
        theme: None,
    })
    .await
    .unwrap();
    let copy = dir.path().join("backups");
    std::fs::create_dir(&copy).unwrap();
    app.backup_to(&copy.join("yeji-2026-11-27.yejibackup"))
        .await
        .unwrap();
    let set = SetPassphrase {
        current: None,
        new: secret(PHRASE),
    };
    let shown = app.set_passphrase(set).await.unwrap();
    assert!(shown.encrypted && shown.passphrase_since.is_some());
    assert_eq!(Store::probe(dir.path()).unwrap(), Probe::Encrypted);
    assert_eq!(
        std::fs::read_dir(&copy).unwrap().count(),
        0,
        "no readable copy stays"
    );
    assert!(
        names(dir.path())
            .iter()
            .all(|name| !name.starts_with("incoming") && !name.starts_with("replaced")),
        "nor the readable file: {:?}",
        names(dir.path())
    );
    let status = app.get_status(NoArgs {}).await.unwrap();
    assert_eq!(status.preferences.language.as_deref(), Some("en"));
    assert!(app.verify_store(NoArgs {}).await.unwrap().ok);
    app.close().await;
    let window = Desk::open_or_explain(dir.path(), strict()).await;
    window.unlock_store(unlock(PHRASE)).await.unwrap();
}

#[tokio::test]
async fn what_the_administrator_before_knew_opens_nothing_after_a_hand_over() {
    let dir = tempfile::tempdir().unwrap();
    let ring = Arc::new(InMemory::default());
    let app = Desk::open(dir.path(), Access::Write, with_keyring(&ring))
        .await
        .unwrap();
    let set = SetPassphrase {
        current: None,
        new: secret(PHRASE),
    };
    app.set_passphrase(set).await.unwrap();
    let old_key = *ring.0.lock().unwrap().values().next().unwrap();
    let hand = HandOver {
        current: Some(secret("not the phrase")),
        new: secret("the next one's"),
    };
    assert_eq!(
        app.hand_over(hand).await.unwrap_err().code(),
        "wrong_passphrase"
    );
    let hand = HandOver {
        current: Some(secret(PHRASE)),
        new: secret("the next one's"),
    };
    let made = app.hand_over(hand).await.unwrap();
    assert_eq!(
        ring.0.lock().unwrap().len(),
        1,
        "the old entry is gone, a new one is there"
    );
    app.close().await;
    let old = Store::open(dir.path(), &Key::Raw(old_key), OpenMode::ReadOnly).await;
    assert!(
        matches!(old, Err(yeji_store::Error::WrongKey(_))),
        "{old:?}"
    );
    let window = Desk::open_or_explain(dir.path(), strict()).await;
    assert_eq!(
        window
            .unlock_store(unlock(PHRASE))
            .await
            .unwrap_err()
            .code(),
        "wrong_passphrase"
    );
    window.unlock_store(unlock(&made.code)).await.unwrap();
    assert!(window.verify_store(NoArgs {}).await.unwrap().ok);
}

#[tokio::test]
async fn a_locked_window_answers_nothing_until_it_is_unlocked() {
    let dir = tempfile::tempdir().unwrap();
    let app = with_passphrase(dir.path()).await;
    app.set_lock(SetLock { minutes: Some(5) }).await.unwrap();
    assert_eq!(
        app.get_status(NoArgs {}).await.unwrap().lock_after_minutes,
        Some(5)
    );
    app.lock_app(NoArgs {}).await.unwrap();
    assert_eq!(
        state(&app).await,
        (StoreState::Locked, "app_locked".to_owned())
    );
    let refusals = [
        app.get_organisation(NoArgs {})
            .await
            .err()
            .map(|error| error.code()),
        app.set_preferences(Preferences::default())
            .await
            .err()
            .map(|error| error.code()),
        app.get_key_state(NoArgs {})
            .await
            .err()
            .map(|error| error.code()),
        app.pick_backup(NoArgs {})
            .await
            .err()
            .map(|error| error.code()),
        app.list_stores(NoArgs {})
            .await
            .err()
            .map(|error| error.code()),
    ];
    assert_eq!(refusals, [Some("app_locked"); 5]);
    assert_eq!(
        app.unlock_store(unlock("wrong one"))
            .await
            .unwrap_err()
            .code(),
        "wrong_passphrase"
    );
    assert_eq!(state(&app).await.0, StoreState::Locked);
    app.unlock_store(unlock(PHRASE)).await.unwrap();
    assert_eq!(state(&app).await.0, StoreState::Empty);
}

/// The passphrase of the store is known to whoever may open it, which is not whoever was signed in.
#[tokio::test]
async fn what_ends_the_lock_is_not_what_signs_in() {
    let dir = tempfile::tempdir().unwrap();
    let app = with_passphrase(dir.path()).await;
    let password = || Password("own password of wu".to_owned());
    let first = AddAccount {
        name: "wu".to_owned(),
        role: Role::Hr,
        person: None,
        password: password(),
    };
    app.add_account(first).await.unwrap();
    assert!(app.get_status(NoArgs {}).await.unwrap().signed_in.is_some());
    app.lock_app(NoArgs {}).await.unwrap();
    let status = app.unlock_store(unlock(PHRASE)).await.unwrap();
    assert_eq!(status.state, StoreState::SignedOut);
    assert!(status.signed_in.is_none());
    let refused = app.list_accounts(NoArgs {}).await.unwrap_err();
    assert_eq!(refused.code(), "sign_in_needed");
    let own = SignIn {
        name: "wu".to_owned(),
        password: password(),
    };
    app.sign_in(own).await.unwrap();
    assert_eq!(app.list_accounts(NoArgs {}).await.unwrap().len(), 1);
}

#[tokio::test]
async fn nothing_is_locked_that_nobody_could_unlock() {
    let dir = tempfile::tempdir().unwrap();
    let app = crate::testing::app(dir.path(), DAY).await;
    assert_eq!(
        app.lock_app(NoArgs {}).await.unwrap_err().code(),
        "lock_needs_passphrase"
    );
    let refused = app
        .set_lock(SetLock { minutes: Some(5) })
        .await
        .unwrap_err();
    assert_eq!(refused.code(), "lock_needs_passphrase");
}

#[tokio::test]
async fn no_log_and_no_debug_shows_key_or_passphrase() {
    // While there is one subscriber only, `tracing` asks that of the thread which comes to a line first, and
    // nobody again: a test beside this one would silence it.
    let _other = tracing::Dispatch::new(tracing::subscriber::NoSubscriber::new());
    let log = crate::testing::Log::default();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_writer(log.clone())
        .finish();
    let _guard = tracing::subscriber::set_default(subscriber);
    let dir = tempfile::tempdir().unwrap();
    let ring = Arc::new(InMemory::default());
    let app = Desk::open(dir.path(), Access::Write, with_keyring(&ring))
        .await
        .unwrap();
    let set = SetPassphrase {
        current: None,
        new: secret(PHRASE),
    };
    let made_debug = format!("{set:?}");
    app.set_passphrase(set).await.unwrap();
    let made = app
        .make_recovery_code(MakeRecoveryCode {
            current: Some(secret(PHRASE)),
        })
        .await
        .unwrap();
    let key = *ring.0.lock().unwrap().values().next().unwrap();
    let mut shown = vec![
        format!("{app:?}"),
        format!("{:?}", app.shared.opened()),
        format!("{made:?}"),
        made_debug,
        format!("{:?}", unlock(PHRASE)),
        format!("{:?}", app.shared.outside),
    ];
    app.close().await;
    // A wrong key and a wrong passphrase are where one is tempted to print what was tried.
    let wrong = Store::open(dir.path(), &Key::Raw([0xcd; 32]), OpenMode::ReadOnly)
        .await
        .unwrap_err();
    shown.push(format!("{wrong:?} {wrong}"));
    let window = Desk::open_or_explain(dir.path(), strict()).await;
    let refused = window
        .unlock_store(unlock("planted wrong one"))
        .await
        .unwrap_err();
    shown.push(format!("{refused:?} {refused} {:?}", refused.params()));
    let said = log.text();
    assert!(
        !said.is_empty(),
        "something is logged, so its silence tells"
    );
    shown.push(said);
    let hex = key.map(|byte| format!("{byte:02x}")).concat();
    let listed = format!("{}, {}, {}", key[0], key[1], key[2]);
    for text in &shown {
        let lower = text.to_lowercase();
        for planted in [
            hex.as_str(),
            &listed,
            "planted",
            "甲乙丙",
            "cdcdcdcd",
            &made.code.to_lowercase(),
        ] {
            assert!(!lower.contains(planted), "`{planted}` shows in {text}");
        }
    }
}
