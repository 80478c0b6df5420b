//! What a measure or an attainment pays.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yeji_core::{Money, Ratio};

use super::{Bound, is_default};
use crate::percent;

/// The tiers of a component.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rate {
    /// By what a tier is chosen.
    #[serde(default)]
    pub by: By,
    /// To which tier an edge between two tiers belongs. The start of the first tier and the end of
    /// the last always belong to them.
    #[serde(default, skip_serializing_if = "is_default")]
    pub edge: Edge,
    /// What is paid below the first tier.
    #[serde(default, skip_serializing_if = "is_default")]
    pub below_first_tier: Pay,
    /// What tiers `over_baseline` start from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub baseline: Option<Baseline>,
    /// In order, without hole or overlap.
    pub tiers: Vec<Tier>,
}

/// By what a tier is chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// Measure over goal.
    #[default]
    Attainment,
    /// The measure.
    Amount,
}

/// To which of two tiers the edge between them belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Edge {
    /// To the lower one.
    #[default]
    Lower,
    /// To the upper one.
    Upper,
}

/// Where a measure over a baseline starts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", tag = "kind", deny_unknown_fields)]
pub enum Baseline {
    /// At an amount.
    Amount {
        /// In major units, or a number.
        amount: Bound,
    },
    /// At a share of the goal.
    PercentOfGoal {
        /// As a ratio.
        #[serde(with = "percent::text")]
        #[schemars(with = "percent::PercentText")]
        percent: Ratio,
    },
    /// At the person's value of a KPI, in major units: last year's figure, for example.
    Kpi {
        /// Its code.
        kpi: String,
    },
}

/// What an interval pays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Tier {
    /// Where it starts.
    pub from: Bound,
    /// Where it ends; none: it has no end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Bound>,
    /// On what it pays.
    #[serde(default)]
    pub applies_to: AppliesTo,
    /// What it pays.
    pub pay: Pay,
    /// What it pays at its end, if interpolated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pay_to: Option<Pay>,
}

/// On what a tier pays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AppliesTo {
    /// On everything.
    #[default]
    Whole,
    /// On the part above the tier's start, on top of what the tier below pays at its end.
    Marginal,
    /// On everything, with a rate that goes straight from `pay` to `pay_to`.
    Interpolated,
    /// On the measure above the baseline.
    OverBaseline,
}

/// What is paid.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", tag = "kind", deny_unknown_fields)]
pub enum Pay {
    /// Nothing.
    #[default]
    Nothing,
    /// A share of the measure.
    PercentOfMeasure {
        /// As a ratio: 3/100 is 3 % (`"3%"` in the document).
        #[serde(with = "percent::text")]
        #[schemars(with = "percent::PercentText")]
        percent: Ratio,
    },
    /// A share of the target bonus.
    PercentOfTargetBonus {
        /// As a ratio.
        #[serde(with = "percent::text")]
        #[schemars(with = "percent::PercentText")]
        percent: Ratio,
    },
    /// A fixed amount.
    Fixed {
        /// How much.
        amount: Money,
    },
    /// An amount for each unit.
    PerUnit {
        /// How much.
        amount: Money,
    },
    /// Target bonus / goal for each yuan, times a share.
    IndividualRate {
        /// As a ratio.
        #[serde(with = "percent::text")]
        #[schemars(with = "percent::PercentText")]
        percent: Ratio,
    },
}

impl Pay {
    /// Its number, in minor units where it is money.
    pub fn number(&self) -> Ratio {
        match self {
            Self::Nothing => Ratio::ZERO,
            Self::PercentOfMeasure { percent }
            | Self::PercentOfTargetBonus { percent }
            | Self::IndividualRate { percent } => *percent,
            Self::Fixed { amount } | Self::PerUnit { amount } => Ratio::from_int(amount.minor),
        }
    }

    /// Its amount, where it is one.
    pub fn amount(&self) -> Option<Money> {
        match self {
            Self::Fixed { amount } | Self::PerUnit { amount } => Some(*amount),
            _ => None,
        }
    }

    /// As written: `3%` or `120.00 CNY`.
    pub fn shown(&self) -> String {
        self.amount().map_or_else(
            || percent::format(self.number()),
            |amount| amount.to_string(),
        )
    }

    /// Its kind, as in the document.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::PercentOfMeasure { .. } => "percent_of_measure",
            Self::PercentOfTargetBonus { .. } => "percent_of_target_bonus",
            Self::Fixed { .. } => "fixed",
            Self::PerUnit { .. } => "per_unit",
            Self::IndividualRate { .. } => "individual_rate",
        }
    }
}
