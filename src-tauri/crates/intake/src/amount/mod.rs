//! Reading amounts as people write them, exactly: text to minor units without a float between.

mod digits;
mod mark;
mod peel;
mod shape;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use yeji_core::rate::Rate;
use yeji_core::{Currency, Money, Ratio, Rounding};

use crate::RejectCode;
use crate::fold::plain;
use crate::raw::CellKind;
use digits::digits_of;
pub(crate) use mark::{Mark, currency_word, mark_of_header};
use peel::peel;
pub(crate) use shape::{Shape, shape};

/// How a column writes its decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DecimalStyle {
    /// `1,234.50`.
    Point,
    /// `1.234,50`.
    Comma,
}

/// What one unit of a column is worth in major units of the currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AmountUnit {
    /// 元.
    One,
    /// 千元.
    Thousand,
    /// 万元.
    TenThousand,
    /// 百万元.
    Million,
    /// 亿元.
    HundredMillion,
}

impl AmountUnit {
    /// The power of ten.
    pub(crate) fn power(self) -> u32 {
        match self {
            Self::One => 0,
            Self::Thousand => 3,
            Self::TenThousand => 4,
            Self::Million => 6,
            Self::HundredMillion => 8,
        }
    }

    /// The unit that a header names in brackets: `金额（万元）`, `Revenue (million USD)`.
    pub(crate) fn of_header(header: &str) -> Self {
        let text: String = header
            .chars()
            .map(plain)
            .flat_map(char::to_lowercase)
            .collect();
        let Some((_, inside)) = text.split_once(['(', '[', '/']) else {
            return Self::One;
        };
        match () {
            () if inside.contains("百万") || inside.contains("million") => Self::Million,
            () if inside.contains('亿') => Self::HundredMillion,
            () if inside.contains('万') => Self::TenThousand,
            () if inside.contains('千') || inside.contains("thousand") => Self::Thousand,
            () => Self::One,
        }
    }
}

/// How a column's amounts are read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct AmountRule {
    pub(crate) currency: Currency,
    pub(crate) style: Option<DecimalStyle>,
    pub(crate) unit: AmountUnit,
    /// What of an amount is left without the tax in it.
    pub(crate) net: Option<Ratio>,
}

/// What of an amount is left without a tax of `percent` in it: 100 of 100 + percent.
pub(crate) fn net_of(percent: Rate) -> yeji_core::Result<Ratio> {
    let hundred = Ratio::from_int(100);
    hundred.checked_div(hundred.checked_add(percent.ratio())?)
}

/// Reads a cell of an amount column.
///
/// # Errors
/// One of the `Amount...` codes, or [`RejectCode::CurrencyMismatch`].
pub(crate) fn parse(text: &str, kind: CellKind, rule: AmountRule) -> Result<Money, RejectCode> {
    if kind == CellKind::Date {
        return Err(RejectCode::AmountUnreadable);
    }
    let narrowed;
    let text = if text.is_ascii() {
        text
    } else {
        narrowed = text.chars().map(plain).collect::<String>();
        &narrowed
    };
    let peeled = peel(text).ok_or(RejectCode::AmountUnreadable)?;
    if peeled.mark.is_some_and(|mark| !mark.allows(rule.currency)) {
        return Err(RejectCode::CurrencyMismatch);
    }
    let power = match (peeled.power, rule.unit) {
        (Some(own), AmountUnit::One) => own,
        // `1.2万` in a column of 万元: twelve thousand, or a hundred and twenty million?
        (Some(_), _) => return Err(RejectCode::AmountAmbiguous),
        (None, unit) => unit.power() + peeled.exponent.unwrap_or(0),
    };
    // Excel's numbers carry a point whatever the column does; a Chinese unit goes with a point.
    let style = if kind == CellKind::Number {
        Some(DecimalStyle::Point)
    } else {
        rule.style
    };
    let named = power > 0 || peeled.exponent.is_some();
    let style = style.or(named.then_some(DecimalStyle::Point));
    // No program writes groups before an exponent: the mark is the other style's decimal one.
    let group = match style {
        Some(DecimalStyle::Comma) => '.',
        _ => ',',
    };
    if peeled.exponent.is_some() && peeled.body.contains(group) {
        return Err(RejectCode::AmountUnreadable);
    }
    let (digits, scale) = digits_of(&peeled.body, style)?;
    let gross = to_money(digits, scale, power, peeled.negative, rule.currency)?;
    match rule.net {
        None => Ok(gross),
        Some(net) => gross
            .times(net, Rounding::HalfUp)
            .map_err(|_| RejectCode::AmountTooLarge),
    }
}

/// The digits of a plain number as an integer, and how many of them stand after the decimal mark. None if
/// it is no number, or could be two.
pub(crate) fn exact(text: &str, style: Option<DecimalStyle>) -> Option<(i128, u32)> {
    digits_of(text, style).ok()
}

fn to_money(
    digits: i128,
    scale: u32,
    power: u32,
    negative: bool,
    currency: Currency,
) -> Result<Money, RejectCode> {
    let up = power + currency.decimals();
    let minor = if up >= scale {
        let factor = 10_i128.checked_pow(up - scale);
        let product = factor.and_then(|factor| digits.checked_mul(factor));
        product.ok_or(RejectCode::AmountTooLarge)?
    } else if digits == 0 {
        0
    } else {
        // More zeros than a 36-digit number can end in cannot divide it.
        let factor = 10_i128
            .checked_pow(scale - up)
            .ok_or(RejectCode::AmountTooPrecise)?;
        if digits % factor != 0 {
            return Err(RejectCode::AmountTooPrecise);
        }
        digits / factor
    };
    let minor = if negative { -minor } else { minor };
    i64::try_from(minor)
        .map(|minor| Money::new(minor, currency))
        .map_err(|_| RejectCode::AmountTooLarge)
}
