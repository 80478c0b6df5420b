//! One person's landing of one period is one number, whoever asks and from wherever.

use std::collections::BTreeMap;

use yeji_core::account::Role;
use yeji_core::ids::PersonId;
use yeji_core::metric::GoalMetric;
use yeji_report::chart::Lang;

use super::House;
use crate::api::forecast::{ForecastBy, GetLanding, LandingRow};
use crate::api::goal_progress::GetGoalProgress;
use crate::api::kpi::Grain;

fn landing(grain: Grain, unit: Option<yeji_core::ids::UnitId>) -> GetLanding {
    GetLanding {
        grain,
        as_of: None,
        unit,
        by: Some(ForecastBy::Person),
        language: Lang::En,
    }
}

/// What is said of where somebody lands: all of it, with the interval.
fn said(row: &LandingRow) -> [Option<String>; 6] {
    let text = |text: &String| Some(text.clone());
    [
        text(&row.won),
        text(&row.open),
        text(&row.new),
        text(&row.landing),
        row.lower.clone(),
        row.upper.clone(),
    ]
}

/// The company's table, the team's, the own page and the progress of the goal.
#[tokio::test]
async fn one_persons_landing_is_one_number() {
    let house = House::new().await;
    let mut compared = 0;
    for grain in [Grain::Year, Grain::Quarter] {
        let all = |unit| house.desk.get_landing(landing(grain, unit));
        let rows = |view: crate::api::forecast::LandingView| -> BTreeMap<String, LandingRow> {
            let rows = view.rows.into_iter();
            rows.map(|row| (row.key.clone(), row)).collect()
        };
        house.act_as(Some(Role::Hr));
        let company = all(None).await.unwrap();
        let (period, as_of) = (company.period, company.as_of);
        let company = rows(company);
        let team = rows(all(Some(house.team)).await.unwrap());
        house.act_as(Some(Role::Manager));
        let led = rows(all(None).await.unwrap());
        house.act_as(Some(Role::Sales));
        let own = all(None).await.unwrap();
        let own_row = own.total.unwrap();
        let seller = house.seller.to_string();
        let expected = said(&company[&seller]);
        assert_eq!(
            expected,
            said(&team[&seller]),
            "{period}: in the team's table"
        );
        assert_eq!(expected, said(&led[&seller]), "{period}: for the manager");
        assert_eq!(expected, said(&own_row), "{period}: on the own page");
        assert!(expected[4].is_some(), "{period}: with an interval");
        let progress = async |person: PersonId| {
            let args = GetGoalProgress {
                metric: GoalMetric::WonAmount,
                period,
                unit: Some(person.to_string()),
                as_of: None,
                language: Lang::En,
            };
            house.desk.get_goal_progress(args).await.unwrap().landing
        };
        // Beside a goal there is a landing while days are left.
        if as_of.succ_opt() == Some(period.end()) {
            continue;
        }
        compared += 1;
        let of_goal = progress(house.seller).await.unwrap();
        let of_goal = [Some(of_goal.expected), of_goal.lower, of_goal.upper];
        assert_eq!(expected[3..], of_goal, "{period}: beside the goal");
        house.act_as(Some(Role::Hr));
        let of_goal = progress(house.colleague).await.unwrap();
        let of_goal = [Some(of_goal.expected), of_goal.lower, of_goal.upper];
        let colleague = said(&company[&house.colleague.to_string()]);
        assert_eq!(colleague[3..], of_goal, "{period}: beside the goal");
    }
    assert!(compared > 0, "the year has days left");
}
