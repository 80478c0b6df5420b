//! What the exports promise, tested from outside.

mod agreement;
mod boards;
mod kinds;
mod letter;
mod pdf;
mod pictures;
mod samples;
mod workbook;
