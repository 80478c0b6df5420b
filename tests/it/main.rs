//! One program for all tests that cross crates: the chain, the window's border, the architecture.

mod shell;
