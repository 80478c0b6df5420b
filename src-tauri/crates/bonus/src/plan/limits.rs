//! The most and the least that is paid.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yeji_core::{Money, Ratio};

use crate::percent;

/// A cap or a floor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", tag = "kind", deny_unknown_fields)]
pub enum Limit {
    /// An amount.
    Amount {
        /// How much.
        amount: Money,
    },
    /// A share of the target bonus; without one there is no limit.
    PercentOfTargetBonus {
        /// As a ratio.
        #[serde(with = "percent::text")]
        #[schemars(with = "percent::PercentText")]
        percent: Ratio,
    },
}

impl Limit {
    /// Whether it holds only with a target bonus.
    pub(crate) fn needs_target_bonus(&self) -> bool {
        matches!(self, Self::PercentOfTargetBonus { .. })
    }
}

/// Limits of a component.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ComponentLimits {
    /// Of the period, or of all of it to date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub per_period: Option<Limit>,
    /// Of each transaction.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub per_deal: Option<Limit>,
}
