//! `yeji import` and `yeji batch`.

use std::io::IsTerminal;
use std::path::PathBuf;
use std::sync::Arc;

use yeji_app::api::NoArgs;
use yeji_app::api::data::{
    BatchArgs, ImportDecisions, ImportDraft, ImportPreview, ImportRequest, UnreadableFile,
};
use yeji_app::data::{OpenImport, refuse_undecided};
use yeji_app::host::{Clock, NoWindow, Secrets, SecretsError};
use yeji_app::{Access, App, Error, Outside};
use yeji_core::ids::BatchId;

use super::{Context, output};
use crate::outside::{SystemClock, system_language};
use crate::words;

/// What to import, and how it is to be understood.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Files and folders; each file's kind is told from its headers
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Kind of every file: people, customers, products, opportunities
    #[arg(long = "as", value_name = "KIND")]
    kind: Option<String>,
    /// Mapping (TOML) for the files whose columns it names
    #[arg(long, value_name = "FILE")]
    map: Option<PathBuf>,
    /// Currency of amounts, ISO code; the first amounts fix the company's
    #[arg(long)]
    currency: Option<String>,
    /// Name of the data source; identities belong to it
    #[arg(long, default_value = yeji_app::data::DEFAULT_SOURCE)]
    source: String,
    /// Only show what would be done
    #[arg(long)]
    dry_run: bool,
    /// Take the proposed mapping and aliases, and list what was taken
    #[arg(long)]
    yes: bool,
}

/// Imports made so far.
#[derive(Debug, clap::Subcommand)]
pub(super) enum BatchCommand {
    /// List them, newest first
    List,
    /// Take a whole import back
    Undo {
        /// Id, as `batch list` shows it
        batch: BatchId,
    },
}

pub(super) async fn run(args: Args, context: &Context) -> anyhow::Result<()> {
    let (app, scratch) = open(&args, context).await?;
    let open = OpenImport {
        paths: args.paths,
        kind: args.kind,
        mapping: args.map,
        source: Some(args.source),
        take_proposals: args.yes,
    };
    let draft = app.open_import(open).await?;
    explain_draft(&draft);
    let unreadable = draft.unreadable;
    let decisions = ImportDecisions {
        currency: args.currency,
        remember_mapping: args.yes,
        ..ImportDecisions::default()
    };
    let request = ImportRequest {
        session: draft.session,
        decisions,
    };
    let bar = output::Bar::new();
    let report = |step| bar.show(&step);
    let result = if args.yes && !args.dry_run {
        app.commit_import(request.clone(), &report).await
    } else {
        app.preview_import(request.clone(), &report).await
    };
    bar.finish();
    let mut preview = result?;
    explain_result(&preview);
    if !args.dry_run && !args.yes && !preview.nothing_to_do {
        refuse_undecided(&preview.aliases)?;
        if !agreed()? {
            return Err(Error::NeedsConfirmation.into());
        }
        preview = app.commit_import(request, &report).await?;
    }
    drop((app, scratch));
    let refused = all_rejected(&preview);
    if context.json {
        output::json(&Answer {
            preview,
            unreadable,
        })?;
        return refused;
    }
    let rows: Vec<Vec<String>> = preview
        .files
        .iter()
        .map(|file| {
            let counts = [
                file.new_rows,
                file.changed_rows,
                file.unchanged_rows,
                file.rejected_rows,
            ];
            [file.file.clone(), file.kind.clone()]
                .into_iter()
                .chain(counts.map(|n| n.to_string()))
                .collect()
        })
        .collect();
    let header = ["file", "kind", "new", "changed", "unchanged", "rejected"];
    output::table(&header, &[false, false, true, true, true, true], &rows)?;
    match preview.batch {
        Some(batch) => output::print(&format!("batch {batch}"))?,
        None if preview.nothing_to_do => output::print("nothing to change")?,
        None => output::print("dry run: nothing was written")?,
    }
    refused
}

/// A file of which no row was taken is bad input: a script that runs at night must not see success.
fn all_rejected(preview: &ImportPreview) -> anyhow::Result<()> {
    let files: Vec<&str> = preview
        .files
        .iter()
        .filter(|file| {
            file.rejected_rows > 0 && file.new_rows + file.changed_rows + file.unchanged_rows == 0
        })
        .map(|file| file.file.as_str())
        .collect();
    if files.is_empty() {
        return Ok(());
    }
    let files = files.join(", ");
    Err(Error::AllRejected { files }.into())
}

/// Asks on a terminal; a script has to say `--yes`.
fn agreed() -> anyhow::Result<bool> {
    if !std::io::stdin().is_terminal() {
        return Ok(false);
    }
    output::say!("Import this? 导入吗？ [y/N]");
    let mut answer = String::new();
    std::io::stdin().read_line(&mut answer)?;
    Ok(matches!(answer.trim(), "y" | "Y" | "yes" | "是"))
}

/// The result for scripts.
#[derive(serde::Serialize)]
struct Answer {
    #[serde(flatten)]
    preview: ImportPreview,
    /// Files that were left out because they cannot be read.
    unreadable: Vec<UnreadableFile>,
}

