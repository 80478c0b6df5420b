//! Conditions of a plan: numbers, texts and names compared exactly. A small language of its own, as in
//! KPI formulas: it is total (every text ends in a value or in "no answer"), exact where a general one
//! rounds, and limited in length, depth and size before anything is worked out.

mod evaluate;
mod parse;
#[cfg(test)]
mod tests;

pub use evaluate::{NoAnswer, Value};
pub use parse::{MAX_CHARS, MAX_DEPTH, MAX_TERMS, parse};

use std::collections::BTreeSet;

use yeji_core::Ratio;

/// Why a condition cannot be read. Places count characters from 1.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    /// Longer than [`MAX_CHARS`].
    #[error("{chars} characters, more than the limit of {limit}")]
    TooLong {
        /// Characters given.
        chars: usize,
        /// Characters allowed.
        limit: usize,
    },
    /// Deeper than [`MAX_DEPTH`].
    #[error("more than {limit} levels deep at character {place}")]
    TooDeep {
        /// Where.
        place: usize,
        /// Levels allowed.
        limit: usize,
    },
    /// More numbers, texts and names than [`MAX_TERMS`].
    #[error("more than {limit} numbers, texts and names at character {place}")]
    TooManyTerms {
        /// Where.
        place: usize,
        /// Terms allowed.
        limit: usize,
    },
    /// Something that does not belong there.
    #[error("`{found}` at character {place} does not belong there")]
    Unexpected {
        /// Where.
        place: usize,
        /// What.
        found: String,
    },
    /// The text ends too early.
    #[error("it ends too early")]
    Ends,
}

/// A condition or expression as a tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expression {
    /// A number.
    Number(Ratio),
    /// A text.
    Text(String),
    /// A name.
    Name(String),
    /// Whether a name has no value.
    Missing(String),
    /// `not x`.
    Not(Box<Expression>),
    /// `-x`.
    Minus(Box<Expression>),
    /// `x and y`.
    And(Box<Expression>, Box<Expression>),
    /// `x or y`.
    Or(Box<Expression>, Box<Expression>),
    /// `x < y` and the others.
    Compare(Comparison, Box<Expression>, Box<Expression>),
    /// `x + y` and the others.
    Reckon(Operator, Box<Expression>, Box<Expression>),
    /// `x in (a, b)`.
    In(Box<Expression>, Vec<Expression>),
}

/// How two values are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// `=`
    Equal,
    /// `!=`
    Unequal,
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    More,
    /// `>=`
    AtLeast,
}

/// What is done with two numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
}

impl Expression {
    /// All names in it.
    pub fn names(&self) -> BTreeSet<&str> {
        let mut found = BTreeSet::new();
        self.collect(&mut found);
        found
    }

    fn collect<'a>(&'a self, found: &mut BTreeSet<&'a str>) {
        match self {
            Self::Number(_) | Self::Text(_) => {}
            Self::Name(name) | Self::Missing(name) => {
                found.insert(name);
            }
            Self::Not(one) | Self::Minus(one) => one.collect(found),
            Self::And(a, b) | Self::Or(a, b) | Self::Compare(_, a, b) | Self::Reckon(_, a, b) => {
                a.collect(found);
                b.collect(found);
            }
            Self::In(one, list) => {
                one.collect(found);
                for item in list {
                    item.collect(found);
                }
            }
        }
    }
}

impl Trouble {
    /// Closed code with the values of its sentence.
    pub fn words(&self) -> (&'static str, Vec<(&'static str, String)>) {
        match self {
            Self::TooLong { chars, limit } => (
                "condition_too_long",
                vec![("chars", chars.to_string()), ("limit", limit.to_string())],
            ),
            Self::TooDeep { place, limit } => (
                "condition_too_deep",
                vec![("place", place.to_string()), ("limit", limit.to_string())],
            ),
            Self::TooManyTerms { place, limit } => (
                "condition_too_many_terms",
                vec![("place", place.to_string()), ("limit", limit.to_string())],
            ),
            Self::Unexpected { place, found } => (
                "condition_unexpected",
                vec![("place", place.to_string()), ("found", found.clone())],
            ),
            Self::Ends => ("condition_ends", Vec::new()),
        }
    }
}
