//! What can be wrong with the input of `goal.season`, `goal.smart` and `goal.pace`.

/// An input without an answer, with its place and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    /// A list that must have something in it.
    #[error("there are no {what}: give at least one")]
    NothingGiven {
        /// Code of the list.
        what: &'static str,
    },
    /// A list that does not fit another.
    #[error("{place} has entries: {given}, and needs: {expected}")]
    EntryCount {
        /// Code or label of the list.
        place: String,
        /// Entries given.
        given: usize,
        /// Entries needed.
        expected: usize,
    },
    /// A share below zero.
    #[error("the share of {place} is {value}: it must not be below zero, set it to 0")]
    NegativeShare {
        /// Key of the period.
        place: String,
        /// The share.
        value: String,
    },
    /// Shares that are all zero.
    #[error("all shares of {what} are zero: choose working days or equal shares instead")]
    SharesAllZero {
        /// Code of the rule.
        what: &'static str,
    },
    /// An interval that is empty or overlaps another.
    #[error("{place} is empty or begins before the one before it ends")]
    Interval {
        /// Its key.
        place: String,
    },
    /// More days done than there are.
    #[error("{place} has {done} of {all} working days done: count both by one calendar")]
    DaysDone {
        /// Key of the period.
        place: String,
        /// Days done.
        done: u64,
        /// Days in all.
        all: u64,
    },
    /// Limits of a traffic light in the wrong order.
    #[error(
        "the limit of {what} for green is {green} and for amber {amber}: green must be the stricter"
    )]
    LimitOrder {
        /// Code of the limit.
        what: &'static str,
        /// For green.
        green: String,
        /// For amber.
        amber: String,
    },
    /// A distribution that is none.
    #[error(
        "the forecast at {place} is no distribution: probabilities must rise between 0 and 1, amounts must not fall"
    )]
    Distribution {
        /// The probability.
        place: String,
    },
    /// More who reached something than there are.
    #[error("{reached} of {of} people cannot have reached it")]
    PeopleCount {
        /// Who reached it.
        reached: u64,
        /// Of how many.
        of: u64,
    },
}

impl PlanError {
    /// Stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NothingGiven { .. } => "nothing_given",
            Self::EntryCount { .. } => "entry_count",
            Self::NegativeShare { .. } => "negative_share",
            Self::SharesAllZero { .. } => "shares_all_zero",
            Self::Interval { .. } => "interval",
            Self::DaysDone { .. } => "days_done",
            Self::LimitOrder { .. } => "limit_order",
            Self::Distribution { .. } => "distribution",
            Self::PeopleCount { .. } => "people_count",
        }
    }

    pub(crate) fn params(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::NothingGiven { what } | Self::SharesAllZero { what } => {
                vec![("what", (*what).to_owned())]
            }
            Self::EntryCount {
                place,
                given,
                expected,
            } => vec![
                ("place", place.clone()),
                ("given", given.to_string()),
                ("expected", expected.to_string()),
            ],
            Self::NegativeShare { place, value } => {
                vec![("place", place.clone()), ("value", value.clone())]
            }
            Self::Interval { place } | Self::Distribution { place } => {
                vec![("place", place.clone())]
            }
            Self::DaysDone { place, done, all } => vec![
                ("place", place.clone()),
                ("done", done.to_string()),
                ("all", all.to_string()),
            ],
            Self::LimitOrder { what, green, amber } => vec![
                ("what", (*what).to_owned()),
                ("green", green.clone()),
                ("amber", amber.clone()),
            ],
            Self::PeopleCount { reached, of } => {
                vec![("reached", reached.to_string()), ("of", of.to_string())]
            }
        }
    }
}
