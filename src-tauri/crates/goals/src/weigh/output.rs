//! What `goal.weigh` answers.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yeji_core::{Money, Ratio};

use crate::split::{Level, Note};

/// Where a part of a goal comes from.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// Its given weight among its siblings.
    Given,
    /// The factor history.
    History,
    /// The part of the history's share that goes equally (damping).
    Damping,
    /// The factor equal.
    Equal,
    /// The factor pipeline.
    Pipeline,
    /// The factor market.
    Market,
    /// The factor segment.
    Segment,
    /// The factor own weight.
    Own,
    /// Cut off above the growth cap; negative.
    GrowthCap,
    /// Raised to the growth floor; positive.
    GrowthFloor,
    /// What others could not take, or negative what others needed for their floors.
    FromOthers,
    /// Rounding to the unit of its level.
    Rounding,
    /// Of a split by history: what the unit above weighs more than its parts together (what people made in it
    /// who left it), less than nothing where it weighs less.
    UnitResults,
}

/// A part of a goal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Contribution {
    /// Where it comes from.
    pub source: Source,
    /// How much, in minor units.
    pub minor: i64,
    /// For a factor: what the unit weighs by it.
    pub weight: Option<Ratio>,
    /// For a factor: what all siblings weigh together.
    pub of: Option<Ratio>,
    /// For a factor: the amount that was divided by it; `minor` is `pot x weight / of`, rounded.
    pub pot: Option<i64>,
}

/// A unit or person with its goal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Weighed {
    /// Id.
    pub unit: String,
    /// Name.
    pub name: String,
    /// Id of the unit above; none for the root.
    pub parent: Option<String>,
    /// What it is.
    pub level: Level,
    /// The goal in minor units.
    pub minor: i64,
    /// Assigned above the goal, in minor units; not part of it.
    pub over_assigned: i64,
    /// What was made in a year of twelve known months; of units the sum; none if nobody has any.
    pub history: Option<i64>,
    /// The same for as many days as people will be there: what growth is measured by.
    pub basis: Option<i64>,
    /// `minor / basis`; none without a basis above zero.
    pub growth: Option<Ratio>,
    /// What the goal consists of; sums to `minor`. Empty for the root.
    pub contributions: Vec<Contribution>,
}

/// Output of `goal.weigh`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WeighOutput {
    /// Every unit and person, a unit before what is below it.
    pub units: Vec<Weighed>,
    /// Goal and over-assignment together.
    pub assigned: Money,
    /// What to know: `new_person_by_median` (unit, name, team, `team_name`, median),
    /// `factor_without_weights` (factor, unit, name: its share went to the others),
    /// `rounding_given_up` (unit, name, minor: caps and floors leave no multiples).
    pub notes: Vec<Note>,
}
