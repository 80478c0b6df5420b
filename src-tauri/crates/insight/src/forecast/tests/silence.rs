//! Who left, and what is no longer sold, does not come back by itself.

use proptest::prelude::*;

use super::super::reconcile::Reconcile;
use super::*;

/// Months of somebody who sold in each until the last `gone`.
fn gone(months: usize, gone: usize) -> Vec<f64> {
    let sold = seasonal(6).into_iter().take(months);
    sold.chain(std::iter::repeat_n(0.0, gone)).collect()
}

#[test]
fn who_left_is_not_forecast_to_come_back() {
    for months in [14, 24, 32, 51] {
        for zeros in [6, 8, 11, 20] {
            let next = of(&gone(months, zeros), 12, 18);
            assert_eq!(next.mean, [0.0; 18], "{months} months, {zeros} zeros");
            assert_eq!(next.lower95, [0.0; 18]);
            let place = months + 1;
            assert!(next.notes.contains(&Note::Ended { place }), "{next:?}");
        }
    }
    // It may come back; the longer it has not, the less.
    let upper = |zeros| of(&gone(24, zeros), 12, 1).upper95[0];
    assert!(
        upper(6) > upper(12) && upper(12) > upper(36),
        "{}",
        upper(6)
    );
    assert!(upper(36) > 0.0);
}

#[test]
fn who_has_sold_nothing_for_a_while_fades() {
    let next = |zeros| of(&gone(30, zeros), 12, 6);
    for zeros in 3..6 {
        let (before, now) = (next(zeros - 1), next(zeros));
        assert!(now.notes.contains(&Note::Fading { place: 31 }), "{now:?}");
        assert!(now.mean[5] < 0.36 * 100.0, "{zeros} zeros: {now:?}");
        assert_eq!(now.lower95, [0.0; 6], "nothing is what came lately");
        assert!(zeros == 3 || now.mean[0] < before.mean[0]);
    }
}

#[test]
fn months_that_are_always_without_business_are_no_end() {
    // Seven months a year without any, and the eighth comes.
    let month = |place: usize| {
        if place % 12 < 7 {
            0.0
        } else {
            90.0 + wobble(place)
        }
    };
    let values: Vec<f64> = (0..60 + 7).map(month).collect();
    let next = of(&values, 12, 5);
    assert!(next.mean.iter().all(|mean| *mean > 60.0), "{next:?}");
    // What comes once in a few periods is not gone after ten without any.
    let rare: Vec<f64> = (0..60)
        .map(|place| if place % 8 == 0 { 5.0 } else { 0.0 })
        .collect();
    let next = of(&[rare, vec![0.0; 3]].concat(), 1, 3);
    let is_silence = |note: &Note| matches!(note, Note::Ended { .. } | Note::Fading { .. });
    assert!(!next.notes.iter().any(is_silence), "{next:?}");
    assert_eq!(next.lower95, [0.0; 3]);
}

#[test]
fn who_left_takes_no_share_of_what_is_left_over() {
    let part = |id: &str, values: Vec<f64>| Series {
        id: id.into(),
        parent: (id != "team").then(|| "team".into()),
        ..Series::new(&values, 12)
    };
    let (here, left) = (seasonal(4), gone(36, 12));
    let total = here.iter().zip(&left).map(|(one, other)| one + other);
    let input = SeriesInput {
        series: vec![
            part("team", total.collect()),
            part("here", here.clone()),
            part("left", left),
            part("never", vec![0.0; 48]),
        ],
        horizon: 6,
        details: false,
        reconcile: Some(Reconcile::default()),
    };
    let made = batch::series(&input).unwrap().forecasts;
    let of = |at: usize| made[at].forecast.as_ref().unwrap();
    for gone in [2, 3] {
        assert_eq!(
            (&of(gone).mean, &of(gone).lower95),
            (&vec![0.0; 6], &vec![0.0; 6])
        );
    }
    assert_eq!(of(0).mean, of(1).mean);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    /// Whatever came before: after a long time without anything the interval begins at nothing, alone and as
    /// a part of a unit that goes on.
    #[test]
    fn after_a_long_time_without_anything_no_lower_bound_is_above_it(
        before in prop::collection::vec(0.0..1e6_f64, 1..40),
        zeros in 3..30_usize,
        other in prop::collection::vec(1e3..1e6_f64, 90),
        season in prop::sample::select(vec![1_usize, 4, 12]),
    ) {
        let values: Vec<f64> = before.iter().copied().chain(vec![0.0; zeros + before.len() / 3]).collect();
        let alone = of(&values, season, 4);
        prop_assert!(alone.lower95.iter().all(|lower| *lower <= 0.0), "{:?}", alone);
        let part = |id: &str, values: &[f64]| Series {
            id: id.into(),
            parent: (id != "unit").then(|| "unit".into()),
            ..Series::new(values, season)
        };
        let other = &other[..values.len()];
        let sum: Vec<f64> = values.iter().zip(other).map(|(one, other)| one + other).collect();
        let input = SeriesInput {
            series: vec![part("unit", &sum), part("silent", &values), part("other", other)],
            horizon: 4,
            details: false,
            reconcile: Some(Reconcile::default()),
        };
        let made = batch::series(&input).unwrap().forecasts;
        let silent = made[1].forecast.as_ref().unwrap();
        prop_assert!(silent.lower95.iter().all(|lower| *lower <= 0.0), "{:?}", silent);
    }
}
