//! The order of steps, whoever takes them.

use chrono::{DateTime, Utc};
use proptest::prelude::*;
use yeji_core::bonus_cycle::{BonusStep, BonusStepKind};
use yeji_core::ids::{BonusRunId, BonusStepId, PersonId};

use crate::api::bonus_cycle::{CycleAction, CycleState};
use crate::bonus::cycle::Standing;
use crate::bonus::cycle::state::step_of;

fn step(kind: BonusStepKind, n: u128) -> BonusStep {
    BonusStep {
        id: BonusStepId(uuid::Uuid::from_u128(n)),
        period: "2026-Q1".to_owned(),
        plan: "p".to_owned(),
        kind,
        run: Some(BonusRunId(uuid::Uuid::from_u128(n))),
        unit: Some(yeji_core::ids::UnitId(uuid::Uuid::from_u128(1))),
        person: Some(PersonId(uuid::Uuid::from_u128(2))),
        on: None,
        reason: None,
        author: "anna".to_owned(),
        at: DateTime::<Utc>::MIN_UTC,
    }
}

fn after(kinds: &[BonusStepKind]) -> Standing {
    let steps: Vec<BonusStep> = (1..).zip(kinds).map(|(n, kind)| step(*kind, n)).collect();
    Standing::of(&steps)
}

#[test]
fn a_period_lives_from_open_to_closed_and_back() {
    use BonusStepKind as Kind;
    use CycleState as State;
    let mut done = Vec::new();
    for (kind, state) in [
        (Kind::Submit, State::InReview),
        (Kind::SendBack, State::Open),
        (Kind::Submit, State::InReview),
        (Kind::Hold, State::InReview),
        (Kind::ApproveTeam, State::InReview),
        // Payment is approved after HR has approved.
        (Kind::ApprovePay, State::InReview),
        (Kind::ApproveHr, State::InReview),
        (Kind::ApprovePay, State::Approved),
        (Kind::Close, State::Approved),
        (Kind::Pay, State::Paid),
        (Kind::SendBack, State::Paid),
        (Kind::Restate, State::Paid),
        (Kind::Reopen, State::Paid),
        (Kind::AskReopen, State::Paid),
        (Kind::Close, State::Paid),
        (Kind::RefuseReopen, State::Paid),
        (Kind::Close, State::Closed),
        (Kind::Submit, State::Closed),
        (Kind::AskReopen, State::Closed),
        (Kind::Reopen, State::Open),
    ] {
        done.push(kind);
        assert_eq!(after(&done).state, state, "{done:?}");
    }
    let standing = after(&done);
    assert_eq!(standing.version(), 3, "handed in twice, recalculated once");
    let restated = standing.restated.iter().map(|run| run.0.as_u128());
    assert_eq!(restated.collect::<Vec<_>>(), [12]);
    let paid = standing.paid.unwrap();
    assert_eq!(paid.run.0.as_u128(), 3, "the run of the second hand-in");
    assert_eq!(paid.held.len(), 1);
    assert_eq!(standing.handed_in, None);
}

#[test]
fn what_was_paid_first_stays_when_another_run_is_approved_and_paid() {
    use BonusStepKind as Kind;
    let standing = after(&[
        Kind::Submit,
        Kind::ApproveHr,
        Kind::ApprovePay,
        Kind::Pay,
        Kind::AskReopen,
        Kind::Reopen,
        Kind::Submit,
        Kind::ApproveHr,
        Kind::ApprovePay,
        Kind::Pay,
    ]);
    assert_eq!(standing.handed_in.as_ref().unwrap().run.0.as_u128(), 7);
    assert_eq!(standing.settled().unwrap().run.0.as_u128(), 1);
}

proptest! {
    #[test]
    fn nothing_is_approved_or_paid_by_a_way_round(
        kinds in prop::collection::vec(prop::sample::select(CycleAction::ALL.to_vec()), 0..40),
    ) {
        let kinds: Vec<BonusStepKind> = kinds.into_iter().map(step_of).collect();
        let mut taken: Vec<BonusStepKind> = Vec::new();
        for n in 1..=kinds.len() {
            let (before, now) = (after(&kinds[..n - 1]), after(&kinds[..n]));
            if before == now {
                continue;
            }
            taken.push(kinds[n - 1]);
            // Since the last hand-in HR has approved, then payment was approved.
            let since = taken.iter().rposition(|kind| *kind == BonusStepKind::Submit);
            let since = since.map_or(&[][..], |at| &taken[at..]);
            let has = |kind| since.contains(&kind);
            if now.is_settled() {
                prop_assert!(has(BonusStepKind::ApproveHr) && has(BonusStepKind::ApprovePay));
            }
            if now.state >= CycleState::Paid {
                prop_assert!(has(BonusStepKind::Pay));
            }
            prop_assert_eq!(now.handed_in.is_none(), now.state == CycleState::Open);
            if let Some(paid) = &before.paid {
                prop_assert_eq!(Some(paid), now.paid.as_ref(), "paid history stays");
            }
        }
    }
}
