//! An import in the making: files inspected once, decisions applied to their proposals.

mod decide;
mod draft;
mod encoding;
mod evidence;
mod remembered;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use yeji_core::Currency;
use yeji_core::ids::BatchId;
use yeji_core::rate::Rate;
use yeji_intake::{
    Field, FieldType, Format, Kind, LeftOut, Mapping, Proposal, READER, SourceFile, TextEncoding,
};

use crate::api::Message;
use crate::api::data::{FileDecision, ImportDecisions, UnreadableFile};
use crate::data::known_lines::{KnownFile, Recognised};
use crate::data::templates::parse_kind;
use crate::error::{Error, Result};
use decide::{decide, decide_columns, decide_tax, recall};
pub(super) use encoding::parse_encoding;
use encoding::{Closed, Refused, encoding_of};
use remembered::headers_name;
pub(crate) use remembered::{Remembered, is_remembered, profile_name, source_remembered};

/// Files of one import with what was understood of each.
#[derive(Debug)]
pub struct Session {
    pub(crate) token: String,
    pub(crate) source: String,
    /// Every nearly known name is what it seems (the command line's `--yes`).
    pub(crate) take_proposals: bool,
    tables: Vec<Table>,
    /// Text files that are not in the encoding that was detected or named for all.
    closed: Vec<Closed>,
    unreadable: Vec<UnreadableFile>,
    /// The source that was decided on; none: `source`.
    decided_source: Option<String>,
    /// From earlier imports.
    remembered: Remembered,
    /// Mappings that were given for this import, by kind and headers; they hold as they are.
    given: BTreeMap<String, Mapping>,
    /// What is known of the lines of the only table.
    known: Option<KnownFile>,
}

/// A CSV file or one sheet of a workbook.
#[derive(Debug)]
struct Table {
    /// Decisions name it.
    number: u32,
    /// Position of its file among all; the sheets of a workbook have the same.
    of_file: u32,
    file: SourceFile,
    guess: Option<Kind>,
    /// Encoding at the opening: what holds where nobody chooses another.
    detected: Option<TextEncoding>,
    /// Encodings that somebody chose and that the file is not in.
    refused: Refused,
    /// Scans of the whole file, made when first needed.
    proposals: BTreeMap<Kind, Proposal>,
    /// The last scan for columns that somebody chose.
    chosen: Option<Proposal>,
}

/// A table with the mapping that the decisions lead to.
#[derive(Debug, Clone)]
pub(crate) struct MappedTable {
    pub index: u32,
    pub file: SourceFile,
    pub mapping: Mapping,
}

/// What the files of a session come to.
#[derive(Debug)]
pub(crate) struct Mapped {
    pub tables: Vec<MappedTable>,
    /// Of all amounts.
    pub currency: Currency,
    /// The company's facts, a person or the files say which it is.
    pub currency_named: bool,
    /// Some table has a column of amounts.
    pub has_amounts: bool,
}

