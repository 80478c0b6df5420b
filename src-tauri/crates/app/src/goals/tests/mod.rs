//! Use cases of goals on the demo company, and on small ones put together for a question.

mod blend;
mod chance;
mod copy;
mod fiscal;
mod metrics;
mod numbers;
mod progress;
mod published;
mod sheet;
mod window_sheet;
