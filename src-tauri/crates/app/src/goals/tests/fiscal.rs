//! Goals of a company whose year is not the calendar's.

use yeji_core::calendar::{CalendarRule, Months, NamedBy, Period, WeekDay};
use yeji_core::metric::GoalMetric;
use yeji_report::chart::Lang;

use super::numbers::{assert_closed, number};
use crate::api::calendar::{BuiltInHolidays, SetCalendar};
use crate::api::goal_grid::{EditGoal, GoalAbove, GoalEdit, GoalEdited, GoalGrid, GridColumns};
use crate::api::goal_progress::GetGoalProgress;
use crate::api::goal_sheet::{ExportGoalSheet, ReadGoalSheet};
use crate::api::goals::{GetGoalWeeks, SetGoal, SplitGoal, SplitRule};
use crate::context::App;
use crate::demo::tests::demo_app;
use crate::error::Result;

const APRIL: CalendarRule = CalendarRule {
    first_month: 4,
    months: Months::Calendar,
    year_end: yeji_core::calendar::YearEnd::Last,
    week_start: WeekDay::Monday,
    named_by: NamedBy::Start,
};

async fn split_in(app: &App, rule: CalendarRule, year: i32, by: SplitRule) {
    let holidays = BuiltInHolidays::China;
    app.set_calendar(SetCalendar { rule, holidays })
        .await
        .unwrap();
    app.set_goal(SetGoal {
        metric: GoalMetric::WonAmount,
        year,
        amount: "12345678.91".to_owned(),
    })
    .await
    .unwrap();
    app.split_goal(SplitGoal {
        metric: GoalMetric::WonAmount,
        year,
        rule: by,
        preview: false,
    })
    .await
    .unwrap();
}

async fn grid(app: &App, year: i32) -> GoalGrid {
    super::whole_grid(app, GoalMetric::WonAmount, year, GridColumns::Weeks).await
}

async fn edit(app: &App, grid: &GoalGrid, edits: Vec<GoalEdit>) -> Result<GoalEdited> {
    app.edit_goal(EditGoal {
        plan: grid.plan.as_ref().unwrap().id,
        edits,
        frozen_before: None,
        reason: None,
        preview: false,
    })
    .await
}

/// The company's goal on the days of a period, as every figure beside results has it.
async fn goal_on(app: &App, period: &str) -> Option<i64> {
    let index = app.goal_index(GoalMetric::WonAmount).await.unwrap();
    let period: Period = period.parse().unwrap();
    app.goal_of(&index, None, period.into()).await.unwrap()
}

#[tokio::test]
async fn a_year_from_april_closes_is_changed_and_measured_in_its_own_periods() {
    let (folder, app) = demo_app().await;
    split_in(&app, APRIL, 2026, SplitRule::History { base: None }).await;
    let before = grid(&app, 2026).await;
    assert_closed(&before);
    let year = &before.columns[0];
    assert_eq!(year.period.to_string(), "FY2026@04");
    assert_eq!(year.start.to_string(), "2026-04-01");
    assert_eq!(year.end.to_string(), "2027-04-01");
    let company = before.rows[0].unit.clone();
    assert_eq!(number(&before, &company, "FY2026@04"), 1_234_567_891);

    // A half is changed; the other one stays, and all closes.
    let set = |period: &str, amount: &str, above| GoalEdit::Set {
        unit: company.clone(),
        period: period.parse().unwrap(),
        amount: amount.to_owned(),
        above,
    };
    let half = set("FY2026-H1@04", "5000000.01", GoalAbove::Periods);
    edit(&app, &before, vec![half]).await.unwrap();
    let after = grid(&app, 2026).await;
    assert_closed(&after);
    assert_eq!(number(&after, &company, "FY2026-H1@04"), 500_000_001);
    assert_eq!(number(&after, &company, "FY2026@04"), 1_234_567_891);
    // Of a quarter, all other quarters of the year absorb the change.
    let quarter = set("FY2026-Q1@04", "1.00", GoalAbove::Periods);
    edit(&app, &after, vec![quarter]).await.unwrap();
    let last = grid(&app, 2026).await;
    assert_closed(&last);
    for key in ["FY2026-Q2@04", "FY2026-Q3@04", "FY2026-Q4@04"] {
        assert!(
            number(&last, &company, key) > number(&after, &company, key),
            "{key} takes a part"
        );
    }
    // A period of the calendar year is none of the plan.
    let other = set("2026-Q2", "1.00", GoalAbove::Grow);
    assert!(edit(&app, &last, vec![other]).await.is_err());

    // Figures of calendar quarters find the weeks that are theirs.
    let second = number(&last, &company, "FY2026-Q2@04");
    assert_eq!(goal_on(&app, "2026-Q3").await, Some(second));
    assert_eq!(goal_on(&app, "FY2026-Q2@04").await, Some(second));
    let weeks = app
        .get_goal_weeks(GetGoalWeeks {
            metric: GoalMetric::WonAmount,
            year: 2026,
            unit: company.clone(),
        })
        .await
        .unwrap();
    let days = weeks.iter().map(|node| node.days.unwrap());
    assert_eq!(days.map(|days| days.from).min(), Some(year.start));
    let asked = GetGoalProgress {
        metric: GoalMetric::WonAmount,
        period: "2026-Q3".parse().unwrap(),
        unit: Some(company.clone()),
        as_of: None,
        language: Lang::En,
    };
    let progress = app.get_goal_progress(asked).await.unwrap();
    assert_eq!(progress.period_label, "Q2 FY2026");
    assert_eq!(progress.goal.replace('.', ""), second.to_string());
    assert_eq!(progress.steps[0].label, "Jul 2026");

    // Excel and back says the same.
    let file = folder.path().join("goals.xlsx");
    let export = ExportGoalSheet {
        metric: GoalMetric::WonAmount,
        year: 2026,
        language: Lang::En,
    };
    app.export_goal_sheet_to(&file, export).await.unwrap();
    let read = ReadGoalSheet {
        metric: GoalMetric::WonAmount,
        year: 2026,
        frozen_before: None,
        preview: true,
    };
    let read = app.read_goal_sheet(&file, read).await.unwrap();
    assert_eq!(read.mismatches.len(), 0);
    assert!(read.edited.is_none(), "nothing differs");
    assert!(read.people > 0);
}

