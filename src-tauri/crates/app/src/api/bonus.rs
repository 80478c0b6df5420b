//! Bonus plans, runs and statements.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use yeji_core::Money;
use yeji_core::calendar::Period;
use yeji_core::ids::{BonusRunId, PersonId};

use super::Message;
use super::bonus_people::PlanVersion;

/// A plan with what is to be known about it.
#[derive(Debug, Clone, Serialize, TS)]
pub struct BonusPlanView {
    /// Version in force, 0 for the built-in template that nobody has changed.
    #[ts(type = "number")]
    pub version: i64,
    /// The plan as JSON of the published schema, every setting that is not its default.
    pub plan: String,
    /// The same as a document (TOML).
    pub document: String,
    /// Problems found (`overlapping_tiers`, `gap`, `falling_payout` ...).
    pub problems: Vec<PlanProblem>,
    /// The payout curve of each component, in their order; empty where the plan has errors.
    pub curves: Vec<ComponentCurve>,
    /// All its versions that hold some day, in the order of their days; empty of a draft.
    pub versions: Vec<PlanVersion>,
}

/// A plan that is worked on.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PlanDraft {
    /// The document, JSON or TOML.
    pub plan: String,
}

/// A plan to start from.
#[derive(Debug, Clone, Serialize, TS)]
pub struct BonusTemplate {
    /// Its code.
    pub code: String,
    /// Chinese name.
    pub name_zh: String,
    /// English name.
    pub name_en: String,
    /// The plan as JSON.
    pub plan: String,
}

/// A problem of a plan.
#[derive(Debug, Clone, Serialize, TS)]
pub struct PlanProblem {
    /// `error`, `warning` or `hint`.
    pub severity: String,
    /// Code of the component; None: the plan as a whole.
    pub component: Option<String>,
    /// Position of the tier, counted from 0.
    pub tier: Option<u32>,
    /// What.
    pub message: Message,
}

/// The payout curve of a component, for a goal and a target bonus that are said.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ComponentCurve {
    /// Its code.
    pub component: String,
    /// `attainment` or `amount`: what x is.
    pub by: String,
    /// Goal that it is drawn for.
    pub goal: Money,
    /// Target bonus that it is drawn for.
    pub target_bonus: Money,
    /// In order of x; at an edge one just below and one just above.
    pub points: Vec<CurvePoint>,
}

/// A point of the payout curve.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CurvePoint {
    /// Attainment in percent, or amount in major units: plain decimal.
    pub x: String,
    /// Payout in major units, plain decimal.
    pub payout: String,
    /// Payout in percent of the target bonus, plain decimal.
    pub payout_percent: String,
}

/// Runs a period.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RunBonus {
    /// A period of the plan.
    pub period: Period,
    /// Code of the plan; none: that of everybody who is assigned to none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub plan: Option<String>,
    /// Only compute and show; nothing is kept.
    pub preview: bool,
    /// Statements of these people only; None: of everybody. Such a run is never handed in.
    #[serde(default)]
    #[ts(optional)]
    pub people: Option<Vec<PersonId>>,
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
    /// Goal of the first component, where it is money.
    pub goal: Option<Money>,
    /// Measure of the first component, where it is money.
    pub actual: Option<Money>,
    /// Exact ratio of the first component, never clamped.
    pub attainment: Option<String>,
    /// Target bonus for the period.
    pub target_bonus: Option<Money>,
    /// Payout; where something is blocked, of what is known.
    pub payout: Money,
    /// Something cannot be known, and the statement is not to be paid as it is.
    pub blocked: bool,
    /// Why nothing, where nothing.
    pub notes: Vec<Message>,
}

/// Which statement.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct GetStatement {
    /// A period.
    pub period: Period,
    /// Whose.
    pub person: PersonId,
    /// Code of the plan; none: that of everybody who is assigned to none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub plan: Option<String>,
    /// As it would be now, whatever run is kept.
    pub preview: bool,
}

/// A statement opened down to its steps and facts.
#[derive(Debug, Clone, Serialize, TS)]
pub struct StatementView {
    /// The result.
    pub summary: StatementSummary,
    /// In the order of the plan; their amounts, the limit and the paid adjustments sum to the payout.
    pub components: Vec<ComponentView>,
    /// The line of the plan's own cap or floor.
    pub limit: Option<StatementLineView>,
    /// Lines by hand.
    pub adjustments: Vec<AdjustmentView>,
    /// SHA-256 of the run's complete input.
    pub inputs_hash: String,
    /// Engine version.
    pub engine_version: String,
    /// Head of the audit log when the statement was shown, as `12-3f9a2c41b7d0`.
    pub audit_head: Option<String>,
}

