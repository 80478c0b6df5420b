//! The shell of Yeji: everything that knows Tauri or the terminal, and no business rule.

pub mod cli;
pub mod commands;
pub mod data_dir;
pub mod desktop;
pub mod log;
pub mod outside;
pub mod passphrase;
pub mod start;
pub mod words;

/// Tauri's view of `tauri.conf.json`, the built UI and the access rules.
///
/// Generic so that the tests can put the same rules on Tauri's mock runtime.
pub fn context<R: tauri::Runtime>() -> tauri::Context<R> {
    tauri::generate_context!()
}
