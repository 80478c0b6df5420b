//! What was said in a round: of each person and unit the newest counts.

use std::collections::HashMap;

use yeji_core::goal_round::{
    GoalAdjustment, GoalProposal, GoalRound, GoalSubmission, SubmissionState,
};
use yeji_core::ids::{GoalRoundId, PersonId, UnitId};
use yeji_core::org::Organisation;

use super::RoundError;
use crate::context::App;
use crate::error::{Error, Result};

/// A round with its numbers.
pub(in crate::goals) struct RoundState {
    pub round: GoalRound,
    proposed: HashMap<PersonId, GoalProposal>,
    adjusted: HashMap<PersonId, GoalAdjustment>,
    handed: HashMap<UnitId, GoalSubmission>,
}

impl App {
    /// A round with all that was said in it.
    pub(in crate::goals) async fn round_state(&self, round: GoalRound) -> Result<RoundState> {
        let store = self.store()?;
        // In the order of time, so that the last of each stays.
        let proposed = store.goal_proposals(round.id).await?.into_iter();
        let adjusted = store.goal_adjustments(round.id).await?.into_iter();
        let handed = store.goal_submissions(round.id).await?.into_iter();
        Ok(RoundState {
            proposed: proposed.map(|one| (one.person, one)).collect(),
            adjusted: adjusted.map(|one| (one.person, one)).collect(),
            handed: handed.map(|one| (one.unit, one)).collect(),
            round,
        })
    }

    /// Whether the numbers of a unit are read-only in a round.
    pub(crate) async fn unit_is_handed_in(
        &self,
        round: GoalRound,
        organisation: &Organisation,
        unit: UnitId,
    ) -> Result<bool> {
        let state = self.round_state(round).await?;
        Ok(state.holder(organisation, unit).is_some())
    }

    /// A round by its id.
    pub(in crate::goals) async fn known_round(&self, id: GoalRoundId) -> Result<GoalRound> {
        let round = self.store()?.goal_round(id).await?;
        round.ok_or_else(|| Error::NotFound {
            what: "goal_round",
            value: id.to_string(),
        })
    }
}

impl RoundState {
    /// The person's own number.
    pub fn proposal(&self, person: PersonId) -> Option<&GoalProposal> {
        self.proposed.get(&person)
    }

    /// What a manager made of it, while it stands.
    pub fn adjustment(&self, person: PersonId) -> Option<&GoalAdjustment> {
        let newest = self.adjusted.get(&person);
        newest.filter(|one| one.amount.is_some())
    }

    /// The number that counts, in minor units: adjusted, else the own one.
    pub fn number(&self, person: PersonId) -> Option<i64> {
        let adjusted = self.adjustment(person).and_then(|one| one.amount);
        let own = || self.proposal(person).map(|one| one.amount);
        adjusted.or_else(own).map(|amount| amount.minor)
    }

    /// The newest of handing a unit in and sending it back.
    pub fn submission(&self, unit: UnitId) -> Option<&GoalSubmission> {
        self.handed.get(&unit)
    }

    /// How a unit itself was handed in, while it is.
    pub fn handed_in(&self, unit: UnitId) -> Option<&GoalSubmission> {
        let newest = self.submission(unit);
        newest.filter(|one| one.state == SubmissionState::Submitted)
    }

    /// How a unit was handed in, by itself or with one above it: the first upwards.
    pub fn holder(&self, organisation: &Organisation, unit: UnitId) -> Option<&GoalSubmission> {
        let above = |id: &UnitId| organisation.unit(*id).and_then(|unit| unit.parent);
        std::iter::successors(Some(unit), above).find_map(|id| self.handed_in(id))
    }

    pub fn is_open(&self) -> bool {
        self.round.closed_at.is_none()
    }

    /// Refuses what is said after the end.
    pub fn require_open(&self) -> Result<()> {
        if self.is_open() {
            return Ok(());
        }
        let year = self.round.year;
        Err(RoundError::Closed { year }.into())
    }

    /// Refuses another number in a unit that is handed in.
    pub fn require_not_handed_in(&self, organisation: &Organisation, unit: UnitId) -> Result<()> {
        let Some(by) = self.holder(organisation, unit) else {
            return Ok(());
        };
        let unit = unit_name(organisation, by.unit);
        Err(RoundError::Submitted { unit }.into())
    }
}

/// A unit's name.
pub(in crate::goals) fn unit_name(organisation: &Organisation, unit: UnitId) -> String {
    let unit = organisation.unit(unit);
    unit.map(|one| one.name.clone()).unwrap_or_default()
}
