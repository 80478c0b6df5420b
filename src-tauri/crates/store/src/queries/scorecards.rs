//! Scorecards of roles, and goals of KPIs.

use yeji_core::scorecard::{KpiGoal, Scorecard};

use crate::cell::Cell;
use crate::rows::select;
use crate::{Result, Store};

impl Store {
    /// All scorecards: everybody's first, then by role; each by its first day.
    pub async fn scorecards(&self) -> Result<Vec<Scorecard>> {
        select(&mut *self.reader().await?, "ORDER BY role, from_on", &[]).await
    }

    /// All goals of KPIs, or those of one; by KPI, period and first day.
    pub async fn kpi_goals(&self, metric: Option<&str>) -> Result<Vec<KpiGoal>> {
        let order = "ORDER BY metric, period, from_on, id";
        let mut reader = self.reader().await?;
        match metric {
            None => select(&mut reader, order, &[]).await,
            Some(metric) => {
                let tail = format!("WHERE metric = ? {order}");
                select(&mut reader, &tail, &[Cell::Text(metric.to_owned())]).await
            }
        }
    }
}
