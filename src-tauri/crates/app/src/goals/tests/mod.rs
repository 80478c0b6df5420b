//! Use cases of goals on the demo company.

mod blend;
mod fiscal;
mod numbers;
mod progress;
mod sheet;
