//! How the bonuses of a period come to be paid: the steps of its cycle, the input that was frozen,
//! adjustments by hand or by recalculation, who is under which plan, objectives, and confirmations.
//! Steps, adjustments, decisions and confirmations are append-only.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::facts::Origin;
use crate::ids::{
    AdjustmentDecisionId, BonusAdjustmentId, BonusObjectiveId, BonusRunId, BonusStepId, PersonId,
    PlanAssignmentId, StatementConfirmationId, StatementId, UnitId,
};
use crate::{Money, Ratio};

/// What was done in the cycle of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BonusStepKind {
    /// HR hands a run in for approval; its complete input is frozen with it.
    Submit,
    /// A blocked person's pay waits, and the rest goes on.
    Hold,
    /// A manager approves the numbers of a unit.
    ApproveTeam,
    /// HR approves the whole.
    ApproveHr,
    /// A second person approves that it is paid.
    ApprovePay,
    /// Back to calculating, with a reason.
    SendBack,
    /// It was paid.
    Pay,
    /// The books are closed.
    Close,
    /// Somebody asks for the period to be opened again, with a reason.
    AskReopen,
    /// A second person opens it again.
    Reopen,
    /// The request is refused.
    RefuseReopen,
    /// A recalculation of a period that was paid: a new version of its statements.
    Restate,
}

/// A step of a period's cycle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BonusStep {
    /// Stable id.
    pub id: BonusStepId,
    /// Key of the period (`2017-Q4`).
    pub period: String,
    /// Code of the plan.
    pub plan: String,
    /// What.
    pub kind: BonusStepKind,
    /// The run that it is about.
    pub run: Option<BonusRunId>,
    /// The unit whose numbers a manager approves.
    pub unit: Option<UnitId>,
    /// Whose pay waits.
    pub person: Option<PersonId>,
    /// The day of payment.
    pub on: Option<NaiveDate>,
    /// Why.
    pub reason: Option<String>,
    /// Who.
    pub author: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// A piece of the complete input of a run, frozen when it was handed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrozenInput {
    /// Of which run.
    pub run: BonusRunId,
    /// 0, 1, 2 ...
    pub part: i64,
    /// The piece: base64 of the compressed JSON. All pieces in their order are the whole.
    pub document: String,
}

/// A line beside what a plan pays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BonusAdjustment {
    /// Stable id.
    pub id: BonusAdjustmentId,
    /// Whose.
    pub person: PersonId,
    /// Key of the period in whose statement it stands.
    pub period: String,
    /// Code of the plan.
    pub plan: String,
    /// How much, below zero too.
    pub amount: Money,
    /// Why.
    pub reason: String,
    /// What made it necessary, as JSON: an earlier statement and what changed since. None: by hand.
    pub cause: Option<String>,
    /// The recalculation that it comes from.
    pub run: Option<BonusRunId>,
    /// Who.
    pub author: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// What became of an adjustment; the newest counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// A second person approves it.
    Approved,
    /// A second person refuses it.
    Refused,
    /// Its author takes it back.
    Withdrawn,
}

/// What somebody decided on an adjustment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdjustmentDecision {
    /// Stable id.
    pub id: AdjustmentDecisionId,
    /// On which.
    pub adjustment: BonusAdjustmentId,
    /// Which way.
    pub decision: Decision,
    /// Why.
    pub reason: Option<String>,
    /// Who.
    pub author: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// Who is under a plan, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanAssignment {
    /// Stable id.
    pub id: PlanAssignmentId,
    /// Code of the plan.
    pub plan: String,
    /// Whom; none: all of the unit.
    pub person: Option<PersonId>,
    /// All of a unit and what is below it; none with no person: everybody.
    pub unit: Option<UnitId>,
    /// For one whole period of the plan; none: the record of the person, or the plan's default.
    pub target_bonus: Option<Money>,
    /// First day.
    pub from: NaiveDate,
    /// Day after the last.
    pub to: NaiveDate,
}

/// What somebody is to reach besides numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BonusObjective {
    /// Stable id.
    pub id: BonusObjectiveId,
    /// Whose.
    pub person: PersonId,
    /// Key of the period.
    pub period: String,
    /// What.
    pub name: String,
    /// Share of the whole.
    pub weight: Ratio,
    /// How far it was reached; none: not judged yet.
    pub result: Option<Ratio>,
    /// Who judged it, or entered it.
    pub author: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// A statement confirmed by whose it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatementConfirmation {
    /// Stable id.
    pub id: StatementConfirmationId,
    /// Where it was written.
    pub origin: Origin,
    /// Which statement.
    pub statement: StatementId,
    /// Whose.
    pub person: PersonId,
    /// The hash that stands on the statement, hexadecimal.
    pub hash: String,
    /// HR has a signed paper; the person did not confirm in the program.
    pub on_paper: bool,
    /// Who wrote it down.
    pub author: String,
    /// When.
    pub confirmed_at: DateTime<Utc>,
}
