//! Every refusal of a bonus cycle gives the values of its sentence.

use crate::api::bonus_cycle::{CycleAction, CycleState};
use crate::bonus::CycleError;
use crate::codes::tests::check_values;

#[test]
fn the_values_of_a_refusal_are_those_of_its_sentence() {
    let period: yeji_core::calendar::Period = "2026-Q1".parse().unwrap();
    let (state, action) = (CycleState::InReview, CycleAction::Pay);
    let text = || "x".to_owned();
    for error in [
        CycleError::ChangedMeanwhile { period },
        CycleError::NotNow {
            period,
            state,
            action,
        },
        CycleError::ReopeningAsked {
            period,
            name: text(),
        },
        CycleError::SecondPerson { name: text() },
        CycleError::NoAccounts,
        CycleError::NoRun { period },
        CycleError::FactsChanged { period },
        CycleError::Blocked {
            count: 1,
            names: text(),
        },
        CycleError::HoldOfNobody { name: text() },
        CycleError::Running {
            period,
            end: period.end(),
        },
        CycleError::AdjustmentsWait { period, count: 1 },
        CycleError::ReasonNeeded { action },
        CycleError::TeamsMissing { names: text() },
        CycleError::NoTeam {
            unit: text(),
            period,
        },
        CycleError::Frozen { period, state },
        CycleError::NotSettled { period, state },
        CycleError::NotPaid { period },
        CycleError::SettledByOther {
            names: text(),
            plan: text(),
            other: period,
        },
        CycleError::AccountOfFirst { name: text() },
        CycleError::Decided { name: text() },
        CycleError::NotAuthor { name: text() },
        CycleError::Zero,
        CycleError::NoInput { period },
        CycleError::InputBroken {
            period,
            reason: text(),
        },
        CycleError::NoOpenPeriod { period },
        CycleError::InCompanyStore,
    ] {
        check_values(&error.into());
    }
}
