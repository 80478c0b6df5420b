//! Bonus: the plan, runs of a period, statements opened down to deals and steps.

mod input;
mod plan;
mod view;

use serde_json::{Value, json};
use yeji_bonus::{CalculateInput, CalculateOutput, Plan, Statement};
use yeji_core::calendar::{Period, PeriodKind};
use yeji_core::ids::{BonusPlanId, BonusRunId, StatementId};
use yeji_core::metric::Metric;
use yeji_store::{AuditDraft, BonusPlanVersion, BonusRun as KeptRun, ChangeKind, StatementRow};

use crate::api::bonus::{
    BonusPlanSettings, BonusPlanView, BonusRun, BonusRunInfo, BonusRuns, GetBonusRun, GetStatement,
    RunBonus, StatementView,
};
use crate::api::{Message, NoArgs};
use crate::context::App;
use crate::error::{Error, Result};
use yeji_core::Money;
use yeji_core::org::OPEN_END;

/// Quarters offered for a run.
const MAX_PERIODS: usize = 40;

impl App {
    /// The plan in force; the built-in one until another is saved.
    pub async fn get_bonus_plan(&self, _: NoArgs) -> Result<BonusPlanView> {
        let (version, plan) = self.plan_in_force().await?;
        plan::view(version.map_or(0, |version| version.version), &plan, self.currency().await?)
    }

    /// What a plan with these settings would be: its problems and its curve. Nothing is kept.
    pub async fn check_bonus_plan(&self, args: BonusPlanSettings) -> Result<BonusPlanView> {
        let (version, base) = self.plan_in_force().await?;
        let currency = self.currency().await?;
        let plan = plan::from_settings(&args, &base, currency)?;
        plan::view(version.map_or(0, |version| version.version), &plan, currency)
    }

    /// Keeps a plan as a new version. One with errors is refused.
    pub async fn save_bonus_plan(&self, args: BonusPlanSettings) -> Result<BonusPlanView> {
        let (_, base) = self.plan_in_force().await?;
        let currency = self.currency().await?;
        let plan = plan::from_settings(&args, &base, currency)?;
        plan::refuse_errors(&plan)?;
        let version = self.keep_plan(&plan).await?;
        plan::view(version.version, &plan, currency)
    }

    /// Runs made so far, and the quarters that can be run.
    pub async fn list_bonus_runs(&self, _: NoArgs) -> Result<BonusRuns> {
        let store = self.store()?;
        let mut runs = Vec::new();
        for run in store.bonus_runs().await? {
            let total: Money =
                serde_json::from_value(run.result.get("total").cloned().unwrap_or_default()).map_err(yeji_store::Error::from)?;
            runs.push(BonusRunInfo { id: run.id, period: run.period.parse()?, at: run.at, total });
        }
        let index = self.goal_index(Metric::WonAmount).await?;
        let mut periods = std::collections::BTreeSet::new();
        for month in store.months_with_data().await? {
            periods.insert(Period::containing(PeriodKind::Quarter, month)?);
        }
        for year in index.years() {
            periods.extend(Period::year(year)?.children());
        }
        let periods = periods.into_iter().rev().take(MAX_PERIODS).collect();
        Ok(BonusRuns { runs, periods })
    }

    /// Calculates a period with the plan in force.
    pub async fn run_bonus(&self, args: RunBonus) -> Result<BonusRun> {
        Ok(self.run_bonus_with(args, None).await?.0)
    }

    /// As [`App::run_bonus`], with the plan of a file if one is given, and with the engine's whole
    /// output: for scripts. Kept runs keep their plan as a version.
    pub async fn run_bonus_with(
        &self,
        args: RunBonus,
        plan_text: Option<&str>,
    ) -> Result<(BonusRun, CalculateOutput)> {
        let (version, in_force) = self.plan_in_force().await?;
        let plan = match plan_text {
            Some(text) => yeji_bonus::parse_plan(text)?,
            None => in_force.clone(),
        };
        let input = self.bonus_input(&plan, args.period).await?;
        let output = yeji_bonus::calculate(&input)?;
        let hash = inputs_hash(&input)?;
        let id = if args.preview {
            None
        } else {
            let version = match version {
                Some(version) if plan == in_force => version,
                _ => self.keep_plan(&plan).await?,
            };
            Some(self.keep_run(&plan, version.id, &output, &hash).await?)
        };
        let view = self.run_view(id, self.clock.now(), &plan, &output, hash, Vec::new()).await?;
        Ok((view, output))
    }

    /// The newest run of a period, with a note if facts have changed since.
    pub async fn get_bonus_run(&self, args: GetBonusRun) -> Result<Option<BonusRun>> {
        let Some(kept) = self.newest_run(args.period).await? else { return Ok(None) };
        let (plan, output) = self.kept_output(&kept).await?;
        let mut notes = Vec::new();
        if inputs_hash(&CalculateInput { as_of: output.as_of, ..self.bonus_input(&plan, args.period).await? })?
            != kept.inputs_hash
        {
            notes.push(Message::new("facts_changed_since_run", &[("period", args.period.to_string())]));
        }
        let view = self.run_view(Some(kept.id), kept.at, &plan, &output, kept.inputs_hash, notes).await?;
        Ok(Some(view))
    }

