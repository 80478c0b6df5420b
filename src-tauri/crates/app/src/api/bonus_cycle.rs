//! How the bonuses of a period come to be paid: states, steps, approvals, adjustments, recalculations.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use yeji_core::Money;
use yeji_core::bonus_cycle::Decision;
use yeji_core::calendar::Period;
use yeji_core::ids::{BonusAdjustmentId, BonusRunId, PersonId, UnitId};

use super::Message;

/// How far the bonuses of a period are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CycleState {
    /// Calculated any number of times.
    Open,
    /// Handed in: teams, HR and a second person approve.
    InReview,
    /// All have approved: nothing of it changes any more.
    Approved,
    /// Paid.
    Paid,
    /// Closed.
    Closed,
}

impl CycleState {
    /// The code in messages (term `cycle_state`).
    pub fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::InReview => "in_review",
            Self::Approved => "approved",
            Self::Paid => "paid",
            Self::Closed => "closed",
        }
    }
}

/// What can be done next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CycleAction {
    /// Hand in the newest run.
    Submit,
    /// Approve the numbers of a unit.
    ApproveTeam,
    /// Approve the whole, as HR.
    ApproveHr,
    /// Approve that it is paid, as another person than who approved as HR.
    ApprovePay,
    /// Back to calculating.
    SendBack,
    /// It was paid.
    Pay,
    /// Close the books.
    Close,
    /// Ask for the period to be opened again.
    AskReopen,
    /// Open it again, as another person than who asked.
    Reopen,
    /// Leave it as it is.
    RefuseReopen,
}

impl CycleAction {
    /// All of them, in the order of a period's life.
    pub const ALL: [Self; 10] = [
        Self::Submit,
        Self::ApproveTeam,
        Self::ApproveHr,
        Self::ApprovePay,
        Self::SendBack,
        Self::Pay,
        Self::Close,
        Self::AskReopen,
        Self::Reopen,
        Self::RefuseReopen,
    ];

    /// The code in messages (term `bonus_action`).
    pub fn code(self) -> &'static str {
        match self {
            Self::Submit => "submit",
            Self::ApproveTeam => "approve_team",
            Self::ApproveHr => "approve_hr",
            Self::ApprovePay => "approve_pay",
            Self::SendBack => "send_back",
            Self::Pay => "pay",
            Self::Close => "close",
            Self::AskReopen => "ask_reopen",
            Self::Reopen => "reopen",
            Self::RefuseReopen => "refuse_reopen",
        }
    }
}

/// Of which cycle.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct GetBonusCycle {
    /// A period of the plan.
    pub period: Period,
    /// Code of the plan; None: the plan in force.
    #[serde(default)]
    #[ts(optional)]
    pub plan: Option<String>,
}

/// The cycle of a period.
#[derive(Debug, Clone, Serialize, TS)]
pub struct BonusCycle {
    /// The period.
    pub period: Period,
    /// Code of the plan.
    pub plan: String,
    /// How far it is.
    pub state: CycleState,
    /// The run handed in; else the newest kept one of everybody.
    pub run: Option<BonusRunId>,
    /// Changes with every step; given back as `expected`.
    pub stamp: String,
    /// Versions of statements that were frozen.
    pub version: u32,
    /// Sum of what is paid, of those whose pay the asker sees: without people whose pay waits.
    pub total: Option<Money>,
    /// What the asker may do now.
    pub can: Vec<CycleAction>,
    /// Who is awaited, or why something is not possible.
    pub waits_for: Vec<Message>,
    /// What is not told, and why.
    pub notes: Vec<Message>,
    /// Teams, of the units that the asker sees.
    pub teams: Vec<TeamApproval>,
    /// Oldest first.
    pub steps: Vec<CycleStep>,
    /// What is unusual about the run's statements.
    pub anomalies: Vec<Anomaly>,
    /// Whose pay waits.
    pub held: Vec<HeldPerson>,
    /// Approved or later: what a recalculation with today's facts would change in sum; None: nothing
    /// (or the asker does not see everybody's pay).
    pub drift: Option<Money>,
}

/// A team with its sum.
#[derive(Debug, Clone, Serialize, TS)]
pub struct TeamApproval {
    /// The unit.
    pub unit: UnitId,
    /// Its name.
    pub name: String,
    /// How many statements.
    pub people: u32,
    /// Their sum, without people whose pay waits; None: they are so few that it would tell what one of them is
    /// paid, to somebody who does not see it.
    pub total: Option<Money>,
    /// Who approved it, by itself or with a unit above.
    pub approved_by: Option<String>,
    /// When.
    pub at: Option<DateTime<Utc>>,
    /// Whether the asker may approve it now.
    pub may_approve: bool,
    /// The asker does not lead it: they approve it in somebody's place, and say why.
    pub in_place: bool,
}

/// A step.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CycleStep {
    /// What (term `bonus_step`).
    pub kind: String,
    /// Who.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Name of the unit or person that it is about.
    pub name: Option<String>,
    /// The day of payment.
    pub on: Option<NaiveDate>,
    /// Why.
    pub reason: Option<String>,
}

