//! What comes out of a formula: units are added only to their like, and divided and multiplied as numbers are.
//!
//! Numbers that are written out take the unit beside them (`won_amount - 100` means yuan). Things that are counted
//! are kept apart from plain numbers in sums only: an amount for each deal is an amount still.

use std::collections::BTreeMap;

use super::definition::Unit;
use super::expression::{Expression, Operator};
use super::{KpiError, Library, Measure, Metric};

/// How often each unit is in a value: an amount by days and deals is `[1, -1, 0, -1]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Powers {
    money: i32,
    days: i32,
    score: i32,
    things: i32,
    /// It is made of numbers alone, which take any unit.
    written: bool,
}

/// How often a unit may be multiplied or divided by itself: no figure of a company is yuan to the ninth power, and
/// formulas of formulas would pass every number.
const MAX_POWER: i32 = 8;

/// What is said of a value whose unit has no name of its own.
const OTHER: &str = "other";

impl Powers {
    const PLAIN: Self = Self {
        money: 0,
        days: 0,
        score: 0,
        things: 0,
        written: false,
    };

    fn of(unit: Unit) -> Self {
        match unit {
            Unit::Money => Self {
                money: 1,
                ..Self::PLAIN
            },
            Unit::Days => Self {
                days: 1,
                ..Self::PLAIN
            },
            Unit::Score => Self {
                score: 1,
                ..Self::PLAIN
            },
            Unit::Count => Self {
                things: 1,
                ..Self::PLAIN
            },
            Unit::Ratio | Unit::Number => Self::PLAIN,
        }
    }

    /// Of a product; `sign` -1: of a quotient. None: beyond [`MAX_POWER`], within which no sum overflows.
    fn with(self, other: Self, sign: i32) -> Option<Self> {
        let both = |one: i32, other: i32| {
            let power = one + sign * other;
            (power.abs() <= MAX_POWER).then_some(power)
        };
        Some(Self {
            money: both(self.money, other.money)?,
            days: both(self.days, other.days)?,
            score: both(self.score, other.score)?,
            things: both(self.things, other.things)?,
            written: self.written && other.written,
        })
    }

    /// The name of what it is.
    fn name(self) -> &'static str {
        match (self.money, self.days, self.score) {
            (1, 0, 0) => Unit::Money.code(),
            (0, 1, 0) => Unit::Days.code(),
            (0, 0, 1) => Unit::Score.code(),
            (0, 0, 0) if self.things > 0 => Unit::Count.code(),
            (0, 0, 0) => Unit::Ratio.code(),
            _ => OTHER,
        }
    }

    fn adds_to(self, other: Self) -> bool {
        let of_facts = |one: Self| (one.money, one.days, one.score);
        let is_plain = |one: Self| of_facts(one) == (0, 0, 0);
        self.written
            || other.written
            || of_facts(self) == of_facts(other)
                && (!is_plain(self) || (self.things > 0) == (other.things > 0))
    }

    /// Whether a value of it can be shown in a unit. What is called a number is what the company says it is.
    fn fits(self, unit: Unit) -> bool {
        self.written
            || match unit {
                Unit::Number => true,
                // Points are also what a company makes of shares and counts.
                Unit::Score => matches!(self.name(), "score" | "ratio" | "count"),
                // So many for each of something is a count still.
                Unit::Count => matches!(self.name(), "count" | "ratio"),
                Unit::Money | Unit::Days | Unit::Ratio => self.name() == unit.code(),
            }
    }
}

/// Whether the parts of a metric's formula can be put together, and give what it says that it is.
///
/// # Errors
/// The sum of two units, or a value of another unit than the metric's.
pub(super) fn check(metric: &Metric, library: &Library) -> Result<(), KpiError> {
    let definition = &metric.definition;
    let found = Found::of(library).powers(metric.expression(), &definition.code)?;
    if found.fits(definition.unit) {
        return Ok(());
    }
    Err(KpiError::UnitMisfit {
        metric: definition.code.clone(),
        unit: definition.unit.code(),
        found: found.name(),
    })
}

/// Units of the metrics that formulas name, each looked for once.
struct Found<'a> {
    library: &'a Library,
    numbers: BTreeMap<String, Powers>,
}

impl<'a> Found<'a> {
    fn of(library: &'a Library) -> Self {
        Self {
            library,
            numbers: BTreeMap::new(),
        }
    }

    fn powers(&mut self, expression: &Expression, code: &str) -> Result<Powers, KpiError> {
        Ok(match expression {
            Expression::Number(_) => Powers {
                written: true,
                ..Powers::PLAIN
            },
            Expression::Name(name) => self.named(name),
            Expression::Minus(of) => self.powers(of, code)?,
            Expression::Both(operator, left, right) => {
                let (one, other) = (self.powers(left, code)?, self.powers(right, code)?);
                let powers = |sign: i32| {
                    one.with(other, sign).ok_or_else(|| KpiError::Power {
                        metric: code.to_owned(),
                        limit: MAX_POWER,
                    })
                };
                match operator {
                    Operator::Multiply => powers(1)?,
                    Operator::Divide => powers(-1)?,
                    Operator::Add | Operator::Subtract if one.adds_to(other) => {
                        if one.written {
                            other
                        } else {
                            one
                        }
                    }
                    Operator::Add | Operator::Subtract => {
                        return Err(KpiError::MixedUnits {
                            metric: code.to_owned(),
                            left: left.to_string(),
                            left_unit: one.name(),
                            right: right.to_string(),
                            right_unit: other.name(),
                        });
                    }
                }
            }
        })
    }

    fn named(&mut self, name: &str) -> Powers {
        if let Some(measure) = Measure::of(name) {
            return Powers::of(measure.unit());
        }
        let library = self.library;
        match library.metric(name) {
            Some(metric) if metric.definition.unit == Unit::Number => self.of_number(name, metric),
            Some(metric) => Powers::of(metric.definition.unit),
            None => Powers::PLAIN,
        }
    }

    /// What is called a number is what its formula makes of it: yuan a day are no share.
    fn of_number(&mut self, name: &str, metric: &Metric) -> Powers {
        if let Some(known) = self.numbers.get(name) {
            return *known;
        }
        // One that was kept before units were asked for may be a sum of two; it goes on as a plain number.
        let found = self.powers(metric.expression(), name);
        let found = found.unwrap_or(Powers::PLAIN);
        self.numbers.insert(name.to_owned(), found);
        found
    }
}
