//! What can be wrong with an edit, each with its place and what to do about it.

/// An edit that cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// Two periods of one key.
    #[error("period `{period}` is listed twice")]
    DuplicatePeriod {
        /// Its key.
        period: String,
    },
    /// A period that is not in the list, named by another, a lock or the edit.
    #[error("period `{period}` is not in the list")]
    UnknownPeriod {
        /// Its key.
        period: String,
    },
    /// Not exactly one period without a parent, or periods in a circle.
    #[error("the periods are no tree at `{period}`: exactly one has no period above it")]
    PeriodTree {
        /// The key of one of them.
        period: String,
    },
    /// An interval that is empty, outside the one above, or overlaps the one before it.
    #[error(
        "period `{period}` is empty, outside the period above it or before the one listed before"
    )]
    PeriodPlace {
        /// Its key.
        period: String,
    },
    /// A row of a unit that has units below it.
    #[error("`{unit}` has units below it: its goal is their sum and has no cells")]
    RowAboveLeaf {
        /// Id of the unit.
        unit: String,
    },
    /// A row that has not one cell a leaf period.
    #[error("the row of `{unit}` has cells: {given}, and there are leaf periods: {expected}")]
    RowLength {
        /// Id of the unit.
        unit: String,
        /// Cells given.
        given: usize,
        /// Leaf periods.
        expected: usize,
    },
    /// A cell below zero.
    #[error("the goal of `{unit}` in {period} is {minor}: goals below zero are not edited")]
    NegativeCell {
        /// Id of the unit.
        unit: String,
        /// Key of the period.
        period: String,
        /// Its minor units.
        minor: i64,
    },
    /// Siblings that shall absorb, where there are none.
    #[error("`{unit}` in {period} has no siblings that could absorb: let the sums above grow")]
    NoSiblings {
        /// Id of the unit.
        unit: String,
        /// Key of the period.
        period: String,
    },
    /// A shift between a unit and itself or what it is part of.
    #[error("nothing can be shifted from `{from}` to `{to}`: one is part of the other")]
    ShiftWithin {
        /// Id of the unit that gives.
        from: String,
        /// Id of the unit that takes.
        to: String,
    },
    /// A shift of nothing or less.
    #[error(
        "{minor} cannot be shifted: give an amount above zero, or swap who gives and who takes"
    )]
    ShiftAmount {
        /// Its minor units.
        minor: i64,
    },
    /// An amount that the locks and the past leave no room for.
    #[error(
        "`{name}` ({unit}) cannot have {wanted} in {period}: with locks ({locks}) and the past \
         (cells: {frozen}) from {smallest} to {largest} is possible"
    )]
    Impossible {
        /// Id of the unit.
        unit: String,
        /// Its name.
        name: String,
        /// Key of the period.
        period: String,
        /// Minor units wished; of a shift, those to be shifted.
        wanted: i64,
        /// The smallest amount that is possible.
        smallest: i128,
        /// The largest; `none` if there is no limit.
        largest: String,
        /// The locks in the way, as `unit period`, at most twenty; `none` without any.
        locks: String,
        /// Cells of the past among those looked at.
        frozen: usize,
    },
}

impl EditError {
    /// Stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::DuplicatePeriod { .. } => "duplicate_period",
            Self::UnknownPeriod { .. } => "unknown_period",
            Self::PeriodTree { .. } => "period_tree",
            Self::PeriodPlace { .. } => "period_place",
            Self::RowAboveLeaf { .. } => "row_above_leaf",
            Self::RowLength { .. } => "row_length",
            Self::NegativeCell { .. } => "negative_cell",
            Self::NoSiblings { .. } => "no_siblings",
            Self::ShiftWithin { .. } => "shift_within",
            Self::ShiftAmount { .. } => "shift_amount",
            Self::Impossible { .. } => "edit_impossible",
        }
    }

    pub(crate) fn params(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::DuplicatePeriod { period }
            | Self::UnknownPeriod { period }
            | Self::PeriodTree { period }
            | Self::PeriodPlace { period } => vec![("period", period.clone())],
            Self::RowAboveLeaf { unit } => vec![("unit", unit.clone())],
            Self::RowLength {
                unit,
                given,
                expected,
            } => vec![
                ("unit", unit.clone()),
                ("given", given.to_string()),
                ("expected", expected.to_string()),
            ],
            Self::NegativeCell {
                unit,
                period,
                minor,
            } => vec![
                ("unit", unit.clone()),
                ("period", period.clone()),
                ("minor", minor.to_string()),
            ],
            Self::NoSiblings { unit, period } => {
                vec![("unit", unit.clone()), ("period", period.clone())]
            }
            Self::ShiftWithin { from, to } => vec![("from", from.clone()), ("to", to.clone())],
            Self::ShiftAmount { minor } => vec![("minor", minor.to_string())],
            Self::Impossible {
                unit,
                name,
                period,
                wanted,
                smallest,
                largest,
                locks,
                frozen,
            } => vec![
                ("unit", unit.clone()),
                ("name", name.clone()),
                ("period", period.clone()),
                ("wanted", wanted.to_string()),
                ("smallest", smallest.to_string()),
                ("largest", largest.clone()),
                ("locks", locks.clone()),
                ("frozen", frozen.to_string()),
            ],
        }
    }
}
