//! A plan of one year as the plan of another.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use yeji_core::metric::GoalMetric;

use super::Message;
use super::goal_grid::GoalDifference;
use super::goals::GoalPlanInfo;

/// What the year it is copied to comes to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case", tag = "by", deny_unknown_fields)]
pub enum CopyAmount {
    /// The goal of the year it comes from times a factor.
    Growth {
        /// Plain decimal, not negative: `1.1` is 10 % more.
        factor: String,
    },
    /// Another goal.
    Amount {
        /// Major units, as in `12000000` or `12000000.50`.
        amount: String,
    },
}

/// Makes the goal in force of one year the goal of another: a new version of that year, split.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct CopyGoalPlan {
    /// Of which figure.
    pub metric: GoalMetric,
    /// The year it comes from.
    pub from: i32,
    /// The year it goes to.
    pub to: i32,
    /// What that year comes to.
    pub amount: CopyAmount,
    /// Only compute and show; nothing is kept.
    pub preview: bool,
}

/// What copying a plan comes to.
#[derive(Debug, Clone, Serialize, TS)]
pub struct GoalCopied {
    /// The version of the other year.
    pub plan: GoalPlanInfo,
    /// The version that was copied.
    pub from: GoalPlanInfo,
    /// The version that is in force in the other year until then; none: it has no goal.
    pub replaced: Option<GoalPlanInfo>,
    /// Every unit and person: the year that was copied, and the other one. Units before their parts, then who
    /// is in the other year no more.
    pub rows: Vec<GoalDifference>,
    /// Who left, moved or is new, and what to know.
    pub notes: Vec<Message>,
}
