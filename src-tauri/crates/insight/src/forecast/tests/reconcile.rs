//! Sums over the organisation agree, to the last minor unit.

use proptest::prelude::*;

use super::super::reconcile::{By, Reconcile};
use super::*;

const HORIZON: usize = 5;

fn part(id: &str, parent: Option<&str>, values: &[f64]) -> Series {
    Series {
        id: id.into(),
        parent: parent.map(Into::into),
        ..Series::new(values, 1)
    }
}

fn run(series: Vec<Series>, by: By, decimals: u8) -> Result<Vec<batch::SeriesForecast>> {
    let input = SeriesInput {
        series,
        horizon: HORIZON,
        details: false,
        reconcile: Some(Reconcile { by, decimals }),
    };
    Ok(batch::series(&input)?.forecasts)
}

fn mean(made: &batch::SeriesForecast) -> &[f64] {
    &made.forecast.as_ref().unwrap().mean
}

/// Constant series: forecasts that are known in advance.
fn constant(by: By, total: f64, a: f64, b: f64) -> Vec<f64> {
    let series = vec![
        part("total", None, &[total; 9]),
        part("a", Some("total"), &[a; 9]),
        part("b", Some("total"), &[b; 9]),
    ];
    let made = run(series, by, 2).unwrap();
    made.iter().map(|made| mean(made)[0]).collect()
}

#[test]
fn the_gap_between_a_unit_and_its_parts_is_shared_by_the_variances() {
    // Variances 2, 1, 1: least squares by hand.
    assert_eq!(
        constant(By::Structural, 120.0, 60.0, 40.0),
        [110.0, 65.0, 45.0]
    );
    assert_eq!(
        constant(By::BottomUp, 120.0, 60.0, 40.0),
        [100.0, 60.0, 40.0]
    );
    // Nothing varies: nobody's word counts more, the parts stay.
    assert_eq!(
        constant(By::Variance, 120.0, 60.0, 40.0),
        [100.0, 60.0, 40.0]
    );
}

#[test]
fn three_levels_are_what_the_papers_matrices_give() {
    // company 100 (variance 3) of team 50 (2; a 20, b 20) and c 40: S'W^-1 S b = S'W^-1 y solved by hand.
    let series = vec![
        part("a", Some("team"), &[20.0; 9]),
        part("company", None, &[100.0; 9]),
        part("b", Some("team"), &[20.0; 9]),
        part("c", Some("company"), &[40.0; 9]),
        part("team", Some("company"), &[50.0; 9]),
    ];
    let made = run(series, By::Structural, 6).unwrap();
    let next: Vec<f64> = made.iter().map(|made| mean(made)[0]).collect();
    let (a, c) = (next[0], next[3]);
    // The normal equations for a = b and c.
    let for_a = (100.0 - 2.0 * a - c) / 3.0 + (50.0 - 2.0 * a) / 2.0 + (20.0 - a);
    let for_c = (100.0 - 2.0 * a - c) / 3.0 + (40.0 - c);
    assert!(for_a.abs() < 1e-5 && for_c.abs() < 1e-5, "{next:?}");
    assert!(
        (next[4] - 2.0 * a).abs() < 2e-6 && (next[1] - 2.0 * a - c).abs() < 2e-6,
        "{next:?}"
    );
}

#[test]
fn a_part_without_a_forecast_leaves_the_total_as_it_is() {
    let series = vec![
        part("team", None, &[100.0; 9]),
        part("old", Some("team"), &[70.0; 9]),
        part("new", Some("team"), &[30.0]),
    ];
    let made = run(series, By::Structural, 0).unwrap();
    assert_eq!((mean(&made[0])[0], mean(&made[1])[0]), (100.0, 70.0));
    assert!(
        made[2].refused.is_some(),
        "no invented number for who has one month"
    );
    let notes = &made[0].forecast.as_ref().unwrap().notes;
    assert!(
        notes.contains(&Note::PartsUnknown { count: 1 }),
        "{notes:?}"
    );
}

