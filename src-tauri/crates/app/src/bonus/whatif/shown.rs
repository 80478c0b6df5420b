//! The comparison for the window: plain decimals, tiers in the plan's own words, people on the curves.

use std::collections::BTreeSet;

use yeji_bonus::percent;
use yeji_bonus::simulate::{ComponentTiers, PersonPay, Place, PlanCost, Point, TierCount};
use yeji_bonus::{By, Component, Pay, Plan, Simulated, WhatIfOutput};
use yeji_core::org::Organisation;
use yeji_core::{Money, Ratio, Rounding, allocate};

use super::super::plan::curves;
use super::super::versions::PlanPeriod;
use super::{Asked, most_changed};
use crate::api::Message;
use crate::api::bonus::ComponentCurve;
use crate::api::bonus_if::{
    WhatIf, WhatIfComparison, WhatIfComponent, WhatIfMonth, WhatIfPay, WhatIfPerson, WhatIfPlan,
    WhatIfPoint, WhatIfTier,
};
use crate::context::App;
use crate::error::Result;

/// Points of a curve that are told.
const MAX_POINTS: usize = 1_000;

impl App {
    pub(super) async fn what_if_view(
        &self,
        asked: &Asked,
        simulated: &[Simulated],
        output: &WhatIfOutput,
    ) -> Result<WhatIf> {
        let organisation = self.store()?.organisation().await?;
        let mut plans = Vec::with_capacity(simulated.len());
        for (one, cost) in simulated.iter().zip(&output.plans) {
            plans.push(plan(one.plan()?, cost, output)?);
        }
        let mut sales = Money::new(0, asked.currency);
        for month in &output.months {
            sales = sales.checked_add(month.sales.unwrap_or(Money::new(0, asked.currency)))?;
        }
        let mut people = Vec::new();
        for one in most_changed(output) {
            people.push(person(one, &organisation, asked)?);
        }
        Ok(WhatIf {
            currency: asked.currency.to_string(),
            from: asked.from.start(),
            to: asked.to.end(),
            budget: asked.budget.map(Money::to_major),
            sales: sales.to_major(),
            plans,
            months: months(asked, output)?,
            comparisons: output
                .comparisons
                .iter()
                .map(|one| WhatIfComparison {
                    plan: count(one.plan),
                    difference: one.difference.to_major(),
                    gain: count(one.gain),
                    lose: count(one.lose),
                    same: count(one.same),
                    gained: one.gained.to_major(),
                    lost: one.lost.to_major(),
                })
                .collect(),
            people,
            people_count: count(output.people.len()),
            notes: what_if_notes(asked, output),
        })
    }
}

fn what_if_notes(asked: &Asked, output: &WhatIfOutput) -> Vec<Message> {
    let mut notes = Vec::new();
    if let Some(plan) = &asked.people_of {
        let plan = ("plan", plan.clone());
        notes.push(Message::new("what_if_people_of", &[plan]));
    }
    if let Some(run) = asked.plans[0].iter().rfind(|run| !run.held) {
        let day = ("date", run.period.end().to_string());
        notes.push(Message::new("what_if_todays_version", &[day]));
    }
    if asked.is_changed() {
        notes.push(Message::new("what_if_versions", &[]));
    }
    let mut all = asked.plans.iter().flatten();
    if let Some(running) = all.find(|run| run.period.end() > asked.today) {
        let period = ("period", running.period.to_string());
        notes.push(Message::new("what_if_running", &[period]));
    }
    if output.people.is_empty() {
        notes.push(Message::new("what_if_nobody", &[]));
    }
    let statements = output.plans.iter().flat_map(|plan| &plan.periods);
    let blocked: usize = statements.map(|one| one.blocked).sum();
    if blocked > 0 {
        let blocked = ("count", blocked.to_string());
        notes.push(Message::new("what_if_blocked", &[blocked]));
    }
    let kinds = asked.plans.iter().flatten().map(|run| run.plan.period);
    if kinds.collect::<BTreeSet<_>>().len() > 1 {
        notes.push(Message::new("what_if_other_kinds", &[]));
    }
    // Each plan has whole periods only: with others they may leave out different days.
    let days = |runs: &[PlanPeriod]| {
        let first = runs.first().map(|run| run.period.start());
        (first, runs.last().map(|run| run.period.end()))
    };
    let mut spans: Vec<_> = asked.plans.iter().map(|runs| days(runs)).collect();
    spans.dedup();
    if spans.len() > 1 {
        notes.push(Message::new("what_if_other_days", &[]));
    }
    notes.push(Message::new("what_if_as_now", &[]));
    notes
}

