//! Raw rows to typed rows by a mapping.

use std::collections::{BTreeMap, HashMap};

use yeji_core::facts::Stage;

use crate::amount::{AmountRule, net_of};
use crate::cells::{Cells, NUMBER};
use crate::fold::{fold_key, shown};
use crate::kinds::FieldType;
use crate::limits::{MAX_CELL_BYTES, MAX_KEPT_ROW_BYTES, MAX_ROW_BYTES};
use crate::raw::{RawRow, RawRows};
use crate::{
    AmountUnit, DateOrder, Error, Field, FieldDef, Format, Kind, Mapping, RejectCode, Rejected,
    Result, RoleRule, Row, SourceFile,
};

/// The rows of a file, streamed: memory does not grow with the file, but for the identities seen.
///
/// A [`Rejected`] with `fatal` set is the last item: the file could not be read beyond it.
#[derive(Debug)]
pub struct RowIter {
    raw: RawRows,
    file: SourceFile,
    plan: Plan,
    /// Identity -> line of the row that had it first.
    seen: HashMap<Box<str>, u32>,
    examples: u64,
    ended: bool,
}

/// A mapping compiled against a file's headers.
#[derive(Debug)]
pub(crate) struct Plan {
    kind: Kind,
    columns: Vec<Column>,
    headers: Vec<String>,
    header_line: u32,
    pub(crate) epoch_1904: bool,
    /// In a CSV a row longer than the header is out of step; in a sheet cells keep their column.
    extra_cells_shift: bool,
    /// The mapping's spellings as they are (nearly every row hits here, without folding) and folded.
    pub(crate) stages: HashMap<String, Stage>,
    /// Likewise for roles.
    pub(crate) roles: HashMap<String, RoleRule>,
    /// The template's example row in either language: columns and what stands in them.
    examples: [Vec<(usize, &'static str)>; 2],
}

#[derive(Debug)]
pub(crate) struct Column {
    pub(crate) field: Field,
    pub(crate) index: usize,
    pub(crate) required: bool,
    pub(crate) kind: FieldType,
    pub(crate) date_order: Option<DateOrder>,
    pub(crate) amount: Option<AmountRule>,
}

/// Opens a file's rows under a mapping. Blank rows are skipped.
///
/// A file that has changed since [`crate::inspect`] is refused, here or after its last row.
pub fn rows(file: &SourceFile, mapping: &Mapping) -> Result<RowIter> {
    file.require_unchanged()?;
    let plan = Plan::new(file, mapping)?;
    Ok(RowIter {
        raw: RawRows::open(file)?,
        file: file.clone(),
        plan,
        seen: HashMap::new(),
        examples: 0,
        ended: false,
    })
}

impl RowIter {
    /// Rows so far that are the template's example, as if nobody had written over it.
    pub fn examples(&self) -> u64 {
        self.examples
    }

    /// The cells of the row given last, trimmed, as a [`Rejected`] would carry them.
    pub fn raw_cells(&self) -> Vec<String> {
        kept(self.raw.current())
    }
}

impl Iterator for RowIter {
    type Item = std::result::Result<Row, Rejected>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        loop {
            match self.raw.next_row() {
                Ok(Some(raw)) if raw.line <= self.plan.header_line || raw.is_nothing() => {}
                Ok(Some(raw)) => {
                    self.examples += u64::from(self.plan.is_example(raw));
                    let row = self.plan.convert(raw, &mut self.seen);
                    return Some(row.map_err(|fault| fault.reject(raw, &self.plan)));
                }
                Ok(None) => {
                    self.ended = true;
                    let changed = self.file.require_unchanged().err()?;
                    return Some(Err(unreadable(&changed, self.raw.line())));
                }
                Err(error) => {
                    self.ended = true;
                    return Some(Err(unreadable(&error, self.raw.line())));
                }
            }
        }
    }
}

/// The cells of a row that is not taken, to be mended: whole, unless the row is very large.
fn kept(raw: &RawRow) -> Vec<String> {
    if raw.record.as_slice().len() > MAX_KEPT_ROW_BYTES {
        return raw.cells().map(shown).collect();
    }
    raw.cells().map(str::to_owned).collect()
}

fn unreadable(error: &Error, line: u32) -> Rejected {
    let line = match error {
        Error::BrokenEncoding { line, .. } => *line,
        _ => line,
    };
    let mut params = error.params();
    params.insert("error".to_owned(), error.code().to_owned());
    params
        .entry("reason".to_owned())
        .or_insert_with(|| error.code().to_owned());
    params.insert("line".to_owned(), line.to_string());
    let code = RejectCode::FileUnreadable;
    Rejected {
        line,
        code,
        field: None,
        value: String::new(),
        params,
        raw: Vec::new(),
        counted: None,
        fatal: true,
    }
}

/// Why a row is rejected, before it is dressed for people.
pub(crate) struct Fault {
    pub(crate) code: RejectCode,
    pub(crate) field: Option<(Field, usize)>,
    pub(crate) params: Vec<(&'static str, String)>,
}

impl Fault {
    pub(crate) fn row(code: RejectCode, params: Vec<(&'static str, String)>) -> Self {
        Self {
            code,
            field: None,
            params,
        }
    }

    pub(crate) fn cell(code: RejectCode, column: &Column) -> Self {
        let params = match (code, column.amount) {
            (RejectCode::AmountTooPrecise, Some(rule)) => vec![
                ("currency", rule.currency.to_string()),
                ("decimals", rule.currency.decimals().to_string()),
            ],
            (RejectCode::CurrencyMismatch, Some(rule)) => {
                vec![("currency", rule.currency.to_string())]
            }
            (RejectCode::NumberOutOfRange, _) => match column.kind {
                FieldType::Between(min, max) => {
                    vec![("min", min.to_string()), ("max", max.to_string())]
                }
                _ => Vec::new(),
            },
            (RejectCode::DateOutOfRange, _) => vec![
                ("min", yeji_core::calendar::MIN_YEAR.to_string()),
                ("max", yeji_core::calendar::MAX_YEAR.to_string()),
            ],
            _ => Vec::new(),
        };
        Self {
            code,
            field: Some((column.field, column.index)),
            params,
        }
    }

    fn reject(self, raw: &RawRow, plan: &Plan) -> Rejected {
        let mut params: BTreeMap<String, String> = self
            .params
            .into_iter()
            .map(|(key, value)| (key.to_owned(), value))
            .collect();
        params.insert("line".to_owned(), raw.line.to_string());
        let mut value = String::new();
        if let Some((field, index)) = self.field {
            value = shown(raw.cell(index).0);
            params.insert("field".to_owned(), field.code().to_owned());
            params.insert(
                "header".to_owned(),
                plan.headers.get(index).cloned().unwrap_or_default(),
            );
            params.insert("value".to_owned(), value.clone());
        }
        Rejected {
            line: raw.line,
            code: self.code,
            field: self.field.map(|(field, _)| field),
            value,
            params,
            raw: kept(raw),
            counted: Cells { plan, raw }.counted(plan.kind),
            fatal: false,
        }
    }
}

/// The example of a kind's template under a mapping; empty unless the mapping has all of its columns.
fn example(file: &SourceFile, mapping: &Mapping, language: usize) -> Vec<(usize, &'static str)> {
    let shown = mapping
        .kind
        .fields()
        .iter()
        .filter(|def| !def.example[language].is_empty());
    let cell = |def: &FieldDef| {
        let header = mapping.columns.get(&def.field)?;
        Some((file.column(header)?, def.example[language]))
    };
    shown.map(cell).collect::<Option<_>>().unwrap_or_default()
}

/// Meanings by the spelling as it is, which nearly every row has, and folded.
fn by_spelling<T: Copy>(meanings: &BTreeMap<String, T>) -> HashMap<String, T> {
    let spellings = meanings
        .iter()
        .flat_map(|(text, meaning)| [(fold_key(text), *meaning), (text.clone(), *meaning)]);
    spellings.collect()
}

pub(crate) type Taken<T> = std::result::Result<T, Fault>;

impl Plan {
    fn new(file: &SourceFile, mapping: &Mapping) -> Result<Self> {
        mapping.check()?;
        let missing = mapping.missing_required();
        if !missing.is_empty() {
            return Err(Error::MissingColumns {
                file: file.path.clone(),
                sheet: file.sheet.clone(),
                kind: mapping.kind,
                fields: missing,
            });
        }
        let mut columns = Vec::new();
        for (field, header) in &mapping.columns {
            // `check` has made sure that the kind has the field.
            let Some(def) = mapping.kind.field(*field) else {
                continue;
            };
            let index = file.column(header).ok_or_else(|| Error::NoSuchColumn {
                file: file.path.clone(),
                sheet: file.sheet.clone(),
                field: *field,
                header: header.clone(),
            })?;
            let amount = match (def.kind, mapping.currency) {
                (FieldType::Amount, Some(currency)) => Some(AmountRule {
                    currency,
                    style: mapping.decimal.get(field).copied(),
                    unit: mapping.unit.get(field).copied().unwrap_or(AmountUnit::One),
                    net: mapping
                        .tax_included
                        .filter(|_| mapping.kind.has_tax())
                        .map(net_of)
                        .transpose()
                        .map_err(|error| Error::Mapping {
                            reason: error.to_string(),
                        })?,
                }),
                (FieldType::Amount, None) => {
                    return Err(Error::NoCurrency {
                        file: file.path.clone(),
                        field: *field,
                    });
                }
                _ => None,
            };
            let date_order = mapping.date_order.get(field).copied();
            columns.push(Column {
                field: *field,
                index,
                required: def.required,
                kind: def.kind,
                date_order,
                amount,
            });
        }
        Ok(Self {
            kind: mapping.kind,
            columns,
            headers: file.headers.clone(),
            header_line: file.header_line,
            epoch_1904: matches!(file.format, Format::Xlsx { epoch_1904: true }),
            extra_cells_shift: matches!(file.format, Format::Csv { .. }),
            stages: by_spelling(&mapping.stages),
            roles: by_spelling(&mapping.roles),
            examples: [0, 1].map(|language| example(file, mapping, language)),
        })
    }