#[test]
fn what_cannot_add_up_is_refused() {
    let code =
        |series: Vec<Series>, decimals| run(series, By::Structural, decimals).unwrap_err().code();
    let flat = |id: &str, parent: Option<&str>| part(id, parent, &[5.0; 9]);
    assert_eq!(
        code(vec![flat("a", None), flat("a", None)], 0),
        "forecast.two_of_one_id"
    );
    assert_eq!(code(vec![flat("a", Some("x"))], 0), "forecast.no_parent");
    assert_eq!(code(vec![flat("a", Some("a"))], 0), "forecast.circle");
    assert_eq!(
        code(
            vec![flat("r", None), flat("a", Some("b")), flat("b", Some("a"))],
            0
        ),
        "forecast.circle"
    );
    assert_eq!(code(vec![flat("a", None)], 7), "forecast.decimals");
    assert_eq!(
        code(vec![part("a", None, &[1e16; 9])], 0),
        "forecast.too_large"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    /// Any tree, any numbers: every unit is the sum of its parts, and nothing that may not be is below
    /// zero.
    #[test]
    fn sums_agree_to_the_last_unit(
        parents in prop::collection::vec(any::<prop::sample::Index>(), 1..14),
        values in prop::collection::vec(prop::collection::vec(0.0..1e5_f64, 12), 15),
        below in any::<bool>(),
        young in prop::option::of(1..14_usize),
        decimals in 0..3_u8,
        by in prop::sample::select(vec![By::BottomUp, By::Structural, By::Variance]),
    ) {
        let mut all = vec![part("0", None, &values[0])];
        for (place, parent) in (1..).zip(&parents) {
            let parent = parent.index(place).to_string();
            let sign = if below && place % 2 == 0 { -1.0 } else { 1.0 };
            let values: Vec<f64> = values[place].iter().map(|value| (value * sign).round()).collect();
            let known = if young == Some(place) { 1 } else { values.len() };
            all.push(part(&place.to_string(), Some(&parent), &values[..known]));
        }
        let made = run(all.clone(), by, decimals).unwrap();
        // The next periods do not depend on how many are asked for.
        let fewer = SeriesInput { series: all.clone(), horizon: 2, details: false, reconcile: Some(Reconcile { by, decimals }) };
        for (long, short) in made.iter().zip(batch::series(&fewer).unwrap().forecasts) {
            let begins = long.forecast.as_ref().map(|long| (&long.mean[..2], &long.lower95[..2], &long.upper95[..2]));
            let short = short.forecast.as_ref().map(|short| (&short.mean[..], &short.lower95[..], &short.upper95[..]));
            prop_assert_eq!(begins, short);
        }
        let scale = [1.0, 10.0, 100.0][usize::from(decimals)];
        for (unit, one) in all.iter().zip(&made) {
            let Some(forecast) = &one.forecast else { continue };
            for step in 0..HORIZON {
                let units = |made: &batch::SeriesForecast| made.forecast.as_ref().map(|forecast| (forecast.mean[step] * scale).round());
                let whole = units(one).unwrap();
                prop_assert!((whole / scale - forecast.mean[step]).abs() < 1e-15 * whole.abs().max(1.0));
                let parts = all.iter().zip(&made).filter(|(part, _)| part.parent.as_ref() == Some(&unit.id));
                let parts: Option<Vec<f64>> = parts.map(|(_, made)| units(made)).collect();
                // A unit with a part that has no forecast is not their sum.
                if let Some(parts) = parts.filter(|parts| !parts.is_empty()) {
                    prop_assert!((parts.iter().sum::<f64>() - whole).abs() < 0.5, "{:?} for {}", parts, whole);
                }
                let (lower, mean, upper) = (forecast.lower95[step], forecast.mean[step], forecast.upper95[step]);
                prop_assert!(lower <= mean && mean <= upper, "{:?}", forecast);
                let none_below = unit.values.iter().flatten().all(|value| *value >= 0.0);
                prop_assert!(!none_below || lower >= 0.0, "{:?}", forecast);
            }
        }
    }
}
