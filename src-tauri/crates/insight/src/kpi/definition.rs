//! What a metric is, as data: the same form for built-in and own ones, read from TOML.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::{EventDate, KpiError};

/// Largest document that is read.
const MAX_DOCUMENT_BYTES: usize = 64 * 1024;
/// Longest code.
const MAX_CODE_CHARS: usize = 40;
/// Longest name.
const MAX_NAME_CHARS: usize = 60;
/// Longest definition or source.
const MAX_TEXT_CHARS: usize = 2_000;
/// Most digits after the point.
const MAX_DECIMALS: u8 = 6;

/// A text in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words<'a> {
    /// Chinese.
    pub zh: Cow<'a, str>,
    /// English.
    pub en: Cow<'a, str>,
}

/// What a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// An amount in the company's currency.
    Money,
    /// A number of things.
    Count,
    /// A share, shown in per cent.
    Ratio,
    /// A number without a unit (3.2 times, 4.5 a person).
    Number,
    /// Days.
    Days,
    /// Points of a score.
    Score,
}

/// Whether more is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// More is better.
    Higher,
    /// Less is better.
    Lower,
    /// Neither.
    Neutral,
}

/// A metric before its formula is read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Definition {
    /// The name in formulas and on the command line: small letters, digits and `_`.
    pub code: String,
    /// The formula over measures and other metrics.
    pub formula: String,
    /// What its value is.
    pub unit: Unit,
    /// Whether more is better.
    pub direction: Direction,
    /// Digits after the point when it is shown (of the per cent, for a share).
    pub decimals: u8,
    /// The day by which all its facts count; none: each measure's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event_date: Option<EventDate>,
    /// The name.
    pub name: Words<'static>,
    /// What it says and what to know about it.
    pub definition: Words<'static>,
    /// Where the formula is from: literature, a standard, or the company.
    pub source: Words<'static>,
}

impl Unit {
    /// The code in files.
    pub fn code(self) -> &'static str {
        match self {
            Self::Money => "money",
            Self::Count => "count",
            Self::Ratio => "ratio",
            Self::Number => "number",
            Self::Days => "days",
            Self::Score => "score",
        }
    }
}

impl Direction {
    /// The code in files.
    pub fn code(self) -> &'static str {
        match self {
            Self::Higher => "higher",
            Self::Lower => "lower",
            Self::Neutral => "neutral",
        }
    }
}

impl Definition {
    /// Reads a definition (TOML) and checks everything but its formula.
    ///
    /// # Errors
    /// A document that is too large, has unknown or missing fields, or a value out of its limits.
    pub fn from_toml(text: &str) -> Result<Self, KpiError> {
        if text.len() > MAX_DOCUMENT_BYTES {
            let limit = MAX_DOCUMENT_BYTES;
            return Err(KpiError::DocumentTooLarge { limit });
        }
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let definition: Self = toml::from_str(text).map_err(|error| {
            let before = error.span().map_or("", |span| &text[..span.start]);
            KpiError::Document {
                line: before.matches('\n').count() + 1,
                reason: error.message().to_owned(),
            }
        })?;
        definition.check()?;
        Ok(definition)
    }

    /// The document, which reads back to the same definition.
    ///
    /// # Errors
    /// None for a definition that was read; the writer of TOML may refuse.
    pub fn to_toml(&self) -> Result<String, KpiError> {
        toml::to_string_pretty(self).map_err(|error| KpiError::Document {
            line: 1,
            reason: error.to_string(),
        })
    }

    /// Checks everything but the formula.
    ///
    /// # Errors
    /// A value out of its limits.
    pub fn check(&self) -> Result<(), KpiError> {
        self.problems().into_iter().next().map_or(Ok(()), Err)
    }

    /// All values that are out of their limits, but for the formula.
    pub fn problems(&self) -> Vec<KpiError> {
        let mut problems = Vec::new();
        let letters = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        let starts = self.code.starts_with(|c: char| c.is_ascii_lowercase());
        if !starts || !self.code.chars().all(letters) || self.code.len() > MAX_CODE_CHARS {
            problems.push(KpiError::Code {
                code: self.code.chars().take(MAX_CODE_CHARS).collect(),
                limit: MAX_CODE_CHARS,
            });
        }
        if self.decimals > MAX_DECIMALS {
            let limit = MAX_DECIMALS;
            problems.push(KpiError::Decimals { limit });
        }
        for (field, words, limit) in [
            ("name", &self.name, MAX_NAME_CHARS),
            ("definition", &self.definition, MAX_TEXT_CHARS),
            ("source", &self.source, MAX_TEXT_CHARS),
        ] {
            let is_wrong = |text: &str| {
                let control = text.chars().any(|c| c.is_control() && c != '\n');
                text.trim().is_empty() || text.chars().count() > limit || control
            };
            if is_wrong(&words.zh) || is_wrong(&words.en) {
                problems.push(KpiError::Text { field, limit });
            }
        }
        problems
    }
}
