//! What a reader of a forecast relies on.

use proptest::prelude::*;

use super::*;

fn of(values: &[f64], season: usize, horizon: usize) -> Forecast {
    forecast(values, season, horizon).unwrap()
}

/// A yearly pattern on a rising level, with a little that repeats nowhere.
fn seasonal(years: usize) -> Vec<f64> {
    let pattern = [
        60.0, 50.0, 110.0, 90.0, 95.0, 120.0, 85.0, 90.0, 115.0, 100.0, 105.0, 180.0,
    ];
    let month = |place: usize| {
        let wobble = f64::from(u32::try_from(place * 7919 % 13).unwrap()) - 6.0;
        pattern[place % 12] * (1.0 + 0.004 * real(place)) + wobble
    };
    (0..12 * years).map(month).collect()
}

#[test]
fn a_season_is_carried_on() {
    let values = seasonal(5);
    let next = of(&values, 12, 12);
    let truth = &seasonal(6)[60..];
    for (month, (mean, truth)) in next.mean.iter().zip(truth).enumerate() {
        let off = (mean - truth).abs() / truth;
        assert!(off < 0.12, "month {month}: {mean} for {truth}");
        assert!(
            next.lower95[month] < *truth && *truth < next.upper95[month],
            "month {month}"
        );
    }
    assert_eq!((next.method, next.notes), (Method::Combination, vec![]));
}

#[test]
fn the_interval_widens_and_holds_the_mean() {
    let next = of(&seasonal(4), 12, 18);
    let width = |step: usize| next.upper95[step] - next.lower95[step];
    assert!(
        (1..18).all(|step| width(step) >= width(step - 1) - 1e-9),
        "{next:?}"
    );
    assert!((0..18).all(|step| next.lower95[step] <= next.mean[step]));
}

#[test]
fn a_short_series_says_that_its_season_is_not_seen() {
    let next = of(&seasonal(2), 12, 6);
    assert!(
        next.notes
            .contains(&Note::ShortForSeason { have: 24, need: 36 }),
        "{next:?}"
    );
    let shorter = of(&[5.0, 7.0, 6.0, 9.0], 12, 3);
    assert!(
        shorter.notes.contains(&Note::FewOrigins { origins: 1 }),
        "{shorter:?}"
    );
    assert!(
        shorter.upper95[0] - shorter.lower95[0] > 1.0,
        "four values say little: {shorter:?}"
    );
}

#[test]
fn the_same_value_all_along_goes_on_without_width() {
    for value in [0.0, 12.5, -3.0] {
        let next = of(&[value; 20], 4, 3);
        assert_eq!(
            (next.lower95, next.upper95),
            (vec![value; 3], vec![value; 3])
        );
        assert_eq!(next.notes, [Note::Constant]);
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
fn a_pattern_without_any_error_is_repeated_by_the_floor() {
    let values: Vec<f64> = (0..40)
        .map(|place| [3.0, 9.0, 4.0, 0.5][place % 4])
        .collect();
    let next = of(&values, 4, 4);
    for (mean, truth) in next.mean.iter().zip([3.0, 9.0, 4.0, 0.5]) {
        assert!((mean - truth).abs() < 1e-6, "{next:?}");
    }
}

#[test]
fn what_cannot_be_answered_is_refused_with_the_place() {
    let code =
        |values: &[f64], season, horizon| forecast(values, season, horizon).unwrap_err().code();
    assert_eq!(code(&[], 1, 1), "forecast.not_enough");
    assert_eq!(code(&[1.0], 1, 1), "forecast.not_enough");
    assert_eq!(code(&[1.0; 9], 0, 1), "forecast.season");
    assert_eq!(code(&[1.0; 9], 1, 0), "forecast.horizon");
    assert_eq!(code(&[1.0; 9], 1, MAX_HORIZON + 1), "forecast.horizon");
    for value in [f64::NAN, f64::INFINITY, 1e300] {
        let refused = forecast(&[1.0, 2.0, value, 3.0], 1, 1);
        assert_eq!(refused, Err(Error::Unusable { place: 3 }));
    }
}

#[test]
fn one_refused_series_keeps_nobody_from_theirs() {
    let one = |id: &str, values: &[f64]| engine::Series {
        id: id.into(),
        values: values.into(),
        season: 1,
    };
    let input = engine::SeriesInput {
        series: vec![
            one("short", &[1.0]),
            one("long", &[3.0, 4.0, 5.0, 4.0, 3.0, 4.0]),
        ],
        horizon: 2,
    };
    let output = engine::series(&input).unwrap();
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
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// Whatever comes in, no figure goes out that is not a number, none below zero where nothing was,
    /// and the same values give the same forecast in any unit.
    #[test]
    fn every_series_has_a_finite_forecast(
        values in prop::collection::vec(prop_oneof![3 => 0.0..1e6_f64, 1 => Just(0.0), 1 => 1e6..1e9_f64], 4..60),
        season in prop::sample::select(vec![1_usize, 4, 12]),
        below in any::<bool>(),
    ) {
        let sign = if below { -1.0 } else { 1.0 };
        let values: Vec<f64> = values.iter().enumerate()
            .map(|(place, value)| if place % 3 == 0 { sign * value } else { *value }).collect();
        let next = of(&values, season, 6);
        for step in 0..6 {
            let (lower, mean, upper) = (next.lower95[step], next.mean[step], next.upper95[step]);
            prop_assert!(lower.is_finite() && mean.is_finite() && upper.is_finite(), "{next:?}");
            prop_assert!(lower <= mean && mean <= upper, "{next:?}");
            prop_assert!(below || lower >= 0.0, "{next:?}");
        }
        prop_assert_eq!(of(&values, season, 6), next);
    }
}
