//! Reconciliation: per source, kind and month what the files held and what the store has.

use std::collections::{BTreeMap, BTreeSet};

use yeji_core::Money;
use yeji_core::facts::{Batch, ControlSum};
use yeji_core::ids::BatchId;
use yeji_intake::Kind;
use yeji_store::Entity;

use super::planner::{STAGE_UNDECIDED, Sum, entity_of};
use crate::api::NoArgs;
use crate::api::data::ReconciliationRow;
use crate::context::App;
use crate::error::Result;

/// Identity of a line: source, kind, month.
type Key = (String, Kind, String);

impl App {
    /// The latest import that speaks of a source's month of a kind, with the rows of its files that were
    /// mended since, beside the store. Months that agree are listed too: that nothing is missing is the
    /// answer that is looked for.
    pub async fn get_reconciliation(&self, _: NoArgs) -> Result<Vec<ReconciliationRow>> {
        let store = self.store()?;
        let currency = self.currency().await?;
        let mut lines: BTreeMap<Key, ReconciliationRow> = BTreeMap::new();
        let mut wanted: BTreeSet<(String, Kind)> = BTreeSet::new();
        let mut batches = store.batches().await?;
        let repeated = self.refused_alike(&batches).await?;
        batches.retain(|batch| batch.undone_at.is_none());
        let mut newer: BTreeMap<(String, Kind), Vec<BTreeSet<String>>> = BTreeMap::new();
        // Newest first: the first that speaks of a month is the latest.
        for held in with_mended(&batches, &repeated)? {
            let batch = held.batch;
            let Some(kind) = kind_of(&held.kind) else {
                continue;
            };
            wanted.insert((batch.source.clone(), kind));
            let own = held.months.keys().map(|period| (*period).to_owned());
            let own: BTreeSet<String> = own.filter(|period| is_month(period)).collect();
            let newer = newer.entry((batch.source.clone(), kind)).or_default();
            // Rows of no month are spoken of again by a later file that holds the same months.
            let is_past = newer
                .iter()
                .any(|months| !own.is_empty() && months.is_superset(&own));
            newer.push(own);
            for (period, sum) in held.months {
                if is_past && !is_month(period) {
                    continue;
                }
                let key = (batch.source.clone(), kind, period.to_owned());
                let line = lines.entry(key).or_insert_with(|| ReconciliationRow {
                    source: batch.source.clone(),
                    kind: held.kind.clone(),
                    period: period.to_owned(),
                    batch: batch.id,
                    files: held.files.clone(),
                    file_rows: sum.rows,
                    file_amount: sum.amount,
                    store_rows: 0,
                    store_amount: sum.amount.map(|_| Money::new(0, currency)),
                    imports: 0,
                    row_difference: 0,
                    amount_difference: None,
                    agrees: false,
                });
                line.imports += 1;
            }
        }
        for (source, kind) in wanted {
            let Some(entity) = table_of(kind) else {
                continue;
            };
            for (month, total) in store.month_totals(entity, &source).await? {
                if let Some(line) = lines.get_mut(&(source.clone(), kind, month)) {
                    line.store_rows = total.rows;
                    if let Some(minor) = total.minor {
                        line.store_amount = Some(Money::new(minor, currency));
                    }
                }
            }
        }
        let mut rows: Vec<ReconciliationRow> = lines.into_values().collect();
        for row in &mut rows {
            row.row_difference = row.store_rows.saturating_sub(row.file_rows);
            row.amount_difference = match (row.store_amount, row.file_amount) {
                (Some(store), Some(file)) => {
                    let minor = store.minor.saturating_sub(file.minor);
                    Some(Money::new(minor, store.currency))
                }
                _ => None,
            };
            row.agrees = row.file_rows == row.store_rows && row.file_amount == row.store_amount;
        }
        Ok(rows)
    }

    /// Imports of one source that refused the same rows on the same lines, by one of them: a file that was
    /// taken back and imported again. What was mended of the one is mended of the others. Only imports of
    /// which rows were mended are looked for.
    async fn refused_alike(&self, batches: &[Batch]) -> Result<Alike> {
        let sums = batches.iter().flat_map(|batch| &batch.detail.controls);
        let named: BTreeSet<BatchId> = sums.filter_map(|sum| sum.mends).collect();
        let mut alike = Alike::new();
        for named in batches.iter().filter(|batch| named.contains(&batch.id)) {
            let others = batches.iter().filter(|other| {
                other.id != named.id
                    && other.source == named.source
                    && other.rejected_rows == named.rejected_rows
            });
            for other in others {
                if !alike.contains_key(&other.id) && self.refuse_alike(named.id, other.id).await? {
                    let first = *alike.entry(named.id).or_insert(named.id);
                    alike.insert(other.id, first);
                }
            }
        }
        Ok(alike)
    }

    /// Whether two imports refused the same rows on the same lines.
    async fn refuse_alike(&self, one: BatchId, other: BatchId) -> Result<bool> {
        let store = self.store()?;
        let mut after = None;
        loop {
            let one = store.rejected_rows(one, None, after, COMPARED_ROWS).await?;
            let other = store
                .rejected_rows(other, None, after, COMPARED_ROWS)
                .await?;
            let mut pairs = one.rows.iter().zip(&other.rows);
            let same = pairs.all(|(one, other)| (one.line, &one.raw) == (other.line, &other.raw));
            if !same || one.rows.len() != other.rows.len() || one.rows.is_empty() {
                return Ok(same && one.total > 0 && one.total == other.total);
            }
            after = one.next;
            if after.is_none() {
                return Ok(one.total == other.total);
            }
        }
    }
}

