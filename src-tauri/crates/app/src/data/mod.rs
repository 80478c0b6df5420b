//! Data: choose files, see what they hold, decide, preview, commit, take back.

mod batches;
mod currency;
mod duplicates;
mod emptied;
mod facts;
mod import;
mod knowing;
mod known_lines;
mod later_imports;
mod mappings;
mod names;
mod organise;
mod planner;
mod preview;
mod reconcile;
mod rejected;
mod running;
mod samples;
mod session;
mod sessions;
mod sources;
mod templates;
#[cfg(test)]
mod tests;
mod watching;

pub(crate) use batches::batch_info;
pub(crate) use duplicates::merged;
pub(crate) use facts::percent;
pub use import::refuse_undecided;
pub(crate) use rejected::{csv_cell, nothing_written, written};
pub(crate) use session::Session;
pub use sessions::OpenImport;
pub(crate) use sources::SOURCE_ORDER;
pub use templates::{encodings, kinds, template, write_template};
pub(crate) use watching::Watching;
pub use watching::{LOOK_EVERY_SECONDS, SETTLE_SECONDS};

/// Source code of files that name none.
pub const DEFAULT_SOURCE: &str = "crm";
