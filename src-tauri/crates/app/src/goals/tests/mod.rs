//! Use cases of goals on the demo company.

mod numbers;
mod progress;
