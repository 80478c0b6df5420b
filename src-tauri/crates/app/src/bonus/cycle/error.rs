//! What is wrong with a step of a bonus cycle. Each says what to do instead.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use yeji_core::calendar::Period;

use crate::api::bonus_cycle::{CycleAction, CycleState};
use crate::error::{Error, Result};

/// A refusal.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CycleError {
    /// Other bonuses than those that were looked at.
    #[error("the bonuses of {period} were changed meanwhile")]
    ChangedMeanwhile {
        /// Which.
        period: Period,
    },
    /// Not the turn of this action.
    #[error("the bonuses of {period} are {}: {} does not follow", state.code(), action.code())]
    NotNow {
        /// Which.
        period: Period,
        /// How far they are.
        state: CycleState,
        /// What was asked for.
        action: CycleAction,
    },
    /// First the request is answered.
    #[error("`{name}` has asked to open {period} again")]
    ReopeningAsked {
        /// Which.
        period: Period,
        /// Who has.
        name: String,
    },
    /// Two eyes are not four.
    #[error("`{name}` did the step before; another person has to do this one")]
    SecondPerson {
        /// Who did.
        name: String,
    },
    /// Nobody is known by a name.
    #[error("approving needs two people, and this store has no accounts")]
    NoAccounts,
    /// Nothing to hand in.
    #[error("no run of everybody is kept for {period}")]
    NoRun {
        /// Which.
        period: Period,
    },
    /// The run is of yesterday.
    #[error("facts have changed since the run of {period}")]
    FactsChanged {
        /// Which.
        period: Period,
    },
    /// They cannot be paid as they are.
    #[error("something cannot be known of {count} people: {names}")]
    Blocked {
        /// How many.
        count: usize,
        /// Who.
        names: String,
    },
    /// Holding back pay of somebody who has no statement.
    #[error("the run has no statement of `{name}`")]
    HoldOfNobody {
        /// Who.
        name: String,
    },
    /// More may happen in it.
    #[error("{period} ends on {end}")]
    Running {
        /// Which.
        period: Period,
        /// The day after its last.
        end: NaiveDate,
    },
    /// They would be lost.
    #[error("{count} adjustments of {period} wait for a decision")]
    AdjustmentsWait {
        /// Which.
        period: Period,
        /// How many.
        count: usize,
    },
    /// Why has to be known later.
    #[error("{} needs a reason", action.code())]
    ReasonNeeded {
        /// What.
        action: CycleAction,
    },
    /// Going over them needs a reason.
    #[error("not approved yet: {names}")]
    TeamsMissing {
        /// Which units.
        names: String,
    },
    /// No numbers to approve.
    #[error("nobody of the unit `{unit}` has a statement in {period}")]
    NoTeam {
        /// Its name.
        unit: String,
        /// Which.
        period: Period,
    },
    /// What was handed in stays.
    #[error("the bonuses of {period} are {}", state.code())]
    Frozen {
        /// Which.
        period: Period,
        /// How far they are.
        state: CycleState,
    },
    /// What is not approved is calculated again instead.
    #[error("the bonuses of {period} are {}: nothing is settled", state.code())]
    NotSettled {
        /// Which.
        period: Period,
        /// How far they are.
        state: CycleState,
    },
    /// Before payment a period is put right by opening it again: it is then paid anew as a whole.
    #[error("the bonuses of {period} are approved and not paid")]
    NotPaid {
        /// Which.
        period: Period,
    },
    /// Somebody would be settled with twice for the same days.
    #[error("{names} have a bonus of {other} by `{plan}` for the same days")]
    SettledByOther {
        /// Who.
        names: String,
        /// Code of the other plan.
        plan: String,
        /// Its period.
        other: Period,
    },
    /// An account that the one who did the step before has made, given a password or given a role since.
    #[error("the account was changed by `{name}` since")]
    AccountOfFirst {
        /// Who did the step before.
        name: String,
    },
    /// Decided once.
    #[error("the adjustment of `{name}` was decided already")]
    Decided {
        /// Whose.
        name: String,
    },
    /// Taking back is for who entered it.
    #[error("`{name}` entered it")]
    NotAuthor {
        /// Who did.
        name: String,
    },
    /// Nothing to pay.
    #[error("an adjustment of 0 changes nothing")]
    Zero,
    /// Nothing was kept.
    #[error("no input was frozen for {period}")]
    NoInput {
        /// Which.
        period: Period,
    },
    /// What was kept is not what was handed in.
    #[error("the frozen input of {period} cannot be read: {reason}")]
    InputBroken {
        /// Which.
        period: Period,
        /// Why.
        reason: String,
    },
    /// Nowhere to put differences.
    #[error("no period after {period} is open")]
    NoOpenPeriod {
        /// Which.
        period: Period,
    },
    /// Not from a personal file.
    #[error("this is done in the company's store")]
    InCompanyStore,
}

