//! Examples of the use cases by which a goal is agreed on.

use yeji_core::ids::{GoalPlanId, GoalRoundId, PersonId};
use yeji_core::metric::GoalMetric;
use yeji_report::chart::Lang;

use crate::Desk;
use crate::api::goal_grid::GoalAbove;
use crate::api::goal_letter::{
    ConfirmGoal, ExportGoalLetter, ExportGoalLetters, GetGoalConfirmation, ListGoalConfirmations,
    PublishGoal,
};
use crate::api::goal_round::{
    AddGoalComment, AdjustGoal, AdoptGoals, GetGoalRound, GoalRoundArgs, ListGoalComments,
    OpenGoalRound, ProposeGoal, SendGoalsBack, SetGoalRoundDays, SubmitGoals,
};
use crate::error::Result;
use crate::host::no_progress;

/// Calls a use case; none: it is not of these.
pub(super) async fn call(desk: &Desk, name: &str, person: PersonId) -> Option<Result<()>> {
    let (metric, year) = (GoalMetric::WonAmount, 2026);
    // Nobody's: refused for another reason than a right.
    let round = GoalRoundId(uuid::Uuid::nil());
    let plan = GoalPlanId(uuid::Uuid::nil());
    let (people_due, managers_due) = ("2026-08-01".parse().unwrap(), "2026-08-15".parse().unwrap());
    let unit = || "nobody".to_owned();
    let words = || "words".to_owned();
    let folder = tempfile::tempdir().unwrap();
    Some(match name {
        "open_goal_round" => desk
            .open_goal_round(OpenGoalRound {
                metric,
                year,
                people_due,
                managers_due,
            })
            .await
            .map(drop),
        "set_goal_round_days" => desk
            .set_goal_round_days(SetGoalRoundDays {
                round,
                people_due,
                managers_due,
            })
            .await
            .map(drop),
        "close_goal_round" => desk
            .close_goal_round(GoalRoundArgs { round })
            .await
            .map(drop),
        "get_goal_round" => desk
            .get_goal_round(GetGoalRound {
                metric,
                year,
                round: None,
                expanded: vec!["*".to_owned()],
                search: None,
                offset: 0,
                limit: 10,
            })
            .await
            .map(drop),
        "propose_goal" => desk
            .propose_goal(ProposeGoal {
                round,
                person: None,
                amount: "1".to_owned(),
                note: None,
            })
            .await
            .map(drop),
        "adjust_goal" => desk
            .adjust_goal(AdjustGoal {
                round,
                person,
                amount: None,
                reason: words(),
            })
            .await
            .map(drop),
        "submit_goals" => desk
            .submit_goals(SubmitGoals {
                round,
                unit: unit(),
                note: None,
            })
            .await
            .map(drop),
        "send_goals_back" => desk
            .send_goals_back(SendGoalsBack {
                round,
                unit: unit(),
                reason: words(),
            })
            .await
            .map(drop),
        "adopt_goals" => desk
            .adopt_goals(AdoptGoals {
                round,
                plan,
                unit: None,
                above: GoalAbove::Grow,
                frozen_before: None,
                reason: None,
                preview: true,
            })
            .await
            .map(drop),
        "list_goal_comments" => desk
            .list_goal_comments(ListGoalComments {
                metric,
                year,
                unit: None,
            })
            .await
            .map(drop),
        "add_goal_comment" => desk
            .add_goal_comment(AddGoalComment {
                plan,
                unit: unit(),
                words: words(),
            })
            .await
            .map(drop),
        "publish_goal" => desk.publish_goal(PublishGoal { plan }).await.map(drop),
        "get_goal_confirmation" => desk
            .get_goal_confirmation(GetGoalConfirmation {
                metric,
                year,
                person: Some(person),
            })
            .await
            .map(drop),
        "confirm_goal" => desk
            .confirm_goal(ConfirmGoal {
                plan,
                hash: words(),
                person: None,
            })
            .await
            .map(drop),
        "list_goal_confirmations" => desk
            .list_goal_confirmations(ListGoalConfirmations {
                metric,
                year,
                state: None,
                offset: 0,
                limit: 10,
            })
            .await
            .map(drop),
        "export_goal_letter" => desk.export_goal_letter(letter(person)).await.map(drop),
        "export_goal_letter_to" => {
            let file = folder.path().join("letter.pdf");
            desk.export_goal_letter_to(&file, letter(person))
                .await
                .map(drop)
        }
        "export_goal_letters" => desk
            .export_goal_letters(letters(), &no_progress)
            .await
            .map(drop),
        "export_goal_letters_to" => desk
            .export_goal_letters_to(folder.path(), letters(), &no_progress)
            .await
            .map(drop),
        _ => return None,
    })
}

fn letter(person: PersonId) -> ExportGoalLetter {
    ExportGoalLetter {
        metric: GoalMetric::WonAmount,
        year: 2026,
        person: Some(person),
        language: Lang::En,
    }
}

fn letters() -> ExportGoalLetters {
    ExportGoalLetters {
        metric: GoalMetric::WonAmount,
        year: 2026,
        language: Lang::ZhCn,
    }
}
