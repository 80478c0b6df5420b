//! The chart description: what is seen, in exact numbers, without colours or pixels.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use yeji_core::{Currency, Money, Ratio};

use crate::Result;

/// The language of everything that is drawn or written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
pub enum Lang {
    /// 简体中文.
    #[serde(rename = "zh-CN")]
    ZhCn,
    /// English.
    #[serde(rename = "en")]
    En,
}

impl Lang {
    /// The language tag, as in `zh-CN`.
    pub fn tag(self) -> &'static str {
        match self {
            Self::ZhCn => "zh-CN",
            Self::En => "en",
        }
    }

    /// The one of two texts that is in this language.
    pub(crate) fn pick<'a>(self, zh: &'a str, en: &'a str) -> &'a str {
        match self {
            Self::ZhCn => zh,
            Self::En => en,
        }
    }
}

/// How a chart is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ChartKind {
    /// Vertical bars over time or categories, from zero. Goal series are dashed marks across the
    /// bar, previous series a lighter bar beside it.
    Bar,
    /// Horizontal bars, one a row, in the order given: a ranking.
    HBar,
    /// Shares of a whole; one series without negative values (see [`Chart::shares`]).
    Pie,
    /// Horizontal bars of ratios against a dashed line at 100 %, which they may pass.
    Attainment,
    /// Lines over time: what happened, and what is expected within a band from lower to upper.
    Trend,
    /// Stages in order as horizontal bars; one actual series without negative values. Each stage
    /// says its share of the stage before (see [`Chart::steps`]).
    Funnel,
    /// A grid: categories are columns (weeks), each actual series is a row (a person). One hue, from
    /// light to dark. More rows than [`crate::MAX_HEAT_ROWS`] go by [`Chart::cut_rows`].
    HeatMap,
    /// A heat map whose rows are cohorts by age (`0`, `1`, .. months since opening): unknown values
    /// at the end of a row are ages that are still to come, and stay blank.
    Cohort,
    /// Bars from the largest down, and a line of what they come to together: an actual series, and a
    /// cumulative one in ratios on an axis of its own. [`Chart::pareto`] makes it of the actual one.
    Pareto,
    /// Counts in neighbouring bins, drawn without gaps; one actual series without negative values.
    Distribution,
    /// From one total to the next by steps: an actual series with the totals (first and last at
    /// least), a change series with the steps between them. It closes exactly.
    Waterfall,
}

/// What the values of a chart or table column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ValueUnit {
    /// Amounts in major units of a currency.
    Money {
        /// ISO 4217 code.
        currency: Currency,
    },
    /// A number of things.
    Count,
    /// A ratio: `1` is 100 %.
    Percent,
}

impl ValueUnit {
    /// The unit of amounts in `currency`.
    pub const fn money(currency: Currency) -> Self {
        Self::Money { currency }
    }
}

/// An exact number as it travels: a plain decimal in major units (`3086111.00`), a whole number,
/// or a ratio (`7/8`). What it counts is said by the [`ValueUnit`] beside it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(try_from = "RawValue", deny_unknown_fields)]
pub struct Value {
    /// The exact text.
    raw: String,
}

/// What is read before it is known to be a number.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawValue {
    raw: String,
}

impl TryFrom<RawValue> for Value {
    type Error = yeji_core::Error;

    fn try_from(value: RawValue) -> std::result::Result<Self, Self::Error> {
        Self::parse(&value.raw)
    }
}

impl Value {
    /// An amount.
    pub fn money(amount: Money) -> Self {
        Self {
            raw: amount.to_major(),
        }
    }

    /// A number of things.
    pub fn count(count: i64) -> Self {
        Self {
            raw: count.to_string(),
        }
    }

    /// A ratio; 1 is 100 %.
    pub fn ratio(ratio: Ratio) -> Self {
        Self {
            raw: ratio.to_string(),
        }
    }

    /// Reads a decimal or `n/d`; anything else is an error.
    pub fn parse(raw: &str) -> std::result::Result<Self, yeji_core::Error> {
        raw.parse::<Ratio>().map(|_| Self {
            raw: raw.to_owned(),
        })
    }

