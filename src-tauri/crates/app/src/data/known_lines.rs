//! Lines of an export that an earlier import has read, and that still say what the store has: they are
//! counted, not read. Where anything could make one mean something else than it did then, the file is
//! read in full: only what is certain is taken from here.

mod look_up;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, PoisonError};

use chrono::NaiveDate;
use uuid::Uuid;
use yeji_core::ids::{BatchId, PersonId};
use yeji_intake::{Kind, LinePrint, Mapping, SourceFile, plain_lines};
use yeji_store::{KnownLine, KnownLines, KnownName};

use super::Session;
use super::session::MappedTable;
use crate::blocking::blocking;
use crate::context::App;
use crate::error::Result;
use look_up::LookUp;

/// Lines that are kept of one source at most; beyond, its files are read in full. Three years of a
/// company with 600,000 deals a year: 90 MB.
const MAX_KNOWN_LINES: usize = 2_000_000;
/// Imports whose lines are kept under a form; the next one after them is read in full and kept alone, so
/// that lines of deals which were written since do not pile up.
const MAX_IMPORTS: usize = 32;

/// Prints of a file's lines that are rows by themselves, by line.
pub(crate) type Prints = Vec<(u32, LinePrint)>;

/// What is known of a file's lines.
#[derive(Debug, Clone)]
pub(crate) struct KnownFile {
    /// What a file must look like for its lines to mean the same.
    pub form: String,
    pub prints: Arc<Prints>,
    /// Lines that the file is read without.
    pub recognised: Option<Arc<Recognised>>,
    /// What is kept under the form does not hold, or is too much: it is kept anew.
    pub outdated: bool,
}

/// What lines that are not read come to.
#[derive(Debug, Default)]
pub(crate) struct Recognised {
    /// Number of the last change that this holds for.
    pub seq: i64,
    pub rows: u64,
    /// How many of them, by the import that has read them.
    pub by_import: BTreeMap<BatchId, u64>,
    /// Won rows with an amount by closing day: their number and sum in minor units.
    pub won: BTreeMap<NaiveDate, (i64, i64)>,
    pub without_customer: u64,
    /// Who owns the lines' deals.
    pub owners: BTreeSet<PersonId>,
    /// The deals, in order.
    deals: Vec<Uuid>,
    /// What their names meant.
    pub names: BTreeSet<KnownName>,
    /// The mappings that they were read by.
    mappings: Vec<Mapping>,
}

impl App {
    /// Looks which lines of a session's only file are known. A file that they cannot be told for is read
    /// in full, as ever.
    pub(super) async fn know_lines(&self, mut session: Session) -> Result<Session> {
        let Some((file, form)) = session.deals_by_line() else {
            return Ok(session);
        };
        let precedence = self.precedence().await?;
        if !precedence.partners(&session.source).is_empty() {
            return Ok(session);
        }
        let store = self.store()?;
        let kept = if store.has_known_lines(&session.source, &form).await? {
            match store.known_lines(&session.source, &form).await {
                Ok((seq, parts)) => Kept::of(seq, parts),
                // They only save time: an import does not fail for them, and keeps them anew.
                Err(
                    error @ (yeji_store::Error::Unreadable { .. } | yeji_store::Error::Json(_)),
                ) => {
                    tracing::warn!("known lines are read anew: {error}");
                    Kept {
                        outdated: true,
                        ..Kept::default()
                    }
                }
                Err(error) => return Err(error.into()),
            }
        } else {
            Kept::default()
        };
        blocking(move || {
            if let Some((left_out, known)) = recognise(&file, form, kept)? {
                session.know(known, left_out);
            }
            Ok(session)
        })
        .await
    }

    /// Reads a session's file in full from here on.
    pub(super) async fn read_in_full(&self, token: &str) -> Result<()> {
        let session = self.session(token)?;
        blocking(move || {
            let mut session = session.lock().unwrap_or_else(PoisonError::into_inner);
            session.read_in_full();
            Ok(())
        })
        .await
    }
}

impl Recognised {
    /// Whether one of the lines is of a deal.
    pub(crate) fn has(&self, deal: Uuid) -> bool {
        self.deals.binary_search(&deal).is_ok()
    }

    /// Whether the columns mean to a mapping what they meant when the lines were read. `finished`: tax
    /// and currency are decided; before that, a currency that the values themselves name must be theirs.
    pub(crate) fn fits(&self, mapping: &Mapping, finished: bool) -> bool {
        self.mappings.iter().all(|known| {
            let (known, mapping) = (completed(known, mapping), completed(mapping, known));
            let same_money = if finished {
                known.currency == mapping.currency && known.tax_included == mapping.tax_included
            } else {
                mapping.currency.is_none() || known.currency == mapping.currency
            };
            same_money
                && known.kind == mapping.kind
                && known.columns == mapping.columns
                && known.date_order == mapping.date_order
                && known.decimal == mapping.decimal
                && known.unit == mapping.unit
                && known.stages == mapping.stages
        })
    }

    /// A mapping with what only the known lines had values for.
    pub(crate) fn complete(&self, mapping: &mut Mapping) {
        for known in &self.mappings {
            *mapping = completed(mapping, known);
        }
    }
}

