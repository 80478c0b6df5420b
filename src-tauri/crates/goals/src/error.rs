//! What can be wrong with a split, with the place and the values in it.

use std::collections::BTreeMap;

use yeji_core::calendar::{FiscalCalendar, Period};

/// Result of this crate.
pub type Result<T> = std::result::Result<T, Error>;

/// An input that has no exact answer. `code()` and `params()` are stable; the words are for logs.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// No unit at all.
    #[error("nobody to split over: the list of units is empty")]
    NoUnits,
    /// More units than [`crate::split::MAX_UNITS`].
    #[error("{count} units are more than the limit of {limit}")]
    TooManyUnits {
        /// Units given.
        count: usize,
        /// Units allowed.
        limit: usize,
    },
    /// Two units with one id.
    #[error("unit `{unit}` is listed twice")]
    DuplicateUnit {
        /// Its id.
        unit: String,
    },
    /// No unit without a parent, so that all of them stand in a circle.
    #[error("no unit is the root (one unit must have no parent)")]
    NoRoot,
    /// A second unit without a parent.
    #[error("`{first}` and `{second}` both have no parent: exactly one root is allowed")]
    TwoRoots {
        /// Id of the first root.
        first: String,
        /// Id of the second.
        second: String,
    },
    /// A parent that is not in the list.
    #[error("unit `{unit}` stands under `{parent}`, which is not in the list")]
    UnknownParent {
        /// The unit.
        unit: String,
        /// The parent it names.
        parent: String,
    },
    /// A unit that stands under itself, directly or through others.
    #[error("unit `{unit}` stands in a circle")]
    Circle {
        /// One unit of it.
        unit: String,
    },
    /// A unit of a level that cannot stand where it stands (anything under a person, a company
    /// under something, a department under a team).
    #[error("unit `{unit}` cannot stand under `{parent}`: its level is above or below a person")]
    LevelOrder {
        /// The unit.
        unit: String,
        /// Its parent.
        parent: String,
    },
    /// A weight below zero.
    #[error("`{name}` ({unit}) has the negative weight {weight}")]
    NegativeWeight {
        /// Id of the unit.
        unit: String,
        /// Its name.
        name: String,
        /// The weight.
        weight: String,
    },
    /// A unit with neither a weight nor units below that have one.
    #[error("`{name}` ({unit}) has no weight and nothing below it to weigh")]
    MissingWeight {
        /// Id of the unit.
        unit: String,
        /// Its name.
        name: String,
    },
    /// A unit that is to carry a share and has no people.
    #[error("`{name}` ({unit}) would get a share and has no people: a split over nobody")]
    SplitOverNobody {
        /// Id of the unit.
        unit: String,
        /// Its name.
        name: String,
    },
    /// A unit with an amount whose parts all weigh zero.
    #[error("everything below `{name}` ({unit}) weighs zero: shares of its goal do not exist")]
    ZeroWeights {
        /// Id of the unit.
        unit: String,
        /// Its name.
        name: String,
    },
    /// Weights whose exact proportion needs numbers above 64 bits.
    #[error("the weights below `{place}` are too far apart or too fine to be kept exactly")]
    WeightsTooFine {
        /// The unit or period whose parts they are.
        place: String,
    },
    /// A split or a list of a kind of period that it is not made for.
    #[error("a goal is split for a year, a half, a quarter or a month, not for {period}")]
    PeriodKind {
        /// The period.
        period: Period,
    },
    /// A period that is none of the calendar it is to be split in.
    #[error("{period} is no period of the calendar {calendar}; {proposal} is")]
    OtherCalendar {
        /// The period.
        period: Period,
        /// The calendar.
        calendar: FiscalCalendar,
        /// The calendar's period of that kind on the period's first day.
        proposal: Period,
    },
    /// Time weights of two kinds of period, or of a kind that does not stand below the split one.
    #[error("time weights must all be for one kind of period below {period}; {given} is not")]
    TimeWeightKind {
        /// The period that is split.
        period: Period,
        /// The period of the weight.
        given: Period,
    },
    /// A time weight for a period outside the split one, or given twice.
    #[error("the time weight of {given} is given twice or lies outside {period}")]
    TimeWeightPlace {
        /// The period that is split.
        period: Period,
        /// The period of the weight.
        given: Period,
    },
    /// A period without a time weight although others have one.
    #[error("{period} has no time weight")]
    MissingTimeWeight {
        /// The period.
        period: Period,
    },
    /// A time weight below zero.
    #[error("the time weight of {period} is negative: {weight}")]
    NegativeTimeWeight {
        /// The period.
        period: Period,
        /// The weight.
        weight: String,
    },
    /// All time weights are zero under an amount that is not.
    #[error("all time weights of {period} are zero: shares of its goal do not exist")]
    ZeroTimeWeights {
        /// The period.
        period: Period,
    },
    /// A unit of rounding that is zero, too large, or no multiple of the unit of cells.
    #[error(
        "goals cannot be rounded to {minor}: give at least 1 and a multiple of the cells' unit"
    )]
    RoundingUnit {
        /// Its minor units.
        minor: u64,
    },
    /// Margins that do not sum to the same total.
    #[error("the rows sum to {rows} and the columns to {cols}: they cannot both close")]
    MarginsDiffer {
        /// Sum of the rows.
        rows: i128,
        /// Sum of the columns.
        cols: i128,
    },
    /// Margins with both signs, whose fitted values would have both signs too.
    #[error("rows and columns must all be of one sign")]
    MixedSigns,
    /// A cell for a unit that is not in the list.
    #[error("a goal cell names unit `{unit}`, which is not in the list")]
    UnknownUnit {
        /// Its id.
        unit: String,
    },
    /// A cell with an amount on a unit that has units below it: its parts would not sum to it.
    #[error("unit `{unit}` has units below it and {minor} of its own in {period}")]
    CellAboveLeaf {
        /// Its id.
        unit: String,
        /// The cell's period.
        period: Period,
        /// Its minor units.
        minor: i64,
    },
    /// A cell whose period is no cut week of the period.
    #[error("{given} is not a cut week of {period}")]
    CellPeriod {
        /// The period of the plan.
        period: Period,
        /// The period of the cell.
        given: Period,
    },
    /// A list of periods asked for with neither or both of `year` and `from`/`to`.
    #[error("give either `year` or both `from` and `to`")]
    Span,
    /// A span of days that is empty or outside the years that periods are made for.
    #[error("the span from {from} to {to} is empty or outside the years {min} to {max}")]
    SpanRange {
        /// First day.
        from: chrono::NaiveDate,
        /// Day after the last.
        to: chrono::NaiveDate,
        /// First year allowed.
        min: i32,
        /// Last year allowed.
        max: i32,
    },
    /// A sum outside the range that is kept exactly.
    #[error("the sum of {place} is outside the range that is kept exactly")]
    Overflow {
        /// What was summed.
        place: String,
    },
    /// From `goal.weigh`.
    #[error(transparent)]
    Weigh(Box<crate::weigh::WeighError>),
    /// From `goal.edit`.
    #[error(transparent)]
    Edit(Box<crate::edit::EditError>),
    /// From `goal.season`, `goal.smart` and `goal.pace`.
    #[error(transparent)]
    Plan(Box<crate::plan_error::PlanError>),
    /// From the vocabulary: an invalid year, mixed currencies.
    #[error(transparent)]
    Core(#[from] yeji_core::Error),
}

