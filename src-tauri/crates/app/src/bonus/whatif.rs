//! What other plans would have cost over past periods, beside the plan that the same people were under.
//! Nothing is kept.
//!
//! A document of a plan that the company has is held against that plan, as each period was run by it; one
//! of a new plan against the plan of everybody. So both are of the same people, whatever the plans are.

mod shown;

use std::sync::atomic::{AtomicBool, Ordering};

use chrono::NaiveDate;
use serde_json::json;
use yeji_bonus::simulate::{MonthSales, compare};
use yeji_bonus::{CalculateInput, Detail, Plan, Simulated, WhatIfInput, WhatIfOutput};
use yeji_core::calendar::{FiscalCalendar, Period, PeriodKind};
use yeji_core::{Currency, Money};

use super::if_error::BonusIfError;
use super::versions::{PlanBook, PlanPeriod};
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
        let total = asked.plans.iter().map(|runs| runs.len() as u64);
        let total = total.sum();
        let mut done = 0;
        let mut inputs: Vec<Vec<CalculateInput>> = Vec::new();
        let mut simulated = Vec::with_capacity(asked.plans.len());
        for runs in &asked.plans {
            let mut periods = Vec::with_capacity(runs.len());
            let mut kept = Vec::new();
            for run in runs {
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
                    ..Box::pin(self.bonus_input(&run.plan, run.period)).await?
                };
                let (input, output) = blocking(move || {
                    let output = yeji_bonus::calculate(&input)?;
                    Ok((input, output))
                })
                .await?;
                periods.push((run.plan.clone(), output));
                if to_file {
                    kept.push(input);
                }
                done += 1;
            }
            inputs.push(kept);
            simulated.push(Simulated { periods });
        }
        let sales = self.sales_by_month(&asked, &cancelled).await?;
        progress(Progress {
            step: "finishing".to_owned(),
            done,
            total,
        });
        let budget = asked.budget;
        let sold = sales.clone();
        let (simulated, output) = blocking(move || {
            let output = compare(&simulated, &sold, budget, currency)?;
            Ok((simulated, output))
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
        let mut drafts = Vec::new();
        for text in &args.plans {
            if text.trim().is_empty() {
                continue;
            }
            let plan = yeji_bonus::parse_plan(text)?;
            yeji_bonus::require_usable(&plan)?;
            self.require_known_kpis(&plan).await?;
            drafts.push(plan);
        }
        let asked = Asked {
            plans: Vec::new(),
            people_of: None,
            from: args.from,
            to: args.to,
            budget,
            currency,
            fiscal: self.company_calendar().await?.fiscal()?,
            today: self.clock.today(),
        };
        asked.with_plans(&self.plan_book().await?, drafts)
    }

    /// What was won in the months, of the deals that plans see.
    async fn sales_by_month(
        &self,
        asked: &Asked,
        cancelled: &AtomicBool,
    ) -> Result<Vec<MonthSales>> {
        let mut sales = Vec::new();
        let today = asked.today;
        for month in asked.whole_periods(PeriodKind::Month) {
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
    /// The plan in force, as each period was run by it, then the others; none without a period.
    plans: Vec<Vec<PlanPeriod>>,
    /// Only those are compared who are under this plan; none: under that of everybody.
    people_of: Option<String>,
    from: Period,
    to: Period,
    budget: Option<Money>,
    currency: Currency,
    fiscal: FiscalCalendar,
    today: NaiveDate,
}

impl Asked {
    /// With the baseline, and the periods of all plans.
    fn with_plans(mut self, book: &PlanBook, drafts: Vec<Plan>) -> Result<Self> {
        self.people_of = self.whose(book, &drafts)?;
        let code = self.people_of.as_deref();
        let days = (self.from.start(), self.to.end());
        let mut runs = book.runs_between(code, days, self.today, self.fiscal)?;
        runs.retain(|run| self.is_whole(run.period));
        let missing = || Error::NotFound {
            what: "bonus plan",
            value: code.unwrap_or(book.base_code()).to_owned(),
        };
        let now = book.now(code, self.today)?.ok_or_else(missing)?;
        let mut plans = vec![(now, runs)];
        for plan in drafts {
            let whole = self.whole_periods(plan.period).into_iter();
            let runs = whole.map(|period| PlanPeriod {
                period,
                plan: plan.clone(),
                held: true,
            });
            let runs = runs.collect();
            plans.push((plan, runs));
        }
        let mut count = 0;
        for (plan, mut runs) in plans {
            runs.retain(|run| run.period.start() <= self.today);
            if runs.is_empty() {
                return Err(BonusIfError::NoWholePeriod {
                    from: self.from,
                    to: self.to,
                    plan: plan.code,
                    kind: plan.period,
                }
                .into());
            }
            count += runs.len();
            self.plans.push(runs);
        }
        if count > MAX_PERIODS {
            return Err(BonusIfError::TooManyPeriods {
                from: self.from,
                to: self.to,
                count,
                limit: MAX_PERIODS,
            }
            .into());
        }
        Ok(self)
    }

    /// Whose people the documents are for: a known plan for its own, a new one for those who are under the
    /// plan of everybody. Two for different people are no comparison.
    fn whose(&self, book: &PlanBook, drafts: &[Plan]) -> Result<Option<String>> {
        let (from, to) = (self.from.start(), self.to.end());
        let whose = |plan: &Plan| {
            let of_everybody =
                !book.knows(&plan.code) || book.is_default_throughout(&plan.code, from, to);
            (!of_everybody).then(|| plan.code.clone())
        };
        let mut all = drafts.iter().map(|plan| (plan, whose(plan)));
        let Some((first, people_of)) = all.next() else {
            return Ok(None);
        };
        match all.find(|(_, whose)| *whose != people_of) {
            None => Ok(people_of),
            Some((other, _)) => Err(BonusIfError::OtherPeople {
                plan: first.code.clone(),
                other: other.code.clone(),
            }
            .into()),
        }
    }

    /// Periods of a kind, by the company's calendar, that lie wholly in the time.
    fn whole_periods(&self, kind: PeriodKind) -> Vec<Period> {
        let all = self.fiscal.periods(kind, self.from.start(), self.to.end());
        let whole = all.into_iter();
        whole.filter(|period| self.is_whole(*period)).collect()
    }

    fn is_whole(&self, period: Period) -> bool {
        self.from.start() <= period.start() && period.end() <= self.to.end()
    }

    /// Whether the plan in force changed in the time.
    fn is_changed(&self) -> bool {
        let mut pairs = self.plans[0].windows(2);
        pairs.any(|two| two[0].plan != two[1].plan)
    }
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

#[cfg(test)]
mod tests;
