//! What a reader of a forecast relies on.

mod breaks;
mod calendar;
mod hostile;
mod reconcile;
mod silence;

use super::batch::{self, SeriesInput};
use super::series::MAX_HORIZON;
use super::*;

fn of(values: &[f64], season: usize, horizon: usize) -> Forecast {
    forecast(&Series::new(values, season), horizon).unwrap()
}

fn count(place: usize) -> f64 {
    f64::from(u32::try_from(place).unwrap())
}

/// What repeats nowhere, from -6 to 6.
fn wobble(place: usize) -> f64 {
    count(place * 7919 % 13) - 6.0
}

/// A yearly pattern on a rising level, with a little that repeats nowhere.
fn seasonal(years: usize) -> Vec<f64> {
    let pattern = [
        60.0, 50.0, 110.0, 90.0, 95.0, 120.0, 85.0, 90.0, 115.0, 100.0, 105.0, 180.0,
    ];
    let month = |place: usize| pattern[place % 12] * (1.0 + 0.004 * count(place)) + wobble(place);
    (0..12 * years).map(month).collect()
}

#[test]
fn a_season_is_carried_on() {
    let next = of(&seasonal(5), 12, 12);
    let truth = &seasonal(6)[60..];
    for (month, (mean, truth)) in next.mean.iter().zip(truth).enumerate() {
        let off = (mean - truth).abs() / truth;
        assert!(off < 0.12, "month {month}: {mean} for {truth}");
    }
    // One in twenty may lie outside.
    let inside = (0..12)
        .filter(|month| (next.lower95[*month]..next.upper95[*month]).contains(&truth[*month]));
    assert!(inside.count() >= 11, "{next:?} for {truth:?}");
    assert!(
        (0..12).all(|month| next.upper95[month] - next.lower95[month] < 40.0),
        "{next:?}"
    );
    assert_eq!((next.method, next.notes), (Method::Combination, vec![]));
    let details = next.details.unwrap();
    assert!(details.season.used, "{details:?}");
    let weights: f64 = details.weights.iter().map(|weight| weight.weight).sum();
    assert!((weights - 1.0).abs() < 1e-12, "{details:?}");
    let origins = details.origins.unwrap();
    assert!(
        origins.mean_absolute_error < origins.seasonal_naive,
        "{details:?}"
    );
}

#[test]
fn the_interval_widens_and_holds_the_mean() {
    let next = of(&seasonal(4), 12, 24);
    let width = |step: usize| next.upper95[step] - next.lower95[step];
    // A month whose values are larger spreads more: it is held against itself a year on.
    assert!(
        (12..24).all(|step| width(step) > width(step - 12)),
        "{next:?}"
    );
    assert!((0..24).all(|step| next.lower95[step] <= next.mean[step]));
    let flat: Vec<f64> = (0..40).map(|place| 100.0 + wobble(place)).collect();
    let next = of(&flat, 1, 18);
    let width = |step: usize| next.upper95[step] - next.lower95[step];
    assert!(
        (1..18).all(|step| width(step) >= width(step - 1) - 1e-9),
        "{next:?}"
    );
}

#[test]
fn a_short_series_says_so_and_how_wide_it_is() {
    let next = of(&seasonal(2), 12, 6);
    let said = Note::ShortForSeason { have: 24, need: 36 };
    assert!(next.notes.contains(&said), "{next:?}");
    let shorter = of(&[5.0, 7.0, 6.0, 9.0], 12, 3);
    let width = shorter.notes.iter().find_map(|note| match note {
        Note::ShortHistory {
            origins: 1,
            half_width,
            ..
        } => Some(*half_width),
        _ => None,
    });
    let width = width.unwrap();
    assert!(width > 2.0, "four values say little: {shorter:?}");
    assert!(
        (shorter.upper95[0] - shorter.mean[0] - width).abs() < 1e-9,
        "{shorter:?}"
    );
}

#[test]
fn the_same_value_all_along_goes_on_and_says_that_it_has_no_width() {
    for value in [0.0, 12.5, -3.0] {
        let next = of(&[value; 20], 4, 3);
        let all = vec![value; 3];
        assert_eq!(
            (&next.mean, &next.lower95, &next.upper95),
            (&all, &all, &all)
        );
        assert_eq!(
            (next.method, next.notes.as_slice()),
            (Method::Constant, &[Note::Constant][..])
        );
    }
}

#[test]
fn a_customer_who_stopped_buying_fades() {
    let buying = [
        0.0, 0.0, 5.0, 0.0, 0.0, 6.0, 0.0, 4.0, 0.0, 0.0, 5.0, 0.0, 0.0, 0.0, 6.0, 0.0, 5.0, 0.0,
    ];
    let stopped: Vec<f64> = buying.iter().copied().chain([0.0; 12]).collect();
    let (going_on, fading) = (of(&buying, 1, 1), of(&stopped, 1, 1));
    assert_eq!(going_on.method, Method::Intermittent);
    assert!(
        fading.mean[0] < going_on.mean[0] / 2.0,
        "{} after {}",
        fading.mean[0],
        going_on.mean[0]
    );
}

