//! Which scorecards and goals of KPIs each role sees.

use std::collections::BTreeSet;

use yeji_core::account::Role;
use yeji_core::calendar::Period;
use yeji_core::ids::{PersonId, UnitId};
use yeji_testkit::day;

use super::House;
use crate::api::scorecards::{
    GetKpiGoal, GetScorecardResult, KpiWeightSetting, ListKpiGoals, ScorecardResult, SetKpiGoal,
    SetScorecard,
};
use crate::error::{Error, Result};

fn period() -> Period {
    "2026-Q2".parse().unwrap()
}

async fn set(
    house: &House,
    metric: &str,
    unit: Option<UnitId>,
    person: Option<PersonId>,
    value: &str,
) {
    let args = SetKpiGoal {
        metric: metric.to_owned(),
        unit,
        person,
        period: "2026".parse().unwrap(),
        from: None,
        value: Some(value.to_owned()),
    };
    house.desk.set_kpi_goal(args).await.unwrap();
}

async fn result(
    house: &House,
    unit: Option<UnitId>,
    person: Option<PersonId>,
) -> Result<ScorecardResult> {
    let args = GetScorecardResult {
        period: period(),
        unit,
        person,
        people: true,
        language: yeji_report::chart::Lang::En,
    };
    house.desk.get_scorecard_result(args).await
}

/// Everybody's goals: of the seller, a colleague, a stranger, both teams and the company; and a sum.
async fn prepared() -> (House, UnitId) {
    let house = House::new().await;
    house.act_as(Some(Role::Hr));
    let organisation = house.desk.shared.store().unwrap().organisation().await;
    let company = organisation.unwrap().company().unwrap().id;
    let [seller, colleague, stranger] = [house.seller, house.colleague, house.stranger].map(Some);
    set(&house, "win_rate", None, seller, "30%").await;
    set(&house, "win_rate", None, colleague, "31%").await;
    set(&house, "win_rate", None, stranger, "32%").await;
    set(&house, "win_rate", Some(house.team), None, "40%").await;
    set(&house, "win_rate", Some(house.other_team), None, "41%").await;
    set(&house, "win_rate", Some(company), None, "35%").await;
    set(&house, "receipts", Some(company), None, "1000000").await;
    let kpis = [("win_rate", "50%"), ("gross_margin", "50%")];
    let kpis = kpis.map(|(metric, weight)| KpiWeightSetting {
        metric: metric.to_owned(),
        weight: weight.to_owned(),
        cap: None,
    });
    let args = SetScorecard {
        role: None,
        from: day("2026-01-01"),
        kpis: kpis.into(),
    };
    house.desk.set_scorecard(args).await.unwrap();
    (house, company)
}

fn is_refused<T>(result: &Result<T>) -> bool {
    matches!(result, Err(Error::Access(_)))
}

#[tokio::test]
async fn goals_are_listed_for_whom_they_hold() {
    let (house, _) = prepared().await;
    for (role, expected) in [
        (Role::Sales, "30.0% 35.0% 40.0%"),
        (Role::Manager, "30.0% 31.0% 35.0% 40.0%"),
        (
            Role::Auditor,
            "1000000.00 30.0% 31.0% 32.0% 35.0% 40.0% 41.0%",
        ),
    ] {
        house.act_as(Some(role));
        let rows = house.desk.list_kpi_goals(ListKpiGoals::default()).await;
        let shown: BTreeSet<String> = rows.unwrap().into_iter().map(|row| row.shown).collect();
        let shown: Vec<String> = shown.into_iter().collect();
        assert_eq!(shown.join(" "), expected, "{role:?}");
    }
}

#[tokio::test]
async fn results_are_own_those_of_the_team_or_everybodys() {
    let (house, company) = prepared().await;
    house.act_as(Some(Role::Sales));
    let own = result(&house, None, None).await.unwrap();
    assert_eq!(own.rows.len(), 1);
    assert_eq!(own.rows[0].whose, house.seller.to_string());
    let rate = &own.rows[0].kpis[0];
    assert_eq!(rate.goal.as_ref().unwrap().shown, "30.0%");
    // What products cost is not for everybody who sells them, also not by way of a scorecard.
    let margin = &own.rows[0].kpis[1];
    assert_eq!(margin.actual, None);
    assert_eq!(margin.reason.as_ref().unwrap().code, "no_value_costs");
    for unit in [house.team, house.other_team, company] {
        assert!(is_refused(&result(&house, Some(unit), None).await));
    }
    for person in [house.colleague, house.stranger, house.leader] {
        assert!(is_refused(&result(&house, None, Some(person)).await));
        let ask = GetKpiGoal {
            metric: "win_rate".to_owned(),
            unit: None,
            person: Some(person),
            period: period(),
        };
        assert!(is_refused(&house.desk.get_kpi_goal(ask).await));
    }
    house.act_as(Some(Role::Manager));
    let team = result(&house, None, None).await.unwrap();
    assert_eq!(team.rows[0].whose, house.team.to_string());
    assert!(team.rows.len() > 2, "with the people");
    assert!(
        team.rows[0].kpis[1].actual.is_some(),
        "a manager sees costs"
    );
    let one = result(&house, None, Some(house.colleague)).await.unwrap();
    let among = team.rows.iter().find(|row| row.whose == one.rows[0].whose);
    assert_eq!(
        among.unwrap().present,
        one.rows[0].present,
        "the same figures by both ways"
    );
    assert!(is_refused(
        &result(&house, Some(house.other_team), None).await
    ));
    assert!(is_refused(&result(&house, Some(company), None).await));
    assert!(is_refused(
        &result(&house, None, Some(house.stranger)).await
    ));
    house.act_as(Some(Role::Auditor));
    let all = result(&house, None, None).await.unwrap();
    assert_eq!(all.rows[0].whose, company.to_string());
    assert!(all.rows.len() > team.rows.len());
}
