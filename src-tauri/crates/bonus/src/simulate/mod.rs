//! Engine `bonus.what_if`: what other plans would have cost over past periods, beside the plan in force.
//! Who gains and who loses, how many fall into each tier, cost of sales, and what is left of a budget.

mod months;
mod people;
mod tiers;

use std::collections::HashSet;

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yeji_core::calendar::Period;
use yeji_core::{Currency, Money, Ratio};

use crate::calculate::{ENGINE_VERSION, calculate};
use crate::input::CalculateInput;
use crate::plan::{Plan, PlanName};
use crate::statement::CalculateOutput;
use crate::{Error, Result};

pub use months::MonthCost;
pub use people::{Comparison, PeriodPay, PersonPay};
pub use tiers::{ComponentTiers, Place, Point, TierCount};

/// Name of the engine on the command line.
pub const ENGINE: &str = "bonus.what_if";

/// Input of `bonus.what_if`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WhatIfInput {
    /// The currency of every amount.
    pub currency: Currency,
    /// What was sold by months, whatever plan pays on it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sales: Vec<MonthSales>,
    /// What all periods together may cost.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub budget: Option<Money>,
    /// The plan that the others are held against: its periods, each with the version of the plan that holds in
    /// it.
    pub baseline: Vec<CalculateInput>,
    /// The others, each as the first.
    pub plans: Vec<Vec<CalculateInput>>,
}

/// What was sold in a month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MonthSales {
    /// The month.
    pub month: Period,
    /// How much.
    pub amount: Money,
}

/// A plan with its calculated periods.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Simulated {
    /// One for each period, none twice, with the version of the plan that it was calculated by.
    pub periods: Vec<(Plan, CalculateOutput)>,
}

impl Simulated {
    /// The version of the last period, of which name, tiers and curve are told.
    ///
    /// # Errors
    /// No period.
    pub fn plan(&self) -> Result<&Plan> {
        let last = self.outputs().max_by_key(|output| output.period.start());
        let last = last.ok_or(Error::NoPeriods)?.period;
        let mut all = self.periods.iter();
        let found = all.find(|(_, output)| output.period == last);
        found.map(|(plan, _)| plan).ok_or(Error::NoPeriods)
    }

    fn outputs(&self) -> impl Iterator<Item = &CalculateOutput> {
        self.periods.iter().map(|(_, output)| output)
    }
}

/// Output of `bonus.what_if`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WhatIfOutput {
    /// [`ENGINE_VERSION`].
    pub engine_version: String,
    /// The baseline, then the others.
    pub plans: Vec<PlanCost>,
    /// Months in which a period of any of the plans ends, or something was sold.
    pub months: Vec<MonthCost>,
    /// Each of the others against the baseline.
    pub comparisons: Vec<Comparison>,
    /// What everybody gets by each plan, whoever is paid by any of them, by id.
    pub people: Vec<PersonPay>,
}

/// What a plan costs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PlanCost {
    /// Its code.
    pub code: String,
    /// Its name, in the version of its last period.
    pub name: PlanName,
    /// Of all periods.
    pub total: Money,
    /// Total / sales, exact; none where nothing was sold.
    pub cost_of_sales: Option<Ratio>,
    /// Budget - total: below zero it costs more.
    pub budget_left: Option<Money>,
    /// Its periods in order.
    pub periods: Vec<PeriodCost>,
    /// How many statements fall where, by components of the version of the last period: those of periods by
    /// another version are not placed.
    pub tiers: Vec<ComponentTiers>,
}

/// What a period costs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PeriodCost {
    /// The period.
    pub period: Period,
    /// Sum of its statements.
    pub total: Money,
    /// Statements above zero.
    pub paid: usize,
    /// Statements of which something cannot be known: the period costs more, or less.
    pub blocked: usize,
    /// Statements.
    pub statements: usize,
}

/// Calculates every period by every plan and compares them.
///
/// # Errors
/// As [`calculate`], and as [`compare`]; periods of plans with different codes in one list.
pub fn what_if(input: &WhatIfInput) -> Result<WhatIfOutput> {
    let run = |inputs: &[CalculateInput]| -> Result<Simulated> {
        let code = &inputs.first().ok_or(Error::NoPeriods)?.plan.code;
        let mut periods = Vec::with_capacity(inputs.len());
        for one in inputs {
            if one.plan.code != *code {
                return Err(Error::SeveralPlans {
                    period: one.period,
                    plan: one.plan.code.clone(),
                });
            }
            periods.push((one.plan.clone(), calculate(one)?));
        }
        Ok(Simulated { periods })
    };
    let mut plans = vec![run(&input.baseline)?];
    for periods in &input.plans {
        plans.push(run(periods)?);
    }
    compare(&plans, &input.sales, input.budget, input.currency)
}

