//! Work on everybody's bonuses in steps: it says how far it is, and stops between two of them.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::api::Progress;
use crate::context::App;
use crate::error::{Error, Result};
use crate::host::OnProgress;

/// Such work.
pub(super) struct Task<'a> {
    cancelled: Arc<AtomicBool>,
    progress: OnProgress<'a>,
    done: u64,
    total: u64,
}

impl App {
    /// Starts work of so many steps.
    pub(super) fn task<'a>(&self, total: u64, progress: OnProgress<'a>) -> Task<'a> {
        Task {
            cancelled: self.start_task(),
            progress,
            done: 0,
            total,
        }
    }
}

impl Task<'_> {
    /// Says which step comes; refuses it where the work was cancelled.
    pub fn next(&mut self, step: &str) -> Result<()> {
        let (done, total) = (self.done, self.total);
        let step = step.to_owned();
        (self.progress)(Progress { step, done, total });
        self.done += 1;
        if self.cancelled.load(Ordering::Relaxed) {
            return Err(Error::Cancelled);
        }
        Ok(())
    }
}
