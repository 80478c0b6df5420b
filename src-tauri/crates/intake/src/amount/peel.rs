//! Signs, brackets, currency and unit around a number, taken off.

use std::borrow::Cow;

use super::mark::{Mark, strip_mark_end, strip_mark_start};

/// A cell without its sign, currency and unit.
#[derive(Debug)]
pub(super) struct Peeled<'a> {
    pub(super) body: Cow<'a, str>,
    pub(super) negative: bool,
    /// Power of ten of the cell's own unit (`1.2万`: 4).
    pub(super) power: Option<u32>,
    /// Power of ten of a number as programs write it (`1.2e4`: 4).
    pub(super) exponent: Option<u32>,
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
        body: Cow::Borrowed(text.trim()),
        negative: false,
        power: None,
        exponent: None,
        mark: None,
    };
    // Nearly every value of an export is a bare number.
    let bare = |b: u8| b.is_ascii_digit() || matches!(b, b'.' | b',');
    if peeled.body.bytes().all(bare) {
        let is_number = peeled.body.bytes().any(|b| b.is_ascii_digit());
        return is_number.then_some(peeled);
    }
    let mut signed = false;
    let mut left = text.trim();
    loop {
        let body = left.trim();
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
            left = rest;
            continue;
        } else if let Some((rest, power)) = strip_unit(body) {
            if peeled.power.replace(power).is_some() {
                return None;
            }
            left = rest;
            continue;
        } else {
            peeled.take_body(body);
            return body.bytes().any(|b| b.is_ascii_digit()).then_some(peeled);
        };
        if std::mem::replace(&mut signed, true) {
            return None;
        }
        peeled.negative = negative;
        left = rest;
    }
}

impl<'a> Peeled<'a> {
    /// What is left is the number, which may have an exponent or units inside.
    fn take_body(&mut self, body: &'a str) {
        self.body = Cow::Borrowed(body);
        match self.power {
            None => {
                if let Some((number, exponent)) = split_exponent(body) {
                    self.body = Cow::Borrowed(number);
                    self.exponent = Some(exponent);
                }
            }
            Some(last) => {
                if let Some(total) = compound(body, last) {
                    self.body = Cow::Owned(total.to_string());
                }
            }
        }
    }
}

/// `1.2e4` as programs write it. Not Excel's `1.2E+04`: that is what Excel shows where a column is too narrow
/// or a CSV was saved so, and the digits that it leaves out are lost.
fn split_exponent(body: &str) -> Option<(&str, u32)> {
    let (number, exponent) = body.split_once(['e', 'E'])?;
    let is_number = number
        .bytes()
        .all(|b| b.is_ascii_digit() || matches!(b, b'.' | b','));
    let is_exponent =
        matches!(exponent.len(), 1 | 2) && exponent.bytes().all(|b| b.is_ascii_digit());
    (is_number && is_exponent)
        .then(|| Some((number, exponent.parse().ok()?)))
        .flatten()
}

/// `1万2` before the unit 千 (`1万2千`) as twelve of it; none unless whole numbers stand before ever smaller
/// units, each of which fits below the one before it: `3千5百万` and `1万23千` may mean anything.
fn compound(body: &str, last: u32) -> Option<i128> {
    let mut total = 0_i128;
    let mut above: Option<u32> = None;
    let mut left = body;
    while !left.is_empty() {
        let end = left
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(left.len());
        let number: i128 = left[..end].parse().ok()?;
        let rest = &left[end..];
        let (power, rest) = if rest.is_empty() {
            (last, rest)
        } else {
            let strip = |(word, power): &(&str, u32)| Some((*power, rest.strip_prefix(word)?));
            UNITS.iter().find_map(strip)?
        };
        if let Some(above) = above
            && (above <= power || number >= 10_i128.checked_pow(above - power)?)
        {
            return None;
        }
        let here = number.checked_mul(10_i128.checked_pow(power.checked_sub(last)?)?)?;
        total = total.checked_add(here)?;
        above = Some(power);
        left = rest;
    }
    above.filter(|power| *power == last).map(|_| total)
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