    /// One person's statement: from the newest run, or calculated now where there is none.
    pub async fn get_statement(&self, args: GetStatement) -> Result<StatementView> {
        let kept = if args.preview { None } else { self.newest_run(args.period).await? };
        let (output, hash) = match kept {
            Some(kept) => {
                let (_, output) = self.kept_output(&kept).await?;
                (output, kept.inputs_hash)
            }
            None => {
                let (_, plan) = self.plan_in_force().await?;
                let input = self.bonus_input(&plan, args.period).await?;
                (yeji_bonus::calculate(&input)?, inputs_hash(&input)?)
            }
        };
        let wanted = args.person.to_string();
        let statement = output
            .statements
            .iter()
            .find(|statement| statement.person == wanted)
            .ok_or(Error::NotFound { what: "statement", value: wanted })?;
        self.statement_view(statement, &output.engine_version, hash).await
    }

    async fn newest_run(&self, period: Period) -> Result<Option<KeptRun>> {
        let key = period.to_string();
        Ok(self.store()?.bonus_runs().await?.into_iter().find(|run| run.period == key))
    }

    async fn plan_in_force(&self) -> Result<(Option<BonusPlanVersion>, Plan)> {
        let newest = self.store()?.bonus_plans().await?.into_iter().max_by_key(|plan| plan.created_at);
        match newest {
            Some(version) => {
                let plan = plan::read(&version.document)?;
                Ok((Some(version), plan))
            }
            None => Ok((None, yeji_bonus::attainment_bands()?)),
        }
    }

    async fn keep_plan(&self, plan: &Plan) -> Result<BonusPlanVersion> {
        let versions = self.store()?.bonus_plans().await?;
        let last = versions.iter().filter(|version| version.code == plan.code).map(|v| v.version).max();
        let version = BonusPlanVersion {
            id: BonusPlanId(self.clock.new_id()),
            code: plan.code.clone(),
            version: last.unwrap_or(0) + 1,
            document: serde_json::to_value(plan).map_err(yeji_store::Error::from)?,
            effective_from: yeji_core::org::OPEN_START,
            effective_to: OPEN_END,
            created_at: self.clock.now(),
        };
        let summary = json!({ "code": version.code, "version": version.version });
        let mut change = self.change(ChangeKind::SavePlan, summary.clone());
        change.audit = Some(AuditDraft {
            action: "bonus.plan".to_owned(),
            subject: version.id.to_string(),
            detail: summary,
        });
        change.put.push(version.clone().into());
        self.apply(change).await?;
        Ok(version)
    }

    async fn keep_run(&self, plan: &Plan, version: BonusPlanId, output: &CalculateOutput, hash: &str) -> Result<BonusRunId> {
        let id = BonusRunId(self.clock.new_id());
        let summary = json!({ "period": output.period, "total": output.total, "inputs_hash": hash });
        let mut change = self.change(ChangeKind::RunBonus, summary.clone());
        change.audit =
            Some(AuditDraft { action: "bonus.run".to_owned(), subject: id.to_string(), detail: summary });
        change.put.push(
            KeptRun {
                id,
                period: output.period.to_string(),
                plan: version,
                at: self.clock.now(),
                inputs_hash: hash.to_owned(),
                engine_version: output.engine_version.clone(),
                result: json!({
                    "plan": plan.code, "total": output.total, "as_of": output.as_of,
                    "notes": serde_json::to_value(&output.notes).map_err(yeji_store::Error::from)?,
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
        let version = store
            .bonus_plan(kept.plan)
            .await?
            .ok_or_else(|| Error::NotFound { what: "bonus plan", value: kept.plan.to_string() })?;
        let plan = plan::read(&version.document)?;
        let field = |name: &str| kept.result.get(name).cloned().unwrap_or(Value::Null);
        let read = yeji_store::Error::from;
        let mut statements = Vec::new();
        for row in store.statements(kept.id).await? {
            statements.push(serde_json::from_value::<Statement>(row.result).map_err(read)?);
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

/// SHA-256 of the engine's complete input as JSON, hexadecimal.
fn inputs_hash(input: &CalculateInput) -> Result<String> {
    use sha2::{Digest, Sha256};
    let bytes = serde_json::to_vec(input).map_err(yeji_store::Error::from)?;
    let digest = Sha256::digest(&bytes);
    Ok(digest.iter().fold(String::with_capacity(64), |mut text, byte| {
        use std::fmt::Write;
        let _infallible = write!(text, "{byte:02x}");
        text
    }))
}
