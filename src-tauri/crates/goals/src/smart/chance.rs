//! The probability of an amount, and the amount of a probability: straight lines between quantiles, in
//! exact fractions.

use yeji_core::{Ratio, Rounding};

use super::input::{Forecast, Quantile};
use crate::Result;
use crate::light::Better;
use crate::plan_error::PlanError;

/// A distribution by its quantiles.
pub(super) struct Distribution {
    points: Vec<Quantile>,
}

/// A probability, and whether the quantiles reach far enough to know more of it.
pub(super) struct Chance {
    pub value: Ratio,
    /// `at_least`, `at_most`: the amount lies outside the quantiles.
    pub bound: Option<&'static str>,
}

impl Distribution {
    pub fn new(forecast: &Forecast) -> Result<Self> {
        let points = match forecast {
            Forecast::Quantiles { points } => points.clone(),
            Forecast::Interval {
                mid,
                low,
                high,
                level,
            } => {
                let half = Ratio::new(1, 2)?;
                let tail = Ratio::ONE.checked_sub(*level)?.checked_mul(half)?;
                let point = |p: Ratio, minor: i64| Quantile { p, minor };
                vec![
                    point(tail, *low),
                    point(half, *mid),
                    point(Ratio::ONE.checked_sub(tail)?, *high),
                ]
            }
        };
        if points.len() < 2 {
            return Err(PlanError::EntryCount {
                place: "quantiles".to_owned(),
                given: points.len(),
                expected: 2,
            }
            .into());
        }
        let is_inside = |point: &Quantile| Ratio::ZERO < point.p && point.p < Ratio::ONE;
        let outside = points.iter().find(|point| !is_inside(point));
        let falls = |pair: &&[Quantile]| pair[0].p >= pair[1].p || pair[0].minor > pair[1].minor;
        let wrong = outside.or_else(|| points.windows(2).find(falls).map(|pair| &pair[1]));
        if let Some(point) = wrong {
            let place = point.p.to_string();
            return Err(PlanError::Distribution { place }.into());
        }
        Ok(Self { points })
    }

    /// The probability of an amount or better.
    pub fn reaches(&self, minor: i64, better: Better) -> Result<Chance> {
        let (below, is_outside) = self.below(minor, better)?;
        let value = match better {
            Better::Higher => Ratio::ONE.checked_sub(below)?,
            Better::Lower => below,
        };
        let bound = is_outside.map(|is_under_all| {
            // Under all quantiles more is known only of what lies above, and the reverse.
            if is_under_all == (better == Better::Higher) {
                "at_least"
            } else {
                "at_most"
            }
        });
        Ok(Chance { value, bound })
    }

    /// The probability of less, and whether the amount is under or over all quantiles. Where several
    /// have the amount itself, all that is better than it counts.
    fn below(&self, minor: i64, better: Better) -> Result<(Ratio, Option<bool>)> {
        let (first, last) = (self.points[0], self.points[self.points.len() - 1]);
        let at = |point: &&Quantile| point.minor == minor;
        let found = match better {
            Better::Higher => self.points.iter().find(at),
            Better::Lower => self.points.iter().rfind(at),
        };
        if let Some(point) = found {
            return Ok((point.p, None));
        }
        if minor < first.minor {
            return Ok((first.p, Some(true)));
        }
        if minor > last.minor {
            return Ok((last.p, Some(false)));
        }
        let pair = self.points.windows(2).find(|pair| minor < pair[1].minor);
        let Some([low, high]) = pair else {
            return Ok((last.p, None));
        };
        let width = i128::from(high.minor) - i128::from(low.minor);
        let share = Ratio::new(i128::from(minor) - i128::from(low.minor), width)?;
        let rise = high.p.checked_sub(low.p)?.checked_mul(share)?;
        Ok((low.p.checked_add(rise)?, None))
    }

    /// The most demanding amount that is reached with a probability, rounded to the easier side; none
    /// outside the quantiles.
    pub fn amount(&self, chance: Ratio, better: Better) -> Result<Option<i64>> {
        let (p, rounding) = match better {
            Better::Higher => (Ratio::ONE.checked_sub(chance)?, Rounding::Floor),
            Better::Lower => (chance, Rounding::Ceiling),
        };
        let pair = self
            .points
            .windows(2)
            .find(|pair| pair[0].p <= p && p <= pair[1].p);
        let Some([low, high]) = pair else {
            return Ok(None);
        };
        let share = p
            .checked_sub(low.p)?
            .checked_div(high.p.checked_sub(low.p)?)?;
        let width = i128::from(high.minor) - i128::from(low.minor);
        let minor = Ratio::new(width, 1)?
            .checked_mul(share)?
            .checked_add(Ratio::from_int(low.minor))?;
        Ok(Some(minor.round(rounding)?))
    }
}