#[tokio::test]
async fn months_of_weeks_close_and_days_beside_their_weeks_have_no_goal() {
    let (_folder, app) = demo_app().await;
    let rule = CalendarRule {
        first_month: 2,
        months: Months::W454,
        ..APRIL
    };
    split_in(&app, rule, 2026, SplitRule::History { base: None }).await;
    let all = grid(&app, 2026).await;
    assert_closed(&all);
    let company = all.rows[0].unit.clone();
    let month = all
        .columns
        .iter()
        .find(|one| one.period.to_string() == "FY2026-P02@02-454")
        .unwrap();
    assert_eq!((month.end - month.start).num_days(), 35);
    let own = number(&all, &company, "FY2026-P02@02-454");
    assert_eq!(goal_on(&app, "FY2026-P02@02-454").await, Some(own));
    // A calendar month holds parts of weeks, whose goals are not known.
    assert_eq!(goal_on(&app, "2026-03").await, None);
}

#[tokio::test]
async fn days_in_years_of_two_calendars_belong_to_the_later_year() {
    let (_folder, app) = demo_app().await;
    let first = goal_on(&app, "2026-Q1").await.unwrap();
    let old = goal_on(&app, "2026-Q2").await.unwrap();
    let rule = CalendarRule {
        named_by: NamedBy::End,
        ..APRIL
    };
    // April 2026 to March 2027; the calendar year 2026 has a goal too.
    split_in(&app, rule, 2027, SplitRule::Equal).await;
    let new = number(
        &grid(&app, 2027).await,
        &grid(&app, 2027).await.rows[0].unit,
        "FY2027-Q1@04-end",
    );
    assert_ne!(new, old);
    assert_eq!(goal_on(&app, "2026-Q2").await, Some(new));
    assert_eq!(goal_on(&app, "2026-Q1").await, Some(first));
    assert_eq!(goal_on(&app, "2026-H1").await, Some(first + new));
}

/// July to December is none of the halves of a year from April, and the first quarter of 2026 lies in the year
/// before.
#[tokio::test]
async fn a_period_of_the_calendar_year_is_never_silently_another() {
    let (_folder, app) = demo_app().await;
    split_in(&app, APRIL, 2027, SplitRule::Equal).await;
    let asked = async |period: &str| {
        let asked = GetGoalProgress {
            metric: GoalMetric::WonAmount,
            period: period.parse().unwrap(),
            unit: None,
            as_of: None,
            language: Lang::En,
        };
        app.get_goal_progress(asked).await
    };
    let half = asked("2027-H2").await.unwrap_err();
    assert_eq!(half.code(), "goal_other_period");
    assert_eq!(half.params()["period"], "FY2027-H1@04");
    assert_eq!(half.params()["to"], "2027-09-30");
    let quarter = asked("2027-Q3").await.unwrap();
    assert_eq!(quarter.period.to_string(), "FY2027-Q2@04");
    assert!(
        quarter
            .notes
            .iter()
            .all(|note| note.code != "progress_other_days")
    );
    let before = asked("2027-Q1").await.unwrap_err();
    assert_eq!(before.code(), "no_goal_on");
    assert_eq!(before.params()["year"], "FY2026@04");
    assert_eq!(before.params()["from"], "2026-04-01");
}

/// Months of weeks begin some days beside those of the calendar: the page asks by these, and is told.
#[tokio::test]
async fn months_of_weeks_are_named_where_a_calendar_month_is_asked_for() {
    let (_folder, app) = demo_app().await;
    let rule = CalendarRule {
        first_month: 2,
        months: Months::W454,
        ..APRIL
    };
    split_in(&app, rule, 2026, SplitRule::Equal).await;
    // Months of weeks begin up to eight days before or after the calendar's: none of them is refused.
    for month in ["2026-03", "2026-07", "2026-09", "2026-12"] {
        let asked = GetGoalProgress {
            metric: GoalMetric::WonAmount,
            period: month.parse().unwrap(),
            unit: None,
            as_of: None,
            language: Lang::En,
        };
        let calendar_month: Period = month.parse().unwrap();
        let found = app.get_goal_progress(asked).await.unwrap().period;
        let shared = found.days().filter(|day| calendar_month.contains(*day));
        assert!(shared.count() >= 15, "{month} is not {found}");
    }
    let asked = GetGoalProgress {
        metric: GoalMetric::WonAmount,
        period: "2026-05".parse().unwrap(),
        unit: None,
        as_of: None,
        language: Lang::En,
    };
    let found = app.get_goal_progress(asked).await.unwrap();
    let said = found
        .notes
        .iter()
        .find(|note| note.code == "progress_other_days")
        .unwrap();
    assert_eq!(said.params["asked"], "2026-05");
    assert_eq!(said.params["period"], found.period.to_string());
}
