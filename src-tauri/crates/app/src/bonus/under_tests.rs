//! What would be, by the plans that the periods are run by, on the store of a demo company.

use std::collections::BTreeSet;

use yeji_core::calendar::Period;
use yeji_core::facts::{Credit, Opportunity, Stage};
use yeji_core::ids::{CreditListId, OpportunityId, PersonId};
use yeji_core::papers::{CreditList, Credits};
use yeji_core::{Money, Ratio};
use yeji_report::chart::Lang;
use yeji_store::{ChangeKind, Entity, Record};
use yeji_testkit::day;

use super::super::tests::always;
use crate::api::bonus::RunBonus;
use crate::api::bonus_if::{DealBonus, ExpectedEarnings, ExplainDealBonus, GetExpectedEarnings};
use crate::api::bonus_people::{AssignPlan, SavePlan};
use crate::api::settings::SetTargetBonuses;
use crate::context::App;
use crate::demo::tests::demo_app;

const BASE: &str = "attainment-bands";
const OTHER: &str = "other-bands";

/// The built-in plan: this share of the target bonus above the goal.
fn bands(code: &str, above: &str) -> String {
    let text = yeji_bonus::ATTAINMENT_BANDS.replace(BASE, code);
    text.replace("200%", above)
}

/// Everybody has a target bonus, and is under one plan for all the time.
async fn company() -> (tempfile::TempDir, App) {
    let (folder, app) = demo_app().await;
    let set = SetTargetBonuses {
        people: Vec::new(),
        per_quarter: "9100".to_owned(),
        from: day("2025-01-01"),
    };
    app.set_target_bonuses(set).await.unwrap();
    app.save_bonus_plan(always(bands(BASE, "200%")))
        .await
        .unwrap();
    (folder, app)
}

async fn save(app: &App, plan: String, from: Option<&str>, everybody: bool) {
    let args = SavePlan {
        plan,
        from: from.map(day),
        everybody: Some(everybody),
    };
    app.save_bonus_plan(args).await.unwrap();
}

async fn assign(app: &App, plan: &str, person: PersonId, from: &str) {
    let args = AssignPlan {
        assignment: None,
        plan: plan.to_owned(),
        people: vec![person],
        unit: None,
        from: day(from),
        to: None,
        target_bonus: None,
        preview: false,
    };
    app.assign_plan(args).await.unwrap();
}

/// What a run of a period pays in all, and each person.
async fn run(app: &App, plan: &str, period: &str) -> yeji_bonus::CalculateOutput {
    calculate(app, plan, period, true).await
}

async fn calculate(
    app: &App,
    plan: &str,
    period: &str,
    preview: bool,
) -> yeji_bonus::CalculateOutput {
    let ask = RunBonus {
        period: period.parse().unwrap(),
        plan: Some(plan.to_owned()),
        preview,
        people: None,
    };
    let made = app.run_bonus_with(ask, None, false, &|_| ()).await;
    made.unwrap().output
}

fn payout(output: &yeji_bonus::CalculateOutput, person: PersonId) -> Option<i64> {
    let id = person.to_string();
    let mut statements = output.statements.iter();
    let own = statements.find(|one| one.person == id);
    own.map(|one| one.payout.minor)
}

/// An open deal of somebody who was there for all of a quarter.
async fn open_deal(app: &App, period: &str) -> Opportunity {
    let period: Period = period.parse().unwrap();
    let store = app.store().unwrap();
    let organisation = store.organisation().await.unwrap();
    let people = organisation.people();
    let there: BTreeSet<_> = people
        .filter(|one| one.left_on.is_none_or(|day| period.end() <= day))
        .filter(|one| one.hired_on.is_none_or(|day| day <= period.start()))
        .map(|one| one.id.0)
        .collect();
    let records = store.records_by(Entity::Opportunity, "owner", there.into_iter());
    let deals = records.await.unwrap().into_iter();
    let mut deals = deals.filter_map(|record| match record {
        Record::Opportunity(deal) => Some(deal),
        _ => None,
    });
    let open = deals.find(|deal: &Opportunity| deal.stage.is_open());
    open.expect("the demo leaves deals open")
}

const AMOUNT: &str = "90000000";

async fn explain(app: &App, deal: OpportunityId, on: &str, person: Option<PersonId>) -> DealBonus {
    let args = ExplainDealBonus {
        deal,
        amount: Some(AMOUNT.to_owned()),
        closed_on: Some(day(on)),
        person,
    };
    app.explain_deal_bonus(args).await.unwrap()
}

