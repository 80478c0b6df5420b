//! The KPI library: what each metric is, its values, and the records behind them.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;
use yeji_core::ids::UnitId;

use super::Message;
use super::performance::Days;

/// A text in both languages: own metrics have names that no file of words knows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct BothWords {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

/// A metric as it is defined.
#[derive(Debug, Clone, Serialize, TS)]
pub struct MetricInfo {
    /// The name in formulas and on the command line.
    pub code: String,
    /// Its name.
    pub name: BothWords,
    /// The formula over measures and other metrics.
    pub formula: String,
    /// `money`, `count`, `ratio`, `number`, `days` or `score`.
    pub unit: String,
    /// `higher`, `lower` or `neutral`: what is better.
    pub direction: String,
    /// Digits after the point; of the per cent, for a share.
    pub decimals: u8,
    /// What it says and what to know about it.
    pub definition: BothWords,
    /// Where the formula is from.
    pub source: BothWords,
    /// Whether it comes with the program.
    pub built_in: bool,
    /// The day by which all its facts count; none where it is made of several.
    pub event_date: Option<EventDateInfo>,
    /// The one that its definition names: an own metric may name one, and is then made of facts of that day alone.
    pub own_event_date: Option<String>,
    /// Whether values of parts and of periods add up to that of the whole.
    pub adds_up: bool,
    /// What it is made of in the end.
    pub measures: Vec<MeasureInfo>,
    /// Why it cannot be calculated (any more); none for metrics that can.
    pub problem: Option<Message>,
}

/// A day by which facts belong to periods.
#[derive(Debug, Clone, Serialize, TS)]
pub struct EventDateInfo {
    /// The code in definitions.
    pub code: String,
    /// What it is.
    pub words: BothWords,
}

/// A measure: a sum of facts.
#[derive(Debug, Clone, Serialize, TS)]
pub struct MeasureInfo {
    /// The name in formulas.
    pub code: String,
    /// What it is.
    pub words: BothWords,
    /// The day that puts a fact into a period.
    pub event_date: BothWords,
}

/// How a metric is split.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum MetricBy {
    /// People.
    Person,
    /// Teams where the results were made.
    Team,
    /// Regions of customers.
    Region,
    /// Segments of customers.
    Segment,
    /// Customer types.
    CustomerType,
    /// Products.
    Product,
    /// Sources that brought the facts.
    Source,
}

/// Periods of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Grain {
    /// ISO weeks.
    Week,
    /// Months.
    Month,
    /// Quarters.
    Quarter,
    /// Years.
    Year,
}

/// What a value is held against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Comparison {
    /// The goal of the same scope and period.
    Goal,
    /// The period before.
    LastPeriod,
    /// The same period a year before.
    LastYear,
}

/// Only what belongs to one part of a split.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PartFilter {
    /// Which split.
    pub by: MetricBy,
    /// The part's key: an id or a text; empty is "without".
    pub key: String,
}

/// A metric x split x periods x filter x comparison.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct GetMetric {
    /// Code of the metric.
    pub metric: String,
    /// Split by; none: not.
    pub by: Option<MetricBy>,
    /// A row for each period; none: the interval is one.
    pub grain: Option<Grain>,
    /// First day.
    pub from: NaiveDate,
    /// Day after the last.
    pub to: NaiveDate,
    /// Only this unit and below.
    pub unit: Option<UnitId>,
    /// Held against.
    pub compare: Option<Comparison>,
    /// Only of one part of another split.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub filter: Option<PartFilter>,
}

/// A metric's values.
#[derive(Debug, Clone, Serialize, TS)]
pub struct MetricTable {
    /// What it is.
    pub metric: MetricInfo,
    /// Currency of money values.
    pub currency: Option<String>,
    /// What its values are held against: against a goal the change is the attainment.
    pub compare: Option<Comparison>,
    /// By period, then largest first.
    pub rows: Vec<MetricRow>,
    /// Of the whole interval, from its own facts: never a sum or mean of the rows.
    pub total: MetricCell,
}

/// A row.
#[derive(Debug, Clone, Serialize, TS)]
pub struct MetricRow {
    /// Id or text of the part; empty is "without", and where it is not split.
    pub key: String,
    /// The part in words.
    pub label: String,
    /// Of a person who has one, to tell two of one name apart.
    pub staff_number: Option<String>,
    /// Key of the period, where the table has periods.
    pub period: Option<String>,
    /// It in words.
    pub period_label: Option<String>,
    /// Its value.
    pub cell: MetricCell,
}

