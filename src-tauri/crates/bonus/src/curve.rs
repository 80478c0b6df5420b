//! The payout curve of a component, for a chart.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yeji_core::{Money, Ratio, Rounding};

use crate::calculate::Known;
use crate::calculate::compiled::Compiled;
use crate::calculate::pays::{held, limit_value};
use crate::calculate::tiers::{Basis, Paid};
use crate::plan::{By, Plan};
use crate::statement::Note;
use crate::{Error, Result, check};

/// Fewest points of a curve.
pub const MIN_POINTS: usize = 2;
/// Most points of a curve.
pub const MAX_POINTS: usize = 1_000;

/// A point of the curve.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CurvePoint {
    /// Attainment (1 is 100 %), or the amount in major units where tiers go by it.
    pub x: Ratio,
    /// Payout as a share of the target bonus, exact; zero without one.
    pub share: Ratio,
    /// The payout within the component's cap and floor, rounded half up.
    pub payout: Money,
}

/// Points of a component's curve from 0 to half above the last edge, `points` of them evenly spaced,
/// and at each edge what is paid just below and just above it: a step is drawn upright, whichever
/// tier the edge belongs to. Gates, modifiers and proration are left out.
///
/// # Errors
/// A plan with errors, no such component, a goal that is not above zero, a number of points outside
/// [`MIN_POINTS`] to [`MAX_POINTS`], amounts that do not fit.
pub fn curve(
    plan: &Plan,
    component: usize,
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
    let steps = u32::try_from(points)
        .ok()
        .filter(|_| (MIN_POINTS..=MAX_POINTS).contains(&points))
        .ok_or(Error::CurvePoints {
            points,
            min: MIN_POINTS,
            max: MAX_POINTS,
        })?
        - 1;
    let component = plan.components.get(component).ok_or(Error::NoComponent)?;
    let compiled = Compiled::new(component, goal.currency).map_err(|_| Error::NoComponent)?;
    let curve = Curve {
        compiled: &compiled,
        target: target_bonus,
        goal: Ratio::from_int(goal.minor),
    };
    curve.points(steps)
}

struct Curve<'a> {
    compiled: &'a Compiled<'a>,
    target: Money,
    goal: Ratio,
}

impl Curve<'_> {
    fn points(&self, steps: u32) -> Result<Vec<CurvePoint>> {
        let bounds = &self.compiled.bounds;
        let mut found = Vec::new();
        let mut edges = Vec::new();
        let first = bounds.first().map_or(Ratio::ZERO, |(from, _)| *from);
        let mut below = self.paid(self.compiled.paid_below(&self.basis(first)?, first))?;
        for (tier, (from, to)) in bounds.iter().enumerate() {
            let inside = |x: Ratio| self.paid(self.compiled.paid_in(tier, &self.basis(x)?, x));
            let above = inside(*from)?;
            self.edge(*from, below, above, &mut found)?;
            edges.push(*from);
            if let Some(to) = to {
                below = inside(*to)?;
                if tier + 1 == bounds.len() {
                    self.edge(*to, below, self.limited(Ratio::ZERO)?, &mut found)?;
                    edges.push(*to);
                }
            }
        }
        let last = edges.last().copied().unwrap_or(Ratio::ZERO);
        let end = self.end(last)?;
        for step in 0..=steps {
            let x = end.checked_mul(Ratio::new(step.into(), steps.into())?)?;
            if edges.iter().all(|edge| *edge != x) {
                let paid = self.paid(self.compiled.paid(&self.basis(x)?, x))?;
                found.push(self.point(x, paid)?);
            }
        }
        // Stable: at an edge the point below stays before the point above.
        found.sort_by_key(|point| point.x);
        Ok(found)
    }

    /// Half above the last edge: of 100 %, or of the edge.
    fn end(&self, last: Ratio) -> Result<Ratio> {
        let half = Ratio::new(1, 2)?;
        Ok(match self.compiled.component.rate.by {
            By::Attainment => last.checked_add(half)?,
            By::Amount if last == Ratio::ZERO => self.goal,
            By::Amount => last.checked_add(last.checked_mul(half)?)?,
        })
    }

    fn edge(
        &self,
        x: Ratio,
        below: Ratio,
        above: Ratio,
        found: &mut Vec<CurvePoint>,
    ) -> Result<()> {
        found.push(self.point(x, below)?);
        if above != below {
            found.push(self.point(x, above)?);
        }
        Ok(())
    }

    fn basis(&self, x: Ratio) -> Result<Basis> {
        let target = Ratio::from_int(self.target.minor);
        Ok(self.compiled.basis_at(x, self.goal, target)?)
    }

    fn paid(&self, paid: Known<Paid>) -> Result<Ratio> {
        self.limited(paid.map_err(overflow)?.sum()?)
    }

    fn limited(&self, sum: Ratio) -> Result<Ratio> {
        let target = Some(Ratio::from_int(self.target.minor));
        let component = self.compiled.component;
        let cap = limit_value(component.cap.per_period.as_ref(), target).map_err(overflow)?;
        let floor = limit_value(component.floor.per_period.as_ref(), target).map_err(overflow)?;
        Ok(held(sum, cap, floor).map_or(sum, |(_, _, limit)| limit))
    }

    fn point(&self, x: Ratio, paid: Ratio) -> Result<CurvePoint> {
        let x = match self.compiled.component.rate.by {
            By::Attainment => x,
            By::Amount => x.checked_div(self.compiled.scale)?,
        };
        let share = if self.target.minor == 0 {
            Ratio::ZERO
        } else {
            paid.checked_div(Ratio::from_int(self.target.minor))?
        };
        Ok(CurvePoint {
            x,
            share,
            payout: Money::new(paid.round(Rounding::HalfUp)?, self.target.currency),
        })
    }
}

/// The only thing that is not known about a curve.
fn overflow(_: Note) -> Error {
    Error::Core(yeji_core::Error::Overflow("curve"))
}
