//! What a reader must know about a forecast, as sentences: notes of the engine with periods in words, and why
//! there is none.

use yeji_core::calendar::Period;
use yeji_insight::Error;
use yeji_insight::forecast::{Method, Note};

use crate::api::Message;

/// A note; `period` names a place, `value` says an amount of minor units.
pub(in crate::performance) fn note(
    note: Note,
    period: impl Fn(usize) -> String,
    value: impl Fn(f64) -> String,
) -> Message {
    let count = |count: usize| ("count", count.to_string());
    match note {
        Note::ShortForSeason { have, need } => Message::new(
            "forecast_short_for_season",
            &[("have", have.to_string()), ("need", need.to_string())],
        ),
        Note::ShortHistory {
            origins,
            need,
            half_width,
        } => Message::new(
            "forecast_short_history",
            &[
                ("origins", origins.to_string()),
                ("need", need.to_string()),
                ("half_width", value(half_width)),
            ],
        ),
        Note::Constant => Message::new("forecast_constant", &[]),
        Note::Begins { place } => Message::new("forecast_begins", &[("period", period(place))]),
        Note::Gaps { count: gaps } => Message::new("forecast_gaps_filled", &[count(gaps)]),
        Note::LastUnknown { count: last } => Message::new("forecast_last_unknown", &[count(last)]),
        Note::Outliers { count: out } => Message::new("forecast_outliers", &[count(out)]),
        Note::LevelShift { place } => {
            Message::new("forecast_level_shift", &[("period", period(place))])
        }
        Note::PartsUnknown { count: parts } => {
            Message::new("forecast_parts_unknown", &[count(parts)])
        }
        Note::Fading { place } => Message::new("forecast_fading", &[("period", period(place))]),
        Note::Ended { place } => Message::new("forecast_ended", &[("period", period(place))]),
        Note::Floor => Message::new("forecast_floor", &[]),
    }
}

/// Why there is no forecast, with what would be needed.
pub(in crate::performance) fn refusal(error: &Error) -> Message {
    match error {
        Error::NotEnough { have, need } => Message::new(
            "forecast_needs_periods",
            &[("have", have.to_string()), ("need", need.to_string())],
        ),
        Error::Gaps { missing, of } => Message::new(
            "forecast_needs_values",
            &[
                ("missing", missing.to_string()),
                ("of", of.to_string()),
                ("need", of.div_ceil(2).to_string()),
            ],
        ),
        _ => Message::new("forecast_impossible", &[]),
    }
}

pub(in crate::performance) fn method(method: Method) -> &'static str {
    match method {
        Method::Combination => "combination",
        Method::Intermittent => "intermittent",
        Method::SeasonalNaive => "seasonal_naive",
        Method::Constant => "constant",
    }
}

/// The key of a place of a series, counted from 1.
pub(in crate::performance) fn place(periods: &[Period], place: usize) -> String {
    let period = place.checked_sub(1).and_then(|at| periods.get(at));
    period.map_or_else(String::new, Period::to_string)
}
