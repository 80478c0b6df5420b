//! What the values of a whole column say about how they are written.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use yeji_core::facts::Stage;

use crate::{DateOrder, DecimalStyle, Field, RoleRule};

/// What a column's values showed, so that a person can check the proposal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Evidence {
    /// A date column.
    Dates(DateEvidence),
    /// An amount column.
    Amounts(AmountEvidence),
    /// One value of the stage column.
    Stage(StageEvidence),
    /// One value of the role column.
    Role(RoleEvidence),
}

/// A date column, counted over the whole file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DateEvidence {
    /// Field.
    pub field: Field,
    /// Its column.
    pub header: String,
    /// Values valid only with the day before the month (`25-10-16`), among those ending in a year.
    pub day_first_only: u32,
    /// Values valid only with the month before the day.
    pub month_first_only: u32,
    /// Values valid only with the year first.
    pub year_first_only: u32,
    /// Values valid in both orders of day and month.
    pub ambiguous: u32,
    /// Values with one reading whatever the order (ISO, Excel dates, `2017年3月1日`).
    pub unambiguous: u32,
    /// Values that are no date in the chosen order.
    pub unreadable: u32,
    /// Cells without a value.
    pub empty: u32,
    /// Different numbers in the first place and in the last place of two-digit-year values: a
    /// year's place repeats a few numbers, a day's place many.
    pub distinct_first: u32,
    /// See `distinct_first`.
    pub distinct_last: u32,
    /// The order, if one is needed and could be decided.
    pub order: Option<DateOrder>,
    /// By what.
    pub decided_by: DecidedBy,
    /// The control column beside it, if there is one.
    pub control: Option<Control>,
    /// A value and how it is read: shown to the person.
    pub example: Option<(String, String)>,
    /// Where values need an order, the one that it changes most.
    pub readings: Option<DateReadings>,
}

/// A value as each order reads it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DateReadings {
    /// As the file has it.
    pub value: String,
    /// The days, as [`DateOrder::ALL`] orders them; None: no date in that order.
    pub days: [Option<NaiveDate>; 3],
}

/// What decided an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DecidedBy {
    /// No value needs an order.
    NotNeeded,
    /// Values that have one reading only.
    Values,
    /// The control column agrees with one order only.
    Control,
    /// Another date column of the same file.
    Sibling,
    /// Nothing: a person must choose.
    Undecided,
}

/// Agreement of dates with a control column, in the chosen order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Control {
    /// The control column.
    pub header: String,
    /// Rows in which both are there and agree.
    pub agree: u32,
    /// Rows in which both are there.
    pub of: u32,
    /// Rows in which only one of the two has a value, or the control cannot be read.
    pub one_sided: u32,
}

/// An amount column, counted over the whole file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AmountEvidence {
    /// Field.
    pub field: Field,
    /// Its column.
    pub header: String,
    /// Values that only make sense with a decimal point (`1,234.50`).
    pub point_only: u32,
    /// Values that only make sense with a decimal comma (`1.234,50`).
    pub comma_only: u32,
    /// `1,234`.
    pub ambiguous_comma: u32,
    /// `1.234`.
    pub ambiguous_point: u32,
    /// Values without a separator, and numbers from Excel.
    pub plain: u32,
    /// Values that are no amount.
    pub unreadable: u32,
    /// Cells without a value.
    pub empty: u32,
    /// The style, if one is needed and could be decided.
    pub style: Option<DecimalStyle>,
}

/// A value of the stage column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct StageEvidence {
    /// As the file spells it.
    pub value: String,
    /// Rows.
    pub rows: u32,
    /// Its meaning, if known; a person maps the others.
    pub stage: Option<Stage>,
}

/// A value of the role column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RoleEvidence {
    /// As the file spells it.
    pub value: String,
    /// Rows.
    pub rows: u32,
    /// What the spelling is taken for unless a person says otherwise.
    pub rule: RoleRule,
}
