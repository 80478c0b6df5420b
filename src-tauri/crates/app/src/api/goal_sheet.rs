//! Goals out to a workbook and back.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use yeji_core::calendar::Period;
use yeji_core::ids::GoalPlanId;
use yeji_core::metric::GoalMetric;
use yeji_report::chart::Lang;

use super::Message;
use super::goal_grid::GoalEdited;

/// Which goal goes out.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ExportGoalSheet {
    /// Of which figure.
    pub metric: GoalMetric,
    /// Year.
    pub year: i32,
    /// Language of the headers.
    pub language: Lang,
}

/// Which goal comes back.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ReadGoalSheet {
    /// Of which figure.
    pub metric: GoalMetric,
    /// Year.
    pub year: i32,
    /// What begins before this day stays as it is.
    #[serde(default)]
    #[ts(optional)]
    pub frozen_before: Option<NaiveDate>,
    /// Only compute and show.
    pub preview: bool,
}

/// A sum of the sheet that is not what it sums.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct GoalMismatch {
    /// Line of the sheet.
    pub line: u32,
    /// Unit or person.
    pub name: String,
    /// Period.
    pub period: Period,
    /// What stands there, in major units.
    pub written: String,
    /// What its parts come to.
    pub sum: String,
}

/// What reading a sheet came to.
#[derive(Debug, Clone, Serialize, TS)]
pub struct GoalSheetRead {
    /// What does not close, at most 200; then nothing has changed.
    pub mismatches: Vec<GoalMismatch>,
    /// How many in all.
    pub mismatch_count: u32,
    /// Rows that were read.
    pub people: u32,
    /// What changed; none: nothing differs.
    pub edited: Option<GoalEdited>,
    /// Rows with only some months filled, line by line.
    pub notes: Vec<Message>,
}

/// A workbook that a dialog named, looked at.
#[derive(Debug, Clone, Serialize, TS)]
pub struct GoalSheetPicked {
    /// The version that it was held against.
    pub plan: GoalPlanId,
    /// Name of the file.
    pub file: String,
    /// What does not close, or what taking it in would move.
    pub read: GoalSheetRead,
}

/// Takes in the workbook that was looked at.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ImportGoalSheet {
    /// The version that it was held against.
    pub plan: GoalPlanId,
    /// What begins before this day stays as it is.
    #[serde(default)]
    #[ts(optional)]
    pub frozen_before: Option<NaiveDate>,
    /// Only compute and show.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub preview: bool,
}
