//! The one JSON shape of `yeji kpi --metric ... --json`, whatever is asked (docs/guide/kpis.md).

use std::collections::BTreeMap;

use serde::Serialize;
use yeji_app::api::Message;
use yeji_app::api::kpi::{MetricCell, MetricInfo, MetricTable};
use yeji_app::api::performance::KpiTable;
use yeji_core::{Currency, Ratio, Rounding};

/// A KPI by periods and parts.
#[derive(Debug, Serialize)]
pub(super) struct Answer {
    /// Its code.
    metric: String,
    name: Name,
    /// `money`, `count`, `ratio`, `number`, `days` or `score`.
    unit: String,
    /// Of money.
    currency: Option<String>,
    rows: Vec<Row>,
    /// The value of `whole`.
    total: Option<String>,
    /// Of all days and parts together, from its own facts.
    whole: Cell,
}

#[derive(Debug, Serialize)]
struct Name {
    zh: String,
    en: String,
}

#[derive(Debug, Serialize)]
struct Row {
    /// Of the part, or, not split by parts, of the period.
    key: String,
    label: String,
    /// Of a person who has one.
    staff_number: Option<String>,
    /// Key of the period, where there are periods.
    period: Option<String>,
    #[serde(flatten)]
    cell: Cell,
}

#[derive(Debug, Default, Serialize)]
struct Cell {
    /// Exact: money as a decimal in major units, a share as a fraction. Null is no value, never zero.
    value: Option<String>,
    /// Rounded to the KPI's digits.
    shown: Option<String>,
    /// Why there is no value.
    reason: Option<Message>,
    /// The measures of its formula, exact.
    parts: BTreeMap<String, String>,
    /// What it is held against, and the change (against a goal: the attainment); null without comparison.
    compared: Option<String>,
    change: Option<String>,
    change_shown: Option<String>,
    compared_reason: Option<Message>,
}

impl Answer {
    /// Of a KPI that goals are set for, as its own table has it.
    pub fn of_sums(table: KpiTable, info: &MetricInfo, by_period: bool) -> Self {
        // The KPI is the one sum that it is called after.
        let cell = |value: &str| Cell {
            value: Some(value.to_owned()),
            shown: Some(value.to_owned()),
            parts: value
                .parse::<Ratio>()
                .map(|exact| (info.code.clone(), exact.to_string()))
                .into_iter()
                .collect(),
            ..Cell::default()
        };
        let rows = table.rows.into_iter().map(|row| Row {
            period: by_period.then(|| row.key.clone()),
            cell: cell(&row.value),
            key: row.key,
            label: row.label,
            staff_number: row.staff_number,
        });
        Self {
            rows: rows.collect(),
            currency: table.currency,
            whole: cell(&table.total),
            total: Some(table.total),
            ..Self::empty(info)
        }
    }

    /// As the library has it.
    pub fn of(table: MetricTable) -> Self {
        let currency = table.currency.as_deref().and_then(|code| code.parse().ok());
        let rows = table.rows.into_iter().map(|row| Row {
            key: match &row.period {
                Some(period) if row.key.is_empty() && row.label.is_empty() => period.clone(),
                _ => row.key,
            },
            label: match row.period_label {
                Some(period) if row.label.is_empty() => period,
                _ => row.label,
            },
            staff_number: row.staff_number,
            period: row.period,
            cell: Cell::of(row.cell, currency),
        });
        let whole = Cell::of(table.total, currency);
        Self {
            rows: rows.collect(),
            total: whole.value.clone(),
            whole,
            currency: table.currency,
            ..Self::empty(&table.metric)
        }
    }

    fn empty(info: &MetricInfo) -> Self {
        Self {
            metric: info.code.clone(),
            name: Name {
                zh: info.name.zh.clone(),
                en: info.name.en.clone(),
            },
            unit: info.unit.clone(),
            currency: None,
            rows: Vec::new(),
            total: None,
            whole: Cell::default(),
        }
    }
}

impl Cell {
    fn of(cell: MetricCell, currency: Option<Currency>) -> Self {
        Self {
            value: cell.value.map(|value| plain(value, currency)),
            shown: cell.shown,
            reason: cell.reason,
            parts: cell.parts,
            compared: cell.compared,
            change: cell.change,
            change_shown: cell.change_shown,
            compared_reason: cell.compared_reason,
        }
    }
}

/// An amount that is a whole number of its smallest units as a decimal; anything else stays a fraction.
fn plain(value: String, currency: Option<Currency>) -> String {
    let decimal = || {
        let currency = currency?;
        let exact: Ratio = value.parse().ok()?;
        let minor = exact.checked_mul(Ratio::from_int(currency.minor_per_major()));
        minor.ok()?.to_integer()?;
        exact.to_decimal(currency.decimals(), Rounding::HalfUp).ok()
    };
    decimal().unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn amounts_are_decimals_as_long_as_they_are_exact() {
        let check = |value: &str, currency: Option<&str>, expected: &str| {
            let currency = currency.map(|code| code.parse().unwrap());
            assert_eq!(plain(value.to_owned(), currency), expected);
        };
        check("3086111", Some("CNY"), "3086111.00");
        check("6172223/2", Some("CNY"), "3086111.50");
        check("1000/3", Some("CNY"), "1000/3");
        check("7/8", None, "7/8");
        check("12", None, "12");
    }
}
