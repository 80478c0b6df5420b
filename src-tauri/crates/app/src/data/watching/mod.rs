//! Watched folders: each new export that lies still is taken; what wants a decision waits for one.
//!
//! A file is known by its content, so one that was copied or renamed is not taken again, and one that
//! was written anew is. Nothing in a folder is ever moved or deleted.

mod files;
mod folders;
mod round;
#[cfg(test)]
mod tests;
mod verdict;

use std::collections::HashMap;
use std::path::PathBuf;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::api::Message;
use files::Stat;

/// Seconds between two looks of an open window, and of `yeji watch`.
pub const LOOK_EVERY_SECONDS: u64 = 30;
/// Seconds between the two looks of `yeji watch --once`: a file that did not change between them lies
/// still.
pub const SETTLE_SECONDS: u64 = 2;

/// What is remembered from one look to the next: memory only.
#[derive(Debug, Default)]
pub(crate) struct Watching {
    /// Files as they were at the last look.
    seen: HashMap<PathBuf, Seen>,
    /// Why a folder could not be looked into.
    problems: HashMap<Uuid, Message>,
    /// Files of a folder that are still being written.
    settling: HashMap<Uuid, u64>,
    /// At which change of the store a waiting file was weighed last: only another change can help it.
    weighed: HashMap<Uuid, i64>,
    /// Files that could not be read.
    troubled: HashMap<PathBuf, Trouble>,
    looked_at: Option<DateTime<Utc>>,
}

/// A file at a look.
#[derive(Debug, Clone)]
struct Seen {
    stat: Stat,
    /// Of the content, once it was read.
    hash: Option<String>,
    /// Of the content when it was first seen, in close looks.
    glimpsed: Option<String>,
}

/// A file that could not be read.
#[derive(Debug, Clone)]
struct Trouble {
    stat: Stat,
    problem: Message,
    /// How often in turn.
    met: u32,
    /// Looks before it is tried again.
    pause: u32,
}