#[test]
fn who_has_just_begun_is_not_held_to_the_time_before() {
    let begun = |place: usize| {
        if place < 24 {
            0.0
        } else {
            50.0 + wobble(place) / 2.0
        }
    };
    let values: Vec<f64> = (0..40).map(begun).collect();
    let (next, alone) = (of(&values, 12, 6), of(&values[24..], 12, 6));
    assert!(next.notes.contains(&Note::Begins { place: 25 }), "{next:?}");
    assert_eq!((next.method, next.mean), (Method::Combination, alone.mean));
}

#[test]
fn business_of_half_the_year_is_a_season_and_no_chance() {
    let month = |place: usize| {
        if place % 12 < 6 {
            0.0
        } else {
            90.0 + 10.0 * count(place % 12) + wobble(place)
        }
    };
    let values: Vec<f64> = (0..60).map(month).collect();
    let next = of(&values, 12, 12);
    for (step, mean) in next.mean.iter().enumerate() {
        assert!(
            (mean - month(60 + step)).abs() < 15.0,
            "month {step}: {next:?}"
        );
    }
}

#[test]
fn a_season_of_weeks_is_seen_in_three_years() {
    let week = |place: usize| {
        let from_middle = (count(place % 52) - 26.0) / 26.0;
        150.0 - 90.0 * from_middle * from_middle + wobble(place)
    };
    let values: Vec<f64> = (0..156).map(week).collect();
    let next = of(&values, 52, 26);
    assert!(next.details.as_ref().unwrap().season.used, "{next:?}");
    for (step, mean) in next.mean.iter().enumerate() {
        assert!(
            (mean - week(156 + step)).abs() < 20.0,
            "week {step}: {next:?}"
        );
    }
}

#[test]
fn a_pattern_without_any_error_is_repeated_by_the_floor() {
    let pattern = [3.0, 9.0, 4.0, 0.5];
    let values: Vec<f64> = (0..40).map(|place| pattern[place % 4]).collect();
    let next = of(&values, 4, 4);
    for (mean, truth) in next.mean.iter().zip(pattern) {
        assert!((mean - truth).abs() < 1e-6, "{next:?}");
    }
}

#[test]
fn what_swings_below_zero_is_forecast_below_zero_unless_told_not_to() {
    let values: Vec<f64> = (0..40)
        .map(|place| [-9.0, 4.0, -3.0, 5.0][place % 4] + wobble(place) / 9.0)
        .collect();
    let mut series = Series::new(&values, 4);
    let next = forecast(&series, 4).unwrap();
    assert!(next.mean[0] < -7.0 && next.mean[3] > 3.0, "{next:?}");
    series.non_negative = Some(true);
    let next = forecast(&series, 4).unwrap();
    assert!(
        next.mean
            .iter()
            .chain(&next.lower95)
            .all(|value| *value >= 0.0),
        "{next:?}"
    );
    let falling: Vec<f64> = (0..30)
        .map(|place| 60.0 - 2.0 * count(place) + wobble(place) / 9.0)
        .collect();
    let mut series = Series::new(
        &falling
            .iter()
            .map(|value| value.max(0.5))
            .collect::<Vec<_>>(),
        1,
    );
    assert!(
        forecast(&series, 24)
            .unwrap()
            .lower95
            .iter()
            .all(|value| *value >= 0.0)
    );
    series.non_negative = Some(false);
    assert!(
        forecast(&series, 24).unwrap().lower95[23] < 0.0,
        "only where it is asked for"
    );
}

#[test]
fn what_cannot_be_answered_is_refused_with_the_place() {
    let code = |values: &[f64], season, horizon| {
        let refused = forecast(&Series::new(values, season), horizon).unwrap_err();
        (refused.code(), refused.need())
    };
    assert_eq!(code(&[], 1, 1), ("forecast.not_enough", Some(4)));
    assert_eq!(code(&[1.0], 1, 1), ("forecast.not_enough", Some(4)));
    assert_eq!(code(&[1.0; 9], 0, 1), ("forecast.season", None));
    assert_eq!(code(&[1.0; 9], 1, 0), ("forecast.horizon", None));
    assert_eq!(
        code(&[1.0; 9], 1, MAX_HORIZON + 1),
        ("forecast.horizon", None)
    );
    assert_eq!(code(&[1.0; 9], 1, usize::MAX), ("forecast.horizon", None));
    assert_eq!(code(&[1.0; 9], usize::MAX, 1), ("forecast.season", None));
    assert_eq!(
        code(&vec![1.0; 11_001], 1, 1),
        ("forecast.too_many_values", None)
    );
    for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1e300] {
        let refused = forecast(&Series::new(&[1.0, 2.0, value, 3.0], 1), 1);
        assert_eq!(refused, Err(Error::Unusable { place: 3 }));
    }
}

