//! The calendar kept, shown, used by a split, and taken back.

use yeji_core::calendar::{DayKind, Months, WeekDay, YearEnd};
use yeji_core::metric::GoalMetric;

use super::*;
use crate::api::goals::{SetGoal, SplitGoal, SplitRule};
use crate::api::history::UndoChange;
use crate::demo::tests::demo_app;

fn special(date: &str, kind: DayKind, name: &str) -> SpecialDay {
    SpecialDay {
        date: date.parse().unwrap(),
        kind,
        name: name.to_owned(),
    }
}

async fn year(app: &App, year: i32) -> CalendarView {
    app.get_calendar(GetCalendar { year: Some(year) })
        .await
        .unwrap()
}

fn days_of(view: &CalendarView, key: &str) -> u32 {
    let row = view
        .periods
        .iter()
        .find(|row| row.period.to_string() == key);
    row.unwrap_or_else(|| panic!("no {key}")).working_days
}

#[tokio::test]
async fn without_a_setting_it_is_the_calendar_year() {
    let (_folder, app) = demo_app().await;
    let view = year(&app, 2026).await;
    assert_eq!(view.rule, CalendarRule::default());
    assert_eq!(view.periods.len(), 1 + 2 + 4 + 12);
    assert_eq!(days_of(&view, "2026"), 261);
    assert!(view.known_years.is_empty() && view.unknown_years.is_empty());
    assert!(
        app.get_calendar(GetCalendar { year: Some(1) })
            .await
            .is_err(),
        "a year far off"
    );
}

#[tokio::test]
async fn a_calendar_is_kept_and_taken_back() {
    let (_folder, app) = demo_app().await;
    let rule = CalendarRule {
        first_month: 4,
        ..CalendarRule::default()
    };
    let holidays = BuiltInHolidays::China;
    let now = app.set_calendar(SetCalendar { rule, holidays }).await;
    let now = now.unwrap();
    assert_eq!(now.rule, rule);
    let view = year(&app, 2026).await;
    assert_eq!(days_of(&view, "FY2026@04"), 253);
    assert_eq!(days_of(&view, "FY2026-Q1@04"), 61);
    assert_eq!(view.unknown_years, [2027]);

    let days = vec![
        special("2027-02-08", DayKind::Holiday, "春节"),
        special("2027-02-20", DayKind::WorkingDay, "春节"),
        special("2027-03-01", DayKind::Holiday, "厂庆"),
    ];
    let replace = false;
    app.add_holidays(AddHolidays { days, replace })
        .await
        .unwrap();
    let view = year(&app, 2026).await;
    assert_eq!(days_of(&view, "FY2026@04"), 252, "two off, one made up");
    assert!(view.unknown_years.is_empty());
    assert_eq!(view.days.len(), 3);

    let days = vec![special("2027-03-01", DayKind::WorkingDay, "")];
    app.add_holidays(AddHolidays { days, replace })
        .await
        .unwrap();
    assert_eq!(days_of(&year(&app, 2026).await, "FY2026@04"), 253);
    app.undo_change(UndoChange::default()).await.unwrap();
    assert_eq!(days_of(&year(&app, 2026).await, "FY2026@04"), 252);
    let (days, replace) = (Vec::new(), true);
    app.add_holidays(AddHolidays { days, replace })
        .await
        .unwrap();
    assert!(year(&app, 2026).await.days.is_empty());
}

#[tokio::test]
async fn what_makes_no_calendar_changes_nothing() {
    let (_folder, app) = demo_app().await;
    let before = year(&app, 2026).await;
    let rule = CalendarRule {
        first_month: 13,
        months: Months::W445,
        year_end: YearEnd::Nearest,
        week_start: WeekDay::Sunday,
        ..CalendarRule::default()
    };
    let holidays = BuiltInHolidays::None;
    let error = app.set_calendar(SetCalendar { rule, holidays }).await;
    assert_eq!(error.unwrap_err().code(), "first_month_invalid");
    for bad in [
        special("1800-01-01", DayKind::Holiday, "x"),
        special("2026-01-01", DayKind::Holiday, &"x".repeat(201)),
    ] {
        let (days, replace) = (vec![bad], false);
        let error = app.add_holidays(AddHolidays { days, replace }).await;
        assert_eq!(error.unwrap_err().code(), "input");
    }
    let days = before_days().collect();
    let error = app
        .add_holidays(AddHolidays {
            days,
            replace: true,
        })
        .await;
    assert_eq!(error.unwrap_err().code(), "input", "too many days");
    assert_eq!(year(&app, 2026).await, before);
}

fn before_days() -> impl Iterator<Item = SpecialDay> {
    let first: NaiveDate = "1950-01-01".parse().unwrap();
    first
        .iter_days()
        .take(MAX_OWN_DAYS + 1)
        .map(|date| SpecialDay {
            date,
            kind: DayKind::Holiday,
            name: String::new(),
        })
}

/// The notes of a split of 2027, whose base year has no data from July on: working days decide.
async fn notes_of_2027(app: &App) -> BTreeMap<String, String> {
    let (metric, year) = (GoalMetric::WonAmount, 2027);
    let split = SplitGoal {
        metric,
        year,
        rule: SplitRule::Equal,
        preview: true,
    };
    let notes = app.split_goal(split).await.unwrap().notes;
    let about = |code: &str| ["holidays_unknown", "weeks_without_working_days"].contains(&code);
    notes
        .into_iter()
        .filter(|note| about(&note.code))
        .map(|note| {
            (
                note.code,
                note.params.into_values().collect::<Vec<_>>().join(" "),
            )
        })
        .collect()
}

#[tokio::test]
async fn a_split_goes_by_the_companys_working_days() {
    let (_folder, app) = demo_app().await;
    let set = SetGoal {
        metric: GoalMetric::WonAmount,
        year: 2027,
        amount: "1000000".to_owned(),
    };
    app.set_goal(set).await.unwrap();
    let plain = notes_of_2027(&app).await;
    assert!(
        !plain.contains_key("holidays_unknown"),
        "nobody gave a list"
    );
    assert!(!plain["weeks_without_working_days"].contains("2027-02/W06"));

    let (rule, holidays) = (CalendarRule::default(), BuiltInHolidays::China);
    app.set_calendar(SetCalendar { rule, holidays })
        .await
        .unwrap();
    let china = notes_of_2027(&app).await;
    assert_eq!(china["holidays_unknown"], "2027");

    let first: NaiveDate = "2027-02-08".parse().unwrap();
    let days = first.iter_days().take(5);
    let days = days
        .map(|date| SpecialDay {
            date,
            kind: DayKind::Holiday,
            name: "春节".to_owned(),
        })
        .collect();
    let replace = false;
    app.add_holidays(AddHolidays { days, replace })
        .await
        .unwrap();
    let known = notes_of_2027(&app).await;
    assert!(!known.contains_key("holidays_unknown"));
    let idle = &known["weeks_without_working_days"];
    assert!(
        idle.contains("2027-02/W06"),
        "a week off gets nothing: {idle}"
    );
}

#[tokio::test]
async fn a_setting_that_cannot_be_read_is_said() {
    for bad in [
        json!("04"),
        json!({ "rule": { "first_month": 0 } }),
        json!({ "weeks": "whole" }),
        json!({ "days": [{ "date": "2026-13-01", "kind": "holiday", "name": "" }] }),
    ] {
        let error = CompanyCalendar::read(bad.clone()).unwrap_err();
        assert!(
            ["unknown_value", "first_month_invalid"].contains(&error.code()),
            "{bad}"
        );
    }
}
