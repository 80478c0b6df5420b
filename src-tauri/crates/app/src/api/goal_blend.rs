//! A split by a blend of factors, and why a goal is what it is.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use yeji_core::Ratio;
use yeji_core::metric::GoalMetric;

use super::Message;

/// What decides how much of a goal somebody carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum GoalFactor {
    /// What they made in the years before.
    History,
    /// The same for everybody, by days at work.
    Equal,
    /// Amounts of their open deals, list prices where there is none.
    Pipeline,
    /// Potential of the region and segment in which they sold most.
    Market,
    /// Weight of the customer segment in which they sold most.
    Segment,
    /// Own weights.
    Own,
}

/// A factor's share.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct FactorShare {
    /// Which factor.
    pub factor: GoalFactor,
    /// A decimal or fraction; all shares total 1.
    pub share: Ratio,
}

/// How a goal runs along time.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case", tag = "by", deny_unknown_fields)]
pub enum TimeBy {
    /// The median course of the years before; working days where fewer than two are known whole.
    #[default]
    Seasons,
    /// The course of the year before.
    LastYear,
    /// The course of the forecast of the company's months.
    Forecast,
    /// Working days.
    WorkingDays,
    /// Every month the same.
    Equal,
    /// Own weights of the months.
    Own {
        /// One a month, in their order.
        weights: Vec<Ratio>,
    },
}

/// What is special about a person in the year.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields, default)]
pub struct PersonTerms {
    /// Part of a full-time week, above 0 and at most 1.
    #[ts(optional)]
    pub part_time: Option<Ratio>,
    /// Days away, each `[from, to)`.
    pub leave: Vec<(NaiveDate, NaiveDate)>,
    /// Growth cap in place of the common one.
    #[ts(optional)]
    pub cap: Option<Ratio>,
    /// Growth floor in place of the common one.
    #[ts(optional)]
    pub floor: Option<Ratio>,
    /// Counts as so many people.
    #[ts(optional)]
    pub headcount: Option<Ratio>,
    /// Own weight.
    #[ts(optional)]
    pub weight: Option<Ratio>,
}

/// The potential of a market in the year.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct MarketPotential {
    /// Region of customers.
    pub region: String,
    /// Their segment.
    pub segment: String,
    /// Major units.
    pub amount: String,
}

/// Goals of a level in multiples.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RoundLevel {
    /// `department`, `team`, `person`.
    pub level: String,
    /// Major units: 1000.
    pub unit: String,
}

/// A split by a blend.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields, default)]
pub struct BlendRule {
    /// The factors; their shares total 1.
    pub factors: Vec<FactorShare>,
    /// Years before that are history, 1 to 5; 0 and none: 1.
    pub years: u32,
    /// This share of the history's part goes by history, the rest equally; none: all of it.
    #[ts(optional)]
    pub damping: Option<Ratio>,
    /// A goal is at most this times what the person made in as many days.
    #[ts(optional)]
    pub cap: Option<Ratio>,
    /// And at least this times it.
    #[ts(optional)]
    pub floor: Option<Ratio>,
    /// Assigned in all, as a multiple of the goal, at least 1; what is above stands beside the goals.
    #[ts(optional)]
    pub over_assignment: Option<Ratio>,
    /// New people carry their goal from the first day, without the ramp of 25, 50, 75 and 100 %.
    pub no_ramp: bool,
    /// By staff number, name or id.
    pub people: BTreeMap<String, PersonTerms>,
    /// Potentials, for the factor market.
    pub markets: Vec<MarketPotential>,
    /// Weights of customer segments, for the factor segment.
    pub segments: BTreeMap<String, Ratio>,
    /// Years of units and people in multiples.
    pub round: Vec<RoundLevel>,
    /// Every number in multiples of this, in major units.
    #[ts(optional)]
    pub cell_unit: Option<String>,
    /// Along time.
    pub time: TimeBy,
}

/// Whose goal is asked for.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct GetGoalWhy {
    /// Of which figure.
    pub metric: GoalMetric,
    /// Year.
    pub year: i32,
    /// Id of a unit or person.
    pub unit: String,
}

/// Why a year's goal is what it is. Amounts in major units.
#[derive(Debug, Clone, Serialize, TS)]
pub struct GoalWhy {
    /// Id of the unit or person.
    pub unit: String,
    /// Name.
    pub name: String,
    /// Unit above.
    pub parent: Option<String>,
    /// Its currency.
    pub currency: String,
    /// The goal now.
    pub goal: String,
    /// `history`, `equal`, `weights`, `file`, `blend`; how it was split.
    pub split_by: Option<String>,
    /// Version that was split so.
    #[ts(type = "number")]
    pub version: i64,
    /// What each factor contributed, and what changes of numbers added since; they sum to the goal. Empty
    /// where the split was not by a blend.
    pub parts: Vec<GoalWhyPart>,
    /// What was made in a year of twelve known months.
    pub history: Option<String>,
    /// The same for as many days as the person will be there.
    pub basis: Option<String>,
    /// Growth over the year before as the grid has it: the goal of the months that are over there by what they
    /// brought, exact.
    pub growth: Option<String>,
    /// What these months brought.
    pub last_year: Option<String>,
    /// The last day of them, where the year before is not over.
    pub last_year_until: Option<NaiveDate>,
    /// The goal now by its basis, exact: what caps and floors are measured by.
    pub by_basis: Option<String>,
    /// Assigned above the goal, not part of it.
    pub over_assigned: String,
    /// What to know.
    pub notes: Vec<Message>,
}

/// A part of a goal.
#[derive(Debug, Clone, Serialize, TS)]
pub struct GoalWhyPart {
    /// `given`, `history`, `damping`, `equal`, `pipeline`, `market`, `segment`, `own`, `growth_cap`,
    /// `growth_floor`, `from_others`, `rounding`, `changed`.
    pub source: String,
    /// How much.
    pub amount: String,
    /// What the unit weighs by the factor, exact; minor units where it is an amount.
    pub weight: Option<String>,
    /// What it and its siblings weigh together.
    pub of: Option<String>,
    /// The amount that was divided by the factor.
    pub pot: Option<String>,
}
