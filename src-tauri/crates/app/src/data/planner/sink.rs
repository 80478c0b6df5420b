//! Where the rows of a run go: records in chunks, and counts of what each row did.

use std::collections::{BTreeMap, HashMap};
use std::sync::atomic::Ordering;

use uuid::Uuid;
use yeji_core::facts::RejectedRow;
use yeji_core::ids::BatchId;
use yeji_intake::{Kind, Rejected, shown};
use yeji_store::{Entity, KnownLines, NamedCustomer, Record};

use super::Plan;
use super::controls::{Under, counted_as};
use super::outcome::{Chunk, Refused, TableOutcome};
use super::samples::{Kept, Of, line_of};
use crate::api::Message;
use crate::api::data::RejectedLine;
use crate::data::organise::RowEffect;
use crate::error::{Error, Result};

/// Records handed on at a time.
const CHUNK_RECORDS: usize = 4_000;
/// Rejected rows listed in a preview; all of them are kept with the batch.
const MAX_LISTED_REJECTED: usize = 200;
/// Bytes of rejected rows that are handed on at the latest.
const CHUNK_REJECTED_BYTES: usize = 8 << 20;
/// Rows between two looks at progress and the cancel flag.
const PROGRESS_ROWS: u64 = 5_000;

/// The receiver of a run's records.
pub(super) struct Sink<'a> {
    plan: &'a Plan,
    emit: &'a mut dyn FnMut(Chunk) -> bool,
    chunk: Chunk,
    /// Where in the chunk a row's record stands: no row may be in a chunk twice.
    in_chunk: HashMap<Uuid, usize>,
    rejected_bytes: usize,
    /// Rows read.
    rows: u64,
    pub tables: Vec<TableOutcome>,
    /// Rows that a preview shows.
    pub samples: Kept,
    /// Records written in all.
    pub records: u64,
    /// Rows that are the same already, by the import that brought them.
    pub repeated: BTreeMap<BatchId, u64>,
    /// How often what a note tells has happened, by the note's code.
    pub counts: BTreeMap<&'static str, u64>,
}

impl<'a> Sink<'a> {
    pub(super) fn new(plan: &'a Plan, emit: &'a mut dyn FnMut(Chunk) -> bool) -> Self {
        Self {
            plan,
            emit,
            chunk: Chunk::default(),
            in_chunk: HashMap::new(),
            rejected_bytes: 0,
            rows: 0,
            tables: Vec::new(),
            samples: Kept::new(plan.samples),
            records: 0,
            repeated: BTreeMap::new(),
            counts: BTreeMap::new(),
        }
    }

    /// Rows from here on are of this table.
    pub(super) fn begin_table(&mut self, table: TableOutcome) {
        self.tables.push(table);
    }

    /// A row was read.
    pub(super) fn next_row(&mut self) -> Result<()> {
        self.rows += 1;
        if self.rows.is_multiple_of(PROGRESS_ROWS) {
            self.flush()?;
        }
        Ok(())
    }

    /// A row was dealt with.
    pub(super) fn row_done(&mut self) -> Result<()> {
        let records = self.chunk.records.len() + self.chunk.named.len();
        if records >= CHUNK_RECORDS || self.rejected_bytes >= CHUNK_REJECTED_BYTES {
            self.flush()?;
        }
        Ok(())
    }

    /// Hands on what has come together.
    pub(super) fn flush(&mut self) -> Result<()> {
        if self.plan.cancelled.load(Ordering::Relaxed) {
            return Err(Error::Cancelled);
        }
        self.in_chunk.clear();
        self.rejected_bytes = 0;
        let mut chunk = std::mem::take(&mut self.chunk);
        chunk.done_rows = self.rows;
        if (self.emit)(chunk) {
            Ok(())
        } else {
            Err(Error::Cancelled)
        }
    }

    /// The record of a row, and whether it is the `same` as the one that is known, if one is.
    pub(super) fn put_over(&mut self, same: Option<bool>, new: Record) -> RowEffect {
        let effect = match same {
            Some(true) => RowEffect::Unchanged,
            Some(false) => RowEffect::Changed,
            None => RowEffect::New,
        };
        self.count(effect);
        let table = self.tables.len();
        let sample = || (line_of(&new), Of::Record(Box::new(new.clone())));
        self.samples
            .take(table, effect, (new.entity(), new.id()), sample);
        if effect == RowEffect::Changed {
            self.overwrites(new.id());
        }
        if effect != RowEffect::Unchanged {
            self.write(new);
        }
        effect
    }

