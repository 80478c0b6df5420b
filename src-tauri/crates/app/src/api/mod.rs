//! The types that cross between the window (or a script) and the use cases. TypeScript is made from them.
//!
//! Every use case takes one argument struct and gives one result. Money, ratios and 64-bit numbers
//! travel as strings, dates as ISO strings, long tables as windows.

pub mod accounts;
pub mod boards;
pub mod bonus;
pub mod bonus_cycle;
pub mod bonus_if;
pub mod bonus_papers;
pub mod bonus_people;
pub mod calendar;
pub mod customers;
pub mod data;
pub mod follow_up;
pub mod forecast;
pub mod goal_blend;
pub mod goal_copy;
pub mod goal_grid;
pub mod goal_letter;
pub mod goal_progress;
pub mod goal_round;
pub mod goal_sheet;
pub mod goals;
pub mod history;
pub mod keeping;
pub mod keys;
pub mod kpi;
pub mod mappings;
pub mod organisation;
pub mod performance;
pub mod personal;
pub mod preview;
pub mod reports;
pub mod scorecards;
pub mod settings;
pub mod sources;
pub mod watching;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use yeji_core::calendar::Period;
use yeji_core::ids::UnitId;

/// For use cases that need nothing.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct NoArgs {}

/// The unit and period that the top bar has chosen; None is the whole company.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Scope {
    /// The organisation unit, with all below it.
    pub unit: Option<UnitId>,
    /// The period.
    pub period: Period,
}

/// A sentence whose words live in the UI's two languages: a closed code and its values.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
pub struct Message {
    /// Closed code; the UI has words for it in both languages.
    pub code: String,
    /// Values for the sentence.
    pub params: BTreeMap<String, String>,
}

/// What a failed use case says.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ApiError {
    /// Closed code.
    pub code: String,
    /// Values for the message.
    pub params: BTreeMap<String, String>,
    /// Whether trying again may help.
    pub retryable: bool,
    /// Finds the entry in the log.
    pub trace_id: String,
}

/// Progress of long work.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Progress {
    /// Code of the step that is running (`reading`, `writing`, `rollups` ...).
    pub step: String,
    /// Done so far.
    #[ts(type = "number")]
    pub done: u64,
    /// Out of; 0 while unknown.
    #[ts(type = "number")]
    pub total: u64,
}

/// What changed in the store, for refetching. One event a use case.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Changed {
    /// Topics: `organisation`, `facts`, `goals`, `bonus`, `settings`, `batches`, `boards`, `audit`, `accounts`; with every
    /// change `history`.
    pub topics: Vec<String>,
    /// `window` or `command_line`.
    pub source: String,
}

impl Message {
    /// A sentence with its values.
    pub fn new(code: &str, params: &[(&str, String)]) -> Self {
        debug_assert!(crate::codes::is_known(code), "`{code}` is not in codes.rs");
        let params = params
            .iter()
            .map(|(name, value)| ((*name).to_owned(), value.clone()))
            .collect();
        Self {
            code: code.to_owned(),
            params,
        }
    }
}
