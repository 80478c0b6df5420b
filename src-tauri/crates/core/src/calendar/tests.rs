//! Keys and nesting, of the calendar year and of fiscal calendars.

use super::*;
use proptest::prelude::*;

/// From the year down to weeks.
const LEVELS: [PeriodKind; 5] = [
    PeriodKind::Year,
    PeriodKind::Half,
    PeriodKind::Quarter,
    PeriodKind::Month,
    PeriodKind::CutWeek,
];

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn keys() {
    let check = |key: &str, start: &str, end: &str| {
        let period: Period = key.parse().unwrap();
        assert_eq!(
            (period.start(), period.end()),
            (day(start), day(end)),
            "{key}"
        );
        assert_eq!(period.to_string(), key);
    };
    check("2018", "2018-01-01", "2019-01-01");
    check("2018-H2", "2018-07-01", "2019-01-01");
    check("2018-Q4", "2018-10-01", "2019-01-01");
    check("2018-02", "2018-02-01", "2018-03-01");
    check("2018-01/W05", "2018-01-29", "2018-02-01");
    check("2018-02/W05", "2018-02-01", "2018-02-05");
    check("2018-12/W01", "2018-12-31", "2019-01-01");
    check("2021-01/W53", "2021-01-01", "2021-01-04");
    check("2018-W05", "2018-01-29", "2018-02-05");
    check("FY2026@04", "2026-04-01", "2027-04-01");
    check("FY2027@04-end", "2026-04-01", "2027-04-01");
    check("FY2026-H2@04", "2026-10-01", "2027-04-01");
    check("FY2026-Q4@04", "2027-01-01", "2027-04-01");
    check("FY2026-P01@04", "2026-04-01", "2026-05-01");
    check("FY2026-P01/W01@04", "2026-04-01", "2026-04-06");
    check("FY2026-P01/W05@04", "2026-04-27", "2026-05-01");
    check("FY2026-P02/W05@04", "2026-05-01", "2026-05-04");
    check("FY2018-P01/W01@01-sun", "2018-01-01", "2018-01-07");
    check("FY2023@02-454-nearest-sun", "2023-01-29", "2024-02-04");
    for bad in [
        "",
        "18",
        "2018-Q5",
        "2018-H3",
        "2018-H0",
        "FY2026",
        "FY2026@",
        "FY2026@01",
        "FY2026-P13@04",
        "FY2026-P00@04",
        "FY2026-Q5@04",
        "FY2026-P01/W06@04",
        "FY2026-P1@04",
        "FY2026-01@04",
        "FY2026-P01@4",
        "FY2026-P01@04-mon",
        "FY0026@04",
        "FY+026@04",
        "FY2026@04@04",
        "FY２０２６@04",
        "fy2026@04",
        "2018-13",
        "2018-01/W09",
        "2018-1",
        "2018-W54",
        "二〇一八",
        "0001",
    ] {
        assert!(bad.parse::<Period>().is_err(), "{bad} must be refused");
    }
}

#[test]
fn a_day_far_off_is_in_no_period() {
    let check = |day: NaiveDate, calendars: &[&str]| {
        for calendar in calendars {
            let calendar: FiscalCalendar = calendar.parse().unwrap();
            for kind in LEVELS.into_iter().chain([PeriodKind::IsoWeek]) {
                let found = calendar.containing(kind, day);
                assert!(found.is_err(), "{kind:?} of {day} in {calendar}");
            }
        }
    };
    let all = ["01", "04", "04-end", "02-454-nearest-sun"];
    check(NaiveDate::MIN, &all);
    check(NaiveDate::MAX, &all);
    check(day("1898-12-31"), &all);
    check(day("2202-01-01"), &all);
    check(day("1899-12-31"), &["01"]);
    check(day("2201-01-01"), &["01"]);
    let last: FiscalCalendar = "04".parse().unwrap();
    let found = last.containing(PeriodKind::Month, day("2201-03-31"));
    assert_eq!(found.unwrap().to_string(), "FY2200-P12@04");
}

#[test]
fn every_day_of_ten_years_is_in_exactly_one_period_of_each_level() {
    let (from, to) = (day("2016-01-01"), day("2026-01-01"));
    for kind in [
        PeriodKind::Year,
        PeriodKind::Half,
        PeriodKind::Quarter,
        PeriodKind::Month,
        PeriodKind::CutWeek,
        PeriodKind::IsoWeek,
    ] {
        let all = periods(kind, from, to);
        for pair in all.windows(2) {
            assert_eq!(
                pair[0].end(),
                pair[1].start(),
                "{kind:?}: no gap, no overlap"
            );
        }
        let keys: std::collections::BTreeSet<_> = all.iter().map(ToString::to_string).collect();
        assert_eq!(keys.len(), all.len(), "{kind:?}: a key names one period");
    }
}

