//! Lines of an export that an earlier import has read, and that still say what the store has: they are
//! counted, not read. Where anything could make one mean something else than it did then, the file is
//! read in full: only what is certain is taken from here.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::{Arc, PoisonError};

use chrono::NaiveDate;
use uuid::Uuid;
use yeji_intake::{Kind, LinePrint, Mapping, SourceFile, plain_lines};
use yeji_store::{KnownLines, KnownName};

use super::Session;
use super::session::MappedTable;
use crate::blocking::blocking;
use crate::context::App;
use crate::error::Result;

/// Lines that are kept of one source at most; beyond, its files are read in full. Three years of a
/// company with 600,000 deals a year: 90 MB.
const MAX_KNOWN_LINES: usize = 2_000_000;

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
    /// Lines that are kept already.
    pub kept: usize,
}

/// What lines that are not read come to.
#[derive(Debug, Default)]
pub(crate) struct Recognised {
    /// Number of the last change that this holds for.
    pub seq: i64,
    pub rows: u64,
    /// Won rows with an amount by closing day: their number and sum in minor units.
    pub won: BTreeMap<NaiveDate, (i64, i64)>,
    pub without_customer: u64,
    pub without_closing_day: u64,
    pub deals: HashSet<Uuid>,
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
        let store = self.store()?;
        let (seq, known) = if store.has_known_lines(&session.source, &form).await? {
            store.known_lines(&session.source, &form).await?
        } else {
            (0, Vec::new())
        };
        blocking(move || {
            let Some((left_out, known)) = recognise(&file, form, seq, known)? else {
                return Ok(session);
            };
            session.know(known, left_out);
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

impl KnownFile {
    /// Whether more lines of the file may be kept.
    pub(crate) fn has_room(&self) -> bool {
        let new = self.prints.len();
        let kept = self.recognised.as_ref().map_or(0, |_| self.kept);
        new.saturating_add(kept) <= MAX_KNOWN_LINES
    }
}

impl Recognised {
    /// The mapping that the last of them were read by.
    pub(crate) fn mapping(&self) -> Option<&Mapping> {
        self.mappings.last()
    }

    /// Whether the columns mean to a mapping what they meant when the lines were read. `finished`: also
    /// what is decided last, tax and currency.
    pub(crate) fn fits(&self, mapping: &Mapping, finished: bool) -> bool {
        self.mappings.iter().all(|known| {
            let (known, mapping) = (completed(known, mapping), completed(mapping, known));
            let decided_last =
                known.currency == mapping.currency && known.tax_included == mapping.tax_included;
            (!finished || decided_last)
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

/// Goes through a file's lines. None: its lines cannot be told apart.
fn recognise(
    file: &SourceFile,
    form: String,
    seq: i64,
    known: Vec<KnownLines>,
) -> Result<Option<(yeji_intake::LeftOut, KnownFile)>> {
    let mut found = Recognised {
        seq,
        ..Recognised::default()
    };
    for part in &known {
        let mapping = Mapping::from_toml(&part.mapping)?;
        if !found.mappings.contains(&mapping) {
            found.mappings.push(mapping);
        }
        found.names.extend(part.names.iter().cloned());
    }
    let kept = known.iter().map(|part| part.lines.len()).sum();
    let mut lines: HashMap<[u8; 16], _, foldhash::fast::RandomState> =
        HashMap::with_capacity_and_hasher(kept, foldhash::fast::RandomState::default());
    for part in known {
        lines.extend(part.lines.into_iter().map(|line| (line.print, line)));
    }
    let mut prints = Prints::new();
    let left_out = plain_lines(file, &mut |number, print| {
        prints.push((number, print));
        // Taken out: a line that stands twice in the file is read the second time, and refused.
        let Some(line) = lines.remove(&print.0) else {
            return false;
        };
        if let Some(day) = line.won_on {
            let (rows, minor) = found.won.entry(day).or_default();
            let Some(sum) = minor.checked_add(line.won_minor) else {
                return false;
            };
            (*rows, *minor) = (*rows + 1, sum);
        }
        found.rows += 1;
        found.without_customer += u64::from(line.without_customer);
        found.without_closing_day += u64::from(line.without_closing_day);
        found.deals.insert(line.deal.0);
        true
    })?;
    let Some(left_out) = left_out else {
        return Ok(None);
    };
    prints.shrink_to_fit();
    let recognised = (found.rows > 0).then(|| Arc::new(found));
    let known = KnownFile {
        form,
        prints: Arc::new(prints),
        recognised,
        kept,
    };
    Ok(Some((left_out, known)))
}
