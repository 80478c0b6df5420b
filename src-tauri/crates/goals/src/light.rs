//! Traffic lights by stated limits.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yeji_core::Ratio;

use crate::Result;
use crate::plan_error::PlanError;

/// A traffic light. Ordered from the worst.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Light {
    /// Below both limits.
    Red,
    /// Between them.
    Amber,
    /// At the better limit or beyond it.
    Green,
}

/// Whether more or less of a metric is better.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Better {
    /// Sales.
    #[default]
    Higher,
    /// Complaints.
    Lower,
}

/// Least values for green and amber.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// At least this is green.
    pub green: Ratio,
    /// At least this, not above `green`, is amber.
    pub amber: Ratio,
}

impl Limits {
    /// Limits in hundredths.
    pub(crate) fn percent(green: i128, amber: i128) -> Self {
        let ratio = |percent| Ratio::new(percent, 100).unwrap_or(Ratio::ONE);
        Self {
            green: ratio(green),
            amber: ratio(amber),
        }
    }

    pub(crate) fn check(&self, what: &'static str) -> Result<()> {
        if self.amber <= self.green {
            return Ok(());
        }
        Err(PlanError::LimitOrder {
            what,
            green: self.green.to_string(),
            amber: self.amber.to_string(),
        }
        .into())
    }

    /// The light of a value.
    pub fn light(&self, value: Ratio) -> Light {
        if value >= self.green {
            Light::Green
        } else if value >= self.amber {
            Light::Amber
        } else {
            Light::Red
        }
    }
}
