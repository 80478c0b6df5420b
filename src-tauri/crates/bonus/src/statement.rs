//! What `bonus.calculate` answers: statements with their components, lines, steps, facts and notes.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yeji_core::calendar::Period;
use yeji_core::{Money, Ratio};

use crate::plan::{Event, PlanName, is_default};

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
    /// `period_not_over` (`as_of`, end), `credited_to_others` (count: facts with a share of somebody
    /// who is not among the people), `nobody_credited` (count: facts without a credit list).
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
    /// The sum of all lines. Where something is blocked, of those that are known.
    pub payout: Money,
    /// Whether a component has no amount because something cannot be known, or the sum does not fit.
    #[serde(default, skip_serializing_if = "is_default")]
    pub blocked: bool,
    /// The target bonus for the period without proration, from an assignment or the plan's default.
    pub target_bonus: Option<Money>,
    /// In the order of the plan.
    pub components: Vec<ComponentResult>,
    /// The line of the plan's own cap or floor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<StatementLine>,
    /// Lines by hand, with those that are not paid for want of an approval.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub adjustments: Vec<AdjustmentLine>,
    /// `target_bonus_record` (amount, source) or `default_target_bonus` (amount);
    /// `limit_without_target_bonus` where a limit is a share of one that is not there; `floor_waits`
    /// where something is blocked; `bonus_overflow` where the sum of the lines does not fit.
    pub notes: Vec<Note>,
}

/// One component of a person's result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ComponentResult {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: PlanName,
    /// What was measured; none for attainments without a measure, or where it is not known.
    pub measure: Option<Figure>,
    /// The goal.
    pub goal: Option<Figure>,
    /// Measure / goal, exact, never clamped; none without a goal above zero.
    pub attainment: Option<Ratio>,
    /// What it pays: the sum of its lines; none: blocked, a note says why.
    pub amount: Option<Money>,
    /// What it is made of.
    pub lines: Vec<StatementLine>,
    /// The steps, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub trace: Vec<Step>,
    /// Facts counted; their credits sum to the measure.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub counted: Vec<CountedFact>,
    /// Facts of the person that do not count, with the reason.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub left_out: Vec<LeftOut>,
    /// Why nothing, or no amount.
    pub notes: Vec<Note>,
}

/// An amount of money or a plain number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Figure {
    /// Money.
    Money(Money),
    /// A number.
    Number(Ratio),
}

impl Figure {
    /// As text: `1234.50`, or the exact number.
    pub fn text(self) -> String {
        match self {
            Self::Money(money) => money.to_major(),
            Self::Number(number) => crate::percent::exact(number),
        }
    }
}

/// A line: `amount` is the exact amount, rounded once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StatementLine {
    /// What for.
    pub label: Note,
    /// The tier, counted from 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tier: Option<usize>,
    /// Of what is paid fact by fact: the id of the fact, which is among those counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fact: Option<String>,
    /// Exact, in minor units.
    pub exact: Ratio,
    /// Rounded.
    pub amount: Money,
}

/// A line by hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AdjustmentLine {
    /// Its id.
    pub id: String,
    /// How much.
    pub amount: Money,
    /// Whether it is paid: a second person has approved it.
    pub paid: bool,
    /// Why.
    pub reason: String,
    /// What made it necessary.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cause: Option<String>,
}

/// What kind of step.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum StepKind {
    /// Which facts count.
    Credit,
    /// The number out of them.
    Measure,
    /// Measure over goal.
    Attainment,
    /// The tier that it falls in.
    Tier,
    /// What a tier pays, exact.
    Rate,
    /// A gate.
    Gate,
    /// A factor.
    Modifier,
    /// A cap or floor.
    Limit,
    /// A part of the window's days.
    Proration,
    /// An exact amount rounded.
    Rounding,
    /// Division among the members of a team.
    Pool,
    /// Sum of the lines.
    Payout,
}

impl StepKind {
    /// As in the output.
    pub fn code(self) -> &'static str {
        match self {
            Self::Credit => "credit",
            Self::Measure => "measure",
            Self::Attainment => "attainment",
            Self::Tier => "tier",
            Self::Rate => "rate",
            Self::Gate => "gate",
            Self::Modifier => "modifier",
            Self::Limit => "limit",
            Self::Proration => "proration",
            Self::Rounding => "rounding",
            Self::Pool => "pool",
            Self::Payout => "payout",
        }
    }
}

/// A step of the calculation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// What kind.
    pub step: StepKind,
    /// Of what is paid fact by fact: the id of the fact, which is among those counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fact: Option<String>,
    /// In words.
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

/// A fact that was counted, as it was then: the statement stays true when it changes later.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CountedFact {
    /// Its id.
    pub id: String,
    /// What happened.
    #[serde(default, skip_serializing_if = "is_default")]
    pub kind: Event,
    /// What people call it.
    pub label: String,
    /// The event date.
    pub on: NaiveDate,
    /// Its amount after refunds.
    pub amount: Money,
    /// Customer, as the fact told it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer: Option<String>,
    /// Product, as the fact told it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product: Option<String>,
    /// What of it counts for the person.
    pub credited: Figure,
    /// Whether refunds changed it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub refunded: bool,
    /// Its amount before refunds, and they. None where there are none, and in statements of earlier versions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub restated: Option<RestatedAmount>,
}

/// How an amount came to be what it is after refunds: `gross` and `refunds` sum to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RestatedAmount {
    /// Before any refund.
    pub gross: Money,
    /// By day.
    pub refunds: Vec<CountedRefund>,
}

/// A refund that took something back of a fact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CountedRefund {
    /// Its id.
    pub id: String,
    /// What people call it.
    pub label: String,
    /// Its day.
    pub on: NaiveDate,
    /// Below zero; above zero where it takes back another refund.
    pub amount: Money,
}

/// A fact that does not count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LeftOut {
    /// Its id.
    pub id: String,
    /// What people call it.
    pub label: String,
    /// The event date.
    pub on: NaiveDate,
    /// Its amount after refunds.
    pub amount: Money,
    /// See [`CountedFact::restated`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub restated: Option<RestatedAmount>,
    /// Why.
    pub reason: LeftOutReason,
}

/// Why a fact does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum LeftOutReason {
    /// Its day lies outside the period.
    OutsidePeriod,
    /// The filter does not want it.
    Filter,
    /// Refunds have taken it back in full.
    NetZero,
    /// The person is under another plan on its day.
    OtherPlan,
}

impl LeftOutReason {
    /// As in the output.
    pub fn code(self) -> &'static str {
        match self {
            Self::OutsidePeriod => "outside_period",
            Self::Filter => "filter",
            Self::NetZero => "net_zero",
            Self::OtherPlan => "other_plan",
        }
    }
}

impl Note {
    /// With its values where somebody reads them; else its code alone: most of the time of a large run
    /// would go into texts.
    pub(crate) fn told(
        read: bool,
        code: &str,
        params: impl FnOnce() -> Vec<(&'static str, String)>,
    ) -> Self {
        if read {
            Self::new(code, &params())
        } else {
            Self::new(code, &[])
        }
    }

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

/// What does not fit cannot be known.
impl From<yeji_core::Error> for Note {
    fn from(_: yeji_core::Error) -> Self {
        Self::new("bonus_overflow", &[])
    }
}
