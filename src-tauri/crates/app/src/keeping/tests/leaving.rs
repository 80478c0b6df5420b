//! Whoever signs out or goes to another company's store leaves nothing behind for the next one.

use std::path::Path;
use std::sync::Arc;

use yeji_core::account::Role;
use yeji_core::metric::GoalMetric;

use crate::api::NoArgs;
use crate::api::accounts::{AddAccount, Password, SignIn};
use crate::api::goals::{GetGoalYears, SetGoal};
use crate::api::history::ListAudit;
use crate::api::settings::StoreState;
use crate::testing::{Scripted, outside};
use crate::{Access, Desk};

const DAY: &str = "2026-11-28";

fn password() -> Password {
    Password("correct horse".to_owned())
}

async fn window(dir: &Path, own: &Path, host: &Arc<Scripted>) -> Desk {
    let mut outside = outside(DAY);
    outside.host = host.clone();
    outside.opening.own_folder = Some(own.to_owned());
    Desk::open(dir, Access::Write, outside).await.unwrap()
}

async fn sign_in(app: &Desk) {
    let args = SignIn {
        name: "boss".to_owned(),
        password: password(),
    };
    app.sign_in(args).await.unwrap();
}

async fn set_goal(app: &Desk) {
    let goal = SetGoal {
        metric: GoalMetric::WonAmount,
        year: 2026,
        amount: "1".to_owned(),
    };
    app.set_goal(goal).await.unwrap();
}

/// A store with an account, and a copy of it, in which the account has the same id.
async fn two_stores(own: &Path, host: &Arc<Scripted>) -> [tempfile::TempDir; 2] {
    let stores = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    let app = window(stores[0].path(), own, host).await;
    let account = AddAccount {
        name: "boss".to_owned(),
        role: Role::Hr,
        person: None,
        password: password(),
    };
    app.add_account(account).await.unwrap();
    app.close().await;
    let [first, copy] = &stores;
    std::fs::copy(first.path().join("yeji.db"), copy.path().join("yeji.db")).unwrap();
    stores
}

#[tokio::test]
async fn going_to_another_store_signs_out_also_where_it_is_a_copy_of_the_first() {
    let (own, host) = (tempfile::tempdir().unwrap(), Arc::new(Scripted::default()));
    let [first, copy] = two_stores(own.path(), &host).await;
    let app = window(first.path(), own.path(), &host).await;
    sign_in(&app).await;
    set_goal(&app).await;
    host.answer(copy.path());
    let status = app.pick_store(NoArgs {}).await.unwrap().unwrap();
    assert_eq!(
        (status.state, status.signed_in),
        (StoreState::SignedOut, None)
    );
    let refused = app.get_goal_years(GetGoalYears::default()).await;
    assert_eq!(refused.unwrap_err().code(), "sign_in_needed");
    sign_in(&app).await;
    assert!(
        app.get_last_action(NoArgs {})
            .await
            .unwrap()
            .change
            .is_none(),
        "what was done in the other store is not taken back here"
    );
    host.answer(first.path());
    let status = app.pick_store(NoArgs {}).await.unwrap().unwrap();
    assert_eq!(status.state, StoreState::SignedOut);
    sign_in(&app).await;
    let log = app
        .list_audit(ListAudit {
            action: Some("sign_in.out".to_owned()),
            actor: None,
            cursor: None,
        })
        .await
        .unwrap();
    assert_eq!(log.total, 1, "leaving the first store was recorded in it");
}

#[tokio::test]
async fn signing_out_ends_what_ctrl_z_reaches() {
    let (own, host) = (tempfile::tempdir().unwrap(), Arc::new(Scripted::default()));
    let [first, _] = two_stores(own.path(), &host).await;
    let app = window(first.path(), own.path(), &host).await;
    sign_in(&app).await;
    set_goal(&app).await;
    assert!(
        app.get_last_action(NoArgs {})
            .await
            .unwrap()
            .change
            .is_some()
    );
    app.sign_out(NoArgs {}).await.unwrap();
    sign_in(&app).await;
    assert!(
        app.get_last_action(NoArgs {})
            .await
            .unwrap()
            .change
            .is_none(),
        "a new session begins anew, for the same person too"
    );
}
