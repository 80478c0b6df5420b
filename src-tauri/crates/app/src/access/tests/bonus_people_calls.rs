//! Examples of the use cases on plans by person and date, and on objectives.

use yeji_core::ids::{BonusObjectiveId, PersonId, PlanAssignmentId};
use yeji_testkit::day;

use super::House;
use crate::api::NoArgs;
use crate::api::bonus_people::{
    AssignPlan, CopyObjectives, EndPlanAssignment, JudgeObjective, ListObjectives, ListPlanPeople,
    SetObjectives,
};
use crate::error::Result;

/// Calls a use case; none: it is not of these.
pub(super) async fn call(house: &House, name: &str, person: PersonId) -> Option<Result<()>> {
    let desk = &house.desk;
    let period = "2026-Q2".parse().unwrap();
    Some(match name {
        "list_bonus_plans" => desk.list_bonus_plans(NoArgs {}).await.map(drop),
        "list_plan_people" => {
            let args = ListPlanPeople::default();
            desk.list_plan_people(args).await.map(drop)
        }
        "assign_plan" => {
            let args = AssignPlan {
                assignment: None,
                plan: "attainment-bands".to_owned(),
                people: vec![person],
                unit: None,
                from: day("2026-07-01"),
                to: None,
                target_bonus: None,
                preview: true,
            };
            desk.assign_plan(args).await.map(drop)
        }
        "end_plan_assignment" => {
            let args = EndPlanAssignment {
                assignment: PlanAssignmentId(uuid::Uuid::nil()),
                to: None,
                preview: true,
            };
            desk.end_plan_assignment(args).await.map(drop)
        }
        "list_objectives" => {
            let args = ListObjectives {
                period,
                person: None,
            };
            desk.list_objectives(args).await.map(drop)
        }
        "set_objectives" => {
            let args = SetObjectives {
                person,
                period,
                objectives: Vec::new(),
            };
            desk.set_objectives(args).await.map(drop)
        }
        "judge_objective" => {
            let args = JudgeObjective {
                objective: BonusObjectiveId(uuid::Uuid::nil()),
                result: None,
            };
            desk.judge_objective(args).await.map(drop)
        }
        "copy_objectives" => {
            let args = CopyObjectives {
                from_person: person,
                from_period: period,
                people: vec![person],
                period,
            };
            desk.copy_objectives(args).await.map(drop)
        }
        _ => return None,
    })
}
