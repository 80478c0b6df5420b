//! What the benchmark against peers is made of.

pub mod bonus;
pub mod child;
pub mod clock;
pub mod company;
pub mod files;
pub mod tiles;
