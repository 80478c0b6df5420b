//! A first mapping of a file, with the evidence for it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::amount::{AmountUnit, mark_of_header};
use crate::fold::fold_word;
use crate::header::{self, Matched};
use crate::kinds::FieldType;
use crate::raw::{RawRow, RawRows};
use crate::tally::{AmountTally, DateTally, ValueTally};
use crate::{
    DateEvidence, DecidedBy, Error, Evidence, Field, Format, Kind, Mapping, Result, RoleEvidence,
    SourceFile, StageEvidence, Warning, WarningCode, guess_kind, known_role, known_stage,
};

/// A mapping to be looked at, and what it rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Proposal {
    /// What the file holds.
    pub kind: Kind,
    /// How its columns become fields.
    pub mapping: Mapping,
    /// Columns that would not be imported.
    pub unmapped_headers: Vec<String>,
    /// Fields without which nothing can be imported.
    pub missing_required: Vec<Field>,
    /// What the values of the columns showed.
    pub evidence: Vec<Evidence>,
    /// What a person should look at.
    pub warnings: Vec<Warning>,
    /// Rows below the header that are not blank.
    pub rows: u32,
}

/// Proposes a mapping; reads the whole file once, because the order of day and month is a property
/// of the column. `kind` overrules the guess. Headers that fit no kind are an error only without it.
pub fn propose(file: &SourceFile, kind: Option<Kind>) -> Result<Proposal> {
    let guess = guess_kind(&file.headers, &file.sample).map(|(guess, _)| guess);
    let kind = kind.or(guess).ok_or_else(|| Error::UnknownKind {
        file: file.path.clone(),
        sheet: file.sheet.clone(),
        headers: file.headers.clone(),
    })?;
    let mut proposal = by_headers(file, kind);
    take_columns_apart(file, &mut proposal);
    if let Some(guess) = guess.filter(|guess| *guess != kind) {
        let params = [
            ("kind", kind.code().to_owned()),
            ("guess", guess.code().to_owned()),
        ];
        proposal
            .warnings
            .push(Warning::new(WarningCode::KindDoubtful, params));
    }
    by_values(file, &mut proposal)?;
    Ok(proposal)
}

/// As [`propose`], for columns that somebody chose: how their values are written is told from them,
/// not from the columns that the headers would have chosen. Reads the whole file once.
pub fn propose_columns(
    file: &SourceFile,
    kind: Kind,
    columns: &BTreeMap<Field, String>,
) -> Result<Proposal> {
    let mut mapping = Mapping::new(kind);
    mapping.columns.clone_from(columns);
    let mut proposal = Proposal {
        kind,
        mapping,
        unmapped_headers: Vec::new(),
        missing_required: Vec::new(),
        evidence: Vec::new(),
        warnings: Vec::new(),
        rows: 0,
    };
    take_columns_apart(file, &mut proposal);
    by_values(file, &mut proposal)?;
    Ok(proposal)
}

fn by_headers(file: &SourceFile, kind: Kind) -> Proposal {
    let mut mapping = Mapping::new(kind);
    let mut warnings = Vec::new();
    for Matched {
        def,
        column,
        others,
    } in header::matches(&file.headers, kind)
    {
        let name = &file.headers[column];
        mapping.columns.insert(def.field, name.clone());
        if let Some(other) = others.first() {
            let params = [
                ("field", def.field.code().to_owned()),
                ("header", name.clone()),
                ("other", file.headers[*other].clone()),
            ];
            warnings.push(Warning::new(WarningCode::HeaderAmbiguous, params));
        }
    }
    Proposal {
        kind,
        mapping,
        unmapped_headers: Vec::new(),
        missing_required: Vec::new(),
        evidence: Vec::new(),
        warnings,
        rows: 0,
    }
}

/// What follows from the columns alone: units, and what is left over or missing.
fn take_columns_apart(file: &SourceFile, proposal: &mut Proposal) {
    let mapping = &mut proposal.mapping;
    for def in mapping.kind.fields() {
        if let Some(name) = mapping.columns.get(&def.field)
            && def.kind == FieldType::Amount
        {
            let unit = AmountUnit::of_header(name);
            if unit != AmountUnit::One {
                mapping.unit.insert(def.field, unit);
            }
            if mapping.kind.has_tax() && says_with_tax(name) {
                let params = [
                    ("field", def.field.code().to_owned()),
                    ("header", name.clone()),
                ];
                let warning = Warning::new(WarningCode::AmountWithTax, params);
                proposal.warnings.push(warning);
            }
        }
    }
    let mapped: Vec<&String> = mapping.columns.values().collect();
    proposal.unmapped_headers = file
        .headers
        .iter()
        .filter(|header| !mapped.contains(header))
        .cloned()
        .collect();
    proposal.missing_required = mapping.missing_required();
}

