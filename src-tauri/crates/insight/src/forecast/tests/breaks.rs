//! Gaps, outliers and level shifts are handled, and told.

use super::super::answer::Shift;
use super::super::number::real;
use super::*;

#[test]
fn gaps_are_filled_with_the_season_and_told() {
    let whole = seasonal(5);
    let mut series = Series::new(&whole, 12);
    for place in [13, 23, 24, 40] {
        series.values[place] = None;
    }
    let (next, plain) = (forecast(&series, 12).unwrap(), of(&whole, 12, 12));
    assert!(next.notes.contains(&Note::Gaps { count: 4 }), "{next:?}");
    assert_eq!(next.details.unwrap().gaps, [14, 24, 25, 41]);
    for (mean, plain) in next.mean.iter().zip(plain.mean) {
        assert!((mean - plain).abs() < 0.1 * plain, "{mean} for {plain}");
    }
}

#[test]
fn what_is_not_known_yet_is_forecast_over() {
    let mut series = Series::new(&seasonal(5), 12);
    let known = forecast(&Series::new(&seasonal(5)[..58], 12), 14).unwrap();
    series.values[58] = None;
    series.values[59] = None;
    let next = forecast(&series, 12).unwrap();
    assert_eq!(next.notes, [Note::LastUnknown { count: 2 }]);
    assert_eq!(next.mean, known.mean[2..]);
    series.values[0] = None;
    assert!(
        forecast(&series, 12).is_ok(),
        "a series begins at its first value"
    );
}

#[test]
fn a_series_of_mostly_gaps_is_refused() {
    let values = (0..40).map(|place| (place % 4 == 0).then_some(count(place)));
    let series = Series {
        values: values.collect(),
        ..Series::new(&[], 1)
    };
    let refused = forecast(&series, 1).unwrap_err();
    assert_eq!(
        (refused.code(), refused.need()),
        ("forecast.gaps", Some(19))
    );
    let none = Series {
        values: vec![None; 40],
        ..series
    };
    assert_eq!(
        forecast(&none, 1).unwrap_err().code(),
        "forecast.not_enough"
    );
}

/// Whatever its period and however short: what comes back in the same order is the way of the series.
#[test]
fn nothing_stands_out_of_a_perfectly_regular_series() {
    for season in [1, 4, 7, 12] {
        for period in 2..=12 {
            for count in 2 * period + 1..=4 * period {
                let regular = (0..count).map(|place| {
                    let high = if place % period == period - 1 {
                        25.0
                    } else {
                        0.0
                    };
                    100.0 + 2.0 * real(place) + high
                });
                let regular: Vec<f64> = regular.collect();
                let Ok(next) = forecast(&Series::new(&regular, season), 3) else {
                    continue;
                };
                let told = next.notes.iter();
                let mut told = told.filter(|note| matches!(note, Note::Outliers { .. }));
                assert_eq!(told.next(), None, "{regular:?} by {season}");
            }
        }
    }
}

/// The busiest month came again a moment ago: it is a habit already then.
#[test]
fn a_month_that_came_again_just_now_is_no_outlier() {
    let growing = (0..24).map(|place| {
        let busy = if place % 12 == 11 { 1.6 } else { 1.0 };
        (100.0 + 3.0 * real(place) + real(place % 3)) * busy
    });
    let growing: Vec<f64> = growing.collect();
    let next = forecast(&Series::new(&growing, 12), 3).unwrap();
    let is_told = next
        .notes
        .iter()
        .any(|note| matches!(note, Note::Outliers { .. }));
    assert!(!is_told, "{next:?}");
}

#[test]
fn one_enormous_order_moves_neither_season_nor_level() {
    let mut values = seasonal(5);
    let plain = of(&values, 12, 12);
    values[40] *= 12.0;
    let next = of(&values, 12, 12);
    assert!(
        next.notes.contains(&Note::Outliers { count: 1 }),
        "{next:?}"
    );
    let outlier = next.details.as_ref().unwrap().outliers[0];
    assert_eq!((outlier.place, outlier.value), (41, values[40]));
    assert!(
        (outlier.expected * 12.0 - values[40]).abs() < values[40] / 4.0,
        "{outlier:?}"
    );
    for (step, (mean, plain)) in next.mean.iter().zip(&plain.mean).enumerate() {
        assert!(
            (mean - plain).abs() < 0.1 * plain,
            "step {step}: {mean} for {plain}"
        );
    }
    let width = |forecast: &Forecast| forecast.upper95[0] - forecast.lower95[0];
    assert!(
        width(&next) > width(&plain),
        "what happened once may happen again"
    );
}

#[test]
fn what_comes_every_year_is_no_outlier() {
    let flat = |place: usize| 100.0 + wobble(place) + if place % 12 == 10 { 400.0 } else { 0.0 };
    let values: Vec<f64> = (0..60).map(flat).collect();
    let next = of(&values, 12, 12);
    assert_eq!(next.details.unwrap().outliers, []);
    assert!(next.mean[10] > 400.0, "the month of the fair");
}

#[test]
fn a_new_level_is_taken_at_once() {
    let level = |place: usize| if place < 30 { 100.0 } else { 180.0 } + wobble(place);
    let values: Vec<f64> = (0..44).map(level).collect();
    let next = of(&values, 1, 6);
    assert!(
        next.notes.contains(&Note::LevelShift { place: 31 }),
        "{next:?}"
    );
    let Shift { before, after, .. } = next.details.as_ref().unwrap().shifts[0];
    assert!(
        (before - 100.0).abs() < 3.0 && (after - 180.0).abs() < 3.0,
        "{next:?}"
    );
    for step in 0..6 {
        assert!((next.mean[step] - 180.0).abs() < 8.0, "{next:?}");
        assert!(next.upper95[step] - next.lower95[step] < 60.0, "{next:?}");
    }
}

#[test]
fn up_and_down_again_are_two_shifts() {
    let level = |place: usize| match place {
        0..20 => 100.0,
        20..34 => 180.0,
        _ => 60.0,
    };
    let values: Vec<f64> = (0..50).map(|place| level(place) + wobble(place)).collect();
    let next = of(&values, 1, 6);
    let places: Vec<usize> = next
        .details
        .unwrap()
        .shifts
        .iter()
        .map(|shift| shift.place)
        .collect();
    assert_eq!(places, [21, 35]);
    assert!(
        next.mean.iter().all(|mean| (mean - 60.0).abs() < 6.0),
        "{:?}",
        next.mean
    );
}

#[test]
fn a_wandering_level_has_no_shifts() {
    let mut level = 500.0;
    let mut wander = |place: usize| {
        level += 2.0 * wobble(place * place + 5 * place);
        level
    };
    let values: Vec<f64> = (0..80).map(&mut wander).collect();
    assert_eq!(of(&values, 1, 6).details.unwrap().shifts, []);
}

#[test]
fn a_steady_rise_is_no_shift_and_has_no_outliers() {
    let values: Vec<f64> = (0..48)
        .map(|place| 100.0 + 5.0 * count(place) + wobble(place) / 3.0)
        .collect();
    let details = of(&values, 12, 6).details.unwrap();
    assert_eq!((details.shifts, details.outliers), (vec![], vec![]));
}