impl Session {
    /// Inspects files and folders. A file that cannot be read is listed, unless none can; with
    /// `keep_closed` also then, if another encoding may open it.
    pub(crate) fn open(
        token: String,
        source: String,
        paths: &[PathBuf],
        encoding: Option<TextEncoding>,
        keep_closed: bool,
        remembered: Remembered,
    ) -> Result<Self> {
        let found = yeji_intake::discover(paths)?;
        let mut tables = Vec::new();
        let mut failures = Vec::new();
        let mut hidden = Vec::new();
        for (of_file, path) in (0..).zip(&found.files) {
            match yeji_intake::inspect_as(path, encoding) {
                Ok(files) => tables.extend(files.into_iter().filter_map(|file| {
                    if yeji_intake::is_explanation(&file) {
                        return None;
                    }
                    if file.hidden {
                        let said = Message::new("sheet_hidden", &[("file", file.label())]);
                        hidden.push(unreadable_file(file.label(), said));
                        return None;
                    }
                    Some(Table::new(file, of_file))
                })),
                Err(error) => failures.push((of_file, path, error)),
            }
        }
        let is_closed = |(_, _, error): &(u32, &PathBuf, yeji_intake::Error)| {
            matches!(error, yeji_intake::Error::BrokenEncoding { .. })
        };
        let stays_open = keep_closed && failures.iter().any(is_closed);
        if tables.is_empty() && !failures.is_empty() && !stays_open {
            return Err(failures.swap_remove(0).2.into());
        }
        let mut numbers = 0..;
        for (table, number) in tables.iter_mut().zip(&mut numbers) {
            table.number = number;
        }
        let (closed, failures): (Vec<_>, Vec<_>) = failures.into_iter().partition(is_closed);
        let closed = closed
            .into_iter()
            .zip(numbers)
            .map(|((of_file, path, error), number)| Closed::new(number, of_file, path, &error))
            .collect();
        let mut unreadable: Vec<UnreadableFile> = failures
            .into_iter()
            .map(|(_, path, error)| unreadable_file(file_name(path), message_of(&error)))
            .chain(hidden)
            .collect();
        for path in &found.skipped {
            let said = Message::new("file_skipped", &[("file", file_name(path))]);
            unreadable.push(unreadable_file(file_name(path), said));
        }
        for table in tables.iter_mut().filter(|table| table.guess.is_none()) {
            table.guess = remembered.kind_of(&table.file.headers, &source);
        }
        Ok(Self {
            token,
            source,
            take_proposals: false,
            tables,
            closed,
            unreadable,
            decided_source: None,
            remembered,
            given: BTreeMap::new(),
            known: None,
        })
    }

    /// The imports of whose rejected rows the files are, as they name them.
    pub(crate) fn mended(&self) -> BTreeSet<BatchId> {
        let named = self
            .tables
            .iter()
            .filter_map(|table| table.file.mends.as_deref());
        named.filter_map(|id| id.parse().ok()).collect()
    }

    /// Chooses a kind for every table (the command line's `--as`).
    pub(crate) fn assume_kind(&mut self, kind: Kind) {
        for table in &mut self.tables {
            table.guess = Some(kind);
        }
    }

    /// Uses a mapping for every table of its kind whose columns fit (the command line's `--map`). `name` is
    /// what the person who chose it knows it by.
    pub(crate) fn use_mapping(&mut self, name: &str, mapping: &Mapping) -> Result<()> {
        mapping.currency.map_or(Ok(()), require_known)?;
        let fits = |table: &Table| {
            mapping
                .columns
                .values()
                .all(|header| table.file.headers.contains(header))
        };
        let mut used = false;
        for table in self.tables.iter_mut().filter(|table| fits(table)) {
            table.guess = Some(mapping.kind);
            self.given.insert(
                headers_name(mapping.kind, &table.file.headers),
                mapping.clone(),
            );
            used = true;
        }
        if used {
            return Ok(());
        }
        Err(Error::input(
            "map",
            name,
            "a mapping whose columns one of the files has",
        ))
    }

    /// The only table, if it is a text file of deals, and what its lines are known under.
    pub(crate) fn deals_by_line(&self) -> Option<(SourceFile, String)> {
        let [table] = self.tables.as_slice() else {
            return None;
        };
        let (
            Some(Kind::Opportunities),
            Format::Csv {
                encoding,
                delimiter,
                ..
            },
        ) = (table.guess, &table.file.format)
        else {
            return None;
        };
        let profile = headers_name(Kind::Opportunities, &table.file.headers);
        let form = format!("{READER}:{profile}:{encoding:?}:{delimiter}");
        Some((table.file.clone(), form))
    }

    /// Takes over what is known of the lines of the only table; it is read without `left_out`.
    pub(crate) fn know(&mut self, known: KnownFile, left_out: LeftOut) {
        if let ([table], true) = (self.tables.as_mut_slice(), known.recognised.is_some()) {
            table.file.left_out = Some(Arc::new(left_out));
        }
        self.known = Some(known);
    }

