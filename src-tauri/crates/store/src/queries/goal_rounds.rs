//! How goals are agreed on: rounds with what people and managers say in them, comments, publications,
//! confirmations.

use yeji_core::goal::GoalPlan;
use yeji_core::goal_round::{
    GoalAdjustment, GoalComment, GoalConfirmation, GoalProposal, GoalPublication, GoalRound,
    GoalSubmission,
};
use yeji_core::ids::{BatchId, GoalRoundId};
use yeji_core::metric::GoalMetric;

use crate::cell::{Cell, Field as _};
use crate::rows::{select, select_one};
use crate::{Result, Store};

/// The plans of a year's goal, all versions.
const OF_GOAL: &str = "WHERE plan IN (SELECT id FROM goal_plan WHERE metric = ? AND year = ?)";

fn goal(metric: GoalMetric, year: i32) -> Vec<Cell> {
    let mut cells = Vec::new();
    metric.put(&mut cells);
    year.put(&mut cells);
    cells
}

impl Store {
    /// The rounds of a year's goal, the newest first.
    pub async fn goal_rounds(&self, metric: GoalMetric, year: i32) -> Result<Vec<GoalRound>> {
        let tail = "WHERE metric = ? AND year = ? ORDER BY opened_at DESC, id DESC";
        select(&mut *self.reader().await?, tail, &goal(metric, year)).await
    }

    /// One round.
    pub async fn goal_round(&self, id: GoalRoundId) -> Result<Option<GoalRound>> {
        select_one(&mut *self.reader().await?, id.0).await
    }

    /// What people proposed in a round, in the order of time.
    pub async fn goal_proposals(&self, round: GoalRoundId) -> Result<Vec<GoalProposal>> {
        let tail = "WHERE round = ? ORDER BY written_at, id";
        select(&mut *self.reader().await?, tail, &[Cell::Id(round.0)]).await
    }

    /// What managers made of it, in the order of time.
    pub async fn goal_adjustments(&self, round: GoalRoundId) -> Result<Vec<GoalAdjustment>> {
        let tail = "WHERE round = ? ORDER BY written_at, id";
        select(&mut *self.reader().await?, tail, &[Cell::Id(round.0)]).await
    }

    /// Units handed in and sent back in a round, in the order of time.
    pub async fn goal_submissions(&self, round: GoalRoundId) -> Result<Vec<GoalSubmission>> {
        let tail = "WHERE round = ? ORDER BY at, id";
        select(&mut *self.reader().await?, tail, &[Cell::Id(round.0)]).await
    }

    /// Words on a year's goal, the newest first.
    pub async fn goal_comments(&self, metric: GoalMetric, year: i32) -> Result<Vec<GoalComment>> {
        let tail = "WHERE metric = ? AND year = ? ORDER BY written_at DESC, id DESC";
        select(&mut *self.reader().await?, tail, &goal(metric, year)).await
    }

    /// When versions of a year's goal were made public, in the order of time.
    pub async fn goal_publications(
        &self,
        metric: GoalMetric,
        year: i32,
    ) -> Result<Vec<GoalPublication>> {
        let tail = format!("{OF_GOAL} ORDER BY at, id");
        select(&mut *self.reader().await?, &tail, &goal(metric, year)).await
    }

    /// Versions of goals that an import made and that were made public since.
    pub async fn published_goals_of(&self, batch: BatchId) -> Result<Vec<GoalPlan>> {
        let tail = "WHERE created_seq IN (SELECT seq FROM change_log WHERE batch = ?)
                      AND id IN (SELECT plan FROM goal_publication) ORDER BY year, version";
        select(&mut *self.reader().await?, tail, &[Cell::Id(batch.0)]).await
    }

    /// Confirmations of a year's goal, in the order of time.
    pub async fn goal_confirmations(
        &self,
        metric: GoalMetric,
        year: i32,
    ) -> Result<Vec<GoalConfirmation>> {
        let tail = format!("{OF_GOAL} ORDER BY confirmed_at, id");
        select(&mut *self.reader().await?, &tail, &goal(metric, year)).await
    }
}
