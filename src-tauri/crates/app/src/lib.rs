//! The use cases: all that the window and the command line call.
//!
//! [`Desk`] is what the shell holds: it knows who is signed in, checks the right that a use case needs
//! ([`access`]), and hands it to an `App`, which each area extends by its use cases as methods. A use
//! case takes one argument struct of [`api`] and gives one result; the tables are [`for_each_command`]
//! (the window's) and [`for_each_terminal_use_case`].

pub mod access;
mod accounts;
pub mod api;
mod blocking;
mod bonus;
mod calendar;
pub mod codes;
mod commands;
mod context;
pub mod data;
mod dates;
mod demo;
pub mod engine;
mod error;
mod follow_up;
mod goals;
mod history;
pub mod host;
pub mod keeping;
pub mod keys;
mod organisation;
mod performance;
pub mod personal;
mod reports;
mod scorecards;
mod settings;
#[cfg(test)]
mod testing;
mod text;
pub mod typescript;
mod words;

pub use access::{Desk, LOCAL_AUTHOR};
pub use bonus::{
    BonusIfError, Calculation, WhatIfRun, payroll_about_path, payroll_columns_to_start_from,
    read_payroll_columns,
};
pub use context::{Access, Outside};
pub use error::{Error, Result};
pub use goals::{WholeSplit, read_blend};
pub use performance::{
    Misfit, Named, board_document, built_in_metrics, nearest_metric, read_board_document,
};
pub use scorecards::read_scorecard;
pub use text::{read_holidays, read_text};
