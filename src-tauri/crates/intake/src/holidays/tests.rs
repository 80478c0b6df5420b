//! Lists as people and calendars give them, and what is no list.

use super::*;
use crate::limits::MAX_ICS_DEPTH;
use proptest::prelude::*;
use yeji_core::calendar::{WorkingDays, china_days};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// `2026-02-14 + 春节` for a make-up day, `-` for a day off.
fn said(list: &HolidayList) -> Vec<String> {
    let sign = |kind| match kind {
        DayKind::Holiday => '-',
        DayKind::WorkingDay => '+',
    };
    let days = list.days.iter();
    days.map(|day| format!("{} {} {}", day.date, sign(day.kind), day.name))
        .collect()
}

fn refused(text: &str) -> (&'static str, u32, String) {
    let bad = parse(text).expect_err(text);
    (bad.problem.code(), bad.line, bad.value)
}

fn calendar(events: &str) -> String {
    format!(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VTIMEZONE\r\nTZID:Asia/Shanghai\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nRRULE:FREQ=YEARLY\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n{events}END:VCALENDAR\r\n"
    )
}

fn event(lines: &[&str]) -> String {
    format!(
        "BEGIN:VEVENT\r\nUID:1\r\n{}\r\nBEGIN:VALARM\r\nTRIGGER:-PT9H\r\nDURATION:PT1H\r\nEND:VALARM\r\nEND:VEVENT\r\n",
        lines.join("\r\n")
    )
}

#[test]
fn csv_as_people_write_it() {
    let check = |text: &str| {
        let list = parse(text).unwrap();
        let expected = [
            "2027-01-01 - 元旦",
            "2027-02-05 - 春节",
            "2027-02-20 + 春节",
        ];
        assert_eq!(said(&list), expected, "{text}");
    };
    check("2027-01-01,holiday,元旦\n2027-02-05,holiday,春节\n2027-02-20,working_day,春节\n");
    check("日期,类型,名称\n2027/1/1,放假,元旦\n2027年2月20日,补班,春节\n2027年2月5日,休,春节\n");
    check(
        "date;kind;name\n\n2027-01-01;;元旦\n# own\n2027-02-05;Off;春节\n2027-02-20;Work day;春节",
    );
    check("日期\t類型\n2027-01-01\t節假日\t元旦\n2027-02-05\t假\t春节\n2027-02-20\t補班\t春节\n");
}

#[test]
fn the_built_in_list_reads_like_any_other() {
    let text = china_days()
        .iter()
        .map(|day| format!("{},{},{}\n", day.date, day.kind.code(), day.name))
        .collect::<Vec<String>>()
        .concat();
    let list = parse(&text).unwrap();
    assert_eq!(list.days, china_days());
    let read = WorkingDays::default().with(&list.days);
    assert_eq!(read, WorkingDays::china());
}

#[test]
fn what_is_wrong_in_a_line_of_csv() {
    let check = |text: &str, code: &str, line: u32, value: &str| {
        assert_eq!(refused(text), (code, line, value.to_owned()), "{text}");
    };
    check(
        "date,kind\n2027-02-30,off\n",
        "holiday_date",
        2,
        "2027-02-30",
    );
    check("2027-01-01\nnext,off\n", "holiday_date", 2, "next");
    check("03/04/2027,off\n", "holiday_date", 1, "03/04/2027");
    check("2027-01-01,perhaps,元旦\n", "holiday_kind", 1, "perhaps");
    check("2027-01-01,off,元旦,1,2\n", "holiday_columns", 1, "1");
    check(
        "2027-01-01,off\n2027-01-01,班\n",
        "holiday_conflict",
        2,
        "2027-01-01",
    );
    check("# only a comment\n", "holiday_nothing", 1, "");
    check("日期,类型,名称\n", "holiday_nothing", 1, "");
    check("1800-01-01,off\n", "holiday_date", 1, "1800-01-01");
    let long = "名".repeat(MAX_HOLIDAY_NAME_CHARS + 1);
    check(
        &format!("2027-01-01,off,{long}\n"),
        "holiday_name",
        1,
        &long,
    );
    let many = day("1950-01-01")
        .iter_days()
        .take(MAX_HOLIDAYS + 1)
        .map(|day| format!("{day}\n"))
        .collect::<Vec<String>>()
        .concat();
    let line = u32::try_from(MAX_HOLIDAYS + 1).unwrap();
    assert_eq!(refused(&many).0, "holiday_too_many");
    assert_eq!(refused(&many).1, line);
}

