//! How likely a goal of another figure than the won amount is, by the day: against the same by hand.

use chrono::{Days, NaiveDate};
use yeji_core::Ratio;
use yeji_core::calendar::{Period, PeriodKind};
use yeji_core::metric::GoalMetric;
use yeji_report::chart::Lang;
use yeji_testkit::day;

use crate::access::Right;
use crate::api::goal_progress::{GetGoalProgress, GoalLight, GoalProgress, SmartAnswer};
use crate::api::goals::{SetGoal, SplitGoal, SplitRule};
use crate::api::settings::CreateDemo;
use crate::context::App;
use crate::host::no_progress;
use crate::performance::{ResultsBy, ResultsOf};
use crate::testing;

/// Three years and a half of a small company.
async fn demo() -> (tempfile::TempDir, App) {
    let folder = tempfile::tempdir().unwrap();
    let desk = testing::desk(folder.path(), "2026-07-07").await;
    let small = CreateDemo {
        people: 8,
        deals: 900,
        years: 4,
        seed: 3,
        until: Some(day("2026-06-30")),
    };
    desk.create_demo(small, &no_progress).await.unwrap();
    let app = desk.admit(Right::Nothing).await.unwrap();
    (folder, app)
}

async fn split(app: &App, metric: GoalMetric, amount: &str) {
    app.set_goal(SetGoal {
        metric,
        year: 2026,
        amount: amount.to_owned(),
    })
    .await
    .unwrap();
    app.split_goal(SplitGoal {
        metric,
        year: 2026,
        rule: SplitRule::Equal,
        preview: false,
    })
    .await
    .unwrap();
}

async fn on(
    app: &App,
    metric: GoalMetric,
    period: &str,
    unit: Option<&str>,
    as_of: Option<&str>,
) -> GoalProgress {
    app.get_goal_progress(GetGoalProgress {
        metric,
        period: period.parse().unwrap(),
        unit: unit.map(str::to_owned),
        as_of: as_of.map(day),
        language: Lang::En,
    })
    .await
    .unwrap()
}

fn achievable(found: &GoalProgress) -> &SmartAnswer {
    &found.smart[2]
}

async fn made(app: &App, metric: GoalMetric, days: (NaiveDate, NaiveDate)) -> i64 {
    let (by, of) = (ResultsBy::Whole, ResultsOf::default());
    let made = app.metric_results(metric, &[days], by, of).await.unwrap();
    made.whole(1)[0]
}

/// What as many last working days as are left brought in each earlier month, by hand.
async fn remainders(app: &App, metric: GoalMetric, month: Period, as_of: NaiveDate) -> Vec<i64> {
    let working = app.company_calendar().await.unwrap().working_days();
    let next = as_of + Days::new(1);
    let is_working = |day: &NaiveDate| working.is_working(*day);
    let left = next
        .iter_days()
        .take_while(|day| *day < month.end())
        .filter(is_working)
        .count();
    let known = app.metric_months(metric).await.unwrap();
    let mut all = Vec::new();
    let mut at = month.previous().unwrap();
    while known.contains(&at.start()) && all.len() < 36 {
        let days: Vec<NaiveDate> = at
            .start()
            .iter_days()
            .take_while(|day| *day < at.end())
            .collect();
        // The shortest tail is searched from behind; it begins after the working day before it.
        let before = days.iter().rev().filter(|day| is_working(day)).nth(left);
        let from = before.map_or(at.start(), |before| *before + Days::new(1));
        let tail = if from < at.end() {
            made(app, metric, (from, at.end())).await
        } else {
            0
        };
        all.push(tail);
        at = at.previous().unwrap();
    }
    all
}

#[tokio::test]
async fn what_remains_must_come_in_the_days_that_are_left() {
    let (_folder, app) = demo().await;
    let metric = GoalMetric::Receipts;
    let month = Period::containing(PeriodKind::Month, day("2026-06-01")).unwrap();
    let year = made(&app, metric, (day("2025-01-01"), day("2026-01-01"))).await;
    let minor = |text: &str| text.replace('.', "").parse::<i64>().unwrap();
    // A goal of the month that is missed by a fiftieth, so that something is left on every day.
    split(&app, metric, &(year / 100).to_string()).await;
    let end = on(&app, metric, "2026-06", None, Some("2026-06-30")).await;
    let (goal, actual) = (i128::from(minor(&end.goal)), i128::from(minor(&end.actual)));
    let year = i128::from(year / 100) * actual * 51 / 50 / goal;
    split(&app, metric, &year.to_string()).await;
    let percent = |text: &str| -> Ratio {
        let number = Ratio::parse_decimal(text.trim_end_matches('%')).unwrap();
        number.checked_div(Ratio::from_int(100)).unwrap()
    };
    for as_of in ["2026-06-05", "2026-06-17", "2026-06-26", "2026-06-29"] {
        let found = on(&app, metric, "2026-06", None, Some(as_of)).await;
        let missing = minor(&found.goal) - minor(&found.actual);
        assert!(missing > 0, "the goal is not reached on {as_of}");
        let all = remainders(&app, metric, month, day(as_of)).await;
        let enough = all.iter().filter(|tail| **tail >= missing).count();
        let params = &achievable(&found).said.params;
        assert_eq!(params["periods"], all.len().to_string());
        let said = ["chance", "chance_most", "chance_least"];
        let said = said.iter().find_map(|name| params.get(*name)).unwrap();
        // Between the shares of those that were enough and of one more, to the digit shown.
        let of = i128::try_from(all.len()).unwrap() + 1;
        let share = |count: usize| Ratio::new(i128::try_from(count).unwrap(), of).unwrap();
        let digit = Ratio::new(1, 1000).unwrap();
        let chance = percent(said);
        assert!(
            chance.checked_add(digit).unwrap() >= share(enough)
                && chance <= share(enough + 1).checked_add(digit).unwrap(),
            "{as_of}: {said}, {enough} of {}",
            all.len()
        );
    }
    let over = on(&app, metric, "2026-06", None, Some("2026-06-30")).await;
    assert_eq!(achievable(&over).said.params["chance"], "0.0%");
    assert_eq!(achievable(&over).light, GoalLight::Red);
    // Three earlier years are no distribution.
    let year = on(&app, metric, "2026", None, None).await;
    let params = &achievable(&year).said.params;
    assert!(
        ["chance", "chance_most", "chance_least"]
            .iter()
            .all(|name| !params.contains_key(*name))
    );
    assert_eq!(params["needed"], "9");
}

