//! Examples of the use cases by which bonuses come to be paid.

use yeji_core::bonus_cycle::Decision;
use yeji_core::ids::{BonusAdjustmentId, PersonId};
use yeji_core::{Currency, Money};

use crate::Desk;
use crate::api::NoArgs;
use crate::api::bonus_cycle::{
    AddBonusAdjustment, CycleAction, DecideBonusAdjustments, GetBonusCycle, ListBonusAdjustments,
    RestateBonus, StepBonusCycle,
};
use crate::error::Result;
use crate::host::no_progress;

/// Calls a use case; none: it is not of these.
pub(super) async fn call(desk: &Desk, name: &str, person: PersonId) -> Option<Result<()>> {
    let period = "2026-Q2".parse().unwrap();
    let of = || GetBonusCycle { period, plan: None };
    Some(match name {
        "list_bonus_cycles" => desk.list_bonus_cycles(NoArgs {}).await.map(drop),
        "get_bonus_cycle" => desk.get_bonus_cycle(of()).await.map(drop),
        // Not as it was seen: refused for another reason than a right.
        "step_bonus_cycle" => {
            let step = StepBonusCycle {
                period,
                plan: None,
                action: CycleAction::Submit,
                expected: "another".to_owned(),
                unit: None,
                hold: Vec::new(),
                on: None,
                reason: None,
            };
            desk.step_bonus_cycle(step, &no_progress).await.map(drop)
        }
        "list_bonus_adjustments" => desk
            .list_bonus_adjustments(ListBonusAdjustments { period: None })
            .await
            .map(drop),
        "add_bonus_adjustment" => desk
            .add_bonus_adjustment(AddBonusAdjustment {
                person,
                period,
                plan: None,
                amount: Money::new(1, Currency::CNY),
                reason: "words".to_owned(),
            })
            .await
            .map(drop),
        "decide_bonus_adjustments" => desk
            .decide_bonus_adjustments(DecideBonusAdjustments {
                adjustments: vec![BonusAdjustmentId(uuid::Uuid::nil())],
                decision: Decision::Approved,
                reason: None,
            })
            .await
            .map(drop),
        "restate_bonus" => {
            let args = RestateBonus {
                period,
                plan: None,
                preview: true,
            };
            desk.restate_bonus(args, &no_progress).await.map(drop)
        }
        "frozen_bonus_input" => desk.frozen_bonus_input(of()).await.map(drop),
        _ => return None,
    })
}
