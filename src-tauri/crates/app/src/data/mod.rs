//! Data: choose files, see what they hold, decide, preview, commit, take back.

mod names;
mod organise;
mod planner;
mod session;
mod stays;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::json;
use yeji_core::Money;
use yeji_core::facts::Batch;
use yeji_core::ids::{BatchId, MappingId};
use yeji_intake::{Kind, Mapping};
use yeji_store::{
    ApplyTx, AuditDraft, ChangeHeader, ChangeKind, KeptBecause, MappingProfile, Record,
    RollupQuery, RollupSplit, Setting,
};

use crate::api::data::{
    BatchArgs, BatchInfo, ControlTotal, FilePreview, ImportDecisions, ImportDraft, ImportPreview,
    ImportRequest, ListRejected, PickImportFiles, RejectedLine, RejectedPage, UndoResult,
};
use crate::api::reports::ExportResult;
use crate::api::{Message, NoArgs, Progress};
use crate::context::App;
use crate::error::{Error, Result};
use crate::host::OnProgress;
use planner::{Chunk, Known, Outcome, Plan};
pub(crate) use session::Session;

/// Source code of files that name none.
pub const DEFAULT_SOURCE: &str = "crm";
/// Chunks under way between reader and writer.
const QUEUED_CHUNKS: usize = 4;
/// Imports in the making that are kept; older ones are given up.
const MAX_SESSIONS: usize = 8;
/// Rejected rows a window.
const REJECTED_PAGE_ROWS: u32 = 200;

/// Options of the command line for opening a session.
#[derive(Debug, Clone, Default)]
pub struct OpenImport {
    /// Files and folders.
    pub paths: Vec<PathBuf>,
    /// Kind of every file.
    pub kind: Option<String>,
    /// A mapping file (TOML).
    pub mapping: Option<PathBuf>,
    /// Source code; None: [`DEFAULT_SOURCE`].
    pub source: Option<String>,
}

impl App {
    /// Opens a dialog and inspects what was chosen. None: the dialog was closed.
    pub async fn pick_import_files(&self, args: PickImportFiles) -> Result<Option<ImportDraft>> {
        let paths = if args.folder {
            self.host.pick_folder().await.into_iter().collect()
        } else {
            self.host.pick_files().await
        };
        if paths.is_empty() {
            return Ok(None);
        }
        self.open_import(OpenImport {
            paths,
            ..OpenImport::default()
        })
        .await
        .map(Some)
    }

    /// Inspects files; the answer's token names the session from then on.
    pub async fn open_import(&self, open: OpenImport) -> Result<ImportDraft> {
        let mut remembered = std::collections::BTreeMap::new();
        for (name, profile) in self.store()?.mapping_profiles().await? {
            let text = profile.document.as_str().unwrap_or_default().to_owned();
            remembered.insert(name, Mapping::from_toml(&text)?);
        }
        let source = open
            .source
            .clone()
            .unwrap_or_else(|| DEFAULT_SOURCE.to_owned());
        let token = self.clock.new_id().to_string();
        let name = token.clone();
        let (session, draft) = blocking(move || {
            let mut session = Session::open(name, source, &open.paths, remembered)?;
            if let Some(kind) = &open.kind {
                let kind = kind.parse::<Kind>().map_err(|_| {
                    Error::input("as", kind, "people, customers, products, opportunities")
                })?;
                session.assume_kind(kind);
            }
            if let Some(path) = &open.mapping {
                let text = std::fs::read_to_string(path).map_err(Error::io(path))?;
                session.use_mapping(&Mapping::from_toml(&text)?)?;
            }
            let draft = session.draft(&ImportDecisions::default())?;
            Ok((session, draft))
        })
        .await?;
        let mut sessions = self.sessions.lock().unwrap_or_else(PoisonError::into_inner);
        sessions.insert(token, Arc::new(Mutex::new(session)));
        // Tokens are in order of time: the oldest go first.
        while sessions.len() > MAX_SESSIONS {
            sessions.pop_first();
        }
        Ok(draft)
    }

    fn session(&self, token: &str) -> Result<Arc<Mutex<Session>>> {
        let sessions = self.sessions.lock().unwrap_or_else(PoisonError::into_inner);
        sessions.get(token).cloned().ok_or(Error::NoSession)
    }

