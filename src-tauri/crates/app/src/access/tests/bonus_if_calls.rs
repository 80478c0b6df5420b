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

/// Of a deal of the seller, for a person whose pay is seen; none for a use case of another subject.
pub(super) async fn call(house: &House, name: &str, person: PersonId) -> Option<Result<()>> {
    let desk = &house.desk;
    let q2 = || "2026-Q2".parse().unwrap();
    let simulate = || SimulateBonus {
        plans: vec![String::new()],
        from: q2(),
        to: q2(),
        budget: None,
    };
    Some(match name {
        "explain_deal_bonus" => {
            let args = ExplainDealBonus {
                deal: open_deal(house, house.seller).await,
                amount: Some("1000".to_owned()),
                closed_on: None,
                person: Some(person),
            };
            Box::pin(desk.explain_deal_bonus(args)).await.map(drop)
        }
        "get_expected_earnings" => {
            let args = GetExpectedEarnings {
                person: Some(person),
                year: 2026,
                language: Lang::En,
            };
            Box::pin(desk.get_expected_earnings(args)).await.map(drop)
        }
        "copy_what_if" => {
            let (from, to) = (q2(), q2());
            desk.copy_what_if(CopyWhatIf { from, to }).await
        }
        "simulate_bonus" => {
            let run = desk.simulate_bonus(simulate(), &no_progress);
            Box::pin(run).await.map(drop)
        }
        "simulate_bonus_with" => {
            let run = desk.simulate_bonus_with(simulate(), false, &no_progress);
            Box::pin(run).await.map(drop)
        }
        _ => return None,
    })
}
