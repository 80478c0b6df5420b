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

/// A fixed sequence of noise around zero, about normal.
fn noise(seed: u64) -> impl FnMut() -> f64 {
    let mut state = seed;
    let mut uniform = move || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        f64::from(u32::try_from(state >> 33).unwrap()) / f64::from(1_u32 << 31)
    };
    move || (0..12).map(|_| uniform()).sum::<f64>() - 6.0
}

/// Six parts with levels, seasons and noise, of which a share is common to all; the first is their sum.
fn company(seed: u64, length: usize, common: f64) -> Vec<Vec<f64>> {
    let mut noise = noise(seed);
    let shared: Vec<f64> = (0..length).map(|_| noise()).collect();
    let mut parts: Vec<Vec<f64>> = Vec::new();
    for part in 0..6 {
        let (mut level, swing) = (100.0 + 40.0 * f64::from(part), 5.0 * noise());
        let at = |(place, shared): (usize, &f64)| {
            level += 2.0 * noise();
            let month = f64::from(u32::try_from(place % 12).unwrap());
            let season = swing * (month - 5.5);
            (level + season + 10.0 * (common * shared + (1.0 - common) * noise())).max(0.0)
        };
        parts.push(shared.iter().enumerate().map(at).collect());
    }
    let sum = |place: usize| parts.iter().map(|part| part[place]).sum();
    let whole = (0..length).map(sum).collect();
    parts.insert(0, whole);
    parts
}

/// The widths of a company and of its parts come from errors of the same kind: it cannot miss by more than all of
/// them do together. And taken back to that it still holds what comes as often as it says.
#[test]
fn a_company_is_not_less_certain_than_its_parts_together() {
    let (known, companies) = (48, 120);
    let (mut narrowed, mut held, mut held_before, mut points) = (0, 0, 0, 0);
    for seed in 0..companies {
        let common = [0.0, 0.5, 1.0][usize::try_from(seed % 3).unwrap()];
        let all = company(seed, known + HORIZON, common);
        let series = all.iter().enumerate().map(|(place, values)| Series {
            id: place.to_string(),
            parent: (place > 0).then(|| "0".to_owned()),
            ..Series::new(&values[..known], 12)
        });
        let series: Vec<Series> = series.collect();
        let alone = forecast(&series[0], HORIZON).unwrap();
        let made = run(series, By::Structural, 2).unwrap();
        let made: Vec<&Forecast> = made
            .iter()
            .filter_map(|one| one.forecast.as_ref())
            .collect();
        for step in 0..HORIZON {
            let sum = |of: fn(&Forecast) -> &Vec<f64>| -> f64 {
                made[1..].iter().map(|part| of(part)[step]).sum()
            };
            let (lower, upper) = (made[0].lower95[step], made[0].upper95[step]);
            let ends = (sum(|part| &part.lower95), sum(|part| &part.upper95));
            assert!(lower > ends.0 - 0.005 && upper < ends.1 + 0.005, "{seed}");
            let came = all[0][known + step];
            let half = alone.half_width(step).unwrap();
            narrowed += i32::from(upper - made[0].mean[step] < half - 0.02);
            held += i32::from(lower <= came && came <= upper);
            held_before += i32::from((came - made[0].mean[step]).abs() <= half);
            points += 1;
        }
    }
    eprintln!("narrowed {narrowed}, held {held}, before {held_before}, of {points}");
    assert!(narrowed > 0, "otherwise this says nothing");
    assert!(held * 100 >= points * 92, "{held} of {points}");
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
                    let ends = all.iter().zip(&made).filter(|(part, _)| part.parent.as_ref() == Some(&unit.id));
                    let ends: Vec<_> = ends.filter_map(|(_, made)| made.forecast.as_ref()).collect();
                    let lowest: f64 = ends.iter().map(|part| part.lower95[step]).sum();
                    let highest: f64 = ends.iter().map(|part| part.upper95[step]).sum();
                    prop_assert!(forecast.lower95[step] > lowest - 0.5 / scale, "{} below {}", forecast.lower95[step], lowest);
                    prop_assert!(forecast.upper95[step] < highest + 0.5 / scale, "{} above {}", forecast.upper95[step], highest);
                }
                let (lower, mean, upper) = (forecast.lower95[step], forecast.mean[step], forecast.upper95[step]);
                prop_assert!(lower <= mean && mean <= upper, "{:?}", forecast);
                let none_below = unit.values.iter().flatten().all(|value| *value >= 0.0);
                prop_assert!(!none_below || lower >= 0.0, "{:?}", forecast);
            }
        }
    }
}
