//! What would be: what a deal would pay, what a year is expected to pay, what another plan would have cost.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use yeji_core::Money;
use yeji_core::calendar::Period;
use yeji_core::ids::{OpportunityId, PersonId};
use yeji_report::chart::Lang;

use super::Message;
use super::bonus::{CurvePoint, FigureView, StatementLineView, TraceStep};

/// What would this deal pay?
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ExplainDealBonus {
    /// An open deal.
    pub deal: OpportunityId,
    /// Its amount in major units; none: its own, where it has one. It is never guessed.
    pub amount: Option<String>,
    /// Day of closing; none: today.
    pub closed_on: Option<NaiveDate>,
    /// Only of this person; none: of everybody whose pay is seen.
    pub person: Option<PersonId>,
}

/// What a deal would pay.
#[derive(Debug, Clone, Serialize, TS)]
pub struct DealBonus {
    /// Which deal.
    pub deal: OpportunityId,
    /// What people call it.
    pub label: String,
    /// The period in which it would count, by the plan of whom was asked for, else of the deal's owner.
    pub period: Period,
    /// The day on which it would be won.
    pub closed_on: NaiveDate,
    /// The amount that was reckoned with; none: it has to be told, and `people` is empty.
    pub amount: Option<Money>,
    /// List price of its product, for whoever tells the amount.
    pub list_price: Option<Money>,
    /// Name of that plan, Chinese.
    pub plan_name_zh: String,
    /// Name of that plan, English.
    pub plan_name_en: String,
    /// Those to whom it makes a difference, and those who are credited with it, each by their own plan:
    /// somebody who changes plans within the period by both. The most first.
    pub people: Vec<DealPay>,
    /// What was assumed, and what to know.
    pub notes: Vec<Message>,
}

/// What a deal would pay a person.
#[derive(Debug, Clone, Serialize, TS)]
pub struct DealPay {
    /// Who.
    pub person: PersonId,
    /// Name.
    pub name: String,
    /// Code of the plan by which it pays them.
    pub plan: String,
    /// Its name, Chinese.
    pub plan_name_zh: String,
    /// Its name, English.
    pub plan_name_en: String,
    /// The period of that plan in which it would count.
    pub period: Period,
    /// Payout of the period as it stands.
    pub before: Money,
    /// Payout with the deal.
    pub after: Money,
    /// What the deal pays.
    pub difference: Money,
    /// Something cannot be known with it; the payout is of what is known.
    pub blocked: bool,
    /// Components that it concerns.
    pub components: Vec<DealComponent>,
    /// What the plan's own cap or floor takes or adds more.
    pub limit: Money,
    /// Why.
    pub reasons: Vec<Message>,
}

/// What a deal changes in a component.
#[derive(Debug, Clone, Serialize, TS)]
pub struct DealComponent {
    /// Code.
    pub code: String,
    /// Chinese name.
    pub name_zh: String,
    /// English name.
    pub name_en: String,
    /// Amount without it; None: blocked.
    pub before: Option<Money>,
    /// Amount with it; None: blocked.
    pub after: Option<Money>,
    /// Measure without it.
    pub measure_before: Option<FigureView>,
    /// Measure with it.
    pub measure_after: Option<FigureView>,
    /// Attainment without it, exact.
    pub attainment_before: Option<String>,
    /// Attainment with it, exact.
    pub attainment_after: Option<String>,
    /// Lines that are not the same.
    pub lines: Vec<DealLine>,
    /// Steps that are not the same.
    pub steps: Vec<DealStep>,
    /// Why.
    pub reasons: Vec<Message>,
}

/// A line without and with the deal.
#[derive(Debug, Clone, Serialize, TS)]
pub struct DealLine {
    /// Without.
    pub before: Option<StatementLineView>,
    /// With.
    pub after: Option<StatementLineView>,
}

/// A step without and with the deal.
#[derive(Debug, Clone, Serialize, TS)]
pub struct DealStep {
    /// Without.
    pub before: Option<TraceStep>,
    /// With.
    pub after: Option<TraceStep>,
}