/// One component of a statement.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ComponentView {
    /// Code.
    pub code: String,
    /// Chinese name.
    pub name_zh: String,
    /// English name.
    pub name_en: String,
    /// What it pays; None: blocked, a note says why.
    pub amount: Option<Money>,
    /// What was measured.
    pub measure: Option<FigureView>,
    /// The goal.
    pub goal: Option<FigureView>,
    /// Exact ratio.
    pub attainment: Option<String>,
    /// Lines; their amounts sum to the amount.
    pub lines: Vec<StatementLineView>,
    /// The steps that made it, in order.
    pub steps: Vec<TraceStep>,
    /// Facts that count; what is credited of them sums to the measure.
    pub counted: Vec<CountedView>,
    /// Facts of the person that do not count.
    pub left_out: Vec<LeftOutView>,
    /// Why nothing, or no amount.
    pub notes: Vec<Message>,
}

/// Money or a number.
#[derive(Debug, Clone, Serialize, TS)]
pub struct FigureView {
    /// Where it is money.
    pub money: Option<Money>,
    /// Where it is a number: exact, a plain decimal or a fraction.
    pub number: Option<String>,
}

/// A fact that counts, as it was when it was counted.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CountedView {
    /// Its id in the calculation, by which steps and lines name it.
    pub fact: String,
    /// The record behind it, to open: a deal's id; None where it is no deal, or is not in this store.
    pub deal: Option<yeji_core::ids::OpportunityId>,
    /// What people call it.
    pub label: String,
    /// Event date.
    pub on: chrono::NaiveDate,
    /// Customer.
    pub customer: Option<String>,
    /// Product.
    pub product: Option<String>,
    /// Amount after refunds.
    pub amount: Money,
    /// What of it counts.
    pub credited: FigureView,
    /// Refunds have changed it.
    pub refunded: bool,
    /// How refunds made the amount; None where there are none, and in statements of earlier engines.
    pub restated: Option<RestatedView>,
}

/// An amount before refunds, and they: together what it is after them.
#[derive(Debug, Clone, Serialize, TS)]
pub struct RestatedView {
    /// Before any refund.
    pub gross: Money,
    /// By day.
    pub refunds: Vec<RefundView>,
}

/// A refund that took something back.
#[derive(Debug, Clone, Serialize, TS)]
pub struct RefundView {
    /// What people call it.
    pub label: String,
    /// Its day.
    pub on: chrono::NaiveDate,
    /// Below zero; above zero where it takes back another refund.
    pub amount: Money,
}

/// A fact that does not count.
#[derive(Debug, Clone, Serialize, TS)]
pub struct LeftOutView {
    /// What people call it.
    pub label: String,
    /// Event date.
    pub on: chrono::NaiveDate,
    /// Amount after refunds.
    pub amount: Money,
    /// How refunds made it.
    pub restated: Option<RestatedView>,
    /// Why (`left_out_outside_period`, `left_out_filter`, `left_out_net_zero`).
    pub reason: Message,
}

/// A line by hand.
#[derive(Debug, Clone, Serialize, TS)]
pub struct AdjustmentView {
    /// How much.
    pub amount: Money,
    /// Whether it is paid: a second person has approved it.
    pub paid: bool,
    /// Why.
    pub reason: String,
    /// What made it necessary, as somebody wrote it.
    pub cause: Option<String>,
    /// The period whose recalculation made it necessary.
    pub restated: Option<Period>,
    /// What changed there since it was settled.
    pub causes: Vec<Message>,
}

/// A line.
#[derive(Debug, Clone, Serialize, TS)]
pub struct StatementLineView {
    /// What for.
    pub label: Message,
    /// The counted fact that is paid by itself.
    pub fact: Option<String>,
    /// Amount.
    pub amount: Money,
}

/// A step of the calculation.
#[derive(Debug, Clone, Serialize, TS)]
pub struct TraceStep {
    /// `credit`, `measure`, `attainment`, `tier`, `rate`, `gate`, `modifier`, `limit`, `proration`,
    /// `rounding`, `pool`, `payout`.
    pub step: String,
    /// The counted fact that the step is about, where facts are paid one by one.
    pub fact: Option<String>,
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
    /// Periods of the plan in force that have data or a goal, newest first.
    pub periods: Vec<Period>,
}

/// A run without its statements.
#[derive(Debug, Clone, Serialize, TS)]
pub struct BonusRunInfo {
    /// Id.
    pub id: BonusRunId,
    /// Code of its plan.
    pub plan: String,
    /// Period.
    pub period: Period,
    /// When.
    pub at: DateTime<Utc>,
    /// Sum.
    pub total: Money,
    /// Of how many people, where it is of some only; such a run is never handed in.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub people: Option<u32>,
    /// Which version of the period's statements, where it recalculates a period that was settled.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub version: Option<u32>,
}

/// Which run.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct GetBonusRun {
    /// A period.
    pub period: Period,
    /// Code of the plan; none: that of everybody who is assigned to none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub plan: Option<String>,
}
