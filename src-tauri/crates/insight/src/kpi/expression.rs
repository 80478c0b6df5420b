//! Formulas as trees, their exact value, and their text.

use std::collections::BTreeSet;
use std::fmt;

use yeji_core::{Error as CoreError, Ratio, Rounding};

use super::NoValue;

/// A formula: four operations over numbers and names. It always ends, and its tree is never deeper than
/// the parser's limits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expression {
    /// A decimal, zero or above.
    Number(Ratio),
    /// A measure or metric.
    Name(String),
    /// `-x`.
    Minus(Box<Expression>),
    /// `x + y` and the others.
    Both(Operator, Box<Expression>, Box<Expression>),
}

/// What is done with two values.
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

impl Operator {
    fn sign(self) -> char {
        match self {
            Self::Add => '+',
            Self::Subtract => '-',
            Self::Multiply => '*',
            Self::Divide => '/',
        }
    }

    /// How strongly it binds.
    fn strength(self) -> u8 {
        match self {
            Self::Add | Self::Subtract => 1,
            Self::Multiply | Self::Divide => 2,
        }
    }
}

impl Expression {
    /// The exact value. Whatever a name has no value for, the whole has none for.
    ///
    /// # Errors
    /// Why there is no value.
    pub fn evaluate(
        &self,
        value_of: &dyn Fn(&str) -> Result<Ratio, NoValue>,
    ) -> Result<Ratio, NoValue> {
        match self {
            Self::Number(number) => Ok(*number),
            Self::Name(name) => value_of(name),
            Self::Minus(of) => {
                let value = of.evaluate(value_of)?;
                Ratio::ZERO
                    .checked_sub(value)
                    .map_err(|_| NoValue::TooLarge)
            }
            Self::Both(operator, left, right) => {
                let (a, b) = (left.evaluate(value_of)?, right.evaluate(value_of)?);
                let result = match operator {
                    Operator::Add => a.checked_add(b),
                    Operator::Subtract => a.checked_sub(b),
                    Operator::Multiply => a.checked_mul(b),
                    Operator::Divide => a.checked_div(b),
                };
                result.map_err(|error| match error {
                    CoreError::DivisionByZero(_) => NoValue::DivisionByZero {
                        divisor: right.to_string(),
                    },
                    _ => NoValue::TooLarge,
                })
            }
        }
    }

    /// The names in it.
    pub fn names(&self) -> BTreeSet<&str> {
        let mut names = BTreeSet::new();
        self.gather(&mut names);
        names
    }

    fn gather<'a>(&'a self, names: &mut BTreeSet<&'a str>) {
        match self {
            Self::Number(_) => {}
            Self::Name(name) => {
                names.insert(name);
            }
            Self::Minus(of) => of.gather(names),
            Self::Both(_, left, right) => {
                left.gather(names);
                right.gather(names);
            }
        }
    }

    fn strength(&self) -> u8 {
        match self {
            Self::Number(_) | Self::Name(_) => 4,
            Self::Minus(_) => 3,
            Self::Both(operator, ..) => operator.strength(),
        }
    }

    /// Writes it, in parentheses if it binds more weakly than its place asks for.
    fn write(&self, f: &mut fmt::Formatter<'_>, place: u8) -> fmt::Result {
        if self.strength() < place {
            f.write_str("(")?;
            self.write(f, 0)?;
            return f.write_str(")");
        }
        match self {
            Self::Number(number) => f.write_str(&decimal(*number)),
            Self::Name(name) => f.write_str(name),
            Self::Minus(of) => {
                f.write_str("-")?;
                of.write(f, 3)
            }
            Self::Both(operator, left, right) => {
                let strength = operator.strength();
                left.write(f, strength)?;
                write!(f, " {} ", operator.sign())?;
                // `a - (b - c)` is another tree than `a - b - c`, and so is `a + (b + c)`.
                right.write(f, strength + 1)
            }
        }
    }
}

impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f, 0)
    }
}

/// The shortest decimal of a number that was read from one.
fn decimal(number: Ratio) -> String {
    let exact = |decimals: &u32| 10_i128.pow(*decimals) % number.denominator() == 0;
    (0..=18)
        .find(exact)
        .and_then(|decimals| number.to_decimal(decimals, Rounding::HalfUp).ok())
        .unwrap_or_else(|| number.to_string())
}
