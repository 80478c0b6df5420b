//! What the exports promise, tested from outside.

mod agreement;
mod pdf;
mod pictures;
mod samples;
mod workbook;
