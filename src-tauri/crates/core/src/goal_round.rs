//! How a goal is agreed on: rounds in which people propose and managers adjust and submit, words on goals,
//! publication and the owners' confirmations. All of it is append-only but a round's own days; what counts
//! is the newest row.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::Money;
use crate::facts::Origin;
use crate::ids::{
    GoalAdjustmentId, GoalCommentId, GoalConfirmationId, GoalPlanId, GoalProposalId,
    GoalPublicationId, GoalRoundId, GoalSubmissionId, PersonId, UnitId,
};
use crate::metric::GoalMetric;

/// A round of one metric's goal for one year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoalRound {
    /// Stable id.
    pub id: GoalRoundId,
    /// Of which figure.
    pub metric: GoalMetric,
    /// Of which year.
    pub year: i32,
    /// The last day for people.
    pub people_due: NaiveDate,
    /// The last day for managers.
    pub managers_due: NaiveDate,
    /// When it was opened.
    pub opened_at: DateTime<Utc>,
    /// When it was closed; none: it is open.
    pub closed_at: Option<DateTime<Utc>>,
}

/// What somebody proposes for an own goal; the newest of a person counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoalProposal {
    /// Stable id.
    pub id: GoalProposalId,
    /// Where it was written.
    pub origin: Origin,
    /// In which round.
    pub round: GoalRoundId,
    /// Whose goal.
    pub person: PersonId,
    /// The year's goal.
    pub amount: Money,
    /// Why.
    pub note: Option<String>,
    /// Who wrote it: the person, or HR.
    pub author: String,
    /// When.
    pub written_at: DateTime<Utc>,
}

/// What a manager makes of somebody's number; the newest of a person counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoalAdjustment {
    /// Stable id.
    pub id: GoalAdjustmentId,
    /// In which round.
    pub round: GoalRoundId,
    /// Whose goal.
    pub person: PersonId,
    /// The year's goal; none: as the person proposed.
    pub amount: Option<Money>,
    /// Why; the person sees it.
    pub reason: String,
    /// Who.
    pub author: String,
    /// When.
    pub written_at: DateTime<Utc>,
}

/// What became of a unit's numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SubmissionState {
    /// Handed in: read-only.
    Submitted,
    /// Open again.
    SentBack,
}

/// A unit handed in, or sent back; the newest of a unit counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoalSubmission {
    /// Stable id.
    pub id: GoalSubmissionId,
    /// In which round.
    pub round: GoalRoundId,
    /// Which unit, with all below it.
    pub unit: UnitId,
    /// Which of both.
    pub state: SubmissionState,
    /// Who.
    pub author: String,
    /// Words to it; why it was sent back.
    pub note: Option<String>,
    /// When.
    pub at: DateTime<Utc>,
}

/// Words on the goal of a unit or person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoalComment {
    /// Stable id.
    pub id: GoalCommentId,
    /// Where it was written.
    pub origin: Origin,
    /// Of which figure.
    pub metric: GoalMetric,
    /// Of which year.
    pub year: i32,
    /// The version that was in force then.
    pub version: i64,
    /// The unit, or the one in which the person's goal counts.
    pub unit: UnitId,
    /// Whose goal; none: the unit's.
    pub person: Option<PersonId>,
    /// Who wrote it, if it was somebody of the organisation.
    pub by_person: Option<PersonId>,
    /// Who wrote it, as the history names them.
    pub author: String,
    /// What.
    pub words: String,
    /// When.
    pub written_at: DateTime<Utc>,
}

/// A version of a goal made public.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoalPublication {
    /// Stable id.
    pub id: GoalPublicationId,
    /// Which version.
    pub plan: GoalPlanId,
    /// SHA-256 of its numbers then, hexadecimal.
    pub figures_hash: String,
    /// Who.
    pub author: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// An own goal confirmed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoalConfirmation {
    /// Stable id.
    pub id: GoalConfirmationId,
    /// Where it was written.
    pub origin: Origin,
    /// The version in force then.
    pub plan: GoalPlanId,
    /// Whose goal.
    pub person: PersonId,
    /// What exactly was confirmed, as JSON.
    pub document: String,
    /// SHA-256 of the document, hexadecimal.
    pub hash: String,
    /// HR has a signed paper; the person did not confirm in the program.
    pub on_paper: bool,
    /// Who wrote it down.
    pub author: String,
    /// When.
    pub confirmed_at: DateTime<Utc>,
}