    /// Whether a row is the example that stands in every template.
    fn is_example(&self, raw: &RawRow) -> bool {
        let is = |cells: &Vec<(usize, &str)>| {
            !cells.is_empty()
                && cells
                    .iter()
                    .all(|(index, text)| raw.cell(*index).0 == *text)
        };
        self.examples.iter().any(is)
    }

    fn convert(&self, raw: &RawRow, seen: &mut HashMap<Box<str>, u32>) -> Taken<Row> {
        self.check_shape(raw)?;
        let cells = Cells { plan: self, raw };
        let (row, identity) = match self.kind {
            Kind::People => cells.person()?,
            Kind::Customers => cells.customer()?,
            Kind::Products => cells.product()?,
            Kind::Opportunities => cells.opportunity()?,
            kind => cells.fact(kind)?,
        };
        if let Some(first) = seen.get(identity.as_str()) {
            return Err(self.repeats(raw, &identity, *first));
        }
        seen.insert(identity.into_boxed_str(), raw.line);
        Ok(row)
    }

    /// What a row has in common with an earlier one: the column that tells rows apart, or all of them.
    fn repeats(&self, raw: &RawRow, identity: &str, first: u32) -> Fault {
        let number = if self.kind == Kind::People {
            Field::STAFF_NUMBER
        } else {
            Field::EXTERNAL_ID
        };
        let told_by = match self.kind.def().identity {
            _ if identity.starts_with(NUMBER) => &[number],
            [] => &[Field::NAME],
            several => several,
        };
        let columns = told_by.iter().filter_map(|field| self.column(*field));
        let filled = columns.filter(|column| !raw.cell(column.index).0.is_empty());
        let filled: Vec<&Column> = filled.collect();
        let mut params = vec![("first_line", first.to_string())];
        let field = match filled.as_slice() {
            [column] => Some((column.field, column.index)),
            several => {
                let fields = several.iter().map(|column| column.field.code());
                let values = several.iter().map(|column| shown(raw.cell(column.index).0));
                params.push(("fields", fields.collect::<Vec<_>>().join(", ")));
                params.push(("values", values.collect::<Vec<_>>().join(", ")));
                None
            }
        };
        Fault {
            code: RejectCode::DuplicateIdInFile,
            field,
            params,
        }
    }

