//! The columns of the file for payroll: what they can hold, those to start from, what is wrong with them.

use std::collections::BTreeSet;

use yeji_report::chart::Lang;

use crate::api::Message;
use crate::api::bonus_papers::{PayrollAmounts, PayrollColumn, PayrollColumns, PayrollProblem};
use crate::bonus::paper_error::PaperError;
use crate::error::Result;
use crate::words::pick;

/// Most columns of a file.
pub(super) const MAX_COLUMNS: usize = 100;
/// Longest header or fixed text.
const MAX_TEXT_CHARS: usize = 200;
/// Largest document of columns.
const MAX_TOML_BYTES: usize = 256 * 1024;
/// Before the code of a component.
const COMPONENT: &str = "component:";

/// What a column can hold besides components: code and the header to start from.
const FIELDS: [(&str, &str, &str); 15] = [
    ("staff_number", "工号", "Staff number"),
    ("name", "姓名", "Name"),
    ("team", "团队", "Team"),
    ("department", "部门", "Department"),
    ("plan", "奖金方案", "Plan"),
    ("plan_version", "方案版本", "Plan version"),
    ("period", "期间", "Period"),
    ("payout", "奖金", "Payout"),
    ("currency", "币种", "Currency"),
    ("limit", "封顶或保底", "Cap or floor"),
    ("adjustments", "调整", "Adjustments"),
    ("target_bonus", "目标奖金", "Target bonus"),
    ("attainment", "达成率", "Attainment"),
    ("hash", "奖金单校验值", "Hash of the statement"),
    ("text", "固定文字", "Fixed text"),
];

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field<'a> {
    StaffNumber,
    Name,
    Team,
    Department,
    Plan,
    PlanVersion,
    Period,
    Payout,
    Currency,
    Limit,
    Adjustments,
    TargetBonus,
    Attainment,
    Hash,
    Text,
    /// By its code.
    Component(&'a str),
}

impl<'a> Field<'a> {
    pub(super) fn read(code: &'a str) -> Option<Self> {
        Some(match code {
            "staff_number" => Self::StaffNumber,
            "name" => Self::Name,
            "team" => Self::Team,
            "department" => Self::Department,
            "plan" => Self::Plan,
            "plan_version" => Self::PlanVersion,
            "period" => Self::Period,
            "payout" => Self::Payout,
            "currency" => Self::Currency,
            "limit" => Self::Limit,
            "adjustments" => Self::Adjustments,
            "target_bonus" => Self::TargetBonus,
            "attainment" => Self::Attainment,
            "hash" => Self::Hash,
            "text" => Self::Text,
            other => Self::Component(other.strip_prefix(COMPONENT)?),
        })
    }
}

/// The codes of all fields; components by their codes.
pub(super) fn codes<'a>(components: impl Iterator<Item = &'a str>) -> impl Iterator<Item = String> {
    let fixed = FIELDS.iter().map(|(code, ..)| (*code).to_owned());
    fixed.chain(components.map(|code| format!("{COMPONENT}{code}")))
}

/// The columns to start from.
pub(super) fn to_start_from(lang: Lang) -> PayrollColumns {
    let wanted = [
        "staff_number",
        "name",
        "department",
        "period",
        "payout",
        "currency",
        "hash",
    ];
    let of = |code: &str| {
        let found = FIELDS.iter().find(|(own, ..)| *own == code);
        found.map_or_else(
            || code.to_owned(),
            |(_, zh, en)| pick(lang, zh, en).to_owned(),
        )
    };
    PayrollColumns {
        amounts: PayrollAmounts::Decimal,
        columns: wanted
            .iter()
            .map(|code| PayrollColumn {
                header: of(code),
                field: (*code).to_owned(),
                text: None,
            })
            .collect(),
    }
}

