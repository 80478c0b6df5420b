//! A goal made public, its owners' confirmations, and the paper that both sign (目标责任书).

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use yeji_core::calendar::Period;
use yeji_core::ids::{GoalPlanId, PersonId};
use yeji_core::metric::GoalMetric;
use yeji_report::chart::Lang;

use super::goals::GoalPlanInfo;

/// Makes the version in force public.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PublishGoal {
    /// The version that was looked at; it must be in force.
    pub plan: GoalPlanId,
}

/// When a version was made public.
#[derive(Debug, Clone, Serialize, TS)]
pub struct GoalPublicationInfo {
    /// The version.
    pub plan: GoalPlanId,
    /// Its number.
    #[ts(type = "number")]
    pub version: i64,
    /// Who.
    pub author: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Whether it still has the numbers that were made public.
    pub unchanged: bool,
}

/// Whether an owner confirmed the goal of today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ConfirmationState {
    /// Never confirmed.
    Open,
    /// What was confirmed is the goal of today.
    Confirmed,
    /// Confirmed, and the goal is another one since.
    Changed,
}

/// Whose goal is asked for.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct GetGoalConfirmation {
    /// Of which figure.
    pub metric: GoalMetric,
    /// Year.
    pub year: i32,
    /// Whose; none: the own one.
    #[serde(default)]
    #[ts(optional)]
    pub person: Option<PersonId>,
}

/// What an owner confirms: exactly these numbers.
#[derive(Debug, Clone, Serialize, TS)]
pub struct GoalConfirmationView {
    /// The version in force.
    pub plan: GoalPlanInfo,
    /// When it was made public; none: there is nothing to confirm yet.
    pub publication: Option<GoalPublicationInfo>,
    /// Whose goal it is, and how it stands.
    pub row: GoalConfirmationRow,
    /// The months of the year; they sum to its goal. Major units.
    pub months: Vec<(Period, String)>,
    /// What the owner confirmed last, if it is another goal.
    pub confirmed_before: Option<String>,
}

/// Confirms a goal.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ConfirmGoal {
    /// The version that was looked at; it must be in force.
    pub plan: GoalPlanId,
    /// `hash` of the numbers that were looked at: others are not confirmed by it.
    pub hash: String,
    /// None: the own goal. HR names somebody whose signed paper it has.
    #[serde(default)]
    #[ts(optional)]
    pub person: Option<PersonId>,
}

/// Confirmations of a year's goal.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ListGoalConfirmations {
    /// Of which figure.
    pub metric: GoalMetric,
    /// Year.
    pub year: i32,
    /// Only these.
    #[serde(default)]
    #[ts(optional)]
    pub state: Option<ConfirmationState>,
    /// Rows before the window.
    pub offset: u32,
    /// Rows of the window, at most 400.
    pub limit: u32,
}

/// A window of the people of a year's goal, of those who are seen.
#[derive(Debug, Clone, Serialize, TS)]
pub struct GoalConfirmations {
    /// The version in force.
    pub plan: GoalPlanInfo,
    /// When it was made public; none: nobody is asked yet.
    pub publication: Option<GoalPublicationInfo>,
    /// Currency of every amount.
    pub currency: String,
    /// People who never confirmed.
    pub open: u32,
    /// People whose goal of today is confirmed.
    pub confirmed: u32,
    /// People whose goal is another one since.
    pub changed: u32,
    /// The window, in the order of the tree.
    pub rows: Vec<GoalConfirmationRow>,
    /// Rows before the window.
    pub offset: u32,
    /// All rows that the question has.
    pub total: u32,
}

/// Somebody's goal and whether it is confirmed.
#[derive(Debug, Clone, Serialize, TS)]
pub struct GoalConfirmationRow {
    /// Whose.
    pub person: PersonId,
    /// Name.
    pub name: String,
    /// Staff number.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub staff_number: Option<String>,
    /// The unit in which the goal counts.
    pub unit: Option<String>,
    /// The goal of the year, major units.
    pub amount: String,
    /// Names exactly these numbers, year and months.
    pub hash: String,
    /// How it stands.
    pub state: ConfirmationState,
    /// When it was confirmed last.
    pub confirmed_at: Option<DateTime<Utc>>,
    /// Who wrote that down.
    pub confirmed_by: Option<String>,
    /// HR has a signed paper.
    pub on_paper: bool,
}

/// The paper of one person.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ExportGoalLetter {
    /// Of which figure.
    pub metric: GoalMetric,
    /// Year.
    pub year: i32,
    /// Whose; none: the own one.
    #[serde(default)]
    #[ts(optional)]
    pub person: Option<PersonId>,
    /// `zh-CN` or `en`.
    pub language: Lang,
}

/// The papers of everybody who is seen.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ExportGoalLetters {
    /// Of which figure.
    pub metric: GoalMetric,
    /// Year.
    pub year: i32,
    /// `zh-CN` or `en`.
    pub language: Lang,
}