/// The use cases. A dry run where there is no store yet runs on an empty one that goes away with the
/// folder given back.
async fn open(args: &Args, context: &Context) -> anyhow::Result<(App, Option<tempfile::TempDir>)> {
    if !args.dry_run {
        return Ok((context.app(Access::Write).await?, None));
    }
    match context.app(Access::Read).await {
        Err(error) if is_absent(&error) => {
            let folder = tempfile::tempdir()?;
            let outside = Outside {
                clock: Arc::new(SystemClock),
                host: Arc::new(NoWindow),
                secrets: Arc::new(NoSecrets),
                source: "command_line",
                language: system_language(),
            };
            let app = App::open(folder.path(), Access::Write, outside).await?;
            Ok((app, Some(folder)))
        }
        opened => Ok((opened?, None)),
    }
}

fn is_absent(error: &anyhow::Error) -> bool {
    error
        .downcast_ref::<yeji_app::Error>()
        .is_some_and(|error| error.code() == "store_absent")
}

/// A store that goes away needs no key in the user's keyring.
#[derive(Debug)]
struct NoSecrets;

impl Secrets for NoSecrets {
    fn get(&self, _: &str) -> Result<Option<[u8; 32]>, SecretsError> {
        Err(SecretsError("no keyring for a dry run".to_owned()))
    }

    fn set(&self, _: &str, _: &[u8; 32]) -> Result<(), SecretsError> {
        Err(SecretsError("no keyring for a dry run".to_owned()))
    }
}

/// How the files are understood, on standard error.
fn explain_draft(draft: &ImportDraft) {
    for file in &draft.files {
        output::say!(
            "{} ({}): {}",
            file.file,
            file.format,
            file.kind.as_deref().unwrap_or("not recognised")
        );
        for field in &file.fields {
            if let Some(column) = &field.column {
                output::say!("  {} <- {column}", field.field);
            }
        }
        for stage in &file.stages {
            output::say!(
                "  stage {} <- {}",
                stage.stage.as_deref().unwrap_or("?"),
                stage.value
            );
        }
        for role in &file.roles {
            output::say!("  role {} <- {}", role.role, role.value);
        }
        for message in &file.evidence {
            output::say!("  {}", words::say(message));
        }
    }
    for file in &draft.unreadable {
        output::say!("{}: {}", file.file, words::say(&file.reason));
    }
}

/// Aliases taken, rows that were not imported, control totals, on standard error.
fn explain_result(preview: &ImportPreview) {
    for alias in &preview.aliases {
        let proposal = alias.proposal.as_deref().unwrap_or("?");
        let state = if alias.decided { "taken" } else { "undecided" };
        output::say!(
            "alias {state}: {} {} -> {proposal} ({} rows, won {})",
            alias.kind,
            alias.text,
            alias.rows,
            alias.won_amount
        );
    }
    for file in &preview.files {
        for row in &file.rejected {
            output::say!("{}:{}: {}", row.file, row.line, words::say(&row.reason));
        }
        let listed = file.rejected.len() as u64;
        if file.rejected_rows > listed {
            output::say!(
                "{}: {} more rows were not imported",
                file.file,
                file.rejected_rows - listed
            );
        }
    }
    for total in &preview.controls {
        let in_store = total
            .in_store
            .map(|money| format!(", in the store {money}"))
            .unwrap_or_default();
        output::say!(
            "control {} {}: in the files {}{in_store}",
            total.metric,
            total.period,
            total.in_file
        );
    }
    output::notes(&preview.notes);
}

pub(super) async fn batch(command: BatchCommand, context: &Context) -> anyhow::Result<()> {
    match command {
        BatchCommand::List => {
            let batches = context
                .app(Access::Read)
                .await?
                .list_batches(NoArgs {})
                .await?;
            if context.json {
                return output::json(&batches);
            }
            let rows: Vec<Vec<String>> = batches
                .into_iter()
                .map(|batch| {
                    vec![
                        batch.id.to_string(),
                        // As people here read it; `--json` has the instant in UTC.
                        SystemClock
                            .local(batch.at)
                            .format("%Y-%m-%d %H:%M")
                            .to_string(),
                        batch.new_rows.to_string(),
                        batch.rejected_rows.to_string(),
                        if batch.undone_at.is_some() {
                            "undone"
                        } else {
                            ""
                        }
                        .to_owned(),
                        batch.files.join(", "),
                    ]
                })
                .collect();
            let header = ["batch", "at", "new", "rejected", "state", "files"];
            output::table(&header, &[false, false, true, true, false, false], &rows)
        }
        BatchCommand::Undo { batch } => {
            let result = context
                .app(Access::Write)
                .await?
                .undo_batch(BatchArgs { batch })
                .await?;
            for kept in &result.kept {
                output::say!("{}", words::say(kept));
            }
            if context.json {
                return output::json(&result);
            }
            output::print(&format!(
                "removed {}, restored {}, kept {}",
                result.removed, result.restored, result.kept_count
            ))
        }
    }
}
