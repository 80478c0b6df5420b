//! What would be: deals, years and other plans, against what then is, and for whose eyes.

use serde_json::json;
use yeji_core::Money;
use yeji_core::account::Role;
use yeji_core::facts::{Opportunity, Stage};
use yeji_core::ids::{OpportunityId, PersonId};
use yeji_report::chart::Lang;
use yeji_store::{Change, ChangeKind};

use super::House;
use super::bonus_if_calls::open_deal;
use super::rows::{missing, q2};
use crate::access::{App, Right};
use crate::api::NoArgs;
use crate::api::bonus::{GetStatement, RunBonus};
use crate::api::bonus_if::{
    DealBonus, ExpectedEarnings, ExplainDealBonus, GetExpectedEarnings, SimulateBonus, WhatIf,
};
use crate::api::settings::SetTargetBonuses;
use crate::engine::engine;
use crate::error::Result;
use crate::host::no_progress;

async fn house() -> House {
    let house = House::new().await;
    house.act_as(Some(Role::Hr));
    let set = SetTargetBonuses {
        people: vec![house.seller, house.colleague],
        per_quarter: "12345.67".to_owned(),
        from: "2024-01-01".parse().unwrap(),
    };
    house.desk.set_target_bonuses(set).await.unwrap();
    house
}

async fn app(house: &House) -> App {
    house.desk.admit(Right::Nothing).await.unwrap()
}

async fn deal(house: &House, id: OpportunityId) -> Opportunity {
    let store = house.desk.shared.store().unwrap();
    store.opportunity(id).await.unwrap().unwrap()
}

async fn explain(house: &House, id: OpportunityId, amount: Option<&str>) -> Result<DealBonus> {
    let args = ExplainDealBonus {
        deal: id,
        amount: amount.map(str::to_owned),
        closed_on: Some("2026-06-20".parse().unwrap()),
        person: None,
    };
    house.desk.explain_deal_bonus(args).await
}

async fn payout(house: &House, person: PersonId) -> Money {
    let ask = GetStatement {
        period: q2(),
        person,
        preview: true,
        plan: None,
    };
    house.desk.get_statement(ask).await.unwrap().summary.payout
}

#[tokio::test]
async fn what_a_deal_would_pay_is_what_it_then_pays() {
    let house = house().await;
    let id = open_deal(&house, house.seller).await;
    let before = payout(&house, house.seller).await;
    // Enough to reach the last tier, whatever the goal is.
    let said = explain(&house, id, Some("90000000")).await.unwrap();
    let own = said.people.iter().find(|one| one.person == house.seller);
    let own = own.expect("the seller is credited");
    assert_eq!(own.before, before);
    assert!(own.difference.minor > 0, "{own:?}");
    let reasons = own.components.iter().flat_map(|one| &one.reasons);
    let codes: Vec<&str> = reasons.map(|one| one.code.as_str()).collect();
    assert!(codes.iter().any(|code| code.contains("tier")), "{codes:?}");

    let app = app(&house).await;
    let mut change: Change = app.change(ChangeKind::Edit, json!({}));
    let amount = Money::parse_major("90000000", before.currency).unwrap();
    let won = Opportunity {
        stage: Stage::Won,
        closed_on: Some("2026-06-20".parse().unwrap()),
        amount: Some(amount),
        ..deal(&house, id).await
    };
    change.put.push(won.into());
    app.apply(change).await.unwrap();
    assert_eq!(payout(&house, house.seller).await, own.after);
    let closed = explain(&house, id, Some("1")).await.unwrap_err();
    assert_eq!(closed.code(), "deal_closed");
}

#[tokio::test]
async fn an_amount_that_nobody_told_is_asked_for() {
    let house = house().await;
    let id = open_deal(&house, house.seller).await;
    assert_eq!(deal(&house, id).await.amount, None);
    let said = explain(&house, id, None).await.unwrap();
    assert!(said.people.is_empty() && said.amount.is_none());
    assert_eq!(said.notes[0].code, "deal_amount_needed");
    assert!(said.list_price.is_some(), "the demo has list prices");
    for nothing in ["0", "-5"] {
        let refused = explain(&house, id, Some(nothing)).await.unwrap_err();
        assert_eq!(refused.code(), "input", "{nothing}");
        assert_eq!(refused.params()["expected"], "an amount above zero");
    }
}