/// Compares calculated periods: the first plan is the one that the others are held against.
///
/// # Errors
/// No plan or no period, a period twice, plans over different days, sales of a month twice or of no
/// month, another currency, sums that do not fit.
pub fn compare(
    plans: &[Simulated],
    sales: &[MonthSales],
    budget: Option<Money>,
    currency: Currency,
) -> Result<WhatIfOutput> {
    if plans.is_empty() {
        return Err(Error::NoPeriods);
    }
    same_time(plans)?;
    months::check(sales)?;
    for money in sales.iter().map(|one| one.amount).chain(budget) {
        check_currency("sales", money, currency)?;
    }
    let mut sold = Money::new(0, currency);
    for one in sales {
        sold = plus(sold, one.amount)?;
    }
    let mut costs = Vec::with_capacity(plans.len());
    for one in plans {
        costs.push(cost(one, sold, budget, currency)?);
    }
    let people = people::pay(plans, currency)?;
    let comparisons = (1..plans.len())
        .map(|at| people::comparison(&people, at, currency))
        .collect::<Result<_>>()?;
    Ok(WhatIfOutput {
        engine_version: ENGINE_VERSION.to_owned(),
        months: months::months(&costs, sales, currency)?,
        plans: costs,
        comparisons,
        people,
    })
}

/// Cost of other days is no difference of plans.
fn same_time(plans: &[Simulated]) -> Result<()> {
    let days = |one: &Simulated| {
        let mut spans: Vec<(NaiveDate, NaiveDate)> = one
            .outputs()
            .map(|output| (output.period.start(), output.period.end()))
            .collect();
        spans.sort_unstable();
        let mut joined: Vec<(NaiveDate, NaiveDate)> = Vec::new();
        for (from, to) in spans {
            match joined.last_mut() {
                Some((_, end)) if from <= *end => *end = to.max(*end),
                _ => joined.push((from, to)),
            }
        }
        joined
    };
    let Some((first, others)) = plans.split_first() else {
        return Ok(());
    };
    let of_first = days(first);
    match others.iter().find(|one| days(one) != of_first) {
        Some(other) if !other.periods.is_empty() => Err(Error::OtherTime {
            plan: other.plan()?.code.clone(),
        }),
        _ => Ok(()),
    }
}

fn cost(
    plan: &Simulated,
    sold: Money,
    budget: Option<Money>,
    currency: Currency,
) -> Result<PlanCost> {
    let version = plan.plan()?;
    let mut seen = HashSet::new();
    let mut total = Money::new(0, currency);
    let mut periods = Vec::with_capacity(plan.periods.len());
    for output in plan.outputs() {
        check_currency(&version.code, output.total, currency)?;
        if !seen.insert(output.period) {
            return Err(Error::PeriodTwice {
                period: output.period,
            });
        }
        total = plus(total, output.total)?;
        let count = |wanted: fn(&crate::Statement) -> bool| {
            output.statements.iter().filter(|one| wanted(one)).count()
        };
        periods.push(PeriodCost {
            period: output.period,
            total: output.total,
            paid: count(|one| one.payout.minor > 0),
            blocked: count(|one| one.blocked),
            statements: output.statements.len(),
        });
    }
    periods.sort_by_key(|one| one.period.start());
    let cost_of_sales = if sold.minor > 0 {
        Some(Ratio::new(total.minor.into(), sold.minor.into())?)
    } else {
        None
    };
    Ok(PlanCost {
        code: version.code.clone(),
        name: version.name.clone(),
        total,
        cost_of_sales,
        budget_left: budget.map(|budget| minus(budget, total)).transpose()?,
        periods,
        tiers: tiers::of_version(version, plan, currency)?,
    })
}

fn check_currency(place: &str, money: Money, currency: Currency) -> Result<()> {
    if money.currency == currency {
        return Ok(());
    }
    Err(Error::MixedCurrencies {
        person: String::new(),
        place: place.to_owned(),
        expected: currency,
        found: money.currency,
    })
}

fn plus(a: Money, b: Money) -> Result<Money> {
    a.checked_add(b).map_err(|_| overflow())
}

fn minus(a: Money, b: Money) -> Result<Money> {
    a.checked_sub(b).map_err(|_| overflow())
}

fn overflow() -> Error {
    Error::Overflow {
        person: String::new(),
        what: "total",
    }
}
