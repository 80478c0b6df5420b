//! The exact value of a condition, or why it has none.

use yeji_core::Ratio;

use super::{Comparison, Expression, Operator};

/// A value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value<'a> {
    /// An exact number.
    Number(Ratio),
    /// A text.
    Text(&'a str),
    /// True or false.
    Truth(bool),
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoAnswer {
    /// A name without a value.
    Missing(String),
    /// A division by zero.
    DivisionByZero,
    /// Numbers that do not fit.
    Overflow,
    /// A text where a number belongs, and the like.
    Kinds,
}

impl NoAnswer {
    /// A closed code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Missing(_) => "missing",
            Self::DivisionByZero => "division_by_zero",
            Self::Overflow => "overflow",
            Self::Kinds => "kinds",
        }
    }

    /// The name without a value.
    pub fn name(&self) -> &str {
        match self {
            Self::Missing(name) => name,
            _ => "",
        }
    }
}

type Answer<'a> = Result<Value<'a>, NoAnswer>;

impl Expression {
    /// Whether it holds. Unknown parts leave an `and` with something false false, an `or` with
    /// something true true (Kleene's logic).
    ///
    /// # Errors
    /// Why there is no answer.
    pub fn holds<'a>(
        &'a self,
        value_of: &dyn Fn(&str) -> Option<Value<'a>>,
    ) -> Result<bool, NoAnswer> {
        match self.evaluate(value_of)? {
            Value::Truth(truth) => Ok(truth),
            Value::Number(_) | Value::Text(_) => Err(NoAnswer::Kinds),
        }
    }

    /// Its number.
    ///
    /// # Errors
    /// Why there is none.
    pub fn number<'a>(
        &'a self,
        value_of: &dyn Fn(&str) -> Option<Value<'a>>,
    ) -> Result<Ratio, NoAnswer> {
        match self.evaluate(value_of)? {
            Value::Number(number) => Ok(number),
            Value::Text(_) | Value::Truth(_) => Err(NoAnswer::Kinds),
        }
    }

    fn evaluate<'a>(&'a self, value_of: &dyn Fn(&str) -> Option<Value<'a>>) -> Answer<'a> {
        match self {
            Self::Number(number) => Ok(Value::Number(*number)),
            Self::Text(text) => Ok(Value::Text(text)),
            Self::Name(name) => value_of(name).ok_or_else(|| NoAnswer::Missing(name.clone())),
            Self::Missing(name) => Ok(Value::Truth(value_of(name).is_none())),
            Self::Not(one) => Ok(Value::Truth(!one.holds(value_of)?)),
            Self::Minus(one) => Ratio::ZERO
                .checked_sub(one.number(value_of)?)
                .map(Value::Number)
                .map_err(|_| NoAnswer::Overflow),
            Self::And(a, b) => either(a.holds(value_of), b.holds(value_of), false),
            Self::Or(a, b) => either(a.holds(value_of), b.holds(value_of), true),
            Self::Compare(how, a, b) => {
                let (a, b) = (a.evaluate(value_of)?, b.evaluate(value_of)?);
                compare(*how, &a, &b).map(Value::Truth)
            }
            Self::Reckon(how, a, b) => {
                let (a, b) = (a.number(value_of)?, b.number(value_of)?);
                reckon(*how, a, b).map(Value::Number)
            }
            Self::In(one, list) => {
                let one = one.evaluate(value_of)?;
                let mut answer = Ok(Value::Truth(false));
                for item in list {
                    let same = item
                        .evaluate(value_of)
                        .and_then(|item| compare(Comparison::Equal, &one, &item));
                    let before = answer.and_then(|value| truth(&value));
                    answer = either(before, same, true);
                }
                answer
            }
        }
    }
}

fn truth(value: &Value<'_>) -> Result<bool, NoAnswer> {
    match value {
        Value::Truth(truth) => Ok(*truth),
        _ => Err(NoAnswer::Kinds),
    }
}

/// `and` (decided by false) or `or` (decided by true).
fn either<'a>(a: Result<bool, NoAnswer>, b: Result<bool, NoAnswer>, decides: bool) -> Answer<'a> {
    match (a, b) {
        (Ok(one), _) | (_, Ok(one)) if one == decides => Ok(Value::Truth(decides)),
        (Ok(_), Ok(_)) => Ok(Value::Truth(!decides)),
        (Err(reason), _) | (_, Err(reason)) => Err(reason),
    }
}

fn compare(how: Comparison, a: &Value<'_>, b: &Value<'_>) -> Result<bool, NoAnswer> {
    let order = match (a, b) {
        (Value::Number(a), Value::Number(b)) => a.cmp(b),
        (Value::Text(a), Value::Text(b)) => match how {
            Comparison::Equal | Comparison::Unequal => a.cmp(b),
            _ => return Err(NoAnswer::Kinds),
        },
        _ => return Err(NoAnswer::Kinds),
    };
    Ok(match how {
        Comparison::Equal => order.is_eq(),
        Comparison::Unequal => order.is_ne(),
        Comparison::Less => order.is_lt(),
        Comparison::AtMost => order.is_le(),
        Comparison::More => order.is_gt(),
        Comparison::AtLeast => order.is_ge(),
    })
}

fn reckon(how: Operator, a: Ratio, b: Ratio) -> Result<Ratio, NoAnswer> {
    let result = match how {
        Operator::Add => a.checked_add(b),
        Operator::Subtract => a.checked_sub(b),
        Operator::Multiply => a.checked_mul(b),
        Operator::Divide => a.checked_div(b),
    };
    result.map_err(|error| match error {
        yeji_core::Error::DivisionByZero(_) => NoAnswer::DivisionByZero,
        _ => NoAnswer::Overflow,
    })
}