/// Something unusual.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Anomaly {
    /// Who.
    pub person: PersonId,
    /// Name.
    pub name: String,
    /// `blocked`, `over_cap`, `negative`, `zero`, `jump`, `changed`, `goal_zero`.
    pub kind: String,
    /// In words.
    pub message: Message,
    /// The payout.
    pub payout: Money,
    /// What it is compared with.
    pub before: Option<Money>,
}

/// Somebody whose pay waits.
#[derive(Debug, Clone, Serialize, TS)]
pub struct HeldPerson {
    /// Who.
    pub person: PersonId,
    /// Name.
    pub name: String,
    /// Why.
    pub reason: Option<String>,
}

/// A step to take.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct StepBonusCycle {
    /// A period of the plan.
    pub period: Period,
    /// Code of the plan; None: the plan in force.
    #[serde(default)]
    #[ts(optional)]
    pub plan: Option<String>,
    /// Which.
    pub action: CycleAction,
    /// The stamp that was seen.
    pub expected: String,
    /// Whose numbers are approved.
    #[serde(default)]
    #[ts(optional)]
    pub unit: Option<UnitId>,
    /// Whose pay waits: people whose statements are blocked, and others with a reason.
    #[serde(default)]
    #[ts(optional, as = "Option<Vec<PersonId>>")]
    pub hold: Vec<PersonId>,
    /// The day of payment; None: today.
    #[serde(default)]
    #[ts(optional)]
    pub on: Option<NaiveDate>,
    /// Why: sending back, asking to open again, refusing that, approving over teams that are missing,
    /// pay that waits.
    #[serde(default)]
    #[ts(optional)]
    pub reason: Option<String>,
}

/// A cycle in a list.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CycleSummary {
    /// The period.
    pub period: Period,
    /// Code of the plan.
    pub plan: String,
    /// How far it is.
    pub state: CycleState,
    /// As in [`BonusCycle`].
    pub total: Option<Money>,
    /// Who is awaited.
    pub waits_for: Vec<Message>,
    /// What the asker may do where somebody is awaited: between handing in and payment, and where opening again
    /// was asked for.
    pub can: Vec<CycleAction>,
}

/// Which adjustments.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ListBonusAdjustments {
    /// In the statements of this period; None: of all.
    #[serde(default)]
    #[ts(optional)]
    pub period: Option<Period>,
}

/// A line beside what a plan pays.
#[derive(Debug, Clone, Serialize, TS)]
pub struct AdjustmentRow {
    /// Id.
    pub id: BonusAdjustmentId,
    /// Whose.
    pub person: PersonId,
    /// Name.
    pub name: String,
    /// In the statement of this period.
    pub period: Period,
    /// Code of the plan.
    pub plan: String,
    /// How much.
    pub amount: Money,
    /// Why.
    pub reason: String,
    /// What made it necessary.
    pub cause: Vec<Message>,
    /// The period that was recalculated; None: entered by hand.
    pub restated: Option<Period>,
    /// Who entered it.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
    /// `waiting`, `approved`, `refused`, `withdrawn`.
    pub state: String,
    /// Who decided.
    pub decided_by: Option<String>,
    /// When.
    pub decided_at: Option<DateTime<Utc>>,
    /// Why.
    pub decision_reason: Option<String>,
    /// Whether the asker may approve or refuse it now.
    pub may_decide: bool,
    /// Whether the asker may take it back now.
    pub may_withdraw: bool,
}

/// A line to add.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AddBonusAdjustment {
    /// Whose.
    pub person: PersonId,
    /// In the statement of this period, which is still open.
    pub period: Period,
    /// Code of the plan; None: the plan in force.
    #[serde(default)]
    #[ts(optional)]
    pub plan: Option<String>,
    /// How much, below zero too.
    pub amount: Money,
    /// Why.
    pub reason: String,
}

/// A decision.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct DecideBonusAdjustments {
    /// On which; all or none.
    pub adjustments: Vec<BonusAdjustmentId>,
    /// `approved`, `refused`, `withdrawn`.
    #[ts(type = "\"approved\" | \"refused\" | \"withdrawn\"")]
    pub decision: Decision,
    /// Why.
    #[serde(default)]
    #[ts(optional)]
    pub reason: Option<String>,
}

/// A period to recalculate.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RestateBonus {
    /// An approved, paid or closed period.
    pub period: Period,
    /// Code of the plan; None: the plan in force.
    #[serde(default)]
    #[ts(optional)]
    pub plan: Option<String>,
    /// Only compute and show.
    pub preview: bool,
}

/// A recalculation.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Restatement {
    /// The period.
    pub period: Period,
    /// Code of the plan.
    pub plan: String,
    /// Of its statements after it.
    pub version: u32,
    /// In the statements of which period the differences stand; None: there are none.
    pub into: Option<Period>,
    /// Who is paid differently.
    pub people: Vec<RestatedPerson>,
    /// Sum of the differences.
    pub total: Money,
    /// Of whom something cannot be known, so that nothing is settled with them now.
    pub notes: Vec<Message>,
}

/// Somebody whose statement comes out differently.
#[derive(Debug, Clone, Serialize, TS)]
pub struct RestatedPerson {
    /// Who.
    pub person: PersonId,
    /// Name.
    pub name: String,
    /// Paid and adjusted so far.
    pub settled: Money,
    /// What it is now.
    pub now: Money,
    /// The difference.
    pub difference: Money,
    /// What changed.
    pub causes: Vec<Message>,
}
