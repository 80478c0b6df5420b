//! A plan as a tree-table: windows of its rows, changes of its numbers, its versions.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use yeji_core::calendar::{Period, PeriodKind};
use yeji_core::goal::GoalPlanState;
use yeji_core::ids::GoalPlanId;
use yeji_core::metric::GoalMetric;

use super::Message;
use super::goals::GoalPlanInfo;

/// Down to which periods the columns go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum GridColumns {
    /// The year and its quarters.
    Quarters,
    /// Months too.
    Months,
    /// Weeks too.
    Weeks,
}

/// Rows of a plan's tree-table.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct GetGoalGrid {
    /// Of which figure.
    pub metric: GoalMetric,
    /// Year.
    pub year: i32,
    /// Which version; none: the one in force.
    #[serde(default)]
    #[ts(optional, type = "number")]
    pub version: Option<i64>,
    /// Down to which periods.
    pub columns: GridColumns,
    /// Units whose parts are shown (the topmost always are); `*` alone: all.
    pub expanded: Vec<String>,
    /// Only people and units with this text in name or staff number, with those above them.
    #[serde(default)]
    #[ts(optional)]
    pub search: Option<String>,
    /// Rows before the window.
    pub offset: u32,
    /// Rows of the window, at most 400.
    pub limit: u32,
}

/// A window of the tree-table.
#[derive(Debug, Clone, Serialize, TS)]
pub struct GoalGrid {
    /// The version shown; none: no goal is set for the year.
    pub plan: Option<GoalPlanInfo>,
    /// Whether this version can be changed here by who asks.
    pub editable: bool,
    /// Currency of every amount.
    pub currency: String,
    /// The year first, each period before its parts.
    pub columns: Vec<GridColumn>,
    /// The window, parents before children.
    pub rows: Vec<GridRow>,
    /// Rows before the window.
    pub offset: u32,
    /// All rows that the question has.
    pub total: u32,
    /// People in the plan.
    pub people: u32,
}

/// A column.
#[derive(Debug, Clone, Serialize, TS)]
pub struct GridColumn {
    /// Period key.
    pub period: Period,
    /// Its kind.
    pub kind: PeriodKind,
    /// First day.
    pub start: NaiveDate,
    /// Day after the last.
    pub end: NaiveDate,
    /// Period above.
    pub parent: Option<Period>,
}

/// How much of a number is locked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LockMark {
    /// Nothing.
    None,
    /// Some of its cells.
    Part,
    /// All of its cells, by a lock on something above.
    All,
    /// All of its cells, by a lock on this very number.
    Own,
}

/// A row.
#[derive(Debug, Clone, Serialize, TS)]
pub struct GridRow {
    /// Stable id of the unit or person.
    pub unit: String,
    /// Name.
    pub name: String,
    /// Of a person who has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub staff_number: Option<String>,
    /// `company`, `department`, `team`, `person`.
    pub level: String,
    /// 0 for the topmost.
    pub depth: u32,
    /// Unit above, if it is seen.
    pub parent: Option<String>,
    /// Parts of this unit.
    pub children: u32,
    /// Whether its parts are shown.
    pub expanded: bool,
    /// Amounts in major units, one a column.
    pub amounts: Vec<String>,
    /// Locks, one a column.
    pub locks: Vec<LockMark>,
    /// Results of the year before by month, in major units (a sparkline); none without data.
    pub history: Option<Vec<String>>,
    /// Results of the year before, in major units, of its months that are over; none without data.
    pub last_year: Option<String>,
    /// The last day of these, where the year before is not over.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub last_year_until: Option<NaiveDate>,
    /// Goal of the same months over these, an exact fraction; none where they are zero or unknown.
    pub growth: Option<String>,
}

/// What happens to the sums above a changed number.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum GoalAbove {
    /// They change with it.
    #[default]
    Grow,
    /// The unit above stays; its other units absorb the change.
    Units,
    /// The period above stays; its other periods absorb the change.
    Periods,
}

