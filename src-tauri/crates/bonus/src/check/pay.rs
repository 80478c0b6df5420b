//! What tiers pay: kinds that need what is not there, and pay that falls, jumps or is never reached.

use yeji_core::{Currency, Ratio};

use super::tiers::{UNUSUAL, unusual};
use super::{Problems, pays};
use crate::calculate::compiled::Compiled;
use crate::calculate::tiers::Basis;
use crate::percent;
use crate::plan::{AppliesTo, Baseline, By, Component, Limit, Measure, Pay, Tier};

/// Goal and target bonus for which pay is compared at the edges of tiers, minor units.
const SAMPLE_GOAL: i64 = 100_000_000;
const SAMPLE_TARGET: i64 = 10_000_000;

pub(super) fn check(component: &Component, problems: &mut Problems) {
    let rate = &component.rate;
    kind(component, &rate.below_first_tier, None, problems);
    for (at, tier) in rate.tiers.iter().enumerate() {
        kind(component, &tier.pay, Some(at), problems);
        interpolated(tier, at, problems);
        let target = matches!(tier.pay, Pay::PercentOfTargetBonus { .. });
        if tier.applies_to == AppliesTo::Marginal && rate.by == By::Amount && target {
            problems.error("marginal_target_bonus_by_amount", Some(at), &[]);
        }
        let whole = matches!(
            tier.pay,
            Pay::Fixed { .. } | Pay::PercentOfTargetBonus { .. }
        );
        if tier.applies_to == AppliesTo::OverBaseline && whole {
            let params = [("pay", tier.pay.kind().to_owned())];
            problems.error("pay_over_baseline", Some(at), &params);
        }
        if tier.applies_to == AppliesTo::OverBaseline && rate.baseline.is_none() {
            problems.error("missing_baseline", Some(at), &[]);
        }
    }
    let uses = |tier: &Tier| tier.applies_to == AppliesTo::OverBaseline;
    if rate.baseline.is_some() && !rate.tiers.iter().any(uses) {
        problems.warning("unused_baseline", None, &[]);
    }
    match &rate.baseline {
        Some(Baseline::Amount { amount }) if amount.value < Ratio::ZERO => {
            problems.error("negative_limit", None, &[("limit", amount.to_string())]);
        }
        Some(Baseline::PercentOfGoal { percent }) if *percent < Ratio::ZERO => {
            let params = [("percent", percent::format(*percent))];
            problems.error("negative_percent", None, &params);
        }
        _ => {}
    }
    let wrong_scale = matches!(&rate.baseline, Some(Baseline::Amount { amount }) if amount.percent);
    if wrong_scale {
        problems.error("percent_by_amount", None, &[]);
    }
}

fn kind(component: &Component, pay: &Pay, tier: Option<usize>, problems: &mut Problems) {
    let params = [("pay", pay.kind().to_owned())];
    let without = matches!(
        component.measure,
        Measure::Scorecard { .. } | Measure::Objectives {}
    );
    match pay {
        Pay::PercentOfMeasure { .. } | Pay::IndividualRate { .. } | Pay::PerUnit { .. }
            if without =>
        {
            problems.error("pay_without_measure", tier, &params);
        }
        Pay::PercentOfMeasure { .. } | Pay::IndividualRate { .. }
            if !component.measures_money() =>
        {
            problems.error("pay_needs_money", tier, &params);
        }
        Pay::PerUnit { .. } if component.measures_money() => {
            problems.error("pay_needs_units", tier, &params);
        }
        _ => {}
    }
    if pay.number() < Ratio::ZERO {
        problems.error("negative_percent", tier, &[("percent", pay.shown())]);
    }
    if pay.amount().is_none() && pay.number() > Ratio::from_int(UNUSUAL) {
        unusual(pay.number(), tier, problems);
    }
}

fn interpolated(tier: &Tier, at: usize, problems: &mut Problems) {
    if tier.applies_to != AppliesTo::Interpolated {
        if tier.pay_to.is_some() {
            problems.error("unused_pay_to", Some(at), &[]);
        }
        return;
    }
    if tier.to.is_none() {
        problems.error("open_interpolation", Some(at), &[]);
    }
    let same = |pay_to: &Pay| std::mem::discriminant(pay_to) == std::mem::discriminant(&tier.pay);
    match &tier.pay_to {
        None => problems.error("missing_pay_to", Some(at), &[]),
        Some(pay_to) if !same(pay_to) || *pay_to == Pay::Nothing => {
            let params = [
                ("pay", tier.pay.kind().to_owned()),
                ("pay_to", pay_to.kind().to_owned()),
            ];
            problems.error("pay_to_kind", Some(at), &params);
        }
        Some(pay_to) if pay_to.number() < Ratio::ZERO => {
            problems.error("negative_percent", Some(at), &[("percent", pay_to.shown())]);
        }
        Some(_) => {}
    }
}

