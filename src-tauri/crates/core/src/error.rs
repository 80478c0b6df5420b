//! What can be wrong with a value, with the place and the value in it.

/// Result of this crate.
pub type Result<T> = std::result::Result<T, Error>;

/// An invalid value, or an operation whose exact result does not exist.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// Not three capital letters.
    #[error("`{0}` is not a currency code (three capital letters, as in CNY)")]
    Currency(String),
    /// Text that is not an exact decimal number.
    #[error("`{0}` is not a decimal number")]
    Decimal(String),
    /// More decimals than the currency has minor units for.
    #[error("`{text}` has more decimals than {currency} ({decimals})")]
    TooManyDecimals {
        /// The amount as given.
        text: String,
        /// Its currency.
        currency: Currency,
        /// Decimals that the currency has.
        decimals: u32,
    },
    /// An amount or ratio outside the range that is kept exactly.
    #[error("the result of {0} is outside the range that is kept exactly")]
    Overflow(&'static str),
    /// Division by zero.
    #[error("division by zero in {0}")]
    DivisionByZero(&'static str),
    /// Amounts of two currencies in one sum.
    #[error("{0} and {1} cannot be added: one sum has one currency")]
    MixedCurrencies(Currency, Currency),
    /// A whole cannot be divided among nobody.
    #[error("nobody to divide {0} among")]
    NoParts(i64),
    /// All weights are zero, so that shares do not exist.
    #[error("all weights are zero: shares of {0} do not exist")]
    ZeroWeights(i64),
    /// Not a period key such as `2018`, `2018-Q1`, `2018-01`, `2018-01/W05`, `FY2026-P01@04`.
    #[error(
        "`{0}` is not a period (2018, 2018-H1, 2018-Q1, 2018-01, 2018-01/W05, 2018-W05, FY2026-P01@04)"
    )]
    Period(String),
    /// A fiscal year that begins in no month.
    #[error("a year begins in a month from 1 to 12, not in {0}")]
    FirstMonth(u8),
    /// An interval that ends before it starts.
    #[error("the interval from {from} to {to} is empty")]
    EmptyInterval {
        /// First day.
        from: chrono::NaiveDate,
        /// Day after the last.
        to: chrono::NaiveDate,
    },
    /// Text that is not one of a closed list.
    #[error("`{value}` is not a known {what}")]
    Unknown {
        /// The list.
        what: &'static str,
        /// The text.
        value: String,
    },
    /// The organisation has a circle or a parent that does not exist.
    #[error("organisation unit {0} has no path to the company (missing parent or circle)")]
    BrokenTree(crate::ids::UnitId),
    /// A credit list that is not exactly the whole, or names somebody twice or with nothing.
    #[error(
        "the shares of a credit list total {0}: it names each person once and totals exactly 1"
    )]
    Credits(crate::Ratio),
    /// Weights of a scorecard that are none.
    #[error(transparent)]
    Weights(crate::scorecard::WeightsError),
}

use std::collections::BTreeMap;

use crate::Currency;

impl Error {
    /// Every code of [`Error::code`]; the reader's languages must have words for each.
    pub const CODES: [&'static str; 21] = [
        "currency_invalid",
        "decimal_invalid",
        "too_many_decimals",
        "out_of_range",
        "division_by_zero",
        "currencies_differ",
        "no_parts",
        "weights_all_zero",
        "period_invalid",
        "first_month_invalid",
        "interval_empty",
        "unknown_value",
        "organisation_broken",
        "credits_not_whole",
        "kpi_weights_none",
        "kpi_weights_too_many",
        "kpi_weight_twice",
        "kpi_weight_not_positive",
        "kpi_cap_not_positive",
        "kpi_weights_below",
        "kpi_weights_above",
    ];

    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Currency(_) => "currency_invalid",
            Self::Decimal(_) => "decimal_invalid",
            Self::TooManyDecimals { .. } => "too_many_decimals",
            Self::Overflow(_) => "out_of_range",
            Self::DivisionByZero(_) => "division_by_zero",
            Self::MixedCurrencies(..) => "currencies_differ",
            Self::NoParts(_) => "no_parts",
            Self::ZeroWeights(_) => "weights_all_zero",
            Self::Period(_) => "period_invalid",
            Self::FirstMonth(_) => "first_month_invalid",
            Self::EmptyInterval { .. } => "interval_empty",
            Self::Unknown { .. } => "unknown_value",
            Self::BrokenTree(_) => "organisation_broken",
            Self::Credits(_) => "credits_not_whole",
            Self::Weights(error) => error.code(),
        }
    }

    /// Values for the sentence.
    pub fn params(&self) -> BTreeMap<String, String> {
        let pairs: Vec<(&str, String)> = match self {
            Self::Currency(value) | Self::Decimal(value) | Self::Period(value) => {
                vec![("value", value.clone())]
            }
            Self::TooManyDecimals {
                text,
                currency,
                decimals,
            } => vec![
                ("value", text.clone()),
                ("currency", currency.to_string()),
                ("decimals", decimals.to_string()),
            ],
            Self::FirstMonth(month) => vec![("value", month.to_string())],
            Self::Overflow(_)
            | Self::DivisionByZero(_)
            | Self::NoParts(_)
            | Self::ZeroWeights(_) => Vec::new(),
            Self::MixedCurrencies(one, other) => {
                vec![("one", one.to_string()), ("other", other.to_string())]
            }
            Self::EmptyInterval { from, to } => {
                vec![("from", from.to_string()), ("to", to.to_string())]
            }
            Self::Unknown { what, value } => {
                vec![("what", (*what).to_owned()), ("value", value.clone())]
            }
            Self::BrokenTree(unit) => vec![("unit", unit.to_string())],
            Self::Credits(sum) => vec![("sum", sum.to_string())],
            Self::Weights(error) => error.params(),
        };
        pairs
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .collect()
    }
}
