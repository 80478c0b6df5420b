//! Examples of the use cases that say what would be.

use yeji_core::facts::Opportunity;
use yeji_core::ids::{OpportunityId, PersonId};
use yeji_report::chart::Lang;
use yeji_store::{Entity, Record};

use super::House;
use crate::api::bonus_if::{CopyWhatIf, ExplainDealBonus, GetExpectedEarnings, SimulateBonus};
use crate::error::Result;
use crate::host::no_progress;

/// An open deal of somebody.
pub(super) async fn open_deal(house: &House, owner: PersonId) -> OpportunityId {
    let store = house.desk.shared.store().unwrap();
    let ids = [owner.0].into_iter();
    let records = store.records_by(Entity::Opportunity, "owner", ids).await;
    let deal = |record| match record {
        Record::Opportunity(deal) => Some(deal),
        _ => None,
    };
    let mut deals = records.unwrap().into_iter().filter_map(deal);
    let open = deals.find(|deal: &Opportunity| deal.stage.is_open());
    open.expect("the demo leaves deals open").id
}

/// Of a deal of the seller, for a person whose pay is seen.
pub(super) async fn call(house: &House, name: &str, person: PersonId) -> Result<()> {
    let desk = &house.desk;
    let simulate = || SimulateBonus {
        plans: vec![String::new()],
        from: "2026-Q2".parse().unwrap(),
        to: "2026-Q2".parse().unwrap(),
        budget: None,
    };
    match name {
        "explain_deal_bonus" => {
            let args = ExplainDealBonus {
                deal: open_deal(house, house.seller).await,
                amount: Some("1000".to_owned()),
                closed_on: None,
                person: Some(person),
            };
            desk.explain_deal_bonus(args).await.map(drop)
        }
        "copy_what_if" => {
            let (from, to) = ("2026-Q2".parse().unwrap(), "2026-Q2".parse().unwrap());
            desk.copy_what_if(CopyWhatIf { from, to }).await
        }
        "get_expected_earnings" => {
            let args = GetExpectedEarnings {
                person: Some(person),
                year: 2026,
                language: Lang::En,
            };
            desk.get_expected_earnings(args).await.map(drop)
        }
        "simulate_bonus" => desk
            .simulate_bonus(simulate(), &no_progress)
            .await
            .map(drop),
        _ => {
            let run = desk.simulate_bonus_with(simulate(), false, &no_progress);
            run.await.map(drop)
        }
    }
}
