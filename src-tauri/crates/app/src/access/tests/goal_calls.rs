//! Examples of the use cases on the numbers of a goal.

use yeji_core::calendar::PeriodKind;
use yeji_core::ids::GoalPlanId;
use yeji_core::metric::GoalMetric;

use crate::Desk;
use crate::api::goal_blend::GetGoalWhy;
use crate::api::goal_copy::{CopyAmount, CopyGoalPlan};
use crate::api::goal_grid::{CompareGoals, EditGoal, GetGoalGrid, GridColumns, RestoreGoalVersion};
use crate::api::goal_progress::{GetGoalProgress, SetGoalAim};
use crate::api::goal_sheet::{ExportGoalSheet, ImportGoalSheet, ReadGoalSheet};
use crate::api::goals::GetGoal;
use crate::error::Result;

/// Calls a use case; none: it is not of these.
pub(super) async fn call(desk: &Desk, name: &str) -> Option<Result<()>> {
    let (metric, year) = (GoalMetric::WonAmount, 2026);
    // Nobody's: refused for another reason than a right.
    let plan = GoalPlanId(uuid::Uuid::nil());
    Some(match name {
        "get_goal_grid" => {
            let args = GetGoalGrid {
                metric,
                year,
                version: None,
                columns: GridColumns::Months,
                expanded: vec!["*".to_owned()],
                search: None,
                offset: 0,
                limit: 10,
            };
            desk.get_goal_grid(args).await.map(drop)
        }
        "edit_goal" => {
            let args = EditGoal {
                plan,
                edits: Vec::new(),
                frozen_before: None,
                reason: None,
                preview: true,
            };
            desk.edit_goal(args).await.map(drop)
        }
        "copy_goal_plan" => {
            let args = CopyGoalPlan {
                metric,
                from: year,
                to: year + 1,
                amount: CopyAmount::Growth {
                    factor: "1.1".to_owned(),
                },
                preview: true,
            };
            desk.copy_goal_plan(args).await.map(drop)
        }
        "export_goal_sheet" => {
            let args = ExportGoalSheet {
                metric,
                year,
                language: yeji_report::chart::Lang::En,
            };
            desk.export_goal_sheet(args).await.map(drop)
        }
        "pick_goal_sheet" => {
            let args = GetGoal { metric, year };
            desk.pick_goal_sheet(args).await.map(drop)
        }
        "import_goal_sheet" => desk
            .import_goal_sheet(ImportGoalSheet {
                plan,
                frozen_before: None,
                preview: false,
            })
            .await
            .map(drop),
        "list_goal_versions" => {
            let args = GetGoal { metric, year };
            desk.list_goal_versions(args).await.map(drop)
        }
        "compare_goals" => {
            let args = CompareGoals {
                metric,
                year,
                before: 1,
                after: 1,
                periods: PeriodKind::Quarter,
            };
            desk.compare_goals(args).await.map(drop)
        }
        "restore_goal_version" => {
            let args = RestoreGoalVersion { plan };
            desk.restore_goal_version(args).await.map(drop)
        }
        "get_goal_progress" => {
            let args = GetGoalProgress {
                metric,
                period: "2026".parse().unwrap(),
                unit: None,
                as_of: None,
                language: yeji_report::chart::Lang::En,
            };
            desk.get_goal_progress(args).await.map(drop)
        }
        "export_goal_sheet_to" => {
            let folder = tempfile::tempdir().unwrap();
            let args = ExportGoalSheet {
                metric,
                year,
                language: yeji_report::chart::Lang::En,
            };
            let file = folder.path().join("goals.xlsx");
            desk.export_goal_sheet_to(&file, args).await.map(drop)
        }
        "read_goal_sheet" => {
            let args = ReadGoalSheet {
                metric,
                year,
                frozen_before: None,
                preview: true,
            };
            let file = std::path::Path::new("nowhere.csv");
            desk.read_goal_sheet(file, args).await.map(drop)
        }
        "get_goal_why" => {
            let unit = "nobody".to_owned();
            desk.get_goal_why(GetGoalWhy { metric, year, unit })
                .await
                .map(drop)
        }
        "get_goal_aim" => {
            let args = GetGoal { metric, year };
            desk.get_goal_aim(args).await.map(drop)
        }
        "set_goal_aim" => {
            let aim = "grow".to_owned();
            desk.set_goal_aim(SetGoalAim { metric, year, aim })
                .await
                .map(drop)
        }
        _ => return None,
    })
}