#[test]
fn a_calendar_with_names_alone() {
    let text = calendar(
        &[
            event(&[
                "DTSTART;VALUE=DATE:20270205",
                "DTEND;VALUE=DATE:20270207",
                "SUMMARY:春节（休）",
            ]),
            event(&["DTSTART;VALUE=DATE:20270220", "SUMMARY:春节（班）"]),
            event(&[
                "DTSTART:20270101",
                "SUMMARY;LANGUAGE=en;X=\"a:b\":New Year\\, fir",
                " st day",
            ]),
            event(&["DTSTART:20270904", "SUMMARY:Special Working Day"]),
            event(&["DTSTART:20270102", "SUMMARY:New Year (non-working day)"]),
            event(&["DTSTART:20270103", "SUMMARY:元旦不上班"]),
            event(&["DTSTART:20270905", "SUMMARY:Mid-Autumn", "STATUS:CANCELLED"]),
            event(&[
                "DTSTART:20270214",
                "SUMMARY:Valentine's Day",
                "DESCRIPTION:Observance\\nTo hide",
            ]),
        ]
        .concat(),
    );
    let list = parse(&text).unwrap();
    assert_eq!(
        said(&list),
        [
            "2027-01-01 - New Year, first day",
            "2027-01-02 - New Year (non-working day)",
            "2027-01-03 - 元旦不上班",
            "2027-02-05 - 春节（休）",
            "2027-02-06 - 春节（休）",
            "2027-02-20 + 春节（班）",
            "2027-09-04 + Special Working Day",
        ]
    );
    let left_out: Vec<(&str, &str)> = list
        .left_out
        .iter()
        .map(|event| (event.name.as_str(), event.reason.code()))
        .collect();
    assert_eq!(
        left_out,
        [
            ("Mid-Autumn", "event_cancelled"),
            ("Valentine's Day", "event_observance"),
        ]
    );
}

#[test]
fn a_calendar_that_marks_its_days() {
    let text = calendar(
        &[
            event(&["DTSTART;VALUE=DATE:20260214", "SUMMARY:情人节"]),
            event(&[
                "DTSTART;VALUE=DATE:20260214",
                "SUMMARY:春节",
                "X-APPLE-SPECIAL-DAY:ALTERNATE-WORKDAY",
            ]),
            event(&[
                "DTSTART;VALUE=DATE:20260217",
                "SUMMARY:春节",
                "X-APPLE-SPECIAL-DAY:WORK-HOLIDAY",
            ]),
        ]
        .concat(),
    );
    let list = parse(&text).unwrap();
    assert_eq!(said(&list), ["2026-02-14 + 春节", "2026-02-17 - 春节"]);
    assert_eq!(list.left_out[0].reason, NoHoliday::Unmarked);
    assert_eq!(list.left_out[0].line, 10);
}

#[test]
fn two_feasts_on_one_day_are_both_named() {
    let list = parse("2025-10-06,,国庆节\n2025-10-06,,中秋节\n2025-10-06,,国庆节\n").unwrap();
    assert_eq!(said(&list), ["2025-10-06 - 国庆节、中秋节"]);
}

