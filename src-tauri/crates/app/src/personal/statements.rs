//! Bonus statements confirmed in a personal file: what it has to know of the cycle goes in, own confirmations
//! come back and are judged like the rest.

use std::collections::BTreeSet;

use yeji_core::bonus_cycle::{BonusStep, BonusStepKind, StatementConfirmation};
use yeji_core::ids::BonusRunId;
use yeji_store::{Entity, Record, StatementRow};

use super::extract::Extract;
use super::judging::{Entry, Here, line};
use crate::access::PaySight;
use crate::bonus::{statement_hash, was_approved};
use crate::context::App;
use crate::error::Result;

impl App {
    /// Which statements are approved, whose pay waits of the people whose pay is seen, and their confirmations.
    pub(super) async fn extract_confirming(
        &self,
        extract: &mut Extract,
        runs: &BTreeSet<BonusRunId>,
        rows: &[StatementRow],
        pay: &PaySight,
    ) -> Result<()> {
        let store = self.store()?;
        for step in store.bonus_steps(None).await? {
            let goes_in = match step.kind {
                BonusStepKind::Submit
                | BonusStepKind::ApproveHr
                | BonusStepKind::ApprovePay
                | BonusStepKind::SendBack
                | BonusStepKind::Pay
                | BonusStepKind::Close
                | BonusStepKind::AskReopen
                | BonusStepKind::RefuseReopen
                | BonusStepKind::Reopen => true,
                BonusStepKind::Hold => step.person.is_some_and(|person| pay.includes(person)),
                _ => false,
            };
            if goes_in {
                extract.put(BonusStep {
                    // Of a run that is not in the file nothing is in it.
                    run: step.run.filter(|run| runs.contains(run)),
                    unit: None,
                    // Words to those who calculate.
                    reason: None,
                    ..step
                });
            }
        }
        for row in rows {
            for mut one in store.statement_confirmations(row.id).await? {
                one.origin = extract.sources.origin(one.origin);
                extract.put(one);
            }
        }
        Ok(())
    }

    /// A confirmation that came back: a fact of then, whatever the statement became since.
    pub(super) async fn statement_confirmation(
        &self,
        one: StatementConfirmation,
        here: &Here,
    ) -> Result<Entry> {
        let store = self.store()?;
        let found = store.record(Entity::Statement, one.statement.0).await?;
        let row = match found {
            Some(Record::Statement(row)) if row.person == one.person => Some(row),
            _ => None,
        };
        let run = match &row {
            Some(row) => store.bonus_run(row.run).await?,
            None => None,
        };
        let (about, fault) = match (&row, &run) {
            (Some(row), Some(run)) => {
                let steps = store.bonus_steps(Some(&run.period)).await?;
                let plausible = self.was_before_now(one.confirmed_at)
                    && !one.on_paper
                    && statement_hash(&row.result, &run.inputs_hash) == one.hash;
                let fault = if was_approved(&steps, run.id) {
                    (!plausible).then_some("return_not_plausible")
                } else {
                    Some("return_not_approved")
                };
                (run.period.clone(), fault)
            }
            _ => (String::new(), Some("return_statement_gone")),
        };
        let author = self.name_of_author(here).await?;
        let one = StatementConfirmation { author, ..one };
        Ok(Entry {
            person: one.person,
            line: line("statement_confirmation", about, None, one.hash.clone()),
            record: one.into(),
            merged: None,
            fault,
        })
    }
}