    /// The draft with decisions applied (a kind chosen, a column changed).
    pub async fn update_import(&self, args: ImportRequest) -> Result<ImportDraft> {
        let session = self.session(&args.session)?;
        blocking(move || {
            let mut session = session.lock().unwrap_or_else(PoisonError::into_inner);
            session.draft(&args.decisions)
        })
        .await
    }

    /// What the import would do. Nothing is written.
    pub async fn preview_import(
        &self,
        args: ImportRequest,
        progress: OnProgress<'_>,
    ) -> Result<ImportPreview> {
        self.preview_session(args, false, progress).await
    }

    /// As [`App::preview_import`]; `take_proposals` as in [`App::commit_session`].
    pub async fn preview_session(
        &self,
        args: ImportRequest,
        take_proposals: bool,
        progress: OnProgress<'_>,
    ) -> Result<ImportPreview> {
        let run = self.prepare(&args, take_proposals).await?;
        let outcome = self.run_plan(&run, progress, None).await?;
        self.preview(&run, outcome, None).await
    }

    /// Imports. One transaction: all of it, or nothing.
    pub async fn commit_import(
        &self,
        args: ImportRequest,
        progress: OnProgress<'_>,
    ) -> Result<ImportPreview> {
        self.commit_session(args, false, progress).await
    }

    /// As [`App::commit_import`]; `take_proposals` takes every nearly known name for what it seems.
    pub async fn commit_session(
        &self,
        args: ImportRequest,
        take_proposals: bool,
        progress: OnProgress<'_>,
    ) -> Result<ImportPreview> {
        let _turn = self.turn().await;
        let run = self.prepare(&args, take_proposals).await?;
        let change = self.change(ChangeKind::Import, json!({ "files": run.files }));
        let header = ChangeHeader {
            id: change.id,
            at: change.at,
            author: change.author,
            kind: change.kind,
            summary: change.summary,
            batch: Some(run.batch(&Outcome::default(), change.at)),
            audit: None,
        };
        let mut tx = self.store()?.begin(header).await?;
        // Whatever goes wrong from here on drops the transaction: nothing was written.
        let outcome = self.run_plan(&run, progress, Some(&mut tx)).await?;
        refuse_undecided(&outcome)?;
        if !run.changes_anything(&outcome) {
            return self.preview(&run, outcome, None).await;
        }
        if args.decisions.remember_mapping {
            let profiles = self.profiles(&run).await?;
            tx.put(&profiles).await?;
        }
        tx.set_batch(run.batch(&outcome, change.at));
        progress(Progress {
            step: "finishing".to_owned(),
            done: run.total_rows,
            total: run.total_rows,
        });
        let applied = tx.commit().await?;
        self.announce(&applied);
        self.sessions
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(&args.session);
        self.preview(&run, outcome, Some(run.plan.batch)).await
    }

    async fn prepare(&self, args: &ImportRequest, take_proposals: bool) -> Result<Prepared> {
        let store = self.store()?;
        let cancelled = self.start_task();
        let empty = store.organisation().await?.company().is_none();
        let usual = self.currency().await?;
        // The first facts decide the company's currency.
        let company = (!empty).then_some(usual);
        let session = self.session(&args.session)?;
        let decisions = args.decisions.clone();
        let (tables, currency, files, source) = blocking(move || {
            let mut session = session.lock().unwrap_or_else(PoisonError::into_inner);
            let (tables, currency) = session.mapped(&decisions, company, usual)?;
            Ok((
                tables,
                currency,
                session.file_names(),
                session.source.clone(),
            ))
        })
        .await?;
        let known = Known {
            organisation: store.organisation().await?,
            customers: store.customers().await?,
            products: store.products().await?,
            aliases: store.aliases(&source).await?,
            opportunities: store.opportunities_index(&source).await?,
        };
        let total_rows = tables
            .iter()
            .map(|table| u64::from(table.file.rows.unwrap_or(0)))
            .sum();
        Ok(Prepared {
            plan: Arc::new(Plan {
                source: source.clone(),
                batch: BatchId(self.clock.new_id()),
                today: self.clock.today(),
                currency,
                company_name: self.default_company_name(),
                tables,
                decisions: args.decisions.clone(),
                take_proposals,
                clock: Arc::clone(&self.clock),
                cancelled,
            }),
            known: Arc::new(known),
            kept_rejected: store
                .batches()
                .await?
                .into_iter()
                .find(|batch| batch.source == source && batch.files == files)
                .filter(|batch| batch.undone_at.is_none())
                .map(|batch| batch.rejected_rows),
            files,
            total_rows,
        })
    }

