//! `yeji import`.

mod ask;
mod explain;
mod missing;
mod samples;

use std::io::IsTerminal;
use std::path::PathBuf;
use std::sync::Arc;

use yeji_app::api::data::{
    FilePreview, ImportDecisions, ImportDraft, ImportPreview, ImportRequest, UnreadableFile,
};
use yeji_app::data::{OpenImport, refuse_undecided};
use yeji_app::host::{NoKeyring, NoWindow, NobodyToAsk};
use yeji_app::{Access, Desk, Error, Outside};

use super::output::Column::{Left, Right};
use super::{Context, output};
use crate::outside::{SystemClock, opening, system_language};
use crate::words;

/// What to import, and how it is to be understood.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Files and folders; each file's kind is told from its headers
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Kind of every file; `yeji template` lists them
    #[arg(long = "as", value_name = "KIND")]
    kind: Option<String>,
    /// Encoding of the files that are text: utf-8, gb18030, utf-16le, utf-16be, big5, euc-kr or
    /// another usual name; without it what is detected
    #[arg(long, value_name = "ENCODING")]
    encoding: Option<String>,
    /// Mapping (TOML) for the files whose columns it names
    #[arg(long, value_name = "FILE")]
    map: Option<PathBuf>,
    /// Name of a kept mapping; `yeji mapping list` shows them
    #[arg(long, conflicts_with = "map")]
    profile: Option<String>,
    /// Percent of the tax that the amounts include, as in 13; what is kept is the net amount
    #[arg(long, value_name = "PERCENT")]
    tax_included: Option<String>,
    /// Currency of amounts, ISO code; the first amounts fix the company's
    #[arg(long)]
    currency: Option<String>,
    /// Name of the data source; identities belong to it. Without it that of the last import of a file of
    /// the same name, else crm
    #[arg(long)]
    source: Option<String>,
    /// A decision on a name, as often as needed: KIND:NAME IN THE FILE=KNOWN NAME; nothing after the = says
    /// that it is new
    #[arg(long, value_name = "DECISION")]
    alias: Vec<String>,
    /// Read every line, also those that are as they were imported before
    #[arg(long)]
    in_full: bool,
    /// Only show what would be done
    #[arg(long)]
    dry_run: bool,
    /// Take the proposed mapping and aliases, and list what was taken
    #[arg(long)]
    yes: bool,
}

pub(super) async fn run(args: Args, context: &Context) -> anyhow::Result<()> {
    let given = ask::given(&args.alias)?;
    let asks = !args.yes && !args.dry_run && std::io::stdin().is_terminal();
    let writes = !args.dry_run && (args.yes || asks);
    let place = Place::open(writes, context).await?;
    if !given.is_empty() {
        // Without taking proposals: they would hide that a decision has no effect.
        let work = Work::open(&place.app, &args, given.clone(), false).await?;
        ask::require_effect(&given, &work.preview(&place.app).await?)?;
    }
    let mut work = Work::open(&place.app, &args, given, args.yes).await?;
    explain::draft(&work.draft);
    // Where there is a store and everything is decided, the import itself is the first look. A store is
    // made only for files that have been looked through.
    let straight = writes && args.yes && place.scratch.is_none();
    let mut preview = if straight {
        work.commit(&place.app).await?
    } else {
        work.preview(&place.app).await?
    };
    let mut explained = false;
    if !straight && !args.dry_run && !preview.nothing_to_do {
        if asks {
            explain::result(&preview, &work.decisions.aliases);
            explained = true;
            work.decide_names(&place.app, preview).await?;
            if !ask::agreed(&mut std::io::stdin().lock(), &mut std::io::stderr())? {
                return Err(Error::Cancelled.into());
            }
        } else if !args.yes {
            explain::result(&preview, &work.decisions.aliases);
            refuse_undecided(&preview.aliases)?;
            return Err(Error::NeedsConfirmation.into());
        }
        preview = if place.scratch.is_some() {
            let app = context.app(Access::Write).await?;
            let decisions = work.decisions.aliases;
            work = Work::open(&app, &args, decisions, args.yes).await?;
            work.commit(&app).await?
        } else {
            work.commit(&place.app).await?
        };
    }
    if explained {
        explain::aliases(&preview, &work.decisions.aliases);
    } else {
        explain::result(&preview, &work.decisions.aliases);
    }
    show(preview, &work.draft, context)
}

/// Where the files are looked through: on the store, or, where there is none yet, on an empty one that
/// goes away with its folder.
struct Place {
    app: Arc<Desk>,
    scratch: Option<tempfile::TempDir>,
}

