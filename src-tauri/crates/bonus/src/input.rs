//! What `bonus.calculate` is given.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yeji_core::calendar::Period;
use yeji_core::{Currency, Money, Ratio};

use crate::percent;
use crate::plan::{Event, Plan, is_default};

/// Input of `bonus.calculate`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CalculateInput {
    /// The plan, of schema 2 or 1.
    #[serde(deserialize_with = "crate::legacy::plan_of_any_schema")]
    pub plan: Plan,
    /// The period, of the plan's kind.
    pub period: Period,
    /// The day of the calculation. Before the period's end the result is provisional and says so.
    pub as_of: NaiveDate,
    /// The currency of every amount.
    pub currency: Currency,
    /// How much the answer tells.
    #[serde(default, skip_serializing_if = "is_default")]
    pub detail: Detail,
    /// Who is paid. Statements come in this order.
    pub people: Vec<PersonInput>,
    /// What happened.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<FactInput>,
    /// Who reports to whom.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reports: Vec<ReportInput>,
    /// Teams, for pools.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub teams: Vec<TeamInput>,
    /// Manual lines.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub adjustments: Vec<AdjustmentInput>,
}

/// How much the answer tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Detail {
    /// Lines, steps, facts counted and left out.
    #[default]
    Full,
    /// Lines only.
    Lines,
}

/// Somebody who is paid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PersonInput {
    /// Stable id, unique in the input.
    pub person: String,
    /// Shown name.
    pub name: String,
    /// Days in employment; what is left out is open.
    #[serde(default, skip_serializing_if = "is_default")]
    pub employed: Span,
    /// Times under the plan with their target bonuses; none: the plan's default.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub assignments: Vec<AssignmentInput>,
    /// `assignments` are all the days under the plan, and other days of the period are under another one:
    /// what the plan does not prorate by itself goes by these days, too.
    #[serde(default, skip_serializing_if = "is_default")]
    pub partly: bool,
    /// Goals.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub goals: Vec<GoalInput>,
    /// Values of KPIs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kpis: Vec<KpiInput>,
    /// Objectives with their results.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub objectives: Vec<ObjectiveInput>,
    /// Nothing of the plan is theirs in the period: they are here for lines by hand alone, which may come
    /// after somebody has left.
    #[serde(default, skip_serializing_if = "is_default")]
    pub adjustments_only: bool,
    /// Short for one goal of `won_amount` for the period.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub goal: Option<Money>,
    /// Short for one assignment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target_bonus: Option<TargetBonusInput>,
    /// Short for closings that are the person's alone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub deals: Vec<DealInput>,
}

/// Half-open days; a missing end is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Span {
    /// First day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<NaiveDate>,
    /// Day after the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<NaiveDate>,
}

impl Span {
    /// First day, or the first there is.
    pub fn start(self) -> NaiveDate {
        self.from.unwrap_or(NaiveDate::MIN)
    }

    /// Day after the last, or the last there is.
    pub fn end(self) -> NaiveDate {
        self.to.unwrap_or(NaiveDate::MAX)
    }

    /// Whether a day lies in it.
    pub fn contains(self, day: NaiveDate) -> bool {
        self.start() <= day && day < self.end()
    }

    /// Whether it shares a day with `[from, to)`.
    pub fn meets(self, from: NaiveDate, to: NaiveDate) -> bool {
        self.start().max(from) < self.end().min(to)
    }
}

/// A time under the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AssignmentInput {
    /// First day; none: open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<NaiveDate>,
    /// Day after the last; none: open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<NaiveDate>,
    /// For one whole period of the plan, not negative; none: the plan's default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target_bonus: Option<Money>,
    /// The record it comes from; shown in the trace.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

impl AssignmentInput {
    pub fn span(&self) -> Span {
        Span {
            from: self.from,
            to: self.to,
        }
    }
}

/// A goal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GoalInput {
    /// For which period of the plan.
    pub period: Period,
    /// The component's `goal`.
    pub measure: String,
    /// In major units, or a number.
    #[serde(with = "percent::number")]
    #[schemars(with = "String")]
    pub amount: Ratio,
}

