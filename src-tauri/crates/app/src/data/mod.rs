//! Data: choose files, see what they hold, decide, preview, commit, take back.

mod batches;
mod currency;
mod duplicates;
mod facts;
mod import;
mod mappings;
mod names;
mod organise;
mod planner;
mod preview;
mod reconcile;
mod rejected;
mod session;
mod sessions;
mod templates;
#[cfg(test)]
mod tests;

pub(crate) use batches::batch_info;
pub use import::refuse_undecided;
pub(crate) use rejected::{csv_cell, written};
pub(crate) use session::Session;
pub use sessions::OpenImport;
pub use templates::{kinds, template, write_template};

/// Source code of files that name none.
pub const DEFAULT_SOURCE: &str = "crm";
