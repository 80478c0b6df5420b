//! Bonus plans, runs and statements.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use yeji_core::Money;
use yeji_core::calendar::Period;
use yeji_core::ids::{BonusRunId, PersonId};

use super::Message;

/// The plan in force, in words and as the document itself.
#[derive(Debug, Clone, Serialize, TS)]
pub struct BonusPlanView {
    /// Version, 0 for the built-in template that nobody has changed.
    #[ts(type = "number")]
    pub version: i64,
    /// The settings, editable.
    pub settings: BonusPlanSettings,
    /// The document (TOML).
    pub document: String,
    /// Problems found (`overlapping_tiers`, `gap`, `falling_payout` ...).
    pub problems: Vec<PlanProblem>,
    /// Points of the payout curve for a target bonus of 1: attainment -> share of the target bonus.
    pub curve: Vec<CurvePoint>,
}

/// Every setting of a tiered plan on the target bonus.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct BonusPlanSettings {
    /// Chinese name.
    pub name_zh: String,
    /// English name.
    pub name_en: String,
    /// Tiers in order.
    pub tiers: Vec<TierSettings>,
    /// The edge of a tier belongs to the `lower` or the `upper` one.
    pub edge: String,
    /// Target bonus of a person without a record, major units; None: nothing is paid and the statement says so.
    pub default_target_bonus: Option<String>,
}

/// A tier.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct TierSettings {
    /// Attainment from, percent as plain decimal (`80`).
    pub from_percent: String,
    /// Attainment to; None: no end.
    pub to_percent: Option<String>,
    /// Pays this percent of the target bonus.
    pub pays_percent: String,
    /// `all` or `excess`.
    pub applies_to: String,
}

/// A problem of a plan.
#[derive(Debug, Clone, Serialize, TS)]
pub struct PlanProblem {
    /// `error` or `warning`.
    pub severity: String,
    /// Position of the tier, counted from 0.
    pub tier: Option<u32>,
    /// What.
    pub message: Message,
}

/// A point of the payout curve.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CurvePoint {
    /// Attainment in percent, plain decimal.
    pub attainment_percent: String,
    /// Payout in percent of the target bonus, plain decimal.
    pub payout_percent: String,
}

/// Runs a period.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RunBonus {
    /// A quarter.
    pub period: Period,
    /// Only compute and show; nothing is kept.
    pub preview: bool,
}

/// A run with its statements.
#[derive(Debug, Clone, Serialize, TS)]
pub struct BonusRun {
    /// Id; None for a preview.
    pub id: Option<BonusRunId>,
    /// Period.
    pub period: Period,
    /// When it was calculated.
    pub at: DateTime<Utc>,
    /// Version of the engine.
    pub engine_version: String,
    /// SHA-256 of the complete input.
    pub inputs_hash: String,
    /// Name of the plan, both languages.
    pub plan_name_zh: String,
    /// Name of the plan.
    pub plan_name_en: String,
    /// Statements in order of payout, then name.
    pub statements: Vec<StatementSummary>,
    /// Sum.
    pub total: Money,
    /// What to know (no goal for the period, nobody has a target bonus, facts changed since, ...).
    pub notes: Vec<Message>,
}

/// One person's result.
#[derive(Debug, Clone, Serialize, TS)]
pub struct StatementSummary {
    /// Who.
    pub person: PersonId,
    /// Name.
    pub name: String,
    /// Staff number.
    pub staff_number: Option<String>,
    /// Team.
    pub team: Option<String>,
    /// Goal.
    pub goal: Option<Money>,
    /// Actual.
    pub actual: Money,
    /// Exact ratio, never clamped.
    pub attainment: Option<String>,
    /// Target bonus used.
    pub target_bonus: Option<Money>,
    /// Payout.
    pub payout: Money,
    /// Why nothing, where nothing.
    pub notes: Vec<Message>,
}

/// Which statement.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct GetStatement {
    /// A quarter.
    pub period: Period,
    /// Whose.
    pub person: PersonId,
    /// As it would be now, whatever run is kept.
    pub preview: bool,
}

/// A statement opened down to its steps and deals.
#[derive(Debug, Clone, Serialize, TS)]
pub struct StatementView {
    /// The result.
    pub summary: StatementSummary,
    /// Lines; their amounts sum to the payout.
    pub lines: Vec<StatementLineView>,
    /// The steps that made it, in order.
    pub steps: Vec<TraceStep>,
    /// The deals that count; their amounts sum to the actual.
    pub deals: Vec<super::performance::RecordRow>,
    /// SHA-256 of the run's complete input.
    pub inputs_hash: String,
    /// Engine version.
    pub engine_version: String,
    /// Head of the audit log when the statement was shown, as `12-3f9a2c41b7d0`.
    pub audit_head: Option<String>,
}

/// A line.
#[derive(Debug, Clone, Serialize, TS)]
pub struct StatementLineView {
    /// What for.
    pub label: Message,
    /// Amount.
    pub amount: Money,
}

/// A step of the calculation.
#[derive(Debug, Clone, Serialize, TS)]
pub struct TraceStep {
    /// `credit`, `measure`, `attainment`, `tier`, `rate`, `rounding`.
    pub step: String,
    /// In words.
    pub explain: Message,
    /// The formula with the values filled in.
    pub formula: String,
    /// Its value.
    pub value: String,
}

/// Runs made so far.
#[derive(Debug, Clone, Serialize, TS)]
pub struct BonusRuns {
    /// Newest first.
    pub runs: Vec<BonusRunInfo>,
    /// Quarters that have data or a goal, newest first.
    pub periods: Vec<Period>,
}

/// A run without its statements.
#[derive(Debug, Clone, Serialize, TS)]
pub struct BonusRunInfo {
    /// Id.
    pub id: BonusRunId,
    /// Period.
    pub period: Period,
    /// When.
    pub at: DateTime<Utc>,
    /// Sum.
    pub total: Money,
}

/// Which run.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct GetBonusRun {
    /// A quarter.
    pub period: Period,
}
