//! What people write themselves: what they mean to do next, and what they say to HR. (What they did is an
//! [`crate::facts::Interaction`].)

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::facts::Origin;
use crate::ids::{FeedbackId, NextStepId, OpportunityId, PersonId};

/// What somebody means to do next about a deal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NextStep {
    /// Stable id.
    pub id: NextStepId,
    /// Where it was written.
    pub origin: Origin,
    /// Who means to do it.
    pub person: PersonId,
    /// About which deal.
    pub opportunity: OpportunityId,
    /// What.
    pub step: String,
    /// Until when.
    pub due_on: Option<NaiveDate>,
    /// When it was written.
    pub written_at: DateTime<Utc>,
}

/// Something that somebody says to HR. Nobody else reads it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeedbackItem {
    /// Stable id.
    pub id: FeedbackId,
    /// Where it was written.
    pub origin: Origin,
    /// Who says it.
    pub person: PersonId,
    /// What.
    pub words: String,
    /// When it was written.
    pub written_at: DateTime<Utc>,
}