    /// A record with this id, handed on now or before, may overwrite one of the store.
    pub(super) fn overwrites(&mut self, id: Uuid) {
        self.chunk.overwriting.push(id);
    }

    /// A record that stands for no row of its own, or whose row was counted.
    pub(super) fn write(&mut self, record: Record) {
        // A later row of the same run replaces an earlier one.
        if let Some(index) = self.in_chunk.get(&record.id()) {
            self.chunk.records[*index] = record;
            return;
        }
        self.in_chunk.insert(record.id(), self.chunk.records.len());
        self.add([record]);
    }

    /// Records that are no row of a table.
    pub(super) fn add(&mut self, records: impl IntoIterator<Item = Record>) {
        let before = self.chunk.records.len();
        self.chunk.records.extend(records);
        self.records += (self.chunk.records.len() - before) as u64;
    }

    /// Lines that shall be known next time.
    pub(super) fn know(&mut self, lines: KnownLines) {
        self.chunk.known.push(lines);
    }

    /// Whom a row named beside merged customers.
    pub(super) fn name(&mut self, named: NamedCustomer) {
        self.records += 1;
        self.chunk.named.push(named);
    }

    /// Rows of the store to take away.
    pub(super) fn delete(&mut self, rows: Vec<(Entity, Uuid)>) {
        self.records += rows.len() as u64;
        self.chunk.deleted.extend(rows);
    }

    /// What a row did that is not one record, and what it is of.
    pub(super) fn row_did(&mut self, effect: RowEffect, line: u32, of: Of) {
        self.count(effect);
        let table = self.tables.len();
        self.samples.take(table, effect, of.key(), || (line, of));
    }

    /// What a row did.
    pub(super) fn count(&mut self, effect: RowEffect) {
        let Some(table) = self.tables.last_mut() else {
            return;
        };
        match effect {
            RowEffect::New => table.new_rows += 1,
            RowEffect::Changed => table.changed_rows += 1,
            RowEffect::Unchanged => table.unchanged_rows += 1,
        }
    }

    /// Rows repeat what an import has brought.
    pub(super) fn repeat(&mut self, batch: BatchId, rows: u64) {
        *self.repeated.entry(batch).or_default() += rows;
    }

    /// Once more what the note of that code tells.
    pub(super) fn note(&mut self, code: &'static str) {
        *self.counts.entry(code).or_default() += 1;
    }

    /// A row that could not be read, and where it is counted.
    pub(super) fn reject(&mut self, rejected: Rejected, under: Option<(Kind, Under)>) {
        let mut params = rejected.params;
        params.insert("value".to_owned(), rejected.value);
        if let Some(field) = rejected.field {
            params.insert("field".to_owned(), field.code().to_owned());
        }
        say_where(&mut params, under);
        self.keep_rejected(rejected.line, rejected.code.code(), params, rejected.raw);
    }

    /// A row that was read and is not taken, and where it is counted.
    pub(super) fn refuse(
        &mut self,
        line: u32,
        refused: Refused,
        raw: Vec<String>,
        under: Option<(Kind, Under)>,
    ) {
        let params = refused.params.into_iter();
        let params = params.map(|(name, value)| (name.to_owned(), value));
        let mut params = params.collect();
        say_where(&mut params, under);
        self.keep_rejected(line, refused.code, params, raw);
    }

    fn keep_rejected(
        &mut self,
        line: u32,
        code: &str,
        mut params: BTreeMap<String, String>,
        raw: Vec<String>,
    ) {
        params.insert("line".to_owned(), line.to_string());
        let Some(table) = self.tables.last_mut() else {
            return;
        };
        table.rejected_rows += 1;
        if table.rejected.len() < MAX_LISTED_REJECTED {
            table.rejected.push(RejectedLine {
                file: table.file.clone(),
                line,
                reason: Message {
                    code: code.to_owned(),
                    params: params.clone(),
                },
                raw: raw.iter().map(|cell| shown(cell)).collect(),
            });
        }
        self.rejected_bytes += raw.iter().map(String::len).sum::<usize>();
        self.chunk.rejected.push(RejectedRow {
            batch: self.plan.batch,
            file: table.file.clone(),
            line,
            code: code.to_owned(),
            params,
            raw,
        });
    }
}

fn say_where(params: &mut BTreeMap<String, String>, under: Option<(Kind, Under)>) {
    if let Some((kind, under)) = under {
        let counted = counted_as(kind.code(), &under.key());
        params.insert(RejectedRow::COUNTED.to_owned(), counted);
    }
}
