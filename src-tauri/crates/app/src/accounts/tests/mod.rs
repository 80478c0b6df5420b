//! Accounts: who can be made what, wrong passwords, what the logs keep.

use std::sync::Arc;

use yeji_core::account::Role;
use yeji_core::ids::AccountId;

use crate::Desk;
use crate::access::{AccessError, Right};
use crate::api::NoArgs;
use crate::api::accounts::{
    AccountRow, AddAccount, ChangePassword, Password, ResetPassword, SetAccountDisabled,
    SetAccountRole, SignIn,
};
use crate::api::settings::{Preferences, StoreState};
use crate::error::{Error, Result};
use crate::testing::{self, Moving};

/// A store where the hr account `meng` is signed in.
async fn house() -> (tempfile::TempDir, Desk, Arc<Moving>) {
    let folder = yeji_testkit::temp_folder();
    let clock = Moving::at("2026-05-04T08:00:00Z");
    let desk = testing::desk_by(&folder.path().join("store"), clock.clone()).await;
    add(&desk, "Meng", Role::Hr).await.unwrap();
    (folder, desk, clock)
}

fn password(text: &str) -> Password {
    Password(text.to_owned())
}

async fn add(desk: &Desk, name: &str, role: Role) -> Result<Vec<AccountRow>> {
    let args = AddAccount {
        name: name.to_owned(),
        role,
        person: None,
        password: password("correct horse"),
    };
    desk.add_account(args).await
}

async fn sign_in(desk: &Desk, name: &str, with: &str) -> Result<crate::api::settings::Status> {
    let name = name.to_owned();
    let password = password(with);
    desk.sign_in(SignIn { name, password }).await
}

async fn id_of(desk: &Desk, name: &str) -> AccountId {
    let rows = desk.list_accounts(NoArgs {}).await.unwrap();
    rows.iter().find(|row| row.name == name).unwrap().id
}

#[track_caller]
fn refused<T: std::fmt::Debug>(result: Result<T>, code: &str) {
    match result {
        Err(error) => assert_eq!(error.code(), code, "{error}"),
        Ok(value) => panic!("{code}: {value:?}"),
    }
}

async fn audit(desk: &Desk) -> Vec<(String, String, String)> {
    let app = desk.admit(Right::Nothing).await.unwrap();
    let page = app.store().unwrap().audit_entries(None, 100).await.unwrap();
    let entries = page.rows.into_iter().rev();
    entries
        .map(|entry| (entry.actor, entry.action, entry.subject))
        .collect()
}

#[tokio::test]
async fn without_accounts_the_store_belongs_to_who_opens_it() {
    let folder = yeji_testkit::temp_folder();
    let desk = testing::desk(&folder.path().join("store"), "2026-05-04").await;
    let me = desk.get_status(NoArgs {}).await.unwrap().signed_in.unwrap();
    assert_eq!((me.account, me.role), (None, Role::Hr));
    assert_eq!(me.rights, Right::ALL);
    refused(sign_in(&desk, "meng", "correct horse").await, "no_accounts");
    for role in [Role::Manager, Role::Sales, Role::Auditor] {
        refused(add(&desk, "a", role).await, "first_account_is_hr");
    }
    assert!(!desk.needs_sign_in().await.unwrap());
}

#[tokio::test]
async fn who_makes_the_first_account_goes_on_as_it() {
    let (_folder, desk, _) = house().await;
    let status = desk.get_status(NoArgs {}).await.unwrap();
    assert_eq!(status.signed_in.unwrap().name.as_deref(), Some("Meng"));
    let status = desk.sign_out(NoArgs {}).await.unwrap();
    assert_eq!(
        (status.state, status.signed_in),
        (StoreState::SignedOut, None)
    );
    assert!(desk.needs_sign_in().await.unwrap());
    refused(desk.list_accounts(NoArgs {}).await, "sign_in_needed");
    let status = sign_in(&desk, " mENG ", "correct horse").await.unwrap();
    assert!(
        status.signed_in.is_some(),
        "the case of a name does not matter"
    );
}

#[tokio::test]
async fn accounts_that_cannot_be() {
    let (_folder, desk, _) = house().await;
    refused(
        add(&desk, "MENG", Role::Auditor).await,
        "account_name_taken",
    );
    refused(add(&desk, "  ", Role::Auditor).await, "input");
    refused(add(&desk, &"a".repeat(65), Role::Auditor).await, "input");
    refused(add(&desk, "a\u{0}b", Role::Auditor).await, "input");
    refused(add(&desk, "a", Role::Sales).await, "account_needs_person");
    refused(add(&desk, "a", Role::Manager).await, "account_needs_person");
    for (text, code) in [
        ("1234567", "password_short"),
        ("七个字的密码吗", "password_short"),
    ] {
        let args = AddAccount {
            name: "a".to_owned(),
            role: Role::Auditor,
            person: None,
            password: password(text),
        };
        refused(desk.add_account(args).await, code);
    }
    assert_eq!(desk.list_accounts(NoArgs {}).await.unwrap().len(), 1);
}

