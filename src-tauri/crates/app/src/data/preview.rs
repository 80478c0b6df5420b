//! What an import would do or has done, with control totals of the files and of the store.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use yeji_core::calendar::Period;
use yeji_core::ids::BatchId;
use yeji_core::{Currency, Money};
use yeji_intake::Kind;

use super::import::Prepared;
use super::planner::Outcome;
use crate::api::data::{ControlTotal, FilePreview, ImportPreview};
use crate::context::App;
use crate::error::Result;

impl App {
    /// The answer to a preview or, given the batch, to an import.
    pub(super) async fn preview(
        &self,
        run: &Prepared,
        outcome: Outcome,
        batch: Option<BatchId>,
    ) -> Result<ImportPreview> {
        let nothing_to_do = !run.changes_anything(&outcome);
        let won = &outcome.won_by_quarter;
        let controls = self
            .controls(won, run.plan.currency, batch.is_some())
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

    /// The won amount by quarter and in all, of the files and, if they are written, of the store.
    async fn controls(
        &self,
        won_by_quarter: &BTreeMap<Period, i64>,
        currency: Currency,
        written: bool,
    ) -> Result<Vec<ControlTotal>> {
        let mut spans = Vec::new();
        let mut all = 0_i64;
        for (quarter, minor) in won_by_quarter {
            all = all
                .checked_add(*minor)
                .ok_or(yeji_core::Error::Overflow("won amount"))?;
            spans.push((quarter.to_string(), quarter.start(), quarter.end(), *minor));
        }
        if let (Some((_, from, ..)), Some((_, _, to, _))) = (spans.first(), spans.last()) {
            spans.push(("all".to_owned(), *from, *to, all));
        }
        let mut controls = Vec::new();
        for (period, from, to, in_file) in spans {
            let in_store = if written {
                Some(Money::new(self.won_in(from, to).await?, currency))
            } else {
                None
            };
            controls.push(ControlTotal {
                metric: "won_amount".to_owned(),
                period,
                in_file: Money::new(in_file, currency),
                in_store,
            });
        }
        Ok(controls)
    }

    /// The company's won amount in minor units.
    pub(super) async fn won_in(&self, from: NaiveDate, to: NaiveDate) -> Result<i64> {
        Ok(self.result(from, to, None).await?.won_minor)
    }
}