    /// The exact text, as it travels.
    pub fn raw(&self) -> &str {
        &self.raw
    }

    /// The exact number in major units (money), things (count) or as a ratio (percent).
    #[expect(
        clippy::missing_panics_doc,
        reason = "no constructor lets anything else in"
    )]
    pub fn exact(&self) -> Ratio {
        self.raw
            .parse()
            .expect("every constructor makes or checks a decimal or ratio")
    }

    /// The nearest double: for places on paper and for Excel, which stores nothing else.
    pub(crate) fn to_f64(&self) -> f64 {
        ratio_to_f64(self.exact())
    }
}

/// The nearest double of a ratio, for geometry only.
#[expect(
    clippy::cast_precision_loss,
    reason = "a pixel does not see the 16th digit"
)]
pub(crate) fn ratio_to_f64(ratio: Ratio) -> f64 {
    ratio.numerator() as f64 / ratio.denominator() as f64
}

/// One place on the category axis, one row of a ranking, one slice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Category {
    /// What the place stands for: a period key, an id, a type code. Opens the records behind it.
    pub key: String,
    /// What is written beside it.
    pub label: String,
}

/// What the values of a series are to the reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// What happened.
    Actual,
    /// What should happen: dashed grey.
    Goal,
    /// What happened in the comparison period: a lighter tint.
    Previous,
    /// What is expected.
    Forecast,
    /// The lower end of its interval; with the upper one a band.
    Lower,
    /// The upper end of its interval.
    Upper,
    /// What this place and all before it come to, as a ratio of the whole: of a Pareto chart.
    Cumulative,
    /// A difference from what came before: a step of a waterfall.
    Change,
}

/// One value a category.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Series {
    /// Stable key.
    pub key: String,
    /// What the legend and the sheet's header say.
    pub label: String,
    /// How it is drawn.
    pub role: Role,
    /// In the order of the categories. `None` is unknown, which is not zero.
    pub values: Vec<Option<Value>>,
}

/// One chart: what is seen, not how. The window, the pictures, the page and the sheet draw this.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Chart {
    /// Stable id, unique in a report; part of file names.
    pub id: String,
    /// How it is drawn.
    pub kind: ChartKind,
    /// Says what is seen: `Weekly sales, East region, Q2 2017`.
    pub title: String,
    /// A second, quieter line.
    pub subtitle: Option<String>,
    /// What the values are.
    pub unit: ValueUnit,
    /// Places, in the order shown.
    pub categories: Vec<Category>,
    /// Series, in the order drawn.
    pub series: Vec<Series>,
    /// Key of the place that is not over: its label says so, and is not left out where labels are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub under_way: Option<String>,
    /// Reservations, drawn under the chart: months without data and the like.
    pub note: Option<String>,
}

impl Chart {
    /// A chart of shares: a pie of at most [`crate::MAX_SLICES`] slices and "other", largest
    /// first; or, if a value is negative (refunds), the ranking that can show it.
    pub fn shares(mut self, lang: Lang) -> Result<Self> {
        let negative = |v: &Option<Value>| v.as_ref().is_some_and(|v| v.exact() < Ratio::ZERO);
        if self.series.iter().flat_map(|s| &s.values).any(negative) {
            self.kind = ChartKind::HBar;
            return Ok(self);
        }
        self.kind = ChartKind::Pie;
        crate::fold_slices(&mut self, lang)?;
        Ok(self)
    }

    /// Whether there is no known value, so that only the frame is drawn.
    pub fn is_empty(&self) -> bool {
        !self
            .series
            .iter()
            .flat_map(|series| &series.values)
            .any(Option::is_some)
    }
}

/// Width and height of a picture in pixels at scale 1 (96 a inch).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// Pixels from left to right.
    pub width: u32,
    /// Pixels from top to bottom.
    pub height: u32,
}

impl Size {
    /// Smallest side that still holds a title and a bar.
    pub const MIN_SIDE_PX: u32 = 160;
    /// Largest side after scaling: a picture of this size squared takes 400 MB.
    pub const MAX_SIDE_PX: u32 = 10_000;

    /// A size in pixels.
    pub const fn new(width: u32, height: u32) -> Self {
        Self { width, height }
    }
}
