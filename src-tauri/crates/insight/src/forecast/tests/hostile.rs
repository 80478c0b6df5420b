//! Whatever comes in: no figure goes out that is not a number, and nothing panics.

use proptest::prelude::*;

use super::*;

/// Values as data has them, and as only an attacker or a bug has them.
fn value() -> impl Strategy<Value = Option<f64>> {
    prop_oneof![
        8 => (0.0..1e6_f64).prop_map(Some),
        3 => Just(Some(0.0)),
        2 => (-1e6..0.0_f64).prop_map(Some),
        1 => Just(None),
        1 => prop::sample::select(vec![
            1e100, -1e100, 1e-100, -1e-100, 5e-324, f64::MIN_POSITIVE, -0.0, 1.0, 1e15, 1e-15,
        ]).prop_map(Some),
    ]
}

fn series() -> impl Strategy<Value = Series> {
    let season = prop::sample::select(vec![1_usize, 2, 3, 4, 7, 12, 52, 366]);
    let values = prop_oneof![
        prop::collection::vec(value(), 0..70),
        // One value among many of another.
        (value(), value(), 4..60_usize, 0..60_usize).prop_map(|(most, one, count, at)| {
            let mut values = vec![most; count];
            values[at % count] = one;
            values
        }),
        // Small whole numbers, many of them the same.
        prop::collection::vec((0..4_u8).prop_map(|value| Some(f64::from(value))), 4..70),
    ];
    (values, season, any::<bool>(), any::<u64>()).prop_map(|(values, season, effects, seed)| {
        let days = |place: usize, most: u64| {
            let mixed = (seed ^ place as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40;
            count(usize::try_from(mixed % most).unwrap())
        };
        let periods = if effects { values.len() + HORIZON } else { 0 };
        Series {
            calendar: (0..periods).map(|place| days(place, 24)).collect(),
            festival: (0..periods).map(|place| days(place, 5)).collect(),
            values,
            season,
            ..Series::default()
        }
    })
}

const HORIZON: usize = 7;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn every_series_has_finite_figures_or_a_reason(series in series()) {
        match forecast(&series, HORIZON) {
            Err(refused) => prop_assert!(refused.need().is_some(), "{refused}"),
            Ok(next) => {
                prop_assert_eq!(next.mean.len(), HORIZON);
                let none_below = series.known().all(|value| value >= 0.0);
                for step in 0..HORIZON {
                    let (lower, mean, upper) = (next.lower95[step], next.mean[step], next.upper95[step]);
                    prop_assert!(lower.is_finite() && mean.is_finite() && upper.is_finite(), "{:?}", next);
                    prop_assert!(lower <= mean && mean <= upper, "{:?}", next);
                    prop_assert!(!none_below || lower >= 0.0, "{:?}", next);
                }
                let details = next.details.clone().unwrap();
                let weights: f64 = details.weights.iter().map(|weight| weight.weight).sum();
                prop_assert!((weights - 1.0).abs() < 1e-12);
                prop_assert_eq!(forecast(&series, HORIZON).unwrap(), next);
            }
        }
    }

    /// The next period's forecast does not depend on how many more are asked for.
    #[test]
    fn a_longer_forecast_begins_with_the_shorter_one(series in series(), less in 1..HORIZON) {
        let Ok(long) = forecast(&series, HORIZON) else { return Ok(()) };
        let cut = |days: &[f64]| days[..days.len().saturating_sub(HORIZON - less)].to_vec();
        let asked_less = Series { calendar: cut(&series.calendar), festival: cut(&series.festival), ..series };
        let short = forecast(&asked_less, less).unwrap();
        prop_assert_eq!(&long.mean[..less], &short.mean[..]);
        prop_assert_eq!(&long.lower95[..less], &short.lower95[..]);
        prop_assert_eq!(&long.upper95[..less], &short.upper95[..]);
        prop_assert_eq!((long.method, long.notes), (short.method, short.notes));
    }

    /// Amounts in fen or in units of 2^20 fen: the same forecast to the last bit.
    #[test]
    fn the_unit_changes_nothing(values in prop::collection::vec(0.0..1e6_f64, 4..60), season in prop::sample::select(vec![1_usize, 4, 12])) {
        let large: Vec<f64> = values.iter().map(|value| value * 1_048_576.0).collect();
        let (small, large) = (of(&values, season, 4), of(&large, season, 4));
        let scaled: Vec<f64> = small.upper95.iter().map(|value| value * 1_048_576.0).collect();
        prop_assert_eq!(scaled, large.upper95);
    }
}

/// The same bits on every platform: this sum of all bits of a few forecasts was taken on x86-64 Linux.
#[test]
fn the_bits_are_the_same_everywhere() {
    let noisy = |place: usize| 50.0 + 9.0 * wobble(place * place + 3) / (1.0 + count(place % 5));
    let inputs = [
        (seasonal(5), 12),
        ((0..44).map(noisy).collect(), 4),
        (
            (0..30).map(|place| count(place % 7 / 5 * place)).collect(),
            1,
        ),
    ];
    let mut sum = 0_u64;
    for (values, season) in inputs {
        let next = of(&values, season, 18);
        for value in next.mean.iter().chain(&next.lower95).chain(&next.upper95) {
            sum = sum.rotate_left(7) ^ value.to_bits();
        }
    }
    assert_eq!(format!("{sum:016x}"), "e82269d6b1659b77");
}
