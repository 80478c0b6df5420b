//! Signing in and out. Every try is an audit entry; wrong passwords make the next try wait.

use serde_json::{Value, json};
use yeji_core::account::UserAccount;
use yeji_store::{AuditDraft, Change, ChangeKind};

use super::{account_called, password};
use crate::access::Right;
use crate::access::{AccessError, Actor};
use crate::api::NoArgs;
use crate::api::accounts::{Password, SignIn, SignedIn};
use crate::api::settings::Status;
use crate::context::App;
use crate::error::Result;
use crate::history::Pending;

/// Wrong passwords without consequence: a slip of the finger.
const FREE_FAILURES: u32 = 3;
/// After the first one that has a consequence; each further doubles it.
const FIRST_DELAY_SECONDS: i64 = 5;
/// The longest: who forgot a password is not locked out, who guesses gets nowhere.
const MAX_DELAY_SECONDS: i64 = 15 * 60;
/// Characters of a tried name in the audit log: a password typed there by mistake is cut at least.
const MAX_TRIED_CHARS: usize = 64;

impl App {
    /// Signs in. From now on this account acts.
    pub async fn sign_in(&self, args: SignIn) -> Result<Status> {
        // Tries that a command noted beside the store count as well.
        if let Err(error) = self.take_in_pending().await {
            tracing::warn!("what waits for the audit log was not taken in: {error}");
        }
        let _turn = self.turn().await;
        let store = self.store()?;
        if !store.has_accounts().await? {
            return Err(AccessError::NoAccounts.into());
        }
        let Some(account) = account_called(&store, &args.name).await? else {
            password::is_right(args.password, None).await?;
            let tried = args.name.trim().chars().take(MAX_TRIED_CHARS).collect();
            self.note_sign_in(
                "sign_in.failed",
                tried,
                json!({ "why": "no such account" }),
                None,
            )
            .await?;
            return Err(AccessError::SignInFailed.into());
        };
        let account = if store.is_writable() {
            account
        } else {
            self.with_waiting_tries(account)?
        };
        let account = self.checked(account, args.password).await?;
        if account.disabled {
            let name = account.name.clone();
            self.note_sign_in(
                "sign_in.refused",
                name.clone(),
                json!({ "why": "disabled" }),
                None,
            )
            .await?;
            return Err(AccessError::Disabled { name }.into());
        }
        let forgiven = (account.failures > 0).then(|| UserAccount {
            failures: 0,
            failed_at: None,
            ..account.clone()
        });
        self.note_sign_in("sign_in.ok", account.name.clone(), Value::Null, forgiven)
            .await?;
        self.arrive(account.id);
        self.status_of(&Actor::Account(account)).await
    }

    /// Signs out: what was being prepared is forgotten, and what runs is asked to stop.
    pub async fn sign_out(&self, _: NoArgs) -> Result<Status> {
        if let Actor::Account(account) = self.actor() {
            self.leave();
            self.note_sign_in("sign_in.out", account.name.clone(), Value::Null, None)
                .await?;
        }
        let actor = match self.actor() {
            Actor::Account(_) => Actor::Nobody,
            other => other.clone(),
        };
        self.status_of(&actor).await
    }

    /// Notes in the present store that whoever is signed in leaves it, where it can be noted.
    pub(crate) async fn note_leaving(&self) {
        let Actor::Account(account) = self.actor() else {
            return;
        };
        let name = account.name.clone();
        let noted = self
            .note_sign_in("sign_in.out", name, Value::Null, None)
            .await;
        if let Err(error) = noted {
            tracing::warn!("signing out was not recorded: {error}");
        }
    }

