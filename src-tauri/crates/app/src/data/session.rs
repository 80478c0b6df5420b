//! An import in the making: files inspected once, decisions applied to their proposals.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use yeji_core::Currency;
use yeji_core::facts::Stage;
use yeji_intake::{
    DateOrder, DecidedBy, Evidence, Field, Format, Kind, Mapping, Proposal, SourceFile,
};

use crate::api::Message;
use crate::api::data::{
    FieldMapping, FileDecision, ImportDecisions, ImportDraft, ImportFile, StageMapping,
    UnreadableFile,
};
use crate::error::{Error, Result};

/// Files of one import with what was understood of each.
#[derive(Debug)]
pub struct Session {
    pub(crate) token: String,
    pub(crate) source: String,
    tables: Vec<Table>,
    unreadable: Vec<UnreadableFile>,
    /// Mappings remembered from earlier imports, by [`profile_name`].
    remembered: BTreeMap<String, Mapping>,
    /// Mappings that were given for this import, by [`profile_name`]; they hold as they are.
    given: BTreeMap<String, Mapping>,
}

/// A CSV file or one sheet of a workbook.
#[derive(Debug)]
struct Table {
    file: SourceFile,
    guess: Option<Kind>,
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

/// Under which name a mapping is remembered: the kind and the headers that it was made for.
pub(crate) fn profile_name(kind: Kind, headers: &[String]) -> String {
    let mut hash = Sha256::new();
    for header in headers {
        hash.update(header.as_bytes());
        hash.update([0]);
    }
    let hash = hash.finalize();
    let (head, _) = hash.split_at(16);
    let hex = head.iter().fold(String::new(), |mut hex, byte| {
        // Writing to a String cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    });
    format!("{kind}:{hex}")
}

impl Session {
    /// Inspects files and folders. A file that cannot be read is listed, unless none can.
    pub(crate) fn open(
        token: String,
        source: String,
        paths: &[PathBuf],
        remembered: BTreeMap<String, Mapping>,
    ) -> Result<Self> {
        let found = yeji_intake::discover(paths)?;
        let mut tables = Vec::new();
        let mut failures = Vec::new();
        for path in &found.files {
            match yeji_intake::inspect(path) {
                Ok(files) => tables.extend(files.into_iter().map(|file| {
                    let guess =
                        yeji_intake::guess_kind(&file.headers, &file.sample).map(|(kind, _)| kind);
                    Table {
                        file,
                        guess,
                        proposals: BTreeMap::new(),
                        chosen: None,
                    }
                })),
                Err(error) => failures.push((path, error)),
            }
        }
        if tables.is_empty()
            && let Some((_, error)) = failures.into_iter().next()
        {
            return Err(error.into());
        }
        let mut unreadable: Vec<UnreadableFile> = Vec::new();
        for path in &found.files {
            // Inspect again only for the message: failures moved above when nothing was readable.
            if let Err(error) = inspect_failed(path, &tables) {
                unreadable.push(UnreadableFile {
                    file: file_name(path),
                    reason: message_of(&error),
                });
            }
        }
        for path in &found.skipped {
            unreadable.push(UnreadableFile {
                file: file_name(path),
                reason: Message::new("file_skipped", &[("file", file_name(path))]),
            });
        }
        Ok(Self {
            token,
            source,
            tables,
            unreadable,
            remembered,
            given: BTreeMap::new(),
        })
    }

    /// Chooses a kind for every table (the command line's `--as`).
    pub(crate) fn assume_kind(&mut self, kind: Kind) {
        for table in &mut self.tables {
            table.guess = Some(kind);
        }
    }

    /// Uses a mapping for every table of its kind whose columns fit (the command line's `--map`).
    pub(crate) fn use_mapping(&mut self, mapping: &Mapping) -> Result<()> {
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
                profile_name(mapping.kind, &table.file.headers),
                mapping.clone(),
            );
            used = true;
        }
        if used {
            return Ok(());
        }
        let missing = mapping.columns.values().next().map_or("", String::as_str);
        Err(Error::input(
            "map",
            missing,
            "a mapping whose columns one of the files has",
        ))
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
    /// amounts. Tables that are skipped or of no known kind are left out. `company`: the company's
    /// currency, if facts have fixed it; otherwise the decision, what the files say, or `usual`.
    pub(crate) fn mapped(
        &mut self,
        decisions: &ImportDecisions,
        company: Option<Currency>,
        usual: Currency,
    ) -> Result<(Vec<MappedTable>, Currency)> {
        let decided: Option<Currency> = match &decisions.currency {
            Some(code) => Some(code.parse()?),
            None => None,
        };
        let mut mapped = Vec::new();
        for index in 0..self.tables.len() {
            let number = u32::try_from(index).unwrap_or(u32::MAX);
            let decision = decisions.files.get(&number).cloned().unwrap_or_default();
            if decision.skip {
                continue;
            }
            let Some(mapping) = self.mapping(index, &decision)? else {
                continue;
            };
            mapped.push(MappedTable {
                index: number,
                file: self.tables[index].file.clone(),
                mapping,
            });
        }
        let of_files = mapped.iter().find_map(|table| table.mapping.currency);
        let company = company.or(decided).or(of_files).unwrap_or(usual);
        for table in &mut mapped {
            let import = *table
                .mapping
                .currency
                .get_or_insert(decided.unwrap_or(company));
            if import != company {
                return Err(Error::OtherCurrency {
                    company: company.to_string(),
                    import: import.to_string(),
                });
            }
        }
        mapped.sort_by_key(|table| (table.mapping.kind, table.index));
        if mapped.is_empty() {
            let files = self.file_names().join(", ");
            return Err(Error::NothingToImport { files });
        }
        Ok((mapped, company))
    }

    /// What the window or the command line shows.
    pub(crate) fn draft(&mut self, decisions: &ImportDecisions) -> Result<ImportDraft> {
        let mut files = Vec::new();
        for index in 0..self.tables.len() {
            let number = u32::try_from(index).unwrap_or(u32::MAX);
            let decision = decisions.files.get(&number).cloned().unwrap_or_default();
            files.push(self.describe(index, number, &decision)?);
        }
        Ok(ImportDraft {
            session: self.token.clone(),
            files,
            unreadable: self.unreadable.clone(),
        })
    }

    fn describe(
        &mut self,
        index: usize,
        number: u32,
        decision: &FileDecision,
    ) -> Result<ImportFile> {
        let mapping = self.mapping(index, decision)?;
        let table = &self.tables[index];
        let mut described = ImportFile {
            index: number,
            file: table.file.label(),
            format: format_words(&table.file.format),
            kind: mapping
                .as_ref()
                .map(|mapping| mapping.kind.code().to_owned()),
            headers: table.file.headers.clone(),
            sample: table.file.sample.clone(),
            rows: u64::from(table.file.rows.unwrap_or_default()),
            fields: Vec::new(),
            evidence: Vec::new(),
            stages: Vec::new(),
        };
        let Some(mapping) = mapping else {
            return Ok(described);
        };
        described.fields = mapping
            .kind
            .fields()
            .iter()
            .map(|def| FieldMapping {
                field: def.field.code().to_owned(),
                required: def.required,
                column: mapping.columns.get(&def.field).cloned(),
                date_order: mapping
                    .date_order
                    .get(&def.field)
                    .map(|order| date_order_code(*order).to_owned()),
            })
            .collect();
        let Some(proposal) = table.proposal(mapping.kind, &mapping.columns) else {
            return Ok(described);
        };
        for evidence in &proposal.evidence {
            match evidence {
                Evidence::Stage(stage) => described.stages.push(StageMapping {
                    value: stage.value.clone(),
                    stage: mapping
                        .stages
                        .get(&stage.value)
                        .copied()
                        .or(stage.stage)
                        .map(|s| s.code().to_owned()),
                    rows: u64::from(stage.rows),
                }),
                other => described.evidence.push(evidence_message(other)),
            }
        }
        if !proposal.unmapped_headers.is_empty() {
            let headers = proposal.unmapped_headers.join(", ");
            described
                .evidence
                .push(Message::new("unmapped_columns", &[("headers", headers)]));
        }
        let missing = mapping.missing_required();
        if !missing.is_empty() {
            let fields = missing
                .iter()
                .map(|field| field.code())
                .collect::<Vec<_>>()
                .join(", ");
            described
                .evidence
                .push(Message::new("missing_required", &[("fields", fields)]));
        }
        for warning in &proposal.warnings {
            described.evidence.push(Message {
                code: warning.code.code().to_owned(),
                params: warning.params.clone(),
            });
        }
        Ok(described)
    }

    /// The mapping of one table: remembered or proposed, then changed by the decision.
    fn mapping(&mut self, index: usize, decision: &FileDecision) -> Result<Option<Mapping>> {
        let table = &mut self.tables[index];
        let kind = match &decision.kind {
            Some(code) => Some(code.parse::<Kind>().map_err(|_| {
                Error::input("kind", code, "people, customers, products, opportunities")
            })?),
            None => table.guess,
        };
        let Some(kind) = kind else { return Ok(None) };
        if !table.proposals.contains_key(&kind) {
            let proposal = yeji_intake::propose(&table.file, Some(kind))?;
            table.proposals.insert(kind, proposal);
        }
        let name = profile_name(kind, &table.file.headers);
        let given = self.given.get(&name);
        let remembered = given.or_else(|| self.remembered.get(&name));
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
        Ok(Some(mapping))
    }
}

impl Table {
    /// The scan for exactly these columns, if it was made.
    fn proposal(&self, kind: Kind, columns: &BTreeMap<Field, String>) -> Option<&Proposal> {
        self.proposals
            .get(&kind)
            .into_iter()
            .chain(&self.chosen)
            .find(|proposal| proposal.kind == kind && proposal.mapping.columns == *columns)
    }
}

/// Takes over what a mapping says on columns that are the same. Values of this file that allow only
/// one reading win over what was remembered, not over what was given for this import.
fn recall(mapping: &mut Mapping, old: &Mapping, evidence: &[Evidence], given: bool) {
    let decided_here = |field: Field| {
        !given
            && evidence.iter().any(|evidence| match evidence {
                Evidence::Dates(dates) => {
                    dates.field == field
                        && matches!(dates.decided_by, DecidedBy::Values | DecidedBy::Control)
                }
                Evidence::Amounts(amounts) => amounts.field == field && amounts.style.is_some(),
                Evidence::Stage(_) => false,
            })
    };
    let same: Vec<Field> = old
        .columns
        .iter()
        .filter(|(field, header)| mapping.columns.get(field) == Some(header))
        .map(|(field, _)| *field)
        .collect();
    for field in same {
        if let Some(unit) = old.unit.get(&field) {
            mapping.unit.insert(field, *unit);
        }
        if decided_here(field) {
            continue;
        }
        if let Some(order) = old.date_order.get(&field) {
            mapping.date_order.insert(field, *order);
        }
        if let Some(style) = old.decimal.get(&field) {
            mapping.decimal.insert(field, *style);
        }
    }
    mapping.stages.extend(old.stages.clone());
    mapping.currency = if given {
        old.currency.or(mapping.currency)
    } else {
        mapping.currency.or(old.currency)
    };
}

fn field_of(code: &str) -> Result<Field> {
    code.parse::<Field>()
        .map_err(|_| Error::input("field", code, "a field of the chosen kind"))
}

fn decide_columns(columns: &mut BTreeMap<Field, String>, decision: &FileDecision) -> Result<()> {
    for (code, header) in &decision.columns {
        let field = field_of(code)?;
        match header {
            Some(header) => columns.insert(field, header.clone()),
            None => columns.remove(&field),
        };
    }
    Ok(())
}

/// Applies a person's decisions on how values are written.
fn decide(mapping: &mut Mapping, decision: &FileDecision) -> Result<()> {
    for (code, order) in &decision.date_orders {
        mapping
            .date_order
            .insert(field_of(code)?, parse_date_order(order)?);
    }
    for (value, stage) in &decision.stages {
        mapping
            .stages
            .insert(value.clone(), stage.parse::<Stage>()?);
    }
    Ok(())
}

fn parse_date_order(text: &str) -> Result<DateOrder> {
    match text {
        "day_first" => Ok(DateOrder::DayFirst),
        "month_first" => Ok(DateOrder::MonthFirst),
        "year_first" => Ok(DateOrder::YearFirst),
        _ => Err(Error::input(
            "date_order",
            text,
            "day_first, month_first, year_first",
        )),
    }
}

fn date_order_code(order: DateOrder) -> &'static str {
    match order {
        DateOrder::DayFirst => "day_first",
        DateOrder::MonthFirst => "month_first",
        DateOrder::YearFirst => "year_first",
    }
}

/// `inspect`'s error for a path that gave no table.
fn inspect_failed(path: &Path, tables: &[Table]) -> yeji_intake::Result<()> {
    if tables.iter().any(|table| table.file.path == path) {
        return Ok(());
    }
    yeji_intake::inspect(path).map(|_| ())
}

fn file_name(path: &Path) -> String {
    path.file_name()
        .unwrap_or(path.as_os_str())
        .to_string_lossy()
        .into_owned()
}

fn message_of(error: &yeji_intake::Error) -> Message {
    Message {
        code: error.code().to_owned(),
        params: error.params(),
    }
}

fn format_words(format: &Format) -> String {
    match format {
        Format::Csv {
            encoding,
            delimiter,
            bom,
        } => {
            let encoding = serde_json::to_value(encoding).ok();
            let name = encoding
                .as_ref()
                .and_then(|v| v.as_str())
                .unwrap_or("text")
                .to_uppercase();
            let delimiter = match delimiter {
                '\t' => "Tab".to_owned(),
                other => format!("“{other}”"),
            };
            format!(
                "CSV · {name}{} · {delimiter}",
                if *bom { " BOM" } else { "" }
            )
        }
        Format::Xlsx { .. } => "XLSX".to_owned(),
    }
}

/// Evidence as a sentence. `evidence_dates`: how many values allow only one order, and what was
/// decided by what. `evidence_amounts`: how the decimal mark was decided.
fn evidence_message(evidence: &Evidence) -> Message {
    match evidence {
        Evidence::Dates(dates) => {
            let mut params = vec![
                ("field", dates.field.code().to_owned()),
                ("header", dates.header.clone()),
                (
                    "order",
                    dates.order.map_or("undecided", date_order_code).to_owned(),
                ),
                ("day_first_only", dates.day_first_only.to_string()),
                ("month_first_only", dates.month_first_only.to_string()),
                ("ambiguous", dates.ambiguous.to_string()),
                ("unambiguous", dates.unambiguous.to_string()),
                ("empty", dates.empty.to_string()),
                ("unreadable", dates.unreadable.to_string()),
            ];
            if let Some((text, date)) = &dates.example {
                params.push(("example", text.clone()));
                params.push(("read_as", date.clone()));
            }
            let code = match &dates.control {
                Some(control) => {
                    params.push(("control", control.header.clone()));
                    params.push(("agree", control.agree.to_string()));
                    params.push(("of", control.of.to_string()));
                    "evidence_dates_controlled"
                }
                None => "evidence_dates",
            };
            Message::new(code, &params)
        }
        Evidence::Amounts(amounts) => Message::new(
            "evidence_amounts",
            &[
                ("field", amounts.field.code().to_owned()),
                ("header", amounts.header.clone()),
                ("plain", amounts.plain.to_string()),
                ("point_only", amounts.point_only.to_string()),
                ("comma_only", amounts.comma_only.to_string()),
                ("empty", amounts.empty.to_string()),
                ("unreadable", amounts.unreadable.to_string()),
            ],
        ),
        Evidence::Stage(stage) => Message::new(
            "evidence_stage",
            &[
                ("value", stage.value.clone()),
                ("rows", stage.rows.to_string()),
            ],
        ),
    }
}
