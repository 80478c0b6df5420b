//! Where somebody stands against a goal, and whether the goal is a good one.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use yeji_core::calendar::Period;
use yeji_core::metric::GoalMetric;
use yeji_report::chart::Lang;

use super::Message;

/// Whose goal, and when.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct GetGoalProgress {
    /// Of which figure.
    pub metric: GoalMetric,
    /// A year, quarter, month or week of the goal.
    pub period: Period,
    /// Id of a unit or person; none: one's own, or the topmost that one sees.
    #[serde(default)]
    #[ts(optional)]
    pub unit: Option<String>,
    /// The last day whose results count; none: yesterday, or the last day with data.
    #[serde(default)]
    #[ts(optional)]
    pub as_of: Option<NaiveDate>,
    /// Language of labels.
    pub language: Lang,
}

/// A traffic light.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum GoalLight {
    /// As it should be.
    Green,
    /// To be watched.
    Amber,
    /// Out of reach, or missing.
    Red,
}

/// Where somebody stands. Amounts in major units.
#[derive(Debug, Clone, Serialize, TS)]
pub struct GoalProgress {
    /// Id of the unit or person.
    pub unit: String,
    /// Name.
    pub name: String,
    /// `company`, `department`, `team`, `person`.
    pub level: String,
    /// The period.
    pub period: Period,
    /// It in words.
    pub period_label: String,
    /// Currency.
    pub currency: String,
    /// The last day whose results count.
    pub as_of: NaiveDate,
    /// Working days of the period that are over, and all.
    pub working_days: (u32, u32),
    /// Goal of the period.
    pub goal: String,
    /// Goal by the end of that day, by working days.
    pub to_date: String,
    /// What was reached.
    pub actual: String,
    /// Actual by goal to date, exact; none where there is none.
    pub pace: Option<String>,
    /// Why there is no pace.
    pub no_pace: Option<String>,
    /// By the pace: green from 100 %, amber from 85 %.
    pub light: Option<GoalLight>,
    /// What is left of the goal.
    pub left: String,
    /// Working days that are left.
    pub days_left: u32,
    /// What is left by the days that are left, rounded up; none where no day is left.
    pub today: Option<String>,
    /// Expected landing of the period, where there is one.
    pub landing: Option<GoalLanding>,
    /// Parts of the period.
    pub steps: Vec<GoalStep>,
    /// Whether the goal is specific, measurable, achievable, relevant, time-bound, in this order.
    pub smart: Vec<SmartAnswer>,
    /// What to know.
    pub notes: Vec<Message>,
}

/// Where the period will land.
#[derive(Debug, Clone, Serialize, TS)]
pub struct GoalLanding {
    /// From what was known at the end of this day.
    pub as_of: NaiveDate,
    /// Expected.
    pub expected: String,
    /// Below it 2.5 % of the outcomes are expected; none: not known.
    pub lower: Option<String>,
    /// Above it 2.5 % of the outcomes are expected.
    pub upper: Option<String>,
}

/// A part of the period.
#[derive(Debug, Clone, Serialize, TS)]
pub struct GoalStep {
    /// Period.
    pub period: Period,
    /// It in words.
    pub label: String,
    /// Goal.
    pub goal: String,
    /// What was reached in it by the day; none: it has not begun.
    pub actual: Option<String>,
    /// Whether it is over by the day.
    pub over: bool,
}

/// One of the five answers.
#[derive(Debug, Clone, Serialize, TS)]
pub struct SmartAnswer {
    /// `specific`, `measurable`, `achievable`, `relevant`, `time_bound`.
    pub criterion: String,
    /// Light.
    pub light: GoalLight,
    /// In numbers.
    pub said: Message,
    /// What would make it green.
    pub suggestions: Vec<Message>,
}

/// Says which aim of the company a year's goal serves; empty: none.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SetGoalAim {
    /// Of which figure.
    pub metric: GoalMetric,
    /// Year.
    pub year: i32,
    /// In at most 200 characters.
    pub aim: String,
}

/// The aim that a year's goal serves.
#[derive(Debug, Clone, Serialize, TS)]
pub struct GoalAim {
    /// Empty: none.
    pub aim: String,
}