    /// Reads on a thread of its own and, given a transaction, writes what comes.
    async fn run_plan(
        &self,
        run: &Prepared,
        progress: OnProgress<'_>,
        mut tx: Option<&mut ApplyTx>,
    ) -> Result<Outcome> {
        let (sender, mut receiver) = tokio::sync::mpsc::channel::<Chunk>(QUEUED_CHUNKS);
        let (plan, known) = (Arc::clone(&run.plan), Arc::clone(&run.known));
        let reader = tokio::task::spawn_blocking(move || {
            planner::run(&plan, &known, &mut |chunk| {
                sender.blocking_send(chunk).is_ok()
            })
        });
        let step = if tx.is_some() { "writing" } else { "reading" };
        if let Some(tx) = tx.as_deref_mut()
            && run.fixes_currency()
        {
            let value = json!(run.plan.currency.code());
            tx.put(&[Setting {
                key: crate::settings::CURRENCY.to_owned(),
                value,
            }
            .into()])
                .await?;
        }
        while let Some(chunk) = receiver.recv().await {
            if let Some(tx) = tx.as_deref_mut() {
                tx.put(&chunk.records).await?;
                tx.delete(&chunk.deleted).await?;
                tx.reject(&chunk.rejected).await?;
            }
            progress(Progress {
                step: step.to_owned(),
                done: chunk.done_rows,
                total: run.total_rows,
            });
        }
        joined(reader).await
    }

    /// The mappings of a run, to be remembered.
    async fn profiles(&self, run: &Prepared) -> Result<Vec<Record>> {
        let existing = self.store()?.mapping_profiles().await?;
        let mut profiles = std::collections::BTreeMap::new();
        for table in &run.plan.tables {
            let name = session::profile_name(table.mapping.kind, &table.file.headers);
            let id = existing
                .get(&name)
                .map_or_else(|| MappingId(self.clock.new_id()), |old| old.id);
            let document = json!(table.mapping.to_toml()?);
            // Of two tables with the same headers the later one counts.
            profiles.insert(name.clone(), MappingProfile { id, name, document });
        }
        Ok(profiles.into_values().map(Record::from).collect())
    }

    async fn preview(
        &self,
        run: &Prepared,
        outcome: Outcome,
        batch: Option<BatchId>,
    ) -> Result<ImportPreview> {
        let currency = run.plan.currency;
        let nothing_to_do = !run.changes_anything(&outcome);
        let mut controls = Vec::new();
        let mut all = 0_i64;
        for (quarter, minor) in &outcome.won_by_quarter {
            all = all
                .checked_add(*minor)
                .ok_or(yeji_core::Error::Overflow("won amount"))?;
            let in_store = match batch {
                Some(_) => Some(self.won_in(quarter.start(), quarter.end()).await?),
                None => None,
            };
            controls.push(ControlTotal {
                metric: "won_amount".to_owned(),
                period: quarter.to_string(),
                in_file: planner::money(*minor, currency),
                in_store: in_store.map(|minor| Money::new(minor, currency)),
            });
        }
        if let (Some(first), Some(last)) = (
            outcome.won_by_quarter.keys().next(),
            outcome.won_by_quarter.keys().next_back(),
        ) {
            let in_store = match batch {
                Some(_) => Some(Money::new(
                    self.won_in(first.start(), last.end()).await?,
                    currency,
                )),
                None => None,
            };
            controls.push(ControlTotal {
                metric: "won_amount".to_owned(),
                period: "all".to_owned(),
                in_file: Money::new(all, currency),
                in_store,
            });
        }
        let files = outcome
            .tables
            .into_iter()
            .map(|table| FilePreview {
                index: table.index,
                file: table.file,
                kind: table.kind.map_or("", Kind::code).to_owned(),
                new_rows: table.new_rows,
                changed_rows: table.changed_rows,
                unchanged_rows: table.unchanged_rows,
                rejected_rows: table.rejected_rows,
                rejected: table.rejected,
            })
            .collect();
        Ok(ImportPreview {
            files,
            aliases: outcome.aliases,
            controls,
            notes: outcome.notes,
            batch,
            nothing_to_do,
        })
    }