fn difference(said: &DealBonus) -> i64 {
    said.people.iter().map(|one| one.difference.minor).sum()
}

/// The deal is won as it was asked for.
async fn win(app: &App, deal: &Opportunity, on: &str) {
    let currency = app.currency().await.unwrap();
    let won = Opportunity {
        stage: Stage::Won,
        closed_on: Some(day(on)),
        amount: Some(Money::parse_major(AMOUNT, currency).unwrap()),
        ..deal.clone()
    };
    put(app, won.into()).await;
}

async fn put(app: &App, record: Record) {
    let mut change = app.change(ChangeKind::Edit, serde_json::json!({}));
    change.put.push(record);
    app.apply(change).await.unwrap();
}

#[tokio::test]
async fn a_deal_pays_by_the_version_that_its_period_is_run_by() {
    // From the next quarter, and from the middle of the running one, which is run by it as a whole.
    for (from, on, period) in [
        ("2026-10-01", "2026-10-05", "2026-Q4"),
        ("2026-08-16", "2026-07-20", "2026-Q3"),
    ] {
        let (_folder, app) = company().await;
        save(&app, bands(BASE, "300%"), Some(from), true).await;
        let deal = open_deal(&app, period).await;
        let said = explain(&app, deal.id, on, None).await;
        let before = run(&app, BASE, period).await.total.minor;
        win(&app, &deal, on).await;
        let after = run(&app, BASE, period).await.total.minor;
        assert!(after > before, "the deal lifts its owner over the goal");
        assert_eq!(difference(&said), after - before, "{period}");
        assert_eq!(said.period.to_string(), period);
    }
}

#[tokio::test]
async fn everybody_who_is_credited_is_answered_by_their_own_plan() {
    let (_folder, app) = company().await;
    save(&app, bands(OTHER, "400%"), None, false).await;
    let deal = open_deal(&app, "2026-Q3").await;
    let made = run(&app, BASE, "2026-Q3").await;
    let owner = deal.owner.to_string();
    let mut statements = made.statements.iter();
    let other = statements.find(|one| one.person != owner && one.target_bonus.is_some());
    let other: PersonId = other.unwrap().person.parse().unwrap();
    let share = |person, percent: i64| Credit {
        person,
        share: Ratio::new(percent.into(), 100).unwrap(),
    };
    let credits = Credits::new(vec![share(deal.owner, 60), share(other, 40)]);
    let list = CreditList {
        id: CreditListId(app.clock.new_id()),
        origin: deal.origin.clone(),
        opportunity: deal.id,
        credits: credits.unwrap(),
    };
    put(&app, list.into()).await;
    assign(&app, OTHER, other, "2026-07-01").await;

    let on = "2026-08-20";
    let said = explain(&app, deal.id, on, None).await;
    let mine = explain(&app, deal.id, on, Some(other)).await;
    let totals = async || {
        let (one, two) = (
            run(&app, BASE, "2026-Q3").await,
            run(&app, OTHER, "2026-Q3").await,
        );
        (one.total.minor, two.total.minor)
    };
    let before = totals().await;
    win(&app, &deal, on).await;
    let after = totals().await;
    assert!(after.0 > before.0 && after.1 > before.1, "both are paid");
    assert_eq!(
        difference(&said),
        after.0 + after.1 - before.0 - before.1,
        "the differences of both runs"
    );
    assert_eq!(difference(&mine), after.1 - before.1);
    let plans: BTreeSet<(PersonId, &str)> = said
        .people
        .iter()
        .map(|one| (one.person, one.plan.as_str()))
        .collect();
    assert!(plans.contains(&(deal.owner, BASE)) && plans.contains(&(other, OTHER)));
}

#[tokio::test]
async fn who_changes_plans_within_the_period_is_answered_by_both() {
    let (_folder, app) = company().await;
    save(&app, bands(OTHER, "400%"), None, false).await;
    let deal = open_deal(&app, "2026-Q3").await;
    assign(&app, OTHER, deal.owner, "2026-08-16").await;
    let said = explain(&app, deal.id, "2026-09-01", None).await;
    let plans: BTreeSet<&str> = said.people.iter().map(|one| one.plan.as_str()).collect();
    assert_eq!(plans, BTreeSet::from([BASE, OTHER]));
    let mut paid = 0;
    for code in [BASE, OTHER] {
        paid -= payout(&run(&app, code, "2026-Q3").await, deal.owner).unwrap();
    }
    win(&app, &deal, "2026-09-01").await;
    for code in [BASE, OTHER] {
        paid += payout(&run(&app, code, "2026-Q3").await, deal.owner).unwrap();
    }
    assert_eq!(difference(&said), paid);
}

