//! Comparisons of the same people, by the versions and the calendar that runs go by.

use std::collections::BTreeMap;

use yeji_core::calendar::{CalendarRule, Months, NamedBy, WeekDay, YearEnd};
use yeji_core::ids::PersonId;
use yeji_core::org::OPEN_START;
use yeji_testkit::day;

use super::*;
use crate::api::Message;
use crate::api::bonus::RunBonus;
use crate::api::bonus_people::{AssignPlan, SavePlan};
use crate::api::calendar::{BuiltInHolidays, SetCalendar};
use crate::api::settings::SetTargetBonuses;
use crate::bonus::Calculation;
use crate::demo::tests::demo_app;

const BASE: &str = "attainment-bands";
const OTHER: &str = "other-bands";
const THIRD: &str = "third-bands";

/// One percent of what is sold, and two of what goes over a million in the year.
const TO_DATE: &str = r#"measure = { kind = "facts", over = "year_to_date" }

[components.rate]
by = "amount"

[[components.rate.tiers]]
from = "0"
to = "1000000"
applies_to = "marginal"
pay = { kind = "percent_of_measure", percent = "1%" }

[[components.rate.tiers]]
from = "1000000"
applies_to = "marginal"
pay = { kind = "percent_of_measure", percent = "2%" }
"#;

/// The built-in plan: this share of the target bonus above the goal.
fn bands(code: &str, above: &str) -> String {
    let text = yeji_bonus::ATTAINMENT_BANDS.replace(BASE, code);
    text.replace("200%", above)
}

async fn save(app: &App, plan: String, from: Option<NaiveDate>, everybody: bool) {
    let args = SavePlan {
        plan,
        from,
        everybody: Some(everybody),
    };
    app.save_bonus_plan(args).await.unwrap();
}

/// Everybody has a target bonus, and is under one plan for all the time.
async fn company() -> (tempfile::TempDir, App) {
    let (folder, app) = demo_app().await;
    let set = SetTargetBonuses {
        people: Vec::new(),
        per_quarter: "9100".to_owned(),
        from: day("2024-01-01"),
    };
    app.set_target_bonuses(set).await.unwrap();
    save(&app, bands(BASE, "200%"), Some(OPEN_START), true).await;
    (folder, app)
}

async fn run(app: &App, plan: &str, period: &str) -> Calculation {
    let ask = RunBonus {
        period: period.parse().unwrap(),
        plan: Some(plan.to_owned()),
        preview: true,
        people: None,
    };
    let made = app.run_bonus_with(ask, None, false, &|_| ()).await;
    made.unwrap()
}

/// Three who are paid most, under another plan from the beginning of 2025.
async fn under_other(app: &App) -> Vec<PersonId> {
    save(app, bands(OTHER, "150%"), None, false).await;
    let made = run(app, BASE, "2026-Q1").await.output;
    let mut there: Vec<_> = made.statements.iter().collect();
    // Whoever earned most is among them.
    there.sort_by_key(|one| std::cmp::Reverse(one.payout.minor));
    let three = there.iter().take(3);
    let people: Vec<PersonId> = three.map(|one| one.person.parse().unwrap()).collect();
    let args = AssignPlan {
        assignment: None,
        plan: OTHER.to_owned(),
        people: people.clone(),
        unit: None,
        from: day("2025-01-01"),
        to: None,
        target_bonus: None,
        preview: false,
    };
    app.assign_plan(args).await.unwrap();
    people
}

fn asked(plans: &[String], from: &str, to: &str) -> SimulateBonus {
    SimulateBonus {
        plans: plans.to_vec(),
        from: from.parse().unwrap(),
        to: to.parse().unwrap(),
        budget: None,
    }
}

async fn compared(app: &App, plans: &[String], from: &str, to: &str) -> WhatIf {
    let view = app.simulate_bonus(asked(plans, from, to), &|_| ()).await;
    view.unwrap()
}

fn codes(notes: &[Message]) -> Vec<&str> {
    notes.iter().map(|one| one.code.as_str()).collect()
}

/// Totals by people of the first plan, minor units.
fn totals(view: &WhatIf) -> BTreeMap<PersonId, i64> {
    let currency: Currency = view.currency.parse().unwrap();
    let minor = |text: &str| Money::parse_major(text, currency).unwrap().minor;
    let people = view.people.iter();
    people
        .map(|one| (one.person, minor(&one.totals[0])))
        .filter(|one| one.1 != 0)
        .collect()
}

/// Sums by people of what runs pay.
async fn paid(app: &App, plan: &str, periods: &[&str]) -> BTreeMap<PersonId, i64> {
    let mut sums = BTreeMap::new();
    for period in periods {
        for one in run(app, plan, period).await.output.statements {
            *sums.entry(one.person.parse().unwrap()).or_insert(0) += one.payout.minor;
        }
    }
    sums.retain(|_, sum| *sum != 0);
    sums
}

#[tokio::test]
async fn a_plan_of_some_is_compared_with_itself_and_for_these_alone() {
    let (_folder, app) = company().await;
    let people = under_other(&app).await;
    let same = compared(&app, &[bands(OTHER, "150%")], "2025", "2026-Q2").await;
    let [base, other] = &same.plans[..] else {
        panic!("{:?}", same.plans)
    };
    assert_eq!(
        (&base.code, base.statements),
        (&other.code, other.statements)
    );
    assert_eq!(base.total, other.total);
    let against = &same.comparisons[0];
    assert_eq!((against.gain, against.lose, against.same), (0, 0, 3));
    assert_eq!(against.difference, "0.00");
    let compared: Vec<PersonId> = totals(&same).into_keys().collect();
    assert!(compared.iter().all(|one| people.contains(one)));
    assert!(codes(&same.notes).contains(&"what_if_people_of"));
}