/// One change of a plan.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case", tag = "kind", deny_unknown_fields)]
pub enum GoalEdit {
    /// A number to an amount.
    Set {
        /// Id of a unit or person.
        unit: String,
        /// A period of the plan.
        period: Period,
        /// Major units.
        amount: String,
        /// What happens above.
        above: GoalAbove,
    },
    /// An amount from one unit or person to another.
    Shift {
        /// Who gives.
        from: String,
        /// Who takes.
        to: String,
        /// In which period.
        period: Period,
        /// Major units.
        amount: String,
    },
    /// The whole year of a unit or person to an amount by what begins on a day or later: a new version.
    Revise {
        /// Id of a unit or person.
        unit: String,
        /// First day that may change.
        from: NaiveDate,
        /// Major units of the whole year.
        amount: String,
        /// What happens above.
        above: GoalAbove,
    },
    /// Everybody named gets the numbers of one, period by period.
    Copy {
        /// Whose numbers.
        from: String,
        /// Who gets them.
        to: Vec<String>,
        /// Whether the units above change with them, or others in them absorb the difference.
        #[serde(default)]
        #[ts(optional, as = "Option<GoalAbove>")]
        above: GoalAbove,
    },
    /// A number stays as it is from now on.
    Lock {
        /// Id of a unit or person.
        unit: String,
        /// A period of the plan.
        period: Period,
    },
    /// It may change again.
    Unlock {
        /// Id of a unit or person.
        unit: String,
        /// A period of the plan.
        period: Period,
    },
}

/// Changes of a plan: all of them, or none.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct EditGoal {
    /// Which version; it must be the newest.
    pub plan: GoalPlanId,
    /// In this order.
    pub edits: Vec<GoalEdit>,
    /// What begins before this day stays.
    #[serde(default)]
    #[ts(optional)]
    pub frozen_before: Option<NaiveDate>,
    /// Why, for the history.
    #[serde(default)]
    #[ts(optional)]
    pub reason: Option<String>,
    /// Only compute and show.
    pub preview: bool,
}

/// What changes did.
#[derive(Debug, Clone, Serialize, TS)]
pub struct GoalEdited {
    /// The version that has the changes.
    pub plan: GoalPlanInfo,
    /// Cells that changed (person by week).
    pub changed: u32,
    /// The years of units and people that changed most, the largest change first; at most 200.
    pub moved: Vec<GoalDifference>,
    /// How many changed in all.
    pub moved_total: u32,
    /// What to know.
    pub notes: Vec<Message>,
}

/// A number before and after.
#[derive(Debug, Clone, Serialize, TS)]
pub struct GoalDifference {
    /// Id of the unit or person.
    pub unit: String,
    /// Name.
    pub name: String,
    /// Of a person who has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub staff_number: Option<String>,
    /// `company`, `department`, `team`, `person`.
    pub level: String,
    /// Period.
    pub period: Period,
    /// Major units before; none: was not in the plan.
    pub before: Option<String>,
    /// Major units after; none: is not in the plan any more.
    pub after: Option<String>,
}

/// A version of a year's goal.
#[derive(Debug, Clone, Serialize, TS)]
pub struct GoalVersion {
    /// The version.
    pub plan: GoalPlanInfo,
    /// State.
    pub state: GoalPlanState,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was made public, and how many confirmed it; none: never.
    pub publication: Option<GoalVersionPublished>,
}

/// That a version was made public.
#[derive(Debug, Clone, Serialize, TS)]
pub struct GoalVersionPublished {
    /// Who made it public last.
    pub author: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Whether it still has the numbers that were made public.
    pub unchanged: bool,
    /// People who confirmed exactly the numbers that it has, by whatever version these came.
    pub confirmed: u32,
    /// People of the version.
    pub people: u32,
}

/// Two versions of a year's goal.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct CompareGoals {
    /// Of which figure.
    pub metric: GoalMetric,
    /// Year.
    pub year: i32,
    /// The older version.
    #[ts(type = "number")]
    pub before: i64,
    /// The newer version.
    #[ts(type = "number")]
    pub after: i64,
    /// Which periods: `year`, `quarter` or `month`.
    pub periods: PeriodKind,
}

/// What differs between two versions.
#[derive(Debug, Clone, Serialize, TS)]
pub struct GoalsCompared {
    /// The older version.
    pub before: GoalPlanInfo,
    /// The newer version.
    pub after: GoalPlanInfo,
    /// What differs, units before their parts, periods in order.
    pub rows: Vec<GoalDifference>,
}

/// Makes an older version the newest again, as a new version.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RestoreGoalVersion {
    /// Which version.
    pub plan: GoalPlanId,
}
