//! What a value's separators say about how its column writes decimals.

use std::borrow::Cow;

use super::digits::decimal;
use super::peel::peel;
use super::{AmountUnit, Mark};
use crate::fold::plain;
use crate::raw::CellKind;

/// What the separators of a value allow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Only with a decimal point.
    PointOnly,
    /// Only with a decimal comma.
    CommaOnly,
    /// `1,234`.
    AmbiguousComma,
    /// `1.234`.
    AmbiguousPoint,
    /// No separator, or none that matters.
    Plain,
    /// No amount.
    Unreadable,
}

/// What a value's separators allow, and the currency that it names.
pub(crate) fn shape(text: &str, kind: CellKind, unit: AmountUnit) -> (Shape, Option<Mark>) {
    let narrowed = if text.is_ascii() {
        Cow::Borrowed(text)
    } else {
        text.chars().map(plain).collect()
    };
    let Some(peeled) = peel(&narrowed).filter(|_| kind != CellKind::Date) else {
        return (Shape::Unreadable, None);
    };
    let point = decimal(&peeled.body, '.', ',');
    let comma = decimal(&peeled.body, ',', '.');
    let in_chinese_units =
        peeled.power.is_some() || peeled.exponent.is_some() || unit != AmountUnit::One;
    let shape = match (point, comma) {
        (None, None) => Shape::Unreadable,
        (Some(a), Some(b)) if a == b => Shape::Plain,
        (Some(_), None) => Shape::PointOnly,
        (None, Some(_)) => Shape::CommaOnly,
        (Some(_), Some(_)) if kind == CellKind::Number => Shape::Plain,
        (Some(_), Some(_)) if in_chinese_units => Shape::PointOnly,
        (Some(_), Some(_)) if peeled.body.contains(',') => Shape::AmbiguousComma,
        (Some(_), Some(_)) => Shape::AmbiguousPoint,
    };
    (shape, peeled.mark)
}
