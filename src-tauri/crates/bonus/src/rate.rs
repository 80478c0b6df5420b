//! Which tier an attainment falls in, and the exact share of the target bonus that it pays.

use yeji_core::{Money, Ratio, Rounding};

use crate::plan::{AppliesTo, Edge, Plan};

/// Where an attainment lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Position {
    /// Under the first tier.
    Below,
    /// In a tier, counted from 0.
    In(usize),
    /// Over the end of the last tier.
    Above,
}

/// A part of what is paid; becomes a line of the statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Slice {
    /// The tier, counted from 0; none below the first.
    pub tier: Option<usize>,
    /// For a tier that pays on the excess: how much attainment lies over its start.
    pub excess: Option<Ratio>,
    /// The tier's percentage, as a ratio.
    pub percent: Ratio,
    /// Share of the target bonus: `percent`, or `percent x excess`.
    pub rate: Ratio,
}

impl Slice {
    /// `basis x rate`, rounded once.
    pub fn amount(&self, basis: Money, rounding: Rounding) -> yeji_core::Result<Money> {
        basis.times(self.rate, rounding)
    }
}

/// Finds the tier. The plan has no errors: its tiers are in order, without hole or overlap.
pub(crate) fn position(plan: &Plan, attainment: Ratio) -> Position {
    let last = plan.tiers.len().saturating_sub(1);
    if plan
        .tiers
        .first()
        .is_none_or(|first| attainment < first.from)
    {
        return Position::Below;
    }
    let found = plan.tiers.iter().enumerate().position(|(index, tier)| {
        tier.to.is_none_or(|to| {
            attainment < to || (attainment == to && (plan.edge == Edge::Lower || index == last))
        })
    });
    found.map_or(Position::Above, Position::In)
}

/// What an attainment pays, in parts, lowest first. Empty where nothing is paid.
pub(crate) fn slices(plan: &Plan, attainment: Ratio) -> yeji_core::Result<Vec<Slice>> {
    match position(plan, attainment) {
        Position::Below => Ok(below(plan).into_iter().collect()),
        Position::In(tier) => slices_in(plan, tier, attainment),
        Position::Above => Ok(Vec::new()),
    }
}

/// The part that is paid below the first tier, if the plan pays there.
pub(crate) fn below(plan: &Plan) -> Option<Slice> {
    let percent = plan.below_first_tier.percent();
    (percent != Ratio::ZERO).then_some(Slice {
        tier: None,
        excess: None,
        percent,
        rate: percent,
    })
}

/// As [`slices`] with the tier given, also at its two ends whichever tier they belong to.
pub(crate) fn slices_in(
    plan: &Plan,
    tier: usize,
    attainment: Ratio,
) -> yeji_core::Result<Vec<Slice>> {
    let mut found = Vec::new();
    let mut upper = attainment;
    for (index, at) in plan.tiers.iter().enumerate().take(tier + 1).rev() {
        let percent = at.pay.percent();
        match at.applies_to {
            AppliesTo::All => {
                found.push(Slice {
                    tier: Some(index),
                    excess: None,
                    percent,
                    rate: percent,
                });
                found.reverse();
                return Ok(found);
            }
            AppliesTo::Excess => {
                let excess = upper.checked_sub(at.from)?;
                let rate = percent.checked_mul(excess)?;
                found.push(Slice {
                    tier: Some(index),
                    excess: Some(excess),
                    percent,
                    rate,
                });
            }
        }
        upper = at.from;
    }
    found.extend(below(plan));
    found.reverse();
    Ok(found)
}

/// The sum of the parts' shares.
pub(crate) fn share(slices: &[Slice]) -> yeji_core::Result<Ratio> {
    slices
        .iter()
        .try_fold(Ratio::ZERO, |sum, slice| sum.checked_add(slice.rate))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::attainment_bands;

    #[test]
    fn edges_belong_where_the_plan_says() {
        let mut plan = attainment_bands().unwrap();
        plan.tiers[1].to = Some(Ratio::from_int(2));
        let check = |edge: Edge, attainment: &str, expected: Position| {
            let mut plan = plan.clone();
            plan.edge = edge;
            assert_eq!(
                position(&plan, attainment.parse().unwrap()),
                expected,
                "{edge:?} {attainment}"
            );
        };
        for edge in [Edge::Lower, Edge::Upper] {
            check(edge, "-1", Position::Below);
            check(edge, "799/1000", Position::Below);
            check(edge, "0.8", Position::In(0));
            check(edge, "999/1000", Position::In(0));
            check(edge, "1001/1000", Position::In(1));
            check(edge, "2", Position::In(1));
            check(edge, "2001/1000", Position::Above);
        }
        check(Edge::Lower, "1", Position::In(0));
        check(Edge::Upper, "1", Position::In(1));
    }
}
