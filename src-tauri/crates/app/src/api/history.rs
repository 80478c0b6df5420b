//! Who changed what and when; taking changes back; the audit log.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;
use yeji_core::Money;
use yeji_core::ids::{BatchId, ChangeId};
use yeji_core::metric::GoalMetric;

use super::Message;
use super::data::{BatchInfo, LaterImports};

/// Which changes to list, newest first.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields, default)]
pub struct ListChanges {
    /// Kinds (`import`, `set_goal`, ...); empty: all.
    pub kinds: Vec<String>,
    /// By this person; None: by anybody.
    pub author: Option<String>,
    /// `next_cursor` of the page before.
    #[ts(type = "number | null")]
    pub cursor: Option<i64>,
}

/// A page of changes.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ChangePage {
    /// Newest first.
    pub rows: Vec<ChangeInfo>,
    /// For the next page; None at the end.
    #[ts(type = "number | null")]
    pub next_cursor: Option<i64>,
    /// Changes in all pages.
    #[ts(type = "number")]
    pub total: i64,
    /// Everybody who made a change, for the filter.
    pub authors: Vec<String>,
}

/// One change.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ChangeInfo {
    /// Number, 1, 2, 3 ...
    #[ts(type = "number")]
    pub seq: i64,
    /// Id.
    #[ts(as = "String")]
    pub id: ChangeId,
    /// When.
    pub at: DateTime<Utc>,
    /// Who.
    pub author: String,
    /// Kind.
    pub kind: String,
    /// What was done.
    pub what: Message,
    /// What the change was that this one takes back or does again.
    pub of: Option<Message>,
    /// Records that it wrote; of an import those that it overwrote.
    #[ts(type = "number")]
    pub records: i64,
    /// The import, if it is one.
    pub batch: Option<BatchId>,
    /// It is taken back.
    pub taken_back: bool,
    /// It may be taken back (which may still be refused for later work).
    pub can_take_back: bool,
}

/// The last own action.
#[derive(Debug, Clone, Default, Serialize, TS)]
pub struct LastAction {
    /// The newest change that may be taken back; none: there is nothing.
    pub change: Option<ChangeInfo>,
    /// What took an import back after it: that is the person's newest action, and cannot be taken back itself.
    pub after: Option<ChangeInfo>,
}

/// Which change.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct GetChange {
    /// Its id.
    #[ts(as = "String")]
    pub change: ChangeId,
}

/// A change with its records.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ChangeView {
    /// The change.
    pub change: ChangeInfo,
    /// Its records, the first ones.
    pub records: Vec<RecordLine>,
    /// Records that are not listed.
    #[ts(type = "number")]
    pub more: i64,
}

/// What a change did to a record.
#[derive(Debug, Clone, Serialize, TS)]
pub struct RecordLine {
    /// Table (`person`, `customer`, ...).
    pub entity: String,
    /// Row.
    #[ts(as = "String")]
    pub id: Uuid,
    /// What people call it.
    pub name: Message,
    /// `created`, `changed`, `deleted`.
    pub fate: String,
    /// The fields that were written.
    pub fields: Vec<FieldLine>,
}

/// One field that was written.
#[derive(Debug, Clone, Serialize, TS)]
pub struct FieldLine {
    /// Field (`name`, `amount`, ...).
    pub field: String,
    /// Value before, in words.
    pub from: Message,
    /// Value after, in words.
    pub to: Message,
    /// The value before may be put back.
    pub can_restore: bool,
}

/// Whose history, newest first.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ListHistory {
    /// Table (`person`, `customer`, ...).
    pub entity: String,
    /// Row.
    #[ts(as = "String")]
    pub id: Uuid,
    /// `next_cursor` of the page before.
    #[ts(type = "number | null")]
    pub cursor: Option<i64>,
}

/// A page of a record's history.
#[derive(Debug, Clone, Serialize, TS)]
pub struct HistoryPage {
    /// Table.
    pub entity: String,
    /// What people call the record.
    pub name: Message,
    /// It is there today.
    pub exists: bool,
    /// Newest first.
    pub rows: Vec<HistoryLine>,
    /// For the next page; None at the end.
    #[ts(type = "number | null")]
    pub next_cursor: Option<i64>,
    /// Entries in all pages.
    #[ts(type = "number")]
    pub total: i64,
}