async fn year(app: &App, person: PersonId) -> ExpectedEarnings {
    let args = GetExpectedEarnings {
        person: Some(person),
        year: 2026,
        language: Lang::En,
    };
    app.get_expected_earnings(args).await.unwrap()
}

#[tokio::test]
async fn a_period_under_two_plans_counts_with_both_kept_and_not_kept() {
    let (_folder, app) = company().await;
    save(&app, bands(OTHER, "400%"), None, false).await;
    let person = open_deal(&app, "2026-Q1").await.owner;
    assign(&app, OTHER, person, "2026-02-15").await;
    let both = async |kept: bool| {
        let mut sum = 0;
        for code in [BASE, OTHER] {
            let made = calculate(&app, code, "2026-Q1", !kept).await;
            sum += payout(&made, person).unwrap();
        }
        sum
    };
    let first = |year: &ExpectedEarnings| -> Vec<(String, i64)> {
        let q1 = |one: &&crate::api::bonus_if::EarningsPeriod| one.period.to_string() == "2026-Q1";
        let rows = year.periods.iter().filter(q1);
        rows.map(|one| (one.state.clone(), one.total.unwrap().minor))
            .collect()
    };
    let sum = |rows: &[(String, i64)]| rows.iter().map(|one| one.1).sum::<i64>();
    let open = first(&year(&app, person).await);
    assert_eq!(open.len(), 2);
    assert_eq!(sum(&open), both(false).await);
    let paid = both(true).await;
    let kept = year(&app, person).await;
    let rows = first(&kept);
    assert!(rows.iter().all(|one| one.0 == "kept") && rows.len() == 2);
    assert_eq!(sum(&rows), paid);
    assert_eq!(kept.kept.minor, paid);
    // From the second quarter on there is one plan.
    assert_eq!(kept.periods.len(), 5);
    assert!(kept.periods[2..].iter().all(|one| one.plan == OTHER));
}

#[tokio::test]
async fn a_run_by_a_plan_that_somebody_left_counts_no_more() {
    let (_folder, app) = company().await;
    save(&app, bands(OTHER, "400%"), None, false).await;
    let person = open_deal(&app, "2026-Q1").await.owner;
    calculate(&app, BASE, "2026-Q1", false).await;
    assign(&app, OTHER, person, "2026-01-01").await;
    let made = run(&app, OTHER, "2026-Q1").await;
    let rows = year(&app, person).await.periods;
    assert_eq!(rows.len(), 4);
    assert_eq!(rows[0].state, "calculated");
    assert_eq!(
        rows[0].total.map(|total| total.minor),
        payout(&made, person)
    );
}

#[tokio::test]
async fn periods_of_a_year_go_by_their_own_versions() {
    let (_folder, app) = company().await;
    save(&app, bands(BASE, "300%"), Some("2026-04-01"), true).await;
    save(&app, bands(BASE, "0%"), Some("2026-07-01"), true).await;
    let person = open_deal(&app, "2026-Q1").await.owner;
    let rows = year(&app, person).await.periods;
    for (row, period) in rows.iter().zip(["2026-Q1", "2026-Q2", "2026-Q3"]) {
        let made = run(&app, BASE, period).await;
        let so_far = row.so_far.map(|money| money.minor);
        assert_eq!(so_far, payout(&made, person), "{period}");
    }
}

#[tokio::test]
async fn a_period_of_which_no_version_holds_is_unknown() {
    let (_folder, app) = company().await;
    save(&app, bands(OTHER, "400%"), Some("2026-07-01"), false).await;
    let person = open_deal(&app, "2026-Q1").await.owner;
    assign(&app, OTHER, person, "2026-04-01").await;
    let view = year(&app, person).await;
    let second = &view.periods[1];
    assert_eq!((second.state.as_str(), second.total), ("unknown", None));
    assert_eq!(second.notes[0].code, "plan_not_in_force");
    assert!(view.incomplete);
    assert_ne!(view.periods[2].state, "unknown");
}
