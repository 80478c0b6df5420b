//! The cells of one raw row by field, and the typed row that they make: one function per kind.

use chrono::NaiveDate;
use yeji_core::Money;
use yeji_core::facts::Stage;

use crate::amount::AmountRule;
use crate::convert::{Column, Fault, Plan, Taken};
use crate::fact::{self, Value};
use crate::fold::fold_key;
use crate::kinds::FieldType;
use crate::raw::{CellKind, RawRow, says_nothing};
use crate::{
    Counted, CustomerRow, FactRow, Field, Kind, OpportunityRow, PersonRow, ProductRow, RejectCode,
    RoleRule, Row, Warning, WarningCode, amount, date, known_role, known_stage,
};

/// Identities by number and by name must not meet: a person may be called `1001`.
pub(crate) const NUMBER: char = '#';
const NAME: char = '@';
/// Digits of a number that Excel keeps.
const EXACT_DIGITS: usize = 15;

fn digits(text: &str) -> usize {
    text.bytes().filter(u8::is_ascii_digit).count()
}

fn identity(number: Option<&str>, name: &str) -> String {
    match number {
        Some(number) => format!("{NUMBER}{number}"),
        None => format!("{NAME}{name}"),
    }
}

/// The cells of a row by field.
pub(crate) struct Cells<'a> {
    pub(crate) plan: &'a Plan,
    pub(crate) raw: &'a RawRow,
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
            CellKind::Uncalculated => Err(Fault::cell(RejectCode::FormulaNotCalculated, column)),
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

    /// A text; where it names another record, the words for "nothing" name none.
    fn text(&self, field: Field) -> Taken<Option<String>> {
        let value = self.value(field)?;
        let value = value.filter(|(text, ..)| !(field.names_another() && says_nothing(text)));
        match value {
            // Excel keeps fifteen digits of a number: the rest of a longer one is lost.
            Some((text, CellKind::Number, column)) if digits(text) > EXACT_DIGITS => {
                Err(Fault::cell(RejectCode::DigitsLost, column))
            }
            value => Ok(value.map(|(text, ..)| text.to_owned())),
        }
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
        self.amount_by(field, |rule| rule)
    }

    /// An amount as the file has it, with the tax in it.
    fn amount_as_written(&self, field: Field) -> Option<Money> {
        let gross = |rule| AmountRule { net: None, ..rule };
        self.amount_by(field, gross).ok().flatten()
    }

    fn amount_by(
        &self,
        field: Field,
        change: impl Fn(AmountRule) -> AmountRule,
    ) -> Taken<Option<Money>> {
        let Some((text, kind, column)) = self.typed(field)? else {
            return Ok(None);
        };
        // `Plan::new` gives every amount column its rule.
        let Some(rule) = column.amount.map(change) else {
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
        let number = fact::read_integer(text)
            .ok_or_else(|| Fault::cell(RejectCode::IntegerUnreadable, column))?;
        Ok(Some(number))
    }

    /// A row of a kind that has no type of its own: a value for each field that has one.
    pub(crate) fn fact(&self, kind: Kind) -> Taken<(Row, String)> {
        let mut row = FactRow {
            line: self.raw.line,
            kind,
            external_id: String::new(),
            values: Vec::new(),
        };
        for def in kind.fields() {
            let value = match def.kind {
                FieldType::Text | FieldType::Role | FieldType::QuarterOf(_) => {
                    self.text(def.field)?.map(Value::Text)
                }
                FieldType::Date => self.date(def.field)?.map(Value::Day),
                FieldType::Amount => self.amount(def.field)?.map(Value::Amount),
                FieldType::Stage => Some(Value::Stage(self.stage()?)),
                FieldType::Integer => self.integer(def.field)?.map(Value::Number),
                FieldType::Between(min, max) => {
                    let number = self.integer(def.field)?;
                    if number.is_some_and(|number| number < min || number > max) {
                        return Err(self.fault_of(def.field, RejectCode::NumberOutOfRange));
                    }
                    number.map(Value::Number)
                }
                FieldType::Month => self.read(def.field, |text, kind, column| {
                    let order = column.date_order;
                    date::read_month(text, kind, order, self.plan.epoch_1904).map(Value::Day)
                })?,
                FieldType::Rate => self.read(def.field, |text, _, _| {
                    let rate = fact::read_rate(text).ok_or(RejectCode::RateUnreadable)?;
                    Ok(Value::Rate(rate))
                })?,
                FieldType::Currency => self.read(def.field, |text, _, _| {
                    let currency = fact::read_currency(text).ok_or(RejectCode::CurrencyUnknown)?;
                    Ok(Value::Currency(currency))
                })?,
                FieldType::Shares => self.read(def.field, |text, _, _| {
                    fact::read_shares(text).map(Value::Shares)
                })?,
                FieldType::Choice(choices) => self.read(def.field, |text, _, _| {
                    let code = fact::read_choice(text, choices).ok_or(RejectCode::ChoiceUnknown)?;
                    Ok(Value::Choice(code))
                })?,
            };
            match value {
                Some(value) => row.values.push((def.field, value)),
                // The column is there and the cell says nothing (`-`).
                None if def.required => {
                    return Err(self.fault_of(def.field, RejectCode::RequiredMissing));
                }
                None => {}
            }
        }
        let number = row.text(Field::EXTERNAL_ID).map(str::to_owned);
        row.external_id = number
            .clone()
            .unwrap_or_else(|| row.composed(|field| self.amount_as_written(field)));
        let identity = identity(number.as_deref(), &row.external_id);
        Ok((Row::Fact(row), identity))
    }

    /// A cell's value by a reader of its own.
    fn read(
        &self,
        field: Field,
        reader: impl FnOnce(&str, CellKind, &Column) -> Result<Value, RejectCode>,
    ) -> Taken<Option<Value>> {
        let Some((text, kind, column)) = self.typed(field)? else {
            return Ok(None);
        };
        reader(text, kind, column)
            .map(Some)
            .map_err(|code| Fault::cell(code, column))
    }

    /// The day by which a row is counted and its amount, as far as they can be read, of a row that is
    /// not taken: it counts in the totals of its file all the same.
    pub(crate) fn counted(&self, kind: Kind) -> Option<Counted> {
        let def = kind.def();
        if kind == Kind::Opportunities {
            match self.stage() {
                Ok(Stage::Won) => {}
                Ok(_) => return None,
                // It may have been won or not: neither is said of it.
                Err(_) => {
                    return Some(Counted {
                        day: None,
                        amount: self.amount(Field::AMOUNT).ok().flatten(),
                        stage_undecided: true,
                    });
                }
            }
        }
        let field = def.counted_on?;
        let month = kind
            .field(field)
            .is_some_and(|def| def.kind == FieldType::Month);
        let day = if month {
            self.read(field, |text, kind, column| {
                date::read_month(text, kind, column.date_order, self.plan.epoch_1904)
                    .map(Value::Day)
            })
            .ok()
            .flatten()
            .and_then(|value| match value {
                Value::Day(day) => Some(day),
                _ => None,
            })
        } else {
            self.date(field).ok().flatten()
        };
        Some(Counted {
            day,
            amount: self.amount(Field::AMOUNT).ok().flatten(),
            stage_undecided: false,
        })
    }

    fn fault_of(&self, field: Field, code: RejectCode) -> Fault {
        match self.plan.column(field) {
            Some(column) => Fault::cell(code, column),
            None => Fault::row(code, vec![("field", field.code().to_owned())]),
        }
    }

    fn stage(&self) -> Taken<Stage> {
        let Some((text, _, column)) = self.value(Field::STAGE)? else {
            return Err(Fault::row(
                RejectCode::RequiredMissing,
                vec![("field", Field::STAGE.code().to_owned())],
            ));
        };
        let stages = &self.plan.stages;
        let mapped = stages
            .get(text)
            .or_else(|| stages.get(&fold_key(text)))
            .copied();
        mapped
            .or_else(|| known_stage(text))
            .ok_or_else(|| Fault::cell(RejectCode::StageUnknown, column))
    }

    /// A title that the mapping does not name has the usual meaning.
    fn role(&self) -> Taken<Option<RoleRule>> {
        let roles = &self.plan.roles;
        let meaning = |text: &str| {
            roles
                .get(text)
                .or_else(|| roles.get(&fold_key(text)))
                .copied()
                .unwrap_or_else(|| known_role(text))
        };
        Ok(self.value(Field::ROLE)?.map(|(text, ..)| meaning(text)))
    }

    pub(crate) fn person(&self) -> Taken<(Row, String)> {
        let mut row = PersonRow {
            line: self.raw.line,
            staff_number: self.text(Field::STAFF_NUMBER)?,
            name: self.required(Field::NAME)?,
            manager: self.text(Field::MANAGER)?,
            team: self.text(Field::TEAM)?,
            department: self.text(Field::DEPARTMENT)?,
            role: self.role()?,
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

    pub(crate) fn customer(&self) -> Taken<(Row, String)> {
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

    pub(crate) fn product(&self) -> Taken<(Row, String)> {
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

    pub(crate) fn opportunity(&self) -> Taken<(Row, String)> {
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
