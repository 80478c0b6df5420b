//! What people did, mean to do next, and say to HR.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use yeji_core::ids::OpportunityId;

/// Of which deal.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ListFollowUps {
    /// The deal.
    pub opportunity: OpportunityId,
}

/// What somebody did about a deal's customer.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AddInteraction {
    /// The deal.
    pub opportunity: OpportunityId,
    /// `visit`, `call`, `meeting` or `message`.
    pub kind: String,
    /// When.
    pub on: NaiveDate,
    /// What was said.
    pub note: String,
}

/// What somebody means to do next about a deal.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AddNextStep {
    /// The deal.
    pub opportunity: OpportunityId,
    /// What.
    pub step: String,
    /// Until when.
    pub due_on: Option<NaiveDate>,
}

/// What somebody says to HR.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AddFeedback {
    /// The words.
    pub words: String,
}

/// The deal with what was done about its customer and is meant to be done next.
#[derive(Debug, Clone, Serialize, TS)]
pub struct FollowUps {
    /// The deal.
    pub opportunity: OpportunityId,
    /// As its source calls it.
    pub deal: String,
    /// Its customer; without one no interaction can be entered.
    pub customer: Option<String>,
    /// Newest first.
    pub lines: Vec<FollowUpLine>,
}

/// An interaction or a next step.
#[derive(Debug, Clone, Serialize, TS)]
pub struct FollowUpLine {
    /// Id.
    pub id: String,
    /// As the source spells it (`visit`, `call`, `meeting`, `message`), or `next_step`.
    pub kind: String,
    /// When; of a next step the day until which it is to be done.
    pub day: Option<NaiveDate>,
    /// What.
    pub words: String,
    /// Who, with the staff number where somebody else has the name.
    pub person: String,
}

/// Something that was said to HR.
#[derive(Debug, Clone, Serialize, TS)]
pub struct FeedbackRow {
    /// Id.
    pub id: String,
    /// Who, with the staff number where somebody else has the name.
    pub person: String,
    /// What.
    pub words: String,
    /// When.
    pub written_at: DateTime<Utc>,
}
