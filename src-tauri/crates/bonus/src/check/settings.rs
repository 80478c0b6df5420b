//! Settings that do not go together.

use yeji_core::Ratio;
use yeji_core::calendar::PeriodKind;

use super::{Problems, limits};
use crate::percent;
use crate::plan::{
    By, Component, Credit, Event, Measure, Over, Overlays, Plan, Proration, RateDate,
    ScorecardItem, Who,
};

pub(super) fn check(plan: &Plan, component: &Component, problems: &mut Problems) {
    credit(component, problems);
    measure(plan, component, problems);
    let (cap, floor) = (&component.cap, &component.floor);
    limits(cap.per_period.as_ref(), floor.per_period.as_ref(), problems);
    limits(cap.per_deal.as_ref(), floor.per_deal.as_ref(), problems);
    let per_deal = cap.per_deal.is_some() || floor.per_deal.is_some();
    if per_deal && component.over() != Some(Over::Transaction) {
        problems.error("per_deal_without_transactions", None, &[]);
    }
    let per_period = cap.per_period.is_some() || floor.per_period.is_some();
    let by_deal = component.credit.rate_date == RateDate::Deal;
    if per_period && by_deal && component.over() == Some(Over::Transaction) {
        problems.error("period_limit_of_deal_rate", None, &[]);
    }
    if component.pool.is_some() {
        pool(component, problems);
    }
    unused(component, problems);
    for gate in &component.gates {
        share(gate.otherwise, problems);
    }
    for modifier in &component.modifiers {
        if modifier.steps.is_empty() {
            problems.error("no_steps", None, &[("value", modifier.value.clone())]);
        }
        let rises = modifier.steps.windows(2).all(|pair| {
            let from = |at: usize| pair[at].from.map(|from| from.value);
            from(1).is_some() && from(0) < from(1)
        });
        if !rises {
            problems.error(
                "unordered_steps",
                None,
                &[("value", modifier.value.clone())],
            );
        }
        for step in &modifier.steps {
            share(step.factor, problems);
        }
    }
}

fn share(share: Ratio, problems: &mut Problems) {
    if share < Ratio::ZERO {
        problems.error(
            "negative_percent",
            None,
            &[("percent", percent::format(share))],
        );
    }
}

fn credit(component: &Component, problems: &mut Problems) {
    let credit = &component.credit;
    if credit.levels == Some(0) {
        problems.error("no_levels", None, &[]);
    }
    if credit.rate_date == RateDate::Deal {
        if credit.event != Event::Receipt {
            problems.error("deal_rate_without_receipts", None, &[]);
        }
        if matches!(
            component.over(),
            Some(Over::QuarterToDate | Over::YearToDate)
        ) {
            problems.error("deal_rate_to_date", None, &[]);
        }
    }
    let counts_facts = matches!(component.measure, Measure::Facts { .. });
    let twice = credit.who == Who::OwnersAndReports || credit.overlays == Overlays::Include;
    if counts_facts && twice {
        problems.hint("credit_over_whole", None, &[]);
    }
}

fn measure(plan: &Plan, component: &Component, problems: &mut Problems) {
    match &component.measure {
        Measure::Facts {
            over: Over::Transaction,
            ..
        } => {
            if component.rate.by == By::Attainment {
                problems.error("transaction_by_attainment", None, &[]);
            }
            if component.proration == Proration::CalendarDays {
                problems.error("transaction_proration", None, &[]);
            }
        }
        Measure::Facts {
            over: Over::QuarterToDate,
            ..
        } if matches!(plan.period, PeriodKind::Half | PeriodKind::Year) => {
            problems.error("to_date_of_longer_period", None, &[]);
        }
        Measure::Facts { .. } | Measure::Kpi { .. } => {}
        Measure::Scorecard { items } => {
            by_attainment(component, problems);
            scorecard(component, items, problems);
        }
        Measure::Objectives {} => by_attainment(component, problems),
        Measure::Earnings { of, .. } => {
            let params = [("of", of.clone())];
            match plan.components.iter().find(|one| one.code == *of) {
                None => problems.error("unknown_component", None, &params),
                Some(one) if matches!(one.measure, Measure::Earnings { .. }) => {
                    problems.error("earnings_of_earnings", None, &params);
                }
                Some(_) => {}
            }
        }
    }
}

/// Settings that are written and do nothing: somebody may rely on them.
fn unused(component: &Component, problems: &mut Problems) {
    let credit = &component.credit;
    let facts = matches!(component.measure, Measure::Facts { .. });
    let earnings = matches!(component.measure, Measure::Earnings { .. });
    let default = Credit::default();
    let unused = [
        ("event", !facts && credit.event != default.event),
        ("who", !facts && credit.who != default.who),
        ("filter", !facts && credit.filter.is_some()),
        ("overlays", !facts && credit.overlays != default.overlays),
        (
            "levels",
            !earnings && credit.levels > Some(0) && (!facts || credit.who == Who::Owners),
        ),
    ];
    for (setting, _) in unused.into_iter().filter(|(_, is)| *is) {
        problems.warning("unused_setting", None, &[("setting", setting.to_owned())]);
    }
}

fn by_attainment(component: &Component, problems: &mut Problems) {
    if component.rate.by == By::Amount {
        problems.error("attainment_by_amount", None, &[]);
    }
}

fn scorecard(component: &Component, items: &[ScorecardItem], problems: &mut Problems) {
    let mut total = Some(Ratio::ZERO);
    let mut most = Some(Ratio::ZERO);
    for item in items {
        total = total.and_then(|sum| sum.checked_add(item.weight).ok());
        let part = item
            .cap
            .and_then(|cap| item.weight.checked_mul(cap.max(Ratio::ZERO)).ok());
        most = most
            .zip(part)
            .and_then(|(sum, part)| sum.checked_add(part).ok());
        share(item.weight, problems);
        if let (Some(cap), Some(floor)) = (item.cap, item.floor)
            && cap < floor
        {
            let params = [
                ("cap", percent::format(cap)),
                ("floor", percent::format(floor)),
            ];
            problems.error("cap_below_floor", None, &params);
        }
    }
    if total != Some(Ratio::ONE) {
        let total = total.map_or_else(String::new, percent::format);
        problems.error("weights_total", None, &[("total", total)]);
    }
    let Some(most) = most else { return };
    for (at, tier) in component.rate.tiers.iter().enumerate() {
        if tier.from.value > most {
            let params = [
                ("from", tier.from.to_string()),
                ("most", percent::format(most)),
            ];
            problems.warning("unreachable_tier", Some(at), &params);
        }
    }
}

/// What a pool cannot be combined with: it is one result for a team.
fn pool(component: &Component, problems: &mut Problems) {
    let credit = &component.credit;
    let refused = [
        (component.proration != Proration::None, "proration"),
        (component.over() != Some(Over::Period), "over"),
        (credit.who != Who::Owners, "who"),
        (credit.rate_date == RateDate::Deal, "rate_date"),
    ];
    for (is, setting) in refused {
        if is {
            problems.error("pool_without", None, &[("setting", setting.to_owned())]);
        }
    }
}
