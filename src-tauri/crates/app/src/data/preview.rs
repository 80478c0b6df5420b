//! What an import would do or has done, with control totals of the files and of the store.

use std::sync::Arc;

use yeji_core::Money;
use yeji_core::ids::BatchId;
use yeji_intake::Kind;

use super::emptied::Emptied;
use super::import::Prepared;
use super::planner::{Outcome, Plan, STAGE_UNDECIDED, Sum};
use super::running::To;
use crate::api::data::{ControlTotal, FilePreview, ImportPreview, ImportRequest, UndecidedStages};
use crate::api::preview::EmptiedValues;
use crate::context::App;
use crate::error::Result;
use crate::history::Names;
use crate::host::OnProgress;

impl App {
    /// What the import would do. Nothing is written.
    pub async fn preview_import(
        &self,
        args: ImportRequest,
        progress: OnProgress<'_>,
    ) -> Result<ImportPreview> {
        let mut run = self.prepare(&args).await?;
        if let Some(plan) = Arc::get_mut(&mut run.plan) {
            // Only what is written is kept.
            plan.remember = None;
            plan.samples = true;
        }
        let mut emptied = Emptied::new(&run.plan);
        let to = To::Preview(&mut emptied);
        let mut outcome = self.run_plan(&run, progress, to).await?;
        let samples = std::mem::take(&mut outcome.samples);
        let mut preview = self.preview(&run, outcome, None).await?;
        if !(samples.rows.is_empty() && emptied.is_empty()) {
            let mut names = Names::new(&self.store()?, run.plan.currency).await?;
            self.show_samples(samples, &mut names, &mut preview.files)
                .await?;
            preview.emptied = emptied.in_words(&mut names).await?;
        }
        Ok(preview)
    }

    /// The answer to a preview or, given the batch, to an import.
    pub(super) async fn preview(
        &self,
        run: &Prepared,
        outcome: Outcome,
        batch: Option<BatchId>,
    ) -> Result<ImportPreview> {
        let nothing_to_do = !run.changes_anything(&outcome);
        let controls = self.controls(&outcome, &run.plan, batch).await?;
        let undecided = undecided(&outcome)?;
        let disagreements = self
            .disputes_in_words(outcome.disputes, &outcome.dispute_samples)
            .await?;
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
                new_samples: Vec::new(),
                changed_samples: Vec::new(),
            })
            .collect();
        Ok(ImportPreview {
            files,
            aliases: outcome.aliases,
            controls,
            undecided,
            notes: outcome.notes,
            disagreements,
            emptied: EmptiedValues::default(),
            batch,
            nothing_to_do,
        })
    }

    /// The won amount by quarter and in all, of the files' rows and, if they are written, of the same
    /// rows in the store: what the batch wrote, as it can be read again, and what was there just so.
    async fn controls(
        &self,
        outcome: &Outcome,
        plan: &Plan,
        batch: Option<BatchId>,
    ) -> Result<Vec<ControlTotal>> {
        let currency = plan.currency;
        let written = match batch {
            Some(batch) => Some(self.store()?.won_of_batch(batch).await?),
            None => None,
        };
        let mut all = (0_i64, written.as_ref().map(|_| 0_i64));
        let mut controls = Vec::new();
        let mut add = |period: String, in_file: i64, in_store: Option<i64>| {
            controls.push(ControlTotal {
                metric: "won_amount".to_owned(),
                period,
                in_file: Money::new(in_file, currency),
                in_store: in_store.map(|minor| Money::new(minor, currency)),
                shared: !plan.partners.is_empty(),
            });
        };
        for (quarter, in_file) in &outcome.won_by_quarter {
            let unchanged = outcome.unchanged_won_by_quarter.get(quarter).copied();
            let in_store = match &written {
                Some(days) => {
                    let days = days.range(quarter.start()..quarter.end());
                    Some(total(days.map(|(_, minor)| *minor).chain(unchanged))?)
                }
                None => None,
            };
            all = (
                total([all.0, *in_file])?,
                match (all.1, in_store) {
                    (Some(sum), Some(part)) => Some(total([sum, part])?),
                    _ => None,
                },
            );
            add(quarter.to_string(), *in_file, in_store);
        }
        if !outcome.won_by_quarter.is_empty() {
            add("all".to_owned(), all.0, all.1);
        }
        Ok(controls)
    }
}

/// Deals whose stage has no meaning yet, over all tables.
fn undecided(outcome: &Outcome) -> Result<UndecidedStages> {
    let mut sum = Sum::default();
    for control in &outcome.controls {
        if control.period == STAGE_UNDECIDED {
            sum.add(control.rows, control.amount)?;
        }
    }
    Ok(UndecidedStages {
        rows: sum.rows,
        amount: sum.amount,
    })
}

fn total(parts: impl IntoIterator<Item = i64>) -> Result<i64> {
    let sum = parts
        .into_iter()
        .try_fold(0_i64, i64::checked_add)
        .ok_or(yeji_core::Error::Overflow("won amount"))?;
    Ok(sum)
}
