//! One program for all tests that cross crates: the chain, the window's border, the architecture.

mod accounts;
mod architecture;
mod boards;
mod bonus_cycle;
mod bonus_people;
mod calendar;
mod chain;
mod cli;
#[cfg(target_os = "linux")]
mod crash;
mod engines;
mod forecast;
mod formulas;
mod goal_rounds;
mod goals;
mod hostile;
mod ipc;
mod keeping;
mod keys;
mod kpi;
mod left_out;
mod listing;
mod people;
mod personal;
#[cfg(unix)]
mod places;
mod previewing;
mod scorecards;
mod shell;
mod sources;
mod terminal;
mod unreadable;
