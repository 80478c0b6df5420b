//! The metrics that exist, with their definitions. One definition feeds tile, chart, report and `yeji kpi`.

use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Error, Result};

/// A measurable figure. Each is a sum over facts, put into a period by one event date.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema, TS,
)]
#[serde(rename_all = "snake_case")]
pub enum Metric {
    /// Sum of the amounts of won opportunities by closing date.
    WonAmount,
    /// Number of won opportunities by closing date.
    WonCount,
    /// Number of lost opportunities by closing date.
    LostCount,
}

/// What a metric's value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum MetricUnit {
    /// Minor units of the company's currency.
    Money,
    /// A number of things.
    Count,
}

impl Metric {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 3] = [Self::WonAmount, Self::WonCount, Self::LostCount];

    /// The code used on the command line and in files.
    pub fn code(self) -> &'static str {
        match self {
            Self::WonAmount => "won_amount",
            Self::WonCount => "won_count",
            Self::LostCount => "lost_count",
        }
    }

    /// What its value is.
    pub fn unit(self) -> MetricUnit {
        match self {
            Self::WonAmount => MetricUnit::Money,
            Self::WonCount | Self::LostCount => MetricUnit::Count,
        }
    }
}

impl FromStr for Metric {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        Self::ALL
            .into_iter()
            .find(|metric| metric.code() == text)
            .ok_or_else(|| Error::Unknown {
                what: "metric",
                value: text.chars().take(64).collect(),
            })
    }
}
