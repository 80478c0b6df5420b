//! Which run of a period counts, and whether its bonuses may be paid: read off the steps of its cycle.

use std::collections::BTreeSet;

use yeji_core::bonus_cycle::{BonusStep, BonusStepKind};
use yeji_core::calendar::Period;
use yeji_core::ids::{BonusRunId, PersonId};

use crate::context::App;
use crate::error::Result;

/// How far a plan's bonuses of a period are.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Settled {
    /// A second person approved that they are paid, and nobody took that back.
    pub approved: bool,
    /// The run that was handed in; none: none was, or it was sent back.
    pub run: Option<BonusRunId>,
    /// Whose pay waits.
    pub held: BTreeSet<PersonId>,
}

impl App {
    /// How far a plan's bonuses of a period are.
    pub(super) async fn settled(&self, period: Period, plan: &str) -> Result<Settled> {
        let steps = self.store()?.bonus_steps(Some(&period.to_string())).await?;
        Ok(settled(steps.iter().filter(|step| step.plan == plan)))
    }
}

/// The newest run that was handed in counts; it is approved when `ApprovePay` follows it and nothing opened it
/// again. Steps stand in the order of time.
fn settled<'a>(steps: impl Iterator<Item = &'a BonusStep>) -> Settled {
    let mut now = Settled::default();
    for step in steps {
        match step.kind {
            BonusStepKind::Submit => {
                now = Settled {
                    run: step.run,
                    ..Settled::default()
                };
            }
            BonusStepKind::Hold => now.held.extend(step.person),
            BonusStepKind::ApprovePay => now.approved = now.run.is_some(),
            BonusStepKind::SendBack | BonusStepKind::Reopen => now.approved = false,
            BonusStepKind::ApproveTeam
            | BonusStepKind::ApproveHr
            | BonusStepKind::Pay
            | BonusStepKind::Close
            | BonusStepKind::AskReopen
            | BonusStepKind::RefuseReopen
            | BonusStepKind::Restate => {}
        }
    }
    now
}

/// Whether a run was ever approved to be paid: what was confirmed then was confirmed.
pub(crate) fn was_approved(steps: &[BonusStep], run: BonusRunId) -> bool {
    (1..=steps.len()).any(|until| {
        let then = settled(steps[..until].iter());
        then.approved && then.run == Some(run)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;
    use yeji_core::ids::BonusStepId;

    fn id(number: u128) -> Uuid {
        Uuid::from_u128(number)
    }

    fn steps(kinds: &[(BonusStepKind, u128)]) -> Settled {
        settled(list(kinds).iter())
    }

    fn list(kinds: &[(BonusStepKind, u128)]) -> Vec<BonusStep> {
        kinds
            .iter()
            .map(|(kind, number)| BonusStep {
                id: BonusStepId(id(1)),
                period: "2026-Q2".to_owned(),
                plan: "p".to_owned(),
                kind: *kind,
                run: (*kind == BonusStepKind::Submit).then(|| BonusRunId(id(*number))),
                unit: None,
                person: (*kind == BonusStepKind::Hold).then(|| PersonId(id(*number))),
                on: None,
                reason: None,
                author: "hr".to_owned(),
                at: chrono::DateTime::UNIX_EPOCH,
            })
            .collect()
    }

    #[test]
    fn only_what_a_second_person_approved_last_is_approved() {
        use BonusStepKind::{
            ApproveHr, ApprovePay, AskReopen, Close, Hold, Pay, Reopen, SendBack, Submit,
        };
        let check = |kinds: &[(BonusStepKind, u128)], approved: bool, run: Option<u128>| {
            let found = steps(kinds);
            assert_eq!(found.approved, approved, "{kinds:?}");
            assert_eq!(found.run, run.map(|run| BonusRunId(id(run))), "{kinds:?}");
        };
        check(&[], false, None);
        check(&[(ApprovePay, 0)], false, None);
        check(&[(Submit, 1), (ApproveHr, 0)], false, Some(1));
        let approved = [(Submit, 1), (ApproveHr, 0), (ApprovePay, 0)];
        check(&approved, true, Some(1));
        let then = |more: &[(BonusStepKind, u128)]| [&approved[..], more].concat();
        check(
            &then(&[(Pay, 0), (Close, 0), (AskReopen, 0)]),
            true,
            Some(1),
        );
        check(&then(&[(SendBack, 0)]), false, Some(1));
        check(&then(&[(Pay, 0), (Reopen, 0)]), false, Some(1));
        check(&then(&[(Reopen, 0), (Submit, 2)]), false, Some(2));
        check(
            &then(&[(Reopen, 0), (Submit, 2), (ApprovePay, 0)]),
            true,
            Some(2),
        );
        let all = list(&then(&[(Reopen, 0), (Submit, 2)]));
        assert!(was_approved(&all, BonusRunId(id(1))), "then it was");
        assert!(!was_approved(&all, BonusRunId(id(2))), "not yet");
        let held = steps(&[(Submit, 1), (Hold, 7), (Submit, 2), (Hold, 8)]);
        assert_eq!(
            held.held,
            BTreeSet::from([PersonId(id(8))]),
            "who was held with an earlier run is not any more"
        );
    }
}
