//! Goals and target bonuses as they are kept. Parents are sums of leaf cells and are not kept twice.

use chrono::{DateTime, NaiveDate, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::calendar::{FiscalCalendar, Period};
use crate::ids::{GoalPlanId, PersonId, TargetBonusId, UnitId};
use crate::metric::GoalMetric;
use crate::{Error, Money, Ratio, Result};

/// State of a goal plan version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum GoalPlanState {
    /// Set, perhaps split, not yet binding.
    Draft,
    /// Binding. Called in force wherever people read it: published to its owners is another fact (decision 0024).
    /// The store keeps `published`.
    #[serde(rename = "in_force", alias = "published")]
    Published,
    /// Replaced by a later version.
    Superseded,
}

/// One version of one metric's goal for one year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoalPlan {
    /// Stable id.
    pub id: GoalPlanId,
    /// Of which figure.
    pub metric: GoalMetric,
    /// The number of its year, in its calendar.
    pub year: i32,
    /// How its year is cut; none: the calendar year.
    pub calendar: Option<FiscalCalendar>,
    /// 1, 2, 3 ...
    pub version: i64,
    /// State.
    pub state: GoalPlanState,
    /// The company's goal (for counts: units in `minor`).
    pub amount: Money,
    /// How it was split (a serialised rule with its inputs), none while only set.
    pub rule: Option<String>,
    /// When this version was made.
    pub created_at: DateTime<Utc>,
}

impl GoalPlan {
    /// The year that it is of.
    ///
    /// # Errors
    /// A year out of range.
    pub fn period(&self) -> Result<Period> {
        self.calendar.unwrap_or_default().year(self.year)
    }
}

/// A leaf of the decomposition: one person (or a unit without people) in one cut week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoalCell {
    /// Of which plan.
    pub plan: GoalPlanId,
    /// The unit in which it counts.
    pub unit: UnitId,
    /// Whose goal; none for a unit that has no people.
    pub person: Option<PersonId>,
    /// First day of the cut week.
    pub start: NaiveDate,
    /// Day after the last.
    pub end: NaiveDate,
    /// Goal in minor units of the plan's currency.
    pub minor: i64,
}

/// A number of a plan that stays as it is: all cells of a unit or person in a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct GoalLock {
    /// Of which plan.
    pub plan: GoalPlanId,
    /// The unit, or the one in which the person's goal counts.
    pub unit: UnitId,
    /// Whose number; none: the unit's.
    pub person: Option<PersonId>,
    /// A period of the plan.
    pub period: Period,
}

/// Why a number of a plan is what it is, as its split said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoalRule {
    /// Of which plan.
    pub plan: GoalPlanId,
    /// The unit, or the one in which the person's goal counts.
    pub unit: UnitId,
    /// Whose number; none: the unit's.
    pub person: Option<PersonId>,
    /// What the engine `goal.weigh` said of it, as JSON.
    pub document: String,
}

/// What a person's bonus is at 100 %, for one period kind, from a day on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TargetBonus {
    /// Stable id.
    pub id: TargetBonusId,
    /// Whose.
    pub person: PersonId,
    /// Amount per quarter.
    pub per_quarter: Money,
    /// First day.
    pub from: NaiveDate,
    /// Day after the last.
    pub to: NaiveDate,
}

/// What share of a goal was reached: `actual / goal`, exact, never clamped, negative after refunds.
/// None where no share exists: a goal of zero or below.
///
/// # Errors
/// Amounts of two currencies.
pub fn attainment(actual: Money, goal: Money) -> Result<Option<Ratio>> {
    if actual.currency != goal.currency {
        return Err(Error::MixedCurrencies(actual.currency, goal.currency));
    }
    if goal.minor <= 0 {
        return Ok(None);
    }
    Ratio::new(i128::from(actual.minor), i128::from(goal.minor)).map(Some)
}
