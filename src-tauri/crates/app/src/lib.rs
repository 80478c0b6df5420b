//! The use cases: all that the window and the command line call.
//!
//! [`App`] holds the open store and what it needs from outside ([`host`]); each area adds its use
//! cases as methods. A use case takes one argument struct of [`api`] and gives one result; the table
//! of those that the window may call is [`for_each_command`].

pub mod api;
mod blocking;
mod bonus;
pub mod codes;
mod commands;
mod context;
pub mod data;
mod dates;
mod demo;
pub mod engine;
mod error;
mod goals;
mod history;
pub mod host;
pub mod keeping;
pub mod keys;
mod organisation;
mod performance;
mod reports;
mod settings;
#[cfg(test)]
mod testing;
mod text;
pub mod typescript;
mod words;

pub use context::{Access, App, Outside};
pub use error::{Error, Result};
pub use text::read_text;