/// An entry of a history.
#[derive(Debug, Clone, Serialize, TS)]
pub struct HistoryLine {
    /// The change.
    pub change: ChangeInfo,
    /// What it did to the record.
    pub record: RecordLine,
}

/// The goal of one unit or person, change by change.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ListGoalHistory {
    /// Figure.
    pub metric: GoalMetric,
    /// Year.
    pub year: i32,
    /// Key of the unit or person, as the goal tree has it.
    pub unit: String,
}

/// A change of a goal, newest first.
#[derive(Debug, Clone, Serialize, TS)]
pub struct GoalHistoryLine {
    /// The change.
    pub change: ChangeInfo,
    /// The goal of the year before; None: there was none.
    pub from: Option<Money>,
    /// The goal after; None: there is none (any more).
    pub to: Option<Money>,
}

/// Puts an overwritten value back.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RestoreValue {
    /// The change that overwrote it.
    #[ts(as = "String")]
    pub change: ChangeId,
    /// Table.
    pub entity: String,
    /// Row.
    #[ts(as = "String")]
    pub id: Uuid,
    /// Field.
    pub field: String,
    /// Only say what is there now; nothing is kept.
    pub preview: bool,
}

/// What putting a value back does, or did.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Restored {
    /// The record.
    pub name: Message,
    /// The value that is there (was there) now.
    pub present: Message,
    /// The value that is put back.
    pub value: Message,
    /// The change; None for a preview, or where the value is there already.
    #[ts(as = "Option<String>")]
    pub change: Option<ChangeId>,
}

/// Takes a change back, or does it again if it is an undo.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct UndoChange {
    /// Which; None: the last one that this session made and that is not taken back yet.
    #[ts(as = "Option<String>")]
    pub change: Option<ChangeId>,
    /// Of an import: what becomes of later ones that repeated its rows.
    #[serde(default)]
    pub later: LaterImports,
}

/// What was taken back.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ChangeUndone {
    /// The change that was taken back (or done again).
    pub undone: ChangeInfo,
    /// The new change that did it.
    #[ts(as = "String")]
    pub by: ChangeId,
    /// Later imports that were taken back with an import, newest first; the counts are theirs as well.
    pub later: Vec<BatchInfo>,
    /// Whether it was done again.
    pub redo: bool,
    /// Taking `by` back does it again. Not so for imports: they are imported again.
    pub can_redo: bool,
    /// New records that are gone.
    #[ts(type = "number")]
    pub removed: u64,
    /// Records with their earlier values.
    #[ts(type = "number")]
    pub restored: u64,
    /// Records left as they are, with the reason; the first ones.
    pub kept: Vec<Message>,
    /// How many were left as they are.
    #[ts(type = "number")]
    pub kept_count: u64,
}

/// Which audit entries, newest first.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields, default)]
pub struct ListAudit {
    /// Of this action; None: all.
    pub action: Option<String>,
    /// By this person; None: by anybody.
    pub actor: Option<String>,
    /// `next_cursor` of the page before.
    #[ts(type = "number | null")]
    pub cursor: Option<i64>,
}

/// A page of the audit log.
#[derive(Debug, Clone, Serialize, TS)]
pub struct AuditPage {
    /// Newest first.
    pub rows: Vec<AuditLine>,
    /// For the next page; None at the end.
    #[ts(type = "number | null")]
    pub next_cursor: Option<i64>,
    /// Entries in all pages.
    #[ts(type = "number")]
    pub total: i64,
    /// Head of the chain as it is printed on statements; None without entries.
    pub head: Option<String>,
    /// Actions and people that occur, for the filter.
    pub actions: Vec<String>,
    /// See `actions`.
    pub actors: Vec<String>,
}

/// An audit entry.
#[derive(Debug, Clone, Serialize, TS)]
pub struct AuditLine {
    /// Number.
    #[ts(type = "number")]
    pub seq: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// Who.
    pub actor: String,
    /// What (`bonus.run`, `export.report`, ...).
    pub action: String,
    /// What, and to what, in words.
    pub what: Message,
    /// Values worth keeping, in words.
    pub details: Vec<Message>,
    /// Number and beginning of the entry's hash, as it is printed.
    pub mark: String,
}

/// A head that was noted earlier, to be looked for.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct CheckHead {
    /// As it was printed: `12-3f9a2c41b7d0`.
    pub head: String,
}
