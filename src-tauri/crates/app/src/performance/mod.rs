//! Performance: the dashboard, KPI tables, and the records behind every number.

mod boards;
mod customers;
mod dashboard;
mod figures;
mod forecast;
mod goal_cover;
mod kpi;
mod landing;
mod metrics;
mod records;
#[cfg(test)]
mod tests;

pub(crate) use boards::MAX_PARTS;
pub use boards::{Misfit, Named, board_document, read_board_document};
pub(crate) use dashboard::{Place, of_carriers, ranked};
pub(crate) use figures::{GoalIndex, Sums};
pub(crate) use metrics::{
    Figure, Measured, MetricResults, OWN_METRIC, ResultsBy, ResultsOf, Whose, metric_name,
};
pub use metrics::{built_in_metrics, nearest_metric};
