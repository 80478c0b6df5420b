//! Cost by months: a period's bonus falls due when it ends, so it counts in its last month.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yeji_core::calendar::{Period, PeriodKind};
use yeji_core::{Currency, Money};

use super::{MonthSales, PlanCost, plus};
use crate::{Error, Result};

/// What a month costs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MonthCost {
    /// The month.
    pub month: Period,
    /// What the periods that end in it cost, by plans.
    pub costs: Vec<Money>,
    /// What was sold in it; none: not told.
    pub sales: Option<Money>,
}

/// Sales are told by months, each once.
pub(super) fn check(sales: &[MonthSales]) -> Result<()> {
    let mut seen = BTreeSet::new();
    for one in sales {
        let period = one.month;
        if period.kind() != PeriodKind::Month {
            return Err(Error::NoMonth { period });
        }
        if !seen.insert(period.start()) {
            return Err(Error::PeriodTwice { period });
        }
    }
    Ok(())
}

pub(super) fn months(
    plans: &[PlanCost],
    sales: &[MonthSales],
    currency: Currency,
) -> Result<Vec<MonthCost>> {
    let nothing = Money::new(0, currency);
    let mut months: BTreeMap<NaiveDate, MonthCost> = BTreeMap::new();
    let empty = |month: Period| MonthCost {
        month,
        costs: vec![nothing; plans.len()],
        sales: None,
    };
    for one in sales {
        let month = months.entry(one.month.start());
        let month = month.or_insert_with(|| empty(one.month));
        month.sales = Some(plus(month.sales.unwrap_or(nothing), one.amount)?);
    }
    for (at, plan) in plans.iter().enumerate() {
        for period in &plan.periods {
            let last = last_month(period.period)?;
            let month = months.entry(last.start());
            let month = month.or_insert_with(|| empty(last));
            month.costs[at] = plus(month.costs[at], period.total)?;
        }
    }
    Ok(months.into_values().collect())
}

/// The month of a period's last day, by its own calendar.
fn last_month(period: Period) -> Result<Period> {
    let last = period.end().pred_opt().unwrap_or(period.start());
    Ok(period.calendar().containing(PeriodKind::Month, last)?)
}