    /// What is known of the lines of the only table.
    pub(crate) fn known(&self) -> Option<&KnownFile> {
        self.known.as_ref()
    }

    /// The source of the files as far as it is decided.
    fn source_now(&self) -> &str {
        self.decided_source
            .as_deref()
            .unwrap_or(&self.source)
            .trim()
    }

    fn recognised(&self) -> Option<&Arc<Recognised>> {
        self.known.as_ref()?.recognised.as_ref()
    }

    /// Reads the only table with the lines that are known.
    pub(crate) fn read_in_full(&mut self) {
        if let Some(known) = &mut self.known
            && known.recognised.take().is_some()
        {
            known.outdated = true;
        }
        for table in &mut self.tables {
            if table.file.left_out.take().is_some() {
                table.file.rows = None;
                table.proposals.clear();
                table.chosen = None;
            }
        }
    }

    pub(crate) fn file_names(&self) -> Vec<String> {
        let mut names: Vec<String> = self
            .tables
            .iter()
            .map(|table| file_name(&table.file.path))
            .collect();
        names.dedup();
        names
    }

    /// The mappings that proposals and decisions lead to, in the order of import, and the currency of
    /// amounts. Tables that are skipped or of no known kind are left out. `fixed`: the company's
    /// currency, if facts have fixed it; otherwise the decision, what the files say, or `usual`, which
    /// then is only assumed.
    pub(crate) fn mapped(
        &mut self,
        decisions: &ImportDecisions,
        fixed: Option<Currency>,
        usual: Currency,
    ) -> Result<Mapped> {
        self.decided_source.clone_from(&decisions.source);
        if decisions.in_full {
            self.read_in_full();
        }
        let decided = decided_currency(decisions)?;
        if let (Some(company), Some(import)) = (fixed, decided) {
            require_same(company, import)?;
        }
        self.read_closed(decisions);
        let mut mapped = Vec::new();
        for index in 0..self.tables.len() {
            let number = self.tables[index].number;
            let decision = decisions.files.get(&number).cloned().unwrap_or_default();
            if decision.skip {
                continue;
            }
            self.read_as(index, decision.encoding.as_deref())?;
            let Some(mut mapping) = self.mapping(index, &decision)? else {
                continue;
            };
            decide_tax(&mut mapping, decisions.tax_included.as_deref())?;
            mapped.push(MappedTable {
                index: number,
                file: self.tables[index].file.clone(),
                mapping,
            });
        }
        let of_files = mapped.iter().find_map(|table| table.mapping.currency);
        let said = fixed.or(decided).or(of_files);
        let has_amounts = mapped.iter().any(|table| has_amounts(&table.mapping));
        let company = said.unwrap_or(usual);
        for table in &mut mapped {
            require_same(company, *table.mapping.currency.get_or_insert(company))?;
        }
        mapped.sort_by_key(|table| (table.mapping.kind, table.index));
        if mapped.is_empty() {
            let files = self.file_names().join(", ");
            return Err(Error::NothingToImport { files });
        }
        Ok(Mapped {
            tables: mapped,
            currency: company,
            currency_named: said.is_some(),
            has_amounts,
        })
    }