#[tokio::test]
async fn a_salesperson_is_told_of_own_deals_and_own_pay_only() {
    let house = house().await;
    let own = open_deal(&house, house.seller).await;
    let others = open_deal(&house, house.stranger).await;
    house.act_as(Some(Role::Sales));
    let said = explain(&house, own, Some("5000000")).await.unwrap();
    let people: Vec<PersonId> = said.people.iter().map(|one| one.person).collect();
    assert_eq!(people, [house.seller]);
    missing(
        explain(&house, others, Some("1")).await,
        Right::SeeTeamResults,
    );
    let of_colleague = ExplainDealBonus {
        deal: own,
        amount: Some("1".to_owned()),
        closed_on: None,
        person: Some(house.colleague),
    };
    let refused = house.desk.explain_deal_bonus(of_colleague).await;
    missing(refused, Right::SeeAllPay);
    missing(
        earnings(&house, Some(house.colleague)).await,
        Right::SeeAllPay,
    );
    let own = earnings(&house, None).await.unwrap();
    assert_eq!(own.person, house.seller);
    missing(simulate(&house, "").await, Right::EditBonusPlan);
}

async fn earnings(house: &House, person: Option<PersonId>) -> Result<ExpectedEarnings> {
    let args = GetExpectedEarnings {
        person,
        year: 2026,
        language: Lang::En,
    };
    house.desk.get_expected_earnings(args).await
}

#[tokio::test]
async fn a_year_is_the_sum_of_what_is_kept_calculated_and_expected() {
    let house = house().await;
    for period in ["2026-Q1", "2026-Q2"] {
        let run = RunBonus {
            period: period.parse().unwrap(),
            preview: false,
            plan: None,
            people: None,
        };
        house.desk.run_bonus(run, &|_| ()).await.unwrap();
    }
    let nobody = earnings(&house, None).await.unwrap_err();
    assert_eq!(nobody.code(), "earnings_nobody");
    let year = earnings(&house, Some(house.seller)).await.unwrap();
    let states: Vec<&str> = year.periods.iter().map(|one| one.state.as_str()).collect();
    assert_eq!(states[..2], ["kept", "kept"]);
    assert_eq!(year.periods.len(), 4);
    assert_eq!(
        year.periods[1].so_far,
        Some(payout(&house, house.seller).await)
    );
    let mut total = 0;
    for one in &year.periods {
        let minor = |money: Option<Money>| money.map_or(0, |money| money.minor);
        assert_eq!(
            minor(one.total),
            minor(one.so_far) + minor(one.expected),
            "{one:?}"
        );
        total += minor(one.total);
    }
    assert_eq!(total, year.total.minor);
    let sum = year.kept.minor + year.so_far.minor + year.expected.minor;
    assert_eq!(sum, year.total.minor);
    // The rest of the year is expected to sell something, which is said with its day.
    let third = &year.periods[2];
    assert_eq!(third.state, "expected", "{year:?}");
    assert!(
        third.sales.is_some_and(|sales| sales.minor > 0),
        "{third:?}"
    );
    assert!(third.expected.is_some(), "{third:?}");
    assert!(
        year.notes
            .iter()
            .any(|one| one.code == "earnings_by_landing")
    );
}

#[tokio::test]
async fn of_a_plan_by_receipts_nothing_is_expected() {
    let house = house().await;
    let templates = house.desk.list_bonus_templates(NoArgs {}).await.unwrap();
    let receipts = templates
        .into_iter()
        .find(|one| one.code.contains("receipts"));
    let plan = crate::api::bonus_people::SavePlan {
        plan: receipts.unwrap().plan,
        from: Some(yeji_core::org::OPEN_START),
        everybody: Some(true),
    };
    house.desk.save_bonus_plan(plan).await.unwrap();
    let year = earnings(&house, Some(house.seller)).await.unwrap();
    assert!(year.incomplete);
    assert_eq!(year.expected.minor, 0);
    let notes = year.periods.iter().flat_map(|one| &one.notes);
    assert!(notes.clone().any(|one| one.code == "earnings_not_by_sales"));
}

async fn simulate(house: &House, plan: &str) -> Result<WhatIf> {
    house.desk.simulate_bonus(asked(plan), &no_progress).await
}

fn asked(plan: &str) -> SimulateBonus {
    SimulateBonus {
        plans: vec![plan.to_owned()],
        from: "2025".parse().unwrap(),
        to: "2026-Q2".parse().unwrap(),
        budget: Some("1000000".to_owned()),
    }
}

/// The built-in plan, paying twice as much above the goal.
fn richer() -> String {
    yeji_bonus::ATTAINMENT_BANDS.replace("200%", "400%")
}

