//! Formulas against an independent model, and the library that is shipped.

mod formulas;
mod library;
mod units;
