//! Step 8: exact amounts become money, once.

use yeji_core::{Currency, Ratio, Rounding};

use super::{Known, wide};
use crate::exact::Exact;
use crate::plan::{RoundOn, RoundingRule};
use crate::statement::Note;

/// An exact amount rounded to the smallest that is paid, in minor units.
pub(super) fn round(exact: Ratio, rule: RoundingRule, currency: Currency) -> Known<i64> {
    let unit = rule.unit(currency);
    let units = exact.over(Ratio::from_int(unit))?.round(rule.mode)?;
    units.checked_mul(unit).ok_or_else(overflow)
}

/// What each of a component's exact lines pays.
pub(super) fn amounts(exact: &[Ratio], rule: RoundingRule, currency: Currency) -> Known<Vec<i64>> {
    match rule.on {
        RoundOn::Line => exact
            .iter()
            .map(|exact| round(*exact, rule, currency))
            .collect(),
        RoundOn::Sum => of_sum(exact, rule, currency),
    }
}

/// The sum is rounded once; what the lines rounded down leave of it goes to the largest remainders.
fn of_sum(exact: &[Ratio], rule: RoundingRule, currency: Currency) -> Known<Vec<i64>> {
    let unit = rule.unit(currency);
    let mut units = Vec::with_capacity(exact.len());
    let mut rests = Vec::with_capacity(exact.len());
    for (at, exact) in exact.iter().enumerate() {
        let scaled = exact.over(Ratio::from_int(unit))?;
        let down = scaled.round(Rounding::Floor)?;
        rests.push((scaled.minus(Ratio::from_int(down))?, at));
        units.push(down);
    }
    let total = units_of_sum(exact, unit, rule.mode)?;
    let given = units
        .iter()
        .try_fold(0_i64, |sum, one| sum.checked_add(*one));
    let left = given
        .and_then(|given| total.checked_sub(given))
        .and_then(|left| usize::try_from(left).ok())
        .ok_or_else(overflow)?;
    rests.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    for (_, at) in rests.iter().take(left) {
        units[*at] += 1;
    }
    units
        .into_iter()
        .map(|one| one.checked_mul(unit).ok_or_else(overflow))
        .collect()
}

/// The sum counted in `unit`: the long way only where the short one does not hold it.
fn units_of_sum(exact: &[Ratio], unit: i64, mode: Rounding) -> Known<i64> {
    let mut terms = exact.iter();
    let sum = terms.try_fold(Ratio::ZERO, |sum, one| sum.plus(*one));
    match sum.and_then(|sum| sum.over(Ratio::from_int(unit))?.round(mode)) {
        Ok(units) => Ok(units),
        Err(_) => wide::rounded_sum(exact, unit, mode),
    }
}

pub(super) fn overflow() -> Note {
    Note::new("bonus_overflow", &[])
}
