//! Bonus: the plan, runs of a period, statements opened down to deals and steps.

mod copying;
mod deal;
mod earnings;
mod facts;
mod if_error;
mod input;
mod notes;
pub(crate) mod own_part;
mod people;
pub(crate) mod plan;
#[cfg(test)]
mod plan_tests;
#[cfg(test)]
mod tests;
mod under;
mod view;
mod whatif;

pub use if_error::BonusIfError;
use serde_json::{Value, json};
pub use whatif::WhatIfRun;
use yeji_bonus::{CalculateInput, CalculateOutput, Plan, Statement, read_statement};
use yeji_core::calendar::Period;
use yeji_core::ids::{BonusPlanId, BonusRunId, StatementId};
use yeji_store::{
    AuditDraft, BonusPlanVersion, BonusRun as KeptRun, ChangeKind, Record, Setting, StatementRow,
};

use crate::access::{Actor, PaySight};
use crate::api::bonus::{
    BonusPlanView, BonusRun, BonusRunInfo, BonusRuns, BonusTemplate, GetBonusRun, GetStatement,
    PlanDraft, RunBonus, StatementView,
};
use crate::api::{Message, NoArgs};
use crate::context::App;
use crate::error::{Error, Result};
use crate::settings::BONUS_PLAN_IN_FORCE;
use yeji_core::org::OPEN_END;
use yeji_core::{Currency, Money};

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
    /// The plan in force; the built-in one until another is saved.
    pub async fn get_bonus_plan(&self, _: NoArgs) -> Result<BonusPlanView> {
        let (version, plan) = self.plan_in_force().await?;
        plan::view(
            version.map_or(0, |version| version.version),
            &plan,
            self.currency().await?,
        )
    }

    /// What a plan would be: its problems and its curves. Nothing is kept.
    pub async fn check_bonus_plan(&self, args: PlanDraft) -> Result<BonusPlanView> {
        let (version, _) = self.plan_in_force().await?;
        let plan = yeji_bonus::read_plan(&args.plan)?;
        let version = version.map_or(0, |version| version.version);
        plan::view(version, &plan, self.currency().await?)
    }

    /// Plans to start from.
    #[expect(clippy::unused_async, reason = "every use case is")]
    pub async fn list_bonus_templates(&self, _: NoArgs) -> Result<Vec<BonusTemplate>> {
        plan::templates()
    }

    /// Keeps a plan (TOML or JSON) as a new version and puts it in force. One with errors is refused.
    pub async fn save_bonus_plan(&self, args: PlanDraft) -> Result<BonusPlanView> {
        let _turn = self.turn().await;
        let plan = yeji_bonus::parse_plan(&args.plan)?;
        self.require_known_kpis(&plan).await?;
        self.put_in_force(plan, self.currency().await?).await
    }

    async fn put_in_force(&self, plan: Plan, currency: Currency) -> Result<BonusPlanView> {
        yeji_bonus::require_usable(&plan)?;
        let version = self.new_version(&plan).await?;
        let summary = json!({ "code": version.code, "version": version.version });
        let mut change = self.change(ChangeKind::SavePlan, summary.clone());
        change.audit = Some(AuditDraft {
            action: "bonus.plan".to_owned(),
            subject: version.id.to_string(),
            detail: summary,
        });
        let number = version.version;
        change.put.push(in_force(version.id).into());
        change.put.push(version.into());
        self.apply(change).await?;
        plan::view(number, &plan, currency)
    }

    /// Runs made so far, and the quarters that can be run.
    pub async fn list_bonus_runs(&self, _: NoArgs) -> Result<BonusRuns> {
        let store = self.store()?;
        let pay = self.pay_sight().await?;
        let mut runs = Vec::new();
        for run in store.bonus_runs().await? {
            let mut total: Money =
                serde_json::from_value(run.result.get("total").cloned().unwrap_or_default())
                    .map_err(yeji_store::Error::from)?;
            if pay != PaySight::Everybody {
                let mut rows = store.statements(run.id).await?;
                rows.retain(|row| pay.includes(row.person));
                if rows.is_empty() {
                    continue;
                }
                total = sum(total.currency, rows.iter().map(|row| row.payout))?;
            }
            runs.push(BonusRunInfo {
                id: run.id,
                period: run.period.parse()?,
                at: run.at,
                total,
            });
        }
        let periods = self.bonus_periods().await?;
        Ok(BonusRuns { runs, periods })
    }

    /// Calculates a period with the plan in force.
    pub async fn run_bonus(&self, args: RunBonus) -> Result<BonusRun> {
        Ok(self.run_bonus_with(args, None, false).await?.run)
    }

    /// As [`App::run_bonus`], with the plan of a file if one is given, and with what the engine was
    /// given and answered: for scripts and auditors. A kept run keeps its plan as a version; the plan
    /// of a file is not put in force by it. `to_file`: what the engine was given leaves the store.
    pub async fn run_bonus_with(
        &self,
        args: RunBonus,
        plan_text: Option<&str>,
        to_file: bool,
    ) -> Result<Calculation> {
        let _turn = self.turn().await;
        if args.preview && to_file {
            // A run that is kept is an entry by itself.
            let period = args.period.to_string();
            self.audit("export.bonus_input", period, json!({})).await?;
        }
        let (version, plan) = match plan_text {
            Some(text) => (None, yeji_bonus::parse_plan(text)?),
            None => self.plan_in_force().await?,
        };
        let input = self.bonus_input(&plan, args.period).await?;
        let output = yeji_bonus::calculate(&input)?;
        let input = input_document(&input)?;
        let hash = sha256(&input);
        let late = self.late_plan(version.as_ref(), args.period).await?;
        let id = if args.preview {
            None
        } else {
            let mut records = Vec::new();
            let version = if let Some(version) = version {
                version
            } else {
                let version = self.version_of(&plan, &mut records).await?;
                if plan_text.is_none() {
                    // The first run of the built-in plan: what it paid by stays in force.
                    records.push(in_force(version.id).into());
                }
                version
            };
            let late = late.as_ref();
            Some(
                self.keep_run(&version, records, &output, &hash, late)
                    .await?,
            )
        };
        let notes: Vec<Message> = late.into_iter().collect();
        let run = self
            .run_view(id, self.clock.now(), &plan, &output, hash, notes)
            .await?;
        Ok(Calculation { run, output, input })
    }

    /// The newest run of a period, with a note if facts have changed since.
    pub async fn get_bonus_run(&self, args: GetBonusRun) -> Result<Option<BonusRun>> {
        let Some(kept) = self.newest_run(args.period).await? else {
            return Ok(None);
        };
        let (plan, mut output) = self.kept_output(&kept).await?;
        let mut notes: Vec<Message> = notes::kept_note(&kept)?.into_iter().collect();
        let now = CalculateInput {
            as_of: output.as_of,
            ..self.bonus_input(&plan, args.period).await?
        };
        let pay = self.pay_sight().await?;
        if pay != PaySight::Everybody {
            let seen = |one: &Statement| one.person.parse().is_ok_and(|id| pay.includes(id));
            output.statements.retain(seen);
            if output.statements.is_empty() {
                return Ok(None);
            }
            let payouts = output.statements.iter().map(|one| one.payout);
            output.total = sum(output.total.currency, payouts)?;
            output.notes.clear();
        }
        let changed = match self.actor() {
            // It holds the own part of the input only.
            Actor::Owner(owner) => owner.changed_runs.contains(&kept.id),
            _ => sha256(&input_document(&now)?) != kept.inputs_hash,
        };
        if changed {
            notes.push(Message::new(
                "facts_changed_since_run",
                &[("period", args.period.to_string())],
            ));
        }
        let view = self
            .run_view(
                Some(kept.id),
                kept.at,
                &plan,
                &output,
                kept.inputs_hash,
                notes,
            )
            .await?;
        Ok(Some(view))
    }

    /// One person's statement: from the newest run, or calculated now where there is none.
    pub async fn get_statement(&self, args: GetStatement) -> Result<StatementView> {
        self.require_pay_of(args.person).await?;
        let kept = if args.preview {
            None
        } else {
            self.newest_run(args.period).await?
        };
        let (output, hash) = if let Some(kept) = kept {
            let (_, output) = self.kept_output(&kept).await?;
            (output, kept.inputs_hash)
        } else {
            let (_, plan) = self.plan_in_force().await?;
            let input = self.bonus_input(&plan, args.period).await?;
            let hash = sha256(&input_document(&input)?);
            (yeji_bonus::calculate(&input)?, hash)
        };
        let wanted = args.person.to_string();
        let statement = output
            .statements
            .iter()
            .find(|statement| statement.person == wanted)
            .ok_or(Error::NotFound {
                what: "statement",
                value: wanted,
            })?;
        self.statement_view(statement, &output.engine_version, hash)
            .await
    }

    async fn newest_run(&self, period: Period) -> Result<Option<KeptRun>> {
        let key = period.to_string();
        Ok(self
            .store()?
            .bonus_runs()
            .await?
            .into_iter()
            .find(|run| run.period == key))
    }

    /// The version that was put in force, else the built-in plan. Versions that only runs of a file
    /// have kept never count.
    async fn plan_in_force(&self) -> Result<(Option<BonusPlanVersion>, Plan)> {
        let store = self.store()?;
        let Some(value) = store.setting(BONUS_PLAN_IN_FORCE).await? else {
            return Ok((None, yeji_bonus::attainment_bands()?));
        };
        let id: BonusPlanId = serde_json::from_value(value).map_err(yeji_store::Error::from)?;
        let version = self.plan_version(id).await?;
        let plan = plan::read(&version.document)?;
        Ok((Some(version), plan))
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

    /// Keeps a run with its statements, and `records` (its plan) in the same change.
    async fn keep_run(
        &self,
        plan: &BonusPlanVersion,
        records: Vec<Record>,
        output: &CalculateOutput,
        hash: &str,
        late: Option<&Message>,
    ) -> Result<BonusRunId> {
        let id = BonusRunId(self.clock.new_id());
        let summary =
            json!({ "period": output.period, "total": output.total, "inputs_hash": hash });
        let mut change = self.change(ChangeKind::RunBonus, summary.clone());
        change.audit = Some(AuditDraft {
            action: "bonus.run".to_owned(),
            subject: id.to_string(),
            detail: summary,
        });
        change.put = records;
        change.put.push(
            KeptRun {
                id,
                period: output.period.to_string(),
                plan: plan.id,
                at: self.clock.now(),
                inputs_hash: hash.to_owned(),
                engine_version: output.engine_version.clone(),
                result: json!({
                    "plan": plan.code, "total": output.total, "as_of": output.as_of,
                    "notes": serde_json::to_value(&output.notes).map_err(yeji_store::Error::from)?,
                    notes::LATE_PLAN: late,
                }),
            }
            .into(),
        );
        for statement in &output.statements {
            change.put.push(
                StatementRow {
                    id: StatementId(self.clock.new_id()),
                    run: id,
                    person: statement.person.parse()?,
                    payout: statement.payout,
                    result: serde_json::to_value(statement).map_err(yeji_store::Error::from)?,
                }
                .into(),
            );
        }
        self.apply(change).await?;
        Ok(id)
    }

    /// Plan and output of a kept run, as they were.
    async fn kept_output(&self, kept: &KeptRun) -> Result<(Plan, CalculateOutput)> {
        let store = self.store()?;
        let plan = plan::read(&self.plan_version(kept.plan).await?.document)?;
        let field = |name: &str| kept.result.get(name).cloned().unwrap_or(Value::Null);
        let read = yeji_store::Error::from;
        let mut statements = Vec::new();
        for row in store.statements(kept.id).await? {
            statements.push(read_statement(row.result).map_err(read)?);
        }
        let output = CalculateOutput {
            engine_version: kept.engine_version.clone(),
            plan: plan.code.clone(),
            period: kept.period.parse()?,
            as_of: serde_json::from_value(field("as_of")).map_err(read)?,
            statements,
            total: serde_json::from_value(field("total")).map_err(read)?,
            notes: serde_json::from_value(field("notes")).map_err(read)?,
        };
        Ok((plan, output))
    }
}

fn sum(currency: Currency, payouts: impl Iterator<Item = Money>) -> Result<Money> {
    let mut total = Money::new(0, currency);
    for payout in payouts {
        total = total.checked_add(payout)?;
    }
    Ok(total)
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

/// SHA-256, hexadecimal.
fn sha256(bytes: &[u8]) -> String {
    use sha2::{Digest, Sha256};
    crate::text::hex(&Sha256::digest(bytes))
}
