//! Working days: Monday to Friday, days off, make-up days (调休), and counting them.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate, Weekday};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::days;

/// What the State Council of China published; see the file's head.
const CHINA: &str = include_str!("../../data/holidays-cn.csv");

/// Whether a day that is unlike its weekday is off or worked.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema, TS,
)]
#[serde(rename_all = "snake_case")]
pub enum DayKind {
    /// Off.
    Holiday,
    /// Worked, although it lies on a weekend or was off by an earlier list.
    WorkingDay,
}

impl DayKind {
    /// As data files have it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Holiday => "holiday",
            Self::WorkingDay => "working_day",
        }
    }
}

/// A day that a list of holidays names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct SpecialDay {
    /// The day.
    pub date: NaiveDate,
    /// Off or worked.
    pub kind: DayKind,
    /// What it is called: `春节`. May be empty.
    pub name: String,
}

/// Which days are worked. Monday to Friday, except holidays, plus make-up days (调休).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, Default)]
#[serde(deny_unknown_fields, default)]
pub struct WorkingDays {
    /// Days that are not worked; on a weekend without effect.
    pub holidays: BTreeSet<NaiveDate>,
    /// Weekend days that are worked.
    pub make_up_days: BTreeSet<NaiveDate>,
    /// Calendar years whose holidays are known. None at all: nobody asks for holidays.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub years: BTreeSet<i32>,
}

fn is_weekend(day: NaiveDate) -> bool {
    matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

/// The days of China's official holidays and their make-up days, in order.
pub fn china_days() -> Vec<SpecialDay> {
    let lines = CHINA.lines().filter(|line| !line.starts_with('#'));
    // Part of the program, and a test reads every line of it.
    let read = |line| listed(line).unwrap_or_else(|| unreachable!("a line of ours: {line}"));
    lines.map(read).collect()
}

fn listed(line: &str) -> Option<SpecialDay> {
    let mut cells = line.split(',');
    let (date, kind, name) = (cells.next()?, cells.next()?, cells.next()?);
    let kind = [DayKind::Holiday, DayKind::WorkingDay]
        .into_iter()
        .find(|known| known.code() == kind)?;
    cells.next().is_none().then_some(SpecialDay {
        date: date.parse().ok()?,
        kind,
        name: name.to_owned(),
    })
}

impl WorkingDays {
    /// China's, for the years whose notice is in the data file.
    pub fn china() -> Self {
        Self::default().with(&china_days())
    }

    /// With the days of a list; where it names a day that is here already, the list says what it is.
    ///
    /// A year counts as known if the list names a day of it from February to November: a list of the
    /// year before or after may name the days around New Year.
    #[must_use]
    pub fn with(mut self, list: &[SpecialDay]) -> Self {
        for day in list {
            let (into, out_of) = match day.kind {
                DayKind::Holiday => (&mut self.holidays, &mut self.make_up_days),
                DayKind::WorkingDay => (&mut self.make_up_days, &mut self.holidays),
            };
            into.insert(day.date);
            out_of.remove(&day.date);
            if (2..=11).contains(&day.date.month()) {
                self.years.insert(day.date.year());
            }
        }
        self
    }

    /// The calendar years of `[from, to)` whose holidays are not known although those of others are.
    pub fn unknown_years(&self, from: NaiveDate, to: NaiveDate) -> Vec<i32> {
        let Some(last) = to.pred_opt().filter(|last| from <= *last) else {
            return Vec::new();
        };
        if self.years.is_empty() {
            return Vec::new();
        }
        (from.year()..=last.year())
            .filter(|year| !self.years.contains(year))
            .collect()
    }

    /// Whether a day is worked.
    pub fn is_working(&self, day: NaiveDate) -> bool {
        if is_weekend(day) {
            self.make_up_days.contains(&day)
        } else {
            !self.holidays.contains(&day)
        }
    }

    /// Worked days of `[from, to)`: whole weeks are counted as such, so that only the days that are
    /// unlike their weekday are looked at.
    pub fn count(&self, from: NaiveDate, to: NaiveDate) -> u64 {
        if from >= to {
            return 0;
        }
        let weeks = (to - from).num_days() / 7;
        let rest = from + chrono::Duration::days(weeks * 7);
        let weekdays = u64::try_from(weeks * 5).unwrap_or(0)
            + days(rest, to).filter(|day| !is_weekend(*day)).count() as u64;
        let off = self.holidays.range(from..to);
        let made_up = self.make_up_days.range(from..to);
        weekdays + made_up.filter(|day| is_weekend(**day)).count() as u64
            - off.filter(|day| !is_weekend(**day)).count() as u64
    }
}

/// Worked days of a span summed up from its start, so that those of any part of it are a difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayCounts {
    from: NaiveDate,
    /// Worked days before the first day, the second, and so on to the day after the last.
    sums: Vec<u32>,
}

impl DayCounts {
    /// For the days of `[from, to)`.
    pub fn new(working: &WorkingDays, from: NaiveDate, to: NaiveDate) -> Self {
        let mut sums = vec![0];
        let mut sum = 0;
        for day in days(from, to) {
            sum += u32::from(working.is_working(day));
            sums.push(sum);
        }
        Self { from, sums }
    }

    /// Worked days of `[from, to)`, as far as it lies in the span.
    pub fn count(&self, from: NaiveDate, to: NaiveDate) -> u64 {
        u64::from(self.before(to).saturating_sub(self.before(from)))
    }

