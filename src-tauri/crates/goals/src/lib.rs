//! Decomposition of a goal down the organisation and along time, closed to the minor unit on both
//! axes at every level. Pure: no store, no clock.

pub mod aggregate;
pub mod calendar;
pub mod carry;
mod cycles;
mod drift;
pub mod edit;
mod error;
mod fill;
pub mod gap;
mod groups;
pub mod light;
pub mod matrix;
pub mod pace;
mod plan_error;
pub mod presence;
mod scale;
pub mod scorecard;
pub mod season;
mod seeded;
pub mod smart;
pub mod split;
mod time;
mod tree;
pub mod weigh;

pub use aggregate::{aggregate, aggregate_in};
pub use carry::carry;
pub use edit::edit;
pub use error::{Error, Result};
pub use matrix::close_matrix;
pub use pace::pace;
pub use plan_error::PlanError;
pub use scorecard::{scorecard, weighted_mean};
pub use season::season;
pub use smart::smart;
pub use split::{
    Cell, GoalNode, Level, LevelUnit, Note, PeriodWeight, SplitInput, SplitOutput, SplitUnit,
    TimeRule, split,
};
pub use weigh::weigh;
/// What share of a goal was reached; lives in core because the bonus engine uses the same one.
pub use yeji_core::goal::attainment;