#[test]
fn what_is_wrong_in_a_calendar() {
    let check = |lines: &[&str], code: &str, line: u32| {
        let found = refused(&calendar(&event(lines)));
        assert_eq!((found.0, found.1), (code, line), "{lines:?}: {}", found.2);
    };
    check(
        &["DTSTART:20270101T090000Z", "SUMMARY:a"],
        "holiday_time",
        12,
    );
    check(&["SUMMARY:a", "DTSTART:20270230"], "holiday_date", 13);
    check(&["DTSTART:2027"], "holiday_date", 12);
    check(&["DTSTART:二〇二七年一"], "holiday_date", 12);
    check(&["SUMMARY:no day at all"], "holiday_date", 10);
    check(
        &["DTSTART:20270101", "RRULE:FREQ=YEARLY"],
        "holiday_repeats",
        13,
    );
    check(&["DTSTART:20270101", "DURATION:P2D"], "holiday_length", 13);
    check(
        &["DTSTART:20270102", "DTEND:20270101"],
        "holiday_length",
        13,
    );
    check(
        &["DTSTART:20270101", "DTEND:20270101"],
        "holiday_length",
        13,
    );
    check(
        &["DTSTART:20270101", "DTEND:99991231"],
        "holiday_length",
        13,
    );
    check(&["DTSTART:00010101"], "holiday_year", 10);
    check(&["no property"], "holiday_broken", 12);
    check(&["BEGIN:VALARM"], "holiday_broken", 17);
    check(&[":"], "holiday_broken", 12);
    let whole = |text: &str| (refused(text).0, refused(text).1);
    assert_eq!(
        whole("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20270101\n"),
        ("holiday_unfinished", 2)
    );
    assert_eq!(
        whole("BEGIN:VCALENDAR\nEND:VCALENDAR\n"),
        ("holiday_nothing", 1)
    );
    assert_eq!(
        whole("BEGIN:VCALENDAR\nEND:VEVENT\n"),
        ("holiday_broken", 2)
    );
    assert_eq!(
        whole("BEGIN:VCALENDAR\nEND:VCALENDAR\nDTSTART:20270101\n"),
        ("holiday_broken", 3)
    );
    let deep = format!("BEGIN:VCALENDAR\n{}", "BEGIN:VEVENT\n".repeat(1_000));
    assert_eq!(
        whole(&deep),
        ("holiday_broken", u32::try_from(MAX_ICS_DEPTH).unwrap() + 1)
    );
}

#[test]
fn files_are_read_in_the_encodings_people_have() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("holidays.csv");
    let text = "日期,类型,名称\r\n2027-02-20,班,春节\r\n";
    std::fs::write(&path, encoding_rs::GBK.encode(text).0).unwrap();
    assert_eq!(said(&read_holidays(&path).unwrap()), ["2027-02-20 + 春节"]);
    std::fs::write(&path, "2027-02-20,who knows,春节\n").unwrap();
    let error = read_holidays(&path).unwrap_err();
    assert_eq!(error.code(), "holiday_kind");
    let params = error.params();
    assert_eq!((&*params["line"], &*params["value"]), ("1", "who knows"));
    assert_eq!(params["file"], "holidays.csv");
    let large = "x".repeat(usize::try_from(MAX_HOLIDAY_FILE_BYTES).unwrap() + 1);
    std::fs::write(&path, large).unwrap();
    assert_eq!(read_holidays(&path).unwrap_err().code(), "file_too_large");
    std::fs::write(&path, b"%PDF-1.7").unwrap();
    assert_eq!(read_holidays(&path).unwrap_err().code(), "not_a_table");
}

proptest! {
    #[test]
    fn any_text_is_read_without_panic(
        text in "\\PC{0,80}",
        lines in prop::collection::vec("(BEGIN|END|DTSTART|DTEND|SUMMARY|RRULE|X)?[;:]?(VCALENDAR|VEVENT|VALARM|2027[0-9]{0,8}|\\PC{0,6})?[\r\n \t]{0,2}", 0..20),
    ) {
        let _ = parse(&text);
        let calendar = format!("BEGIN:VCALENDAR\n{}\nEND:VCALENDAR\n", lines.join("\n"));
        if let Ok(list) = parse(&calendar) {
            prop_assert!(!list.days.is_empty());
        }
    }

    #[test]
    fn a_list_reads_back(days in prop::collection::btree_map(0_u64..3_000, (any::<bool>(), "[a-z春节]{0,9}"), 1..60)) {
        let days: Vec<SpecialDay> = days
            .into_iter()
            .map(|(offset, (off, name))| SpecialDay {
                date: day("2024-01-01") + chrono::Days::new(offset),
                kind: if off { DayKind::Holiday } else { DayKind::WorkingDay },
                name,
            })
            .collect();
        let text = days
            .iter()
            .map(|day| format!("{},{},{}\n", day.date, day.kind.code(), day.name))
            .collect::<Vec<String>>()
            .concat();
        prop_assert_eq!(parse(&text).unwrap().days, days);
    }
}
