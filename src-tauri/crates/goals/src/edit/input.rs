//! What `goal.edit` is asked and answers.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::split::{Note, SplitUnit};

/// A period of the plan: any half-open interval with a key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EditPeriod {
    /// Unique in the list.
    pub key: String,
    /// Key of the period above; none for exactly one root.
    #[serde(default)]
    pub parent: Option<String>,
    /// First day.
    pub start: NaiveDate,
    /// Day after the last.
    pub end: NaiveDate,
}

/// The cells of one unit without units below it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EditRow {
    /// Id of the unit or person.
    pub unit: String,
    /// Minor units, one a leaf period, in the order of time; not negative.
    pub minor: Vec<i64>,
}

/// A number that stays as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Lock {
    /// Id of a unit or person.
    pub unit: String,
    /// Key of a period. All cells of the unit in it are locked.
    pub period: String,
}

/// What happens to the sums that the changed number is part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Above {
    /// They change with it.
    Grow,
    /// The unit above stays as it is in every period: its other units absorb the change, leaf period
    /// by leaf period.
    Units,
    /// The period above stays as it is for every unit: its other periods absorb the change, person by
    /// person.
    Periods,
}

/// One change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", tag = "kind", deny_unknown_fields)]
pub enum Edit {
    /// Any number to an amount.
    Set {
        /// Id of the unit.
        unit: String,
        /// Key of the period.
        period: String,
        /// Minor units.
        minor: i64,
        /// What happens above.
        above: Above,
    },
    /// An amount from one unit to another; in every leaf period both together stay as they are.
    Shift {
        /// Id of the unit that gives.
        from: String,
        /// Id of the unit that takes.
        to: String,
        /// Key of the period.
        period: String,
        /// Minor units, above zero.
        minor: i64,
    },
    /// The whole period of a unit to an amount, by changing only what begins on a day or later.
    Revise {
        /// Id of the unit.
        unit: String,
        /// First day that may change; a leaf period under way on it stays.
        from: NaiveDate,
        /// Minor units of the whole period.
        minor: i64,
        /// What happens above.
        above: Above,
    },
}

/// Input of `goal.edit`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EditInput {
    /// The organisation; weights are not read.
    pub units: Vec<SplitUnit>,
    /// The periods, the whole before its parts, parts in the order of time.
    pub periods: Vec<EditPeriod>,
    /// The cells; a unit without a row has zeros.
    pub rows: Vec<EditRow>,
    /// What stays.
    #[serde(default)]
    pub locks: Vec<Lock>,
    /// Leaf periods that begin before this day stay; none: no past.
    #[serde(default)]
    pub frozen_before: Option<NaiveDate>,
    /// The change.
    pub edit: Edit,
}

/// A sum that changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangedSum {
    /// Id of the unit.
    pub unit: String,
    /// Key of the period.
    pub period: String,
    /// Minor units before.
    pub before: i64,
    /// And after.
    pub after: i64,
}

/// Output of `goal.edit`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EditOutput {
    /// The rows in which anything changed, whole, in the order of the organisation.
    pub rows: Vec<EditRow>,
    /// Cells that changed.
    pub changed: usize,
    /// The sums that changed among those that hold the edited number (of a shift: either of both),
    /// it included.
    pub sums: Vec<ChangedSum>,
    /// What to know: `zeros_filled` (count: cells that were zero and are not, because only zeros could
    /// take the amount).
    pub notes: Vec<Note>,
}