/// What does a year pay somebody?
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct GetExpectedEarnings {
    /// Who; none: oneself.
    pub person: Option<PersonId>,
    /// Year.
    pub year: i32,
    /// Language of the chart's labels and the landing's words.
    pub language: Lang,
}

/// What a year pays somebody, as far as that is known, and what is expected.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ExpectedEarnings {
    /// Who.
    pub person: PersonId,
    /// Name.
    pub name: String,
    /// Year.
    pub year: i32,
    /// As of which day open deals were looked at; none: no landing of this year.
    pub as_of: Option<NaiveDate>,
    /// The periods of the year, in order; one under two plans is there with each.
    pub periods: Vec<EarningsPeriod>,
    /// Sum of what is kept.
    pub kept: Money,
    /// Sum of what was calculated so far.
    pub so_far: Money,
    /// What is expected on top of that. `kept + so_far + expected` is the total.
    pub expected: Money,
    /// All together: of the periods of which something can be said.
    pub total: Money,
    /// Some period has no figure: the total is of the others.
    pub incomplete: bool,
    /// What was assumed, and what to know.
    pub notes: Vec<Message>,
}

/// A period of somebody's year.
#[derive(Debug, Clone, Serialize, TS)]
pub struct EarningsPeriod {
    /// The period.
    pub period: Period,
    /// It in words, with the plan's name where there are several of the same days.
    pub label: String,
    /// Code of the plan that pays it.
    pub plan: String,
    /// Its name, Chinese.
    pub plan_name_zh: String,
    /// Its name, English.
    pub plan_name_en: String,
    /// `kept` (of the newest run), `calculated` (as it stands, nothing more is to come), `expected` (as it
    /// stands, and what open and new deals are expected to bring), or `unknown`.
    pub state: String,
    /// What is kept, or calculated so far; none: unknown.
    pub so_far: Option<Money>,
    /// What is expected on top of it; none: nothing can be expected.
    pub expected: Option<Money>,
    /// Both together.
    pub total: Option<Money>,
    /// With the lower end of the landing; none without an interval.
    pub lower: Option<Money>,
    /// With the upper end of the landing.
    pub upper: Option<Money>,
    /// Sales that were reckoned with on top of what was won; none: none were.
    pub sales: Option<Money>,
    /// Something cannot be known.
    pub blocked: bool,
    /// Why it is so.
    pub notes: Vec<Message>,
}

/// What would other plans have cost?
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SimulateBonus {
    /// One or two documents (JSON or TOML) beside the plan in force; an empty text is that plan itself.
    pub plans: Vec<String>,
    /// First period: a year, quarter or month.
    pub from: Period,
    /// Last period.
    pub to: Period,
    /// What all of it may cost, in major units.
    pub budget: Option<String>,
}

/// A table of a comparison is copied.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct CopyWhatIf {
    /// First period.
    pub from: Period,
    /// Last period.
    pub to: Period,
}

/// What plans would have cost.
#[derive(Debug, Clone, Serialize, TS)]
pub struct WhatIf {
    /// Currency.
    pub currency: String,
    /// First day.
    pub from: NaiveDate,
    /// Day after the last.
    pub to: NaiveDate,
    /// The budget, major units.
    pub budget: Option<String>,
    /// What was sold, major units.
    pub sales: String,
    /// The plan in force, then the others.
    pub plans: Vec<WhatIfPlan>,
    /// By months.
    pub months: Vec<WhatIfMonth>,
    /// The others against the plan in force.
    pub comparisons: Vec<WhatIfComparison>,
    /// Those with the largest differences first; at most 2,000.
    pub people: Vec<WhatIfPerson>,
    /// All of them.
    pub people_count: u32,
    /// What to know.
    pub notes: Vec<Message>,
}

