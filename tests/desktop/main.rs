//! The real program in a real window, driven by `WebKitWebDriver`.
//!
//! `cargo xtask test` gives these tests a display and a message bus of their own and runs them one
//! after another. Each test is a [`harness::Scenario`] with its own store and home folder.

// The driver is WebKitGTK's: on Windows and macOS nothing here could run.
#![cfg(target_os = "linux")]

mod accounts;
mod boards;
mod driver;
mod gallery;
mod harness;
mod history;
mod journey;
mod opens;
mod page;
mod personal;
mod sources;
mod tasks;
