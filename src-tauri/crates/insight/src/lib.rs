//! What the figures say beyond themselves: forecasts with intervals. Pure: no store, no clock.

mod error;
pub mod forecast;

pub use error::{Error, Result};
