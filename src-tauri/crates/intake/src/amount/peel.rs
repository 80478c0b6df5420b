//! Signs, brackets, currency and unit around a number, taken off.

use super::mark::{Mark, strip_mark_end, strip_mark_start};

/// A cell without its sign, currency and unit.
#[derive(Debug)]
pub(super) struct Peeled<'a> {
    pub(super) body: &'a str,
    pub(super) negative: bool,
    /// Power of ten of the cell's own unit (`1.2万`: 4).
    pub(super) power: Option<u32>,
    pub(super) mark: Option<Mark>,
}

/// Longest first: `千万` before `万`.
const UNITS: [(&str, u32); 7] = [
    ("万亿", 12),
    ("千万", 7),
    ("百万", 6),
    ("亿", 8),
    ("万", 4),
    ("千", 3),
    ("百", 2),
];

/// Takes signs, brackets, currency and unit off both ends; none where what is left is no number or
/// two signs contradict.
pub(super) fn peel(text: &str) -> Option<Peeled<'_>> {
    let mut peeled = Peeled {
        body: text.trim(),
        negative: false,
        power: None,
        mark: None,
    };
    // Nearly every value of an export is a bare number.
    let bare = |b: u8| b.is_ascii_digit() || matches!(b, b'.' | b',');
    if peeled.body.bytes().all(bare) {
        let is_number = peeled.body.bytes().any(|b| b.is_ascii_digit());
        return is_number.then_some(peeled);
    }
    let mut signed = false;
    loop {
        let body = peeled.body.trim();
        let (rest, negative) = if let Some(inner) =
            body.strip_prefix('(').and_then(|b| b.strip_suffix(')'))
        {
            (inner, true)
        } else if let Some(rest) = body.strip_prefix('-').or_else(|| body.strip_suffix('-')) {
            (rest, true)
        } else if let Some(rest) = body.strip_prefix('+') {
            (rest, false)
        } else if let Some((mark, rest)) = strip_mark_start(body).or_else(|| strip_mark_end(body)) {
            peeled.mark = Some(peeled.mark.map_or(Some(mark), |other| other.with(mark))?);
            peeled.body = rest;
            continue;
        } else if let Some((rest, power)) = strip_unit(body) {
            if peeled.power.replace(power).is_some() {
                return None;
            }
            peeled.body = rest;
            continue;
        } else {
            peeled.body = body;
            return body.bytes().any(|b| b.is_ascii_digit()).then_some(peeled);
        };
        if std::mem::replace(&mut signed, true) {
            return None;
        }
        peeled.negative = negative;
        peeled.body = rest;
    }
}

fn strip_unit(text: &str) -> Option<(&str, u32)> {
    UNITS
        .iter()
        .find_map(|(word, power)| text.strip_suffix(word).map(|rest| (rest, *power)))
}

/// What follows a unit at the start, as in `万元`.
pub(super) fn strip_unit_start(text: &str) -> &str {
    let strip = |(word, _): (&str, u32)| text.strip_prefix(word);
    UNITS.into_iter().find_map(strip).unwrap_or(text)
}
