//! Which automatic copies stay: the newest days, and of the time before one a week.

use std::collections::BTreeSet;

use chrono::{Datelike as _, NaiveDate};

/// How many copies stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Keep {
    pub days: usize,
    pub weeks: usize,
}

/// The copies to remove. `written` is today's and always stays: with a clock that was set back it would
/// be the oldest one. Only the dates in the names count, not the clock.
pub(crate) fn outdated(
    copies: &BTreeSet<NaiveDate>,
    written: NaiveDate,
    keep: Keep,
) -> Vec<NaiveDate> {
    let mut weeks = BTreeSet::new();
    let newest_first = copies.iter().rev();
    newest_first
        .skip(keep.days)
        .filter(|day| {
            let week = (day.iso_week().year(), day.iso_week().week());
            let stays = weeks.contains(&week) || weeks.len() >= keep.weeks || !weeks.insert(week);
            stays && **day != written
        })
        .copied()
        .collect()
}

#[cfg(test)]
mod tests {
    use chrono::Days;
    use proptest::prelude::*;

    use super::*;

    const KEEP: Keep = Keep { days: 7, weeks: 4 };

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// The copies after a copy on each of these days.
    fn kept(days: &[NaiveDate]) -> BTreeSet<NaiveDate> {
        let mut copies = BTreeSet::new();
        for today in days {
            copies.insert(*today);
            for old in outdated(&copies, *today, KEEP) {
                copies.remove(&old);
            }
        }
        copies
    }

    #[test]
    fn two_months_of_daily_work_leave_a_week_and_four_sundays() {
        let days: Vec<NaiveDate> = (0..60).map(|n| day("2026-09-01") + Days::new(n)).collect();
        let kept: Vec<String> = kept(&days).iter().map(ToString::to_string).collect();
        assert_eq!(
            kept,
            [
                "2026-10-04",
                "2026-10-11",
                "2026-10-18",
                "2026-10-23",
                "2026-10-24",
                "2026-10-25",
                "2026-10-26",
                "2026-10-27",
                "2026-10-28",
                "2026-10-29",
                "2026-10-30"
            ],
            "of the week of 19 October the 23rd is the newest that is no daily copy any more"
        );
    }

    #[test]
    fn a_clock_set_back_removes_no_good_copy() {
        let mut copies: BTreeSet<NaiveDate> =
            (0..7).map(|n| day("2026-11-20") + Days::new(n)).collect();
        let back = day("2025-11-26");
        copies.insert(back);
        assert_eq!(
            outdated(&copies, back, KEEP),
            [],
            "the new one and all others stay"
        );
    }

    proptest! {
        /// Copies must not fill the disk, and the newest ones are those that are needed.
        #[test]
        fn never_too_many_and_the_newest_stay(gaps in prop::collection::vec(1_u64..20, 1..80)) {
            let mut today = day("2026-01-01");
            let days: Vec<NaiveDate> = gaps.iter().map(|gap| { today = today + Days::new(*gap); today }).collect();
            let kept = kept(&days);
            prop_assert!(kept.len() <= 11);
            for newest in days.iter().rev().take(7) {
                prop_assert!(kept.contains(newest));
            }
        }
    }
}
