//! What was remembered, given or decided, applied to a proposed mapping.

use std::collections::BTreeMap;

use yeji_core::Ratio;
use yeji_core::facts::Stage;
use yeji_core::rate::Rate;
use yeji_intake::{DateOrder, DecidedBy, Evidence, Field, Mapping, RoleRule};

use crate::api::data::FileDecision;
use crate::error::{Error, Result};

/// Takes over what a mapping says on columns that are the same. Values of this file that allow only
/// one reading win over what was remembered, not over what was given for this import. A remembered
/// currency was the company's of its day and says nothing about these files.
pub(super) fn recall(mapping: &mut Mapping, old: &Mapping, evidence: &[Evidence], given: bool) {
    let decided_here = |field: Field| {
        !given
            && evidence.iter().any(|evidence| match evidence {
                Evidence::Dates(dates) => {
                    dates.field == field
                        && matches!(dates.decided_by, DecidedBy::Values | DecidedBy::Control)
                }
                Evidence::Amounts(amounts) => amounts.field == field && amounts.style.is_some(),
                Evidence::Stage(_) | Evidence::Role(_) => false,
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
    mapping.roles.extend(old.roles.clone());
    // A tax is of the column whose amounts it is taken out of: net amounts may stand beside it.
    let amounts = |mapping: &Mapping| mapping.columns.get(&Field::AMOUNT).cloned();
    if amounts(old) == amounts(mapping) {
        mapping.tax_included = old.tax_included;
    }
    if given {
        mapping.currency = old.currency.or(mapping.currency);
    }
}

fn field_of(code: &str) -> Result<Field> {
    code.parse::<Field>()
        .map_err(|_| Error::input("field", code, "a field of the chosen kind"))
}

/// Applies a person's decisions on which column is which field.
pub(super) fn decide_columns(
    columns: &mut BTreeMap<Field, String>,
    decision: &FileDecision,
) -> Result<()> {
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
pub(super) fn decide(mapping: &mut Mapping, decision: &FileDecision) -> Result<()> {
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
    for (value, role) in &decision.roles {
        let rule = role
            .parse::<RoleRule>()
            .map_err(|()| Error::input("role", role, "sales, manager, by_deals"))?;
        mapping.roles.insert(value.clone(), rule);
    }
    Ok(())
}

/// Applies a person's choice on tax to a mapping: a percentage, or the empty text for net amounts.
pub(super) fn decide_tax(mapping: &mut Mapping, percent: Option<&str>) -> Result<()> {
    let Some(percent) = percent else {
        return Ok(());
    };
    let number = percent.trim().trim_end_matches('%').trim();
    mapping.tax_included = if number.is_empty() {
        None
    } else {
        let rate = number.parse::<Rate>();
        let hundred = Ratio::from_int(100);
        let usable = rate.ok().filter(|rate| rate.ratio() <= hundred);
        Some(usable.ok_or_else(|| Error::input("tax_included", percent, "percent"))?)
    };
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

pub(super) fn date_order_code(order: DateOrder) -> &'static str {
    match order {
        DateOrder::DayFirst => "day_first",
        DateOrder::MonthFirst => "month_first",
        DateOrder::YearFirst => "year_first",
    }
}
