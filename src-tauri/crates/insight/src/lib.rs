//! What the figures say: key figures as formulas, forecasts with intervals, landings. Pure: no store, no clock.

mod error;
pub mod forecast;
pub mod kpi;
pub mod landing;

pub use error::{Error, Result};
