//! Accounts: made, given roles and passwords, disabled. Each such change has its audit entry.

mod password;
mod policies;
pub(crate) mod sign_in;
#[cfg(test)]
mod tests;

pub(crate) use policies::POLICIES;

use serde_json::{Value, json};
use unicode_normalization::UnicodeNormalization as _;
use yeji_core::account::{Role, UserAccount};
use yeji_core::ids::{AccountId, PersonId};
use yeji_store::{AuditDraft, ChangeKind, Store};

use crate::access::{AccessError, Actor};
use crate::api::NoArgs;
use crate::api::accounts::{
    AccountRow, AddAccount, ChangePassword, ResetPassword, SetAccountDisabled, SetAccountRole,
};
use crate::context::App;
use crate::error::{Error, Result};

/// Longest name of an account.
const MAX_NAME_CHARS: usize = 64;

impl App {
    /// All accounts, by name.
    pub async fn list_accounts(&self, _: NoArgs) -> Result<Vec<AccountRow>> {
        let store = self.store()?;
        let organisation = store.organisation().await?;
        let row = |account: UserAccount| {
            let person = account.person.and_then(|id| organisation.person(id));
            AccountRow {
                id: account.id,
                name: account.name,
                role: account.role,
                person: account.person,
                person_name: person.map(|person| person.name.clone()),
                staff_number: person.and_then(|person| person.staff_number.clone()),
                disabled: account.disabled,
            }
        };
        Ok(store.accounts().await?.into_iter().map(row).collect())
    }

    /// Makes an account. The first one has to be of the role hr, and whoever makes it goes on as it.
    pub async fn add_account(&self, args: AddAccount) -> Result<Vec<AccountRow>> {
        let _turn = self.turn().await;
        let name = args.name.trim();
        check_name(name)?;
        let store = self.store()?;
        if folded(name) == NOBODY {
            return Err(Error::input("name", name, "another name than `local`"));
        }
        if account_called(&store, name).await?.is_some() {
            let name = name.to_owned();
            return Err(AccessError::NameTaken { name }.into());
        }
        let is_first = *self.actor() == Actor::Local;
        if is_first && args.role != Role::Hr {
            return Err(AccessError::FirstIsHr.into());
        }
        self.check_person(args.role, args.person).await?;
        let account = UserAccount {
            id: AccountId(self.clock.new_id()),
            name: name.to_owned(),
            role: args.role,
            person: args.person,
            password_hash: self.hash(args.password).await?,
            disabled: false,
            failures: 0,
            failed_at: None,
        };
        let id = account.id;
        self.keep(account, "account.add", json!({ "role": args.role }))
            .await?;
        if is_first {
            self.sign_in_as(Some(id));
        }
        self.list_accounts(NoArgs {}).await
    }

    /// Gives an account another role, and the person whose it is.
    pub async fn set_account_role(&self, args: SetAccountRole) -> Result<Vec<AccountRow>> {
        let _turn = self.turn().await;
        let account = self.account(args.account).await?;
        if args.role != Role::Hr {
            self.check_not_last_hr(&account).await?;
        }
        self.check_person(args.role, args.person).await?;
        let detail = json!({ "from": account.role, "to": args.role });
        let changed = UserAccount {
            role: args.role,
            person: args.person,
            ..account
        };
        self.keep(changed, "account.role", detail).await?;
        self.list_after(args.account).await
    }

    /// Gives an account a new password; wrong ones given before are forgotten.
    pub async fn reset_password(&self, args: ResetPassword) -> Result<Vec<AccountRow>> {
        let _turn = self.turn().await;
        let account = self.account(args.account).await?;
        let changed = UserAccount {
            password_hash: self.hash(args.password).await?,
            failures: 0,
            failed_at: None,
            ..account
        };
        self.keep(changed, "account.password", Value::Null).await?;
        self.list_accounts(NoArgs {}).await
    }

