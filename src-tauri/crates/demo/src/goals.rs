//! Suggested annual goals, such as the company would have set for itself.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use yeji_core::facts::{Opportunity, Stage};
use yeji_core::{Currency, Error, Money, Ratio, Rounding};

use crate::rng::Rng;
use crate::season::plus;
use crate::{Frame, Result};

/// Goals are whole multiples of 10,000 yuan.
const STEP_FEN: i64 = 10_000 * 100;
/// Goal of a seller for a year of which nothing is known.
const UNKNOWN_PER_SELLER_FEN: i64 = 500_000 * 100;
/// The running year's goal over the result of the year before.
const GROWTH_PERCENT: i64 = 10;
/// A past goal lay at most this far off what came, in per mille.
const PAST_OFF_PERMILLE: i64 = 120;

/// One goal of won amount for each calendar year that the history touches.
///
/// A year that is over: its own result, up to 12 % off either way (of the covered part, if the
/// history starts within it). The running year: the year before plus 10 %, if all of that is
/// covered; else the whole history's result per day for a whole year. Rounded to the nearest
/// 10,000 yuan (half up), at least one such step.
pub fn suggest(
    frame: &Frame,
    sellers: usize,
    opportunities: &[Opportunity],
) -> Result<Vec<(i32, Money)>> {
    let mut rng = Rng::stream(frame.spec.seed, 8);
    let won = won_by_year(opportunities)?;
    let result_of = |year: i32| won.get(&year).copied().unwrap_or(0);
    let mut goals = Vec::new();
    for year in frame.first.year()..=frame.until.year() {
        let off = rng.between(-PAST_OFF_PERMILLE, PAST_OFF_PERMILLE);
        let is_over = january(year + 1) <= plus(frame.until, 1);
        let expected = if is_over {
            scaled(result_of(year), 1_000 + off, 1_000)?
        } else if frame.first <= january(year - 1) {
            scaled(result_of(year - 1), 100 + GROWTH_PERCENT, 100)?
        } else {
            let covered = plus(frame.until, 1)
                .signed_duration_since(frame.first)
                .num_days();
            scaled(won.values().sum(), 365, covered)?
        };
        let expected = if expected == 0 {
            UNKNOWN_PER_SELLER_FEN.saturating_mul(i64::try_from(sellers).unwrap_or(i64::MAX))
        } else {
            expected
        };
        let steps = Ratio::new(expected.into(), STEP_FEN.into())?
            .round(Rounding::HalfUp)?
            .max(1);
        let minor = steps
            .checked_mul(STEP_FEN)
            .ok_or(Error::Overflow("multiplication"))?;
        goals.push((year, Money::new(minor, Currency::CNY)));
    }
    Ok(goals)
}

fn won_by_year(opportunities: &[Opportunity]) -> Result<BTreeMap<i32, i64>> {
    let mut won: BTreeMap<i32, i64> = BTreeMap::new();
    for deal in opportunities.iter().filter(|deal| deal.stage == Stage::Won) {
        if let (Some(closed), Some(amount)) = (deal.closed_on, deal.amount) {
            let sum = won.entry(closed.year()).or_default();
            *sum = sum
                .checked_add(amount.minor)
                .ok_or(Error::Overflow("addition"))?;
        }
    }
    Ok(won)
}

fn scaled(minor: i64, times: i64, per: i64) -> Result<i64> {
    Ok(Money::new(minor, Currency::CNY)
        .times(Ratio::new(times.into(), per.into())?, Rounding::HalfUp)?
        .minor)
}

fn january(year: i32) -> NaiveDate {
    // Years of a checked specification are 2015 to 2036.
    NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or(NaiveDate::MAX)
}
