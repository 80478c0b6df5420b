//! Accounts, signing in, and what the company allows.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use yeji_core::account::Role;
use yeji_core::ids::{AccountId, PersonId};

use crate::access::Right;

/// A password on its way: never printed, never sent back.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(transparent)]
#[ts(as = "String")]
pub struct Password(pub String);

impl std::fmt::Debug for Password {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Password(..)")
    }
}

/// Signs in.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    /// Name of the account, whatever its case.
    pub name: String,
    /// Its password.
    pub password: Password,
}

/// Who works with the window.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SignedIn {
    /// The account; None while the store has no accounts, and whoever opens it administers it.
    pub account: Option<AccountId>,
    /// Its name.
    pub name: Option<String>,
    /// Its role.
    pub role: Role,
    /// The person whose it is.
    pub person: Option<PersonId>,
    /// What it may do: the window shows nothing else.
    pub rights: Vec<Right>,
}

/// An account.
#[derive(Debug, Clone, Serialize, TS)]
pub struct AccountRow {
    /// Id.
    pub id: AccountId,
    /// What is typed to sign in.
    pub name: String,
    /// Role.
    pub role: Role,
    /// The person whose it is.
    pub person: Option<PersonId>,
    /// Their name.
    pub person_name: Option<String>,
    /// Staff number, to tell two of one name apart.
    pub staff_number: Option<String>,
    /// May no longer sign in.
    pub disabled: bool,
}

/// Makes an account. The first one of a store has to be of the role hr, and is signed in at once.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AddAccount {
    /// 1 to 64 characters, unique whatever the case.
    pub name: String,
    /// Role.
    pub role: Role,
    /// Whose; managers and sales need one.
    pub person: Option<PersonId>,
    /// At least 8 characters.
    pub password: Password,
}

/// Gives an account another role, and the person whose it is.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SetAccountRole {
    /// Which.
    pub account: AccountId,
    /// Role.
    pub role: Role,
    /// Whose; managers and sales need one.
    pub person: Option<PersonId>,
}

/// Gives an account a new password.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ResetPassword {
    /// Which.
    pub account: AccountId,
    /// At least 8 characters.
    pub password: Password,
}

/// Changes one's own password.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ChangePassword {
    /// The one so far.
    pub old: Password,
    /// At least 8 characters.
    pub new: Password,
}

/// Disables an account or enables it again.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SetAccountDisabled {
    /// Which.
    pub account: AccountId,
    /// May no longer sign in.
    pub disabled: bool,
}

/// What the company allows beyond the roles.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Policies {
    /// Managers see the pay of their people.
    pub manager_sees_pay: bool,
    /// Boards show amounts of others to those who see only their own deals; else ranks alone.
    pub board_amounts: bool,
}
