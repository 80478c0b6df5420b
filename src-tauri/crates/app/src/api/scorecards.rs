//! What roles are measured by, goals of KPIs, and how far somebody is by all of them together.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use yeji_core::calendar::Period;
use yeji_core::ids::{PersonId, UnitId};
use yeji_core::org::MemberRole;
use yeji_report::chart::Lang;

use super::Message;
use super::kpi::BothWords;

/// A KPI of a scorecard, as somebody writes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct KpiWeightSetting {
    /// Code of the KPI.
    pub metric: String,
    /// Its part of the whole: `60%`, `0.6` or `3/5`.
    pub weight: String,
    /// The attainment beyond which more counts nothing: `150%`; none: no limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub cap: Option<String>,
}

/// Sets what a role is measured by from a day on.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SetScorecard {
    /// Whose; none: of everybody whose role has none.
    pub role: Option<MemberRole>,
    /// First day.
    pub from: NaiveDate,
    /// The KPIs, together 100 %; none: the scorecard that begins on this day is taken away.
    pub kpis: Vec<KpiWeightSetting>,
}

/// All scorecards.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ScorecardList {
    /// Everybody's first, then by role; each by its first day.
    pub scorecards: Vec<ScorecardInfo>,
    /// What to know.
    pub notes: Vec<Message>,
}

/// What a role is measured by.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ScorecardInfo {
    /// Whose; none: of everybody whose role has none.
    pub role: Option<MemberRole>,
    /// First day.
    pub from: NaiveDate,
    /// Day after the last: the first of the next one; none: until further notice.
    pub to: Option<NaiveDate>,
    /// Whether it is the one of today.
    pub in_force: bool,
    /// The KPIs.
    pub kpis: Vec<ScorecardKpi>,
}

/// A KPI of a scorecard.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ScorecardKpi {
    /// Code.
    pub metric: String,
    /// Name; the code where the KPI is gone.
    pub name: BothWords,
    /// `higher` or `lower`: what is better.
    pub direction: String,
    /// Exact: a fraction.
    pub weight: String,
    /// In per cent.
    pub weight_shown: String,
    /// The attainment beyond which more counts nothing, exact.
    pub cap: Option<String>,
    /// It in per cent.
    pub cap_shown: Option<String>,
}

/// Which goals of KPIs.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ListKpiGoals {
    /// Of one KPI only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub metric: Option<String>,
    /// Of one period only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub period: Option<Period>,
}

/// A goal of a KPI as it was set.
#[derive(Debug, Clone, Serialize, TS)]
pub struct KpiGoalRow {
    /// Code of the KPI.
    pub metric: String,
    /// Its name.
    pub name: BothWords,
    /// Id of the unit or person.
    pub whose: String,
    /// Its name.
    pub whose_name: String,
    /// Of a person who has one.
    pub staff_number: Option<String>,
    /// `company`, `department`, `team`, `person`.
    pub level: String,
    /// In which period.
    pub period: Period,
    /// First day on which it is the goal.
    pub from: NaiveDate,
    /// Day after the last: the first of the next such goal; none: until further notice.
    pub to: Option<NaiveDate>,
    /// Exact, in the KPI's unit: a share as a fraction, an amount in major units.
    pub value: String,
    /// Rounded to the KPI's digits, a share in per cent.
    pub shown: String,
}

/// Sets a goal of a KPI, or takes one away.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SetKpiGoal {
    /// Code of the KPI.
    pub metric: String,
    /// Of which unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub unit: Option<UnitId>,
    /// Or of which person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub person: Option<PersonId>,
    /// In which period: a year, half, quarter or month.
    pub period: Period,
    /// First day on which it is the goal; none: the first of the period.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub from: Option<NaiveDate>,
    /// The goal: `35%`, `120000.50`, `8.5`; none: the one that begins on this day is taken away.
    pub value: Option<String>,
}

/// Whose goal of a KPI, in which period.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct GetKpiGoal {
    /// Code of the KPI.
    pub metric: String,
    /// Of which unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub unit: Option<UnitId>,
    /// Or of which person; neither: one's own, or the topmost unit that one sees.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub person: Option<PersonId>,
    /// In which period.
    pub period: Period,
}

/// Where a goal comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum KpiGoalSource {
    /// Set for them.
    Own,
    /// That of the nearest unit above that has one.
    Inherited,
    /// The weighted mean of the parts.
    Mean,
    /// The sum of the parts.
    Sum,
    /// The plan of goals, of the won amount.
    Plan,
}

/// A goal of a KPI as it is in force.
#[derive(Debug, Clone, Serialize, TS)]
pub struct KpiGoalView {
    /// Code of the KPI.
    pub metric: String,
    /// Its name.
    pub name: BothWords,
    /// Id of the unit or person.
    pub whose: String,
    /// Its name.
    pub whose_name: String,
    /// `company`, `department`, `team`, `person`.
    pub level: String,
    /// In which period.
    pub period: Period,
    /// What is to be reached; none: nothing is set.
    pub goal: Option<KpiGoalInForce>,
    /// Why there is none.
    pub reason: Option<Message>,
    /// What the parts are together, where goals are set below.
    pub parts: Option<KpiGoalParts>,
    /// Own goal less what the parts are together, exact; none where one of both is missing.
    pub difference: Option<String>,
    /// It in the KPI's digits; of a share in points.
    pub difference_shown: Option<String>,
}