impl From<crate::weigh::WeighError> for Error {
    fn from(inner: crate::weigh::WeighError) -> Self {
        Self::Weigh(Box::new(inner))
    }
}

impl From<crate::edit::EditError> for Error {
    fn from(inner: crate::edit::EditError) -> Self {
        Self::Edit(Box::new(inner))
    }
}

impl From<crate::plan_error::PlanError> for Error {
    fn from(inner: crate::plan_error::PlanError) -> Self {
        Self::Plan(Box::new(inner))
    }
}

impl Error {
    /// Stable code, for words in two languages.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoUnits => "no_units",
            Self::TooManyUnits { .. } => "too_many_units",
            Self::DuplicateUnit { .. } => "duplicate_unit",
            Self::NoRoot => "no_root",
            Self::TwoRoots { .. } => "two_roots",
            Self::UnknownParent { .. } => "unknown_parent",
            Self::Circle { .. } => "unit_circle",
            Self::LevelOrder { .. } => "unit_level_order",
            Self::NegativeWeight { .. } => "negative_weight",
            Self::MissingWeight { .. } => "missing_weight",
            Self::SplitOverNobody { .. } => "split_over_nobody",
            Self::ZeroWeights { .. } => "zero_weights",
            Self::WeightsTooFine { .. } => "weights_too_fine",
            Self::PeriodKind { .. } => "split_period_kind",
            Self::OtherCalendar { .. } => "period_of_other_calendar",
            Self::TimeWeightKind { .. } => "time_weight_kind",
            Self::TimeWeightPlace { .. } => "time_weight_place",
            Self::MissingTimeWeight { .. } => "missing_time_weight",
            Self::NegativeTimeWeight { .. } => "negative_time_weight",
            Self::ZeroTimeWeights { .. } => "zero_time_weights",
            Self::RoundingUnit { .. } => "rounding_unit",
            Self::MarginsDiffer { .. } => "margins_differ",
            Self::MixedSigns => "mixed_signs",
            Self::UnknownUnit { .. } => "unknown_unit",
            Self::CellAboveLeaf { .. } => "cell_above_leaf",
            Self::CellPeriod { .. } => "cell_period",
            Self::Span => "calendar_span",
            Self::SpanRange { .. } => "calendar_span_range",
            Self::Overflow { .. } => "overflow",
            Self::Weigh(inner) => inner.code(),
            Self::Edit(inner) => inner.code(),
            Self::Plan(inner) => inner.code(),
            Self::Core(inner) => inner.code(),
        }
    }

    /// Values for the sentence of [`Self::code`].
    pub fn params(&self) -> BTreeMap<String, String> {
        let pairs: Vec<(&str, String)> = match self {
            Self::NoUnits | Self::NoRoot | Self::MixedSigns | Self::Span => Vec::new(),
            Self::TooManyUnits { count, limit } => {
                vec![("count", count.to_string()), ("limit", limit.to_string())]
            }
            Self::DuplicateUnit { unit } | Self::Circle { unit } | Self::UnknownUnit { unit } => {
                vec![("unit", unit.clone())]
            }
            Self::TwoRoots { first, second } => {
                vec![("first", first.clone()), ("second", second.clone())]
            }
            Self::UnknownParent { unit, parent } | Self::LevelOrder { unit, parent } => {
                vec![("unit", unit.clone()), ("parent", parent.clone())]
            }
            Self::NegativeWeight { unit, name, weight } => {
                vec![
                    ("unit", unit.clone()),
                    ("name", name.clone()),
                    ("weight", weight.clone()),
                ]
            }
            Self::MissingWeight { unit, name }
            | Self::SplitOverNobody { unit, name }
            | Self::ZeroWeights { unit, name } => {
                vec![("unit", unit.clone()), ("name", name.clone())]
            }
            Self::WeightsTooFine { place } | Self::Overflow { place } => {
                vec![("place", place.clone())]
            }
            Self::PeriodKind { period }
            | Self::MissingTimeWeight { period }
            | Self::ZeroTimeWeights { period } => vec![("period", period.to_string())],
            Self::OtherCalendar {
                period,
                calendar,
                proposal,
            } => vec![
                ("period", period.to_string()),
                ("calendar", calendar.to_string()),
                ("proposal", proposal.to_string()),
            ],
            Self::TimeWeightKind { period, given }
            | Self::TimeWeightPlace { period, given }
            | Self::CellPeriod { period, given } => {
                vec![("period", period.to_string()), ("given", given.to_string())]
            }
            Self::NegativeTimeWeight { period, weight } => {
                vec![("period", period.to_string()), ("weight", weight.clone())]
            }
            Self::RoundingUnit { minor } => vec![("minor", minor.to_string())],
            Self::MarginsDiffer { rows, cols } => {
                vec![("rows", rows.to_string()), ("cols", cols.to_string())]
            }
            Self::CellAboveLeaf {
                unit,
                period,
                minor,
            } => vec![
                ("unit", unit.clone()),
                ("period", period.to_string()),
                ("minor", minor.to_string()),
            ],
            Self::SpanRange { from, to, min, max } => vec![
                ("from", from.to_string()),
                ("to", to.to_string()),
                ("min", min.to_string()),
                ("max", max.to_string()),
            ],
            Self::Weigh(inner) => inner.params(),
            Self::Edit(inner) => inner.params(),
            Self::Plan(inner) => inner.params(),
            Self::Core(inner) => return inner.params(),
        };
        pairs
            .into_iter()
            .map(|(key, value)| (key.to_owned(), value))
            .collect()
    }
}