/// Not the line of rows without a day or without a decided stage.
fn is_month(period: &str) -> bool {
    !period.is_empty() && period != STAGE_UNDECIDED
}

/// Refused rows that are compared at once.
const COMPARED_ROWS: u32 = 500;

/// Imports that refused the same rows, each with the one that stands for them.
type Alike = BTreeMap<BatchId, BatchId>;

fn kind_of(code: &str) -> Option<Kind> {
    let kind = code.parse().ok()?;
    table_of(kind).map(|_| kind)
}

/// What the files of an import held of a kind, those with its mended rows included.
struct Held<'a> {
    batch: &'a Batch,
    kind: String,
    files: Vec<String>,
    months: BTreeMap<&'a str, Sum>,
}

/// By import and kind what was in the files, in the order of `batches`. Mended rows stand for those that
/// their import refused: they are counted with its files and not as an export of their own, of which
/// they would be the whole month.
fn with_mended<'a>(batches: &'a [Batch], alike: &'a Alike) -> Result<Vec<Held<'a>>> {
    let mending = Mending::of(batches, alike);
    let mut held = Vec::new();
    for batch in batches {
        let own = |sum: &&ControlSum| mending.mends(batch, sum).is_none();
        let sums = batch.detail.controls.iter().filter(own);
        let kinds: BTreeSet<&str> = sums.map(|sum| sum.kind.as_str()).collect();
        for kind in kinds {
            let mut files = batch.files.clone();
            let mut months: BTreeMap<&str, Sum> = BTreeMap::new();
            for (part, sum) in mending.sums(batch, kind) {
                let month = months.entry(sum.period.as_str()).or_default();
                month.add(sum.rows, sum.amount)?;
                if mending.is_mended(part, kind) {
                    month.take(sum.refused_rows, sum.refused_amount)?;
                }
                if part.id != batch.id && !part.files.iter().all(|file| files.contains(file)) {
                    files.extend(part.files.iter().cloned());
                }
            }
            // Rows whose day could not be read are in their months once they are mended.
            months.retain(|_, sum| sum.rows != 0);
            held.push(Held {
                batch,
                kind: kind.to_owned(),
                files,
                months,
            });
        }
    }
    Ok(held)
}

/// Which imports brought mended rows of which. Imports that refused the same rows count as one.
struct Mending<'a> {
    batches: &'a [Batch],
    alike: &'a Alike,
    /// Source by import.
    sources: BTreeMap<BatchId, &'a str>,
    /// Imports, by kind, of whose refused rows some were mended.
    mended: BTreeSet<(BatchId, &'a str)>,
}

impl<'a> Mending<'a> {
    fn of(batches: &'a [Batch], alike: &'a Alike) -> Self {
        let sources = batches
            .iter()
            .map(|batch| (first_of(alike, batch.id), batch.source.as_str()));
        let mut mending = Self {
            batches,
            alike,
            sources: sources.collect(),
            mended: BTreeSet::new(),
        };
        for batch in batches {
            for sum in &batch.detail.controls {
                if let Some(of) = mending.mends(batch, sum) {
                    mending.mended.insert((of, sum.kind.as_str()));
                }
            }
        }
        mending
    }

    /// The import that a sum's rows were refused by, if it or one alike stands and is of the same source.
    fn mends(&self, batch: &Batch, sum: &ControlSum) -> Option<BatchId> {
        let of = first_of(self.alike, sum.mends?);
        (self.sources.get(&of) == Some(&batch.source.as_str())).then_some(of)
    }

    fn is_mended(&self, batch: &Batch, kind: &str) -> bool {
        self.mended
            .contains(&(first_of(self.alike, batch.id), kind))
    }

    /// The sums of an import's own rows of a kind and, after them, of those that were mended since, also
    /// where they were refused and mended again.
    fn sums(&self, batch: &'a Batch, kind: &str) -> Vec<(&'a Batch, &'a ControlSum)> {
        let mut found = Vec::new();
        let mut rest = vec![(batch, None)];
        let mut met = BTreeSet::new();
        while let Some((part, of)) = rest.pop() {
            let sums = part.detail.controls.iter();
            let sums = sums.filter(|sum| sum.kind == kind && self.mends(part, sum) == of);
            found.extend(sums.map(|sum| (part, sum)));
            // What a person wrote into a workbook may name anything.
            if !self.is_mended(part, kind) || !met.insert(part.id) {
                continue;
            }
            let first = first_of(self.alike, part.id);
            for later in self.batches {
                let mut sums = later.detail.controls.iter().filter(|sum| sum.kind == kind);
                if sums.any(|sum| self.mends(later, sum) == Some(first)) {
                    rest.push((later, Some(first)));
                }
            }
        }
        found
    }
}

fn first_of(alike: &Alike, batch: BatchId) -> BatchId {
    alike.get(&batch).copied().unwrap_or(batch)
}

pub(super) fn table_of(kind: Kind) -> Option<Entity> {
    match kind {
        Kind::Opportunities => Some(Entity::Opportunity),
        kind => entity_of(kind),
    }
}
