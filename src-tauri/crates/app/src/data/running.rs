//! A run under way: a thread of its own reads, and what comes is written or looked at.

use std::sync::Arc;

use yeji_store::ApplyTx;

use super::emptied::Emptied;
use super::import::Prepared;
use super::planner::{self, Chunk, Outcome};
use crate::api::Progress;
use crate::blocking::joined;
use crate::context::App;
use crate::error::Result;
use crate::host::OnProgress;

/// Chunks under way between reader and writer.
const QUEUED_CHUNKS: usize = 4;

/// Where the records of a run go.
pub(super) enum To<'a> {
    /// They are written.
    Store(&'a mut ApplyTx),
    /// They are looked at beside those of the store.
    Preview(&'a mut Emptied),
}

impl App {
    /// Reads on a thread of its own; what comes goes where it shall.
    pub(super) async fn run_plan(
        &self,
        run: &Prepared,
        progress: OnProgress<'_>,
        mut to: To<'_>,
    ) -> Result<Outcome> {
        let (sender, mut receiver) = tokio::sync::mpsc::channel::<Chunk>(QUEUED_CHUNKS);
        let (plan, known) = (Arc::clone(&run.plan), Arc::clone(&run.known));
        let reader = tokio::task::spawn_blocking(move || {
            planner::run(&plan, &known, &mut |chunk| {
                sender.blocking_send(chunk).is_ok()
            })
        });
        let step = match &mut to {
            To::Store(tx) => {
                begin(run, tx).await?;
                "writing"
            }
            To::Preview(_) => "reading",
        };
        let mut part = 0_u32;
        while let Some(chunk) = receiver.recv().await {
            match &mut to {
                To::Store(tx) => write(run, tx, &chunk, &mut part).await?,
                To::Preview(emptied) => emptied.take(&*self.store()?, &chunk).await?,
            }
            progress(Progress {
                step: step.to_owned(),
                done: chunk.done_rows,
                total: run.total_rows,
            });
        }
        joined(reader).await
    }
}

/// What comes before the first record.
async fn begin(run: &Prepared, tx: &mut ApplyTx) -> Result<()> {
    if let Some(file) = run.plan.remember.as_ref().filter(|file| file.outdated) {
        tx.forget_known_lines(&run.plan.source, &file.form).await?;
    }
    if let Some(setting) = run.new_currency.clone() {
        tx.put(&[setting.into()]).await?;
    }
    Ok(())
}

async fn write(run: &Prepared, tx: &mut ApplyTx, chunk: &Chunk, part: &mut u32) -> Result<()> {
    tx.put(&chunk.records).await?;
    tx.delete(&chunk.deleted).await?;
    tx.name_customers(&chunk.named).await?;
    tx.reject(&chunk.rejected).await?;
    for lines in &chunk.known {
        let form = run.plan.remember.as_ref().map_or("", |file| &file.form);
        tx.keep_known_lines(&run.plan.source, form, *part, lines)
            .await?;
        *part += 1;
    }
    Ok(())
}
