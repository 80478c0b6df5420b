//! An import: counted for a preview, or written in one transaction.

use std::collections::{BTreeMap, BTreeSet};
use std::future::ready;
use std::sync::{Arc, PoisonError};

use chrono::{DateTime, Utc};
use serde_json::json;
use yeji_core::facts::{Batch, BatchDetail, Repeated};
use yeji_core::ids::{BatchId, ChangeId, MappingId};
use yeji_intake::{Field, Kind};
use yeji_store::{AuditDraft, ChangeKind, MappingProfile, Record, Setting};

use super::known_lines::{KnownFile, can_be_known};
use super::later_imports::keeps_its_import;
use super::planner::{self, Known, Outcome, Plan};
use super::running::To;
use super::session;
use super::sources::{Precedence, source_name};
use crate::api::Progress;
use crate::api::data::{AliasProposal, ImportPreview, ImportRequest};
use crate::blocking::blocking;
use crate::context::App;
use crate::error::{Error, Result};
use crate::host::{OnProgress, no_progress};
use crate::settings::CURRENCY;

impl App {
    /// Imports. One transaction: all of it, or nothing.
    pub async fn commit_import(
        &self,
        args: ImportRequest,
        progress: OnProgress<'_>,
    ) -> Result<ImportPreview> {
        Ok(self.commit(args, progress, ready(Ok(()))).await?.0)
    }

    /// Imports what nobody at the window asked for: it is not the last own action that Ctrl+Z takes back.
    /// `still` is asked when all is read: an error imports nothing.
    pub(super) async fn commit_unasked(
        &self,
        args: ImportRequest,
        still: impl Future<Output = Result<()>>,
    ) -> Result<ImportPreview> {
        let (preview, change) = self.commit(args, &no_progress, still).await?;
        self.actions().forget(change);
        Ok(preview)
    }

    async fn commit(
        &self,
        args: ImportRequest,
        progress: OnProgress<'_>,
        still: impl Future<Output = Result<()>>,
    ) -> Result<(ImportPreview, ChangeId)> {
        let _turn = self.turn().await;
        let run = self.prepare(&args).await?;
        let mut header = self.header(ChangeKind::Import, json!({ "files": run.files }));
        let (at, change) = (header.at, header.id);
        header.batch = Some(run.batch(&Outcome::default(), at));
        header.audit = run.audit();
        let mut tx = self.store()?.begin(header).await?;
        // Whatever goes wrong from here on drops the transaction: nothing was written.
        let outcome = self.run_plan(&run, progress, To::Store(&mut tx)).await?;
        refuse_undecided(&outcome.aliases)?;
        if !run.changes_anything(&outcome) {
            return Ok((self.preview(&run, outcome, None).await?, change));
        }
        if args.decisions.remember_mapping {
            let profiles = self.profiles(&run).await?;
            tx.put(&profiles).await?;
        }
        still.await?;
        tx.set_batch(run.batch(&outcome, at));
        progress(Progress {
            step: "finishing".to_owned(),
            done: run.total_rows,
            total: run.total_rows,
        });
        let applied = tx.commit().await?;
        self.announce(&applied);
        self.close_session(&args.session);
        let preview = self.preview(&run, outcome, Some(run.plan.batch)).await?;
        Ok((preview, change))
    }

    pub(super) async fn prepare(&self, args: &ImportRequest) -> Result<Prepared> {
        loop {
            if let Some(run) = self.prepare_once(args).await? {
                return Ok(run);
            }
            self.read_in_full(&args.session).await?;
        }
    }

