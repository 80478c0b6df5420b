//! The vocabulary of Yeji: money, ratios, ids, calendar, organisation and facts.
//!
//! No I/O, no clock, no randomness. Every other crate speaks in these types.

pub mod account;
pub mod allocate;
pub mod bonus_cycle;
pub mod calendar;
mod error;
pub mod facts;
pub mod feast;
pub mod follow_up;
pub mod goal;
pub mod goal_round;
pub mod ids;
pub mod metric;
pub mod money;
pub mod org;
pub mod papers;
pub mod rate;
pub mod ratio;
pub mod scorecard;
mod wire;

pub use allocate::{allocate, allocate_in};
pub use error::{Error, Result};
pub use money::{Currency, Money};
pub use ratio::{Ratio, Rounding};
