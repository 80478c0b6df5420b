//! Rounds of a goal: HR opens one, people propose, managers adjust and submit, HR takes the numbers over.
//!
//! A round belongs to a metric and year, not to a version: what people propose is held against the goal in
//! force, whatever version that is by then (docs/decisions/0024).

mod adopt;
mod error;
mod say;
mod state;
mod submit;
mod tree;

use chrono::NaiveDate;
use serde_json::json;
use yeji_core::goal_round::GoalRound;
use yeji_core::ids::GoalRoundId;
use yeji_core::metric::GoalMetric;
use yeji_store::ChangeKind;

use crate::access::Actor;
use crate::api::goal_round::{GoalRoundArgs, GoalRoundInfo, OpenGoalRound, SetGoalRoundDays};
use crate::context::App;
use crate::dates::known_day;
use crate::error::Result;

pub use error::RoundError;
pub(crate) use say::MAX_PROPOSED_MINOR;
pub(super) use state::{RoundState, unit_name};

impl App {
    /// Opens a round on the goal in force, which has to be split.
    pub async fn open_goal_round(&self, args: OpenGoalRound) -> Result<GoalRoundInfo> {
        let _turn = self.turn().await;
        check_days(args.people_due, args.managers_due)?;
        self.refuse_past(args.people_due)?;
        self.book_in_force(args.metric, args.year).await?;
        let (metric, year) = (args.metric, args.year);
        let rounds = self.store()?.goal_rounds(metric, year).await?;
        if rounds.iter().any(|round| round.closed_at.is_none()) {
            return Err(RoundError::OpenAlready { year }.into());
        }
        let round = GoalRound {
            id: GoalRoundId(self.clock.new_id()),
            metric,
            year,
            people_due: args.people_due,
            managers_due: args.managers_due,
            opened_at: self.clock.now(),
            closed_at: None,
        };
        self.keep_round(round, "open").await
    }

    /// Gives an open round other days.
    pub async fn set_goal_round_days(&self, args: SetGoalRoundDays) -> Result<GoalRoundInfo> {
        let _turn = self.turn().await;
        check_days(args.people_due, args.managers_due)?;
        let mut round = self.open_round(args.round).await?;
        // A day that is over already may stay; none becomes one.
        let days = [
            (args.people_due, round.people_due),
            (args.managers_due, round.managers_due),
        ];
        for (day, _) in days.into_iter().filter(|(new, old)| new != old) {
            self.refuse_past(day)?;
        }
        round.people_due = args.people_due;
        round.managers_due = args.managers_due;
        self.keep_round(round, "days").await
    }

    /// Closes a round: what was said stays, nothing more is said.
    pub async fn close_goal_round(&self, args: GoalRoundArgs) -> Result<GoalRoundInfo> {
        let _turn = self.turn().await;
        let mut round = self.open_round(args.round).await?;
        round.closed_at = Some(self.clock.now());
        self.keep_round(round, "close").await
    }

    fn refuse_past(&self, day: NaiveDate) -> Result<()> {
        if day < self.clock.today() {
            return Err(RoundError::DayPast { day }.into());
        }
        Ok(())
    }

    async fn keep_round(&self, round: GoalRound, what: &str) -> Result<GoalRoundInfo> {
        let summary = json!({
            "metric": round.metric, "year": round.year, "what": what,
            "people_due": round.people_due, "managers_due": round.managers_due,
        });
        let mut change = self.change(ChangeKind::GoalRound, summary);
        change.put.push(round.clone().into());
        self.apply(change).await?;
        self.round_info(round).await
    }

    async fn open_round(&self, id: GoalRoundId) -> Result<GoalRound> {
        let round = self.known_round(id).await?;
        if round.closed_at.is_some() {
            return Err(RoundError::Closed { year: round.year }.into());
        }
        Ok(round)
    }

    /// The newest round of a year's goal: the open one, else the last.
    pub(super) async fn newest_round(
        &self,
        metric: GoalMetric,
        year: i32,
    ) -> Result<Option<GoalRound>> {
        let rounds = self.store()?.goal_rounds(metric, year).await?;
        let open = rounds.iter().find(|round| round.closed_at.is_none());
        Ok(open.or(rounds.first()).cloned())
    }

    /// Refuses in a personal file what does not come back from it.
    fn require_company_store(&self) -> Result<()> {
        match self.actor() {
            Actor::Owner(_) => Err(RoundError::InCompanyStore.into()),
            _ => Ok(()),
        }
    }
}

fn check_days(people: NaiveDate, managers: NaiveDate) -> Result<()> {
    known_day("people_due", people)?;
    known_day("managers_due", managers)?;
    if managers < people {
        return Err(RoundError::DueDays { people, managers }.into());
    }
    Ok(())
}
