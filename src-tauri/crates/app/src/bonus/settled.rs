//! Which run of a period counts on paper and for payroll, and whether it may be paid: read off its cycle.

use std::collections::BTreeSet;

use yeji_core::bonus_cycle::BonusStep;
use yeji_core::calendar::Period;
use yeji_core::ids::{BonusRunId, PersonId};

use super::cycle::Standing;
use crate::context::App;
use crate::error::Result;

/// How far a plan's bonuses of a period are.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Settled {
    /// A second person approved that they are paid, and nobody took that back.
    pub approved: bool,
    /// The run that was paid, else the one that was handed in; none: none was, or it was sent back. What was
    /// paid once is never paid again by opening its period: only differences go on (decision 0029).
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

/// Steps of one cycle, in the order of time.
fn settled<'a>(steps: impl Iterator<Item = &'a BonusStep>) -> Settled {
    let standing = Standing::of(steps);
    let approved = standing.settled();
    let Some(counts) = approved.or(standing.handed_in.as_ref()) else {
        return Settled::default();
    };
    Settled {
        approved: approved.is_some(),
        run: Some(counts.run),
        held: counts.held.keys().copied().collect(),
    }
}

/// Whether a run was ever approved to be paid: what was confirmed then was confirmed.
pub(crate) fn was_approved(steps: &[BonusStep], run: BonusRunId) -> bool {
    let mut handed_in = steps.iter().filter(|step| step.run == Some(run));
    let Some(plan) = handed_in.next().map(|step| &step.plan) else {
        return false;
    };
    // The cycles of other plans of the period go their own way.
    let steps: Vec<&BonusStep> = steps.iter().filter(|step| step.plan == *plan).collect();
    (1..=steps.len()).any(|until| {
        let then = settled(steps[..until].iter().copied());
        then.approved && then.run == Some(run)
    })
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;
    use yeji_core::bonus_cycle::BonusStepKind;
    use yeji_core::ids::BonusStepId;

    use super::*;

    fn id(number: u128) -> Uuid {
        Uuid::from_u128(number)
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
    fn what_was_paid_counts_else_what_was_handed_in_last() {
        use BonusStepKind::{
            ApproveHr, ApprovePay, AskReopen, Close, Hold, Pay, Reopen, SendBack, Submit,
        };
        let check = |kinds: &[(BonusStepKind, u128)], approved: bool, run: Option<u128>| {
            let found = settled(list(kinds).iter());
            assert_eq!(found.approved, approved, "{kinds:?}");
            assert_eq!(found.run, run.map(|run| BonusRunId(id(run))), "{kinds:?}");
        };
        check(&[], false, None);
        check(&[(ApprovePay, 0)], false, None);
        check(&[(Submit, 1), (ApproveHr, 0)], false, Some(1));
        check(&[(Submit, 1), (ApproveHr, 0), (SendBack, 0)], false, None);
        let approved = [(Submit, 1), (ApproveHr, 0), (ApprovePay, 0)];
        check(&approved, true, Some(1));
        let then = |more: &[(BonusStepKind, u128)]| [&approved[..], more].concat();
        check(
            &then(&[(Pay, 0), (Close, 0), (AskReopen, 0)]),
            true,
            Some(1),
        );
        let again = [(AskReopen, 0), (Reopen, 0), (Submit, 2)];
        check(&then(&again), false, Some(2));
        let paid = then(&[(Pay, 0)]);
        check(&[&paid[..], &again].concat(), true, Some(1));
        let all = list(&then(&again));
        assert!(was_approved(&all, BonusRunId(id(1))), "then it was");
        assert!(!was_approved(&all, BonusRunId(id(2))), "not yet");
        let held = [
            (Submit, 1),
            (Hold, 7),
            (SendBack, 0),
            (Submit, 2),
            (Hold, 8),
        ];
        assert_eq!(
            settled(list(&held).iter()).held,
            BTreeSet::from([PersonId(id(8))]),
            "who was held with an earlier run is not any more"
        );
    }
}
