//! Forecasts of metrics, and where the period under way will land.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use yeji_core::calendar::Period;
use yeji_core::ids::{OpportunityId, UnitId};
use yeji_report::chart::{Chart, Lang};

use super::Message;
use super::kpi::{Grain, MetricInfo};

/// Rows of a forecast or landing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ForecastBy {
    /// Units below.
    Team,
    /// People.
    Person,
}

/// A metric's forecast.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct GetForecast {
    /// Code of the metric: an amount or a count.
    pub metric: String,
    /// Weeks, months or quarters.
    pub grain: Grain,
    /// Periods ahead; left out: a quarter's weeks, half a year's months, four quarters.
    pub horizon: Option<u32>,
    /// Of this unit and below; none: all that one sees.
    pub unit: Option<UnitId>,
    /// Rows.
    pub by: Option<ForecastBy>,
    /// Language of titles and labels.
    pub language: Lang,
}

/// A forecast with what it was learned from.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ForecastView {
    /// The metric.
    pub metric: MetricInfo,
    /// Currency of amounts.
    pub currency: Option<String>,
    /// Whose.
    pub unit_name: String,
    /// Last day with a fact of the metric, not after today.
    pub data_up_to: Option<NaiveDate>,
    /// Periods that were learned from, oldest first.
    pub history: Vec<ForecastPoint>,
    /// The period under way, which was not.
    pub under_way: Option<ForecastPoint>,
    /// Of the whole.
    pub total: ForecastRow,
    /// Of its parts; their means sum to the whole where the metric adds up.
    pub rows: Vec<ForecastRow>,
    /// What is seen; none without a forecast.
    pub chart: Option<Chart>,
}

/// A period that is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ForecastPoint {
    /// Key of the period.
    pub period: String,
    /// It in words.
    pub label: String,
    /// Exact value in major units; none is not known.
    pub value: Option<String>,
    /// An outlier: what was learned from instead.
    pub expected: Option<String>,
    /// The level changed here for good.
    pub shift: bool,
}

/// A part's forecast, or why there is none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ForecastRow {
    /// Id of the unit or person; empty: what belongs to none, or the whole.
    pub key: String,
    /// In words.
    pub label: String,
    /// Of a person who has one.
    pub staff_number: Option<String>,
    /// How deep below the whole.
    pub depth: u32,
    /// The next periods, the one under way first.
    pub ahead: Vec<ForecastAhead>,
    /// `combination`, `intermittent`, `seasonal_naive`, `constant`.
    pub method: Option<String>,
    /// What to know about it.
    pub notes: Vec<Message>,
    /// Why there is none.
    pub refused: Option<Message>,
}

/// A period ahead, in major units.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ForecastAhead {
    /// Key of the period.
    pub period: String,
    /// It in words.
    pub label: String,
    /// Expected.
    pub mean: String,
    /// Below it 2.5 % of the outcomes are expected.
    pub lower: String,
    /// Above it 2.5 % of the outcomes are expected.
    pub upper: String,
}

/// Where a period will land.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct GetLanding {
    /// Month, quarter or year.
    pub grain: Grain,
    /// As it was known at the end of this day; none: today, or the last day with data.
    pub as_of: Option<NaiveDate>,
    /// Of this unit and below; none: all that one sees.
    pub unit: Option<UnitId>,
    /// Rows.
    pub by: Option<ForecastBy>,
    /// Language of labels.
    pub language: Lang,
}

/// A landing with what it is made of.
#[derive(Debug, Clone, Serialize, TS)]
pub struct LandingView {
    /// The period.
    pub period: Period,
    /// It in words.
    pub period_label: String,
    /// The last day that counts as known.
    pub as_of: NaiveDate,
    /// Working days passed, and of the period.
    pub working_days: (u32, u32),
    /// Currency.
    pub currency: String,
    /// Whose.
    pub unit_name: String,
    /// Of the whole; none where there is nothing to say it from.
    pub total: Option<LandingRow>,
    /// Of its parts; they sum to the whole, exactly.
    pub rows: Vec<LandingRow>,
    /// Open deals behind it, most expected first; at most 200.
    pub deals: Vec<LandingDealRow>,
    /// All open deals.
    pub deal_count: u32,
    /// What won deals brought by the list prices of their products, exact: each product's own ratio is drawn
    /// towards it. None where nothing was won yet: then a deal without an amount counts with the list price itself.
    pub list_share: Option<String>,
    /// What would have been said at this point of earlier periods, latest first.
    pub past: Vec<PastLanding>,
    /// Early warnings.
    pub warnings: Vec<Warning>,
    /// What to know about it.
    pub notes: Vec<Message>,
}