fn plan(plan: &Plan, cost: &PlanCost, output: &WhatIfOutput) -> Result<WhatIfPlan> {
    let sum = |of: fn(&yeji_bonus::simulate::PeriodCost) -> usize| {
        count(cost.periods.iter().map(of).sum())
    };
    let drawn = curves(plan, cost.total.currency)?;
    let mut components = Vec::with_capacity(plan.components.len());
    for ((component, tiers), curve) in plan.components.iter().zip(&cost.tiers).zip(drawn) {
        components.push(shown(component, tiers, curve, output)?);
    }
    Ok(WhatIfPlan {
        code: plan.code.clone(),
        name_zh: plan.name.zh.clone(),
        name_en: plan.name.en.clone(),
        kind: super::super::if_error::kind_code(plan.period).to_owned(),
        total: cost.total.to_major(),
        cost_of_sales: cost.cost_of_sales.map(|share| share.to_string()),
        budget_left: cost.budget_left.map(Money::to_major),
        paid: sum(|one| one.paid),
        blocked: sum(|one| one.blocked),
        statements: sum(|one| one.statements),
        components,
    })
}

fn shown(
    component: &Component,
    tiers: &ComponentTiers,
    curve: ComponentCurve,
    output: &WhatIfOutput,
) -> Result<WhatIfComponent> {
    let scale = Scale::of(component);
    let mut points = Vec::new();
    for point in tiers.points.iter().take(MAX_POINTS) {
        points.extend(on_curve(point, component, scale, &curve, output)?);
    }
    Ok(WhatIfComponent {
        code: component.code.clone(),
        name_zh: component.name.zh.clone(),
        name_en: component.name.en.clone(),
        by: curve.by,
        money: component.measures_money(),
        tiers: tiers
            .counts
            .iter()
            .map(|one| tier(one, component))
            .collect(),
        curve: curve.points,
        points,
        point_count: count(tiers.points.len()),
        scaled_by: scale.code().to_owned(),
    })
}

/// How payouts of people with other goals and target bonuses lie on one curve.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scale {
    /// What is paid goes by the target bonus.
    Target,
    /// What is paid goes by the measure, and that by the goal.
    Goal,
    /// It is what it is.
    AsIs,
}

impl Scale {
    fn of(component: &Component) -> Self {
        let tiers = component.rate.tiers.iter();
        let pays = tiers.flat_map(|tier| std::iter::once(&tier.pay).chain(&tier.pay_to));
        let paying: Vec<&Pay> = pays
            .chain(std::iter::once(&component.rate.below_first_tier))
            .filter(|pay| !matches!(pay, Pay::Nothing))
            .collect();
        let by_target = |pay: &&Pay| {
            matches!(
                pay,
                Pay::PercentOfTargetBonus { .. } | Pay::IndividualRate { .. }
            )
        };
        let by_measure = |pay: &&Pay| matches!(pay, Pay::PercentOfMeasure { .. });
        match component.rate.by {
            By::Attainment if paying.iter().all(by_target) => Self::Target,
            By::Attainment if paying.iter().all(by_measure) => Self::Goal,
            _ => Self::AsIs,
        }
    }

    fn code(self) -> &'static str {
        match self {
            Self::Target => "target",
            Self::Goal => "goal",
            Self::AsIs => "none",
        }
    }
}

