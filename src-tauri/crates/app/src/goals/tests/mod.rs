//! Use cases of goals on the demo company, and on small ones put together for a question.

mod blend;
mod chance;
mod copies;
mod copy;
mod fiscal;
mod gone;
mod growth;
mod history;
mod metrics;
mod numbers;
mod progress;
mod published;
mod shares;
mod sheet;
mod telling;
mod window_sheet;

use yeji_core::metric::GoalMetric;

use crate::api::goal_grid::{GetGoalGrid, GoalGrid, GridColumns};
use crate::context::App;

/// Every unit and person of the version in force.
async fn whole_grid(app: &App, metric: GoalMetric, year: i32, columns: GridColumns) -> GoalGrid {
    let args = GetGoalGrid {
        metric,
        year,
        version: None,
        columns,
        expanded: vec!["*".to_owned()],
        search: None,
        offset: 0,
        limit: 400,
    };
    app.get_goal_grid(args).await.unwrap()
}
