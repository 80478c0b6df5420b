//! One program for all tests that cross crates: the chain, the window's border, the architecture.

mod architecture;
mod chain;
mod cli;
mod engines;
mod hostile;
mod ipc;
mod listing;
mod people;
mod shell;
mod terminal;