/// A landing in its parts, exact amounts in major units: `won + open + new` is `landing`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct LandingRow {
    /// Id of the unit or person; empty: what belongs to none, or the whole.
    pub key: String,
    /// In words.
    pub label: String,
    /// Of a person who has one.
    pub staff_number: Option<String>,
    /// How deep below the whole.
    pub depth: u32,
    /// Won so far.
    pub won: String,
    /// Expected of open deals.
    pub open: String,
    /// Expected of deals not opened yet.
    pub new: String,
    /// All together.
    pub landing: String,
    /// Below it 2.5 % of the outcomes are expected; none where nothing says how far off the landing may be.
    pub lower: Option<String>,
    /// Above it 2.5 % of the outcomes are expected; none with the lower end.
    pub upper: Option<String>,
    /// Open deals.
    pub open_deals: u32,
    /// Their amounts.
    pub open_amount: String,
    /// Goal of the period, where there is one.
    pub goal: Option<String>,
    /// Landing by goal, exact.
    pub attainment: Option<String>,
}

/// An open deal in a landing, and why it has its chance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct LandingDealRow {
    /// Id.
    pub id: OpportunityId,
    /// Identity in its source.
    pub external_id: String,
    /// Whose.
    pub owner: String,
    /// Customer.
    pub customer: Option<String>,
    /// Product.
    pub product: Option<String>,
    /// Code of its stage as it was known on the day; none where that was not recorded.
    pub stage: Option<String>,
    /// Days since it was opened.
    pub age: Option<u32>,
    /// The amount that it counts with.
    pub amount: String,
    /// Where that is from: `amount`, `list_price` (times [`list_times`](Self::list_times)) or `median` (of won
    /// deals).
    pub amount_from: String,
    /// What the list price was multiplied with, exact: `(won by list price + 5 x company) / (deals + 5)`. None where
    /// the amount is not from it.
    pub list_times: Option<String>,
    /// Won deals of the product that this was learned from.
    pub list_deals: Option<u32>,
    /// Chance that it is won within the period, exact.
    pub chance: String,
    /// Amount times chance, to the minor unit.
    pub expected: String,
    /// Chance by age and days left alone.
    pub by_age: String,
    /// Deals that were open at this age, and how many were won within as many days.
    pub same_age: (u32, u32),
    /// Closed deals that reached its stage, and how many were won; none where that is not recorded.
    pub same_stage: Option<(u32, u32)>,
    /// The owner's closed deals, and how many were won.
    pub owner_deals: (u32, u32),
    /// The owner's share won, drawn towards the company's.
    pub by_owner: String,
}

/// What would have been said at the same point of an earlier period, and what came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PastLanding {
    /// Key of the period.
    pub period: String,
    /// It in words.
    pub label: String,
    /// The day.
    pub as_of: NaiveDate,
    /// The landing.
    pub landing: String,
    /// Lower end of its interval.
    pub lower: String,
    /// Upper end.
    pub upper: String,
    /// What came.
    pub actual: String,
    /// Landing less actual by actual, exact; none where nothing came.
    pub off: Option<String>,
    /// Whether the interval held it.
    pub held: bool,
}

/// What was kept of a unit, and what came.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct GetKeptForecasts {
    /// Of this unit; none: the company, or the one unit that one leads.
    pub unit: Option<UnitId>,
    /// Language of labels.
    pub language: Lang,
}

/// Forecasts that were kept, beside what came.
#[derive(Debug, Clone, Serialize, TS)]
pub struct KeptForecasts {
    /// The day of the latest ones.
    pub last_kept: Option<NaiveDate>,
    /// Currency.
    pub currency: String,
    /// Periods that are over, latest first; at most 200.
    pub rows: Vec<KeptForecast>,
    /// Kept ones whose period is not over yet.
    pub waiting: u32,
    /// Of those that are over, how many intervals held what came.
    pub held: u32,
    /// Mean absolute error by what came, exact; none where nothing is over.
    pub mean_off: Option<String>,
}

/// A forecast that was kept, of a period that is over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct KeptForecast {
    /// The last day that was known.
    pub on: NaiveDate,
    /// `forecast` or `landing`.
    pub kind: String,
    /// Key of the period.
    pub period: String,
    /// It in words.
    pub label: String,
    /// Expected.
    pub mean: String,
    /// Lower end of its interval.
    pub lower: String,
    /// Upper end.
    pub upper: String,
    /// What came.
    pub actual: String,
    /// Expected less actual by actual, exact; none where nothing came.
    pub off: Option<String>,
    /// Whether the interval held it.
    pub held: bool,
}

/// An early warning, or that there is none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Warning {
    /// `pace`, `coverage`, `change`.
    pub kind: String,
    /// `ok`, `warn`, or `unknown` where it cannot be said.
    pub state: String,
    /// With its numbers.
    pub message: Message,
}
