//! Tiers in order, without hole or overlap.

use yeji_core::Ratio;

use super::Problems;
use crate::plan::{By, Component, MAX_TIERS};

/// Above this share (1,000 %) a percentage is probably `50` written for `50%`.
pub(super) const UNUSUAL: i64 = 10;

pub(super) fn check(component: &Component, problems: &mut Problems) {
    let tiers = &component.rate.tiers;
    if tiers.is_empty() {
        problems.error("no_tiers", None, &[]);
    }
    if tiers.len() > MAX_TIERS {
        let params = [
            ("count", tiers.len().to_string()),
            ("limit", MAX_TIERS.to_string()),
        ];
        problems.error("too_many_tiers", None, &params);
    }
    for (index, tier) in tiers.iter().enumerate() {
        let from = || ("from", tier.from.to_string());
        if tier.from.value < Ratio::ZERO {
            problems.error("negative_from", Some(index), &[from()]);
        }
        if let Some(to) = tier.to.filter(|to| to.value <= tier.from.value) {
            problems.error("empty_tier", Some(index), &[from(), ("to", to.to_string())]);
        }
        let bounds = [Some(tier.from), tier.to].into_iter().flatten();
        for bound in bounds {
            let text = bound.to_string();
            if component.rate.by == By::Amount && bound.percent {
                problems.error("percent_by_amount", Some(index), &[("bound", text)]);
            } else if component.rate.by == By::Attainment && bound.value > Ratio::from_int(UNUSUAL)
            {
                unusual(bound.value, Some(index), problems);
            }
        }
    }
    for (index, pair) in tiers.windows(2).enumerate() {
        let (before, tier) = (&pair[0], &pair[1]);
        let from = ("from", tier.from.to_string());
        let end = before.to.map(|to| ("before", to.to_string()));
        let params: Vec<_> = std::iter::once(from.clone()).chain(end).collect();
        let at = Some(index + 1);
        if tier.from.value < before.from.value {
            let params = [from, ("before", before.from.to_string())];
            problems.error("unordered_tiers", at, &params);
        } else if before.to.is_none_or(|to| tier.from.value < to.value) {
            problems.error("overlapping_tiers", at, &params);
        } else if before.to.is_some_and(|to| to.value < tier.from.value) {
            problems.error("gap", at, &params);
        }
    }
}

pub(super) fn unusual(value: Ratio, tier: Option<usize>, problems: &mut Problems) {
    let params = [
        ("percent", crate::percent::format(value)),
        ("meant", format!("{value}%")),
    ];
    problems.warning("unusual_percent", tier, &params);
}
