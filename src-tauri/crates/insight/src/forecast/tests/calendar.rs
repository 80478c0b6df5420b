//! Working days and feasts that move through the calendar.

use yeji_core::calendar::{Period, PeriodKind, WorkingDays, periods};

use super::*;

/// Working days of the months of five years: the long holiday lies in January or February.
fn days(months: usize) -> (Vec<f64>, Vec<f64>) {
    let early = |place: usize| (place / 12 * 5) % 7 < 3;
    let day = |place: usize| match (place % 12, early(place)) {
        (0, true) | (1, false) => 16.0,
        (1, true) => 20.0,
        (9, _) => 17.0,
        (month, _) => [
            22.0, 20.0, 22.0, 21.0, 20.0, 21.0, 23.0, 21.0, 22.0, 17.0, 21.0, 23.0,
        ][month],
    };
    let feast = |place: usize| match (place % 12, early(place)) {
        (0, true) | (1, false) => 14.0,
        (0, false) | (1, true) => 4.0,
        _ => 0.0,
    };
    (
        (0..months).map(day).collect(),
        (0..months).map(feast).collect(),
    )
}

fn off(next: &Forecast, truth: &[f64]) -> f64 {
    next.mean
        .iter()
        .zip(truth)
        .map(|(mean, truth)| (mean - truth).abs())
        .sum()
}

#[test]
fn values_per_working_day_forecast_a_moving_holiday_better() {
    let (days, _) = days(84);
    let sold: Vec<f64> = (0..84)
        .map(|place| days[place] * (40.0 + wobble(place) / 4.0))
        .collect();
    let plain = Series::new(&sold[..72], 12);
    let with = Series {
        calendar: days,
        ..plain.clone()
    };
    let (plain, with) = (forecast(&plain, 12).unwrap(), forecast(&with, 12).unwrap());
    assert!(with.details.as_ref().unwrap().per_working_day, "{with:?}");
    assert!(
        off(&with, &sold[72..]) < 0.7 * off(&plain, &sold[72..]),
        "{with:?} {plain:?}"
    );
}

#[test]
fn a_feast_that_moves_is_learned() {
    let (_, feast) = days(96);
    let sold: Vec<f64> = (0..96)
        .map(|place| (800.0 + 3.0 * wobble(place)) * (1.0 + 0.03 * feast[place]))
        .collect();
    let plain = Series::new(&sold[..84], 12);
    let with = Series {
        festival: feast,
        ..plain.clone()
    };
    let (plain, with) = (forecast(&plain, 12).unwrap(), forecast(&with, 12).unwrap());
    let learned = with.details.as_ref().unwrap().per_festival_day.unwrap();
    assert!((0.015..0.045).contains(&learned), "{learned}");
    assert!(
        off(&with, &sold[84..]) < off(&plain, &sold[84..]),
        "{with:?} {plain:?}"
    );
}

#[test]
fn a_calendar_without_days_is_not_believed() {
    let series = Series::new(&seasonal(3), 12);
    let plain = forecast(&series, 6).unwrap();
    for worked in [vec![], vec![7_usize], vec![7, 8, 9, 10, 40]] {
        let mut calendar = vec![0.0; 42];
        for place in &worked {
            calendar[*place] = 21.0;
        }
        let with = Series {
            calendar,
            ..series.clone()
        };
        let next = forecast(&with, 6).unwrap();
        assert_eq!(next.mean, plain.mean, "{worked:?}");
    }
}

#[test]
fn months_are_given_their_days_and_their_part_of_the_feast() {
    let from = "2024-01-01".parse().unwrap();
    let months = periods(PeriodKind::Month, from, "2027-01-01".parse().unwrap());
    let series = Series::new(&[9.0; 30], 12).with_calendar(&months, &WorkingDays::default());
    assert_eq!(series.calendar[..3], [23.0, 21.0, 21.0]);
    // 10 February 2024, 29 January 2025, 17 February 2026: a week before, two from it on.
    assert_eq!(series.festival[..2], [0.0, 21.0]);
    assert_eq!(series.festival[12..14], [10.0, 11.0]);
    assert_eq!(series.festival[24..26], [0.0, 19.0]);
    assert!(forecast(&series, 6).is_ok());
    let late: Vec<Period> = periods(
        PeriodKind::Month,
        "2098-01-01".parse().unwrap(),
        "2099-01-01".parse().unwrap(),
    );
    let series = Series::new(&[9.0; 8], 12).with_calendar(&late, &WorkingDays::default());
    assert!(series.festival.is_empty(), "no date that nobody knows");
    assert!(forecast(&series, 4).is_ok());
}

#[test]
fn a_calendar_that_explains_nothing_is_left_out() {
    let (days, feast) = days(72);
    let plain = Series::new(&seasonal(5), 12);
    let steady: Vec<f64> = (0..60).map(|place| 500.0 + wobble(place)).collect();
    let with = Series {
        calendar: days,
        festival: feast,
        ..Series::new(&steady, 12)
    };
    let next = forecast(&with, 12).unwrap();
    let details = next.details.as_ref().unwrap();
    assert_eq!(
        (details.per_working_day, details.per_festival_day),
        (false, None)
    );
    assert_eq!(
        next.mean,
        forecast(&Series::new(&steady, 12), 12).unwrap().mean
    );
    let short = Series {
        calendar: vec![20.0; 60],
        ..plain
    };
    let refused = forecast(&short, 12).unwrap_err();
    assert_eq!(refused, Error::Calendar { have: 60, need: 72 });
}

#[test]
fn a_period_without_a_working_day_is_no_value_and_gets_none() {
    let week = |place: usize| if place % 52 == 5 { 0.0 } else { 5.0 };
    let calendar: Vec<f64> = (0..164).map(week).collect();
    let sold: Vec<f64> = (0..156)
        .map(|place| week(place) * (20.0 + wobble(place)))
        .collect();
    let series = Series {
        calendar,
        ..Series::new(&sold, 1)
    };
    let next = forecast(&series, 8).unwrap();
    assert!(next.details.as_ref().unwrap().per_working_day, "{next:?}");
    assert_eq!(
        (next.mean[5], next.lower95[5], next.upper95[5]),
        (0.0, 0.0, 0.0)
    );
    assert!(next.mean[4] > 80.0, "{next:?}");
    let negative = Series {
        calendar: vec![-1.0; 164],
        ..series
    };
    assert_eq!(
        forecast(&negative, 8),
        Err(Error::CalendarDays { place: 1 })
    );
}