    /// None: what was known of the file's lines does not hold, and it must be read in full.
    async fn prepare_once(&self, args: &ImportRequest) -> Result<Option<Prepared>> {
        let store = self.store()?;
        let cancelled = self.start_task();
        let fixed = self.fixed_currency().await?;
        let usual = self.currency().await?;
        let session = self.session(&args.session)?;
        let decisions = args.decisions.clone();
        let chosen = blocking(move || {
            let mut session = session.lock().unwrap_or_else(PoisonError::into_inner);
            Ok(Chosen {
                mapped: session.mapped(&decisions, fixed, usual)?,
                files: session.file_names(),
                of_session: session.source.clone(),
                known: session.known().cloned(),
                source: match &decisions.source {
                    Some(name) => source_name(name)?,
                    None => session.source.clone(),
                },
                take_proposals: session.take_proposals,
            })
        })
        .await?;
        let source = chosen.source;
        let session::Mapped {
            tables,
            currency,
            currency_named,
            has_amounts,
        } = chosen.mapped;
        let code = json!(currency.code());
        let present = store.setting(CURRENCY).await?;
        // What an import without amounts assumes is not kept: one that is kept was named, or told then.
        let keeps_currency = (currency_named || has_amounts) && present.as_ref() != Some(&code);
        let currency_assumed = !currency_named && has_amounts && present.is_none();
        let batches = store.batches().await?;
        let precedence = self.precedence().await?;
        mended_where_rejected(&tables, &batches, &source)?;
        let apart = apart(&batches, &source, &precedence);
        let partners = precedence.partners(&source);
        let known_file = chosen.known.filter(|_| can_be_known(&tables, &partners));
        let recognised = known_file.as_ref().and_then(|file| file.recognised.clone());
        if let Some(recognised) = &recognised {
            let same = source == chosen.of_session
                && recognised.seq == store.last_change().await?
                && recognised.fits(&tables[0].mapping, true);
            if !same {
                return Ok(None);
            }
        } else if tables.iter().any(|table| table.file.left_out.is_some()) {
            return Ok(None);
        }
        let known = self
            .what_is_known(&tables, &source, &partners, &batches, recognised.is_some())
            .await?;
        if let Some(recognised) = &recognised
            && known.opportunities.ids().any(|id| recognised.has(id.0))
        {
            // A deal stands in the file twice, and one of its rows is known.
            return Ok(None);
        }
        let files = chosen.files;
        let last = batches
            .iter()
            .find(|batch| batch.source == source && batch.files == files)
            .filter(|batch| batch.undone_at.is_none());
        let run = Prepared {
            total_rows: tables
                .iter()
                .map(|table| u64::from(table.file.rows.unwrap_or(0)))
                .sum(),
            plan: Arc::new(Plan {
                source,
                batch: BatchId(self.clock.new_id()),
                at: self.clock.now(),
                precedence,
                partners,
                apart,
                today: self.clock.today(),
                currency,
                currency_assumed,
                company_name: self.default_company_name(),
                tables,
                decisions: args.decisions.clone(),
                recognised,
                remember: known_file,
                take_proposals: chosen.take_proposals,
                samples: false,
                clock: Arc::clone(&self.clock),
                cancelled,
            }),
            known: Arc::new(known),
            new_currency: keeps_currency.then(|| Setting {
                key: CURRENCY.to_owned(),
                value: code,
            }),
            changes_currency: currency != usual,
            kept_rejected: last.map(|batch| batch.rejected_rows),
            files,
        };
        Ok(self.still_known(&run).await?.then_some(run))
    }

    /// Whether the names of the lines that a run does not read mean what they meant.
    async fn still_known(&self, run: &Prepared) -> Result<bool> {
        let Some(recognised) = run.plan.recognised.clone() else {
            return Ok(true);
        };
        let (plan, known) = (Arc::clone(&run.plan), Arc::clone(&run.known));
        blocking(move || planner::names_hold(&plan, &known, &recognised)).await
    }

    /// The mappings of a run, to be remembered.
    async fn profiles(&self, run: &Prepared) -> Result<Vec<Record>> {
        let existing = self.store()?.mapping_profiles().await?;
        let mut profiles = BTreeMap::new();
        for table in &run.plan.tables {
            let name =
                session::profile_name(table.mapping.kind, &table.file.headers, &run.plan.source);
            let id = existing
                .get(&name)
                .map_or_else(|| MappingId(self.clock.new_id()), |old| old.id);
            let document = json!(table.mapping.to_toml()?);
            // Of two tables with the same headers the later one counts.
            profiles.insert(name.clone(), MappingProfile { id, name, document });
        }
        Ok(profiles.into_values().map(Record::from).collect())
    }
}

/// Refuses the rejected rows of one source's import as another source's: it would say what it never said.
fn mended_where_rejected(
    tables: &[session::MappedTable],
    batches: &[Batch],
    source: &str,
) -> Result<()> {
    for table in tables {
        let import = table.file.mends.as_deref().and_then(|id| id.parse().ok());
        let mut of = batches.iter().filter(|batch| Some(batch.id) == import);
        if let Some(batch) = of.next().filter(|batch| batch.source != source) {
            return Err(Error::MendedElsewhere {
                file: table.file.label(),
                import: batch.source.clone(),
                source_name: source.to_owned(),
            });
        }
    }
    Ok(())
}

/// Sources that are here before a new one that shares records with none of them.
fn apart(batches: &[Batch], source: &str, precedence: &Precedence) -> Vec<String> {
    let in_force = || batches.iter().filter(|batch| batch.undone_at.is_none());
    if in_force().any(|batch| batch.source == source) || precedence.shares(source) {
        return Vec::new();
    }
    let others: BTreeSet<&String> = in_force().map(|batch| &batch.source).collect();
    others.into_iter().cloned().collect()
}

