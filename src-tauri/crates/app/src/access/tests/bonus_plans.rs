//! Plans are read by those who are under them, and by whom everybody's is.

use yeji_core::account::Role;
use yeji_core::ids::PersonId;

use super::House;
use crate::api::NoArgs;
use crate::api::bonus_people::{AssignPlan, GetBonusPlan, SavePlan};

const OTHER: &str = "other-bands";

async fn assign(house: &House, person: PersonId) {
    house.act_as(Some(Role::Hr));
    let assigned = house.desk.assign_plan(AssignPlan {
        assignment: None,
        plan: OTHER.to_owned(),
        people: vec![person],
        unit: None,
        from: "2026-04-01".parse().unwrap(),
        to: None,
        target_bonus: None,
        preview: false,
    });
    assigned.await.unwrap();
    house.act_as(Some(Role::Sales));
}

#[tokio::test]
async fn a_salesperson_reads_the_plan_of_everybody_and_their_own() {
    let house = House::new().await;
    house.act_as(Some(Role::Hr));
    let base = yeji_bonus::ATTAINMENT_BANDS.to_owned();
    for (plan, everybody) in [
        (base.clone(), true),
        (base.replace("attainment-bands", OTHER), false),
    ] {
        let saved = house.desk.save_bonus_plan(SavePlan {
            plan,
            from: Some(yeji_core::org::OPEN_START),
            everybody: Some(everybody),
        });
        saved.await.unwrap();
    }
    let codes = async || {
        let list = house.desk.list_bonus_plans(NoArgs {}).await.unwrap();
        let plans = list.plans.into_iter();
        plans.map(|plan| plan.code).collect::<Vec<_>>()
    };
    let other = async || {
        let args = GetBonusPlan {
            plan: Some(OTHER.to_owned()),
            version: None,
        };
        house.desk.get_bonus_plan(args).await
    };
    assign(&house, house.colleague).await;
    assert_eq!(codes().await, ["attainment-bands"]);
    assert_eq!(other().await.unwrap_err().code(), "not_found");
    assign(&house, house.seller).await;
    assert_eq!(codes().await, ["attainment-bands", OTHER]);
    assert!(other().await.unwrap().plan.contains(OTHER));
}