    /// Changes one's own password.
    pub async fn change_password(&self, args: ChangePassword) -> Result<()> {
        let _turn = self.turn().await;
        let Actor::Account(own) = self.actor() else {
            return Err(AccessError::NoAccounts.into());
        };
        // An open window is no licence to guess: the same count and delay as when signing in. Both are in
        // the row as it is now, not as it was before others had their turn.
        let account = self.account(own.id).await?;
        if account.disabled {
            let name = account.name;
            return Err(AccessError::Disabled { name }.into());
        }
        let account = self.checked(account, args.old).await?;
        let changed = UserAccount {
            password_hash: self.hash(args.new).await?,
            failures: 0,
            failed_at: None,
            ..account
        };
        self.keep(changed, "account.password", Value::Null).await
    }

    /// Disables an account, which is signed out by it, or enables it again.
    pub async fn set_account_disabled(&self, args: SetAccountDisabled) -> Result<Vec<AccountRow>> {
        let _turn = self.turn().await;
        let account = self.account(args.account).await?;
        if args.disabled {
            self.check_not_last_hr(&account).await?;
        }
        let action = if args.disabled {
            "account.disable"
        } else {
            "account.enable"
        };
        let changed = UserAccount {
            disabled: args.disabled,
            failures: 0,
            failed_at: None,
            ..account
        };
        self.keep(changed, action, Value::Null).await?;
        self.list_after(args.account).await
    }

    async fn account(&self, id: AccountId) -> Result<UserAccount> {
        let account = self.store()?.account(id).await?;
        account.ok_or_else(|| Error::NotFound {
            what: "account",
            value: id.to_string(),
        })
    }

    /// The accounts after one was changed; of one's own that may no longer see them, nothing.
    async fn list_after(&self, changed: AccountId) -> Result<Vec<AccountRow>> {
        let own = matches!(self.actor(), Actor::Account(own) if own.id == changed);
        if own {
            let now = self.account(changed).await?;
            if now.disabled || now.role != Role::Hr {
                return Ok(Vec::new());
            }
        }
        self.list_accounts(NoArgs {}).await
    }

    /// Keeps an account, with an audit entry.
    async fn keep(&self, account: UserAccount, action: &str, detail: Value) -> Result<()> {
        let summary = json!({ "account": account.name, "action": action });
        let mut change = self.change(ChangeKind::Account, summary);
        change.audit = Some(AuditDraft {
            action: action.to_owned(),
            subject: account.name.clone(),
            detail,
        });
        change.put.push(account.into());
        self.apply(change).await
    }

    async fn check_person(&self, role: Role, person: Option<PersonId>) -> Result<()> {
        match person {
            None if role.is_somebody() => Err(AccessError::PersonNeeded { role }.into()),
            None => Ok(()),
            Some(id) => {
                let organisation = self.store()?.organisation().await?;
                let known = organisation.person(id).map(|_| ());
                known.ok_or_else(|| Error::NotFound {
                    what: "person",
                    value: id.to_string(),
                })
            }
        }
    }

    async fn check_not_last_hr(&self, account: &UserAccount) -> Result<()> {
        let counts = |one: &UserAccount| one.role == Role::Hr && !one.disabled;
        let accounts = self.store()?.accounts().await?;
        let others = accounts
            .iter()
            .filter(|one| one.id != account.id && counts(one));
        if counts(account) && others.count() == 0 {
            let name = account.name.clone();
            return Err(AccessError::LastHr { name }.into());
        }
        Ok(())
    }
}

/// The author of what is done without accounts.
const NOBODY: &str = "local";

/// A name as it is compared: whatever its case, and however its letters were typed. SQLite folds the
/// letters of ASCII only.
fn folded(name: &str) -> String {
    name.trim().nfkc().collect::<String>().to_lowercase()
}

/// The account of a name; of two that differ for SQLite only, the one that is written so.
async fn account_called(store: &Store, name: &str) -> Result<Option<UserAccount>> {
    if let Some(account) = store.account_named(name.trim()).await? {
        return Ok(Some(account));
    }
    let wanted = folded(name);
    let mut accounts = store.accounts().await?.into_iter();
    Ok(accounts.find(|account| folded(&account.name) == wanted))
}

fn check_name(name: &str) -> Result<()> {
    let fits = (1..=MAX_NAME_CHARS).contains(&name.chars().count());
    if fits && !name.chars().any(char::is_control) {
        return Ok(());
    }
    Err(Error::input("name", name, "1 to 64 characters"))
}