/// What is wrong with columns; components are those of the plans that pay.
pub(super) fn check(columns: &PayrollColumns, components: &BTreeSet<&str>) -> Vec<PaperError> {
    let fault = |column: usize, problem: &'static str, value: &str| PaperError::PayrollColumn {
        column,
        problem,
        value: crate::error::shown(value),
    };
    let mut faults = Vec::new();
    let count = columns.columns.len();
    if count == 0 {
        faults.push(fault(0, "none", ""));
    }
    if count > MAX_COLUMNS {
        faults.push(fault(0, "too_many", &count.to_string()));
        return faults;
    }
    let mut headers = BTreeSet::new();
    for (number, one) in (1..).zip(&columns.columns) {
        let header = one.header.trim();
        let is_long = |text: &str| text.chars().count() > MAX_TEXT_CHARS;
        if header.is_empty() {
            faults.push(fault(number, "no_header", ""));
        } else if is_long(header) {
            faults.push(fault(number, "long_header", header));
        } else if !headers.insert(header) {
            faults.push(fault(number, "twice", header));
        }
        match Field::read(&one.field) {
            None => faults.push(fault(number, "unknown_field", &one.field)),
            Some(Field::Component(code)) if !components.contains(code) => {
                faults.push(fault(number, "unknown_component", code));
            }
            Some(Field::Text) if one.text.as_deref().is_none_or(is_long) => {
                faults.push(fault(number, "no_text", header));
            }
            Some(_) => {}
        }
    }
    faults
}

/// As the window gets it.
pub(super) fn problem(fault: &PaperError) -> PayrollProblem {
    let column = match fault {
        PaperError::PayrollColumn { column, .. } => column.checked_sub(1),
        _ => None,
    };
    PayrollProblem {
        column: column.and_then(|column| u32::try_from(column).ok()),
        message: Message {
            code: fault.code().to_owned(),
            params: fault.params(),
        },
    }
}

/// Columns as TOML, to be carried to another company.
pub(super) fn to_toml(columns: &PayrollColumns) -> Result<String> {
    toml::to_string_pretty(columns).map_err(|error| document(&error.to_string()))
}

/// Reads them.
pub(super) fn from_toml(text: &str) -> Result<PayrollColumns> {
    if text.len() > MAX_TOML_BYTES {
        let size = format!("{} bytes", text.len());
        return Err(document(&size));
    }
    toml::from_str(text).map_err(|error| document(error.message()))
}

fn document(what: &str) -> crate::error::Error {
    let value = crate::error::shown(what);
    PaperError::PayrollColumn {
        column: 0,
        problem: "document",
        value,
    }
    .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(header: &str, field: &str, text: Option<&str>) -> PayrollColumn {
        PayrollColumn {
            header: header.to_owned(),
            field: field.to_owned(),
            text: text.map(str::to_owned),
        }
    }

    #[test]
    fn each_fault_of_columns_is_named_with_its_place() {
        let check = |columns: Vec<PayrollColumn>, expected: &[(usize, &str)]| {
            let columns = PayrollColumns {
                amounts: PayrollAmounts::Decimal,
                columns,
            };
            let components = BTreeSet::from(["sales"]);
            let found: Vec<_> = super::check(&columns, &components)
                .into_iter()
                .map(|fault| match fault {
                    PaperError::PayrollColumn {
                        column, problem, ..
                    } => (column, problem),
                    other => panic!("{other}"),
                })
                .collect();
            assert_eq!(found, expected);
        };
        check(to_start_from(Lang::ZhCn).columns, &[]);
        check(to_start_from(Lang::En).columns, &[]);
        check(vec![column("A", "component:sales", None)], &[]);
        check(Vec::new(), &[(0, "none")]);
        let many = (0..=MAX_COLUMNS).map(|n| column(&n.to_string(), "name", None));
        check(many.collect(), &[(0, "too_many")]);
        check(vec![column(" ", "name", None)], &[(1, "no_header")]);
        check(
            vec![column("A", "name", None), column("A ", "team", None)],
            &[(2, "twice")],
        );
        check(vec![column("A", "salary", None)], &[(1, "unknown_field")]);
        check(
            vec![column("A", "component:gone", None)],
            &[(1, "unknown_component")],
        );
        check(vec![column("A", "text", None)], &[(1, "no_text")]);
        check(vec![column("A", "text", Some("QB"))], &[]);
    }

    #[test]
    fn a_document_of_columns_comes_back_as_it_was() {
        let mut columns = to_start_from(Lang::ZhCn);
        columns.amounts = PayrollAmounts::Minor;
        columns
            .columns
            .push(column("类型 \"Q\"", "text", Some("=1+1")));
        let text = to_toml(&columns).unwrap();
        assert_eq!(from_toml(&text).unwrap(), columns);
        let error = from_toml("columns = 3").unwrap_err();
        assert_eq!(error.code(), "payroll_column");
        assert!(from_toml("columns = []\nmore = 1").is_err(), "unknown keys");
    }

    /// A field that can be chosen and read, each.
    #[test]
    fn every_field_is_read() {
        for code in codes(["a"].into_iter()) {
            assert!(Field::read(&code).is_some(), "{code}");
        }
    }
}
