//! Data: choose files, see what they hold, decide, preview, commit, take back.

mod batches;
mod currency;
mod import;
mod names;
mod organise;
mod planner;
mod preview;
mod rejected;
mod session;
mod sessions;
#[cfg(test)]
mod tests;

pub(crate) use batches::batch_info;
pub use import::refuse_undecided;
pub(crate) use rejected::{csv_cell, written};
pub(crate) use session::Session;
pub use sessions::OpenImport;

/// Source code of files that name none.
pub const DEFAULT_SOURCE: &str = "crm";
