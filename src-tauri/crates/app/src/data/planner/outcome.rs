//! What a run hands on and what it came to.

use std::collections::BTreeMap;

use uuid::Uuid;
use yeji_core::calendar::Period;
use yeji_core::facts::{ControlSum, RejectedRow};
use yeji_core::ids::BatchId;
use yeji_intake::Kind;
use yeji_store::{Entity, KnownLines, NamedCustomer, Record};

use super::{Dispute, Samples};
use crate::api::Message;
use crate::api::data::{AliasProposal, RejectedLine};

/// Records to write, and rows that are not.
#[derive(Debug, Default)]
pub(crate) struct Chunk {
    pub records: Vec<Record>,
    /// Rows to take away.
    pub deleted: Vec<(Entity, Uuid)>,
    pub rejected: Vec<RejectedRow>,
    /// Lines that shall be known next time.
    pub known: Vec<KnownLines>,
    /// Whom rows named beside merged customers.
    pub named: Vec<NamedCustomer>,
    /// Ids of the records that may overwrite one of the store: no other does.
    pub overwriting: Vec<Uuid>,
    pub done_rows: u64,
}

/// Counts of one table.
#[derive(Debug, Clone, Default)]
pub(crate) struct TableOutcome {
    pub index: u32,
    pub file: String,
    pub kind: Option<Kind>,
    pub new_rows: u64,
    pub changed_rows: u64,
    pub unchanged_rows: u64,
    pub rejected_rows: u64,
    pub rejected: Vec<RejectedLine>,
}

/// What a run came to.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    pub tables: Vec<TableOutcome>,
    pub aliases: Vec<AliasProposal>,
    /// Won amount by closing quarter, as the files have it.
    pub won_by_quarter: BTreeMap<Period, i64>,
    /// The part of it whose rows the store has already, just so.
    pub unchanged_won_by_quarter: BTreeMap<Period, i64>,
    pub notes: Vec<Message>,
    /// Totals of the files by kind and month.
    pub controls: Vec<ControlSum>,
    /// Records written in all, those without a row of their own included.
    pub records: u64,
    /// Rows that are the same already, by the import that brought them.
    pub repeated: BTreeMap<BatchId, u64>,
    /// Fields on which sources disagree, of the records that the files speak of.
    pub disputes: u64,
    pub dispute_samples: Vec<Dispute>,
    /// Rows that a preview shows.
    pub samples: Samples,
}

impl Outcome {
    pub(crate) fn sum(&self, of: fn(&TableOutcome) -> u64) -> u64 {
        self.tables.iter().map(of).sum()
    }
}

/// Why a typed row is not taken.
#[derive(Debug)]
pub(super) struct Refused {
    pub code: &'static str,
    pub params: Vec<(&'static str, String)>,
}

/// A row, taken or not.
pub(super) type Taken = Result<(), Refused>;