/// Whether a table of deals has no column for something that a known deal may have.
pub(super) fn leaves_deals_out(table: &session::MappedTable) -> bool {
    let of_a_deal = [
        Field::CUSTOMER,
        Field::PRODUCT,
        Field::OPENED_ON,
        Field::CLOSED_ON,
        Field::AMOUNT,
    ];
    table.mapping.kind == Kind::Opportunities
        && of_a_deal
            .iter()
            .any(|field| !table.mapping.columns.contains_key(field))
}

/// What the session's files and decisions come to.
struct Chosen {
    mapped: session::Mapped,
    files: Vec<String>,
    source: String,
    /// The source that the session was opened for.
    of_session: String,
    /// What is known of the lines of its only table.
    known: Option<KnownFile>,
    take_proposals: bool,
}

/// A run that is ready to start.
pub(super) struct Prepared {
    pub(super) plan: Arc<Plan>,
    pub(super) known: Arc<Known>,
    files: Vec<String>,
    pub(super) total_rows: u64,
    /// The company's currency, where the store does not have it yet.
    pub(super) new_currency: Option<Setting>,
    /// Whether that is another one than before.
    changes_currency: bool,
    /// Rejected rows of the last import of the same files, which are kept with it.
    kept_rejected: Option<i64>,
}

impl Prepared {
    /// Whether there is something to keep: rows, a new currency, or the list of rejected rows unless
    /// the last import of these files has kept it.
    pub(super) fn changes_anything(&self, outcome: &Outcome) -> bool {
        let rejected = signed(outcome.sum(|table| table.rejected_rows));
        outcome.records > 0
            || self.changes_currency
            || (rejected > 0 && self.kept_rejected != Some(rejected))
    }

    fn headers_of_rejected(&self, outcome: &Outcome) -> BTreeMap<String, Vec<String>> {
        let with_rejected = outcome
            .tables
            .iter()
            .filter(|table| table.rejected_rows > 0);
        let labels: BTreeSet<&str> = with_rejected.map(|table| table.file.as_str()).collect();
        let tables = self.plan.tables.iter().map(|table| &table.file);
        tables
            .map(|file| (file.label(), file.headers.clone()))
            .filter(|(label, _)| labels.contains(label.as_str()))
            .collect()
    }

    /// Files of goals or target bonuses change what people are paid by, as setting them by hand does.
    fn audit(&self) -> Option<AuditDraft> {
        let mut kinds: Vec<&str> = self
            .plan
            .tables
            .iter()
            .map(|table| table.mapping.kind)
            .filter(|kind| matches!(kind, Kind::Goals | Kind::TargetBonuses))
            .map(Kind::code)
            .collect();
        kinds.sort_unstable();
        kinds.dedup();
        (!kinds.is_empty()).then(|| AuditDraft {
            action: "import.targets".to_owned(),
            subject: self.plan.batch.to_string(),
            detail: json!({ "kind": kinds, "file": self.files }),
        })
    }

    fn batch(&self, outcome: &Outcome, at: DateTime<Utc>) -> Batch {
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
            detail: BatchDetail {
                controls: outcome.controls.clone(),
                tax_included: self
                    .plan
                    .tables
                    .iter()
                    .filter_map(|table| Some((table.file.label(), table.tax()?)))
                    .collect(),
                headers: self.headers_of_rejected(outcome),
                repeated: Some(repeated(outcome)),
            },
        }
    }
}

/// The rows that were the same already, by the import that they go with.
fn repeated(outcome: &Outcome) -> Repeated {
    let mut repeated = Repeated::default();
    for (batch, rows) in &outcome.repeated {
        repeated.by_import.insert(*batch, signed(*rows));
    }
    for table in &outcome.tables {
        let kind = table.kind.filter(|kind| !keeps_its_import(*kind));
        if let Some(kind) = kind.filter(|_| table.unchanged_rows > 0) {
            let rows = repeated.by_kind.entry(kind.code().to_owned()).or_default();
            *rows = rows.saturating_add(signed(table.unchanged_rows));
        }
    }
    repeated
}

/// Names that want a decision, which only the window or "take the proposals" can make, stop an import.
///
/// # Errors
/// [`Error::UndecidedAliases`] with their number and the first.
pub fn refuse_undecided(aliases: &[AliasProposal]) -> Result<()> {
    let undecided: Vec<_> = aliases
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

fn signed(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
