//! What the figures say: key figures as formulas, forecasts with intervals. Pure: no store, no clock.

mod error;
pub mod forecast;
pub mod kpi;

pub use error::{Error, Result};
