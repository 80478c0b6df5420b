//! The state of the program: its store, its company, its preferences.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use yeji_core::ids::{PersonId, TargetBonusId};
use yeji_core::{Currency, Money};

use super::Message;

/// Whether there is a store and data in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum StoreState {
    /// There is none yet, and how it is to be kept is a person's choice.
    New,
    /// It is encrypted and its passphrase is needed, or the window was locked.
    Locked,
    /// No facts yet: the window offers the demo company and the import.
    Empty,
    /// Facts are there.
    Ready,
    /// Somebody has to sign in before anything of the company is shown.
    SignedOut,
    /// The store could not be opened; see `problem`. Nothing is written.
    Unavailable,
}

/// Everything the frame of the window shows.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Status {
    /// State of the store.
    pub state: StoreState,
    /// Why the store is unavailable, or a warning about it (not encrypted, read-only).
    pub problem: Option<Message>,
    /// More warnings: clock, folder, backup, keys.
    pub warnings: Vec<Message>,
    /// Whether the system has a keyring; told where a key is to be made or found.
    pub keyring: bool,
    /// Idle minutes after which the window locks itself; None: never.
    pub lock_after_minutes: Option<u32>,
    /// Whether the file is encrypted.
    pub encrypted: bool,
    /// Version of the program.
    pub version: String,
    /// Name of the company unit.
    pub company: Option<String>,
    /// The company's currency.
    pub currency: Currency,
    /// Whether facts have amounts in it; until then an import may still change it.
    pub currency_fixed: bool,
    /// The latest event date among the facts ("data up to ...").
    pub data_up_to: Option<NaiveDate>,
    /// Day before which there are no facts.
    pub data_from: Option<NaiveDate>,
    /// The newest import that still counts.
    pub last_batch: Option<super::data::BatchInfo>,
    /// Period to show first (the last quarter with data), as a period key.
    pub default_period: Option<String>,
    /// Today, in the company's time zone.
    pub today: NaiveDate,
    /// Preferences kept with the store.
    pub preferences: Preferences,
    /// Who works with the window; None while somebody has to sign in.
    pub signed_in: Option<super::accounts::SignedIn>,
    /// Whose personal file this is; None for a company's store.
    pub personal: Option<super::personal::PersonalInfo>,
}

/// Language and theme; None follows the system.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields, default)]
pub struct Preferences {
    /// `zh-CN` or `en`.
    pub language: Option<String>,
    /// `light` or `dark`.
    pub theme: Option<String>,
}

/// Size of the demo company.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct CreateDemo {
    /// People, 5 to 5,000.
    pub people: u32,
    /// Opportunities, up to 5,000,000.
    pub deals: u32,
    /// Years of history.
    pub years: u32,
    /// The same seed and end date give the same company.
    #[ts(type = "number")]
    pub seed: u64,
    /// Last day of data; None is the last finished month.
    pub until: Option<NaiveDate>,
}

/// What `verify_store` found.
#[derive(Debug, Clone, Serialize, TS)]
pub struct VerifyResult {
    /// Nothing wrong.
    pub ok: bool,
    /// Each check with its outcome.
    pub checks: Vec<VerifyCheck>,
    /// Head of the audit log as it is printed; None without entries.
    pub head: Option<String>,
}

/// One check.
#[derive(Debug, Clone, Serialize, TS)]
pub struct VerifyCheck {
    /// `integrity`, `foreign_keys`, `rollups`, `audit_chain` ...
    pub name: String,
    /// Nothing wrong was found.
    pub ok: bool,
    /// Whether that can be known: of a damaged file nobody can say that all of it was read.
    pub known: bool,
    /// The first thing that is wrong.
    pub detail: Option<String>,
}

/// Where a backup was written.
#[derive(Debug, Clone, Serialize, TS)]
pub struct BackupResult {
    /// The file; None when the dialog was closed without a choice.
    pub file: Option<String>,
}

/// One target bonus record.
#[derive(Debug, Clone, Serialize, TS)]
pub struct TargetBonusRow {
    /// Whose.
    pub person: PersonId,
    /// The record, for its history; None without.
    #[ts(as = "Option<String>")]
    pub record: Option<TargetBonusId>,
    /// Their name.
    pub name: String,
    /// Staff number, where known.
    pub staff_number: Option<String>,
    /// Team, today.
    pub team: Option<String>,
    /// Amount per quarter; None is "no record".
    pub per_quarter: Option<Money>,
    /// First day; None without record.
    pub from: Option<NaiveDate>,
}

/// Sets target bonuses from a day on.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SetTargetBonuses {
    /// Whose; empty is every salesperson.
    pub people: Vec<PersonId>,
    /// Amount per quarter in major units of the company's currency (`5000`, `5000.50`).
    pub per_quarter: String,
    /// First day.
    pub from: NaiveDate,
}

/// Gives the company its name.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RenameCompany {
    /// 1 to 200 characters.
    pub name: String,
}
