//! What is done to a result before it is limited, and how it is shared out: gates, factors, days, pools.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yeji_core::Ratio;

use crate::percent;
use crate::plan::Bound;

/// A condition that has to hold for the whole result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Gate {
    /// The condition.
    pub when: String,
    /// Share of the result that is paid where it is false.
    #[serde(default = "nothing", with = "percent::text")]
    #[schemars(with = "percent::PercentText")]
    pub otherwise: Ratio,
}

fn nothing() -> Ratio {
    Ratio::ZERO
}

/// A factor that depends on a number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Modifier {
    /// The number, as an expression.
    pub value: String,
    /// In order of `from`; the last that is reached holds.
    pub steps: Vec<ModifierStep>,
}

/// A step of a modifier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ModifierStep {
    /// From which number on; only the first may have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Bound>,
    /// The factor.
    #[serde(with = "percent::text")]
    #[schemars(with = "percent::PercentText")]
    pub factor: Ratio,
}

/// Whether a result is reduced by calendar days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Proration {
    /// It is not.
    #[default]
    None,
    /// By days in employment and assignment over days of the window.
    CalendarDays,
}

/// A result that is worked out for a team and divided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Pool {
    /// By what it is divided among the members.
    pub by: PoolBy,
}

/// By what a pool is divided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PoolBy {
    /// The same for each.
    Equal,
    /// What each brought, nothing below zero.
    Credit,
    /// Target bonuses.
    TargetBonus,
    /// Days in the team within the period.
    Days,
}