#[tokio::test]
async fn other_plans_cost_what_their_runs_would() {
    let house = house().await;
    let same = simulate(&house, "").await.unwrap();
    assert_eq!(same.plans.len(), 1, "an empty text is the plan in force");
    let view = simulate(&house, &richer()).await.unwrap();
    let [base, other] = &view.plans[..] else {
        panic!("{:?}", view.plans)
    };
    assert_eq!(base.total, same.plans[0].total);
    let mut totals = (0, 0);
    for period in [
        "2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4", "2026-Q1", "2026-Q2",
    ] {
        let run = || RunBonus {
            period: period.parse().unwrap(),
            preview: true,
            plan: None,
            people: None,
        };
        let plain = house.desk.run_bonus(run(), &|_| ()).await.unwrap();
        let text = richer();
        let rich = house
            .desk
            .run_bonus_with(run(), Some(&text), false, &|_| ())
            .await;
        totals.0 += plain.total.minor;
        totals.1 += rich.unwrap().run.total.minor;
    }
    let minor = |text: &str| {
        Money::parse_major(text, view.currency.parse().unwrap())
            .unwrap()
            .minor
    };
    assert_eq!((minor(&base.total), minor(&other.total)), totals);
    assert!(totals.1 > totals.0, "somebody was above the goal");
    let [against] = &view.comparisons[..] else {
        panic!("{:?}", view.comparisons)
    };
    assert_eq!(minor(&against.difference), totals.1 - totals.0);
    assert_eq!(
        against.gain + against.lose + against.same,
        view.people_count
    );
    assert!(against.gain > 0 && against.lose == 0, "{against:?}");
    let differences: i64 = view
        .people
        .iter()
        .map(|one| minor(&one.differences[0]))
        .sum();
    assert_eq!(differences, totals.1 - totals.0);
    let budget: i64 = view
        .months
        .iter()
        .filter_map(|one| one.budget.as_deref())
        .map(minor)
        .sum();
    assert_eq!(budget, minor("1000000"), "its shares are the budget");
    for plan in &view.plans {
        for one in &plan.components {
            let counted: u32 = one.tiers.iter().map(|tier| tier.statements).sum();
            assert_eq!(counted, plan.statements);
            assert!(!one.curve.is_empty());
        }
    }
    assert!(
        house
            .desk
            .list_bonus_runs(NoArgs {})
            .await
            .unwrap()
            .runs
            .is_empty(),
        "nothing is kept"
    );
}

#[tokio::test]
async fn a_comparison_is_recomputed_from_its_input() {
    let house = house().await;
    let run = house
        .desk
        .simulate_bonus_with(asked(&richer()), true, &no_progress);
    let run = run.await.unwrap();
    let again = engine("bonus.what_if")
        .unwrap()
        .run(&run.input.unwrap())
        .unwrap();
    let totals = again["plans"].as_array().unwrap().iter();
    let totals: Vec<&str> = totals
        .map(|plan| plan["total"]["amount"].as_str().unwrap())
        .collect();
    let said: Vec<&str> = run
        .view
        .plans
        .iter()
        .map(|plan| plan.total.as_str())
        .collect();
    assert_eq!(totals, said);
    let store = house.desk.shared.store().unwrap();
    let newest = store.audit_entries(None, 1).await.unwrap().rows.remove(0);
    assert_eq!(
        newest.action, "export.bonus_what_if",
        "everybody's pay left the store"
    );
}

#[tokio::test]
async fn a_comparison_that_is_stopped_ends_at_once() {
    let house = house().await;
    let app = app(&house).await;
    let seen = std::sync::atomic::AtomicU64::new(0);
    let stop = |progress: crate::api::Progress| {
        seen.fetch_max(progress.done, std::sync::atomic::Ordering::Relaxed);
        if progress.done == 1 {
            app.stop_tasks();
        }
    };
    let stopped = house.desk.simulate_bonus(asked(&richer()), &stop).await;
    assert_eq!(stopped.unwrap_err().code(), "cancelled");
    assert_eq!(seen.into_inner(), 1, "no further period was calculated");
}

#[tokio::test]
async fn what_cannot_be_compared_says_why() {
    let house = house().await;
    let ask = async |change: fn(&mut SimulateBonus)| {
        let mut args = asked("");
        change(&mut args);
        let result = house.desk.simulate_bonus(args, &no_progress).await;
        result.unwrap_err().code()
    };
    let code = ask(|args| args.plans.clear()).await;
    assert_eq!(code, "what_if_plan_count");
    let code = ask(|args| args.budget = Some("0".to_owned())).await;
    assert_eq!(code, "what_if_budget");
    let code = ask(|args| args.from = "2027".parse().unwrap()).await;
    assert_eq!(code, "what_if_no_period");
    let code = ask(|args| args.from = "1900".parse().unwrap()).await;
    assert_eq!(code, "what_if_too_many");
}