#[tokio::test]
async fn the_last_hr_account_stays() {
    let (_folder, desk, _) = house().await;
    let account = id_of(&desk, "Meng").await;
    let disable = SetAccountDisabled {
        account,
        disabled: true,
    };
    let demote = SetAccountRole {
        account,
        role: Role::Auditor,
        person: None,
    };
    refused(
        desk.set_account_disabled(disable.clone()).await,
        "last_hr_account",
    );
    refused(
        desk.set_account_role(demote.clone()).await,
        "last_hr_account",
    );
    add(&desk, "second", Role::Hr).await.unwrap();
    let second = SetAccountDisabled {
        account: id_of(&desk, "second").await,
        disabled: true,
    };
    desk.set_account_disabled(second.clone()).await.unwrap();
    refused(
        desk.set_account_role(demote.clone()).await,
        "last_hr_account",
    );
    let second = SetAccountDisabled {
        disabled: false,
        ..second
    };
    desk.set_account_disabled(second).await.unwrap();
    let left = desk.set_account_role(demote).await.unwrap();
    assert!(
        left.is_empty(),
        "an auditor of a moment ago gets no list as hr"
    );
    refused(add(&desk, "c", Role::Auditor).await, "right_missing");
}

#[tokio::test]
async fn a_disabled_account_is_out_at_once() {
    let (_folder, desk, _) = house().await;
    add(&desk, "second", Role::Hr).await.unwrap();
    let account = id_of(&desk, "Meng").await;
    let disable = SetAccountDisabled {
        account,
        disabled: true,
    };
    desk.set_account_disabled(disable).await.unwrap();
    refused(desk.list_accounts(NoArgs {}).await, "sign_in_needed");
    refused(
        sign_in(&desk, "Meng", "correct horse").await,
        "account_disabled",
    );
    // Who does not know the password does not learn that it is disabled.
    refused(
        sign_in(&desk, "Meng", "something else").await,
        "sign_in_failed",
    );
}

#[tokio::test]
async fn wrong_passwords_make_one_wait_longer_each_time() {
    let (_folder, desk, clock) = house().await;
    desk.sign_out(NoArgs {}).await.unwrap();
    let waits = async |with: &str| match sign_in(&desk, "Meng", with).await {
        Err(Error::Access(AccessError::SignInWait { seconds })) => Some(seconds),
        Err(Error::Access(AccessError::SignInFailed)) => None,
        other => panic!("{other:?}"),
    };
    assert_eq!(waits("wrong").await, None);
    assert_eq!(waits("wrong").await, None);
    for expected in [5, 10, 20, 40, 80, 160, 320, 640, 900, 900] {
        assert_eq!(waits("wrong").await, Some(expected));
        clock.by(expected - 1);
        assert_eq!(
            waits("correct horse").await,
            Some(1),
            "not even the right one"
        );
        clock.by(1);
    }
    clock.by(-365 * 24 * 3600);
    assert_eq!(
        waits("correct horse").await,
        Some(900),
        "a clock set back adds nothing"
    );
    clock.by(366 * 24 * 3600);
    sign_in(&desk, "Meng", "correct horse").await.unwrap();
    desk.sign_out(NoArgs {}).await.unwrap();
    assert_eq!(
        waits("wrong").await,
        None,
        "a good one forgives the bad ones"
    );
}

#[tokio::test]
async fn own_password_needs_the_old_one_and_hr_sets_any() {
    let (_folder, desk, _) = house().await;
    add(&desk, "Audit", Role::Auditor).await.unwrap();
    sign_in(&desk, "audit", "correct horse").await.unwrap();
    let change = async |old: &str, new: &str| {
        let (old, new) = (password(old), password(new));
        desk.change_password(ChangePassword { old, new }).await
    };
    refused(change("wrong", "battery staple").await, "sign_in_failed");
    refused(change("correct horse", "short").await, "password_short");
    change("correct horse", "battery staple").await.unwrap();
    refused(
        sign_in(&desk, "audit", "correct horse").await,
        "sign_in_failed",
    );
    sign_in(&desk, "audit", "battery staple").await.unwrap();

    sign_in(&desk, "meng", "correct horse").await.unwrap();
    let account = id_of(&desk, "Audit").await;
    let password = password("third password");
    let reset = ResetPassword { account, password };
    desk.reset_password(reset).await.unwrap();
    sign_in(&desk, "audit", "third password").await.unwrap();
}

