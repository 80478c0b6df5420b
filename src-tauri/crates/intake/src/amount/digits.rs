//! Digits with their group and decimal marks.

use super::DecimalStyle;
use crate::RejectCode;

/// The digits as an integer and how many of them stand after the decimal mark.
pub(super) fn digits_of(
    body: &str,
    style: Option<DecimalStyle>,
) -> Result<(i128, u32), RejectCode> {
    let found = match style {
        Some(DecimalStyle::Point) => decimal(body, '.', ','),
        Some(DecimalStyle::Comma) => decimal(body, ',', '.'),
        None => match (decimal(body, '.', ','), decimal(body, ',', '.')) {
            (Some(point), Some(comma)) if point != comma => {
                return Err(RejectCode::AmountAmbiguous);
            }
            (point, comma) => point.or(comma),
        },
    };
    match found.ok_or(RejectCode::AmountUnreadable)? {
        Digits::Exact { digits, scale } => Ok((digits, scale)),
        Digits::TooMany => Err(RejectCode::AmountTooLarge),
    }
}

/// A number without its marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Digits {
    /// All digits as an integer, and how many of them stand after the decimal mark.
    Exact { digits: i128, scale: u32 },
    /// More than [`MAX_DIGITS`].
    TooMany,
}

/// Most digits that are read: 10^36 fits an `i128` with room for a unit's power checked later.
const MAX_DIGITS: u32 = 36;

/// Reads `1,234.50` for the decimal mark `.` and the group mark `,`. Spaces and apostrophes group
/// too. None if it is no such number.
pub(super) fn decimal(body: &str, mark: char, group: char) -> Option<Digits> {
    let (whole, fraction) = match body.split_once(mark) {
        Some((whole, fraction)) => (whole, fraction),
        None => (body, ""),
    };
    if !fraction.bytes().all(|b| b.is_ascii_digit()) || (whole.is_empty() && fraction.is_empty()) {
        return None;
    }
    if !grouped(whole, group) {
        return None;
    }
    let mut digits: i128 = 0;
    let mut count = 0;
    for b in whole
        .bytes()
        .chain(fraction.bytes())
        .filter(u8::is_ascii_digit)
    {
        count += u32::from(count > 0 || b != b'0');
        if count > MAX_DIGITS {
            return Some(Digits::TooMany);
        }
        digits = digits * 10 + i128::from(b - b'0');
    }
    let Ok(scale) = u32::try_from(fraction.len()) else {
        return Some(Digits::TooMany);
    };
    Some(Digits::Exact { digits, scale })
}

/// Digits alone, or groups: one to three digits without a leading zero, then threes, one mark.
fn grouped(whole: &str, group: char) -> bool {
    if whole.bytes().all(|b| b.is_ascii_digit()) {
        return true;
    }
    let Some(mark) = whole.chars().find(|c| !c.is_ascii_digit()) else {
        return true;
    };
    if mark != group && mark != ' ' && mark != '\'' {
        return false;
    }
    let mut groups = whole.split(mark);
    let first = groups.next().unwrap_or_default();
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    matches!(first.len(), 1..=3)
        && digits(first)
        && !first.starts_with('0')
        && groups.all(|part| part.len() == 3 && digits(part))
}