    fn check_shape(&self, raw: &RawRow) -> Taken<()> {
        if let Some(code) = raw.fault {
            let params = match code {
                RejectCode::RowTooLarge => vec![("limit_bytes", MAX_ROW_BYTES.to_string())],
                _ => Vec::new(),
            };
            return Err(Fault::row(code, params));
        }
        let columns = self.headers.len();
        if self.extra_cells_shift && raw.record.len() > columns {
            let filled = raw
                .cells()
                .rposition(|cell| !cell.is_empty())
                .map_or(0, |last| last + 1);
            if filled > columns || raw.too_wide {
                let params = vec![
                    ("cells", filled.to_string()),
                    ("columns", columns.to_string()),
                ];
                return Err(Fault::row(RejectCode::RowTooLong, params));
            }
        }
        if raw.record.as_slice().len() > MAX_CELL_BYTES
            && let Some(index) = raw
                .record
                .iter()
                .position(|cell| cell.len() > MAX_CELL_BYTES)
        {
            let mut params = vec![("limit_bytes", MAX_CELL_BYTES.to_string())];
            params.push((
                "header",
                self.headers.get(index).cloned().unwrap_or_default(),
            ));
            return Err(Fault::row(RejectCode::CellTooLong, params));
        }
        Ok(())
    }

    pub(crate) fn column(&self, field: Field) -> Option<&Column> {
        self.columns.iter().find(|column| column.field == field)
    }
}