#[tokio::test]
async fn where_less_is_better_people_count_who_came_down_as_far() {
    let (_folder, app) = demo().await;
    let metric = GoalMetric::LostCount;
    split(&app, metric, "40").await;
    let years: Vec<(NaiveDate, NaiveDate)> = [2023, 2024, 2025]
        .map(|year| {
            let year = Period::year(year).unwrap();
            (year.start(), year.end())
        })
        .to_vec();
    let all = app
        .metric_results(metric, &years, ResultsBy::Person, ResultsOf::default())
        .await
        .unwrap();
    let mut by_person = std::collections::BTreeMap::<String, [i64; 3]>::new();
    for (at, person, count) in all.people() {
        by_person.entry(person.to_string()).or_default()[at] += count;
    }
    let mut checked = 0;
    for (person, own) in &by_person {
        let args = GetGoalProgress {
            metric,
            period: "2026".parse().unwrap(),
            unit: Some(person.clone()),
            as_of: None,
            language: Lang::En,
        };
        let Ok(found) = app.get_goal_progress(args).await else {
            continue;
        };
        let goal: i64 = found.goal.parse().unwrap();
        if own[2] == 0 || goal >= own[2] {
            continue;
        }
        let came_down = |one: &&[i64; 3]| {
            one.windows(2)
                .any(|pair| pair[0] > 0 && pair[1] * own[2] <= goal * pair[0])
        };
        let reached = by_person.values().filter(came_down).count();
        let params = &achievable(&found).said.params;
        assert_eq!(
            params["reduced"],
            reached.to_string(),
            "{person}: {own:?} to {goal}"
        );
        assert!(!params.contains_key("reached"));
        checked += 1;
    }
    assert!(checked > 2, "people are to come down");
    // More lost than the limit of the whole year is red, and says by how many.
    let company = on(&app, metric, "2026", None, None).await;
    let by = company.actual.parse::<i64>().unwrap() - 40;
    assert!(by > 0);
    assert_eq!(company.light, Some(GoalLight::Red));
    let passed = company
        .notes
        .iter()
        .find(|note| note.code == "progress_limit_passed")
        .unwrap();
    assert!(passed.params["amount"].starts_with(&by.to_string()));
}

/// Rounding put the deals of a month into one week or another; half of its working days are half of them.
#[tokio::test]
async fn of_deals_as_much_is_due_as_working_days_are_over() {
    let (_folder, app) = demo().await;
    let metric = GoalMetric::WonCount;
    split(&app, metric, "100").await;
    let book = app.book_in_force(metric, 2026).await.unwrap();
    let working = app.company_calendar().await.unwrap().working_days();
    let month = "2026-06".parse::<Period>().unwrap();
    let count = |to: NaiveDate| {
        let days = month.start().iter_days().take_while(|day| *day < to);
        i128::try_from(days.filter(|day| working.is_working(*day)).count()).unwrap()
    };
    for at in 0..book.units.len() {
        let goal = book.sum(at, month).unwrap();
        let unit = book.units[at].id.as_str();
        let found = on(&app, metric, "2026-06", Some(unit), Some("2026-06-15")).await;
        let due = Ratio::from_int(goal)
            .checked_mul(Ratio::new(count(day("2026-06-16")), count(month.end())).unwrap())
            .unwrap();
        let said = Ratio::parse_decimal(&found.to_date).unwrap();
        let apart = said.checked_sub(due).unwrap();
        let half_a_digit = Ratio::new(1, 20).unwrap();
        assert!(apart <= half_a_digit && apart >= Ratio::ZERO.checked_sub(half_a_digit).unwrap());
        if goal > 0 {
            let pace: Ratio = found.pace.unwrap().parse().unwrap();
            let actual = Ratio::from_int(found.actual.parse::<i64>().unwrap());
            assert_eq!(pace.checked_mul(due).unwrap(), actual);
        }
    }
}

/// What is over is measured by what was known at its end, not by how long ago that is.
#[tokio::test]
async fn a_period_that_is_over_is_measured_up_to_its_end() {
    let (_folder, app) = demo().await;
    split(&app, GoalMetric::Receipts, "1000000").await;
    for period in ["2026-02", "2026-Q1"] {
        let found = on(&app, GoalMetric::Receipts, period, None, None).await;
        let measurable = &found.smart[1];
        assert_eq!(measurable.light, GoalLight::Green, "{:?}", measurable.said);
        assert!(measurable.suggestions.is_empty());
    }
}
