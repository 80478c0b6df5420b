//! What the benchmark against peers is made of.

pub mod child;
pub mod clock;
pub mod files;
