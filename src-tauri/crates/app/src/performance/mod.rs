//! Performance: the dashboard, KPI tables, and the records behind every number.

mod dashboard;
mod figures;
mod kpi;
mod records;
#[cfg(test)]
mod tests;

pub(crate) use dashboard::{Place, of_carriers, ranked};
pub(crate) use figures::{GoalIndex, Sums};
pub(crate) use records::record_row;