    /// The mapping of one table: remembered or proposed, then changed by the decision.
    fn mapping(&mut self, index: usize, decision: &FileDecision) -> Result<Option<Mapping>> {
        let recognised = self.recognised().cloned();
        let source = self.source_now().to_owned();
        let table = &mut self.tables[index];
        let kind = match &decision.kind {
            Some(code) => Some(parse_kind("kind", code)?),
            None => table.guess,
        };
        let Some(kind) = kind else { return Ok(None) };
        if !table.proposals.contains_key(&kind) {
            let proposal = yeji_intake::propose(&table.file, Some(kind))?;
            table.file.rows = Some(proposal.rows);
            table.proposals.insert(kind, proposal);
        }
        let given = self.given.get(&headers_name(kind, &table.file.headers));
        let found = match given {
            Some(_) => None,
            None => self.remembered.find(kind, &table.file.headers, &source),
        };
        let remembered = given.or(found.as_ref().map(|found| &found.mapping));
        let mut columns = match remembered {
            Some(remembered) => remembered.columns.clone(),
            None => table.proposals[&kind].mapping.columns.clone(),
        };
        decide_columns(&mut columns, decision)?;
        if table.proposal(kind, &columns).is_none() {
            let chosen = yeji_intake::propose_columns(&table.file, kind, &columns)?;
            table.chosen = Some(chosen);
        }
        let Some(proposal) = table.proposal(kind, &columns) else {
            return Ok(None);
        };
        let mut mapping = proposal.mapping.clone();
        if let Some(remembered) = remembered {
            recall(
                &mut mapping,
                remembered,
                &proposal.evidence,
                given.is_some(),
            );
        }
        decide(&mut mapping, decision)?;
        if let Some(recognised) = recognised {
            if !recognised.fits(&mapping, false) {
                self.read_in_full();
                return self.mapping(index, decision);
            }
            recognised.complete(&mut mapping);
        }
        Ok(Some(mapping))
    }
}

impl MappedTable {
    /// Percent of the tax that is taken out of its amounts.
    pub(crate) fn tax(&self) -> Option<Rate> {
        tax_of(&self.mapping)
    }
}

/// Percent of the tax that a mapping takes out of amounts, if it has such amounts.
fn tax_of(mapping: &Mapping) -> Option<Rate> {
    mapping
        .tax_included
        .filter(|_| mapping.kind.has_tax() && has_amounts(mapping))
}

impl Table {
    fn new(file: SourceFile, of_file: u32) -> Self {
        let guess = yeji_intake::guess_kind(&file.headers, &file.sample).map(|(kind, _)| kind);
        Self {
            number: 0,
            of_file,
            guess,
            detected: encoding_of(&file.format),
            refused: Refused::default(),
            file,
            proposals: BTreeMap::new(),
            chosen: None,
        }
    }

    /// The scan for exactly these columns, if it was made.
    fn proposal(&self, kind: Kind, columns: &BTreeMap<Field, String>) -> Option<&Proposal> {
        self.proposals
            .get(&kind)
            .into_iter()
            .chain(&self.chosen)
            .find(|proposal| proposal.kind == kind && proposal.mapping.columns == *columns)
    }
}

fn has_amounts(mapping: &Mapping) -> bool {
    let is_amount = |field: &Field| {
        let def = mapping.kind.field(*field);
        def.is_some_and(|def| def.kind == FieldType::Amount)
    };
    mapping.columns.keys().any(is_amount)
}

/// The currency that a person chose for this import.
fn decided_currency(decisions: &ImportDecisions) -> Result<Option<Currency>> {
    let Some(code) = &decisions.currency else {
        return Ok(None);
    };
    let currency = code.parse()?;
    require_known(currency)?;
    Ok(Some(currency))
}

fn require_known(currency: Currency) -> Result<()> {
    if currency.is_known() {
        return Ok(());
    }
    Err(yeji_core::Error::Currency(currency.to_string()).into())
}

fn require_same(company: Currency, import: Currency) -> Result<()> {
    if import == company {
        return Ok(());
    }
    Err(Error::OtherCurrency {
        company: company.to_string(),
        import: import.to_string(),
    })
}

fn file_name(path: &Path) -> String {
    path.file_name()
        .unwrap_or(path.as_os_str())
        .to_string_lossy()
        .into_owned()
}

fn unreadable_file(file: String, reason: Message) -> UnreadableFile {
    UnreadableFile {
        file,
        reason,
        index: None,
        encoding: None,
    }
}

fn message_of(error: &yeji_intake::Error) -> Message {
    Message {
        code: error.code().to_owned(),
        params: error.params(),
    }
}
