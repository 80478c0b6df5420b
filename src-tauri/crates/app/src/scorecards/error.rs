//! What scorecards and goals of KPIs refuse.

use std::collections::BTreeMap;

/// A refusal.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ScorecardError {
    /// Text that is no share.
    #[error("`{value}` is no weight or cap of `{metric}`: write 60%, 0.6 or 3/5")]
    Share {
        /// The KPI.
        metric: String,
        /// As given.
        value: String,
    },
    /// A file that is no scorecard.
    #[error("`{file}` is no scorecard: {reason}")]
    Document {
        /// The file's name.
        file: String,
        /// What the reader says.
        reason: String,
    },
    /// Neither side of the KPI is better.
    #[error(
        "of `{metric}` neither more nor less is better, so nothing can be reached; give it a direction first"
    )]
    Neutral {
        /// The KPI.
        metric: String,
    },
    /// Its goals are planned down to weeks.
    #[error("goals of `{metric}` are planned and split (yeji goal set), not set one by one")]
    Planned {
        /// The KPI.
        metric: String,
    },
    /// Text that is no value of the KPI.
    #[error("`{value}` is no goal of `{metric}` (unit: {unit})")]
    Value {
        /// The KPI.
        metric: String,
        /// As given.
        value: String,
        /// Code of its unit.
        unit: &'static str,
    },
    /// A share is at most all of it.
    #[error("`{metric}` is at most {largest}, so `{value}` cannot be reached")]
    TooHigh {
        /// The KPI.
        metric: String,
        /// As given.
        value: String,
        /// Its largest value, for people.
        largest: String,
    },
    /// An own KPI that a scorecard or a goal names.
    #[error("`{metric}` is named by a {by}, so it cannot be removed")]
    InUse {
        /// The KPI.
        metric: String,
        /// `scorecard` or `goal`.
        by: &'static str,
    },
}

impl ScorecardError {
    /// Stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Share { .. } => "kpi_weight_value",
            Self::Document { .. } => "scorecard_document",
            Self::Neutral { .. } => "kpi_neutral",
            Self::Planned { .. } => "kpi_goal_planned",
            Self::Value { .. } => "kpi_goal_value",
            Self::TooHigh { .. } => "kpi_goal_too_high",
            Self::InUse { .. } => "kpi_in_use",
        }
    }

    /// The values of its sentence.
    pub(crate) fn params(&self) -> BTreeMap<String, String> {
        let pairs: Vec<(&str, &str)> = match self {
            Self::Share { metric, value } => vec![("metric", metric), ("value", value)],
            Self::Document { file, reason } => vec![("file", file), ("reason", reason)],
            Self::Neutral { metric } | Self::Planned { metric } => vec![("metric", metric)],
            Self::Value {
                metric,
                value,
                unit,
            } => vec![("metric", metric), ("value", value), ("unit", unit)],
            Self::TooHigh {
                metric,
                value,
                largest,
            } => vec![("metric", metric), ("value", value), ("largest", largest)],
            Self::InUse { metric, by } => vec![("metric", metric), ("by", by)],
        };
        let owned = pairs.into_iter();
        owned
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect()
    }
}
