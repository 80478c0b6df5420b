//! What other plans would have cost over past periods, beside the plan in force. Nothing is kept.

mod shown;

use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::json;
use yeji_bonus::simulate::{MonthSales, compare};
use yeji_bonus::{CalculateInput, Detail, Plan, Simulated, WhatIfInput, WhatIfOutput};
use yeji_core::calendar::{Period, PeriodKind, periods};
use yeji_core::{Currency, Money};

use super::if_error::BonusIfError;
use crate::api::Progress;
use crate::api::bonus_if::{CopyWhatIf, SimulateBonus, WhatIf};
use crate::blocking::blocking;
use crate::context::App;
use crate::dates::known_day;
use crate::error::{Error, Result};
use crate::host::OnProgress;

/// Periods of all plans together that are calculated at once: twenty years of months of one plan.
const MAX_PERIODS: usize = 240;

/// What plans would have cost, with what `yeji engine bonus.what_if` recomputes it from.
#[derive(Debug)]
pub struct WhatIfRun {
    /// The answer.
    pub view: WhatIf,
    /// The engine's complete input as JSON, where it was asked for.
    pub input: Option<Vec<u8>>,
}

impl App {
    /// What one or two plans would have cost beside the plan in force.
    pub async fn simulate_bonus(
        &self,
        args: SimulateBonus,
        progress: OnProgress<'_>,
    ) -> Result<WhatIf> {
        Ok(self.simulate_bonus_with(args, false, progress).await?.view)
    }

    /// As [`App::simulate_bonus`]; `to_file`: with the engine's input, which then leaves the store.
    pub async fn simulate_bonus_with(
        &self,
        args: SimulateBonus,
        to_file: bool,
        progress: OnProgress<'_>,
    ) -> Result<WhatIfRun> {
        let cancelled = self.start_task();
        let currency = self.currency().await?;
        let asked = self.what_if_asked(&args, currency).await?;
        if to_file {
            self.what_if_leaves(args.from, args.to).await?;
        }
        let total = asked.plans.iter().map(|(_, periods)| periods.len() as u64);
        let total = total.sum();
        let mut done = 0;
        let mut inputs: Vec<Vec<CalculateInput>> = Vec::new();
        let mut simulated = Vec::with_capacity(asked.plans.len());
        for (plan, periods) in &asked.plans {
            let mut outputs = Vec::with_capacity(periods.len());
            let mut kept = Vec::new();
            for period in periods {
                progress(Progress {
                    step: "calculating".to_owned(),
                    done,
                    total,
                });
                if cancelled.load(Ordering::Relaxed) {
                    return Err(Error::Cancelled);
                }
                let input = CalculateInput {
                    detail: Detail::Lines,
                    ..Box::pin(self.bonus_input(plan, *period)).await?
                };
                let (input, output) = blocking(move || {
                    let output = yeji_bonus::calculate(&input)?;
                    Ok((input, output))
                })
                .await?;
                outputs.push(output);
                if to_file {
                    kept.push(input);
                }
                done += 1;
            }
            inputs.push(kept);
            simulated.push(Simulated {
                plan: plan.clone(),
                periods: outputs,
            });
        }
        let sales = self.sales_by_month(&asked, &cancelled).await?;
        progress(Progress {
            step: "finishing".to_owned(),
            done,
            total,
        });
        let budget = asked.budget;
        let (sold, simulated) = (sales.clone(), simulated);
        let (output, simulated) = blocking(move || {
            let output = compare(&simulated, &sold, budget, currency)?;
            Ok((output, simulated))
        })
        .await?;
        let input = if to_file {
            Some(document(inputs, sales, budget, currency)?)
        } else {
            None
        };
        let view = self.what_if_view(&asked, &simulated, &output).await?;
        Ok(WhatIfRun { view, input })
    }

    /// Records that a table of a comparison is copied, as any export is: before the deed.
    pub async fn copy_what_if(&self, args: CopyWhatIf) -> Result<()> {
        self.what_if_leaves(args.from, args.to).await
    }

    async fn what_if_leaves(&self, from: Period, to: Period) -> Result<()> {
        let range = format!("{from} {to}");
        self.audit("export.bonus_what_if", range, json!({})).await?;
        Ok(())
    }