    async fn won_in(&self, from: chrono::NaiveDate, to: chrono::NaiveDate) -> Result<i64> {
        let query = RollupQuery {
            from,
            to,
            units: None,
            person: None,
            split: RollupSplit::None,
        };
        let rows = self.store()?.rollup_sums(&query).await?;
        Ok(rows.first().map_or(0, |row| row.won_minor))
    }

    /// Imports, newest first.
    pub async fn list_batches(&self, _: NoArgs) -> Result<Vec<BatchInfo>> {
        Ok(self
            .store()?
            .batches()
            .await?
            .into_iter()
            .map(batch_info)
            .collect())
    }

    /// Takes a whole import back.
    pub async fn undo_batch(&self, args: BatchArgs) -> Result<UndoResult> {
        let _turn = self.turn().await;
        let mut change = self.change(ChangeKind::UndoBatch, json!({ "batch": args.batch }));
        change.audit = Some(AuditDraft {
            action: "import.undo".to_owned(),
            subject: args.batch.to_string(),
            detail: json!({}),
        });
        let header = ChangeHeader {
            id: change.id,
            at: change.at,
            author: change.author,
            kind: change.kind,
            summary: change.summary,
            batch: None,
            audit: change.audit,
        };
        let outcome = self.store()?.undo_batch(args.batch, header).await?;
        self.announce(&outcome.applied);
        let kept = outcome
            .kept
            .iter()
            .map(|(entity, id, why)| {
                let code = match why {
                    KeptBecause::ChangedLater => "kept_changed_later",
                    KeptBecause::ReferredTo => "kept_referred_to",
                    KeptBecause::EarlierValuesRefer => "kept_earlier_values_refer",
                };
                Message::new(
                    code,
                    &[("entity", entity.code().to_owned()), ("id", id.to_string())],
                )
            })
            .collect();
        Ok(UndoResult {
            removed: outcome.removed,
            restored: outcome.restored,
            kept,
            kept_count: outcome.kept_count,
        })
    }

    /// Rows of an import that were not taken.
    pub async fn list_rejected(&self, args: ListRejected) -> Result<RejectedPage> {
        let after = (args.offset > 0).then_some(i64::from(args.offset));
        let page = self
            .store()?
            .rejected_rows(args.batch, after, REJECTED_PAGE_ROWS)
            .await?;
        Ok(RejectedPage {
            rows: page
                .rows
                .into_iter()
                .map(|row| RejectedLine {
                    file: row.file,
                    line: row.line,
                    reason: Message {
                        code: row.code,
                        params: row.params,
                    },
                    raw: row.raw,
                })
                .collect(),
            total: unsigned(page.total),
        })
    }

    /// Writes the rows that were not taken to a file, each with line and reason, to be mended in Excel.
    pub async fn export_rejected(&self, args: BatchArgs) -> Result<ExportResult> {
        let store = self.store()?;
        let name = yeji_report::file_name(&["rejected", &args.batch.to_string()]);
        let Some(path) = self.host.save_file(&format!("{name}.csv")).await else {
            return Ok(ExportResult {
                folder: None,
                files: Vec::new(),
            });
        };
        let mut text = String::from("\u{feff}file,line,reason,details,row\r\n");
        let mut after = None;
        loop {
            let page = store
                .rejected_rows(args.batch, after, REJECTED_PAGE_ROWS)
                .await?;
            for row in &page.rows {
                let params: Vec<String> = row
                    .params
                    .iter()
                    .filter(|(name, value)| *name != "line" && !value.is_empty())
                    .map(|(name, value)| format!("{name}={value}"))
                    .collect();
                let cells = [
                    row.file.clone(),
                    row.line.to_string(),
                    row.code.clone(),
                    params.join("; "),
                ];
                let line: Vec<String> = cells
                    .iter()
                    .chain(&row.raw)
                    .map(|cell| csv_cell(cell))
                    .collect();
                text.push_str(&line.join(","));
                text.push_str("\r\n");
            }
            match page.next {
                Some(next) => after = Some(next),
                None => break,
            }
        }
        std::fs::write(&path, text).map_err(Error::io(&path))?;
        Ok(written(&path))
    }
}