proptest! {
    #[test]
    fn children_partition_their_parent(offset in 0_u64..36_500) {
        let at = day("1950-01-01") + Days::new(offset);
        for kind in [PeriodKind::Year, PeriodKind::Quarter, PeriodKind::Month] {
            let period = Period::containing(kind, at).unwrap();
            let children = period.children();
            prop_assert_eq!(children[0].start(), period.start());
            prop_assert_eq!(children[children.len() - 1].end(), period.end());
            for child in &children {
                prop_assert_eq!(child.parent(), Some(period));
            }
        }
        let cut = Period::containing(PeriodKind::CutWeek, at).unwrap();
        prop_assert_eq!(cut.to_string().parse::<Period>(), Ok(cut), "keys read back");
    }
}

/// Keys and bounds of the parts of a period.
fn parts(key: &str, kind: PeriodKind) -> Vec<(String, String, i64)> {
    let period: Period = key.parse().unwrap();
    let all = period.parts(kind).into_iter();
    all.map(|part| {
        let days = (part.end() - part.start()).num_days();
        (part.to_string(), part.start().to_string(), days)
    })
    .collect()
}

/// The American retail calendar as its federation publishes it: years of 53 weeks are 2012, 2017, 2023.
#[test]
fn the_retail_calendar() {
    let retail: FiscalCalendar = "02-454-nearest-sun".parse().unwrap();
    let check = |year: i32, start: &str, weeks: i64| {
        let period = retail.year(year).unwrap();
        assert_eq!(period.start(), day(start), "{year}");
        assert_eq!((period.end() - period.start()).num_days(), weeks * 7);
        let parts = period.parts(PeriodKind::CutWeek);
        assert_eq!(i64::from(parts[parts.len() - 1].number()), weeks);
    };
    check(2012, "2012-01-29", 53);
    check(2016, "2016-01-31", 52);
    check(2017, "2017-01-29", 53);
    check(2018, "2018-02-04", 52);
    check(2022, "2022-01-30", 52);
    check(2023, "2023-01-29", 53);
    check(2024, "2024-02-04", 52);
    check(2025, "2025-02-02", 52);
    let months: Vec<i64> = parts("FY2023@02-454-nearest-sun", PeriodKind::Month)
        .into_iter()
        .map(|(.., days)| days / 7)
        .collect();
    assert_eq!(months, [4, 5, 4, 4, 5, 4, 4, 5, 4, 4, 5, 5]);
    let weeks = parts("FY2023-P12@02-454-nearest-sun", PeriodKind::CutWeek);
    assert_eq!(
        weeks[4],
        (
            "FY2023-P12/W53@02-454-nearest-sun".into(),
            "2024-01-28".into(),
            7
        ),
        "the 53rd week is the last month's"
    );
}

/// Years that end on the last Saturday of September, as in Apple's annual reports.
#[test]
fn a_year_that_ends_on_the_last_day_of_its_kind() {
    let calendar: FiscalCalendar = "10-544-sun-end".parse().unwrap();
    let last = |year: i32| calendar.year(year).unwrap().end().pred_opt().unwrap();
    assert_eq!(last(2021), day("2021-09-25"));
    assert_eq!(last(2022), day("2022-09-24"));
    assert_eq!(last(2023), day("2023-09-30"));
    assert_eq!(last(2024), day("2024-09-28"));
}

#[test]
fn months_beside_calendar_months() {
    let (half, quarter) = (PeriodKind::Half, PeriodKind::Quarter);
    let named = |parts: Vec<(String, String, i64)>| -> Vec<String> {
        parts.into_iter().map(|(key, ..)| key).collect()
    };
    assert_eq!(named(parts("2018", half)), ["2018-H1", "2018-H2"]);
    assert_eq!(named(parts("2018-H2", quarter)), ["2018-Q3", "2018-Q4"]);
    let halves = named(parts("FY2026@04", half));
    assert_eq!(halves, ["FY2026-H1@04", "FY2026-H2@04"]);
    let quarters = parts("FY2026-H2@04", quarter);
    assert_eq!(quarters[0].1, "2026-10-01");
    assert!(parts("2018-W05", PeriodKind::CutWeek).is_empty());
    assert!(parts("2018-01", half).is_empty(), "nothing further up");
}

#[test]
fn before() {
    let check = |key: &str, previous: &str, year: &str| {
        let period: Period = key.parse().unwrap();
        assert_eq!(period.previous().unwrap().to_string(), previous);
        assert_eq!(period.a_year_before().unwrap().to_string(), year);
    };
    check("2018-H1", "2017-H2", "2017-H1");
    check("FY2026@04", "FY2025@04", "FY2025@04");
    check("FY2026-H1@04", "FY2025-H2@04", "FY2025-H1@04");
    check("FY2026-P01@04", "FY2025-P12@04", "FY2025-P01@04");
    check("FY2024-Q1@01-445", "FY2023-Q4@01-445", "FY2023-Q1@01-445");
    check(
        "FY2026-P01/W02@04",
        "FY2026-P01/W01@04",
        "FY2025-P01/W02@04",
    );
}

