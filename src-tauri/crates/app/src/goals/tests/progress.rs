//! Where people stand, against the same figures computed another way.

use chrono::{Datelike, NaiveDate, Weekday};
use yeji_core::Ratio;
use yeji_core::metric::GoalMetric;
use yeji_report::chart::Lang;

use crate::api::goal_grid::{GoalGrid, GridColumns};
use crate::api::goal_progress::{GetGoalProgress, GoalLight, GoalProgress, SetGoalAim};
use crate::api::goals::GetGoalWeeks;
use crate::context::App;
use crate::demo::tests::demo_app;
use crate::error::Error;

fn cents(amount: &str) -> i64 {
    amount.replace('.', "").parse().unwrap()
}

async fn grid(app: &App, year: i32) -> GoalGrid {
    super::whole_grid(app, GoalMetric::WonAmount, year, GridColumns::Weeks).await
}

async fn progress(
    app: &App,
    period: &str,
    unit: Option<&str>,
    as_of: Option<&str>,
) -> GoalProgress {
    app.get_goal_progress(GetGoalProgress {
        metric: GoalMetric::WonAmount,
        period: period.parse().unwrap(),
        unit: unit.map(str::to_owned),
        as_of: as_of.map(|day| day.parse().unwrap()),
        language: Lang::En,
    })
    .await
    .unwrap()
}

fn is_working(day: NaiveDate) -> bool {
    !matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

#[tokio::test]
async fn the_goal_to_date_and_todays_number_are_those_of_the_cells() {
    let (_folder, app) = demo_app().await;
    let all = grid(&app, 2026).await;
    let person = all.rows.iter().find(|row| row.level == "person").unwrap();
    let as_of: NaiveDate = "2026-03-11".parse().unwrap();
    let found = progress(&app, "2026-Q1", Some(&person.unit), Some("2026-03-11")).await;
    // Weeks that are over whole, the week under way by its working days.
    let (mut exact, mut goal, mut left) = (Ratio::ZERO, 0, 0);
    for (column, amount) in all.columns.iter().zip(&person.amounts) {
        let is_week = column.kind == yeji_core::calendar::PeriodKind::CutWeek;
        if !is_week || column.start >= "2026-04-01".parse().unwrap() {
            continue;
        }
        let days: Vec<NaiveDate> = column
            .start
            .iter_days()
            .take_while(|day| *day < column.end)
            .filter(|day| is_working(*day))
            .collect();
        let done = days.iter().filter(|day| **day <= as_of).count();
        left += days.len() - done;
        let minor = cents(amount);
        goal += minor;
        let share = if column.end <= as_of {
            Ratio::ONE
        } else if days.is_empty() {
            Ratio::ZERO
        } else {
            Ratio::new(done as i128, days.len() as i128).unwrap()
        };
        exact = exact
            .checked_add(Ratio::from_int(minor).checked_mul(share).unwrap())
            .unwrap();
    }
    assert_eq!(cents(&found.goal), goal);
    assert_eq!(
        cents(&found.to_date),
        exact.round(yeji_core::Rounding::default()).unwrap()
    );
    assert_eq!(found.days_left as usize, left);
    let actual = cents(&found.actual);
    assert_eq!(cents(&found.left), (goal - actual).max(0));
    let each = (goal - actual).max(0);
    let days = i64::try_from(left).unwrap();
    assert_eq!(
        cents(found.today.as_ref().unwrap()),
        each / days + i64::from(each % days != 0)
    );
    let pace: Ratio = found.pace.as_ref().unwrap().parse().unwrap();
    assert_eq!(
        pace,
        Ratio::new(i128::from(actual), i128::from(cents(&found.to_date))).unwrap()
    );
    let light = if pace >= Ratio::ONE {
        GoalLight::Green
    } else if pace >= Ratio::new(85, 100).unwrap() {
        GoalLight::Amber
    } else {
        GoalLight::Red
    };
    assert_eq!(found.light, Some(light));
    let steps: i64 = found.steps.iter().map(|step| cents(&step.goal)).sum();
    let reached: i64 = found
        .steps
        .iter()
        .filter_map(|step| step.actual.as_deref())
        .map(cents)
        .sum();
    assert_eq!(
        (steps, reached),
        (goal, actual),
        "the months sum to the quarter"
    );
}

#[tokio::test]
async fn what_people_reached_sums_to_what_their_team_and_the_company_reached() {
    let (_folder, app) = demo_app().await;
    let all = grid(&app, 2025).await;
    let whole = progress(&app, "2025", None, None).await;
    assert_eq!(whole.level, "company");
    assert_eq!(
        whole.as_of,
        "2025-12-31".parse().unwrap(),
        "a year that is over is known to its end"
    );
    assert_eq!((whole.days_left, whole.today.is_none()), (0, true));
    let mut units = 0;
    for row in all.rows.iter().filter(|row| row.depth == 1) {
        units += cents(&progress(&app, "2025", Some(&row.unit), None).await.actual);
    }
    let weeks = GetGoalWeeks {
        metric: GoalMetric::WonAmount,
        year: 2025,
        unit: whole.unit.clone(),
    };
    assert!(!app.get_goal_weeks(weeks).await.unwrap().is_empty());
    assert_eq!(units, cents(&whole.actual));
    assert_eq!(cents(&whole.goal), cents(&all.rows[0].amounts[0]));
}

#[tokio::test]
async fn the_five_answers_are_in_numbers_and_an_aim_makes_a_goal_relevant() {
    let (_folder, app) = demo_app().await;
    let all = grid(&app, 2026).await;
    let person = all
        .rows
        .iter()
        .find(|row| row.level == "person" && row.growth.is_some())
        .unwrap();
    let found = progress(&app, "2026", Some(&person.unit), None).await;
    let criteria: Vec<&str> = found
        .smart
        .iter()
        .map(|one| one.criterion.as_str())
        .collect();
    assert_eq!(
        criteria,
        [
            "specific",
            "measurable",
            "achievable",
            "relevant",
            "time_bound"
        ]
    );
    let achievable = &found.smart[2];
    assert_eq!(achievable.said.code, "smart_achievable");
    let growth: Ratio = person.growth.as_ref().unwrap().parse().unwrap();
    let said = yeji_report::format::percent(growth).unwrap();
    assert_eq!(achievable.said.params["growth"], said);
    assert_eq!(found.smart[3].light, GoalLight::Amber, "no aim is named");
    let aim = SetGoalAim {
        metric: GoalMetric::WonAmount,
        year: 2026,
        aim: " grow in the east ".to_owned(),
    };
    app.set_goal_aim(aim.clone()).await.unwrap();
    let found = progress(&app, "2026", Some(&person.unit), None).await;
    assert_eq!(found.smart[3].light, GoalLight::Green);
    assert_eq!(found.smart[3].said.params["aim"], "grow in the east");
    let long = app
        .set_goal_aim(SetGoalAim {
            aim: "x".repeat(201),
            ..aim
        })
        .await;
    assert!(matches!(long, Err(Error::Input { .. })));
}
