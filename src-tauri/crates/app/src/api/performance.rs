//! Dashboards, KPI tables and the records behind every number.

use chrono::NaiveDate;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use yeji_core::Money;
use yeji_core::calendar::Period;
use yeji_core::ids::{CustomerId, OpportunityId, PersonId, UnitId};
use yeji_core::metric::Metric;
use yeji_report::chart::{Chart, Lang};

use super::{Message, Scope};

/// Which dashboard, in which language its titles and labels are.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct GetDashboard {
    /// Unit and period.
    pub scope: Scope,
    /// `zh-CN` or `en`.
    pub language: Lang,
}

/// The dashboard of a unit and period.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Dashboard {
    /// The scope in words: unit name and period key.
    pub unit_name: String,
    /// Period.
    pub period: Period,
    /// At most five key figures.
    pub tiles: Vec<Tile>,
    /// `weekly_sales` (bar), `customer_types` (pie), `team_attainment` (attainment).
    pub charts: Vec<Chart>,
    /// What the marks of the charts open: by the chart's id, then by the category's key.
    pub marks: BTreeMap<String, BTreeMap<String, Drill>>,
    /// People in order of won amount; ties share a rank.
    pub leaderboard: Vec<LeaderboardRow>,
    /// What to know about the figures (months without data, no goal set, ...).
    pub notes: Vec<Message>,
    /// Latest event date in the store.
    pub data_up_to: Option<NaiveDate>,
}

/// A key figure.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Tile {
    /// `won_amount`, `attainment`, `won_count`, `win_rate`, `average_deal`.
    pub code: String,
    /// The value; None is "no value" (shown as a dash), never zero.
    pub value: Option<TileValue>,
    /// The comparison period's value.
    pub previous: Option<TileValue>,
    /// Change against it as an exact ratio (`1/10` is +10 %); None without comparison. Of a share
    /// (`unit` of the value is percent) it is the difference: `1/100` is one percentage point.
    pub change: Option<String>,
    /// Key of the comparison period.
    pub compared_with: Option<String>,
    /// Attainment as an exact ratio, where a goal exists.
    pub attainment: Option<String>,
    /// The goal, where one exists.
    pub goal: Option<Money>,
    /// Values of the last parts (weeks or months) for the sparkline, oldest first; None is unknown.
    pub sparkline: Vec<Option<String>>,
    /// What opens.
    pub drill: Drill,
}

/// A figure with its unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case", tag = "unit", content = "value")]
pub enum TileValue {
    /// An amount.
    Money(Money),
    /// A number of things, as text.
    Count(String),
    /// An exact ratio, as text.
    Percent(String),
}

/// A place on the leaderboard.
#[derive(Debug, Clone, Serialize, TS)]
pub struct LeaderboardRow {
    /// 1, 1, 3.
    pub rank: u32,
    /// Who.
    pub person: PersonId,
    /// Name.
    pub name: String,
    /// Staff number, to tell two of one name apart.
    pub staff_number: Option<String>,
    /// Team in the period.
    pub team: String,
    /// Won amount; None: one sees the place alone.
    pub won_amount: Option<Money>,
    /// Won deals; None: one sees the place alone.
    #[ts(type = "number | null")]
    pub won_count: Option<i64>,
    /// Goal of the period; None: carries none.
    pub goal: Option<Money>,
    /// Exact ratio.
    pub attainment: Option<String>,
    /// What opens; None: one does not see this person's deals.
    pub drill: Option<Drill>,
}

/// A half-open range of days, `[from, to)`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Days {
    /// First day.
    pub from: NaiveDate,
    /// Day after the last.
    pub to: NaiveDate,
}

/// Names a set of records: what stands behind a number. Whoever makes a number makes its drill too;
/// the window gives it back as it got it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Drill {
    /// `won_amount`, `attainment`, `won_count`, `lost_count`, `win_rate`, `average_deal`.
    pub figure: String,
    /// Of this unit and all below it; None is the whole company.
    pub unit: Option<UnitId>,
    /// Only what was made in the unit itself, not below it; without a unit, by people of no unit.
    pub directly: bool,
    /// On which days.
    pub days: Days,
    /// Only this person's.
    pub person: Option<PersonId>,
    /// Only these customer types (`""` is "without type"); none named: all.
    pub customer_types: Vec<String>,
    /// Only this customer's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub customer: Option<CustomerId>,
    /// Continue after this row.
    pub cursor: Option<String>,
}