/// `价税合计`, `含税金额`, `Amount incl. tax`; not `不含税金额`.
fn says_with_tax(header: &str) -> bool {
    let key = fold_word(header);
    let without = ["不含税", "未含税", "未税", "excl", "beforetax"];
    let with = [
        "价税合计",
        "含税",
        "incltax",
        "inclvat",
        "includingtax",
        "includingvat",
        "withtax",
    ];
    !without.iter().any(|word| key.contains(word)) && with.iter().any(|word| key.contains(word))
}

/// The tallies of a file's columns.
#[derive(Default)]
struct Tallies {
    dates: Vec<DateTally>,
    amounts: Vec<AmountTally>,
    stages: Option<ValueTally>,
    roles: Option<ValueTally>,
    formulas: FormulaTally,
}

/// Cells of the mapped columns whose formula was never calculated.
#[derive(Default)]
struct FormulaTally {
    columns: Vec<usize>,
    cells: u32,
    /// Line and column.
    first: Option<(u32, usize)>,
}

impl FormulaTally {
    fn add(&mut self, row: &RawRow) {
        for column in row.uncalculated() {
            if self.columns.contains(&column) {
                self.cells = self.cells.saturating_add(1);
                self.first.get_or_insert((row.line, column));
            }
        }
    }

    fn warning(&self, file: &SourceFile) -> Option<Warning> {
        let (line, column) = self.first?;
        let params = [
            ("cells", self.cells.to_string()),
            ("sheet", file.sheet.clone().unwrap_or_default()),
            ("first", format!("{}{line}", column_name(column))),
            ("header", file.headers.get(column).cloned()?),
        ];
        Some(Warning::new(WarningCode::FormulasNotCalculated, params))
    }
}

