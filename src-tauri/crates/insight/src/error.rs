//! What keeps a series from a forecast, with the place and the values in it.

/// Result of this crate.
pub type Result<T> = std::result::Result<T, Error>;

/// An input without an honest answer. `code()` is stable; the words are for logs.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Error {
    /// Fewer values than any method can learn from.
    #[error("{have} values are not enough for a forecast: at least {need} are needed")]
    NotEnough {
        /// Values given.
        have: usize,
        /// Values needed.
        need: usize,
    },
    /// More values than [`crate::forecast::series::MAX_VALUES`].
    #[error("{count} values are more than the limit of {limit}")]
    TooMany {
        /// Values given.
        count: usize,
        /// Values allowed.
        limit: usize,
    },
    /// A value that is not a number, or too large to calculate with.
    #[error("value {place} (counted from 1) cannot be calculated with")]
    Unusable {
        /// Its place, counted from 1.
        place: usize,
    },
    /// More periods without a value than with one.
    #[error("{missing} of {of} periods have no value: at least half of them must have one")]
    Gaps {
        /// Periods without a value.
        missing: usize,
        /// Periods from the first value to the last.
        of: usize,
    },
    /// A calendar that does not cover series and forecast.
    #[error("the calendar has {have} periods; series and horizon have {need}")]
    Calendar {
        /// Periods given.
        have: usize,
        /// Periods needed.
        need: usize,
    },
    /// Days of a period below zero, or more than a year has.
    #[error("period {place} of the calendar (counted from 1) cannot have so many days")]
    CalendarDays {
        /// Its place, counted from 1.
        place: usize,
    },
    /// A horizon of none, or beyond [`crate::forecast::series::MAX_HORIZON`].
    #[error("the horizon must be from 1 to {limit}, not {horizon}")]
    Horizon {
        /// Steps asked for.
        horizon: usize,
        /// Steps allowed.
        limit: usize,
    },
    /// A season of none, or beyond [`crate::forecast::series::MAX_SEASON`].
    #[error("the season must be from 1 to {limit} values, not {season}")]
    Season {
        /// Values of one season asked for.
        season: usize,
        /// Values allowed.
        limit: usize,
    },
    /// More series at once than [`crate::forecast::batch::MAX_SERIES`].
    #[error("{count} series are more than the limit of {limit} at once")]
    TooManySeries {
        /// Series given.
        count: usize,
        /// Series allowed.
        limit: usize,
    },
    /// Two series have the same id: nobody could tell whose forecast is whose.
    #[error("two series have the id `{id}`; give each its own, or none an id")]
    TwoOfOneId {
        /// The id.
        id: String,
    },
    /// A parent that is not among the series.
    #[error("`{parent}`, the parent of `{id}`, is not among the series")]
    NoParent {
        /// The series.
        id: String,
        /// Its parent.
        parent: String,
    },
    /// Parents that lead back to the series itself.
    #[error("the parents of `{id}` lead in a circle")]
    Circle {
        /// A series whose parents do.
        id: String,
    },
    /// More digits than [`crate::forecast::reconcile`] can make agree.
    #[error("sums agree to at most {limit} digits after the point, not {decimals}")]
    Decimals {
        /// Digits asked for.
        decimals: u8,
        /// Digits allowed.
        limit: u8,
    },
    /// A figure too large to agree to the last unit.
    #[error("the forecast of `{id}` is too large to be exact to the last unit")]
    TooLarge {
        /// The series.
        id: String,
    },
    /// Stopped by the caller.
    #[error("stopped")]
    Cancelled,
}

impl Error {
    /// Values that would be enough, where there are too few.
    pub fn need(&self) -> Option<usize> {
        match self {
            Self::NotEnough { need, .. } => Some(*need),
            Self::Gaps { of, .. } => Some(of.div_ceil(2)),
            _ => None,
        }
    }

    /// Stable name of the kind.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotEnough { .. } => "forecast.not_enough",
            Self::TooMany { .. } => "forecast.too_many_values",
            Self::Unusable { .. } => "forecast.unusable",
            Self::Gaps { .. } => "forecast.gaps",
            Self::Calendar { .. } => "forecast.calendar",
            Self::CalendarDays { .. } => "forecast.calendar_days",
            Self::Horizon { .. } => "forecast.horizon",
            Self::Season { .. } => "forecast.season",
            Self::TooManySeries { .. } => "forecast.too_many_series",
            Self::TwoOfOneId { .. } => "forecast.two_of_one_id",
            Self::NoParent { .. } => "forecast.no_parent",
            Self::Circle { .. } => "forecast.circle",
            Self::Decimals { .. } => "forecast.decimals",
            Self::TooLarge { .. } => "forecast.too_large",
            Self::Cancelled => "forecast.cancelled",
        }
    }
}
