//! How the bonuses of a period came to be paid: steps, frozen inputs, adjustments, assignments,
//! objectives, confirmations.

use yeji_core::bonus_cycle::{
    AdjustmentDecision, BonusAdjustment, BonusObjective, BonusStep, FrozenInput, PlanAssignment,
    StatementConfirmation,
};
use yeji_core::ids::{BonusAdjustmentId, BonusRunId, StatementId};

use crate::cell::Cell;
use crate::rows::{select, select_one};
use crate::{Result, Store};

impl Store {
    /// Steps of all cycles, or of one period's, in the order in which they were written: a clock that was put
    /// back must not move a payment behind what followed it.
    pub async fn bonus_steps(&self, period: Option<&str>) -> Result<Vec<BonusStep>> {
        let (tail, cells) = of_period(period, "ORDER BY created_seq, at, id");
        select(&mut *self.reader().await?, &tail, &cells).await
    }

    /// The pieces of the input that was frozen for a run, in their order; none: it was not.
    pub async fn frozen_input(&self, run: BonusRunId) -> Result<Vec<FrozenInput>> {
        let tail = "WHERE run = ? ORDER BY part";
        select(&mut *self.reader().await?, tail, &[Cell::Id(run.0)]).await
    }

    /// Lines beside what plans pay, of all periods or one, in the order in which they were written.
    pub async fn bonus_adjustments(&self, period: Option<&str>) -> Result<Vec<BonusAdjustment>> {
        let (tail, cells) = of_period(period, "ORDER BY created_seq, at, id");
        select(&mut *self.reader().await?, &tail, &cells).await
    }

    /// One of them.
    pub async fn bonus_adjustment(&self, id: BonusAdjustmentId) -> Result<Option<BonusAdjustment>> {
        select_one(&mut *self.reader().await?, id.0).await
    }

    /// What was decided on such lines, in the order in which it was.
    pub async fn adjustment_decisions(&self) -> Result<Vec<AdjustmentDecision>> {
        let tail = "ORDER BY created_seq, at, id";
        select(&mut *self.reader().await?, tail, &[]).await
    }

    /// Who is under which plan, in the order of days.
    pub async fn plan_assignments(&self) -> Result<Vec<PlanAssignment>> {
        select(&mut *self.reader().await?, "ORDER BY from_on, id", &[]).await
    }

    /// Objectives of all periods or one, in the order in which they were entered.
    pub async fn bonus_objectives(&self, period: Option<&str>) -> Result<Vec<BonusObjective>> {
        let (tail, cells) = of_period(period, "ORDER BY created_seq, id");
        select(&mut *self.reader().await?, &tail, &cells).await
    }

    /// Confirmations of a statement, in the order of time.
    pub async fn statement_confirmations(
        &self,
        statement: StatementId,
    ) -> Result<Vec<StatementConfirmation>> {
        let tail = "WHERE statement = ? ORDER BY confirmed_at, id";
        select(&mut *self.reader().await?, tail, &[Cell::Id(statement.0)]).await
    }

    /// Confirmations of all statements that a plan ever had for a period, in the order of time.
    pub async fn period_confirmations(
        &self,
        period: &str,
        plan: &str,
    ) -> Result<Vec<StatementConfirmation>> {
        let tail = "WHERE statement IN (SELECT s.id FROM statement s \
             JOIN bonus_run r ON r.id = s.run JOIN bonus_plan_version p ON p.id = r.plan \
             WHERE r.period = ? AND p.code = ?) ORDER BY confirmed_at, id";
        let cells = [period, plan].map(|one| Cell::Text(one.to_owned()));
        select(&mut *self.reader().await?, tail, &cells).await
    }
}

/// The end of a question about all periods or one.
pub(super) fn of_period(period: Option<&str>, order: &str) -> (String, Vec<Cell>) {
    match period {
        Some(period) => (
            format!("WHERE period = ? {order}"),
            vec![Cell::Text(period.to_owned())],
        ),
        None => (order.to_owned(), Vec::new()),
    }
}