/// A run that is ready to start.
struct Prepared {
    plan: Arc<Plan>,
    known: Arc<Known>,
    files: Vec<String>,
    total_rows: u64,
    /// Rejected rows of the last import of the same files, which are kept with it.
    kept_rejected: Option<i64>,
}

impl Prepared {
    /// Whether this import is the one that fixes the company's currency.
    fn fixes_currency(&self) -> bool {
        self.known.organisation.company().is_none()
    }

    /// Whether there is something to keep: rows, or the list of rejected ones unless the last import of
    /// these files has kept it.
    fn changes_anything(&self, outcome: &Outcome) -> bool {
        let rejected = signed(outcome.sum(|table| table.rejected_rows));
        outcome.records > 0 || (rejected > 0 && self.kept_rejected != Some(rejected))
    }

    fn batch(&self, outcome: &Outcome, at: chrono::DateTime<chrono::Utc>) -> Batch {
        Batch {
            id: self.plan.batch,
            source: self.plan.source.clone(),
            files: self.files.clone(),
            at,
            new_rows: signed(outcome.sum(|table| table.new_rows)),
            changed_rows: signed(outcome.sum(|table| table.changed_rows)),
            unchanged_rows: signed(outcome.sum(|table| table.unchanged_rows)),
            rejected_rows: signed(outcome.sum(|table| table.rejected_rows)),
            undone_at: None,
        }
    }
}

/// Names that want a decision stop an import.
fn refuse_undecided(outcome: &Outcome) -> Result<()> {
    let undecided: Vec<_> = outcome
        .aliases
        .iter()
        .filter(|a| !a.decided && a.proposal.is_some())
        .collect();
    let Some(first) = undecided.first() else {
        return Ok(());
    };
    Err(Error::UndecidedAliases {
        count: undecided.len(),
        first: format!(
            "{} → {}",
            first.text,
            first.proposal.as_deref().unwrap_or_default()
        ),
    })
}

/// The folder and name of a written file.
pub(crate) fn written(path: &Path) -> ExportResult {
    let name = |part: Option<&std::ffi::OsStr>| part.map(|p| p.to_string_lossy().into_owned());
    ExportResult {
        folder: path.parent().map(|folder| folder.display().to_string()),
        files: name(path.file_name()).into_iter().collect(),
    }
}

/// A CSV cell: quoted, and defused where a spreadsheet would run it as a formula.
fn csv_cell(text: &str) -> String {
    let defused = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{text}")
    } else {
        text.to_owned()
    };
    format!("\"{}\"", defused.replace('"', "\"\""))
}

pub(crate) fn batch_info(batch: Batch) -> BatchInfo {
    BatchInfo {
        id: batch.id,
        source: batch.source,
        files: batch.files,
        at: batch.at,
        new_rows: batch.new_rows,
        changed_rows: batch.changed_rows,
        unchanged_rows: batch.unchanged_rows,
        rejected_rows: batch.rejected_rows,
        undone_at: batch.undone_at,
    }
}

fn signed(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn unsigned(count: i64) -> u64 {
    u64::try_from(count).unwrap_or(0)
}

/// Runs work that reads files on a thread where it may block.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T> + Send + 'static,
) -> Result<T> {
    joined(tokio::task::spawn_blocking(work)).await
}

async fn joined<T>(task: tokio::task::JoinHandle<Result<T>>) -> Result<T> {
    match task.await {
        Ok(result) => result,
        Err(error) if error.is_panic() => std::panic::resume_unwind(error.into_panic()),
        Err(_) => Err(Error::Cancelled),
    }
}

#[cfg(test)]
#[path = "import_tests.rs"]
mod tests;