/// A value with what it is made of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct MetricCell {
    /// Exact: an integer or a fraction; amounts in major units. None is "no value", never zero.
    pub value: Option<String>,
    /// Rounded to the metric's digits, a share in per cent.
    pub shown: Option<String>,
    /// Why there is no value.
    pub reason: Option<Message>,
    /// The measures in its formula that are known, exact.
    pub parts: BTreeMap<String, String>,
    /// What it is held against, rounded; none without comparison.
    pub compared: Option<String>,
    /// The same, exact.
    pub compared_value: Option<String>,
    /// Change against it, exact: `1/10` is +10 %; of a share the difference (`1/100` is one point); of a goal
    /// the share that is reached.
    pub change: Option<String>,
    /// It in words: `+10.0%`, of a share in points `+1.0 pp`, of a goal the share that is reached `85.0%`.
    pub change_shown: Option<String>,
    /// Why there is no comparison.
    pub compared_reason: Option<Message>,
    /// What opens; none where nothing is listed one by one.
    pub drill: Option<MetricDrill>,
}

/// Names the records behind a value. Whoever makes a number makes its drill too.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct MetricDrill {
    /// The metric.
    pub metric: String,
    /// How it is split, and the part; none: not.
    pub by: Option<MetricBy>,
    /// The part's key.
    pub key: String,
    /// On which days.
    pub days: Days,
    /// Of this unit and below.
    pub unit: Option<UnitId>,
    /// Several parts as one; `key` is not looked at then.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<Vec<String>>", optional)]
    pub keys: Vec<String>,
    /// Only of one part of another split.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub filter: Option<PartFilter>,
    /// Of deals by their opening: what was won before this day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub closed_before: Option<NaiveDate>,
    /// Only won deals of this size, `[from, to)` in minor units.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub sizes: Option<Sizes>,
}

/// Amounts in minor units, `[from, to)`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Sizes {
    /// The least.
    pub from: String,
    /// Less than this.
    pub to: String,
}

/// Records of one measure behind a value, a window at a time.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ListMetricRecords {
    /// What is behind which value.
    pub drill: MetricDrill,
    /// Of which measure of its formula.
    pub measure: String,
    /// Continue after this row.
    pub cursor: Option<String>,
}

/// The records.
#[derive(Debug, Clone, Serialize, TS)]
pub struct MetricRecords {
    /// The measure.
    pub measure: MeasureInfo,
    /// Its value: what all the rows add together, exact.
    pub value: Option<String>,
    /// A window of the rows, latest first.
    pub rows: Vec<MetricRecordRow>,
    /// Continue here.
    pub next_cursor: Option<String>,
}

/// A record behind a value.
#[derive(Debug, Clone, Serialize, TS)]
pub struct MetricRecordRow {
    /// Table: `opportunity`, `receipt` ...
    pub entity: String,
    /// Id.
    pub id: Uuid,
    /// Its source; none: one does not see the sources.
    pub source: Option<String>,
    /// Identity in the source.
    pub external_id: String,
    /// The day by which it counts.
    pub day: Option<NaiveDate>,
    /// Whose it is.
    pub person: Option<String>,
    /// Customer.
    pub customer: Option<String>,
    /// Product.
    pub product: Option<String>,
    /// What it adds to the measure, exact.
    pub value: String,
}

/// An own metric, as a document (TOML) of its definition.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SaveMetric {
    /// The document.
    pub document: String,
    /// In place of the document's: a code of an event date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub event_date: Option<String>,
}

/// An own metric as it is written in the window.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OwnMetric {
    /// The name in formulas and on the command line.
    pub code: String,
    /// The formula over measures and other metrics.
    pub formula: String,
    /// `money`, `count`, `ratio`, `number`, `days` or `score`.
    pub unit: String,
    /// `higher`, `lower` or `neutral`: what is better.
    pub direction: String,
    /// Digits after the point; of the per cent, for a share.
    pub decimals: u8,
    /// The day by which all its facts count; none: each measure's own.
    pub event_date: Option<String>,
    /// Its name.
    pub name: BothWords,
    /// What it says and what to know about it.
    pub definition: BothWords,
    /// Where the formula is from.
    pub source: BothWords,
}

/// An own metric to be checked or kept.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct KeepMetric {
    /// What it shall be.
    pub metric: OwnMetric,
    /// It is none of those that there are: a code that one has is refused.
    pub is_new: bool,
}

/// What is wrong with an own metric.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CheckedMetric {
    /// Field by field; none: it can be kept.
    pub problems: Vec<MetricProblem>,
    /// As it would be listed, if its formula can be calculated.
    pub metric: Option<MetricInfo>,
}

/// One thing that is wrong.
#[derive(Debug, Clone, Serialize, TS)]
pub struct MetricProblem {
    /// `code`, `formula`, `decimals`, `event_date`, `name`, `definition` or `source`.
    pub field: String,
    /// What.
    pub message: Message,
}

/// Names a metric.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct MetricArgs {
    /// Its code.
    pub code: String,
}
