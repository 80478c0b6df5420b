//! The KPI library on a company's facts: metrics, their values by period and part, and the records behind.
//!
//! Every value is made by `yeji_insight::kpi::Library::evaluate` from sums of facts; a total is made from
//! its own sums, so no ratio is ever averaged.

mod library;
mod own;
mod records;
mod results;
mod table;
mod values;
mod whose;

pub(crate) use library::OWN_METRIC;
pub use library::{built_in_metrics, nearest_metric};
pub(super) use library::{metric_info, not_found};
pub(crate) use results::{MetricResults, ResultsBy, ResultsOf, metric_name};
pub(super) use table::{Question, before, key_text, kind_of, message, split_of};
pub(super) use values::{Scope as MetricScope, Values};
pub(crate) use whose::{Figure, Measured, Whose};
