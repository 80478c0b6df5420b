//! The payout curve of a plan, for a chart.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yeji_core::{Money, Ratio, Rounding};

use crate::plan::Plan;
use crate::rate::{self, Slice};
use crate::{Error, Result, check};

/// Fewest points of a curve.
pub const MIN_POINTS: usize = 2;
/// Most points of a curve.
pub const MAX_POINTS: usize = 1_000;

/// A point of the curve.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CurvePoint {
    /// Attainment (1 is 100 %).
    pub attainment: Ratio,
    /// Payout as a share of the target bonus, exact (1/2 is 50 %).
    pub share: Ratio,
    /// The sales that make this attainment, rounded half up.
    pub sales: Money,
    /// The payout, rounded as the plan says.
    pub payout: Money,
}

/// Points from 0 to half the goal above the last edge, `points` of them evenly spaced, and at each
/// edge what is paid just below and just above it instead: a step is drawn upright, whichever tier
/// the edge belongs to.
///
/// # Errors
/// A plan with errors, a goal that is not above zero, a number of points outside [`MIN_POINTS`] to
/// [`MAX_POINTS`], amounts that do not fit.
pub fn curve(
    plan: &Plan,
    target_bonus: Money,
    goal: Money,
    points: usize,
) -> Result<Vec<CurvePoint>> {
    if let Some(error) = Error::of_problems(check(plan)) {
        return Err(error);
    }
    if goal.minor <= 0 {
        return Err(Error::CurveGoal { goal });
    }
    let last_step = u32::try_from(points)
        .ok()
        .filter(|_| (MIN_POINTS..=MAX_POINTS).contains(&points))
        .ok_or(Error::CurvePoints {
            points,
            min: MIN_POINTS,
            max: MAX_POINTS,
        })?
        - 1;
    let edges = edges(plan)?;
    let last = edges.last().map_or(Ratio::ZERO, |edge| edge.at);
    let end = last.checked_add(Ratio::new(1, 2)?)?;

    let point = |attainment: Ratio, slices: &[Slice]| -> Result<CurvePoint> {
        let mut payout = Money::new(0, target_bonus.currency);
        for slice in slices {
            payout = payout.checked_add(slice.amount(target_bonus, plan.rounding)?)?;
        }
        let sales = goal.times(attainment, Rounding::HalfUp)?;
        Ok(CurvePoint {
            attainment,
            share: rate::share(slices)?,
            sales,
            payout,
        })
    };
    let mut curve = Vec::with_capacity(points + 2 * edges.len());
    for edge in &edges {
        curve.push(point(edge.at, &edge.below)?);
        if edge.above != edge.below {
            curve.push(point(edge.at, &edge.above)?);
        }
    }
    for step in 0..=last_step {
        let part = Ratio::new(step.into(), last_step.into())?;
        let attainment = end.checked_mul(part)?;
        if edges.iter().all(|edge| edge.at != attainment) {
            curve.push(point(attainment, &rate::slices(plan, attainment)?)?);
        }
    }
    // Stable: at an edge the point below stays before the point above.
    curve.sort_by_key(|point| point.attainment);
    Ok(curve)
}

/// An edge with what is paid on both sides of it.
struct EdgeOfCurve {
    at: Ratio,
    below: Vec<Slice>,
    above: Vec<Slice>,
}

fn edges(plan: &Plan) -> Result<Vec<EdgeOfCurve>> {
    let mut edges = Vec::new();
    let mut below: Vec<Slice> = rate::below(plan).into_iter().collect();
    for (index, tier) in plan.tiers.iter().enumerate() {
        let above = rate::slices_in(plan, index, tier.from)?;
        edges.push(EdgeOfCurve {
            at: tier.from,
            below,
            above,
        });
        below = match tier.to {
            Some(to) => rate::slices_in(plan, index, to)?,
            None => Vec::new(),
        };
    }
    if let Some(to) = plan.tiers.last().and_then(|tier| tier.to) {
        edges.push(EdgeOfCurve {
            at: to,
            below,
            above: Vec::new(),
        });
    }
    Ok(edges)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::{AppliesTo, attainment_bands};
    use yeji_core::Currency;

    fn yuan(major: i64) -> Money {
        Money::new(major * 100, Currency::CNY)
    }

    fn points(plan: &Plan, points: usize) -> Vec<(String, String, i64)> {
        curve(plan, yuan(10_000), yuan(1_000_000), points)
            .unwrap()
            .into_iter()
            .map(|p| {
                (
                    p.attainment.to_string(),
                    p.share.to_string(),
                    p.payout.minor / 100,
                )
            })
            .collect()
    }

    #[test]
    fn steps_stand_upright() {
        let plan = attainment_bands().unwrap();
        let expected = [
            ("0", "0", 0),
            ("3/4", "0", 0),
            ("4/5", "0", 0),
            ("4/5", "1/2", 5_000),
            ("1", "1/2", 5_000),
            ("1", "2", 20_000),
            ("3/2", "2", 20_000),
        ]
        .map(|(at, share, payout)| (at.to_owned(), share.to_owned(), payout));
        assert_eq!(points(&plan, 3), expected);
    }

    #[test]
    fn an_excess_tier_rises_from_where_the_lower_one_ends() {
        let mut plan = attainment_bands().unwrap();
        plan.tiers[1].applies_to = AppliesTo::Excess;
        let curve = points(&plan, 2);
        assert_eq!(
            curve[curve.len() - 1],
            ("3/2".to_owned(), "3/2".to_owned(), 15_000)
        );
        assert!(curve.contains(&("1".to_owned(), "1/2".to_owned(), 5_000)));
    }

    #[test]
    fn what_cannot_be_drawn_is_refused() {
        let plan = attainment_bands().unwrap();
        let code =
            |goal: Money, points: usize| curve(&plan, yuan(1), goal, points).unwrap_err().code();
        assert_eq!(code(yuan(0), 10), "curve_goal");
        assert_eq!(code(yuan(-1), 10), "curve_goal");
        assert_eq!(code(yuan(1), 1), "curve_points");
        assert_eq!(code(yuan(1), 1_001), "curve_points");
    }
}
