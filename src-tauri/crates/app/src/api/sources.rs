//! Sources: their order, and where they disagree.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;
use yeji_core::ids::BatchId;

use super::Message;

/// A source and what came from it.
#[derive(Debug, Clone, Serialize, TS)]
pub struct SourceInfo {
    /// Name.
    pub source: String,
    /// Place in the stated order, 1 is believed first; None: it keeps its records to itself.
    pub place: Option<u32>,
    /// Imports that are not taken back.
    #[ts(type = "number")]
    pub imports: u64,
    /// The latest of them.
    pub last_at: Option<DateTime<Utc>>,
    /// Kind codes of what they held.
    pub kinds: Vec<String>,
    /// Fields on which it disagrees with another source.
    #[ts(type = "number")]
    pub disagreements: i64,
}

/// Which sources are believed before which.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SourceOrder {
    /// Sources that speak of the same records, the most believed first. Others keep their records to
    /// themselves.
    pub order: Vec<String>,
    /// By kind code, where another order holds; sources left out follow in the general order.
    pub kinds: BTreeMap<String, Vec<String>>,
}

/// The sources with their order.
#[derive(Debug, Clone, Serialize, TS)]
pub struct SourceList {
    /// All that imports named, and all that the order names.
    pub sources: Vec<SourceInfo>,
    /// The stated order.
    pub order: SourceOrder,
    /// Records that stating it has changed; only in its answer.
    #[ts(type = "number")]
    pub changed_records: u64,
    /// Sources that came into an order with others after they were imported from; only in the answer to stating
    /// it. The records that they brought stay beside those of the others until they are imported again.
    pub apart: Vec<String>,
}

/// Which disagreements to list.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields, default)]
pub struct ListDisagreements {
    /// Only records of this kind.
    pub kind: Option<String>,
    /// Only where this source says something.
    pub source: Option<String>,
    /// The `next` of the window before.
    pub after: Option<String>,
}

/// A window of disagreements.
#[derive(Debug, Clone, Serialize, TS)]
pub struct DisagreementPage {
    /// Fields, by record.
    pub rows: Vec<Disagreement>,
    /// Continue after this; none at the end.
    pub next: Option<String>,
    /// All of them.
    #[ts(type = "number")]
    pub total: i64,
}

/// A field of a record on which sources disagree.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Disagreement {
    /// Table of the record, as the history names it.
    pub entity: String,
    /// Kind code.
    pub kind: String,
    /// The record.
    #[ts(type = "string")]
    pub id: Uuid,
    /// What people call it.
    pub name: Message,
    /// Field, as the history names it.
    pub field: String,
    /// What stands.
    pub value: Message,
    /// Why it stands: `precedence`, `chosen` (by a person), `edited` (none of the sources says it).
    pub reason: String,
    /// What each source says.
    pub values: Vec<ClaimedValue>,
}

/// What a source says of a field.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ClaimedValue {
    /// Source.
    pub source: String,
    /// Value.
    pub value: Message,
    /// Since when it says so.
    pub at: DateTime<Utc>,
    /// The import that brought it.
    pub batch: Option<BatchId>,
    /// It is what stands.
    pub stands: bool,
}

/// Takes what a source says of a field.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct TakeValue {
    /// Table of the record, as the history names it.
    pub entity: String,
    /// The record.
    #[ts(type = "string")]
    pub id: Uuid,
    /// Field, as the history names it.
    pub field: String,
    /// The source.
    pub source: String,
}

/// Disagreements that an import has met.
#[derive(Debug, Clone, Serialize, TS)]
pub struct DisagreementsFound {
    /// Fields.
    #[ts(type = "number")]
    pub count: u64,
    /// Some of them.
    pub samples: Vec<Disagreement>,
}