    fn before(&self, day: NaiveDate) -> u32 {
        let at = usize::try_from((day - self.from).num_days()).unwrap_or(0);
        // There is always the zero before the first day.
        self.sums[at.min(self.sums.len() - 1)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::feast::spring_festival;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn year(year: i32) -> (NaiveDate, NaiveDate) {
        let first = |year| NaiveDate::from_ymd_opt(year, 1, 1).unwrap();
        (first(year), first(year + 1))
    }

    #[test]
    fn working_days_with_make_up() {
        let mut set = WorkingDays::default();
        assert_eq!(set.count(day("2018-02-12"), day("2018-02-26")), 10);
        set.holidays.extend([day("2018-02-15"), day("2018-02-16")]);
        set.make_up_days.insert(day("2018-02-24"));
        assert_eq!(set.count(day("2018-02-12"), day("2018-02-26")), 9);
    }

    #[test]
    fn every_line_of_the_data_file_says_something_new() {
        let days = china_days();
        for pair in days.windows(2) {
            assert!(pair[0].date < pair[1].date, "in order, once: {pair:?}");
        }
        for SpecialDay { date, kind, name } in &days {
            assert!(!name.is_empty(), "{date} has a name");
            if *kind == DayKind::WorkingDay {
                assert!(is_weekend(*date), "{date}: only a weekend day is made up");
            }
        }
        let years: Vec<i32> = (2017..=2026).collect();
        assert_eq!(Vec::from_iter(WorkingDays::china().years), years);
    }

    /// Every day off that the law names is a weekday less, wherever it lies: what falls on a weekend is
    /// made up for. 11 days a year, 13 from 2025 on; 2020 had two more by decree.
    #[test]
    fn working_days_of_a_year_in_china() {
        let china = WorkingDays::china();
        let check = |number: i32, expected: u64| {
            let (from, to) = year(number);
            assert_eq!(china.count(from, to), expected, "{number}");
            let lawful = if number < 2025 { 11 } else { 13 };
            let lengthened = if number == 2020 { 2 } else { 0 };
            let weekdays = WorkingDays::default().count(from, to);
            assert_eq!(weekdays - lawful - lengthened, expected, "{number}");
        };
        check(2017, 249);
        check(2018, 250);
        check(2019, 250);
        check(2020, 249);
        check(2021, 250);
        check(2022, 249);
        check(2023, 249);
        check(2024, 251);
        check(2025, 248);
        check(2026, 248);
    }

    #[test]
    fn well_known_days_of_china() {
        let china = WorkingDays::china();
        for number in 2017..=2026 {
            let feast = spring_festival(number).unwrap();
            for after in 0..5 {
                let day = feast + chrono::Duration::days(after);
                assert!(!china.is_working(day), "{day} is in the Spring Festival");
            }
            for off in ["01-01", "05-01", "10-01", "10-02", "10-03"] {
                let day = day(&format!("{number}-{off}"));
                assert!(!china.is_working(day), "{day} is off by law");
            }
        }
        assert!(china.is_working(day("2018-12-29")), "made up for 31st");
        assert!(!china.is_working(day("2018-12-31")));
        assert!(china.is_working(day("2024-02-09")), "the eve of 2024");
        assert!(!china.is_working(day("2020-01-31")), "lengthened in 2020");
        assert!(!china.is_working(day("2020-02-01")), "and not made up");
        assert!(china.is_working(day("2026-01-04")), "a Sunday");
        assert!(!china.is_working(day("2026-02-23")), "the ninth day");
    }

    #[test]
    fn a_list_overrides_what_was_known_of_its_days() {
        let special = |date: &str, kind| SpecialDay {
            date: day(date),
            kind,
            name: String::new(),
        };
        let list = [
            special("2026-10-07", DayKind::WorkingDay),
            special("2026-10-10", DayKind::Holiday),
            special("2027-01-01", DayKind::Holiday),
        ];
        let own = WorkingDays::china().with(&list);
        assert!(own.is_working(day("2026-10-07")));
        assert!(!own.is_working(day("2026-10-10")));
        assert!(!own.is_working(day("2027-01-01")));
        let (from, to) = (day("2026-04-01"), day("2027-04-01"));
        assert_eq!(
            own.unknown_years(from, to),
            [2027],
            "New Year alone is no list"
        );
        assert!(WorkingDays::default().unknown_years(from, to).is_empty());
        let next = own.with(&[special("2027-02-08", DayKind::Holiday)]);
        assert!(next.unknown_years(from, to).is_empty());
        assert!(next.unknown_years(to, to).is_empty());
    }

    proptest! {
        #[test]
        fn counts_are_those_of_the_days(
            from in 0_i64..4_000,
            length in -5_i64..800,
            own in prop::collection::btree_set(0_i64..5_000, 0..200),
        ) {
            let at = |days: i64| day("2016-06-01") + chrono::Duration::days(days);
            let mut working = WorkingDays::china();
            for (order, offset) in own.into_iter().enumerate() {
                let kind = if order % 2 == 0 { DayKind::Holiday } else { DayKind::WorkingDay };
                working = working.with(&[SpecialDay { date: at(offset), kind, name: String::new() }]);
            }
            let (from, to) = (at(from), at(from + length));
            let worked = days(from, to).filter(|day| working.is_working(*day)).count() as u64;
            prop_assert_eq!(working.count(from, to), worked);
            prop_assert_eq!(DayCounts::new(&working, at(0), at(6_000)).count(from, to), worked);
            prop_assert_eq!(DayCounts::new(&working, from, to).count(at(0), at(6_000)), worked, "as far as it reaches");
        }
    }
}
