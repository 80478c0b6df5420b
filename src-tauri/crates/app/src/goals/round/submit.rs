//! A unit is handed in with all below it, and sent back.

use serde_json::json;
use yeji_core::goal_round::{GoalSubmission, SubmissionState};
use yeji_core::ids::{GoalRoundId, GoalSubmissionId, UnitId};
use yeji_core::org::Organisation;
use yeji_store::ChangeKind;

use super::tree::RoundTree;
use super::{RoundError, unit_name};
use crate::access::Right;
use crate::api::Message;
use crate::api::goal_round::{GoalRoundStep, SendGoalsBack, SubmitGoals};
use crate::context::App;
use crate::error::{Error, Result};
use crate::follow_up::said;

impl App {
    /// Hands a unit in: its numbers are read-only from now on. People without a number are named.
    pub async fn submit_goals(&self, args: SubmitGoals) -> Result<GoalRoundStep> {
        let _turn = self.turn().await;
        let (tree, unit) = self.unit_of_round(args.round, &args.unit).await?;
        let (organisation, state) = (&tree.book.organisation, &tree.state);
        if let Some(by) = state.holder(organisation, unit) {
            let name = unit_name(organisation, by.unit);
            return Err(if by.unit == unit {
                RoundError::SubmittedAlready {
                    unit: name,
                    author: by.author.clone(),
                }
            } else {
                RoundError::Submitted { unit: name }
            }
            .into());
        }
        let note = match args.note.as_deref().map(str::trim) {
            None | Some("") => None,
            Some(note) => Some(said("note", note)?),
        };
        let at = tree.book.place(&args.unit)?;
        let missing = tree.missing(at);
        let done = self
            .hand(&tree, unit, SubmissionState::Submitted, note)
            .await?;
        let mut notes = Vec::new();
        if !missing.is_empty() {
            let params = [
                ("unit", done.row.name.clone()),
                ("names", crate::words::names(missing)),
            ];
            notes.push(Message::new("goal_submitted_missing", &params));
        }
        Ok(GoalRoundStep { notes, ..done })
    }

    /// Opens a unit again: by HR, or by who leads a unit above it.
    pub async fn send_goals_back(&self, args: SendGoalsBack) -> Result<GoalRoundStep> {
        let _turn = self.turn().await;
        let (tree, unit) = self.unit_of_round(args.round, &args.unit).await?;
        let (organisation, state) = (&tree.book.organisation, &tree.state);
        let name = unit_name(organisation, unit);
        if state.handed_in(unit).is_none() {
            return Err(match state.holder(organisation, unit) {
                None => RoundError::NotSubmitted { unit: name },
                Some(by) => submitted_above(organisation, name, by.unit),
            }
            .into());
        }
        let above = organisation.unit(unit).and_then(|one| one.parent);
        if !self.leads_above(above) {
            return Err(RoundError::SentBackFromAbove { unit: name }.into());
        }
        if let Some(by) = above.and_then(|above| state.holder(organisation, above)) {
            return Err(submitted_above(organisation, name, by.unit).into());
        }
        let reason = said("reason", &args.reason)?;
        self.hand(&tree, unit, SubmissionState::SentBack, Some(reason))
            .await
    }

    /// An open round as it is seen, and a unit of it.
    async fn unit_of_round(&self, round: GoalRoundId, unit: &str) -> Result<(RoundTree, UnitId)> {
        self.require_company_store()?;
        let round = self.known_round(round).await?;
        let tree = self.round_tree(round).await?;
        tree.state.require_open()?;
        let id: UnitId = unit.parse().map_err(|_| not_found(unit))?;
        if tree.book.organisation.unit(id).is_none() {
            return Err(not_found(unit));
        }
        if tree.book.place(unit).is_err() {
            // It is another's, or has no goal.
            self.actor().require(Right::SetGoals, self.policies())?;
            return Err(not_found(unit));
        }
        Ok((tree, id))
    }

    async fn hand(
        &self,
        tree: &RoundTree,
        unit: UnitId,
        state: SubmissionState,
        note: Option<String>,
    ) -> Result<GoalRoundStep> {
        let round = &tree.state.round;
        let what = match state {
            SubmissionState::Submitted => "submit",
            SubmissionState::SentBack => "send_back",
        };
        let mut summary = json!({
            "metric": round.metric, "year": round.year, "what": what,
            "name": unit_name(&tree.book.organisation, unit),
        });
        if let Some(note) = &note {
            summary["reason"] = json!(crate::error::shown(note));
        }
        let submission = GoalSubmission {
            id: GoalSubmissionId(self.clock.new_id()),
            round: round.id,
            unit,
            state,
            author: self.author(),
            note,
            at: self.clock.now(),
        };
        let mut change = self.change(ChangeKind::GoalRound, summary);
        change.put.push(submission.into());
        self.apply(change).await?;
        let (_, row) = self.round_row(round.clone(), &unit.to_string()).await?;
        Ok(GoalRoundStep {
            row,
            notes: Vec::new(),
        })
    }
}

fn submitted_above(organisation: &Organisation, unit: String, above: UnitId) -> RoundError {
    let above = unit_name(organisation, above);
    RoundError::SubmittedAbove { unit, above }
}

fn not_found(unit: &str) -> Error {
    Error::NotFound {
        what: "unit",
        value: crate::error::shown(unit),
    }
}