#[test]
fn one_refused_series_keeps_nobody_from_theirs() {
    let one = |id: &str, values: &[f64]| Series {
        id: id.into(),
        ..Series::new(values, 1)
    };
    let input = SeriesInput {
        series: vec![
            one("short", &[1.0]),
            one("long", &[3.0, 4.0, 5.0, 4.0, 3.0, 4.0]),
        ],
        horizon: 2,
        details: false,
        reconcile: None,
    };
    let output = batch::series(&input).unwrap();
    let told = |at: usize| {
        let forecast = &output.forecasts[at];
        (
            forecast.id.as_str(),
            forecast.forecast.is_some(),
            forecast.refused.is_some(),
        )
    };
    assert_eq!(
        (told(0), told(1)),
        (("short", false, true), ("long", true, false))
    );
    let refused = output.forecasts[0].refused.as_ref().unwrap();
    assert_eq!(
        (refused.code.as_str(), refused.need),
        ("forecast.not_enough", Some(4))
    );
}

#[test]
fn input_and_output_are_as_the_guide_says() {
    let input = serde_json::json!({
        "series": [
            { "id": "a", "values": [3, 4, null, 5, 4, 3, 4], "season": 1 },
            { "id": "b", "values": [] }
        ],
        "horizon": 2
    });
    let input: SeriesInput = serde_json::from_value(input).unwrap();
    let output = batch::series(&input).unwrap();
    let told = serde_json::to_value(&output).unwrap();
    let keys = |place: usize| -> Vec<String> {
        let one = told["forecasts"][place].as_object().unwrap();
        one.keys().cloned().collect()
    };
    assert_eq!(
        keys(0),
        ["id", "method", "mean", "lower95", "upper95", "notes"]
    );
    assert_eq!(keys(1), ["id", "refused"]);
    assert_eq!(told["forecasts"][0]["notes"][0]["note"], "short_history");
    assert_eq!(
        serde_json::from_value::<batch::SeriesOutput>(told).unwrap(),
        output
    );
}

#[test]
fn a_horizon_of_none_is_refused_once_not_for_each() {
    let input = SeriesInput {
        series: vec![Series::new(&[1.0; 9], 1); 3],
        horizon: 0,
        details: false,
        reconcile: None,
    };
    assert_eq!(
        batch::series(&input).unwrap_err().code(),
        "forecast.horizon"
    );
}

#[test]
fn thousands_come_back_in_their_order_as_each_alone() {
    let make = |place: usize| Series {
        id: place.to_string(),
        ..Series::new(&seasonal(3)[place % 7..], 12)
    };
    let input = SeriesInput {
        series: (0..100).map(make).collect(),
        horizon: 3,
        details: true,
        reconcile: None,
    };
    let output = batch::series(&input).unwrap();
    assert_eq!(output.forecasts.len(), 100);
    for (place, made) in output.forecasts.iter().enumerate() {
        assert_eq!(made.id, place.to_string());
        assert_eq!(
            made.forecast,
            Some(forecast(&input.series[place], 3).unwrap())
        );
    }
    let stopped = batch::series_with(&input, &|done, total| done < total / 2);
    assert_eq!(stopped, Err(Error::Cancelled));
}

#[test]
fn more_series_than_the_limit_are_refused_at_once() {
    let input = SeriesInput {
        series: vec![Series::default(); batch::MAX_SERIES + 1],
        horizon: 1,
        details: false,
        reconcile: None,
    };
    assert_eq!(
        batch::series(&input).unwrap_err().code(),
        "forecast.too_many_series"
    );
}

/// Two forecasts of one id could not be told apart; series without an id are told by their order.
#[test]
fn two_series_of_one_id_are_refused() {
    let of = |ids: [&str; 2]| SeriesInput {
        series: ids
            .map(|id| Series {
                id: id.to_owned(),
                ..Series::new(&seasonal(3), 12)
            })
            .into(),
        horizon: 2,
        details: false,
        reconcile: None,
    };
    let refused = batch::series(&of(["a", "a"])).unwrap_err();
    assert_eq!(refused.code(), "forecast.two_of_one_id");
    assert!(batch::series(&of(["a", "b"])).is_ok());
    assert!(batch::series(&of(["", ""])).is_ok());
}

#[test]
fn a_hundred_thousand_empty_series_are_answered_one_by_one() {
    let input = SeriesInput {
        series: vec![Series::new(&[], 12); batch::MAX_SERIES],
        horizon: 18,
        details: false,
        reconcile: None,
    };
    let output = batch::series(&input).unwrap();
    assert!(output.forecasts.iter().all(|one| one.refused.is_some()));
    let none = SeriesInput {
        series: vec![],
        ..input
    };
    assert_eq!(batch::series(&none).unwrap().forecasts, []);
}
