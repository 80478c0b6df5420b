//! Why somebody may not, or an account cannot be so.

use std::collections::BTreeMap;

use yeji_core::account::Role;

use super::Right;

/// A refusal that has to do with who somebody is.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AccessError {
    /// The role lacks the right.
    #[error("the right `{}` is missing; roles that have it: {}", right.code(), codes(roles))]
    RightMissing {
        /// Which.
        right: Right,
        /// Who has it.
        roles: Vec<Role>,
        /// In a personal file, where nobody can sign in as somebody else.
        in_file: bool,
    },
    /// There are accounts, and nobody is signed in.
    #[error("nobody is signed in")]
    SignInNeeded,
    /// No such account, or not its password. Which of both is not said.
    #[error("name or password are wrong")]
    SignInFailed,
    /// Too many wrong passwords.
    #[error("after wrong passwords the next try is possible in {seconds} s")]
    SignInWait {
        /// Until the next try.
        seconds: i64,
    },
    /// The account may no longer sign in.
    #[error("the account `{name}` is disabled")]
    Disabled {
        /// Its name.
        name: String,
    },
    /// Signing in to a store that has no accounts.
    #[error("this store has no accounts")]
    NoAccounts,
    /// The name is taken.
    #[error("there is an account `{name}` already")]
    NameTaken {
        /// The name.
        name: String,
    },
    /// Nobody could make further ones.
    #[error("the first account has to be of the role hr")]
    FirstIsHr,
    /// Nobody would be left to administer the store.
    #[error("`{name}` is the last hr account that is not disabled")]
    LastHr {
        /// Its name.
        name: String,
    },
    /// What such an account sees depends on who it is.
    #[error("an account of the role {} has to belong to a person", role.code())]
    PersonNeeded {
        /// The role.
        role: Role,
    },
    /// Too easy to guess.
    #[error("a password has at least {min} characters")]
    PasswordShort {
        /// The least.
        min: usize,
    },
    /// The machine cannot hash passwords (no memory), or a kept hash is damaged.
    #[error("the password could not be checked: {reason}")]
    Hashing {
        /// What the hash function said.
        reason: String,
    },
    /// What somebody writes has to be somebody's: the account belongs to no person.
    #[error("this account belongs to no person of the organisation")]
    OwnPersonNeeded,
    /// A manager's account whose person leads no unit today.
    #[error("`{name}` leads no unit today")]
    LeadsNothing {
        /// The account's name.
        name: String,
    },
}

fn codes(roles: &[Role]) -> String {
    let codes: Vec<&str> = roles.iter().map(|role| role.code()).collect();
    codes.join(", ")
}

impl AccessError {
    /// Closed code (`crate::codes`).
    pub fn code(&self) -> &'static str {
        match self {
            Self::RightMissing { in_file: true, .. } => "right_missing_in_file",
            Self::RightMissing { .. } => "right_missing",
            Self::SignInNeeded => "sign_in_needed",
            Self::SignInFailed => "sign_in_failed",
            Self::SignInWait { .. } => "sign_in_wait",
            Self::Disabled { .. } => "account_disabled",
            Self::NoAccounts => "no_accounts",
            Self::NameTaken { .. } => "account_name_taken",
            Self::FirstIsHr => "first_account_is_hr",
            Self::LastHr { .. } => "last_hr_account",
            Self::PersonNeeded { .. } => "account_needs_person",
            Self::PasswordShort { .. } => "password_short",
            Self::Hashing { .. } => "password_unchecked",
            Self::OwnPersonNeeded => "own_person_needed",
            Self::LeadsNothing { .. } => "leads_no_unit",
        }
    }

    /// Values for the sentence.
    pub fn params(&self) -> BTreeMap<String, String> {
        let pairs: Vec<(&str, String)> = match self {
            Self::RightMissing { right, roles, .. } => {
                vec![("right", right.code().to_owned()), ("roles", codes(roles))]
            }
            Self::SignInWait { seconds } => vec![("seconds", seconds.to_string())],
            Self::Disabled { name }
            | Self::NameTaken { name }
            | Self::LastHr { name }
            | Self::LeadsNothing { name } => vec![("name", name.clone())],
            Self::PersonNeeded { role } => vec![("role", role.code().to_owned())],
            Self::Hashing { reason } => vec![("reason", reason.clone())],
            Self::PasswordShort { min } => vec![("min", min.to_string())],
            Self::SignInNeeded
            | Self::SignInFailed
            | Self::NoAccounts
            | Self::FirstIsHr
            | Self::OwnPersonNeeded => Vec::new(),
        };
        let pairs = pairs.into_iter();
        pairs
            .map(|(name, value)| (name.to_owned(), value))
            .collect()
    }
}
