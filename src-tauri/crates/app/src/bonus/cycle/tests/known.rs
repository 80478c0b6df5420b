//! What was worked out of everything is kept until something changes, and long work can be stopped.

use yeji_core::Money;
use yeji_core::calendar::Period;

use super::{House, q};
use crate::api::Progress;
use crate::api::bonus_cycle::{CycleAction, GetBonusCycle, RestateBonus, StepBonusCycle};
use crate::bonus::Known;
use crate::error::Error;

impl House {
    /// What is known is made another one, so that it is seen where it is asked.
    async fn falsify(&self, with: impl FnOnce(&mut Known)) {
        let app = self.app().await;
        with(&mut app.known_bonuses.lock().unwrap());
    }

    async fn says_changed(&self, period: Period) -> bool {
        let waits = self.cycle(period).await.waits_for;
        waits.iter().any(|one| one.code == "bonus_facts_changed")
    }
}

#[tokio::test]
async fn a_second_look_asks_what_the_first_one_found_until_something_changes() {
    let house = House::new().await;
    house.run(q(1)).await.unwrap();
    assert!(!house.says_changed(q(1)).await);
    let another = |known: &mut Known| {
        for hash in known.inputs.values_mut() {
            "another".clone_into(hash);
        }
    };
    house.falsify(another).await;
    assert!(house.says_changed(q(1)).await, "nothing was read again");
    house.run(q(2)).await.unwrap();
    assert!(!house.says_changed(q(1)).await, "the store has changed");
    house.falsify(another).await;
    house.clock.by(86_400);
    assert!(!house.says_changed(q(1)).await, "the day has");
}

#[tokio::test]
async fn what_differs_from_what_was_paid_is_worked_out_once_and_again_after_a_change() {
    let house = House::new().await;
    house.paid(q(1)).await;
    let (_, deal) = house.paid_seller(q(1)).await;
    assert_eq!(house.cycle(q(1)).await.drift, None);
    let other = Some(Money::new(7, deal.amount.unwrap().currency));
    let falsify = |known: &mut Known| {
        for drift in known.drifts.values_mut() {
            *drift = other;
        }
    };
    house.falsify(falsify).await;
    assert_eq!(
        house.cycle(q(1)).await.drift,
        other,
        "asked, not worked out"
    );
    house.refund(&deal, deal.amount.unwrap().minor).await;
    let drift = house.cycle(q(1)).await.drift.unwrap();
    assert!(drift.minor < 0, "{drift}");
    let (plan, preview) = (None, true);
    let args = RestateBonus {
        period: q(1),
        plan,
        preview,
    };
    let found = house.desk.restate_bonus(args, &|_| ()).await.unwrap();
    assert_eq!(found.total, drift, "without causes it is the same");
}

#[tokio::test]
async fn a_recalculation_and_a_hand_in_say_their_steps_and_can_be_stopped() {
    let house = House::new().await;
    house.run(q(1)).await.unwrap();
    let hold = house.blocked(q(1)).await;
    let stop_at = |stop: &'static str| {
        let shared = std::sync::Arc::clone(&house.desk.shared);
        move |progress: Progress| {
            assert!(progress.done < progress.total);
            if progress.step == stop {
                shared.stop_tasks();
            }
        }
    };
    let submit = async |stop: &'static str| {
        let plan = None;
        let args = GetBonusCycle { period: q(1), plan };
        let expected = house.desk.get_bonus_cycle(args).await.unwrap().stamp;
        let step = StepBonusCycle {
            period: q(1),
            plan: None,
            action: CycleAction::Submit,
            expected,
            unit: None,
            hold: hold.clone(),
            on: None,
            reason: None,
        };
        house.desk.step_bonus_cycle(step, &stop_at(stop)).await
    };
    for step in ["gathering", "comparing", "writing"] {
        let stopped = submit(step).await.unwrap_err();
        assert!(matches!(stopped, Error::Cancelled), "{step}: {stopped}");
    }
    submit("").await.expect("nothing of it was kept");
    house.step(q(1), CycleAction::ApproveHr).await.unwrap();
    house.act(house.bert);
    house.step(q(1), CycleAction::ApprovePay).await.unwrap();
    house.step(q(1), CycleAction::Pay).await.unwrap();
    let (_, deal) = house.paid_seller(q(1)).await;
    house.refund(&deal, deal.amount.unwrap().minor).await;
    let (plan, preview) = (None, false);
    let args = RestateBonus {
        period: q(1),
        plan,
        preview,
    };
    for step in ["gathering", "calculating", "comparing", "writing"] {
        let stop = stop_at(step);
        let stopped = house.desk.restate_bonus(args.clone(), &stop);
        let stopped = stopped.await.unwrap_err();
        assert!(matches!(stopped, Error::Cancelled), "{step}: {stopped}");
    }
    let done = house.restate(q(1), false).await.unwrap();
    assert_eq!(done.version, 2, "nothing of it was kept");
}
