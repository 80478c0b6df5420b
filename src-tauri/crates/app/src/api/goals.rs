//! Goals: set a year, split it, show it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use yeji_core::Money;
use yeji_core::calendar::Period;
use yeji_core::goal::GoalPlanState;
use yeji_core::ids::GoalPlanId;
use yeji_core::metric::GoalMetric;

use super::Message;
use super::goal_blend::BlendRule;
use super::performance::{Days, Drill};

/// Sets a company goal for a year: a new version, earlier ones stay.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SetGoal {
    /// Of which figure.
    pub metric: GoalMetric,
    /// Year.
    pub year: i32,
    /// Major units, as in `12000000` or `12000000.50`.
    pub amount: String,
}

/// How to split.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case", tag = "by", deny_unknown_fields)]
pub enum SplitRule {
    /// In proportion to a base year's results; None: the year before.
    History {
        /// Base year.
        base: Option<i32>,
    },
    /// The same for everyone who carries a goal.
    Equal,
    /// Own weights, per person.
    Weights {
        /// Staff number, name or id -> plain decimal, not negative.
        weights: std::collections::BTreeMap<String, String>,
    },
    /// By a blend of factors.
    Blend(Box<BlendRule>),
}

/// Splits the year's goal over the organisation and the calendar.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SplitGoal {
    /// Of which figure.
    pub metric: GoalMetric,
    /// Year.
    pub year: i32,
    /// How.
    pub rule: SplitRule,
    /// Only compute and show; nothing is kept.
    pub preview: bool,
}

/// Which goal.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct GetGoal {
    /// Of which figure.
    pub metric: GoalMetric,
    /// Year.
    pub year: i32,
}

/// A goal with its decomposition.
#[derive(Debug, Clone, Serialize, TS)]
pub struct GoalTree {
    /// The plan in force; None: no goal is set for the year. One that is not split yet is in force
    /// only while the year has no other.
    pub plan: Option<GoalPlanInfo>,
    /// A newer goal that is set, but does not count before it is split.
    pub draft: Option<GoalPlanInfo>,
    /// Units and people at year, quarter and month level (cut weeks by `get_goal_weeks` or `goal show`), parents first.
    pub nodes: Vec<GoalNode>,
    /// How it was made, and what to know (people without history get nothing, ...).
    pub notes: Vec<Message>,
    /// What was reached in the same year by unit and person, for attainment; none in a preview.
    pub actuals: Vec<GoalActual>,
}

/// A version of a goal.
#[derive(Debug, Clone, Serialize, TS)]
pub struct GoalPlanInfo {
    /// Id.
    pub id: GoalPlanId,
    /// Year.
    pub year: i32,
    /// Version.
    #[ts(type = "number")]
    pub version: i64,
    /// State.
    pub state: GoalPlanState,
    /// The company's goal; for who does not see all of it, the sum of what they see.
    pub amount: Money,
    /// `history`, `equal`, `weights`; None: not split yet.
    pub split_by: Option<String>,
    /// Base year of a split by history.
    pub base: Option<i32>,
}

/// A number of the decomposition.
#[derive(Debug, Clone, Serialize, TS)]
pub struct GoalNode {
    /// Stable id of the unit or person.
    pub unit: String,
    /// Name.
    pub name: String,
    /// Of a person who has one, to tell two of one name apart.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub staff_number: Option<String>,
    /// Unit above.
    pub parent_unit: Option<String>,
    /// `company`, `department`, `team`, `person`.
    pub level: String,
    /// Period key.
    pub period: Period,
    /// Period above.
    pub parent_period: Option<Period>,
    /// Its days, where weeks are asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub days: Option<Days>,
    /// The goal in major units, plain decimal.
    pub amount: String,
    /// Its currency.
    pub currency: String,
}

/// What was reached against a goal of the year.
#[derive(Debug, Clone, Serialize, TS)]
pub struct GoalActual {
    /// Stable id of the unit or person.
    pub unit: String,
    /// What was reached in the year; a person's in whatever team.
    pub actual: Money,
    /// Exact ratio, never clamped; None: goal zero or unknown.
    pub attainment: Option<String>,
    /// What opens; None of what is no count or sum of deals.
    pub drill: Option<Drill>,
}

/// Weeks of one unit or person in a month or quarter.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct GetGoalWeeks {
    /// Of which figure.
    pub metric: GoalMetric,
    /// Year.
    pub year: i32,
    /// Unit or person id.
    pub unit: String,
}

/// Of which figure the years are.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct GetGoalYears {
    /// Of which figure; None: the won amount.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub metric: Option<GoalMetric>,
}

/// Years with a goal or with data.
#[derive(Debug, Clone, Serialize, TS)]
pub struct GoalYears {
    /// Years that have a goal.
    pub with_goal: Vec<i32>,
    /// Years that have data, with whether all twelve months have.
    pub with_data: Vec<DataYear>,
}

/// A year of history.
#[derive(Debug, Clone, Serialize, TS)]
pub struct DataYear {
    /// Year.
    pub year: i32,
    /// Months that have data (1 to 12).
    pub months: Vec<u32>,
    /// What was reached in it.
    pub result: Money,
}
