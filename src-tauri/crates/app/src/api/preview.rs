//! What a preview shows of the rows of an import.

use serde::Serialize;
use ts_rs::TS;

use super::Message;
use super::history::RecordLine;

/// A row that is new or changes something.
#[derive(Debug, Clone, Serialize, TS)]
pub struct SampledRow {
    /// Line, counted from 1 with the header.
    pub line: u32,
    /// Its number in the source, where the name does not have it.
    pub number: Option<String>,
    /// What would be written of its record; of a new one without what the name says.
    pub record: RecordLine,
}

/// Values that would be emptied: the store has one, and the row of the file has none.
#[derive(Debug, Clone, Default, Serialize, TS)]
pub struct EmptiedValues {
    /// All of them.
    #[ts(type = "number")]
    pub count: u64,
    /// By field, most first.
    pub fields: Vec<EmptiedField>,
    /// One of them.
    pub example: Option<EmptiedValue>,
}

/// How many values of a field would be emptied.
#[derive(Debug, Clone, Serialize, TS)]
pub struct EmptiedField {
    /// Kind of the records.
    pub kind: String,
    /// Field.
    pub field: String,
    /// Values.
    #[ts(type = "number")]
    pub count: u64,
}

/// A value that would be emptied.
#[derive(Debug, Clone, Serialize, TS)]
pub struct EmptiedValue {
    /// What people call the record.
    pub name: Message,
    /// Field.
    pub field: String,
    /// The value that the store has.
    pub value: Message,
}
