//! What can be wrong with a specification.

use chrono::NaiveDate;

use crate::{FIRST_DAY, LAST_DAY};

/// Result of this crate.
pub type Result<T> = std::result::Result<T, Error>;

/// Why no company was generated.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// A number outside its limits.
    #[error("a demo company with {value} {field} cannot be made: choose {min} to {max}")]
    Limit {
        /// `people`, `deals` or `years`.
        field: &'static str,
        /// As asked.
        value: u32,
        /// Smallest possible.
        min: u32,
        /// Largest possible.
        max: u32,
    },
    /// The history would leave the years whose Spring Festivals are known.
    #[error(
        "a history of {years} year(s) until {until} is not within {FIRST_DAY} and {LAST_DAY}: \
         choose another end or fewer years"
    )]
    Until {
        /// Last day, as asked.
        until: NaiveDate,
        /// Years, as asked.
        years: u32,
    },
    /// The caller stopped it.
    #[error("the demo company was not made: it was cancelled")]
    Cancelled,
    /// An amount left the exact range.
    #[error(transparent)]
    Core(#[from] yeji_core::Error),
}
