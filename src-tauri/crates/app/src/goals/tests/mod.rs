//! Use cases of goals on the demo company, and on small ones put together for a question.

mod blend;
mod copies;
mod copy;
mod fiscal;
mod growth;
mod metrics;
mod numbers;
mod progress;
mod published;
mod shares;
mod sheet;
mod window_sheet;
