//! From a formula's text to its tree. Length, depth and number of terms are limited, so no text can
//! exhaust the stack or the time: an own small language is total where a general one has to be fenced.

use yeji_core::Ratio;

use super::KpiError;
use super::expression::{Expression, Operator};

/// Longest formula, in characters; checked before anything else is done with it.
pub const MAX_CHARS: usize = 1_000;
/// Parentheses and signs within each other.
pub const MAX_DEPTH: usize = 32;
/// Numbers and names.
pub const MAX_TERMS: usize = 200;
/// Digits of a number, with those after the point.
const MAX_DIGITS: usize = 18;

/// Reads a formula: `+ - * /`, parentheses, decimals, names.
///
/// # Errors
/// What is wrong with it, and at which character.
pub fn parse(text: &str) -> Result<Expression, KpiError> {
    // Bytes first: counting the characters of a huge text would already be work.
    let chars = if text.len() > MAX_CHARS * 4 {
        text.len()
    } else {
        text.chars().count()
    };
    if chars > MAX_CHARS {
        let limit = MAX_CHARS;
        return Err(KpiError::TooLong { chars, limit });
    }
    let mut reader = Reader {
        chars: text.chars().collect(),
        at: 0,
        terms: 0,
    };
    let expression = reader.sum(0)?;
    match reader.peek() {
        None => Ok(expression),
        Some(found) => Err(reader.unexpected(found)),
    }
}

struct Reader {
    chars: Vec<char>,
    at: usize,
    terms: usize,
}

impl Reader {
    /// The next character that is not white space.
    fn peek(&mut self) -> Option<char> {
        while self.chars.get(self.at).is_some_and(|c| c.is_whitespace()) {
            self.at += 1;
        }
        self.chars.get(self.at).copied()
    }

    fn place(&self) -> usize {
        self.at + 1
    }

    fn unexpected(&self, found: char) -> KpiError {
        KpiError::Unexpected {
            place: self.place(),
            found: found.to_string(),
        }
    }

    fn sum(&mut self, depth: usize) -> Result<Expression, KpiError> {
        let mut left = self.product(depth)?;
        loop {
            let operator = match self.peek() {
                Some('+') => Operator::Add,
                Some('-') => Operator::Subtract,
                _ => return Ok(left),
            };
            self.at += 1;
            let right = self.product(depth)?;
            left = Expression::Both(operator, left.into(), right.into());
        }
    }

    fn product(&mut self, depth: usize) -> Result<Expression, KpiError> {
        let mut left = self.factor(depth)?;
        loop {
            let operator = match self.peek() {
                Some('*') => Operator::Multiply,
                Some('/') => Operator::Divide,
                _ => return Ok(left),
            };
            self.at += 1;
            let right = self.factor(depth)?;
            left = Expression::Both(operator, left.into(), right.into());
        }
    }

    fn factor(&mut self, depth: usize) -> Result<Expression, KpiError> {
        let next = self.peek().ok_or(KpiError::Ends)?;
        if depth > MAX_DEPTH {
            return Err(KpiError::TooDeep {
                place: self.place(),
                limit: MAX_DEPTH,
            });
        }
        match next {
            '-' => {
                self.at += 1;
                Ok(Expression::Minus(self.factor(depth + 1)?.into()))
            }
            '(' => {
                self.at += 1;
                let inner = self.sum(depth + 1)?;
                match self.peek() {
                    Some(')') => {
                        self.at += 1;
                        Ok(inner)
                    }
                    Some(found) => Err(self.unexpected(found)),
                    None => Err(KpiError::Ends),
                }
            }
            c if c.is_ascii_digit() || c == '.' => self.number(),
            c if c.is_ascii_alphabetic() || c == '_' => self.name(),
            c => Err(self.unexpected(c)),
        }
    }

    fn number(&mut self) -> Result<Expression, KpiError> {
        self.count_term()?;
        let place = self.place();
        let text = self.take(|c| c.is_ascii_alphanumeric() || c == '.' || c == '_');
        let digits = text.chars().filter(char::is_ascii_digit).count();
        let number = Ratio::parse_decimal(&text).ok();
        number
            .filter(|_| digits <= MAX_DIGITS)
            .map(Expression::Number)
            .ok_or_else(|| KpiError::Number {
                place,
                text: text.chars().take(40).collect(),
            })
    }

    fn name(&mut self) -> Result<Expression, KpiError> {
        self.count_term()?;
        Ok(Expression::Name(
            self.take(|c| c.is_ascii_alphanumeric() || c == '_'),
        ))
    }

    fn take(&mut self, belongs: impl Fn(char) -> bool) -> String {
        let rest = self.chars.get(self.at..).unwrap_or_default();
        let text: String = rest.iter().copied().take_while(|c| belongs(*c)).collect();
        self.at += text.chars().count();
        text
    }

    fn count_term(&mut self) -> Result<(), KpiError> {
        self.terms += 1;
        if self.terms > MAX_TERMS {
            return Err(KpiError::TooManyTerms {
                place: self.place(),
                limit: MAX_TERMS,
            });
        }
        Ok(())
    }
}
