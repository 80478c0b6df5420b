//! A bonus plan: a document of one published schema. `docs/bonus-plans.md` explains every setting.

mod bound;
mod credit;
mod limits;
mod measure;
mod modify;
mod rate;
mod rounding;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yeji_core::Money;
use yeji_core::calendar::PeriodKind;

pub use bound::Bound;
pub use credit::{Credit, Event, Overlays, RateDate, Who};
pub use limits::{ComponentLimits, Limit};
pub use measure::{Measure, Over, ScorecardItem, Value};
pub use modify::{Gate, Modifier, ModifierStep, Pool, PoolBy, Proration};
pub use rate::{AppliesTo, Baseline, By, Edge, Pay, Rate, Tier};
pub use rounding::{RoundOn, RoundingRule};

use crate::{Result, parse_plan};

/// Version of the document's schema that this engine writes; it reads 1 as well.
pub const SCHEMA: u32 = 2;
/// Most tiers of one component.
pub const MAX_TIERS: usize = 100;
/// Most components of one plan.
pub const MAX_COMPONENTS: usize = 20;

/// The built-in template as its document (TOML): 80 to 100 % pays half, over 100 % pays double.
pub const ATTAINMENT_BANDS: &str = include_str!("../../templates/attainment-bands.toml");

/// Plans to start from, as documents (TOML); the first is the built-in one.
pub const TEMPLATES: &[&str] = &[
    ATTAINMENT_BANDS,
    include_str!("../../templates/marginal-commission.toml"),
    include_str!("../../templates/quarterly-objectives.toml"),
    include_str!("../../templates/team-pool.toml"),
    include_str!("../../templates/receipts-commission.toml"),
    include_str!("../../templates/distributor.toml"),
];

/// The built-in template, read.
pub fn attainment_bands() -> Result<Plan> {
    parse_plan(ATTAINMENT_BANDS)
}

/// A bonus plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// Version of the schema: 2.
    pub schema: u32,
    /// Short stable name, as in `attainment-bands`.
    pub code: String,
    /// For which periods it pays: `month`, `quarter`, `half` or `year`.
    pub period: PeriodKind,
    /// How lines become minor units, once.
    #[serde(default)]
    pub rounding: RoundingRule,
    /// Shown name.
    pub name: PlanName,
    /// Target bonus, for one period, of a person without an assignment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default_target_bonus: Option<Money>,
    /// Most that all components pay together for a period.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cap: Option<Limit>,
    /// Least that all components pay together for a period.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub floor: Option<Limit>,
    /// What is paid, in the order of the statement.
    pub components: Vec<Component>,
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

/// A part of a plan with its own crediting, measure and rate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Component {
    /// Short stable name, unique in the plan.
    pub code: String,
    /// Whether it is reduced by calendar days.
    #[serde(default, skip_serializing_if = "is_default")]
    pub proration: Proration,
    /// Shown name.
    pub name: PlanName,
    /// Which facts count, and for whom.
    #[serde(default, skip_serializing_if = "is_default")]
    pub credit: Credit,
    /// What is measured.
    #[serde(default)]
    pub measure: Measure,
    /// Most that it pays.
    #[serde(default, skip_serializing_if = "is_default")]
    pub cap: ComponentLimits,
    /// Least that it pays.
    #[serde(default, skip_serializing_if = "is_default")]
    pub floor: ComponentLimits,
    /// Worked out for a team and divided among its members; none: for each person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pool: Option<Pool>,
    /// What the measure or attainment pays.
    pub rate: Rate,
    /// Conditions that reduce the result.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gates: Vec<Gate>,
    /// Factors on the result.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub modifiers: Vec<Modifier>,
}

impl Component {
    /// Whether its measure is an amount of money.
    pub fn measures_money(&self) -> bool {
        match &self.measure {
            Measure::Facts { value, .. } => matches!(value, Value::Amount | Value::Margin),
            Measure::Earnings { .. } => true,
            Measure::Kpi { .. } | Measure::Scorecard { .. } | Measure::Objectives {} => false,
        }
    }

    /// Over which facts it looks; none for measures that have none.
    pub fn over(&self) -> Option<Over> {
        match &self.measure {
            Measure::Facts { over, .. } => Some(*over),
            _ => None,
        }
    }

    /// The goal that the plan names for it.
    pub fn named_goal(&self) -> Option<&str> {
        match &self.measure {
            Measure::Facts { goal, .. }
            | Measure::Kpi { goal, .. }
            | Measure::Earnings { goal, .. } => goal.as_deref(),
            Measure::Scorecard { .. } | Measure::Objectives {} => None,
        }
    }

    /// Which of a person's goals it is held against.
    pub fn goal_code(&self) -> &str {
        let closings = matches!(
            &self.measure,
            Measure::Facts {
                value: Value::Amount,
                ..
            }
        ) && self.credit.event == Event::Closing;
        self.named_goal()
            .unwrap_or(if closings { WON_AMOUNT } else { &self.code })
    }
}

/// The goal of closings' amounts where a component names none.
const WON_AMOUNT: &str = "won_amount";

pub(crate) fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
