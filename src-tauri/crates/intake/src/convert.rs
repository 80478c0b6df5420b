//! Raw rows to typed rows by a mapping.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use yeji_core::Money;
use yeji_core::facts::Stage;

use crate::amount::{self, AmountRule};
use crate::fold::{fold_key, shown};
use crate::kinds::FieldType;
use crate::limits::MAX_CELL_BYTES;
use crate::raw::{CellKind, RawRow, RawRows, says_nothing};
use crate::{
    AmountUnit, CustomerRow, DateOrder, Error, Field, Format, Kind, Mapping, OpportunityRow,
    PersonRow, ProductRow, RejectCode, Rejected, Result, Row, SourceFile, Warning, WarningCode,
    date, known_stage,
};

/// The rows of a file, streamed: memory does not grow with the file, but for the identities seen.
///
/// A [`Rejected`] with `fatal` set is the last item: the file could not be read beyond it.
#[derive(Debug)]
pub struct RowIter {
    raw: RawRows,
    plan: Plan,
    /// Identity -> line of the row that had it first.
    seen: HashMap<Box<str>, u32>,
    ended: bool,
}

/// A mapping compiled against a file's headers.
#[derive(Debug)]
struct Plan {
    kind: Kind,
    columns: Vec<Column>,
    headers: Vec<String>,
    header_line: u32,
    epoch_1904: bool,
    /// In a CSV a row longer than the header is out of step; in a sheet cells keep their column.
    extra_cells_shift: bool,
    /// Folded spelling -> stage.
    stages: HashMap<String, Stage>,
}

#[derive(Debug)]
struct Column {
    field: Field,
    index: usize,
    required: bool,
    date_order: Option<DateOrder>,
    amount: Option<AmountRule>,
}

/// Opens a file's rows under a mapping. Blank rows are skipped.
pub fn rows(file: &SourceFile, mapping: &Mapping) -> Result<RowIter> {
    let plan = Plan::new(file, mapping)?;
    Ok(RowIter {
        raw: RawRows::open(file)?,
        plan,
        seen: HashMap::new(),
        ended: false,
    })
}

impl Iterator for RowIter {
    type Item = std::result::Result<Row, Rejected>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        loop {
            match self.raw.next_row() {
                Ok(Some(raw)) if raw.line <= self.plan.header_line || raw.is_blank() => {}
                Ok(Some(raw)) => {
                    let row = self.plan.convert(raw, &mut self.seen);
                    return Some(row.map_err(|fault| fault.reject(raw, &self.plan)));
                }
                Ok(None) => {
                    self.ended = true;
                    return None;
                }
                Err(error) => {
                    self.ended = true;
                    return Some(Err(unreadable(&error, self.raw.line())));
                }
            }
        }
    }
}

fn unreadable(error: &Error, line: u32) -> Rejected {
    let line = match error {
        Error::BrokenEncoding { line, .. } => *line,
        _ => line,
    };
    let mut params = error.params();
    params.insert("error".to_owned(), error.code().to_owned());
    params.insert("line".to_owned(), line.to_string());
    let code = RejectCode::FileUnreadable;
    Rejected {
        line,
        code,
        field: None,
        value: error.to_string(),
        params,
        raw: Vec::new(),
        fatal: true,
    }
}