/// What is to be reached, and where that comes from.
#[derive(Debug, Clone, Serialize, TS)]
pub struct KpiGoalInForce {
    /// Exact.
    pub value: String,
    /// In the KPI's digits.
    pub shown: String,
    /// Where it comes from.
    pub source: KpiGoalSource,
    /// Of an inherited one the unit's name.
    pub of: Option<String>,
    /// The period that it is set for, which may be a longer one; none for means and sums.
    pub set_for: Option<Period>,
}

/// What the parts of a unit are together.
#[derive(Debug, Clone, Serialize, TS)]
pub struct KpiGoalParts {
    /// `mean` or `sum`.
    pub source: KpiGoalSource,
    /// Exact; none where the parts weigh nothing.
    pub value: Option<String>,
    /// In the KPI's digits.
    pub shown: Option<String>,
    /// Of a mean: the formula by which the parts weigh (`won_count + lost_count`), or `people`.
    pub weighed_by: Option<String>,
    /// The year whose facts the weights are; none for people.
    pub weighed_in: Option<i32>,
    /// The parts: units or people with a goal, each at the nearest one.
    pub rows: Vec<KpiGoalPart>,
    /// Names of parts without a goal, which are left out.
    pub left_out: Vec<String>,
}

/// A part of a unit.
#[derive(Debug, Clone, Serialize, TS)]
pub struct KpiGoalPart {
    /// Id of the unit or person.
    pub whose: String,
    /// Its name.
    pub name: String,
    /// Its goal, exact.
    pub value: String,
    /// In the KPI's digits.
    pub shown: String,
    /// Whether it is the one of a unit above.
    pub inherited: bool,
    /// What it weighs, exact; none in a sum.
    pub weight: Option<String>,
}

/// Whose result by a scorecard.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct GetScorecardResult {
    /// A year, half, quarter or month.
    pub period: Period,
    /// Of which unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub unit: Option<UnitId>,
    /// Or of which person; neither: one's own, or the topmost unit that one sees.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub person: Option<PersonId>,
    /// Of a unit: the people who sell in it and below as well.
    #[serde(default)]
    pub people: bool,
    /// Language of labels.
    pub language: Lang,
}

/// Results by scorecards.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ScorecardResult {
    /// The period.
    pub period: Period,
    /// It in words.
    pub period_label: String,
    /// The unit or person; then, if asked for, the people by name.
    pub rows: Vec<ScorecardOf>,
    /// What to know.
    pub notes: Vec<Message>,
}

/// The result of a unit or person.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ScorecardOf {
    /// Id.
    pub whose: String,
    /// Name.
    pub name: String,
    /// Of a person who has one.
    pub staff_number: Option<String>,
    /// `company`, `department`, `team`, `person`.
    pub level: String,
    /// Of somebody who leads: the unit whose figures these are.
    pub figures_of: Option<String>,
    /// Role by which they are measured; none: a unit that nobody leads.
    pub role: Option<MemberRole>,
    /// Whether that role has no scorecard, and everybody's counts.
    pub is_everybodys: bool,
    /// First day of the scorecard.
    pub since: Option<NaiveDate>,
    /// Why there is none.
    pub no_scorecard: Option<Message>,
    /// The KPIs.
    pub kpis: Vec<ScorecardResultKpi>,
    /// Sum of all contributions, exact; none where one is missing.
    pub total: Option<String>,
    /// In per cent.
    pub total_shown: Option<String>,
    /// Codes of the KPIs without a value.
    pub missing: Vec<String>,
    /// Sum of the contributions that there are, exact; never scaled up.
    pub present: Option<String>,
    /// In per cent.
    pub present_shown: Option<String>,
    /// Weight of the KPIs that have a value, exact.
    pub present_weight: Option<String>,
    /// In per cent.
    pub present_weight_shown: Option<String>,
    /// What to know.
    pub notes: Vec<Message>,
}

/// What a KPI adds.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ScorecardResultKpi {
    /// The KPI with its weight.
    #[serde(flatten)]
    pub kpi: ScorecardKpi,
    /// `money`, `count`, `ratio`, `number`, `days` or `score`.
    pub unit: String,
    /// What was reached, exact.
    pub actual: Option<String>,
    /// In the KPI's digits.
    pub actual_shown: Option<String>,
    /// What is to be reached.
    pub goal: Option<KpiGoalInForce>,
    /// What counts, exact.
    pub attainment: Option<String>,
    /// In per cent.
    pub attainment_shown: Option<String>,
    /// Whether the cap took something away.
    pub is_capped: bool,
    /// Weight x attainment, exact.
    pub contribution: Option<String>,
    /// In per cent.
    pub contribution_shown: Option<String>,
    /// Why there is no attainment.
    pub reason: Option<Message>,
}
