//! How exact lines become minor units, once.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yeji_core::{Currency, Rounding};

use super::is_default;

/// The plan's rounding: `"half_up"`, or with its other settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(from = "Written", into = "Written")]
#[schemars(with = "Written")]
pub struct RoundingRule {
    /// Which neighbour.
    pub mode: Rounding,
    /// Decimals of the major unit; none: all that the currency has.
    pub decimals: Option<u32>,
    /// What is rounded.
    pub on: RoundOn,
}

/// What is rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RoundOn {
    /// Each line.
    #[default]
    Line,
    /// The sum of a component's lines, which is then divided among them.
    Sum,
}

impl RoundingRule {
    /// The smallest amount that is paid, in minor units.
    pub fn unit(self, currency: Currency) -> i64 {
        let decimals = currency.decimals();
        10_i64.pow(decimals.saturating_sub(self.decimals.unwrap_or(decimals)))
    }
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
enum Written {
    Mode(Rounding),
    Whole(WholeRule),
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct WholeRule {
    #[serde(default)]
    mode: Rounding,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    decimals: Option<u32>,
    #[serde(default, skip_serializing_if = "is_default")]
    on: RoundOn,
}

impl From<Written> for RoundingRule {
    fn from(written: Written) -> Self {
        match written {
            Written::Mode(mode) => Self {
                mode,
                ..Self::default()
            },
            Written::Whole(WholeRule { mode, decimals, on }) => Self { mode, decimals, on },
        }
    }
}

impl From<RoundingRule> for Written {
    fn from(rule: RoundingRule) -> Self {
        let RoundingRule { mode, decimals, on } = rule;
        if decimals.is_none() && on == RoundOn::Line {
            Self::Mode(mode)
        } else {
            Self::Whole(WholeRule { mode, decimals, on })
        }
    }
}
