//! What is wrong with a metric's definition or formula, with the place and the values in it.

use std::collections::BTreeMap;

/// A definition that cannot be used. `code()` is stable; words are made of it and `params()`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KpiError {
    /// A file larger than any definition.
    #[error("the definition is larger than {limit} bytes")]
    DocumentTooLarge {
        /// Bytes allowed.
        limit: usize,
    },
    /// A file that is not a definition.
    #[error("line {line}: {reason}")]
    Document {
        /// Line, from 1.
        line: usize,
        /// What the reader said.
        reason: String,
    },
    /// A code that cannot stand in a formula.
    #[error(
        "`{code}` cannot be a code: small letters, digits and _, a letter first, at most {limit}"
    )]
    Code {
        /// As given, shortened.
        code: String,
        /// Characters allowed.
        limit: usize,
    },
    /// A code that something else has.
    #[error("`{code}` is already a measure or built-in metric; choose another code")]
    CodeTaken {
        /// The code.
        code: String,
    },
    /// A name or text that is empty, too long, or not text.
    #[error("{field} must have 1 to {limit} characters in both languages")]
    Text {
        /// Which.
        field: &'static str,
        /// Characters allowed.
        limit: usize,
    },
    /// More digits than are shown.
    #[error("at most {limit} digits after the point can be shown")]
    Decimals {
        /// Digits allowed.
        limit: u8,
    },
    /// A formula that is too long.
    #[error("the formula has {chars} characters; at most {limit} are allowed")]
    TooLong {
        /// Its characters.
        chars: usize,
        /// Characters allowed.
        limit: usize,
    },
    /// Too many numbers and names.
    #[error("character {place}: a formula has at most {limit} numbers and names")]
    TooManyTerms {
        /// The character, from 1.
        place: usize,
        /// Numbers and names allowed.
        limit: usize,
    },
    /// Parentheses in parentheses in ...
    #[error("character {place}: parentheses and signs stand at most {limit} deep")]
    TooDeep {
        /// The character, from 1.
        place: usize,
        /// Depth allowed.
        limit: usize,
    },
    /// Something that does not belong there.
    #[error("character {place}: `{found}` is not expected here")]
    Unexpected {
        /// The character, from 1.
        place: usize,
        /// What stands there.
        found: String,
    },
    /// The formula ends too early.
    #[error("the formula ends where a number, a name or a closing parenthesis is expected")]
    Ends,
    /// A number that is not a decimal of at most 18 digits.
    #[error("character {place}: `{text}` is not a decimal of at most 18 digits")]
    Number {
        /// The character, from 1.
        place: usize,
        /// As given, shortened.
        text: String,
    },
    /// A name that no measure and no metric has.
    #[error("`{metric}`: there is no measure and no metric `{name}`")]
    UnknownName {
        /// The metric.
        metric: String,
        /// The name.
        name: String,
        /// A known name that is like it; empty without one.
        meant: String,
    },
    /// A fact that counts by another day than the metric says.
    #[error("`{metric}` counts by {wanted}, but its measure `{measure}` by {has}")]
    EventDate {
        /// The metric.
        metric: String,
        /// The day that it says.
        wanted: &'static str,
        /// The measure.
        measure: &'static str,
        /// Its day.
        has: &'static str,
    },
    /// A sum of what cannot be added.
    #[error("`{metric}`: `{left}` is {left_unit}, `{right}` is {right_unit}: they do not add up")]
    MixedUnits {
        /// The metric.
        metric: String,
        /// One part of the sum.
        left: String,
        /// What it is: a code of a unit, or `other`.
        left_unit: &'static str,
        /// The other part.
        right: String,
        /// What it is.
        right_unit: &'static str,
    },
    /// A value of another unit than the metric's.
    #[error("`{metric}` is said to be {unit}, but its formula gives {found}")]
    UnitMisfit {
        /// The metric.
        metric: String,
        /// The unit that it says.
        unit: &'static str,
        /// What its formula gives.
        found: &'static str,
    },
    /// A unit multiplied by itself again and again.
    #[error("`{metric}` multiplies or divides a unit by itself more than {limit} times")]
    Power {
        /// The metric.
        metric: String,
        /// Times allowed.
        limit: i32,
    },
    /// Metrics that need each other.
    #[error("metrics need each other in a circle: {circle}")]
    Circle {
        /// `a -> b -> a`.
        circle: String,
    },
    /// Metrics of metrics of metrics ...
    #[error("`{metric}` stands on more than {limit} metrics, one above the other")]
    Chain {
        /// The metric.
        metric: String,
        /// Levels allowed.
        limit: usize,
    },
    /// More own metrics than are kept.
    #[error("a company has at most {limit} own metrics")]
    TooMany {
        /// Metrics allowed.
        limit: usize,
    },
    /// A metric that another one needs.
    #[error("`{by}` needs `{metric}`; change or remove that one first")]
    Needed {
        /// The metric.
        metric: String,
        /// Who needs it.
        by: String,
    },
}

