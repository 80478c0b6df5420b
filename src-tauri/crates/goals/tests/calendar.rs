//! Engine `calendar.periods`.

use yeji_core::calendar::{PeriodKind, WorkingDays};
use yeji_goals::calendar::{PeriodsInput, periods};

fn input(kind: PeriodKind) -> PeriodsInput {
    PeriodsInput {
        year: None,
        from: None,
        to: None,
        kind,
        calendar: None,
        working_days: WorkingDays::default(),
    }
}

#[test]
fn a_year_in_cut_weeks() {
    let rows = periods(&PeriodsInput {
        year: Some(2018),
        ..input(PeriodKind::CutWeek)
    })
    .unwrap()
    .periods;
    let row = rows
        .iter()
        .find(|row| row.key.to_string() == "2018-02/W05")
        .unwrap();
    assert_eq!(
        (row.start.to_string(), row.end.to_string()),
        ("2018-02-01".into(), "2018-02-05".into())
    );
    assert_eq!(row.parent.unwrap().to_string(), "2018-02");
    assert_eq!(row.working_days, 2);
    assert_eq!(
        rows.iter().map(|row| row.working_days).sum::<u64>(),
        261,
        "2018 has 261 weekdays"
    );
    assert_eq!(
        rows[rows.len() - 1].key.to_string(),
        "2018-12/W01",
        "31 December is week 1 of 2019"
    );
}

#[test]
fn a_span_is_half_open_and_holds_what_it_touches() {
    let span = |from: &str, to: &str| {
        let (from, to) = (Some(from.parse().unwrap()), Some(to.parse().unwrap()));
        periods(&PeriodsInput {
            from,
            to,
            ..input(PeriodKind::Month)
        })
    };
    let keys: Vec<_> = span("2018-01-31", "2018-03-01")
        .unwrap()
        .periods
        .iter()
        .map(|row| row.key.to_string())
        .collect();
    assert_eq!(keys, ["2018-01", "2018-02"]);
    for (from, to) in [
        ("2018-01-01", "2018-01-01"),
        ("2018-02-01", "2018-01-01"),
        ("1800-01-01", "2018-01-01"),
    ] {
        assert_eq!(
            span(from, to).unwrap_err().code(),
            "calendar_span_range",
            "{from} {to}"
        );
    }
}

#[test]
fn exactly_one_way_of_giving_the_span() {
    assert_eq!(
        periods(&input(PeriodKind::Year)).unwrap_err().code(),
        "calendar_span"
    );
    let both = PeriodsInput {
        year: Some(2018),
        from: Some("2018-01-01".parse().unwrap()),
        ..input(PeriodKind::Year)
    };
    assert_eq!(periods(&both).unwrap_err().code(), "calendar_span");
    let late = PeriodsInput {
        year: Some(2201),
        ..input(PeriodKind::Year)
    };
    assert_eq!(periods(&late).unwrap_err().code(), "period_invalid");
}

#[test]
fn a_fiscal_year_in_quarters() {
    let rows = |kind| {
        let input = PeriodsInput {
            year: Some(2026),
            calendar: Some("04".parse().unwrap()),
            working_days: WorkingDays::china(),
            ..input(kind)
        };
        periods(&input).unwrap().periods
    };
    let quarters = rows(PeriodKind::Quarter);
    assert_eq!(quarters[0].key.to_string(), "FY2026-Q1@04");
    assert_eq!(quarters[0].start.to_string(), "2026-04-01");
    let parent = quarters[3].parent.unwrap();
    assert_eq!(parent.to_string(), "FY2026-H2@04");
    let days = |rows: &[yeji_goals::calendar::PeriodRow]| -> Vec<u64> {
        rows.iter().map(|row| row.working_days).collect()
    };
    assert_eq!(days(&quarters), [61, 66, 62, 64]);
    for kind in [PeriodKind::Half, PeriodKind::Month, PeriodKind::CutWeek] {
        let days = days(&rows(kind)).iter().sum::<u64>();
        assert_eq!(days, 253, "{kind:?}");
    }
}