    async fn what_if_asked(&self, args: &SimulateBonus, currency: Currency) -> Result<Asked> {
        if !(1..=2).contains(&args.plans.len()) {
            let count = args.plans.len();
            return Err(BonusIfError::PlanCount { count }.into());
        }
        let (from, to) = (args.from.start(), args.to.end());
        known_day("from", from)?;
        known_day("to", to)?;
        let budget = args
            .budget
            .as_deref()
            .filter(|text| !text.trim().is_empty());
        let budget = budget
            .map(|text| Money::parse_major(text, currency))
            .transpose()?;
        if let Some(amount) = budget.filter(|budget| budget.minor <= 0) {
            let amount = amount.to_major();
            return Err(BonusIfError::Budget { amount }.into());
        }
        let mut plans = vec![self.bonus_plan_of(None).await?];
        for text in &args.plans {
            if text.trim().is_empty() {
                continue;
            }
            let plan = yeji_bonus::parse_plan(text)?;
            yeji_bonus::require_usable(&plan)?;
            self.require_known_kpis(&plan).await?;
            plans.push(plan);
        }
        let today = self.clock.today();
        let mut all = Vec::with_capacity(plans.len());
        let mut count = 0;
        for plan in plans {
            let whole = whole_periods(plan.period, args.from, args.to);
            let begun: Vec<Period> = whole
                .into_iter()
                .filter(|period| period.start() <= today)
                .collect();
            if begun.is_empty() {
                return Err(BonusIfError::NoWholePeriod {
                    from: args.from,
                    to: args.to,
                    plan: plan.code,
                    kind: plan.period,
                }
                .into());
            }
            count += begun.len();
            all.push((plan, begun));
        }
        if count > MAX_PERIODS {
            return Err(BonusIfError::TooManyPeriods {
                from: args.from,
                to: args.to,
                count,
                limit: MAX_PERIODS,
            }
            .into());
        }
        Ok(Asked {
            plans: all,
            from: args.from,
            to: args.to,
            budget,
            currency,
        })
    }

    /// What was won in the months, of the deals that plans see.
    async fn sales_by_month(
        &self,
        asked: &Asked,
        cancelled: &AtomicBool,
    ) -> Result<Vec<MonthSales>> {
        let mut sales = Vec::new();
        let today = self.clock.today();
        for month in periods(PeriodKind::Month, asked.from.start(), asked.to.end()) {
            if month.start() > today {
                break;
            }
            if cancelled.load(Ordering::Relaxed) {
                return Err(Error::Cancelled);
            }
            let deals = self
                .store()?
                .bonus_deals(month.start(), month.end())
                .await?;
            let mut amount = Money::new(0, asked.currency);
            for deal in deals {
                amount = amount.checked_add(deal.amount)?;
            }
            sales.push(MonthSales { month, amount });
        }
        Ok(sales)
    }
}

/// What is asked, checked.
struct Asked {
    /// The plan in force, then the others, with their periods.
    plans: Vec<(Plan, Vec<Period>)>,
    from: Period,
    to: Period,
    budget: Option<Money>,
    currency: Currency,
}

/// Periods of a kind that lie wholly between two periods.
fn whole_periods(kind: PeriodKind, from: Period, to: Period) -> Vec<Period> {
    let (start, end) = (from.start(), to.end());
    let all = periods(kind, start, end).into_iter();
    all.filter(|period| start <= period.start() && period.end() <= end)
        .collect()
}

/// The input of `bonus.what_if`.
fn document(
    mut inputs: Vec<Vec<CalculateInput>>,
    sales: Vec<MonthSales>,
    budget: Option<Money>,
    currency: Currency,
) -> Result<Vec<u8>> {
    let plans = inputs.split_off(1);
    let input = WhatIfInput {
        currency,
        sales,
        budget,
        baseline: inputs.pop().unwrap_or_default(),
        plans,
    };
    Ok(serde_json::to_vec(&input).map_err(yeji_store::Error::from)?)
}

/// People whose rows are told.
const MAX_PEOPLE: usize = 2_000;

/// Those with the largest differences first.
fn most_changed(output: &WhatIfOutput) -> Vec<&yeji_bonus::simulate::PersonPay> {
    let largest = |one: &yeji_bonus::simulate::PersonPay| {
        let base = one.totals.first().map_or(0, |money| money.minor);
        let others = one.totals.iter().skip(1);
        let differences = others.map(|money| money.minor.abs_diff(base));
        differences.max().unwrap_or_else(|| base.unsigned_abs())
    };
    let mut people: Vec<_> = output.people.iter().collect();
    people.sort_by(|a, b| {
        let by_size = largest(b).cmp(&largest(a));
        by_size
            .then_with(|| a.name.cmp(&b.name))
            .then_with(|| a.person.cmp(&b.person))
    });
    people.truncate(MAX_PEOPLE);
    people
}
