//! What `goal.smart` answers.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yeji_core::Ratio;

use crate::light::Light;

/// Does everybody know whose and what?
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Specific {
    /// Green with all three, amber without a scope, red without owner or metric.
    pub light: Light,
    /// What is missing, to be filled: `owner`, `metric`, `scope`.
    pub missing: Vec<String>,
}

/// Does its figure come in?
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Measurable {
    /// By the days since the last fact; red without any.
    pub light: Light,
    /// Facts in the year before.
    pub facts: u64,
    /// Days since the last one; none without any.
    pub days: Option<i64>,
    /// Where it is not green: facts must come in up to this day.
    pub needs_facts_since: Option<NaiveDate>,
}

/// An amount with its probability.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Suggested {
    /// Probability of reaching it.
    pub chance: Ratio,
    /// Amount in minor units.
    pub minor: i64,
}

/// Can it be reached?
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Achievable {
    /// The probability's; without one that of the middle, else the people's (of five at least); amber if nothing
    /// is known.
    pub light: Light,
    /// Probability of reaching the goal; none without a forecast.
    pub chance: Option<Ratio>,
    /// `at_least` or `at_most`: the goal is outside the forecast's quantiles.
    pub bound: Option<String>,
    /// `goal / base`; none without a base above zero.
    pub growth: Option<Ratio>,
    /// People who ever reached such growth.
    pub reached: Option<u64>,
    /// Of so many.
    pub of: Option<u64>,
    /// Where it is not green: the amounts with a probability of 50 % and 70 %, if the forecast says and they are
    /// easier and green; one where both are the same, none that is reached already.
    pub suggested: Vec<Suggested>,
}

/// Does it matter?
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Relevant {
    /// Green with an aim and, below a parent, with a share of it from 0 to 1; red with neither aim nor
    /// share; else amber.
    pub light: Light,
    /// Share of the parent; none without a parent, or with one of zero or below.
    pub share: Option<Ratio>,
    /// Whether it serves an aim.
    pub has_aim: bool,
    /// Where it is not green: `aim` to be named, `share` to be checked.
    pub missing: Vec<String>,
}

/// When is what due?
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TimeBound {
    /// Green with as many milestones as asked, amber with one at least, red without any or without a
    /// period.
    pub light: Light,
    /// Different days within the period.
    pub milestones: u64,
    /// Days outside it, which do not count.
    pub outside: u64,
    /// Where it is not green: last days of equal stretches of the period, as many as asked.
    pub suggested: Vec<NaiveDate>,
}

/// Output of `goal.smart`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SmartOutput {
    /// S.
    pub specific: Specific,
    /// M.
    pub measurable: Measurable,
    /// A.
    pub achievable: Achievable,
    /// R.
    pub relevant: Relevant,
    /// T.
    pub time_bound: TimeBound,
}
