//! What `bonus.calculate` answers: statements with their lines, steps, notes and deals.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yeji_core::calendar::Period;
use yeji_core::{Money, Ratio};

/// Output of `bonus.calculate`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CalculateOutput {
    /// [`crate::calculate::ENGINE_VERSION`].
    pub engine_version: String,
    /// Code of the plan.
    pub plan: String,
    /// The period.
    pub period: Period,
    /// The day of the calculation.
    pub as_of: NaiveDate,
    /// One for each person, in the order of the input.
    pub statements: Vec<Statement>,
    /// Sum of the payouts.
    pub total: Money,
    /// `period_not_over` (`as_of`, end).
    pub notes: Vec<Note>,
}

/// One person's result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    /// Who.
    pub person: String,
    /// Name.
    pub name: String,
    /// Period.
    pub period: Period,
    /// Sum of the deals.
    pub actual: Money,
    /// Goal.
    pub goal: Option<Money>,
    /// Actual / goal, exact, never clamped; none without a goal above zero.
    pub attainment: Option<Ratio>,
    /// The target bonus used, from the record or the plan's default.
    pub target_bonus: Option<Money>,
    /// What is paid: the sum of the lines.
    pub payout: Money,
    /// What it is made of; empty where nothing is paid for a reason named in the notes.
    pub lines: Vec<StatementLine>,
    /// The steps, in order.
    pub trace: Vec<Step>,
    /// Why nothing, where nothing: `no_goal`, `goal_zero`, `goal_negative` (goal), `no_target_bonus`,
    /// `below_first_tier` (attainment, from), `above_last_tier` (attainment, to), `no_deals`. What to
    /// know: `target_bonus_record` (amount, source), `default_target_bonus` (amount).
    pub notes: Vec<Note>,
    /// The deals counted; their amounts sum to `actual`.
    pub deals: Vec<CountedDeal>,
}

/// A line: `amount` is `basis x rate`, rounded once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StatementLine {
    /// What for: `tier_all`, `tier_excess` (number from 1, percent, from; `to` where the tier ends),
    /// `tier_below_first` (percent).
    pub label: Note,
    /// The tier, counted from 0; none below the first.
    pub tier: Option<usize>,
    /// The target bonus.
    pub basis: Money,
    /// Share of the basis, exact.
    pub rate: Ratio,
    /// The rounded product.
    pub amount: Money,
}

/// What kind of step.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum StepKind {
    /// Which deals count.
    Credit,
    /// Their sum.
    Measure,
    /// Measure over goal.
    Attainment,
    /// The tier that the attainment falls in.
    Tier,
    /// Basis times rate, exact.
    Rate,
    /// The exact product rounded.
    Rounding,
    /// Sum of the lines.
    Payout,
}

/// A step of the calculation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// What kind.
    pub step: StepKind,
    /// In words: `credit_deals` (count, from, last: both days included), `measure_sum` (metric),
    /// `attainment_of_goal` (percent), `attainment_none`, `tier_found` and `tier_found_open` (number
    /// from 1, from, to, edge), `tier_below` (from), `tier_above` (to), `tier_none`, `rate_all`
    /// (number, percent), `rate_excess` (number, percent, from, excess), `rate_below` (percent),
    /// `rounding` (mode, decimals), `payout_sum`, `payout_nothing`.
    pub explain: Note,
    /// The formula with its values filled in.
    pub formula: String,
    /// Its value, exact: a plain decimal, or a fraction where no decimal ends.
    pub value: String,
}

/// A sentence whose words live with the reader: a closed code and its values.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Note {
    /// Closed code.
    pub code: String,
    /// Values for the sentence.
    pub params: BTreeMap<String, String>,
}

/// A deal that was counted, as it was then: the statement stays true when the deal changes later.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CountedDeal {
    /// Its id.
    pub id: String,
    /// What people call it.
    pub label: String,
    /// The event date.
    pub closed_on: NaiveDate,
    /// Its amount.
    pub amount: Money,
}

impl Note {
    pub(crate) fn new(code: &str, params: &[(&str, String)]) -> Self {
        let params = params
            .iter()
            .map(|(key, value)| ((*key).to_owned(), value.clone()))
            .collect();
        Self {
            code: code.to_owned(),
            params,
        }
    }
}
