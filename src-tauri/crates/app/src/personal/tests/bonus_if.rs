//! What a deal would pay, and what a year pays, offline: as in the company's store.

use yeji_core::facts::Opportunity;
use yeji_report::chart::Lang;
use yeji_store::{Entity, Record};

use super::{Company, open};
use crate::Desk;
use crate::api::bonus_if::{ExpectedEarnings, ExplainDealBonus, GetExpectedEarnings};
use crate::api::bonus_people::SavePlan;
use crate::error::Result;

async fn earnings(desk: &Desk) -> Result<ExpectedEarnings> {
    let args = GetExpectedEarnings {
        person: None,
        year: 2026,
        language: Lang::En,
    };
    desk.get_expected_earnings(args).await
}

/// An open deal of the seller.
async fn deal(company: &Company) -> Opportunity {
    let store = company.desk.shared.store().unwrap();
    let owner = [company.seller.0.0].into_iter();
    let records = store.records_by(Entity::Opportunity, "owner", owner).await;
    let open = records
        .unwrap()
        .into_iter()
        .find_map(|record| match record {
            Record::Opportunity(deal) if deal.stage.is_open() => Some(deal),
            _ => None,
        });
    open.expect("the demo leaves deals open")
}

#[tokio::test]
async fn a_file_says_what_a_deal_would_pay_as_the_company_does() {
    let company = Company::new().await;
    let ask = ExplainDealBonus {
        deal: deal(&company).await.id,
        amount: Some("77000000".to_owned()),
        closed_on: None,
        person: None,
    };
    let file = company.export(company.seller.0, "wang").await;
    company.act_as(company.seller.1);
    let there = company.desk.explain_deal_bonus(ask.clone()).await.unwrap();
    let laptop = open(&file).await;
    let here = laptop.desk.explain_deal_bonus(ask).await.unwrap();
    assert_eq!(format!("{:?}", here.people), format!("{:?}", there.people));
    assert_eq!(here.people.len(), 1, "the own pay");
    assert!(
        here.notes
            .iter()
            .any(|one| one.code == "deal_personal_file")
    );

    let there = earnings(&company.desk).await.unwrap();
    let here = earnings(&laptop.desk).await.unwrap();
    assert_eq!(here.kept, there.kept);
    let so_far =
        |one: &ExpectedEarnings| -> Vec<_> { one.periods.iter().map(|one| one.so_far).collect() };
    assert_eq!(so_far(&here), so_far(&there));
}

#[tokio::test]
async fn a_file_that_lacks_what_a_plan_asks_says_so() {
    let company = Company::new().await;
    // A pool is divided by what the whole team sells, which is not in anybody's file.
    let templates = company
        .desk
        .list_bonus_templates(crate::api::NoArgs {})
        .await;
    let pool = templates
        .unwrap()
        .into_iter()
        .find(|one| one.code.contains("pool"));
    let plan = SavePlan {
        plan: pool.unwrap().plan,
        from: Some(yeji_core::org::OPEN_START),
        everybody: Some(true),
    };
    company.desk.save_bonus_plan(plan).await.unwrap();
    let ask = ExplainDealBonus {
        deal: deal(&company).await.id,
        amount: Some("1000".to_owned()),
        closed_on: None,
        person: None,
    };
    let file = company.export(company.seller.0, "wang").await;
    let laptop = open(&file).await;
    let refused = laptop.desk.explain_deal_bonus(ask).await.unwrap_err();
    assert_eq!(refused.code(), "bonus_not_in_file");
    assert!(earnings(&laptop.desk).await.unwrap().incomplete);
}
