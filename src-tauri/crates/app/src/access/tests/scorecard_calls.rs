//! Examples of the use cases on scorecards and goals of KPIs.

use yeji_core::org::MemberRole;
use yeji_testkit::day;

use crate::Desk;
use crate::api::NoArgs;
use crate::api::scorecards::{
    GetKpiGoal, GetScorecardResult, KpiWeightSetting, ListKpiGoals, SetKpiGoal, SetScorecard,
};
use crate::error::Result;

/// Calls a use case; none: it is not of these. `person` is one whose results the caller sees.
pub(super) async fn call(
    desk: &Desk,
    name: &str,
    person: yeji_core::ids::PersonId,
) -> Option<Result<()>> {
    let (metric, period) = ("win_rate".to_owned(), "2026-Q2".parse().unwrap());
    Some(match name {
        "list_scorecards" => desk.list_scorecards(NoArgs {}).await.map(drop),
        "set_scorecard" => {
            let args = SetScorecard {
                role: Some(MemberRole::Sales),
                from: day("2026-01-01"),
                kpis: vec![KpiWeightSetting {
                    metric,
                    weight: "100%".to_owned(),
                    cap: None,
                }],
            };
            desk.set_scorecard(args).await.map(drop)
        }
        "list_kpi_goals" => {
            let args = ListKpiGoals::default();
            desk.list_kpi_goals(args).await.map(drop)
        }
        "get_kpi_goal" => {
            let args = GetKpiGoal {
                metric,
                unit: None,
                person: Some(person),
                period,
            };
            desk.get_kpi_goal(args).await.map(drop)
        }
        "set_kpi_goal" => {
            let args = SetKpiGoal {
                metric,
                unit: None,
                person: Some(person),
                period,
                from: None,
                value: Some("35%".to_owned()),
            };
            desk.set_kpi_goal(args).await.map(drop)
        }
        "get_scorecard_result" => {
            let args = GetScorecardResult {
                period,
                unit: None,
                person: Some(person),
                people: false,
                language: yeji_report::chart::Lang::En,
            };
            desk.get_scorecard_result(args).await.map(drop)
        }
        _ => return None,
    })
}
