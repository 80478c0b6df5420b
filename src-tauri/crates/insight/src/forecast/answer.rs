//! What is answered: the forecast, how it was made, and what to know about it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How a forecast was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// The mean of exponential smoothing, Theta and complex smoothing.
    Combination,
    /// Chance of any, times size: for series with many zeros, and those that ended.
    Intermittent,
    /// The value of one season ago (of one step ago without a season).
    SeasonalNaive,
    /// The one value that the series has.
    Constant,
}

/// What a reader of a forecast must know about it. Places count from 1.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", tag = "note")]
pub enum Note {
    /// Too short to tell a season from chance.
    ShortForSeason {
        /// Values given.
        have: usize,
        /// Values from which a season can be seen.
        need: usize,
    },
    /// So short that the interval rests on few earlier forecasts.
    ShortHistory {
        /// Earlier forecasts that the interval rests on.
        origins: usize,
        /// Earlier forecasts from which this is no longer said.
        need: usize,
        /// Half of the interval of the first period ahead, in the unit of the series.
        half_width: f64,
    },
    /// All values are the same; so is the forecast, and no earlier error gives it a width.
    Constant,
    /// Zeros before the first business were not learned from: the series begins later.
    Begins {
        /// Its first value.
        place: usize,
    },
    /// Periods without a value were filled from their neighbours.
    Gaps {
        /// How many.
        count: usize,
    },
    /// The last periods have no value: the forecast begins after the last known one.
    LastUnknown {
        /// How many.
        count: usize,
    },
    /// Single values far from their neighbours were not learned from; the interval counts them.
    Outliers {
        /// How many.
        count: usize,
    },
    /// The level changed for good; what was before it was brought to the new level.
    LevelShift {
        /// First value of the new level.
        place: usize,
    },
    /// Parts without a forecast: what the other parts leave of this one is theirs.
    PartsUnknown {
        /// How many.
        count: usize,
    },
    /// Nothing came for longer than ever, and longer than chance explains: the forecast fades.
    Fading {
        /// First of the periods without anything.
        place: usize,
    },
    /// Nothing came for so long that nothing is expected any more.
    Ended {
        /// First of the periods without anything.
        place: usize,
    },
    /// The seasonal naive forecast was nearer from earlier origins, and is used.
    Floor,
}

/// A forecast of the next periods, first to last.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Forecast {
    /// How it was made.
    pub method: Method,
    /// The expected values.
    pub mean: Vec<f64>,
    /// Below it 2.5 % of the outcomes are expected.
    pub lower95: Vec<f64>,
    /// Above it 2.5 % of the outcomes are expected.
    pub upper95: Vec<f64>,
    /// What to know about it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note>,
    /// How it was made, if asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub details: Option<Box<Details>>,
}

impl Forecast {
    /// Half of the interval of a period ahead, as it is before it is cut at zero.
    pub fn half_width(&self, step: usize) -> Option<f64> {
        let (mean, lower, upper) = (
            *self.mean.get(step)?,
            *self.lower95.get(step)?,
            *self.upper95.get(step)?,
        );
        Some((upper - mean).max(mean - lower))
    }

    /// Is nothing expected of it, because nothing ever came or it ended? Then it has no part in what others
    /// have too much or too little.
    pub fn is_over(&self) -> bool {
        let is_ended = |note: &Note| matches!(note, Note::Ended { .. });
        self.notes.iter().any(is_ended)
            || self.method == Method::Constant && self.mean.iter().all(|mean| *mean == 0.0)
    }
}

/// How a forecast was made. Places count from 1.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Details {
    /// The methods and their weights, which add up to 1.
    pub weights: Vec<Weight>,
    /// The season.
    pub season: SeasonUse,
    /// How the methods did from earlier origins; none for a constant series or one that ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origins: Option<Origins>,
    /// Where the interval comes from; nowhere for a constant series or one that ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interval: Option<IntervalSource>,
    /// Values that were not learned from.
    pub outliers: Vec<Outlier>,
    /// Changes of the level for good.
    pub shifts: Vec<Shift>,
    /// Periods without a value that were filled.
    pub gaps: Vec<usize>,
    /// Were values taken per working day?
    pub per_working_day: bool,
    /// Share by which one more day of the moving feast changes a period; none if not used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub per_festival_day: Option<f64>,
}

/// A method's part in a forecast.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Weight {
    /// Its name.
    pub method: String,
    /// Its weight.
    pub weight: f64,
}

/// The season that was given and whether it is in the forecast.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SeasonUse {
    /// Values until the pattern repeats, as given.
    pub length: usize,
    /// Is it in the forecast?
    pub used: bool,
}

/// Mean absolute errors from earlier origins of the series, averaged over the first 18 periods ahead.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Origins {
    /// Origins that were tried, with the parameters of the whole series.
    pub count: usize,
    /// Of the method.
    pub mean_absolute_error: f64,
    /// Of the seasonal naive forecast.
    pub seasonal_naive: f64,
}

/// Where an interval comes from.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct IntervalSource {
    /// Periods ahead whose width is measured from earlier errors at the same distance.
    pub measured: usize,
    /// Periods ahead whose width is carried on from them, as a random walk spreads.
    pub carried_on: usize,
    /// Errors on which the width of the first period ahead rests.
    pub errors: usize,
}

/// A value that was not learned from.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Outlier {
    /// Its place.
    pub place: usize,
    /// The value.
    pub value: f64,
    /// What its neighbours let expect, which was learned from instead.
    pub expected: f64,
}

/// A change of the level for good.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Shift {
    /// First value of the new level.
    pub place: usize,
    /// Mean before.
    pub before: f64,
    /// Mean after.
    pub after: f64,
}