#[tokio::test]
async fn a_new_plan_is_for_those_under_the_plan_of_everybody() {
    let (_folder, app) = company().await;
    let people = under_other(&app).await;
    let view = compared(&app, &[bands(THIRD, "150%")], "2026-Q1", "2026-Q1").await;
    assert_eq!(view.plans[0].code, BASE);
    assert_eq!(view.plans[0].statements, view.plans[1].statements);
    assert!(view.people.iter().all(|one| !people.contains(&one.person)));
    assert!(!codes(&view.notes).contains(&"what_if_people_of"));
}

#[tokio::test]
async fn plans_for_different_people_are_refused() {
    let (_folder, app) = company().await;
    under_other(&app).await;
    let ask = async |plans: &[String]| {
        let args = asked(plans, "2026-Q1", "2026-Q1");
        app.simulate_bonus(args, &|_| ()).await
    };
    let two = [bands(OTHER, "150%"), bands(THIRD, "150%")];
    let refused = ask(&two).await.unwrap_err();
    assert_eq!(refused.code(), "what_if_other_people");
    let two = [bands(OTHER, "150%"), bands(BASE, "150%")];
    let refused = ask(&two).await.unwrap_err();
    assert_eq!(refused.code(), "what_if_other_people");
    // That of everybody, and a new one, are for the same.
    let two = [bands(BASE, "150%"), bands(THIRD, "150%")];
    let view = ask(&two).await.unwrap();
    assert_eq!(view.plans[1].total, view.plans[2].total);
}

#[tokio::test]
async fn each_period_is_held_against_the_version_that_it_was_run_by() {
    let (_folder, app) = company().await;
    save(&app, bands(BASE, "300%"), Some(day("2026-04-01")), true).await;
    let draft = bands(BASE, "300%");
    let view = compared(&app, std::slice::from_ref(&draft), "2025-Q4", "2026-Q2").await;
    let periods = ["2025-Q4", "2026-Q1", "2026-Q2"];
    assert_eq!(totals(&view), paid(&app, BASE, &periods).await);
    assert!(
        view.comparisons[0].gain > 0,
        "two quarters were run by less"
    );
    assert!(codes(&view.notes).contains(&"what_if_versions"));
    // Tiers and curve are of the version that holds last, and so are the people in them.
    let alone = compared(&app, std::slice::from_ref(&draft), "2026-Q2", "2026-Q2").await;
    let tiers = |view: &WhatIf| format!("{:?}", view.plans[0].components);
    assert_eq!(tiers(&view), tiers(&alone));
    assert!(!codes(&alone.notes).contains(&"what_if_versions"));

    // The file recomputes to the same, each period by its version.
    let args = asked(&[draft], "2025-Q4", "2026-Q2");
    let run = app.simulate_bonus_with(args, true, &|_| ()).await.unwrap();
    let input: yeji_bonus::WhatIfInput = serde_json::from_slice(&run.input.unwrap()).unwrap();
    let again = yeji_bonus::what_if(&input).unwrap();
    let totals = again.plans.iter().map(|plan| plan.total.to_major());
    let shown = view.plans.iter().map(|plan| plan.total.clone());
    assert_eq!(totals.collect::<Vec<_>>(), shown.collect::<Vec<_>>());
}

#[tokio::test]
async fn before_the_first_version_that_of_today_stands_and_is_named() {
    let (_folder, app) = company().await;
    let people = under_other(&app).await;
    save(&app, bands(THIRD, "150%"), Some(day("2026-04-01")), false).await;
    let args = AssignPlan {
        assignment: None,
        plan: THIRD.to_owned(),
        people: Vec::new(),
        unit: None,
        from: day("2024-01-01"),
        to: None,
        target_bonus: None,
        preview: false,
    };
    app.assign_plan(args).await.unwrap();
    let view = compared(&app, &[bands(THIRD, "150%")], "2026-Q1", "2026-Q2").await;
    let note = view.notes.iter();
    let mut note = note.filter(|one| one.code == "what_if_todays_version");
    assert_eq!(note.next().unwrap().params["date"], "2026-04-01");
    let against = &view.comparisons[0];
    assert_eq!((against.gain, against.lose), (0, 0), "the same plan");
    assert!(against.same > 0);
    assert!(view.people.iter().all(|one| !people.contains(&one.person)));
}

#[tokio::test]
async fn a_year_of_another_calendar_costs_what_its_runs_pay() {
    let rule = CalendarRule {
        first_month: 4,
        months: Months::Calendar,
        year_end: YearEnd::Last,
        week_start: WeekDay::Monday,
        named_by: NamedBy::Start,
    };
    let (_folder, app) = company().await;
    let holidays = BuiltInHolidays::China;
    let set = SetCalendar { rule, holidays };
    app.set_calendar(set).await.unwrap();
    // To date: from the beginning of the company's year, which is not that of the calendar.
    let (head, _) = yeji_bonus::ATTAINMENT_BANDS
        .split_once("measure =")
        .unwrap();
    let draft = format!("{head}{TO_DATE}");
    save(&app, draft.clone(), Some(OPEN_START), true).await;
    let view = compared(&app, &[draft], "FY2025@04", "FY2025@04").await;
    let periods = [
        "FY2025-Q1@04",
        "FY2025-Q2@04",
        "FY2025-Q3@04",
        "FY2025-Q4@04",
    ];
    let runs = paid(&app, BASE, &periods).await;
    assert!(!runs.is_empty());
    assert_eq!(totals(&view), runs);
    let months: Vec<String> = view
        .months
        .iter()
        .map(|one| one.month.to_string())
        .collect();
    assert_eq!(months.first().unwrap(), "FY2025-P01@04");
    assert_eq!(months.len(), 12);
}
