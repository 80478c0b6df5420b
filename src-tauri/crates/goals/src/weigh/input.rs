//! What `goal.weigh` is asked.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yeji_core::{Money, Ratio};

use crate::split::{Level, LevelUnit};

/// What decides how much of a goal somebody carries.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Factor {
    /// What they made in a year: mean of the known months of the past years, times 12.
    History,
    /// Everybody the same, by headcount factor and days at work.
    Equal,
    /// Open pipeline.
    Pipeline,
    /// Potential of the market they serve, by region and segment, shared with who else serves it.
    Market,
    /// Weight of the customer segment they serve.
    Segment,
    /// Their own weight.
    Own,
}

/// The share of one factor in the blend.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Blend {
    /// Which factor.
    pub factor: Factor,
    /// Its share, not negative; all shares total 1.
    pub share: Ratio,
}

/// One past year of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PastYear {
    /// What was made, in minor units; not negative.
    pub minor: i64,
    /// Months that are known, 0 to 12. Years without any are not looked at.
    pub months: u32,
}

/// A stretch of the goal's period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Presence {
    /// Working days on which the person is there, a part-time day as its share; from 0 to `all`.
    pub present: Ratio,
    /// All working days of the stretch.
    pub all: u64,
    /// Whole months since the person was hired, for the ramp; none: no ramp.
    #[serde(default)]
    pub months_since_hire: Option<u32>,
}

/// A step of the ramp of new people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RampStep {
    /// Whole months since hire from which it holds.
    pub from_month: u32,
    /// What is expected of them, 0 to 1.
    pub share: Ratio,
}

/// What is known of a person.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Facts {
    /// Past years. None with a known month: a new person, who weighs the median of the team.
    pub history: Vec<PastYear>,
    /// Open pipeline in minor units; not negative.
    pub pipeline: i64,
    /// Region of the market served.
    pub region: Option<String>,
    /// Customer segment served.
    pub segment: Option<String>,
    /// Counts as so many people; none: one.
    pub headcount: Option<Ratio>,
    /// The goal's period in stretches; empty: there on all days, no ramp.
    pub presence: Vec<Presence>,
    /// Own weight; required where own weights are in the blend.
    pub own: Option<Ratio>,
    /// Growth cap in place of the common one.
    pub cap: Option<Ratio>,
    /// Growth floor in place of the common one.
    pub floor: Option<Ratio>,
}

/// A unit or a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WeighUnit {
    /// Stable id, unique in the list.
    pub id: String,
    /// Shown name.
    pub name: String,
    /// Id of the unit above; none for exactly one root.
    #[serde(default)]
    pub parent: Option<String>,
    /// What it is.
    pub level: Level,
    /// A unit's given weight among its siblings, in place of the blend; then all of them have one.
    #[serde(default)]
    pub weight: Option<Ratio>,
    /// Of a person; not read for units.
    #[serde(default)]
    pub facts: Facts,
}

/// The potential of a market.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Market {
    /// Region.
    pub region: String,
    /// Customer segment.
    pub segment: String,
    /// Its potential in minor units; not negative.
    pub minor: i64,
}

/// The weight of a customer segment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SegmentWeight {
    /// Customer segment.
    pub segment: String,
    /// Its weight; not negative.
    pub weight: Ratio,
}

/// Input of `goal.weigh`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WeighInput {
    /// The goal of the root; not negative.
    pub amount: Money,
    /// The organisation, in the order in which ties are broken. Exactly one root.
    pub units: Vec<WeighUnit>,
    /// The factors; their shares total 1.
    pub blend: Vec<Blend>,
    /// Against the fear of every good seller: this share of the history's part goes by history, the
    /// rest equally. 0 to 1; 1 if not given.
    #[serde(default = "one")]
    pub damping: Ratio,
    /// A goal is at most this times what the person made in a year of as many days; none: no cap.
    #[serde(default)]
    pub cap: Option<Ratio>,
    /// A goal is at least this times it; none: no floor.
    #[serde(default)]
    pub floor: Option<Ratio>,
    /// What is expected of new people, by rising months; if not given 25 % from month 0, 50 % from 3,
    /// 75 % from 6, 100 % from 9.
    #[serde(default = "ramp")]
    pub ramp: Vec<RampStep>,
    /// Potentials, for the factor market.
    #[serde(default)]
    pub markets: Vec<Market>,
    /// Weights, for the factor segment.
    #[serde(default)]
    pub segments: Vec<SegmentWeight>,
    /// Assigned in all, as a multiple of the goal, at least 1. What is above 1 is kept beside the
    /// goals, never in them.
    #[serde(default = "one")]
    pub over_assignment: Ratio,
    /// Goals in multiples, by level.
    #[serde(default)]
    pub round: Vec<LevelUnit>,
}

fn one() -> Ratio {
    Ratio::ONE
}

/// The usual ramp: quarters of the first year.
pub fn ramp() -> Vec<RampStep> {
    [(0, 1), (3, 2), (6, 3), (9, 4)]
        .into_iter()
        .map(|(from_month, quarters)| RampStep {
            from_month,
            share: Ratio::new(quarters, 4).unwrap_or(Ratio::ONE),
        })
        .collect()
}

/// What counts of a day of somebody hired so many whole months before; zero before the first step.
pub fn ramp_share(ramp: &[RampStep], months: u32) -> Ratio {
    let mut steps = ramp.iter().rev();
    let step = steps.find(|step| step.from_month <= months);
    step.map_or(Ratio::ZERO, |step| step.share)
}

impl Factor {
    /// The code in files.
    pub fn code(self) -> &'static str {
        match self {
            Self::History => "history",
            Self::Equal => "equal",
            Self::Pipeline => "pipeline",
            Self::Market => "market",
            Self::Segment => "segment",
            Self::Own => "own",
        }
    }
}
