//! Use cases of goals on the demo company.

mod blend;
mod numbers;
mod progress;