/// The name of a column as Excel has it: A for 0, AA for 26.
fn column_name(column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        rest -= 1;
        letters.extend(('A'..='Z').nth(rest % 26));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

fn by_values(file: &SourceFile, proposal: &mut Proposal) -> Result<()> {
    let mut tallies = tallies(file, &proposal.mapping);
    let mut reader = RawRows::open(file)?;
    while let Some(row) = reader.next_row()? {
        if row.line <= file.header_line || row.is_nothing() {
            continue;
        }
        tallies.formulas.add(row);
        proposal.rows = proposal.rows.saturating_add(1);
        tallies.dates.iter_mut().for_each(|tally| tally.add(row));
        tallies.amounts.iter_mut().for_each(|tally| tally.add(row));
        tallies.stages.iter_mut().for_each(|tally| tally.add(row));
        tallies.roles.iter_mut().for_each(|tally| tally.add(row));
    }
    proposal.warnings.extend(tallies.formulas.warning(file));
    take_dates(tallies.dates, proposal);
    take_amounts(tallies.amounts, proposal);
    if let Some(stages) = tallies.stages {
        take_stages(stages, proposal);
    }
    if let Some(roles) = tallies.roles {
        take_roles(roles, proposal);
    }
    Ok(())
}

fn tallies(file: &SourceFile, mapping: &Mapping) -> Tallies {
    let epoch_1904 = matches!(file.format, Format::Xlsx { epoch_1904: true });
    let column = |field: Field| {
        let header = mapping.columns.get(&field)?;
        Some((header.clone(), file.column(header)?))
    };
    let mut tallies = Tallies::default();
    let columns = mapping.columns.values();
    tallies.formulas.columns = columns.filter_map(|header| file.column(header)).collect();
    for def in mapping.kind.fields() {
        let Some((header, index)) = column(def.field) else {
            continue;
        };
        match def.kind {
            FieldType::Date => {
                let control = mapping
                    .kind
                    .fields()
                    .iter()
                    .find(|control| control.kind == FieldType::QuarterOf(def.field))
                    .and_then(|control| column(control.field));
                tallies.dates.push(DateTally::new(
                    def.field, header, index, epoch_1904, control,
                ));
            }
            FieldType::Amount => {
                let unit = mapping
                    .unit
                    .get(&def.field)
                    .copied()
                    .unwrap_or(AmountUnit::One);
                let mark = mark_of_header(&header);
                tallies
                    .amounts
                    .push(AmountTally::new(def.field, header, index, unit, mark));
            }
            FieldType::Stage => tallies.stages = Some(ValueTally::new(index)),
            FieldType::Role => tallies.roles = Some(ValueTally::new(index)),
            FieldType::Text
            | FieldType::Integer
            | FieldType::QuarterOf(_)
            | FieldType::Between(..)
            | FieldType::Month
            | FieldType::Rate
            | FieldType::Currency
            | FieldType::Shares
            | FieldType::Choice(_) => {}
        }
    }
    tallies
}

fn take_dates(tallies: Vec<DateTally>, proposal: &mut Proposal) {
    let mut decided: Vec<(DateTally, Option<crate::DateOrder>, DecidedBy)> = tallies
        .into_iter()
        .map(|tally| (tally.decide(), tally))
        .map(|((order, by), t)| (t, order, by))
        .collect();
    // One file is written by one program: what one column decides holds for its sisters, if no
    // value of theirs contradicts it.
    let known = decided.iter().find_map(|(_, order, _)| *order);
    for (tally, order, by) in &mut decided {
        if *by == DecidedBy::Undecided
            && let Some(sister) = known.filter(|sister| tally.allows(*sister))
        {
            *order = Some(sister);
            *by = DecidedBy::Sibling;
        }
    }
    for (tally, order, by) in decided {
        if let Some(order) = order {
            proposal.mapping.date_order.insert(tally.field(), order);
        }
        let evidence = tally.evidence(order, by);
        proposal
            .warnings
            .extend(date_warnings(&evidence, tally.contradictions(order)));
        proposal.evidence.push(Evidence::Dates(evidence));
    }
}

fn date_warnings(evidence: &DateEvidence, contradictions: u32) -> Vec<Warning> {
    let field = || ("field", evidence.field.code().to_owned());
    let header = || ("header", evidence.header.clone());
    let mut warnings = Vec::new();
    if evidence.decided_by == DecidedBy::Undecided {
        warnings.push(Warning::new(
            WarningCode::DateOrderUndecided,
            [field(), header()],
        ));
    }
    if contradictions > 0 {
        let params = [field(), header(), ("rows", contradictions.to_string())];
        warnings.push(Warning::new(WarningCode::DateOrderContradicted, params));
    }
    if evidence.unreadable > contradictions {
        let rows = (evidence.unreadable - contradictions).to_string();
        warnings.push(Warning::new(
            WarningCode::ValuesUnreadable,
            [field(), header(), ("rows", rows)],
        ));
    }
    if let Some(control) = evidence
        .control
        .as_ref()
        .filter(|control| control.agree < control.of)
    {
        let params = [
            field(),
            header(),
            ("agree", control.agree.to_string()),
            ("of", control.of.to_string()),
        ];
        warnings.push(Warning::new(WarningCode::ControlDisagrees, params));
    }
    warnings
}

fn take_amounts(tallies: Vec<AmountTally>, proposal: &mut Proposal) {
    let mut currencies = std::collections::BTreeSet::new();
    for tally in tallies {
        currencies.extend(tally.currencies());
        let (evidence, undecided) = tally.evidence();
        if let Some(style) = evidence.style {
            proposal.mapping.decimal.insert(evidence.field, style);
        }
        let field = || ("field", evidence.field.code().to_owned());
        let header = || ("header", evidence.header.clone());
        if undecided {
            proposal.warnings.push(Warning::new(
                WarningCode::DecimalUndecided,
                [field(), header()],
            ));
        }
        if evidence.unreadable > 0 {
            let params = [field(), header(), ("rows", evidence.unreadable.to_string())];
            proposal
                .warnings
                .push(Warning::new(WarningCode::ValuesUnreadable, params));
        }
        proposal.evidence.push(Evidence::Amounts(evidence));
    }
    // Two currencies in one file need a person; the mapping has room for one.
    if currencies.len() == 1 {
        proposal.mapping.currency = currencies.pop_first();
    }
}

fn take_stages(tally: ValueTally, proposal: &mut Proposal) {
    let mut unknown = Vec::new();
    for (value, rows) in tally.values() {
        let stage = known_stage(&value);
        match stage {
            Some(stage) => {
                proposal.mapping.stages.insert(value.clone(), stage);
            }
            None => unknown.push(value.clone()),
        }
        let evidence = StageEvidence { value, rows, stage };
        proposal.evidence.push(Evidence::Stage(evidence));
    }
    if !unknown.is_empty() {
        let params = [("values", unknown.join(", "))];
        proposal
            .warnings
            .push(Warning::new(WarningCode::StagesUnmapped, params));
    }
}

fn take_roles(tally: ValueTally, proposal: &mut Proposal) {
    for (value, rows) in tally.values() {
        let rule = known_role(&value);
        proposal.mapping.roles.insert(value.clone(), rule);
        let evidence = RoleEvidence { value, rows, rule };
        proposal.evidence.push(Evidence::Role(evidence));
    }
}