/// Why a row is rejected, before it is dressed for people.
struct Fault {
    code: RejectCode,
    field: Option<(Field, usize)>,
    params: Vec<(&'static str, String)>,
}

impl Fault {
    fn row(code: RejectCode, params: Vec<(&'static str, String)>) -> Self {
        Self {
            code,
            field: None,
            params,
        }
    }

    fn cell(code: RejectCode, column: &Column) -> Self {
        let params = match (code, column.amount) {
            (RejectCode::AmountTooPrecise, Some(rule)) => vec![
                ("currency", rule.currency.to_string()),
                ("decimals", rule.currency.decimals().to_string()),
            ],
            (RejectCode::CurrencyMismatch, Some(rule)) => {
                vec![("currency", rule.currency.to_string())]
            }
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
            raw: raw.cells().map(shown).collect(),
            fatal: false,
        }
    }
}

type Taken<T> = std::result::Result<T, Fault>;

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
            stages: mapping
                .stages
                .iter()
                .map(|(text, stage)| (fold_key(text), *stage))
                .collect(),
        })
    }

    fn convert(&self, raw: &RawRow, seen: &mut HashMap<Box<str>, u32>) -> Taken<Row> {
        self.check_shape(raw)?;
        let cells = Cells { plan: self, raw };
        let (row, identity) = match self.kind {
            Kind::People => cells.person()?,
            Kind::Customers => cells.customer()?,
            Kind::Products => cells.product()?,
            Kind::Opportunities => cells.opportunity()?,
        };
        if let Some(first) = seen.get(identity.as_str()) {
            let field = self.identity_column(&identity);
            let params = vec![("first_line", first.to_string())];
            return Err(Fault {
                code: RejectCode::DuplicateIdInFile,
                field,
                params,
            });
        }
        seen.insert(identity.into_boxed_str(), raw.line);
        Ok(row)
    }

    /// The column that an identity came from.
    fn identity_column(&self, identity: &str) -> Option<(Field, usize)> {
        let number = if self.kind == Kind::People {
            Field::STAFF_NUMBER
        } else {
            Field::EXTERNAL_ID
        };
        let field = if identity.starts_with(NUMBER) {
            number
        } else {
            Field::NAME
        };
        self.column(field).map(|column| (field, column.index))
    }

    fn check_shape(&self, raw: &RawRow) -> Taken<()> {
        if let Some(code) = raw.fault {
            return Err(Fault::row(code, Vec::new()));
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

    fn column(&self, field: Field) -> Option<&Column> {
        self.columns.iter().find(|column| column.field == field)
    }
}

/// Identities by number and by name must not meet: a person may be called `1001`.
const NUMBER: char = '#';
const NAME: char = '@';

fn identity(number: Option<&str>, name: &str) -> String {
    match number {
        Some(number) => format!("{NUMBER}{number}"),
        None => format!("{NAME}{name}"),
    }
}

/// The cells of a row by field.
struct Cells<'a> {
    plan: &'a Plan,
    raw: &'a RawRow,
}

impl<'a> Cells<'a> {
    /// The cell of a field, if the field is mapped and the cell has a value.
    fn value(&self, field: Field) -> Taken<Option<(&'a str, CellKind, &'a Column)>> {
        let Some(column) = self.plan.column(field) else {
            return Ok(None);
        };
        let (text, kind) = self.raw.cell(column.index);
        match kind {
            CellKind::Error => Err(Fault::cell(RejectCode::CellError, column)),
            _ if !text.is_empty() => Ok(Some((text, kind, column))),
            _ if column.required => Err(Fault::cell(RejectCode::RequiredMissing, column)),
            _ => Ok(None),
        }
    }

    /// As `value`, without the words for "nothing".
    fn typed(&self, field: Field) -> Taken<Option<(&'a str, CellKind, &'a Column)>> {
        let value = self.value(field)?;
        Ok(value.filter(|(text, ..)| !says_nothing(text)))
    }

    fn text(&self, field: Field) -> Taken<Option<String>> {
        Ok(self.value(field)?.map(|(text, ..)| text.to_owned()))
    }

    fn required(&self, field: Field) -> Taken<String> {
        let missing = || Fault {
            code: RejectCode::RequiredMissing,
            field: None,
            params: vec![("field", field.code().to_owned())],
        };
        self.text(field)?.ok_or_else(missing)
    }

    fn date(&self, field: Field) -> Taken<Option<NaiveDate>> {
        let Some((text, kind, column)) =
            self.typed(field)?.filter(|(text, ..)| !date::is_none(text))
        else {
            return Ok(None);
        };
        let day = date::parse(text, kind, column.date_order, self.plan.epoch_1904);
        day.map(Some).map_err(|code| Fault::cell(code, column))
    }

    fn amount(&self, field: Field) -> Taken<Option<Money>> {
        let Some((text, kind, column)) = self.typed(field)? else {
            return Ok(None);
        };
        // `Plan::new` gives every amount column its rule.
        let Some(rule) = column.amount else {
            return Ok(None);
        };
        amount::parse(text, kind, rule)
            .map(Some)
            .map_err(|code| Fault::cell(code, column))
    }

    fn integer(&self, field: Field) -> Taken<Option<i64>> {
        let Some((text, _, column)) = self.typed(field)? else {
            return Ok(None);
        };
        let plain: String = text
            .chars()
            .map(crate::fold::narrow)
            .filter(|c| !matches!(c, ',' | ' '))
            .collect();
        let plain = plain.trim_end_matches(['人', '年']);
        let number = plain
            .parse()
            .map_err(|_| Fault::cell(RejectCode::IntegerUnreadable, column))?;
        Ok(Some(number))
    }

    fn stage(&self) -> Taken<Stage> {
        let Some((text, _, column)) = self.value(Field::STAGE)? else {
            return Err(Fault::row(
                RejectCode::RequiredMissing,
                vec![("field", Field::STAGE.code().to_owned())],
            ));
        };
        let mapped = self.plan.stages.get(&fold_key(text)).copied();
        mapped
            .or_else(|| known_stage(text))
            .ok_or_else(|| Fault::cell(RejectCode::StageUnknown, column))
    }

