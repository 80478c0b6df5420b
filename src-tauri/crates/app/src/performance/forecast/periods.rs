//! Periods that a forecast is learned from.

use chrono::NaiveDate;
use yeji_core::calendar::{MAX_YEAR, MIN_YEAR, Period, PeriodKind, WorkingDays, periods};

/// Weeks of more than ten years.
const MAX_PERIODS: usize = 600;

/// Values until the pattern of a year repeats.
pub(in crate::performance) fn season_of(kind: PeriodKind) -> usize {
    match kind {
        PeriodKind::IsoWeek | PeriodKind::CutWeek => 52,
        PeriodKind::Month => 12,
        PeriodKind::Quarter => 4,
        PeriodKind::Half => 2,
        PeriodKind::Year => 1,
    }
}

/// The finished periods from the first to the last day with facts. A period is finished when it is over and
/// no more than a tenth of its working days come after the last fact: one whose data stops in the middle
/// would always look like a fall.
pub(super) fn known_periods(
    kind: PeriodKind,
    first: NaiveDate,
    last: NaiveDate,
    today: NaiveDate,
) -> Vec<Period> {
    let calendar = |year: i32| NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or(today);
    let first = first.max(calendar(MIN_YEAR));
    let until = last.succ_opt().unwrap_or(last).min(calendar(MAX_YEAR));
    let mut all = periods(kind, first, until);
    let working = WorkingDays::default();
    let is_finished = |period: &Period| {
        let after = working.count(until.min(period.end()), period.end());
        period.end() <= today && after * 10 <= working.count(period.start(), period.end())
    };
    while all.last().is_some_and(|last| !is_finished(last)) {
        all.pop();
    }
    all.split_off(all.len().saturating_sub(MAX_PERIODS))
}