#[tokio::test]
async fn every_sign_in_and_change_is_in_the_audit_log() {
    let (_folder, desk, _) = house().await;
    add(&desk, "Audit", Role::Auditor).await.unwrap();
    desk.sign_out(NoArgs {}).await.unwrap();
    refused(
        sign_in(&desk, "nobody", "correct horse").await,
        "sign_in_failed",
    );
    refused(sign_in(&desk, "audit", "wrong").await, "sign_in_failed");
    sign_in(&desk, "audit", "correct horse").await.unwrap();
    let expected = [
        ("local", "account.add", "Meng"),
        ("Meng", "account.add", "Audit"),
        ("Meng", "sign_in.out", "Meng"),
        ("local", "sign_in.failed", "nobody"),
        ("local", "sign_in.failed", "Audit"),
        ("Audit", "sign_in.ok", "Audit"),
    ];
    let expected = expected
        .map(|(actor, action, subject)| (actor.to_owned(), action.to_owned(), subject.to_owned()));
    assert_eq!(audit(&desk).await, expected);
    assert!(desk.verify_store(NoArgs {}).await.unwrap().ok);
}

#[tokio::test]
async fn a_password_stands_nowhere_and_its_hash_only_in_its_column() {
    let (folder, desk, _) = house().await;
    let app = desk.admit(Right::Nothing).await.unwrap();
    let store = app.store().unwrap();
    let account = store.account_named("meng").await.unwrap().unwrap();
    assert!(
        account.password_hash.starts_with("$argon2id$"),
        "{account:?}"
    );
    for change in store.changes(None, 100).await.unwrap().rows {
        let fields = store.change_fields(change.id, 100).await.unwrap();
        let text = format!("{change:?} {fields:?}");
        assert!(
            !text.contains("argon2id") && !text.contains("correct horse"),
            "{text}"
        );
    }
    let shown = format!("{:?}", password("correct horse"));
    assert!(!shown.contains("horse"), "{shown}");
    drop((app, store, desk));
    for entry in std::fs::read_dir(folder.path().join("store")).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        assert!(!bytes.windows(13).any(|part| part == b"correct horse"));
    }
}

#[tokio::test]
async fn each_account_has_its_own_language_and_theme() {
    let (_folder, desk, _) = house().await;
    let preferences = |language: &str| Preferences {
        language: Some(language.to_owned()),
        theme: None,
    };
    add(&desk, "Audit", Role::Auditor).await.unwrap();
    desk.set_preferences(preferences("en")).await.unwrap();
    let status = sign_in(&desk, "audit", "correct horse").await.unwrap();
    assert_eq!(status.preferences, Preferences::default());
    desk.set_preferences(preferences("zh-CN")).await.unwrap();
    let status = sign_in(&desk, "meng", "correct horse").await.unwrap();
    assert_eq!(status.preferences, preferences("en"));
}

#[tokio::test]
async fn guesses_at_ones_own_password_count_also_when_they_are_made_at_once() {
    // Calls that were let in before any of them had its turn.
    let (_folder, desk, _) = house().await;
    let mut calls = Vec::new();
    for _ in 0..5 {
        calls.push(desk.admit(Right::OwnAccount).await.unwrap());
    }
    let guess = |old: &str| ChangePassword {
        old: password(old),
        new: password("another horse"),
    };
    for (n, call) in calls.iter().enumerate() {
        let code = if n < 2 {
            "sign_in_failed"
        } else {
            "sign_in_wait"
        };
        refused(call.change_password(guess("wrong wrong")).await, code);
    }
}

#[tokio::test]
async fn a_new_password_gives_back_no_role_that_was_taken_away() {
    let (_folder, desk, _) = house().await;
    let own = desk.admit(Right::OwnAccount).await.unwrap();
    add(&desk, "Second", Role::Hr).await.unwrap();
    let set = SetAccountRole {
        account: id_of(&desk, "Meng").await,
        role: Role::Auditor,
        person: None,
    };
    desk.set_account_role(set).await.unwrap();
    let change = ChangePassword {
        old: password("correct horse"),
        new: password("another horse"),
    };
    own.change_password(change).await.unwrap();
    let account = own.store().unwrap().account_named("Meng").await.unwrap();
    assert_eq!(account.unwrap().role, Role::Auditor);
}

#[tokio::test]
async fn a_name_is_one_account_however_it_is_typed() {
    let (_folder, desk, _) = house().await;
    add(&desk, "Émile", Role::Hr).await.unwrap();
    for name in ["émile", "ÉMILE", "E\u{301}mile", "meng"] {
        refused(add(&desk, name, Role::Hr).await, "account_name_taken");
    }
    for name in ["local", " Local"] {
        refused(add(&desk, name, Role::Hr).await, "input");
    }
    sign_in(&desk, "émile", "correct horse").await.unwrap();
}

#[tokio::test]
async fn a_password_is_the_same_however_it_is_typed() {
    // A Chinese keyboard writes digits in full width, a Mac é as two letters.
    let (_folder, desk, _) = house().await;
    let args = AddAccount {
        name: "Second".to_owned(),
        role: Role::Hr,
        person: None,
        password: password("caf\u{e9} 2026"),
    };
    desk.add_account(args).await.unwrap();
    sign_in(&desk, "Second", "cafe\u{301} ２０２６")
        .await
        .unwrap();
}