    fn person(&self) -> Taken<(Row, String)> {
        let mut row = PersonRow {
            line: self.raw.line,
            staff_number: self.text(Field::STAFF_NUMBER)?,
            name: self.required(Field::NAME)?,
            manager: self.text(Field::MANAGER)?,
            team: self.text(Field::TEAM)?,
            department: self.text(Field::DEPARTMENT)?,
            role: self.text(Field::ROLE)?,
            hired_on: self.date(Field::HIRED_ON)?,
            left_on: self.date(Field::LEFT_ON)?,
            warnings: Vec::new(),
        };
        if let (Some(hired), Some(left)) = (row.hired_on, row.left_on)
            && left < hired
        {
            let params = [
                ("hired_on", hired.to_string()),
                ("left_on", left.to_string()),
            ];
            row.warnings
                .push(Warning::new(WarningCode::LeftBeforeHired, params));
        }
        let identity = identity(row.staff_number.as_deref(), &row.name);
        Ok((Row::Person(row), identity))
    }

    fn customer(&self) -> Taken<(Row, String)> {
        let founded_year = match self.integer(Field::FOUNDED_YEAR)? {
            None => None,
            Some(year) => Some(i32::try_from(year).map_err(|_| self.fault(Field::FOUNDED_YEAR))?),
        };
        let row = CustomerRow {
            line: self.raw.line,
            external_id: self.text(Field::EXTERNAL_ID)?,
            name: self.required(Field::NAME)?,
            customer_type: self.text(Field::CUSTOMER_TYPE)?,
            segment: self.text(Field::SEGMENT)?,
            region: self.text(Field::REGION)?,
            parent: self.text(Field::PARENT)?,
            employees: self.integer(Field::EMPLOYEES)?,
            revenue: self.text(Field::REVENUE)?,
            founded_year,
        };
        let identity = identity(row.external_id.as_deref(), &row.name);
        Ok((Row::Customer(row), identity))
    }

    fn fault(&self, field: Field) -> Fault {
        match self.plan.column(field) {
            Some(column) => Fault::cell(RejectCode::IntegerUnreadable, column),
            None => Fault::row(RejectCode::IntegerUnreadable, Vec::new()),
        }
    }

    fn product(&self) -> Taken<(Row, String)> {
        let row = ProductRow {
            line: self.raw.line,
            external_id: self.text(Field::EXTERNAL_ID)?,
            name: self.required(Field::NAME)?,
            category: self.text(Field::CATEGORY)?,
            list_price: self.amount(Field::LIST_PRICE)?,
            cost: self.amount(Field::COST)?,
        };
        let identity = identity(row.external_id.as_deref(), &row.name);
        Ok((Row::Product(row), identity))
    }

    fn opportunity(&self) -> Taken<(Row, String)> {
        let mut row = OpportunityRow {
            line: self.raw.line,
            external_id: self.required(Field::EXTERNAL_ID)?,
            owner: self.required(Field::OWNER)?,
            customer: self.text(Field::CUSTOMER)?,
            product: self.text(Field::PRODUCT)?,
            stage: self.stage()?,
            opened_on: self.date(Field::OPENED_ON)?,
            closed_on: self.date(Field::CLOSED_ON)?,
            amount: self.amount(Field::AMOUNT)?,
            warnings: Vec::new(),
        };
        row.warnings = oddities(&row);
        if row.stage.is_open() {
            row.closed_on = None;
        }
        let identity = identity(Some(&row.external_id), "");
        Ok((Row::Opportunity(row), identity))
    }
}

fn oddities(row: &OpportunityRow) -> Vec<Warning> {
    let mut found = Vec::new();
    match (row.stage.is_open(), row.closed_on) {
        (true, Some(day)) => {
            found.push(Warning::new(
                WarningCode::OpenWithCloseDate,
                [("value", day.to_string())],
            ));
        }
        (false, None) => found.push(Warning::new(WarningCode::ClosedWithoutDate, [])),
        (false, Some(closed)) => {
            if let Some(opened) = row.opened_on.filter(|opened| closed < *opened) {
                let params = [
                    ("opened_on", opened.to_string()),
                    ("closed_on", closed.to_string()),
                ];
                found.push(Warning::new(WarningCode::ClosedBeforeOpened, params));
            }
        }
        (true, None) => {}
    }
    if row.stage == Stage::Won && row.amount.is_none() {
        found.push(Warning::new(WarningCode::WonWithoutAmount, []));
    }
    found
}
