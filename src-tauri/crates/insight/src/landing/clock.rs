//! The days on which a company closes deals: its working days, and Saturdays or Sundays where it closes on them too.
//!
//! What is left of a period is counted in these. A Monday is left after Friday the 27th of a month, and two or three
//! such days are at the same point of most others: in days of the calendar both are three, and the chances of the
//! Monday would be those of three days of work.

use chrono::{Datelike as _, Days, NaiveDate, Weekday};
use yeji_core::calendar::{WorkingDays, days};

use super::odds::{Case, days_between};

/// A weekday of the weekend counts from this part of all closings on: a fifth of an even seventh.
const USUAL: usize = 35;
/// Days before the last one that are known at least, whatever deals there are, and at most: of older deals less is
/// known than that they are old.
const LEAST_DAYS: u64 = 3 * 366;
const MOST_DAYS: u64 = 40 * 366;

/// Days of closing of a span.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clock {
    from: NaiveDate,
    /// Days of closing up to and with each day of the span.
    passed: Vec<usize>,
    /// They themselves.
    days: Vec<NaiveDate>,
}

impl Clock {
    /// Of the days up to `until`, from the first that a deal was opened or closed on.
    pub fn learn(cases: &[Case], working: &WorkingDays, until: NaiveDate) -> Self {
        let closings: Vec<Weekday> = cases
            .iter()
            .filter_map(|case| case.closed.map(|(day, _)| day.weekday()))
            .collect();
        let is_usual = |weekday: Weekday| {
            let on = closings.iter().filter(|day| **day == weekday).count();
            on > 0 && on * USUAL >= closings.len()
        };
        let weekend = [Weekday::Sat, Weekday::Sun].map(|day| (day, is_usual(day)));
        let first = cases
            .iter()
            .flat_map(|case| {
                case.opened
                    .into_iter()
                    .chain(case.closed.map(|(day, _)| day))
            })
            .min();
        Self::of(first, until, |day| {
            working.is_working(day) || weekend.contains(&(day.weekday(), true))
        })
    }

    /// Of which every day is one.
    #[cfg(test)]
    pub(super) fn every_day(from: NaiveDate, until: NaiveDate) -> Self {
        Self::of(Some(from), until, |_| true)
    }

    fn of(first: Option<NaiveDate>, until: NaiveDate, is_one: impl Fn(NaiveDate) -> bool) -> Self {
        let before = |days| until.checked_sub_days(Days::new(days)).unwrap_or(until);
        let first = first.unwrap_or(until).min(before(LEAST_DAYS));
        let from = first.max(before(MOST_DAYS));
        let end = until.succ_opt().unwrap_or(until);
        let mut clock = Self {
            from,
            passed: Vec::new(),
            days: Vec::new(),
        };
        for day in days(from, end) {
            if is_one(day) {
                clock.days.push(day);
            }
            clock.passed.push(clock.days.len());
        }
        clock
    }

    /// Days of closing up to and with one.
    fn passed(&self, day: NaiveDate) -> usize {
        if day < self.from {
            return 0;
        }
        let at = days_between(self.from, day);
        self.passed.get(at).copied().unwrap_or(self.days.len())
    }

    /// Days of closing after one, up to and with another.
    pub fn between(&self, after: NaiveDate, until: NaiveDate) -> usize {
        self.passed(until).saturating_sub(self.passed(after))
    }

    /// The first day after which at most `left` days of closing pass until `day`; none: it is before all that is known.
    pub(super) fn first_with(&self, left: usize, day: NaiveDate) -> Option<NaiveDate> {
        let passed = self.passed(day).checked_sub(left)?;
        self.days.get(passed.checked_sub(1)?).copied()
    }

    /// The last day after which at least `left` days of closing pass until `day`.
    pub(super) fn last_with(&self, left: usize, day: NaiveDate) -> Option<NaiveDate> {
        let passed = self.passed(day).checked_sub(left)?;
        let next = self.days.get(passed).and_then(NaiveDate::pred_opt);
        Some(next.map_or(day, |last| last.min(day)))
    }

    /// The day of `[start, end)` after which `left` days of closing are left, a day of closing itself if one is.
    pub fn day_with(&self, left: usize, (start, end): (NaiveDate, NaiveDate)) -> NaiveDate {
        let last = end.pred_opt().unwrap_or(end);
        self.first_with(left, last)
            .map_or(start, |day| day.max(start))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn closed(on: NaiveDate) -> Case {
        Case {
            owner: 0,
            opened: Some(on),
            closed: Some((on, true)),
            reached: [None; 4],
        }
    }

    /// Deals closed on each day of a span that `is_one` says.
    fn clock(is_one: impl Fn(NaiveDate) -> bool) -> Clock {
        let on = days(day("2026-01-01"), day("2026-12-01")).filter(|day| is_one(*day));
        let cases: Vec<Case> = on.map(closed).collect();
        Clock::learn(&cases, &WorkingDays::default(), day("2026-12-31"))
    }

    #[test]
    fn a_monday_is_left_after_a_friday() {
        let clock = clock(|day| day.weekday() != Weekday::Sat && day.weekday() != Weekday::Sun);
        assert_eq!(clock.between(day("2026-11-27"), day("2026-11-30")), 1);
        assert_eq!(clock.between(day("2026-10-28"), day("2026-10-31")), 2);
        let october = (day("2026-10-01"), day("2026-11-01"));
        assert_eq!(clock.day_with(1, october), day("2026-10-29"));
        assert_eq!(clock.day_with(0, october), day("2026-10-30"));
        assert_eq!(clock.day_with(40, october), october.0);
    }

    /// A shop that sells on Saturdays has six days a week, whatever an office has.
    #[test]
    fn a_weekday_on_which_deals_are_closed_counts() {
        let clock = clock(|day| day.weekday() != Weekday::Sun);
        assert_eq!(clock.between(day("2026-11-01"), day("2026-11-08")), 6);
        let one = self::clock(|day| day.weekday().num_days_from_monday() < 5 || day.day() == 31);
        assert_eq!(
            one.between(day("2026-11-01"), day("2026-11-08")),
            5,
            "now and then is not usual"
        );
    }

    #[test]
    fn a_holiday_is_no_day_of_closing() {
        let mut working = WorkingDays::default();
        working.holidays.insert(day("2026-10-01"));
        let clock = Clock::learn(&[closed(day("2026-09-01"))], &working, day("2026-12-31"));
        assert_eq!(clock.between(day("2026-09-30"), day("2026-10-02")), 1);
    }

    proptest! {
        /// What `count` of chances goes by: the two ends hold each other.
        #[test]
        fn first_and_last_days_with_so_many_left(at in 0..300_u64, left in 0..40_usize) {
            let clock = clock(|day| day.day() % 7 < 5);
            let until = day("2026-01-20") + Days::new(at);
            for on in days(clock.from, until.succ_opt().unwrap()) {
                let is_left = clock.between(on, until);
                prop_assert_eq!(clock.last_with(left, until).is_some_and(|last| on <= last), is_left >= left);
                if let Some(first) = clock.first_with(left, until) {
                    prop_assert_eq!(on >= first, is_left <= left, "{} {}", on, first);
                }
            }
        }
    }
}