fn calendars() -> impl Strategy<Value = FiscalCalendar> {
    let months = prop::sample::select(vec![
        Months::Calendar,
        Months::W445,
        Months::W454,
        Months::W544,
    ]);
    let days: Vec<WeekDay> = serde_json::from_str(
        r#"["monday","tuesday","wednesday","thursday","friday","saturday","sunday"]"#,
    )
    .unwrap();
    let (year_end, named_by) = (
        prop::sample::select(vec![YearEnd::Last, YearEnd::Nearest]),
        prop::sample::select(vec![NamedBy::Start, NamedBy::End]),
    );
    let week_start = prop::sample::select(days);
    (1_u8..=12, months, year_end, week_start, named_by).prop_map(
        |(first_month, months, year_end, week_start, named_by)| {
            let rule = CalendarRule {
                first_month,
                months,
                year_end,
                week_start,
                named_by,
            };
            FiscalCalendar::try_from(rule).unwrap()
        },
    )
}

/// Each level of a year is a partition of it, nests in the level above, and is named once.
fn nests(year: Period) {
    for (at, kind) in LEVELS.into_iter().enumerate().skip(1) {
        let all = year.parts(kind);
        assert_eq!(all[0].start(), year.start(), "{kind:?} of {year}");
        assert_eq!(all[all.len() - 1].end(), year.end(), "{kind:?} of {year}");
        assert!(
            all.iter().all(|part| part.start() < part.end()),
            "none is empty"
        );
        for pair in all.windows(2) {
            assert_eq!(pair[0].end(), pair[1].start(), "no gap, no overlap");
        }
        for part in all {
            let above = part.around(LEVELS[at - 1]).unwrap();
            assert!(
                above.parts(kind).contains(&part),
                "{part} is a part of {above}"
            );
            let parent = part.parent().unwrap();
            let listed = parent.parts(kind).contains(&part);
            assert!(listed, "{part} is a part of {parent}");
            assert_eq!(part.to_string().parse(), Ok(part), "keys read back");
            assert_eq!(part.calendar(), year.calendar());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn every_day_is_in_exactly_one_period_of_each_level(calendar in calendars(), start in 1990_i32..2050) {
        let (from, to) = (day(&format!("{start}-01-01")), day(&format!("{}-01-01", start + 10)));
        for kind in LEVELS {
            let all = calendar.periods(kind, from, to);
            let mut keys = std::collections::BTreeSet::new();
            for period in &all {
                prop_assert!(keys.insert(period.to_string()), "{} names one period", period);
                for day in period.days() {
                    prop_assert_eq!(calendar.containing(kind, day), Ok(*period), "{}", day);
                }
            }
            for pair in all.windows(2) {
                prop_assert_eq!(pair[0].end(), pair[1].start(), "no gap, no overlap");
                prop_assert_eq!(pair[1].previous(), Ok(pair[0]));
            }
            prop_assert!(all[0].contains(from) && all[all.len() - 1].end() >= to);
        }
    }

    #[test]
    fn years_nest_down_to_weeks(calendar in calendars()) {
        let (mut at, to) = (calendar.year(1990).unwrap(), day("2060-01-01"));
        while at.start() < to {
            nests(at);
            let days = (at.end() - at.start()).num_days();
            let whole = calendar.rule().months != Months::Calendar;
            let lengths = if whole { [364, 371] } else { [365, 366] };
            prop_assert!(lengths.contains(&days), "{} has {} days", at, days);
            if whole {
                let weeks = at.parts(PeriodKind::CutWeek);
                prop_assert!(weeks.iter().all(|week| (week.end() - week.start()).num_days() == 7));
                prop_assert_eq!(weeks[weeks.len() - 1].number() as usize, weeks.len());
            }
            let next = calendar.containing(PeriodKind::Year, at.end()).unwrap();
            prop_assert_eq!(next.year_number(), at.year_number() + 1);
            prop_assert_eq!(next.previous(), Ok(at));
            at = next;
        }
    }

    #[test]
    fn a_text_that_is_read_is_a_key(text in "(FY)?[0-9]{0,4}(-[HQWP]?[0-9]{0,2})?(/W[0-9]{0,2})?(@[0-9]{0,2}(-(445|end|sun|nearest)){0,3})?") {
        if let Ok(period) = text.parse::<Period>() {
            prop_assert_eq!(period.to_string(), text, "one period has one key");
        }
    }
}

#[test]
fn the_calendar_year_as_a_calendar_has_the_keys_it_always_had() {
    let calendar = FiscalCalendar::default();
    for kind in LEVELS {
        let day = day("2018-02-03");
        assert_eq!(
            calendar.containing(kind, day),
            Period::containing(kind, day)
        );
    }
    assert_eq!(calendar.year(2018).unwrap().to_string(), "2018");
    nests(calendar.year(2018).unwrap());
    let last = FiscalCalendar::default().year(MAX_YEAR).unwrap();
    nests(last);
    let fiscal: FiscalCalendar = "04".parse().unwrap();
    nests(fiscal.year(MAX_YEAR).unwrap());
    nests(fiscal.year(MIN_YEAR).unwrap());
}