/// A value of a KPI.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct KpiInput {
    /// Its code.
    pub kpi: String,
    /// For which period of the plan.
    pub period: Period,
    /// Its value, money in major units; null: none.
    #[serde(default, with = "percent::optional_number")]
    #[schemars(with = "Option<String>")]
    pub value: Option<Ratio>,
    /// Its attainment, for scorecards.
    #[serde(
        default,
        with = "percent::optional_text",
        skip_serializing_if = "Option::is_none"
    )]
    #[schemars(with = "Option<percent::PercentText>")]
    pub attainment: Option<Ratio>,
}

/// An objective.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ObjectiveInput {
    /// What it is.
    pub name: String,
    /// Share of the whole.
    #[serde(with = "percent::text")]
    #[schemars(with = "percent::PercentText")]
    pub weight: Ratio,
    /// How far it was reached; none: nobody has judged it yet, which blocks.
    #[serde(
        default,
        with = "percent::optional_text",
        skip_serializing_if = "Option::is_none"
    )]
    #[schemars(with = "Option<percent::PercentText>")]
    pub result: Option<Ratio>,
}

/// The target bonus that was chosen for the period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TargetBonusInput {
    /// Amount for the plan's period, not negative.
    pub amount: Money,
    /// The record it comes from (id, or the day from which it holds); shown in the trace.
    pub source: String,
}

/// A deal that counts for a person alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DealInput {
    /// Stable id, unique in the input.
    pub id: String,
    /// What people call it.
    pub label: String,
    /// The event date.
    pub closed_on: NaiveDate,
    /// The amount credited to the person; negative amounts are legal.
    pub amount: Money,
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FactInput {
    /// Stable id, unique in the input.
    pub id: String,
    /// What people call it.
    pub label: String,
    /// What happened.
    pub kind: Event,
    /// When.
    pub on: NaiveDate,
    /// Its amount.
    pub amount: Money,
    /// Its margin.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub margin: Option<Money>,
    /// Its quantity.
    #[serde(
        default,
        with = "percent::optional_number",
        skip_serializing_if = "Option::is_none"
    )]
    #[schemars(with = "Option<String>")]
    pub quantity: Option<Ratio>,
    /// Whose it is; shares total 100 %.
    pub credits: Vec<ShareInput>,
    /// Shares on top.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub overlays: Vec<ShareInput>,
    /// The deal that an invoice, receipt or delivery belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<String>,
    /// Facts that this one takes back, in part or in full.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub refunds: Vec<String>,
    /// What filters may ask for.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub attributes: BTreeMap<String, Attribute>,
}

/// A share of a fact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ShareInput {
    /// Whose.
    pub person: String,
    /// How much, not negative.
    #[serde(with = "percent::text")]
    #[schemars(with = "percent::PercentText")]
    pub share: Ratio,
}

/// A text or a number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Attribute {
    /// A text.
    Text(String),
    /// A number.
    Number {
        /// Exact.
        #[serde(with = "percent::number")]
        #[schemars(with = "String")]
        number: Ratio,
    },
}

/// Who reports to whom, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReportInput {
    /// Who.
    pub person: String,
    /// To whom.
    pub manager: String,
    /// First day; none: open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<NaiveDate>,
    /// Day after the last; none: open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<NaiveDate>,
}

/// A team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TeamInput {
    /// Stable id, unique in the input.
    pub team: String,
    /// Shown name.
    pub name: String,
    /// Who is in it, and when.
    pub members: Vec<MemberInput>,
    /// Its goals.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub goals: Vec<GoalInput>,
}

/// A time in a team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MemberInput {
    /// Who.
    pub person: String,
    /// First day; none: open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<NaiveDate>,
    /// Day after the last; none: open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<NaiveDate>,
}

impl MemberInput {
    pub(crate) fn span(&self) -> Span {
        Span {
            from: self.from,
            to: self.to,
        }
    }
}

/// A line by hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AdjustmentInput {
    /// Stable id, unique in the input.
    pub id: String,
    /// Whose.
    pub person: String,
    /// How much, below zero too.
    pub amount: Money,
    /// Why.
    pub reason: String,
    /// Who entered it.
    pub by: String,
    /// Who approved it: somebody else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approved_by: Option<String>,
    /// What made it necessary: an earlier statement and what changed since.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cause: Option<String>,
}

impl AdjustmentInput {
    /// Whether a second person has approved it.
    pub fn is_approved(&self) -> bool {
        self.approved_by
            .as_ref()
            .is_some_and(|other| *other != self.by)
    }
}