impl KpiError {
    /// Stable name of the kind.
    pub fn code(&self) -> &'static str {
        match self {
            Self::DocumentTooLarge { .. } => "kpi_document_too_large",
            Self::Document { .. } => "kpi_document",
            Self::Code { .. } => "kpi_code",
            Self::CodeTaken { .. } => "kpi_code_taken",
            Self::Text { .. } => "kpi_text",
            Self::Decimals { .. } => "kpi_decimals",
            Self::TooLong { .. } => "kpi_too_long",
            Self::TooManyTerms { .. } => "kpi_too_many_terms",
            Self::TooDeep { .. } => "kpi_too_deep",
            Self::Unexpected { .. } => "kpi_unexpected",
            Self::Ends => "kpi_ends",
            Self::Number { .. } => "kpi_number",
            Self::UnknownName { .. } => "kpi_unknown_name",
            Self::EventDate { .. } => "kpi_event_date",
            Self::MixedUnits { .. } => "kpi_mixed_units",
            Self::UnitMisfit { .. } => "kpi_unit_misfit",
            Self::Power { .. } => "kpi_power",
            Self::Circle { .. } => "kpi_circle",
            Self::Chain { .. } => "kpi_chain",
            Self::TooMany { .. } => "kpi_too_many",
            Self::Needed { .. } => "kpi_needed",
        }
    }

    /// Values for the sentence.
    pub fn params(&self) -> BTreeMap<String, String> {
        let pairs: Vec<(&str, String)> = match self {
            Self::DocumentTooLarge { limit } | Self::TooMany { limit } => {
                vec![("limit", limit.to_string())]
            }
            Self::Document { line, reason } => {
                vec![("line", line.to_string()), ("reason", reason.clone())]
            }
            Self::Code { code, limit } => {
                vec![("code", code.clone()), ("limit", limit.to_string())]
            }
            Self::CodeTaken { code } => vec![("code", code.clone())],
            Self::Text { field, limit } => {
                vec![("field", (*field).to_owned()), ("limit", limit.to_string())]
            }
            Self::Decimals { limit } => vec![("limit", limit.to_string())],
            Self::TooLong { chars, limit } => {
                vec![("chars", chars.to_string()), ("limit", limit.to_string())]
            }
            Self::TooManyTerms { place, limit } | Self::TooDeep { place, limit } => {
                vec![("place", place.to_string()), ("limit", limit.to_string())]
            }
            Self::Unexpected { place, found } => {
                vec![("place", place.to_string()), ("found", found.clone())]
            }
            Self::Ends => Vec::new(),
            Self::Number { place, text } => {
                vec![("place", place.to_string()), ("text", text.clone())]
            }
            Self::UnknownName {
                metric,
                name,
                meant,
            } => vec![
                ("metric", metric.clone()),
                ("name", name.clone()),
                ("meant", meant.clone()),
            ],
            Self::EventDate {
                metric,
                wanted,
                measure,
                has,
            } => vec![
                ("metric", metric.clone()),
                ("wanted", (*wanted).to_owned()),
                ("measure", (*measure).to_owned()),
                ("has", (*has).to_owned()),
            ],
            Self::MixedUnits {
                metric,
                left,
                left_unit,
                right,
                right_unit,
            } => vec![
                ("metric", metric.clone()),
                ("left", left.clone()),
                ("left_unit", (*left_unit).to_owned()),
                ("right", right.clone()),
                ("right_unit", (*right_unit).to_owned()),
            ],
            Self::UnitMisfit {
                metric,
                unit,
                found,
            } => vec![
                ("metric", metric.clone()),
                ("unit", (*unit).to_owned()),
                ("found", (*found).to_owned()),
            ],
            Self::Power { metric, limit } => {
                vec![("metric", metric.clone()), ("limit", limit.to_string())]
            }
            Self::Circle { circle } => vec![("circle", circle.clone())],
            Self::Chain { metric, limit } => {
                vec![("metric", metric.clone()), ("limit", limit.to_string())]
            }
            Self::Needed { metric, by } => vec![("metric", metric.clone()), ("by", by.clone())],
        };
        pairs
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .collect()
    }
}
