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
mod templates;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_facts;

pub(crate) use batches::batch_info;
pub use import::refuse_undecided;
pub(crate) use session::Session;
pub use sessions::OpenImport;
pub use templates::{kinds, template, write_template};

/// Source code of files that name none.
pub const DEFAULT_SOURCE: &str = "crm";
