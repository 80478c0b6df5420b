//! When business happens: months, quarter ends, holidays, the trend, a good and a bad quarter.

use chrono::{Datelike, NaiveDate, TimeDelta, Weekday};
use yeji_core::calendar::{Period, PeriodKind, periods};
pub use yeji_core::feast::spring_festival;

use crate::rng::Rng;
use crate::{Frame, MIN_CYCLE_DAYS};

/// Closings per month against an average month of 100.
const MONTHS: [u64; 12] = [75, 65, 118, 88, 92, 122, 84, 88, 120, 90, 102, 145];

/// How much more business a year brings than the one before.
const GROWTH_PERMILLE_PER_YEAR: u64 = 90;
const BAD_QUARTER_PERMILLE: u64 = 550;
const GOOD_QUARTER_PERMILLE: u64 = 1_400;
/// In the last ten days of a quarter.
const QUARTER_END_PERMILLE: u64 = 1_500;
const WEEKEND_PERMILLE: u64 = 20;
const HOLIDAY_PERMILLE: u64 = 30;

/// Days beyond `until` for which closings are already planned: the longest cycle.
pub const OPEN_TAIL_DAYS: i64 = MIN_CYCLE_DAYS + 2 * CYCLE_SPREAD_DAYS;

/// A cycle is [`MIN_CYCLE_DAYS`] and two draws from 0 to so many days.
pub const CYCLE_SPREAD_DAYS: i64 = 45;

/// Pairs of these draws.
const CYCLES: u64 = (CYCLE_SPREAD_DAYS.unsigned_abs() + 1).pow(2);

/// Pairs whose cycle is at least so many days.
fn cycles_from(days: u64) -> u64 {
    let spread = CYCLE_SPREAD_DAYS.unsigned_abs();
    let beyond = days.saturating_sub(MIN_CYCLE_DAYS.unsigned_abs());
    // For each first draw the second ones that are large enough.
    let seconds = |first: u64| (spread + 1).saturating_sub(beyond.saturating_sub(first));
    (0..=spread).map(seconds).sum()
}

/// `day` moved by a number of days.
pub fn plus(day: NaiveDate, days: i64) -> NaiveDate {
    // Checked by `DemoSpec::check`: all days are within decades of 2015 to 2035.
    day + TimeDelta::days(days)
}

/// The two weeks around the Spring Festival, and the first week of October.
pub fn is_holiday(day: NaiveDate) -> bool {
    let in_festival = spring_festival(day.year())
        .is_some_and(|festival| (-7..7).contains(&day.signed_duration_since(festival).num_days()));
    in_festival || (day.month() == 10 && day.day() <= 7)
}

/// Neither weekend nor holiday.
pub fn is_working(day: NaiveDate) -> bool {
    !is_weekend(day) && !is_holiday(day)
}

fn is_weekend(day: NaiveDate) -> bool {
    matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

/// The day, or the last working day before it.
pub fn back_to_working(mut day: NaiveDate) -> NaiveDate {
    while !is_working(day) {
        day = plus(day, -1);
    }
    day
}

/// The day, or the first working day after it.
pub fn on_to_working(mut day: NaiveDate) -> NaiveDate {
    while !is_working(day) {
        day = plus(day, 1);
    }
    day
}

/// The quarters that went unusually, out of those wholly in the history.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moods {
    /// Business at about half.
    pub bad: Period,
    /// Business at nearly half more.
    pub good: Period,
}

impl Moods {
    /// Any year has three whole quarters, two of which are not the weak first one.
    pub fn draw(frame: &Frame) -> Option<Self> {
        let mut rng = Rng::stream(frame.spec.seed, 1);
        let mut whole: Vec<Period> =
            periods(PeriodKind::Quarter, frame.first, plus(frame.until, 1))
                .into_iter()
                .filter(|quarter| {
                    frame.first <= quarter.start() && quarter.end() <= plus(frame.until, 1)
                })
                // The first quarter is weak by itself: a bad one would not be seen.
                .filter(|quarter| quarter.start().month() != 1)
                .collect();
        if whole.len() < 2 {
            return None;
        }
        let bad = whole.swap_remove(rng.index(whole.len()));
        let good = whole.swap_remove(rng.index(whole.len()));
        Some(Self { bad, good })
    }

    fn permille(self, day: NaiveDate) -> u64 {
        if self.bad.contains(day) {
            BAD_QUARTER_PERMILLE
        } else if self.good.contains(day) {
            GOOD_QUARTER_PERMILLE
        } else {
            1_000
        }
    }
}

/// Running sums of the days' weights from the first day to [`OPEN_TAIL_DAYS`] after `until`.
pub fn closing_weights(frame: &Frame) -> Vec<u64> {
    let moods = Moods::draw(frame);
    let mut sum = 0;
    let mut sums = Vec::new();
    let mut day = frame.first;
    while day <= plus(frame.until, OPEN_TAIL_DAYS) {
        let ahead = u64::try_from(day.signed_duration_since(frame.until).num_days()).unwrap_or(0);
        // The farther a planned closing lies ahead, the fewer of its deals are open already: those whose
        // cycle is at least as long. So deals that are open on the last day are like those of any day.
        sum += day_weight(frame, moods, day) * cycles_from(ahead) / CYCLES;
        sums.push(sum);
        day = plus(day, 1);
    }
    sums
}

fn day_weight(frame: &Frame, moods: Option<Moods>, day: NaiveDate) -> u64 {
    let age = day
        .signed_duration_since(frame.first)
        .num_days()
        .unsigned_abs();
    let trend = 1_000 + GROWTH_PERMILLE_PER_YEAR * age / 365;
    let mood = moods.map_or(1_000, |moods| moods.permille(day));
    let quarter_end = if plus(day, 10).month0() / 3 == day.month0() / 3 {
        1_000
    } else {
        QUARTER_END_PERMILLE
    };
    let kind = if is_holiday(day) {
        HOLIDAY_PERMILLE
    } else if is_weekend(day) {
        WEEKEND_PERMILLE
    } else {
        1_000
    };
    // At most 145 * 3.7 * 1.4 * 1.5 * 10^12, and 10^6 of it are dropped: sums of 20 years fit.
    MONTHS[day.month0() as usize] * trend * mood / 1_000 * quarter_end / 1_000 * kind
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holidays() {
        let check = |day: &str, holiday: bool| {
            assert_eq!(is_holiday(day.parse().unwrap()), holiday, "{day}");
        };
        check("2024-02-02", false);
        check("2024-02-03", true);
        check("2024-02-10", true);
        check("2024-02-16", true);
        check("2024-02-17", false);
        check("2024-10-07", true);
        check("2024-10-08", false);
        check("2014-02-01", false);
    }

    #[test]
    fn moving_to_working_days() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        assert_eq!(
            back_to_working(day("2024-02-18")),
            day("2024-02-02"),
            "Sunday after the festival"
        );
        assert_eq!(on_to_working(day("2024-10-01")), day("2024-10-08"));
        assert_eq!(back_to_working(day("2024-05-15")), day("2024-05-15"));
    }

    #[test]
    fn festivals_are_new_moons_of_winter() {
        for year in 2015..=2036 {
            let day = spring_festival(year).expect("in the table");
            assert!(
                (20..=51).contains(&day.ordinal0().saturating_add(1)),
                "21 January to 20 February: {day}"
            );
            if let Some(before) = spring_festival(year - 1) {
                let length = day.signed_duration_since(before).num_days();
                assert!(
                    matches!(length, 353..=355 | 383..=385),
                    "12 or 13 moons before {day}: {length}"
                );
            }
        }
    }
}