    /// The account, if the password is its own and no delay runs; else the try is counted and refused.
    pub(super) async fn checked(
        &self,
        account: UserAccount,
        given: Password,
    ) -> Result<UserAccount> {
        if let Some(seconds) = self.seconds_to_wait(&account) {
            return Err(AccessError::SignInWait { seconds }.into());
        }
        if password::is_right(given, Some(account.password_hash.clone())).await? {
            return Ok(account);
        }
        let name = account.name.clone();
        let failed = UserAccount {
            failures: account.failures.saturating_add(1),
            failed_at: Some(self.clock.now()),
            ..account
        };
        let wait = self.seconds_to_wait(&failed);
        let detail = json!({ "why": "wrong password", "failures": failed.failures });
        self.note_sign_in("sign_in.failed", name, detail, Some(failed))
            .await?;
        Err(match wait {
            Some(seconds) => AccessError::SignInWait { seconds },
            None => AccessError::SignInFailed,
        }
        .into())
    }

    /// How long an account has to wait after wrong passwords.
    fn seconds_to_wait(&self, account: &UserAccount) -> Option<i64> {
        let delay = delay_after(account.failures);
        let passed = (self.clock.now() - account.failed_at?).num_seconds();
        // A clock that was set back must not lengthen the wait beyond the delay.
        let left = delay - passed.max(0);
        (left > 0).then_some(left)
    }

    /// An audit entry about signing in; where another program holds the store, it is noted beside it for
    /// that one to take in, with the try that it counts. On a read-only disk the program's log alone has it.
    async fn note_sign_in(
        &self,
        action: &str,
        subject: String,
        detail: Value,
        account: Option<UserAccount>,
    ) -> Result<()> {
        let summary = json!({ "action": action, "account": subject });
        let mut change: Change = self.change(ChangeKind::SignIn, summary);
        if action != "sign_in.failed" {
            change.author.clone_from(&subject);
        }
        change.audit = Some(AuditDraft {
            action: action.to_owned(),
            subject,
            detail,
        });
        if self.store()?.is_writable() {
            change.put.extend(account.map(Into::into));
            return self.apply(change).await;
        }
        let Some(draft) = change.audit else {
            return Ok(());
        };
        let pending = Pending {
            id: change.id.0,
            at: change.at,
            actor: change.author,
            draft,
        };
        match self.leave_pending(&pending) {
            Err(crate::Error::NotRecorded) => {
                tracing::warn!(action, "nothing can be written: not in the audit log");
                Ok(())
            }
            left => left,
        }
    }

    /// Who works with the window; None while somebody has to sign in.
    pub(crate) fn signed_in_as(&self, actor: &Actor) -> Option<SignedIn> {
        let role = actor.role()?;
        let policies = self.policies();
        let rights = Right::ALL.iter().copied();
        let account = match actor {
            Actor::Account(account) => Some(account),
            Actor::Local | Actor::Nobody | Actor::Owner(_) => None,
        };
        Some(SignedIn {
            account: account.map(|account| account.id),
            name: account.map(|account| account.name.clone()),
            role,
            person: actor.person(),
            rights: rights.filter(|right| actor.has(*right, policies)).collect(),
        })
    }
}

/// Whose account an entry about signing in is of.
pub(crate) fn account_of(draft: &AuditDraft) -> Option<&str> {
    draft
        .action
        .starts_with("sign_in.")
        .then_some(&*draft.subject)
}

/// The account after a try that was noted; None if the try changes nothing of it.
pub(crate) fn after_try(account: &UserAccount, noted: &Pending) -> Option<UserAccount> {
    if account_of(&noted.draft) != Some(&account.name) {
        return None;
    }
    let (failures, failed_at) = match noted.draft.action.as_str() {
        "sign_in.failed" => (account.failures.saturating_add(1), Some(noted.at)),
        "sign_in.ok" if account.failures > 0 => (0, None),
        _ => return None,
    };
    Some(UserAccount {
        failures,
        failed_at,
        ..account.clone()
    })
}

/// Seconds to wait after so many wrong passwords in a row.
fn delay_after(failures: u32) -> i64 {
    let Some(doublings) = failures.checked_sub(FREE_FAILURES) else {
        return 0;
    };
    let factor = 1_i64.checked_shl(doublings.min(30)).unwrap_or(i64::MAX);
    FIRST_DELAY_SECONDS
        .saturating_mul(factor)
        .min(MAX_DELAY_SECONDS)
}