/// The refusal that stands against something; that something cannot be read is none.
pub(super) fn against(ready: Result<()>) -> Result<Option<CycleError>> {
    match ready {
        Ok(()) => Ok(None),
        Err(Error::Cycle(refusal)) => Ok(Some(refusal)),
        Err(error) => Err(error),
    }
}

impl CycleError {
    /// Stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::ChangedMeanwhile { .. } => "bonus_changed_meanwhile",
            Self::NotNow { .. } => "bonus_not_now",
            Self::ReopeningAsked { .. } => "bonus_reopening_asked",
            Self::SecondPerson { .. } => "bonus_second_person",
            Self::NoAccounts => "bonus_needs_accounts",
            Self::NoRun { .. } => "bonus_no_run",
            Self::FactsChanged { .. } => "bonus_facts_changed",
            Self::Blocked { .. } => "bonus_blocked_people",
            Self::HoldOfNobody { .. } => "bonus_hold_of_nobody",
            Self::Running { .. } => "bonus_period_running",
            Self::AdjustmentsWait { .. } => "bonus_adjustments_wait",
            Self::ReasonNeeded { .. } => "bonus_reason_needed",
            Self::TeamsMissing { .. } => "bonus_teams_missing",
            Self::NoTeam { .. } => "bonus_no_team",
            Self::Frozen { .. } => "bonus_frozen",
            Self::NotSettled { .. } => "bonus_not_settled",
            Self::NotPaid { .. } => "bonus_not_paid",
            Self::SettledByOther { .. } => "bonus_settled_by_other",
            Self::AccountOfFirst { .. } => "bonus_account_of_first",
            Self::Decided { .. } => "bonus_adjustment_decided",
            Self::NotAuthor { .. } => "bonus_adjustment_of_another",
            Self::Zero => "bonus_adjustment_zero",
            Self::NoInput { .. } => "bonus_no_frozen_input",
            Self::InputBroken { .. } => "bonus_frozen_input_broken",
            Self::NoOpenPeriod { .. } => "bonus_no_open_period",
            Self::InCompanyStore => "bonus_in_company_store",
        }
    }

    /// The values of its sentence.
    pub(crate) fn params(&self) -> BTreeMap<String, String> {
        let period_of = |period: &Period| ("period", period.to_string());
        let state_of = |state: &CycleState| ("state", state.code().to_owned());
        let action_of = |action: &CycleAction| ("action", action.code().to_owned());
        let pairs = match self {
            Self::ChangedMeanwhile { period }
            | Self::NoRun { period }
            | Self::FactsChanged { period }
            | Self::NoInput { period }
            | Self::NotPaid { period }
            | Self::NoOpenPeriod { period } => vec![period_of(period)],
            Self::NotNow {
                period,
                state,
                action,
            } => vec![period_of(period), state_of(state), action_of(action)],
            Self::ReopeningAsked { period, name } => {
                vec![period_of(period), ("name", name.clone())]
            }
            Self::SettledByOther { names, plan, other } => {
                let (names, plan) = (names.clone(), plan.clone());
                vec![("names", names), ("plan", plan), period_of(other)]
            }
            Self::AccountOfFirst { name }
            | Self::SecondPerson { name }
            | Self::HoldOfNobody { name }
            | Self::Decided { name }
            | Self::NotAuthor { name } => vec![("name", name.clone())],
            Self::Blocked { count, names } => {
                vec![("count", count.to_string()), ("names", names.clone())]
            }
            Self::Running { period, end } => vec![period_of(period), ("end", end.to_string())],
            Self::AdjustmentsWait { period, count } => {
                vec![period_of(period), ("count", count.to_string())]
            }
            Self::ReasonNeeded { action } => vec![action_of(action)],
            Self::TeamsMissing { names } => vec![("names", names.clone())],
            Self::NoTeam { unit, period } => vec![("unit", unit.clone()), period_of(period)],
            Self::Frozen { period, state } | Self::NotSettled { period, state } => {
                vec![period_of(period), state_of(state)]
            }
            Self::InputBroken { period, reason } => {
                vec![period_of(period), ("reason", reason.clone())]
            }
            Self::NoAccounts | Self::Zero | Self::InCompanyStore => Vec::new(),
        };
        let owned = pairs
            .into_iter()
            .map(|(key, value)| (key.to_owned(), value));
        owned.collect()
    }
}
