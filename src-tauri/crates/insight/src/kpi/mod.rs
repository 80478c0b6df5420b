//! Key figures as data: what is measured, the formula over it, and what it means in words.
//!
//! A metric is a formula over [`Measure`]s, which are sums of facts; a ratio is always the ratio of the
//! sums of its parts, never a mean of ratios. The built-in metrics ([`Library::built_in`]) and those of a
//! company are the same kind of data and go through the same function, [`Library::evaluate`].

pub mod customers;
mod definition;
mod error;
mod event_date;
mod expression;
mod largest;
mod library;
mod measure;
mod parse;
#[cfg(test)]
mod tests;
mod units;

pub use definition::{Definition, Direction, Unit, Words};
pub use error::KpiError;
pub use event_date::EventDate;
pub use expression::{Expression, Operator};
pub use largest::largest;
pub use library::{Library, Metric, nearest};
pub use measure::{Measure, Origin};
pub use parse::{MAX_CHARS, MAX_DEPTH, MAX_TERMS, parse};

/// Why a metric has no value. It is never zero instead.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum NoValue {
    /// No fact of this measure is known where and when it was asked for.
    NoData {
        /// The measure.
        measure: Measure,
    },
    /// The measure is of only some of the days that were asked for.
    PartOfDays {
        /// The measure.
        measure: Measure,
        /// Of how many days it is.
        days: u32,
        /// How many it would have to be of.
        of: u32,
    },
    /// The measure does not exist for what the metric is split by.
    NotSplit {
        /// The measure.
        measure: Measure,
    },
    /// The facts of the measure are not in this store: a personal file has only some.
    NotHere {
        /// The measure.
        measure: Measure,
    },
    /// A part of the formula is zero, and something is divided by it.
    DivisionByZero {
        /// That part.
        divisor: String,
    },
    /// An exact number that cannot be kept.
    TooLarge,
}
