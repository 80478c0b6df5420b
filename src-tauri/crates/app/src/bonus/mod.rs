//! Bonus: the plan, runs of a period, statements opened down to deals and steps.

mod assign;
mod assignments;
mod confirm;
mod copying;
mod cycle;
mod deal;
mod document;
mod earnings;
mod error;
mod facts;
mod if_error;
mod input;
mod known;
mod notes;
mod objectives;
pub(crate) mod own_part;
mod paper_error;
#[cfg(test)]
mod papers_tests;
mod payroll;
mod people;
pub(crate) mod plan;
#[cfg(test)]
mod plan_people_tests;
#[cfg(test)]
mod plan_tests;
mod plans;
mod run;
mod settled;
mod taken_back;
mod task;
#[cfg(test)]
mod tests;
mod under;
mod versions;
mod view;
mod whatif;

pub use cycle::CycleError;
pub(crate) use document::statement_hash;
pub use error::PlanError;
pub use if_error::BonusIfError;
pub(crate) use known::Known;
pub use paper_error::PaperError;
pub use payroll::{payroll_about_path, payroll_columns_to_start_from, read_payroll_columns};
pub(crate) use run::run_for_file;
pub(crate) use settled::was_approved;
pub use whatif::WhatIfRun;

use serde_json::{Value, json};
use yeji_bonus::{CalculateInput, CalculateOutput, Plan};
use yeji_core::ids::BonusPlanId;
use yeji_core::org::OPEN_END;
use yeji_core::{Currency, Money};
use yeji_store::{BonusPlanVersion, BonusRun as KeptRun, Record, Setting};

use crate::api::NoArgs;
use crate::api::bonus::{BonusPlanView, BonusRun, BonusTemplate, PlanDraft};
use crate::context::App;
use crate::error::{Error, Result};
use crate::settings::BONUS_PLAN_IN_FORCE;

/// A run with what went into the engine `bonus.calculate` and what came out.
#[derive(Debug)]
pub struct Calculation {
    /// The run.
    pub run: BonusRun,
    /// The engine's whole output.
    pub output: CalculateOutput,
    /// The engine's complete input as JSON; its SHA-256 is the run's `inputs_hash`.
    pub input: Vec<u8>,
}

/// Periods offered for a run.
const MAX_PERIODS: usize = 40;

impl App {
    /// What a plan would be: its problems and its curves. Nothing is kept.
    pub async fn check_bonus_plan(&self, args: PlanDraft) -> Result<BonusPlanView> {
        let plan = yeji_bonus::read_plan(&args.plan)?;
        let book = self.plan_book().await?;
        let held = book.held_on(&plan.code, self.clock.today());
        let version = held.and_then(|held| held.version);
        let version = version.map_or(0, |version| version.version);
        plan::view(version, &plan, self.currency().await?)
    }

    /// Plans to start from.
    #[expect(clippy::unused_async, reason = "every use case is")]
    pub async fn list_bonus_templates(&self, _: NoArgs) -> Result<Vec<BonusTemplate>> {
        plan::templates()
    }

    async fn plan_version(&self, id: BonusPlanId) -> Result<BonusPlanVersion> {
        let version = self.store()?.bonus_plan(id).await?;
        version.ok_or_else(|| Error::NotFound {
            what: "bonus plan",
            value: id.to_string(),
        })
    }

    /// The newest version that is this plan, else a new one, which is added to `records`.
    async fn version_of(&self, plan: &Plan, records: &mut Vec<Record>) -> Result<BonusPlanVersion> {
        let document = serde_json::to_value(plan).map_err(yeji_store::Error::from)?;
        let known = self.store()?.bonus_plans().await?;
        let same = known
            .into_iter()
            .filter(|version| version.document == document)
            .max_by_key(|version| version.version);
        if let Some(version) = same {
            return Ok(version);
        }
        let version = self.new_version(plan).await?;
        records.push(version.clone().into());
        Ok(version)
    }

    /// The next version of a plan, not kept yet.
    async fn new_version(&self, plan: &Plan) -> Result<BonusPlanVersion> {
        let versions = self.store()?.bonus_plans().await?;
        let last = versions
            .iter()
            .filter(|version| version.code == plan.code)
            .map(|version| version.version)
            .max();
        Ok(BonusPlanVersion {
            id: BonusPlanId(self.clock.new_id()),
            code: plan.code.clone(),
            version: last.unwrap_or(0) + 1,
            document: serde_json::to_value(plan).map_err(yeji_store::Error::from)?,
            effective_from: yeji_core::org::OPEN_START,
            effective_to: OPEN_END,
            created_at: self.clock.now(),
        })
    }
}

fn sum(currency: Currency, payouts: impl Iterator<Item = Money>) -> Result<Money> {
    let mut total = Money::new(0, currency);
    for payout in payouts {
        total = total.checked_add(payout)?;
    }
    Ok(total)
}

/// The code of the plan that a run was made by.
fn plan_code(run: &KeptRun) -> &str {
    run.result.get("plan").and_then(Value::as_str).unwrap_or("")
}

/// The setting that puts a version in force.
fn in_force(version: BonusPlanId) -> Setting {
    Setting {
        key: BONUS_PLAN_IN_FORCE.to_owned(),
        value: json!(version.to_string()),
    }
}

/// The engine's complete input as JSON: what `inputs_hash` is made of, byte for byte.
fn input_document(input: &CalculateInput) -> Result<Vec<u8>> {
    Ok(serde_json::to_vec(input).map_err(yeji_store::Error::from)?)
}

/// The SHA-256 of that document, without holding it.
fn input_hash(input: &CalculateInput) -> Result<String> {
    use sha2::{Digest, Sha256};
    let mut hash = std::io::BufWriter::new(Sha256::new());
    serde_json::to_writer(&mut hash, input).map_err(yeji_store::Error::from)?;
    let hash = hash.into_inner().map_err(|error| Error::Io {
        path: "inputs_hash".into(),
        source: error.into_error(),
    })?;
    Ok(crate::text::hex(&hash.finalize()))
}

/// SHA-256, hexadecimal.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    use sha2::{Digest, Sha256};
    crate::text::hex(&Sha256::digest(bytes))
}
