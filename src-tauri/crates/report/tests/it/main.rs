//! What the exports promise, tested from outside.

mod agreement;
mod boards;
mod kinds;
mod letter;
mod payroll;
mod pdf;
mod pictures;
mod samples;
mod statement;
mod workbook;
