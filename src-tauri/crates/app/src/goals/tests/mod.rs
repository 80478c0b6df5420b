//! Use cases of goals on the demo company.

mod blend;
mod metrics;
mod numbers;
mod progress;