/// What the store keeps under a form.
#[derive(Debug, Default)]
struct Kept {
    /// Number of the store's last change.
    seq: i64,
    mappings: Vec<Mapping>,
    names: BTreeSet<KnownName>,
    /// The imports that have read the lines.
    batches: Vec<Option<BatchId>>,
    /// Each with the place of its import.
    lines: Vec<(KnownLine, u32)>,
    /// Too many imports or lines, or something that this version cannot read.
    outdated: bool,
}

impl Kept {
    fn of(seq: i64, parts: Vec<KnownLines>) -> Self {
        let mut kept = Self {
            seq,
            ..Self::default()
        };
        let imports: BTreeSet<i64> = parts.iter().map(|part| part.change_seq).collect();
        for part in parts {
            match Mapping::from_toml(&part.mapping) {
                Ok(mapping) if !kept.mappings.contains(&mapping) => kept.mappings.push(mapping),
                Ok(_) => {}
                Err(error) => {
                    tracing::warn!("known lines are read anew: {error}");
                    kept.outdated = true;
                }
            }
            kept.names.extend(part.names);
            if kept.batches.last() != Some(&part.batch) {
                kept.batches.push(part.batch);
            }
            let place = u32::try_from(kept.batches.len() - 1).unwrap_or(u32::MAX);
            kept.lines
                .extend(part.lines.into_iter().map(|line| (line, place)));
        }
        kept.outdated |= imports.len() > MAX_IMPORTS || kept.lines.len() > MAX_KNOWN_LINES;
        if kept.outdated {
            kept.lines = Vec::new();
        }
        kept
    }
}

/// A mapping with another's readings of values that it has none for.
fn completed(mapping: &Mapping, other: &Mapping) -> Mapping {
    fn fill<K: Ord + Clone, V: Clone>(own: &mut BTreeMap<K, V>, other: &BTreeMap<K, V>) {
        for (key, value) in other {
            own.entry(key.clone()).or_insert_with(|| value.clone());
        }
    }
    let mut mapping = mapping.clone();
    fill(&mut mapping.date_order, &other.date_order);
    fill(&mut mapping.decimal, &other.decimal);
    fill(&mut mapping.stages, &other.stages);
    mapping
}

/// Whether what is kept of a table's lines is all that a run makes of them.
pub(super) fn can_be_known(tables: &[MappedTable], partners: &[String]) -> bool {
    let [table] = tables else { return false };
    table.mapping.kind == Kind::Opportunities
        && partners.is_empty()
        && !super::import::leaves_deals_out(table)
}

/// Goes through a file's lines. None: its lines cannot be told apart, or are too many.
fn recognise(
    file: &SourceFile,
    form: String,
    kept: Kept,
) -> Result<Option<(yeji_intake::LeftOut, KnownFile)>> {
    let mut found = Recognised {
        seq: kept.seq,
        mappings: kept.mappings,
        names: kept.names,
        ..Recognised::default()
    };
    let mut prints = Prints::new();
    let mut looked_up = LookUp::of(&kept.lines);
    let mut met = vec![false; kept.lines.len()];
    let mut read_by = vec![0_u64; kept.batches.len()];
    let left_out = plain_lines(file, &mut |number, print| {
        if prints.len() <= MAX_KNOWN_LINES {
            prints.push((number, print));
        }
        // A line that stands twice in the file is read the second time, and refused.
        let at = looked_up.place_of(print);
        let Some((at, (line, import))) = at.and_then(|at| Some((at, kept.lines.get(at)?))) else {
            return false;
        };
        let taken = !std::mem::replace(&mut met[at], true) && found.count(line);
        if taken
            && let Some(rows) = usize::try_from(*import)
                .ok()
                .and_then(|at| read_by.get_mut(at))
        {
            *rows += 1;
        }
        taken
    })?;
    let Some(left_out) = left_out.filter(|_| prints.len() <= MAX_KNOWN_LINES) else {
        return Ok(None);
    };
    prints.shrink_to_fit();
    for (batch, rows) in kept.batches.iter().zip(read_by) {
        if let Some(batch) = batch.filter(|_| rows > 0) {
            *found.by_import.entry(batch).or_default() += rows;
        }
    }
    found.deals.sort_unstable();
    // Two lines of one deal (another spelling, a column that is not imported): which of them is refused
    // only reading tells. And where most lines are read, looking their deals up one by one is no gain.
    let is_once = found.deals.windows(2).all(|pair| pair[0] != pair[1]);
    let is_most = found.rows.saturating_mul(2) >= prints.len() as u64;
    let recognised = (found.rows > 0 && is_once && is_most).then(|| Arc::new(found));
    let known = KnownFile {
        form,
        prints: Arc::new(prints),
        recognised,
        outdated: kept.outdated,
    };
    Ok(Some((left_out, known)))
}

impl Recognised {
    /// Counts a line; false where its amount does not fit into the sum: reading it tells.
    fn count(&mut self, line: &KnownLine) -> bool {
        if let Some(day) = line.won_on {
            let (rows, minor) = self.won.entry(day).or_default();
            let Some(sum) = minor.checked_add(line.won_minor) else {
                return false;
            };
            (*rows, *minor) = (*rows + 1, sum);
        }
        self.rows += 1;
        self.without_customer += u64::from(line.without_customer);
        self.deals.push(line.deal.0);
        self.owners.insert(line.owner);
        true
    }
}
