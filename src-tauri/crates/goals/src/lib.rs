//! Decomposition of a goal down the organisation and along time, closed to the minor unit on both
//! axes at every level. Pure: no store, no clock.

pub mod aggregate;
pub mod calendar;
mod cycles;
mod drift;
mod error;
mod groups;
pub mod matrix;
pub mod split;
mod time;
mod tree;

pub use aggregate::{aggregate, aggregate_in};
pub use error::{Error, Result};
pub use matrix::close_matrix;
pub use split::{
    Cell, GoalNode, Level, Note, PeriodWeight, SplitInput, SplitOutput, SplitUnit, TimeRule, split,
};
/// What share of a goal was reached; lives in core because the bonus engine uses the same one.
pub use yeji_core::goal::attainment;
