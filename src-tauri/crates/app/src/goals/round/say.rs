//! Numbers from below: a person proposes, a manager adjusts beside it.

use serde_json::json;
use yeji_core::Money;
use yeji_core::goal_round::{GoalAdjustment, GoalProposal};
use yeji_core::ids::{GoalAdjustmentId, GoalProposalId, GoalRoundId, PersonId, UnitId};
use yeji_store::ChangeKind;

use super::{RoundError, RoundState};
use crate::access::{AccessError, Right};
use crate::api::goal_round::{AdjustGoal, GoalRoundStep, ProposeGoal};
use crate::context::App;
use crate::error::{Error, Result};
use crate::follow_up::{entered, said};
use crate::goals::book::Book;

/// What one may propose at most: sums over all people of a company must not overflow.
pub(crate) const MAX_PROPOSED_MINOR: i64 = 1_000_000_000_000_000;

/// An open round with the goal of one person in it.
struct Spoken {
    book: Book,
    state: RoundState,
    unit: UnitId,
    name: String,
}

impl Spoken {
    fn amount(&self, text: &str) -> Result<Money> {
        let amount = Money::parse_major(text.trim(), self.book.plan.amount.currency)?;
        if amount.minor < 0 {
            return Err(RoundError::Negative { amount }.into());
        }
        if amount.minor > MAX_PROPOSED_MINOR {
            return Err(Error::input("amount", text, "an amount up to ten trillion"));
        }
        Ok(amount)
    }
}

impl App {
    /// Proposes a number for a year's goal; the newest of a person counts.
    pub async fn propose_goal(&self, args: ProposeGoal) -> Result<GoalRoundStep> {
        let _turn = self.turn().await;
        let person = self.own_or_by_hr(args.person)?;
        let spoken = self.spoken(args.round, person).await?;
        let note = match args.note.as_deref().map(str::trim) {
            None | Some("") => None,
            Some(note) => Some(said("note", note)?),
        };
        let id = self.clock.new_id();
        let proposal = GoalProposal {
            id: GoalProposalId(id),
            origin: entered(id),
            round: args.round,
            person,
            amount: spoken.amount(&args.amount)?,
            note,
            author: self.author(),
            written_at: self.clock.now(),
        };
        let summary = json!({
            "year": spoken.state.round.year, "metric": spoken.state.round.metric,
            "name": spoken.name, "amount": proposal.amount.to_major(),
            "currency": proposal.amount.currency.code(),
        });
        let mut change = self.change(ChangeKind::GoalProposal, summary);
        change.put.push(proposal.into());
        self.apply(change).await?;
        // The own goal may count in a unit that somebody else leads.
        let seen = self.for_own(Some(person));
        seen.step(spoken.state, &person.to_string()).await
    }

    /// Makes another number of somebody's in an own unit, beside the own one; without an amount the own one
    /// counts again.
    pub async fn adjust_goal(&self, args: AdjustGoal) -> Result<GoalRoundStep> {
        let _turn = self.turn().await;
        self.require_company_store()?;
        let spoken = self.spoken(args.round, args.person).await?;
        // Who is not in an own unit is refused by the right that it would need.
        if self
            .sight()
            .units(Some(&[spoken.unit]))
            .is_some_and(|own| own.is_empty())
        {
            self.actor().require(Right::SetGoals, self.policies())?;
        }
        let amount = match &args.amount {
            Some(amount) => Some(spoken.amount(amount)?),
            None => None,
        };
        let adjustment = GoalAdjustment {
            id: GoalAdjustmentId(self.clock.new_id()),
            round: args.round,
            person: args.person,
            amount,
            reason: said("reason", &args.reason)?,
            author: self.author(),
            written_at: self.clock.now(),
        };
        let summary = json!({
            "metric": spoken.state.round.metric, "year": spoken.state.round.year, "what": "adjust",
            "name": spoken.name, "reason": crate::error::shown(&adjustment.reason),
        });
        let mut change = self.change(ChangeKind::GoalRound, summary);
        change.put.push(adjustment.into());
        self.apply(change).await?;
        self.step(spoken.state, &args.person.to_string()).await
    }

    /// The own person, or whom HR names.
    pub(in crate::goals) fn own_or_by_hr(&self, named: Option<PersonId>) -> Result<PersonId> {
        let own = self.actor().person();
        match (named, own) {
            (None, None) => Err(AccessError::OwnPersonNeeded.into()),
            (None, Some(own)) => Ok(own),
            (Some(named), own) => {
                if own != Some(named) {
                    self.actor().require(Right::SetGoals, self.policies())?;
                }
                Ok(named)
            }
        }
    }

    /// An open round in which somebody's number may still change. The whole goal is looked at: who sees only
    /// the own row does not see which unit above is handed in.
    async fn spoken(&self, round: GoalRoundId, person: PersonId) -> Result<Spoken> {
        let state = self.round_state(self.known_round(round).await?).await?;
        state.require_open()?;
        let (metric, year) = (state.round.metric, state.round.year);
        let book = self.seeing_everything().book_in_force(metric, year).await?;
        let name = book.organisation.person(person).map(|one| one.name.clone());
        let name = name.ok_or_else(|| Error::NotFound {
            what: "person",
            value: person.to_string(),
        })?;
        let Ok(at) = book.place(&person.to_string()) else {
            return Err(RoundError::NoRow { name, year }.into());
        };
        let (unit, _) = book.owner(at)?;
        state.require_not_handed_in(&book.organisation, unit)?;
        Ok(Spoken {
            book,
            state,
            unit,
            name,
        })
    }

    /// A row after a step.
    pub(super) async fn step(&self, before: RoundState, id: &str) -> Result<GoalRoundStep> {
        let (_, row) = self.round_row(before.round, id).await?;
        Ok(GoalRoundStep {
            row,
            notes: Vec::new(),
        })
    }
}