/// The records behind a number.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Records {
    /// Code of the figure; the UI has its written definition.
    pub figure: String,
    /// Its value.
    pub value: Option<TileValue>,
    /// The formula with values filled in: `won 1,234.00 / goal 2,000.00`.
    pub formula: Option<Message>,
    /// A window of the rows.
    pub rows: Vec<RecordRow>,
    /// Continue here.
    pub next_cursor: Option<String>,
    /// All rows.
    #[ts(type = "number")]
    pub total: u64,
    /// Sum over all rows (not only the window).
    pub sum: Money,
}

/// A deal.
#[derive(Debug, Clone, Serialize, TS)]
pub struct RecordRow {
    /// Id.
    pub id: OpportunityId,
    /// Identity in its source.
    pub external_id: String,
    /// Customer.
    pub customer: Option<String>,
    /// Customer type.
    pub customer_type: Option<String>,
    /// Product.
    pub product: Option<String>,
    /// Owner.
    pub owner: String,
    /// Team at the event date.
    pub team: Option<String>,
    /// Stage code.
    pub stage: String,
    /// Opened.
    pub opened_on: Option<NaiveDate>,
    /// Closed.
    pub closed_on: Option<NaiveDate>,
    /// Amount; None: not known (open).
    pub amount: Option<Money>,
}

/// How `yeji kpi` and the explorer split a metric.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Split {
    /// Whole ISO weeks.
    Week,
    /// Months.
    Month,
    /// Quarters.
    Quarter,
    /// People.
    Person,
    /// Teams at the event date.
    Team,
    /// Customer types.
    CustomerType,
}

/// A KPI table.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct GetKpi {
    /// Which figure.
    pub metric: Metric,
    /// Split by.
    pub by: Split,
    /// First day.
    pub from: NaiveDate,
    /// Day after the last.
    pub to: NaiveDate,
    /// Only this unit and below.
    pub unit: Option<UnitId>,
}

/// Rows of a KPI table.
#[derive(Debug, Clone, Serialize, TS)]
pub struct KpiTable {
    /// Figure.
    pub metric: Metric,
    /// Currency of money values.
    pub currency: Option<String>,
    /// Rows; periods without any data are left out (unknown, not zero).
    pub rows: Vec<KpiRow>,
    /// Their sum.
    pub total: String,
}

/// A row.
#[derive(Debug, Clone, Serialize, TS)]
pub struct KpiRow {
    /// Period key, id, or customer type; empty is "without".
    pub key: String,
    /// For people.
    pub label: String,
    /// Of a person who has one, to tell two of one name apart.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub staff_number: Option<String>,
    /// Plain decimal in major units, or a count.
    pub value: String,
    /// What opens.
    pub drill: Drill,
}

impl Days {
    /// The days that both have; none where they do not meet.
    pub fn within(self, other: impl Into<Self>) -> Option<Self> {
        let other = other.into();
        let both = Self {
            from: self.from.max(other.from),
            to: self.to.min(other.to),
        };
        (both.from < both.to).then_some(both)
    }
}

impl From<Period> for Days {
    fn from(period: Period) -> Self {
        Self {
            from: period.start(),
            to: period.end(),
        }
    }
}

impl Drill {
    /// Everything of a unit (None: of the company) on some days.
    pub fn new(figure: &str, unit: Option<UnitId>, days: impl Into<Days>) -> Self {
        Self {
            figure: figure.to_owned(),
            unit,
            directly: false,
            days: days.into(),
            person: None,
            customer_types: Vec::new(),
            customer: None,
            cursor: None,
        }
    }
}

/// Which customers' purchases so far.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ListCustomerValues {
    /// Of deals made in this unit and below; None is the whole company.
    pub unit: Option<UnitId>,
    /// Of deals closed before this day; None is up to today.
    pub before: Option<NaiveDate>,
    /// Continue after this row.
    pub cursor: Option<String>,
}

/// Customers by what they bought so far.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CustomerValues {
    /// The day after the last that counts.
    pub before: NaiveDate,
    /// A window of them, largest first.
    pub rows: Vec<CustomerValueRow>,
    /// What continues after the last row; None: there are no more.
    pub next_cursor: Option<String>,
}

/// What a customer bought so far.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CustomerValueRow {
    /// Who.
    pub customer: CustomerId,
    /// Name.
    pub name: String,
    /// The amounts of its won deals.
    pub won_amount: Money,
    /// Its won deals.
    #[ts(type = "number")]
    pub won_count: i64,
    /// What opens: its won deals.
    pub drill: Drill,
}
