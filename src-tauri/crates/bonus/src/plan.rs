//! A bonus plan: a document of one published schema. `docs/bonus-plans.md` explains every setting.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yeji_core::calendar::PeriodKind;
use yeji_core::metric::Metric;
use yeji_core::{Money, Ratio, Rounding};

use crate::{Result, parse_plan, percent};

/// Version of the document's schema that this engine reads.
pub const SCHEMA: u32 = 1;
/// Most tiers of one plan.
pub const MAX_TIERS: usize = 100;
/// The built-in template as its document (TOML): 80 to 100 % pays half, over 100 % pays double.
pub const ATTAINMENT_BANDS: &str = include_str!("../templates/attainment-bands.toml");

/// The built-in template, read.
pub fn attainment_bands() -> Result<Plan> {
    parse_plan(ATTAINMENT_BANDS)
}

/// A bonus plan on attainment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// Version of the schema: 1.
    pub schema: u32,
    /// Short stable name, as in `attainment-bands`.
    pub code: String,
    /// The figure that is measured; one that is an amount of money.
    pub metric: Metric,
    /// For which periods it pays: `month`, `quarter` or `year`.
    pub period: PeriodKind,
    /// To which tier an edge between two tiers belongs. The start of the first tier and the end of
    /// the last always belong to them.
    #[serde(default)]
    pub edge: Edge,
    /// How each line is rounded to the minor unit, once.
    #[serde(default)]
    pub rounding: Rounding,
    /// Target bonus for the plan's period of a person who has no record. Without either nothing is
    /// paid and the statement says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default_target_bonus: Option<Money>,
    /// Shown name.
    pub name: PlanName,
    /// What an attainment below the first tier pays.
    #[serde(default)]
    pub below_first_tier: Pay,
    /// In order of attainment, without hole or overlap.
    pub tiers: Vec<Tier>,
}

/// A name in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PlanName {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

/// What an interval of attainment pays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Tier {
    /// Attainment where it starts (`"80%"`, or `"0.8"`, or `"4/5"`).
    #[serde(with = "percent::text")]
    #[schemars(with = "percent::PercentText")]
    pub from: Ratio,
    /// Attainment where it ends; none: it has no end.
    #[serde(
        default,
        with = "percent::optional_text",
        skip_serializing_if = "Option::is_none"
    )]
    #[schemars(with = "Option<percent::PercentText>")]
    pub to: Option<Ratio>,
    /// On what it pays.
    #[serde(default)]
    pub applies_to: AppliesTo,
    /// What it pays.
    pub pay: Pay,
}

/// What is paid.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", tag = "kind", deny_unknown_fields)]
pub enum Pay {
    /// Nothing.
    #[default]
    Nothing,
    /// A percentage of the person's target bonus for the period.
    PercentOfTargetBonus {
        /// As a ratio: 1/2 is 50 % (`"50%"` in the document).
        #[serde(with = "percent::text")]
        #[schemars(with = "percent::PercentText")]
        percent: Ratio,
    },
}

impl Pay {
    /// Share of the target bonus, as a ratio.
    pub fn percent(&self) -> Ratio {
        match self {
            Self::Nothing => Ratio::ZERO,
            Self::PercentOfTargetBonus { percent } => *percent,
        }
    }
}

/// On what a tier pays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AppliesTo {
    /// The whole: `percent` of the target bonus, whatever the attainment within the tier.
    #[default]
    All,
    /// Only the excess over the tier's start: `percent x (attainment - from)` of the target bonus,
    /// on top of what the tier below pays at its end.
    Excess,
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
