//! The lines of an iCalendar file (RFC 5545, 3.1): folded lines joined, name and value told apart.

use super::{Bad, HolidayProblem};

/// `NAME;PARAMETER=value:value`, without its parameters: no property that is read here needs them.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// Where it begins, from 1.
    pub number: u32,
    /// In capital letters.
    pub name: String,
    /// As it stands there.
    pub value: String,
}

/// All lines that hold something.
pub(super) fn lines(text: &str) -> impl Iterator<Item = Result<Line, Bad>> {
    unfolded(text).map(|(number, line)| {
        let broken = || Bad {
            problem: HolidayProblem::Broken,
            line: number,
            value: line.clone(),
        };
        let colon = colon_of(&line).ok_or_else(broken)?;
        let (head, value) = (&line[..colon], &line[colon + 1..]);
        let name = head.split(';').next().unwrap_or_default();
        let is_name = |b: u8| b.is_ascii_alphanumeric() || b == b'-';
        if name.is_empty() || !name.bytes().all(is_name) {
            return Err(broken());
        }
        Ok(Line {
            number,
            name: name.to_ascii_uppercase(),
            value: value.to_owned(),
        })
    })
}

/// A line that begins with a space or a tab continues the one before.
fn unfolded(text: &str) -> impl Iterator<Item = (u32, String)> {
    let mut rest = (1_u32..).zip(text.lines()).peekable();
    std::iter::from_fn(move || {
        loop {
            let (number, first) = rest.next()?;
            let mut line = first.to_owned();
            while let Some((_, more)) = rest.next_if(|(_, next)| next.starts_with([' ', '\t'])) {
                line.push_str(&more[1..]);
            }
            if !line.trim().is_empty() {
                return Some((number, line));
            }
        }
    })
}

/// The colon before the value: not one inside a quoted parameter.
fn colon_of(line: &str) -> Option<usize> {
    let mut quoted = false;
    line.bytes().position(|byte| {
        quoted ^= byte == b'"';
        byte == b':' && !quoted
    })
}

/// A value of type TEXT without its escapes.
pub(super) fn text(value: &str) -> String {
    let mut plain = String::with_capacity(value.len());
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('n' | 'N') => plain.push(' '),
                Some(escaped) => plain.push(escaped),
                None => {}
            },
            c => plain.push(c),
        }
    }
    plain.trim().to_owned()
}
