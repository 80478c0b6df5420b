//! The number that a component looks at.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yeji_core::Ratio;

use super::is_default;
use crate::percent;

/// What is measured.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", tag = "kind", deny_unknown_fields)]
pub enum Measure {
    /// A sum over credited facts.
    Facts {
        /// Of what.
        #[serde(default, skip_serializing_if = "is_default")]
        value: Value,
        /// Over which of them.
        #[serde(default, skip_serializing_if = "is_default")]
        over: Over,
        /// Code of the goal that it is held against.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        goal: Option<String>,
    },
    /// The person's value of a KPI.
    Kpi {
        /// Its code.
        kpi: String,
        /// Code of the goal that it is held against.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        goal: Option<String>,
    },
    /// A weighted sum of KPIs' attainments: an attainment without a measure.
    Scorecard {
        /// Weights total 100 %.
        items: Vec<ScorecardItem>,
    },
    /// The weighted sum of the results of the person's objectives: an attainment without a measure.
    Objectives {},
    /// What another component paid to all who report to the person on the period's last day.
    Earnings {
        /// Code of that component.
        of: String,
        /// Code of the goal that it is held against.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        goal: Option<String>,
    },
}

impl Default for Measure {
    fn default() -> Self {
        Self::Facts {
            value: Value::default(),
            over: Over::default(),
            goal: None,
        }
    }
}

/// What is summed over facts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    /// Credited amounts.
    #[default]
    Amount,
    /// Credited margins.
    Margin,
    /// Shares: a deal of one's own is one.
    Count,
    /// Quantities x shares.
    Quantity,
}

/// Over which facts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Over {
    /// Those of the period.
    #[default]
    Period,
    /// Those from the quarter's first day on; the difference to the period before is paid.
    QuarterToDate,
    /// Those from the year's first day on; the difference to the period before is paid.
    YearToDate,
    /// Each by itself.
    Transaction,
}

/// A KPI of a scorecard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ScorecardItem {
    /// Its code.
    pub kpi: String,
    /// Share of the whole.
    #[serde(with = "percent::text")]
    #[schemars(with = "percent::PercentText")]
    pub weight: Ratio,
    /// Most attainment that counts.
    #[serde(
        default,
        with = "percent::optional_text",
        skip_serializing_if = "Option::is_none"
    )]
    #[schemars(with = "Option<percent::PercentText>")]
    pub cap: Option<Ratio>,
    /// Least attainment that counts.
    #[serde(
        default,
        with = "percent::optional_text",
        skip_serializing_if = "Option::is_none"
    )]
    #[schemars(with = "Option<percent::PercentText>")]
    pub floor: Option<Ratio>,
}
