//! `yeji batch`: imports made so far.

use std::path::PathBuf;

use yeji_app::api::data::{
    BatchArgs, BatchInfo, LaterImports, ListRejected, RejectedLine, UndoBatch,
};
use yeji_app::api::{Message, NoArgs};
use yeji_app::host::Clock as _;
use yeji_app::{Access, Desk};
use yeji_core::ids::BatchId;

use super::new_content::NewContent;
use super::output::Column::{Left, Right};
use super::{Context, output};
use crate::outside::SystemClock;
use crate::words;

/// Kept rows that are named; the rest is counted.
const MAX_KEPT_LINES: usize = 20;

/// What to do with imports.
#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// List them, newest first
    List,
    /// Rows that were not imported, with line and reason
    Rejected {
        /// Id, as `batch list` shows it
        batch: BatchId,
        /// Write them to this workbook, to be mended in Excel and imported again
        #[arg(long, value_name = "FILE")]
        xlsx: Option<PathBuf>,
    },
    /// Take a whole import back
    Undo {
        /// Id, as `batch list` shows it
        batch: BatchId,
        #[command(flatten)]
        later: Later,
    },
}

/// What becomes of later imports that repeated rows of one that is taken back.
#[derive(Debug, Clone, Copy, clap::Args)]
pub(super) struct Later {
    /// Take later imports that repeated rows of it back too, newest first; import their files again afterwards
    #[arg(long, conflicts_with = "alone")]
    with_later: bool,
    /// Take only this import back, although later ones have repeated rows of it
    #[arg(long)]
    alone: bool,
}

impl Later {
    pub(super) fn decides(self) -> bool {
        self.with_later || self.alone
    }

    /// The answer on the later imports as they are now. One that comes in between is asked about.
    pub(super) async fn answer(
        self,
        batch: Option<BatchId>,
        app: &Desk,
    ) -> anyhow::Result<LaterImports> {
        let (true, Some(batch)) = (self.decides(), batch) else {
            return Ok(LaterImports::Ask);
        };
        let later = app.list_later_imports(BatchArgs { batch }).await?;
        let imports = later.into_iter().map(|one| one.import.id).collect();
        Ok(if self.with_later {
            LaterImports::TakeBackToo { imports }
        } else {
            LaterImports::Leave { imports }
        })
    }
}

pub(super) async fn run(command: Command, context: &Context) -> anyhow::Result<()> {
    match command {
        Command::List => list(context).await,
        Command::Rejected { batch, xlsx } => rejected(batch, xlsx, context).await,
        Command::Undo { batch, later } => undo(batch, later, context).await,
    }
}

async fn list(context: &Context) -> anyhow::Result<()> {
    let app = context.app(Access::Read).await?;
    let batches = app.list_batches(NoArgs {}).await?;
    if context.json {
        return output::json(&batches);
    }
    let rows: Vec<Vec<String>> = batches
        .into_iter()
        .map(|batch| {
            let state = batch
                .undone_at
                .map(|_| words::term("batch_state", "undone"));
            vec![
                batch.id.to_string(),
                SystemClock
                    .local(batch.at)
                    .format("%Y-%m-%d %H:%M")
                    .to_string(),
                batch.new_rows.to_string(),
                batch.changed_rows.to_string(),
                batch.rejected_rows.to_string(),
                state.unwrap_or_default(),
                batch.files.join(", "),
            ]
        })
        .collect();
    let columns = [
        Left("batch"),
        Left("at"),
        Right("new"),
        Right("changed"),
        Right("rejected"),
        Left("state"),
        Left("files"),
    ];
    output::table(&columns, &rows)
}

async fn rejected(batch: BatchId, xlsx: Option<PathBuf>, context: &Context) -> anyhow::Result<()> {
    if let Some(path) = xlsx {
        let app = context.app_to_export().await?;
        let file = NewContent::open(&path)?;
        let (book, count) = app.rejected_book(batch, &words::say).await?;
        file.write(&book)?;
        if context.json {
            return output::json(&serde_json::json!({ "file": path, "rows": count }));
        }
        let params = [
            ("count", count.to_string()),
            ("path", path.display().to_string()),
        ];
        return output::print(&words::line("rejected_written", &params));
    }
    let app = context.app(Access::Read).await?;
    let rows = all_rejected(&app, batch).await?;
    if context.json {
        return output::json(&rows);
    }
    if rows.is_empty() {
        return output::print(&words::line("rejected_none", &[]));
    }
    for row in rows {
        output::print(&output::rejected(&row))?;
    }
    Ok(())
}

async fn all_rejected(app: &Desk, batch: BatchId) -> anyhow::Result<Vec<RejectedLine>> {
    let mut rows = Vec::new();
    let mut offset = 0;
    loop {
        let args = ListRejected {
            batch,
            offset,
            counted: None,
        };
        let page = app.list_rejected(args).await?;
        rows.extend(page.rows);
        match page.next {
            Some(next) => offset = next,
            None => return Ok(rows),
        }
    }
}

async fn undo(batch: BatchId, later: Later, context: &Context) -> anyhow::Result<()> {
    let app = context.app(Access::Change).await?;
    let later = later.answer(Some(batch), &app).await?;
    let result = app.undo_batch(UndoBatch { batch, later }).await?;
    list_kept(&result.kept, result.kept_count);
    if context.json {
        return output::json(&result);
    }
    list_later(&result.later)?;
    let params = [
        ("removed", result.removed.to_string()),
        ("restored", result.restored.to_string()),
        ("kept", result.kept_count.to_string()),
    ];
    output::print(&words::line("undone", &params))
}

/// Names rows that an undo left as they are, and counts the rest.
pub(super) fn list_kept(kept: &[Message], count: u64) {
    for kept in kept.iter().take(MAX_KEPT_LINES) {
        output::say!("{}", words::say(kept));
    }
    let more = count.saturating_sub(MAX_KEPT_LINES as u64);
    if more > 0 {
        output::say!(
            "{}",
            words::line("kept_more", &[("count", more.to_string())])
        );
    }
}

/// Names later imports that were taken back with one.
pub(super) fn list_later(later: &[BatchInfo]) -> anyhow::Result<()> {
    for import in later {
        let params = [
            ("files", import.files.join(", ")),
            (
                "at",
                SystemClock
                    .local(import.at)
                    .format("%Y-%m-%d %H:%M")
                    .to_string(),
            ),
        ];
        output::print(&words::line("undone_later", &params))?;
    }
    Ok(())
}
