//! Use cases of goals on the demo company.

mod blend;
mod fiscal;
mod metrics;
mod numbers;
mod progress;