/// What a plan would have cost.
#[derive(Debug, Clone, Serialize, TS)]
pub struct WhatIfPlan {
    /// Code.
    pub code: String,
    /// Chinese name.
    pub name_zh: String,
    /// English name.
    pub name_en: String,
    /// `month`, `quarter`, `half` or `year`.
    pub kind: String,
    /// Total, major units.
    pub total: String,
    /// Total by sales, exact; none where nothing was sold.
    pub cost_of_sales: Option<String>,
    /// Budget less total, major units.
    pub budget_left: Option<String>,
    /// Statements above zero.
    pub paid: u32,
    /// Statements of which something cannot be known.
    pub blocked: u32,
    /// Statements.
    pub statements: u32,
    /// Its components, with tiers and curve.
    pub components: Vec<WhatIfComponent>,
}

/// A component over all periods.
#[derive(Debug, Clone, Serialize, TS)]
pub struct WhatIfComponent {
    /// Code.
    pub code: String,
    /// Chinese name.
    pub name_zh: String,
    /// English name.
    pub name_en: String,
    /// `attainment` or `amount`: what x is.
    pub by: String,
    /// Whether x is money, where it is an amount.
    pub money: bool,
    /// Statements by tiers; they sum to the plan's statements.
    pub tiers: Vec<WhatIfTier>,
    /// The curve it pays.
    pub curve: Vec<CurvePoint>,
    /// People on it, by statements; at most 1,000.
    pub points: Vec<WhatIfPoint>,
    /// All of them.
    pub point_count: u32,
    /// How payouts were made comparable with the curve: `target` (by target bonuses), `goal` (by goals) or
    /// `none` (as they are).
    pub scaled_by: String,
}

/// Statements in a tier.
#[derive(Debug, Clone, Serialize, TS)]
pub struct WhatIfTier {
    /// `tier`, `below`, `above`, `none` or `blocked`.
    pub place: String,
    /// Of a tier, its number, counted from 1.
    pub number: Option<u32>,
    /// Where a tier starts, as the plan writes it.
    pub from: Option<String>,
    /// Where it ends.
    pub to: Option<String>,
    /// Statements.
    pub statements: u32,
    /// People, each once.
    pub people: u32,
    /// What they are paid, major units.
    pub amount: String,
}

/// A statement on a curve.
#[derive(Debug, Clone, Serialize, TS)]
pub struct WhatIfPoint {
    /// Whose.
    pub name: String,
    /// Which period.
    pub period: Period,
    /// As the curve's x.
    pub x: String,
    /// On the curve's scale, major units.
    pub drawn: String,
    /// What it is paid, major units.
    pub payout: String,
}

/// What a month would have cost.
#[derive(Debug, Clone, Serialize, TS)]
pub struct WhatIfMonth {
    /// Month.
    pub month: Period,
    /// By plans, major units: of the periods that end in it.
    pub costs: Vec<String>,
    /// Sold, major units.
    pub sales: String,
    /// An even share of the budget, in the months in which something is due; major units.
    pub budget: Option<String>,
}

/// A plan against the one in force.
#[derive(Debug, Clone, Serialize, TS)]
pub struct WhatIfComparison {
    /// Place of the plan.
    pub plan: u32,
    /// Difference of the totals, major units.
    pub difference: String,
    /// People who get more.
    pub gain: u32,
    /// People who get less.
    pub lose: u32,
    /// People who get the same.
    pub same: u32,
    /// What the first get more, major units.
    pub gained: String,
    /// What the second get less, below zero.
    pub lost: String,
}

/// What a person would have got.
#[derive(Debug, Clone, Serialize, TS)]
pub struct WhatIfPerson {
    /// Who.
    pub person: PersonId,
    /// Name.
    pub name: String,
    /// Staff number.
    pub staff_number: Option<String>,
    /// Team on the last day.
    pub team: Option<String>,
    /// By plans, major units.
    pub totals: Vec<String>,
    /// Against the plan in force, by the other plans, major units.
    pub differences: Vec<String>,
    /// By plans, the periods with a statement.
    pub periods: Vec<Vec<WhatIfPay>>,
}

/// What a person would have got for a period.
#[derive(Debug, Clone, Serialize, TS)]
pub struct WhatIfPay {
    /// Period.
    pub period: Period,
    /// Payout, major units.
    pub payout: String,
    /// Something of it cannot be known.
    pub blocked: bool,
}