impl Place {
    async fn open(writes: bool, context: &Context) -> anyhow::Result<Self> {
        let access = if writes { Access::Change } else { Access::Read };
        match context.app(access).await {
            Err(error) if is_absent(&error) => {}
            opened => {
                return Ok(Self {
                    app: opened?,
                    scratch: None,
                });
            }
        }
        let folder = tempfile::tempdir().map_err(Error::io(&std::env::temp_dir()))?;
        // Without the choice of how it is kept: it is empty and goes away.
        let outside = Outside {
            clock: Arc::new(SystemClock),
            host: Arc::new(NoWindow),
            secrets: Arc::new(NoKeyring),
            opening: opening(Arc::new(NobodyToAsk), true),
            source: "command_line",
            language: system_language(),
        };
        Ok(Self {
            app: Arc::new(Desk::open(folder.path(), Access::Write, outside).await?),
            scratch: Some(folder),
        })
    }
}

fn is_absent(error: &anyhow::Error) -> bool {
    error
        .downcast_ref::<Error>()
        .is_some_and(|error| error.code() == "store_absent")
}

/// Files that are open for import, with what was decided on them.
struct Work {
    draft: ImportDraft,
    decisions: ImportDecisions,
}

impl Work {
    async fn open(
        app: &Desk,
        args: &Args,
        aliases: ask::Decisions,
        take_proposals: bool,
    ) -> anyhow::Result<Self> {
        let open = OpenImport {
            paths: args.paths.clone(),
            kind: args.kind.clone(),
            encoding: args.encoding.clone(),
            mapping: args.map.clone(),
            profile: args.profile.clone(),
            source: args.source.clone(),
            take_proposals,
            keep_closed: false,
        };
        let mut work = Self {
            draft: app.open_import(open).await?,
            decisions: ImportDecisions {
                aliases,
                currency: args.currency.clone(),
                tax_included: args.tax_included.clone(),
                remember_mapping: args.yes,
                in_full: args.in_full,
                ..ImportDecisions::default()
            },
        };
        // What is said of the files must not ask for what the arguments have decided.
        if work.decisions.tax_included.is_some() {
            work.draft = app.update_import(work.request()).await?;
        }
        Ok(work)
    }

    fn request(&self) -> ImportRequest {
        ImportRequest {
            session: self.draft.session.clone(),
            decisions: self.decisions.clone(),
        }
    }

    async fn preview(&self, app: &Desk) -> anyhow::Result<ImportPreview> {
        let bar = output::Bar::new();
        let preview = app
            .preview_import(self.request(), &|step| bar.show(&step))
            .await;
        bar.finish();
        Ok(preview?)
    }

    async fn commit(&self, app: &Desk) -> anyhow::Result<ImportPreview> {
        let bar = output::Bar::new();
        let done = app
            .commit_import(self.request(), &|step| bar.show(&step))
            .await;
        bar.finish();
        Ok(done?)
    }

    /// Asks for every nearly known name; a decision may bring up others.
    async fn decide_names(&mut self, app: &Desk, mut preview: ImportPreview) -> anyhow::Result<()> {
        let mut others_new = false;
        loop {
            let open = ask::undecided(&preview);
            if open.is_empty() {
                return Ok(());
            }
            let decided = if others_new {
                ask::all_new(&open)
            } else {
                let (mut answers, mut screen) = (std::io::stdin().lock(), std::io::stderr());
                let Some(said) = ask::names(&open, &mut answers, &mut screen)? else {
                    return Err(Error::Cancelled.into());
                };
                others_new = said.others_new;
                said.decisions
            };
            self.decisions.aliases.extend(decided);
            preview = self.preview(app).await?;
        }
    }
}

/// The result for scripts.
#[derive(serde::Serialize)]
struct Answer {
    #[serde(flatten)]
    preview: ImportPreview,
    /// Files that were left out: not to be read, or not recognised.
    unreadable: Vec<UnreadableFile>,
}

fn show(preview: ImportPreview, draft: &ImportDraft, context: &Context) -> anyhow::Result<()> {
    let refused = require_taken(&preview).and_then(|()| missing::require_none(draft));
    let unreadable = missing::listed(draft);
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
            [file.file.clone(), words::term("kind", &file.kind)]
                .into_iter()
                .chain(counts.map(|n| n.to_string()))
                .collect()
        })
        .collect();
    let columns = [
        Left("file"),
        Left("kind"),
        Right("new"),
        Right("changed"),
        Right("unchanged"),
        Right("rejected"),
    ];
    output::table(&columns, &rows)?;
    let end = match preview.batch {
        Some(batch) => words::line("batch_made", &[("batch", batch.to_string())]),
        None if preview.nothing_to_do && has_no_rows(&preview) => words::line("no_rows", &[]),
        None if preview.nothing_to_do => words::line("nothing_to_change", &[]),
        None => words::line("dry_run", &[]),
    };
    output::print(&end)?;
    for file in &unreadable {
        output::say!("{}", explain::unreadable(file));
    }
    refused
}

/// Files with headers and nothing below them.
fn has_no_rows(preview: &ImportPreview) -> bool {
    let rows = |file: &FilePreview| {
        file.new_rows + file.changed_rows + file.unchanged_rows + file.rejected_rows
    };
    preview.files.iter().all(|file| rows(file) == 0)
}

/// A file of which no row was taken is bad input: a script that runs at night must not see success.
fn require_taken(preview: &ImportPreview) -> anyhow::Result<()> {
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