/// None where the payout cannot be put on the curve's scale.
fn on_curve(
    point: &Point,
    component: &Component,
    scale: Scale,
    curve: &ComponentCurve,
    output: &WhatIfOutput,
) -> Result<Option<WhatIfPoint>> {
    let (whole, own) = match scale {
        Scale::Target => (curve.target_bonus, point.target_bonus),
        Scale::Goal => (curve.goal, point.goal),
        Scale::AsIs => (point.payout, Some(point.payout)),
    };
    let drawn = match (scale, own) {
        (Scale::AsIs, _) => point.payout,
        (_, Some(own)) if own.minor > 0 => {
            let share = Ratio::new(whole.minor.into(), own.minor.into())?;
            point.payout.times(share, Rounding::HalfUp)?
        }
        _ => return Ok(None),
    };
    let x = match component.rate.by {
        By::Attainment => point.x.checked_mul(Ratio::from_int(100))?,
        By::Amount => point.x,
    };
    let decimals = match component.rate.by {
        By::Attainment => 4,
        By::Amount => 2,
    };
    let known = output.people.iter().find(|one| one.person == point.person);
    Ok(Some(WhatIfPoint {
        name: known.map(|one| one.name.clone()).unwrap_or_default(),
        period: point.period,
        x: x.to_decimal(decimals, Rounding::HalfUp)?,
        drawn: drawn.to_major(),
        payout: point.payout.to_major(),
    }))
}

fn tier(one: &TierCount, component: &Component) -> WhatIfTier {
    let by = component.rate.by;
    let text = |bound: yeji_bonus::Bound| match by {
        By::Attainment => percent::format(bound.value),
        By::Amount => percent::exact(bound.value),
    };
    let (place, at) = match one.place {
        Place::Tier(at) => ("tier", Some(at)),
        Place::Below => ("below", None),
        Place::Above => ("above", None),
        Place::None => ("none", None),
        Place::Blocked => ("blocked", None),
    };
    let known = at.and_then(|at| component.rate.tiers.get(at));
    WhatIfTier {
        place: place.to_owned(),
        number: at.map(|at| count(at + 1)),
        from: known.map(|tier| text(tier.from)),
        to: known.and_then(|tier| tier.to).map(text),
        statements: count(one.statements),
        people: count(one.people),
        amount: one.amount.to_major(),
    }
}

/// The budget in even shares over the months in which something is due.
fn months(asked: &Asked, output: &WhatIfOutput) -> Result<Vec<WhatIfMonth>> {
    let is_due = |one: &yeji_bonus::simulate::MonthCost| {
        output.plans.iter().any(|plan| {
            let mut periods = plan.periods.iter();
            periods.any(|cost| cost.period.end() == one.month.end())
        })
    };
    let due = output.months.iter().filter(|one| is_due(one)).count();
    let shares = match asked.budget {
        Some(budget) if due > 0 => allocate(budget.minor, &vec![1; due])?,
        _ => Vec::new(),
    };
    let mut shares = shares.into_iter();
    let nothing = Money::new(0, asked.currency);
    let months = output.months.iter();
    Ok(months
        .map(|one| WhatIfMonth {
            month: one.month,
            costs: one.costs.iter().map(|cost| cost.to_major()).collect(),
            sales: one.sales.unwrap_or(nothing).to_major(),
            budget: is_due(one)
                .then(|| shares.next())
                .flatten()
                .map(|minor| Money::new(minor, asked.currency).to_major()),
        })
        .collect())
}

fn person(one: &PersonPay, organisation: &Organisation, asked: &Asked) -> Result<WhatIfPerson> {
    let id = one.person.parse()?;
    let last = asked.to.end().pred_opt().unwrap_or(asked.to.end());
    let team = organisation.team_on(id, last);
    let base = one.totals.first().copied();
    let base = base.unwrap_or(Money::new(0, asked.currency));
    let differences = one.totals.iter().skip(1);
    let differences = differences.map(|total| Ok(total.checked_sub(base)?.to_major()));
    let pay = |pay: &yeji_bonus::simulate::PeriodPay| WhatIfPay {
        period: pay.period,
        payout: pay.payout.to_major(),
        blocked: pay.blocked,
    };
    Ok(WhatIfPerson {
        person: id,
        name: one.name.clone(),
        staff_number: organisation
            .person(id)
            .and_then(|known| known.staff_number.clone()),
        team: team
            .and_then(|unit| organisation.unit(unit))
            .map(|unit| unit.name.clone()),
        totals: one.totals.iter().map(|total| total.to_major()).collect(),
        differences: differences.collect::<Result<_>>()?,
        periods: one
            .periods
            .iter()
            .map(|periods| periods.iter().map(pay).collect())
            .collect(),
    })
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
