//! What the exports promise, tested from outside.

mod agreement;
mod boards;
mod kinds;
mod pdf;
mod pictures;
mod samples;
mod workbook;