/// Compares what is paid just below and just above each edge. Where all pays are of one kind, the
/// sample amounts do not matter.
pub(super) fn check_curve(component: &Component, currency: Currency, problems: &mut Problems) {
    let Ok(compiled) = Compiled::new(component, currency) else {
        problems.error("too_fine", None, &[]);
        return;
    };
    let curve = Curve {
        compiled: &compiled,
        currency,
        of_target: pays(component)
            .all(|pay| matches!(pay, Pay::Nothing | Pay::PercentOfTargetBonus { .. })),
    };
    if curve.edges(problems).is_none() {
        problems.error("too_fine", None, &[]);
    }
}

struct Curve<'a> {
    compiled: &'a Compiled<'a>,
    currency: Currency,
    /// Pays are shares of the target bonus and shown as such.
    of_target: bool,
}

impl Curve<'_> {
    /// None where exact products do not fit.
    fn edges(&self, problems: &mut Problems) -> Option<()> {
        let bounds = &self.compiled.bounds;
        let first = bounds.first().map_or(Ratio::ZERO, |(from, _)| *from);
        let mut before = self.below(first)?;
        for (at, (from, to)) in bounds.iter().enumerate() {
            let start = self.inside(at, *from)?;
            self.compare(*from, before, start, at, problems);
            let end = match to {
                Some(to) => self.inside(at, *to)?,
                None => self.inside(at, from.checked_mul(Ratio::from_int(2)).ok()?)?,
            };
            self.capped(start, end, at, problems);
            if let Some(to) = to {
                if end < start {
                    self.compare(*to, start, end, at, problems);
                }
                before = end;
                if at + 1 == bounds.len() {
                    self.compare(*to, before, Ratio::ZERO, at, problems);
                }
            }
        }
        Some(())
    }

    fn basis(&self, x: Ratio) -> Option<Basis> {
        let goal = Ratio::from_int(SAMPLE_GOAL);
        let target = Ratio::from_int(SAMPLE_TARGET);
        self.compiled.basis_at(x, goal, target).ok()
    }

    fn below(&self, x: Ratio) -> Option<Ratio> {
        self.compiled
            .paid_below(&self.basis(x)?, x)
            .ok()?
            .sum()
            .ok()
    }

    fn inside(&self, tier: usize, x: Ratio) -> Option<Ratio> {
        let paid = self.compiled.paid_in(tier, &self.basis(x)?, x);
        paid.ok()?.sum().ok()
    }

    fn compare(
        &self,
        at: Ratio,
        before: Ratio,
        after: Ratio,
        tier: usize,
        problems: &mut Problems,
    ) {
        let params = [
            ("at", self.shown_x(at)),
            ("before", self.shown(before)),
            ("after", self.shown(after)),
        ];
        if after < before {
            problems.warning("falling_payout", Some(tier), &params);
        } else if after > before {
            problems.hint("cliff", Some(tier), &params);
        }
    }

    /// A tier in which a cap holds all the time.
    fn capped(&self, start: Ratio, end: Ratio, tier: usize, problems: &mut Problems) {
        let cap = match &self.compiled.component.cap.per_period {
            Some(Limit::PercentOfTargetBonus { percent }) if self.of_target => {
                percent.checked_mul(Ratio::from_int(SAMPLE_TARGET)).ok()
            }
            Some(Limit::Amount { amount })
                if self.compiled.component.rate.by == By::Amount && !self.of_target =>
            {
                Some(Ratio::from_int(amount.minor))
            }
            _ => None,
        };
        if let Some(cap) = cap
            && start >= cap
            && end >= cap
            && tier > 0
        {
            let params = [("cap", self.shown(cap))];
            problems.warning("capped_tier", Some(tier), &params);
        }
    }

    fn shown_x(&self, x: Ratio) -> String {
        match self.compiled.component.rate.by {
            By::Attainment => percent::format(x),
            By::Amount => x
                .checked_div(self.compiled.scale)
                .map_or_else(|_| x.to_string(), percent::exact),
        }
    }

    fn shown(&self, pay: Ratio) -> String {
        let (by, percentage) = if self.of_target {
            (SAMPLE_TARGET, true)
        } else {
            (self.currency.minor_per_major(), false)
        };
        match pay.checked_div(Ratio::from_int(by)) {
            Ok(share) if percentage => percent::format(share),
            Ok(major) => percent::exact(major),
            Err(_) => pay.to_string(),
        }
    }
}
